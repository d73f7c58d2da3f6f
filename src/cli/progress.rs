//! Progress on standard error, only to a terminal.

use super::terminal::progress_columns;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

/// A bar of simulated orders with orders per second, or none.
pub(super) fn orders_bar(expected_orders: u64, is_wanted: bool) -> ProgressBar {
    if !is_wanted || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(expected_orders), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(orders_template(progress_columns())) {
        let orders = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&orders_words(state.pos(), state.len().unwrap_or(0)));
        };
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&rate_words(state.per_sec()));
        };
        bar.set_style(style.progress_chars(BAR).with_key("orders", orders).with_key("rate", rate));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Characters that every terminal has, in every locale.
const BAR: &str = "=>-";

/// What is shown beside the bar, less of it on a narrow terminal, where a longer line would be written anew again and again.
const fn orders_template(columns: usize) -> &'static str {
    match columns {
        76.. => "{wide_bar} {percent:>3} %  {orders}  {rate}  {eta} left",
        40..76 => "{wide_bar} {percent:>3} %  {rate}  {eta} left",
        _ => "{percent:>3} %",
    }
}

/// A bar of measurements, or none.
pub(super) fn measurements_bar(number: u64, is_wanted: bool) -> ProgressBar {
    if !is_wanted || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(number), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} measurements  {eta} left") {
        bar.set_style(style.progress_chars(BAR));
    }
    bar.tick();
    bar
}

/// How many orders are done, and of how many: `145.3 of 323.0 million orders`.
fn orders_words(done: u64, expected: u64) -> String {
    let (unit, name) = unit_of(expected.max(done) as f64);
    let decimals = usize::from(unit > 1.0);
    let (done, expected) = (done as f64 / unit, expected as f64 / unit);
    format!("{done:.decimals$} of {expected:.decimals$}{name} orders")
}

/// How many orders a second: `31.2 million/s`.
fn rate_words(per_second: f64) -> String {
    let (unit, name) = unit_of(per_second);
    let decimals = usize::from(unit > 1.0);
    format!("{:.decimals$}{name}/s", per_second / unit)
}

fn unit_of(number: f64) -> (f64, &'static str) {
    match number {
        ..1e5 => (1.0, ""),
        1e5..1e9 => (1e6, " million"),
        _ => (1e9, " billion"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_rates_are_told_in_units_that_people_read_and_in_few_characters() {
        assert_eq!(orders_words(145_312_000, 323_000_000), "145.3 of 323.0 million orders");
        assert_eq!(orders_words(7, 1_234), "7 of 1234 orders");
        assert_eq!(orders_words(12_000_000_000, 98_000_000_000), "12.0 of 98.0 billion orders");
        assert_eq!([rate_words(31_234_567.8), rate_words(950.4)], ["31.2 million/s", "950/s"]);
        let longest =
            format!(" 100 %  {}  {}  99h left", orders_words(999_949_999, 999_949_999), rate_words(999e6));
        assert!(longest.chars().count() < 76, "{longest}");
    }
}
