//! From values to positions, and where ticks go.

use super::unit::Unit;

/// A linear scale: `low` is drawn at `from`, `high` at `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Scale {
    /// The position of `value`, kept within the scale's ends.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span > 0.0 { (value - self.low) / span } else { 0.5 };
        self.from + (self.to - self.from) * share.clamp(0.0, 1.0)
    }
}

/// Ticks and the step between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    pub(super) values: Vec<f64>,
    pub(super) step: f64,
}

/// A span that no division by a number of ticks brings near the smallest number there is.
const SMALLEST_SPAN: f64 = 1e-290;

/// The part of a step at an end of an axis that may stay without values.
const MOSTLY_EMPTY: f64 = 0.6;

/// The least and the greatest of the values that are not missing.
pub(super) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |bounds: Option<(f64, f64)>, value| {
        match bounds {
            None => Some((value, value)),
            Some((low, high)) => Some((low.min(value), high.max(value))),
        }
    })
}

/// The range of an axis that shows `bounds` with about `wanted` ticks, and its ticks.
///
/// Zero is shown unless the values lie in the upper part of the way from it: a line far above zero would
/// otherwise be flat.
pub(super) fn axis(bounds: (f64, f64), unit: Unit, wanted: usize) -> (f64, f64, Ticks) {
    let (mut low, mut high) = bounds;
    if low > 0.0 && low < 0.7 * high {
        low = 0.0;
    } else if high < 0.0 && high > 0.7 * low {
        high = 0.0;
    }
    if high - low <= (1e-9 * high.abs().max(low.abs())).max(SMALLEST_SPAN) {
        (low, high) = around(low, unit);
    }
    let step = step(high - low, unit, wanted);
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil().max(first + 1.0);
    let mut values: Vec<f64> =
        (0..=(last - first) as usize).map(|index| (first + index as f64) * step).collect();
    // An end that would be mostly empty stops a little after the values instead of at its tick.
    let (mut start, mut end) = (first * step, last * step);
    if values.len() > 3 && end - high > MOSTLY_EMPTY * step {
        end = high + 0.05 * step;
        values.pop();
    }
    if values.len() > 3 && low - start > MOSTLY_EMPTY * step {
        start = low - 0.05 * step;
        values.remove(0);
    }
    // A share that lies between nothing and all has no axis beyond them.
    if unit == Unit::Percent && bounds.0 >= 0.0 && bounds.1 <= 1.0 {
        (start, end) = (start.max(0.0), end.min(1.0));
        values.retain(|value| (start - 1e-9..=end + 1e-9).contains(value));
    }
    (start, end, Ticks { values, step })
}

/// Like [`axis`] with zero always shown, as bars and areas need.
pub(super) fn axis_from_zero(bounds: (f64, f64), unit: Unit, wanted: usize) -> (f64, f64, Ticks) {
    axis((bounds.0.min(0.0), bounds.1.max(0.0)), unit, wanted)
}

/// Round values inside `bounds`, which stay as they are: for time, where an empty end would mislead.
pub(super) fn ticks_within(bounds: (f64, f64), unit: Unit, wanted: usize) -> Ticks {
    let (low, high) = bounds;
    if high <= low {
        return Ticks { values: vec![low], step: low.abs().max(1.0) };
    }
    let step = step(high - low, unit, wanted);
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let count = (last - first + 1.0).max(0.0) as usize;
    Ticks { values: (0..count).map(|index| (first + index as f64) * step).collect(), step }
}

/// A range around the only value there is.
fn around(value: f64, unit: Unit) -> (f64, f64) {
    if value == 0.0 {
        (0.0, if unit == Unit::Percent { 0.01 } else { 1.0 })
    } else if value > 0.0 {
        (0.0, value * 1.25)
    } else {
        (value * 1.25, 0.0)
    }
}

/// The round step that cuts `span` into about `wanted` parts.
fn step(span: f64, unit: Unit, wanted: usize) -> f64 {
    const DAYS_OF_HOURS: [f64; 9] = [6.0, 12.0, 24.0, 48.0, 72.0, 120.0, 240.0, 480.0, 720.0];
    let rough = span / wanted.max(1) as f64;
    let days = DAYS_OF_HOURS.iter().find(|&&step| step >= rough * 0.75);
    if let Some(&step) = days.filter(|_| unit == Unit::Hours && rough > 4.0) {
        return step;
    }
    let magnitude = 10.0_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * magnitude >= rough * 0.75);
    factor.unwrap_or(10.0) * magnitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_covers_its_values_with_round_ticks() {
        let (low, high, ticks) = axis((0.002, 0.047), Unit::Percent, 5);
        assert!(low <= 0.0 && high >= 0.047);
        assert!((ticks.step - 0.01).abs() < 1e-12);
    }

    #[test]
    fn a_constant_series_has_an_axis() {
        for value in [0.0, 7.0, -3.0, 1e-9, 1e12, 1e300, 1e-300] {
            let (low, high, ticks) = axis((value, value), Unit::Count, 5);
            assert!(low < high && (low..=high).contains(&value), "{value}: {low} {high}");
            assert!(ticks.values.len() >= 2 && ticks.values.len() < 12);
        }
    }

    #[test]
    fn values_far_from_zero_get_their_own_range() {
        let (low, _, _) = axis((0.95, 1.0), Unit::Percent, 5);
        assert!(low > 0.8);
    }

    #[test]
    fn an_axis_of_shares_ends_at_all_of_them() {
        for bounds in [(1.0, 1.0), (0.0, 1.0), (0.93, 1.0), (0.4, 0.97)] {
            let (low, high, ticks) = axis(bounds, Unit::Percent, 5);
            assert!(low >= 0.0 && high <= 1.0 && bounds.1 <= high, "{bounds:?}: {low} {high}");
            assert!(ticks.values.len() >= 2 && ticks.values.iter().all(|&value| value <= 1.0 + 1e-9));
        }
        assert!(axis((0.5, 1.4), Unit::Percent, 5).1 >= 1.4);
    }

    #[test]
    fn an_interval_just_below_zero_does_not_open_a_negative_step() {
        let (low, high, ticks) = axis((-0.2, 2.9), Unit::Count, 4);
        assert!(low < -0.2 && low > -0.5 && high >= 2.9);
        assert!(ticks.values[0].abs() < 1e-12);
    }

    #[test]
    fn missing_values_do_not_count() {
        assert_eq!(extent([f64::NAN, 2.0, f64::INFINITY, 1.0]), Some((1.0, 2.0)));
        assert_eq!(extent([f64::NAN]), None);
    }

    #[test]
    fn hours_step_by_days() {
        assert!((ticks_within((0.0, 240.0), Unit::Hours, 6).step - 48.0).abs() < 1e-12);
    }

    #[test]
    fn a_single_day_has_one_tick() {
        assert_eq!(ticks_within((3.0, 3.0), Unit::Count, 6).values, [3.0]);
    }
}
