//! Choices around a cancel request: when it comes, which reason is picked, what the seller answers.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::menu::Menu;
use super::purpose::{Purpose, halves};
use super::tables::{BuyerTables, SellerTables};
use crate::market::{Attribution, CancelCause};
use crate::sim::{Key, SimDuration};

/// A reason picked from the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChosenReason {
    /// Place in the menu.
    pub index: u8,
    /// Whose reason it is.
    pub attributed_to: Attribution,
    /// Whether the seller's asking made the difference (R5).
    pub is_steered: bool,
}

/// Time from placement to a change of mind.
pub fn change_of_mind_delay(order: Key, buyer: &BuyerTables) -> SimDuration {
    let (_, delay) = halves(order.bits(Purpose::CancelDelays as u64));
    SimDuration(i64::from(buyer.change_of_mind_delay.at(delay)))
}

/// Time from placement until the buyer of an item out of stock asks to cancel.
pub fn stock_out_notice(order: Key, seller: &SellerTables) -> SimDuration {
    let (notice, _) = halves(order.bits(Purpose::CancelDelays as u64));
    SimDuration(i64::from(seller.stock_out_notice.at(notice)))
}

/// The reason that the buyer picks (R3), after the seller may have asked for a buyer's reason (R5).
pub fn reason(
    order: Key,
    cause: CancelCause,
    menu: &Menu,
    buyer: &BuyerTables,
    seller: &SellerTables,
    seller_is_near_grade: bool,
) -> ChosenReason {
    let (honesty, entry) = halves(order.bits(Purpose::ReasonAndMenu as u64));
    let is_honest = u32::from(buyer.reason_honesty.happens(honesty));
    let blames = blames_seller(u32::from(cause.attribution() == Attribution::Seller), is_honest);
    let (asks, complies) = halves(order.bits(Purpose::Steering as u64));
    let steering = if seller_is_near_grade { seller.steering_near_grade } else { seller.steering };
    let (asks, complies) = (steering.happens(asks), buyer.steering_compliance.happens(complies));
    let is_steered = is_steered(blames, u32::from(asks), u32::from(complies));
    let attributed_to = if blames & (1 - is_steered) == 1 { Attribution::Seller } else { Attribution::Buyer };
    let is_steered = is_steered == 1;
    ChosenReason { index: menu.entry(attributed_to, entry), attributed_to, is_steered }
}

/// Whether a buyer would choose the seller's reason by itself (R3): for the seller's fault if it is honest, otherwise for its own.
#[inline(always)]
pub const fn blames_seller(is_sellers_fault: u32, is_honest: u32) -> u32 {
    is_sellers_fault ^ (1 - is_honest)
}

/// Whether a buyer's reason takes the place of the seller's because the seller asks for that (R5).
#[inline(always)]
pub const fn is_steered(blames_seller: u32, asks: u32, complies: u32) -> u32 {
    blames_seller & asks & complies
}

/// Whether the seller agrees to cancel (R2); a stock-out leaves no other answer.
pub fn seller_agrees(order: Key, cause: CancelCause, seller: &SellerTables) -> bool {
    let (agrees, _) = halves(order.bits(Purpose::CancelAnswer as u64));
    let is_willing = seller.agrees_to_cancel.happens(agrees);
    self::agrees(u32::from(cause == CancelCause::StockOut), u32::from(is_willing)) == 1
}

/// Whether a seller agrees to cancel: willing or, with an item that is out of stock, for want of another answer.
#[inline(always)]
pub const fn agrees(is_out_of_stock: u32, is_willing: u32) -> u32 {
    is_out_of_stock | is_willing
}
