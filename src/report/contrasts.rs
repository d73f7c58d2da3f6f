//! By what the points of a sweep differ: each factor's lowest against its highest level, and opposite corners of two factors, pair by
//! pair. Sentences, titles and the grey of heat maps all say what is judged here, once.

use super::finding::is_clear;
use super::sweep_words::{ascend, is_ordered, is_seed};
use crate::experiment::{ComparisonRow, Scope, StoreError, SweepResult};
use crate::export::study::StudyRecord;
use crate::observe::Metric;
use crate::stats::holm::holm;
use std::collections::{BTreeMap, BTreeSet};

/// Levels that are names are compared with the first; so many at most are told.
const MOST_NAMED: usize = 4;
/// So many factors are compared at most.
const MOST_FACTORS: usize = 6;

/// What a sweep's points differ by, judged once.
#[derive(Clone, Debug, Default)]
pub struct Contrasts {
    pub(super) all: Vec<Contrast>,
}

/// Two finished points and their paired differences.
#[derive(Clone, Debug)]
pub(super) struct Contrast {
    pub(super) ends: Ends,
    /// Responses of the world and of every seller segment; p-values are adjusted over all contrasts and responses of a group.
    pub(super) rows: Vec<ComparisonRow>,
}

/// Two finished points that differ in the levels of one factor alone, or of both where there are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// The places of the factors in which they differ.
    pub(super) factors: Vec<usize>,
    /// Their numbers in the design.
    pub(super) points: (usize, usize),
}

impl Contrasts {
    /// Compares the ends of a sweep's factors, at the levels of the other factors at which charts show them; both points have the same
    /// random numbers, unless the factor is the seed, of which nothing is compared.
    ///
    /// # Errors
    /// If the store of the sweep cannot be read.
    pub fn of(
        study: &StudyRecord,
        result: &SweepResult<'_>,
        responses: &[&'static Metric],
    ) -> Result<Self, StoreError> {
        let finished: BTreeSet<usize> = result.points.iter().map(|point| point.number).collect();
        let mut all = Vec::new();
        for ends in ends(study, &finished) {
            let mut rows = Vec::new();
            if !ends.factors.iter().any(|&factor| is_seed(&study.factors[factor])) {
                rows = result.paired(ends.points.0, ends.points.1)?;
                rows.retain(|row| {
                    matches!(row.group.scope, Scope::World | Scope::SellerSegment)
                        && responses.iter().any(|metric| metric.name == row.metric.name)
                });
            }
            all.push(Contrast { ends, rows });
        }
        adjust(&mut all);
        Ok(Self { all })
    }

    /// Whether a response of a group differs beyond chance between any two points that differ in one of these factors alone, or
    /// that are opposite corners where they are two; `None` where nothing can tell, as of one replication or of seeds.
    pub(super) fn is_moved(&self, factors: &[usize], of: (Scope, &str), metric: &str) -> Option<bool> {
        let is_of = |ends: &Ends| ends.factors.iter().all(|factor| factors.contains(factor));
        let rows = self.all.iter().filter(|contrast| is_of(&contrast.ends)).flat_map(|each| &each.rows);
        rows.filter(|row| row.metric.name == metric && (row.group.scope, row.group.name.as_str()) == of)
            .filter(|row| row.difference.as_ref().is_some_and(|found| found.replications > 1))
            .map(is_clear)
            .reduce(|any, one| any || one)
    }
}

impl Contrast {
    /// The rows of all sellers, in the order of responses.
    pub(super) fn world(&self, responses: &[&'static Metric]) -> Vec<&ComparisonRow> {
        let row = |metric: &&'static Metric| {
            self.rows.iter().find(|row| row.group.scope == Scope::World && row.metric.name == metric.name)
        };
        responses.iter().filter_map(row).collect()
    }
}

/// Adjusts the p-values of all that is judged together of a group by Holm: the more is judged, the more of it is chance.
fn adjust(all: &mut [Contrast]) {
    let mut groups: BTreeMap<(Scope, String), Vec<&mut ComparisonRow>> = BTreeMap::new();
    for row in all.iter_mut().flat_map(|contrast| &mut contrast.rows) {
        groups.entry((row.group.scope, row.group.name.clone())).or_default().push(row);
    }
    for rows in groups.into_values() {
        let p_values: Vec<Option<f64>> =
            rows.iter().map(|row| row.difference.as_ref().and_then(|found| found.p_value)).collect();
        for (row, adjusted) in rows.into_iter().zip(holm(&p_values)) {
            row.p_adjusted = adjusted;
        }
    }
}

/// The levels of each factor that points have, ascending where they are numbers or durations and otherwise in the order of the
/// design, if the points are all combinations of them.
pub(super) fn grid<'a>(
    factors: usize,
    points: impl Iterator<Item = &'a [String]> + Clone,
) -> Option<Vec<Vec<String>>> {
    let mut levels: Vec<Vec<String>> = vec![Vec::new(); factors];
    for labels in points.clone() {
        for (levels, label) in levels.iter_mut().zip(labels) {
            if !levels.contains(label) {
                levels.push(label.clone());
            }
        }
    }
    levels.iter_mut().for_each(ascend);
    let cells = levels.iter().map(Vec::len).fold(1, usize::saturating_mul);
    // A design of whole numbers may come to one combination twice.
    let combinations: BTreeSet<&[String]> = points.collect();
    (cells == combinations.len() && cells > 0).then_some(levels)
}

/// The labels at which the other factors of a grid stand while one varies, in charts and in sentences: their middle levels.
pub(super) fn middle(levels: &[Vec<String>]) -> Vec<&str> {
    levels.iter().map(|levels| levels[levels.len() / 2].as_str()).collect()
}

/// For each factor the points with its lowest and its highest level, all else in the middle of a grid and of other designs as at the
/// first finished point; of levels that are names the first and each other. Of two factors opposite corners as well.
fn ends(study: &StudyRecord, finished: &BTreeSet<usize>) -> Vec<Ends> {
    let labels = |number: &usize| study.points.get(*number).map(|point| point.labels.as_slice());
    let grid = grid(study.factors.len(), finished.iter().filter_map(labels));
    let Some(first) = finished.first().and_then(labels) else { return Vec::new() };
    let base: Vec<&str> =
        grid.as_deref().map_or_else(|| first.iter().map(String::as_str).collect(), |levels| middle(levels));
    let at = |wanted: &[&str]| {
        let is_there = |number: &usize| labels(number).is_some_and(|labels| labels == wanted);
        finished.iter().copied().find(is_there)
    };
    let mut all = Vec::new();
    for (factor, record) in study.factors.iter().enumerate().take(MOST_FACTORS) {
        let mut levels = record.levels.clone();
        let is_ordered = is_ordered(&levels);
        ascend(&mut levels);
        let point = |level: &String| {
            let mut wanted = base.clone();
            wanted[factor] = level;
            at(&wanted)
        };
        let Some((from, others)) = levels.split_first() else { continue };
        let compared = if is_ordered { &others[others.len().saturating_sub(1)..] } else { others };
        for to in compared.iter().take(MOST_NAMED) {
            if let (Some(low), Some(high)) = (point(from), point(to)) {
                all.push(Ends { factors: vec![factor], points: (low, high) });
            }
        }
    }
    if let Some([across, up]) = grid.as_deref()
        && let ([left, .., right], [bottom, .., top]) = (&across[..], &up[..])
    {
        for corners in [[[left, bottom], [right, top]], [[right, bottom], [left, top]]] {
            if let [Some(from), Some(to)] = corners.map(|[x, y]| at(&[x, y])) {
                all.push(Ends { factors: vec![0, 1], points: (from, to) });
            }
        }
    }
    all
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::experiment::Group;
    use crate::export::study::{FactorRecord, PointRecord};
    use crate::stats::Observation;
    use crate::stats::paired::difference;

    /// A grid of two factors `a` and `b`.
    pub(in super::super) fn study(levels: [&[&str]; 2]) -> StudyRecord {
        let factor = |(name, levels): (&str, &[&str])| FactorRecord {
            name: name.to_owned(),
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
            ..FactorRecord::default()
        };
        let points = levels[0].iter().flat_map(|one| levels[1].iter().map(move |other| [*one, *other]));
        let point = |labels: [&str; 2]| PointRecord {
            labels: labels.map(str::to_owned).to_vec(),
            ..PointRecord::default()
        };
        StudyRecord {
            factors: [("a", levels[0]), ("b", levels[1])].map(factor).to_vec(),
            points: points.map(point).collect(),
            ..StudyRecord::default()
        }
    }

    /// A contrast of all sellers: of each metric by how much pairs of replications differ.
    pub(in super::super) fn contrast(
        factors: &[usize],
        points: (usize, usize),
        differences: &[(&str, [f64; 4])],
    ) -> Contrast {
        let row = |(metric, differences): &(&str, [f64; 4])| {
            let metric = Metric::named(metric).unwrap();
            let some = |values: [f64; 4]| values.map(|value| Some(Observation::Value(value)));
            ComparisonRow {
                group: Group { scope: Scope::World, place: 0, name: "all".to_owned(), rules: Vec::new() },
                metric,
                other: 1,
                baseline: crate::stats::Estimate::of_values(&[100.0; 4]),
                alternative: crate::stats::Estimate::of_values(&differences.map(|value| 100.0 + value)),
                difference: difference(
                    metric.estimator(),
                    &some([100.0; 4]),
                    &some(differences.map(|value| 100.0 + value)),
                ),
                p_adjusted: None,
            }
        };
        let ends = Ends { factors: factors.to_vec(), points };
        Contrast { ends, rows: differences.iter().map(row).collect() }
    }

    /// Contrasts judged together.
    pub(in super::super) fn judged(mut all: Vec<Contrast>) -> Contrasts {
        adjust(&mut all);
        Contrasts { all }
    }

    #[test]
    fn ends_are_compared_where_charts_show_them_and_names_with_the_first() {
        let study = study([&["10", "2"], &["x", "y", "z"]]);
        let all: BTreeSet<usize> = (0..6).collect();
        let found: Vec<(Vec<usize>, (usize, usize))> =
            ends(&study, &all).into_iter().map(|ends| (ends.factors, ends.points)).collect();
        let expected = [
            (vec![0], (4, 1)),
            (vec![1], (0, 1)),
            (vec![1], (0, 2)),
            (vec![0, 1], (3, 2)),
            (vec![0, 1], (0, 5)),
        ];
        assert_eq!(found, expected, "a = 2 is point 3 to 5, and b = y is the middle");
    }

    #[test]
    fn a_point_that_was_not_finished_is_not_compared() {
        let study = study([&["1", "2"], &["x"]]);
        assert!(ends(&study, &BTreeSet::from([0])).is_empty());
    }

    #[test]
    fn what_moves_is_judged_together_and_one_of_many_may_be_chance() {
        let clear = ("orders_cancelled", [50.0, 51.0, 49.0, 50.0]);
        let close = ("disputes_filed", [10.0, 2.0, 7.0, 6.0]);
        let all = ("all", Scope::World);
        let moved = |contrasts: &Contrasts, factors: &[usize], metric| {
            contrasts.is_moved(factors, (all.1, all.0), metric)
        };
        let alone = judged(vec![contrast(&[0], (0, 1), &[close])]);
        assert_eq!(moved(&alone, &[0], "disputes_filed"), Some(true));
        let several = judged(vec![contrast(&[0], (0, 1), &[clear, close]), contrast(&[1], (0, 2), &[close])]);
        assert_eq!(moved(&several, &[0], "orders_cancelled"), Some(true));
        assert_eq!(moved(&several, &[0], "disputes_filed"), Some(false), "adjusted over three");
        assert_eq!(moved(&several, &[0], "value_refunded"), None, "nobody asked");
        assert_eq!(moved(&several, &[1], "orders_cancelled"), None);
        assert_eq!(moved(&several, &[0, 1], "orders_cancelled"), Some(true));
    }
}
