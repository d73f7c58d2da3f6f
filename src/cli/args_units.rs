//! The command line of units: `plan`, `unit` and `report`.

use super::args_shared::{Running, Settings};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `plan`.
#[derive(Args, Debug)]
pub struct PlanArguments {
    /// The study file, or with --factor a scenario file.
    pub study: PathBuf,
    /// Vary a key over values, KEY=V1,V2,..., or over an interval, KEY=a..b/n; repeatable.
    #[arg(long = "factor", value_name = "KEY=VALUES")]
    pub factors: Vec<String>,
    /// Folder of the plan and of the finished units; it is made, and one with other things in it is left alone.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Seconds of one core that a unit takes, about, estimated from its orders: the same units on every machine.
    #[arg(long, value_name = "S", default_value = "5", value_parser = seconds)]
    pub unit_seconds: f64,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `unit`.
#[derive(Args, Debug)]
pub struct UnitArguments {
    /// The folder of the plan.
    pub folder: PathBuf,
    /// Ids of units, as units.txt of the folder lists them, or beginnings of them.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// The folder of the plan.
    pub folder: PathBuf,
    /// Report the points that are finished, although units are missing.
    #[arg(long, conflicts_with = "missing")]
    pub partial: bool,
    /// Print the ids of units that are not finished, a line each, and write nothing.
    #[arg(long)]
    pub missing: bool,
    /// Options of the results.
    #[command(flatten)]
    pub running: Running,
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.01..=86_400.0).contains(number));
    number.ok_or_else(|| "expected seconds from 0.01 to 86400".into())
}
