//! What a run says of events that it hardly ever sees.

use redress::experiment::{Summary, run};
use redress::export::csv;
use redress::export::tables::SummaryTable;
use redress::report::headline;
use redress::scenario::Source;
use redress::stats::Interval;

/// A seller of two orders per day, of which one in two thousand is defective: 0.06 in a replication of sixty days.
fn summary(seed: u32, settings: &[&str]) -> Summary {
    let mut source =
        Source::from_text("rare", include_str!("../../scenarios/verification/base.toml")).unwrap();
    let seed = format!("run.seed={seed}");
    let common =
        ["market.orders_per_day=2", "run.days=60", "run.replications=10", "sellers[*].defect=0.0005", &seed];
    for setting in common.iter().chain(settings) {
        source.set(setting).unwrap();
    }
    let world = source.resolve().unwrap().world;
    Summary::new(&world, &run(&world, &|_| true))
}

/// Of Student's intervals three of five were from 0 to 0.
#[test]
fn intervals_and_bounds_of_a_count_that_is_mostly_zero_hold_the_truth() {
    let truth = 0.0005 * 59.0 * 2.0;
    let (mut bounds, mut within) = (0, 0);
    for seed in 1..=60 {
        let estimate = *summary(seed, &[]).world("orders_defective").unwrap();
        let (low, high) = estimate.interval.ends().unwrap();
        assert!(low >= 0.0 && high > low, "{estimate:?}");
        bounds += usize::from(matches!(estimate.interval, Interval::UpperBound { .. }));
        within += usize::from((low..=high).contains(&truth));
    }
    assert!((20..50).contains(&bounds), "{bounds}");
    assert!(within >= 57, "{within}");
}

#[test]
fn a_run_prints_no_count_below_nothing_and_calls_a_bound_one() {
    let summary = summary(1, &["run.replications=3", "sellers[*].defect=0.02"]);
    let rows = headline::rows(&summary);
    let defined = rows.iter().filter(|row| row[1] != "-");
    for [words, mean, interval] in defined {
        assert!(!mean.contains('-') && !interval.contains('-'), "{words}: {mean}, {interval}");
    }
    let row = |name: &str| rows.iter().find(|row| row[0].starts_with(name)).unwrap();
    assert!(row("disputes filed")[2].contains(" to "), "{rows:?}");
    assert_eq!(row("cancellations before shipment")[2], "at most 1.23");
    assert!(row("refunded automatically")[2].starts_with("at most "), "{rows:?}");
    assert_eq!(row("seller-days suspended")[2], "none seen");
}

#[test]
fn the_table_says_what_an_interval_is_and_keeps_tiny_rates() {
    let of = &summary(3, &["market.orders_per_day=5000", "sellers[*].defect=4e-6"]);
    let parts: Vec<Vec<u8>> = csv(&SummaryTable(of)).map(Result::unwrap).collect();
    let text = String::from_utf8(parts.concat()).unwrap();
    let row = |metric: &str| -> Vec<&str> {
        let start = format!("world,all,{metric},");
        text.lines().find(|line| line.starts_with(&start)).unwrap().split(',').collect()
    };
    let rate = row("dispute_rate");
    let mean: f64 = rate[4].parse().unwrap();
    assert!(mean > 1e-7 && mean < 1e-5, "{rate:?}");
    // Six significant digits, of which zeros at the end are left out.
    assert!(rate[4].trim_start_matches(['0', '.']).len() >= 4, "{rate:?}");
    assert!(rate[6].parse::<f64>().unwrap() > 0.0, "{rate:?}");
    assert_eq!(rate[9..], ["ratio_of_sums", "two_sided"]);
    assert_eq!(row("seller_days_frozen")[4..], ["0", "0", "", "", "10", "mean", "nothing_seen"]);
    assert_eq!(row("orders_cancelled")[9..], ["mean", "upper_bound"]);
    assert_eq!(row("penalty_auc")[4..], ["", "", "", "", "0", "", ""]);
}
