//! Kinds of times: durations, whole days, deadlines, opening hours, weekdays.

use super::plain::Choice;
use crate::scenario::reading::catalogue::{Domain, Shape};
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::text::duration::{
    LONGEST, deadline, deadline_text, duration, duration_text, without_unit,
};
use crate::scenario::text::node::{Item, quoted};
use crate::sim::{DAY_SECONDS, SimDuration, Span, Weekday};

/// Weekdays by name.
pub(crate) const WEEKDAY: Choice<Weekday> = Choice(&[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
]);

/// The text of a duration; a bare number has no unit.
pub(crate) fn duration_at<T>(
    cursor: &Cursor<'_>,
    expected: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    match &cursor.node.item {
        Item::Text(text) => parse(text).map_err(|problem| cursor.fail::<T>(&problem)).ok(),
        Item::Whole(_) | Item::Number(_) => cursor.fail(&without_unit(&cursor.node.item.show())),
        _ => cursor.wrong_type(expected),
    }
}

/// An elapsed time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Duration;

impl Kind for Duration {
    type Value = SimDuration;

    fn expects(&self) -> String {
        "a duration such as \"5d\"".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Duration
    }

    fn example(&self) -> SimDuration {
        SimDuration::from_days(5)
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<SimDuration> {
        duration_at(cursor, &self.expects(), duration)
    }

    fn write(&self, value: &SimDuration) -> String {
        quoted(&duration_text(*value))
    }
}

/// An elapsed time in whole days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    /// Most days.
    pub(crate) max: i64,
}

/// A trailing window or a period between two looks at a seller.
pub(crate) const WINDOW: Days = Days { max: 365 };

/// The length of a suspension.
pub(crate) const FREEZE: Days = Days { max: LONGEST.0 / DAY_SECONDS };

impl Kind for Days {
    type Value = i64;

    fn expects(&self) -> String {
        format!("a duration in whole days, \"1d\" to \"{}d\"", self.max)
    }

    fn shape(&self) -> Shape {
        Shape::Duration
    }

    fn domain(&self) -> Domain {
        Domain::WholeDays { most: self.max }
    }

    fn example(&self) -> i64 {
        30
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<i64> {
        let SimDuration(seconds) = duration_at(cursor, &self.expects(), duration)?;
        if seconds % DAY_SECONDS != 0 || !(1..=self.max).contains(&(seconds / DAY_SECONDS)) {
            return cursor.out_of_range(&self.expects());
        }
        Some(seconds / DAY_SECONDS)
    }

    fn write(&self, value: &i64) -> String {
        quoted(&duration_text(SimDuration::from_days(*value)))
    }
}

/// The lengths of the first, second, ... suspension: one duration in whole days or an array of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Freezes;

impl Kind for Freezes {
    type Value = Vec<SimDuration>;

    fn expects(&self) -> String {
        "a duration in whole days such as \"7d\", or an array of them".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Duration
    }

    fn example(&self) -> Vec<SimDuration> {
        vec![SimDuration::from_days(7)]
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Vec<SimDuration>> {
        let elements = cursor.elements().unwrap_or_else(|| vec![cursor.clone()]);
        if elements.is_empty() {
            return cursor.fail(&format!("is empty: expected {}", self.expects()));
        }
        elements.iter().map(|element| FREEZE.read(element).map(SimDuration::from_days)).collect()
    }

    fn write(&self, value: &Vec<SimDuration>) -> String {
        let shown: Vec<String> = value.iter().map(|length| Duration.write(length)).collect();
        if shown.len() == 1 { shown.concat() } else { format!("[{}]", shown.join(", ")) }
    }
}

/// A deadline: elapsed time, business days, or never.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline;

impl Kind for Deadline {
    type Value = Span;

    fn expects(&self) -> String {
        "a deadline such as \"5d\", \"3 business days\" or \"never\"".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Duration
    }

    fn example(&self) -> Span {
        Span::Elapsed(SimDuration::from_days(5))
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Span> {
        duration_at(cursor, &self.expects(), deadline)
    }

    fn write(&self, value: &Span) -> String {
        quoted(&deadline_text(*value))
    }
}

/// Opening hours, as seconds of the day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hours;

/// Open around the clock.
pub(crate) const ALL_DAY: (u32, u32) = (0, DAY_SECONDS as u32);

impl Kind for Hours {
    type Value = (u32, u32);

    fn expects(&self) -> String {
        "opening hours such as \"09:00-18:00\"".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Text
    }

    fn example(&self) -> (u32, u32) {
        (9 * 3600, 18 * 3600)
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<(u32, u32)> {
        let Some(text) = cursor.node.text() else {
            return cursor.wrong_type(&self.expects());
        };
        let instants = text.split_once('-').and_then(|(from, until)| Some((clock(from)?, clock(until)?)));
        match instants {
            Some((from, until)) if from < until => Some((from, until)),
            Some(_) => cursor.fail("closes before it opens: expected hours of one day"),
            None => cursor.fail(&format!("is not understood: expected {}", self.expects())),
        }
    }

    fn write(&self, (from, until): &(u32, u32)) -> String {
        let clock = |second: u32| format!("{:02}:{:02}", second / 3600, second / 60 % 60);
        quoted(&format!("{}-{}", clock(*from), clock(*until)))
    }
}

/// The second of the day at `HH:MM`, `24:00` included.
fn clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.len() == 2);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let second = hours * 3600 + minutes * 60;
    (minutes < 60 && i64::from(second) <= DAY_SECONDS).then_some(second)
}

/// A set of weekdays.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weekdays;

impl Kind for Weekdays {
    type Value = [bool; 7];

    fn expects(&self) -> String {
        "an array of weekdays such as [\"monday\", \"tuesday\"]".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> [bool; 7] {
        [true; 7]
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<[bool; 7]> {
        let Some(elements) = cursor.elements() else {
            return cursor.wrong_type(&self.expects());
        };
        if elements.is_empty() {
            return cursor.fail(&format!("is empty: expected {}", self.expects()));
        }
        let mut open = [false; 7];
        for element in &elements {
            open[WEEKDAY.read(element)? as usize] = true;
        }
        Some(open)
    }

    fn write(&self, value: &[bool; 7]) -> String {
        let named = Weekday::ALL.iter().filter(|day| value[**day as usize]);
        let shown: Vec<String> = named.map(|day| WEEKDAY.write(day)).collect();
        format!("[{}]", shown.join(", "))
    }
}
