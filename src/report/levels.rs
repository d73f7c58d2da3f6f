//! The levels of a factor: where they lie along an axis, and how they are written.

use super::frame::TickLabels;
use super::lettering::{self, Weight};
use super::scale;
use super::unit::Unit;

/// The levels of a factor, in the order of each series' values.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Numbers, placed by their value.
    Numeric {
        /// The levels.
        values: Vec<f64>,
        /// How they are written.
        unit: Unit,
    },
    /// Numbers above 0, placed by their logarithm.
    Logarithmic {
        /// The levels.
        values: Vec<f64>,
        /// How they are written.
        unit: Unit,
    },
    /// Names, placed at equal distances; there is nothing between them, so no line joins them.
    Named(Vec<String>),
}

/// The most numeric levels that are labelled each; more have ticks at round numbers.
const MOST_LABELLED: usize = 24;
/// Room beside the first and the last named level, in steps.
pub(super) const HALF_STEP: f64 = 0.45;
/// Tick labels in panels are smaller than in a chart of one plot.
pub(super) const TICK_SIZE: f64 = 9.5;

impl Levels {
    pub(super) fn positions(&self) -> Vec<f64> {
        match self {
            Levels::Numeric { values, .. } => values.clone(),
            Levels::Logarithmic { values, .. } => values.iter().map(|value| value.ln()).collect(),
            Levels::Named(names) => (0..names.len()).map(|index| index as f64).collect(),
        }
    }

    /// Where a value of the factor lies; of names, their place in the list.
    pub(super) fn position(&self, value: f64) -> f64 {
        if let Levels::Logarithmic { .. } = self { value.ln() } else { value }
    }

    /// What stands at a place along x, in words.
    pub(super) fn words(&self, place: f64) -> String {
        match self {
            Levels::Numeric { unit, .. } => unit.value(place),
            Levels::Logarithmic { unit, .. } => unit.value(place.exp()),
            Levels::Named(names) => names.get(place as usize).cloned().unwrap_or_default(),
        }
    }

    /// The range of x; named levels keep room free at both ends, for their labels.
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        let (low, high) = scale::extent(self.positions())?;
        match self {
            Levels::Numeric { .. } | Levels::Logarithmic { .. } => Some((low, high)),
            Levels::Named(_) => Some((low - HALF_STEP, high + HALF_STEP)),
        }
    }

    /// Labels at the levels themselves unless they are many numbers or computed ones, in two rows and shortened where the room between them asks for it.
    pub(super) fn labels(&self, pitch: f64, are_computed: bool) -> TickLabels {
        if let Levels::Logarithmic { values, unit } = self
            && (values.len() > MOST_LABELLED || are_computed)
        {
            let round = logarithmic_ticks(values);
            let words = round.iter().map(|&value| unit.value(value)).collect();
            return TickLabels { values: round.iter().map(|value| value.ln()).collect(), words };
        }
        if let Levels::Numeric { values, unit } = self
            && (values.len() > MOST_LABELLED || are_computed)
            && let Some((low, high)) = self.range()
        {
            let (_, _, mut ticks) = scale::axis((low, high), *unit, 8);
            ticks.values.retain(|value| (low..=high).contains(value));
            return TickLabels::new(&ticks, *unit);
        }
        let words = match self {
            Levels::Numeric { values, unit } | Levels::Logarithmic { values, unit } => {
                values.iter().map(|&value| unit.value(value)).collect()
            }
            Levels::Named(names) => names
                .iter()
                .map(|name| {
                    // A number stays on one row with its unit: the axis leaves out what has no room.
                    if is_quantity(name) {
                        return name.clone();
                    }
                    lettering::wrapped(name, TICK_SIZE, Weight::Regular, pitch - 4.5, 2).join("\n")
                })
                .collect(),
        };
        TickLabels { values: self.positions(), words }
    }
}

/// Whether a name is a number with its unit, such as "12 h".
fn is_quantity(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    matches!(words[..], [number, unit] if number.parse::<f64>().is_ok() && unit.chars().count() <= 3)
}

/// The numbers 1, 2 and 5 of every power of ten between the least and the greatest of some numbers above 0.
fn logarithmic_ticks(values: &[f64]) -> Vec<f64> {
    let Some((low, high)) = scale::extent(values.iter().copied()) else { return Vec::new() };
    let powers = (low.log10().floor() as i32)..=(high.log10().ceil() as i32);
    let steps = if high / low > 1e4 { &[1.0][..] } else { &[1.0, 2.0, 5.0] };
    let ticks = powers.flat_map(|power| steps.iter().map(move |step| step * 10.0_f64.powi(power)));
    ticks.filter(|tick| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(tick)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_on_one_row_with_its_unit_and_names_may_take_two() {
        let labels = |names: &[&str]| {
            let names = names.iter().copied().map(str::to_owned).collect();
            Levels::Named(names).labels(18.0, false).words
        };
        assert_eq!(labels(&["12 h", "5 d"]), ["12 h", "5 d"]);
        assert_eq!(labels(&["all in"]), ["all\nin"]);
    }
}
