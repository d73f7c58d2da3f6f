//! One market of one replication: its state, its days, and which rule each event belongs to.

use crate::chance::Stream;
use crate::clock::{Agenda, DAY, Event, Phase, day_of};
use crate::order::{Order, Refund, Stage};
use crate::people::{self, Buyer, DayCounts, Seller};
use crate::tally::Tally;
use redress::behavior::{BuyerSegment, SellerSegment};
use redress::engine::World;

/// A market with everything in it.
#[derive(Debug)]
pub(crate) struct Market<'w> {
    pub(crate) world: &'w World,
    pub(crate) stream: Stream,
    pub(crate) agenda: Agenda,
    pub(crate) now: i64,
    pub(crate) sellers: Vec<Seller>,
    pub(crate) buyers: Vec<Buyer>,
    pub(crate) orders: Vec<Order>,
    pub(crate) tally: Tally,
}

/// Simulates one replication of a world: its markets one after the other.
pub(crate) fn simulate(world: &World, replication: u32) -> Tally {
    let mut stream = Stream::new(world.seed, replication);
    let mut tally = Tally::default();
    for _ in 0..world.market.count {
        let market = Market::new(world, stream, tally);
        (stream, tally) = market.run();
    }
    tally
}

impl<'w> Market<'w> {
    fn new(world: &'w World, mut stream: Stream, tally: Tally) -> Self {
        Self {
            sellers: people::sellers(world, &mut stream),
            buyers: people::buyers(&world.buyers, world.market.buyers, &mut stream),
            world,
            stream,
            agenda: Agenda::default(),
            now: -i64::from(world.warm_up_days) * DAY,
            orders: Vec::new(),
            tally,
        }
    }

    fn run(mut self) -> (Stream, Tally) {
        let horizon = i64::from(self.world.days) * DAY;
        self.begin_day();
        while let Some((at, event)) = self.agenda.next() {
            self.now = at;
            if event == Event::DayEnds {
                self.close_day(day_of(at) - 1);
                if at == horizon {
                    break;
                }
                self.begin_day();
            } else {
                self.happen(event);
            }
        }
        self.settle_accounts();
        (self.stream, self.tally)
    }

    /// A new day: a row in every window, the orders, and its end.
    fn begin_day(&mut self) {
        for seller in &mut self.sellers {
            seller.days.push(DayCounts::default());
        }
        self.place_orders(day_of(self.now));
        self.agenda.note(self.now + DAY, Phase::Midnight, Event::DayEnds);
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::DayEnds => unreachable!("a day's end is no deed"),
            Event::HandOver(order) => self.hand_over_if_due(order),
            Event::ShipmentDue(order) => self.close_unshipped(order),
            Event::AskToCancel(order) => self.ask_to_cancel(order),
            Event::Deliver(order) => self.deliver(order),
            Event::Claim(order) => self.claim(order),
            Event::Complete(order) => self.complete_if_due(order),
            Event::Answer { order, request } => self.hear_answer(order, request),
            Event::Silence { order, request } => self.hear_silence(order, request),
            Event::StepIn(order) => self.step_in(order),
            Event::Rule(order) => self.rule(order),
            Event::SettleAfterSale(order) => self.settle_after_sale(order),
            Event::SendBack(order) => self.send_back(order),
            Event::ReturnDue(order) => self.miss_return(order),
            Event::ComeBack(order) => self.come_back(order),
            Event::ConfirmReturn(order) => self.pay_return(order, "returns_confirmed"),
            Event::ConfirmationDue(order) => self.pay_return(order, "returns_refunded_by_silence"),
            Event::Appeal(order) => self.appeal(order),
            Event::RuleAgain(order) => self.rule_again(order),
            Event::DeskOpens(seller) => self.take_up(seller),
            Event::ServiceEnds { seller, ticket } => self.end_service(seller, ticket),
        }
    }

    /// Counts something that happens now, if this is a day of the observation period.
    pub(crate) fn count(&mut self, name: &'static str) {
        self.count_much(name, 1.0);
    }

    /// Adds to a count now, if this is a day of the observation period.
    pub(crate) fn count_much(&mut self, name: &'static str, amount: f64) {
        if self.now >= 0 {
            self.tally.add(name, amount);
        }
    }

    /// One transition of an order.
    pub(crate) fn transition(&mut self) {
        self.tally.add("events", 1.0);
    }

    /// Today's row of the seller of an order.
    pub(crate) fn today(&mut self, order: usize) -> &mut DayCounts {
        let seller = self.orders[order].seller;
        self.sellers[seller].days.last_mut().expect("a day has begun")
    }

    /// The row of the day of an instant.
    pub(crate) fn day_at(&mut self, order: usize, at: i64) -> &mut DayCounts {
        let seller = self.orders[order].seller;
        let place = day_of(at) + i64::from(self.world.warm_up_days);
        &mut self.sellers[seller].days[place as usize]
    }

    pub(crate) fn seller_segment(&self, order: usize) -> &'w SellerSegment {
        &self.world.sellers[self.sellers[self.orders[order].seller].segment]
    }

    pub(crate) fn buyer_segment(&self, order: usize) -> &'w BuyerSegment {
        &self.world.buyers[self.buyers[self.orders[order].buyer].segment]
    }

    /// At the horizon: where the money of the orders of the observation period is, and who was penalised.
    fn settle_accounts(&mut self) {
        for order in self.orders.iter().filter(|order| order.placed >= 0) {
            let (released, refunded) = order.money();
            let held = order.value - released - refunded;
            self.tally.add("value_paid", order.value as f64);
            self.tally.add("value_released", released as f64);
            self.tally.add("value_refunded", refunded as f64);
            self.tally.add("value_held", held as f64);
            if order.is_open() {
                self.tally.add("orders_open", 1.0);
            }
            if let Some((how, amount)) = order.refund {
                let name = match how {
                    Refund::Cancellation => "refunded_by_cancellation",
                    Refund::Agreement => "refunded_by_agreement",
                    Refund::Silence => "refunded_by_silence",
                    Refund::Ruling => "refunded_by_ruling",
                    Refund::AfterSale => "refunded_after_sale",
                };
                self.tally.add(name, amount as f64);
            }
        }
        for order in &self.orders {
            let name = match order.stage {
                Stage::CancelRequested => "cancels_open",
                Stage::AfterSale => "after_sale_open",
                Stage::AwaitingReturn | Stage::ReturnInTransit | Stage::Returned => "returns_open",
                _ if order.is_disputed() => "disputes_open",
                _ => continue,
            };
            self.tally.add(name, 1.0);
        }
        for seller in &self.sellers {
            self.tally.penalised.push((seller.is_bad, seller.standing.penalised_days));
        }
    }
}
