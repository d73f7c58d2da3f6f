//! Choices and delays.

pub mod buyer;
pub mod seller;

pub use buyer::{BuyerSegment, LatePoint, RequestedAmount};
pub use seller::{DeskSpec, Discipline, Reneging, Response, ResponseDelay, SellerSegment};
