//! Intervals of numbers or durations.

use crate::scenario::text::duration::{duration, duration_text};
use crate::scenario::text::node::Item;
use crate::scenario::text::place::Place;
use crate::sim::SimDuration;
use std::path::Path;

/// The most points of one range.
const MOST_POINTS: usize = 10_000;

/// An interval, perhaps with a number of points.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    /// Where it was written.
    pub(crate) place: Place,
    low: f64,
    high: f64,
    unit: Unit,
    spacing: Spacing,
    /// The number of points, ends included.
    pub(crate) count: Option<usize>,
}

/// Where the points of a range lie.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spacing {
    /// The same difference from one to the next.
    Even,
    /// The same ratio from one to the next.
    Logarithmic,
    /// This difference from one to the next, from the low end on.
    Step(f64),
}

/// What the ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Number,
    Seconds,
}

impl Default for Range {
    fn default() -> Self {
        Self {
            place: Place::file(Path::new("")),
            low: 0.0,
            high: 1.0,
            unit: Unit::Number,
            spacing: Spacing::Even,
            count: Some(2),
        }
    }
}

/// How a range is written.
const WORDS: &str = "is not a range: write \"0.1..0.5/5\", \"12h..7d/6\", \"0.1..0.5 step 0.1\" or, with equal ratios, \"1h..8d/6 log\"";

impl Range {
    /// Reads `a..b/n` or `a..b`, either followed by `log`, or `a..b step s`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let malformed = || WORDS.to_owned();
        let (text, is_logarithmic) = match text.trim().strip_suffix("log") {
            Some(text) => (text.trim_end(), true),
            None => (text, false),
        };
        let (text, step) = match text.split_once("step") {
            Some((text, step)) => (text.trim_end(), Some(end(step).ok_or_else(malformed)?)),
            None => (text, None),
        };
        let (ends, count) = match text.split_once('/') {
            Some((ends, count)) => (ends, Some(count.trim().parse::<usize>().map_err(|_| malformed())?)),
            None => (text, None),
        };
        let (low, high) = ends.split_once("..").ok_or_else(malformed)?;
        let (low, unit) = end(low).ok_or_else(malformed)?;
        let (high, high_unit) = end(high).ok_or_else(malformed)?;
        if unit != high_unit || step.is_some_and(|(_, step_unit)| step_unit != unit) {
            return Err("mixes a number and a duration: give all the same unit".to_owned());
        }
        if low >= high {
            return Err("is empty: the first end must be below the second".to_owned());
        }
        if is_logarithmic && low <= 0.0 {
            return Err("has no logarithmic points: the first end must be above 0".to_owned());
        }
        let (spacing, count) = match step {
            Some(_) if is_logarithmic || count.is_some() => {
                return Err("has a step and another spacing: give one of them".to_owned());
            }
            Some((step, _)) if step <= 0.0 => return Err("has a step that is not above 0".to_owned()),
            // Ends that are a rounding error short of a whole number of steps belong to it.
            Some((step, _)) => (Spacing::Step(step), Some(((high - low) / step + 1e-9).floor() as usize + 1)),
            None if is_logarithmic => (Spacing::Logarithmic, count),
            None => (Spacing::Even, count),
        };
        if count.is_some_and(|count| !(2..=MOST_POINTS).contains(&count)) {
            return Err(format!("is out of range: a range has 2 to {MOST_POINTS} points"));
        }
        Ok(Self { low, high, unit, spacing, count, ..Self::default() })
    }

    /// Whether its points are of equal ratios.
    pub(crate) fn is_logarithmic(&self) -> bool {
        self.spacing == Spacing::Logarithmic
    }

    /// The same range, written at `place`.
    pub(crate) fn written_at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The points of a grid, in ascending order.
    pub(crate) fn grid(&self) -> Vec<Item> {
        let count = self.count.unwrap_or(2);
        let value = |index: usize| match self.spacing {
            Spacing::Step(step) => self.low + step * index as f64,
            _ if index + 1 == count => self.high,
            _ => self.between(index as f64 / (count - 1) as f64),
        };
        (0..count).map(|index| self.item(value(index))).collect()
    }

    /// The point at a share of the interval; whole numbers have equal chances.
    pub(crate) fn at(&self, u: f64, whole: bool) -> Item {
        if whole && self.unit == Unit::Number {
            let (low, high) = (self.low.ceil(), self.high.floor());
            return Item::Whole((low + (u * (high - low + 1.0)).floor()).min(high) as i64);
        }
        let value = self.between(u);
        match self.unit {
            Unit::Number => Item::Number(rounded(value)),
            Unit::Seconds => self.item(value),
        }
    }

    fn between(&self, u: f64) -> f64 {
        match self.spacing {
            Spacing::Logarithmic => self.low * (self.high / self.low).powf(u),
            Spacing::Even | Spacing::Step(_) => self.low + (self.high - self.low) * u,
        }
    }

    fn item(&self, value: f64) -> Item {
        let number = rounded(value);
        match self.unit {
            Unit::Seconds => Item::Text(duration_text(SimDuration(value.round() as i64))),
            Unit::Number if number.fract().abs() < f64::EPSILON && number.abs() < 1e15 => {
                Item::Whole(number as i64)
            }
            Unit::Number => Item::Number(number),
        }
    }
}

/// One end: a finite number or a duration in seconds.
fn end(text: &str) -> Option<(f64, Unit)> {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(number) => number.is_finite().then_some((number, Unit::Number)),
        Err(_) => duration(text).ok().map(|length| (length.0 as f64, Unit::Seconds)),
    }
}

/// Twelve significant digits, so that a third of the way from 0.1 to 0.4 is 0.2.
fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Vec<String> {
        Range::parse(text).unwrap().grid().iter().map(Item::show).collect()
    }

    #[test]
    fn logarithmic_points_have_equal_ratios() {
        assert_eq!(grid("1..100/3 log"), ["1", "10", "100"]);
        assert_eq!(grid("6h..4d/5 log"), ["\"6h\"", "\"12h\"", "\"1d\"", "\"2d\"", "\"4d\""]);
        assert_eq!(Range::parse("1..100 log").unwrap().at(0.5, false).show(), "10.0");
    }

    #[test]
    fn steps_begin_at_the_low_end_and_reach_the_high_one_if_they_can() {
        assert_eq!(grid("0.1..0.5 step 0.1"), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(grid("1d..6d step 2d"), ["\"1d\"", "\"3d\"", "\"5d\""]);
    }

    #[test]
    fn a_range_that_makes_no_sense_says_why() {
        for (text, problem) in [
            ("0..1/3 log", "has no logarithmic points: the first end must be above 0"),
            ("1..2/3 step 1", "has a step and another spacing: give one of them"),
            ("1..2 step 0", "has a step that is not above 0"),
            ("1..2 step 1d", "mixes a number and a duration: give all the same unit"),
            ("1..2 step 5", "is out of range: a range has 2 to 10000 points"),
            ("1..9 logarithm", WORDS),
        ] {
            assert_eq!(Range::parse(text).unwrap_err(), problem, "{text}");
        }
    }
}
