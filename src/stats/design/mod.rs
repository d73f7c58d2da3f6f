//! Points that fill the unit cube evenly.

pub mod sobol;
