//! What becomes of predetermined disputes once it is known when the sellers answer (R6 to R8): sixteen at a time, and what is
//! counted of them.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::dispute_columns::{DisputeColumns, kind};
use crate::engine::books::sums::{ALL, Contribution, Sums, fact, facts_of, refund_of};
use crate::engine::ground::columns::write;
use crate::engine::ground::lane_arithmetic::NEVER;
use crate::market::Step;
use crate::observe::course::{self, COURSES};
use crate::observe::justice::{is_underpaid, is_unpaid};
use crate::observe::{Auditor, Count};
use crate::policy::dispute::{SilenceOutcome, taken_over_at};
use crate::sim::DAY_SECONDS;
use crate::sim::lanes::{LANES, Lanes, Vectorisable, bit, lanes, lanes_of};

/// Ends the predetermined disputes.
pub(crate) struct EndingDisputes<'a> {
    pub(crate) disputes: &'a mut DisputeColumns,
    pub(crate) silence: SilenceOutcome,
    pub(crate) sums: &'a mut Sums,
    pub(crate) auditor: &'a mut Auditor,
}

impl Vectorisable for EndingDisputes<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { disputes, silence, sums, auditor } = self;
        for first in (0..disputes.len()).step_by(LANES) {
            disputes.decide(silence, first);
        }
        auditor.see_disputes(&disputes.facts());
        for first in (0..disputes.len()).step_by(LANES) {
            disputes.count(first);
        }
        let mut predetermined = disputes.predetermined();
        while predetermined != 0 {
            let place = predetermined.trailing_zeros() as usize;
            predetermined &= predetermined - 1;
            let contribution = disputes.contribution(place);
            sums.add::<ALL>(disputes.sellers[place], disputes.buyer_segments[place], &contribution);
        }
    }
}

impl DisputeColumns {
    /// Which course each dispute takes, and when.
    #[inline(always)]
    fn decide(&mut self, silence: SilenceOutcome, first: usize) {
        let (answered, due) = (lanes_of(&self.answered, first), lanes_of(&self.due, first));
        let (accepts, wins) = (lanes_of(&self.accepts, first), lanes_of(&self.wins, first));
        let (requested, awarded) = (lanes_of(&self.requested, first), lanes_of(&self.awarded, first));
        let (steps_in, mediation) = (lanes_of(&self.steps_in, first), lanes_of(&self.mediation, first));
        let is_silent = lanes(|lane| u32::from(answered[lane] == NEVER));
        let silence_refunds = u32::from(silence == SilenceOutcome::Refund);
        let is_agreed = lanes(|lane| (1 - is_silent[lane]) & accepts[lane]);
        let is_executed = lanes(|lane| is_silent[lane] & silence_refunds);
        let is_ruled = lanes(|lane| 1 - is_agreed[lane] - is_executed[lane]);
        let decided = lanes(|lane| if is_silent[lane] == 1 { due[lane] } else { answered[lane] });
        let stepped_in = lanes(|lane| taken_over_at(decided[lane], steps_in[lane], is_silent[lane] == 1));
        let ended = lanes(|lane| {
            let ruled = stepped_in[lane].wrapping_add(mediation[lane]);
            if is_ruled[lane] == 1 { ruled } else { decided[lane] }
        });
        let refunds = lanes(|lane| {
            let by_ruling = if wins[lane] == 1 { awarded[lane] } else { 0 };
            if is_ruled[lane] == 1 { by_ruling } else { requested[lane] }
        });
        let courses = lanes(|lane| {
            let ruled = course::RULED_FOR_SELLER + wins[lane] + 2 * is_silent[lane];
            let settled = course::AGREED + is_executed[lane];
            (if is_ruled[lane] == 1 { ruled } else { settled }) as u8
        });
        write(&mut self.courses, first, &courses);
        write(&mut self.decided, first, &decided);
        write(&mut self.stepped_in, first, &stepped_in);
        write(&mut self.ended, first, &ended);
        write(&mut self.refunds, first, &refunds);
        write(&mut self.ended_after, first, &lanes(|lane| ended[lane] / DAY_SECONDS as u32));
    }

    /// What is counted of each: the facts of [`crate::engine::books::sums`].
    #[inline(always)]
    fn count(&mut self, first: usize) {
        let (kinds, values) = (lanes_of(&self.kinds, first), lanes_of(&self.values, first));
        let (requested, refunds) = (lanes_of(&self.requested, first), lanes_of(&self.refunds, first));
        let (is_late, harm) = (lanes_of(&self.is_late, first), lanes_of(&self.harm, first));
        let (is_partial, is_liable) = (lanes_of(&self.is_partial, first), lanes_of(&self.is_liable, first));
        let courses = lanes_of(&self.courses, first);
        let took = |one: u32, other: u32| -> Lanes<u32> {
            lanes(|lane| {
                u32::from(u32::from(courses[lane]) == one) | u32::from(u32::from(courses[lane]) == other)
            })
        };
        let is_agreed = took(course::AGREED, course::AGREED);
        let is_executed = took(course::EXECUTED, course::EXECUTED);
        let is_rejected = took(course::RULED_FOR_SELLER, course::RULED_FOR_BUYER);
        let is_lost = took(course::RULED_FOR_SELLER, course::SILENT_RULED_FOR_SELLER);
        let is_won = took(course::RULED_FOR_BUYER, course::SILENT_RULED_FOR_BUYER);
        let of_request = lanes(|lane| {
            bit(u32::from(kinds[lane] == kind::NOT_RECEIVED), fact(Count::DisputesNotReceived))
                | bit(u32::from(kinds[lane] == kind::NOT_AS_DESCRIBED), fact(Count::DisputesNotAsDescribed))
                | bit(u32::from(kinds[lane] == kind::OPPORTUNISTIC), fact(Count::DisputesOpportunistic))
                | bit(u32::from(requested[lane] == values[lane]), fact(Count::DisputesFullAmount))
                | bit(is_late[lane], fact(Count::DisputesAfterCompletion))
        });
        let of_course = lanes(|lane| {
            let is_ruled = is_lost[lane] + is_won[lane];
            bit(1, const { facts_of(Step::File) })
                | bit(is_agreed[lane], const { facts_of(Step::Accept) })
                | bit(is_rejected[lane], const { facts_of(Step::Reject) })
                | bit(is_executed[lane], const { facts_of(Step::ExecuteBySilence) })
                | bit(is_ruled - is_rejected[lane], fact(Count::DisputesSilentToPlatform))
                | bit(is_ruled, const { facts_of(Step::StepIn) })
                | bit(is_lost[lane], const { facts_of(Step::RuleForSeller) })
                | bit(is_lost[lane] & (1 - is_late[lane]), const { facts_of(Step::Complete) })
                | bit(is_won[lane], const { facts_of(Step::RuleForBuyer) })
                | bit(is_won[lane] & is_partial[lane], fact(Count::DisputesRuledInPart))
                | bit(is_won[lane] & is_liable[lane], fact(Count::DisputesRuledLiable))
        });
        // Was justice done?
        let of_justice = lanes(|lane| {
            let is_paid = u32::from(!is_unpaid(refunds[lane]));
            let is_underpaid = u32::from(is_underpaid(refunds[lane], harm[lane]));
            if kinds[lane] == kind::OPPORTUNISTIC {
                bit(1, fact(Count::OpportunisticClaimsClosed))
                    | bit(is_paid, fact(Count::OpportunisticClaimsPaid))
            } else {
                bit(1, fact(Count::LegitimateClaimsClosed))
                    | bit(1 - is_paid, fact(Count::LegitimateClaimsUnpaid))
                    | bit(is_underpaid, fact(Count::LegitimateClaimsUnderpaid))
            }
        });
        let is_measured = lanes_of(&self.is_measured, first);
        let facts = lanes(|lane| is_measured[lane] * (of_request[lane] | of_course[lane] | of_justice[lane]));
        write(&mut self.facts, first, &facts);
    }

    /// What a dispute adds to the sums of its parties.
    #[inline(always)]
    fn contribution(&self, place: usize) -> Contribution {
        let course = u32::from(self.courses[place]);
        let (value, refund) = (u64::from(self.values[place]), u64::from(self.refunds[place]));
        let counted = u64::from(self.is_counted[place]);
        Contribution {
            facts: self.facts[place],
            paid: 0,
            by: REFUNDED_BY[course as usize % COURSES],
            refunded: counted * refund,
            released: counted * (value - refund),
            events: EVENTS[course as usize % COURSES],
        }
    }
}

/// Things that happen in each course, and what its refund is booked as.
const EVENTS: [u64; COURSES] = {
    let (mut events, mut course) = ([0; COURSES], 0);
    while course < COURSES {
        events[course] = course::STEPS[course].len() as u64;
        course += 1;
    }
    events
};
const REFUNDED_BY: [usize; COURSES] = {
    let (mut by, mut course) = ([0; COURSES], 0);
    while course < COURSES {
        by[course] = refund_of(course::last_step(course));
        course += 1;
    }
    by
};
