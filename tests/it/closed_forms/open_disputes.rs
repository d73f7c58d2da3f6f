//! How many disputes are open: Little's law, and the Poisson number of the queue with endless servers.

use super::{SERVICE, disputed_world, exponential_desk};
use crate::support::evidence::{Evidence, markets};
use crate::support::world::{DAY, always, answers_after, days, quiet_world};
use redress::behavior::Response;
use redress::engine::World;
use redress::observe::{MarketOutcome, Series};
use redress::sim::{Distribution, Span};

/// Disputes open at the close of each day: filed so far, less answered so far; every answer accepts.
fn open_at_close(market: &MarketOutcome) -> Vec<i64> {
    let row = |series| market.daily.row(series).iter();
    let day = row(Series::DisputesFiled).zip(row(Series::DisputesAccepted));
    day.scan(0, |open, (&filed, &ended)| {
        *open += filed as i64 - ended as i64;
        Some(*open)
    })
    .collect()
}

/// Little (1961): the mean number at the desk is the arrival rate times the mean time to the answer,
/// whatever the distributions; here by market, as a difference of two measurements of one run. M/M/1 at 0.8 has 4.
#[test]
fn the_number_at_the_desk_is_the_arrival_rate_times_the_time_to_an_answer() {
    let mut evidence = Evidence::default();
    let load = 0.8;
    let mut world = disputed_world(load, 1, 2e6);
    world.warm_up_days = 0;
    world.policy.dispute.response_deadline = Span::Never;
    world.sellers[0].response = Response::Desk(exponential_desk(1));
    let settled = 100;
    let (mut numbers, mut differences) = (Vec::new(), Vec::new());
    for market in markets(&world) {
        let open = &open_at_close(&market)[settled..];
        let number = open.iter().sum::<i64>() as f64 / open.len() as f64 / 8.0;
        let time = market.market.delays.mean().unwrap_or(f64::NAN) / SERVICE;
        numbers.push(number);
        differences.push(number - load * time);
    }
    evidence.weigh_batches("open at the desk, M/M/1 at 0.8", 4.0, &numbers);
    evidence.weigh_batches("open less load times response", 0.0, &differences);
    evidence.judge();
}

/// Twelve disputes per day, open for 21 days on average: after 380 days a market has a Poisson number of
/// mean 252 of them, for any distribution of the delay. Mean, dispersion `sum (n - 252)^2 / 252` (chi-square with
/// as many degrees as markets, `z = (x - k) / sqrt(2 k)`), and the share above the 95 % quantile, 278.
#[test]
fn disputes_without_a_desk_are_open_in_poisson_number() {
    let laws = [
        ("exponential", Distribution::Exponential { mean: 21.0 * DAY }),
        ("constant", days(21.0)),
        ("uniform", Distribution::Uniform { min: 0.0, max: 42.0 * DAY }),
    ];
    let mut evidence = Evidence::default();
    for (name, law) in laws {
        let (theory, count) = (252.0, 400);
        let open: Vec<f64> = markets(&endless_world(law, count))
            .iter()
            .map(|market| *open_at_close(market).last().expect("there are days") as f64)
            .collect();
        let k = f64::from(count);
        let mean = open.iter().sum::<f64>() / k;
        evidence.weigh(&format!("open, {name}: mean"), theory, mean, (theory / k).sqrt());
        let dispersion = open.iter().map(|n| (n - theory).powi(2) / theory).sum::<f64>();
        evidence.weigh(&format!("open, {name}: dispersion"), k, dispersion, (2.0 * k).sqrt());
        let above = open.iter().filter(|&&n| n > 278.0).count() as u64;
        evidence.weigh_share(
            &format!("open, {name}: above 278"),
            poisson_above(theory, 278),
            above,
            u64::from(count),
        );
    }
    evidence.judge();
}

/// With weekdays of different demand and a constant delay of three days the number open at a close is that
/// of the disputes of the last three days, to the one, and Poisson with their mean (Mt/D/infinity). A
/// dispute is filed seven days after its order, so on the same weekday.
#[test]
fn disputes_that_all_take_three_days_are_those_of_the_last_three_days() {
    let profile = [1.6, 1.2, 1.0, 0.9, 0.9, 0.5, 0.9];
    let mut world = endless_world(days(3.0), 1);
    (world.days, world.market.weekday_profile) = (7 * 700, profile);
    let market = &markets(&world)[0];
    let (open, filed) = (open_at_close(market), market.daily.row(Series::DisputesFiled));
    for (close, recent) in (2..).zip(filed.windows(3)) {
        assert_eq!(open[close], recent.iter().sum::<u64>() as i64, "at the close of day {close}");
    }
    let mut evidence = Evidence::default();
    for weekday in 0..7 {
        let theory: f64 = (0..3).map(|back| 12.0 * profile[(weekday + 7 - back) % 7]).sum();
        let closes: Vec<i64> = open.iter().skip(14 + weekday).step_by(7).copied().collect();
        let sum = closes.iter().sum::<i64>() as u64;
        evidence.weigh_count(&format!("open on weekday {weekday}, sum"), theory * closes.len() as f64, sum);
    }
    evidence.judge();
}

fn endless_world(law: Distribution, markets: u32) -> World {
    let mut world = quiet_world();
    world.days = 380;
    world.market.count = markets;
    world.market.orders_per_day = 12.0;
    world.sellers[0].defect = always();
    world.sellers[0].response = answers_after(law);
    world.policy.dispute.response_deadline = Span::Never;
    world
}

/// Probability that a Poisson number exceeds `bound`.
fn poisson_above(mean: f64, bound: u32) -> f64 {
    let log_terms = (1..=bound).scan(-mean, |log, k| {
        *log += mean.ln() - f64::from(k).ln();
        Some(log.exp())
    });
    1.0 - (-mean).exp() - log_terms.sum::<f64>()
}
