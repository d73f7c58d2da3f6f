//! A study read from what Python gives, and its points as they were checked.

use crate::compare::unanswered;
use crate::errors::Failure;
use crate::given::{Given, Setting, apply, texts};
use crate::session::orders_of;
use redress::experiment::{self, Footprint, PlannedPoint, Store, SweepResult, Unanswered, check_points};
use redress::export::study::StudyRecord;
use redress::observe::Metric;
use redress::report::Origin;
use redress::report::records::{SWEEP_RESPONSES, point_record, study_record};
use redress::scenario::{PrecisionTarget, Scenario, Study, StudyUse};

/// What is known of a study before it is simulated.
#[derive(Debug)]
pub(crate) struct CheckedStudy {
    pub(crate) study: Study,
    pub(crate) origin: Origin,
    /// The scenario of the first point.
    pub(crate) first: Scenario,
    pub(crate) planned: Vec<PlannedPoint>,
    /// Seconds of one thread that each point takes, about, and its orders.
    pub(crate) costs: Vec<(f64, u64)>,
    pub(crate) record: StudyRecord,
    pub(crate) responses: Vec<&'static Metric>,
}

/// A study with settings on its scenario: given as one, or as a scenario with factors (lists of values by key).
pub(crate) fn study(
    given: &Given,
    factors: &[(String, toml::Value)],
    settings: &[Setting],
    purpose: StudyUse,
) -> Result<Study, Failure> {
    let mut study = if factors.is_empty() {
        let mut study = given.study(purpose)?;
        apply(study.source_mut(), settings)?;
        study
    } else {
        let mut source = given.source()?;
        apply(&mut source, settings)?;
        let factor = |(key, values): &(String, toml::Value)| {
            let entries = [("key", toml::Value::String(key.clone())), ("values", values.clone())];
            toml::Value::Table(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let text = [
            ("scenario", toml::Value::String(given.name())),
            ("name", toml::Value::String(format!("{}_sweep", stem(given)))),
            ("factor", toml::Value::Array(factors.iter().map(factor).collect())),
        ];
        let text: toml::Table = text.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let texts = redress::scenario::StudyTexts { study: text.to_string(), design: None };
        Study::kept(std::path::Path::new("factors"), texts, source, purpose)?
    };
    study.reject_hidden(&texts(settings))?;
    // The name of a factor is its key where it has no other.
    study.name = study.name.trim().to_owned();
    Ok(study)
}

fn stem(given: &Given) -> String {
    std::path::Path::new(&given.name())
        .file_stem()
        .map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// The metrics of these names, or those that are shown without any.
pub(crate) fn metrics(names: &[String], usual: &[&str]) -> Result<Vec<&'static Metric>, Failure> {
    let known = |name: &str| {
        Metric::named(name).ok_or_else(|| {
            Failure::Argument(format!("responses: unknown metric {name}: redress.metrics() has all of them"))
        })
    };
    if names.is_empty() {
        return usual.iter().map(|name| known(name)).collect();
    }
    names.iter().map(|name| known(name)).collect()
}

impl CheckedStudy {
    pub(crate) fn new(
        study: Study,
        origin: Origin,
        file: &str,
        precision: &[PrecisionTarget],
        most: Option<u32>,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Failure> {
        let responses = metrics(&study.responses, &SWEEP_RESPONSES)?;
        let plan = study.plan();
        let first = plan.scenario(0)?;
        let keep = |number: usize, scenario: Scenario| {
            let mut planned = PlannedPoint::of(&scenario);
            if !precision.is_empty() {
                planned.precision = precision.to_vec();
            }
            planned.most_replications = most.unwrap_or(planned.most_replications);
            let seconds = Footprint::of_run(&scenario.world, 1).thread_seconds();
            let orders = orders_of(&scenario.world, scenario.world.replications);
            let point = point_record(&plan.point(number), &scenario, &first.resolved);
            (planned, (seconds, orders), point)
        };
        let checked = check_points(&plan, goes_on, keep).transpose()?;
        let checked = checked.ok_or_else(|| unanswered(Unanswered::Interrupted))?;
        let (mut planned, mut costs, mut points) = (Vec::new(), Vec::new(), Vec::new());
        for (point, cost, record) in checked {
            planned.push(point);
            costs.push(cost);
            points.push(record);
        }
        let record = study_record(&study, file, points, &responses);
        Ok(Self { study, origin, first, planned, costs, record, responses })
    }

    /// Lets `read` look at what a store knows of the sweep.
    pub(crate) fn with_result<T>(
        &self,
        store: &Store,
        read: impl FnOnce(&SweepResult<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let plan = self.study.plan();
        let mut sweep = experiment::Sweep::new(&plan, &self.planned);
        sweep.recall(store)?;
        read(&sweep.result(store))
    }

    pub(crate) fn orders(&self) -> u64 {
        self.costs.iter().map(|cost| cost.1).sum()
    }
}
