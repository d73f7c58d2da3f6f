//! Families of distributions and their parameters.

use super::empirical;
use super::plain::{Flag, Number, finite, sum_text};
use super::quantity::Quantity;
use super::times::duration_at;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::section::Section;
use crate::scenario::text::duration::duration;
use crate::scenario::text::error::{listed, nearest};
use crate::sim::Distribution;

/// Names of the families.
pub(crate) const FAMILIES: [&str; 9] =
    ["exponential", "lognormal", "uniform", "gamma", "weibull", "beta", "triangular", "empirical", "mixture"];

/// The family that a table names, of a `quantity` of which `example` is a value; distributions in a mixture are of kind `part`.
pub(super) fn read(
    cursor: &Cursor<'_>,
    part: &impl Kind<Value = Distribution>,
    quantity: Quantity,
    example: f64,
) -> Option<Distribution> {
    let mut outer = Section::at(cursor)?;
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
    let positive = Parameter { quantity, example, above: true };
    let from_zero = Parameter { quantity, example, above: false };
    let distribution = match table.keys().next()?.as_str() {
        "exponential" => {
            outer.table("exponential", |s| Distribution::Exponential { mean: s.required("mean", &positive) })
        }
        "lognormal" => outer.table("lognormal", |s| Distribution::Lognormal {
            median: s.required("median", &positive),
            sigma: s.required("sigma", &Number::above(0.0, 20.0, "a number above 0, up to 20", 0.5)),
        }),
        "uniform" => outer.table("uniform", |s| {
            let errors = cursor.reading.error_count();
            let (min, max) = (s.required("min", &from_zero), s.required("max", &positive));
            ascending(s, errors, &[("min", min), ("max", max)]);
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
        "beta" if quantity != Quantity::Number => {
            return cursor.fail("lies in [0, 1]: durations and amounts need another distribution");
        }
        "beta" => outer.table("beta", |s| Distribution::Beta {
            alpha: s.required("alpha", &SHAPE),
            beta: s.required("beta", &SHAPE),
        }),
        "triangular" => outer.table("triangular", |s| {
            let errors = cursor.reading.error_count();
            let (min, mode) = (s.required("min", &from_zero), s.required("mode", &from_zero));
            let max = s.required("max", &positive);
            ascending(s, errors, &[("min", min), ("max", max)]);
            if !(min..=max).contains(&mode) && errors == cursor.reading.error_count() {
                let [path, mode, min, max] =
                    [s.path_of("mode"), s.shown("mode"), s.shown("min"), s.shown("max")];
                s.report("mode", format!("{path} = {mode} does not lie between min = {min} and max = {max}"));
            }
            Distribution::Triangular { min, mode, max }
        }),
        "empirical" => outer.table("empirical", |s| {
            let values = empirical::read(s, quantity);
            if s.or("interpolate", &Flag, false) {
                Distribution::Interpolated(values)
            } else {
                Distribution::Empirical(values)
            }
        }),
        _ => Distribution::Mixture(mixture(&mut outer, part)),
    };
    Some(distribution)
}

/// Parts with weights that sum to 1.
fn mixture(outer: &mut Section<'_>, part: &impl Kind<Value = Distribution>) -> Vec<(f64, Distribution)> {
    let before = outer.error_count();
    let example = "[{ weight = 0.5, of = DISTRIBUTION }, { weight = 0.5, of = DISTRIBUTION }]";
    let parts = outer.records("mixture", None, example, |s| {
        let weight = Number::above(0.0, 1.0, "a weight in (0, 1]", 0.5);
        (s.required("weight", &weight), s.required("of", part))
    });
    let path = outer.path_of("mixture");
    if outer.error_count() > before {
        return parts;
    }
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

/// The shape parameter of a family.
const SHAPE: Number = Number::from(0.05, 10_000.0, "a number from 0.05 to 10000", 1.5);

/// A parameter in the units of the distribution: a duration or a plain number.
struct Parameter {
    quantity: Quantity,
    example: f64,
    above: bool,
}

impl Kind for Parameter {
    type Value = f64;

    fn expects(&self) -> String {
        match (self.quantity, self.above) {
            (Quantity::Time, true) => "a duration longer than 0, such as \"5d\"".to_owned(),
            (Quantity::Time, false) => "a duration such as \"5d\"".to_owned(),
            (Quantity::Number | Quantity::Money, true) => "a number above 0".to_owned(),
            (Quantity::Number | Quantity::Money, false) => "a number from 0".to_owned(),
        }
    }

    fn shape(&self) -> Shape {
        Shape::Distribution
    }

    fn example(&self) -> f64 {
        self.example
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<f64> {
        let value = match self.quantity {
            Quantity::Time => duration_at(cursor, &self.expects(), duration)?.0 as f64,
            Quantity::Number | Quantity::Money => finite(cursor, &self.expects())?,
        };
        if value < 0.0 || (self.above && value <= 0.0) || value > 1e15 {
            return cursor.out_of_range(&self.expects());
        }
        Some(value)
    }

    fn write(&self, value: &f64) -> String {
        self.quantity.written(*value)
    }
}

/// Reports the second of two ends if it is not above the first, unless there have been more than so many violations.
fn ascending(section: &Section<'_>, errors: usize, ends: &[(&str, f64); 2]) {
    let [(low_key, low), (high_key, high)] = ends;
    if high <= low && errors == section.error_count() {
        let written = |key: &str| format!("{} = {}", section.path_of(key), section.shown(key));
        let message = format!(
            "{} is not above {}: write the lower end as {low_key}",
            written(high_key),
            written(low_key)
        );
        section.report(high_key, message);
    }
}
