//! Costs of the kernel: a keyed draw, every sampler, one by one and sixteen side by side, and working time.
//!
//! `cargo bench --bench sampling` runs them.
#![allow(missing_docs, reason = "the macros of the harness write functions without documentation")]
#![allow(
    clippy::inline_always,
    reason = "what lanes call keeps its vector instructions only if it is inlined"
)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use redress::sim::lanes::{LANES, Lanes, Vectorisable, upper, vectorised};
use redress::sim::{Distribution, Key, QuantileTable, SimDuration, SimTime, Weekday, WorkCalendar};
use std::hint::black_box;

/// One of each family, with parameters as they come in scenarios; days.
fn laws() -> Vec<(&'static str, Distribution)> {
    let exponential = Distribution::Exponential { mean: 20.0 };
    let lognormal = Distribution::Lognormal { median: 2.0, sigma: 0.5 };
    vec![
        ("constant", Distribution::Constant(5.0)),
        ("exponential", exponential.clone()),
        ("lognormal", lognormal.clone()),
        ("uniform", Distribution::Uniform { min: 0.2, max: 1.0 }),
        ("gamma", Distribution::Gamma { shape: 1.586, scale: 5.755 }),
        ("Weibull", Distribution::Weibull { shape: 1.5, scale: 3.0 }),
        ("beta", Distribution::Beta { alpha: 2.0, beta: 5.0 }),
        ("triangular", Distribution::Triangular { min: 1.0, mode: 2.0, max: 5.0 }),
        ("empirical", Distribution::Empirical([1.0, 1.5, 2.0, 4.0, 9.0].into())),
        ("mixture", Distribution::Mixture(vec![(0.85, lognormal), (0.15, exponential)])),
    ]
}

fn generator(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("keyed generator");
    let key = Key::root(1);
    let mut number = 0_u32;
    group.bench_function("64 bits of an order, its key included", |bencher| {
        bencher.iter(|| {
            number = number.wrapping_add(1);
            black_box(key.order(number).bits(0))
        });
    });
    group.bench_function("64 bits of a known key", |bencher| {
        bencher.iter(|| {
            number = number.wrapping_add(1);
            black_box(key.bits(u64::from(number)))
        });
    });
    group.finish();
}

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw from a quantile table");
    for (name, law) in laws() {
        let table = QuantileTable::new(&law, 86_400.0);
        let mut uniform = 0_u32;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                uniform = uniform.wrapping_add(2_654_435_769);
                black_box(table.at(uniform))
            });
        });
    }
    group.finish();
}

/// Draws that are made this many sixteens at a time, so that the way into vector instructions hardly counts.
const SIXTEENS: usize = 64;
const DRAWS: u64 = (SIXTEENS * LANES) as u64;

/// The bits of many orders, their keys included.
struct ManyBits {
    day: Key,
    bits: Vec<Lanes<u64>>,
}

impl Vectorisable for &mut ManyBits {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let days = [self.day; LANES];
        for (sixteen, bits) in self.bits.iter_mut().enumerate() {
            *bits = Key::bits_of(&Key::orders(&days, (sixteen * LANES) as u32), 0);
        }
    }
}

/// Many values of a quantile table.
struct ManyValues<'a> {
    table: &'a QuantileTable,
    uniforms: &'a [Lanes<u32>],
    values: &'a mut [Lanes<u32>],
}

impl Vectorisable for ManyValues<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (values, uniforms) in self.values.iter_mut().zip(self.uniforms) {
            *values = self.table.of_lanes::<false>(uniforms);
        }
    }
}

/// Draws as the engine makes them, to be held against those one by one; throughput is in draws.
fn side_by_side(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sixteen side by side, in draws");
    group.throughput(Throughput::Elements(DRAWS));
    let key = Key::root(1);
    let mut many = ManyBits { day: key, bits: vec![[0; LANES]; SIXTEENS] };
    group.bench_function("64 bits of an order, its key included", |bencher| {
        bencher.iter(|| {
            many.day = black_box(key);
            vectorised(&mut many);
            black_box(&mut many.bits);
        });
    });
    let uniforms: Vec<Lanes<u32>> = many.bits.iter().map(upper).collect();
    let mut values = vec![[0; LANES]; SIXTEENS];
    let table = QuantileTable::new(&Distribution::Lognormal { median: 2.0, sigma: 0.5 }, 86_400.0);
    group.bench_function("a quantile table, lognormal", |bencher| {
        bencher.iter(|| {
            let uniforms = black_box(&uniforms[..]);
            vectorised(ManyValues { table: &table, uniforms, values: &mut values });
            black_box(&mut values);
        });
    });
    group.finish();
}

fn tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantile table made");
    group.sample_size(10);
    for (name, law) in laws() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| QuantileTable::new(black_box(&law), 86_400.0));
        });
    }
    group.finish();
}

fn working_time(criterion: &mut Criterion) {
    let office =
        WorkCalendar { from: 9 * 3600, until: 17 * 3600, ..WorkCalendar::business_days(Weekday::Monday) };
    let mut start = 0;
    criterion.bench_function("twelve hours of working time", |bencher| {
        bencher.iter(|| {
            start += 7919;
            black_box(office.after_work(SimTime(start), SimDuration(12 * 3600)))
        });
    });
}

criterion_group!(benches, generator, draws, side_by_side, tables, working_time);
criterion_main!(benches);
