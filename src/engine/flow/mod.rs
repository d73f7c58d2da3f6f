//! The life of one order in trouble, step by step.
//!
//! Read [`opening`] (whether it is shipped, cancelled or closed), [`cancellation`] (R2 to R5), [`dispute`] (R1, R6 to R8, R10),
//! [`appeal`] (R12), [`after_sale`] (R9) and [`response`] (R8, R11: when a request is answered).

pub(crate) mod after_sale;
pub(crate) mod appeal;
pub(crate) mod cancellation;
pub(crate) mod dispute;
pub(crate) mod opening;
pub(crate) mod response;
