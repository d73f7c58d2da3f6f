//! What a study is tuned for, with the groups of its worlds looked up and all that is left out filled in.

use crate::engine::World;
use crate::experiment::output::Output;
use crate::experiment::summary::Groups;
use crate::observe::Metric;
use crate::scenario::{DesignPoint, Form, Measure, Method, ScenarioErrors, Study, Tuning};
use crate::stats::selection::{Constraint, Goal};

/// The most candidates that are compared pair by pair.
const MOST_CANDIDATES: usize = 2000;

/// Replications of every candidate where two objectives are weighed and no budget is given.
const USUAL: u32 = 20;

/// How the best is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plan {
    /// Kim and Nelson: a guarantee, with this indifference.
    KimNelson(f64),
    /// Optimal computing budget allocation of so many replications.
    Ocba(u32),
    /// As many replications of every candidate, for two objectives.
    Front(u32),
    /// A search of ranges with so many replications in all, then Kim and Nelson with this indifference.
    Search(u32, f64),
}

/// What to tune for.
#[derive(Clone, Debug)]
pub struct TuneRules {
    /// One, or two.
    pub objectives: Vec<(Goal, Output)>,
    /// What candidates have to keep to.
    pub limits: Vec<(Output, Constraint)>,
    /// What else is reported of them.
    pub reported: Vec<Output>,
    /// How.
    pub plan: Plan,
    /// The confidence of all statements together.
    pub confidence: f64,
    /// Replications of each candidate to begin with.
    pub first: u32,
    /// Replications of one candidate at most.
    pub most: u32,
    /// Replications in all at most.
    pub budget: Option<u32>,
}

impl TuneRules {
    /// The rules of a study whose candidates are `points`; none where ranges are searched.
    ///
    /// # Errors
    /// What does not fit.
    pub fn of(
        study: &Study,
        tuning: &Tuning,
        world: &World,
        points: &[DesignPoint],
    ) -> Result<Self, ScenarioErrors> {
        let groups = Groups::of(world);
        let output = |measure: &Measure| Output::of(measure, study, &groups);
        let objectives: Vec<(Goal, Output)> = tuning
            .objectives
            .iter()
            .map(|objective| Ok((objective.goal, output(&objective.measure)?)))
            .collect::<Result<_, ScenarioErrors>>()?;
        let limits: Vec<(Output, Constraint)> = tuning
            .limits
            .iter()
            .map(|l| {
                let constraint = Constraint { side: l.side, limit: l.limit, tolerance: l.tolerance };
                Ok((output(&l.measure)?, constraint))
            })
            .collect::<Result<_, ScenarioErrors>>()?;
        let named: Vec<&str> =
            objectives.iter().map(|(_, o)| o.name()).chain(limits.iter().map(|(o, _)| o.name())).collect();
        let others = study.responses.iter().filter(|name| !named.contains(&name.as_str()));
        let reported =
            others.filter_map(|name| Metric::named(name)).map(|metric| output(&Measure::of_world(metric)));
        let reported = reported.collect::<Result<_, _>>()?;
        let wrong = |problem: &str| tuning.objectives[0].measure.wrong(problem);
        for (_, objective) in &objectives {
            if matches!(objective.measure.form, Form::Factor(_))
                && points.iter().any(|point| objective.setting(point).is_none())
            {
                return Err(wrong(
                    "has values that are no numbers and no durations: give the factor such values",
                ));
            }
        }
        let plan = plan(study, tuning, points, &objectives[0].1).map_err(|problem| wrong(&problem))?;
        Ok(Self {
            objectives,
            limits,
            reported,
            plan,
            confidence: tuning.confidence,
            first: tuning.first,
            most: tuning.most,
            budget: tuning.budget,
        })
    }

    /// All that is read of a replication: objectives, limits, and what else is reported.
    pub fn outputs(&self) -> impl Iterator<Item = &Output> {
        let objectives = self.objectives.iter().map(|(_, output)| output);
        objectives.chain(self.limits.iter().map(|(output, _)| output)).chain(&self.reported)
    }

    /// How many of the outputs decide: objectives and limits.
    pub(super) fn deciding(&self) -> usize {
        self.objectives.len() + self.limits.len()
    }
}

/// How the best is looked for, and whether there is enough to do so.
fn plan(study: &Study, tuning: &Tuning, points: &[DesignPoint], objective: &Output) -> Result<Plan, String> {
    let is_open = study.has_open_ranges();
    let usual = if is_open { Method::Search } else { Method::KimNelson };
    let method = tuning.method.unwrap_or(usual);
    let candidates = points.len() as u32;
    if candidates == 1 {
        return Err("has one candidate: give a factor more values".into());
    }
    if tuning.objectives.len() == 2 {
        if is_open {
            return Err("is one of two objectives, which need candidates: write ranges as \"a..b/9\", or design = \"sobol\" and points".into());
        }
        enough(tuning, candidates)?;
        return Ok(Plan::Front(tuning.budget.map_or(USUAL.max(tuning.first), |budget| budget / candidates)));
    }
    match (method, is_open) {
        (Method::KimNelson | Method::Ocba, true) => {
            return Err("is to be selected among candidates, and a range has no number of points: write \"a..b/9\", or method = \"search\"".into());
        }
        (Method::Search, false) => {
            return Err("is to be searched for in ranges, and the study names its candidates: write ranges as \"a..b\", or leave out method".into());
        }
        _ => {}
    }
    if points.len() > MOST_CANDIDATES {
        return Err(format!(
            "has {} candidates: at most {MOST_CANDIDATES} are compared; search a range instead",
            points.len()
        ));
    }
    let is_known = matches!(objective.measure.form, Form::Factor(_));
    let indifference = match tuning.indifference {
        Some(indifference) => Ok(indifference),
        None if is_known => Ok(smallest_gap(points, objective) / 2.0),
        None => Err(format!(
            "needs an indifference, the smallest difference worth detecting in {}: add for example indifference = 0.01",
            match objective.unit().name() {
                "1" => "its unit",
                unit => unit,
            }
        )),
    };
    let budget =
        || tuning.budget.ok_or("needs a budget, the replications in all: add for example budget = 1000");
    match method {
        Method::KimNelson => {
            enough(tuning, candidates)?;
            Ok(Plan::KimNelson(indifference?))
        }
        Method::Ocba => {
            enough(tuning, candidates)?;
            Ok(Plan::Ocba(budget()?))
        }
        Method::Search if is_known => {
            Err("is a factor, known without a search: write its range as \"a..b/9\"".into())
        }
        Method::Search => {
            let least = 12 * study.factors.len() as u32 * tuning.first;
            if budget()? < least {
                return Err(format!(
                    "needs a budget of at least {least} replications to search {} factors",
                    study.factors.len()
                ));
            }
            Ok(Plan::Search(budget()?, indifference?))
        }
    }
}

/// Whether the budget suffices for the first replications.
fn enough(tuning: &Tuning, candidates: u32) -> Result<(), String> {
    let least = candidates.saturating_mul(tuning.first);
    match tuning.budget {
        Some(budget) if budget < least => Err(format!(
            "has {candidates} candidates with first = {} replications each: budget = {budget} is less than these {least}",
            tuning.first
        )),
        _ => Ok(()),
    }
}

/// The smallest difference between two values of a factor; 1 if all are the same.
fn smallest_gap(points: &[DesignPoint], objective: &Output) -> f64 {
    let mut values: Vec<f64> = points.iter().filter_map(|point| objective.setting(point)).collect();
    values.sort_by(f64::total_cmp);
    let gaps = values.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0.0);
    gaps.reduce(f64::min).unwrap_or(1.0)
}
