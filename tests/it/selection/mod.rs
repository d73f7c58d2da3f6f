//! Selecting the best of several systems: stated probabilities held against many selections, on outputs whose true means
//! are known.

mod guarantee;
mod problems;
mod search;

use redress::sim::Key;
use redress::stats::selection::Wanted;
use redress::stats::selection::kn::{KimNelson, Selection};
use redress::stats::selection::ocba::Ocba;

/// A uniform in (0, 1) for every draw.
fn uniform(key: Key, draw: u64) -> f64 {
    (f64::from(key.uniform(draw)) + 0.5) / 4_294_967_296.0
}

/// A standard normal quantity for every draw (Box and Muller).
fn normal(key: Key, draw: u64) -> f64 {
    let (radius, angle) = (uniform(key.child(0), draw), uniform(key.child(1), draw));
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// The outputs of a replication of a system: the objective, and those with limits.
type Output<'a> = &'a dyn Fn(usize, u32) -> (f64, Vec<f64>);

fn selected_by_kim_nelson(mut machine: KimNelson, output: Output) -> (Selection, u32) {
    loop {
        if let Some(selection) = machine.selection() {
            return (selection.clone(), machine.replications().iter().sum());
        }
        for Wanted { system, replications } in machine.ask() {
            for replication in replications {
                let (objective, constrained) = output(system, replication);
                machine.tell(system, replication, objective, &constrained).unwrap();
            }
        }
    }
}

fn selected_by_ocba(mut machine: Ocba, output: Output) -> (usize, f64) {
    while !machine.is_finished() {
        for Wanted { system, replications } in machine.ask() {
            for replication in replications {
                let (objective, constrained) = output(system, replication);
                machine.tell(system, replication, objective, &constrained).unwrap();
            }
        }
    }
    let selection = machine.selection().unwrap();
    (selection.best, selection.probability)
}
