//! Who looks on while orders go their ways and days close: nobody, a writer of stories, or one of sellers' days.

use crate::engine::order::case::Order;
use crate::observe::seller_day::SellerDay;
use crate::observe::story::StoryStep;
use std::fmt::Debug;

/// Sees what happens to orders one by one. It is handed copies, and cannot change what it sees.
pub(crate) trait Observer: Debug + Send + Sync {
    /// Whether it looks at orders. They then go their ways one by one, because sixteen at a time are only counted; what becomes of
    /// them is the same.
    const SEES_ORDERS: bool;

    /// Whether it looks at sellers when a day closes.
    const SEES_DAYS: bool;

    /// Something happens to an order, today or later: what concerns the parcel is told when it is known.
    fn see(&mut self, order: &Order, step: StoryStep);

    /// Whether it wants to know of a seller's days, by its number in the shard.
    fn asks_about(&self, seller: usize) -> bool;

    /// A day of a seller closes.
    fn see_day(&mut self, seller: usize, day: SellerDay);
}

/// Looks at nothing, and costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nobody;

impl Observer for Nobody {
    const SEES_ORDERS: bool = false;

    const SEES_DAYS: bool = false;

    fn see(&mut self, _: &Order, _: StoryStep) {}

    fn asks_about(&self, _: usize) -> bool {
        false
    }

    fn see_day(&mut self, _: usize, _: SellerDay) {}
}
