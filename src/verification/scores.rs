//! The service score (R7) and penalty points (R4) of sellers with few orders per day, by the distributions of their counts.

use super::case::{Case, Statistic, sum};
use super::settings::{AT_ONCE, settings};
use super::theory::counts::{poisson, poisson_part};

const SELLERS: f64 = 200.0;
const DAYS: f64 = 100.0;
/// Orders of a seller and day, and the share that is out of stock, and not sold, in the instant in which it is placed.
const A_DAY: f64 = 4.0;
const NOT_SOLD: f64 = 0.3;
/// Counts of a day or a few that are not rarer than one in 10^12.
const MOST: u32 = 60;

const COUNTS: &str = "binomial part of a Poisson count";

pub(super) fn cases() -> Vec<Case> {
    [scores(), vec![disputes()], levels(), points()].concat()
}

/// Sellers that do not meet, after the days that fill a window.
fn world(fixed: &[&str], more: &[String]) -> Vec<String> {
    let sellers = [
        "run.warm_up_days=20".to_owned(),
        "market.search.feedback=false".into(),
        format!("run.days={DAYS}"),
        format!("market.sellers={SELLERS}"),
        format!("market.orders_per_day={}", A_DAY * SELLERS),
    ];
    settings(fixed, &[&sellers[..], more].concat())
}

/// The same, where orders that are out of stock are cancelled at once.
fn sold_out(more: &[String]) -> Vec<String> {
    let at_once = ["sellers[*].stock_out_notice=0d".to_owned(), "sellers[*].response.delay=0d".into()];
    let share = [format!("sellers[*].stock_out={NOT_SOLD}")];
    world(&[], &[&at_once[..], &share, more].concat())
}

/// Marks of 60 up to a rate of 0.25, of -20 from 0.75 on, and a line between: 160 less for each whole of the rate.
fn marks(poor: u32, of: u32) -> f64 {
    let rate = if of == 0 { 0.0 } else { f64::from(poor) / f64::from(of) };
    (60.0 - 160.0 * (rate - 0.25)).clamp(-20.0, 60.0)
}

const MARKS: &str = "{ points = 60, floor = -20, starts_at = 0.25, worst = 0.75 }";

/// Scores of a window with their probabilities.
fn scores_of(days: f64) -> Vec<(f64, f64)> {
    let counts = poisson_part(A_DAY * days, NOT_SOLD, MOST);
    counts.into_iter().map(|(poor, of, probability)| (marks(poor, of), probability)).collect()
}

fn scores() -> Vec<Case> {
    let case = |days: f64| {
        let rule = format!("policy.service_score={{ window = \"{days}d\", not_sold = {MARKS} }}");
        let mean = scores_of(days).iter().map(|(marks, probability)| marks * probability).sum();
        let name = format!("service score, not sold in {days} d");
        Case::new(name, COUNTS, &sold_out(&[rule]), Statistic::mean("service_score_mean"), mean)
    };
    vec![case(1.0), case(3.0)]
}

/// Of a day's orders some are disputed at once, and others complete on it, two days after they were placed.
fn disputes() -> Case {
    let disputed = A_DAY * NOT_SOLD;
    let pairs = (0..MOST).flat_map(|filed| (0..MOST).map(move |completed| (filed, completed)));
    let mean = pairs.map(|(filed, completed)| {
        let probability = poisson(disputed, filed) * poisson(A_DAY - disputed, completed);
        probability * marks(filed, filed + completed)
    });
    let more = [
        format!("sellers[*].defect={NOT_SOLD}"),
        format!("policy.service_score={{ window = \"1d\", not_as_described = {MARKS} }}"),
    ];
    let (name, source) = ("service score, not as described in 1 d", "independent Poisson counts");
    Case::new(name, source, &world(&AT_ONCE, &more), Statistic::mean("service_score_mean"), mean.sum())
}

/// Share of seller-days that are demoted.
fn demoted() -> Statistic {
    Statistic::Mean(sum(&[(1.0 / (SELLERS * DAYS), "seller_days_demoted")]))
}

/// A level below 1 for a mean score below a limit, set every day, and every second day from two scores; limits lie between
/// the scores that there are.
fn levels() -> Vec<Case> {
    let one = scores_of(1.0);
    let two: Vec<(f64, f64)> =
        one.iter().flat_map(|(a, p)| one.iter().map(move |(b, q)| (f64::midpoint(*a, *b), p * q))).collect();
    [(1, 37.3, one), (2, 31.7, two)]
        .into_iter()
        .map(|(every, at, scores)| {
            let rule = format!(
                "policy.service_score={{ window = \"1d\", not_sold = {MARKS}, level_every = \"{every}d\", \
                 levels = [{{ at = {at}, weight = 1 }}, {{ at = -100, weight = 0.5 }}] }}"
            );
            let below = scores.iter().filter(|(score, _)| *score < at).map(|(_, probability)| probability);
            let name = format!("days below the level, set every {every} d");
            Case::new(name, COUNTS, &sold_out(&[rule]), demoted(), below.sum())
        })
        .collect()
}

/// Two points for more than a fifth not sold, five for more than half, of at least two; valid for some closes; a tier from
/// so many points on.
fn points() -> Vec<Case> {
    let counts = poisson_part(A_DAY, NOT_SOLD, MOST);
    let earned = |poor: u32, of: u32| match (poor, of) {
        (0 | 1, _) => 0,
        _ if 2 * poor > of => 5,
        _ if 5 * poor > of => 2,
        _ => 0,
    };
    let mut day = [0.0; 6];
    for (poor, of, probability) in counts {
        day[earned(poor, of)] += probability;
    }
    [(1, 5_usize), (3, 7), (7, 14)]
        .map(|(closes, at)| {
            let mut sums = vec![1.0];
            for _ in 0..closes {
                let mut more = vec![0.0; sums.len() + 5];
                for (sum, probability) in sums.iter().enumerate() {
                    for (points, share) in day.iter().enumerate() {
                        more[sum + points] += probability * share;
                    }
                }
                sums = more;
            }
            let rule = format!(
                "policy.points={{ every = \"1d\", expire_after = \"{closes}d\", awards = [\
                 {{ indicator = \"not_sold_rate\", window = \"1d\", above = 0.2, minimum_count = 2, points = 2 }}, \
                 {{ indicator = \"not_sold_rate\", window = \"1d\", above = 0.5, minimum_count = 2, points = 5 }}], \
                 tiers = [{{ at = {at}, weight = 0.5 }}] }}"
            );
            let name = format!("days with {at} points or more, valid for {closes} d");
            Case::new(name, COUNTS, &sold_out(&[rule]), demoted(), sums.iter().skip(at).sum())
        })
        .to_vec()
}
