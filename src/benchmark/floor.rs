//! The floor: the variates of a world's orders, from the engine's own keys and tables, and nothing else.
//!
//! A simulator that draws every order on its own cannot cost less, so the cost of this loop is what the distance of the
//! engine from the possible is measured in. An order here takes the draws that every order takes, with the keys that
//! it has in the engine; the draws of orders in trouble are taken as often as a run of the world takes them, by
//! `RareDraw`. Values are added up and forgotten: no instants, no state, no money.
//!
//! It is a little too low where a world is uneven: every seller has the mean number of orders and the mean chances of its
//! segment, no multiplier of its handling time, and no closing hours.

use super::arrivals::Arrivals;
use super::rare_draws::{RareDraw, rare_draws};
use crate::behavior::promise::PromiseTable;
use crate::behavior::purpose::halves;
use crate::behavior::{BuyerTables, Purpose, SellerSegment, SellerTables};
use crate::engine::World;
use crate::sim::{Chance, DAY_SECONDS, Distribution, Key, QuantileTable};

/// Orders drawn at a time: their keys stay in the first-level cache.
const BLOCK: usize = 256;

/// The purpose of the number of a seller's orders of a day in the engine.
const ORDERS_OF_DAY: u64 = u64::MAX;

/// A world made ready for drawing its variates.
#[derive(Debug)]
pub struct Floor {
    seed: u64,
    markets: u32,
    first_day: i32,
    days: i32,
    arrivals: Arrivals,
    order_value: QuantileTable,
    buyers: Vec<Buyer>,
    /// The upper ends of the buyer segments' shares, the last left out.
    buyer_bounds: Vec<Chance>,
    shops: Vec<Shop>,
    rare: Vec<RareDraw>,
    draws_opportunism: bool,
}

/// What every order draws from its buyer's segment.
#[derive(Debug)]
struct Buyer {
    confirmation_delay: QuantileTable,
    change_of_mind: Chance,
    opportunism: Chance,
    patience: Option<QuantileTable>,
}

/// What every order draws from its seller's segment.
#[derive(Debug)]
struct Shop {
    /// The number of the segment's last seller, plus one.
    until: u32,
    handling_time: QuantileTable,
    transit_time: QuantileTable,
    stock_out: Chance,
    loss: Chance,
    defect: Chance,
    /// A promise that is always the same needs no draw.
    promise: Option<PromiseTable>,
}

/// What was drawn; the sums keep the compiler from leaving draws out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Orders.
    pub orders: u64,
    /// Cents that they are worth together.
    pub value: u64,
    /// Seconds and parts of all other variates of orders, added up.
    pub rest: u64,
    /// Draws of orders in trouble.
    pub rare_draws: u64,
}

impl Drawn {
    fn add(&mut self, value: u64) {
        self.rest = self.rest.wrapping_add(value);
    }

    /// Adds what was drawn elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.orders += other.orders;
        self.value += other.value;
        self.add(other.rest);
        self.rare_draws += other.rare_draws;
    }
}

impl From<BuyerTables> for Buyer {
    fn from(tables: BuyerTables) -> Self {
        Self {
            confirmation_delay: tables.confirmation_delay,
            change_of_mind: tables.change_of_mind,
            opportunism: tables.opportunism_bound,
            patience: tables.shipping_patience,
        }
    }
}

impl Shop {
    fn new(segment: &SellerSegment, tables: &SellerTables, until: f64) -> Self {
        let mean = |law: &Distribution| Chance::new(law.mean());
        let is_constant = segment.promise.as_ref().is_none_or(|law| law.constant().is_some());
        Self {
            until: until.round() as u32,
            handling_time: tables.handling_time.clone(),
            transit_time: tables.transit_time.clone(),
            stock_out: mean(&segment.stock_out),
            loss: mean(&segment.loss),
            defect: mean(&segment.defect),
            promise: tables.promise.clone().filter(|_| !is_constant),
        }
    }
}

/// Where each share ends, if they follow one another.
fn ends(shares: impl Iterator<Item = f64>) -> Vec<f64> {
    let end = |sum: &mut f64, share| {
        *sum += share;
        Some(*sum)
    };
    shares.scan(0.0, end).collect()
}

impl Floor {
    /// Makes a world ready. A market of it is run first to see how often orders are in trouble.
    ///
    /// # Panics
    /// As [`crate::engine::simulate_market`].
    pub fn new(world: &World) -> Self {
        let shops: Vec<SellerTables> = world.sellers.iter().map(SellerTables::new).collect();
        let buyers: Vec<BuyerTables> = world.buyers.iter().map(BuyerTables::new).collect();
        let bounds = ends(world.buyers.iter().map(|segment| segment.share));
        let until = ends(world.sellers.iter().map(|segment| segment.share));
        let shop =
            |((segment, tables), until)| Shop::new(segment, tables, until * f64::from(world.market.sellers));
        Self {
            seed: world.seed,
            markets: world.market.count,
            first_day: -(world.warm_up_days as i32),
            days: world.days as i32,
            arrivals: Arrivals::new(world.market.orders_per_day / f64::from(world.market.sellers)),
            order_value: QuantileTable::new(&world.market.order_value, 1.0),
            buyer_bounds: bounds[..bounds.len() - 1].iter().map(|&end| Chance::new(end)).collect(),
            draws_opportunism: buyers.iter().any(|buyer| buyer.opportunism_bound > Chance::NEVER),
            rare: rare_draws(world, &buyers, &shops),
            shops: world.sellers.iter().zip(&shops).zip(until).map(shop).collect(),
            buyers: buyers.into_iter().map(Buyer::from).collect(),
        }
    }

    /// Markets of the world.
    pub const fn markets(&self) -> u32 {
        self.markets
    }

    /// Draws every order of one market of the first replication.
    pub fn draw(&self, market: u32) -> Drawn {
        let mut drawn = Drawn::default();
        let mut keys: Vec<Key> = Vec::with_capacity(2 * BLOCK);
        let mut owed = vec![0.0; self.rare.len()];
        let sellers = Key::root(self.seed).child(0).child(u64::from(market)).child(0);
        let mut from = 0;
        for shop in &self.shops {
            for number in from..shop.until {
                let seller = sellers.child(u64::from(number));
                for day in self.first_day..self.days {
                    let today = seller.child(u64::from(day as u32));
                    let orders = self.arrivals.number(today.child(ORDERS_OF_DAY));
                    keys.extend((0..orders).map(|order| today.order(order)));
                    if keys.len() >= BLOCK {
                        self.draw_block(shop, &keys, &mut owed, &mut drawn);
                        keys.clear();
                    }
                }
            }
            self.draw_block(shop, &keys, &mut owed, &mut drawn);
            keys.clear();
            from = shop.until;
        }
        drawn
    }

    /// The draws of some orders of sellers of one segment.
    fn draw_block(&self, shop: &Shop, keys: &[Key], owed: &mut [f64], drawn: &mut Drawn) {
        drawn.orders += keys.len() as u64;
        if let [buyer] = &self.buyers[..] {
            drawn.add(
                keys.iter()
                    .map(|key| second_of_day(halves(key.bits(Purpose::PlacementAndBuyer as u64)).0))
                    .sum(),
            );
            self.draw_orders(shop, keys, |_| buyer, drawn);
        } else {
            let segments = self.draw_placement_and_segment(keys, drawn);
            self.draw_orders(shop, keys, |place| &self.buyers[usize::from(segments[place])], drawn);
        }
        for (rare, owed) in self.rare.iter().zip(owed) {
            *owed += keys.len() as f64 * rare.share;
            let due = (*owed as usize).min(keys.len());
            *owed -= due as f64;
            drawn.rare_draws += due as u64;
            drawn.add(rare.draw(&keys[..due]));
        }
    }

    fn draw_placement_and_segment(&self, keys: &[Key], drawn: &mut Drawn) -> Vec<u8> {
        let mut rest = 0;
        let segments = keys
            .iter()
            .map(|key| {
                let (second, buyer) = halves(key.bits(Purpose::PlacementAndBuyer as u64));
                rest += second_of_day(second);
                self.buyer_bounds.iter().map(|end| u8::from(!end.happens(buyer))).sum()
            })
            .collect();
        drawn.add(rest);
        segments
    }

    fn draw_orders<'a>(
        &self,
        shop: &Shop,
        keys: &[Key],
        buyer: impl Fn(usize) -> &'a Buyer,
        drawn: &mut Drawn,
    ) {
        let (mut value_sum, mut rest) = (0, 0_u64);
        for (place, key) in keys.iter().enumerate() {
            let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
            value_sum += u64::from(self.order_value.at(value).max(1));
            rest += u64::from(shop.handling_time.at(handling));
            let (transit, confirmation) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
            rest += u64::from(shop.transit_time.at(transit));
            rest += u64::from(buyer(place).confirmation_delay.at(confirmation));
            let (stock_out, change_of_mind) = halves(key.bits(Purpose::StockOutAndChangeOfMind as u64));
            rest += u64::from(shop.stock_out.happens(stock_out));
            rest += u64::from(buyer(place).change_of_mind.happens(change_of_mind));
            let (loss, defect) = halves(key.bits(Purpose::LossAndDefect as u64));
            rest += u64::from(shop.loss.happens(loss)) + u64::from(shop.defect.happens(defect));
        }
        if self.draws_opportunism {
            for (place, key) in keys.iter().enumerate() {
                let (opportunism, _) = halves(key.bits(Purpose::OpportunismAndPromise as u64));
                rest += u64::from(buyer(place).opportunism.happens(opportunism));
            }
        }
        if let Some(promise) = &shop.promise {
            for key in keys {
                let (transit, _) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
                let (_, own) = halves(key.bits(Purpose::OpportunismAndPromise as u64));
                rest += u64::from(promise.at(transit, own));
            }
        }
        for (place, key) in keys.iter().enumerate() {
            if let Some(patience) = &buyer(place).patience {
                let (_, uniform) = halves(key.bits(Purpose::LateToleranceAndPatience as u64));
                rest += u64::from(patience.at(uniform));
            }
        }
        drawn.value += value_sum;
        drawn.add(rest);
    }
}

#[inline]
fn second_of_day(uniform: u32) -> u64 {
    (u64::from(uniform) * DAY_SECONDS as u64) >> 32
}
