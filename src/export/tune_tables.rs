//! `tune` and `detector`.

use super::typed::{Cells, Column, TypedTable};
use crate::experiment::tune::TuneOutcome;
use crate::stats::detector::{Detector, Share};
use std::io;

/// `tune`: a row per candidate and output: objectives, limits, and what else is reported.
#[derive(Clone, Copy, Debug)]
pub struct TuneTable<'a> {
    /// The names of the factors.
    pub factors: &'a [String],
    /// What came of the search.
    pub outcome: &'a TuneOutcome,
}

impl TypedTable for TuneTable<'_> {
    fn name(&self) -> &'static str {
        "tune"
    }

    fn columns(&self) -> Vec<Column> {
        let candidates = &self.outcome.candidates;
        let labels =
            |factor: usize| candidates.iter().map(move |candidate| candidate.point.labels[factor].as_str());
        let factors =
            self.factors.iter().enumerate().map(|(number, name)| Column::factor(name, labels(number)));
        let end = [
            Column::text("metric", "the output"),
            Column::number("mean", "mean over replications, or ratio of sums"),
            Column::number("ci_low", "lower end of the 95 % interval of the mean"),
            Column::number("ci_high", "upper end of the 95 % interval of the mean"),
            Column::whole("replications", "replications in which the output is defined"),
            Column::text("status", "what became of the candidate"),
        ];
        let candidate = Column::whole("candidate", "number of the candidate, from 0");
        std::iter::once(candidate).chain(factors).chain(end).collect()
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for (number, candidate) in self.outcome.candidates.iter().enumerate() {
            for (output, estimate) in self.outcome.rules.outputs().zip(&candidate.estimates) {
                cells.whole(number as u64);
                for label in &candidate.point.labels {
                    cells.label(label);
                }
                cells.text(output.name());
                let interval = estimate.and_then(|estimate| estimate.interval.ends());
                cells.number(estimate.map(|estimate| estimate.mean));
                cells.number(interval.map(|interval| interval.0));
                cells.number(interval.map(|interval| interval.1));
                cells.whole(estimate.map_or(0, |estimate| estimate.replications as u64));
                cells.text(candidate.status.name());
                cells.end_row();
            }
        }
        Ok(())
    }
}

/// `detector`: penalised days of the best candidate as a detector of bad sellers, a row per threshold.
#[derive(Clone, Copy, Debug)]
pub struct DetectorTable<'a>(pub &'a Detector);

impl TypedTable for DetectorTable<'_> {
    fn name(&self) -> &'static str {
        "detector"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::number("penalised_days", "penalised days from which a seller is flagged"),
            Column::whole("flagged_good", "good sellers flagged"),
            Column::whole("flagged_bad", "bad sellers flagged"),
            Column::number("false_positive_rate", "share of good sellers that are flagged"),
            Column::number("false_positive_rate_low", "lower end of its 95 % interval"),
            Column::number("false_positive_rate_high", "upper end of its 95 % interval"),
            Column::number("recall", "share of bad sellers that are flagged"),
            Column::number("recall_low", "lower end of its 95 % interval"),
            Column::number("recall_high", "upper end of its 95 % interval"),
            Column::number("precision", "share of flagged sellers that are bad"),
            Column::number("precision_low", "lower end of its 95 % interval"),
            Column::number("precision_high", "upper end of its 95 % interval"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        // The first threshold flags nobody.
        for point in self.0.points.iter().filter(|point| point.threshold.is_finite()) {
            cells.number(Some(point.threshold));
            cells.whole(point.flagged_good);
            cells.whole(point.flagged_bad);
            for share in [point.false_positive_rate, point.recall, point.precision] {
                fill_share(cells, share);
            }
            cells.end_row();
        }
        Ok(())
    }
}

fn fill_share(cells: &mut impl Cells, share: Option<Share>) {
    cells.number(share.map(|share| share.share));
    cells.number(share.map(|share| share.interval.0));
    cells.number(share.map(|share| share.interval.1));
}
