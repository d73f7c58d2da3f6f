//! The platform's ruling: the truth as far as it is found, otherwise a leaning.

use super::purpose::{Purpose, halves};
use super::tables::PlatformTables;
use crate::market::{Fraction, Money};
use crate::sim::{Key, SimDuration};

/// How a dispute is ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The buyer gets nothing.
    ForSeller,
    /// The buyer gets this amount.
    ForBuyer {
        /// At most the request.
        awarded: Money,
        /// Whether it is less than the request.
        is_partial: bool,
        /// Whether the seller is held liable.
        is_seller_liable: bool,
    },
}

/// Time from stepping in to the ruling.
pub fn mediation_delay(order: Key, platform: &PlatformTables) -> SimDuration {
    SimDuration(i64::from(platform.mediation_delay.at(order.uniform(Purpose::MediationDelay as u64))))
}

/// The ruling on a request.
pub fn rule(order: Key, is_legitimate: bool, requested: Money, platform: &PlatformTables) -> Ruling {
    let (finds_truth, favours) = halves(order.bits(Purpose::Ruling as u64));
    let for_buyer = if platform.accuracy.happens(finds_truth) {
        is_legitimate
    } else {
        platform.buyer_favour.happens(favours)
    };
    if !for_buyer {
        return Ruling::ForSeller;
    }
    let (partly, fraction) = halves(order.bits(Purpose::Award as u64));
    let is_partial = platform.partial_share.happens(partly);
    let awarded =
        if is_partial { requested.part(Fraction(platform.partial_fraction.at(fraction))) } else { requested };
    let is_seller_liable = platform.seller_liable.happens(order.uniform(Purpose::Liability as u64));
    Ruling::ForBuyer { awarded, is_partial, is_seller_liable }
}
