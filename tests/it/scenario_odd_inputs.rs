//! Input that nobody would write and that a program still has to refuse in a line, soon, and in little memory.

use crate::scenario_errors::{VALID, said};
use redress::scenario::{Source, Study};
use std::fs;
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
    assert!(message.contains("buyers[19999].name = \"all\" is taken"));
}

#[cfg(unix)]
#[test]
fn a_device_that_never_ends_is_not_read_to_its_end() {
    let text = VALID.replace("\"9d\"", "{ empirical = { file = \"/dev/zero\", column = \"days\" } }");
    assert_eq!(
        said(text.as_bytes(), &[], &[]),
        "error: DIR/x.toml:16:39: cannot read /dev/zero: it is larger than 256 MiB"
    );
    let scenario = Source::read("/dev/zero".as_ref()).map_err(|errors| errors.to_string());
    assert_eq!(scenario.unwrap_err(), "error: /dev/zero: cannot be read: it is larger than 16 MiB");
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
