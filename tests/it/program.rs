//! The program as a user runs it: in a folder of its own, on a small scenario in which every rule is on.

use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The baseline with desks, offline transfers, penalty points and tight penalty tiers, on a fortnight of few orders.
const SMALL: &str = r#"
extends = "ROOT/scenarios/baseline.toml"
run = { days = 14, warm_up_days = 40, replications = 2 }
market = { count = 1, sellers = 30, buyers = 500, orders_per_day = 300 }

[[sellers]]
name = "careful"
response = { desk = { agents = 1, service_time = "2h", hours = "09:00-18:00" } }

[[sellers]]
name = "average"
offline_offer = 0.5

[[sellers]]
name = "overloaded"
steering = 1.0

[policy.offline]
detection = 0.5

[policy.not_sold]
minimum_orders = 5
demote_at = 1
hide_at = 3
freeze_at = 5

[policy.dispute_rate]
minimum_orders = 5
minimum_disputes = 1
threshold = 0.01

[policy.points]
awards = [{ indicator = "dispute_rate", window = "7d", above = 0.02, points = 1 }]
tiers = [{ at = 1, weight = 0.8 }, { at = 3, weight = 0.5, freeze_for = "3d" }]
"#;

/// A folder with `small.toml` in it, in which the program is run.
pub(crate) struct Program {
    home: TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        fs::write(home.path().join("small.toml"), SMALL.replace("ROOT", env!("CARGO_MANIFEST_DIR")))
            .expect("the scenario can be written");
        Self { home }
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The program with arguments, not yet run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin!("redress"));
        command.args(arguments).current_dir(self.home.path());
        command
    }

    /// What became of the program with these arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program can be started")
    }

    /// Runs the program, which must succeed, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs the program, which must fail with this status and print no result, and gives what it said.
    pub(crate) fn fail(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        text(&output.stderr)
    }

    /// The text of a file in the folder.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The bytes of a file in the folder.
    pub(crate) fn read_bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Every file and every empty folder below a folder, sorted; none if it is not there.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut names = if root.is_dir() { below(&root, "") } else { Vec::new() };
        names.sort();
        names
    }
}

fn below(root: &Path, folder: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(folder)).expect("the folder can be read") {
        let entry = entry.expect("an entry can be read");
        let name = format!("{folder}{}", entry.file_name().to_str().expect("plain names"));
        if entry.path().is_dir() {
            let inside = below(root, &format!("{name}/"));
            names.extend(if inside.is_empty() { vec![format!("{name}/")] } else { inside });
        } else {
            names.push(name);
        }
    }
    names
}

/// The signal of Ctrl-C; where this process ignores it, as the background of a script does and its children inherit, the request to
/// end, which is heeded in the same way.
#[cfg(unix)]
pub(crate) fn interruption() -> &'static str {
    // Bit 1 is signal 2, SIGINT.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    if ignored & 2 == 0 { "-INT" } else { "-TERM" }
}

/// Bytes as the text that they are.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program speaks UTF-8")
}

/// The rows of a CSV file as cells, the head first.
pub(crate) fn cells(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().map(|line| line.split(',').collect()).collect()
}
