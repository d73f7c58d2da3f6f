//! Units of a plan, run by several processes in any order, twice, and killed, come to the bytes of a sweep.

use crate::program::{Program, text};
use std::fs;
use std::process::{Child, Stdio};
use std::time::Duration;

/// Sixty points of four replications.
const STUDY: [&str; 6] = [
    "small.toml",
    "--factor",
    "sellers[*].accept=0..1/60",
    "--days=30",
    "--replications=4",
    "--set=run.seed=7",
];

fn planned(program: &Program, seconds: &str) -> Vec<String> {
    let options = ["--out", "plan", "--unit-seconds", seconds, "--quiet"];
    program.succeed(&[&["plan"], &STUDY[..], &options].concat());
    program.read("plan/units.txt").lines().map(str::to_owned).collect()
}

fn spawn(program: &Program, ids: &[&str]) -> Child {
    let mut command =
        program.command(&[&["unit", "plan"], ids, &["--threads", "1", "--no-progress"]].concat());
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The files of two folders of results are the same, but for the manifest.
fn assert_same(program: &Program, one: &str, other: &str) {
    let files = program.files(one);
    assert_eq!(program.files(other), files);
    assert!(
        files.contains(&"units.bin".to_owned()) && files.contains(&"report.html".to_owned()),
        "{files:?}"
    );
    for file in files.iter().filter(|file| *file != "manifest.json") {
        let bytes = |folder: &str| program.read_bytes(&format!("{folder}/{file}"));
        assert!(bytes(one) == bytes(other), "{file} differs");
    }
}

#[test]
fn units_run_by_several_processes_and_killed_have_the_bytes_of_one_sweep() {
    let program = Program::new();
    program.succeed(&[&["sweep"], &STUDY[..], &["--out", "swept", "--quiet"]].concat());
    let ids = planned(&program, "0.01");
    assert!(ids.len() > 8, "{} units", ids.len());
    assert!(ids.iter().all(|id| id.len() == 64));
    // A fixed shuffle: 7,919 is a prime and so meets every unit once.
    let shuffled: Vec<&str> = (0..ids.len()).map(|at| ids[at * 7_919 % ids.len()].as_str()).collect();
    let mut kills = 0;
    for round in 0..12_u64 {
        // Two processes with units in common.
        let at = round as usize * shuffled.len() / 12;
        let some: Vec<&str> =
            shuffled.iter().cycle().skip(at).take(shuffled.len() / 6 + 1).copied().collect();
        let mut children = [spawn(&program, &some), spawn(&program, &some[some.len() / 2..])];
        std::thread::sleep(Duration::from_millis(10 + round * 7_919 % 60));
        for (number, child) in children.iter_mut().enumerate() {
            if round % 2 == 0 || number == 0 {
                kills += usize::from(child.try_wait().unwrap().is_none());
                child.kill().unwrap();
            }
            let status = child.wait().unwrap();
            assert!(status.success() || status.code().is_none(), "{status}");
        }
    }
    let said = program.run(&["report", "plan"]);
    if !said.status.success() {
        assert!(text(&said.stderr).contains("units are not finished"), "{}", text(&said.stderr));
        assert!(!program.path("output").exists(), "nothing is written before all units are finished");
    }
    assert!(kills > 0, "no process was killed");
    let missing = program.succeed(&["report", "plan", "--missing"]);
    let mut rest: Vec<&str> = missing.lines().filter(|line| !line.is_empty()).collect();
    rest.push(shuffled[0]);
    let told = program.succeed(&[&["unit", "plan"], &rest[..]].concat());
    assert!(told.contains("units finished in "), "{told}");
    program.succeed(&["report", "plan", "--out", "merged", "--quiet"]);
    assert_same(&program, "swept", "merged");
    assert_eq!(program.succeed(&["report", "plan", "--missing"]), "");
    // Once more into the same folder: it is the same question, and the same bytes.
    program.succeed(&["report", "plan", "--out", "merged", "--quiet"]);
    assert_same(&program, "swept", "merged");
}

#[test]
fn a_point_in_several_units_and_several_points_in_a_unit_come_to_the_same_bytes() {
    let program = Program::new();
    let few = ["small.toml", "--factor", "run.seed=1,2", "--days=14", "--replications=6"];
    program.succeed(&[&["sweep"], &few[..], &["--out", "swept", "--quiet"]].concat());
    for (folder, seconds, units) in [("cut", "0.01", 2..=12), ("together", "100", 1..=1)] {
        program.succeed(&[&["plan"], &few[..], &["--out", folder, "--unit-seconds", seconds]].concat());
        let ids = program.read(&format!("{folder}/units.txt"));
        assert!(units.contains(&ids.lines().count()), "{ids}");
        program.succeed(&[&["unit", folder, "--quiet"], &ids.lines().collect::<Vec<_>>()[..]].concat());
        program.succeed(&["report", folder, "--out", "merged", "--quiet"]);
        assert_same(&program, "swept", "merged");
    }
}

#[test]
fn a_report_says_which_units_are_missing_and_partially_tells_of_the_others() {
    let program = Program::new();
    let ids = planned(&program, "0.01");
    let said = program.fail(1, &["report", "plan"]);
    let all = format!("{0} of {0} units are not finished ({1}, ", ids.len(), &ids[0][..12]);
    assert!(said.contains(&all), "{said}");
    assert!(said.contains("redress report plan --missing | xargs redress unit plan"), "{said}");
    assert!(program.fail(1, &["report", "plan", "--partial"]).contains("no design point is finished"));
    assert!(!program.path("output").exists());
    let half: Vec<&str> = ids[..ids.len() / 2].iter().map(String::as_str).collect();
    program.succeed(&[&["unit", "plan", "--quiet"], &half[..]].concat());
    let output = program.run(&["report", "plan", "--partial", "--out", "so_far", "--no-charts"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("design points are left out"), "{}", text(&output.stderr));
    assert!(program.read("so_far/manifest.json").contains("\"interrupted\": true"));
    program.succeed(&[&["sweep"], &STUDY[..], &["--out", "swept", "--no-charts", "--quiet"]].concat());
    let (some, all) = (program.read("so_far/sweep.csv"), program.read("swept/sweep.csv"));
    assert!(
        all.starts_with(&some) && some.lines().count() > 1,
        "the points that are finished, as a sweep has them"
    );
}

#[test]
fn what_is_no_unit_of_the_plan_is_refused_with_the_file_and_the_way_out() {
    let program = Program::new();
    let ids = planned(&program, "1000");
    let id = ids[0].as_str();
    program.succeed(&["unit", "plan", &id[..10], "--quiet"]);
    let path = program.path(&format!("plan/units/{id}.bin"));
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    // A whole unit of other replications, and one of another version.
    let few = ["plan", "small.toml", "--factor", "run.seed=1,2", "--days=5", "--out", "other", "--quiet"];
    program.succeed(&few);
    let other = program.read("other/units.txt");
    program.succeed(&["unit", "other", other.trim(), "--quiet"]);
    let foreign = fs::read(program.path(&format!("other/units/{}.bin", other.trim()))).unwrap();
    let older = [b"redress units 1, version 0.0.1, values 1\n", &whole[whole.len() / 2..]].concat();
    for wrong in [&whole[..whole.len() - 3], &flipped, b"mine", b"", &foreign, &older] {
        fs::write(&path, wrong).unwrap();
        for arguments in [&["report", "plan"][..], &["unit", "plan", id]] {
            let said = program.fail(1, arguments);
            assert!(said.contains(&format!("{id}.bin")) && said.contains("run the unit again"), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
        assert_eq!(fs::read(&path).unwrap(), wrong, "it is left as it is");
        assert!(!program.path("output").exists(), "nothing is written");
    }
    fs::remove_file(&path).unwrap();
    program.succeed(&["unit", "plan", id, "--quiet"]);
    assert_eq!(fs::read(&path).unwrap(), whole, "the same unit has the same bytes");
}

#[test]
fn a_plan_that_was_changed_or_is_none_is_refused() {
    let program = Program::new();
    planned(&program, "0.01");
    let said = program.fail(2, &["plan", "small.toml", "--factor", "run.seed=1,2", "--out", "plan"]);
    assert!(said.contains("plan holds another plan: choose another folder with --out"), "{said}");
    let said = program.fail(2, &["plan", "small.toml", "--factor", "run.seed=1,2", "--out", "."]);
    assert!(said.contains("is not empty and holds no plan"), "{said}");
    assert!(program.fail(2, &["unit", "plan", "0"]).contains(" unit"), "none or several");
    assert!(program.fail(2, &["unit", "plan", "xyz"]).contains("units.txt lists them"));
    assert!(program.fail(2, &["report", "nowhere"]).contains("redress plan STUDY --out nowhere"));
    let plan = program.read("plan/plan.json");
    for (from, to, why) in [
        ("\"first\":0", "\"first\":1", "was changed: plan the study again"),
        ("\"version\":\"", "\"version\":\"9", "plan the study again"),
        ("stock_out", "stuck_out", ""),
        ("{", "[", "is no plan"),
    ] {
        fs::write(program.path("plan/plan.json"), plan.replacen(from, to, 1)).unwrap();
        for command in ["report", "unit"] {
            let id = program.read("plan/units.txt")[..64].to_owned();
            let arguments = if command == "unit" {
                vec!["unit", "plan", &id]
            } else {
                vec!["report", "plan", "--partial"]
            };
            let output = program.run(&arguments);
            assert!(!output.status.success(), "{to}");
            assert!(text(&output.stderr).contains(why), "{to}: {}", text(&output.stderr));
        }
    }
}

#[test]
fn a_study_whose_replications_depend_on_precision_is_not_planned() {
    let program = Program::new();
    fs::write(
        program.path("precise.toml"),
        "extends = \"small.toml\"\nrun = { precision = [\"dispute_rate=5%\"] }\n",
    )
    .unwrap();
    let precise = ["plan", "precise.toml", "--factor", "run.seed=1,2", "--out", "plan"];
    let said = program.fail(2, &precise);
    assert!(said.contains("run.precision") && said.contains("--replications N"), "{said}");
    let way_out = ["--set", "run.precision=[]", "--replications", "3", "--quiet"];
    program.succeed(&[&precise[..], &way_out].concat());
}
