//! Values of options, and what is said of wrong ones.

use crate::export::TableFormat;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// A whole number from `least`, in words that name what it counts.
fn whole<T: TryFrom<i64>>(text: &str, subject: &str, least: i64, most: i64) -> Result<T, String> {
    let number = text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    let number = number.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| format!("{subject} are whole numbers from {least} to {most}"))
}

/// The formats of tables, of which this build may lack one.
pub(super) fn table_format() -> impl TypedValueParser<Value = TableFormat> {
    PossibleValuesParser::new(TableFormat::ALL.map(TableFormat::name)).try_map(|name| {
        let named = TableFormat::ALL.into_iter().find(|format| format.name() == name);
        named.filter(|format| format.is_built()).ok_or_else(|| {
            format!("this build writes no {name}: build redress with the feature `{name}`, or leave it out")
        })
    })
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text, "seeds", 0, i64::MAX)
}

pub(super) fn days(text: &str) -> Result<u32, String> {
    whole(text, "days", 1, 20_000)
}

pub(super) fn replications(text: &str) -> Result<u32, String> {
    whole(text, "replications", 1, 100_000)
}

/// A finite number above 0.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "expected a number above 0".into())
}
