//! Keys of `policy` that order an order's life; those that judge sellers are in `standing`.

use super::standing;
use crate::market::Attribution;
use crate::policy::Policy;
use crate::policy::after_sale::AfterSaleRule;
use crate::policy::appeal::AppealRule;
use crate::policy::cancellation::{CancelReason, CancellationRule, ShipmentRace};
use crate::policy::completion::CompletionRule;
use crate::policy::dispute::{DisputeRule, SilenceOutcome};
use crate::policy::mediation::MediationRule;
use crate::policy::offline::OfflineRule;
use crate::policy::returns::ReturnRule;
use crate::policy::shipment::ShipmentRule;
use crate::scenario::kinds::distribution::{PARTS, TIMES};
use crate::scenario::kinds::plain::{Choice, Number, SHARE, Text, Whole};
use crate::scenario::kinds::times::{Deadline, Duration};
use crate::scenario::reading::section::Section;
use crate::sim::{DAY_SECONDS, Distribution, SimDuration, Span};

const RACE: Choice<ShipmentRace> = Choice(&[
    ("open", ShipmentRace::Open),
    ("held", ShipmentRace::Held),
    ("exclusive", ShipmentRace::Exclusive),
]);

const ATTRIBUTION: Choice<Attribution> =
    Choice(&[("buyer", Attribution::Buyer), ("seller", Attribution::Seller)]);

const SILENCE: Choice<SilenceOutcome> =
    Choice(&[("refund", SilenceOutcome::Refund), ("platform", SilenceOutcome::Platform)]);

/// Reads the table.
pub(crate) fn read(s: &mut Section<'_>) -> Policy {
    s.consumed("preset", &Text::Name);
    let completion = CompletionRule {
        protection_period: s.required("protection_period", &Deadline),
        confirmation_period: s.or("confirmation_period", &Deadline, Span::Never),
    };
    let cancellation = s.table("cancellation", cancellation);
    let shipment = s.table("shipment", |s| ShipmentRule { deadline: s.required("deadline", &Deadline) });
    let dispute = s.table("dispute", dispute);
    let mediation = s.table("mediation", mediation);
    Policy {
        completion,
        cancellation,
        shipment,
        dispute,
        appeal: s.table("appeal", |s| appeal(s, &mediation)),
        mediation,
        after_sale: s.table("after_sale", |s| {
            let three_days = Distribution::Constant(3.0 * DAY_SECONDS as f64);
            AfterSaleRule { delay: s.or("delay", &TIMES, three_days) }
        }),
        offline: s.table("offline", |s| OfflineRule {
            detection: s.or("detection", &SHARE, 0.0),
            freeze_for: s.or("freeze_for", &Duration, SimDuration::from_days(7)),
        }),
        dispute_rate: s.table("dispute_rate", standing::dispute_rate),
        not_sold: s.table("not_sold", standing::not_sold),
        service_score: s.optional_table("service_score", standing::service_score),
        points: s.optional_table("points", standing::points),
        returns: s.table("returns", returns),
    }
}

fn cancellation(s: &mut Section<'_>) -> CancellationRule {
    CancellationRule {
        silence: s.required("silence", &Deadline),
        race: s.or("race", &RACE, ShipmentRace::Open),
        reasons: reasons(s),
    }
}

/// The menu of reasons; each side has at least one.
fn reasons(s: &mut Section<'_>) -> Vec<CancelReason> {
    let menu = "[{ name = \"changed my mind\", attributed_to = \"buyer\", weight = 1.0 }, \
                { name = \"out of stock\", attributed_to = \"seller\", weight = 1.0 }]";
    let (given, before) = (s.has("reasons"), s.error_count());
    let weight = Number::above(0.0, 1e6, "a number above 0", 1.0);
    let reasons = s.records("reasons", Some(menu), menu, |s| CancelReason {
        name: s.required("name", &Text::Label),
        attributed_to: s.required("attributed_to", &ATTRIBUTION),
        weight: s.or("weight", &weight, 1.0),
    });
    if !given {
        let reason =
            |name: &str, attributed_to| CancelReason { name: name.to_owned(), attributed_to, weight: 1.0 };
        return vec![
            reason("changed my mind", Attribution::Buyer),
            reason("out of stock", Attribution::Seller),
        ];
    }
    if s.error_count() > before {
        return reasons;
    }
    for (side, word) in [(Attribution::Buyer, "buyer"), (Attribution::Seller, "seller")] {
        if !reasons.iter().any(|reason| reason.attributed_to == side) {
            let path = s.path_of("reasons");
            s.report("reasons", format!("{path} has no reason attributed to the {word}: add one"));
        }
    }
    reasons
}

fn dispute(s: &mut Section<'_>) -> DisputeRule {
    DisputeRule {
        opens_after: s.or("opens_after", &Duration, SimDuration(0)),
        opens_at_once_below: s.or("opens_at_once_below", &Duration, SimDuration(0)),
        response_deadline: s.required("response_deadline", &Deadline),
        silence: s.or("silence", &SILENCE, SilenceOutcome::Refund),
        after_completion: s.required("after_completion", &Deadline),
        platform_steps_in: s.required("platform_steps_in", &Deadline),
        modifications: s.or("modifications", &Whole { min: 0, max: 100 }, 0) as u8,
    }
}

/// Without a deadline there are no returns (R13).
fn returns(s: &mut Section<'_>) -> Option<ReturnRule> {
    let deadline = s.optional("deadline", &Deadline);
    let confirmation = s.or("confirmation", &Deadline, Span::Never);
    deadline.map(|deadline| ReturnRule { deadline, confirmation })
}

fn mediation(s: &mut Section<'_>) -> MediationRule {
    MediationRule {
        delay: s.required("delay", &TIMES),
        buyer_favour: s.required("buyer_favour", &SHARE),
        accuracy: s.or("accuracy", &SHARE, 0.0),
        partial_share: s.or("partial_share", &SHARE, 0.0),
        partial_fraction: s.or("partial_fraction", &PARTS, Distribution::Constant(0.5)),
        seller_liable: s.or("seller_liable", &SHARE, 1.0),
    }
}

/// A second ruling that is not said to be otherwise takes as long as the first, and is as often true.
fn appeal(s: &mut Section<'_>, first: &MediationRule) -> AppealRule {
    let (delay, accuracy) = (first.delay.clone(), first.accuracy);
    AppealRule {
        deadline: s.optional("deadline", &Deadline),
        delay: s.or_following("delay", &TIMES, "same as policy.mediation.delay", delay),
        accuracy: s.or_following("accuracy", &SHARE, "same as policy.mediation.accuracy", accuracy),
    }
}
