//! Nouns: money, orders, disputes, and which transitions between their states are legal.
//!
//! Nothing here draws a random number or reads a threshold. Read [`order`] first: it has the picture.

pub mod cancellation;
pub mod dispute;
pub mod money;
pub mod order;

pub use cancellation::{Attribution, CancelCause};
pub use dispute::DisputeKind;
pub use money::{Fraction, Money, MoneySum};
pub use order::{OrderState, Step};
