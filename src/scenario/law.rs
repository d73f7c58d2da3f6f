//! Distributions: a constant, or a table that names a family and its parameters.

use super::catalogue::Shape;
use super::duration::{duration, duration_text};
use super::empirical;
use super::error::{listed, nearest};
use super::kinds::{Number, finite};
use super::moments::duration_at;
use super::node::{Item, number_text, quoted};
use super::section::{Cursor, Kind, Section};
use crate::sim::{DAY_SECONDS, Distribution, SimDuration};

/// Names of the families.
const FAMILIES: [&str; 9] =
    ["exponential", "lognormal", "uniform", "gamma", "weibull", "beta", "triangular", "empirical", "mixture"];

/// What a distribution measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Time: parameters are durations, values are seconds.
    Time,
    /// Plain numbers.
    Number,
    /// Money in currency units.
    Money,
}

/// A constant or a distribution, with the range of its values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Law {
    /// What it measures.
    pub(crate) measure: Measure,
    /// The largest value that the distribution may have at `tail`.
    limit: f64,
    /// The quantile that is held against the limit.
    tail: f64,
    /// Whether a constant 0 is left out.
    above: bool,
    /// A valid constant.
    example: f64,
    words: &'static str,
}

/// Elapsed time. The limit on the tail keeps instants within 64-bit seconds and 32-bit days.
pub(crate) const TIMES: Law = Law {
    measure: Measure::Time,
    limit: 1e8 * DAY_SECONDS as f64,
    tail: 1.0 - 1e-9,
    above: false,
    example: 2.0 * DAY_SECONDS as f64,
    words: "a duration such as \"5d\" or a distribution of durations",
};

/// A probability that sellers or buyers may differ in.
pub(crate) const PROBABILITIES: Law = Law {
    measure: Measure::Number,
    limit: 1.0,
    tail: 1.0,
    above: false,
    example: 0.1,
    words: "a probability in [0, 1] or a distribution on [0, 1]",
};

/// A part of an amount.
pub(crate) const PARTS: Law =
    Law { example: 0.5, words: "a fraction in [0, 1] or a distribution on [0, 1]", ..PROBABILITIES };

/// A part of an amount that is not nothing.
pub(crate) const POSITIVE_PARTS: Law =
    Law { above: true, words: "a fraction in (0, 1] or a distribution on [0, 1]", ..PARTS };

/// A multiplier or a relative weight.
pub(crate) const FACTORS: Law = Law {
    measure: Measure::Number,
    limit: 1e9,
    tail: 1.0 - 1e-9,
    above: true,
    example: 1.0,
    words: "a number above 0 or a distribution of such numbers",
};

/// Amounts of money in currency units; the limit keeps sums of cents within 64 bits.
pub(crate) const AMOUNTS: Law = Law {
    measure: Measure::Money,
    limit: 4e7,
    tail: 0.999_999,
    above: true,
    example: 40.0,
    words: "an amount above 0 or a distribution of amounts, in currency units",
};

impl Kind for Law {
    type Value = Distribution;

    fn expects(&self) -> String {
        self.words.to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Distribution
    }

    fn example(&self) -> Distribution {
        Distribution::Constant(self.example)
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Distribution> {
        let before = cursor.reading.error_count();
        let law = match cursor.node.item {
            Item::Table(_) => self.family(cursor)?,
            _ => Distribution::Constant(self.constant(cursor)?),
        };
        if cursor.reading.error_count() > before {
            return None;
        }
        self.within_range(cursor, law)
    }

    fn write(&self, value: &Distribution) -> String {
        let parameter = |value: &f64| match self.measure {
            Measure::Time => quoted(&duration_text(SimDuration(*value as i64))),
            Measure::Number | Measure::Money => number_text(*value),
        };
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
            Distribution::Empirical(values) => {
                let unit = if self.measure == Measure::Time { ", unit = \"1s\"" } else { "" };
                let shown: Vec<String> = values.iter().map(plain).collect();
                format!("{{ empirical = {{ values = [{}]{unit} }} }}", shown.join(", "))
            }
            Distribution::Mixture(parts) => {
                let part = |(weight, of): &(f64, Distribution)| {
                    format!("{{ weight = {}, of = {} }}", plain(weight), self.write(of))
                };
                let shown: Vec<String> = parts.iter().map(part).collect();
                format!("{{ mixture = [{}] }}", shown.join(", "))
            }
        }
    }
}

impl Law {
    /// A number, or a duration in seconds.
    fn constant(&self, cursor: &Cursor<'_>) -> Option<f64> {
        match self.measure {
            Measure::Time => duration_at(cursor, self.words, duration).map(|length| length.0 as f64),
            Measure::Number | Measure::Money => finite(cursor, self.words),
        }
    }

    /// The family that a table names.
    fn family(&self, cursor: &Cursor<'_>) -> Option<Distribution> {
        let mut outer = cursor.section()?;
        let table = cursor.node.table()?;
        let unknown = |key: &&String| !FAMILIES.contains(&key.as_str());
        if let Some(key) = table.keys().find(unknown) {
            let way_out = match nearest(key, FAMILIES.into_iter()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("distributions are {}", listed(FAMILIES)),
            };
            return cursor.fail(&format!("names the unknown distribution {key}; {way_out}"));
        }
        if table.len() != 1 {
            return cursor.fail(&format!("names {} distributions: expected exactly one", table.len()));
        }
        let positive = Parameter { law: *self, above: true };
        let from_zero = Parameter { law: *self, above: false };
        let law = match table.keys().next()?.as_str() {
            "exponential" => outer
                .table("exponential", |s| Distribution::Exponential { mean: s.required("mean", &positive) }),
            "lognormal" => outer.table("lognormal", |s| Distribution::Lognormal {
                median: s.required("median", &positive),
                sigma: s.required("sigma", &Number::above(0.0, 20.0, "a number above 0, up to 20", 0.5)),
            }),
            "uniform" => outer.table("uniform", |s| {
                let (min, max) = (s.required("min", &from_zero), s.required("max", &positive));
                ascending(s, cursor.reading.error_count(), &[("min", min), ("max", max)]);
                Distribution::Uniform { min, max }
            }),
            "gamma" => outer.table("gamma", |s| Distribution::Gamma {
                shape: s.required("shape", &SHAPE),
                scale: s.required("scale", &positive),
            }),
            "weibull" => outer.table("weibull", |s| Distribution::Weibull {
                shape: s.required("shape", &SHAPE),
                scale: s.required("scale", &positive),
            }),
            "beta" if self.measure != Measure::Number => {
                return cursor.fail("lies in [0, 1]: durations and amounts need another distribution");
            }
            "beta" => outer.table("beta", |s| Distribution::Beta {
                alpha: s.required("alpha", &SHAPE),
                beta: s.required("beta", &SHAPE),
            }),
            "triangular" => outer.table("triangular", |s| {
                let (min, mode) = (s.required("min", &from_zero), s.required("mode", &from_zero));
                let max = s.required("max", &positive);
                ascending(s, cursor.reading.error_count(), &[("min", min), ("max", max)]);
                if mode < min || mode > max {
                    s.report("mode", format!("{} does not lie between min and max", s.path_of("mode")));
                }
                Distribution::Triangular { min, mode, max }
            }),
            "empirical" => {
                outer.table("empirical", |s| Distribution::Empirical(empirical::read(s, self.measure).into()))
            }
            _ => Distribution::Mixture(self.mixture(&mut outer)),
        };
        Some(law)
    }

    /// Parts with weights that sum to 1.
    fn mixture(&self, outer: &mut Section<'_>) -> Vec<(f64, Distribution)> {
        let example = "[{ weight = 0.5, of = DISTRIBUTION }, { weight = 0.5, of = DISTRIBUTION }]";
        let parts = outer.records("mixture", None, example, |s| {
            let weight = Number::above(0.0, 1.0, "a weight in (0, 1]", 0.5);
            (s.required("weight", &weight), s.required("of", self))
        });
        let path = outer.path_of("mixture");
        if parts.is_empty() {
            outer.report("mixture", format!("{path} is empty: expected {example}"));
        } else {
            let sum: f64 = parts.iter().map(|(weight, _)| weight).sum();
            if (sum - 1.0).abs() > 1e-9 {
                outer.report("mixture", format!("weights of {path} sum to {}: expected 1", sum_text(sum)));
            }
        }
        parts
    }

    /// The distribution, if its values lie in the range.
    fn within_range(&self, cursor: &Cursor<'_>, law: Distribution) -> Option<Distribution> {
        let (low, high) = law.support();
        if low < 0.0 || (self.above && high <= 0.0) {
            return cursor.out_of_range(self.words);
        }
        let reached = law.quantile(self.tail);
        if reached <= self.limit {
            return Some(law);
        }
        if law.constant().is_some() || self.tail >= 1.0 {
            return cursor.out_of_range(self.words);
        }
        let (reached, limit) = match self.measure {
            Measure::Time => {
                let days = |seconds: f64| format!("{} days", seconds / DAY_SECONDS as f64);
                (days(reached), days(self.limit))
            }
            Measure::Number | Measure::Money => (number_text(reached), number_text(self.limit)),
        };
        cursor.fail(&format!(
            "has too long a tail: its {}% quantile is {reached}, expected at most {limit}",
            self.tail * 100.0
        ))
    }
}

/// The shape parameter of a family.
const SHAPE: Number = Number::from(0.05, 10_000.0, "a number from 0.05 to 10000", 1.5);

/// A parameter in the units of the law: a duration or a plain number.
struct Parameter {
    law: Law,
    above: bool,
}

impl Kind for Parameter {
    type Value = f64;

    fn expects(&self) -> String {
        match (self.law.measure, self.above) {
            (Measure::Time, true) => "a duration longer than 0, such as \"5d\"".to_owned(),
            (Measure::Time, false) => "a duration such as \"5d\"".to_owned(),
            (Measure::Number | Measure::Money, true) => "a number above 0".to_owned(),
            (Measure::Number | Measure::Money, false) => "a number from 0".to_owned(),
        }
    }

    fn shape(&self) -> Shape {
        self.law.shape()
    }

    fn example(&self) -> f64 {
        self.law.example
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<f64> {
        let value = match self.law.measure {
            Measure::Time => duration_at(cursor, &self.expects(), duration)?.0 as f64,
            Measure::Number | Measure::Money => finite(cursor, &self.expects())?,
        };
        if value < 0.0 || (self.above && value <= 0.0) || value > 1e15 {
            return cursor.out_of_range(&self.expects());
        }
        Some(value)
    }

    fn write(&self, value: &f64) -> String {
        self.law.write(&Distribution::Constant(*value))
    }
}

/// Reports the second of two ends if it is not above the first.
fn ascending(section: &Section<'_>, errors: usize, ends: &[(&str, f64); 2]) {
    let [(low_key, low), (high_key, high)] = ends;
    if high <= low && errors == section.error_count() {
        let path = section.path_of(high_key);
        section.report(high_key, format!("{path} is not above {}", section.path_of(low_key)));
    }
}

/// A sum of shares in as many digits as tell it from 1.
pub(crate) fn sum_text(sum: f64) -> String {
    let rounded = (sum * 1e9).round() / 1e9;
    if (rounded - 1.0).abs() < 1e-12 { number_text(sum) } else { number_text(rounded) }
}

/// The distribution of 100 times the value.
pub(crate) fn in_cents(law: Distribution) -> Distribution {
    const CENTS: f64 = 100.0;
    match law {
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
        Distribution::Mixture(parts) => {
            Distribution::Mixture(parts.into_iter().map(|(weight, part)| (weight, in_cents(part))).collect())
        }
        beta @ Distribution::Beta { .. } => beta,
    }
}
