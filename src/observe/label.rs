//! What metrics are called for people, in one place: on the terminal, in charts, in findings and in reports.

use super::metric::{Metric, Unit};

/// Names in tables with words for people; counts in the plural, all others in the singular.
const LABELS: &[(&str, &str)] = &[
    ("orders_placed", "orders placed"),
    ("orders_cancelled", "cancellations before shipment"),
    ("orders_cancelled_buyer_reason", "cancellations, buyer's reason"),
    ("orders_cancelled_seller_reason", "cancellations, seller's reason"),
    ("orders_cancelled_buyer_cause", "cancellations caused by buyers"),
    ("orders_cancelled_seller_cause", "cancellations caused by sellers"),
    ("cancels_requested", "cancel requests"),
    ("cancels_granted_by_silence", "cancel requests granted (no response)"),
    ("cancels_refused", "cancel requests refused"),
    ("cancels_overtaken", "cancel requests ended by shipment"),
    ("cancels_open", "cancel requests open at the end"),
    ("reasons_steered", "reasons steered by sellers"),
    ("orders_unshipped", "orders not shipped in time"),
    ("orders_not_sold", "seller-fault cancellations"),
    ("orders_shipped", "parcels handed over"),
    ("orders_delivered", "parcels delivered"),
    ("orders_delivered_late", "parcels delivered late"),
    ("late_share", "late delivery rate"),
    ("orders_lost", "parcels lost"),
    ("orders_defective", "parcels with a defective item"),
    ("orders_completed", "orders completed"),
    ("orders_open", "orders open at the end"),
    ("disputes_filed", "disputes filed"),
    ("disputes_not_received", "disputes, not received"),
    ("disputes_not_as_described", "disputes, not as described"),
    ("disputes_opportunistic", "opportunistic disputes"),
    ("disputes_full_amount", "disputes for the full amount"),
    ("disputes_after_completion", "disputes after completion"),
    ("disputes_answered", "requests answered in time"),
    ("disputes_accepted", "disputes accepted by the seller"),
    ("disputes_rejected", "requests rejected"),
    ("disputes_auto_executed", "disputes refunded automatically (no response)"),
    ("disputes_silent_to_platform", "disputes sent to the platform (no response)"),
    ("counter_offers_made", "counter-offers made"),
    ("disputes_countered", "disputes settled by a counter-offer"),
    ("disputes_modified", "requests modified"),
    ("disputes_withdrawn", "disputes withdrawn"),
    ("disputes_escalated", "disputes taken over by the platform"),
    ("disputes_ruled_for_buyer", "disputes ruled for the buyer"),
    ("disputes_ruled_in_part", "disputes ruled for the buyer in part"),
    ("disputes_ruled_liable", "disputes with the seller ruled liable"),
    ("disputes_ruled_for_seller", "disputes ruled for the seller"),
    ("disputes_open", "disputes open at the end"),
    ("after_sale_cases", "after-sale cases"),
    ("after_sale_open", "after-sale cases open at the end"),
    ("after_sale_declined", "after-sale claims declined"),
    ("offline_transfers", "offline transfers"),
    ("offline_paid_twice", "offline transfers paid twice"),
    ("offline_detected", "offline transfers detected"),
    ("dispute_rate", "dispute rate"),
    ("auto_executed_share", "refunded automatically (no response)"),
    ("not_sold_rate", "seller-fault cancellation rate"),
    ("response_delay_mean", "mean response time"),
    ("response_delay_p50", "median response time"),
    ("response_delay_p95", "95th percentile of response time"),
    ("value_paid", "value paid"),
    ("value_released", "value released to sellers"),
    ("value_refunded", "value refunded"),
    ("value_held", "value held at the end"),
    ("value_offline", "value transferred offline"),
    ("refunded_by_cancellation", "value refunded by cancellation"),
    ("refunded_by_agreement", "value refunded by agreement"),
    ("refunded_by_silence", "value refunded automatically (no response)"),
    ("refunded_by_ruling", "value refunded by ruling"),
    ("refunded_after_sale", "value refunded after the window"),
    ("refund_share", "share of value refunded"),
    ("seller_days_demoted", "seller-days demoted"),
    ("seller_days_frozen", "seller-days suspended"),
    ("seller_days_above_threshold", "seller-days above the threshold"),
    ("seller_days_above_threshold_share", "share of seller-days above the threshold"),
    ("freezes", "suspensions"),
    ("orders_lost_to_penalties", "orders lost to penalties"),
    ("value_lost_to_penalties", "value lost to penalties"),
    ("service_score_mean", "mean service score"),
    ("legitimate_claims_unpaid_share", "legitimate claims unpaid"),
    ("legitimate_claims_underpaid_share", "legitimate claims underpaid"),
    ("opportunistic_claims_paid_share", "opportunistic claims paid"),
    ("penalty_precision", "penalty precision"),
    ("penalty_recall", "penalty recall"),
    ("penalty_auc", "penalty AUC"),
    ("events", "events"),
    ("appeals_filed", "appeals"),
    ("appeals_filed_by_buyers", "appeals by buyers"),
    ("appeals_decided", "appeals decided"),
    ("appeals_granted", "appeals granted"),
    ("appeals_granted_share", "share of appeals granted"),
    ("returns_asked", "disputes asking for return"),
    ("returns_granted", "returns granted"),
    ("returns_sent", "returns sent"),
    ("returns_missed", "returns missed"),
    ("returns_confirmed", "returns confirmed"),
    ("returns_refunded_by_silence", "returns refunded automatically"),
    ("returns_open", "returns open at the end"),
    ("returns_missed_share", "share of returns missed"),
    ("seller_days_demoted_by_dispute_rate", "seller-days demoted by the dispute rate"),
    ("seller_days_demoted_by_service_score", "seller-days demoted by the service score"),
    ("seller_days_demoted_by_not_sold", "seller-days demoted for seller-fault cancellations"),
    ("seller_days_demoted_by_points", "seller-days demoted by penalty points"),
    ("seller_days_frozen_by_not_sold", "seller-days suspended for seller-fault cancellations"),
    ("seller_days_frozen_by_points", "seller-days suspended for penalty points"),
    ("seller_days_frozen_by_offline_transfer", "seller-days suspended for offline transfers"),
];

impl Metric {
    /// What it is called for people; [`Metric::name`] is for scripts.
    pub fn label(&self) -> &'static str {
        LABELS.iter().find(|(name, _)| *name == self.name).map_or(self.name, |(_, label)| label)
    }

    /// Whether a sentence says of its label that they rise, and not that it rises.
    pub fn is_plural(&self) -> bool {
        matches!(self.unit, Unit::Orders | Unit::Cases | Unit::SellerDays)
            || [
                "legitimate claims unpaid",
                "legitimate claims underpaid",
                "opportunistic claims paid",
                "events",
            ]
            .contains(&self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::METRICS;
    use super::*;

    #[test]
    fn every_metric_has_a_label_of_its_own_and_no_label_is_of_none() {
        let names: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
        assert_eq!(LABELS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
        let labels: std::collections::BTreeSet<&str> = LABELS.iter().map(|(_, label)| *label).collect();
        assert_eq!(labels.len(), LABELS.len());
        assert!(LABELS.iter().all(|(_, label)| label.chars().count() <= 52));
    }
}
