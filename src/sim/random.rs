//! Keyed random numbers: a draw is a function of its key, never of the draws before it.
//!
//! The generator is a counter pushed through the SplitMix64 finaliser (Steele, Lea and Flood, "Fast
//! splittable pseudorandom number generators", OOPSLA 2014; constants of Stafford's variant 13). A key
//! is built from the outside in: seed, replication, market, seller, day, order; a purpose picks the draw.

#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use super::lanes::{LANES, Lanes, lanes};
use rand::rand_core::{Infallible, TryRng};

/// The odd constant that SplitMix64 steps by, 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The bijective finaliser of SplitMix64.
#[inline(always)]
pub const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Names one stream of draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// The key of a whole experiment.
    pub const fn root(seed: u64) -> Self {
        Self(mix(seed ^ GOLDEN))
    }

    /// The key of part `number` of whatever this key names.
    #[inline(always)]
    pub const fn child(self, number: u64) -> Self {
        Self(mix(self.0.wrapping_add(mix(number.wrapping_add(GOLDEN)))))
    }

    /// The key of the order `number` under a seller's day: one finaliser instead of two, for the path
    /// that every order takes.
    #[inline(always)]
    pub const fn order(self, number: u32) -> Self {
        Self(mix(self.0.wrapping_add((number as u64 + 1).wrapping_mul(GOLDEN))))
    }

    /// The key under which the order `number + n` is the order `n` of this one.
    #[inline(always)]
    pub const fn numbered_from(self, number: i64) -> Self {
        Self(self.0.wrapping_sub((number as u64).wrapping_mul(GOLDEN)))
    }

    /// The keys of sixteen orders that follow one another from `first` on, each under a key of its own.
    #[inline(always)]
    pub fn orders(days: &Lanes<Self>, first: u32) -> Lanes<Self> {
        const STEPS: Lanes<u64> = {
            let mut steps = [0; LANES];
            let mut lane = 0;
            while lane < LANES {
                steps[lane] = (lane as u64 + 1).wrapping_mul(GOLDEN);
                lane += 1;
            }
            steps
        };
        let start = u64::from(first).wrapping_mul(GOLDEN);
        lanes(|lane| Self(mix(days[lane].0.wrapping_add(start).wrapping_add(STEPS[lane]))))
    }

    /// The 64 random bits that serve `purpose`.
    #[inline(always)]
    pub const fn bits(self, purpose: u64) -> u64 {
        mix(self.0.wrapping_add((purpose + 1).wrapping_mul(GOLDEN)))
    }

    /// The 64 random bits that serve `purpose` under each of sixteen keys.
    #[inline(always)]
    pub fn bits_of(keys: &Lanes<Self>, purpose: u64) -> Lanes<u64> {
        lanes(|lane| keys[lane].bits(purpose))
    }

    /// The draw that serves `purpose`, as a 32-bit uniform.
    #[inline]
    pub const fn uniform(self, purpose: u64) -> u32 {
        (self.bits(purpose) >> 32) as u32
    }

    /// What decides between this key and others where nothing else does: the higher half of the key itself.
    #[inline]
    pub const fn tie_breaker(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// A generator of the whole stream, for the library's samplers at set-up.
    pub const fn stream(self) -> KeyStream {
        KeyStream { key: self, purpose: 0 }
    }
}

/// The draws of one key in sequence.
#[derive(Clone, Debug)]
pub struct KeyStream {
    key: Key,
    purpose: u64,
}

impl TryRng for KeyStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|bits| (bits >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let bits = self.key.bits(self.purpose);
        self.purpose += 1;
        Ok(bits)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let bits = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bits[..chunk.len()]);
        }
        Ok(())
    }
}

/// Whether a 32-bit uniform falls below a chance, of which the largest uniform that does is known ([`Chance::ceiling`]).
///
/// A uniform of 0 counts as 1. So one comparison tells what never happens, whose ceiling is 0, from everything else, and a chance
/// of n / 2^32 happens for n uniforms; only that of 2^-32 itself never does.
#[allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]
#[inline(always)]
pub const fn happens(uniform: u32, ceiling: u32) -> bool {
    let uniform = if uniform > 1 { uniform } else { 1 };
    uniform <= ceiling
}

/// A probability that a 32-bit uniform can be held against.
///
/// 0 never happens and 1 always does; in between the resolution is 2^-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Chance(u32);

impl Chance {
    /// What never happens.
    pub const NEVER: Self = Self(0);

    /// From a probability in `[0, 1]`.
    pub fn new(probability: f64) -> Self {
        let uniforms = (probability.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64;
        Self(uniforms.saturating_sub(1) as u32)
    }

    /// The chance whose uniforms are those below a number.
    #[inline]
    pub const fn below(uniform: u32) -> Self {
        Self(uniform.saturating_sub(1))
    }

    /// The largest uniform that falls below the probability; 0 for what never happens. See [`happens`].
    pub const fn ceiling(self) -> u32 {
        self.0
    }

    /// Whether the uniform falls below the probability.
    #[inline]
    pub const fn happens(self, uniform: u32) -> bool {
        happens(uniform, self.0)
    }

    /// The probability.
    pub fn probability(self) -> f64 {
        if self == Self::NEVER { 0.0 } else { (f64::from(self.0) + 1.0) / 4_294_967_296.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn splitmix_gives_its_published_first_outputs_for_seed_1234567() {
        let outputs: Vec<u64> =
            (1..=3).map(|n| mix(1_234_567_u64.wrapping_add(GOLDEN.wrapping_mul(n)))).collect();
        assert_eq!(
            outputs,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn first_draws_of_a_key_are_pinned() {
        let key = Key::root(1).child(2).child(3);
        assert_eq!(key.bits(0), key.stream().next_u64());
        assert_ne!(key.bits(0), key.bits(1));
        assert_ne!(key.order(0), key.order(1));
    }

    #[test]
    fn a_chance_of_one_always_happens_and_of_zero_never() {
        assert!(Chance::new(1.0).happens(u32::MAX));
        assert!(!Chance::new(0.0).happens(0));
        assert!(Chance::new(0.5).happens((1 << 31) - 1) && !Chance::new(0.5).happens(1 << 31));
    }

    #[test]
    fn a_chance_happens_for_as_many_uniforms_as_its_probability_says() {
        for n in [0, 2, 3, 100] {
            let chance = Chance::new(f64::from(n) / 4_294_967_296.0);
            assert_eq!((0..200).filter(|&u| chance.happens(u)).count() as u32, n);
            assert_eq!(chance, Chance::below(n));
        }
        for probability in [1e-6, 0.25, 0.5, 1.0 - 1e-9] {
            let chance = Chance::new(probability);
            assert!(
                chance.happens(chance.ceiling()) && !chance.happens(chance.ceiling() + 1),
                "{probability}"
            );
            assert!((chance.probability() - probability).abs() < 2e-10);
        }
    }

    #[test]
    fn orders_side_by_side_have_the_keys_of_their_numbers() {
        let day = Key::root(3);
        for shift in [70, -3] {
            let keys = Key::orders(&[day.numbered_from(shift); LANES], 80);
            for (number, key) in (80 - shift..).zip(keys) {
                assert_eq!(key, day.order(number as u32));
            }
        }
        let keys = Key::orders(&[day; LANES], 80);
        assert_eq!(Key::bits_of(&keys, 4)[5], keys[5].bits(4));
    }
}
