//! Whether a claim that has ended was met: what its buyer received is held against what it truly lost.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

/// Whether a legitimate claim brought its buyer nothing, or an unfounded one something: no amount was received.
#[inline(always)]
pub fn is_unpaid<T: PartialEq + Default + Copy>(received: T) -> bool {
    received == T::default()
}

/// Whether a claim brought its buyer something, but less than was lost.
#[inline(always)]
pub fn is_underpaid<T: PartialOrd + Default + Copy>(received: T, lost: T) -> bool {
    !is_unpaid(received) && received < lost
}
