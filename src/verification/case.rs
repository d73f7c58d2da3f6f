//! A case: a small scenario, a statistic made of public metrics, and what theory says of it.

use crate::experiment::{Replication, RunResult};
use crate::observe::catalogue::METRICS;
use crate::scenario::{Scenario, ScenarioErrors, Source};
use crate::stats::Observation;
use std::fmt::Write as _;

/// The scenario from which every case starts.
pub const BASE: &str = include_str!("../../scenarios/verification/base.toml");

/// How often a case is repeated, unless it asks for a multiple of it; `--full` repeats it four times as often.
pub const REPLICATIONS: u32 = 40;

/// Products of metrics with their factors, added up.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms(Vec<(f64, Vec<&'static str>)>);

/// A statistic of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// The mean over replications.
    Mean(Terms),
    /// The first over the second, each summed over replications.
    Ratio(Terms, Terms),
    /// The share of markets in which the value is at most the limit.
    AtMost(Terms, f64),
    /// The mean squared distance from a mean that theory gives, over markets.
    Variance(Terms, f64),
}

/// A comparison of the simulator with theory.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What is compared, in a few words.
    pub name: String,
    /// Where the theory comes from.
    pub source: &'static str,
    /// What the scenario sets on top of [`BASE`], as `KEY=VALUE`.
    pub settings: Vec<String>,
    /// The seller segment of which metrics are taken; none for the whole world.
    pub segment: Option<usize>,
    /// What is measured.
    pub statistic: Statistic,
    /// What it should be.
    pub theory: f64,
    /// How many times as often as others the case is repeated, so that it finds as small an error as they do.
    pub repeats: u32,
}

/// The value of a statistic in each replication, as `(part, whole)`; a mean has the whole 1.
pub type Pairs = Vec<(f64, f64)>;

/// A metric as it is.
pub fn metric(name: &'static str) -> Terms {
    sum(&[(1.0, name)])
}

/// A weighted sum of metrics.
pub fn sum(terms: &[(f64, &'static str)]) -> Terms {
    Terms(terms.iter().map(|&(factor, name)| (factor, vec![name])).collect())
}

/// A weighted sum of products of metrics; a product of none is 1, for a constant.
pub fn sum_of_products(terms: &[(f64, &[&'static str])]) -> Terms {
    Terms(terms.iter().map(|&(factor, names)| (factor, names.to_vec())).collect())
}

impl Statistic {
    /// The mean of a metric over replications.
    pub fn mean(name: &'static str) -> Self {
        Self::Mean(metric(name))
    }

    /// One metric over another, each summed over replications.
    pub fn ratio(part: &'static str, whole: &'static str) -> Self {
        Self::Ratio(metric(part), metric(whole))
    }
}

impl Terms {
    /// The value in a replication; `None` if a metric is unknown or undefined there.
    fn value(&self, values: &[Option<Observation>]) -> Option<f64> {
        let of_metric = |name: &str| {
            let index = METRICS.iter().position(|metric| metric.name == name)?;
            values.get(index).copied().flatten().map(Observation::value)
        };
        self.0.iter().try_fold(0.0, |sum, (factor, names)| {
            let product = names.iter().try_fold(*factor, |product, name| Some(product * of_metric(name)?));
            Some(sum + product?)
        })
    }

    fn write(&self, text: &mut String) {
        for (index, (factor, names)) in self.0.iter().enumerate() {
            let name = names.join(" * ");
            let size = factor.abs();
            let is_one = (size - 1.0).abs() < 1e-12;
            let term = match (names.is_empty(), is_one) {
                (true, _) => size.to_string(),
                (false, true) => name,
                (false, false) => format!("{size} {name}"),
            };
            let sign = if *factor < 0.0 { "-" } else { "+" };
            let is_plain = index == 0 && *factor > 0.0;
            // Writing to a text does not fail.
            let _ = if is_plain { write!(text, "{term}") } else { write!(text, " {sign} {term}") };
        }
    }
}

/// The statistic in terms of metrics, as in `disputes_accepted / disputes_filed`; `P` and `E` are over markets.
impl std::fmt::Display for Statistic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |terms: &Terms| {
            let mut text = String::new();
            terms.write(&mut text);
            if terms.0.len() > 1 { format!("({text})") } else { text }
        };
        match self {
            Self::Mean(terms) => f.write_str(&text(terms)),
            Self::Ratio(part, whole) => write!(f, "{} / {}", text(part), text(whole)),
            Self::AtMost(terms, limit) => write!(f, "P({} <= {limit})", text(terms)),
            Self::Variance(terms, mean) => write!(f, "E(({} - {mean})^2)", text(terms)),
        }
    }
}

impl Case {
    /// A case of the whole world; its settings are a space-free `KEY=VALUE` a line.
    pub fn new(
        name: impl Into<String>,
        source: &'static str,
        settings: &[String],
        statistic: Statistic,
        theory: f64,
    ) -> Self {
        Self {
            name: name.into(),
            source,
            settings: settings.to_vec(),
            segment: None,
            statistic,
            theory,
            repeats: 1,
        }
    }

    /// The same, repeated so many times as often.
    pub const fn repeated(mut self, repeats: u32) -> Self {
        self.repeats = repeats;
        self
    }

    /// The same of one seller segment.
    pub fn of_segment(mut self, segment: usize) -> Self {
        self.segment = Some(segment);
        self
    }

    /// The scenario of this case with a seed of its own, so that cases are independent, and `replications` of it or the
    /// multiple that the case asks for.
    ///
    /// # Errors
    /// If a setting does not fit, which is a mistake in the case.
    pub fn scenario(&self, seed: u64, replications: u32) -> Result<Scenario, ScenarioErrors> {
        let mut source = Source::from_text("verification", BASE)?;
        for setting in &self.settings {
            source.set(setting)?;
        }
        source.set(&format!("run.seed={seed}"))?;
        source.set(&format!("run.replications={}", replications * self.repeats))?;
        source.resolve()
    }

    /// The statistic's part and whole in every replication in which they are defined.
    pub fn pairs(&self, result: &RunResult) -> Pairs {
        result.replications.iter().filter_map(|replication| self.pair(replication)).collect()
    }

    fn pair(&self, replication: &Replication) -> Option<(f64, f64)> {
        let values = match self.segment {
            None => &replication.world,
            Some(segment) => replication.seller_segments.get(segment)?,
        };
        match &self.statistic {
            Statistic::Mean(terms) => Some((terms.value(values)?, 1.0)),
            Statistic::Ratio(part, whole) => Some((part.value(values)?, whole.value(values)?)),
            Statistic::AtMost(terms, limit) => over_markets(replication, |values| {
                terms.value(values).map(|value| f64::from(u8::from(value <= *limit)))
            }),
            Statistic::Variance(terms, mean) => {
                over_markets(replication, |values| terms.value(values).map(|value| (value - mean).powi(2)))
            }
        }
    }
}

/// The sum over a replication's markets and their number; markets are independent.
fn over_markets(
    replication: &Replication,
    value: impl Fn(&[Option<Observation>]) -> Option<f64>,
) -> Option<(f64, f64)> {
    let sum = replication.markets.iter().try_fold(0.0, |sum, values| Some(sum + value(values)?))?;
    Some((sum, replication.markets.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statistic_is_shown_by_its_metrics() {
        assert_eq!(Statistic::mean("orders_placed").to_string(), "orders_placed");
        let open = sum(&[(1.0, "disputes_filed"), (-0.5, "disputes_accepted")]);
        assert_eq!(Statistic::Mean(open.clone()).to_string(), "(disputes_filed - 0.5 disputes_accepted)");
        let ratio = Statistic::Ratio(metric("a"), open);
        assert_eq!(ratio.to_string(), "a / (disputes_filed - 0.5 disputes_accepted)");
        let product = sum_of_products(&[(2.0, &["a", "b"])]);
        assert_eq!(Statistic::Mean(product.clone()).to_string(), "2 a * b");
        let less_a_constant = Statistic::Mean(sum_of_products(&[(4.0, &["a"]), (-0.5, &[])]));
        assert_eq!(less_a_constant.to_string(), "(4 a - 0.5)");
        assert_eq!(Statistic::AtMost(metric("a"), 278.0).to_string(), "P(a <= 278)");
        assert_eq!(Statistic::Variance(product, 0.5).to_string(), "E((2 a * b - 0.5)^2)");
    }

    #[test]
    fn statistics_over_markets_take_each_market_once() {
        let of = |placed: f64| {
            let mut values = vec![Some(Observation::Value(1.0)); METRICS.len()];
            values[0] = Some(Observation::Value(placed));
            values
        };
        let markets = vec![of(2.0), of(5.0), of(9.0)];
        let result = RunResult {
            replications: vec![Replication { markets, ..Replication::default() }],
            ..RunResult::default()
        };
        let placed = || metric("orders_placed");
        let pairs = |statistic| Case::new("", "", &[], statistic, 0.0).pairs(&result);
        assert_eq!(pairs(Statistic::AtMost(placed(), 5.0)), [(2.0, 3.0)]);
        assert_eq!(pairs(Statistic::Variance(placed(), 5.0)), [(25.0, 3.0)]);
        assert_eq!(pairs(Statistic::AtMost(metric("nothing"), 5.0)), []);
    }

    #[test]
    fn an_unknown_metric_has_no_value() {
        assert_eq!(metric("no_such_metric").value(&vec![Some(Observation::Value(1.0)); METRICS.len()]), None);
    }
}
