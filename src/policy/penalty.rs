//! What the platform's rules may do to a seller, rule by rule: a seller may be under several penalties on one day.

use serde::{Deserialize, Serialize};

/// A penalty by the rule that imposes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Penalty {
    /// A lower place in search by the dispute rate (R7).
    DemotionByDisputeRate,
    /// A lower place in search by the level of the service score (R7).
    DemotionByServiceScore,
    /// A lower place in search, or none, by transactions not sold (R4).
    DemotionByNotSold,
    /// A lower place in search by the tier of the penalty points (R4).
    DemotionByPoints,
    /// Suspended for transactions not sold (R4).
    SuspensionByNotSold,
    /// Suspended on entering a tier of the penalty points (R4).
    SuspensionByPoints,
    /// Suspended for an offline transfer that was found out (R10).
    SuspensionByOfflineTransfer,
}

impl Penalty {
    /// Every penalty, demotions first.
    pub const ALL: [Self; 7] = [
        Self::DemotionByDisputeRate,
        Self::DemotionByServiceScore,
        Self::DemotionByNotSold,
        Self::DemotionByPoints,
        Self::SuspensionByNotSold,
        Self::SuspensionByPoints,
        Self::SuspensionByOfflineTransfer,
    ];
}
