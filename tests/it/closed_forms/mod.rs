//! The simulator against closed forms: queues, delays, branches, demand, promises.

mod amounts;
mod branches;
mod deadlines;
mod demand;
mod intervals;
mod open_disputes;
mod promise;
mod queues;
mod response_delays;

use super::support::world::{DAY, days, desk, quiet_world, span};
use redress::behavior::{DeskSpec, Response};
use redress::engine::World;
use redress::sim::Distribution;

/// Mean time in service at the desks of these tests: a tenth of a day.
const SERVICE: f64 = DAY / 10.0;

/// A world whose every order is disputed a fixed time after it is placed, so that disputes reach each
/// seller's desk as a Poisson stream: `load` of what its agents can do, each working an exponential
/// time of mean [`SERVICE`] on a case.
fn disputed_world(load: f64, agents: u16, orders: f64) -> World {
    let mut world = quiet_world();
    let rate = load * f64::from(agents) * DAY / SERVICE;
    world.market.count = 40;
    world.market.sellers = 8;
    world.market.orders_per_day = rate * 8.0;
    world.warm_up_days = 60;
    world.days = (orders / (rate * 8.0 * 40.0)).ceil() as u32;
    let seller = &mut world.sellers[0];
    seller.defect = Distribution::Constant(1.0);
    seller.transit_time = days(1.0);
    seller.response = Response::Desk(exponential_desk(agents));
    world.policy.dispute.response_deadline = span(0);
    world
}

fn exponential_desk(agents: u16) -> DeskSpec {
    desk(agents, Distribution::Exponential { mean: SERVICE })
}
