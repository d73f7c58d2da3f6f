//! Keys of `sellers[]`, but for the response.

use super::opening::opening;
use super::response;
use crate::behavior::SellerSegment;
use crate::scenario::kinds::distribution::{FACTORS, PARTS, POSITIVE_PARTS, PROBABILITIES, TIMES};
use crate::scenario::kinds::plain::{Number, PROBABILITY, SHARE, Text, Whole};
use crate::scenario::reading::section::Section;
use crate::sim::{DAY_SECONDS, Distribution, Weekday};

/// The dearest order that a limit may name, in currency units.
const DEAREST: Number = Number::from(0.0, 4e7, "an amount from 0 to 40000000, in currency units", 100.0);

/// Reads one segment; its fields are in the order of the canonical text.
pub(crate) fn read(s: &mut Section<'_>, day_zero: Weekday) -> SellerSegment {
    let never = Distribution::Constant(0.0);
    let always = Distribution::Constant(1.0);
    let up_to_a_day = Distribution::Uniform { min: 0.0, max: DAY_SECONDS as f64 };
    let correlation = Number::from(-1.0, 1.0, "a correlation from -1 to 1", 0.5);
    let name = s.required("name", &Text::Name);
    let share = s.required("share", &SHARE);
    let attractiveness = s.or("attractiveness", &FACTORS, always.clone());
    let stock_out = s.or("stock_out", &PROBABILITIES, never.clone());
    let stock_out_notice = s.or("stock_out_notice", &TIMES, up_to_a_day);
    let handling_time = s.required("handling_time", &TIMES);
    let handling_factor = s.or("handling_factor", &FACTORS, always.clone());
    let hand_over = s.table("hand_over", |s| opening(s, day_zero));
    let transit_time = s.required("transit_time", &TIMES);
    let promise = s.optional("promise", &TIMES);
    let promise_correlation = s.or("promise_correlation", &correlation, 0.0);
    let loss = s.or("loss", &PROBABILITIES, never.clone());
    let defect = s.or("defect", &PROBABILITIES, never);
    let severity = s.or("severity", &POSITIVE_PARTS, always);
    let accept = s.required("accept", &PROBABILITIES);
    let accept_unfounded =
        s.or_following("accept_unfounded", &PROBABILITIES, "same as accept", accept.clone());
    let accept_up_to = s.or("accept_up_to", &SHARE, 1.0);
    let accept_value_limit = s.optional("accept_value_limit", &DEAREST);
    let counter_offer = s.or("counter_offer", &PROBABILITY, 0.0);
    let counter_fraction = s.or("counter_fraction", &PARTS, Distribution::Constant(0.5));
    let agrees_to_cancel = s.or("agrees_to_cancel", &PROBABILITY, 1.0);
    let steering = s.or("steering", &PROBABILITY, 0.0);
    let steering_near_grade =
        s.or_following("steering_near_grade", &PROBABILITY, "same as steering", steering);
    let near_grade = s.or("near_grade", &Whole { min: 0, max: 1_000_000 }, 1) as u32;
    let offline_offer = s.or("offline_offer", &PROBABILITY, 0.0);
    let goodwill = s.or("goodwill", &PROBABILITY, 0.0);
    let appeals = s.or("appeals", &PROBABILITY, 0.0);
    let appeal_delay = s.or("appeal_delay", &TIMES, Distribution::Constant(DAY_SECONDS as f64));
    let (response, cancel_response) = s.table("response", |s| response::read(s, day_zero));
    let a_day = Distribution::Exponential { mean: DAY_SECONDS as f64 };
    let return_check = s.or("return_check", &TIMES, a_day);
    SellerSegment {
        name,
        share,
        attractiveness,
        stock_out,
        stock_out_notice,
        handling_time,
        handling_factor,
        hand_over,
        transit_time,
        promise,
        promise_correlation,
        loss,
        defect,
        severity,
        accept,
        accept_unfounded,
        accept_up_to,
        accept_value_limit: accept_value_limit.map(|units| (units * 100.0).round() as i64),
        counter_offer,
        counter_fraction,
        agrees_to_cancel,
        steering,
        steering_near_grade,
        near_grade,
        offline_offer,
        goodwill,
        response,
        cancel_response,
        return_check,
        appeals,
        appeal_delay,
    }
}
