//! Settings that a study's factors hide at every point.

use super::definition::Study;
use super::factor::Factor;
use super::factor_conflicts::{has_any_of, settings};
use crate::scenario::layers::assign::split;
use crate::scenario::layers::assign::values_at;
use crate::scenario::text::error::{ScenarioError, ScenarioErrors};
use crate::scenario::text::node::Node;
use crate::scenario::text::place::Place;

impl Study {
    /// Refuses settings, each `KEY=VALUE`, of which no point would show anything because a factor sets the same key.
    ///
    /// # Errors
    /// Each setting that a factor hides, with the factor.
    pub fn reject_hidden(&self, settings: &[String]) -> Result<(), ScenarioErrors> {
        let keys = settings.iter().filter_map(|setting| Some(split(setting)?.0));
        let keys = keys.map(|key| (key, Place::option("--set", key)));
        let errors = self.hidden(keys);
        if errors.is_empty() { Ok(()) } else { Err(ScenarioErrors::all(errors)) }
    }

    /// Keys with the places where they were set that factors set again at every point.
    pub(crate) fn hidden<'a>(&self, keys: impl Iterator<Item = (&'a str, Place)>) -> Vec<ScenarioError> {
        let base = self.source().document();
        let shows = |document: &Node, key: &str, place: &Place| {
            values_at(document, key).into_iter().any(|node| has_any_of(node, place))
        };
        let mut errors = Vec::new();
        for (key, place) in keys.filter(|(key, place)| shows(base, key, place)) {
            let hides = |factor: &&Factor| {
                let mut document = base.clone();
                let set = settings(0, factor);
                let assigned = set.iter().filter(|setting| setting.assign(&mut document)).count();
                assigned > 0 && !shows(&document, key, &place)
            };
            if let Some(factor) = self.factors.iter().find(hides) {
                let name = &factor.name;
                let message =
                    format!("has no effect: factor {name} sets {key} at every point; remove one of the two");
                errors.push(ScenarioError::new(place, message));
            }
        }
        errors
    }
}
