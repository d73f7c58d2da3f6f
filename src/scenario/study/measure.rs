//! What a study looks at: a metric, of the world or of a group; a difference or a ratio of two; or a factor's own number.

use crate::observe::Metric;
use crate::observe::catalogue::METRICS;
use crate::observe::metric::Unit;
use crate::scenario::text::error::{ScenarioErrors, nearest};
use crate::scenario::text::place::Place;

/// The kinds of groups that a metric may be of.
const SCOPES: [&str; 3] = ["market", "seller_segment", "buyer_segment"];

/// A number that every replication of every point has.
#[derive(Clone, Debug)]
pub struct Measure {
    /// As it was written; its name in tables.
    pub text: String,
    /// What it is.
    pub form: Form,
    pub(crate) place: Place,
}

/// What a measure is made of.
#[derive(Clone, Debug)]
pub enum Form {
    /// A metric.
    One(Term),
    /// The first metric less the second, replication by replication.
    Difference(Term, Term),
    /// The first metric over the second, replication by replication.
    Ratio(Term, Term),
    /// The value of a factor: its place among the factors. It is known without simulating.
    Factor(usize),
}

/// A metric of a group.
#[derive(Clone, Debug)]
pub struct Term {
    /// Which metric.
    pub metric: &'static Metric,
    /// Kind and name of the group; `None` for the world.
    pub group: Option<(String, String)>,
}

impl Measure {
    /// Reads `METRIC`, `METRIC@SCOPE/GROUP`, two of them with ` - ` or ` / ` between, or the name of one of `factors`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str, factors: &[String], place: &Place) -> Result<Self, String> {
        let text = text.trim();
        let form = if let Some(factor) = factors.iter().position(|name| name == text) {
            Form::Factor(factor)
        } else if let Some((one, other)) = text.split_once(" - ") {
            let (one, other) = (Term::parse(one, factors)?, Term::parse(other, factors)?);
            if one.metric.unit != other.metric.unit {
                let (one, other) = (one.metric, other.metric);
                let units = [one.unit.name(), other.unit.name()].join(" and ");
                return Err(format!("subtracts {} from {}: {units} do not fit", other.name, one.name));
            }
            Form::Difference(one, other)
        } else if let Some((one, other)) = text.split_once(" / ") {
            Form::Ratio(Term::parse(one, factors)?, Term::parse(other, factors)?)
        } else {
            Form::One(Term::parse(text, factors)?)
        };
        Ok(Self { text: text.to_owned(), form, place: place.clone() })
    }

    /// A metric of the world.
    pub fn of_world(metric: &'static Metric) -> Self {
        let form = Form::One(Term { metric, group: None });
        Self { text: metric.name.to_owned(), form, place: Place::option("", "") }
    }

    /// Its unit; a ratio and a factor have none.
    pub const fn unit(&self) -> Unit {
        match &self.form {
            Form::One(term) | Form::Difference(term, _) => term.metric.unit,
            Form::Ratio(..) | Form::Factor(_) => Unit::None,
        }
    }

    /// Between which ends it lies, where that is known.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        let is_share =
            |term: &Term| matches!(term.metric.unit, Unit::Share) || term.metric.name == "penalty_auc";
        match &self.form {
            Form::One(term) if is_share(term) => Some((0.0, 1.0)),
            Form::Difference(term, _) if is_share(term) => Some((-1.0, 1.0)),
            _ => None,
        }
    }

    /// That something is wrong with it, at its place.
    pub(crate) fn wrong(&self, problem: &str) -> ScenarioErrors {
        ScenarioErrors::one(self.place.clone(), format!("\"{}\": {problem}", self.text))
    }

    /// Its metrics.
    pub fn terms(&self) -> Vec<&Term> {
        match &self.form {
            Form::One(term) => vec![term],
            Form::Difference(one, other) | Form::Ratio(one, other) => vec![one, other],
            Form::Factor(_) => Vec::new(),
        }
    }
}

impl Term {
    fn parse(text: &str, factors: &[String]) -> Result<Self, String> {
        let (name, group) = match text.trim().split_once('@') {
            Some((name, group)) => (name.trim(), Some(group.trim())),
            None => (text.trim(), None),
        };
        let Some(metric) = Metric::named(name) else {
            let names = METRICS.iter().map(|metric| metric.name).chain(factors.iter().map(String::as_str));
            let way_out =
                nearest(name, names).map_or_else(String::new, |near| format!("; did you mean {near}?"));
            return Err(format!("names no metric and no factor: {name}{way_out}"));
        };
        let Some(group) = group else { return Ok(Self { metric, group: None }) };
        match group.split_once('/') {
            Some((scope, name)) if SCOPES.contains(&scope) => {
                Ok(Self { metric, group: Some((scope.to_owned(), name.to_owned())) })
            }
            _ => Err(format!(
                "has no group after @: {group}; write METRIC@seller_segment/NAME, @buyer_segment/NAME or @market/0"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Measure, String> {
        Measure::parse(text, &["desk agents".to_owned()], &Place::option("", ""))
    }

    #[test]
    fn a_measure_is_a_metric_of_the_world_or_of_a_group() {
        let measure = parse("dispute_rate").unwrap();
        assert!(matches!(&measure.form, Form::One(term) if term.group.is_none()));
        let measure = parse("dispute_rate@seller_segment/over loaded").unwrap();
        let Form::One(term) = &measure.form else { panic!("{measure:?}") };
        assert_eq!(term.group, Some(("seller_segment".into(), "over loaded".into())));
        assert_eq!(measure.bounds(), Some((0.0, 1.0)));
    }

    #[test]
    fn a_measure_is_a_difference_a_ratio_or_a_factor() {
        assert!(matches!(
            parse("orders_placed@market/0 - orders_placed@market/1").unwrap().form,
            Form::Difference(..)
        ));
        let ratio = parse("value_refunded / orders_placed").unwrap();
        assert!(matches!(ratio.form, Form::Ratio(..)) && ratio.unit() == Unit::None);
        assert!(matches!(parse("desk agents").unwrap().form, Form::Factor(0)));
    }

    #[test]
    fn a_measure_that_is_none_says_why() {
        for (text, message) in [
            ("dispute_rat", "names no metric and no factor: dispute_rat; did you mean dispute_rate?"),
            ("desk agent", "names no metric and no factor: desk agent; did you mean desk agents?"),
            (
                "dispute_rate@careful",
                "has no group after @: careful; write METRIC@seller_segment/NAME, @buyer_segment/NAME or @market/0",
            ),
            (
                "value_paid - orders_placed",
                "subtracts orders_placed from value_paid: cents and orders do not fit",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err(), message);
        }
    }
}
