//! The floor: the variates of a world's orders, from the engine's own keys and tables, and nothing else.
//!
//! A simulator that draws every order on its own cannot cost less, so the cost of this loop is what the distance of the
//! engine from the possible is measured in. An order here takes the draws that every order takes, with the keys that
//! it has in the engine, and as the engine draws them: sixteen side by side, with the widest vector instructions of the
//! machine. The draws of orders in trouble are taken as often as a run of the world takes them, by `RareDraw`. Values are
//! added up and forgotten: no instants, no state, no money.
//!
//! It is a little too low where a world is uneven: every seller has the mean number of orders and the mean chances of its
//! segment, no multiplier of its handling time, and no closing hours. And draws of orders in trouble lie side by side here,
//! while in a run each comes when its order gets there.

use super::arrivals::Arrivals;
use super::rare_draws::{RareDraw, rare_draws};
use crate::behavior::SellerSegment;
use crate::engine::{Tables, World};
use crate::sim::lanes::Lanes;
use crate::sim::{Chance, Distribution};

/// A world made ready for drawing its variates.
#[derive(Debug)]
pub struct Floor {
    pub(super) tables: Tables,
    pub(super) arrivals: Arrivals,
    pub(super) segments: Vec<SegmentMeans>,
    pub(super) rare: Vec<RareDraw>,
}

/// What a seller segment has apart from its tables.
#[derive(Debug)]
pub(super) struct SegmentMeans {
    /// The number of the segment's last seller, plus one.
    pub(super) until: u32,
    /// The largest uniforms at which these happen.
    pub(super) stock_out: u32,
    pub(super) loss: u32,
    pub(super) defect: u32,
    /// A promise that is always the same needs no draw.
    pub(super) draws_promise: bool,
}

/// What was drawn; the sums keep the compiler from leaving draws out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Orders.
    pub orders: u64,
    /// Cents that they are worth together.
    pub value: u64,
    /// Seconds and parts of all other variates of orders, added up as far as there is room.
    pub rest: u64,
    /// Draws of orders in trouble.
    pub rare_draws: u64,
}

impl Drawn {
    pub(super) fn add(&mut self, rest: Lanes<u32>) {
        self.rest = rest.iter().fold(self.rest, |sum, &rest| sum.wrapping_add(u64::from(rest)));
    }

    /// Adds what was drawn elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.orders += other.orders;
        self.value += other.value;
        self.rest = self.rest.wrapping_add(other.rest);
        self.rare_draws += other.rare_draws;
    }
}

impl SegmentMeans {
    fn new(segment: &SellerSegment, until: f64) -> Self {
        let ceiling = |law: &Distribution| Chance::new(law.mean()).ceiling();
        let draws_promise = segment.promise.as_ref().is_some_and(|law| law.constant().is_none());
        Self {
            until: until.round() as u32,
            stock_out: ceiling(&segment.stock_out),
            loss: ceiling(&segment.loss),
            defect: ceiling(&segment.defect),
            draws_promise,
        }
    }
}

impl Floor {
    /// Makes a world ready. A market of it is run first to see how often orders are in trouble.
    ///
    /// # Panics
    /// As [`crate::engine::simulate_market`].
    pub fn new(world: &World) -> Self {
        let tables = Tables::new(world);
        let ends = world.sellers.iter().scan(0.0, |end, segment| {
            *end += segment.share;
            Some(*end * f64::from(world.market.sellers))
        });
        Self {
            arrivals: Arrivals::new(world.market.orders_per_day / f64::from(world.market.sellers)),
            segments: world
                .sellers
                .iter()
                .zip(ends)
                .map(|(segment, until)| SegmentMeans::new(segment, until))
                .collect(),
            rare: rare_draws(&tables),
            tables,
        }
    }

    /// Markets of the world.
    pub const fn markets(&self) -> u32 {
        self.tables.world().market.count
    }
}
