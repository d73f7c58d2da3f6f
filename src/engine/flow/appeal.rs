//! Appeals against a ruling (R12): the ruling waits without effect, and the second one is final.

use super::Flow;
use crate::behavior::ruling::{self, Ruling};
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::Case;
use crate::market::{Money, OrderState, Step};
use crate::observe::Count;
use crate::sim::SimTime;

impl<O: Observer> Flow<'_, O> {
    /// Whether the loser of a ruling will appeal in time. The ruling then has no effect, and the appeal is planned.
    pub(crate) fn is_appealed(&mut self, case: &mut Case, at: SimTime, ruling: Ruling) -> bool {
        let (loser, step, amount) = match ruling {
            Ruling::ForSeller => {
                (&self.tables.buyer(case.order.buyer_segment).appealing, Step::DecideForSeller, Money(0))
            }
            Ruling::ForBuyer { awarded, .. } => {
                (&self.seller_tables(&case.order).appealing, Step::DecideForBuyer, awarded)
            }
        };
        let Some(delay) = ruling::appeal(case.order.key, loser) else { return false };
        let appealed = at + delay;
        if !self.tables.policy().appeal.hears(appealed, at, self.tables.world.day_zero) {
            return false;
        }
        self.records.take(case, step, at, amount);
        case.agenda.plan(appealed, EventKind::Appeal);
        true
    }

    /// The loser of the ruling appeals.
    pub(crate) fn appeal(&mut self, case: &mut Case, at: SimTime) {
        let step = if case.state == OrderState::DecidedForBuyer {
            Step::AppealBySeller
        } else {
            Step::AppealByBuyer
        };
        self.records.take(case, step, at, Money(0));
        let delay = ruling::second_ruling_delay(case.order.key, &self.tables.platform);
        case.agenda.plan(at + delay, EventKind::SecondRuling);
    }

    /// The platform rules on an appeal.
    pub(crate) fn rule_again(&mut self, case: &mut Case, at: SimTime) {
        let (key, is_legitimate) = (case.order.key, case.kind().is_legitimate());
        // A ruling is a function of the order: the first is worked out again, not kept by every case.
        let first = ruling::rule(key, is_legitimate, case.requested, &self.tables.platform);
        let second = ruling::rule_on_appeal(key, is_legitimate, case.requested, &self.tables.platform);
        let is_granted = (first == Ruling::ForSeller) != (second == Ruling::ForSeller);
        let mut entry = self.records.ledger.at(&case.order, at);
        entry.add(Count::AppealsDecided);
        entry.add_many(Count::AppealsGranted, u64::from(is_granted));
        self.execute_ruling(case, at, second);
    }
}
