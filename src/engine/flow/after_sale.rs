//! After the dispute window (R9): only an agreement, settled by manual service, outside the dispute rate.

use super::Flow;
use crate::behavior::negotiating;
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::Case;
use crate::market::{Money, Step};
use crate::observe::{Count, Event};
use crate::sim::SimTime;

impl<O: Observer> Flow<'_, O> {
    /// A buyer whose claim comes too late for a dispute asks the seller for a refund plan, unless they settle
    /// it offline (R10).
    pub(crate) fn ask_after_sale(&mut self, case: &mut Case, at: SimTime) {
        case.catch_up(at);
        self.assess_claim(case);
        if self.is_settled_offline(case, at) {
            return;
        }
        let seller_segment = self.seller_tables(&case.order);
        if let Some(delay) = negotiating::after_sale(case.order.key, seller_segment, &self.tables.platform) {
            self.records.take(case, Step::OpenAfterSale, at, case.requested);
            case.agenda.plan(at + delay, EventKind::Settle);
        } else {
            self.records.ledger.at(&case.order, at).add(Count::AfterSaleDeclined);
            self.records.show(&case.order, Event::DeclineAfterSale, at, Money(0));
            self.close_claim(case, at, Money(0));
            self.end_released(case);
        }
    }

    /// Manual service settles the agreed refund.
    pub(crate) fn settle(&mut self, case: &mut Case, at: SimTime) {
        self.refund(case, at, Step::SettleAfterSale, case.requested);
    }
}
