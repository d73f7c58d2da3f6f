//! The paths of many orders, drawn side by side: sixteen lanes at a time, over the sellers of a shard.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::behavior::{Purpose, SellerTables};
use crate::engine::books::coming_days::AHEAD_DAYS;
use crate::engine::ground::columns::{BATCH, Column, SECONDS_LATER, cause, write};
use crate::engine::setup::lookup::{OfOrders, SellerLookup, TablesBySegment};
use crate::engine::setup::tables::Tables;
use crate::policy::completion;
use crate::sim::lanes::{LANES, Lanes, lanes, lanes_of, lower, saturating_sum, upper};
use crate::sim::random::happens;
use crate::sim::{DAY_SECONDS, Day, Key, SimDuration};

/// Orders of one stretch of days and one seller segment, a place each; times are seconds from the stretch's start.
///
/// Columns begin where cache lines do, so that no lanes straddle two.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Batch {
    pub(crate) keys: Column<Key>,
    /// Random bits of the draws that every order takes, a column each of the first five purposes.
    bits: [Column<u64>; 5],
    /// The uniform of the buyer.
    pub(crate) buyers: Column<u32>,
    pub(crate) buyer_segments: Column<u8>,
    pub(crate) values: Column<u32>,
    pub(crate) placed: Column<u32>,
    pub(crate) shipped: Column<u32>,
    pub(crate) delivered: Column<u32>,
    pub(crate) confirmed: Column<u32>,
    pub(crate) completed: Column<u32>,
    pub(crate) promised: Column<u32>,
    pub(crate) opportunism: Column<u32>,
    pub(crate) is_late: Column<u8>,
    /// See [`cause`]; 0 where nothing goes wrong.
    pub(crate) causes: Column<u8>,
    /// What is looked up of each order's seller.
    of_sellers: OfSellers,
}

/// See [`SellerLookup`].
#[derive(Debug)]
#[repr(C, align(64))]
struct OfSellers {
    stock_out: OfOrders,
    loss: OfOrders,
    defect: OfOrders,
    handling_factor: OfOrders,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            keys: [Key::default(); BATCH],
            bits: [[0; BATCH]; 5],
            buyers: [0; BATCH],
            buyer_segments: [0; BATCH],
            values: [0; BATCH],
            placed: [0; BATCH],
            shipped: [0; BATCH],
            delivered: [0; BATCH],
            confirmed: [0; BATCH],
            completed: [0; BATCH],
            promised: [u32::MAX; BATCH],
            opportunism: [0; BATCH],
            is_late: [0; BATCH],
            causes: [0; BATCH],
            of_sellers: OfSellers {
                stock_out: [0; BATCH + LANES],
                loss: [0; BATCH + LANES],
                defect: [0; BATCH + LANES],
                handling_factor: [0; BATCH + LANES],
            },
        }
    }
}

/// The handling factor that leaves handling times as they are.
const ONE_FACTOR: u32 = 1 << 16;

/// What the orders of a batch have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common<'a> {
    tables: &'a Tables,
    seller_segment: &'a SellerTables,
    sellers: &'a SellerLookup,
    /// The first day of the stretch.
    day: Day,
    /// Seconds within which hand-over surely meets its deadline.
    allowance: u32,
    /// Parcels may be lost, and may be promised.
    pub(crate) may_be_lost: bool,
    pub(crate) may_be_late: bool,
}

impl<'a> Common<'a> {
    /// Orders of a stretch from `day` on at sellers of one segment; those handed over within `allowance` surely meet their
    /// deadline.
    #[inline(always)]
    pub(crate) fn new(
        tables: &'a Tables,
        segment: usize,
        sellers: &'a SellerLookup,
        day: Day,
        allowance: SimDuration,
    ) -> Self {
        let allowance = allowance.0.min(SECONDS_LATER) as u32;
        let seller_segment = &tables.sellers[segment];
        let (may_be_lost, may_be_late) = (sellers.loss.common() != Some(0), seller_segment.promise.is_some());
        Self { tables, seller_segment, sellers, day, allowance, may_be_lost, may_be_late }
    }
}

/// What decides about trouble.
struct DrawnLanes {
    keys: Lanes<Key>,
    segments: Lanes<u32>,
    placed: Lanes<u32>,
    shipped: Lanes<u32>,
    delivered: Lanes<u32>,
    confirmed: Lanes<u32>,
    completed: Lanes<u32>,
    /// The uniform of the transit time.
    transit: Lanes<u32>,
}

#[inline(always)]
fn bit(holds: bool, cause: u8) -> u32 {
    if holds { u32::from(cause) } else { 0 }
}

impl Batch {
    /// Draws the random bits of sixteen orders: apart from what is made of them, so that many are under way at once.
    #[inline(always)]
    pub(crate) fn draw_bits(&mut self, first: usize, keys: &Lanes<Key>) {
        write(&mut self.keys, first, keys);
        let [placement, value, transit, stock_out, loss] = &mut self.bits;
        write(placement, first, &Key::bits_of(keys, Purpose::PlacementAndBuyer as u64));
        write(value, first, &Key::bits_of(keys, Purpose::ValueAndHandling as u64));
        write(transit, first, &Key::bits_of(keys, Purpose::TransitAndConfirmation as u64));
        write(stock_out, first, &Key::bits_of(keys, Purpose::StockOutAndChangeOfMind as u64));
        write(loss, first, &Key::bits_of(keys, Purpose::LossAndDefect as u64));
    }

    /// Looks up the sellers of the orders, run by run.
    #[inline(always)]
    pub(crate) fn look_sellers_up(&mut self, common: &Common<'_>, runs: &[(u8, u8)]) {
        let (sellers, of_sellers) = (common.sellers, &mut self.of_sellers);
        sellers.stock_out.write(runs, &mut of_sellers.stock_out);
        sellers.loss.write(runs, &mut of_sellers.loss);
        sellers.defect.write(runs, &mut of_sellers.defect);
        sellers.handling_factor.write(runs, &mut of_sellers.handling_factor);
    }

    /// Makes of their bits who the buyers of sixteen orders are, what they pay, and when the parcels are handed over.
    ///
    /// Their days start at `starts`, in seconds from the stretch's start.
    #[inline(always)]
    pub(crate) fn draw_hand_over<const OBSERVED: bool>(
        &mut self,
        common: &Common<'_>,
        first: usize,
        starts: &Lanes<u32>,
    ) {
        let Common { tables, seller_segment, sellers: seller_lookup, .. } = *common;
        let [placement, value] = [0, 1].map(|purpose| lanes_of(&self.bits[purpose], first));
        let buyers = lower(&placement);
        let placed =
            lanes(|lane| starts[lane] + (((placement[lane] >> 32) * DAY_SECONDS as u64) >> 32) as u32);
        let mut segments = [0_u32; LANES];
        for &bound in &tables.buyer_bounds {
            segments = lanes(|lane| segments[lane] + u32::from(buyers[lane] >= bound));
        }
        let values = tables.order_value.of_lanes::<OBSERVED>(&upper(&value));
        let values = lanes(|lane| values[lane].max(1));
        let working = seller_segment.handling_time.of_lanes::<OBSERVED>(&lower(&value));
        let factors = &seller_lookup.handling_factor;
        let handling = if factors.common() == Some(ONE_FACTOR) {
            working
        } else {
            let factor = factors.of_orders(&self.of_sellers.handling_factor, first);
            lanes(|lane| {
                let seconds = (u64::from(working[lane]) * u64::from(factor[lane])) >> 16;
                seconds.min(u64::from(u32::MAX)) as u32
            })
        };
        let mut shipped = lanes(|lane| saturating_sum(placed[lane], handling[lane]));
        if let Some(hours) = &seller_segment.hand_over {
            shipped = hours.next_open_after(common.day, &shipped);
        }
        write(&mut self.buyers, first, &buyers);
        write(&mut self.buyer_segments, first, &lanes(|lane| segments[lane] as u8));
        write(&mut self.values, first, &values);
        write(&mut self.placed, first, &placed);
        write(&mut self.shipped, first, &shipped);
    }

    /// Makes of them when the parcels arrive, and when the orders complete.
    #[inline(always)]
    pub(crate) fn draw_delivery<const OBSERVED: bool>(&mut self, common: &Common<'_>, first: usize) {
        let Common { tables, seller_segment, .. } = *common;
        let shipped = lanes_of(&self.shipped, first);
        let segments = self.segments(first);
        let transit = lanes_of(&self.bits[2], first);
        let (transit, confirmation) = (upper(&transit), lower(&transit));
        let travelling = seller_segment.transit_time.of_lanes::<OBSERVED>(&transit);
        let delivered = lanes(|lane| saturating_sum(shipped[lane], travelling[lane]));
        let waiting = tables.buyer_banks.confirmation_delay.of_lanes::<OBSERVED>(&segments, &confirmation);
        let confirmed = lanes(|lane| saturating_sum(delivered[lane], waiting[lane]));
        let automatic = automatic_completion(common, &shipped, &delivered);
        let completed = lanes(|lane| completion::completes_at(automatic[lane], confirmed[lane], true));
        write(&mut self.delivered, first, &delivered);
        write(&mut self.confirmed, first, &confirmed);
        write(&mut self.completed, first, &completed);
    }

    /// Makes of them what may go wrong with the orders.
    #[inline(always)]
    pub(crate) fn draw_causes<const OBSERVED: bool>(&mut self, common: &Common<'_>, first: usize) {
        let tables = common.tables;
        let [transit, stock_out, loss] = [2, 3, 4].map(|purpose| lanes_of(&self.bits[purpose], first));
        let drawn = DrawnLanes {
            keys: lanes_of(&self.keys, first),
            segments: self.segments(first),
            placed: lanes_of(&self.placed, first),
            shipped: lanes_of(&self.shipped, first),
            delivered: lanes_of(&self.delivered, first),
            confirmed: lanes_of(&self.confirmed, first),
            completed: lanes_of(&self.completed, first),
            transit: upper(&transit),
        };
        let ceilings = self.of_sellers.ceilings(common.sellers, first);
        let mut causes = causes_of_trouble(common, &drawn, &ceilings, &stock_out, &loss);
        if tables.draws_opportunism_or_promise {
            causes = self.draw_doubts::<OBSERVED>(common, first, &drawn, &causes);
        }
        if let Some(patience) = &tables.buyer_banks.shipping_patience {
            causes = impatience::<OBSERVED>(patience, &drawn, &causes);
        }
        write(&mut self.causes, first, &lanes(|lane| causes[lane] as u8));
    }

    #[inline(always)]
    fn segments(&self, first: usize) -> Lanes<u32> {
        let segments = lanes_of(&self.buyer_segments, first);
        lanes(|lane| u32::from(segments[lane]))
    }

    /// What the buyer may claim without a defect, and the promise with what comes of missing it.
    #[inline(always)]
    fn draw_doubts<const OBSERVED: bool>(
        &mut self,
        common: &Common<'_>,
        first: usize,
        drawn: &DrawnLanes,
        causes: &Lanes<u32>,
    ) -> Lanes<u32> {
        let buyers = &common.tables.buyers;
        let bits = Key::bits_of(&drawn.keys, Purpose::OpportunismAndPromise as u64);
        let opportunism = upper(&bits);
        let bound = buyers.chance(&drawn.segments, |buyer| buyer.opportunism_bound);
        let causes =
            lanes(|lane| causes[lane] | bit(happens(opportunism[lane], bound[lane]), cause::OPPORTUNISM));
        write(&mut self.opportunism, first, &opportunism);
        let Some(table) = &common.seller_segment.promise else {
            write(&mut self.promised, first, &[u32::MAX; LANES]);
            write(&mut self.is_late, first, &[0; LANES]);
            return causes;
        };
        let within = table.of_lanes::<OBSERVED>(&drawn.transit, &lower(&bits));
        let promised = lanes(|lane| saturating_sum(drawn.placed[lane], within[lane]));
        let is_late = lanes(|lane| u32::from(drawn.delivered[lane] > promised[lane]));
        write(&mut self.promised, first, &promised);
        write(&mut self.is_late, first, &lanes(|lane| is_late[lane] as u8));
        let claims = buyers.of_lanes(&drawn.segments, |buyer| u32::from(buyer.minds_lateness()));
        lanes(|lane| {
            causes[lane]
                | bit(is_late[lane] & claims[lane] == 1, cause::LATENESS)
                | bit(promised[lane] == u32::MAX, cause::UNSURE)
        })
    }
}

impl OfSellers {
    /// Ceilings of stock-outs, losses and defects of sixteen orders.
    #[inline(always)]
    fn ceilings(&self, sellers: &SellerLookup, first: usize) -> [Lanes<u32>; 3] {
        [
            sellers.stock_out.of_orders(&self.stock_out, first),
            sellers.loss.of_orders(&self.loss, first),
            sellers.defect.of_orders(&self.defect, first),
        ]
    }
}

/// When the orders complete without their buyers.
#[inline(always)]
fn automatic_completion(common: &Common<'_>, shipped: &Lanes<u32>, delivered: &Lanes<u32>) -> Lanes<u32> {
    if let Some((protection, confirmation)) = common.tables.completion {
        let (protection, confirmation) =
            (protection.0.min(SECONDS_LATER) as u32, confirmation.0.min(SECONDS_LATER) as u32);
        return lanes(|lane| {
            completion::automatic(
                saturating_sum(shipped[lane], protection),
                saturating_sum(delivered[lane], confirmation),
            )
        });
    }
    let (rule, zero) = (&common.tables.world.policy.completion, common.tables.world.day_zero);
    let start = common.day.start();
    let at = |seconds: u32| start + SimDuration(i64::from(seconds));
    lanes(|lane| {
        (rule.automatic_at(at(shipped[lane]), at(delivered[lane]), zero) - start).0.min(SECONDS_LATER) as u32
    })
}

/// What goes wrong with the order itself; see [`cause`].
#[inline(always)]
fn causes_of_trouble(
    common: &Common<'_>,
    drawn: &DrawnLanes,
    [out, lost, broken]: &[Lanes<u32>; 3],
    stock_out: &Lanes<u64>,
    loss: &Lanes<u64>,
) -> Lanes<u32> {
    const FAR: u32 = AHEAD_DAYS as u32 * DAY_SECONDS as u32;
    let (stock_out, change_of_mind) = (upper(stock_out), lower(stock_out));
    let (loss, defect) = (upper(loss), lower(loss));
    let mind = common.tables.buyers.chance(&drawn.segments, |buyer| buyer.change_of_mind);
    lanes(|lane| {
        let latest = drawn.delivered[lane].max(drawn.completed[lane]);
        bit(happens(stock_out[lane], out[lane]), cause::STOCK_OUT)
            | bit(happens(change_of_mind[lane], mind[lane]), cause::CHANGE_OF_MIND)
            | bit(happens(loss[lane], lost[lane]), cause::LOSS)
            | bit(happens(defect[lane], broken[lane]), cause::DEFECT)
            | bit(drawn.shipped[lane] - drawn.placed[lane] > common.allowance, cause::SLOWNESS)
            | bit(latest >= FAR || drawn.confirmed[lane] == u32::MAX, cause::UNSURE)
    })
}

/// Who would not wait for the hand-over.
#[inline(always)]
fn impatience<const OBSERVED: bool>(
    patience: &TablesBySegment,
    drawn: &DrawnLanes,
    causes: &Lanes<u32>,
) -> Lanes<u32> {
    let bits = Key::bits_of(&drawn.keys, Purpose::LateToleranceAndPatience as u64);
    let lasts = patience.of_lanes::<OBSERVED>(&drawn.segments, &lower(&bits));
    lanes(|lane| {
        let leaves = saturating_sum(drawn.placed[lane], lasts[lane]);
        causes[lane] | bit(leaves < drawn.shipped[lane], cause::SLOWNESS)
    })
}
