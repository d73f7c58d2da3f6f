//! Options that several commands have.

use super::args_values::{days, replications, seed, table_format};
use crate::export::TableFormat;
use clap::Args;
use std::path::PathBuf;

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

impl Running {
    /// Whether a progress bar is wanted.
    pub const fn shows_progress(&self) -> bool {
        !self.quiet && !self.no_progress
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
