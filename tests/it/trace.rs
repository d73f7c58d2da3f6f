//! `redress trace`: the stories on the page are what it prints, and it finds what it is asked for.

use crate::program::Program;
use redress::engine::{Tables, World, order_stories};
use redress::observe::Count;
use redress::observe::seller_day::SellerDay;
use redress::policy::penalty::Penalty;
use redress::scenario::Source;
use serde_json::Value;
use std::path::Path;

/// The command's arguments, with the scenarios of the project.
fn arguments(command: &str) -> Vec<String> {
    let scenarios = format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"));
    let words = command.strip_prefix("redress ").expect("a command of the program").split(' ');
    // What is quoted for the shell has no blanks here.
    words.map(|word| word.trim_matches('\'').replace("scenarios", &scenarios)).collect()
}

#[test]
fn every_story_of_the_page_is_what_the_program_prints() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/stories.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let program = Program::new();
    let mut told = 0;
    for section in page.split("\n## ").skip(1) {
        let (heading, rest) = section.split_once('\n').expect("a heading");
        let (_, rest) = rest.split_once("```sh\n").expect("a command");
        let (command, rest) = rest.split_once("\n```\n\n```text\n").expect("what it prints");
        let (text, _) = rest.split_once("\n```").expect("the end of the block");
        let arguments = arguments(command);
        let printed = program.succeed(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(printed.trim_end(), text, "{heading}");
        told += 1;
    }
    assert!(told >= 15, "a story per rule, and these are {told}");
}

#[test]
fn an_order_is_told_again_by_its_name_with_any_number_of_threads_and_as_json() {
    let program = Program::new();
    let all = program.succeed(&["trace", "small.toml", "--orders", "40"]);
    let names: Vec<&str> =
        all.lines().filter_map(|line| line.strip_prefix("# order ")?.split(':').next()).collect();
    assert_eq!(names.len(), 40);
    for name in [names[0], names[17], names[39]] {
        let one = program.succeed(&["trace", "small.toml", "--order", name, "--threads", "1"]);
        assert!(all.contains(one.trim_end()), "{one}");
        let json = program.succeed(&["trace", "small.toml", "--order", name, "--json"]);
        assert_eq!(json.lines().count(), one.trim_end().lines().count() - 1);
        for line in json.lines() {
            let line: Value = serde_json::from_str(line).expect("a line of JSON");
            let keys: Vec<&str> = line.as_object().expect("an object").keys().map(String::as_str).collect();
            assert_eq!(keys.len(), 7, "{keys:?}");
            assert!(
                ["day", "time", "order", "actor", "event", "amount", "rule"]
                    .iter()
                    .all(|key| keys.contains(key))
            );
            assert_eq!(line["order"], name);
        }
    }
}

#[test]
fn filters_take_the_orders_that_are_like_that() {
    let program = Program::new();
    let scenario = format!("{}/scenarios/baseline.toml", env!("CARGO_MANIFEST_DIR"));
    let filters =
        ["--outcome", "auto-executed", "--seller-segment", "overloaded", "--limit", "3", "--days", "60"];
    let printed = program.succeed(&[&["trace", &scenario], &filters[..]].concat());
    let headings: Vec<&str> = printed.lines().filter(|line| line.starts_with("# order ")).collect();
    assert!(headings.len() == 3, "{printed}");
    for heading in headings {
        assert!(heading.contains("(overloaded); refunded automatically (no response)"), "{heading}");
    }
    assert_eq!(
        printed.matches("refunds, as nobody has answered in time").count(),
        printed.matches("# order").count()
    );
}

#[test]
fn what_does_not_exist_is_refused_with_what_does() {
    let program = Program::new();
    for (arguments, said) in [
        (["--outcome", "lost"], "there is no outcome lost: there are untroubled, cancelled, "),
        (["--seller-segment", "x"], "there is no seller segment x: there are careful, average, overloaded"),
        (["--seller", "3/1"], "there is no seller 3/1: this world has markets 0 to 0 with sellers 0 to 29"),
        (["--seller", "3"], "--seller 3 is no seller: write MARKET/NUMBER as in sellers.csv, such as 0/17"),
        (["--order", "1/2"], "--order 1/2 is no order: write replication/market/seller/day/number"),
    ] {
        let told = program.fail(2, &[&["trace", "small.toml"], &arguments[..]].concat());
        assert!(told.starts_with(&format!("error: {said}")), "{told}");
    }
    let told = program.fail(2, &["trace", "small.toml", "--seller", "0/3", "--day", "99"]);
    assert!(told.contains("--day 99 is no day of this run: days are -40 to 13"), "{told}");
    let told = program.fail(1, &["trace", "small.toml", "--order", "0/0/0/1/4000"]);
    assert!(told.starts_with("error: --order 0/0/0/1/4000: its seller has no such order"), "{told}");
}

/// What sellers are told of their days adds up to the days that a run counts as demoted and frozen.
#[test]
fn the_days_of_all_sellers_add_up_to_the_penalised_days_of_the_run() {
    let program = Program::new();
    let source = Source::read(&program.path("small.toml")).expect("the scenario is there");
    let world: World = source.resolve().expect("it is valid").world;
    let observed = order_stories(&Tables::new(&world), 0, 0, 0..world.market.sellers, &|_| true)
        .expect("nobody stops it");
    assert_eq!(observed.seller_days.len(), world.market.sellers as usize);
    let (mut demoted, mut frozen, mut told_by_rule) = (0, 0, [0; Penalty::ALL.len()]);
    for (seller, days) in &observed.seller_days {
        assert_eq!(days.len(), (world.days + world.warm_up_days) as usize, "{seller}");
        // The close of a day decides the treatment of the next.
        for pair in days.windows(2) {
            assert_eq!(pair[0].tomorrow, pair[1].today, "{seller}");
        }
        for day in days.iter().filter(|day| day.day.0 >= 0) {
            frozen += u128::from(day.today.frozen_until.is_some());
            demoted += u128::from(day.today.is_demoted);
            for (days, penalty) in told_by_rule.iter_mut().zip(Penalty::ALL) {
                *days += u128::from(day.today.is_under(penalty));
            }
        }
    }
    let counted = |count| observed.outcome.market.tally.get(count);
    let by_rule = Penalty::ALL.map(|penalty| counted(Count::days_of(penalty)));
    assert_eq!(told_by_rule, by_rule);
    assert!(demoted > 0 && frozen > 0);
    assert_eq!((demoted, frozen), (counted(Count::SellerDaysDemoted), counted(Count::SellerDaysFrozen)));
}

/// Every change of how a seller is treated is listed, also of a weight alone, and no weight below 1 reads as 1.
#[test]
fn the_history_of_a_seller_lists_each_day_that_changed_how_it_is_treated() {
    let program = Program::new();
    let source = Source::read(&program.path("small.toml")).expect("the scenario is there");
    let world: World = source.resolve().expect("it is valid").world;
    let observed = order_stories(&Tables::new(&world), 0, 0, 0..world.market.sellers, &|_| true)
        .expect("nobody stops it");
    let changed = |days: &[SellerDay]| -> Vec<SellerDay> {
        days.windows(2)
            .filter(|pair| pair[1].day.0 >= 0 && pair[1].tomorrow != pair[0].tomorrow)
            .map(|pair| pair[1])
            .collect()
    };
    // A weight alone: the same rules, and no suspension.
    let is_weight_alone = |day: &&SellerDay| {
        day.today.weight.to_bits() != day.tomorrow.weight.to_bits()
            && (day.today.under, day.today.frozen_until) == (day.tomorrow.under, day.tomorrow.frozen_until)
    };
    let most = observed
        .seller_days
        .iter()
        .max_by_key(|(_, days)| changed(days).iter().filter(is_weight_alone).count());
    let (seller, days) = most.expect("there are sellers");
    let changed = changed(days);
    assert!(changed.iter().filter(is_weight_alone).count() > 1);
    let name = format!("0/{seller}");
    let told = program.succeed(&["trace", "small.toml", "--seller", &name]);
    let listed: Vec<i32> = told
        .lines()
        .filter_map(|line| line.strip_prefix("after day ")?.split(':').next()?.parse().ok())
        .collect();
    assert_eq!(listed, changed.iter().map(|day| day.day.0).collect::<Vec<_>>(), "{told}");
    assert!(told.lines().nth(1).unwrap().starts_with("day 0 begins: "), "{told}");
    assert!(told.lines().last().unwrap().starts_with("day 13 ends: "), "{told}");
    for line in told.lines().filter(|line| line.starts_with("after day ")) {
        let (after, before) = line.split_once("; before: ").expect("both");
        assert_ne!(after.split_once(": ").unwrap().1, before, "a change is seen");
    }
    let json = program.succeed(&["trace", "small.toml", "--seller", &name, "--json"]);
    assert_eq!(json.lines().count(), listed.len());
}

#[test]
fn event_logs_have_the_events_of_the_stories_and_the_objects_that_they_concern() {
    let program = Program::new();
    let lines = program.succeed(&["trace", "small.toml", "--limit", "300", "--format", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (threads, out) in [("1", "logs"), ("2", "again")] {
        let said = program.succeed(&[
            "trace",
            "small.toml",
            "--limit",
            "300",
            "--format",
            "xes,ocel",
            "--threads",
            threads,
            "--out",
            out,
        ]);
        assert!(said.starts_with(&format!("small: 300 orders, {} events\n", lines.len())), "{said}");
    }
    let (xes, ocel) = (program.read("logs/events.xes"), program.read("logs/events.ocel.json"));
    assert_eq!((&xes, &ocel), (&program.read("again/events.xes"), &program.read("again/events.ocel.json")));
    let count = |text: &str| xes.matches(text).count();
    let with = |key: &str| lines.iter().filter(|line| !line[key].is_null()).count();
    assert_eq!((count("<trace>"), count("</trace>")), (300, 300));
    assert_eq!((count("<event>"), count("</event>")), (lines.len(), lines.len()));
    assert_eq!(count("<int key=\"amount_cents\""), with("amount"));
    assert_eq!(count("<string key=\"rule\""), with("rule"));
    let log: Value = serde_json::from_str(&ocel).expect("a log in JSON");
    let (events, objects) = (log["events"].as_array().unwrap(), log["objects"].as_array().unwrap());
    assert_eq!(events.len(), lines.len());
    let known: std::collections::BTreeSet<&str> =
        objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
    assert_eq!(known.len(), objects.len(), "an object is named twice");
    let mut related = std::collections::BTreeSet::new();
    for (event, line) in events.iter().zip(&lines) {
        let of: Vec<&str> = event["relationships"]
            .as_array()
            .unwrap()
            .iter()
            .map(|each| each["objectId"].as_str().unwrap())
            .collect();
        assert_eq!(of[0], format!("order {}", line["order"].as_str().unwrap()));
        assert_eq!(event["attributes"][0]["value"], line["actor"]);
        assert!(event["time"].as_str().unwrap().ends_with(&format!("T{}Z", line["time"].as_str().unwrap())));
        related.extend(of);
    }
    assert_eq!(related, known, "each object takes part in an event, and each that does is there");
    let disputes = objects.iter().filter(|object| object["type"] == "dispute").count();
    let filed = lines.iter().filter(|line| line["event"].as_str().unwrap().starts_with("files")).count();
    assert_eq!(disputes, filed);
}

#[test]
fn formats_that_do_not_go_together_are_refused() {
    let program = Program::new();
    let said = program.fail(2, &["trace", "small.toml", "--format", "text,xes"]);
    assert!(said.contains("--format takes text, or jsonl, or event logs: xes, ocel, or xes,ocel"), "{said}");
    let said = program.fail(2, &["trace", "small.toml", "--out", "logs"]);
    assert!(said.contains("--out is the folder of event logs, and none is asked for"), "{said}");
    assert!(program.files("logs").is_empty());
}
