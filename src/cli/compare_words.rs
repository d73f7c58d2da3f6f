//! What is said of a comparison, on the terminal and on its page.

use super::outcome::{money_line, origin_line, speed_line};
use super::precision::achieved_text;
use super::session::Timing;
use crate::experiment::{Achieved, Known};
use crate::report::Origin;
use crate::report::compare_page::Compared as ComparedPage;
use crate::scenario::Scenario;

/// What the column of p-values says.
const P_VALUES: &str = "adj. p: probability of a difference at least as large if nothing changed, from paired differences, adjusted by Holm over the \
                        metrics and alternatives of the group.";

/// So many characters has a line of a label.
const LABEL_WIDTH: usize = 24;

/// How precise it got where that was asked for, one line a target.
pub(super) fn precision_lines(names: &[String], achieved: &[(usize, Achieved)]) -> Vec<String> {
    let several = names.len() > 2;
    let line = |(other, achieved): &(usize, Achieved)| {
        let of = if several { format!("{}: ", names[*other]) } else { String::new() };
        format!("{of}{}", achieved_text(achieved, "difference"))
    };
    achieved.iter().map(line).collect()
}

/// How the comparison came about.
pub(super) fn facts(compared: &ComparedPage<'_>, baseline: &Scenario) -> Vec<String> {
    let mut facts = vec![format!(
        "{} pairs of replications over {} days after {} days of warm-up, under common random numbers.",
        compared.replications, baseline.world.days, baseline.world.warm_up_days
    )];
    facts.extend(saved_line(compared));
    facts.extend(compared.precision.iter().cloned());
    facts.push(P_VALUES.to_owned());
    facts
}

/// What common random numbers saved.
fn saved_line(compared: &ComparedPage<'_>) -> Option<String> {
    let saved = compared.saved()?;
    Some(format!(
        "Pairing: independent draws would take {saved:.1} times as many replications for the same intervals (median over \
         the metrics of the world)."
    ))
}

/// What is told: the inputs that differ, the finding, the numbers, what pairing saved, and the speed.
pub(super) fn told(
    compared: &ComparedPage<'_>,
    origin: &Origin,
    known: &[Known],
    orders: u64,
    timing: Timing,
) -> String {
    let baseline = &compared.scenarios[0].world;
    let mut lines = vec![format!(
        "{}: {} days, {} pairs of replications, seed {}",
        compared.name, baseline.days, compared.replications, baseline.seed
    )];
    lines.extend(origin_line(origin));
    lines.extend(compared.input_lines().into_iter().map(|line| format!("  {line}")));
    lines.push(String::new());
    lines.extend(compared.findings());
    for other in 1..compared.names.len() {
        lines.push(String::new());
        if compared.names.len() > 2 {
            lines.push(compared.names[other].clone());
        }
        lines.push(table(compared, other));
    }
    lines.push(String::new());
    lines.push(P_VALUES.to_owned());
    lines.extend(saved_line(compared));
    lines.extend(compared.precision.iter().cloned());
    let mut books = crate::observe::Books::default();
    for known in known {
        books.merge(&known.merged.books);
    }
    lines.push(money_line(&books, "all replications of all scenarios"));
    lines.push(speed_line(orders, timing));
    lines.join("\n")
}

/// Words of a label in lines that leave room for numbers on a terminal of 80 columns.
fn wrapped(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split(' ') {
        let at = lines.len() - 1;
        if lines[at].len() + word.len() > LABEL_WIDTH && !lines[at].trim().is_empty() {
            lines.push(format!("  {word}"));
        } else if lines[at].is_empty() {
            word.clone_into(&mut lines[at]);
        } else {
            lines[at] = format!("{} {word}", lines[at]);
        }
    }
    lines
}

/// The headline numbers of one alternative in columns.
fn table(compared: &ComparedPage<'_>, other: usize) -> String {
    let head = ["", "baseline", "other", "change", "95 % interval", "adj. p"].map(str::to_owned);
    let mut rows = vec![head];
    for row in compared.headline(other) {
        let [before, after, difference, interval, _, p] = ComparedPage::cells(row);
        let mut label = wrapped(row.metric.label()).into_iter();
        rows.push([label.next().unwrap_or_default(), before, after, difference, interval, p]);
        rows.extend(
            label.map(|words| {
                [words, String::new(), String::new(), String::new(), String::new(), String::new()]
            }),
        );
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(
            |(at, (cell, &width))| {
                if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            },
        );
        cells.collect::<Vec<String>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<String>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn a_long_label_goes_on_in_the_next_line() {
        assert_eq!(wrapped("dispute rate"), ["dispute rate"]);
        assert_eq!(
            wrapped("refunded automatically (no response)"),
            ["refunded automatically", "  (no response)"]
        );
    }
}
