//! A sweep that is killed again and again comes to the same bytes, and no finished unit is simulated twice.

use crate::program::Program;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Kills of one sweep.
const KILLS: usize = 20;

/// Four hundred points of two replications each.
const SWEEP: [&str; 10] = [
    "sweep",
    "small.toml",
    "--factor",
    "sellers[*].accept=0..1/400",
    "--days",
    "60",
    "--no-charts",
    "--no-progress",
    "--threads",
    "2",
];

/// The units in a store, each by the bytes that say what it depends on and which replications it is; a record that was cut off
/// at the end is none. Fails if one is there twice.
fn units(store: &Path) -> BTreeSet<Vec<u8>> {
    let bytes = fs::read(store).unwrap_or_default();
    let mut units = BTreeSet::new();
    let mut at = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| end + 1);
    while let Some(head) = bytes.get(at..at + 44) {
        let length = u32::from_le_bytes(head[..4].try_into().unwrap()) as usize;
        let end = at + 44 + length + 8;
        if end > bytes.len() {
            break;
        }
        assert!(units.insert(head[4..].to_vec()), "a unit was simulated twice");
        at = end;
    }
    units
}

#[test]
fn a_sweep_killed_at_twenty_moments_has_the_bytes_of_an_undisturbed_one_and_no_unit_twice() {
    let program = Program::new();
    program.succeed(&[&SWEEP[..], &["--out", "undisturbed", "--quiet"]].concat());
    let store = program.path(".out.units");
    let mut known = BTreeSet::new();
    let mut grown = 0;
    for kill in 0..KILLS {
        let mut child =
            program.command(&[&SWEEP[..], &["--out", "out", "--quiet"]].concat()).spawn().unwrap();
        // Every other one is killed while it begins, the others when they have finished a unit more: then sooner or later.
        while kill % 2 == 1 && units(&store).len() <= known.len() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros((kill as u64 * 7_919) % 40_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = units(&store);
        assert!(found.is_superset(&known), "kill {kill} lost a finished unit");
        grown += usize::from(found.len() > known.len());
        known = found;
        assert!(!program.path("out").exists(), "nothing is published before all is done");
    }
    assert!(
        grown >= KILLS / 2 && known.len() < 400,
        "{} units after {grown} kills that came to some",
        known.len()
    );
    let printed = program.succeed(&[&SWEEP[..], &["--out", "out"]].concat());
    let said = format!("{} of 800 replications were known from before", 2 * known.len());
    assert!(printed.contains(&said), "{said}: {printed}");
    let files = program.files("undisturbed");
    assert_eq!(program.files("out"), files);
    for file in files.iter().filter(|file| *file != "manifest.json") {
        let (one, other) = (format!("out/{file}"), format!("undisturbed/{file}"));
        assert_eq!(program.read_bytes(&one), program.read_bytes(&other), "{file}");
    }
    assert_eq!(units(&program.path("out/units.bin")).len(), 400);
    assert!(!store.exists());
}
