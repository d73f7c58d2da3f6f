//! Any of the charts.

use super::canvas::{Canvas, Drawn};
use super::heading::Heading;
use super::marks::Marks;
use super::theme;
use super::{
    bars, flow, forest, heat_map, histogram, ladder, lines, plane, response_curve, scatter, stacked_area,
    tornado,
};
use plotters::backend::DrawingBackend;

/// Any of the charts.
#[derive(Clone, Debug)]
pub enum Chart {
    /// Series over days.
    Lines(lines::Lines),
    /// Parts of a total over days.
    StackedArea(stacked_area::StackedArea),
    /// A distribution against a deadline.
    Histogram(histogram::Histogram),
    /// One dot per seller.
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

    fn heading(&self) -> &Heading {
        match self {
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
        }
    }

    /// What the chart says.
    pub fn title(&self) -> &str {
        &self.heading().title
    }

    /// Why there is nothing to draw, as a sentence, if there is not: a page says it in the chart's place, and no picture
    /// is written.
    pub fn sentence_if_empty(&self) -> Option<String> {
        let is_empty = match self {
            Chart::Lines(chart) => chart.is_empty(),
            Chart::StackedArea(chart) => chart.is_empty(),
            Chart::Histogram(chart) => chart.is_empty(),
            Chart::Scatter(chart) => chart.is_empty(),
            Chart::Flow(chart) => chart.is_empty(),
            Chart::Bars(chart) => chart.is_empty(),
            Chart::Forest(chart) => chart.is_empty(),
            Chart::ResponseCurve(chart) => chart.is_empty(),
            Chart::HeatMap(chart) => chart.is_empty(),
            Chart::Ladder(chart) => chart.is_empty(),
            Chart::Plane(chart) => chart.is_empty(),
            Chart::Tornado(chart) => chart.is_empty(),
        };
        is_empty.then(|| self.heading().sentence())
    }

    /// Draws on a backend [`theme::PIXELS_PER_UNIT`] times as large as [`Chart::size`].
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB) -> Drawn<DB> {
        self.draw_on(&mut Canvas::new(backend))
    }

    /// The same, and what is said of its points.
    pub(super) fn draw_marked<DB: DrawingBackend>(&self, backend: &mut DB) -> Marks {
        let mut canvas = Canvas::marking(backend);
        // What fails to be drawn is seen where the drawing is written.
        let _ = self.draw_on(&mut canvas);
        canvas.into_marks()
    }

    fn draw_on<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        match self {
            Chart::Lines(chart) => chart.draw(canvas),
            Chart::StackedArea(chart) => chart.draw(canvas),
            Chart::Histogram(chart) => chart.draw(canvas),
            Chart::Scatter(chart) => chart.draw(canvas),
            Chart::Flow(chart) => chart.draw(canvas),
            Chart::Bars(chart) => chart.draw(canvas),
            Chart::Forest(chart) => chart.draw(canvas),
            Chart::ResponseCurve(chart) => chart.draw(canvas),
            Chart::HeatMap(chart) => chart.draw(canvas),
            Chart::Ladder(chart) => chart.draw(canvas),
            Chart::Plane(chart) => chart.draw(canvas),
            Chart::Tornado(chart) => chart.draw(canvas),
        }
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
