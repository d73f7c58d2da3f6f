//! Rules R2 and R3: cancelling before shipment, and what the chosen reason does to the seller.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::market::Attribution;
use crate::sim::Span;

/// One entry of the menu from which a buyer picks a reason for cancelling.
#[derive(Clone, Debug, PartialEq)]
pub struct CancelReason {
    /// What the menu says.
    pub name: String,
    /// Whose reason it is: the seller's makes an agreed cancellation a transaction not sold (R3).
    pub attributed_to: Attribution,
    /// How often it is picked among the reasons of the same side, relative to the others.
    pub weight: f64,
}

/// What happens between a cancel request and the parcel's hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShipmentRace {
    /// The seller may still ship; a shipment before the answer ends the request.
    Open,
    /// An open request holds the parcel back until it is answered.
    Held,
    /// Cancelling and shipping are alternatives decided when the order is placed: an order whose buyer
    /// will ask is not shipped before it asks, nor while the request is open.
    Exclusive,
}

/// The platform's rules for cancelling an order that has not been shipped.
#[derive(Clone, Debug, PartialEq)]
pub struct CancellationRule {
    /// A request that the seller leaves unanswered so long is granted.
    pub silence: Span,
    /// The menu of reasons; at least one is attributed to the buyer and one to the seller.
    pub reasons: Vec<CancelReason>,
    /// Whether shipping can overtake a request.
    pub race: ShipmentRace,
}

/// Whether a buyer who changes its mind at `at` asks to cancel an order that would be handed over at `shipped`: before the hand-over,
/// or whenever it would if the item is out of stock. Where cancelling and shipping are alternatives it asks whenever it would, unless
/// the item is out of stock: that excludes a change of mind as well.
#[inline(always)]
pub fn counts_change_of_mind<T: Ord + Copy>(
    is_exclusive: bool,
    is_out_of_stock: bool,
    at: T,
    shipped: T,
) -> bool {
    let is_before = is_out_of_stock || at < shipped;
    if is_exclusive { !is_out_of_stock } else { is_before }
}

/// Whether a granted cancellation counts as a transaction not sold (R3): only for a seller's reason.
///
/// ```
/// use redress::market::Attribution;
/// use redress::policy::cancellation::counts_as_not_sold;
/// assert!(counts_as_not_sold(Attribution::Seller));
/// assert!(!counts_as_not_sold(Attribution::Buyer));
/// ```
#[inline]
pub const fn counts_as_not_sold(chosen: Attribution) -> bool {
    matches!(chosen, Attribution::Seller)
}
