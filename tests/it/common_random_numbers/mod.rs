//! Two worlds that differ in one thing share every other draw.

/// What the thing does not touch stays as it was, to the byte.
mod untouched;

/// What is drawn of an order follows from its number, in whatever world.
mod paths;

/// What the thing touches moves one way for every seller, not only on average.
mod monotone;

/// The same, order by order.
mod order_by_order;

/// Differences between policies are known far better than from independent runs.
mod variance;

/// Orders drawn side by side are those that each is when drawn alone.
mod side_by_side;
