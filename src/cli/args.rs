//! The command line.

use super::args_values::{days, positive, replications, seed, table_format};
use crate::export::TableFormat;
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
    Run(RunArguments),
    /// Compare scenarios, or variations of one, with the same random draws; write differences with intervals.
    Compare(CompareArguments),
    /// Run a scenario at every combination of factors; write response curves and heat maps.
    Sweep(SweepArguments),
    /// Find out which factors of a study matter: screening, then shares of variance, with a tornado chart.
    Sensitivity(StudyArguments),
    /// Search the factors of a study for the best objective under constraints, with a statistical guarantee.
    Tune(StudyArguments),
    /// Repeat any result from its manifest alone; say whether every file is the same.
    Rerun(RerunArguments),
    /// Tell the stories of single orders: every event with its day, time, actor, amount and rule.
    Trace(TraceArguments),
    /// Open a local page with sliders for the keys of a scenario: what a setting changes follows at once, with intervals.
    Explore(ExploreArguments),
    /// Validate scenarios and print the full configuration; validate every design point of studies; write no files.
    Check(CheckArguments),
    /// Check the simulator against analytical results on this machine; write the result of every case.
    Verify(VerifyArguments),
    /// Write a commented scenario to begin with.
    Init(InitArguments),
    /// Print the JSON schema of scenario files.
    Schema,
    /// Print completions for a shell.
    Completions(CompletionsArguments),
    /// Print the manual page.
    Man,
    /// Measure the speed of this machine over a standard set of workloads; write a table and charts.
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

/// Options that change a scenario.
#[derive(Args, Debug)]
pub struct Settings {
    /// Set any scenario key by its dotted path, as in `--set market.sellers=500`; KEY*=FACTOR scales what is there, and
    /// KEY.median=VALUE moves a distribution; repeatable.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
    /// Seed of every draw.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Days of the observation period.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = days)]
    pub days: Option<u32>,
    /// Independent replications.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = replications)]
    pub replications: Option<u32>,
}

/// Options of commands that simulate.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own, and any may be given")]
pub struct Running {
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder of the results; output/NAME if not given, or output/NAME-HASH where that holds the answer to another question.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Formats of the tables, with commas between them.
    #[arg(long, value_delimiter = ',', default_value = "csv", value_name = "FORMATS", value_parser = table_format())]
    pub format: Vec<TableFormat>,
    /// Begin CSV tables with a byte-order mark, without which Excel misreads accents; other programs are better off without.
    #[arg(long)]
    pub csv_bom: bool,
    /// Leave out charts and the report.
    #[arg(long)]
    pub no_charts: bool,
    /// Let an interrupted command replace a complete result of before; without it what was finished goes to
    /// DIR.interrupted.
    #[arg(long)]
    pub replace_complete: bool,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// Options of runs to precision.
#[derive(Args, Debug)]
pub struct Precise {
    /// Add replications until the 95 % interval of a metric of the world is at most this wide on either side: METRIC=2% of the
    /// mean, or METRIC=0.001 in its unit; of a comparison, of the difference, with 2% of the baseline's mean; repeatable.
    #[arg(long, value_name = "METRIC=WIDTH")]
    pub precision: Vec<String>,
    /// Maximum replications for --precision.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max_replications: Option<u32>,
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

/// Arguments of `verify`.
#[derive(Args, Debug)]
pub struct VerifyArguments {
    /// Repeat every case four times as often: z-scores see errors of half the size.
    #[arg(long)]
    pub full: bool,
    /// Run only the cases whose names contain this, with the seeds that they have among all.
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// The z-score from which a case fails; 4 if not given.
    #[arg(long, value_name = "Z", value_parser = positive)]
    pub limit: Option<f64>,
    /// Threads to work on; all cores if not given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder of the results; output/verify if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// Arguments of `bench`.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own, and any may be given")]
pub struct BenchArguments {
    /// Measure much shorter workloads once, as a smoke test.
    #[arg(long)]
    pub quick: bool,
    /// How often everything is measured, in turn; 5 if not given, 1 with --quick.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub rounds: Option<u16>,
    /// Maximum threads to measure with; all cores if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder of the results; output/bench if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Leave out charts.
    #[arg(long)]
    pub no_charts: bool,
    /// Print nothing but errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
    /// Measure one workload in this process, on this many threads, and print the figures as JSON.
    #[arg(long, value_name = "WORKLOAD", hide = true)]
    pub measure: Option<String>,
}

impl Running {
    /// Whether a progress bar is wanted.
    pub const fn shows_progress(&self) -> bool {
        !self.quiet && !self.no_progress
    }
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

impl Settings {
    /// The settings as `KEY=VALUE`, those of the short options last.
    pub fn all(&self) -> Vec<String> {
        let mut all = self.settings.clone();
        all.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        all.extend(self.days.map(|days| format!("run.days={days}")));
        all.extend(self.replications.map(|replications| format!("run.replications={replications}")));
        all
    }
}
