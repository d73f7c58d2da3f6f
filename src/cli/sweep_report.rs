//! The page of a sweep.

use super::failure::Failure;
use super::sweep_told::Swept;
use crate::experiment::SweepPoint;
use crate::export::RunDirectory;
use crate::export::study::StudyRecord;
use crate::observe::Books;
use crate::report::contrasts::Contrasts;
use crate::report::sweep_page::SweepPage;

/// Draws the charts of a sweep and writes its page.
pub(super) fn write(
    directory: &RunDirectory,
    (name, study): (&str, &StudyRecord),
    of: &Swept<'_>,
    points: Vec<SweepPoint>,
    (findings, contrasts, books): (Vec<String>, &Contrasts, &Books),
) -> Result<(), Failure> {
    let Swept { first, responses, origin, .. } = *of;
    let page = SweepPage { name, study, first, responses, origin, findings, contrasts, books };
    Ok(page.write(directory, points)?)
}
