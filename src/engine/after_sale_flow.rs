//! After the dispute window (R9): only an agreement, settled by manual service, outside the dispute rate.

use super::calendar::Happening;
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::negotiating;
use crate::market::{Money, Step};
use crate::observe::Count;
use crate::sim::SimTime;

impl Shard {
    /// A buyer whose claim comes too late for a dispute asks the seller for a refund plan, unless they settle
    /// it offline (R10).
    pub(super) fn ask_after_sale(&mut self, tables: &Tables, case: u32, at: SimTime) {
        self.catch_up(case, at);
        self.assess_claim(tables, case);
        if self.is_settled_offline(tables, case, at) {
            return;
        }
        let order = self.cases.get(case).order;
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        if let Some(delay) = negotiating::after_sale(order.key, shop, &tables.platform) {
            self.step(case, Step::OpenAfterSale, at, Money(0));
            self.count_event(case);
            self.count(tables, case, Count::AfterSaleCases, at);
            self.schedule(at + delay, Happening::Settle, case);
        } else {
            self.count(tables, case, Count::AfterSaleDeclined, at);
            self.close_claim(tables, case, at, Money(0));
            self.end_released(case);
        }
    }

    /// Manual service settles the agreed refund.
    pub(super) fn settle(&mut self, tables: &Tables, case: u32, at: SimTime) {
        let requested = self.cases.get(case).requested;
        self.step(case, Step::SettleAfterSale, at, requested);
        self.count_event(case);
        self.pay_refund(tables, case, at, requested, Count::RefundedAfterSale);
    }
}
