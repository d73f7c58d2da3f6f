//! Sixteen orders at a time: what is drawn of every order, and the ends of those in trouble that can be told in advance.
//!
//! Read [`orders`] (the path of every order) and [`untroubled`] (what those add up to that nothing goes wrong with). Whether a
//! buyer will claim, what it will ask for, whether the seller will accept and how the platform would rule is drawn under the
//! order's own key: no other order changes it. What is left to others is when a desk answers. So the ends of most orders in trouble
//! are *predetermined*: [`claims`] and [`cancellations`] tell when an order is placed what becomes of it ([`suspects`]), [`disputes`]
//! tells when a dispute is filed how it would go on ([`dispute_columns`]), and once the desk has answered, [`outcomes`] ends it.
//! What happens on the way is noted on its day in [`posting`]; the auditor sees all of it. [`pending`] keeps what waits for others.
//!
//! Whatever lanes cannot tell goes through the flows, one by one: a second round, a counter-offer, an agreement apart, a parcel
//! that comes in time, a hand-over before the answer, a ruling where rulings may be appealed against, or
//! the end of the run. The draws are those of
//! [`crate::behavior`] and the rules those of the flows, and `tests/it/properties.rs` holds the two against each other.

pub(crate) mod cancellations;
pub(crate) mod claims;
pub(crate) mod dispute_columns;
pub(crate) mod disputes;
pub(crate) mod orders;
pub(crate) mod outcomes;
pub(crate) mod pending;
pub(crate) mod posting;
pub(crate) mod suspects;
pub(crate) mod untroubled;
