//! The reference workload against its definition: what the other engines are held to as well.

use crate::support::evidence::{Evidence, markets, pairs};
use crate::support::world::{DAY, count, reference_workload, run};
use redress::engine::World;
use redress::observe::{Count, MarketOutcome, Series};
use redress::scenario::Source;
use redress::sim::Distribution;
use std::ops::Range;
use std::path::Path;

const SELLERS: f64 = 2000.0;
const ORDERS_A_DAY: f64 = 10.0;
const DAYS: f64 = 365.0;

fn scenario() -> World {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference_workload.toml");
    Source::read(&path).and_then(|source| source.resolve()).unwrap_or_else(|errors| panic!("{errors}")).world
}

/// The file and the builder describe one world: the same but for names, for rounding, and for choices that
/// no order of the workload comes to make, and the same outcome to the last counter.
#[test]
fn the_scenario_is_the_world_that_the_builder_makes() {
    let (mut file, built) = (scenario(), reference_workload(20, 100, 365));
    let (outcome, expected) = (run(&file), run(&built));
    assert_eq!((outcome.market, outcome.daily), (expected.market, expected.daily));
    for (reason, other) in file.policy.cancellation.reasons.iter_mut().zip(&built.policy.cancellation.reasons)
    {
        reason.name.clone_from(&other.name);
    }
    let (buyer, other) = (&mut file.buyers[0], &built.buyers[0]);
    assert!((buyer.change_of_mind - other.change_of_mind).abs() < 1e-15);
    buyer.change_of_mind = other.change_of_mind;
    // Nothing is lost, no counter-offer is made, nothing is settled offline, no claim is unfounded, nothing is sent back.
    buyer.return_delay = other.return_delay.clone();
    buyer.return_transit = other.return_transit.clone();
    buyer.withdraws_on_arrival = other.withdraws_on_arrival;
    buyer.accepts_counter_offer = other.accepts_counter_offer;
    buyer.offline_compliance = other.offline_compliance;
    file.sellers[0].accept_unfounded = built.sellers[0].accept_unfounded.clone();
    file.sellers[0].return_check = built.sellers[0].return_check.clone();
    assert_eq!(file.market, built.market);
    assert_eq!(file.buyers, built.buyers);
    assert_eq!(file.sellers, built.sellers);
    assert_eq!(file.policy, built.policy);
    assert_eq!(file, built);
}

fn orders() -> f64 {
    SELLERS * ORDERS_A_DAY * DAYS
}

/// Orders are Poisson; of a Poisson stream that runs to the horizon `T`, the events that follow after a
/// delay `X` and come before `T` are Poisson with mean `rate (T - E X)`, if `X` is shorter than `T` but for a
/// negligible share. A cancellation takes `U(0, 1) + Exp(1)`, 1.5 days on average.
#[test]
fn six_percent_are_cancelled_three_tenths_of_them_for_the_sellers_reason() {
    let outcome = run(&scenario());
    let mut evidence = Evidence::default();
    evidence.weigh_count("orders", orders(), count(&outcome, Count::OrdersPlaced));
    let by_seller = count(&outcome, Count::OrdersCancelledSellerReason);
    let cancelled = by_seller + count(&outcome, Count::OrdersCancelledBuyerReason);
    evidence.weigh_count("cancelled in time", orders() * 0.06 * (1.0 - 1.5 / DAYS), cancelled);
    evidence.weigh_share("for the seller's reason", 0.3, by_seller, cancelled);
    assert_eq!(by_seller, count(&outcome, Count::OrdersCancelledSellerCause), "everybody is honest");
    evidence.judge();
}

/// Days from placement to a dispute: handling `2 exp(0.5^2 / 2)`, transit `18 exp(0.4^2 / 2)`, notice 3.
fn days_to_dispute() -> f64 {
    2.0 * 0.125_f64.exp() + 18.0 * 0.08_f64.exp() + 3.0
}

/// Eight percent of the 94 % that are shipped are disputed, as far as there is time for it.
#[test]
fn eight_percent_of_shipped_orders_are_disputed() {
    let outcome = run(&scenario());
    let mut evidence = Evidence::default();
    let filed = count(&outcome, Count::DisputesFiled);
    let theory = orders() * 0.94 * 0.08 * (1.0 - days_to_dispute() / DAYS);
    evidence.weigh_count("disputes in time", theory, filed);
    let shipped = count(&outcome, Count::OrdersShipped);
    evidence.weigh_count("shipped in time", orders() * 0.94 * (1.0 - 2.0 * 0.125_f64.exp() / DAYS), shipped);
    evidence.weigh_share("defective, of shipped", 0.08, count(&outcome, Count::OrdersDefective), shipped);
    evidence.judge();
}

/// 40 % of answers reject; each goes to the platform at once and is ruled after `Exp(7)` days, half of the
/// rulings for the buyer. Not yet ruled at the horizon: a Poisson number of the rejections of the last day
/// times 7.
#[test]
fn two_fifths_of_answers_reject_and_half_of_the_rulings_are_for_the_buyer() {
    let outcome = run(&scenario());
    let mut evidence = Evidence::default();
    let get = |what| count(&outcome, what);
    let rejected = get(Count::DisputesRejected);
    evidence.weigh_share("rejected, of answered", 0.4, rejected, get(Count::DisputesAnswered));
    assert_eq!(rejected, get(Count::DisputesEscalated));
    let (for_buyer, for_seller) = (get(Count::DisputesRuledForBuyer), get(Count::DisputesRuledForSeller));
    evidence.weigh_share("ruled for the buyer", 0.5, for_buyer, for_buyer + for_seller);
    let rejections_a_day = SELLERS * ARRIVALS * (1.0 - missed(ARRIVALS)) * 0.4;
    evidence.weigh_count(
        "not ruled at the horizon",
        rejections_a_day * 7.0,
        rejected - for_buyer - for_seller,
    );
    evidence.judge();
}

/// Disputes per day at a seller's desk once the first parcels have come: 0.752.
const ARRIVALS: f64 = ORDERS_A_DAY * 0.94 * 0.08;

/// Share of disputes that a desk misses, a case leaving it if not finished in five days of half a day's mean
/// work: `(1 - rho) e / (1 - rho e)`, `e = exp(-(2 - lambda) 5)`.
fn missed(arrivals: f64) -> f64 {
    let load = arrivals / 2.0;
    let e = (-(2.0 - arrivals) * 5.0).exp();
    (1.0 - load) * e / (1.0 - load * e)
}

/// Share of disputes that are filed within `days` of placement: handling and transit at the middles of
/// equal shares of their distributions, notice exactly.
fn filed_within(days: f64, world: &World) -> f64 {
    let middles = |law: &Distribution, parts: u32| -> Vec<f64> {
        (0..parts).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(parts)) / DAY).collect()
    };
    let seller = &world.sellers[0];
    let (handling, transit) = (middles(&seller.handling_time, 40), middles(&seller.transit_time, 200));
    let noticed = |left: f64| if left > 0.0 { 1.0 - (-left / 3.0).exp() } else { 0.0 };
    let sum: f64 = handling.iter().flat_map(|h| transit.iter().map(move |t| noticed(days - h - t))).sum();
    sum / (handling.len() * transit.len()) as f64
}

fn sum(market: &MarketOutcome, series: Series, days: Range<usize>) -> f64 {
    market.daily.row(series)[days].iter().sum::<u64>() as f64
}

/// From day 100 on all but 2e-5 of parcels have come and the stream is Poisson with a steady rate; before,
/// the rate rises over weeks, the desk forgets in days, and the closed form holds at every day's own rate.
/// Silence executes what was filed five days before. Ratios over the 20 markets.
#[test]
fn silence_executes_the_share_that_the_desk_misses() {
    let world = scenario();
    let outcome = markets(&world);
    let mut evidence = Evidence::default();
    let steady: Vec<(f64, f64)> = outcome
        .iter()
        .map(|market| {
            let executed = sum(market, Series::DisputesAutoExecuted, 105..365);
            (executed, sum(market, Series::DisputesFiled, 100..360))
        })
        .collect();
    evidence.weigh_ratio("refunded automatically (no response), steady", missed(ARRIVALS), &steady);
    let filed: f64 = steady.iter().map(|batch| batch.1).sum();
    evidence.weigh_count("disputes of 260 steady days", SELLERS * ARRIVALS * 260.0, filed as u64);
    let (executed, filed) = (0..365).fold((0.0, 0.0), |(executed, filed), day| {
        let rate = ARRIVALS * filed_within(f64::from(day) + 0.5, &world);
        (executed + if day < 360 { rate * missed(rate) } else { 0.0 }, filed + rate)
    });
    let year = pairs(&outcome, &[Count::DisputesAutoExecuted], &[Count::DisputesFiled]);
    evidence.weigh_ratio("refunded automatically (no response), whole year", executed / filed, &year);
    evidence.judge();
}
