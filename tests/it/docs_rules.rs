//! What `docs/rules.md` and `docs/model.md` name exists under that name, and every rule has its row.

use redress::experiment::{RunResult, Summary};
use redress::observe::Metric;
use redress::report::run_charts;
use redress::scenario::{Source, keys};
use std::fs;
use std::path::{Path, PathBuf};

const RULES: &str = include_str!("../../docs/rules.md");
const MODEL: &str = include_str!("../../docs/model.md");

/// The cells of one rule's row.
struct Row {
    rule: &'static str,
    source: &'static str,
    keys: Vec<&'static str>,
    code: Vec<&'static str>,
    tests: Vec<&'static str>,
    metrics: Vec<&'static str>,
    charts: Vec<&'static str>,
}

/// Every second piece between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn rows() -> Vec<Row> {
    let lines = RULES.lines().filter(|line| line.starts_with("| R"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [rule, source, keys, code, tests, metrics, charts] = cells[..] else {
                panic!("a row has {} cells: {line}", cells.len())
            };
            Row {
                rule,
                source,
                keys: quoted(keys),
                code: quoted(code),
                tests: quoted(tests),
                metrics: quoted(metrics),
                charts: quoted(charts),
            }
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a text declares an item by one of these words and its name.
fn declares(text: &str, words: &[&str], name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    words.iter().any(|word| {
        let begin = format!("{word} {name}");
        text.match_indices(&begin).any(|(at, _)| !text[at + begin.len()..].starts_with(is_part))
    })
}

/// Holds `folder::file::item`, of a folder in a folder as well, to the file and to what it declares.
fn assert_code_exists(name: &str) {
    let parts: Vec<&str> = name.split("::").collect();
    let [folders @ .., file, item] = &parts[..] else { panic!("{name} is not folder::file::item") };
    let text = read(&root().join("src").join(folders.join("/")).join(format!("{file}.rs")));
    assert!(declares(&text, &["fn", "struct", "enum", "const"], item), "{name} does not exist");
}

/// Holds a key, or a table of keys, to what is read.
fn assert_key_is_read(path: &str) {
    let below = format!("{path}.");
    let is_read = keys().iter().any(|key| key.path == path || key.path.starts_with(&below));
    assert!(is_read, "{path} is not read");
}

/// The texts of all files of tests below a folder.
fn tests_below(folder: PathBuf) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(tests_below(path));
        } else {
            texts.push(read(&path));
        }
    }
    texts
}

#[test]
fn every_rule_has_a_row_with_nothing_left_empty() {
    let rows = rows();
    let numbered: Vec<String> = (1..=13).map(|number| format!("R{number}")).collect();
    assert_eq!(rows.iter().map(|row| row.rule).collect::<Vec<_>>(), numbered);
    for row in &rows {
        let quotes = row.source.starts_with('"') && row.source.ends_with('"');
        let is_own = row.source.starts_with("a rule of this model, not of the source: ");
        assert!(quotes != is_own, "{} quotes nothing, and does not say that it is the model's own", row.rule);
        for names in [&row.keys, &row.code, &row.tests, &row.metrics, &row.charts] {
            assert!(!names.is_empty(), "{} has an empty cell", row.rule);
        }
    }
}

#[test]
fn every_key_of_a_rule_is_read() {
    rows().iter().flat_map(|row| &row.keys).for_each(|path| assert_key_is_read(path));
}

#[test]
fn every_item_of_code_that_a_rule_names_is_declared_where_it_says() {
    rows().iter().flat_map(|row| &row.code).for_each(|name| assert_code_exists(name));
}

#[test]
fn every_test_that_a_rule_names_is_there() {
    let texts = tests_below(root().join("tests"));
    for row in rows() {
        for test in row.tests {
            let begin = format!("#[test]\nfn {test}()");
            assert!(texts.iter().any(|text| text.contains(&begin)), "{}: no test {test}", row.rule);
        }
    }
}

#[test]
fn every_metric_of_a_rule_is_reported() {
    for row in rows() {
        for metric in row.metrics {
            assert!(Metric::named(metric).is_some(), "{}: no metric {metric}", row.rule);
        }
    }
}

#[test]
fn every_chart_of_a_rule_is_written_by_a_run_or_a_sweep() {
    let source = Source::read(&root().join("scenarios/baseline.toml")).expect("it can be read");
    let scenario = source.resolve().expect("it is valid");
    let of_a_run = run_charts::charts(&scenario, &RunResult::default(), &Summary::default());
    let of_a_sweep = read(&root().join("src/report/sweep_charts.rs"));
    for row in rows() {
        for chart in row.charts {
            // What a sweep writes ends in the name of a factor or of a group.
            let varies = chart.trim_end_matches(|letter: char| letter.is_ascii_uppercase());
            let is_written = if varies == chart {
                of_a_run.iter().any(|written| written.name == chart)
            } else {
                of_a_sweep.contains(&format!("\"{varies}{{}}\""))
            };
            assert!(is_written, "{}: no chart {chart}", row.rule);
        }
    }
}

#[test]
fn every_key_and_item_of_code_that_the_model_names_exists() {
    let heads = ["buyers[].", "sellers[].", "policy.", "run.", "market.", "justice."];
    let (mut read, mut declared) = (0, 0);
    for name in quoted(MODEL) {
        if name.contains("::") {
            assert_code_exists(name);
            declared += 1;
        } else if heads.iter().any(|head| name.starts_with(head)) {
            assert_key_is_read(name.split(" = ").next().unwrap_or(name));
            read += 1;
        }
    }
    assert!(read > 50 && declared > 20, "only {read} keys and {declared} items were found");
}
