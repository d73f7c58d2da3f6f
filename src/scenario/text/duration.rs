//! Durations and deadlines as text.

use crate::sim::{DAY_SECONDS, SimDuration, Span};

/// The longest duration that a scenario may name.
pub(crate) const LONGEST: SimDuration = SimDuration::from_days(20_000);

/// The most business days that a deadline may have.
const MOST_BUSINESS_DAYS: u16 = 2_000;

/// Units with their seconds, the largest first.
const UNITS: [(&str, i64); 5] =
    [("w", 7 * DAY_SECONDS), ("d", DAY_SECONDS), ("h", 3600), ("m", 60), ("s", 1)];

/// What a number without a unit is told, or a text that is no duration at all.
const NO_DURATION: &str = "is not a duration: write a number and a unit, such as \"5d\"";

/// Reads `"5d"`, `"1.5h"` or `"1d 12h"`.
///
/// # Errors
/// What is wrong, to be written after `KEY = VALUE `.
pub(crate) fn duration(text: &str) -> Result<SimDuration, String> {
    if is_business_days(text) {
        return Err(
            "counts business days, which only a deadline may: write elapsed time such as \"5d\"".into()
        );
    }
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(NO_DURATION.into());
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let number_length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_length);
        let Ok(number) = number.parse::<f64>() else {
            return Err(NO_DURATION.into());
        };
        let after = after.trim_start();
        let unit_length = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_length);
        if unit.is_empty() {
            return Err(without_unit(text));
        }
        let Some(&(_, length)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(format!("has the unknown unit \"{unit}\": units are s, m, h, d, w"));
        };
        seconds += number * length as f64;
        rest = next.trim_start();
    }
    if seconds > LONGEST.0 as f64 {
        return Err("is too long: the longest duration is \"20000d\"".into());
    }
    let whole = seconds.round();
    if (seconds - whole).abs() > 1e-6 {
        let near = duration_text(SimDuration(whole as i64));
        return Err(format!("is not a whole number of seconds: the nearest is \"{near}\""));
    }
    Ok(SimDuration(whole as i64))
}

/// What is said of a text in which a unit is missing. What it proposes is a duration.
pub(crate) fn without_unit(text: &str) -> String {
    let text = text.trim();
    let point = text.replace(',', ".");
    if point != text && duration(&point).is_ok() {
        return format!("has a decimal comma: write \"{point}\"");
    }
    if let Some(length) = clock(text) {
        return format!("is a time of day: a duration has units, write \"{}\"", duration_text(length));
    }
    match format!("{point}d") {
        days if days.bytes().filter(u8::is_ascii_alphabetic).count() == 1 && duration(&days).is_ok() => {
            format!("has no unit: write \"{days}\" for days")
        }
        _ => NO_DURATION.to_owned(),
    }
}

/// The elapsed time that `HH:MM` or `HH:MM:SS` would be.
fn clock(text: &str) -> Option<SimDuration> {
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let seconds = match parts[..] {
        [hours @ 0..=480_000, minutes @ 0..60] => hours * 3600 + minutes * 60,
        [hours @ 0..480_000, minutes @ 0..60, seconds @ 0..60] => hours * 3600 + minutes * 60 + seconds,
        _ => return None,
    };
    Some(SimDuration(seconds)).filter(|length| *length <= LONGEST)
}

/// Reads what [`duration`] does, `"3 business days"` and `"never"`.
///
/// # Errors
/// As [`duration`].
pub(crate) fn deadline(text: &str) -> Result<Span, String> {
    if text.trim() == "never" {
        return Ok(Span::Never);
    }
    if !is_business_days(text) {
        return duration(text).map(Span::Elapsed);
    }
    let count = text.split_whitespace().next().unwrap_or_default();
    match count.parse() {
        Ok(days @ 1..=MOST_BUSINESS_DAYS) => Ok(Span::BusinessDays(days)),
        _ => Err(format!("is out of range: write 1 to {MOST_BUSINESS_DAYS} business days, in whole days")),
    }
}

/// Whether the text ends in `business days`.
fn is_business_days(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    matches!(words[..], [_, "business", "day" | "days"])
}

/// The canonical text of a duration: days, hours, minutes and seconds that are not 0.
pub(crate) fn duration_text(duration: SimDuration) -> String {
    let mut left = duration.0;
    let mut parts = Vec::new();
    for (unit, length) in &UNITS[1..] {
        if left / length > 0 {
            parts.push(format!("{}{unit}", left / length));
        }
        left %= length;
    }
    if parts.is_empty() { "0d".to_owned() } else { parts.join(" ") }
}

/// The canonical text of a deadline.
pub(crate) fn deadline_text(deadline: Span) -> String {
    match deadline {
        Span::Elapsed(duration) => duration_text(duration),
        Span::BusinessDays(1) => "1 business day".to_owned(),
        Span::BusinessDays(days) => format!("{days} business days"),
        Span::Never => "never".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up_to_whole_seconds() {
        assert_eq!(duration("1d 12h"), Ok(SimDuration(129_600)));
        assert_eq!(duration("1d12h30m5s"), Ok(SimDuration(131_405)));
        assert_eq!(duration("1.5h"), Ok(SimDuration(5400)));
        assert_eq!(duration("5.755d"), Ok(SimDuration(497_232)));
        assert_eq!(duration(" 2 w "), Ok(SimDuration::from_days(14)));
        assert_eq!(
            duration("0.5s"),
            Err("is not a whole number of seconds: the nearest is \"1s\"".to_owned())
        );
    }

    #[test]
    fn what_is_proposed_for_a_missing_unit_is_a_duration() {
        for (text, proposed) in [
            ("0,5d", "0.5d"),
            ("1d 1,5h", "1d 1.5h"),
            ("5", "5d"),
            ("0,5", "0.5d"),
            ("12:00", "12h"),
            ("02:30:00", "2h 30m"),
            ("00:00", "0d"),
            ("1d 12", "5d"),
            ("1:2:3:4", "5d"),
            ("12:75", "5d"),
            ("480001:00", "5d"),
            ("", "5d"),
            ("x", "5d"),
            ("30000", "5d"),
            ("0.123456789", "5d"),
        ] {
            let said = duration(text).unwrap_err();
            assert_eq!(said.split('"').nth(1), Some(proposed), "{text}: {said}");
            assert!(duration(proposed).is_ok());
        }
    }

    #[test]
    fn a_deadline_may_count_business_days_or_never_come() {
        assert_eq!(deadline("3 business days"), Ok(Span::BusinessDays(3)));
        assert_eq!(deadline("1 business day"), Ok(Span::BusinessDays(1)));
        assert_eq!(deadline("never"), Ok(Span::Never));
        assert_eq!(deadline("48h"), Ok(Span::Elapsed(SimDuration::from_days(2))));
        assert!(deadline("1.5 business days").is_err());
        assert!(duration("3 business days").is_err());
    }

    #[test]
    fn the_canonical_text_reads_back() {
        for seconds in [0, 1, 59, 60, 3600, 86_399, 86_400, 129_600, LONGEST.0] {
            let length = SimDuration(seconds);
            assert_eq!(duration(&duration_text(length)), Ok(length));
        }
    }
}
