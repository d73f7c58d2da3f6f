//! How precise a run has to be: `run.precision`.

use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::text::error::nearest;
use crate::scenario::text::node::{number_text, quoted};
use crate::stats::precision::Target;

/// A metric of the world, and how narrow its interval has to be.
#[derive(Clone, Copy, Debug)]
pub struct PrecisionTarget {
    /// Which metric.
    pub metric: &'static Metric,
    /// Half of the interval's width at most.
    pub target: Target,
}

impl PartialEq for PrecisionTarget {
    fn eq(&self, other: &Self) -> bool {
        self.metric.name == other.metric.name && self.target == other.target
    }
}

impl PrecisionTarget {
    /// Reads `METRIC=2%`, a share of the mean, or `METRIC=0.001`, in the unit of the metric.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let example = "write METRIC=2% for a share of the mean, or METRIC=0.001 in the metric's unit";
        let (name, width) =
            text.split_once('=').ok_or_else(|| format!("\"{text}\" has no width: {example}"))?;
        let (name, width) = (name.trim(), width.trim());
        let metric = Metric::named(name).ok_or_else(|| {
            let near = nearest(name, METRICS.iter().map(|metric| metric.name));
            let way_out = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            format!("there is no metric {name}{way_out}")
        })?;
        let number =
            |text: &str| text.trim().parse::<f64>().ok().filter(|width| width.is_finite() && *width > 0.0);
        let wrong = || format!("\"{width}\" is no width for {name}: {example}");
        let target = match width.strip_suffix('%') {
            Some(percent) => {
                let share = number(percent).map(|percent| percent / 100.0).ok_or_else(wrong)?;
                if share >= 1.0 {
                    return Err(format!("\"{width}\" is no precision for {name}: write less than 100%"));
                }
                Target::Relative(share)
            }
            None => Target::Absolute(number(width).ok_or_else(wrong)?),
        };
        Ok(Self { metric, target })
    }

    /// As it is read.
    pub fn text(&self) -> String {
        match self.target {
            // A percentage that was read is shown as it was written.
            Target::Relative(share) => format!("{}={}%", self.metric.name, (share * 1e14).round() / 1e12),
            Target::Absolute(width) => format!("{}={}", self.metric.name, number_text(width)),
        }
    }
}

/// An array of targets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Targets;

impl Kind for Targets {
    type Value = Vec<PrecisionTarget>;

    fn expects(&self) -> String {
        "an array such as [\"dispute_rate=2%\", \"orders_placed=50\"]".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Vec<PrecisionTarget> {
        PrecisionTarget::parse("dispute_rate=2%").into_iter().collect()
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Vec<PrecisionTarget>> {
        let Some(elements) = cursor.elements() else {
            return cursor.wrong_type(&self.expects());
        };
        let target = |element: &Cursor<'_>| match element.node.text() {
            Some(text) => PrecisionTarget::parse(text).map_err(|problem| element.fail::<()>(&problem)).ok(),
            None => element.wrong_type("a string such as \"dispute_rate=2%\""),
        };
        elements.iter().map(target).collect()
    }

    fn write(&self, value: &Vec<PrecisionTarget>) -> String {
        let shown: Vec<String> = value.iter().map(|target| quoted(&target.text())).collect();
        format!("[{}]", shown.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_reads_back_as_it_is_written() {
        for text in ["dispute_rate=2%", "dispute_rate=0.7%", "orders_placed=50.0", "penalty_auc=0.003"] {
            assert_eq!(PrecisionTarget::parse(text).unwrap().text(), text);
        }
    }

    #[test]
    fn a_target_that_makes_no_sense_says_why() {
        for (text, problem) in [
            ("dispute_rat=2%", "there is no metric dispute_rat; did you mean dispute_rate?"),
            ("dispute_rate=100%", "\"100%\" is no precision for dispute_rate: write less than 100%"),
            (
                "dispute_rate=-1",
                "\"-1\" is no width for dispute_rate: write METRIC=2% for a share of the mean, or METRIC=0.001 in the \
                 metric's unit",
            ),
            (
                "dispute_rate",
                "\"dispute_rate\" has no width: write METRIC=2% for a share of the mean, or METRIC=0.001 in the metric's \
                 unit",
            ),
        ] {
            assert_eq!(PrecisionTarget::parse(text).unwrap_err(), problem);
        }
    }
}
