//! Choices and delays: the only stochastic code that knows the domain; nothing here changes state.
//!
//! [`buyer`] and [`seller`] hold the parameters of segments, [`tables`] makes them ready for drawing, and
//! [`purpose`] numbers the draws. The choices follow an order's life: [`promise`], [`cancelling`]
//! (R2, R3, R5) from a [`menu`], [`claiming`] (R1, R6, R9), [`negotiating`] (R6, R8 to R10), [`ruling`],
//! [`returning`] (R13).

pub mod buyer;
pub mod cancelling;
pub mod claiming;
pub mod menu;
pub mod negotiating;
pub mod promise;
pub mod purpose;
pub mod returning;
pub mod ruling;
pub mod seller;
pub mod tables;

pub use buyer::{BuyerSegment, LatePoint, RequestedAmount};
pub use purpose::Purpose;
pub use seller::{DeskSpec, Discipline, Reneging, Response, ResponseDelay, SellerSegment};
pub use tables::{BuyerTables, PlatformTables, ResponseTables, SellerTables};
