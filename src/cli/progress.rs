//! Progress on standard error, only to a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A bar of simulated orders with orders per second, or none.
pub(super) fn orders_bar(expected_orders: u64, is_wanted: bool) -> ProgressBar {
    if !is_wanted || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(expected_orders), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(
        "{bar:32} {percent:>3} %  {human_pos} of about {human_len} orders  {per_sec}  {eta} left",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A bar of measurements, or none.
pub(super) fn measurements_bar(number: u64, is_wanted: bool) -> ProgressBar {
    if !is_wanted || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(number), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos} of {len} measurements  {eta} left") {
        bar.set_style(style);
    }
    bar.tick();
    bar
}
