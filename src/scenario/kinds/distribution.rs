//! Distributions: a constant, or a table that names a family and its parameters.

use super::family;
use super::plain::finite;
use super::quantity::Quantity;
use super::times::duration_at;
use crate::scenario::reading::catalogue::{Domain, Shape};
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::pass::Reading;
use crate::scenario::text::duration::duration;
use crate::scenario::text::node::{Item, number_text};
use crate::sim::{DAY_SECONDS, Distribution};
use std::sync::Arc;

/// A constant or a distribution, with the range of its values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DistributionKind {
    /// What it measures.
    quantity: Quantity,
    /// The largest value that the distribution may have at `tail`.
    limit: f64,
    /// The quantile that is held against the limit.
    tail: f64,
    /// Whether a constant 0 is left out.
    above: bool,
    /// Whether 0 would become one cent, so that an observed 0 is left out as well.
    in_cents: bool,
    /// A valid constant.
    example: f64,
    words: &'static str,
}

/// Elapsed time. The limit on the tail keeps instants within 64-bit seconds and 32-bit days.
pub(crate) const TIMES: DistributionKind = DistributionKind {
    quantity: Quantity::Time,
    limit: 1e8 * DAY_SECONDS as f64,
    tail: 1.0 - 1e-9,
    above: false,
    in_cents: false,
    example: 2.0 * DAY_SECONDS as f64,
    words: "a duration such as \"5d\" or a distribution of durations",
};

/// A probability that sellers or buyers may differ in.
pub(crate) const PROBABILITIES: DistributionKind = DistributionKind {
    quantity: Quantity::Number,
    limit: 1.0,
    tail: 1.0,
    above: false,
    in_cents: false,
    example: 0.1,
    words: "a probability in [0, 1] or a distribution on [0, 1]",
};

/// A part of an amount.
pub(crate) const PARTS: DistributionKind = DistributionKind {
    example: 0.5,
    words: "a fraction in [0, 1] or a distribution on [0, 1]",
    ..PROBABILITIES
};

/// A part of an amount that is not nothing.
pub(crate) const POSITIVE_PARTS: DistributionKind = DistributionKind {
    above: true,
    in_cents: true,
    words: "a fraction in (0, 1] or a distribution on [0, 1]",
    ..PARTS
};

/// A multiplier or a relative weight.
pub(crate) const FACTORS: DistributionKind = DistributionKind {
    quantity: Quantity::Number,
    limit: 1e9,
    tail: 1.0 - 1e-9,
    above: true,
    in_cents: false,
    example: 1.0,
    words: "a number above 0 or a distribution of such numbers",
};

/// Amounts of money in currency units; the limit keeps cents within 32 bits.
pub(crate) const AMOUNTS: DistributionKind = DistributionKind {
    quantity: Quantity::Money,
    limit: 4e7,
    tail: 0.999_999,
    above: true,
    in_cents: true,
    example: 40.0,
    words: "an amount above 0 or a distribution of amounts, in currency units",
};

impl Kind for DistributionKind {
    type Value = Distribution;

    fn expects(&self) -> String {
        self.words.to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Distribution
    }

    /// That of a constant, where it is a part of something.
    fn domain(&self) -> Domain {
        if self.limit <= 1.0 { Domain::Numbers { least: 0.0, most: self.limit } } else { Domain::Words }
    }

    fn example(&self) -> Distribution {
        Distribution::Constant(self.example)
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Distribution> {
        let before = cursor.reading.error_count();
        let distribution = match cursor.node.item {
            Item::Table(_) => family::read(cursor, self, self.quantity, self.example)?,
            _ => Distribution::Constant(self.constant(cursor)?),
        };
        if cursor.reading.error_count() > before {
            return None;
        }
        self.within_range(cursor, distribution)
    }

    fn write(&self, value: &Distribution) -> String {
        self.written(value, &|_| None)
    }

    fn write_in(&self, reading: &Reading, value: &Distribution) -> String {
        self.written(value, &|values| reading.columns.name_of(values))
    }
}

impl DistributionKind {
    /// The canonical text, with the name of observed values in their place where they have one.
    fn written(&self, value: &Distribution, name_of: &dyn Fn(&Arc<[f64]>) -> Option<String>) -> String {
        let parameter = |value: &f64| self.quantity.written(*value);
        let plain = |value: &f64| number_text(*value);
        match value {
            Distribution::Constant(value) => parameter(value),
            Distribution::Exponential { mean } => {
                format!("{{ exponential = {{ mean = {} }} }}", parameter(mean))
            }
            Distribution::Lognormal { median, sigma } => {
                format!("{{ lognormal = {{ median = {}, sigma = {} }} }}", parameter(median), plain(sigma))
            }
            Distribution::Uniform { min, max } => {
                format!("{{ uniform = {{ min = {}, max = {} }} }}", parameter(min), parameter(max))
            }
            Distribution::Gamma { shape, scale } => {
                format!("{{ gamma = {{ shape = {}, scale = {} }} }}", plain(shape), parameter(scale))
            }
            Distribution::Weibull { shape, scale } => {
                format!("{{ weibull = {{ shape = {}, scale = {} }} }}", plain(shape), parameter(scale))
            }
            Distribution::Beta { alpha, beta } => {
                format!("{{ beta = {{ alpha = {}, beta = {} }} }}", plain(alpha), plain(beta))
            }
            Distribution::Triangular { min, mode, max } => {
                let (min, mode, max) = (parameter(min), parameter(mode), parameter(max));
                format!("{{ triangular = {{ min = {min}, mode = {mode}, max = {max} }} }}")
            }
            Distribution::Empirical(values) => name_of(values).unwrap_or_else(|| self.observed(values, "")),
            Distribution::Interpolated(values) => {
                const MORE: &str = ", interpolate = true";
                // A name is a table in a table, of which this is one more key.
                let with_key =
                    |name: String| name.strip_suffix(" } }").map(|name| format!("{name}{MORE} }} }}"));
                name_of(values).and_then(with_key).unwrap_or_else(|| self.observed(values, MORE))
            }
            Distribution::Mixture(parts) => {
                let part = |(weight, of): &(f64, Distribution)| {
                    format!("{{ weight = {}, of = {} }}", plain(weight), self.written(of, name_of))
                };
                let shown: Vec<String> = parts.iter().map(part).collect();
                format!("{{ mixture = [{}] }}", shown.join(", "))
            }
        }
    }

    /// Observed values, and what is said of them.
    fn observed(&self, values: &[f64], more: &str) -> String {
        let unit = if self.quantity == Quantity::Time { ", unit = \"1s\"" } else { "" };
        let shown: Vec<String> = values.iter().map(|value| number_text(*value)).collect();
        format!("{{ empirical = {{ values = [{}]{unit}{more} }} }}", shown.join(", "))
    }

    /// A number, or a duration in seconds.
    fn constant(&self, cursor: &Cursor<'_>) -> Option<f64> {
        match self.quantity {
            Quantity::Time => duration_at(cursor, self.words, duration).map(|length| length.0 as f64),
            Quantity::Number | Quantity::Money => finite(cursor, self.words),
        }
    }

    /// The distribution, if its values lie in the range.
    fn within_range(&self, cursor: &Cursor<'_>, distribution: Distribution) -> Option<Distribution> {
        let (low, high) = distribution.support();
        if low < 0.0 || (self.above && high <= 0.0) {
            return cursor.out_of_range(self.words);
        }
        if self.in_cents && observes_nothing(&distribution) {
            return cursor.fail(
                "has an observed value of 0, and nothing is worth less than one cent: leave such values out",
            );
        }
        let reached = distribution.quantile(self.tail);
        if reached <= self.limit {
            return Some(distribution);
        }
        if distribution.constant().is_some() || self.tail >= 1.0 {
            return cursor.out_of_range(self.words);
        }
        let (unit, name) = match self.quantity {
            Quantity::Time => (DAY_SECONDS as f64, " days"),
            Quantity::Number | Quantity::Money => (1.0, ""),
        };
        let (reached, limit) = (reached / unit, self.limit / unit);
        cursor.fail(&format!(
            "has too long a tail: its {}% quantile is {reached:.3e}{name}, expected at most {limit:e}{name}",
            self.tail * 100.0
        ))
    }
}

/// Whether one of the observed values is 0.
fn observes_nothing(distribution: &Distribution) -> bool {
    match distribution {
        Distribution::Empirical(values) | Distribution::Interpolated(values) => values[0] <= 0.0,
        Distribution::Mixture(parts) => parts.iter().any(|(_, part)| observes_nothing(part)),
        _ => false,
    }
}

/// The distribution of 100 times the value.
pub(crate) fn in_cents(distribution: Distribution) -> Distribution {
    const CENTS: f64 = 100.0;
    match distribution {
        Distribution::Constant(value) => Distribution::Constant(value * CENTS),
        Distribution::Exponential { mean } => Distribution::Exponential { mean: mean * CENTS },
        Distribution::Lognormal { median, sigma } => {
            Distribution::Lognormal { median: median * CENTS, sigma }
        }
        Distribution::Uniform { min, max } => Distribution::Uniform { min: min * CENTS, max: max * CENTS },
        Distribution::Gamma { shape, scale } => Distribution::Gamma { shape, scale: scale * CENTS },
        Distribution::Weibull { shape, scale } => Distribution::Weibull { shape, scale: scale * CENTS },
        Distribution::Triangular { min, mode, max } => {
            Distribution::Triangular { min: min * CENTS, mode: mode * CENTS, max: max * CENTS }
        }
        Distribution::Empirical(values) => {
            Distribution::Empirical(values.iter().map(|value| value * CENTS).collect())
        }
        Distribution::Interpolated(values) => {
            Distribution::Interpolated(values.iter().map(|value| value * CENTS).collect())
        }
        Distribution::Mixture(parts) => {
            Distribution::Mixture(parts.into_iter().map(|(weight, part)| (weight, in_cents(part))).collect())
        }
        beta @ Distribution::Beta { .. } => beta,
    }
}
