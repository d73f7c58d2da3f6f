//! The path of one order from its number alone: what is drawn of it when it is placed, whatever becomes of it.
//!
//! It is the path that a run follows, because it comes from the same draws; it needs no run, because a draw is a function of
//! its key.

use crate::engine::batch::orders::{Batch, Common};
use crate::engine::batch::suspects::Suspects;
use crate::engine::ground::columns::BATCH;
use crate::engine::order::case::{Opening, Order};
use crate::engine::order::drawn::{Drawn, claim, draw};
use crate::engine::order::single::SellerDay;
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::sellers::{Traits, draw_seller};
use crate::engine::setup::tables::Tables;
use crate::market::{DisputeKind, Money};
use crate::sim::lanes::{LANES, Vectorisable, vectorised};
use crate::sim::{Day, Key, SimTime};

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
    let place = Place::of(tables, order);
    let today = SellerDay { tables, traits: &place.traits, day: Day(order.day) };
    let single = today.order(place.day.order(order.number), 0);
    let drawn = draw(tables, &single, &place.traits);
    place.path(tables, &single, &drawn)
}

/// Orders that [`paths_side_by_side`] draws.
pub const SIDE_BY_SIDE: usize = BATCH;

/// The paths of a seller's orders of a day that follow one another from `first` on, drawn side by side as a run draws
/// them, each with the instant of completion if nothing may go wrong with it. [`order_path`] draws each alone, and gives
/// the same.
///
/// # Panics
/// If there is no such seller.
pub fn paths_side_by_side(
    tables: &Tables,
    first: OrderNumber,
) -> [(OrderPath, Option<SimTime>); SIDE_BY_SIDE] {
    let place = Place::of(tables, first);
    let (traits, day) = (&place.traits, Day(first.day));
    let lookup = SellerLookup::new(std::slice::from_ref(traits));
    let allowance = tables.shipment_allowance(day);
    let common = Common::new(tables, usize::from(traits.segment), &lookup, day, allowance);
    let mut batch = Box::<Batch>::default();
    vectorised(Drawing { batch: &mut batch, common, day: place.day, first: first.number });
    let mut suspects = Box::<Suspects>::default();
    for order in 0..BATCH {
        suspects.enter(tables, &batch, order, usize::from(traits.segment), 0);
    }
    std::array::from_fn(|order| {
        let mut single = Opening::NONE.order;
        suspects.write_order(tables, order, traits, day, &mut single);
        let drawn = suspects.drawn(tables, order, traits, day, &single, false);
        let completed = SimTime(day.start().0 + i64::from(batch.completed[order]));
        (place.path(tables, &single, &drawn), (batch.causes[order] == 0).then_some(completed))
    })
}

/// Draws a whole batch of one seller's orders.
struct Drawing<'a> {
    batch: &'a mut Batch,
    common: Common<'a>,
    day: Key,
    first: u32,
}

impl Vectorisable for Drawing<'_> {
    type Output = ();

    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "what is not inlined keeps the instructions of the least machine"
    )]
    fn call(self) {
        self.batch.look_sellers_up(&self.common, &[(0, BATCH as u8)]);
        for place in (0..BATCH).step_by(LANES) {
            self.batch.draw_bits(place, &Key::orders(&[self.day; LANES], self.first + place as u32));
            self.batch.draw_hand_over::<true>(&self.common, place, &[0; LANES]);
            self.batch.draw_delivery::<true>(&self.common, place);
            self.batch.draw_causes::<true>(&self.common, place);
        }
    }
}

/// Where an order is placed.
struct Place {
    /// The key of the market's buyers.
    buyers: Key,
    traits: Traits,
    /// The key of the seller's day.
    day: Key,
}

impl Place {
    fn of(tables: &Tables, order: OrderNumber) -> Self {
        let OrderNumber { replication, market, seller, day, .. } = order;
        assert!(seller < tables.world.market.sellers, "there is no seller {seller}");
        let key = Key::root(tables.world.seed).child(u64::from(replication)).child(u64::from(market));
        let traits = draw_seller(&tables.world, key.child(0), seller);
        Self { buyers: key.child(1), traits, day: traits.key.child(u64::from(day as u32)) }
    }

    fn path(&self, tables: &Tables, order: &Order, drawn: &Drawn) -> OrderPath {
        let delivered = if drawn.is_lost { SimTime::NEVER } else { drawn.delivered };
        let claim = claim(tables, self.buyers, order, drawn, delivered);
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
}
