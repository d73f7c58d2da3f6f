//! As what each penalty is counted and reported (R4, R7, R10).

use super::daily::Series;
use super::metric::{Metric, Unit, count};
use super::tally::Count;
use crate::policy::OptionalRule;
use crate::policy::penalty::Penalty;

impl Count {
    /// The count of seller-days under a penalty.
    pub const fn days_of(penalty: Penalty) -> Self {
        match penalty {
            Penalty::DemotionByDisputeRate => Self::SellerDaysDemotedByDisputeRate,
            Penalty::DemotionByServiceScore => Self::SellerDaysDemotedByServiceScore,
            Penalty::DemotionByNotSold => Self::SellerDaysDemotedByNotSold,
            Penalty::DemotionByPoints => Self::SellerDaysDemotedByPoints,
            Penalty::SuspensionByNotSold => Self::SellerDaysFrozenByNotSold,
            Penalty::SuspensionByPoints => Self::SellerDaysFrozenByPoints,
            Penalty::SuspensionByOfflineTransfer => Self::SellerDaysFrozenByOfflineTransfer,
        }
    }
}

impl Series {
    /// The daily series of sellers under a penalty.
    pub const fn sellers_under(penalty: Penalty) -> Self {
        match penalty {
            Penalty::DemotionByDisputeRate => Self::SellersDemotedByDisputeRate,
            Penalty::DemotionByServiceScore => Self::SellersDemotedByServiceScore,
            Penalty::DemotionByNotSold => Self::SellersDemotedByNotSold,
            Penalty::DemotionByPoints => Self::SellersDemotedByPoints,
            Penalty::SuspensionByNotSold => Self::SellersFrozenByNotSold,
            Penalty::SuspensionByPoints => Self::SellersFrozenByPoints,
            Penalty::SuspensionByOfflineTransfer => Self::SellersFrozenByOfflineTransfer,
        }
    }
}

/// The column of a penalty in tables of days.
pub const fn column(penalty: Penalty) -> (&'static str, Series) {
    let name = match penalty {
        Penalty::DemotionByDisputeRate => "sellers_demoted_by_dispute_rate",
        Penalty::DemotionByServiceScore => "sellers_demoted_by_service_score",
        Penalty::DemotionByNotSold => "sellers_demoted_by_not_sold",
        Penalty::DemotionByPoints => "sellers_demoted_by_points",
        Penalty::SuspensionByNotSold => "sellers_frozen_by_not_sold",
        Penalty::SuspensionByPoints => "sellers_frozen_by_points",
        Penalty::SuspensionByOfflineTransfer => "sellers_frozen_by_offline_transfer",
    };
    (name, Series::sellers_under(penalty))
}

/// The name of a penalty where one seller is under it or not, such as `demoted_by_points`.
pub fn cause(penalty: Penalty) -> &'static str {
    column(penalty).0.trim_start_matches("sellers_")
}

/// Seller-days under a penalty, reported where a rule may impose it.
const fn days_of(name: &'static str, penalty: Penalty, meaning: &'static str) -> Metric {
    Metric {
        needs: Some(OptionalRule::Penalty(penalty)),
        ..count(name, Unit::SellerDays, Count::days_of(penalty), meaning)
    }
}

/// Of penalties by the rules that impose them.
pub(super) const PENALTIES: [Metric; 7] = [
    days_of(
        "seller_days_demoted_by_dispute_rate",
        Penalty::DemotionByDisputeRate,
        "Of the seller-days demoted, those by the dispute rate (R7).",
    ),
    days_of(
        "seller_days_demoted_by_service_score",
        Penalty::DemotionByServiceScore,
        "Of the seller-days demoted, those by the service score (R7).",
    ),
    days_of(
        "seller_days_demoted_by_not_sold",
        Penalty::DemotionByNotSold,
        "Of the seller-days demoted, those by transactions not sold (R4).",
    ),
    days_of(
        "seller_days_demoted_by_points",
        Penalty::DemotionByPoints,
        "Of the seller-days demoted, those by penalty points (R4).",
    ),
    days_of(
        "seller_days_frozen_by_not_sold",
        Penalty::SuspensionByNotSold,
        "Of the seller-days suspended, those for transactions not sold (R4).",
    ),
    days_of(
        "seller_days_frozen_by_points",
        Penalty::SuspensionByPoints,
        "Of the seller-days suspended, those for penalty points (R4).",
    ),
    days_of(
        "seller_days_frozen_by_offline_transfer",
        Penalty::SuspensionByOfflineTransfer,
        "Of the seller-days suspended, those for offline transfers (R10).",
    ),
];
