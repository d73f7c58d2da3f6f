//! The life of an order as one absorbing chain, with every branch from placement to the ruling in a single world; silence
//! hands disputes to the platform here. And claims on either side of completion and of the window after it (R9).

use super::case::{Case, Statistic};
use super::settings::finished;
use super::theory::chains::Chain;
use super::theory::lognormal_tail;

const STOCK_OUT: f64 = 0.04;
const MIND: f64 = 0.08;
const NEVER: f64 = 0.1;
const AGREES: f64 = 0.6;
const LOSS: f64 = 0.1;
const VANISHED: f64 = 0.7;
const DEFECT: f64 = 0.3;
const CLAIMS: f64 = 0.8;
const OPPORTUNISM: f64 = 0.1;
const OFFERED: f64 = 0.3 * 0.5;
const KEEPS: f64 = 0.4;
const CONFIRMS: f64 = 0.3;
const GOODWILL: f64 = 0.6;
const ACCEPTS: f64 = 0.35;
const UNFOUNDED: f64 = 0.15;
const TAKEN: f64 = 0.6 * 0.4;
const MODIFIES: f64 = 0.5;
const WAITS: f64 = 0.65;
const ACCURACY: f64 = 0.7;
const FAVOUR: f64 = 0.4;
/// Requests of a dispute, the first and its modifications.
const ROUNDS: u32 = 3;

pub(super) fn cases() -> Vec<Case> {
    [branches(), completion()].concat()
}

/// The chain of a whole order; a name before a colon tells states of the same kind apart.
fn order() -> Chain {
    let mut chain = Chain::new();
    before_shipment(&mut chain);
    to_a_claim(&mut chain);
    of_a_dispute(&mut chain, "founded", ACCEPTS, ACCURACY + (1.0 - ACCURACY) * FAVOUR);
    of_a_dispute(&mut chain, "unfounded", UNFOUNDED, (1.0 - ACCURACY) * FAVOUR);
    chain
}

/// Placement to hand-over.
fn before_shipment(chain: &mut Chain) {
    let unshipped = lognormal_tail(5.0, 2.0, 0.5);
    let change = (1.0 - STOCK_OUT) * MIND;
    chain.arrow("placed", "out of stock: request", STOCK_OUT);
    chain.arrow("placed", "change of mind: request", change);
    chain.arrow("placed", "due", 1.0 - STOCK_OUT - change);
    chain.arrow("out of stock: request", "cancelled", 1.0);
    chain.arrow("change of mind: request", "cancelled", NEVER + (1.0 - NEVER) * AGREES);
    chain.arrow("change of mind: request", "refused", (1.0 - NEVER) * (1.0 - AGREES));
    chain.arrow("refused", "due", 1.0);
    chain.arrow("due", "unsent", unshipped);
    chain.arrow("due", "shipped", 1.0 - unshipped);
}

/// Hand-over to a claim, and what is settled before a dispute or too late for one.
fn to_a_claim(chain: &mut Chain) {
    for (from, to, probability) in [
        ("shipped", "lost", LOSS),
        ("shipped", "sound", (1.0 - LOSS) * (1.0 - DEFECT)),
        ("shipped", "defective", (1.0 - LOSS) * DEFECT),
        ("lost", "vanished: claim", VANISHED),
        ("lost", "content", 1.0 - VANISHED),
        ("defective", "founded: claim", CLAIMS),
        ("defective", "content", 1.0 - CLAIMS),
        ("sound", "unfounded: claim", OPPORTUNISM),
        ("sound", "content", 1.0 - OPPORTUNISM),
    ] {
        chain.arrow(from, to, probability);
    }
    for (kind, dispute, confirms) in
        [("vanished", "founded", 0.0), ("founded", "founded", CONFIRMS), ("unfounded", "unfounded", CONFIRMS)]
    {
        let state = |name: &str| format!("{kind}: {name}");
        chain.arrow(&state("claim"), &state("transfer"), OFFERED);
        chain.arrow(&state("claim"), &state("goes on"), 1.0 - OFFERED);
        chain.arrow(&state("transfer"), &state("goes on"), KEEPS);
        chain.arrow(&state("transfer"), "paid offline", 1.0 - KEEPS);
        chain.arrow(&state("goes on"), &state("filed"), 1.0 - confirms);
        chain.arrow(&state("goes on"), &state("too late"), confirms);
        chain.arrow(&state("filed"), &format!("{dispute} 1: asked"), 1.0);
        chain.arrow(&state("too late"), "settled", GOODWILL);
        chain.arrow(&state("too late"), "turned down", 1.0 - GOODWILL);
    }
}

/// A dispute from request to request, and to its ruling.
fn of_a_dispute(chain: &mut Chain, kind: &str, accepts: f64, for_buyer: f64) {
    let escalated = format!("{kind}: escalated");
    for round in 1..=ROUNDS {
        let state = |name: &str| format!("{kind} {round}: {name}");
        let modifies = if round < ROUNDS { MODIFIES } else { 0.0 };
        let left = (1.0 - TAKEN) * (1.0 - modifies);
        chain.arrow(&state("asked"), &state("silent"), NEVER);
        chain.arrow(&state("asked"), "accepted", (1.0 - NEVER) * accepts);
        chain.arrow(&state("asked"), &state("rejected"), (1.0 - NEVER) * (1.0 - accepts));
        chain.arrow(&state("silent"), &escalated, 1.0);
        chain.arrow(&state("rejected"), "countered", TAKEN);
        chain.arrow(&state("rejected"), &state("modified"), (1.0 - TAKEN) * modifies);
        chain.arrow(&state("rejected"), &escalated, left * WAITS);
        chain.arrow(&state("rejected"), "withdrawn", left * (1.0 - WAITS));
        if round < ROUNDS {
            chain.arrow(&state("modified"), &format!("{kind} {}: asked", round + 1), 1.0);
        }
    }
    chain.arrow(&escalated, "for the buyer", for_buyer);
    chain.arrow(&escalated, "for the seller", 1.0 - for_buyer);
}

fn world() -> Vec<String> {
    let shares = [
        ("buyers[*].change_of_mind", MIND),
        ("buyers[*].claim_given_defect", CLAIMS),
        ("buyers[*].opportunism", OPPORTUNISM),
        ("buyers[*].confirms_first", CONFIRMS),
        ("buyers[*].accepts_counter_offer", 0.4),
        ("buyers[*].modifies", MODIFIES),
        ("buyers[*].wait_for_platform", WAITS),
        ("buyers[*].offline_compliance", 0.5),
        ("buyers[*].keeps_dispute", KEEPS),
        ("sellers[*].stock_out", STOCK_OUT),
        ("sellers[*].agrees_to_cancel", AGREES),
        ("sellers[*].loss", LOSS),
        ("sellers[*].defect", DEFECT),
        ("sellers[*].accept", ACCEPTS),
        ("sellers[*].accept_unfounded", UNFOUNDED),
        ("sellers[*].counter_offer", 0.6),
        ("sellers[*].offline_offer", 0.3),
        ("sellers[*].goodwill", GOODWILL),
        ("sellers[*].response.never", NEVER),
        ("policy.mediation.accuracy", ACCURACY),
        ("policy.mediation.buyer_favour", FAVOUR),
    ]
    .map(|(key, value)| format!("{key}={value}"));
    let late = format!(
        "buyers[*].late_tolerance=[{{ after = \"0d\", share = 0.3 }}, {{ after = \"10d\", share = {VANISHED} }}]"
    );
    let fixed = [
        "buyers[*].notice_delay=10d",
        "sellers[*].handling_time={ lognormal = { median = \"2d\", sigma = 0.5 } }",
        "sellers[*].promise=20d",
        "policy.cancellation.race=exclusive",
        "policy.shipment.deadline=5d",
        "policy.dispute.silence=platform",
        "policy.dispute.modifications=2",
        "policy.dispute.after_completion=5d",
    ];
    [finished(&fixed, &shares), vec![late]].concat()
}

/// A case for each state of the chain that is counted, of orders placed.
fn branches() -> Vec<Case> {
    let (chain, world) = (order(), world());
    [
        ("request", "cancels_requested"),
        ("refused", "cancels_refused"),
        ("cancelled", "orders_cancelled"),
        ("unsent", "orders_unshipped"),
        ("shipped", "orders_shipped"),
        ("transfer", "offline_transfers"),
        ("settled", "after_sale_cases"),
        ("turned down", "after_sale_declined"),
        ("filed", "disputes_filed"),
        ("silent", "disputes_silent_to_platform"),
        ("accepted", "disputes_accepted"),
        ("rejected", "disputes_rejected"),
        ("countered", "disputes_countered"),
        ("modified", "disputes_modified"),
        ("withdrawn", "disputes_withdrawn"),
        ("escalated", "disputes_escalated"),
        ("for the buyer", "disputes_ruled_for_buyer"),
        ("for the seller", "disputes_ruled_for_seller"),
    ]
    .into_iter()
    .map(|(state, metric)| {
        let statistic = Statistic::ratio(metric, "orders_placed");
        let name = format!("order's life, {state}");
        Case::new(
            name,
            "absorbing chain (Kemeny and Snell 1960)",
            &world,
            statistic,
            chain.visits("placed", state),
        )
    })
    .collect()
}

/// A defect noticed an exponential time of five days after delivery, by a buyer who confirms after two: a dispute before
/// that or within the 15 days after it, and a matter for manual service then.
fn completion() -> Vec<Case> {
    let world = finished(
        &[
            "buyers[*].confirms_first=1",
            "buyers[*].notice_delay={ exponential = { mean = \"5d\" } }",
            "sellers[*].defect=1",
            "sellers[*].goodwill=1",
        ],
        &[],
    );
    let later_than = |days: f64| (-days / 5.0).exp();
    [
        ("disputed after completion", "disputes_after_completion", later_than(2.0) - later_than(17.0)),
        ("claimed after the window", "after_sale_cases", later_than(17.0)),
    ]
    .into_iter()
    .map(|(name, part, share)| {
        Case::new(name, "exponential tail", &world, Statistic::ratio(part, "orders_placed"), share)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_leaves_every_state_and_ends_once() {
        let chain = order();
        assert!(chain.leaks().is_empty(), "{:?}", chain.leaks());
        let ends = [
            "cancelled",
            "unsent",
            "content",
            "paid offline",
            "settled",
            "turned down",
            "accepted",
            "countered",
            "withdrawn",
            "for the buyer",
            "for the seller",
        ];
        let sum: f64 = ends.iter().map(|end| chain.visits("placed", end)).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }
}
