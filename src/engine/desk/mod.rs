//! Support desks (R11): [`fifo`] serves first come, first served, and [`earliest_deadline`] whoever has the least time left.

pub(crate) mod earliest_deadline;
pub(crate) mod fifo;
