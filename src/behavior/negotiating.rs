//! Choices while a dispute is open: the seller's answer, the buyer's reply, offline transfers, after-sale.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::purpose::{Purpose, halves};
use super::tables::{BuyerTables, PlatformTables, SellerTables};
use crate::market::money::part_of;
use crate::market::{Fraction, Money};
use crate::sim::{Chance, Key, SimDuration};

/// A seller's answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The requested amount is refunded (R6).
    Accept,
    /// Nothing is offered.
    Reject,
    /// A smaller amount is offered.
    CounterOffer(Money),
}

/// A buyer's reply to a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Takes the counter-offer.
    TakeCounterOffer,
    /// Asks for less, with a new clock (R8).
    Modify(Money),
    /// Waits for the platform.
    Wait,
    /// Withdraws the dispute.
    Withdraw,
}

/// The seller's answer in a round: accept up to a part of the value, else a counter-offer, else reject.
pub fn answer(
    order: Key,
    round: u8,
    value: Money,
    requested: Money,
    acceptance: Chance,
    seller: &SellerTables,
) -> Answer {
    let (accepts, counters) = halves(order.bits(Purpose::Answer.in_round(round)));
    let (up_to, limit) = (seller.accept_up_to.0, seller.accept_value_limit);
    let is_willing = u32::from(acceptance.happens(accepts));
    if self::accepts(requested.cents(), value.cents(), up_to, limit, is_willing) == 1 {
        return Answer::Accept;
    }
    if !seller.counter_offer.happens(counters) {
        return Answer::Reject;
    }
    let (fraction, _) = halves(order.bits(Purpose::CounterOffer.in_round(round)));
    Answer::CounterOffer(requested.part(Fraction(seller.counter_fraction.at(fraction))))
}

/// Whether a seller who is willing accepts a request (R6), all in cents: one for at most a part of the value, in millionths, of an order
/// that is worth at most `limit`.
#[inline(always)]
pub const fn accepts(requested: u32, value: u32, up_to: u32, limit: u32, is_willing: u32) -> u32 {
    (requested <= part_of(value, up_to)) as u32 & (value <= limit) as u32 & is_willing
}

/// The buyer's reply to a rejection in a round.
pub fn reply(
    order: Key,
    round: u8,
    requested: Money,
    is_countered: bool,
    may_modify: bool,
    buyer: &BuyerTables,
) -> Reply {
    let (_, takes) = halves(order.bits(Purpose::CounterOffer.in_round(round)));
    if is_countered && buyer.accepts_counter_offer.happens(takes) {
        return Reply::TakeCounterOffer;
    }
    let (modifies, waits) = halves(order.bits(Purpose::AfterRejection.in_round(round)));
    if may_modify && buyer.modifies.happens(modifies) {
        return Reply::Modify(requested.part(buyer.modified_fraction));
    }
    if buyer.wait_for_platform.happens(waits) { Reply::Wait } else { Reply::Withdraw }
}

/// What becomes of an offline transfer (R10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineTransfer {
    /// The buyer files the dispute all the same.
    pub keeps_dispute: bool,
    /// The platform finds out.
    pub is_detected: bool,
}

/// Whether seller and buyer settle offline, and how (R10).
pub fn offline_transfer(
    order: Key,
    buyer: &BuyerTables,
    seller: &SellerTables,
    platform: &PlatformTables,
) -> Option<OfflineTransfer> {
    if seller.offline_offer == Chance::NEVER {
        return None;
    }
    let (offers, takes) = halves(order.bits(Purpose::OfflineOffer as u64));
    if !seller.offline_offer.happens(offers) || !buyer.offline_compliance.happens(takes) {
        return None;
    }
    let (keeps, found) = halves(order.bits(Purpose::OfflineKeptAndFound as u64));
    Some(OfflineTransfer {
        keeps_dispute: buyer.keeps_dispute.happens(keeps),
        is_detected: platform.detection.happens(found),
    })
}

/// The time that manual service takes, if the seller agrees to an after-sale refund (R9).
pub fn after_sale(order: Key, seller: &SellerTables, platform: &PlatformTables) -> Option<SimDuration> {
    let (agrees, delay) = halves(order.bits(Purpose::AfterSale as u64));
    seller.goodwill.happens(agrees).then(|| SimDuration(i64::from(platform.after_sale_delay.at(delay))))
}
