//! What is told of a sweep on the terminal.

use super::columns::Columns;
use super::outcome::{money_line, origin_line, speed_line};
use super::session::Timing;
use super::terminal;
use crate::experiment::{Effort, Points, SweepPoint, SweepResult};
use crate::export::study::StudyRecord;
use crate::observe::Metric;
use crate::report::{Origin, headline};
use crate::scenario::Scenario;

/// The most points of the terminal's table; sweep.csv has all.
pub(super) const MOST_ROWS: usize = 30;

/// What a sweep is of, whether a study or a manifest says so.
#[derive(Debug)]
pub(super) struct Swept<'a> {
    pub(super) points: &'a dyn Points,
    /// The scenario of the first point.
    pub(super) first: &'a Scenario,
    pub(super) origin: &'a Origin,
    pub(super) responses: &'a [&'static Metric],
    /// Orders in all, about.
    pub(super) expected: u64,
}

/// What is told of a sweep: its points, the audit, and the speed.
pub(super) fn told(
    name: &str,
    study: &StudyRecord,
    of: &Swept<'_>,
    result: &SweepResult<'_>,
    (points, findings): (&[SweepPoint], &[String]),
    effort: Effort,
    timing: Timing,
) -> String {
    let replications = result.points.iter().map(|point| u64::from(point.replications)).sum();
    let mut lines = vec![format!(
        "{name}: {} design points, {replications} replications of {} days in all",
        result.points.len(),
        of.first.world.days
    )];
    lines.extend(origin_line(of.origin));
    lines.push(String::new());
    lines.extend_from_slice(findings);
    lines.push(String::new());
    lines.push("Means of a replication, in brackets their 95 % intervals:".to_owned());
    let names: Vec<String> = study.factors.iter().map(|factor| factor.name.clone()).collect();
    let table = point_table(&names, points, of.responses).within(terminal::width());
    lines.push(table);
    lines.push(String::new());
    let left = result.points.len().saturating_sub(MOST_ROWS);
    if left > 0 {
        lines.push(format!("Left out: {left} more points, which sweep.csv has."));
    }
    lines.push("All metrics are in sweep.csv, and by segment in sweep_segments.csv.".to_owned());
    if effort.replications_known > 0 {
        lines.push(format!(
            "{} of {} replications were known from before",
            effort.replications_known,
            effort.replications_known + effort.replications
        ));
    }
    lines.push(money_line(&result.books, replications));
    if effort.orders > 0 {
        lines.push(speed_line(effort.orders, timing));
    }
    lines.join("\n")
}

/// One row per point, one column per response.
fn point_table(factors: &[String], points: &[SweepPoint], responses: &[&'static Metric]) -> Columns {
    let responses_of = |point: &SweepPoint| {
        let cell = |metric: &&'static Metric| headline::brief(point.summary.world(metric.name), metric.unit);
        responses.iter().map(cell).collect::<Vec<String>>()
    };
    let row = |point: &SweepPoint| {
        let number = point.point.number.to_string();
        let labels = point.point.labels.iter().map(|label| shortened(label));
        std::iter::once(number).chain(labels).chain(responses_of(point)).collect()
    };
    let head = std::iter::once("point".to_owned()).chain(factors.iter().cloned());
    Columns {
        head: head.chain(responses.iter().map(|metric| headline::label(metric))).collect(),
        rows: points.iter().take(MOST_ROWS).map(row).collect(),
        keys: factors.len() + 1,
    }
}

/// A label with a number of many digits in four of them; sweep.csv has all.
fn shortened(label: &str) -> String {
    const MOST_CHARACTERS: usize = 8;
    match label.parse::<f64>() {
        Ok(number) if label.len() > MOST_CHARACTERS && number.is_finite() && number != 0.0 => {
            let decimals = (3.0 - number.abs().log10().floor()).clamp(0.0, 12.0) as usize;
            format!("{number:.decimals$}")
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn numbers_of_many_digits_are_shown_in_four_and_all_else_as_it_is() {
        let labels = ["0.725769169473", "0.0122376477222", "1234567890123", "0.05", "3d 7h 2m 30s", "true"];
        assert_eq!(
            labels.map(shortened),
            ["0.7258", "0.01224", "1234567890123", "0.05", "3d 7h 2m 30s", "true"]
        );
    }
}
