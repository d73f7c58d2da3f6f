//! Choices around a cancel request: when it comes, which reason is picked, what the seller answers.

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
    let true_side = cause.attribution();
    let own_choice = if buyer.reason_honesty.happens(honesty) {
        true_side
    } else {
        match true_side {
            Attribution::Buyer => Attribution::Seller,
            Attribution::Seller => Attribution::Buyer,
        }
    };
    let (asks, complies) = halves(order.bits(Purpose::Steering as u64));
    let steering = if seller_is_near_grade { seller.steering_near_grade } else { seller.steering };
    let is_steered = own_choice == Attribution::Seller
        && steering.happens(asks)
        && buyer.steering_compliance.happens(complies);
    let attributed_to = if is_steered { Attribution::Buyer } else { own_choice };
    ChosenReason { index: menu.entry(attributed_to, entry), attributed_to, is_steered }
}

/// Whether the seller agrees to cancel (R2); a stock-out leaves no other answer.
pub fn seller_agrees(order: Key, cause: CancelCause, seller: &SellerTables) -> bool {
    let (agrees, _) = halves(order.bits(Purpose::CancelAnswer as u64));
    cause == CancelCause::StockOut || seller.agrees_to_cancel.happens(agrees)
}
