//! The stories of single orders: every step with its instant, who took it, and what it is worth.
//!
//! Orders of a seller that is asked about are drawn and decided one by one, by the flows, and so are those of the sellers with it in
//! its shard. What becomes of them is what becomes of them in any run, because lanes and flows come to the same; a property test
//! holds the stories of all orders against the counts of a run that tells none.

use super::market::{DemandShares, MarketRun, Workers, draw_sellers, empty_outcome, market_key, meet};
use super::path::OrderNumber;
use super::shard::{Shard, Watch};
use crate::engine::books::observer::Observer;
use crate::engine::ground::columns::SHARD_SELLERS;
use crate::engine::order::case::Order;
use crate::engine::setup::tables::Tables;
use crate::market::{Money, OrderState, Step};
use crate::observe::MarketOutcome;
use crate::observe::seller_day::SellerDay;
use crate::observe::story::{Actor, Event, StoryStep};
use crate::sim::{Day, Key, SimTime};
use std::collections::BTreeMap;
use std::ops::Range;

/// What happens to one order, from its placement to its end or to the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderStory {
    /// Which order it is.
    pub order: OrderNumber,
    /// What was paid.
    pub value: Money,
    /// Number of its buyer in the market.
    pub buyer: u32,
    /// Number of the buyer's segment.
    pub buyer_segment: usize,
    /// Number of the seller's segment.
    pub seller_segment: usize,
    /// What happens, in order; at least its placement.
    pub steps: Vec<StoryStep>,
    /// Where it stands in the end.
    pub state: OrderState,
}

/// The stories of some sellers' orders, and what their market came to.
#[derive(Clone, Debug)]
pub struct ObservedMarket {
    /// Seller by seller, and of a seller in the order of placement.
    pub stories: Vec<OrderStory>,
    /// Each seller that was asked about by its number in the market, with its days in order, those of the warm-up too.
    pub seller_days: Vec<(u32, Vec<SellerDay>)>,
    /// The outcome of all sellers that had to be simulated: the whole market if its sellers meet at the day's close
    /// (`market.feedback` with a penalty), otherwise groups of 128 with those asked about.
    pub outcome: MarketOutcome,
}

/// The stories of all orders that some sellers of a market receive in a replication, warm-up included; `None` if `watch` stops the
/// run. One order is found among them by its [`OrderNumber`].
///
/// Takes the time of the market if its sellers meet at the day's close, and otherwise that of 128 sellers, in either case several
/// times as long as without stories.
///
/// # Panics
/// As [`super::market::simulate_market`], and if there are no such sellers.
pub fn order_stories(
    tables: &Tables,
    replication: u32,
    market: u32,
    sellers: Range<u32>,
    watch: Watch<'_>,
) -> Option<ObservedMarket> {
    assert!(sellers.end <= tables.world.market.sellers, "there are no sellers {sellers:?}");
    let key = market_key(tables, replication, market);
    let all = draw_sellers(tables, key, Workers::Many, watch)?;
    let run = MarketRun { tables, market, key, sellers: &all, keeps_sellers: true, watch };
    let asked = sellers.start as usize..sellers.end as usize;
    let writer = |index: usize| Writer::new(index * SHARD_SELLERS, &asked);
    let mut observed =
        ObservedMarket { stories: Vec::new(), seller_days: Vec::new(), outcome: empty_outcome(tables) };
    let mut leave = |index: usize, mut shard: Shard<Writer>| {
        run.leave(&mut shard, index, &mut observed.outcome);
        let Writer { stories: written, days, .. } = &mut shard.records.observer;
        let (written, days) = (std::mem::take(written), std::mem::take(days));
        let number = |seller: u16| (index * SHARD_SELLERS) as u32 + u32::from(seller);
        observed.seller_days.extend(days.into_iter().map(|(seller, days)| (number(seller), days)));
        observed.stories.extend(written.into_iter().map(|written| {
            let order = OrderNumber {
                replication,
                market,
                seller: number(written.order.seller),
                day: written.order.placed.day().0,
                number: written.number,
            };
            let seller_segment = usize::from(all[order.seller as usize].segment);
            written.told(tables, order, seller_segment)
        }));
    };
    if meet(tables) {
        for (index, shard) in run.together(Workers::Many, writer)?.into_iter().enumerate() {
            leave(index, shard);
        }
    } else {
        let shares = DemandShares::new(tables, &all);
        for index in asked.start / SHARD_SELLERS..asked.end.div_ceil(SHARD_SELLERS) {
            leave(index, run.alone(index, &shares, writer(index))?);
        }
    }
    observed.stories.sort_by_key(|story| (story.order.seller, story.order.day, story.order.number));
    Some(observed)
}

/// Writes down what happens to the orders of some sellers of a shard.
#[derive(Debug)]
struct Writer {
    /// Whose orders, by the seller's number in the shard.
    asked: Range<usize>,
    stories: Vec<Written>,
    /// Where the story of an order is, by its seller and key.
    places: BTreeMap<(u16, Key), usize>,
    /// The days of each seller.
    days: BTreeMap<u16, Vec<SellerDay>>,
    /// Of each seller: the day of its latest order, and how many it has placed on it.
    latest: [(Day, u32); SHARD_SELLERS],
}

/// What was written of an order.
#[derive(Debug)]
struct Written {
    order: Order,
    number: u32,
    steps: Vec<StoryStep>,
}

impl Writer {
    /// Of a shard whose first seller is `first` in its market, those asked about.
    fn new(first: usize, asked: &Range<usize>) -> Self {
        let place = |number: usize| number.saturating_sub(first).min(SHARD_SELLERS);
        Self {
            asked: place(asked.start)..place(asked.end),
            stories: Vec::new(),
            places: BTreeMap::new(),
            days: BTreeMap::new(),
            latest: [(Day(i32::MIN), 0); SHARD_SELLERS],
        }
    }
}

impl Observer for Writer {
    const SEES_ORDERS: bool = true;

    const SEES_DAYS: bool = true;

    fn asks_about(&self, seller: usize) -> bool {
        self.asked.contains(&seller)
    }

    fn see_day(&mut self, seller: usize, day: SellerDay) {
        self.days.entry(seller as u16).or_default().push(day);
    }

    fn see(&mut self, order: &Order, step: StoryStep) {
        let seller = usize::from(order.seller);
        if !self.asked.contains(&seller) {
            return;
        }
        if step.what == Event::Placed {
            // A seller's orders are placed in the order of their numbers.
            let (day, placed) = &mut self.latest[seller];
            if *day != order.placed.day() {
                (*day, *placed) = (order.placed.day(), 0);
            }
            self.places.insert((order.seller, order.key), self.stories.len());
            self.stories.push(Written { order: *order, number: *placed, steps: vec![step] });
            *placed += 1;
            return;
        }
        if let Some(&place) = self.places.get(&(order.seller, order.key)) {
            self.stories[place].steps.push(step);
        }
    }
}

impl Written {
    fn told(self, tables: &Tables, order: OrderNumber, seller_segment: usize) -> OrderStory {
        let Self { order: Order { value, buyer, buyer_segment, .. }, mut steps, .. } = self;
        // What the parcel does is known in advance; of what happens in one instant, what was known first comes first.
        steps.sort_by_key(|step| step.at);
        let buyer_segment = usize::from(buyer_segment);
        tell_who_completed(tables, &mut steps);
        let state = state_after(&steps);
        OrderStory { order, value, buyer, buyer_segment, seller_segment, steps, state }
    }
}

/// A completion before the instant at which it would come by itself is the buyer's, who has confirmed.
fn tell_who_completed(tables: &Tables, steps: &mut [StoryStep]) {
    let instant = |steps: &[StoryStep], what: Step| {
        steps.iter().find(|step| step.what == Event::Step(what)).map_or(SimTime::NEVER, |step| step.at)
    };
    let (shipped, delivered) = (instant(steps, Step::Ship), instant(steps, Step::Deliver));
    let completion = steps.iter_mut().find(|step| step.what == Event::Step(Step::Complete));
    if let Some(completion) = completion {
        let rule = &tables.policy().completion;
        if completion.at < rule.automatic_at(shipped, delivered, tables.world.day_zero) {
            completion.actor = Actor::Buyer;
        }
    }
}

/// Where the steps lead. A parcel that comes while a dispute is open, or after its order has completed, changes nothing.
fn state_after(steps: &[StoryStep]) -> OrderState {
    let taken = steps.iter().filter_map(|step| match step.what {
        Event::Step(step) => Some(step),
        Event::Placed | Event::DeclineAfterSale => None,
    });
    taken.fold(OrderState::Placed, |state, step| state.after(step).unwrap_or(state))
}
