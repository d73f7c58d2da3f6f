//! The path of one order from its number alone: what is drawn of it when it is placed, whatever becomes of it.
//!
//! It is the path that a run follows, because it comes from the same draws; it needs no run, because a draw is a function of
//! its key.

use super::fate::claim;
use super::placement::draw;
use super::population;
use super::seller_day::SellerDay;
use super::tables::Tables;
use crate::market::{DisputeKind, Money};
use crate::sim::{Day, Key, SimDuration, SimTime};

/// Which order of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderNumber {
    /// Replication, from 0.
    pub replication: u32,
    /// Market, from 0.
    pub market: u32,
    /// Seller in its market, from 0.
    pub seller: u32,
    /// Day on which it is placed; negative in the warm-up.
    pub day: i32,
    /// Order of the seller's day, from 0.
    pub number: u32,
}

/// What is drawn of an order when it is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub struct OrderPath {
    /// When it is placed.
    pub placed: SimTime,
    /// What it costs.
    pub value: Money,
    /// Number of its buyer in the market.
    pub buyer: u32,
    /// Number of the buyer's segment.
    pub buyer_segment: usize,
    /// The item is not in stock.
    pub is_out_of_stock: bool,
    /// The buyer would rather not have it.
    pub changes_mind: bool,
    /// When it is handed over if it is in stock and no request to cancel comes between.
    pub shipped: SimTime,
    /// The parcel never arrives.
    pub is_lost: bool,
    /// The item is defective.
    pub is_defective: bool,
    /// When a parcel handed over then arrives if it is not lost.
    pub delivered: SimTime,
    /// When the buyer then confirms receipt if it has no claim.
    pub confirmed: SimTime,
    /// Until when delivery is promised, if it is.
    pub promised: Option<SimTime>,
    /// The claim that follows if it is handed over then, and when it is made (R6).
    pub claim: Option<(DisputeKind, SimTime)>,
}

/// The path of an order, existing or not: whether a seller has so many orders on the day is a matter of demand.
///
/// # Panics
/// If there is no such seller.
pub fn order_path(tables: &Tables, order: OrderNumber) -> OrderPath {
    let OrderNumber { replication, market, seller, day, number } = order;
    assert!(seller < tables.world.market.sellers, "there is no seller {seller}");
    let key = Key::root(tables.world.seed).child(u64::from(replication)).child(u64::from(market));
    let traits = population::seller(tables, key.child(0), seller);
    let today = SellerDay {
        tables,
        traits,
        shop: &tables.sellers[usize::from(traits.segment)],
        key: traits.key.child(u64::from(day as u32)),
        day: Day(day),
        is_counted: day >= 0,
        allowance: SimDuration(0),
    };
    let order = today.order(number, 0);
    let drawn = draw(tables, &order, &traits);
    let delivered = if drawn.is_lost { SimTime::NEVER } else { drawn.delivered };
    let claim = claim(tables, key.child(1), &order, &drawn, delivered);
    OrderPath {
        placed: order.placed,
        value: order.value,
        buyer: order.buyer,
        buyer_segment: usize::from(order.buyer_segment),
        is_out_of_stock: drawn.is_out_of_stock,
        changes_mind: drawn.changes_mind,
        shipped: order.shipped,
        is_lost: drawn.is_lost,
        is_defective: drawn.is_defective,
        delivered: drawn.delivered,
        confirmed: drawn.confirmed,
        promised: (drawn.promised < SimTime::NEVER).then_some(drawn.promised),
        claim: claim.map(|claim| (claim.kind, claim.at)),
    }
}
