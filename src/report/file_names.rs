//! Names of files that are made of names of factors and segments.

use super::run_charts::NamedChart;
use crate::export::LONGEST_FILE_NAME;
use std::collections::BTreeSet;

/// Room for a number that tells names apart.
const NUMBER_ROOM: usize = 12;

/// Gives every chart a file name of its own, whatever the script, letter case and punctuation of the words in it, on any
/// file system: letters and digits in lower case with underscores between words. A name that would be cut, that another
/// chart has, or that has letters which file systems spell in several ways, ends with the chart's place in the list.
pub(super) fn tell_apart(charts: &mut [NamedChart]) {
    let mut taken = BTreeSet::new();
    for (place, chart) in charts.iter_mut().enumerate() {
        let plain = file_name(&chart.name);
        let (short, number) = (cut(&plain), place + 1);
        let is_plain = plain.is_ascii() && plain == short && !plain.is_empty();
        let mut name = if is_plain { plain.clone() } else { format!("{short}_{number}") };
        while !taken.insert(name.clone()) {
            name = if name == plain { format!("{short}_{number}") } else { format!("{name}_{number}") };
        }
        chart.name = name;
    }
}

/// Letters and digits in lower case, with underscores between words.
fn file_name(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<&str>>().join("_")
}

/// As much of a name as leaves room for a number.
fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(LONGEST_FILE_NAME - NUMBER_ROOM)]
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::example;
    use super::*;

    fn told_apart(names: &[&str]) -> Vec<String> {
        let chart = || example(3).into();
        let mut charts: Vec<NamedChart> =
            names.iter().map(|name| NamedChart { name: (*name).to_owned(), chart: chart() }).collect();
        tell_apart(&mut charts);
        charts.into_iter().map(|chart| chart.name).collect()
    }

    #[test]
    fn plain_names_are_kept_and_punctuation_is_left_out() {
        let names = told_apart(&["curves_sellers[*].response.delay", "heat_map_all sellers", "curves_[]"]);
        assert_eq!(names, ["curves_sellers_response_delay", "heat_map_all_sellers", "curves"]);
    }

    #[test]
    fn names_of_any_script_case_and_punctuation_are_told_apart_where_case_is_not() {
        let long = "x".repeat(300);
        let names = [
            "задержка",
            "доля",
            "Доля",
            "延迟",
            "é",
            "e\u{301}",
            "a",
            "A",
            "a!",
            "a_8",
            "a 8",
            "[]",
            "()",
            "\u{212a}",
            "k",
            &long,
            &format!("{long}y"),
            &"я".repeat(300),
        ];
        let told = told_apart(&names);
        let distinct: BTreeSet<String> = told.iter().map(|name| name.to_uppercase().to_lowercase()).collect();
        assert_eq!(distinct.len(), names.len(), "{told:?}");
        assert!(told.iter().all(|name| name.len() <= LONGEST_FILE_NAME && !name.is_empty()), "{told:?}");
        assert_eq!(told[..2], ["задержка_1", "доля_2"]);
        assert_eq!(told[6..8], ["a", "a_8"]);
    }
}
