//! What the page is told, and how it ends.

use super::client::Served;
use crate::program::interruption;
use redress::scenario::Source;
use serde_json::Value;
use std::io::Write;
use std::process::Command;
use std::time::Duration;

fn answers(body: &str) -> Vec<Value> {
    let data = body.split("\n\n").filter_map(|event| event.trim().strip_prefix("data:"));
    data.map(|text| serde_json::from_str(text).unwrap()).collect()
}

const SAME: &str = r#"{"pinned":[],"current":[],"whole":true}"#;
const MOVED: &str = r#"{"pinned":[],"current":[{"key":"buyers[*].reason_honesty","value":0.1},{"key":"policy.cancellation.silence","value":"1d"}],"whole":true}"#;

#[test]
fn the_page_and_what_can_be_moved_are_sent_and_nothing_else_may_run_in_it() {
    let served = Served::new();
    let page = served
        .send(served.filled("GET /TOKEN/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n").as_bytes());
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("explore.js"), "{page}");
    let head = page.split("\r\n\r\n").next().unwrap();
    for header in ["default-src 'none'", "nosniff", "no-referrer", "no-store", "frame-ancestors 'none'"] {
        assert!(head.contains(header), "{header}: {head}");
    }
    assert!(!head.to_lowercase().contains("access-control"), "{head}");
    let (status, text) = served.get("catalogue");
    let catalogue: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, catalogue["name"].as_str()), (200, Some("small")));
    let controls = catalogue["controls"].as_array().unwrap();
    let keys: Vec<&str> = controls.iter().filter_map(|control| control["key"].as_str()).collect();
    for key in [
        "policy.dispute_rate.threshold",
        "buyers[*].reason_honesty",
        "sellers.careful.steering",
        "policy.dispute.silence",
    ] {
        assert!(keys.contains(&key), "{key} cannot be moved: {keys:?}");
    }
    let control = |key: &str| controls.iter().find(|control| control["key"] == key).unwrap();
    assert_eq!(control("sellers.average.steering")["shown"].as_str(), Some("0.4"));
    assert_eq!(control("sellers[*].accept")["kind"].as_str(), Some("number"));
    assert_eq!(control("sellers[*].handling_time*")["kind"].as_str(), Some("factor"));
    assert_eq!(control("policy.dispute.silence")["choices"].as_array().map(Vec::len), Some(2));
    for file in ["extends", "name", "policy.preset", "sellers[*].name", "run.seed"] {
        assert!(!keys.contains(&file), "{file} can be moved");
    }
    for control in controls {
        let (least, most) = (control["least"].as_f64().unwrap(), control["most"].as_f64().unwrap());
        let step = control["step"].as_f64().unwrap();
        assert!(least < most && step > 0.0 && step <= most - least, "{control}");
    }
}

#[test]
fn a_move_is_answered_again_and_again_over_more_replications_in_pairs() {
    let served = Served::new();
    let (status, body) = served.ask("move", MOVED);
    let answers = answers(&body);
    assert_eq!(status, 200, "{body}");
    let last = answers.last().unwrap();
    assert_eq!((last["replications"].as_u64(), last["is_last"].as_bool()), (Some(2), Some(true)));
    let rate = last["figures"]
        .as_array()
        .unwrap()
        .iter()
        .find(|figure| figure["metric"] == "not_sold_rate")
        .unwrap();
    let (a, b) = (rate["pinned"]["mean"].as_f64().unwrap(), rate["current"]["mean"].as_f64().unwrap());
    let difference = rate["difference"]["mean"].as_f64().unwrap();
    assert!((b - a - difference).abs() < 1e-12 && difference.abs() > 1e-9, "{rate}");
    assert_eq!(rate["difference"]["pairs"].as_u64(), Some(2), "{rate}");
    // The same question again says the same, from what is known.
    assert_eq!(self::answers(&served.ask("move", MOVED).1).last().unwrap()["figures"], last["figures"]);
    let (_, body) = served.ask("move", SAME);
    let same = self::answers(&body);
    assert!(same[0]["figures"][0]["difference"].is_null() && same[0]["figures"][0]["pinned"].is_object());
}

#[test]
fn a_new_move_ends_the_work_of_the_last() {
    // Some twenty million orders to the first answer.
    let served = Served::with(&["--days", "20000"]);
    let other = MOVED.replace("0.1", "0.2");
    std::thread::scope(|scope| {
        let first = scope.spawn(|| served.ask("move", MOVED));
        std::thread::sleep(Duration::from_millis(100));
        let mut second = served.connect();
        let head = "POST /TOKEN/move HTTP/1.1\r\nHost: HOST\r\nOrigin: ORIGIN\r\nContent-Type: application/json\r\n\
                    Content-Length: LENGTH\r\n\r\n";
        let head = served.filled(head).replace("LENGTH", &other.len().to_string());
        second.write_all(format!("{head}{other}").as_bytes()).unwrap();
        let (status, body) = first.join().unwrap();
        assert_eq!(status, 200);
        assert!(!body.contains("figures"), "{body}");
    });
}

#[test]
fn the_figures_are_those_of_the_command_line() {
    let served = Served::new();
    let body = served.ask("move", MOVED).1;
    let last = answers(&body).pop().unwrap();
    served.program.succeed(&[
        "compare",
        "small.toml",
        "--vary",
        "buyers[*].reason_honesty=0.1; policy.cancellation.silence=1d",
        "--out",
        "out",
        "--quiet",
        "--no-charts",
    ]);
    let table = served.program.read("out/compare.csv");
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    for metric in ["dispute_rate", "not_sold_rate", "auto_executed_share"] {
        let found = |cells: &Vec<&str>| cells[at("metric")] == metric && cells[at("scope")] == "world";
        let row = table.lines().map(|line| line.split(',').collect::<Vec<_>>()).find(found).unwrap();
        let figure =
            last["figures"].as_array().unwrap().iter().find(|figure| figure["metric"] == metric).unwrap();
        let written: f64 = row[at("difference")].parse().unwrap();
        let told = figure["difference"]["mean"].as_f64().unwrap();
        assert!((written - told).abs() <= 1e-5 * told.abs().max(1e-3), "{metric}: {written} and {told}");
    }
}

#[test]
fn what_the_scenario_reader_says_is_told_of_the_key_and_nothing_is_simulated() {
    let served = Served::new();
    let (status, body) = served.ask(
        "move",
        r#"{"pinned":[],"current":[{"key":"buyers[*].reason_honesty","value":1.5},{"key":"policy.dispute.response_deadline","value":"5"}],"whole":false}"#,
    );
    let refused: Vec<Value> = serde_json::from_str(&body).unwrap();
    assert_eq!(status, 422, "{body}");
    let of = |key: &str| refused.iter().find(|each| each["key"] == key).unwrap()["message"].as_str().unwrap();
    assert!(of("buyers[*].reason_honesty").contains("a probability in [0, 1]"), "{body}");
    assert!(of("policy.dispute.response_deadline").contains("has no unit"), "{body}");
}

#[test]
fn a_saved_file_resolves_to_the_setting_that_was_explored() {
    let served = Served::with(&["--days", "20", "--set", "policy.dispute.modifications=1"]);
    let (status, text) = served.ask(
        "file",
        r#"{"settings":[{"key":"sellers.average.steering","value":0.7},{"key":"sellers[*].handling_time*","value":0.5},{"key":"policy.dispute.silence","value":"platform"},{"key":"market.day_dispersion","value":0.1}]}"#,
    );
    assert_eq!(status, 200, "{text}");
    std::fs::write(served.program.path("saved.toml"), &text).unwrap();
    let saved = Source::read(&served.program.path("saved.toml")).unwrap().resolve().unwrap();
    let mut source = Source::read(&served.program.path("small.toml")).unwrap();
    for setting in [
        "run.days=20",
        "policy.dispute.modifications=1",
        "sellers.average.steering=0.7",
        "sellers[*].handling_time*=0.5",
        "policy.dispute.silence=platform",
        "market.day_dispersion=0.1",
    ] {
        source.set(setting).unwrap();
    }
    assert_eq!(saved.world_hash, source.resolve().unwrap().world_hash, "{text}");
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_with_the_status_of_interrupted_commands() {
    let mut served = Served::new();
    let sent = Command::new("kill").args([interruption(), &served.child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(served.child.wait().unwrap().code(), Some(130));
}
