//! Keys of `buyers[]`.

use crate::behavior::{BuyerSegment, LatePoint, RequestedAmount};
use crate::scenario::kinds::distribution::{PARTS, POSITIVE_PARTS, PROBABILITIES, TIMES};
use crate::scenario::kinds::plain::{PROBABILITY, SHARE, Text};
use crate::scenario::kinds::times::Duration;
use crate::scenario::reading::section::Section;
use crate::sim::{DAY_SECONDS, Distribution};

const DAY: f64 = DAY_SECONDS as f64;

/// Reads one segment; its fields are in the order of the canonical text.
pub(crate) fn read(s: &mut Section<'_>) -> BuyerSegment {
    let up_to_a_day = Distribution::Uniform { min: 0.0, max: DAY };
    BuyerSegment {
        name: s.required("name", &Text::Name),
        share: s.required("share", &SHARE),
        change_of_mind: s.or("change_of_mind", &PROBABILITY, 0.0),
        change_of_mind_delay: s.or("change_of_mind_delay", &TIMES, up_to_a_day),
        shipping_patience: s.optional("shipping_patience", &TIMES),
        reason_honesty: s.or("reason_honesty", &PROBABILITY, 1.0),
        steering_compliance: s.or("steering_compliance", &PROBABILITY, 0.0),
        claim_given_defect: s.or("claim_given_defect", &PROBABILITY, 1.0),
        notice_delay: s.or("notice_delay", &TIMES, Distribution::Exponential { mean: 3.0 * DAY }),
        opportunism: s.or("opportunism", &PROBABILITIES, Distribution::Constant(0.0)),
        requested: requested(s),
        full_request: s.or("full_request", &SHARE, 0.0),
        confirmation_delay: s.or("confirmation_delay", &TIMES, Distribution::Exponential { mean: 6.0 * DAY }),
        confirms_first: s.or("confirms_first", &PROBABILITY, 0.0),
        late_tolerance: late_tolerance(s),
        withdraws_on_arrival: s.or("withdraws_on_arrival", &PROBABILITY, 0.8),
        accepts_counter_offer: s.or("accepts_counter_offer", &PROBABILITY, 0.5),
        modifies: s.or("modifies", &PROBABILITY, 0.0),
        modified_fraction: s.or("modified_fraction", &SHARE, 0.5),
        wait_for_platform: s.or("wait_for_platform", &PROBABILITY, 1.0),
        offline_compliance: s.or("offline_compliance", &PROBABILITY, 0.5),
        keeps_dispute: s.or("keeps_dispute", &PROBABILITY, 0.0),
        asks_return: s.or("asks_return", &PROBABILITY, 0.0),
        return_delay: s.or("return_delay", &TIMES, Distribution::Exponential { mean: 3.0 * DAY }),
        return_transit: s.or("return_transit", &TIMES, Distribution::Exponential { mean: 7.0 * DAY }),
        appeals: s.or("appeals", &PROBABILITY, 0.0),
        appeal_delay: s.or("appeal_delay", &TIMES, Distribution::Constant(DAY)),
    }
}

/// What is asked for: a fraction of the value, or the buyer's loss and part of the rest.
fn requested(s: &mut Section<'_>) -> RequestedAmount {
    s.rivals("greed", "requested_fraction");
    let greed = s.optional("greed", &PARTS);
    if let Some(greed) = greed
        && !s.is_recording()
    {
        s.declare_only("requested_fraction");
        return RequestedAmount::Greed(greed);
    }
    RequestedAmount::Fraction(s.or("requested_fraction", &POSITIVE_PARTS, Distribution::Constant(1.0)))
}

/// Shares of late parcels complained about, which rise with the delay.
fn late_tolerance(s: &mut Section<'_>) -> Vec<LatePoint> {
    let example = "[{ after = \"1d\", share = 0.1 }, { after = \"5d\", share = 0.5 }]";
    let points = s.records("late_tolerance", Some("[]"), example, |s| LatePoint {
        after: s.required("after", &Duration),
        share: s.required("share", &SHARE),
    });
    if points.windows(2).any(|pair| pair[1].after <= pair[0].after || pair[1].share < pair[0].share) {
        let path = s.path_of("late_tolerance");
        s.report("late_tolerance", format!("{path} is not ascending: both after and share rise"));
    }
    points
}
