//! Ctrl-C and requests to end: heeded within half a second wherever a command is, by what keeps results and leaves nothing
//! half-written. Tests allow for a machine that is busy with others.

#![cfg(unix)]

use crate::program::{Program, interruption, text};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// How many hundredths of a second the end may take on a machine that is busy with other tests.
const SOON: u32 = 500;

fn start(program: &Program, arguments: &[&str]) -> Child {
    let mut command = program.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until the folder of results is locked: then input has been read, and the simulation begins.
fn wait_for_out(program: &Program, child: &mut Child) {
    for _ in 0..600 {
        if program.path(".out.lock").exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    panic!("it does not start: {:?}", child.wait());
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Sends a signal, and gives what becomes of the command, which must end soon.
fn ended_by(mut child: Child, signal: &str) -> Output {
    send(&child, signal);
    for _ in 0..SOON {
        if child.try_wait().unwrap().is_some() {
            return child.wait_with_output().unwrap();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("{signal} is not heeded: {:?}", child.wait_with_output());
}

#[test]
fn a_day_of_ten_million_orders_stops_in_the_middle() {
    let program = Program::new();
    let arguments = ["run", "small.toml", "--days", "1", "--out", "out", "--quiet", "--threads", "1"];
    let settings = "run.warm_up_days=0 market.orders_per_day=1e7 market.sellers=1000 market.search.position_exponent=0 \
                    sellers[*].attractiveness=1";
    let settings = settings.split_whitespace().flat_map(|setting| ["--set", setting]);
    let mut child = start(&program, &arguments.into_iter().chain(settings).collect::<Vec<_>>());
    wait_for_out(&program, &mut child);
    std::thread::sleep(Duration::from_millis(200));
    let output = ended_by(child, interruption());
    let said = "interrupted before the first replication was finished: nothing is written\n";
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(130), said.to_owned()));
    assert_eq!(program.files(""), ["small.toml"]);
}

#[test]
fn of_a_hundred_thousand_replications_none_is_begun_after_the_interruption() {
    let program = Program::new();
    let arguments = ["run", "small.toml", "--no-charts", "--replications", "100000", "--out", "out"];
    let mut child = start(&program, &arguments);
    wait_for_out(&program, &mut child);
    std::thread::sleep(Duration::from_secs(1));
    let output = ended_by(child, "-TERM");
    assert_eq!(output.status.code(), Some(130));
    assert!(text(&output.stderr).ends_with(" of 100000 replications were finished and are kept\n"));
    assert!(program.path("out/manifest.json").exists());
}

#[test]
fn a_grid_of_ten_thousand_points_is_left_while_its_points_are_read() {
    let program = Program::new();
    let factors =
        ["--factor", "sellers[*].steering=0..1/100", "--factor", "sellers[*].offline_offer=0..1/100", "-q"];
    let child = start(&program, &[&["sweep", "small.toml", "--out", "out"][..], &factors].concat());
    std::thread::sleep(Duration::from_millis(500));
    let output = ended_by(child, interruption());
    let said = "interrupted before anything was simulated: nothing is written\n";
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(130), said.to_owned()));
    assert_eq!(program.files(""), ["small.toml"]);
}

#[test]
fn two_requests_at_once_are_one_as_timeout_sends_them() {
    let program = Program::new();
    let arguments = ["run", "small.toml", "--no-charts", "--replications", "100000", "--out", "out"];
    let mut child = start(&program, &arguments);
    wait_for_out(&program, &mut child);
    std::thread::sleep(Duration::from_secs(1));
    send(&child, interruption());
    let output = ended_by(child, "-TERM");
    assert_eq!(output.status.code(), Some(130));
    assert!(text(&output.stderr).ends_with(" of 100000 replications were finished and are kept\n"));
}

/// Starts a command that is told to ignore a signal, as `nohup` and the background of a script do.
#[cfg(target_os = "linux")]
fn start_ignoring(program: &Program, signal: &str, arguments: &str) -> Child {
    let redress = program.command(&[]);
    let script = format!("trap '' {signal}; exec {} {arguments}", redress.get_program().display());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(program.path(""));
    shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_the_caller_ignores_stays_ignored_and_the_others_are_heeded() {
    let program = Program::new();
    for signal in ["INT", "HUP"] {
        let command = "run small.toml --no-charts --replications 100000 --out out";
        let mut child = start_ignoring(&program, signal, command);
        wait_for_out(&program, &mut child);
        std::thread::sleep(Duration::from_millis(500));
        send(&child, &format!("-{signal}"));
        std::thread::sleep(Duration::from_millis(500));
        assert!(child.try_wait().unwrap().is_none(), "{signal} is not ignored");
        let output = ended_by(child, "-TERM");
        assert_eq!((output.status.code(), output.status.signal()), (Some(130), None));
        fs::remove_dir_all(program.path("out")).unwrap();
    }
}
