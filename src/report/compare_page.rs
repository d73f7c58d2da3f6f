//! The charts and the page of a comparison, as files.

use super::finding::{difference_text, findings, is_clear, range_text};
use super::forest::{Forest, ForestRow, Verdict};
use super::headline::{HEADLINE, people};
use super::page::{Page, Table};
use super::run_charts::NamedChart;
use super::run_page::{identity, sentences, write_all};
use super::{Heading, Origin, Unit};
use crate::experiment::{ComparisonRow, Scope};
use crate::export::{ExportError, RunDirectory};
use crate::observe::Books;
use crate::scenario::{KeyDifference, Scenario};

/// What a comparison is of.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    /// What results are called.
    pub name: String,
    /// The scenarios, the baseline first.
    pub scenarios: &'a [Scenario],
    /// What each is called.
    pub names: &'a [String],
    /// In which inputs each alternative differs from the baseline.
    pub inputs: &'a [Vec<KeyDifference>],
    /// Replications of each.
    pub replications: usize,
    /// What was asked for and reached, in words; empty without targets.
    pub precision: Vec<String>,
    /// Every metric and group.
    pub rows: &'a [ComparisonRow],
}

impl Compared<'_> {
    /// What each alternative changes, in sentences.
    pub fn findings(&self) -> Vec<String> {
        let days = self.scenarios[0].world.days;
        (1..self.names.len()).flat_map(|other| findings(self.rows, other, &self.names[other], days)).collect()
    }

    /// In which inputs the alternatives differ, one line each.
    pub fn input_lines(&self) -> Vec<String> {
        let value = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let several = self.names.len() > 2;
        let line = |name: &str, difference: &KeyDifference| {
            let of = if several { format!(" ({name})") } else { String::new() };
            format!(
                "{}: {}{of}",
                difference.key,
                change_text(&value(&difference.first), &value(&difference.second))
            )
        };
        let each = self.names[1..].iter().zip(self.inputs);
        each.flat_map(|(name, inputs)| inputs.iter().map(move |input| line(name, input))).collect()
    }

    /// How many times as many replications independent draws would have taken: the median over the metrics of the world.
    pub fn saved(&self) -> Option<f64> {
        let of_world = self.rows.iter().filter(|row| row.group.scope == Scope::World);
        let mut ratios: Vec<f64> = of_world.filter_map(ComparisonRow::variance_ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied()
    }

    /// The headline metrics of the world in one alternative.
    pub fn headline(&self, other: usize) -> impl Iterator<Item = &ComparisonRow> {
        HEADLINE.iter().filter_map(move |name| {
            self.rows
                .iter()
                .find(|row| row.other == other && row.group.scope == Scope::World && row.metric.name == *name)
        })
    }

    /// Cells of a headline row: baseline, alternative, difference, its interval, share of the baseline, adjusted p-value.
    pub fn cells(row: &ComparisonRow) -> [String; 6] {
        let unit = row.metric.unit;
        let dash = || "-".to_owned();
        let mean = |estimate: &Option<crate::stats::Estimate>| {
            estimate.as_ref().map_or_else(dash, |estimate| people(estimate.mean, unit))
        };
        let found = row.difference.as_ref();
        let interval = found.and_then(|found| found.interval.ends());
        let interval = interval.map_or_else(String::new, |(low, high)| range_text(low, high, unit));
        let relative =
            row.relative().map_or_else(String::new, |share| signed(&format!("{:.1} %", share * 100.0)));
        let p = match row.p_adjusted {
            Some(p) if p < 0.001 => "< 0.001".to_owned(),
            Some(p) => format!("{p:.3}"),
            None => String::new(),
        };
        let difference = found.map_or_else(dash, |found| signed(&difference_text(found.mean, unit)));
        [mean(&row.baseline), mean(&row.alternative), difference, interval, relative, p]
    }

    /// Draws the charts and writes `report.html`.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(
        &self,
        directory: &RunDirectory,
        method: Vec<String>,
        origin: &Origin,
        books: Books,
    ) -> Result<(), ExportError> {
        let charts: Vec<NamedChart> = (1..self.names.len()).map(|other| self.forest(other)).collect();
        let mut rows = Vec::new();
        for other in 1..self.names.len() {
            for row in self.headline(other) {
                let name = if self.names.len() > 2 {
                    format!("{}: {}", self.names[other], row.metric.label())
                } else {
                    row.metric.label().to_owned()
                };
                rows.push(std::iter::once(name).chain(Self::cells(row)).collect());
            }
        }
        let columns = [
            "metric",
            "baseline",
            "alternative",
            "difference",
            "95 % interval, paired",
            "of baseline",
            "p, adjusted",
        ];
        let baseline = &self.scenarios[0];
        let table = Table {
            title: "Headline numbers".to_owned(),
            caption: format!(
                "Means per replication of {} days; differences are paired, replication by replication; money in currency units, \
                 differences of shares in percentage points. compare.csv has every metric and group.",
                baseline.world.days
            ),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
            has_words: false,
        };
        let page = Page {
            kind: "Comparison of scenarios",
            title: self.name.clone(),
            description: String::new(),
            findings: self.findings(),
            picture: 0,
            tables: vec![table],
            settings: sentences(origin),
            differences: Some(self.differences()),
            method,
            identity: identity(Some(baseline.world.seed), "baseline SHA-256", &baseline.hash),
            command: origin.command.clone(),
            scenario_title: "The full configuration of the baseline",
            scenario: baseline.resolved.clone(),
            audit: Some((books, "all replications of all scenarios")),
        };
        write_all(directory, &page, &charts)
    }

    /// The inputs in which the alternatives differ from the baseline.
    fn differences(&self) -> Table {
        let value = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let several = self.names.len() > 2;
        let mut rows = Vec::new();
        for (name, inputs) in self.names[1..].iter().zip(self.inputs) {
            for input in inputs {
                let cells = [input.key.clone(), value(&input.first), value(&input.second)];
                rows.push(cells.into_iter().chain(several.then(|| name.clone())).collect());
            }
        }
        let columns = ["key", "baseline", "alternative"].into_iter().chain(several.then_some("in"));
        Table {
            title: "Differences from the baseline".to_owned(),
            caption: format!(
                "Every key in which the full configurations differ; the baseline is {}.",
                self.names[0]
            ),
            columns: columns.map(str::to_owned).collect(),
            rows,
            has_words: true,
        }
    }

    /// The differences of an alternative, drawn with their intervals.
    pub fn forest(&self, other: usize) -> NamedChart {
        let row = |row: &ComparisonRow| {
            let found = row.difference.as_ref();
            let scale = row.baseline.as_ref().map_or(f64::NAN, |estimate| estimate.mean.abs());
            let share = |value: f64| if scale > 0.0 { value / scale } else { f64::NAN };
            let ends = found.and_then(|found| found.interval.ends()).unwrap_or((f64::NAN, f64::NAN));
            let value = found.map_or(f64::NAN, |found| found.mean);
            let verdict = match (is_clear(row), value < 0.0) {
                (false, _) => Verdict::Unclear,
                (true, true) => Verdict::Lower,
                (true, false) => Verdict::Higher,
            };
            let [before, after, difference, ..] = Self::cells(row);
            ForestRow {
                name: row.metric.label().to_owned(),
                value: share(value),
                low: share(ends.0),
                high: share(ends.1),
                words: format!("{difference} ({before} to {after})"),
                verdict,
            }
        };
        let name = &self.names[other];
        let clear = self.headline(other).filter(|row| is_clear(row)).count();
        let title = match clear {
            0 => format!("No headline number differs beyond chance at {} replications", self.replications),
            _ => format!("{clear} of {} headline numbers differ beyond chance", self.headline(other).count()),
        };
        let subtitle = format!(
            "{name} less {}; means over {} pairs of replications with paired 95 % intervals; coloured where Holm's adjusted \
             p is below 0.05",
            self.names[0], self.replications
        );
        let chart = Forest {
            heading: Heading::new(title, subtitle).if_empty("no metric is defined in both"),
            x_title: "difference, % of the baseline's mean".to_owned(),
            unit: Unit::Percent,
            rows: self.headline(other).map(row).collect(),
        };
        let file =
            if self.names.len() > 2 { format!("differences_{other}") } else { "differences".to_owned() };
        NamedChart { name: file, chart: chart.into() }
    }
}

/// One value and the other; of tables, what is the same in both once.
fn change_text(first: &str, second: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.split(' ').collect(), second.split(' ').collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let begin = a.iter().zip(&b).take_while(same).count();
    let end = a[begin..].iter().rev().zip(b[begin..].iter().rev()).take_while(same).count();
    let middle = |words: &[&str]| words[begin..words.len() - end].join(" ");
    let (mine, theirs, rest) = (middle(&a), middle(&b), a[a.len() - end..].join(" "));
    if begin == 0 || end == 0 || !is_closed(&mine) || !is_closed(&theirs) {
        return format!("{first} -> {second}");
    }
    format!("{} {} -> {theirs} {rest}", a[..begin].join(" "), mine.trim_end_matches(','))
}

/// Whether every brace and bracket that is opened is closed again, and none else.
fn is_closed(text: &str) -> bool {
    let mut depth = 0;
    let steps = text.chars().map(|character| match character {
        '{' | '[' => 1,
        '}' | ']' => -1,
        _ => 0,
    });
    let is_inside = steps.into_iter().all(|step| {
        depth += step;
        depth >= 0
    });
    is_inside && depth == 0
}

/// A number with its sign.
fn signed(text: &str) -> String {
    let is_zero = !text.chars().any(|digit| ('1'..='9').contains(&digit));
    if text.starts_with(['-', '\u{2212}']) || is_zero { text.to_owned() } else { format!("+{text}") }
}

#[cfg(test)]
mod tests {
    use super::change_text;

    #[test]
    fn of_two_tables_what_is_the_same_is_said_once() {
        let table = |median: &str| format!("{{ lognormal = {{ median = \"{median}\", sigma = 1.0 }} }}");
        assert_eq!(
            change_text(&table("1d 12h"), &table("18h")),
            "{ lognormal = { median = \"1d 12h\" -> \"18h\", sigma = 1.0 } }"
        );
        let other = "{ exponential = { mean = \"1d\" } }";
        assert_eq!(change_text(&table("18h"), other), format!("{} -> {other}", table("18h")));
        assert_eq!(change_text("0.01", "0.02"), "0.01 -> 0.02");
        assert_eq!(change_text("none", &table("18h")), format!("none -> {}", table("18h")));
    }
}
