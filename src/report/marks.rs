//! What a page says of the points of a chart: where each is drawn, and its words.

use super::unit::Unit;

/// How many points of one chart are told at most.
pub(super) const MOST_MARKS: usize = 1_500;

/// A point of a chart, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it is drawn, in layout units from the upper left corner.
    pub at: (f64, f64),
    /// What it belongs to: a series, a row, a panel.
    pub of: String,
    /// Where it stands along the chart: a day, a level.
    pub x: String,
    /// What it shows, with its unit, and its interval where there is one.
    pub y: String,
    /// The number behind those words, to order by.
    pub value: f64,
}

/// The points of a chart as they are drawn; of very many every second, fourth and so on, in the order of drawing.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    kept: Vec<Mark>,
    seen: usize,
    halvings: u32,
}

impl Marks {
    /// Takes a point whose words are made only if it is kept.
    pub(super) fn add(&mut self, at: (f64, f64), words: impl FnOnce() -> Mark) {
        let is_kept = at.0.is_finite() && at.1.is_finite() && self.seen.is_multiple_of(1 << self.halvings);
        self.seen += 1;
        if !is_kept {
            return;
        }
        self.kept.push(Mark { at, ..words() });
        if self.kept.len() > MOST_MARKS {
            let mut number = 0;
            self.kept.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.halvings += 1;
        }
    }

    /// The points that are told.
    pub fn kept(&self) -> &[Mark] {
        &self.kept
    }

    /// How many there are.
    pub fn seen(&self) -> usize {
        self.seen
    }
}

/// The words of a point; where it is drawn is known to who draws it.
pub(super) fn mark(of: &str, x: impl Into<String>, y: String, value: f64) -> Mark {
    Mark { at: (f64::NAN, f64::NAN), of: of.to_owned(), x: x.into(), y, value }
}

/// A value with its interval, if it has one.
pub(super) fn with_interval(unit: Unit, value: f64, (low, high): (f64, f64)) -> String {
    if low.is_finite() && high.is_finite() && low < high {
        format!("{} ({} to {})", unit.value(value), unit.value(low), unit.value(high))
    } else {
        unit.value(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_points_evenly_spaced_ones_are_kept() {
        let mut marks = Marks::default();
        for number in 0..10_000 {
            marks.add((f64::from(number), 0.0), || mark("all", number.to_string(), String::new(), 0.0));
        }
        assert_eq!(marks.seen(), 10_000);
        let kept: Vec<f64> = marks.kept().iter().map(|mark| mark.at.0).collect();
        assert!(kept.len() <= MOST_MARKS && kept.len() > MOST_MARKS / 2, "{}", kept.len());
        assert!(kept.windows(2).all(|pair| (pair[1] - pair[0] - kept[1]).abs() < 1e-9));
    }

    #[test]
    fn what_is_nowhere_is_not_told_and_an_interval_without_width_neither() {
        let mut marks = Marks::default();
        marks.add((f64::NAN, 1.0), || mark("all", "", String::new(), 0.0));
        assert!(marks.kept().is_empty());
        assert_eq!(with_interval(Unit::Percent, 0.03, (0.02, 0.04)), "3 % (2 % to 4 %)");
        assert_eq!(with_interval(Unit::Count, 12.0, (12.0, 12.0)), "12");
    }
}
