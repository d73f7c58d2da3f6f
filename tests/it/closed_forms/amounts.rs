//! Mean amounts of refunds: products of mean fractions of an order value of 100 units.

use crate::support::evidence::{Evidence, markets, pairs};
use crate::support::world::{always, days, quiet_world};
use redress::behavior::{RequestedAmount, Response, ResponseDelay};
use redress::engine::Surge;
use redress::observe::Count;
use redress::sim::Distribution;

/// Defects of mean severity 0.4 with a request of the buyer's loss plus half the greed: `0.4 + 0.6 * 0.5 = 0.7` of the
/// value; silence executes it, counter-offers give a mean of 0.3 of it, rulings
/// `1 - 0.25 + 0.25 * 0.6 = 0.9` of it. Ratios over 40 independent markets.
#[test]
fn refunds_have_the_mean_of_their_fractions() {
    let uniform = |min, max| Distribution::Uniform { min, max };
    let mut world = quiet_world();
    world.days = 200;
    world.market.count = 40;
    world.market.orders_per_day = 250.0;
    world.market.surges.push(Surge { first_day: 100, days: 100, multiplier: 0.0 });
    world.buyers[0].requested = RequestedAmount::Greed(uniform(0.0, 1.0));
    world.buyers[0].accepts_counter_offer = 0.5;
    let seller = &mut world.sellers[0];
    (seller.defect, seller.severity, seller.accept) =
        (always(), uniform(0.2, 0.6), Distribution::Constant(0.0));
    (seller.counter_offer, seller.counter_fraction) = (0.8, uniform(0.1, 0.5));
    seller.response = Response::Delay { delay: ResponseDelay::Elapsed(days(1.0)), never: 0.3 };
    let mediation = &mut world.policy.mediation;
    (mediation.partial_share, mediation.partial_fraction) = (0.25, uniform(0.3, 0.9));
    let outcome = markets(&world);
    let mut evidence = Evidence::default();
    let request = 7000.0;
    // Amounts are rounded to the nearest cent, which moves no mean.
    for (name, theory, amount, cases) in [
        (
            "cents refunded automatically (no response)",
            request,
            Count::RefundedBySilence,
            Count::DisputesAutoExecuted,
        ),
        (
            "cents agreed on by counter-offer",
            request * 0.3,
            Count::RefundedByAgreement,
            Count::DisputesCountered,
        ),
        ("cents ruled", request * 0.9, Count::RefundedByRuling, Count::DisputesRuledForBuyer),
    ] {
        evidence.weigh_ratio(name, theory, &pairs(&outcome, &[amount], &[cases]));
    }
    evidence.judge();
}
