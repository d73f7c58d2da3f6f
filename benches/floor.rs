//! Cost of the floor, an order's variates and nothing else; and what they cost without tables.
//!
//! `cargo bench --bench floor` runs them. Throughput is in orders.
#![allow(missing_docs, reason = "the macros of the harness write functions without documentation")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use redress::behavior::Purpose;
use redress::behavior::purpose::halves;
use redress::benchmark::{Rules, STANDARD_SET};
use redress::sim::Key;
use std::hint::black_box;

fn floors(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("floor");
    for rules in Rules::ALL {
        let floor = rules.floor().expect("the shipped scenarios are valid");
        group.sample_size(20).throughput(Throughput::Elements(floor.draw(0).orders));
        group.bench_function(rules.floor_name(), |bencher| bencher.iter(|| floor.draw(black_box(0))));
    }
    group.finish();
}

/// The four variates that every order of the reference workload has a distribution for, by exact quantile functions instead of
/// tables: what a plain program pays for them, keys included.
fn exact_quantiles(criterion: &mut Criterion) {
    let world = STANDARD_SET[0].scenario(true).expect("the shipped scenario is valid").world;
    let (seller, buyer) = (&world.sellers[0], &world.buyers[0]);
    let uniform = |bits: u32| (f64::from(bits) + 0.5) / 4_294_967_296.0;
    let mut number = 0_u32;
    let mut group = criterion.benchmark_group("floor");
    group.throughput(Throughput::Elements(1));
    group.bench_function("four laws of an order by exact quantiles", |bencher| {
        bencher.iter(|| {
            number = number.wrapping_add(1);
            let key = Key::root(1).order(number);
            let (value, handling) = halves(key.bits(Purpose::ValueAndHandling as u64));
            let (transit, confirmation) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
            world.market.order_value.quantile(uniform(value))
                + seller.handling_time.quantile(uniform(handling))
                + seller.transit_time.quantile(uniform(transit))
                + buyer.confirmation_delay.quantile(uniform(confirmation))
        });
    });
    group.finish();
}

criterion_group!(benches, floors, exact_quantiles);
criterion_main!(benches);
