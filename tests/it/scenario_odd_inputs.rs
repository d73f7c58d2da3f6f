//! Input that nobody would write and that a program still has to refuse in a line, soon, and in little memory.

use crate::scenario_errors::{VALID, said, said_of};
use redress::scenario::{Source, Study};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

#[test]
fn a_message_stays_on_one_line_whatever_it_quotes() {
    assert_eq!(
        said(format!("\"a\\u001b[2J\\nb\" = 1\n{VALID}").as_bytes(), &[], &[]),
        "error: DIR/x.toml:1:1: unknown key a\\u{1b}[2J\\nb; valid keys of the top level are name, extends, \
         description, run, market, justice, buyers, sellers, policy"
    );
    assert_eq!(
        said(VALID.as_bytes(), &[], &["run.da\tys=\"3\n"]),
        "error: --set run.da\\tys: \"3 is not a TOML value: invalid basic string, expected `\"`"
    );
}

#[test]
fn a_setting_of_a_hundred_thousand_parts_is_refused() {
    let setting = format!("{}b=1", "a.".repeat(100_000));
    let message = said(VALID.as_bytes(), &[], &[&setting]);
    assert!(message.ends_with(": has more than 100 parts, which no key has"), "{}", message.len());
}

#[test]
fn a_key_of_a_million_letters_is_compared_with_no_other() {
    let long = format!("{} = 1\n{VALID}", "a".repeat(1_000_000));
    let message = said(long.as_bytes(), &[], &[]);
    assert!(message.contains("; valid keys of the top level are name, "), "{}", message.len());
}

#[test]
fn a_line_of_a_hundred_thousand_values_is_read_as_fast_as_as_many_lines() {
    let values = vec!["0.5"; 100_000].join(", ");
    let law = format!("{{ empirical = {{ values = [{values}] }} }}");
    assert_eq!(said(VALID.replace("\"9d\"", &law).as_bytes(), &[], &[]), "valid");
}

#[test]
fn twenty_thousand_segments_of_one_name_are_refused() {
    let segments = "{ name = \"all\" }, ".repeat(20_000);
    let message = said(format!("buyers = [{segments}]").as_bytes(), &[], &[]);
    assert!(message.contains("buyers[9].name = \"all\" is taken"), "{message}");
}

/// What is said of a file that is none to read, where it is the scenario, extended, observed, or a study's.
#[cfg(unix)]
fn said_of_no_file(name: &str, make: impl Fn(&Path)) -> [String; 4] {
    let dir = TempDir::new().unwrap();
    let odd = dir.path().join(name);
    make(&odd);
    let shown = |message: String| message.replace(dir.path().to_str().unwrap(), "DIR");
    let path = odd.display();
    let write = |name: &str, text: String| fs::write(dir.path().join(name), text).unwrap();
    write("extends.toml", format!("extends = \"{path}\""));
    let law = format!("{{ empirical = {{ file = \"{path}\", column = \"days\" }} }}");
    write("observed.toml", VALID.replace("\"9d\"", &law));
    write("study.toml", format!("scenario = \"{path}\"\n[[factor]]\nkey = \"run.days\"\nvalues = [1]"));
    let study = Study::read(&dir.path().join("study.toml")).map_err(|errors| errors.to_string());
    [
        shown(Source::read(&odd).map_err(|errors| errors.to_string()).unwrap_err()),
        shown(said_of(dir.path(), "extends.toml", &[])),
        shown(said_of(dir.path(), "observed.toml", &[])),
        shown(study.unwrap_err()),
    ]
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let make = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let problem = "it is a pipe or a device: write what it gives to a file, and name that";
    assert_eq!(
        said_of_no_file("pipe", make),
        [
            format!("error: DIR/pipe: cannot be read: {problem}"),
            format!("error: DIR/pipe: cannot be read: {problem}"),
            format!("error: DIR/observed.toml:16:39: cannot read DIR/pipe: {problem}"),
            format!("error: DIR/pipe: cannot be read: {problem}"),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_device_that_never_ends_is_not_read() {
    let said = said_of_no_file("zero", |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap());
    for message in said {
        assert!(message.contains("it is a pipe or a device: "), "{message}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in [("large.toml", 1_u64 << 40), ("just.toml", (16 << 20) + 1)] {
        let path = dir.path().join(name);
        // A file with a hole takes no space.
        fs::File::create(&path).unwrap().set_len(bytes).unwrap();
        let said = Source::read(&path).unwrap_err().to_string();
        assert!(said.ends_with(": cannot be read: it is larger than 16 MiB"), "{said}");
    }
}

#[test]
fn files_that_extend_one_another_without_end_are_told_by_the_last_one_looked_at() {
    let dir = TempDir::new().unwrap();
    for number in 0..3000 {
        let text = format!("extends = \"e{}.toml\"\n", number + 1);
        fs::write(dir.path().join(format!("e{number}.toml")), text).unwrap();
    }
    fs::write(dir.path().join("e3000.toml"), VALID).unwrap();
    assert_eq!(
        said_of(dir.path(), "e0.toml", &[]),
        "error: DIR/e63.toml:1:11: extends leads from DIR/e0.toml through more than 64 files, the last of them \
         DIR/e64.toml: put what they say into fewer"
    );
    assert_eq!(said_of(dir.path(), "e2937.toml", &[]), "valid");
}

#[test]
fn names_have_at_most_a_hundred_characters() {
    let long = "ä".repeat(101);
    let shown = "ä".repeat(58);
    let segment = VALID.replacen("name = \"all\"", &format!("name = \"{long}\""), 1);
    assert_eq!(
        said(segment.as_bytes(), &[], &[]),
        format!(
            "error: DIR/x.toml:9:8: buyers[0].name = \"{shown}… has 101 characters: at most 100 are possible"
        )
    );
    let fits = VALID.replacen("name = \"all\"", &format!("name = \"{}\"", &long[2..]), 1);
    assert_eq!(said(fits.as_bytes(), &[], &[]), "valid");
}

#[test]
fn a_message_leaves_out_the_middle_of_what_it_quotes() {
    let field = "x".repeat(3_000_000);
    let law = "{ empirical = { file = \"d.csv\", column = \"days\" } }";
    let observed = VALID.replace("\"9d\"", law);
    for csv in [format!("days\n{field}\n"), format!("{field}\n1\n")] {
        let message = said(observed.as_bytes(), &[("d.csv", &csv)], &[]);
        assert!(message.starts_with("error: ") && message.len() < 4000, "{}", message.len());
    }
}

#[test]
fn of_very_many_violations_the_first_are_shown_and_the_others_counted() {
    let unknown: Vec<String> = (0..100_000).map(|number| format!("k{number} = 1\n")).collect();
    let message = said(format!("{}{VALID}", unknown.concat()).as_bytes(), &[], &[]);
    assert_eq!(message.lines().count(), 51);
    assert!(message.ends_with("\nerror: and 99950 more: mend these first"), "{message}");
}

#[test]
fn a_study_that_sets_millions_of_values_is_refused() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), VALID).unwrap();
    let said = |text: &str| {
        fs::write(dir.path().join("s.toml"), text).unwrap();
        let errors = Study::read(&dir.path().join("s.toml")).unwrap_err();
        errors.to_string().replace(dir.path().to_str().unwrap(), "DIR")
    };
    let keys = "\"run.days\", ".repeat(101);
    assert_eq!(
        said(&format!("scenario = \"x.toml\"\n[[factor]]\nkeys = [{keys}]\nrange = \"1..9/9\"")),
        "error: DIR/s.toml:3:8: factor[0].keys has 101 keys: at most 100 move together"
    );
    let keys = "\"run.days\", ".repeat(100);
    let factor = format!("[[factor]]\nkeys = [{keys}]\nrange = \"1..9/9\"\n");
    assert_eq!(
        said(&format!("scenario = \"x.toml\"\n{}", factor.repeat(5))),
        "error: DIR/s.toml:2:1: the study sets 29524500 values in all: at most 2000000 are possible"
    );
}
