//! `seller_days`: every seller and day as `trace --seller` tells of them, adding up to what the run reports.

use crate::program::{Program, cells};
use redress::engine::{Tables, World, order_stories};
use redress::observe::penalties::cause;
use redress::observe::seller_day::SellerDay;
use redress::scenario::Source;
use redress::sim::Day;
use serde_json::Value;
use std::collections::BTreeMap;

/// The rows of a table by the names of its columns.
fn rows(table: &str) -> Vec<BTreeMap<&str, &str>> {
    let all = cells(table);
    let (head, rows) = all.split_first().expect("it has a head");
    rows.iter().map(|row| head.iter().copied().zip(row.iter().copied()).collect()).collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or_else(|_| panic!("{cell} is a number"))
}

/// Whether a cell is what a number is written as.
fn is_written(cell: &str, value: f64) -> bool {
    (number(cell) - value).abs() <= 0.501e-6
}

/// Holds a row against the day that the stories tell, which are told of orders one by one.
fn expect_day(row: &BTreeMap<&str, &str>, day: &SellerDay, world: &World) {
    let whole = |name: &str| row[name].parse::<i64>().unwrap_or_else(|_| panic!("{name} of {row:?}"));
    let maybe = |name: &str| (!row[name].is_empty()).then(|| number(row[name]));
    for (name, count) in [
        ("window_disputes", day.disputes),
        ("window_orders", day.orders),
        ("window_not_sold", day.not_sold),
        ("window_placed", day.placed),
        ("points", day.points),
        ("tier", day.tier as u32),
    ] {
        assert_eq!(whole(name), i64::from(count), "{name} of {day:?}");
    }
    for (name, weight) in [
        ("weight", day.today.weight),
        ("weight_next", day.tomorrow.weight),
        ("dispute_weight", day.dispute_weight),
        ("level_weight", day.level_weight),
        ("service_score", day.score.expect("the platform shows one")),
    ] {
        assert!(is_written(row[name], weight), "{name} of {day:?}: {}", row[name]);
    }
    let rate = |part: u32, of: u32| (of > 0).then(|| f64::from(part) / f64::from(of));
    for (name, rate) in [
        ("window_dispute_rate", rate(day.disputes, day.orders)),
        ("window_not_sold_rate", rate(day.not_sold, day.placed)),
    ] {
        assert_eq!(maybe(name).is_some(), rate.is_some(), "{name} of {day:?}");
        assert!(rate.is_none_or(|rate| is_written(row[name], rate)), "{name} of {day:?}: {}", row[name]);
    }
    let is = |name: &str| whole(name) == 1;
    assert_eq!(is("is_demoted"), day.today.is_demoted, "{day:?}");
    assert_eq!(is("is_frozen"), day.today.frozen_until.is_some(), "{day:?}");
    assert_eq!(is("is_found_offline"), day.was_found_offline, "{day:?}");
    assert_eq!(row["grade"], day.grade.name(), "{day:?}");
    for penalty in world.penalties() {
        assert_eq!(is(cause(penalty)), day.today.is_under(penalty), "{penalty:?} of {day:?}");
    }
    let until = day.tomorrow.frozen_until;
    assert_eq!(is("is_closed"), until.is_some_and(Day::is_never), "{day:?}");
    let until = until.filter(|until| !until.is_never());
    assert_eq!(row["frozen_until"], until.map_or_else(String::new, |until| until.0.to_string()), "{day:?}");
}

fn world(program: &Program, name: &str) -> World {
    Source::read(&program.path(name)).and_then(|source| source.resolve()).expect("it is valid").world
}

#[test]
fn every_row_is_what_trace_tells_of_the_seller_and_day_in_the_replication_asked_for() {
    let program = Program::new();
    let world = world(&program, "small.toml");
    let mut tables = Vec::new();
    for (replication, asked) in [(0, &[][..]), (1, &["--replication", "1"][..])] {
        let run = ["run", "small.toml", "--no-charts", "--out", "days", "--seller-days"];
        program.succeed(&[&run, asked].concat());
        let table = program.read("days/seller_days.csv");
        let rows = rows(&table);
        let told = order_stories(&Tables::new(&world), replication, 0, 0..world.market.sellers, &|_| true)
            .expect("nobody stops it");
        let mut row = rows.iter();
        let mut penalised = 0;
        for (seller, days) in &told.seller_days {
            for day in days.iter().filter(|day| day.day.0 >= 0) {
                let row = row.next().expect("a row for each seller and day");
                let names = ["market", "seller", "day"].map(|name| row[name].to_owned());
                assert_eq!(names, ["0".to_owned(), seller.to_string(), day.day.0.to_string()]);
                expect_day(row, day, &world);
                penalised += usize::from(day.today.penalties().count() > 1);
            }
        }
        assert_eq!(row.next(), None);
        assert!(penalised > 0, "some are under two penalties at once");
        tables.push(table);
    }
    assert_ne!(tables[0], tables[1]);
    let rows = rows(&tables[1]);
    for row in [&rows[3 * 14 + 5], &rows[20 * 14 + 13]] {
        let (seller, day) = (format!("0/{}", row["seller"]), row["day"]);
        let asked = ["--seller", &seller, "--day", day, "--replication", "1", "--json"];
        let told = program.succeed(&[&["trace", "small.toml"], &asked[..]].concat());
        let told: Value = serde_json::from_str(&told).expect("a line of JSON");
        assert!(is_written(row["weight_next"], told["weight"].as_f64().unwrap()), "{told} {row:?}");
        for (name, column) in
            [("disputes", "window_disputes"), ("placed", "window_placed"), ("points", "points")]
        {
            assert_eq!(told[name].to_string(), row[column], "{name} of {told}");
        }
    }
}

#[test]
fn rows_add_up_to_the_metrics_the_days_and_the_sellers_of_the_run() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--replications", "1", "--no-charts", "--seller-days"]);
    let read = |name: &str| program.read(&format!("output/small/{name}.csv"));
    let (table, summary, daily, sellers) =
        (read("seller_days"), read("summary"), read("daily"), read("sellers"));
    let (table, summary, daily, sellers) = (rows(&table), rows(&summary), rows(&daily), rows(&sellers));
    let world = world(&program, "small.toml");
    let sum = |name: &str, of: &dyn Fn(&BTreeMap<&str, &str>) -> bool| -> f64 {
        table.iter().filter(|row| of(row)).map(|row| number(row[name])).sum()
    };
    let same = |one: f64, other: f64| (one - other).abs() < 1e-9;
    let metric = |name: &str| {
        let row = summary.iter().find(|row| row["scope"] == "world" && row["metric"] == name);
        number(row.unwrap_or_else(|| panic!("{name} is reported"))["mean"])
    };
    let causes = world.penalties().map(cause);
    let mut all: Vec<(String, &str)> = causes.map(|name| (format!("seller_days_{name}"), name)).collect();
    all.extend([
        ("seller_days_demoted".to_owned(), "is_demoted"),
        ("seller_days_frozen".to_owned(), "is_frozen"),
        ("seller_days_above_threshold".to_owned(), "is_above_threshold"),
    ]);
    assert!(all.len() > 7, "every rule is on");
    for (name, column) in &all {
        assert!(same(sum(column, &|_| true), metric(name)), "{name}");
    }
    assert!(metric("seller_days_demoted") > 0.0 && metric("seller_days_frozen") > 0.0);
    for row in &daily {
        let on_day = |each: &BTreeMap<&str, &str>| each["day"] == row["day"];
        let mut columns: Vec<(String, &str)> =
            world.penalties().map(cause).map(|name| (format!("sellers_{name}"), name)).collect();
        columns.extend(
            [("sellers_above_threshold", "is_above_threshold"), ("sellers_frozen", "is_frozen")]
                .map(|(of_day, column)| (of_day.to_owned(), column)),
        );
        columns.extend(
            ["window_disputes", "window_orders", "window_not_sold", "window_placed"]
                .map(|name| (name.to_owned(), name)),
        );
        for (of_day, column) in &columns {
            assert!(same(sum(column, &on_day), number(row[of_day.as_str()])), "{of_day} {}", row["day"]);
        }
    }
    for seller in &sellers {
        let of_seller = |each: &BTreeMap<&str, &str>| each["seller"] == seller["seller"];
        let mean = sum("weight", &of_seller) / 14.0;
        assert!((mean - number(seller["mean_weight"])).abs() < 1.1e-6, "{seller:?}");
        let last = table.iter().rfind(|row| of_seller(row)).expect("it has days");
        assert_eq!(last["segment"], seller["segment"]);
        assert_eq!(last["service_score"], seller["service_score"]);
        let is_frozen = !last["frozen_until"].is_empty() || last["is_closed"] == "1";
        assert_eq!(u8::from(is_frozen).to_string(), seller["is_frozen"]);
        assert!(same(sum("is_frozen", &of_seller), number(seller["seller_days_frozen"])), "{seller:?}");
    }
}

#[test]
fn the_table_has_the_same_bytes_with_any_number_of_threads_and_rerun_repeats_it() {
    let program = Program::new();
    // Several groups of sellers, that meet at the day's close or do not.
    for feedback in ["market.search.feedback=true", "market.search.feedback=false"] {
        let mut tables = Vec::new();
        for (threads, out) in [("1", "one"), ("3", "three")] {
            let world = [
                "--set",
                feedback,
                "--set",
                "market.sellers=300",
                "--set",
                "market.count=2",
                "--seller-days",
            ];
            let how = ["--threads", threads, "--out", out, "--no-charts", "--quiet"];
            program.succeed(&[&["run", "small.toml"], &world[..], &how].concat());
            tables.push(program.read(&format!("{out}/seller_days.csv")));
        }
        assert_eq!(tables[0], tables[1], "{feedback}");
        assert_eq!(tables[0].lines().count(), 1 + 2 * 300 * 14);
    }
    let said = program.succeed(&["rerun", "three/manifest.json", "--out", "again"]);
    assert!(said.contains("6 files, each with the SHA-256"), "{said}");
    assert_eq!(program.read("again/seller_days.csv"), program.read("three/seller_days.csv"));
}

#[test]
fn rows_go_seller_by_seller_and_day_by_day_where_days_are_so_many_that_a_group_is_read_in_parts() {
    let program = Program::new();
    let size = ["market.sellers=40", "market.orders_per_day=40", "run.warm_up_days=0"];
    let size = size.map(|key| ["--set", key]).concat();
    let how = ["--days", "2000", "--replications", "1", "--no-charts", "--quiet", "--seller-days"];
    program.succeed(&[&["run", "small.toml"], &how[..], &size].concat());
    let table = program.read("output/small/seller_days.csv");
    let mut rows = table.lines().skip(1);
    for seller in 0..40 {
        for day in 0..2000 {
            let row: Vec<&str> = rows.next().expect("a row").split(',').take(4).collect();
            assert_eq!([row[1], row[3]], [seller.to_string(), day.to_string()]);
        }
    }
    assert_eq!(rows.next(), None);
}

#[test]
fn without_the_option_the_table_is_not_there_and_the_others_are_the_same() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "without"]);
    program.succeed(&["run", "small.toml", "--no-charts", "--out", "with", "--seller-days"]);
    let mut files = program.files("without");
    for name in files.iter().filter(|name| name.contains(".csv")) {
        assert_eq!(program.read(&format!("without/{name}")), program.read(&format!("with/{name}")), "{name}");
    }
    files.push("seller_days.csv".to_owned());
    files.sort();
    assert_eq!(program.files("with"), files);
}
