//! Keys: the published answers of SplitMix64, and a battery over the bits of consecutive keys, which are used side by side:
//! replications, sellers, days, orders and purposes.

use super::fit::{chi_square_tail, normal_tails, pearson};
use crate::support::world::quiet_world;
use redress::engine::{OrderNumber, Tables, order_path};
use redress::sim::Key;
use redress::sim::random::mix;

/// Words of each stream that a test takes.
const WORDS: usize = 1 << 18;
/// A correct generator fails one test of one stream with this probability; there are about 200.
const LEAST: f64 = 1e-6;

/// A stream: the word at each place.
type Stream = (&'static str, fn(u64) -> u64);

fn day() -> Key {
    Key::root(7).child(0).child(0).child(0).child(3).child(11)
}

/// Everything that numbers consecutive keys, alone and two at a time, as an order's purposes and the orders of a day are.
const STREAMS: [Stream; 10] = [
    ("seeds", |i| Key::root(i).bits(0)),
    ("replications", |i| Key::root(7).child(i).child(0).bits(0)),
    ("sellers", |i| Key::root(7).child(0).child(0).child(0).child(i).child(11).order(0).bits(1)),
    ("days", |i| Key::root(7).child(0).child(0).child(0).child(3).child(i).order(0).bits(1)),
    ("orders", |i| day().order(i as u32).bits(1)),
    ("purposes", |i| day().order(5).bits(i)),
    ("rounds", |i| day().order(5).bits(64 + 8 * i)),
    ("buyers", |i| Key::root(7).child(0).child(0).child(1).child(i).bits(0)),
    ("two purposes of orders", |i| day().order((i / 2) as u32).bits(i % 2)),
    ("three orders of days", |i| {
        Key::root(7).child(0).child(0).child(0).child(3).child(i / 3).order((i % 3) as u32).bits(2)
    }),
];

/// The published generator: a counter in steps of the golden ratio through the finaliser.
fn splitmix(seed: u64, count: u64) -> Vec<u64> {
    (1..=count).map(|n| mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(n)))).collect()
}

#[test]
fn the_finaliser_gives_the_published_outputs_of_splitmix64() {
    assert_eq!(
        splitmix(1_234_567, 5),
        [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
    );
    assert_eq!(
        splitmix(0, 5),
        [
            0xE220_A839_7B1D_CDAF,
            0x6E78_9E6A_A1B9_65F4,
            0x06C4_5D18_8009_454F,
            0xF88B_B8A8_724C_81EC,
            0x1B39_896A_51A8_749B,
        ]
    );
    assert_eq!(mix(0), 0);
}

/// The arithmetic of `docs/model.md`, 7.1 and 7.2, written out again.
#[test]
fn an_order_has_the_key_that_the_model_states() {
    const G: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |z: u64| {
        let z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    };
    let child = |key: u64, n: u64| mix(key.wrapping_add(mix(n.wrapping_add(G))));
    let next = |key: u64, n: u64| mix(key.wrapping_add((n + 1).wrapping_mul(G)));
    let mut world = quiet_world();
    (world.market.sellers, world.market.buyers) = (3, 123_457);
    let tables = Tables::new(&world);
    for (replication, market, seller, day, number) in [(0, 0, 0, 0, 0), (3, 2, 1, 40, 7), (1, 5, 2, -30, 2)] {
        let order = OrderNumber { replication, market, seller, day, number };
        let of_market = child(child(mix(world.seed ^ G), u64::from(replication)), u64::from(market));
        let of_seller = child(child(of_market, 0), u64::from(seller));
        // A negative day counts as what it is modulo 2^32.
        let of_day = child(of_seller, i64::from(day).rem_euclid(1 << 32) as u64);
        let bits = next(next(of_day, u64::from(number)), 0);
        let path = order_path(&tables, order);
        let second = ((bits >> 32) * 86_400) >> 32;
        assert_eq!(path.placed.0, i64::from(day) * 86_400 + second as i64, "{order:?}");
        assert_eq!(u64::from(path.buyer), ((bits & 0xFFFF_FFFF) * 123_457) >> 32, "{order:?}");
    }
}

/// Runs a test on the words of every stream, and on the words with their halves exchanged, because both halves serve.
fn for_every_stream(test: &str, probability: impl Fn(&[u64]) -> f64) {
    for (name, word) in STREAMS {
        for turn in [0, 32] {
            let words: Vec<u64> = (0..WORDS as u64).map(|i| word(i).rotate_left(turn)).collect();
            let p = probability(&words);
            assert!(p > LEAST && p < 1.0 - LEAST, "{test} of {name}, turned by {turn}: {p}");
        }
    }
}

/// A word as a number in `[0, 1)`.
fn unit(word: u64) -> f64 {
    (word >> 11) as f64 / 9_007_199_254_740_992.0
}

#[test]
fn every_bit_is_set_half_of_the_time() {
    for_every_stream("bits", |words| {
        let n = words.len() as f64;
        let of_bit = |bit: u32| words.iter().filter(|&&word| word >> bit & 1 == 1).count() as f64;
        let statistic = (0..64).map(|bit| (of_bit(bit) - n / 2.0).powi(2) / (n / 4.0)).sum();
        chi_square_tail(statistic, 64.0)
    });
}

/// Each of the lowest 20 bits of the number of a key turns every bit of its word with probability one half.
#[test]
fn every_bit_of_a_number_turns_half_of_the_bits() {
    let trials = 1 << 12;
    for (name, word) in STREAMS {
        let mut statistic = 0.0;
        for turned in 0..20 {
            let mut turns = [0_u32; 64];
            for i in 0..trials {
                let change = word(i) ^ word(i ^ (1 << turned));
                turns.iter_mut().enumerate().for_each(|(bit, count)| *count += (change >> bit & 1) as u32);
            }
            // A pair of numbers is met from both of its ends if both lie in the range.
            let pairs = if 1 << turned < trials { 2.0 } else { 1.0 };
            let expected = trials as f64 / 2.0;
            let of_bit = |&count: &u32| (f64::from(count) - expected).powi(2) / (expected / 2.0) / pairs;
            statistic += turns.iter().map(of_bit).sum::<f64>();
        }
        let p = chi_square_tail(statistic, 20.0 * 64.0);
        assert!(p > LEAST && p < 1.0 - LEAST, "avalanche of {name}: {p}");
    }
}

#[test]
fn consecutive_words_are_not_correlated_at_any_of_sixteen_lags() {
    for_every_stream("lags", |words| {
        let centred: Vec<f64> = words.iter().map(|&word| unit(word) - 0.5).collect();
        let of_lag = |lag: usize| {
            let sum: f64 = centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b).sum();
            // The product of two centred uniforms has variance 1 / 144.
            sum * 12.0 / ((words.len() - lag) as f64).sqrt()
        };
        chi_square_tail((1..=16).map(|lag| of_lag(lag).powi(2)).sum(), 16.0)
    });
}

#[test]
fn pairs_and_triples_of_words_fill_the_square_and_the_cube_evenly() {
    for (size, parts) in [(1, 4096), (2, 64), (3, 16)] {
        for_every_stream(&format!("{size} dimensions"), |words| {
            let mut cells = vec![0_u64; usize::pow(parts, size)];
            let points = words.chunks_exact(size as usize);
            let number = points.len() as f64;
            for point in points {
                let place = |&word: &u64| (unit(word) * parts as f64) as usize;
                cells[point.iter().fold(0, |cell, word| cell * parts + place(word))] += 1;
            }
            let cell_count = cells.len() as f64;
            pearson(&cells, |_| number / cell_count)
        });
    }
}

/// Runs up and down: `(2n - 1) / 3` on average, with variance `(16n - 29) / 90` (Knuth, The Art of Computer Programming
/// 2, 3.3.2).
#[test]
fn words_run_up_and_down_as_often_as_they_should() {
    for_every_stream("runs", |words| {
        let n = words.len() as f64;
        let rises: Vec<bool> = words.windows(2).map(|pair| pair[0] < pair[1]).collect();
        let runs = 1 + rises.windows(2).filter(|pair| pair[0] != pair[1]).count();
        normal_tails((runs as f64 - (2.0 * n - 1.0) / 3.0) / ((16.0 * n - 29.0) / 90.0).sqrt())
    });
}

/// Marsaglia's birthday spacings: of 512 birthdays in a year of 2^24 days, spacings that occur again are a Poisson number
/// of mean `512^3 / 2^26 = 2`. Cells 0 to 5, and 6 or more.
#[test]
fn birthday_spacings_have_their_poisson_law() {
    for_every_stream("birthdays", |words| {
        let mut cells = [0_u64; 7];
        for year in words.chunks_exact(512) {
            let mut days: Vec<u64> = year.iter().map(|word| word >> 40).collect();
            days.sort_unstable();
            let mut spacings: Vec<u64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
            spacings.push(days[0] + (1 << 24) - days[511]);
            spacings.sort_unstable();
            let again = spacings.windows(2).filter(|pair| pair[0] == pair[1]).count();
            cells[again.min(6)] += 1;
        }
        let years: u64 = cells.iter().sum();
        let below_six = [1.0, 2.0, 2.0, 4.0 / 3.0, 2.0 / 3.0, 4.0 / 15.0].map(|part| part * (-2.0_f64).exp());
        let beyond = 1.0 - below_six.iter().sum::<f64>();
        pearson(&cells, |cell| years as f64 * below_six.get(cell).copied().unwrap_or(beyond))
    });
}

/// Balls into many more urns: 2^14 into 2^20 meet a ball already there about 127.3 times, nearly a Poisson number; sixteen
/// throws together are nearly normal.
#[test]
fn words_collide_as_often_as_they_should() {
    for_every_stream("collisions", |words| {
        let (balls, urns) = (f64::from(1 << 14), f64::from(1 << 20));
        let throws = words.chunks_exact(1 << 14);
        let expected = throws.len() as f64 * (balls - urns * (1.0 - (balls * (-1.0 / urns).ln_1p()).exp()));
        let collisions: usize = throws
            .map(|throw| {
                let mut taken: Vec<u64> = throw.iter().map(|word| word >> 44).collect();
                taken.sort_unstable();
                taken.dedup();
                throw.len() - taken.len()
            })
            .sum();
        normal_tails((collisions as f64 - expected) / expected.sqrt())
    });
}
