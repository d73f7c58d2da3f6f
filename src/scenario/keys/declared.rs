//! Every key that a scenario may have, gathered from the declarations that read them.

use super::world;
use crate::scenario::reading::catalogue::{Catalogue, Key};
use crate::scenario::reading::pass::Reading;
use crate::scenario::reading::section::Section;
use std::sync::OnceLock;

/// The catalogue of scenario files.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let reading = Reading::recording();
        let mut root = Section::root(&reading, None);
        world::read(&mut root, "name");
        drop(root);
        reading.into_catalogue()
    })
}

/// Every key of a scenario file, in the order of the canonical text.
pub fn keys() -> &'static [Key] {
    &catalogue().keys
}
