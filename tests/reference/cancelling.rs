//! Before shipment: cancel requests, their reasons and answers, and the shipment deadline (R2 to R5).

use crate::clock::{Event, Phase};
use crate::market::Market;
use crate::order::{CancelRequest, Refund, Stage};
use redress::market::{Attribution, CancelCause};
use redress::policy::cancellation::ShipmentRace;

/// Whose doing a cause is.
fn side(cause: CancelCause) -> Attribution {
    match cause {
        CancelCause::ChangeOfMind => Attribution::Buyer,
        CancelCause::StockOut | CancelCause::Slowness => Attribution::Seller,
    }
}

fn other(side: Attribution) -> Attribution {
    match side {
        Attribution::Buyer => Attribution::Seller,
        Attribution::Seller => Attribution::Buyer,
    }
}

impl Market<'_> {
    /// The planned hand-over: it overtakes an open request if the race is open.
    pub(crate) fn hand_over_if_due(&mut self, number: usize) {
        match self.orders[number].stage {
            Stage::Placed => self.hand_over(number),
            Stage::CancelRequested if self.world.policy.cancellation.race == ShipmentRace::Open => {
                self.leave_desk(number);
                self.count("cancels_overtaken");
                self.hand_over(number);
            }
            _ => {}
        }
    }

    /// The buyer asks to cancel and picks a reason.
    pub(crate) fn ask_to_cancel(&mut self, number: usize) {
        if self.orders[number].stage != Stage::Placed {
            return;
        }
        let cause = self.orders[number].cause.expect("a request has a cause");
        let buyer = self.buyer_segment(number);
        let is_honest = self.stream.happens(buyer.reason_honesty);
        let mut reason = if is_honest { side(cause) } else { other(side(cause)) };
        self.transition();
        self.count("cancels_requested");
        if reason == Attribution::Seller {
            let seller = self.seller_segment(number);
            let asks = if self.is_near_grade(number) { seller.steering_near_grade } else { seller.steering };
            if self.stream.happens(asks) && self.stream.happens(buyer.steering_compliance) {
                reason = Attribution::Buyer;
                self.count("reasons_steered");
            }
        }
        let order = &mut self.orders[number];
        order.stage = Stage::CancelRequested;
        order.cancel = Some(CancelRequest { cause, reason });
        self.ask(number, self.world.policy.cancellation.silence, true);
    }

    /// Whether the seller is below some penalty tier's count by no more than what worries it.
    fn is_near_grade(&self, number: usize) -> bool {
        let rule = &self.world.policy.not_sold;
        let seller = &self.sellers[self.orders[number].seller];
        let not_sold = seller.sum(rule.window, |day| day.not_sold);
        let near = self.seller_segment(number).near_grade;
        let grades = [rule.demote, rule.hide, rule.freeze];
        grades.iter().flatten().any(|grade| not_sold < grade.count && grade.count <= not_sold + near)
    }

    /// The seller answers a cancel request.
    pub(crate) fn answer_cancel_request(&mut self, number: usize) {
        let request = self.orders[number].cancel.expect("a request was made");
        let agrees = self.seller_segment(number).agrees_to_cancel;
        if request.cause == CancelCause::StockOut || self.stream.happens(agrees) {
            self.cancel(number, request);
            return;
        }
        self.transition();
        self.count("cancels_refused");
        let order = &mut self.orders[number];
        order.stage = Stage::Placed;
        let (planned, due) = (order.planned, order.shipment_due);
        if planned <= self.now {
            self.hand_over(number);
        } else if planned <= due {
            self.agenda.note(planned, Phase::Deed, Event::HandOver(number));
        }
    }

    /// Nobody answered: the request is granted.
    pub(crate) fn grant_by_silence(&mut self, number: usize) {
        self.count("cancels_granted_by_silence");
        let request = self.orders[number].cancel.expect("a request was made");
        self.cancel(number, request);
    }

    fn cancel(&mut self, number: usize, request: CancelRequest) {
        self.transition();
        self.refund_unshipped(number, Stage::Cancelled);
        match request.reason {
            Attribution::Buyer => self.count("orders_cancelled_buyer_reason"),
            Attribution::Seller => {
                self.count("orders_cancelled_seller_reason");
                self.today(number).not_sold += 1;
            }
        }
        match side(request.cause) {
            Attribution::Buyer => self.count("orders_cancelled_buyer_cause"),
            Attribution::Seller => self.count("orders_cancelled_seller_cause"),
        }
    }

    /// The shipment deadline passes (R4).
    pub(crate) fn close_unshipped(&mut self, number: usize) {
        if !matches!(self.orders[number].stage, Stage::Placed | Stage::CancelRequested) {
            return;
        }
        self.leave_desk(number);
        self.transition();
        self.count("orders_unshipped");
        self.today(number).not_sold += 1;
        self.refund_unshipped(number, Stage::Unshipped);
    }

    fn refund_unshipped(&mut self, number: usize, stage: Stage) {
        let order = &mut self.orders[number];
        order.stage = stage;
        order.refund = Some((Refund::Cancellation, order.value));
    }
}
