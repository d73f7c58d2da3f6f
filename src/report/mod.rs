//! Charts: this folder draws what it is given and computes no statistic.
//!
//! A chart is a plain structure of texts and numbers that the caller fills, titles included. Missing values
//! are NaN and are drawn as gaps. Every chart is drawn by one function on any plotters backend, and
//! [`Chart::svg`] and [`Chart::png`] make documents of it, the same bytes every time.
//!
//! Reading order. What all charts share: [`theme`] (size, colours), [`mod@unit`] (how numbers are written),
//! `lettering` (widths of texts), `canvas` (layout units), `scale` (axes), `placement` (labels that do not
//! collide), `sentence_case`, `marks` (what is said of the points), `heading`, `frame`, `levels` (of factors), `end_labels`, [`series`], `panels`, `thinning`. The charts, by the question
//! they answer: [`lines`] and [`stacked_area`] over days, [`histogram`] against a deadline, [`scatter`] a dot
//! a seller, [`flow`] of money, [`bars`] by group, [`forest`] of differences, [`response_curve`] and [`heat_map`] of sweeps, [`tornado`] of
//! factors, [`ladder`] of candidates, [`plane`] of fronts and detectors. `chart` is any
//! of them. Last, how they become documents: `coverage` and `raster` (smooth pixels), `output`.
//!
//! Which numbers go into which chart: [`run_charts`] with `seller_charts`, [`sweep_charts`] with `design_charts`, and [`bench_charts`];
//! `meaning` has the colours of what comes up in several. Pages:
//! [`headline`] (numbers in words), [`mod@origin`] (which world it is), [`finding`], [`run_finding`] and [`sweep_finding`] (what was found,
//! in sentences; of a sweep by its [`contrasts`], which its charts go by too), `page` (HTML), [`run_page`], [`sweep_page`], [`compare_page`],
//! [`sensitivity_page`], [`tune_charts`] and [`tune_page`]; `file_names` names what is named after factors and segments. Stories: `story_filter`
//! (of which orders), `story_words`, `story_table`, and of sellers [`seller_words`] and [`seller_findings`];
//! [`records`] is a study as manifests and charts keep it.

mod canvas;
mod chart;
#[cfg(test)]
mod collisions;
mod coverage;
mod design_charts;
mod digits;
mod end_labels;
mod file_names;
mod frame;
mod lettering;
mod levels;
mod marks;
mod meaning;
mod output_words;
mod page;
mod panels;
mod penalty_chart;
mod placement;
mod raster;
mod scale;
mod seller_charts;
mod sentence_case;
mod sweep_words;
mod thinning;

pub mod bars;
pub mod bench_charts;
pub mod compare_page;
pub mod contrasts;
pub mod finding;
pub mod flow;
pub mod forest;
pub mod heading;
pub mod headline;
pub mod heat_map;
pub mod histogram;
pub mod ladder;
pub mod lines;
pub mod origin;
mod output;
pub mod plane;
pub mod records;
pub mod response_curve;
mod rows;
pub mod run_charts;
pub mod run_finding;
pub mod run_page;
pub mod scatter;
pub mod seller_findings;
pub mod seller_words;
pub mod sensitivity_page;
pub mod series;
pub mod stacked_area;
pub mod story_filter;
pub mod story_table;
pub mod story_words;
pub mod sweep_charts;
pub mod sweep_finding;
pub mod sweep_page;
pub mod theme;
pub mod tornado;
pub mod tune_charts;
pub mod tune_page;
pub mod tune_words;
pub mod unit;

pub use canvas::Drawn;
pub use chart::Chart;
pub use heading::Heading;
pub use marks::{Mark, Marks};
pub use origin::Origin;
pub use unit::Unit;
