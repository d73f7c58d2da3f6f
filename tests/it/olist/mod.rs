//! The scenario calibrated on Olist against what was observed, and the table that shows both.
//!
//! `cargo test --release --test it olist -- --nocapture` prints the rows of `docs/olist.md`.

mod figures;

use figures::{Figure, figures};
use std::fs;
use std::path::Path;

/// A row of the table.
struct Row {
    name: String,
    observed: f64,
    simulated: String,
    tolerance: f64,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/olist.md");
    let text = fs::read_to_string(path).unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let table = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|-"));
    let rows = table.map(cells).filter(|cells| cells[0] != "figure");
    rows.map(|cells| Row {
        observed: cells[1].parse().unwrap_or_else(|_| panic!("{} is observed as {}", cells[0], cells[1])),
        tolerance: cells[3].parse().unwrap_or_else(|_| panic!("{} tolerates {}", cells[0], cells[3])),
        name: cells[0].clone(),
        simulated: cells[2].clone(),
    })
    .collect()
}

/// A figure with the decimals that the table shows.
fn shown(figure: &Figure) -> String {
    format!("{:.*}", figure.decimals, figure.value)
}

#[test]
#[allow(clippy::print_stdout, reason = "prints the rows of the table")]
fn the_calibrated_marketplace_reproduces_what_was_observed_and_the_table_says_so() {
    let (rows, figures) = (rows(), figures());
    let mut wrong = Vec::new();
    for figure in &figures {
        println!("{}: {}", figure.name, shown(figure));
        let Some(row) = rows.iter().find(|row| row.name == figure.name) else {
            wrong.push(format!("{} is not in the table: {}", figure.name, shown(figure)));
            continue;
        };
        if row.simulated != shown(figure) {
            wrong.push(format!("{}: the table says {}, a run {}", row.name, row.simulated, shown(figure)));
        }
        if (figure.value - row.observed).abs() > row.tolerance {
            wrong.push(format!("{}: observed {}, a run {}", row.name, row.observed, shown(figure)));
        }
    }
    for row in &rows {
        if !figures.iter().any(|figure| figure.name == row.name) {
            wrong.push(format!("{} is in the table and not simulated", row.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
