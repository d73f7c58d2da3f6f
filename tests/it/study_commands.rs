//! `sensitivity` and `tune` as a user runs them, on tiny studies.

use crate::program::Program;
use redress::experiment::tune::{Tune, TuneRules};
use redress::experiment::{Store, Unanswered, Worker};
use redress::scenario::{Study, StudyUse};
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

const TUNE: &str = "scenario = \"small.toml\"\nobjective = { minimise = \"legitimate_claims_unpaid_share\" }\n\
                    constraints = [\"dispute_rate <= 50%\"]\nindifference = 0.05\nfirst = 3\nmax_replications = 6\n\
                    responses = [\"penalty_auc\", \"seller_days_frozen\"]\n\
                    [[factor]]\nname = \"deadline\"\nkey = \"policy.dispute.response_deadline\"\nvalues = [\"1d\", \"5d\", \"20d\"]\n";

const SENSITIVITY: &str = "scenario = \"small.toml\"\nreplications = 2\nresponses = [\"dispute_rate\"]\n\
                           [sensitivity]\ntrajectories = 2\nbase_samples = 4\n\
                           [[factor]]\nname = \"delay\"\nkey = \"sellers[*].response.delay.median\"\nrange = \"6h..8d log\"\n\
                           [[factor]]\nname = \"claims\"\nkey = \"buyers[*].claim_given_defect\"\nrange = \"0.2..1\"\n";

fn with_study(text: &str) -> Program {
    let program = Program::new();
    // Delays where the small scenario has a desk.
    let text = text.replace("small.toml", "delays.toml");
    fs::write(program.path("study.toml"), text).unwrap();
    let small = fs::read_to_string(program.path("small.toml")).unwrap();
    let delay = "response = { delay = { lognormal = { median = \"1d\", sigma = 1.0 } } }";
    let desk = "response = { desk = { agents = 1, service_time = \"2h\", hours = \"09:00-18:00\" } }";
    assert!(small.contains(desk));
    fs::write(program.path("delays.toml"), small.replace(desk, delay)).unwrap();
    program
}

#[test]
fn tune_names_the_best_candidate_and_writes_tables_charts_page_and_manifest() {
    let program = with_study(TUNE);
    let said = program.succeed(&["tune", "study.toml", "--out", "out"]);
    assert!(
        said.contains("Best of 3 candidates for the smallest legitimate claims unpaid: deadline = "),
        "{said}"
    );
    let table = program.read("out/tune.csv");
    assert!(
        table.starts_with("candidate,deadline,metric,mean,ci_low,ci_high,replications,status\n0,1d,"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 1 + 3 * 4);
    assert_eq!(table.matches(",best\n").count(), 4);
    // Three replications of the last candidate spread so far that Student's t around the mean would begin below 0.
    for row in table.lines().filter(|row| row.contains(",seller_days_frozen,")) {
        let low: f64 = row.split(',').nth(4).and_then(|low| low.parse().ok()).expect("an interval");
        assert!(low >= 0.0, "{row}");
    }
    for name in
        ["out/detector.csv", "out/report.html", "out/charts/roc.svg", "out/charts/precision_recall.png"]
    {
        assert!(program.path(name).is_file(), "{name}");
    }
    assert!(program.read("out/manifest.json").contains("\"command\": \"tune\""));
    assert!(!program.path(".out.units").exists(), "finished units are not needed any more");
}

#[test]
fn sensitivity_writes_indices_and_a_tornado_and_refuses_to_rank_by_few_rows() {
    let program = with_study(SENSITIVITY);
    let said = program.succeed(&["sensitivity", "study.toml", "--out", "out"]);
    assert!(said.contains("Dispute rate: not precise enough"), "{said}");
    let page = program.read("out/report.html");
    let contents = page.split_once("<nav").and_then(|rest| rest.1.split_once("</nav>")).expect("contents").0;
    let entries: Vec<&str> = contents.split("<li>").skip(1).collect();
    let titles: std::collections::BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry.split_once('>')).map(|entry| entry.1).collect();
    assert_eq!(titles.len(), entries.len(), "no title stands twice: {contents}");
    let picture =
        page.split_once("data-title=\"").and_then(|rest| rest.1.split_once('"')).expect("a picture").0;
    assert!(!titles.iter().any(|title| title.starts_with(picture)), "{picture}: {contents}");
    let table = program.read("out/sensitivity.csv");
    assert!(
        table.starts_with("method,metric,factor,index,value,ci_low,ci_high\nmorris,dispute_rate,delay,mu,")
    );
    assert!(table.contains("\nsobol,dispute_rate,,noise_share,"));
    assert!(program.path("out/charts/tornado_dispute_rate.svg").is_file());
}

#[test]
fn tables_of_either_begin_with_a_byte_order_mark_where_that_is_asked_for() {
    for (text, command) in [(TUNE, "tune"), (SENSITIVITY, "sensitivity")] {
        let program = with_study(text);
        program.succeed(&[command, "study.toml", "--out", "plain", "--no-charts"]);
        program.succeed(&[command, "study.toml", "--out", "marked", "--no-charts", "--csv-bom"]);
        let table = |folder: &str| program.read(&format!("{folder}/{command}.csv"));
        assert_eq!(table("marked"), format!("\u{feff}{}", table("plain")));
        let manifest = program.read("marked/manifest.json");
        assert!(
            manifest.contains("\"csv_bom\": true") && manifest.contains("\"scenario_file\": \"delays.toml\""),
            "{manifest}"
        );
    }
}

#[test]
fn threads_change_no_byte_of_either() {
    for (text, command) in [(TUNE, "tune"), (SENSITIVITY, "sensitivity")] {
        let program = with_study(text);
        for threads in ["1", "2"] {
            program.succeed(&[command, "study.toml", "--out", threads, "--threads", threads]);
        }
        for file in ["report.html", &format!("{command}.csv")] {
            let read = |folder: &str| program.read(&format!("{folder}/{file}"));
            assert!(read("1") == read("2"), "{command}: {file}");
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_simulated() {
    for (from, to, message) in [
        (
            "legitimate_claims_unpaid_share\" }",
            "legitimate_claims_unpayd_share\" }",
            "did you mean legitimate_claims_unpaid_share?",
        ),
        ("dispute_rate <= 50%", "dispute_rate <= 50", "has a limit that it cannot cross"),
        (
            "dispute_rate <= 50%",
            "dispute_rate@seller_segment/nobody <= 0.5",
            "there is no seller_segment nobody: there are careful, average, overloaded",
        ),
        ("indifference = 0.05\n", "", "needs an indifference"),
        ("indifference = 0.05\n", "indifference = 0.05\nmethod = \"ocba\"\n", "needs a budget"),
        ("indifference = 0.05\n", "indifference = 0.05\nbudget = 4\n", "budget = 4 is less than these 9"),
        ("\"20d\"]", "\"2o\"]", "study.toml:"),
        ("penalty_auc", "penalty_auk", "unknown metric penalty_auk"),
    ] {
        assert!(TUNE.contains(from), "{from}");
        let program = with_study(&TUNE.replace(from, to));
        let said = program.fail(2, &["tune", "study.toml", "--out", "out"]);
        assert!(said.contains(message), "{said}");
        assert!(!program.path("out").exists());
    }
    let said = with_study(SENSITIVITY).fail(2, &["tune", "study.toml"]);
    assert!(said.contains("has no objective to tune for: redress sensitivity study.toml"), "{said}");
}

#[test]
fn what_was_finished_before_an_interruption_is_not_simulated_again() {
    let program = with_study(TUNE);
    let study = Study::read_for(&program.path("study.toml"), StudyUse::Tune).unwrap();
    let points = study.points();
    let world = study.scenario_of(&points[0]).unwrap().world;
    let question = || {
        let rules = TuneRules::of(&study, study.tuning.as_ref().unwrap(), &world, &points).unwrap();
        Tune::among(points.clone(), rules)
    };
    let worlds = |point: &_| study.scenario_of(point);
    let whole = {
        let (store, mut tune) = (Store::in_memory(), question());
        let worker = Worker::new(&worlds, &store, &|_| true);
        worker.answer(&mut tune).unwrap();
        (worker.effort().replications, format!("{:?}", tune.outcome()))
    };
    let path = program.path("units");
    let seen = AtomicU64::new(0);
    let stops = |orders: u64| seen.fetch_add(orders, Ordering::Relaxed) < 100_000;
    let first = {
        let store = Store::open(&path).unwrap();
        let worker = Worker::new(&worlds, &store, &stops);
        // One thread, so that the first unit is finished when the second is stopped.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let answered = alone.install(|| worker.answer(&mut question()));
        assert!(matches!(answered, Err(Unanswered::Interrupted)));
        worker.effort().replications
    };
    let orders = seen.load(Ordering::Relaxed);
    assert!(first > 0, "something was finished, of {} after {orders} orders", whole.0);
    let store = Store::open(&path).unwrap();
    let worker = Worker::new(&worlds, &store, &|_| true);
    let mut tune = question();
    worker.answer(&mut tune).unwrap();
    let effort = worker.effort();
    assert_eq!((effort.replications_known, effort.replications + first), (first, whole.0));
    assert_eq!(format!("{:?}", tune.outcome()), whole.1);
}
