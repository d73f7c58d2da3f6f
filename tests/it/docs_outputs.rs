//! What commands write and what `docs/outputs.md` says of it do not drift apart.

use redress::engine::World;
use redress::experiment::tune::{Tune, TuneOutcome, TuneRules};
use redress::experiment::{Groups, RunResult, SensitivityResult, Summary};
use redress::export::benchmark::BenchTable;
use redress::export::compare_table::CompareTable;
use redress::export::manifest::{Audit, Manifest};
use redress::export::replications_table::ReplicationsTable;
use redress::export::seller_days::{KeptSellerDays, SellerDaysTable};
use redress::export::sensitivity_tables::SensitivityTable;
use redress::export::study::{AlternativeRecord, Change, FactorRecord, PointRecord, StudyKept, StudyRecord};
use redress::export::sweep_tables;
use redress::export::tables::{DailyTable, ReasonsTable, SellersTable, SummaryTable};
use redress::export::tune_tables::{DetectorTable, TuneTable};
use redress::export::typed::TypedTable as _;
use redress::export::verification::VerifyTable;
use redress::observe::catalogue::METRICS;
use redress::policy::dispute_rate::{PenaltyCurve, PenaltyStep};
use redress::policy::not_sold::GradeEntry;
use redress::policy::penalty::Penalty;
use redress::policy::points::{PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::service_score::ScoreLevel;
use redress::scenario::{Source, Study, StudyUse};
use redress::sim::SimDuration;
use redress::stats::detector::Detector;
use std::path::Path;

const OUTPUTS: &str = include_str!("../../docs/outputs.md");

/// The rows of the tables below a heading, cell by cell.
fn section(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, text) = OUTPUTS.split_once(&format!("\n## {heading}\n")).expect("the heading is there");
    let text = text.split("\n## ").next().unwrap_or(text);
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// The names in the first cells below a heading, in order.
fn documented(heading: &str) -> Vec<&'static str> {
    section(heading).iter().flat_map(|cells| cells[0].split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_column_of_every_table_is_documented_in_its_order() {
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/baseline.toml");
    let mut world = Source::read(&baseline).and_then(|source| source.resolve()).expect("it is valid").world;
    impose_every_penalty(&mut world);
    let run = RunResult::default();
    let (world, result, groups) = (&world, &run, &Groups::default());
    let days = &KeptSellerDays::new(tempfile::tempfile().expect("a file without a name"));
    let (replications, outcome) = (ReplicationsTable { groups, result }, no_candidates(&baseline));
    for (table, columns) in [
        ("summary", SummaryTable(&Summary::default()).columns()),
        ("daily", DailyTable { world, result }.columns()),
        ("sellers", SellersTable { world, result }.columns()),
        ("seller_days", SellerDaysTable { world, result, days }.columns()),
        ("reasons", ReasonsTable { world, result }.columns()),
        ("replications", replications.columns()),
        ("compare", CompareTable { names: &[], rows: &[] }.columns()),
        ("sweep", sweep_tables::columns(&[], false)),
        ("sweep_segments", sweep_tables::columns(&[], true)),
        ("sensitivity", SensitivityTable(&SensitivityResult::default()).columns()),
        ("tune", TuneTable { factors: &[], outcome: &outcome }.columns()),
        ("detector", DetectorTable(&Detector::new(&[], 0.95)).columns()),
        ("bench", BenchTable(&[]).columns()),
        ("verify", VerifyTable(&[]).columns()),
    ] {
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_ref()).collect();
        assert_eq!(documented(&format!("`{table}.csv`")), names, "{table}");
        for column in &columns {
            assert!(!column.meaning.is_empty(), "{table}: {} has no meaning", column.name);
        }
    }
}

/// Lets the rules of a world impose every penalty that there is.
fn impose_every_penalty(world: &mut World) {
    let policy = &mut world.policy;
    let curve = PenaltyStep { above: Rate(0), weight: 0.5 };
    policy.dispute_rate.penalty = PenaltyCurve::Steps(vec![curve]);
    policy.service_score.as_mut().expect("it has a score").levels = vec![ScoreLevel { at: 0.0, weight: 0.5 }];
    policy.not_sold.hide = Some(GradeEntry { count: 1, share: None });
    policy.not_sold.freeze = Some(GradeEntry { count: 2, share: None });
    let tier = PointTier { at: 1, weight: 0.5, freeze_for: SimDuration(1) };
    policy.points = Some(PointsRule { every: 1, expire_after: 1, awards: Vec::new(), tiers: vec![tier] });
    policy.offline.freeze_for = SimDuration(1);
    world.sellers[0].offline_offer = 0.5;
    assert!(world.penalties().eq(Penalty::ALL));
}

/// A selection among no candidates.
fn no_candidates(scenario: &Path) -> TuneOutcome {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("study.toml");
    let objective = "objective = { maximise = \"penalty_auc\" }\nindifference = 1\n";
    let factor = "[[factor]]\nkey = \"run.seed\"\nvalues = [1, 2]\n";
    std::fs::write(&path, format!("scenario = \"{}\"\n{objective}{factor}", scenario.display()))
        .expect("written");
    let study = Study::read_for(&path, StudyUse::Tune).expect("it is valid");
    let world = study.source().resolve().expect("it is valid").world;
    let tuning = study.tuning.as_ref().expect("it has an objective");
    Tune::among(Vec::new(), TuneRules::of(&study, tuning, &world, &[]).expect("it fits")).outcome()
}

#[test]
fn every_field_of_the_manifest_is_documented() {
    let audit = Audit::from(&redress::observe::Books::default());
    let change = Change { line: 1, removed: 1, lines: Vec::new() };
    let study = StudyRecord {
        factors: vec![FactorRecord::default()],
        points: vec![PointRecord { changes: vec![change], ..PointRecord::default() }],
        kept: Some(StudyKept::default()),
        ..StudyRecord::default()
    };
    let alternatives = vec![AlternativeRecord::default()];
    let manifest = Manifest { audit, study: Some(study), alternatives, ..Manifest::default() };
    let json: serde_json::Value = serde_json::to_value(&manifest).expect("it has a JSON form");
    let mut fields: Vec<String> = json.as_object().expect("an object").keys().cloned().collect();
    fields.extend(json["audit"].as_object().expect("an object").keys().map(|key| format!("audit.{key}")));
    for path in [
        "alternatives/0",
        "study",
        "study/kept",
        "study/factors/0",
        "study/points/0",
        "study/points/0/changes/0",
    ] {
        let inner = json.pointer(&format!("/{path}")).and_then(serde_json::Value::as_object).expect(path);
        let shown = path.replace("/0", "").replace('/', ".");
        fields.extend(inner.keys().map(|key| format!("{shown}.{key}")));
    }
    fields.sort();
    let mut documented = documented("`manifest.json`");
    documented.sort_unstable();
    assert_eq!(documented, fields);
}

#[test]
fn every_metric_is_documented_with_its_unit_and_meaning_in_the_order_of_tables() {
    let rows = section("Metrics");
    for (row, metric) in rows.iter().zip(METRICS) {
        assert_eq!(row[0].trim_matches('`'), metric.name);
        assert_eq!(row[1], metric.unit.name(), "{}", metric.name);
        assert_eq!(row[2], metric.meaning, "{}", metric.name);
        assert!(!row[3].is_empty(), "{} has no formula", metric.name);
    }
    assert_eq!(rows.len(), METRICS.len());
}
