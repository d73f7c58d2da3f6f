//! What a comparison found, in sentences.

use super::headline::people;
use super::sentence_case::capitalised;
use super::unit::count;
use crate::experiment::{ComparisonRow, Scope};
use crate::observe::metric::Unit;
use crate::stats::{Interval, Reason};

/// What a finding says something about, where it says anything: what became of disputes, of money, of sellers.
const TOLD: [&str; 10] = [
    "disputes_auto_executed",
    "auto_executed_share",
    "dispute_rate",
    "value_refunded",
    "legitimate_claims_unpaid_share",
    "opportunistic_claims_paid_share",
    "seller_days_demoted",
    "seller_days_frozen",
    "orders_lost_to_penalties",
    "orders_cancelled",
];

/// From this adjusted p-value on a difference is not told from none.
pub const LEVEL: f64 = 0.05;

/// Whether a difference is told from none, all metrics and alternatives of its group considered.
pub fn is_clear(row: &ComparisonRow) -> bool {
    row.p_adjusted.is_some_and(|p| p < LEVEL)
}

/// A difference in the unit of its metric; shares in percentage points, money in currency units.
pub fn difference_text(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => people(value, unit).replace(" %", " points"),
        _ => people(value, unit),
    }
}

/// Two ends of an interval, without their unit, which stands beside the difference.
pub fn range_text(low: f64, high: f64, unit: Unit) -> String {
    let plain = |value: f64| {
        difference_text(value, unit).trim_end_matches(" points").trim_end_matches(" h").to_owned()
    };
    format!("{} to {}", plain(low), plain(high))
}

/// What one alternative changes in the world, one sentence per line: first what is told from nothing, then the rest.
pub fn findings(rows: &[ComparisonRow], other: usize, name: &str, days: u32) -> Vec<String> {
    let told: Vec<&ComparisonRow> = TOLD
        .iter()
        .filter_map(|metric| {
            rows.iter().find(|row| {
                row.other == other && row.group.scope == Scope::World && row.metric.name == *metric
            })
        })
        .collect();
    let (clear, unclear): (Vec<&ComparisonRow>, Vec<&ComparisonRow>) =
        told.into_iter().partition(|row| is_clear(row));
    let changes: Vec<String> = clear.into_iter().filter_map(change).collect();
    let mut sentences = if changes.is_empty() {
        let pairs =
            unclear.iter().filter_map(|row| row.difference.as_ref()).map(|found| found.replications).max();
        let mut none = vec![format!(
            "{name}: no headline difference is distinguishable from noise at {} replications.",
            pairs.unwrap_or(0)
        )];
        none.extend(elsewhere(rows, other));
        none
    } else {
        vec![format!(
            "With {name}, per replication of {days} days (in brackets 95 % intervals of the difference):"
        )]
    };
    sentences.extend(changes);
    let compared = family(rows.iter().filter(|row| row.group.scope == Scope::World));
    sentences.extend(unclear.into_iter().filter_map(|row| bound(row, compared)));
    sentences
}

/// What differs beyond chance though no headline number does: the rows of compare.csv by name, direction and means, those of the world
/// first.
fn elsewhere(rows: &[ComparisonRow], other: usize) -> Option<String> {
    const MOST_NAMED: usize = 4;
    let is_told = |row: &ComparisonRow| row.group.scope == Scope::World && TOLD.contains(&row.metric.name);
    let mut clear: Vec<(&ComparisonRow, f64)> = rows
        .iter()
        .filter(|row| row.other == other && is_clear(row) && !is_told(row))
        .filter_map(|row| Some((row, row.difference.as_ref()?.mean)))
        .collect();
    clear.sort_by(|(one, _), (other, _)| {
        let p = |row: &ComparisonRow| row.p_adjusted.unwrap_or(1.0);
        one.group.scope.cmp(&other.group.scope).then(p(one).total_cmp(&p(other)))
    });
    let named = |&(row, difference): &(&ComparisonRow, f64)| {
        let (before, after) = (row.baseline.as_ref()?.mean, row.alternative.as_ref()?.mean);
        let of =
            if row.group.scope == Scope::World { String::new() } else { format!(" ({})", row.group.name) };
        let unit = row.metric.unit;
        let verb = verb(difference < 0.0, row.metric.is_plural());
        let label = row.metric.label();
        Some(format!("{label}{of} {verb} from {} to {}", people(before, unit), people(after, unit)))
    };
    let words: Vec<String> = clear.iter().take(MOST_NAMED).filter_map(named).collect();
    let more = clear.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 {
        format!("; and {more} more, where p_adjusted is below {LEVEL}")
    } else {
        String::new()
    };
    let rows = if clear.len() == 1 {
        "One other row of compare.csv differs"
    } else {
        "Other rows of compare.csv differ"
    };
    (!words.is_empty()).then(|| format!("{rows} beyond chance: {}{more}.", words.join("; ")))
}

/// Over how many comparisons the p-values of rows of one group are adjusted.
pub(super) fn family<'a>(rows: impl Iterator<Item = &'a ComparisonRow>) -> usize {
    rows.filter(|row| row.p_adjusted.is_some()).count()
}

const fn verb(falls: bool, is_plural: bool) -> &'static str {
    match (falls, is_plural) {
        (true, true) => "fall",
        (true, false) => "falls",
        (false, true) => "rise",
        (false, false) => "rises",
    }
}

/// "Disputes refunded automatically (no response) fall by 5,679 (5,182 to 6,219), from 10,617 to 4,938 (-53 %)."
pub(super) fn change(row: &ComparisonRow) -> Option<String> {
    let (found, unit) = (row.difference.as_ref()?, row.metric.unit);
    let (before, after) = (row.baseline.as_ref()?.mean, row.alternative.as_ref()?.mean);
    let Interval::TwoSided { low, high } = found.interval else { return None };
    let falls = found.mean < 0.0;
    let verb = verb(falls, row.metric.is_plural());
    let (near, far) = if falls { (-high, -low) } else { (low, high) };
    let money = if unit == Unit::Cents { " currency units" } else { "" };
    let sign = if falls { '-' } else { '+' };
    let of_it = if unit == Unit::Share { " relative" } else { "" };
    let relative =
        row.relative().map_or_else(String::new, |share| format!(" ({sign}{}{of_it})", percent(share.abs())));
    Some(format!(
        "{} {verb} by {}{money} ({}), from {} to {}{relative}.",
        capitalised(row.metric.label()),
        difference_text(found.mean.abs(), unit),
        range_text(near, far, unit),
        people(before, unit),
        people(after, unit),
    ))
}

/// "Orders lost to penalties: not distinguishable from noise at 10 replications: the difference is -3,675 (-9,119 to 1,769); about 23
/// replications would tell one of that size." Of so many comparisons that its p-value is adjusted over.
pub(super) fn bound(row: &ComparisonRow, comparisons: usize) -> Option<String> {
    let (found, label) = (row.difference.as_ref()?, capitalised(row.metric.label()));
    let enough = found.replications_to_tell(comparisons);
    let enough = enough.map_or_else(String::new, |enough| {
        format!("; about {} replications would tell one of that size", count(enough as usize))
    });
    let why = match found.interval {
        Interval::TwoSided { low, high } => {
            let (excludes_zero, unit) = (low > 0.0 || high < 0.0, row.metric.unit);
            let money = if unit == Unit::Cents { " currency units" } else { "" };
            let is = format!(
                "the difference is {}{money} ({})",
                difference_text(found.mean, unit),
                range_text(low, high, unit)
            );
            if excludes_zero {
                // By itself it would be told from 0; among so many it need not be more than chance.
                let p = row.p_adjusted.map_or_else(String::new, |p| format!(" (adjusted p {p:.2})"));
                return Some(format!(
                    "{label}: {is} by itself, which among {comparisons} comparisons can be chance{p}{enough}."
                ));
            }
            let pairs = found.replications;
            return Some(format!(
                "{label}: not distinguishable from noise at {pairs} replications: {is}{enough}."
            ));
        }
        Interval::Unknown(Reason::OneReplication) => {
            let difference = difference_text(found.mean, row.metric.unit);
            return Some(format!(
                "{label}: {difference} in one pair of replications, which says nothing of chance."
            ));
        }
        _ if found.alike == found.replications => "the same in every replication".to_owned(),
        _ => "too few events to tell".to_owned(),
    };
    Some(format!("{label}: not distinguishable from no change ({why})."))
}

/// A share in percent with two significant digits.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = if percent >= 10.0 {
        0
    } else if percent >= 1.0 {
        1
    } else {
        2
    };
    format!("{percent:.decimals$} %")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Group;
    use crate::observe::Metric;
    use crate::stats::paired::difference;
    use crate::stats::{Estimate, Observation};

    fn row(metric: &str, first: &[f64], second: &[f64], p_adjusted: f64) -> ComparisonRow {
        let metric = Metric::named(metric).unwrap();
        let observed =
            |values: &[f64]| -> Vec<Observation> { values.iter().copied().map(Observation::Value).collect() };
        let some =
            |values: &[f64]| -> Vec<Option<Observation>> { observed(values).into_iter().map(Some).collect() };
        ComparisonRow {
            group: Group { scope: Scope::World, place: 0, name: "all".to_owned(), rules: Vec::new() },
            metric,
            other: 1,
            baseline: Estimate::new(metric.estimator(), &observed(first)),
            alternative: Estimate::new(metric.estimator(), &observed(second)),
            difference: difference(metric.estimator(), &some(first), &some(second)),
            p_adjusted: Some(p_adjusted),
        }
    }

    #[test]
    fn a_finding_is_a_sentence_a_line_with_its_unit_once_and_money_with_its_own() {
        let first = [1000.0, 1010.0, 990.0, 1005.0, 995.0];
        let second = first.map(|value| value * 0.5);
        let cents = first.map(|value| value * 100.0);
        let rows = [
            row("disputes_auto_executed", &first, &second, 0.001),
            row("value_refunded", &cents, &cents.map(|value| value * 1.1), 0.001),
            row("seller_days_frozen", &first, &[1001.0, 1009.0, 991.0, 1003.0, 996.0], 1.0),
        ];
        let found = findings(&rows, 1, "faster", 365);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].starts_with("With faster, per replication of 365 days ("), "{found:?}");
        let begin = "Disputes refunded automatically (no response) fall by 500 (";
        assert!(
            found[1].starts_with(begin) && found[1].ends_with("), from 1,000 to 500 (-50 %)."),
            "{found:?}"
        );
        assert!(found[2].starts_with("Value refunded rises by 100 currency units ("), "{found:?}");
        assert!(
            found[3].starts_with(
                "Seller-days suspended: not distinguishable from noise at 5 replications: the difference is 0 ("
            ),
            "{found:?}"
        );
    }

    #[test]
    fn where_no_headline_differs_the_rows_that_do_are_named_with_direction_and_the_replications_it_takes() {
        let first = [1000.0, 1010.0, 990.0, 1005.0, 995.0];
        let rows = [
            row("disputes_auto_executed", &first, &[1007.0, 1006.0, 994.0, 1009.0, 994.0], 1.0),
            row("disputes_filed", &first, &first.map(|value| value - 100.0), 0.01),
        ];
        let found = findings(&rows, 1, "faster", 60);
        assert_eq!(
            found[0],
            "faster: no headline difference is distinguishable from noise at 5 replications."
        );
        assert_eq!(
            found[1],
            "One other row of compare.csv differs beyond chance: disputes filed fall from 1,000 to 900."
        );
        let begin = "Disputes refunded automatically (no response): not distinguishable from noise at 5 replications: the difference \
                     is 2 (";
        let end = " replications would tell one of that size.";
        assert!(found[2].starts_with(begin) && found[2].ends_with(end), "{found:?}");
    }

    #[test]
    fn both_ends_of_an_interval_have_their_unit_beside_the_difference() {
        assert_eq!(range_text(0.0657, 0.084, Unit::Share), "6.57 to 8.40");
        assert_eq!(range_text(-9.8, -9.1, Unit::Hours), "-9.8 to -9.1");
    }
}
