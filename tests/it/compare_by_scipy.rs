//! The README's question answered by `compare`, and by hand: forty runs of one replication each and a paired t of `SciPy`.
//!
//! Where Python has no `SciPy` the figures stand that it gave, in `tests/scipy/paired_t.txt`.

use crate::program::Program;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Pairs of replications.
const PAIRS: usize = 20;

/// Metrics of many events in every replication, for which `compare` and Student's t say nearly the same.
const METRICS: [&str; 7] = [
    "disputes_filed",
    "disputes_auto_executed",
    "orders_cancelled",
    "value_refunded",
    "seller_days_demoted",
    "disputes_ruled_for_buyer",
    "orders_open",
];

const DAYS: [&str; 4] = ["--days", "30", "--no-charts", "--quiet"];
const HALF: &str = "sellers[*].response.delay*=0.5";

fn scipy(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scipy").join(name)
}

/// The cell of the world's row of a metric, by the column's number.
fn cells(table: &str, metric: &str, columns: &[usize]) -> Vec<f64> {
    let begin = format!("world,all,{metric},");
    let row = table.lines().find(|line| line.starts_with(&begin)).expect("it has a row of every metric");
    let cells: Vec<&str> = row.split(',').collect();
    columns.iter().map(|&column| cells[column].parse().expect("it is a number")).collect()
}

/// What `SciPy` says of the pairs, each metric in a line; what it said before where it is not there.
fn paired_t(pairs: &str) -> Vec<(String, Vec<f64>)> {
    let child = Command::new("python3")
        .arg(scipy("paired_t.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let said = child.ok().and_then(|mut child| {
        // A program that is not there for long hangs up, which its status tells.
        let _ = child.stdin.take()?.write_all(pairs.as_bytes());
        let output = child.wait_with_output().ok()?;
        output.status.success().then(|| crate::program::text(&output.stdout))
    });
    let frozen = std::fs::read_to_string(scipy("paired_t.txt")).expect("the figures are there");
    if let Some(said) = &said {
        assert_eq!(
            said, &frozen,
            "tests/scipy/paired_t.txt is not what SciPy says: put the first of these texts there"
        );
    }
    let lines = said.unwrap_or(frozen);
    let parsed = lines.lines().map(|line| {
        let (name, figures) = line.split_once('\t').expect("a name and figures");
        (name.to_owned(), figures.split('\t').map(|figure| figure.parse().expect("a number")).collect())
    });
    parsed.collect()
}

#[test]
fn compare_says_what_forty_single_runs_and_a_paired_t_of_scipy_say() {
    let program = Program::new();
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/baseline.toml");
    let baseline = baseline.to_str().expect("plain names");
    let compared =
        [&["compare", baseline, "--vary", HALF, "--replications", "20", "--out", "compared"], &DAYS[..]];
    program.succeed(&compared.concat());
    let mut values = vec![(String::new(), String::new()); METRICS.len()];
    for replication in 0..PAIRS {
        let number = replication.to_string();
        let alone = [&["run", baseline, "--replication", &number, "--out", "alone"], &DAYS[..]].concat();
        program.succeed(&alone);
        let first = program.read("alone/summary.csv");
        program.command(&[&alone[..], &["--set", HALF]].concat()).output().expect("it runs");
        let second = program.read("alone/summary.csv");
        for (metric, (baseline, other)) in METRICS.iter().zip(&mut values) {
            for (table, values) in [(&first, baseline), (&second, other)] {
                let [value] = cells(table, metric, &[4])[..] else { unreachable!() };
                if replication > 0 {
                    values.push(' ');
                }
                values.push_str(&value.to_string());
            }
        }
    }
    let pairs =
        METRICS.iter().zip(&values).map(|(name, (first, second))| format!("{name}\t{first}\t{second}\n"));
    let by_scipy = paired_t(&pairs.collect::<String>());
    assert_eq!(by_scipy.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), METRICS);
    let table = program.read("compared/compare.csv");
    for (metric, figures) in &by_scipy {
        let [mean, low, high, p] = figures[..] else { panic!("{metric}: {figures:?}") };
        let ours = cells(&table, metric, &[8, 9, 10, 12]);
        // A stale file of figures shows here: the mean is exact.
        assert!((ours[0] - mean).abs() <= 1e-5 * mean.abs(), "{metric}: {} and {mean}", ours[0]);
        // The interval allows for skewness, which moves either end by a little; its width is Student's within a tenth.
        let half = (high - low) / 2.0;
        assert!(((ours[2] - ours[1]) / 2.0 / half - 1.0).abs() < 0.1, "{metric}: {ours:?}, {low} to {high}");
        for (end, theirs) in [(ours[1], low), (ours[2], high)] {
            assert!((end - theirs).abs() < 0.25 * half, "{metric}: {ours:?}, {low} to {high}");
        }
        assert_eq!(ours[3] < 0.05, p < 0.05, "{metric}: {} and {p}", ours[3]);
    }
}
