//! Into which folders the program puts results, and which it refuses before it simulates anything.

use crate::program::{Program, text};
use std::fs;
use std::process::Stdio;

/// A run that would take hours.
const LONG: [&str; 6] = ["run", "small.toml", "--days", "20000", "--replications", "100000"];

/// What is said of a folder that is refused, which is as it was afterwards.
fn refused(program: &Program, out: &str) -> String {
    let before = program.files("");
    let said = program.fail(1, &[&LONG[..], &["--out", out]].concat());
    assert_eq!(program.files(""), before);
    said
}

#[test]
fn files_of_the_user_are_refused_by_name_and_stay() {
    let program = Program::new();
    fs::create_dir_all(program.path("a/charts")).unwrap();
    for name in ["summary.csv", "report.html"] {
        fs::write(program.path("a").join(name), "mine").unwrap();
    }
    assert_eq!(
        refused(&program, "a"),
        "error: cannot write a: it holds charts, report.html, summary.csv, which redress did not write: move that \
         away, or choose another folder with --out\n"
    );
    assert_eq!(program.read("a/summary.csv"), "mine");
    // A manifest of somebody else makes its files none of ours.
    fs::create_dir(program.path("b")).unwrap();
    fs::write(program.path("b/notes.txt"), "mine").unwrap();
    fs::write(program.path("b/manifest.json"), r#"{"files": ["notes.txt"]}"#).unwrap();
    let said = refused(&program, "b");
    assert!(said.contains("it holds manifest.json, notes.txt, which redress did not write"), "{said}");
    // Nor does one of ours make a file of the same name ours.
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "c"]);
    fs::write(program.path("c/notes.txt"), "mine").unwrap();
    assert!(refused(&program, "c").contains("it holds notes.txt, which redress did not write"));
    fs::remove_file(program.path("c/notes.txt")).unwrap();
    fs::create_dir(program.path("c/mine")).unwrap();
    fs::write(program.path("c/mine/summary.csv"), "mine").unwrap();
    assert!(refused(&program, "c").contains("it holds mine, which redress did not write"));
}

#[test]
fn a_table_that_was_changed_is_refused_by_name_and_one_that_was_removed_is_not() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "out"]);
    fs::write(program.path("out/summary.csv"), "mine").unwrap();
    let said = refused(&program, "out");
    assert!(said.contains("it holds summary.csv, changed since redress wrote it: move that away"), "{said}");
    fs::remove_file(program.path("out/summary.csv")).unwrap();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "out"]);
    assert!(program.read("out/summary.csv").starts_with("scope,"));
}

#[test]
fn results_of_a_version_without_hashes_are_refused_with_the_way_out() {
    let program = Program::new();
    fs::create_dir(program.path("out")).unwrap();
    let manifest = r#"{"version": "0.1.0", "command": "run", "scenario": "", "files": []}"#;
    fs::write(program.path("out/manifest.json"), manifest).unwrap();
    assert_eq!(
        refused(&program, "out"),
        "error: cannot write out: its results are of an older version, which kept no hashes of its files: move or \
         remove the folder, or choose another with --out\n"
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_the_folder_and_never_inside_it() {
    use std::os::unix::fs::symlink;
    let program = Program::new();
    fs::create_dir(program.path("real")).unwrap();
    symlink("real", program.path("link")).unwrap();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "link"]);
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "link", "--seed", "7"]);
    assert!(fs::symlink_metadata(program.path("link")).unwrap().is_symlink());
    assert_eq!(program.files("real").len(), 6);
    // A link to a file with the very bytes that were written is somebody else's all the same.
    fs::rename(program.path("real/summary.csv"), program.path("kept.csv")).unwrap();
    symlink("../kept.csv", program.path("real/summary.csv")).unwrap();
    assert!(refused(&program, "link").contains("it holds summary.csv, which redress did not write"));
    symlink("nowhere", program.path("dangling")).unwrap();
    assert!(refused(&program, "dangling").contains("it is a link that leads nowhere"));
}

#[test]
fn the_folder_that_one_is_in_and_names_that_are_too_long_are_refused_at_once() {
    let program = Program::new();
    let said = refused(&program, ".");
    assert!(said.contains("it is replaced as a whole, and this is the folder that you are in"), "{said}");
    let long = "x".repeat(201);
    let deep = format!("{}out", "d/".repeat(2_040));
    for (out, why) in [
        (
            long.as_str(),
            "its name has 201 bytes, and at most 200 can be used; choose a shorter one with --out",
        ),
        (deep.as_str(), "file name too long; choose a folder with a shorter name or path with --out"),
    ] {
        let said = program.fail(2, &[&LONG[..], &["--out", out]].concat());
        assert!(said.contains(why), "{said}");
        assert_eq!(program.files(""), ["small.toml"]);
    }
    let name = format!("name=\"{long}\"");
    let said = program.fail(2, &[&LONG[..], &["--set", &name]].concat());
    assert!(said.contains("has 201 characters: at most 100 are possible"), "{said}");
}

#[test]
fn a_second_command_on_one_folder_stops_at_once_and_the_first_goes_on() {
    let program = Program::new();
    let arguments = [&LONG[..], &["--out", "out"]].concat();
    let mut first = program.command(&arguments).stdout(Stdio::null()).spawn().unwrap();
    while !program.path(".out.lock").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    for out in ["out", "./out/"] {
        let said = program.fail(1, &["run", "small.toml", "--out", out]);
        let why =
            "another redress is writing there; wait until it is done, or choose another folder with --out";
        assert_eq!(said, format!("error: cannot write {out}: {why}\n"));
    }
    assert!(first.try_wait().unwrap().is_none());
    first.kill().unwrap();
    first.wait().unwrap();
    assert_ne!(program.files(""), ["small.toml"], "the killed one has left something");
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "out"]);
    let files =
        ["daily.csv", "manifest.json", "reasons.csv", "replications.csv", "sellers.csv", "summary.csv"];
    let expected: Vec<String> = files.iter().map(|name| format!("out/{name}")).collect();
    assert_eq!(program.files(""), [&expected[..], &["small.toml".to_owned()]].concat());
}

#[test]
fn an_interrupted_run_leaves_a_complete_result_unless_told_to_replace_it() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "out"]);
    let complete = program.read("out/manifest.json");
    let interrupted = |more: &[&str]| {
        let arguments = ["run", "small.toml", "--no-charts", "--replications", "50000", "--out", "out"];
        let mut command = program.command(&[&arguments[..], more].concat());
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_secs(1));
        let killed = std::process::Command::new("kill")
            .args([crate::program::interruption(), &child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        (text(&output.stdout), text(&output.stderr))
    };
    let (printed, said) = interrupted(&[]);
    assert!(
        said.starts_with(
            "out is left as it was, for it holds a complete result, which an interrupted one replaces only \
                          with --replace-complete; results: out.interrupted\n"
        ),
        "{said}"
    );
    assert!(printed.ends_with("\nresults: out.interrupted\n"), "{printed}");
    assert_eq!(program.read("out/manifest.json"), complete);
    assert!(program.read("out.interrupted/manifest.json").contains("\"interrupted\": true,"));
    let (printed, _) = interrupted(&["--replace-complete"]);
    assert!(printed.ends_with("\nresults: out\n"), "{printed}");
    assert!(program.read("out/manifest.json").contains("\"interrupted\": true,"));
    // What is interrupted itself is replaced by whatever comes.
    let (printed, _) = interrupted(&[]);
    assert!(printed.ends_with("\nresults: out\n"), "{printed}");
}

#[test]
fn results_of_one_command_give_way_to_those_of_another_and_files_of_file_managers_with_them() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--out", "out"]);
    fs::write(program.path("out/.DS_Store"), "x").unwrap();
    fs::write(program.path("out/charts/Thumbs.db"), "x").unwrap();
    program.succeed(&[
        "sweep",
        "small.toml",
        "--factor",
        "sellers[*].steering=0,1",
        "--no-charts",
        "--out",
        "out",
    ]);
    assert_eq!(
        program.files(""),
        ["out/manifest.json", "out/sweep.csv", "out/sweep_segments.csv", "out/units.bin", "small.toml"]
    );
}
