//! What becomes of an order that may be in trouble: before shipment, and from shipment on.

use super::calendar::Happening;
use super::case::{Case, Order, Trouble};
use super::shard::Shard;
use super::tables::Tables;
use crate::behavior::{cancelling, claiming};
use crate::market::{CancelCause, DisputeKind, Money, OrderState, Step};
use crate::observe::{Count, Series};
use crate::policy::cancellation::ShipmentRace;
use crate::sim::{Key, SimTime};

/// What else is drawn of an order in trouble.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub(super) struct Drawn {
    pub(super) delivered: SimTime,
    pub(super) confirmed: SimTime,
    pub(super) promised: SimTime,
    pub(super) is_out_of_stock: bool,
    pub(super) changes_mind: bool,
    pub(super) is_lost: bool,
    pub(super) is_defective: bool,
    /// Below the bound of the buyer's segment; the buyer's own opportunism decides.
    pub(super) may_be_opportunistic: bool,
    pub(super) opportunism: u32,
}

/// A claim that a buyer will make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) kind: DisputeKind,
    pub(super) at: SimTime,
}

impl Shard {
    /// Decides whether the order is shipped, cancelled or closed (R2 to R4), and what follows.
    pub(super) fn decide_fate(&mut self, tables: &Tables, mut order: Order, drawn: &Drawn) {
        let policy = Self::policy(tables);
        if drawn.is_out_of_stock {
            order.shipped = SimTime::NEVER;
        }
        let deadline = policy.shipment.due(order.placed, tables.world.day_zero);
        let request = self.cancel_request(tables, &order, drawn).filter(|(at, _)| *at <= deadline);
        if request.is_none() && order.shipped <= deadline {
            self.ship(tables, order, drawn, None);
            return;
        }
        let cause = request.map_or(CancelCause::Slowness, |(_, cause)| cause);
        let case =
            self.open_case(Case::new(order, Trouble::Cancel { cause, reason: None }, OrderState::Placed));
        self.count_placed(case);
        match request {
            Some((at, _)) => self.schedule(at, Happening::CancelRequest, case),
            None => self.schedule(deadline, Happening::ShipmentDue, case),
        }
    }

    /// When the buyer asks to cancel, and why; the earliest cause counts (R3).
    fn cancel_request(
        &self,
        tables: &Tables,
        order: &Order,
        drawn: &Drawn,
    ) -> Option<(SimTime, CancelCause)> {
        let buyer = &tables.buyers[usize::from(order.buyer_segment)];
        let shop = &tables.sellers[usize::from(self.sellers[usize::from(order.seller)].segment)];
        let is_exclusive = Self::policy(tables).cancellation.race == ShipmentRace::Exclusive;
        let stock_out = drawn
            .is_out_of_stock
            .then(|| (order.placed + cancelling::stock_out_notice(order.key, shop), CancelCause::StockOut));
        let change = drawn
            .changes_mind
            .then(|| {
                (order.placed + cancelling::change_of_mind_delay(order.key, buyer), CancelCause::ChangeOfMind)
            })
            .filter(|(at, _)| is_exclusive || *at < order.shipped);
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

    /// The order is handed over: decides what becomes of it from there.
    ///
    /// An order that was asked to be cancelled already has a case, which goes on or ends here.
    pub(super) fn ship(&mut self, tables: &Tables, order: Order, drawn: &Drawn, case: Option<u32>) {
        let delivered = if drawn.is_lost { SimTime::NEVER } else { drawn.delivered };
        let claim = claim(tables, self.buyers, &order, drawn, delivered);
        let completes = completion(tables, &order, drawn, delivered, claim.is_some());
        let case = case.unwrap_or_else(|| {
            let case = self.open_case(Case::new(
                order,
                Trouble::Claim { kind: DisputeKind::NotReceived },
                OrderState::Placed,
            ));
            self.count_placed(case);
            case
        });
        let subject = self.cases.get_mut(case);
        subject.order = order;
        subject.delivered = delivered;
        subject.completes = completes;
        self.count_shipped(tables, case, drawn);
        let Some(claim) = claim else {
            return self.end_without_claim(tables, case);
        };
        let subject = self.cases.get_mut(case);
        subject.trouble = Trouble::Claim { kind: claim.kind };
        if claim.at > completes {
            self.count_completed(tables, case, completes);
        }
        let admits = Self::policy(tables).dispute.admits(claim.at, completes, tables.world.day_zero);
        let what = if admits { Happening::File } else { Happening::AskAfterSale };
        self.schedule(claim.at, what, case);
    }

    /// Opens a case for an order and shows it to the auditor.
    fn open_case(&mut self, case: Case) -> u32 {
        let (state, order) = (case.state, case.order);
        let number = self.cases.open(case);
        self.auditor.open(number, state, order.placed, order.value, order.is_counted);
        number
    }

    fn count_placed(&mut self, case: u32) {
        let order = self.cases.get(case).order;
        self.count_event(case);
        if order.is_counted {
            self.count_anyway(case, Count::OrdersPlaced, 1);
            self.book(case, Count::ValuePaid, order.value);
        }
    }

    /// Counts hand-over, delivery, and what is true of the parcel.
    fn count_shipped(&mut self, tables: &Tables, case: u32, drawn: &Drawn) {
        let Case { order, delivered, .. } = *self.cases.get(case);
        if order.shipped >= tables.horizon {
            return;
        }
        self.count_event(case);
        self.count(tables, case, Count::OrdersShipped, order.shipped);
        self.count_daily(Series::OrdersShipped, order.shipped);
        if drawn.is_defective {
            self.count(tables, case, Count::OrdersDefective, order.shipped);
        }
        if drawn.is_lost {
            return self.count(tables, case, Count::OrdersLost, order.shipped);
        }
        if delivered >= tables.horizon {
            return;
        }
        let is_late = delivered > drawn.promised;
        self.count_event(case);
        self.count(tables, case, Count::OrdersDelivered, delivered);
        self.count_daily(Series::OrdersDelivered, delivered);
        if is_late {
            self.count(tables, case, Count::OrdersDeliveredLate, delivered);
        }
        if tables.has_score {
            let seller = usize::from(order.seller);
            self.windows.post_delivered(seller, delivered.day(), is_late, drawn.is_defective);
        }
    }

    /// Counts a completion that no dispute stops.
    pub(super) fn count_completed(&mut self, tables: &Tables, case: u32, at: SimTime) {
        if at >= tables.horizon {
            return;
        }
        self.count_event(case);
        self.count(tables, case, Count::OrdersCompleted, at);
        self.post_completed(self.cases.get(case).order.seller, at);
    }

    /// The order runs its course without a claim: its case ends here.
    pub(super) fn end_without_claim(&mut self, tables: &Tables, case: u32) {
        let Case { order, completes, .. } = *self.cases.get(case);
        self.count_completed(tables, case, completes);
        self.catch_up_at_horizon(tables, case);
        let is_released = completes < tables.horizon;
        self.book(case, if is_released { Count::ValueReleased } else { Count::ValueHeld }, order.value);
        if !is_released && order.is_counted {
            self.count_anyway(case, Count::OrdersOpen, 1);
        }
        self.close_case(case);
    }

    /// Takes the steps that a shipped order has passed: the parcel's up to the instant `at`, completion
    /// only before it, because a dispute filed at the instant of completion comes first.
    pub(super) fn catch_up(&mut self, case: u32, at: SimTime) {
        self.pass_milestones(case, at, at);
    }

    /// Takes the steps that a shipped order has passed at the horizon.
    fn catch_up_at_horizon(&mut self, tables: &Tables, case: u32) {
        self.pass_milestones(case, SimTime(tables.horizon.0 - 1), tables.horizon);
    }

    fn pass_milestones(&mut self, case: u32, moved_by: SimTime, completed_before: SimTime) {
        let Case { order, delivered, completes, .. } = *self.cases.get(case);
        let has_arrived = delivered <= moved_by && delivered <= completes;
        let is_complete = completes < completed_before;
        let milestones = [
            (OrderState::Placed, Step::Ship, order.shipped, order.shipped <= moved_by),
            (OrderState::Shipped, Step::Deliver, delivered, has_arrived),
            (OrderState::Shipped, Step::Complete, completes, is_complete),
            (OrderState::Delivered, Step::Complete, completes, is_complete),
        ];
        for (from, step, at, is_passed) in milestones {
            if is_passed && self.cases.get(case).state == from {
                self.step(case, step, at, Money(0));
            }
        }
    }

    /// Takes a legal step; the auditor watches.
    pub(super) fn step(&mut self, case: u32, step: Step, at: SimTime, refund: Money) {
        let subject = self.cases.get_mut(case);
        let Some(next) = subject.state.after(step) else {
            panic!("{step:?} is not legal in {:?}", subject.state)
        };
        subject.state = next;
        self.auditor.step(case, step, at, refund);
    }

    /// Ends a case.
    pub(super) fn close_case(&mut self, case: u32) {
        self.auditor.close(case);
        self.cases.close(case);
    }

    /// At the horizon: orders in trouble stay as they stand.
    pub(super) fn settle_open_cases(&mut self, tables: &Tables) {
        for case in self.cases.open_numbers() {
            self.catch_up_at_horizon(tables, case);
            let Case { order, completes, filed, .. } = *self.cases.get(case);
            let is_released = completes < tables.horizon && (filed == SimTime::NEVER || filed > completes);
            self.book(case, if is_released { Count::ValueReleased } else { Count::ValueHeld }, order.value);
            if !is_released && order.is_counted {
                self.count_anyway(case, Count::OrdersOpen, 1);
            }
            let open = match self.cases.get(case).state {
                OrderState::CancelRequested => Some(Count::CancelsOpen),
                OrderState::AwaitingSeller | OrderState::AwaitingBuyer | OrderState::UnderReview => {
                    Some(Count::DisputesOpen)
                }
                OrderState::AfterSale => Some(Count::AfterSaleOpen),
                _ => None,
            };
            if let Some(open) = open {
                self.count_anyway(case, open, 1);
            }
            self.close_case(case);
        }
    }
}

/// When the order completes if no dispute stops it: a buyer with a claim may not confirm at all.
fn completion(tables: &Tables, order: &Order, drawn: &Drawn, delivered: SimTime, has_claim: bool) -> SimTime {
    let buyer = &tables.buyers[usize::from(order.buyer_segment)];
    let rule = &Shard::policy(tables).completion;
    let automatic = rule.automatic_at(order.shipped, delivered, tables.world.day_zero);
    let confirms = delivered < SimTime::NEVER && (!has_claim || claiming::confirms_first(order.key, buyer));
    if confirms { drawn.confirmed.min(automatic) } else { automatic }
}

/// The claim that the buyer of a shipped order will make, if any (R6).
pub(super) fn claim(
    tables: &Tables,
    buyers: Key,
    order: &Order,
    drawn: &Drawn,
    delivered: SimTime,
) -> Option<Claim> {
    let buyer = &tables.buyers[usize::from(order.buyer_segment)];
    let rule = &Shard::policy(tables).dispute;
    let opens = rule.opens_at(order.shipped, drawn.promised - order.placed);
    if delivered > drawn.promised
        && let Some(wait) = claiming::lateness_tolerated(order.key, &buyer.late_tolerance)
    {
        let at = (drawn.promised + wait).max(opens);
        if delivered > at {
            return Some(Claim { kind: DisputeKind::NotReceived, at });
        }
    }
    if delivered == SimTime::NEVER {
        return None;
    }
    let noticed = (delivered + claiming::notice_delay(order.key, buyer)).max(opens);
    if drawn.is_defective {
        return claiming::claims_defect(order.key, buyer)
            .then_some(Claim { kind: DisputeKind::NotAsDescribed, at: noticed });
    }
    let is_opportunistic = drawn.may_be_opportunistic && {
        let own = claiming::opportunism_of(buyers.child(u64::from(order.buyer)), buyer);
        own.happens(drawn.opportunism)
    };
    is_opportunistic.then_some(Claim { kind: DisputeKind::Opportunistic, at: noticed })
}
