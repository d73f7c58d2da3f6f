//! The standard set: what is measured, always the same, so that figures of two machines can be compared.

use super::floor::Floor;
use crate::scenario::{Scenario, ScenarioErrors, Source};

/// Whose rules a workload has, and hence which floor it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Those of the reference workload: equal sellers, no ranking, no penalty, a desk a seller.
    Reference,
    /// Those of the baseline: every rule on, and demand follows the ranking day by day.
    Baseline,
}

impl Rules {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Reference, Self::Baseline];

    const fn text(self) -> &'static str {
        match self {
            Self::Reference => include_str!("../../scenarios/reference_workload.toml"),
            Self::Baseline => include_str!("../../scenarios/baseline.toml"),
        }
    }

    /// The name of the workload that is nothing but these rules' floor.
    pub const fn floor_name(self) -> &'static str {
        match self {
            Self::Reference => "floor_reference",
            Self::Baseline => "floor_baseline",
        }
    }

    /// The floor under these rules.
    ///
    /// # Errors
    /// None, for the shipped scenarios are valid.
    pub fn floor(self) -> Result<Floor, ScenarioErrors> {
        Ok(Floor::new(&Source::from_text(self.floor_name(), self.text())?.resolve()?.world))
    }
}

/// A workload of the standard set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Name in tables.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The scenario that it starts from.
    pub rules: Rules,
    /// What it sets on top, as `KEY=VALUE`.
    settings: &'static [&'static str],
    /// What a quick measurement sets on top of that.
    quick: &'static [&'static str],
}

/// The standard set, in the order of tables.
pub const STANDARD_SET: [Workload; 6] = [
    Workload {
        name: "reference_workload",
        title: "Reference workload",
        rules: Rules::Reference,
        settings: &[],
        quick: &["run.days=20"],
    },
    Workload {
        name: "baseline",
        title: "Baseline, every rule on",
        rules: Rules::Baseline,
        settings: &["run.replications=2"],
        quick: &["run.replications=1", "run.days=20", "run.warm_up_days=20"],
    },
    Workload {
        name: "one_market",
        title: "1 market of 20,000 sellers",
        rules: Rules::Reference,
        settings: &["market.count=1", "market.sellers=20000", "market.orders_per_day=200000", "run.days=36"],
        quick: &["run.days=2"],
    },
    Workload {
        name: "one_ranked_market",
        title: "The same, ranked daily",
        rules: Rules::Baseline,
        settings: &[
            "market.count=1",
            "market.sellers=20000",
            "market.buyers=10000000",
            "market.orders_per_day=200000",
            "run.days=24",
            "run.warm_up_days=12",
            "run.replications=1",
        ],
        quick: &["run.days=2", "run.warm_up_days=0"],
    },
    Workload {
        name: "many_markets",
        title: "200 markets of 100 sellers",
        rules: Rules::Reference,
        settings: &["market.count=200", "run.days=36"],
        quick: &["run.days=2"],
    },
    Workload {
        name: "small_runs",
        title: "100 runs of 50 sellers",
        rules: Rules::Reference,
        settings: &[
            "market.count=1",
            "market.sellers=50",
            "market.orders_per_day=500",
            "run.days=30",
            "run.replications=100",
        ],
        quick: &["run.days=10"],
    },
];

impl Workload {
    /// The workload of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        STANDARD_SET.iter().find(|workload| workload.name == name)
    }

    /// The scenario of the workload, as it is or much shorter.
    ///
    /// # Errors
    /// If a setting does not fit, which is a mistake in the set.
    pub fn scenario(&self, is_quick: bool) -> Result<Scenario, ScenarioErrors> {
        let mut source = Source::from_text(self.name, self.rules.text())?;
        let shorter = if is_quick { self.quick } else { &[] };
        self.settings.iter().chain(shorter).try_for_each(|setting| source.set(setting))?;
        source.resolve()
    }
}
