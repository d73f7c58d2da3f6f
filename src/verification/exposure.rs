//! Shares of demand by place in search: a Zipf distribution, a table of clicks with ties, attractiveness; and demand that leaves.

use super::case::{Case, Statistic};
use super::settings::settings;

const A_DAY: f64 = 1000.0;
const DAYS: f64 = 50.0;

/// A market of one seller a segment with these attractivenesses, under other settings.
pub(super) fn market(attractiveness: &[f64], more: &[&str]) -> Vec<String> {
    let share = 1.0 / attractiveness.len() as f64;
    let segments: Vec<String> = attractiveness
        .iter()
        .enumerate()
        .map(|(place, pull)| {
            format!(
                "{{ name = \"seller {place}\", share = {share}, attractiveness = {pull}, handling_time = \"1d\", \
                 transit_time = \"1d\", accept = 1, response = {{ delay = \"1d\" }} }}"
            )
        })
        .collect();
    settings(
        more,
        &[
            format!("run.days={DAYS}"),
            format!("market.sellers={}", attractiveness.len()),
            format!("market.orders_per_day={A_DAY}"),
            format!("sellers=[{}]", segments.join(", ")),
        ],
    )
}

pub(super) fn case(name: String, source: &'static str, world: &[String], segment: usize, share: f64) -> Case {
    let theory = A_DAY * DAYS * share;
    Case::new(name, source, world, Statistic::mean("orders_placed"), theory).of_segment(segment)
}

pub(super) fn cases() -> Vec<Case> {
    [zipf(), clicks(), attraction(), leaving()].concat()
}

/// Ten sellers, the last of whom is the most attractive: position k has `k^-0.8 / sum`.
fn zipf() -> Vec<Case> {
    let exposure = |position: u32| f64::from(position).powf(-0.8);
    let whole: f64 = (1..=10).map(exposure).sum();
    let attractiveness: Vec<f64> = (1..=10).map(f64::from).collect();
    let world = market(&attractiveness, &["market.search.position_exponent=0.8"]);
    let of = |position: u32| {
        let name = format!("orders at position {position} of 10, exponent 0.8");
        let seller = 10 - position as usize;
        case(name, "Zipf exposure by position", &world, seller, exposure(position) / whole)
    };
    [1, 2, 5, 10].map(of).to_vec()
}

/// Clicks 0.4, 0.2, 0.1, 0.05 and for all further positions 0.05, together 0.8; two sellers share the second and the
/// third position.
fn clicks() -> Vec<Case> {
    let world = market(&[3.0, 2.0, 2.0, 1.0, 0.5], &["market.search.click_shares=[0.4, 0.2, 0.1, 0.05]"]);
    [("the first", 0, 0.4), ("two that tie", 1, 0.15), ("the last", 4, 0.05)]
        .map(|(name, seller, clicks)| {
            case(format!("orders by clicks, {name}"), "clicks by position", &world, seller, clicks / 0.8)
        })
        .to_vec()
}

/// Without positions, demand follows attractiveness.
fn attraction() -> Vec<Case> {
    let world = market(&[3.0, 1.0], &[]);
    vec![case("orders by attractiveness".into(), "proportional exposure", &world, 0, 0.75)]
}

/// Two sellers, 3 to 1. Not selling half its orders demotes the larger to a tenth, from 3/4 of demand to 0.3/1.3; of what
/// the other would gain a quarter leaves the market.
fn leaving() -> Vec<Case> {
    let mut world = market(
        &[3.0, 1.0],
        &[
            "run.warm_up_days=30",
            "market.search.leaves_market=0.25",
            "policy.not_sold.demote_at=1",
            "policy.not_sold.demotion_weight=0.1",
        ],
    );
    world.push("sellers[0].stock_out=0.5".into());
    let demoted = 0.3 / 1.3;
    let other = 0.25 + (1.0 - demoted - 0.25) * 0.75;
    let source = "proportional exposure";
    vec![
        case("orders of a demoted seller, proportional".into(), source, &world, 0, demoted),
        case("orders of its rival, a quarter leaves".into(), source, &world, 1, other),
    ]
}
