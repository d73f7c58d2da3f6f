//! Distributions of every family, and spans of every kind, within what a scenario may say.

use proptest::collection::vec;
use proptest::prelude::*;
use redress::sim::{Distribution, SimDuration, Span, Weekday, WorkCalendar};

/// A probability or a share; often the ends of its range.
pub(super) fn probability() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![1 => Just(0.0), 1 => Just(1.0), 4 => 0.0..=1.0]
}

/// A probability of what most orders are spared, or else any.
pub(super) fn rarity() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..0.1, 1 => probability()]
}

/// Times of days or of weeks, in seconds; sometimes none at all.
pub(super) fn times() -> BoxedStrategy<Distribution> {
    let none = Just(Distribution::Constant(0.0));
    prop_oneof![1 => none, 5 => positive(300_000.0), 3 => positive(2_000_000.0)].boxed()
}

/// Numbers above 0 of a size up to `scale`, of every family that has no upper end of its own.
pub(super) fn positive(scale: f64) -> BoxedStrategy<Distribution> {
    let size = move || (0.001..1.0).prop_map(move |part: f64| part * scale);
    let simple = prop_oneof![
        size().prop_map(Distribution::Constant),
        size().prop_map(|mean| Distribution::Exponential { mean }),
        (size(), 0.01..1.5).prop_map(|(median, sigma)| Distribution::Lognormal { median, sigma }),
        (size(), size()).prop_map(|(min, width)| Distribution::Uniform { min, max: min + width }),
        (0.05..20.0, size()).prop_map(|(shape, mean)| Distribution::Gamma { shape, scale: mean / shape }),
        (0.4..8.0, size()).prop_map(|(shape, scale)| Distribution::Weibull { shape, scale }),
        (size(), size(), probability()).prop_map(triangular),
        vec(size(), 1..6).prop_map(empirical),
    ];
    or_mixed(simple.boxed())
}

/// Shares, of every family that lies in `[0, 1]`.
pub(super) fn shares() -> BoxedStrategy<Distribution> {
    let simple = prop_oneof![
        2 => probability().prop_map(Distribution::Constant),
        1 => (0.0..0.5, 0.01..0.5).prop_map(|(min, width)| Distribution::Uniform { min, max: min + width }),
        1 => (0.05..20.0, 0.05..20.0).prop_map(|(alpha, beta)| Distribution::Beta { alpha, beta }),
        1 => (0.0..0.5, 0.01..0.5, probability()).prop_map(triangular),
        1 => vec(probability(), 1..6).prop_map(empirical),
    ];
    or_mixed(simple.boxed())
}

/// Shares of orders that something befalls: few, or else any.
pub(super) fn rare_shares() -> BoxedStrategy<Distribution> {
    prop_oneof![4 => (0.0..0.1).prop_map(Distribution::Constant), 1 => shares()].boxed()
}

/// Shares that are not always 0.
pub(super) fn positive_shares() -> BoxedStrategy<Distribution> {
    let nothing = Distribution::Constant(0.01);
    shares().prop_map(move |law| if law.support().1 > 0.0 { law } else { nothing.clone() }).boxed()
}

fn triangular((min, width, part): (f64, f64, f64)) -> Distribution {
    let max = min + width;
    Distribution::Triangular { min, mode: (min + part * width).min(max), max }
}

fn empirical(mut values: Vec<f64>) -> Distribution {
    values.sort_by(f64::total_cmp);
    Distribution::Empirical(values.into())
}

fn or_mixed(simple: BoxedStrategy<Distribution>) -> BoxedStrategy<Distribution> {
    let parts = vec((0.01..1.0, simple.clone()), 1..4);
    let mixture = parts.prop_map(|parts: Vec<(f64, Distribution)>| {
        let sum: f64 = parts.iter().map(|(weight, _)| weight).sum();
        Distribution::Mixture(parts.into_iter().map(|(weight, part)| (weight / sum, part)).collect())
    });
    prop_oneof![9 => simple, 1 => mixture].boxed()
}

/// A deadline: elapsed time from none to weeks, business days, or never.
pub(super) fn deadline() -> impl Strategy<Value = Span> {
    prop_oneof![
        4 => length().prop_map(Span::Elapsed),
        2 => (1..20_u16).prop_map(Span::BusinessDays),
        1 => Just(Span::Never),
    ]
}

/// An elapsed time from none to weeks.
pub(super) fn length() -> impl Strategy<Value = SimDuration> {
    prop_oneof![
        1 => Just(SimDuration(0)),
        2 => (0..30_i64).prop_map(SimDuration::from_days),
        3 => (0..2_000_000_i64).prop_map(SimDuration),
    ]
}

/// A length of trailing windows, in days.
pub(super) fn window() -> impl Strategy<Value = u16> {
    prop_oneof![2 => 1..60_u16, 1 => Just(365)]
}

/// Opening hours on some weekdays; often always. The weekday of day 0 is filled in later.
pub(super) fn hours() -> impl Strategy<Value = WorkCalendar> {
    let day_zero = Weekday::Monday;
    let some = (1..128_u32, 0..86_400_u32, 0.0..1.0).prop_map(move |(days, from, part)| {
        let open = std::array::from_fn(|weekday| days >> weekday & 1 == 1);
        let until = from + 1 + (f64::from(86_399 - from) * part) as u32;
        WorkCalendar { day_zero, open, from, until }
    });
    prop_oneof![Just(WorkCalendar::always(day_zero)), some]
}
