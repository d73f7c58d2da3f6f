//! Returns (R13): whether a buyer asks for return and refund, and how long it, the carrier and the seller take.

use super::purpose::{Purpose, halves};
use super::tables::{BuyerTables, SellerTables};
use crate::market::DisputeKind;
use crate::sim::{Key, SimDuration};

/// Whether a dispute asks for return and refund; about a parcel that has not come there is nothing to send back.
pub fn asks_return(order: Key, kind: DisputeKind, buyer: &BuyerTables) -> bool {
    kind != DisputeKind::NotReceived
        && buyer.asks_return.happens(halves(order.bits(Purpose::AsksReturnAndDelay as u64)).0)
}

/// Time from the grant of the return to the instant at which the buyer hands the parcel over.
pub fn delay(order: Key, buyer: &BuyerTables) -> SimDuration {
    let (_, uniform) = halves(order.bits(Purpose::AsksReturnAndDelay as u64));
    SimDuration(i64::from(buyer.return_delay.at(uniform)))
}

/// Time from there until the parcel is back at the seller's.
pub fn transit(order: Key, buyer: &BuyerTables) -> SimDuration {
    let (uniform, _) = halves(order.bits(Purpose::ReturnTransitAndCheck as u64));
    SimDuration(i64::from(buyer.return_transit.at(uniform)))
}

/// Time from there until the seller would confirm it.
pub fn check(order: Key, seller: &SellerTables) -> SimDuration {
    let (_, uniform) = halves(order.bits(Purpose::ReturnTransitAndCheck as u64));
    SimDuration(i64::from(seller.return_check.at(uniform)))
}
