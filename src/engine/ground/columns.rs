//! Columns of a batch of orders, masks over it, and the numbers that size both.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use crate::sim::lanes::{LANES, Lanes, lanes};

/// Sellers in a shard; a market of so many stays inside the second-level cache.
pub(crate) const SHARD_SELLERS: usize = 128;

/// Orders drawn at a time: as many as a mask of 64 bits tells apart.
pub(crate) const BATCH: usize = 64;

/// Seconds after a stretch's start that lie beyond any horizon.
pub(crate) const SECONDS_LATER: i64 = u32::MAX as i64;

/// Why an order is looked at on its own; bits, because any of them may hold.
pub(crate) mod cause {
    /// The item is out of stock.
    pub(crate) const STOCK_OUT: u8 = 1;
    /// The buyer changes its mind.
    pub(crate) const CHANGE_OF_MIND: u8 = 2;
    /// The parcel is lost.
    pub(crate) const LOSS: u8 = 4;
    /// The item is defective.
    pub(crate) const DEFECT: u8 = 8;
    /// The buyer may claim without a defect.
    pub(crate) const OPPORTUNISM: u8 = 16;
    /// The parcel comes late, and the buyer may claim that.
    pub(crate) const LATENESS: u8 = 32;
    /// Hand-over may miss its deadline or the buyer's patience.
    pub(crate) const SLOWNESS: u8 = 64;
    /// What lanes cannot tell, because it lies too far ahead: the order has to be drawn again.
    pub(crate) const UNSURE: u8 = 128;
}

/// A column of a batch.
pub(crate) type Column<T> = [T; BATCH];

/// Writes lanes to the places from `first` on.
#[inline(always)]
pub(crate) fn write<T: Copy>(column: &mut Column<T>, first: usize, some: &Lanes<T>) {
    column[first..first + LANES].copy_from_slice(some);
}

/// One bit an order of a batch.
pub(crate) type Mask = u64;

/// The bits of a column of bytes that are 0 or 1.
#[inline(always)]
pub(crate) fn mask(truths: &Column<u8>) -> Mask {
    // Moves the lowest bit of byte i, counted from below, to bit 56 + i.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = truths.as_chunks::<8>();
    let mut all = 0;
    for (place, eight) in eights.iter().enumerate() {
        all |= (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (8 * place);
    }
    all
}

/// The bits of the places for which something holds.
#[inline(always)]
pub(crate) fn mask_of(len: usize, truth: impl Fn(usize) -> Lanes<u32>) -> Mask {
    let mut truths = [0; BATCH];
    for first in (0..len).step_by(LANES) {
        let some = truth(first);
        write(&mut truths, first, &lanes(|lane| (some[lane] & 1) as u8));
    }
    mask(&truths)
}
