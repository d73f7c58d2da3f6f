//! Names, labels and paths of any characters: they move no cursor, run in no spreadsheet, and break no drawing.

use crate::program::{Program, cells};
use std::fs;

/// A name that starts as a formula, turns the writing around, and holds what no XML may hold.
const ODD: &str = "=1+2\u{202e}&\u{ffff}";

#[test]
fn names_and_labels_are_harmless_on_the_terminal_in_tables_and_in_drawings() {
    let program = Program::new();
    let study = "scenario = \"small.toml\"\nreplications = 1\ndays = 7\nresponses = [\"dispute_rate\"]\n[[factor]]\n\
                 key = \"sellers[*].steering\"\nname = \"NAME\\u001b[2J\"\nvalues = [0, 1]\n\
                 labels = [\"@a\\nb\", \"-1\"]\n";
    fs::write(program.path("study.toml"), study.replace("NAME", ODD)).unwrap();
    let printed = program.succeed(&["sweep", "study.toml", "--out", "out", "--set", "sellers[0].name==s"]);
    assert!(printed.contains("=1+2\\u202E&\u{ffff}\\u001B[2J  dispute rate\n"), "{printed}");
    assert!(printed.contains("@a\\nb  ") && !printed.contains(['\u{1b}', '\u{202e}']), "{printed}");
    let table = program.read("out/sweep.csv");
    let head = format!("point,\"'{ODD}\u{1b}[2J\",metric,unit");
    assert!(table.starts_with(&head), "{table}");
    assert!(table.contains("\n0,\"'@a\nb\",orders_placed,") && table.contains("\n1,-1,orders_placed,"));
    let segments = program.read("out/sweep_segments.csv");
    assert!(segments.contains(",seller_segment,\"'=s\",") && !segments.contains(",=s,"));
    for file in program.files("out").iter().filter(|name| name.contains(".svg") || name.contains(".html")) {
        let drawing = program.read(&format!("out/{file}"));
        let is_forbidden = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{ffff}';
        assert!(!drawing.contains(is_forbidden), "{file}");
    }
}

#[test]
fn numbers_in_tables_never_become_text() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "out"]);
    for name in ["summary.csv", "daily.csv", "sellers.csv", "reasons.csv"] {
        let table = program.read(&format!("out/{name}"));
        assert!(cells(&table).iter().flatten().all(|cell| !cell.contains('\'')), "{name}");
    }
}
