//! Charts: this room draws what it is given and computes no statistic.
//!
//! A chart is a plain structure of texts and numbers that the caller fills, titles included. Missing values
//! are NaN and are drawn as gaps. Every chart is drawn by one function on any plotters backend, and
//! [`Chart::svg`] and [`Chart::png`] make documents of it, the same bytes every time.
//!
//! Reading order. What all charts share: [`theme`] (size, colours), [`mod@unit`] (how numbers are written),
//! `lettering` (widths of texts), `canvas` (layout units), `scale` (axes), `placement` (labels that do not
//! collide), `heading`, `frame`, `end_labels`, [`series`], `panels`, `thinning`. The charts, by the question
//! they answer: [`lines`] and [`stacked_area`] over days, [`histogram`] against a deadline, [`scatter`] a dot
//! a seller, [`flow`] of money, [`bars`] by group, [`forest`] of differences, [`response_curve`] and [`heat_map`] of sweeps, [`tornado`] of
//! factors, [`ladder`] of candidates, [`plane`] of fronts and detectors. Last, how
//! they become documents: `coverage` and `raster` (smooth pixels), `output`.
//!
//! Which numbers go into which chart: [`run_charts`], [`sweep_charts`] with `design_charts`, and [`bench_charts`]. Pages:
//! [`headline`] (numbers in words), [`mod@origin`] (which world it is), [`finding`] (what a comparison found, in sentences), [`page`]
//! (HTML), [`run_page`], [`sweep_page`], [`compare_page`], [`sensitivity_page`], [`tune_charts`] and [`tune_page`]; `file_names`
//! names what is named after factors and segments.

use plotters::backend::DrawingBackend;

mod canvas;
#[cfg(test)]
mod collisions;
mod coverage;
mod design_charts;
mod end_labels;
mod file_names;
mod frame;
mod lettering;
mod panels;
mod placement;
mod raster;
mod scale;
mod sweep_words;
mod thinning;

pub mod bars;
pub mod bench_charts;
pub mod compare_page;
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
pub mod output_words;
pub mod page;
pub mod plane;
pub mod response_curve;
mod rows;
pub mod run_charts;
pub mod run_page;
pub mod scatter;
pub mod sensitivity_page;
pub mod series;
pub mod stacked_area;
pub mod sweep_charts;
pub mod sweep_page;
pub mod theme;
pub mod tornado;
pub mod tune_charts;
pub mod tune_page;
pub mod tune_words;
pub mod unit;

pub use canvas::Drawn;
pub use heading::Heading;
pub use origin::Origin;
pub use unit::Unit;

/// Any of the charts.
#[derive(Clone, Debug)]
pub enum Chart {
    /// Series over days.
    Lines(lines::Lines),
    /// Parts of a total over days.
    StackedArea(stacked_area::StackedArea),
    /// A distribution against a deadline.
    Histogram(histogram::Histogram),
    /// A dot a seller.
    Scatter(scatter::Scatter),
    /// Where the money went.
    Flow(flow::Flow),
    /// Bars with intervals.
    Bars(bars::Bars),
    /// Differences with intervals.
    Forest(forest::Forest),
    /// Responses to factors.
    ResponseCurve(response_curve::ResponseCurve),
    /// Responses to two factors.
    HeatMap(heat_map::HeatMap),
    /// Candidates with their intervals.
    Ladder(ladder::Ladder),
    /// Dots and curves over two measured axes.
    Plane(plane::Plane),
    /// How far factors move an output.
    Tornado(tornado::Tornado),
}

impl Chart {
    /// Width and height in layout units: 800 by 500, or taller where there is more to show.
    pub fn size(&self) -> (u32, u32) {
        let height = match self {
            Chart::Lines(_)
            | Chart::StackedArea(_)
            | Chart::Histogram(_)
            | Chart::Scatter(_)
            | Chart::Plane(_) => theme::HEIGHT,
            Chart::Flow(chart) => chart.height(),
            Chart::Bars(chart) => chart.height(),
            Chart::Forest(chart) => chart.height(),
            Chart::ResponseCurve(chart) => chart.height(),
            Chart::HeatMap(chart) => chart.height(),
            Chart::Ladder(chart) => chart.height(),
            Chart::Tornado(chart) => chart.height(),
        };
        (theme::WIDTH as u32, height as u32)
    }

    /// What the chart says.
    pub fn title(&self) -> &str {
        let heading = match self {
            Chart::Lines(chart) => &chart.heading,
            Chart::StackedArea(chart) => &chart.heading,
            Chart::Histogram(chart) => &chart.heading,
            Chart::Scatter(chart) => &chart.heading,
            Chart::Flow(chart) => &chart.heading,
            Chart::Bars(chart) => &chart.heading,
            Chart::Forest(chart) => &chart.heading,
            Chart::ResponseCurve(chart) => &chart.heading,
            Chart::HeatMap(chart) => &chart.heading,
            Chart::Ladder(chart) => &chart.heading,
            Chart::Plane(chart) => &chart.heading,
            Chart::Tornado(chart) => &chart.heading,
        };
        &heading.title
    }

    /// Draws on a backend [`theme::PIXELS_PER_UNIT`] times as large as [`Chart::size`].
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB) -> Drawn<DB> {
        match self {
            Chart::Lines(chart) => chart.draw(backend),
            Chart::StackedArea(chart) => chart.draw(backend),
            Chart::Histogram(chart) => chart.draw(backend),
            Chart::Scatter(chart) => chart.draw(backend),
            Chart::Flow(chart) => chart.draw(backend),
            Chart::Bars(chart) => chart.draw(backend),
            Chart::Forest(chart) => chart.draw(backend),
            Chart::ResponseCurve(chart) => chart.draw(backend),
            Chart::HeatMap(chart) => chart.draw(backend),
            Chart::Ladder(chart) => chart.draw(backend),
            Chart::Plane(chart) => chart.draw(backend),
            Chart::Tornado(chart) => chart.draw(backend),
        }
    }

    /// The chart as an SVG document, to write or to put into a page.
    pub fn svg(&self) -> String {
        output::svg(self)
    }

    /// The chart as a PNG picture.
    pub fn png(&self) -> Vec<u8> {
        output::png(self)
    }
}

/// Makes each chart's structure convertible into [`Chart`].
macro_rules! chart_from {
    ($($variant:ident: $structure:path),+ $(,)?) => {
        $(impl From<$structure> for Chart {
            fn from(chart: $structure) -> Self {
                Chart::$variant(chart)
            }
        })+
    };
}

chart_from! {
    Lines: lines::Lines,
    StackedArea: stacked_area::StackedArea,
    Histogram: histogram::Histogram,
    Scatter: scatter::Scatter,
    Flow: flow::Flow,
    Bars: bars::Bars,
    Forest: forest::Forest,
    ResponseCurve: response_curve::ResponseCurve,
    HeatMap: heat_map::HeatMap,
    Ladder: ladder::Ladder,
    Plane: plane::Plane,
    Tornado: tornado::Tornado,
}
