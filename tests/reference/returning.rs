//! Return and refund (R13): the parcel goes back before the money does.

use crate::clock::{Event, Phase, after};
use crate::market::Market;
use crate::order::{Owed, Stage};
use redress::policy::returns::ReturnRule;

impl Market<'_> {
    fn return_rule(&self) -> ReturnRule {
        self.world.policy.returns.expect("a return was asked for")
    }

    /// A refund is owed, and the buyer has its time to send the parcel.
    pub(crate) fn await_return(&mut self, number: usize, owed: Owed) {
        self.count("returns_granted");
        self.orders[number].stage = Stage::AwaitingReturn;
        self.orders[number].owed = Some(owed);
        let sent = self.now + self.stream.seconds(&self.buyer_segment(number).return_delay);
        let due = after(self.return_rule().deadline, self.now, self.world.day_zero);
        self.agenda.note(sent, Phase::Deed, Event::SendBack(number));
        self.agenda.note(due, Phase::Deadline, Event::ReturnDue(number));
    }

    /// The parcel is handed over, unless its time was over.
    pub(crate) fn send_back(&mut self, number: usize) {
        if self.orders[number].stage == Stage::AwaitingReturn {
            self.orders[number].stage = Stage::ReturnInTransit;
            self.transition();
            self.count("returns_sent");
            let back = self.now + self.stream.seconds(&self.buyer_segment(number).return_transit);
            self.agenda.note(back, Phase::Deed, Event::ComeBack(number));
        }
    }

    /// The time to send it is over.
    pub(crate) fn miss_return(&mut self, number: usize) {
        if self.orders[number].stage == Stage::AwaitingReturn {
            self.transition();
            self.count("returns_missed");
            self.uphold(number);
        }
    }

    /// The parcel is back, and the seller has its time to confirm it.
    pub(crate) fn come_back(&mut self, number: usize) {
        self.orders[number].stage = Stage::Returned;
        self.transition();
        let confirmed = self.now + self.stream.seconds(&self.seller_segment(number).return_check);
        let due = after(self.return_rule().confirmation, self.now, self.world.day_zero);
        self.agenda.note(confirmed, Phase::Deed, Event::ConfirmReturn(number));
        self.agenda.note(due, Phase::Deadline, Event::ConfirmationDue(number));
    }

    /// The parcel is confirmed, or the time to do so is over: whichever comes first pays.
    pub(crate) fn pay_return(&mut self, number: usize, why: &'static str) {
        if self.orders[number].stage == Stage::Returned {
            self.transition();
            self.count(why);
            let Owed { how, amount, is_liable } = self.orders[number].owed.expect("a return was granted");
            self.today(number).liable += u32::from(is_liable);
            self.refund(number, how, amount);
        }
    }
}
