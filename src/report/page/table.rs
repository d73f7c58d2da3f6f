//! A table that a reader can sort, filter and copy; without a script a plain one.

use super::super::lettering::legal;
use maud::{Markup, html};

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The heading above it.
    pub(crate) title: String,
    /// What its numbers are over, their units, and what to beware of.
    pub(crate) caption: String,
    /// Head of the columns.
    pub(crate) columns: Vec<String>,
    /// Rows; the first cell names the row.
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether its cells are words, which stand at the left.
    pub(crate) has_words: bool,
}

impl Table {
    pub(super) fn markup(&self) -> Markup {
        let class = if self.has_words { "words" } else { "numbers-only" };
        let name = legal(&self.title);
        html! {
            div.table data-name=(name) {
                div.wide tabindex="0" role="group" aria-label={ (name) ", scrolls sideways" } {
                    table class=(class) {
                        @if !self.caption.is_empty() { caption { (legal(&self.caption)) } }
                        thead { tr { @for column in &self.columns { th scope="col" { (legal(column)) } } } }
                        tbody {
                            @for row in &self.rows {
                                tr {
                                    @for (place, cell) in row.iter().enumerate() {
                                        @if place == 0 { th scope="row" { (legal(cell)) } }
                                        @else { td { (legal(cell)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
