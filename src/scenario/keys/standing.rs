//! Keys of `policy` that judge sellers: the dispute rate, seller-fault cancellations, the score, points.

use crate::policy::dispute_rate::{Basis, Denominator, DisputeRateRule, PenaltyCurve};
use crate::policy::not_sold::{GradeEntry, NotSoldRule};
use crate::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use crate::policy::rate::Rate;
use crate::policy::service_score::{ScoreComponent, ScoreLevel, ServiceScoreRule};
use crate::scenario::kinds::penalty::Penalty;
use crate::scenario::kinds::plain::{Choice, Number, SHARE, WEIGHT, Whole};
use crate::scenario::kinds::times::{Duration, Freezes, WINDOW};
use crate::scenario::reading::section::Section;
use crate::sim::SimDuration;

const BASIS: Choice<Basis> =
    Choice(&[("filed", Basis::Filed), ("refunded", Basis::Refunded), ("ruled", Basis::Ruled)]);

const DENOMINATOR: Choice<Denominator> =
    Choice(&[("closed", Denominator::Closed), ("placed", Denominator::Placed)]);

const INDICATOR: Choice<Indicator> = Choice(&[
    ("not_sold_rate", Indicator::NotSoldRate),
    ("dispute_rate", Indicator::DisputeRate),
    ("late_rate", Indicator::LateRate),
]);

/// A number of orders or disputes, from none.
const COUNT: Whole = Whole { min: 0, max: 1_000_000_000 };

/// A number that has an effect, from one.
const FROM_ONE: Whole = Whole { min: 1, max: 1_000_000_000 };

/// Marks of a score.
const MARKS: Number = Number::from(-1000.0, 1000.0, "a number of points from -1000 to 1000", 10.0);

/// Reads `policy.dispute_rate`.
pub(crate) fn dispute_rate(s: &mut Section<'_>) -> DisputeRateRule {
    DisputeRateRule {
        window: s.or("window", &WINDOW, 30) as u16,
        basis: s.or("basis", &BASIS, Basis::Filed),
        denominator: s.or("denominator", &DENOMINATOR, Denominator::Closed),
        minimum_orders: s.or("minimum_orders", &COUNT, 0) as u32,
        minimum_disputes: s.or("minimum_disputes", &COUNT, 0) as u32,
        threshold: Rate::new(s.or("threshold", &SHARE, 1.0)),
        penalty: s.or("penalty", &Penalty, PenaltyCurve::None),
    }
}

/// Reads `policy.not_sold`.
pub(crate) fn not_sold(s: &mut Section<'_>) -> NotSoldRule {
    NotSoldRule {
        window: s.or("window", &WINDOW, 30) as u16,
        minimum_orders: s.or("minimum_orders", &COUNT, 0) as u32,
        demote: grade(s, "demote_at", "demote_share"),
        hide: grade(s, "hide_at", "hide_share"),
        freeze: grade(s, "freeze_at", "freeze_share"),
        demotion_weight: s.or("demotion_weight", &SHARE, 0.5),
        freeze_for: s.or("freeze_for", &Freezes, vec![SimDuration::from_days(7)]),
        close_at_freeze: s.optional("close_at_freeze", &FROM_ONE).map(|freeze| freeze as u32),
    }
}

/// A penalty tier's entry: a count, and perhaps a share as well.
fn grade(s: &mut Section<'_>, at: &'static str, share: &'static str) -> Option<GradeEntry> {
    let count = s.optional(at, &FROM_ONE);
    let share_given = s.optional(share, &SHARE);
    if share_given.is_some() && count.is_none() && !s.has(at) {
        s.report(share, format!("{} has no effect without {}: write both", s.path_of(share), s.path_of(at)));
    }
    count.map(|count| GradeEntry { count: count as u32, share: share_given.map(Rate::new) })
}

/// Reads `policy.service_score`.
pub(crate) fn service_score(s: &mut Section<'_>) -> ServiceScoreRule {
    let window = s.or("window", &WINDOW, 30) as u16;
    let rule = ServiceScoreRule {
        window,
        not_sold: component(s, "not_sold"),
        not_received: component(s, "not_received"),
        not_as_described: component(s, "not_as_described"),
        description: component(s, "description"),
        service: component(s, "service"),
        logistics: component(s, "logistics"),
        level_every: s.or("level_every", &WINDOW, 30) as u16,
        levels: s.records("levels", Some("[]"), "[{ at = 80.0, weight = 1.2 }]", |s| ScoreLevel {
            at: s.required("at", &Number::from(-1e6, 1e6, "a score", 80.0)),
            weight: s.required("weight", &WEIGHT),
        }),
    };
    if rule.levels.windows(2).any(|pair| pair[1].at >= pair[0].at) {
        let path = s.path_of("levels");
        s.report("levels", format!("{path} is not descending: write the highest at first"));
    }
    rule
}

/// A component of the score; one that is left out has no marks to give.
fn component(s: &mut Section<'_>, key: &'static str) -> ScoreComponent {
    let read = |s: &mut Section<'_>| {
        let points = s.required("points", &MARKS);
        let floor = s.or("floor", &MARKS, 0.0);
        let starts_at = s.or("starts_at", &SHARE, 0.0);
        let worst = s.required("worst", &Number::above(0.0, 1.0, "a share in (0, 1]", 1.0));
        let written = |s: &Section<'_>, key: &str| format!("{} = {}", s.path_of(key), s.shown(key));
        if s.has("worst") && worst <= starts_at {
            s.report("worst", format!("{} is not above {}", written(s, "worst"), written(s, "starts_at")));
        }
        if s.has("points") && floor > points {
            s.report("floor", format!("{} is above {}", written(s, "floor"), written(s, "points")));
        }
        ScoreComponent { points, floor, starts_at, worst }
    };
    let none = ScoreComponent { points: 0.0, floor: 0.0, starts_at: 0.0, worst: 1.0 };
    s.optional_table(key, read).unwrap_or(none)
}

/// Reads `policy.points`.
pub(crate) fn points(s: &mut Section<'_>) -> PointsRule {
    let every = s.or("every", &WINDOW, 7) as u16;
    let expire_after = s.or("expire_after", &WINDOW, 90) as u16;
    let example = "[{ indicator = \"late_rate\", window = \"30d\", above = 0.05, points = 1 }]";
    let awards = s.records("awards", None, example, |s| PointAward {
        indicator: s.required("indicator", &INDICATOR),
        window: s.required("window", &WINDOW) as u16,
        above: Rate::new(s.required("above", &SHARE)),
        minimum_count: s.or("minimum_count", &COUNT, 0) as u32,
        points: s.required("points", &Whole { min: 1, max: 1000 }) as u32,
    });
    let tiers = s.records("tiers", None, "[{ at = 6, weight = 0.5, freeze_for = \"7d\" }]", |s| PointTier {
        at: s.required("at", &FROM_ONE) as u32,
        weight: s.required("weight", &WEIGHT),
        freeze_for: s.or("freeze_for", &Duration, SimDuration(0)),
    });
    if tiers.windows(2).any(|pair| pair[1].at <= pair[0].at) {
        let path = s.path_of("tiers");
        s.report("tiers", format!("{path} is not ascending: write the lowest at first"));
    }
    PointsRule { every, expire_after, awards, tiers }
}
