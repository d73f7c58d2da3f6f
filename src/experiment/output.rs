//! What a question reads of every replication: measures, looked up once.

use super::run::{MetricValues, Replication};
use super::summary::{Group, Groups, Scope};
use crate::observe::catalogue::METRICS;
use crate::observe::metric::Unit;
use crate::scenario::{DesignPoint, Form, Measure, ScenarioErrors, Study, Term};
use crate::stats::{Estimate, Estimator, Observation};

/// A measure of a world with known groups.
#[derive(Clone, Debug)]
pub struct Output {
    /// The measure.
    pub measure: Measure,
    sources: Vec<Source>,
}

/// Where one number is found.
#[derive(Clone, Debug)]
enum Source {
    /// The metric with this place among all, of a group.
    Metric(Group, usize),
    /// The value that a point gives this key.
    Setting(String),
}

/// A metric's value in one replication.
fn value_of(values: &MetricValues, metric: usize) -> Option<f64> {
    values.get(metric).copied().flatten().map(Observation::value)
}

impl Output {
    /// Finds the groups of a measure among those of a study's worlds.
    ///
    /// # Errors
    /// A group that the worlds do not have.
    pub fn of(measure: &Measure, study: &Study, groups: &Groups) -> Result<Self, ScenarioErrors> {
        let source = |term: &Term| {
            let place = METRICS.iter().position(|metric| metric.name == term.metric.name).unwrap_or(0);
            let group = group_of(term, groups).map_err(|problem| measure.wrong(&problem))?;
            if !group.has(term.metric) {
                return Err(measure.wrong(&format!("{} says nothing about buyers", term.metric.name)));
            }
            Ok(Source::Metric(group, place))
        };
        let sources = match measure.form {
            Form::Factor(factor) => vec![Source::Setting(study.factors[factor].keys[0].clone())],
            _ => measure.terms().into_iter().map(source).collect::<Result<_, _>>()?,
        };
        Ok(Self { measure: measure.clone(), sources })
    }

    /// Its name in tables.
    pub fn name(&self) -> &str {
        &self.measure.text
    }

    /// Its unit.
    pub const fn unit(&self) -> Unit {
        self.measure.unit()
    }

    /// Whether it is the value of a factor.
    pub const fn is_factor(&self) -> bool {
        matches!(self.measure.form, Form::Factor(_))
    }

    /// What a point sets the factor to that this is; `None` if this is no factor, or not set to a number.
    pub fn setting(&self, point: &DesignPoint) -> Option<f64> {
        match &self.sources[0] {
            Source::Setting(key) => point.number_of(key),
            Source::Metric(..) => None,
        }
    }

    /// Its value in one replication of a point, finite; `None` where it is undefined.
    pub fn value(&self, replication: &Replication, point: &DesignPoint) -> Option<f64> {
        let number = |source: &Source| match source {
            Source::Metric(group, metric) => value_of(group.values(replication)?, *metric),
            Source::Setting(key) => point.number_of(key),
        };
        let first = number(&self.sources[0])?;
        let value = match self.measure.form {
            Form::One(_) | Form::Factor(_) => first,
            Form::Difference(..) => first - number(&self.sources[1])?,
            Form::Ratio(..) => first / number(&self.sources[1])?,
        };
        value.is_finite().then_some(value)
    }

    /// The estimate of its mean, with an interval inside the measure's bounds; a metric alone is estimated as everywhere.
    pub fn estimate(&self, values: &[f64]) -> Option<Estimate> {
        let estimator = match (&self.measure.form, self.measure.bounds()) {
            (_, Some((least, most))) => Estimator::Mean { least, most },
            (Form::One(term), None) => term.metric.estimator(),
            _ => Estimator::ANY_MEAN,
        };
        Estimate::of_values_as(estimator, values)
    }
}

/// The group of a term.
fn group_of(term: &Term, groups: &Groups) -> Result<Group, String> {
    let wanted = |group: &Group| match &term.group {
        None => group.scope == Scope::World,
        Some((scope, name)) => group.scope.name() == scope && group.name == *name,
    };
    let all = groups.each();
    if let Some(group) = all.iter().find(|group| wanted(group)) {
        return Ok(group.clone());
    }
    let (scope, name) = term.group.clone().unwrap_or_default();
    let names: Vec<&str> =
        all.iter().filter(|group| group.scope.name() == scope).map(|group| group.name.as_str()).collect();
    Err(format!("there is no {scope} {name}: there are {}", names.join(", ")))
}
