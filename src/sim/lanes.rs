//! Sixteen numbers side by side, for draws that many orders make alike.
//!
//! Loops of this fixed length over arrays of their own leave the compiler nothing to prove, so that it writes vector
//! instructions; [`vectorised`] runs them with the widest ones that the machine has. The numbers are the same with any.
//!
//! What is true or not is a *truth* of 1 or 0 here: lanes are quickest if all have one width.

#![allow(clippy::inline_always, reason = "what is not inlined keeps the instructions of the least machine")]

use std::sync::LazyLock;

/// Numbers side by side.
pub const LANES: usize = 16;

/// One number a lane.
pub type Lanes<T> = [T; LANES];

/// The number of each lane.
#[inline(always)]
pub fn lanes<T: Copy + Default>(each: impl Fn(usize) -> T) -> Lanes<T> {
    let mut all = [T::default(); LANES];
    for (lane, number) in all.iter_mut().enumerate() {
        *number = each(lane);
    }
    all
}

/// The lanes of an array that begin at a place.
#[inline(always)]
pub fn lanes_of<T: Copy + Default, const N: usize>(all: &[T; N], first: usize) -> Lanes<T> {
    let mut some = [T::default(); LANES];
    some.copy_from_slice(&all[first..first + LANES]);
    some
}

/// The upper 32 bits of each lane.
#[inline(always)]
pub fn upper(bits: &Lanes<u64>) -> Lanes<u32> {
    lanes(|lane| (bits[lane] >> 32) as u32)
}

/// The lower 32 bits of each lane.
#[inline(always)]
pub fn lower(bits: &Lanes<u64>) -> Lanes<u32> {
    lanes(|lane| bits[lane] as u32)
}

/// The sum, or the largest number if that is too small for it.
#[inline(always)]
pub const fn saturating_sum(a: u32, b: u32) -> u32 {
    let room = u32::MAX - a;
    a + if b < room { b } else { room }
}

/// One number or, if it is not true, another.
#[inline(always)]
pub const fn either(first: u32, truth: u32, second: u32) -> u32 {
    if truth == 1 { first } else { second }
}

/// Something, if it is true.
#[inline(always)]
pub const fn bit(truth: u32, fact: u32) -> u32 {
    if truth == 1 { fact } else { 0 }
}

/// Work to be done with the widest vector instructions of the machine; its [`call`](pulp::NullaryFnOnce::call) and all
/// that it calls must be inlined.
pub use pulp::NullaryFnOnce as Vectorisable;

/// Does the work.
#[inline]
pub fn vectorised<W: Vectorisable>(work: W) -> W::Output {
    /// Asking the processor what it can do takes longer than some of the work.
    static ARCH: LazyLock<pulp::Arch> = LazyLock::new(pulp::Arch::new);
    ARCH.dispatch(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Doubling(Lanes<u32>);

    impl Vectorisable for Doubling {
        type Output = Lanes<u32>;

        #[inline(always)]
        fn call(self) -> Lanes<u32> {
            lanes(|lane| saturating_sum(self.0[lane], self.0[lane]))
        }
    }

    #[test]
    fn vectorised_work_gives_what_plain_work_gives() {
        let numbers = lanes(|lane| u32::MAX / 20 * lane as u32);
        assert_eq!(vectorised(Doubling(numbers)), Doubling(numbers).call());
        assert_eq!(vectorised(Doubling(numbers))[15], u32::MAX);
    }

    #[test]
    fn halves_of_lanes_are_those_of_their_bits() {
        let bits = lanes(|lane| (lane as u64) << 32 | 7);
        assert_eq!((upper(&bits)[3], lower(&bits)[3]), (3, 7));
    }
}
