//! The service scores of a shard's sellers at the day's close (R7): sixteen side by side.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::windows::Windows;
use crate::engine::ground::counted::{Counted, Row};
use crate::policy::service_score::{ServiceRates, ServiceScoreRule};
use crate::sim::lanes::{LANES, Lanes, Vectorisable, lanes, vectorised};

/// The scores of all sellers, group by group; nothing where the policy has none.
#[derive(Debug)]
pub(crate) struct Scores {
    latest: Vec<Lanes<f64>>,
    /// Those of the close before, 1000 higher and in hundredths.
    before: Vec<Lanes<u64>>,
}

impl Scores {
    /// Full marks for so many sellers before their first close.
    pub(crate) fn new(rule: Option<&ServiceScoreRule>, sellers: usize) -> Self {
        let groups = if rule.is_some() { sellers.div_ceil(LANES) } else { 0 };
        let full = rule.map_or(0.0, |rule| rule.score(&ServiceRates::default()));
        Self { latest: vec![[full; LANES]; groups], before: vec![[0; LANES]; groups] }
    }

    /// The score of a seller at the latest close.
    pub(crate) fn latest(&self, seller: usize) -> f64 {
        self.latest[seller / LANES][seller % LANES]
    }

    /// That of the close before, 1000 higher and in hundredths.
    pub(crate) fn before(&self, seller: usize) -> u64 {
        self.before[seller / LANES][seller % LANES]
    }

    /// Works out the scores of a close.
    pub(crate) fn close(&mut self, rule: &ServiceScoreRule, windows: &Windows) {
        vectorised(Scoring { scores: self, rule, windows });
    }
}

/// The work of [`Scores::close`].
struct Scoring<'a> {
    scores: &'a mut Scores,
    rule: &'a ServiceScoreRule,
    windows: &'a Windows,
}

impl Vectorisable for Scoring<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { scores: Scores { latest, before }, rule, windows } = self;
        let window = windows.window(rule.window);
        for (group, (latest, before)) in latest.iter_mut().zip(before).enumerate() {
            let last = *latest;
            *before = lanes(|lane| ((last[lane] + 1000.0) * 100.0).round().max(0.0) as u64);
            let counts = windows.of_group(group, window);
            let [placed, delivered, filed] =
                [Counted::Placed, Counted::Delivered, Counted::FiledGross].map(|whole| *counts.row(whole));
            let completed = counts.row(Counted::Completed);
            let closed = lanes(|lane| completed[lane] + filed[lane]);
            let not_sold = ratios(counts.row(Counted::NotSold), &placed);
            let not_received = ratios(counts.row(Counted::NotReceived), &closed);
            let not_as_described = ratios(counts.row(Counted::NotAsDescribed), &closed);
            let defective = ratios(counts.row(Counted::Defective), &delivered);
            let unanswered = ratios(counts.row(Counted::Unanswered), &filed);
            let late = ratios(counts.row(Counted::Late), &delivered);
            *latest = lanes(|lane| {
                rule.score(&ServiceRates {
                    not_sold: not_sold[lane],
                    not_received: not_received[lane],
                    not_as_described: not_as_described[lane],
                    defective: defective[lane],
                    unanswered: unanswered[lane],
                    late: late[lane],
                })
            });
        }
    }
}

/// Parts of wholes; 0 of nothing.
#[inline(always)]
fn ratios(parts: &Row, wholes: &Row) -> Lanes<f64> {
    lanes(|lane| {
        let ratio = f64::from(parts[lane]) / f64::from(wholes[lane].max(1));
        if wholes[lane] == 0 { 0.0 } else { ratio }
    })
}
