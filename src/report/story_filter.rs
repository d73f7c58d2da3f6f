//! Which orders a story is told of.

use super::story_words::{OUTCOMES, Outcome};
use crate::engine::{OrderNumber, OrderStory, World};
use std::ops::Range;

/// Orders that are looked through at a time, about: their stories are in memory together.
const ORDERS_AT_A_TIME: f64 = 50_000.0;

/// Which orders are asked for.
#[derive(Clone, Debug, Default)]
pub struct StoryFilter {
    /// This one alone.
    pub order: Option<OrderNumber>,
    /// What became of them.
    pub outcome: Option<Outcome>,
    /// The place of the sellers' segment.
    pub seller_segment: Option<usize>,
    /// The place of the buyers' segment.
    pub buyer_segment: Option<usize>,
    /// Market and number in it.
    pub seller: Option<(u32, u32)>,
    /// Something happens to them on this day.
    pub day: Option<i32>,
}

impl StoryFilter {
    /// Whether an order is one of those that are asked for.
    pub fn takes(&self, story: &OrderStory) -> bool {
        if let Some(order) = self.order {
            return story.order == order;
        }
        // Orders of the warm-up are told only if a day of theirs is asked for.
        let is_on_time = match self.day {
            Some(day) => story.steps.iter().any(|step| step.at.day().0 == day),
            None => story.order.day >= 0,
        };
        is_on_time
            && self.outcome.is_none_or(|outcome| Outcome::of(story) == outcome)
            && self.seller_segment.is_none_or(|segment| story.seller_segment == segment)
            && self.buyer_segment.is_none_or(|segment| story.buyer_segment == segment)
    }

    /// The markets and sellers that have to be looked through, some at a time, in order.
    pub fn places(&self, world: &World) -> Vec<(u32, Range<u32>)> {
        let asked = self.order.map(|order| (order.market, order.seller)).or(self.seller);
        if let Some((market, seller)) = asked {
            return vec![(market, seller..seller + 1)];
        }
        let days = f64::from(world.days + world.warm_up_days);
        let orders_a_seller = days * world.market.orders_per_day / f64::from(world.market.sellers);
        let at_a_time = (ORDERS_AT_A_TIME / orders_a_seller).clamp(1.0, 1024.0) as u32;
        let all = world.market.sellers;
        let of_market = |market| {
            (0..all)
                .step_by(at_a_time as usize)
                .map(move |first| (market, first..(first + at_a_time).min(all)))
        };
        (0..world.market.count).flat_map(of_market).collect()
    }

    /// What is wrong with it in a world: a seller that is not there.
    ///
    /// # Errors
    /// In words.
    pub fn fits(&self, world: &World) -> Result<(), String> {
        match self.order.map(|order| (order.market, order.seller)).or(self.seller) {
            Some((market, seller)) if market >= world.market.count || seller >= world.market.sellers => {
                Err(format!(
                    "there is no seller {market}/{seller}: this world has markets 0 to {} with sellers 0 to {}",
                    world.market.count - 1,
                    world.market.sellers - 1
                ))
            }
            _ => Ok(()),
        }
    }
}

/// The place of a segment by its name; `kind` is `seller` or `buyer`.
///
/// # Errors
/// In words, with the names that there are.
pub fn segment_named(kind: &str, name: &str, world: &World) -> Result<usize, String> {
    let names: Vec<&str> = if kind == "seller" {
        world.sellers.iter().map(|segment| segment.name.as_str()).collect()
    } else {
        world.buyers.iter().map(|segment| segment.name.as_str()).collect()
    };
    let place = names.iter().position(|known| *known == name);
    place.ok_or_else(|| format!("there is no {kind} segment {name}: there are {}", names.join(", ")))
}

/// An outcome by its name.
///
/// # Errors
/// In words, with the names that there are.
pub fn outcome_named(name: &str) -> Result<Outcome, String> {
    Outcome::named(name).ok_or_else(|| {
        let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        format!("there is no outcome {name}: there are {}", names.join(", "))
    })
}

/// An order by its number as stories print it.
///
/// # Errors
/// In words.
pub fn order_number(text: &str) -> Result<OrderNumber, String> {
    let parse = || {
        let mut parts = text.split('/');
        let mut whole = || parts.next()?.parse::<u32>().ok();
        let (replication, market, seller) = (whole()?, whole()?, whole()?);
        let day = parts.next()?.parse().ok()?;
        let number = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(OrderNumber { replication, market, seller, day, number })
    };
    parse().ok_or_else(|| {
        let words = "write replication/market/seller/day/number as trace prints it, such as 0/0/17/38/2";
        format!("{text} is no order: {words}")
    })
}

/// A seller by market and number.
///
/// # Errors
/// In words.
pub fn seller_number(text: &str) -> Result<(u32, u32), String> {
    let parse = || {
        let (market, seller) = text.split_once('/')?;
        Some((market.parse().ok()?, seller.parse().ok()?))
    };
    parse().ok_or_else(|| format!("{text} is no seller: write MARKET/NUMBER as in sellers.csv, such as 0/17"))
}
