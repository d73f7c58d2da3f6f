//! Costs of the engine's parts: a keyed draw, a sampler, and a market of the reference workload.
//!
//! `cargo bench` runs them. The market is quoted an order: throughput is in orders.
#![allow(missing_docs, reason = "the macros of the harness write functions without documentation")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use redress::engine::{Tables, Workers, simulate_market};
use redress::observe::Count;
use redress::scenario::Source;
use redress::sim::{Distribution, Key, QuantileTable};
use std::hint::black_box;
use std::path::Path;

fn keyed_draw(criterion: &mut Criterion) {
    let mut number = 0;
    criterion.bench_function("draw of 64 keyed bits", |bencher| {
        let key = Key::root(1);
        bencher.iter(|| {
            number += 1;
            black_box(key.order(number).bits(0))
        });
    });
}

fn quantile_table(criterion: &mut Criterion) {
    let law = Distribution::Lognormal { median: 2.0, sigma: 0.5 };
    criterion.bench_function("table of a lognormal", |bencher| {
        bencher.iter(|| QuantileTable::new(black_box(&law), 86_400.0));
    });
    let table = QuantileTable::new(&law, 86_400.0);
    let mut uniform = 0_u32;
    criterion.bench_function("draw of a lognormal", |bencher| {
        bencher.iter(|| {
            uniform = uniform.wrapping_add(2_654_435_769);
            black_box(table.at(uniform))
        });
    });
}

fn reference_market(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference_workload.toml");
    let scenario =
        Source::read(&path).and_then(|source| source.resolve()).expect("the shipped scenario is valid");
    let tables = Tables::new(&scenario.world);
    let run = || simulate_market(&tables, 0, 0, Workers::One, false, &|_| true).expect("nobody stops it");
    let mut group = criterion.benchmark_group("reference workload");
    group.sample_size(20).throughput(Throughput::Elements(run().market.tally.get(Count::OrdersPlaced)));
    group.bench_function("a market of 100 sellers, 365 days", |bencher| bencher.iter(run));
    group.finish();
}

criterion_group!(benches, keyed_draw, quantile_table, reference_market);
criterion_main!(benches);
