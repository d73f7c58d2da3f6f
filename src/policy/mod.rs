//! The platform's rules: pure functions of facts and parameters, one file a rule, named after it.
//!
//! Nothing here draws a random number or changes state. In the order of an order's life:
//! [`cancellation`] (R2, R3), [`shipment`] (R4), [`completion`], [`dispute`] (R1, R6, R8, R9),
//! [`mediation`], [`appeal`] (R12), [`after_sale`] (R9), [`offline`] (R10), [`returns`] (R13); then what the platform does to
//! sellers:
//! [`not_sold`] (R4), [`dispute_rate`] (R7), [`service_score`] (R7), [`points`], [`penalty`], [`exposure`].

pub mod after_sale;
pub mod appeal;
pub mod cancellation;
pub mod completion;
pub mod dispute;
pub mod dispute_rate;
pub mod exposure;
pub mod mediation;
pub mod not_sold;
pub mod offline;
pub mod penalty;
pub mod points;
pub mod rate;
pub mod returns;
pub mod service_score;
pub mod shipment;

use penalty::Penalty;
use serde::{Deserialize, Serialize};

/// All the rules of one platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// R2, R3.
    pub cancellation: cancellation::CancellationRule,
    /// R4.
    pub shipment: shipment::ShipmentRule,
    /// Automatic completion.
    pub completion: completion::CompletionRule,
    /// R1, R6, R8, R9.
    pub dispute: dispute::DisputeRule,
    /// Ruling on what the two sides did not settle.
    pub mediation: mediation::MediationRule,
    /// R9.
    pub after_sale: after_sale::AfterSaleRule,
    /// R10.
    pub offline: offline::OfflineRule,
    /// R7.
    pub dispute_rate: dispute_rate::DisputeRateRule,
    /// R4.
    pub not_sold: not_sold::NotSoldRule,
    /// R7; `None` where the platform shows no score.
    pub service_score: Option<service_score::ServiceScoreRule>,
    /// Penalty points; `None` where the platform has none.
    pub points: Option<points::PointsRule>,
    /// R13; `None` where every refund is without return.
    pub returns: Option<returns::ReturnRule>,
    /// R12.
    pub appeal: appeal::AppealRule,
}

/// A rule that a world may lack. What is measured of it is reported of worlds that have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OptionalRule {
    /// Appeals against rulings (R12): the platform hears them, and somebody may make one.
    Appeals,
    /// Return and refund (R13).
    Returns,
    /// A penalty that some rule may impose (R4, R7, R10).
    Penalty(Penalty),
}

impl OptionalRule {
    /// Every rule that a world may lack.
    pub const ALL: [Self; 2 + Penalty::ALL.len()] = {
        let mut all = [Self::Appeals; 2 + Penalty::ALL.len()];
        all[1] = Self::Returns;
        let mut place = 0;
        while place < Penalty::ALL.len() {
            all[2 + place] = Self::Penalty(Penalty::ALL[place]);
            place += 1;
        }
        all
    };
}

impl Policy {
    /// Whether anything that a seller does can change its place in search or stop its trade, where some settle outside the
    /// platform or none.
    pub const fn penalises(&self, some_settle_offline: bool) -> bool {
        let not_sold = &self.not_sold;
        let has_grades = not_sold.demote.is_some() || not_sold.hide.is_some() || not_sold.freeze.is_some();
        !matches!(self.dispute_rate.penalty, dispute_rate::PenaltyCurve::None)
            || has_grades
            || self.service_score.is_some()
            || self.points.is_some()
            || (some_settle_offline && self.offline.freeze_for.0 > 0)
    }

    /// Whether a rule of the platform may impose a penalty, where some settle outside the platform or none.
    pub fn may_impose(&self, penalty: Penalty, some_settle_offline: bool) -> bool {
        let not_sold = &self.not_sold;
        let has_tier = |is_so: fn(&points::PointTier) -> bool| {
            self.points.as_ref().is_some_and(|rule| rule.tiers.iter().any(is_so))
        };
        match penalty {
            Penalty::DemotionByDisputeRate => {
                !matches!(self.dispute_rate.penalty, dispute_rate::PenaltyCurve::None)
            }
            Penalty::DemotionByServiceScore => self
                .service_score
                .as_ref()
                .is_some_and(|rule| rule.levels.iter().any(|level| level.weight < 1.0)),
            Penalty::DemotionByNotSold => {
                not_sold.hide.is_some() || (not_sold.demote.is_some() && not_sold.demotion_weight < 1.0)
            }
            Penalty::DemotionByPoints => has_tier(|tier| tier.weight < 1.0),
            Penalty::SuspensionByNotSold => not_sold.freeze.is_some(),
            Penalty::SuspensionByPoints => has_tier(|tier| tier.freeze_for.0 > 0),
            Penalty::SuspensionByOfflineTransfer => some_settle_offline && self.offline.freeze_for.0 > 0,
        }
    }
}
