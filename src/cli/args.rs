//! The command line.

use super::args_measured::{BenchArguments, VerifyArguments};
pub use super::args_shared::{Precise, Running, Settings};
use super::args_units::{PlanArguments, ReportArguments, UnitArguments};
use super::examples;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// What happens after a marketplace purchase goes wrong.
#[derive(Debug, Parser)]
#[command(name = "redress", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate one scenario with its replications; write tables, charts, report and manifest.
    #[command(after_help = examples::RUN)]
    Run(RunArguments),
    /// Compare scenarios, or variations of one, with the same random draws; write differences with intervals.
    #[command(after_help = examples::COMPARE)]
    Compare(CompareArguments),
    /// Run a scenario at every combination of factors; write response curves and heat maps.
    #[command(after_help = examples::SWEEP)]
    Sweep(SweepArguments),
    /// Find out which factors of a study matter: screening, then shares of variance, with a tornado chart.
    #[command(after_help = examples::SENSITIVITY)]
    Sensitivity(StudyArguments),
    /// Search the factors of a study for the best objective under constraints, with a statistical guarantee.
    #[command(after_help = examples::TUNE)]
    Tune(StudyArguments),
    /// Write the units that a study takes, for other processes and machines.
    #[command(after_help = examples::PLAN)]
    Plan(PlanArguments),
    /// Run units of a plan; safe to run twice, side by side, and to be killed.
    #[command(after_help = examples::UNIT)]
    Unit(UnitArguments),
    /// Merge the finished units of a plan into the tables, charts and report of its sweep.
    #[command(after_help = examples::REPORT)]
    Report(ReportArguments),
    /// Repeat any result from its manifest alone; say whether every file is the same.
    #[command(after_help = examples::RERUN)]
    Rerun(RerunArguments),
    /// Tell the stories of single orders: every event with its day, time, actor, amount and rule.
    #[command(after_help = examples::TRACE)]
    Trace(TraceArguments),
    /// Open a local page with sliders for the keys of a scenario: what a setting changes follows at once, with intervals.
    #[command(after_help = examples::EXPLORE)]
    Explore(ExploreArguments),
    /// Validate scenarios and print the full configuration; validate every design point of studies; write no files.
    #[command(after_help = examples::CHECK)]
    Check(CheckArguments),
    /// Check the simulator against analytical results on this machine; write the result of every case.
    #[command(after_help = examples::VERIFY)]
    Verify(VerifyArguments),
    /// Write a commented scenario to begin with.
    #[command(after_help = examples::INIT)]
    Init(InitArguments),
    /// Print the JSON schema of scenario files.
    #[command(after_help = examples::SCHEMA)]
    Schema,
    /// Print completions for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArguments),
    /// Print the manual page.
    #[command(after_help = examples::MAN)]
    Man,
    /// Measure the speed of this machine over a standard set of workloads; write a table and charts.
    #[command(after_help = examples::BENCH)]
    Bench(BenchArguments),
}

/// How stories are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TraceFormat {
    /// Lines to read.
    Text,
    /// A line of JSON per event.
    Jsonl,
    /// An event log in XES, a trace per order: events.xes.
    Xes,
    /// An event log in OCEL 2.0 JSON, with orders, buyers, sellers, markets and disputes: events.ocel.json.
    Ocel,
}

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct RunArguments {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Options of replications.
    #[command(flatten)]
    pub precise: Precise,
    /// Run this replication alone, numbered from 0 as in replications.csv.
    #[arg(long, value_name = "K", conflicts_with_all = ["precision", "replications"], value_parser = clap::value_parser!(u32).range(0..100_000))]
    pub replication: Option<u32>,
    /// Write a table of every seller and day too, `seller_days.csv`: windows, search weight, penalties by rule. It is of replication 0, or
    /// of the one of --replication, which is simulated once more for it.
    #[arg(long)]
    pub seller_days: bool,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Options of the run.
    #[command(flatten)]
    pub running: Running,
}

/// Arguments of `compare`.
#[derive(Args, Debug)]
pub struct CompareArguments {
    /// The scenario files, the baseline first.
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// An alternative: the baseline with a key changed, KEY=VALUE or KEY*=FACTOR; `;` joins several keys of one alternative;
    /// repeatable.
    #[arg(long = "vary", value_name = "KEY=VALUE")]
    pub variations: Vec<String>,
    /// Options of replications.
    #[command(flatten)]
    pub precise: Precise,
    /// Options that change all of the scenarios.
    #[command(flatten)]
    pub settings: Settings,
    /// Options of the run.
    #[command(flatten)]
    pub running: Running,
}

/// Arguments of `sweep`.
#[derive(Args, Debug)]
pub struct SweepArguments {
    /// The study file, or with --factor a scenario file.
    pub study: PathBuf,
    /// Vary a key over values, KEY=V1,V2,..., or over an interval, KEY=a..b/n; repeatable.
    #[arg(long = "factor", value_name = "KEY=VALUES")]
    pub factors: Vec<String>,
    /// Simulate everything again; without it, replications that an earlier sweep into the same folder has finished are not.
    #[arg(long)]
    pub fresh: bool,
    /// Options of replications.
    #[command(flatten)]
    pub precise: Precise,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Options of the run.
    #[command(flatten)]
    pub running: Running,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub struct InitArguments {
    /// The file to write; one that is there is left alone.
    #[arg(default_value = "scenario.toml")]
    pub path: PathBuf,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub struct CompletionsArguments {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// Arguments of `trace`.
#[derive(Args, Debug)]
pub struct TraceArguments {
    /// The scenario file.
    pub scenario: PathBuf,
    /// How many orders, the first of those asked for by market, seller and placement; 5 if not given, 1000 for event logs.
    #[arg(long, visible_alias = "limit", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub orders: Option<u32>,
    /// All of the orders asked for.
    #[arg(long, conflicts_with_all = ["orders", "order"])]
    pub all: bool,
    /// This order alone, by its replication/market/seller/day/number.
    #[arg(long, value_name = "ID", conflicts_with_all = ["orders", "outcome", "seller_segment", "buyer_segment", "seller", "day", "replication"])]
    pub order: Option<String>,
    /// Orders that ended like this, such as auto-executed, withdrawn or ruled-for-buyer; an unknown one lists all.
    #[arg(long, value_name = "NAME")]
    pub outcome: Option<String>,
    /// Orders of sellers of this segment.
    #[arg(long, value_name = "NAME")]
    pub seller_segment: Option<String>,
    /// Orders of buyers of this segment.
    #[arg(long, value_name = "NAME")]
    pub buyer_segment: Option<String>,
    /// This seller, as sellers.csv numbers it: when and by which rule its standing changed, or with --day which orders of that
    /// day were held against it; with --orders, --outcome or --buyer-segment its orders.
    #[arg(long, value_name = "MARKET/NUMBER")]
    pub seller: Option<String>,
    /// Orders to which something happens on this day; days before 0 are the warm-up's.
    #[arg(long, value_name = "D", allow_negative_numbers = true)]
    pub day: Option<i32>,
    /// The replication, numbered from 0 as in replications.csv.
    #[arg(long, value_name = "K", default_value = "0", value_parser = clap::value_parser!(u32).range(0..100_000))]
    pub replication: u32,
    /// Print a line of JSON per event; the same as --format jsonl.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// text or jsonl, printed; or event logs that go to a folder, xes, ocel or xes,ocel.
    #[arg(long, value_delimiter = ',', default_value = "text", value_name = "FORMATS")]
    pub format: Vec<TraceFormat>,
    /// Folder of event logs; `output/NAME_trace` if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print nothing but stories, errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `rerun`.
#[derive(Args, Debug)]
pub struct RerunArguments {
    /// The manifest.json of a result.
    pub manifest: PathBuf,
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder of the results; `output/NAME_rerun` if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Leave out charts and the report.
    #[arg(long)]
    pub no_charts: bool,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// Arguments of `sensitivity` and `tune`.
#[derive(Args, Debug)]
pub struct StudyArguments {
    /// The study file.
    pub study: PathBuf,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Options of the run.
    #[command(flatten)]
    pub running: Running,
}

/// Arguments of `explore`.
#[derive(Args, Debug)]
pub struct ExploreArguments {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Port of the page on this machine; any that is free if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Options that change the scenario.
    #[command(flatten)]
    pub settings: Settings,
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// The scenario files, and studies, of which every design point is validated.
    #[arg(required = true)]
    pub scenarios: Vec<PathBuf>,
    /// Options that change the scenarios.
    #[command(flatten)]
    pub settings: Settings,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

impl TraceArguments {
    /// Whether event logs are asked for.
    pub fn is_logged(&self) -> bool {
        self.format.iter().any(|format| matches!(format, TraceFormat::Xes | TraceFormat::Ocel))
    }

    /// Whether lines of JSON are.
    pub fn is_json(&self) -> bool {
        self.json || self.format.contains(&TraceFormat::Jsonl)
    }
}
