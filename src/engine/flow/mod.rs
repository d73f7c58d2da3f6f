//! The life of one order in trouble, step by step.
//!
//! Read [`opening`] (whether it is shipped, cancelled or closed), [`progress`] (what happens at once, and what has to wait),
//! [`cancellation`] (R2 to R5), [`dispute`] (R1, R6 to R8, R10), [`appeal`] (R12), [`after_sale`] (R9), [`returns`] (R13)
//! and [`response`] (R8, R11: when a request is answered).

pub(crate) mod after_sale;
pub(crate) mod appeal;
pub(crate) mod cancellation;
pub(crate) mod dispute;
pub(crate) mod opening;
pub(crate) mod progress;
pub(crate) mod response;
pub(crate) mod returns;

use crate::behavior::SellerTables;
use crate::engine::books::records::Records;
use crate::engine::order::case::Order;
use crate::engine::setup::tables::Tables;

/// Lets orders of a shard go their ways, by what no order changes and with what is recorded of all.
#[derive(Debug)]
pub(crate) struct Flow<'a, O> {
    tables: &'a Tables,
    records: &'a mut Records<O>,
}

impl<'a, O> Flow<'a, O> {
    /// The flow of a shard's orders.
    #[inline]
    pub(crate) const fn of(tables: &'a Tables, records: &'a mut Records<O>) -> Self {
        Self { tables, records }
    }

    /// The segment of an order's seller.
    #[inline]
    fn seller_tables(&self, order: &Order) -> &'a SellerTables {
        &self.tables.sellers[usize::from(self.records.sellers[usize::from(order.seller)].segment)]
    }
}
