//! Files of observed values, as spreadsheets and people write them: read, or refused with the line and the way out.

use crate::scenario_errors::VALID;
use redress::scenario::{Scenario, Source, Study};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The valid scenario with a transit time from `x.csv`, with further keys.
fn scenario(keys: &str) -> String {
    VALID.replace("\"9d\"", &format!("{{ empirical = {{ file = \"x.csv\", column = {keys} }} }}"))
}

fn resolve(folder: &Path, text: &str) -> Result<Scenario, String> {
    fs::write(folder.join("x.toml"), text).unwrap();
    let resolved = Source::read(&folder.join("x.toml")).and_then(|source| source.resolve());
    resolved.map_err(|errors| errors.to_string().replace(folder.to_str().unwrap(), "DIR"))
}

/// The transit times in the resolved text, or what is said of the file.
fn read(keys: &str, csv: &[u8]) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.csv"), csv).unwrap();
    match resolve(dir.path(), &scenario(keys)) {
        Ok(scenario) => {
            let line = scenario.resolved.lines().find(|line| line.starts_with("transit_time")).unwrap();
            let values = line.split(['[', ']']).nth(1).unwrap_or(line);
            values.to_owned()
        }
        Err(message) => message,
    }
}

#[test]
fn a_message_names_the_line_that_an_editor_shows() {
    for (csv, line) in [
        ("id,hours\r\n1,2\r\n2,bad\r\n3,4\r\n", 3),
        ("id,hours\n1,2\n\n\n2,bad\n", 5),
        ("\n\nid,hours\r\n\r\n1,2\r\n\r\n2,bad", 7),
        ("id,hours\r1,2\r2,bad\r", 3),
        ("id,hours\n\"1\n2\n3\",2\n2,bad\n", 5),
        ("\u{feff}id,hours\r\n1,2\r\n2,bad\r\n", 3),
    ] {
        let message = read("\"hours\"", csv.as_bytes());
        let start =
            format!("error: DIR/x.csv:{line}:1: column hours holds \"bad\": expected a number from 0");
        assert!(message.starts_with(&start), "{csv:?}: {message}");
    }
}

#[test]
fn wrong_cells_are_all_counted_and_the_first_few_shown() {
    let csv = "hours\n1\nx\n2\ny\n-3\nz\n";
    assert_eq!(
        read("\"hours\"", csv.as_bytes()),
        "error: DIR/x.csv:3:1: column hours holds \"x\": expected a number from 0, or a duration such as 2h 30m or \
         02:30:00; so 4 of 6 rows are wrong: \"y\" on line 5, \"-3\" on line 6, ..."
    );
    let long = format!("hours\n{}\n", "9x".repeat(1_000_000));
    assert!(read("\"hours\"", long.as_bytes()).len() < 300);
    let head = format!("{}\n1\n", "column,".repeat(100_000));
    assert!(read("\"hours\"", head.as_bytes()).len() < 500);
}

#[test]
fn the_first_line_of_a_file_that_is_no_csv_file_is_not_shown() {
    for secret in ["root:x:0:0:root:/root:/bin/sh\n", "-----BEGIN KEY-----\nabc\n", "user,password=abc\n"] {
        assert_eq!(
            read("\"hours\"", secret.as_bytes()),
            "error: DIR/x.toml:16:39: DIR/x.csv has no column hours, and its first row does not name columns"
        );
    }
    let names = read("\"hours\"", b"id,Delay (days),n_2\n1,2,3\n");
    assert!(names.ends_with("has no column hours: columns are id, Delay (days), n_2"), "{names}");
}

#[test]
fn rows_without_any_value_are_passed_over_and_missing_values_by_key() {
    assert_eq!(read("\"hours\"", b"id,hours\n1,2\n,\n2,4\n,,,\n , \n"), "7200.0, 14400.0");
    let csv = b"id,hours\n1,\n2,NA\n3,NaN\n4,5\n5,-\n";
    let message = read("\"hours\"", csv);
    assert!(
        message.contains("; so 4 of 5 rows are wrong: \"NA\" on line 3, \"NaN\" on line 4, ..."),
        "{message}"
    );
    assert!(message.ends_with("; missing = \"skip\" leaves out rows without a value"), "{message}");
    assert_eq!(read("\"hours\", missing = \"skip\"", csv), "18000.0");
    let none = read("\"hours\", missing = \"skip\"", b"id,hours\n1,\n");
    assert_eq!(none, "error: DIR/x.toml:16:39: DIR/x.csv has no values");
    let ragged = read("\"hours\"", b"id,hours\n1,2\n2\n");
    assert_eq!(ragged, "error: DIR/x.csv:3:1: the row has 1 cells and the head 2: expected as many");
}

#[test]
fn a_column_that_is_there_twice_is_refused() {
    assert_eq!(
        read("\"hours\"", b"hours,id,hours\n2,1,200\n"),
        "error: DIR/x.toml:16:39: DIR/x.csv has 2 columns named hours, the first two in places 1 and 3: give each a name \
         of its own"
    );
    assert_eq!(read("\"hours\"", b"id,hours,id\n2,1,200\n"), "3600.0");
}

#[test]
fn files_of_other_countries_and_spreadsheets_are_read() {
    let semicolon = "größe;hours\r\n1;2,5\r\n2;4,25\r\n";
    assert_eq!(
        read("\"hours\"", semicolon.as_bytes()),
        "error: DIR/x.toml:16:39: DIR/x.csv separates its columns otherwise: write separator = \";\" and decimal = \",\""
    );
    let keys = "\"hours\", separator = \";\", decimal = \",\"";
    let latin: Vec<u8> = semicolon.chars().map(|letter| letter as u8).collect();
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(semicolon.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [semicolon.as_bytes(), &latin, &wide, &[b"\xEF\xBB\xBF", semicolon.as_bytes()].concat()] {
        assert_eq!(read(keys, bytes), "9000.0, 15300.0");
    }
    assert_eq!(read("\"größe\", separator = \";\", unit = \"1h\"", &latin), "3600.0, 7200.0");
    assert_eq!(read("\"hours\", separator = \"tab\"", b"id\thours\n1\t2\n"), "7200.0");
    let comma = read("\"hours\", separator = \";\"", b"id;hours\n1;2,5\n");
    assert!(
        comma.ends_with(
            "holds \"2,5\": expected a number from 0, or a duration such as 2h 30m or 02:30:00; for a \
                             decimal comma write decimal = \",\""
        ),
        "{comma}"
    );
    let single = read("\"hours\"", b"hours\n2,5\n");
    assert!(single.ends_with("write separator = \";\" and decimal = \",\""), "{single}");
    assert_eq!(read(keys, b"hours\n2,5\n"), "9000.0");
    for no_text in [&b"PK\x03\x04\x14\0"[..], b"hours\n\0\0\n"] {
        assert!(read("\"hours\"", no_text).contains("save"), "{no_text:?}");
    }
}

#[test]
fn durations_are_read_as_redress_and_spreadsheets_write_them() {
    assert_eq!(read("\"delay\"", b"delay\n2h 30m\n02:30:00\n1d\n"), "9000.0, 9000.0, 86400.0");
    let number = read("\"accept\"", b"accept\n1\n");
    assert_eq!(
        number,
        "error: DIR/x.toml:16:57: missing key sellers[0].transit_time.empirical.unit: column accept, which reaches 1.0, \
         says no unit as days or delay_hours would: for example unit = \"1d\""
    );
}

#[test]
fn a_unit_is_asked_for_or_said_by_the_name_of_the_column() {
    assert_eq!(read("\"days\"", b"days\n2\n"), "172800.0");
    assert_eq!(read("\"Delay (hours)\"", b"Delay (hours)\n2\n"), "7200.0");
    assert_eq!(read("\"delay\", unit = \"1m\"", b"delay\n2\n"), "120.0");
    assert_eq!(read("\"days\", unit = \"1h\"", b"days\n2\n"), "7200.0");
    assert_eq!(
        read("\"days\", unit = \"0s\"", b"days\n2\n"),
        "error: DIR/x.toml:16:72: sellers[0].transit_time.empirical.unit = \"0s\" is out of range: expected a duration \
         longer than 0, such as \"1h\""
    );
}

#[test]
fn observed_delays_are_held_to_the_longest_duration() {
    let message = read("\"hours\"", b"hours\n432000\n864000\n");
    assert_eq!(
        message,
        "error: DIR/x.toml:16:39: column hours of DIR/x.csv reaches 864000.0, with unit = \"1h\" that is 36000 days: at \
         most 20000 are possible; write the unit of its numbers, such as unit = \"1m\""
    );
    let written = message.rsplit_once("such as ").unwrap().1;
    assert_eq!(read(&format!("\"hours\", {written}"), b"hours\n432000\n864000\n"), "25920000.0, 51840000.0");
    let dir = TempDir::new().unwrap();
    let inline = VALID.replace("\"9d\"", "{ empirical = { values = [1, 20001] } }");
    let message = resolve(dir.path(), &inline).unwrap_err();
    assert!(
        message.contains("transit_time.empirical.values reaches 20001.0, with unit = \"1d\""),
        "{message}"
    );
}

#[test]
fn a_long_column_is_named_with_its_hash_and_resolves_again() {
    let dir = TempDir::new().unwrap();
    let rows = |count: u32| {
        let rows: Vec<String> = (0..count).map(|row| format!("{row},{}\n", row % 977)).collect();
        rows.concat()
    };
    fs::create_dir(dir.path().join("sets")).unwrap();
    fs::write(dir.path().join("sets/x.csv"), format!("id,minutes\n{}", rows(150_000))).unwrap();
    let text = scenario("\"minutes\"").replace("x.csv", "sets/x.csv");
    let first = resolve(dir.path(), &text).unwrap();
    assert!(first.resolved.len() < 5_000, "{}", first.resolved.len());
    assert!(
        first.resolved.contains("file = \"sets/x.csv\", column = \"minutes\", unit = \"1m\", sha256 = \"")
    );
    let again = resolve(dir.path(), &first.resolved).unwrap();
    assert_eq!((&again.hash, &again.resolved), (&first.hash, &first.resolved));
    assert!(again.world == first.world);
    fs::write(dir.path().join("sets/x.csv"), format!("id,minutes\n{}", rows(149_999))).unwrap();
    let message = resolve(dir.path(), &first.resolved).unwrap_err();
    assert!(message.contains("DIR/sets/x.csv has changed: its SHA-256 is "), "{message}");
    assert_ne!(resolve(dir.path(), &text).unwrap().hash, first.hash);
}

#[test]
fn a_file_is_read_once_for_all_points_of_a_study() {
    let dir = TempDir::new().unwrap();
    let csv = dir.path().join("x.csv");
    fs::write(&csv, "hours\n1\n2\n").unwrap();
    fs::write(dir.path().join("x.toml"), scenario("\"hours\"")).unwrap();
    let study = Study::from_factors(&dir.path().join("x.toml"), &["sellers[*].accept=0..1/60"]).unwrap();
    study.source().resolve().unwrap();
    fs::remove_file(&csv).unwrap();
    assert_eq!(study.scenarios().unwrap().len(), 60);
}

#[test]
fn an_observed_delay_beside_an_inherited_silence_is_remarked_on() {
    let dir = TempDir::new().unwrap();
    let base = VALID.replace("delay = \"2d\"", "delay = \"2d\"\nnever = 0.1");
    fs::write(dir.path().join("base.toml"), base).unwrap();
    let own = |response: &str| {
        let text =
            format!("extends = \"base.toml\"\n[[sellers]]\nname = \"all\"\nresponse = {{ {response} }}\n");
        let remarks = resolve(dir.path(), &text).unwrap().remarks;
        remarks.join("\n").replace(dir.path().to_str().unwrap(), "DIR")
    };
    let observed = "delay = { empirical = { values = [1, 2] } }";
    assert_eq!(
        own(observed),
        "sellers[0].response.never = 0.1 comes from DIR/base.toml:21:9 and holds beside the observed delay as well: write \
         never next to the delay, 0 if every observed case was answered"
    );
    assert_eq!(own(&format!("{observed}, never = 0")), "");
    assert_eq!(own("delay = \"3d\""), "");
}
