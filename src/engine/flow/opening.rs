//! What becomes of an order that may be in trouble: before shipment, and from shipment on.

use super::Flow;
use crate::behavior::{cancelling, claiming};
use crate::engine::books::observer::Observer;
use crate::engine::order::agenda::EventKind;
use crate::engine::order::case::{Case, Opening, Order, Trouble};
use crate::engine::order::drawn::{Claim, Drawn, claim, completion};
use crate::market::{CancelCause, Money, OrderState, Step};
use crate::observe::{Count, Event};
use crate::policy::cancellation::{ShipmentRace, counts_change_of_mind};
use crate::policy::completion::completes_before;
use crate::sim::SimTime;

/// What becomes of a parcel that is handed over, and when.
#[derive(Clone, Copy, Debug)]
struct Milestones {
    delivered: SimTime,
    /// When the order completes if no dispute stops it.
    completes: SimTime,
    claim: Option<Claim>,
}

impl<O: Observer> Flow<'_, O> {
    /// Decides whether an order that may be in trouble is shipped, cancelled or closed (R2 to R4), and what follows: whether
    /// it comes to a case, which begins with what `opening` then holds; it holds the order already.
    pub(crate) fn decide_opening(&mut self, drawn: &Drawn, opening: &mut Opening) -> bool {
        let policy = self.tables.policy();
        let order = &mut opening.order;
        self.count_placed(order);
        if drawn.is_shipped_anyway {
            return self.ship(drawn, opening);
        }
        if drawn.is_out_of_stock {
            order.shipped = SimTime::NEVER;
        }
        let deadline = policy.shipment.due(order.placed, self.tables.world.day_zero);
        let request = self.cancel_request(order, drawn).filter(|(at, _)| *at <= deadline);
        if request.is_none() && order.shipped <= deadline {
            return self.ship(drawn, opening);
        }
        opening.delivered = SimTime::NEVER;
        opening.completes = SimTime::NEVER;
        if let Some((at, cause)) = request {
            opening.trouble = Trouble::Cancel { cause, reason: None };
            (opening.at, opening.what) = (at, EventKind::CancelRequest);
        } else {
            opening.trouble = Trouble::Cancel { cause: CancelCause::Slowness, reason: None };
            (opening.at, opening.what) = (deadline, EventKind::ShipmentDue);
        }
        true
    }

    /// When the buyer asks to cancel, and why; the earliest cause counts (R3).
    fn cancel_request(&self, order: &Order, drawn: &Drawn) -> Option<(SimTime, CancelCause)> {
        let (seller_segment, buyer) = (self.seller_tables(order), self.tables.buyer(order.buyer_segment));
        let is_exclusive = self.tables.policy().cancellation.race == ShipmentRace::Exclusive;
        let stock_out = drawn.is_out_of_stock.then(|| {
            (order.placed + cancelling::stock_out_notice(order.key, seller_segment), CancelCause::StockOut)
        });
        let change = drawn
            .changes_mind
            .then(|| {
                (order.placed + cancelling::change_of_mind_delay(order.key, buyer), CancelCause::ChangeOfMind)
            })
            .filter(|(at, _)| counts_change_of_mind(is_exclusive, drawn.is_out_of_stock, *at, order.shipped));
        if is_exclusive && stock_out.is_some() {
            // Alternatives decided at placement exclude one another as well.
            return stock_out;
        }
        let slow = buyer
            .shipping_patience
            .as_ref()
            .map(|patience| {
                (order.placed + claiming::shipping_patience(order.key, patience), CancelCause::Slowness)
            })
            .filter(|(at, _)| *at < order.shipped);
        [stock_out, change, slow].into_iter().flatten().min()
    }

    /// An order is handed over that nobody asked to cancel: without a claim it runs its course.
    fn ship(&mut self, drawn: &Drawn, opening: &mut Opening) -> bool {
        let order = &opening.order;
        let Milestones { delivered, completes, claim } = self.milestones(order, drawn);
        if !drawn.is_shipped_anyway {
            self.count_shipped(order, drawn, delivered);
        }
        let Some(claim) = claim else {
            self.records.auditor.see_untroubled([order.placed.0, order.shipped.0, delivered.0, completes.0]);
            let is_released = completes < self.tables.horizon;
            if order.is_counted {
                self.records.auditor.book_untroubled(order.value, is_released);
            }
            self.count_completed(order, completes);
            self.book_completion(order, is_released);
            return false;
        };
        let (at, what) = self.await_claim(order, claim, completes);
        (opening.at, opening.what) = (at, what);
        opening.trouble = Trouble::Claim { kind: claim.kind };
        opening.delivered = delivered;
        opening.completes = completes;
        true
    }

    /// An order is handed over after a request to cancel it, which ends here.
    pub(crate) fn ship_late(&mut self, case: &mut Case, drawn: &Drawn) {
        let milestones = self.milestones(&case.order, drawn);
        self.count_shipped(&case.order, drawn, milestones.delivered);
        case.delivered = milestones.delivered;
        case.completes = milestones.completes;
        if let Some(claim) = milestones.claim {
            case.trouble = Trouble::Claim { kind: claim.kind };
            let (at, what) = self.await_claim(&case.order, claim, milestones.completes);
            return case.agenda.plan(at, what);
        }
        self.end_without_claim(case);
    }

    /// What becomes of an order from its hand-over.
    fn milestones(&self, order: &Order, drawn: &Drawn) -> Milestones {
        let delivered = if drawn.is_lost { SimTime::NEVER } else { drawn.delivered };
        let claim = claim(self.tables, self.records.buyers, order, drawn, delivered);
        let completes = completion(self.tables, order, drawn, delivered, claim.is_some());
        Milestones { delivered, completes, claim }
    }

    /// What becomes of the claim on a shipped order: a dispute, or after the window a request (R9).
    fn await_claim(&mut self, order: &Order, claim: Claim, completes: SimTime) -> (SimTime, EventKind) {
        if completes_before(completes, claim.at) {
            self.count_completed(order, completes);
        }
        let admits = self.tables.policy().dispute.admits(claim.at, completes, self.tables.world.day_zero);
        (claim.at, if admits { EventKind::File } else { EventKind::AskAfterSale })
    }

    fn count_placed(&mut self, order: &Order) {
        self.records.ledger.always(order).add(Count::Events);
        let mut entry = self.records.ledger.money(order);
        entry.add(Count::OrdersPlaced);
        entry.add_money(Count::ValuePaid, order.value);
        self.records.show(order, Event::Placed, order.placed, order.value);
    }

    /// Counts hand-over, delivery, and what is true of the parcel.
    fn count_shipped(&mut self, order: &Order, drawn: &Drawn, delivered: SimTime) {
        if order.shipped >= self.tables.horizon {
            return;
        }
        let is_delivered = delivered < self.tables.horizon;
        self.records.ledger.always(order).add_many(Count::Events, 1 + u64::from(is_delivered));
        self.records.count_step(order, Step::Ship, order.shipped);
        self.records.show(order, Event::Step(Step::Ship), order.shipped, Money(0));
        let mut entry = self.records.ledger.at(order, order.shipped);
        entry.add_many(Count::OrdersDefective, u64::from(drawn.is_defective));
        entry.add_many(Count::OrdersLost, u64::from(drawn.is_lost));
        if !is_delivered {
            return;
        }
        let is_late = delivered > drawn.promised;
        self.records.count_step(order, Step::Deliver, delivered);
        self.records.show(order, Event::Step(Step::Deliver), delivered, Money(0));
        self.records.ledger.at(order, delivered).add_many(Count::OrdersDeliveredLate, u64::from(is_late));
        if self.tables.tracks.delivered {
            self.records.post_delivered(order.seller, delivered, is_late, drawn.is_defective);
        }
    }

    /// Counts a completion that no dispute stops.
    fn count_completed(&mut self, order: &Order, at: SimTime) {
        if at >= self.tables.horizon {
            return;
        }
        self.records.ledger.always(order).add(Count::Events);
        self.records.show(order, Event::Step(Step::Complete), at, order.value);
        self.finish(order, at);
    }

    /// Counts an order as completed before the horizon.
    pub(crate) fn finish(&mut self, order: &Order, at: SimTime) {
        self.records.count_step(order, Step::Complete, at);
        self.records.post_completed(order.seller, at);
    }

    /// Books the money of an order that no claim touches.
    fn book_completion(&mut self, order: &Order, is_released: bool) {
        let mut entry = self.records.ledger.money(order);
        entry.add_money(if is_released { Count::ValueReleased } else { Count::ValueHeld }, order.value);
        entry.add_many(Count::OrdersOpen, u64::from(!is_released));
    }

    /// The order runs its course without a claim: its case ends here.
    pub(crate) fn end_without_claim(&mut self, case: &mut Case) {
        self.count_completed(&case.order, case.completes);
        case.catch_up_at_horizon(self.tables.horizon);
        self.book_completion(&case.order, case.completes < self.tables.horizon);
        self.records.close_case(case);
    }

    /// At the horizon: an order in trouble stays as it stands.
    pub(crate) fn settle_open(&mut self, case: &mut Case) {
        case.catch_up_at_horizon(self.tables.horizon);
        let Case { completes, filed, .. } = *case;
        let is_released = completes < self.tables.horizon
            && (filed == SimTime::NEVER || completes_before(completes, filed));
        self.book_completion(&case.order, is_released);
        let open = match case.state {
            OrderState::CancelRequested => Some(Count::CancelsOpen),
            OrderState::AfterSale => Some(Count::AfterSaleOpen),
            OrderState::AwaitingReturn | OrderState::ReturnInTransit | OrderState::Returned => {
                Some(Count::ReturnsOpen)
            }
            state if state.is_disputed() => Some(Count::DisputesOpen),
            _ => None,
        };
        if let Some(open) = open {
            self.records.ledger.always(&case.order).add(open);
        }
        self.records.close_case(case);
    }
}
