//! What is recorded of a shard's sellers: indicators, standings, counts, and the auditor's books.
//!
//! What happens to an order in trouble is written here at once, even if it happens on a coming day: counts of the measured
//! period do not depend on the order in which they are made. Only what the platform reads at a day's close has to be
//! there on that day and not before; it is noted in advance.

use super::day_facts::{DatedFact, DayFact};
use super::effects::{Effects, ReasonEffects, RefundedBy, StepFact};
use super::ledger::Ledger;
use super::observer::Observer;
use super::scores::Scores;
use super::standing::Standing;
use super::windows::Windows;
use crate::behavior::{Discipline, ResponseTables};
use crate::engine::desk::fifo::FifoDesk;
use crate::engine::ground::counted::{Counted, Row, TrackedCounts};
use crate::engine::ground::day_ring::DayRing;
use crate::engine::order::case::{Case, Opening, Order};
use crate::engine::setup::sellers::Traits;
use crate::engine::setup::tables::Tables;
use crate::market::{Attribution, DisputeKind, Money, Step};
use crate::observe::{Auditor, Count, Daily, Event, Series};
use crate::sim::lanes::LANES;
use crate::sim::{Day, Key, SimTime};
use crate::stats::Histogram;

/// The records of a shard's sellers.
#[derive(Debug)]
pub(crate) struct Records<O> {
    pub(crate) sellers: Vec<Traits>,
    /// The key of the market's buyers.
    pub(crate) buyers: Key,
    pub(crate) windows: Windows,
    /// Service scores (R7).
    pub(crate) scores: Scores,
    pub(crate) standings: Vec<Standing>,
    /// The desks that serve first come, first served; without agents where there is none.
    pub(crate) desks: Vec<FifoDesk>,
    pub(crate) auditor: Auditor,
    /// Who looks on.
    pub(crate) observer: O,
    pub(crate) ledger: Ledger,
    /// Response delays in seconds, a seller segment.
    pub(crate) delays: Vec<Histogram>,
    /// Cancellations by entry of the reason menu.
    pub(crate) reasons: Vec<u64>,
    pub(crate) daily: Daily,
    /// Search weights of tomorrow, as of the latest day close.
    pub(crate) weights: Vec<f64>,
    /// Sums over the measured days of each seller's weight relative to its own attractiveness; 0 where nobody is judged.
    pub(crate) weight_sums: Vec<f64>,
    /// Days of the measured period on which each seller was above the threshold of the dispute rate (R7), group by group.
    pub(crate) above_days: Vec<Row>,
    pub(crate) tracks: TrackedCounts,
    dated_facts: DayRing<DatedFact>,
    /// Scratch: the facts of the day that begins.
    due: Vec<DatedFact>,
}

/// How many agents a seller's desk has if it is of this discipline.
pub(crate) fn agents(tables: &Tables, seller: &Traits, discipline: Discipline) -> u16 {
    match &tables.sellers[usize::from(seller.segment)].response {
        ResponseTables::Desk { spec, .. } if spec.discipline == discipline => spec.agents,
        _ => 0,
    }
}

/// Where the claim of a dispute is counted.
const fn claim_row(kind: DisputeKind) -> Counted {
    match kind {
        DisputeKind::NotReceived => Counted::NotReceived,
        DisputeKind::NotAsDescribed | DisputeKind::Opportunistic => Counted::NotAsDescribed,
    }
}

impl<O: Observer> Records<O> {
    /// Records of sellers before their first order.
    pub(crate) fn new(tables: &Tables, buyers: Key, sellers: &[Traits], observer: O) -> Self {
        Self {
            windows: Windows::new(sellers.len(), tables),
            scores: Scores::new(tables.world.policy.service_score.as_ref(), sellers.len()),
            standings: vec![Standing::new(&tables.world.policy); sellers.len()],
            desks: sellers
                .iter()
                .map(|seller| FifoDesk::new(agents(tables, seller, Discipline::Fifo)))
                .collect(),
            auditor: Auditor::default(),
            observer,
            ledger: Ledger::new(sellers.len(), tables.buyers.len(), tables.horizon),
            delays: vec![Histogram::default(); tables.sellers.len()],
            reasons: vec![0; tables.world.policy.cancellation.reasons.len()],
            daily: Daily::new(tables.world.days),
            weights: sellers.iter().map(|seller| seller.attractiveness).collect(),
            weight_sums: vec![0.0; sellers.len()],
            sellers: sellers.to_vec(),
            buyers,
            above_days: vec![Row::default(); sellers.len().div_ceil(LANES)],
            tracks: tables.tracks,
            dated_facts: DayRing::new(),
            due: Vec::new(),
        }
    }

    /// Begins a day: what was noted for it becomes its facts.
    pub(crate) fn begin_day(&mut self, day: Day) {
        self.windows.begin_day(day);
        let mut due = std::mem::take(&mut self.due);
        self.dated_facts.take(day, &mut due);
        for dated in &due {
            self.apply(usize::from(dated.seller), dated.fact);
        }
        self.due = due;
    }

    /// Lets the close of the day of `at`, today or a coming one, find something about a seller.
    #[inline]
    pub(crate) fn note(&mut self, seller: u16, at: SimTime, fact: DayFact) {
        let is_read = match fact {
            DayFact::Refunded => self.tracks.refunded,
            DayFact::Ruled => self.tracks.ruled,
            DayFact::Unanswered => self.tracks.unanswered,
            _ => true,
        };
        if is_read {
            self.note_anyway(seller, at, fact);
        }
    }

    /// Lets the close of a day, today or a coming one, find a dispute that is filed.
    #[inline]
    pub(crate) fn note_filed(&mut self, seller: u16, day: Day, kind: DisputeKind) {
        if day == self.windows.today() {
            self.windows.add_filed(usize::from(seller), claim_row(kind));
        } else {
            self.push_fact(seller, day, DayFact::Filed(kind));
        }
    }

    fn note_anyway(&mut self, seller: u16, at: SimTime, fact: DayFact) {
        let day = at.day();
        if day == self.windows.today() {
            self.apply(usize::from(seller), fact);
        } else {
            self.push_fact(seller, day, fact);
        }
    }

    #[inline]
    fn push_fact(&mut self, seller: u16, day: Day, fact: DayFact) {
        debug_assert!(day > self.windows.today(), "{fact:?} comes too late");
        self.dated_facts.push(day, DatedFact::new(day, seller, fact));
    }

    fn apply(&mut self, seller: usize, fact: DayFact) {
        let mut add = |what: Counted| self.windows.add(seller, what, 1);
        match fact {
            DayFact::Filed(kind) => self.windows.add_filed(seller, claim_row(kind)),
            DayFact::Withdrawn { filed } => self.windows.take_back(seller, filed, Counted::Filed),
            DayFact::Refunded => add(Counted::Refunded),
            DayFact::Ruled => add(Counted::Ruled),
            DayFact::NotSold => add(Counted::NotSold),
            DayFact::Unanswered => add(Counted::Unanswered),
            DayFact::Completed => add(Counted::Completed),
            DayFact::Delivered { is_late, is_defective } => {
                self.windows.add(seller, Counted::Delivered, 1);
                self.windows.add(seller, Counted::Late, u32::from(is_late));
                self.windows.add(seller, Counted::Defective, u32::from(is_defective));
            }
            DayFact::FoundOffline => self.standings[seller].was_found_offline = true,
        }
    }

    /// Lets the close of the day of `at`, today or a coming one, find a completed order.
    pub(crate) fn post_completed(&mut self, seller: u16, at: SimTime) {
        let (coming, today) = self.windows.coming_mut();
        if self.tracks.completed && !coming.post_completed(usize::from(seller), today, at.day()) {
            self.note(seller, at, DayFact::Completed);
        }
    }

    /// Lets the close of the day of `at`, today or a coming one, find a delivered parcel.
    pub(crate) fn post_delivered(&mut self, seller: u16, at: SimTime, is_late: bool, is_defective: bool) {
        let (coming, today) = self.windows.coming_mut();
        if !coming.post_delivered(usize::from(seller), today, at.day(), is_late, is_defective) {
            self.note(seller, at, DayFact::Delivered { is_late, is_defective });
        }
    }

    /// Adds to a day of the daily series.
    #[inline]
    pub(crate) fn count_daily(&mut self, series: Series, at: SimTime) {
        self.daily.add(series, at.day().0, 1);
    }

    /// A case takes a legal step, with which goes so much: what the step adds to the books is in [`Effects::of`], and nowhere
    /// else. What depends on more than the step is counted by whoever lets the case take it.
    #[allow(
        clippy::inline_always,
        reason = "a step that is known leaves of its effects only those that it has"
    )]
    #[inline(always)]
    pub(crate) fn take(&mut self, case: &mut Case, step: Step, at: SimTime, amount: Money) {
        let effects = Effects::of(step);
        let refund = if effects.refunded_by.is_some() { amount } else { Money(0) };
        case.step(step, at, refund);
        self.count_effects(&case.order, &effects, at);
        if O::SEES_ORDERS {
            self.observer.see(&case.order, Event::Step(step).at(at, amount, case.detail(step)));
        }
        let fact = effects.fact.map(|fact| match fact {
            StepFact::Filed => DayFact::Filed(case.kind()),
            StepFact::Withdrawn => DayFact::Withdrawn { filed: case.filed.day() },
            StepFact::Refunded => DayFact::Refunded,
            StepFact::NotSold => DayFact::NotSold,
        });
        if let Some(fact) = fact {
            self.note(case.order.seller, at, fact);
        }
        if let Some(by) = effects.refunded_by {
            let booked_as = match by {
                RefundedBy::Known(count) => count,
                RefundedBy::Grant => case.owed_by().refunded_by(),
            };
            self.daily.add(Series::ValueRefunded, at.day().0, amount.0 as u64);
            let mut entry = self.ledger.money(&case.order);
            entry.add_money(Count::ValueRefunded, amount);
            entry.add_money(booked_as, amount);
            entry.add_money(Count::ValueReleased, case.order.value - amount);
        }
    }

    /// Counts a step of an order at the instant at which it is taken, today or later.
    #[allow(clippy::inline_always, reason = "as [`Self::take`]")]
    #[inline(always)]
    pub(crate) fn count_step(&mut self, order: &Order, step: Step, at: SimTime) {
        self.count_effects(order, &Effects::of(step), at);
    }

    /// Counts on its day that an order of a seller was cancelled for a side's reason (R3).
    #[inline]
    pub(crate) fn count_reason(&mut self, seller: u16, side: Attribution, at: SimTime) {
        let effects = ReasonEffects::of(side);
        for &series in effects.series {
            self.count_daily(series, at);
        }
        if effects.is_not_sold {
            self.note(seller, at, DayFact::NotSold);
        }
    }

    /// Shows whoever looks on what no case takes as a step.
    #[inline]
    pub(crate) fn show(&mut self, order: &Order, what: Event, at: SimTime, amount: Money) {
        if O::SEES_ORDERS {
            self.observer.see(order, what.at(at, amount, None));
        }
    }

    #[allow(clippy::inline_always, reason = "as [`Self::take`]")]
    #[inline(always)]
    fn count_effects(&mut self, order: &Order, effects: &Effects, at: SimTime) {
        let mut entry = self.ledger.at(order, at);
        for &count in effects.counts {
            entry.add(count);
        }
        if let Some(series) = effects.series {
            self.count_daily(series, at);
        }
    }

    /// Opens a case, and shows it to the auditor.
    #[inline]
    pub(crate) fn open_case(&mut self, opening: &Opening, case: &mut Case) {
        let Order { placed, value, is_counted, .. } = opening.order;
        case.open(opening, self.auditor.open(placed, value, is_counted));
    }

    /// Ends a case.
    #[inline]
    pub(crate) fn close_case(&mut self, case: &mut Case) {
        self.auditor.close(&mut case.audited);
        self.ledger.always(&case.order).add_many(Count::Events, u64::from(case.events));
        case.is_over = true;
    }

    /// Whether so few transactions not sold separate the seller from a worse grade that it worries (R5).
    pub(crate) fn is_near_grade(&self, tables: &Tables, seller: usize, near: u32) -> bool {
        let rule = &tables.policy().not_sold;
        rule.is_near_worse(self.windows.not_sold_so_far(seller, rule.window), near)
    }

    /// Counts what a seller's share of demand lacks because of penalties, in orders and at the mean value.
    pub(crate) fn count_lost(&mut self, tables: &Tables, day: Day, seller: usize, lost_orders: f64) {
        if day.0 < 0 || lost_orders <= 0.0 {
            return;
        }
        // What 64 bits cannot hold is as much as they can, and the next sum stops the run.
        let micro = (lost_orders * 1e6).round() as u64;
        self.ledger.by_seller[seller].add_unbounded(Count::LostOrdersMicro, micro);
        self.daily.add(Series::LostOrdersMicro, day.0, micro);
        let value = lost_orders * tables.world.market.order_value.mean();
        self.ledger.by_seller[seller].add_unbounded(Count::LostValue, value.round() as u64);
    }
}
