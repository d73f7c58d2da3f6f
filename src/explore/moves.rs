//! What the page asks: two settings, checked key by key before anything is simulated.

use super::controls::Control;
use super::sample::{MOST_ORDERS, Sample, orders};
use crate::scenario::{Scenario, ScenarioErrors, Source};
use serde::{Deserialize, Serialize};

/// The most keys of one setting.
pub const MOST_SETTINGS: usize = 64;

/// The most characters of a value.
const MOST_CHARACTERS: usize = 100;

/// Two settings to be compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The setting that differences are taken from.
    pub pinned: Vec<Setting>,
    /// The setting at hand.
    pub current: Vec<Setting>,
    /// Whether the whole world answers instead of a sample of it.
    pub whole: bool,
}

/// One setting to be saved.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saving {
    /// What it sets.
    pub settings: Vec<Setting>,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// One of the controls' keys.
    pub key: String,
    /// Its value.
    pub value: SettingValue,
}

/// A plain value: nothing that a key could read a file by.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// On or off.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A duration, a name, or what was typed.
    Text(String),
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The key, as it was asked for; empty if it is none in particular.
    pub key: String,
    /// What is wrong with it, and the way out.
    pub message: String,
}

impl SettingValue {
    fn to_toml(&self) -> toml::Value {
        match self {
            Self::Flag(flag) => toml::Value::Boolean(*flag),
            Self::Whole(number) => toml::Value::Integer(*number),
            Self::Number(number) => toml::Value::Float(*number),
            Self::Text(text) => toml::Value::String(text.clone()),
        }
    }
}

/// The values of `settings` by key.
///
/// # Errors
/// A key that is no control, is given twice, or has a value that is too long.
pub fn checked(
    settings: &[Setting],
    controls: &[Control],
) -> Result<Vec<(String, toml::Value)>, Vec<Refusal>> {
    let refuse =
        |key: &str, message: &str| vec![Refusal { key: key.to_owned(), message: message.to_owned() }];
    if settings.len() > MOST_SETTINGS {
        return Err(refuse("", &format!("more than {MOST_SETTINGS} keys are set")));
    }
    let mut values: Vec<(String, toml::Value)> = Vec::new();
    for Setting { key, value } in settings {
        let Some(control) = controls.iter().find(|control| control.key == *key) else {
            return Err(refuse("", "one of the keys is none that can be moved"));
        };
        if values.iter().any(|(other, _)| *other == control.key) {
            return Err(refuse(&control.key, "is set twice"));
        }
        if matches!(value, SettingValue::Text(text) if text.chars().count() > MOST_CHARACTERS) {
            return Err(refuse(&control.key, &format!("has more than {MOST_CHARACTERS} characters")));
        }
        values.push((control.key.clone(), value.to_toml()));
    }
    Ok(values)
}

/// The scenario with these values.
///
/// # Errors
/// All that is wrong with them.
pub fn scenario(source: &Source, values: &[(String, toml::Value)]) -> Result<Scenario, ScenarioErrors> {
    let mut source = source.clone();
    let wrong = values.iter().filter_map(|(key, value)| source.set_value(key, value).err());
    match wrong.reduce(ScenarioErrors::and) {
        Some(errors) => Err(errors),
        None => source.resolve(),
    }
}

/// The values of a setting, once its world is known to be valid and small enough.
///
/// # Errors
/// What is wrong, key by key.
pub fn accepted(
    source: &Source,
    settings: &[Setting],
    controls: &[Control],
    sample: &Sample,
    base: &Scenario,
) -> Result<Vec<(String, toml::Value)>, Vec<Refusal>> {
    let mut values = checked(settings, controls)?;
    let valid = scenario(source, &values).map_err(|errors| refusals(&errors, &values))?;
    values.extend(sample.settings(&base.world));
    let share = sample.orders / orders(&base.world);
    let expected = orders(&valid.world) * share * f64::from(sample.first_replications);
    if expected > MOST_ORDERS {
        let message = format!(
            "the first answer would take {:.0} million orders, and at most {:.0} million are simulated here: use redress compare",
            expected / 1e6,
            MOST_ORDERS / 1e6
        );
        return Err(vec![Refusal { key: String::new(), message }]);
    }
    Ok(values)
}

/// What the reader of scenarios says, with the keys that it says it of.
pub fn refusals(errors: &ScenarioErrors, values: &[(String, toml::Value)]) -> Vec<Refusal> {
    let refusal = |error: &crate::scenario::ScenarioError| {
        let place = error.place();
        let named = place.strip_prefix("--set ").map(str::trim);
        let key = values.iter().map(|(key, _)| key).find(|key| named == Some(key.as_str()));
        Refusal { key: key.cloned().unwrap_or_default(), message: error.message().to_owned() }
    };
    errors.iter().map(refusal).collect()
}
