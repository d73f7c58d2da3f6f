//! Every metric that is reported: name, unit, formula and meaning. `docs/outputs.md` says the same in words.

use super::metric::{Formula, Metric, OptionalRule, Unit};
use super::tally::Count;

const fn count(name: &'static str, unit: Unit, count: Count, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, needs: None, formula: Formula::Count(count) }
}

const fn formula(name: &'static str, unit: Unit, formula: Formula, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, needs: None, formula }
}

/// A count that is reported where there are returns (R13).
const fn returns(name: &'static str, of: Count, meaning: &'static str) -> Metric {
    Metric { needs: Some(OptionalRule::Returns), ..count(name, Unit::Cases, of, meaning) }
}

impl Metric {
    /// The metric of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        METRICS.iter().find(|metric| metric.name == name)
    }
}

/// Every metric, in the order of tables.
pub const METRICS: &[Metric] = &[
    count("orders_placed", Unit::Orders, Count::OrdersPlaced, "Orders placed."),
    formula(
        "orders_cancelled",
        Unit::Orders,
        Formula::Sum(Count::OrdersCancelledBuyerReason, Count::OrdersCancelledSellerReason),
        "Orders cancelled before shipment (R2).",
    ),
    count(
        "orders_cancelled_buyer_reason",
        Unit::Orders,
        Count::OrdersCancelledBuyerReason,
        "Cancelled with a buyer's reason, without effect on the seller (R3).",
    ),
    count(
        "orders_cancelled_seller_reason",
        Unit::Orders,
        Count::OrdersCancelledSellerReason,
        "Cancelled with a seller's reason: not sold (R3).",
    ),
    count(
        "orders_cancelled_buyer_cause",
        Unit::Orders,
        Count::OrdersCancelledBuyerCause,
        "Cancelled because the buyer truly changed their mind (R3).",
    ),
    count(
        "orders_cancelled_seller_cause",
        Unit::Orders,
        Count::OrdersCancelledSellerCause,
        "Cancelled because the seller truly had no stock or was slow (R3).",
    ),
    count("cancels_requested", Unit::Cases, Count::CancelsRequested, "Cancel requests (R2)."),
    count(
        "cancels_granted_by_silence",
        Unit::Cases,
        Count::CancelsGrantedBySilence,
        "Cancel requests granted because nobody answered.",
    ),
    count("cancels_refused", Unit::Cases, Count::CancelsRefused, "Cancel requests that the seller refused."),
    count("cancels_overtaken", Unit::Cases, Count::CancelsOvertaken, "Cancel requests ended by shipment."),
    count("cancels_open", Unit::Cases, Count::CancelsOpen, "Cancel requests open at the horizon (censored)."),
    count(
        "reasons_steered",
        Unit::Cases,
        Count::ReasonsSteered,
        "Buyers who chose a buyer's reason because the seller asked (R5).",
    ),
    count(
        "orders_unshipped",
        Unit::Orders,
        Count::OrdersUnshipped,
        "Orders closed at the shipment deadline (R4).",
    ),
    count(
        "orders_not_sold",
        Unit::Orders,
        Count::OrdersNotSold,
        "Seller-fault cancellations: seller's reason, or not shipped (R3, R4).",
    ),
    count("orders_shipped", Unit::Orders, Count::OrdersShipped, "Parcels handed over."),
    count("orders_delivered", Unit::Orders, Count::OrdersDelivered, "Parcels delivered."),
    count(
        "orders_delivered_late",
        Unit::Orders,
        Count::OrdersDeliveredLate,
        "Parcels delivered after the promise.",
    ),
    formula(
        "late_share",
        Unit::Share,
        Formula::Ratio(Count::OrdersDeliveredLate, Count::OrdersDelivered),
        "Parcels delivered late, of parcels delivered.",
    ),
    count("orders_lost", Unit::Orders, Count::OrdersLost, "Parcels handed over that never arrive."),
    count(
        "orders_defective",
        Unit::Orders,
        Count::OrdersDefective,
        "Parcels handed over with a defective item.",
    ),
    count(
        "orders_completed",
        Unit::Orders,
        Count::OrdersCompleted,
        "Orders confirmed, completed automatically, or ruled for the seller.",
    ),
    count(
        "orders_open",
        Unit::Orders,
        Count::OrdersOpen,
        "Orders of the period not finished at the horizon (censored).",
    ),
    count("disputes_filed", Unit::Cases, Count::DisputesFiled, "Disputes filed (R6)."),
    count(
        "disputes_not_received",
        Unit::Cases,
        Count::DisputesNotReceived,
        "Disputes for a parcel not received.",
    ),
    count("disputes_not_as_described", Unit::Cases, Count::DisputesNotAsDescribed, "Disputes for a defect."),
    count("disputes_opportunistic", Unit::Cases, Count::DisputesOpportunistic, "Disputes without a defect."),
    count(
        "disputes_full_amount",
        Unit::Cases,
        Count::DisputesFullAmount,
        "Disputes for the full order value (R1).",
    ),
    count(
        "disputes_after_completion",
        Unit::Cases,
        Count::DisputesAfterCompletion,
        "Disputes filed after completion (R9).",
    ),
    count("disputes_answered", Unit::Cases, Count::DisputesAnswered, "Answers to requests in time (R8)."),
    count(
        "disputes_accepted",
        Unit::Cases,
        Count::DisputesAccepted,
        "Disputes that the seller accepted (R6).",
    ),
    count("disputes_rejected", Unit::Cases, Count::DisputesRejected, "Answers that rejected."),
    count(
        "disputes_auto_executed",
        Unit::Cases,
        Count::DisputesAutoExecuted,
        "Disputes refunded automatically, without a response (R8).",
    ),
    count(
        "disputes_silent_to_platform",
        Unit::Cases,
        Count::DisputesSilentToPlatform,
        "Disputes that silence sent to the platform.",
    ),
    count("counter_offers_made", Unit::Cases, Count::CounterOffersMade, "Counter-offers made."),
    count(
        "disputes_countered",
        Unit::Cases,
        Count::DisputesCountered,
        "Disputes settled by a counter-offer.",
    ),
    count(
        "disputes_modified",
        Unit::Cases,
        Count::DisputesModified,
        "Requests modified, each with a new clock (R8).",
    ),
    count("disputes_withdrawn", Unit::Cases, Count::DisputesWithdrawn, "Disputes withdrawn."),
    count(
        "disputes_escalated",
        Unit::Cases,
        Count::DisputesEscalated,
        "Disputes that the platform took over.",
    ),
    count(
        "disputes_ruled_for_buyer",
        Unit::Cases,
        Count::DisputesRuledForBuyer,
        "Disputes ruled for the buyer.",
    ),
    count(
        "disputes_ruled_in_part",
        Unit::Cases,
        Count::DisputesRuledInPart,
        "Rulings for the buyer that awarded a part.",
    ),
    count(
        "disputes_ruled_liable",
        Unit::Cases,
        Count::DisputesRuledLiable,
        "Rulings for the buyer with the seller liable.",
    ),
    count(
        "disputes_ruled_for_seller",
        Unit::Cases,
        Count::DisputesRuledForSeller,
        "Disputes ruled for the seller.",
    ),
    count("disputes_open", Unit::Cases, Count::DisputesOpen, "Disputes open at the horizon (censored)."),
    count("after_sale_cases", Unit::Cases, Count::AfterSaleCases, "Refunds agreed on after the window (R9)."),
    count(
        "after_sale_open",
        Unit::Cases,
        Count::AfterSaleOpen,
        "After-sale cases open at the horizon (censored).",
    ),
    count(
        "after_sale_declined",
        Unit::Cases,
        Count::AfterSaleDeclined,
        "Claims after the window that the seller turned down (R9).",
    ),
    count("offline_transfers", Unit::Cases, Count::OfflineTransfers, "Offline transfers (R10)."),
    count(
        "offline_paid_twice",
        Unit::Cases,
        Count::OfflinePaidTwice,
        "Offline transfers after which the seller paid again (R10).",
    ),
    count("offline_detected", Unit::Cases, Count::OfflineDetected, "Offline transfers found out (R10)."),
    formula(
        "dispute_rate",
        Unit::Share,
        Formula::DisputeRate,
        "Disputes over orders, on the policy's basis (R7).",
    ),
    formula(
        "auto_executed_share",
        Unit::Share,
        Formula::AutoExecutedShare,
        "Disputes refunded automatically, of those answered or so refunded (R8).",
    ),
    formula(
        "not_sold_rate",
        Unit::Share,
        Formula::Ratio(Count::OrdersNotSold, Count::OrdersPlaced),
        "Seller-fault cancellations, of orders placed (R4).",
    ),
    formula("response_delay_mean", Unit::Hours, Formula::DelayMean, "Mean time to an answer (R11)."),
    formula(
        "response_delay_p50",
        Unit::Hours,
        Formula::DelayQuantile(0.5),
        "Median time to an answer (R11).",
    ),
    formula(
        "response_delay_p95",
        Unit::Hours,
        Formula::DelayQuantile(0.95),
        "95 % of answers come within this time (R11).",
    ),
    count("value_paid", Unit::Cents, Count::ValuePaid, "Paid for orders of the period."),
    count(
        "value_released",
        Unit::Cents,
        Count::ValueReleased,
        "Of these, released to sellers at the horizon.",
    ),
    count("value_refunded", Unit::Cents, Count::ValueRefunded, "Of these, refunded at the horizon."),
    count("value_held", Unit::Cents, Count::ValueHeld, "Of these, still held at the horizon."),
    count(
        "value_offline",
        Unit::Cents,
        Count::ValueOffline,
        "Transferred offline, outside the platform's books (R10).",
    ),
    count(
        "refunded_by_cancellation",
        Unit::Cents,
        Count::RefundedByCancellation,
        "Refunded before shipment (R2, R4).",
    ),
    count(
        "refunded_by_agreement",
        Unit::Cents,
        Count::RefundedByAgreement,
        "Refunded because the seller agreed (R6).",
    ),
    count(
        "refunded_by_silence",
        Unit::Cents,
        Count::RefundedBySilence,
        "Refunded automatically, without a response (R8).",
    ),
    count("refunded_by_ruling", Unit::Cents, Count::RefundedByRuling, "Refunded by ruling."),
    count(
        "refunded_after_sale",
        Unit::Cents,
        Count::RefundedAfterSale,
        "Refunded by manual service after the window (R9).",
    ),
    formula(
        "refund_share",
        Unit::Share,
        Formula::RatioOfAmounts(Count::ValueRefunded, Count::ValuePaid),
        "Refunded, of paid.",
    ),
    count(
        "seller_days_demoted",
        Unit::SellerDays,
        Count::SellerDaysDemoted,
        "Seller-days demoted or hidden in search (R4, R7).",
    ),
    count(
        "seller_days_frozen",
        Unit::SellerDays,
        Count::SellerDaysFrozen,
        "Seller-days suspended or closed (R4).",
    ),
    count(
        "seller_days_above_threshold",
        Unit::SellerDays,
        Count::SellerDaysAboveThreshold,
        "Seller-days with a dispute rate above the threshold (R7).",
    ),
    formula(
        "seller_days_above_threshold_share",
        Unit::Share,
        Formula::Ratio(Count::SellerDaysAboveThreshold, Count::SellerDays),
        "Seller-days with a dispute rate above the threshold, of all (R7).",
    ),
    count("freezes", Unit::Cases, Count::Freezes, "Times an account was suspended (R4)."),
    formula(
        "orders_lost_to_penalties",
        Unit::Orders,
        Formula::LostOrders,
        "Orders that penalised sellers would have received without penalties.",
    ),
    count("value_lost_to_penalties", Unit::Cents, Count::LostValue, "The same at the mean order value."),
    formula("service_score_mean", Unit::Points, Formula::Score, "Mean daily service score (R7)."),
    formula(
        "legitimate_claims_unpaid_share",
        Unit::Share,
        Formula::Ratio(Count::LegitimateClaimsUnpaid, Count::LegitimateClaimsClosed),
        "Legitimate claims that ended without any payment.",
    ),
    formula(
        "legitimate_claims_underpaid_share",
        Unit::Share,
        Formula::Ratio(Count::LegitimateClaimsUnderpaid, Count::LegitimateClaimsClosed),
        "Legitimate claims paid less than the buyer's loss.",
    ),
    formula(
        "opportunistic_claims_paid_share",
        Unit::Share,
        Formula::Ratio(Count::OpportunisticClaimsPaid, Count::OpportunisticClaimsClosed),
        "Opportunistic claims that were paid.",
    ),
    formula(
        "penalty_precision",
        Unit::Share,
        Formula::Precision,
        "Penalised sellers that are truly bad, of penalised sellers.",
    ),
    formula(
        "penalty_recall",
        Unit::Share,
        Formula::Recall,
        "Penalised sellers that are truly bad, of bad sellers.",
    ),
    formula(
        "penalty_auc",
        Unit::None,
        Formula::Auc,
        "Penalised days as a detector of bad sellers: area under the ROC curve.",
    ),
    count("events", Unit::None, Count::Events, "Everything that happened to orders, warm-up included."),
    returns("returns_asked", Count::ReturnsAsked, "Disputes that ask for return and refund (R13)."),
    returns("returns_granted", Count::ReturnsGranted, "Returns granted, by whomever (R13)."),
    returns("returns_sent", Count::ReturnsSent, "Parcels sent back in time (R13)."),
    returns("returns_missed", Count::ReturnsMissed, "Returns not sent in time: the seller is paid (R13)."),
    returns("returns_confirmed", Count::ReturnsConfirmed, "Returns that the seller confirmed (R13)."),
    returns(
        "returns_refunded_by_silence",
        Count::ReturnsRefundedBySilence,
        "Returns refunded by silence (R13).",
    ),
    returns("returns_open", Count::ReturnsOpen, "Returns without an end at the horizon (R13)."),
    Metric {
        unit: Unit::Share,
        formula: Formula::PartOfBoth(Count::ReturnsMissed, Count::ReturnsSent),
        ..returns(
            "returns_missed_share",
            Count::ReturnsMissed,
            "Returns missed, of those sent or missed (R13).",
        )
    },
];
