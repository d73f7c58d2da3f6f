//! A world made ready to run: what no order changes, shared by every shard.

use super::segments::{AnySegment, BuyerBanks, Segments, SellerBanks};
use super::world::World;
use crate::behavior::promise::PromiseTable;
use crate::behavior::{BuyerTables, PlatformTables, SellerTables};
use crate::engine::ground::counted::{TrackedCounts, is_measured};
use crate::policy::{OptionalRule, Policy};
use crate::sim::{DAY_SECONDS, Day, QuantileTable, SimDuration, SimTime, Span, TableCache};
use rayon::prelude::*;

/// Tables and limits of a world.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub struct Tables {
    pub(crate) world: World,
    pub(crate) buyers: Segments<BuyerTables>,
    pub(crate) buyer_banks: BuyerBanks,
    /// The least uniform of each buyer segment but the first.
    pub(crate) buyer_bounds: Vec<u32>,
    pub(crate) sellers: Segments<SellerTables>,
    pub(crate) seller_banks: SellerBanks,
    pub(crate) any: AnySegment,
    pub(crate) platform: PlatformTables,
    /// Cents.
    pub(crate) order_value: QuantileTable,
    /// The end of the measured period; nothing happens at it or later.
    pub(crate) horizon: SimTime,
    /// Somebody may claim without a defect, or promises are made: one draw more an order.
    pub(crate) draws_opportunism_or_promise: bool,
    /// A law that every order draws from has observed values.
    pub(crate) orders_draw_observations: bool,
    /// See [`Self::without_predetermined_ends`].
    pub(crate) predetermines: bool,
    /// The day's close judges sellers one by one, and what it finds may change the days after it.
    pub(crate) judges: bool,
    /// What is counted day by day for a rule.
    pub(crate) tracks: TrackedCounts,
    /// Automatic completion after shipment and after delivery, where both are elapsed time.
    pub(crate) completion: Option<(SimDuration, SimDuration)>,
    /// Length of the ring that trailing windows are kept in.
    pub(crate) window_days: usize,
    /// Rulings may be appealed against (R12).
    pub(crate) has_appeals: bool,
}

/// The length of a span that does not need the calendar.
const fn elapsed(span: Span) -> Option<SimDuration> {
    match span {
        Span::Elapsed(length) => Some(length),
        Span::Never => Some(SimDuration(SimTime::NEVER.0 / 2)),
        Span::BusinessDays(_) => None,
    }
}

/// The least uniform of each share but the first, if they follow one another; a share that begins where no uniform is has none.
fn lower_bounds(shares: impl ExactSizeIterator<Item = f64>) -> Vec<u32> {
    let inner = shares.len() - 1;
    let mut end = 0.0;
    let bounds = shares.take(inner).filter_map(|share| {
        end += share;
        let below = (end.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64;
        u32::try_from(below).ok()
    });
    bounds.collect()
}

/// The share in which the uniform `u` lies.
#[inline]
fn segment_at(bounds: &[u32], u: u32) -> u8 {
    bounds.iter().filter(|&&bound| u >= bound).count() as u8
}

/// Length of the ring in which a policy's trailing windows are kept.
pub(crate) fn window_days(policy: &Policy) -> usize {
    let windows = [policy.dispute_rate.window, policy.not_sold.window]
        .into_iter()
        .chain(policy.service_score.iter().map(|score| score.window))
        .chain(policy.points.iter().flat_map(|points| points.awards.iter().map(|award| award.window)));
    (windows.max().unwrap_or(1) as usize + 1).next_power_of_two()
}

impl Tables {
    /// Makes a world ready to run.
    pub fn new(world: &World) -> Self {
        Self::cached(world, &TableCache::default())
    }

    /// Makes a world ready to run, with the tables that another world of the same distributions has left.
    pub fn cached(world: &World, cache: &TableCache) -> Self {
        let may_claim = world.buyers.iter().any(|buyer| buyer.opportunism.support().1 > 0.0);
        let promises = world.sellers.iter().any(|seller| seller.promise.is_some());
        let policy = &world.policy;
        // Some laws take milliseconds to tabulate, and no run can begin before the last.
        let people = || {
            rayon::join(
                || {
                    world
                        .buyers
                        .par_iter()
                        .map(|segment| BuyerTables::new(segment, cache))
                        .collect::<Vec<_>>()
                },
                || {
                    world
                        .sellers
                        .par_iter()
                        .map(|segment| SellerTables::new(segment, cache))
                        .collect::<Vec<_>>()
                },
            )
        };
        let others = || (PlatformTables::new(policy, cache), cache.table(&world.market.order_value, 1.0));
        let ((buyers, sellers), (platform, order_value)) = rayon::join(people, others);
        let (buyers, sellers) = (Segments::new(buyers), Segments::new(sellers));
        let (buyer_banks, seller_banks) = (BuyerBanks::new(&buyers), SellerBanks::new(&sellers));
        let any = AnySegment::new(&buyers, &sellers, policy);
        let has_cells = |seller: &SellerTables| {
            seller.handling_time.has_cells()
                && seller.transit_time.has_cells()
                && seller.promise.as_ref().is_none_or(PromiseTable::has_cells)
        };
        let has_cells = order_value.has_cells() && buyer_banks.has_cells() && sellers.iter().all(has_cells);
        Self {
            orders_draw_observations: !has_cells,
            world: world.clone(),
            judges: policy.penalises(any.settles_offline),
            predetermines: true,
            buyers,
            buyer_banks,
            buyer_bounds: lower_bounds(world.buyers.iter().map(|segment| segment.share)),
            sellers,
            seller_banks,
            any,
            platform,
            order_value,
            horizon: SimTime(i64::from(world.days) * DAY_SECONDS),
            draws_opportunism_or_promise: may_claim || promises,
            tracks: TrackedCounts::of(policy),
            completion: elapsed(policy.completion.protection_period)
                .zip(elapsed(policy.completion.confirmation_period)),
            window_days: window_days(policy),
            has_appeals: world.has(OptionalRule::Appeals),
        }
    }

    /// Lets every order in trouble go through the flows by itself, even if its end can be told in advance. That takes longer, and
    /// the outcome is the same.
    #[must_use]
    pub const fn without_predetermined_ends(mut self) -> Self {
        self.predetermines = false;
        self
    }

    /// The world that was made ready.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// The rules of the platform.
    #[inline]
    pub(crate) const fn policy(&self) -> &Policy {
        &self.world.policy
    }

    /// A segment of buyers, by its number.
    #[inline]
    pub(crate) fn buyer(&self, segment: u8) -> &BuyerTables {
        &self.buyers[usize::from(segment)]
    }

    /// The first day, warm-up included.
    pub(crate) const fn first_day(&self) -> Day {
        Day(-(self.world.warm_up_days as i32))
    }

    /// The segment of the buyer whose uniform is `u`.
    #[inline]
    pub(crate) fn buyer_segment(&self, u: u32) -> u8 {
        segment_at(&self.buyer_bounds, u)
    }

    /// How long after placement an order of `day` may surely be handed over without missing its deadline
    /// (R4); later ones are looked at one by one.
    pub(crate) fn shipment_allowance(&self, day: Day) -> SimDuration {
        let zero = self.world.day_zero;
        let span = self.world.policy.shipment.deadline;
        elapsed(span).unwrap_or_else(|| {
            // The least of the day: of its first second or, where the weekend brings the deadlines of all its
            // seconds together, of its last.
            let last = SimTime(day.next().start().0 - 1);
            (span.after(day.start(), zero) - day.start()).min(span.after(last, zero) - last)
        })
    }

    /// Whether an instant lies in the measured period.
    #[inline]
    pub(crate) const fn is_measured(&self, at: SimTime) -> bool {
        is_measured(at, self.horizon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_has_no_buyer_wherever_it_stands() {
        let place = |shares: &[f64], u| segment_at(&lower_bounds(shares.iter().copied()), u);
        assert_eq!(place(&[1.0, 0.0], u32::MAX), 0);
        assert_eq!(place(&[0.7, 0.2, 0.1, 0.0], u32::MAX), 2, "the sum falls short of 1 by rounding");
        assert_eq!(place(&[0.3, 0.3], u32::MAX), 1, "what the shares leave over belongs to the last");
        assert_eq!([0, u32::MAX].map(|u| place(&[0.0, 1.0], u)), [1, 1]);
        assert_eq!([(1 << 31) - 1, 1 << 31].map(|u| place(&[0.5, 0.0, 0.5], u)), [0, 2]);
    }
}
