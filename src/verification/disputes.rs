//! Claims, disputes and what becomes of them (R1, R6 to R10): products of probabilities.
//!
//! Loss, defect and opportunism make claims. Some are settled offline (offer times compliance); of the others, and of
//! those kept all the same, the ones of buyers who confirmed first come after the window (goodwill decides) and the
//! rest are filed.

use super::case::{Case, Statistic};
use super::settings::finished;
use super::theory::{Ends, Ways};

const WAYS: Ways = Ways {
    silent: 0.1,
    accepts: 0.4,
    counters: 0.5,
    takes: 0.3,
    modifies: 0.25,
    waits: 0.6,
    accuracy: 0.7,
    favour: 0.4,
};
/// Acceptance of an opportunistic request.
const UNFOUNDED: f64 = 0.2;
const LOSS: f64 = 0.1;
/// Claims of lost parcels, ten days after the promise.
const VANISHED: f64 = 0.7;
const DEFECT: f64 = 0.3;
const CLAIMS: f64 = 0.6;
const OPPORTUNISM: f64 = 0.05;
const CONFIRMS: f64 = 0.25;
const GOODWILL: f64 = 0.6;
const FULL: f64 = 0.35;
const OFFERS: f64 = 0.4;
const COMPLIES: f64 = 0.5;
const KEEPS: f64 = 0.3;
const DETECTED: f64 = 0.25;
const LIABLE: f64 = 0.8;
const PARTIAL: f64 = 0.35;

fn world() -> Vec<String> {
    let late = "buyers[*].late_tolerance=[{ after = \"0d\", share = 0.3 }, { after = \"10d\", share = ";
    let more = [
        ("buyers[*].claim_given_defect", CLAIMS),
        ("buyers[*].opportunism", OPPORTUNISM),
        ("buyers[*].confirms_first", CONFIRMS),
        ("buyers[*].full_request", FULL),
        ("buyers[*].accepts_counter_offer", WAYS.takes),
        ("buyers[*].modifies", WAYS.modifies),
        ("buyers[*].wait_for_platform", WAYS.waits),
        ("buyers[*].offline_compliance", COMPLIES),
        ("buyers[*].keeps_dispute", KEEPS),
        ("sellers[*].loss", LOSS),
        ("sellers[*].defect", DEFECT),
        ("sellers[*].accept", WAYS.accepts),
        ("sellers[*].accept_unfounded", UNFOUNDED),
        ("sellers[*].counter_offer", WAYS.counters),
        ("sellers[*].offline_offer", OFFERS),
        ("sellers[*].goodwill", GOODWILL),
        ("sellers[*].response.never", WAYS.silent),
        ("policy.mediation.accuracy", WAYS.accuracy),
        ("policy.mediation.buyer_favour", WAYS.favour),
        ("policy.mediation.partial_share", PARTIAL),
        ("policy.mediation.seller_liable", LIABLE),
        ("policy.offline.detection", DETECTED),
    ]
    .map(|(key, value)| format!("{key}={value}"));
    let fixed = [
        "buyers[*].notice_delay=10d",
        "buyers[*].requested_fraction={ uniform = { min = 0.2, max = 0.8 } }",
        "sellers[*].promise=20d",
        "policy.dispute.modifications=1",
        "policy.dispute.after_completion=5d",
        "policy.offline.freeze_for=0d",
    ];
    [finished(&fixed, &more), vec![format!("{late}{VANISHED} }}]")]].concat()
}

pub(super) fn cases() -> Vec<Case> {
    let faulty = (1.0 - LOSS) * DEFECT * CLAIMS;
    let groundless = (1.0 - LOSS) * (1.0 - DEFECT) * OPPORTUNISM;
    let after = (faulty + groundless) * CONFIRMS;
    let asks = [LOSS * VANISHED, faulty * (1.0 - CONFIRMS), groundless * (1.0 - CONFIRMS)];
    let offline = OFFERS * COMPLIES;
    let goes_on = 1.0 - offline + offline * KEEPS;
    let files = asks.map(|ask| ask * goes_on);
    let filed = files.iter().sum::<f64>();
    let just = WAYS.ends(true);
    let unjust = Ways { accepts: UNFOUNDED, ..WAYS }.ends(false);
    let sum = |part: fn(&Ends) -> f64| (files[0] + files[1]) * part(&just) + files[2] * part(&unjust);
    let all = asks.iter().sum::<f64>() + after;
    let kept = offline * KEEPS / goes_on;
    let for_buyer = sum(|ends| ends.for_buyer);
    let twice = (sum(Ends::refunded) + after * goes_on * GOODWILL) * kept;
    let settings = world();
    [
        ("orders_placed", "parcels lost", "orders_lost", LOSS),
        ("orders_placed", "items defective", "orders_defective", DEFECT),
        ("orders_placed", "disputes filed", "disputes_filed", filed),
        ("disputes_filed", "disputes, not received", "disputes_not_received", files[0] / filed),
        ("disputes_filed", "disputes, not as described", "disputes_not_as_described", files[1] / filed),
        ("disputes_filed", "disputes, opportunistic", "disputes_opportunistic", files[2] / filed),
        (
            "disputes_filed",
            "disputes for the full amount",
            "disputes_full_amount",
            (files[0] + FULL * (files[1] + files[2])) / filed,
        ),
        ("disputes_filed", "executed by silence", "disputes_auto_executed", sum(|ends| ends.silent) / filed),
        ("disputes_filed", "accepted", "disputes_accepted", sum(|ends| ends.accepted) / filed),
        ("disputes_filed", "settled by counter-offer", "disputes_countered", sum(|e| e.countered) / filed),
        ("disputes_filed", "modified", "disputes_modified", sum(|ends| ends.modified) / filed),
        ("disputes_filed", "withdrawn", "disputes_withdrawn", sum(|ends| ends.withdrawn) / filed),
        (
            "disputes_filed",
            "escalated",
            "disputes_escalated",
            sum(|ends| ends.for_buyer + ends.for_seller) / filed,
        ),
        ("disputes_filed", "ruled for the buyer", "disputes_ruled_for_buyer", for_buyer / filed),
        (
            "disputes_filed",
            "ruled for the seller",
            "disputes_ruled_for_seller",
            sum(|e| e.for_seller) / filed,
        ),
        ("disputes_ruled_for_buyer", "rulings of a part", "disputes_ruled_in_part", PARTIAL),
        ("disputes_ruled_for_buyer", "rulings with the seller liable", "disputes_ruled_liable", LIABLE),
        ("orders_placed", "settled after the window", "after_sale_cases", after * goes_on * GOODWILL),
        ("orders_placed", "turned down after it", "after_sale_declined", after * goes_on * (1.0 - GOODWILL)),
        ("orders_placed", "offline transfers", "offline_transfers", all * offline),
        ("offline_transfers", "offline, paid twice", "offline_paid_twice", twice / (all * offline)),
        ("offline_transfers", "offline, detected", "offline_detected", DETECTED),
    ]
    .into_iter()
    .map(|(whole, name, part, theory)| {
        Case::new(name, "product of probabilities", &settings, Statistic::ratio(part, whole), theory)
    })
    .collect()
}
