//! After the dispute window (R9): only an agreement, settled by manual service, outside the dispute rate.

use crate::behavior::negotiating;
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::Case;
use crate::engine::setup::tables::Tables;
use crate::market::{Money, Step};
use crate::observe::{Count, Event};
use crate::sim::SimTime;

impl<O: Observer> Records<O> {
    /// A buyer whose claim comes too late for a dispute asks the seller for a refund plan, unless they settle
    /// it offline (R10).
    pub(crate) fn ask_after_sale(&mut self, tables: &Tables, case: &mut Case, at: SimTime) {
        case.catch_up(at);
        self.assess_claim(tables, case);
        if self.is_settled_offline(tables, case, at) {
            return;
        }
        let seller_segment = self.seller_tables(tables, &case.order);
        if let Some(delay) = negotiating::after_sale(case.order.key, seller_segment, &tables.platform) {
            self.take(tables, case, Step::OpenAfterSale, at, case.requested);
            case.agenda.plan(at + delay, EventKind::Settle);
        } else {
            self.ledger.at(tables, &case.order, at).add(Count::AfterSaleDeclined);
            self.show(&case.order, Event::DeclineAfterSale, at, Money(0));
            self.close_claim(tables, case, at, Money(0));
            self.end_released(case);
        }
    }

    /// Manual service settles the agreed refund.
    pub(crate) fn settle(&mut self, tables: &Tables, case: &mut Case, at: SimTime) {
        self.refund(tables, case, at, Step::SettleAfterSale, case.requested);
    }
}
