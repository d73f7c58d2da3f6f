//! Demand, placement and hand-over: the path of an order.

use crate::chance::Stream;
use crate::clock::{DAY, Event, NEVER, Phase, after, next_open, weekday};
use crate::market::Market;
use crate::order::{Order, Stage};
use crate::people::Seller;
use crate::search;
use redress::behavior::{BuyerSegment, LatePoint};
use redress::market::{CancelCause, DisputeKind};
use redress::policy::cancellation::ShipmentRace;

impl Market<'_> {
    /// The orders of a day: each seller's share of the market's mean, as a Poisson number.
    pub(crate) fn place_orders(&mut self, day: i64) {
        let market = &self.world.market;
        let mut mean = market.orders_per_day * market.weekday_profile[weekday(self.world.day_zero, day)];
        for surge in &market.surges {
            let first = i64::from(surge.first_day);
            if (first..first + i64::from(surge.days)).contains(&day) {
                mean *= surge.multiplier;
            }
        }
        mean *= self.stream.gamma_of_mean_one(market.day_dispersion);
        let attractiveness: Vec<f64> = self.sellers.iter().map(|seller| seller.attractiveness).collect();
        let weight = |seller: &Seller| seller.attractiveness * seller.standing.factor_on(day);
        let weights: Vec<f64> = self.sellers.iter().map(weight).collect();
        let base = search::shares(&market.exposure, &attractiveness);
        let shares = if market.feedback {
            search::with_leavers(&base, &search::shares(&market.exposure, &weights), market.leaves_market)
        } else {
            base.clone()
        };
        for seller in 0..self.sellers.len() {
            let standing = &self.sellers[seller].standing;
            let share = if standing.is_frozen_on(day) { 0.0 } else { shares[seller] };
            if standing.is_frozen_on(day) || standing.is_demoted() {
                let lost = (base[seller] - share).max(0.0) * mean;
                self.count_much("orders_lost_to_penalties", lost);
                self.count_much("value_lost_to_penalties", lost * market.order_value.mean());
            }
            for _ in 0..self.stream.poisson(mean * share) {
                self.place(seller, day);
            }
        }
    }

    fn place(&mut self, seller: usize, day: i64) {
        let world = self.world;
        let placed = day * DAY + i64::from(self.stream.whole(DAY as u32));
        let buyer = self.stream.whole(world.market.buyers) as usize;
        let value = (self.stream.draw(&world.market.order_value).round() as i64).max(1);
        let mut order = Order::new(seller, buyer, value, placed);
        let segment = &world.sellers[self.sellers[seller].segment];
        order.is_in_stock = !self.stream.happens(self.sellers[seller].stock_out);
        let handling = self.stream.draw(&segment.handling_time) * self.sellers[seller].handling_factor;
        if order.is_in_stock {
            order.planned = next_open(&segment.hand_over, placed + handling.round() as i64);
        }
        order.shipment_due = after(world.policy.shipment.deadline, placed, world.day_zero);
        (order.transit, order.promise) = self.stream.transit_and_promise(
            &segment.transit_time,
            segment.promise.as_ref(),
            segment.promise_correlation,
        );
        let notice = self.stream.seconds(&segment.stock_out_notice);
        let buyer = &world.buyers[self.buyers[buyer].segment];
        let asks = self.wish_to_cancel(&order, buyer, placed + notice);
        order.cause = asks.map(|(_, cause)| cause);

        let number = self.orders.len();
        let waits_for_request = asks.is_some() && world.policy.cancellation.race == ShipmentRace::Exclusive;
        if order.planned <= order.shipment_due && !waits_for_request {
            self.agenda.note(order.planned, Phase::Deed, Event::HandOver(number));
        }
        if let Some((at, _)) = asks {
            self.agenda.note(at, Phase::Deed, Event::AskToCancel(number));
        }
        self.agenda.note(order.shipment_due, Phase::Deadline, Event::ShipmentDue(number));
        self.orders.push(order);
        self.transition();
        self.count("orders_placed");
        self.today(number).placed += 1;
    }

    /// When and why the buyer will ask to cancel: the earliest cause.
    fn wish_to_cancel(
        &mut self,
        order: &Order,
        buyer: &BuyerSegment,
        notice: i64,
    ) -> Option<(i64, CancelCause)> {
        let is_exclusive = self.world.policy.cancellation.race == ShipmentRace::Exclusive;
        let mut wishes = Vec::new();
        if !order.is_in_stock {
            wishes.push((notice, CancelCause::StockOut));
        }
        if order.is_in_stock || !is_exclusive {
            if self.stream.happens(buyer.change_of_mind) {
                let at = order.placed + self.stream.seconds(&buyer.change_of_mind_delay);
                if at < order.planned || is_exclusive {
                    wishes.push((at, CancelCause::ChangeOfMind));
                }
            }
            if let Some(patience) = &buyer.shipping_patience {
                let at = order.placed + self.stream.seconds(patience);
                if at < order.planned {
                    wishes.push((at, CancelCause::Slowness));
                }
            }
        }
        wishes.into_iter().min_by_key(|(at, _)| *at).filter(|(at, _)| *at <= order.shipment_due)
    }

    /// The parcel is handed over, and the rest of its path follows.
    pub(crate) fn hand_over(&mut self, number: usize) {
        let (policy, day_zero) = (&self.world.policy, self.world.day_zero);
        let (now, seller) = (self.now, self.orders[number].seller);
        let is_lost = self.stream.happens(self.sellers[seller].loss);
        let is_defective = self.stream.happens(self.sellers[seller].defect);
        self.transition();
        self.count("orders_shipped");
        if is_lost {
            self.count("orders_lost");
        }
        if is_defective {
            self.count("orders_defective");
        }
        let buyer = self.buyer_segment(number);
        let delivered = if is_lost { NEVER } else { now + self.orders[number].transit };
        let confirmation = self.stream.seconds(&buyer.confirmation_delay);
        let confirmed = if is_lost { NEVER } else { delivered + confirmation };
        let protected = after(policy.completion.protection_period, now, day_zero);
        let kept =
            if is_lost { NEVER } else { after(policy.completion.confirmation_period, delivered, day_zero) };
        let automatic = protected.min(kept);

        let order = &mut self.orders[number];
        order.stage = Stage::Underway;
        order.is_defective = is_defective;
        order.delivered = delivered;
        let claim = self.coming_claim(number);
        let confirms = claim.is_none() || self.stream.happens(buyer.confirms_first);
        let order = &mut self.orders[number];
        order.completes = if confirms { confirmed.min(automatic) } else { automatic };
        order.kind = claim.map(|(kind, _)| kind);
        let completes = order.completes;
        self.agenda.note(delivered, Phase::Deed, Event::Deliver(number));
        if let Some((_, at)) = claim {
            self.agenda.note(at, Phase::Deed, Event::Claim(number));
        }
        self.agenda.note(completes, Phase::Deed, Event::Complete(number));
    }

    /// The claim that the buyer will make, and when.
    fn coming_claim(&mut self, number: usize) -> Option<(DisputeKind, i64)> {
        let rule = &self.world.policy.dispute;
        let buyer = self.buyer_segment(number);
        let order = self.orders[number].clone();
        let is_short = order.promise.is_some_and(|promise| promise < rule.opens_at_once_below.0);
        let opens = if is_short { self.now } else { self.now + rule.opens_after.0 };
        if let Some(promise) = order.promise
            && let Some(tolerance) = tolerance(&buyer.late_tolerance, &mut self.stream)
        {
            let at = (order.placed + promise + tolerance).max(opens);
            if order.delivered > at {
                return Some((DisputeKind::NotReceived, at));
            }
        }
        if order.delivered == NEVER {
            return None;
        }
        let (kind, probability) = if order.is_defective {
            (DisputeKind::NotAsDescribed, buyer.claim_given_defect)
        } else {
            (DisputeKind::Opportunistic, self.buyers[order.buyer].opportunism)
        };
        let claims = self.stream.happens(probability);
        claims.then(|| (kind, (order.delivered + self.stream.seconds(&buyer.notice_delay)).max(opens)))
    }

    /// The parcel arrives.
    pub(crate) fn deliver(&mut self, number: usize) {
        let order = &self.orders[number];
        let is_late = order.promise.is_some_and(|promise| self.now > order.placed + promise);
        let is_defective = order.is_defective;
        let waits = order.is_disputed() && order.kind == Some(DisputeKind::NotReceived);
        self.transition();
        self.count("orders_delivered");
        let today = self.today(number);
        today.delivered += 1;
        today.late += u32::from(is_late);
        today.defective += u32::from(is_defective);
        if is_late {
            self.count("orders_delivered_late");
        }
        if waits && self.stream.happens(self.buyer_segment(number).withdraws_on_arrival) {
            self.withdraw(number);
        }
    }

    /// The order completes now, unless it has ended or a dispute holds it.
    pub(crate) fn complete_if_due(&mut self, number: usize) {
        let order = &mut self.orders[number];
        if order.stage == Stage::Underway && !order.is_completed && order.completes <= self.now {
            order.is_completed = true;
            self.transition();
            self.count("orders_completed");
            self.today(number).completed += 1;
        }
    }
}

/// How long past the promise a buyer waits: a jump at the first point, lines between points, and nobody
/// claims beyond the last share.
fn tolerance(points: &[LatePoint], stream: &mut Stream) -> Option<i64> {
    let share = stream.uniform();
    let (mut after, mut below) = (points.first()?.after.0, 0.0);
    for point in points {
        if share < point.share {
            let part = (share - below) / (point.share - below);
            return Some(after + ((point.after.0 - after) as f64 * part).round() as i64);
        }
        (after, below) = (point.after.0, point.share);
    }
    None
}
