//! The platform's rulings, the first and the one on appeal (R12): the truth as far as it is found, otherwise a leaning.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::purpose::{Purpose, halves};
use super::tables::{AppealTables, PlatformTables};
use crate::market::Money;
use crate::market::money::part_of;
use crate::sim::lanes::either;
use crate::sim::{Chance, Key, SimDuration};

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
    ruling(order, Purpose::Ruling, platform.accuracy, is_legitimate, requested, platform)
}

/// The second ruling, on an appeal: who wins is drawn anew, and what the buyer is then awarded as in the first (R12).
pub fn rule_on_appeal(
    order: Key,
    is_legitimate: bool,
    requested: Money,
    platform: &PlatformTables,
) -> Ruling {
    ruling(order, Purpose::SecondRuling, platform.appeal_accuracy, is_legitimate, requested, platform)
}

/// How long after a ruling its loser appeals; `None` if it does not (R12).
pub fn appeal(order: Key, loser: &AppealTables) -> Option<SimDuration> {
    let (appeals, delay) = halves(order.bits(Purpose::Appeal as u64));
    loser.appeals.happens(appeals).then(|| SimDuration(i64::from(loser.delay.at(delay))))
}

/// Time from an appeal to the second ruling (R12).
pub fn second_ruling_delay(order: Key, platform: &PlatformTables) -> SimDuration {
    let uniform = order.uniform(Purpose::SecondRulingDelay as u64);
    SimDuration(i64::from(platform.appeal_delay.at(uniform)))
}

#[inline]
fn ruling(
    order: Key,
    purpose: Purpose,
    accuracy: Chance,
    is_legitimate: bool,
    requested: Money,
    platform: &PlatformTables,
) -> Ruling {
    let (finds_truth, favours) = halves(order.bits(purpose as u64));
    let (finds_truth, favours) = (accuracy.happens(finds_truth), platform.buyer_favour.happens(favours));
    if is_for_buyer(u32::from(is_legitimate), u32::from(finds_truth), u32::from(favours)) == 0 {
        return Ruling::ForSeller;
    }
    let (partly, fraction) = halves(order.bits(Purpose::Award as u64));
    let is_partial = platform.partial_share.happens(partly);
    let awarded = if is_partial {
        self::awarded(requested.cents(), platform.partial_fraction.at(fraction), 1).into()
    } else {
        requested
    };
    let is_seller_liable = platform.seller_liable.happens(order.uniform(Purpose::Liability as u64));
    Ruling::ForBuyer { awarded, is_partial, is_seller_liable }
}

/// Whether the platform rules for the buyer: by the truth if it finds it, otherwise as it leans.
#[inline(always)]
pub const fn is_for_buyer(is_legitimate: u32, finds_truth: u32, favours: u32) -> u32 {
    either(is_legitimate, finds_truth, favours)
}

/// The cents awarded of a request: all of them, or a part in millionths.
#[inline(always)]
pub const fn awarded(requested: u32, part: u32, is_partial: u32) -> u32 {
    either(part_of(requested, part), is_partial, requested)
}
