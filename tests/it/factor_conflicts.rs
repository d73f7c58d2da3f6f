//! Factors that would make a table untrue are refused before anything is simulated.

use crate::scenario_errors::VALID;
use redress::export::sweep_tables;
use redress::scenario::{Source, Study};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A world of two segments, so that a pattern sets more than a name.
fn world() -> String {
    let second = "[[sellers]]\nname = \"slow\"\nshare = 0\nhandling_time = \"1d\"\ntransit_time = \"9d\"\naccept = 0.8\n\
                  loss = { beta = { alpha = 1, beta = 9 } }\nresponse.delay = \"2d\"\n[policy]";
    VALID.replace("[policy]", second)
}

/// What is said of factors of the command line.
fn said_of(factors: &[&str]) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), world()).unwrap();
    match Study::from_factors(&dir.path().join("x.toml"), factors) {
        Ok(_) => "valid".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

/// What is said of a study file of one factor with these lines.
fn said_of_factor(lines: &str) -> String {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), world()).unwrap();
    let text = format!("scenario = \"x.toml\"\n[[factor]]\n{lines}\n");
    fs::write(dir.path().join("s.toml"), text).unwrap();
    match Study::read(&dir.path().join("s.toml")) {
        Ok(_) => "valid".to_owned(),
        Err(errors) => errors.to_string().replace(dir.path().to_str().unwrap(), "DIR"),
    }
}

#[test]
fn two_factors_that_set_the_same_key_are_refused() {
    for pair in [
        ["run.days=1,2", "run.days=1,3"],
        ["sellers[*].accept=0.1,0.9", "sellers[0].accept=0.3,0.4"],
        ["sellers[1].accept=0.1,0.9", "sellers[*].accept=0.3,0.4"],
        ["sellers.slow.accept=0.1,0.9", "sellers[1].accept=0.3,0.4"],
        ["sellers.\"slow\".accept=0.1,0.9", "sellers.slow.accept=0.3,0.4"],
        ["sellers[0].loss={beta={alpha=1,beta=9}},{beta={alpha=2,beta=9}}", "sellers[0].loss.beta.alpha=1,2"],
        ["sellers[1].loss.beta.alpha=1,2", "sellers[1].loss={beta={alpha=1,beta=9}},{beta={alpha=2,beta=9}}"],
        ["sellers[1].loss.beta.alpha=1,2", "sellers[1].loss.uniform.max=0.1,0.2"],
        ["sellers[0].response.delay=1d,2d", "sellers[0].response.desk.agents=1,2"],
        ["sellers[*].response={delay=\"1d\"},{delay=\"2d\"}", "sellers[0].response.delay=1d,2d"],
        ["market.search.position_exponent=0.5,1", "market.search.click_shares=[1],[2,1]"],
    ] {
        for factors in [pair, [pair[1], pair[0]]] {
            let message = said_of(&factors);
            assert!(message.contains(" has no effect, or not everywhere: factor "), "{factors:?}: {message}");
            assert_eq!(message.lines().count(), 1, "{message}");
        }
    }
    for apart in [
        ["sellers[0].accept=0.1,0.9", "sellers[1].accept=0.3,0.4"],
        ["sellers.all.accept=0.1,0.9", "sellers.slow.accept=0.3,0.4"],
        ["sellers[1].loss.beta.alpha=1,2", "sellers[1].loss.beta.beta=8,9"],
        ["sellers[*].response.delay=1d,2d", "sellers[*].response.never=0.1,0.2"],
    ] {
        assert_eq!(said_of(&apart), "valid");
    }
    assert_eq!(
        said_of_factor("keys = [\"run.days\", \"run.days\"]\nvalues = [1, 2]"),
        "error: DIR/s.toml:2:1: factor run.days + run.days sets run.days twice, last as run.days"
    );
}

#[test]
fn equal_levels_and_equal_labels_are_refused() {
    for (lines, said) in [
        (
            "key = \"sellers[*].accept\"\nvalues = [0.1, 0.9]\nlabels = [\"a\", \"a\"]",
            "error: DIR/s.toml:4:16: factor sellers[*].accept has the label \"a\" twice: its levels must differ",
        ),
        (
            "key = \"run.seed\"\nvalues = [1, 2, 1.0]",
            "error: DIR/s.toml:4:17: factor run.seed has the value \"1\" twice: its levels must differ",
        ),
        (
            "key = \"policy.shipment.deadline\"\nvalues = [\"48h\", \"2d\"]\nlabels = [\"a\", \"b\"]",
            "error: DIR/s.toml:4:18: factor policy.shipment.deadline has the value \"b\" twice: its levels must differ",
        ),
        (
            "key = \"sellers[*].transit_time\"\nrange = \"1s..3s/9\"",
            "error: DIR/s.toml:4:9: factor sellers[*].transit_time has the value \"1s\" twice: its levels must differ",
        ),
    ] {
        assert_eq!(said_of_factor(lines), said);
    }
    assert_eq!(said_of_factor("key = \"run.seed\"\nvalues = [1, 2]\nlabels = [\"a\", \"b\"]"), "valid");
}

#[test]
fn a_factor_is_not_named_like_another_column() {
    for column in [false, true].into_iter().flat_map(|by_group| sweep_tables::columns(&[], by_group)) {
        let column = column.name;
        let message = said_of_factor(&format!("name = \"{column}\"\nkey = \"run.seed\"\nvalues = [1, 2]"));
        let wanted = format!("a factor cannot be named {column}: that is another column of the table");
        assert!(message.contains(&wanted), "{column}: {message}");
    }
    let empty = said_of_factor("name = \" \"\nkey = \"run.seed\"\nvalues = [1, 2]");
    assert!(empty.contains("the name of a factor is empty"), "{empty}");
    let two = "name = \"a\"\nkey = \"run.seed\"\nvalues = [1, 2]\n[[factor]]\nname = \"a\"\nkey = \"run.days\"\nvalues = [1]";
    let two = said_of_factor(two);
    assert_eq!(
        two,
        "error: DIR/s.toml:6:1: two factors are named \"a\": write another name, which is the head of a column"
    );
}

#[test]
fn a_setting_that_a_factor_hides_is_refused() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.toml"), world()).unwrap();
    let said = |factor: &str, settings: &[&str]| {
        let mut study = Study::from_factors(&dir.path().join("x.toml"), &[factor]).unwrap();
        for setting in settings {
            study.source_mut().set(setting).unwrap();
        }
        let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
        study.reject_hidden(&settings).map_or_else(|errors| errors.to_string(), |()| "valid".to_owned())
    };
    assert_eq!(
        said("sellers[*].accept=0.1,0.9", &["sellers[*].accept=0.5"]),
        "error: --set sellers[*].accept: has no effect: factor sellers[*].accept sets sellers[*].accept at every point; \
         remove one of the two"
    );
    for (factor, setting) in [
        ("sellers[*].accept=0.1,0.9", "sellers.slow.accept=0.5"),
        ("sellers[1].loss.beta.alpha=1,2", "sellers[1].loss=0.1"),
        ("sellers[*].response.desk.agents=1,2", "sellers[0].response.delay=3d"),
    ] {
        assert!(said(factor, &[setting]).contains("has no effect"), "{factor} and {setting}");
    }
    for (factor, setting) in [
        ("sellers[0].accept=0.1,0.9", "sellers[*].accept=0.5"),
        ("sellers[*].accept=0.1,0.9", "sellers[*].loss=0.5"),
        ("sellers[1].loss.beta.alpha=1,2", "sellers[1].loss={beta={alpha=1,beta=8}}"),
    ] {
        assert_eq!(said(factor, &[setting]), "valid", "{factor} and {setting}");
    }
    let days =
        said_of_factor("key = \"run.seed\"\nvalues = [1]\n[[factor]]\nkey = \"run.days\"\nvalues = [1, 2]");
    assert_eq!(days, "valid");
    fs::write(
        dir.path().join("s.toml"),
        "scenario = \"x.toml\"\ndays = 5\n[[factor]]\nkey = \"run.days\"\nvalues = [1]\n",
    )
    .unwrap();
    let errors = Study::read(&dir.path().join("s.toml")).unwrap_err().to_string();
    assert!(errors.ends_with(
        "s.toml:2:8: has no effect: factor run.days sets run.days at every point; remove one of the two"
    ));
}

#[test]
fn of_two_settings_of_one_key_the_later_wins() {
    let resolved = |settings: &[&str]| {
        let mut source = Source::from_text("x.toml", &world()).unwrap();
        for setting in settings {
            source.set(setting).unwrap();
        }
        let world = source.resolve().unwrap().world;
        world.sellers.iter().map(|segment| segment.accept.mean()).collect::<Vec<f64>>()
    };
    assert_eq!(resolved(&["sellers[0].accept=0.1", "sellers[*].accept=0.2"]), [0.2, 0.2]);
    assert_eq!(resolved(&["sellers[*].accept=0.2", "sellers[0].accept=0.1"]), [0.1, 0.2]);
}

#[test]
fn a_surge_of_which_no_day_is_simulated_is_remarked_on() {
    let remarks = |surges: &str| {
        let mut source = Source::from_text("x.toml", VALID).unwrap();
        source.set(&format!("market.surges={surges}")).unwrap();
        source.resolve().unwrap().remarks.join("\n")
    };
    assert_eq!(
        remarks("[{ first_day = 250, days = 3, multiplier = 2 }]"),
        "market.surges[0], of days 250 to 252, has no effect: the run has days -90 to 29"
    );
    assert_eq!(remarks("[{ first_day = -91, days = 1, multiplier = 2 }]").lines().count(), 1);
    assert_eq!(remarks("[{ first_day = -91, days = 2, multiplier = 2 }]"), "");
    assert_eq!(remarks("[{ first_day = 29, days = 100, multiplier = 2 }]"), "");
    let many = vec!["{ first_day = 250, days = 3, multiplier = 1 }"; 100].join(", ");
    assert!(remarks(&format!("[{many}]")).ends_with("the same holds for 97 more surges"));
}

#[test]
fn a_constant_for_segments_that_had_distributions_is_remarked_upon() {
    let remarks = |setting: &str| {
        let mut source = Source::read(Path::new("scenarios/baseline.toml")).unwrap();
        source.set(setting).unwrap();
        source.resolve().unwrap().remarks.join("\n")
    };
    assert_eq!(
        remarks("sellers[*].response.delay=2d"),
        "sellers[*].response.delay = 2d is the same constant for 3 segments that had distributions of their own: \
         sellers[*].response.delay.median=2d moves their medians and keeps their spread, sellers[*].response.delay*=0.5 \
         halves each"
    );
    for setting in [
        "sellers[*].response.delay.median=2d",
        "sellers[*].response.delay*=0.5",
        "sellers.careful.response.delay=2d",
    ] {
        assert_eq!(remarks(setting), "", "{setting}");
    }
}
