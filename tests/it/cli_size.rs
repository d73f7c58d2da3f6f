//! How large a run will be is told before it begins, and what cannot fit is refused with the key to lower.

use crate::program::{Program, text};
use std::process::{Command, Output};

/// What a command does where a process may have so many kilobytes of addresses.
fn with_little_memory(program: &Program, kilobytes: u32, arguments: &str) -> Output {
    let redress = program.command(&[]);
    let script = format!("ulimit -v {kilobytes}; exec {} {arguments}", redress.get_program().display());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(program.path("")).output().expect("there is a shell")
}

#[cfg(target_os = "linux")]
#[test]
fn what_does_not_fit_into_memory_is_refused_with_the_key_to_lower() {
    let program = Program::new();
    for (settings, key) in [
        ("--days 2 --replications 1 --set market.sellers=1000000", "market.sellers"),
        ("--days 2 --replications 1 --set market.count=100000 --set market.sellers=1", "market.count"),
        ("--days 20000 --replications 1 --set market.count=10000 --set market.sellers=1", "market.count"),
        ("--days 2 --replications 100000 --set market.sellers=1", "run.replications"),
        ("--days 2 --replications 1 --set market.orders_per_day=100000000", "market.orders_per_day"),
    ] {
        let run = format!("run small.toml --threads 2 --no-charts --out out {settings}");
        let output = with_little_memory(&program, 800_000, &run);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{settings}: {said}");
        assert!(said.starts_with("error: this needs about "), "{settings}: {said}");
        assert!(said.contains(&format!("most of it for {key}, and ")), "{settings}: {said}");
        assert!(
            said.ends_with(&format!(" are free: lower {key}, or run it on a larger machine\n")),
            "{said}"
        );
        assert_eq!(program.files(""), ["small.toml"], "{settings}");
    }
    let sweep =
        "sweep small.toml --factor sellers[*].steering=0..1/100 --factor run.seed=1..1000/1000 --out out";
    let output = with_little_memory(&program, 800_000, sweep);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("most of it for the number of points, "), "{output:?}");
}

#[test]
fn a_large_run_says_before_it_begins_what_it_will_take_and_a_small_one_nothing() {
    let program = Program::new();
    let output = program.run(&["run", "small.toml", "--no-charts"]);
    assert_eq!(text(&output.stderr), "");
    let printed = program.succeed(&["check", "small.toml"]);
    let second = printed.lines().nth(1).unwrap();
    assert!(second.starts_with("# a run takes about ") && second.contains(" orders: 1 s"), "{second}");
    let days = ["--set", "market.orders_per_day=1e7", "--days", "20000"];
    let printed = program.succeed(&[&["check", "small.toml"][..], &days].concat());
    let second = printed.lines().nth(1).unwrap();
    assert!(second.contains(" of memory and 400.8 billion orders: "), "{second}");
}
