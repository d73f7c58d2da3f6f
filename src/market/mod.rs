//! Nouns: money, orders, disputes, and which transitions between their states are legal.

pub mod cancellation;
pub mod money;

pub use cancellation::{Attribution, CancelCause};
pub use money::{Fraction, Money};
