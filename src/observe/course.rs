//! The courses that a dispute can take in one round, and the steps of each.

use crate::market::{OrderState, Step};

/// The seller agrees to the request (R6).
pub(crate) const AGREED: u32 = 0;
/// The seller's silence executes the request (R8).
pub(crate) const EXECUTED: u32 = 1;
/// The seller rejects, and the platform rules for it.
pub(crate) const RULED_FOR_SELLER: u32 = 2;
/// The seller rejects, and the platform rules for the buyer.
pub(crate) const RULED_FOR_BUYER: u32 = 3;
/// Silence brings the platform in, and it rules for the seller.
pub(crate) const SILENT_RULED_FOR_SELLER: u32 = 4;
/// Silence brings the platform in, and it rules for the buyer.
pub(crate) const SILENT_RULED_FOR_BUYER: u32 = 5;

/// Number of courses.
pub(crate) const COURSES: usize = 6;

/// The steps of each course.
pub(crate) const STEPS: [&[Step]; COURSES] = [
    &[Step::File, Step::Accept],
    &[Step::File, Step::ExecuteBySilence],
    &[Step::File, Step::Reject, Step::StepIn, Step::RuleForSeller],
    &[Step::File, Step::Reject, Step::StepIn, Step::RuleForBuyer],
    &[Step::File, Step::StepIn, Step::RuleForSeller],
    &[Step::File, Step::StepIn, Step::RuleForBuyer],
];

/// The step that ends a course.
pub(crate) const fn last_step(course: usize) -> Step {
    STEPS[course][STEPS[course].len() - 1]
}

/// From which states each course is legal, a bit a state; the courses after the last are legal from none.
pub(super) const LEGAL: [u32; 8] = {
    let (mut legal, mut course) = ([0; 8], 0);
    while course < COURSES {
        let mut state = 0;
        while state < OrderState::ALL.len() {
            if end(OrderState::ALL[state], STEPS[course]).is_some() {
                legal[course] |= 1 << state;
            }
            state += 1;
        }
        course += 1;
    }
    legal
};

/// The most that each course refunds: nothing, unless it ends in a refund.
pub(super) const REFUNDS: [u32; 8] = {
    let (mut most, mut course) = ([0; 8], 0);
    while course < COURSES {
        if let Some(OrderState::Refunded) = end(OrderState::Delivered, STEPS[course]) {
            most[course] = u32::MAX;
        }
        course += 1;
    }
    most
};

const fn end(from: OrderState, steps: &[Step]) -> Option<OrderState> {
    let (mut state, mut taken) = (from, 0);
    while taken < steps.len() {
        let Some(next) = state.next(steps[taken]) else { return None };
        state = next;
        taken += 1;
    }
    Some(state)
}

/// What becomes of an order that may be in trouble, as far as it can be told when it is placed.
pub(crate) mod disposition {
    /// It is decided alone, and watched step by step.
    pub(crate) const OPEN: u8 = 0;
    /// It is handed over, its buyer has no claim, and it completes.
    pub(crate) const COMPLETES: u8 = 1;
    /// It is handed over, and its buyer will claim.
    pub(crate) const CLAIMS: u8 = 2;
    /// Its buyer asks to cancel it, and that is granted.
    pub(crate) const CANCELLED: u8 = 3;
}

/// Orders of one day, a place each in every column; instants are seconds from the day's start, amounts are cents.
#[derive(Clone, Copy, Debug)]
pub struct SuspectFacts<'a> {
    /// See `disposition`.
    pub dispositions: &'a [u8],
    /// Placed at.
    pub placed: &'a [u32],
    /// Handed over at.
    pub shipped: &'a [u32],
    /// Completed at.
    pub completes: &'a [u32],
    /// When a buyer asks to cancel.
    pub requested: &'a [u32],
    /// When that is granted.
    pub granted: &'a [u32],
    /// Paid.
    pub values: &'a [u32],
}

/// Disputes of one day, a place each in every column; instants are seconds from the day's start, amounts are cents.
#[derive(Clone, Copy, Debug)]
pub struct DisputeFacts<'a> {
    /// 0 where the dispute is watched step by step.
    pub is_predetermined: &'a [u8],
    /// Number of the state in which the order stands when the dispute is filed.
    pub states: &'a [u8],
    /// Number of the course.
    pub courses: &'a [u8],
    /// Filed at.
    pub filed: &'a [u32],
    /// Answered at, or due.
    pub decided: &'a [u32],
    /// When the platform stepped in, if it did.
    pub stepped_in: &'a [u32],
    /// Ended at.
    pub ended: &'a [u32],
    /// What was paid.
    pub values: &'a [u32],
    /// What is refunded.
    pub refunds: &'a [u32],
    /// 1 if the order was placed in the observation period.
    pub is_counted: &'a [u32],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_course_ends_an_order_that_was_shipped_and_none_other() {
        let is_shipped =
            |state| matches!(state, OrderState::Shipped | OrderState::Delivered | OrderState::Completed);
        for (course, steps) in STEPS.into_iter().enumerate() {
            for state in OrderState::ALL {
                assert_eq!(
                    LEGAL[course] >> state as u32 & 1 == 1,
                    is_shipped(state),
                    "{steps:?} from {state:?}"
                );
                assert_eq!(end(state, steps).is_some_and(OrderState::is_final), is_shipped(state));
            }
        }
        assert_eq!(LEGAL[COURSES..], [0, 0]);
    }

    #[test]
    fn only_a_ruling_for_the_seller_refunds_nothing() {
        assert_eq!(REFUNDS.map(|most| most > 0), [true, true, false, true, false, true, false, false]);
    }
}
