//! Orders in trouble whose end can be foreseen, sixteen at a time.
//!
//! Whether a buyer will claim, what it will ask for, whether the seller will accept and how the platform would rule is drawn
//! under the order's own key: no other order changes it. What is left to others is when a desk answers. So most orders in
//! trouble are *foregone*: [`claims`] and [`cancels`] tell when an order is placed what becomes of it, [`disputes`] tells when
//! a dispute is filed how it would go on, and once the desk has answered, [`hearing`] ends it. What happens on the way is
//! counted in [`sums`] and noted on its day in [`posting`]; the auditor sees all of it. [`sittings`] says when.
//!
//! Whatever lanes cannot tell goes through the flows, one by one: a second round, a counter-offer, an agreement apart, a parcel
//! that comes in time, a hand-over before the answer, the end of the run, or a uniform of 0. The draws are those of
//! [`crate::behavior`] and the rules those of the flows, and `tests/it/properties.rs` holds the two against each other.

mod cancels;
pub(super) mod claims;
mod disputes;
mod docket;
mod hearing;
mod posting;
pub(super) mod screens;
pub(super) mod sittings;
mod sums;
pub(super) mod troubles;
mod truths;
