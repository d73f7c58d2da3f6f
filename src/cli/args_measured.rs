//! The command line of what is measured of the program itself: `verify` and `bench`.

use super::args_values::positive;
use clap::Args;
use std::path::PathBuf;

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
