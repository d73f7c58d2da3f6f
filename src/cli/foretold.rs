//! What a command will take, told before it begins: what cannot fit in memory is refused.

use super::failure::Failure;
use super::machine;
use super::terminal::remark;
use crate::experiment::Footprint;

/// From here on it is told before the simulation, and not only by `check`: bytes and seconds.
const LARGE_BYTES: u64 = 1_000_000_000;
const LONG_SECONDS: f64 = 60.0;

/// Refuses what this machine has no memory for.
pub(super) fn fits(footprint: &Footprint) -> Result<(), Failure> {
    let needed = footprint.bytes();
    match machine::available_bytes() {
        Some(available) if needed > available => Err(Failure::Invalid(format!(
            "this needs about {} of memory, most of it for {}, and {} are free: lower {}, or run it on a larger machine",
            bytes(needed),
            footprint.largest(),
            bytes(available),
            footprint.largest()
        ))),
        _ => Ok(()),
    }
}

/// Says what a large command will take.
pub(super) fn warn(footprint: &Footprint, threads: usize, is_quiet: bool) {
    let is_large = footprint.bytes() > LARGE_BYTES || *footprint.seconds().start() > LONG_SECONDS;
    if is_large && !is_quiet {
        remark(&words(footprint, threads));
    }
}

/// What it will take, in words.
pub(super) fn words(footprint: &Footprint, threads: usize) -> String {
    let (least, most) = footprint.seconds().into_inner();
    let (least, most) = (time(least), time(most));
    let span = if least == most { least } else { format!("{least} to {most}") };
    format!(
        "about {} of memory and {} orders: {span} on {threads} thread(s)",
        bytes(footprint.bytes()),
        count(footprint.orders)
    )
}

/// Threads that a command will work on.
pub(super) fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(machine::processors, usize::from)
}

fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

fn count(orders: f64) -> String {
    match orders {
        ..1e6 => format!("{orders:.0}"),
        1e6..1e9 => format!("{:.1} million", orders / 1e6),
        _ => format!("{:.1} billion", orders / 1e9),
    }
}

fn time(seconds: f64) -> String {
    match seconds {
        ..1.0 => "1 s".to_owned(),
        1.0..100.0 => format!("{seconds:.0} s"),
        100.0..6000.0 => format!("{:.0} min", seconds / 60.0),
        6000.0..360_000.0 => format!("{:.0} h", seconds / 3600.0),
        _ => format!("{:.0} days", seconds / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_units_that_people_read() {
        assert_eq!([bytes(1), bytes(12_400_000), bytes(5_840_000_000)], ["1 MB", "13 MB", "5.8 GB"]);
        assert_eq!([count(7.0), count(7.3e6), count(1e11)], ["7", "7.3 million", "100.0 billion"]);
        assert_eq!(
            [time(0.2), time(61.0), time(600.0), time(1e4), time(1e7)],
            ["1 s", "61 s", "10 min", "3 h", "116 days"]
        );
    }
}
