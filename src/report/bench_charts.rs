//! The charts of `redress bench`: how many orders per second, and how far above its lower bound an order is.

use super::bars::{Bar, BarGroup, Bars};
use super::run_charts::NamedChart;
use super::run_page::write_charts;
use super::{Chart, Heading, Unit};
use crate::benchmark::Figures;
use crate::export::{ExportError, RunDirectory};

/// Draws both charts into `charts/`; `machine` says in a few words where the figures were measured.
///
/// # Errors
/// If a file cannot be written.
pub fn write(directory: &RunDirectory, figures: &[Figures], machine: &str) -> Result<(), ExportError> {
    write_charts(directory, &charts(figures, machine))
}

/// Both charts.
pub fn charts(figures: &[Figures], machine: &str) -> Vec<NamedChart> {
    let named = |name: &str, chart: Bars| NamedChart { name: name.to_owned(), chart: Chart::from(chart) };
    vec![named("throughput", throughput(figures, machine)), named("cost", cost(figures, machine))]
}

/// Groups of bars, a workload each, in the order of the figures.
fn groups(figures: &[Figures], bars: impl Fn(&[&Figures]) -> Vec<Bar>) -> Vec<BarGroup> {
    let mut groups: Vec<Vec<&Figures>> = Vec::new();
    for row in figures {
        match groups.iter_mut().find(|group| group[0].workload == row.workload) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
        .iter()
        .map(|group| BarGroup { name: group[0].workload.title.to_owned(), bars: bars(group), color: None })
        .collect()
}

fn threads(number: usize) -> String {
    if number == 1 { "1 thread".to_owned() } else { format!("{number} threads") }
}

fn rounds_in_words(rounds: usize) -> String {
    if rounds == 1 {
        "a single round".to_owned()
    } else {
        format!("median of {rounds} rounds, and the slowest to the fastest")
    }
}

fn throughput(figures: &[Figures], machine: &str) -> Bars {
    let mut numbers: Vec<usize> = figures.iter().map(|row| row.threads).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let bar = |row: &&Figures| {
        let [value, low, high] = row.orders_per_second;
        Bar { value, low, high }
    };
    let rounds = figures.first().map_or(0, |row| row.rounds);
    Bars {
        heading: Heading::new(
            "How many orders this machine simulates",
            format!("Orders per second: {}. {machine}", rounds_in_words(rounds)),
        ),
        x_title: "orders per second".to_owned(),
        unit: Unit::Count,
        series: numbers.into_iter().map(threads).collect(),
        groups: groups(figures, |group| group.iter().map(bar).collect()),
    }
}

fn cost(figures: &[Figures], machine: &str) -> Bars {
    let alone = |group: &[&Figures]| {
        let row = group.iter().find(|row| row.threads == 1);
        let bar = |value: Option<f64>| Bar::new(value.unwrap_or(f64::NAN));
        vec![bar(row.and_then(|row| row.cpu_ns_per_order)), bar(row.and_then(|row| row.floor_ns_per_order))]
    };
    Bars {
        heading: Heading::new(
            "What an order costs, and what it must",
            format!("Processor time per order on one thread; lower bound: its variates and nothing else. {machine}"),
        )
        .if_empty("the system does not tell processor time"),
        x_title: "nanoseconds of processor time an order".to_owned(),
        unit: Unit::Ratio,
        series: vec!["simulated".to_owned(), "lower bound".to_owned()],
        groups: groups(figures, alone),
    }
}
