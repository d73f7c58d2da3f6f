//! Whether a study's factors fit its design.

use super::design::{Design, sobol_points};
use super::factor::{Factor, Levels};
use crate::scenario::kinds::plain::Choice;
use crate::scenario::reading::section::Section;
use crate::scenario::text::error::ScenarioError;
use crate::scenario::text::place::Place;

/// Designs by name.
pub(super) const DESIGN: Choice<Design> = Choice(&[
    ("grid", Design::Grid),
    ("lhs", Design::Lhs),
    ("sobol", Design::Sobol),
    ("list", Design::List),
    ("csv", Design::Csv),
]);

/// The most points that a study may have.
pub(crate) const MOST_POINTS: usize = 100_000;

/// The most values that a study may set in all its points together.
const MOST_SETTINGS: usize = 2_000_000;

/// Reports factors that do not fit the design.
pub(super) fn check_design(root: &Section<'_>, design: Design, points: Option<i64>, factors: &[Factor]) {
    if !matches!(design, Design::Lhs | Design::Sobol) {
        if points.is_some() {
            let has = match design {
                Design::List => "a list has as many as each factor has values",
                Design::Csv => "a file has one a row",
                _ => "a grid has every combination of its values",
            };
            root.report("points", format!("points is for lhs and sobol: {has}"));
        }
        let place = root.place_of("factor");
        let errors = match design {
            Design::Grid => grid_errors(factors, &place),
            _ => list_errors(factors, &place),
        };
        for error in errors {
            root.report_error(error);
        }
        return;
    }
    let name = DESIGN.name(design);
    if points.is_none() && !root.has("points") {
        root.missing("points", "the number of points", "64");
    }
    for factor in factors {
        if !matches!(factor.levels, Levels::Range(_)) {
            let message = format!("factor {} has values: {name} needs range = \"a..b\"", factor.name);
            root.report_at(factor.place.clone(), message);
        }
    }
    let place = root.place_of("factor");
    if let Some(error) = settings_error(points.unwrap_or(0) as usize, factors, &place) {
        root.report_error(error);
    }
    if design == Design::Sobol && sobol_points(0, factors.len()).is_none() {
        root.report("factor", format!("{} factors are too many for sobol: take lhs", factors.len()));
    }
}

/// Ranges without a number of points.
fn endless(factors: &[Factor]) -> Vec<ScenarioError> {
    let error = |factor: &Factor| match &factor.levels {
        Levels::Range(range) if range.count.is_none() => {
            let message = format!(
                "the range of {} has no number of points: write \"a..b/5\" for five (redress sensitivity takes it as it is)",
                factor.name
            );
            Some(ScenarioError::new(range.place.clone(), message))
        }
        _ => None,
    };
    factors.iter().filter_map(error).collect()
}

/// Ranges without a number of points, factors of unequal numbers of values, and too many of them.
fn list_errors(factors: &[Factor], place: &Place) -> Vec<ScenarioError> {
    let mut errors = endless(factors);
    let Some(first) = factors.first().filter(|_| errors.is_empty()) else { return errors };
    let points = first.number_of_levels();
    for factor in factors.iter().filter(|factor| factor.number_of_levels() != points) {
        let message = format!(
            "factor {} has {} values and {} has {points}: in a list all have as many, one a point; grid combines them",
            factor.name,
            factor.number_of_levels(),
            first.name
        );
        errors.push(ScenarioError::new(factor.place.clone(), message));
    }
    if points > MOST_POINTS {
        let message = format!("the list has {points} points: at most {MOST_POINTS} are possible");
        errors.push(ScenarioError::new(place.clone(), message));
    }
    errors.extend(settings_error(points, factors, place).filter(|_| points <= MOST_POINTS));
    errors
}

/// Ranges without a number of points, and too many combinations.
pub(super) fn grid_errors(factors: &[Factor], place: &Place) -> Vec<ScenarioError> {
    let mut errors = endless(factors);
    let levels = |factor: &Factor| match &factor.levels {
        Levels::Values(levels) => levels.len(),
        Levels::Range(range) => range.count.unwrap_or(1),
    };
    let combinations = factors.iter().map(levels).fold(1, usize::saturating_mul);
    if combinations > MOST_POINTS {
        let message = format!("the grid has {combinations} points: at most {MOST_POINTS} are possible");
        errors.push(ScenarioError::new(place.clone(), message));
    } else {
        errors.extend(settings_error(combinations, factors, place));
    }
    errors
}

/// More values to set than memory should hold.
fn settings_error(points: usize, factors: &[Factor], place: &Place) -> Option<ScenarioError> {
    let keys: usize = factors.iter().map(|factor| factor.keys.len()).sum();
    let settings = points.saturating_mul(keys);
    let message = || format!("the study sets {settings} values in all: at most {MOST_SETTINGS} are possible");
    (settings > MOST_SETTINGS).then(|| ScenarioError::new(place.clone(), message()))
}
