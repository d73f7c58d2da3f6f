//! Intervals of numbers or durations.

use super::duration::{duration, duration_text};
use super::node::Item;
use super::place::Place;
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
    /// The number of evenly spaced points, ends included.
    pub(crate) count: Option<usize>,
}

/// What the ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Number,
    Seconds,
}

impl Default for Range {
    fn default() -> Self {
        Self { place: Place::file(Path::new("")), low: 0.0, high: 1.0, unit: Unit::Number, count: Some(2) }
    }
}

impl Range {
    /// Reads `a..b/n` or `a..b`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let malformed = || "is not a range: write \"0.1..0.5/5\" or \"12h..7d/6\"".to_owned();
        let (ends, count) = match text.split_once('/') {
            Some((ends, count)) => (ends, Some(count.trim().parse::<usize>().map_err(|_| malformed())?)),
            None => (text, None),
        };
        let (low, high) = ends.split_once("..").ok_or_else(malformed)?;
        let (low, low_unit) = end(low).ok_or_else(malformed)?;
        let (high, high_unit) = end(high).ok_or_else(malformed)?;
        if low_unit != high_unit {
            return Err("mixes a number and a duration: give both ends the same unit".to_owned());
        }
        if low >= high {
            return Err("is empty: the first end must be below the second".to_owned());
        }
        if count.is_some_and(|count| !(2..=MOST_POINTS).contains(&count)) {
            return Err(format!("is out of range: a range has 2 to {MOST_POINTS} points"));
        }
        Ok(Self { low, high, unit: low_unit, count, ..Self::default() })
    }

    /// The same range, written at `place`.
    pub(crate) fn written_at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The evenly spaced points, ends included.
    pub(crate) fn grid(&self) -> Vec<Item> {
        let count = self.count.unwrap_or(2);
        let share = |index: usize| index as f64 / (count - 1) as f64;
        (0..count).map(|index| self.item(self.low + (self.high - self.low) * share(index))).collect()
    }

    /// The point at a share of the interval; whole numbers have equal chances.
    pub(crate) fn at(&self, u: f64, whole: bool) -> Item {
        if whole && self.unit == Unit::Number {
            let (low, high) = (self.low.ceil(), self.high.floor());
            return Item::Whole((low + (u * (high - low + 1.0)).floor()).min(high) as i64);
        }
        let value = self.low + (self.high - self.low) * u;
        match self.unit {
            Unit::Number => Item::Number(rounded(value)),
            Unit::Seconds => self.item(value),
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
