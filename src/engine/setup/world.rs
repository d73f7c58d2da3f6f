//! The valid, complete description of a world: what the engine runs.

use crate::behavior::{BuyerSegment, SellerSegment};
use crate::policy::exposure::Exposure;
use crate::policy::penalty::Penalty;
use crate::policy::{OptionalRule, Policy};
use crate::sim::{Distribution, Weekday};

/// A stretch of days with more or fewer orders than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surge {
    /// First day of the surge.
    pub first_day: i32,
    /// Number of days.
    pub days: u32,
    /// Multiplier on the market's orders a day.
    pub multiplier: f64,
}

/// Markets of a world; all are alike but for their draws.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketSpec {
    /// Number of markets.
    pub count: u32,
    /// Sellers in each market.
    pub sellers: u32,
    /// Buyers in each market.
    pub buyers: u32,
    /// Mean orders a day in each market, all sellers together.
    pub orders_per_day: f64,
    /// Value of an order in cents.
    pub order_value: Distribution,
    /// Multipliers on demand by weekday, Monday first, with mean 1.
    pub weekday_profile: [f64; 7],
    /// Variance of the daily demand multiplier, gamma distributed with mean 1; 0 is a Poisson day.
    pub day_dispersion: f64,
    /// Surges; where they overlap their multipliers multiply.
    pub surges: Vec<Surge>,
    /// How search shares out demand.
    pub exposure: Exposure,
    /// Whether tomorrow's demand follows today's ranking; if not, only a freeze keeps orders away.
    pub feedback: bool,
    /// Share of the demand lost to penalties that leaves the market instead of going to other sellers.
    pub leaves_market: f64,
}

/// A world: markets, people, rules and a horizon. Valid by construction in `scenario`.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Seed of every draw.
    pub seed: u64,
    /// Days of the measured period.
    pub days: u32,
    /// Days simulated before it.
    pub warm_up_days: u32,
    /// Independent repetitions.
    pub replications: u32,
    /// The weekday of day 0.
    pub day_zero: Weekday,
    /// Markets.
    pub market: MarketSpec,
    /// Buyer segments; shares sum to 1.
    pub buyers: Vec<BuyerSegment>,
    /// Seller segments; shares sum to 1.
    pub sellers: Vec<SellerSegment>,
    /// The platform's rules.
    pub policy: Policy,
    /// A seller is truly bad if its probability of failing an order by its own fault (stock-out, loss or
    /// defect) is above this; what penalties are judged against.
    pub bad_seller_fault: f64,
}

impl World {
    /// Whether the world has a rule that it may lack.
    pub fn has(&self, rule: OptionalRule) -> bool {
        match rule {
            OptionalRule::Appeals => {
                let buyers = self.buyers.iter().map(|segment| segment.appeals);
                let mut all = buyers.chain(self.sellers.iter().map(|segment| segment.appeals));
                self.policy.appeal.deadline.is_some() && all.any(|appeals| appeals > 0.0)
            }
            OptionalRule::Returns => self.policy.returns.is_some(),
            OptionalRule::Penalty(penalty) => {
                let settle_offline = self.sellers.iter().any(|segment| segment.offline_offer > 0.0);
                self.policy.may_impose(penalty, settle_offline)
            }
        }
    }

    /// The penalties that its rules may impose.
    pub fn penalties(&self) -> impl Iterator<Item = Penalty> {
        Penalty::ALL.into_iter().filter(|&penalty| self.has(OptionalRule::Penalty(penalty)))
    }
}
