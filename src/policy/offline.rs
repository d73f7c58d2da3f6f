//! Rule R10: transfers outside the platform.

use crate::sim::SimDuration;

/// What the platform does about offline transfers; it never supports one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfflineRule {
    /// Share of accepted offers that the platform finds out.
    pub detection: f64,
    /// A seller who is found out is frozen for so long.
    pub freeze_for: SimDuration,
}
