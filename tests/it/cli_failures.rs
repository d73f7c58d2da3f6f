//! Failures on the way: a message with the way out, the right exit status, and nothing half-written.

use crate::program::{Program, text};
use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// What a command does under a limit of so many 512-byte blocks a file, which stands for a full disk.
fn with_full_disk(program: &Program, blocks: u32, arguments: &str) -> Output {
    let redress = program.command(&[]);
    let script =
        format!("trap '' XFSZ; ulimit -f {blocks}; exec {} {arguments}", redress.get_program().display());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(program.path(""));
    shell.output().expect("there is a shell")
}

#[test]
fn a_folder_that_cannot_be_made_is_found_before_anything_is_simulated() {
    let program = Program::new();
    fs::write(program.path("file"), "x").unwrap();
    // So many days would take hours.
    for (out, why) in [
        ("file", "not a directory; a file is in the way: choose another folder with --out"),
        ("file/below", "not a directory; a file is in the way: choose another folder with --out"),
        ("/proc/nonexistent/out", "no such file or directory; choose another folder with --out"),
    ] {
        let arguments = ["run", "small.toml", "--days", "20000", "--replications", "100000", "--out", out];
        assert_eq!(program.fail(1, &arguments), format!("error: cannot write {out}: {why}\n"));
        assert_eq!(program.files(""), ["file", "small.toml"]);
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let program = Program::new();
    let output = with_full_disk(&program, 4, "run small.toml --out made/for/it");
    assert_eq!(
        text(&output.stderr),
        "error: cannot write made/for/it/summary.csv: file too large; free some space, or choose another disk \
         with --out\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(program.files(""), ["small.toml"]);
}

#[test]
fn a_disk_that_is_full_when_charts_are_drawn_keeps_the_results_of_before() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts"]);
    let before = (program.files("output"), program.read("output/small/manifest.json"));
    let output = with_full_disk(&program, 160, "run small.toml");
    let said = text(&output.stderr);
    assert!(said.starts_with("error: cannot write output/small/charts/"), "{said}");
    assert!(
        said.ends_with(": file too large; free some space, or choose another disk with --out\n"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((program.files("output"), program.read("output/small/manifest.json")), before);
}

#[test]
fn a_full_disk_stops_a_sweep_in_the_same_way() {
    let program = Program::new();
    let output = with_full_disk(&program, 4, "sweep small.toml --factor sellers[*].steering=0,1 --out swept");
    let said = text(&output.stderr);
    let why = ".swept.units: file too large; free some space, or choose another disk with --out\n";
    assert!(said.starts_with("error: cannot write ") && said.ends_with(why), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(program.files(""), ["small.toml"]);
}

#[test]
fn a_folder_in_the_way_of_a_table_is_named_and_stays() {
    let program = Program::new();
    fs::create_dir_all(program.path("out/summary.csv")).unwrap();
    let said = program.fail(1, &["run", "small.toml", "--out", "out"]);
    assert_eq!(
        said,
        "error: cannot write out: it holds summary.csv, which redress did not write: move that away, or choose \
         another folder with --out\n"
    );
    assert_eq!(program.files("out"), ["summary.csv/"]);
}

#[test]
fn an_invalid_scenario_writes_nothing() {
    let program = Program::new();
    fs::write(program.path("wrong.toml"), "extends = \"small.toml\"\n[market]\nselers = 3\n").unwrap();
    let said = program.fail(2, &["run", "wrong.toml"]);
    assert!(said.contains("wrong.toml") && said.contains("did you mean"), "{said}");
    assert_eq!(program.files(""), ["small.toml", "wrong.toml"]);
}

#[test]
fn a_result_that_cannot_be_printed_is_a_failure_but_a_reader_who_has_left_is_not() {
    let program = Program::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program.command(&["check", "small.toml"]).stdout(full).output().unwrap();
    assert_eq!(text(&output.stderr), "error: cannot write to standard output: no space left on device\n");
    assert_eq!(output.status.code(), Some(1));
    let mut left = program.command(&["check", "small.toml"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(left.stdout.take());
    assert!(left.wait().unwrap().success());
}

/// Starts a command on results in `out`, and waits until it is about to simulate.
fn start(program: &Program, arguments: &[&str]) -> Child {
    let mut command = program.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..600 {
        if program.path(".out.lock").exists() {
            return child;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    panic!("{arguments:?} does not start: {:?}", child.wait());
}

/// Interrupts a command as Ctrl-C does, and waits for its end.
fn interrupt(child: Child) -> Output {
    let killed = Command::new("kill")
        .args([crate::program::interruption(), &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    child.wait_with_output().unwrap()
}

#[test]
fn an_interrupted_run_keeps_the_replications_that_were_finished() {
    let program = Program::new();
    let arguments = ["run", "small.toml", "--no-charts", "--replications", "100000", "--out", "out"];
    let child = start(&program, &arguments);
    std::thread::sleep(Duration::from_secs(2));
    let output = interrupt(child);
    assert_eq!(output.status.code(), Some(130));
    let said = text(&output.stderr);
    let done = said
        .lines()
        .last()
        .and_then(|last| last.strip_prefix("interrupted: "))
        .and_then(|rest| rest.strip_suffix(" of 100000 replications were finished and are kept"));
    let done = done.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(
        program.files("out"),
        ["daily.csv", "manifest.json", "reasons.csv", "replications.csv", "sellers.csv", "summary.csv"]
    );
    let manifest = program.read("out/manifest.json");
    assert!(manifest.contains("\"interrupted\": true,"), "{manifest}");
    assert!(manifest.contains(&format!("\"replications\": {done},")), "{manifest}");
    let placed = program.read("out/summary.csv");
    assert!(placed.lines().nth(1).unwrap().contains(&format!(",{done},")), "{done}");
    assert!(text(&output.stdout).contains(&format!(" {done} replication(s),")));
}

#[test]
fn a_run_interrupted_before_its_first_replication_writes_nothing() {
    let program = Program::new();
    let arguments = ["run", "small.toml", "--days", "20000", "--set", "market.orders_per_day=100000"];
    let output = interrupt(start(&program, &[&arguments[..], &["--out", "out"]].concat()));
    assert_eq!(output.status.code(), Some(130));
    let said = "interrupted before the first replication was finished: nothing is written\n";
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).ends_with(said), "{}", text(&output.stderr));
    assert_eq!(program.files(""), ["small.toml"]);
}

#[test]
fn an_interrupted_sweep_keeps_the_points_that_were_finished() {
    let program = Program::new();
    let factor = "sellers[*].steering=0..1/1000";
    let child = start(&program, &["sweep", "small.toml", "--factor", factor, "--no-charts", "--out", "out"]);
    std::thread::sleep(Duration::from_secs(2));
    let output = interrupt(child);
    assert_eq!(output.status.code(), Some(130));
    let said = text(&output.stderr);
    let goes_on = " of 1000 design points were finished and are kept; the same command goes on from there\n";
    assert!(said.ends_with(goes_on), "{said}");
    assert_eq!(program.files("out"), ["manifest.json", "sweep.csv", "sweep_segments.csv", "units.bin"]);
}

#[test]
fn a_sweep_interrupted_before_its_first_point_writes_nothing() {
    let program = Program::new();
    let arguments = ["sweep", "small.toml", "--factor", "sellers[*].steering=0,1", "--days", "20000"];
    let size = ["--set", "market.orders_per_day=100000", "--out", "out"];
    let output = interrupt(start(&program, &[&arguments[..], &size].concat()));
    assert_eq!(output.status.code(), Some(130));
    let said = "interrupted before the first design point was finished: nothing is written\n";
    assert!(text(&output.stderr).ends_with(said), "{}", text(&output.stderr));
    assert_eq!(program.files(""), ["small.toml"]);
}
