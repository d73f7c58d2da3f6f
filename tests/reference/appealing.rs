//! Appeals against rulings (R12).

use crate::clock::{Event, Phase, after};
use crate::market::Market;
use crate::order::Stage;

impl Market<'_> {
    /// Whether the loser of a ruling appeals in time; the ruling then waits.
    pub(crate) fn is_appealed(&mut self, number: usize, is_for_buyer: bool) -> bool {
        let (seller, buyer) = (self.seller_segment(number), self.buyer_segment(number));
        let Some(deadline) = self.world.policy.appeal.deadline else { return false };
        let (probability, delay) = if is_for_buyer {
            (seller.appeals, &seller.appeal_delay)
        } else {
            (buyer.appeals, &buyer.appeal_delay)
        };
        if !self.stream.happens(probability) {
            return false;
        }
        let at = self.now + self.stream.seconds(delay);
        if at > after(deadline, self.now, self.world.day_zero) {
            return false;
        }
        self.transition();
        let order = &mut self.orders[number];
        order.stage = Stage::Decided;
        order.claim.as_mut().expect("a claim was made").is_first_for_buyer = is_for_buyer;
        self.agenda.note(at, Phase::Deed, Event::Appeal(number));
        true
    }

    /// The loser appeals, unless the dispute was withdrawn meanwhile.
    pub(crate) fn appeal(&mut self, number: usize) {
        if self.orders[number].stage != Stage::Decided {
            return;
        }
        self.orders[number].stage = Stage::OnAppeal;
        self.transition();
        self.count("appeals_filed");
        if !self.claim_of(number).is_first_for_buyer {
            self.count("appeals_filed_by_buyers");
        }
        let at = self.now + self.stream.seconds(&self.world.policy.appeal.delay);
        self.agenda.note(at, Phase::Deed, Event::RuleAgain(number));
    }

    /// The second ruling, which is final.
    pub(crate) fn rule_again(&mut self, number: usize) {
        if self.orders[number].stage != Stage::OnAppeal {
            return;
        }
        let is_for_buyer = self.finds_for_buyer(number, self.world.policy.appeal.accuracy);
        self.count("appeals_decided");
        if is_for_buyer != self.claim_of(number).is_first_for_buyer {
            self.count("appeals_granted");
        }
        self.conclude(number, is_for_buyer);
    }
}
