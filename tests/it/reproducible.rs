//! The same bytes for the same scenario, seed and version.

use crate::program::Program;
use std::fs;

/// Every file but the manifest, with its bytes.
fn results(program: &Program, folder: &str) -> Vec<(String, Vec<u8>)> {
    let names = program.files(folder).into_iter().filter(|name| name != "manifest.json");
    names.map(|name| (name.clone(), fs::read(program.path(folder).join(name)).unwrap())).collect()
}

fn assert_same(program: &Program, folders: [&str; 2]) {
    let [one, other] = folders.map(|folder| results(program, folder));
    assert!(!one.is_empty());
    assert_eq!(one.len(), other.len());
    for ((name, bytes), (other_name, other_bytes)) in one.iter().zip(&other) {
        assert_eq!(name, other_name);
        assert!(bytes == other_bytes, "{name} differs between {folders:?}");
    }
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let program = Program::new();
    for threads in ["1", "2"] {
        program.succeed(&["run", "small.toml", "--threads", threads, "--out", threads]);
    }
    assert_same(&program, ["1", "2"]);
}

#[test]
fn a_single_market_split_over_threads_writes_the_same_bytes() {
    let program = Program::new();
    // More sellers than one thread takes at a time, and fewer replications than threads.
    let size = ["--replications", "1", "--set", "market.sellers=400", "--no-charts"];
    for threads in ["1", "3"] {
        program
            .succeed(&[&["run", "small.toml", "--threads", threads, "--out", threads], &size[..]].concat());
    }
    assert_same(&program, ["1", "3"]);
}

#[test]
fn a_sweep_writes_the_same_bytes_on_one_thread_and_on_two() {
    let program = Program::new();
    let factor = "sellers[*].steering=0,1";
    for threads in ["1", "2"] {
        program.succeed(&["sweep", "small.toml", "--factor", factor, "--threads", threads, "--out", threads]);
    }
    assert_same(&program, ["1", "2"]);
}

#[test]
fn further_markets_leave_the_first_as_it_was() {
    let program = Program::new();
    for count in ["1", "3"] {
        let setting = format!("market.count={count}");
        program.succeed(&["run", "small.toml", "--no-charts", "--set", &setting, "--out", count]);
    }
    let rows = |file: &str, is_first_market: fn(&str) -> bool| {
        ["1", "3"].map(|count| {
            let table = program.read(&format!("{count}/{file}"));
            table.lines().filter(|line| is_first_market(line)).map(str::to_owned).collect::<Vec<String>>()
        })
    };
    for [alone, among_three] in [
        rows("summary.csv", |line| line.starts_with("market,0,")),
        rows("daily.csv", |line| line.split(',').nth(1) == Some("0")),
        rows("sellers.csv", |line| line.starts_with("0,")),
    ] {
        assert!(alone.len() > 10);
        assert_eq!(alone, among_three);
    }
}
