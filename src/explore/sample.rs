//! The world that answers a move: the scenario's, or a sample of it that is simulated in an instant.

use crate::engine::World;
use serde::Serialize;
use toml::Value;

/// So many orders a setting has in the first answer to a move, about.
pub const ORDERS_OF_A_MOVE: f64 = 480_000.0;

/// Replications of the first answer: fewer have no interval worth a look.
const FIRST_REPLICATIONS: u32 = 4;

/// A market has so many sellers at least: search among fewer would be another one.
const FEWEST_SELLERS: u32 = 25;

/// The most replications of a setting that one look takes.
const MOST_REPLICATIONS: u32 = 64;

/// No answer takes more orders of one setting at a time.
pub const MOST_ORDERS: f64 = 50_000_000.0;

/// How much of a world is simulated. Days, warm-up and the orders of each seller are those of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// Markets.
    pub markets: u32,
    /// Sellers of a market.
    pub sellers: u32,
    /// Days of the observation period.
    pub days: u32,
    /// Days before it.
    pub warm_up_days: u32,
    /// Orders of a replication, about, warm-up included.
    pub orders: f64,
    /// Replications of the first answer.
    pub first_replications: u32,
    /// Replications of the last.
    pub most_replications: u32,
    /// Whether it is the whole world of the scenario.
    pub is_whole: bool,
}

impl Sample {
    /// The whole world, with as many replications as the scenario asks for.
    pub fn whole(world: &World) -> Self {
        let most = world.replications.clamp(2, MOST_REPLICATIONS);
        Self {
            markets: world.market.count,
            sellers: world.market.sellers,
            days: world.days,
            warm_up_days: world.warm_up_days,
            orders: orders(world),
            first_replications: FIRST_REPLICATIONS.min(most),
            most_replications: most,
            is_whole: true,
        }
    }

    /// So much of the world that the first answer is there at once: one market, and of its sellers as many as
    /// [`ORDERS_OF_A_MOVE`] allow. Markets share nothing, so that one of them says of rates what all say. Fewer sellers meet
    /// fewer others in search, and share a market with fewer large ones: levels of penalties depend on it.
    pub fn of(world: &World) -> Self {
        let whole = Self::whole(world);
        let replications = f64::from(FIRST_REPLICATIONS);
        if whole.orders * replications <= ORDERS_OF_A_MOVE {
            return Self {
                most_replications: MOST_REPLICATIONS,
                first_replications: FIRST_REPLICATIONS,
                ..whole
            };
        }
        let of_market = whole.orders / f64::from(world.market.count);
        let share = (ORDERS_OF_A_MOVE / replications / of_market).min(1.0);
        let wanted = (f64::from(world.market.sellers) * share).floor() as u32;
        let sellers = wanted.max(FEWEST_SELLERS).min(world.market.sellers);
        let share = f64::from(sellers) / f64::from(world.market.sellers);
        Self {
            markets: 1,
            sellers,
            orders: of_market * share,
            first_replications: FIRST_REPLICATIONS,
            most_replications: MOST_REPLICATIONS,
            is_whole: false,
            ..whole
        }
    }

    /// The settings that make the sample of a world, to be set after all others.
    pub fn settings(&self, world: &World) -> Vec<(String, Value)> {
        if self.is_whole {
            return Vec::new();
        }
        let share = f64::from(self.sellers) / f64::from(world.market.sellers);
        vec![
            ("market.count".to_owned(), Value::Integer(1)),
            ("market.sellers".to_owned(), Value::Integer(i64::from(self.sellers))),
            ("market.orders_per_day*".to_owned(), Value::Float(share)),
        ]
    }

    /// Replications of the answers that follow one another: each has twice those of the one before.
    pub fn rounds(&self) -> Vec<u32> {
        let mut rounds = vec![self.first_replications];
        while let Some(&last) = rounds.last().filter(|&&last| last < self.most_replications) {
            rounds.push((2 * last).min(self.most_replications));
        }
        rounds
    }
}

/// Orders of a replication, about, warm-up included.
pub fn orders(world: &World) -> f64 {
    f64::from(world.days + world.warm_up_days) * world.market.orders_per_day * f64::from(world.market.count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;
    use std::path::Path;

    #[test]
    fn a_sample_keeps_the_days_and_the_orders_of_a_seller() {
        let world = Source::read(Path::new("scenarios/baseline.toml")).unwrap().resolve().unwrap().world;
        let sample = Sample::of(&world);
        assert_eq!((sample.markets, sample.sellers, sample.days, sample.warm_up_days), (1, 26, 365, 90));
        assert!((sample.orders * 4.0 - 473_200.0).abs() < 1.0, "{sample:?}");
        assert_eq!(sample.rounds(), [4, 8, 16, 32, 64]);
        assert!(!sample.is_whole && Sample::whole(&world).is_whole);
        assert_eq!(Sample::whole(&world).rounds(), [4, 8, 10]);
    }

    #[test]
    fn a_world_that_is_small_is_simulated_whole() {
        let mut source = Source::read(Path::new("scenarios/baseline.toml")).unwrap();
        for setting in ["market.count=1", "market.sellers=20", "market.orders_per_day=100"] {
            source.set(setting).unwrap();
        }
        let sample = Sample::of(&source.resolve().unwrap().world);
        assert!(sample.is_whole && sample.sellers == 20, "{sample:?}");
        assert_eq!(sample.rounds(), [4, 8, 16, 32, 64]);
    }
}
