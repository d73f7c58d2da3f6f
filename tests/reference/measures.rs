//! The metrics of docs/outputs.md, each by its own formula from what was tallied.

use crate::tally::Tally;
use redress::engine::World;
use redress::policy::dispute_rate::{Basis, Denominator};

/// The value of a metric in one replication; none where it is undefined.
pub(crate) fn value(world: &World, tally: &Tally, metric: &str) -> Option<f64> {
    let of = |name| tally.of(name);
    let both = |one, other| Some(tally.of(one) + tally.of(other));
    match metric {
        "orders_cancelled" => both("orders_cancelled_buyer_reason", "orders_cancelled_seller_reason"),
        "orders_not_sold" => both("orders_cancelled_seller_reason", "orders_unshipped"),
        "late_share" => tally.ratio("orders_delivered_late", "orders_delivered"),
        "dispute_rate" => dispute_rate(world, tally),
        "auto_executed_share" => {
            let silences = of("disputes_auto_executed");
            share(silences, silences + of("disputes_answered"))
        }
        "not_sold_rate" => {
            share(of("orders_cancelled_seller_reason") + of("orders_unshipped"), of("orders_placed"))
        }
        "response_delay_mean" => tally.delay_mean().map(in_hours),
        "response_delay_p50" => tally.delay_quantile(0.5).map(in_hours),
        "response_delay_p95" => tally.delay_quantile(0.95).map(in_hours),
        "refund_share" => tally.ratio("value_refunded", "value_paid"),
        "service_score_mean" => tally.ratio("service_score_sum", "service_score_days"),
        "legitimate_claims_unpaid_share" => {
            tally.ratio("legitimate_claims_unpaid", "legitimate_claims_ended")
        }
        "legitimate_claims_underpaid_share" => {
            tally.ratio("legitimate_claims_underpaid", "legitimate_claims_ended")
        }
        "opportunistic_claims_paid_share" => {
            tally.ratio("opportunistic_claims_paid", "opportunistic_claims_ended")
        }
        "seller_days_above_threshold_share" => tally.ratio("seller_days_above_threshold", "seller_days"),
        "appeals_granted_share" => tally.ratio("appeals_granted", "appeals_decided"),
        "returns_missed_share" => share(of("returns_missed"), of("returns_missed") + of("returns_sent")),
        "penalty_precision" => tally.precision(),
        "penalty_recall" => tally.recall(),
        "penalty_auc" => tally.auc(),
        count if COUNTS.contains(&count) => Some(of(count)),
        unknown => panic!("the reference does not know {unknown}"),
    }
}

fn in_hours(seconds: f64) -> f64 {
    seconds / 3600.0
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// The dispute rate of the observation period, on the policy's own basis (R7).
fn dispute_rate(world: &World, tally: &Tally) -> Option<f64> {
    let rule = &world.policy.dispute_rate;
    let of = |name| tally.of(name);
    let disputes = match rule.basis {
        Basis::Filed => of("disputes_filed") - of("disputes_withdrawn"),
        Basis::Refunded => {
            of("disputes_accepted")
                + of("disputes_auto_executed")
                + of("disputes_countered")
                + of("disputes_ruled_for_buyer")
        }
        Basis::Ruled => of("disputes_ruled_liable"),
    };
    let orders = match rule.denominator {
        Denominator::Closed => of("orders_completed") + of("disputes_filed"),
        Denominator::Placed => of("orders_placed"),
    };
    share(disputes, orders)
}

/// Metrics that are counted as they are.
const COUNTS: &[&str] = &[
    "orders_placed",
    "orders_cancelled_buyer_reason",
    "orders_cancelled_seller_reason",
    "orders_cancelled_buyer_cause",
    "orders_cancelled_seller_cause",
    "cancels_requested",
    "cancels_granted_by_silence",
    "cancels_refused",
    "cancels_overtaken",
    "cancels_open",
    "reasons_steered",
    "orders_unshipped",
    "orders_shipped",
    "orders_delivered",
    "orders_delivered_late",
    "orders_lost",
    "orders_defective",
    "orders_completed",
    "orders_open",
    "disputes_filed",
    "disputes_not_received",
    "disputes_not_as_described",
    "disputes_opportunistic",
    "disputes_full_amount",
    "disputes_after_completion",
    "disputes_answered",
    "disputes_accepted",
    "disputes_rejected",
    "disputes_auto_executed",
    "disputes_silent_to_platform",
    "counter_offers_made",
    "disputes_countered",
    "disputes_modified",
    "disputes_withdrawn",
    "disputes_escalated",
    "disputes_ruled_for_buyer",
    "disputes_ruled_in_part",
    "disputes_ruled_liable",
    "disputes_ruled_for_seller",
    "disputes_open",
    "after_sale_cases",
    "after_sale_declined",
    "after_sale_open",
    "offline_transfers",
    "offline_paid_twice",
    "offline_detected",
    "value_paid",
    "value_released",
    "value_refunded",
    "value_held",
    "value_offline",
    "refunded_by_cancellation",
    "refunded_by_agreement",
    "refunded_by_silence",
    "refunded_by_ruling",
    "refunded_after_sale",
    "seller_days_demoted",
    "seller_days_frozen",
    "seller_days_above_threshold",
    "freezes",
    "orders_lost_to_penalties",
    "value_lost_to_penalties",
    "events",
    "appeals_filed",
    "appeals_filed_by_buyers",
    "appeals_decided",
    "appeals_granted",
    "returns_asked",
    "returns_granted",
    "returns_sent",
    "returns_missed",
    "returns_confirmed",
    "returns_refunded_by_silence",
    "returns_open",
    "seller_days_demoted_by_dispute_rate",
    "seller_days_demoted_by_service_score",
    "seller_days_demoted_by_not_sold",
    "seller_days_demoted_by_points",
    "seller_days_frozen_by_not_sold",
    "seller_days_frozen_by_points",
    "seller_days_frozen_by_offline_transfer",
];
