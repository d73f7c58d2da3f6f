//! Factors of the command line.

use super::confined::{Folder, option_stays_inside};
use super::errors::accepted;
use super::study::assert_laid_out;
use redress::scenario::Study;

/// Any lines, each given to `--factor`, make a study of a valid scenario or are refused.
pub fn any_factors_are_read_or_refused(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    if !text.lines().all(option_stays_inside) {
        return false;
    }
    let folder = Folder::new();
    let path = folder.write("x.toml", include_bytes!("../../../scenarios/verification/base.toml"));
    let factors: Vec<&str> = text.lines().collect();
    if let Some(study) = accepted(Study::from_factors(&path, &factors)) {
        assert_laid_out(&study);
    }
    true
}
