//! What one factor does: a panel a response, a line a segment.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::panels;
use super::scale;
use super::series::{self, Series};
use super::theme;
use super::unit::Unit;

/// Responses to the levels of one factor.
#[derive(Clone, Debug)]
pub struct ResponseCurve {
    /// The words above.
    pub heading: Heading,
    /// The factor, with its unit.
    pub x_title: String,
    /// The factor's levels.
    pub levels: Levels,
    /// The panels from left to right and down; series of one name have one colour in all of them.
    pub panels: Vec<ResponsePanel>,
}

/// The levels of a factor, in the order of each series' values.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Numbers, placed by their value.
    Numeric {
        /// The levels.
        values: Vec<f64>,
        /// How they are written.
        unit: Unit,
    },
    /// Names, placed at equal distances.
    Named(Vec<String>),
}

/// One response.
#[derive(Clone, Debug)]
pub struct ResponsePanel {
    /// The response, with its unit.
    pub title: String,
    /// How y is written.
    pub unit: Unit,
    /// A line a segment.
    pub series: Vec<Series>,
}

/// Tick labels in panels are smaller than in a chart of one plot.
const TICK_SIZE: f64 = 9.5;
const LEAST_PANEL: f64 = 150.0;
/// The most numeric levels that are labelled each; more have ticks at round numbers.
const MOST_LABELLED: usize = 24;
/// Room beside the first and the last named level, in steps.
const HALF_STEP: f64 = 0.45;

impl Levels {
    fn positions(&self) -> Vec<f64> {
        match self {
            Levels::Numeric { values, .. } => values.clone(),
            Levels::Named(names) => (0..names.len()).map(|index| index as f64).collect(),
        }
    }

    /// The range of x; named levels keep room free at both ends, for their labels.
    fn range(&self) -> Option<(f64, f64)> {
        let (low, high) = scale::extent(self.positions())?;
        match self {
            Levels::Numeric { .. } => Some((low, high)),
            Levels::Named(_) => Some((low - HALF_STEP, high + HALF_STEP)),
        }
    }

    /// Labels at the levels themselves unless they are many numbers, in two rows and shortened where the room between them asks for it.
    fn labels(&self, pitch: f64) -> TickLabels {
        if let Levels::Numeric { values, unit } = self
            && values.len() > MOST_LABELLED
            && let Some((low, high)) = self.range()
        {
            let (_, _, mut ticks) = scale::axis((low, high), *unit, 8);
            ticks.values.retain(|value| (low..=high).contains(value));
            return TickLabels::new(&ticks, *unit);
        }
        let words = match self {
            Levels::Numeric { values, unit } => values.iter().map(|&value| unit.value(value)).collect(),
            Levels::Named(names) => names
                .iter()
                .map(|name| lettering::wrapped(name, TICK_SIZE, Weight::Regular, pitch - 4.5, 2).join("\n"))
                .collect(),
        };
        TickLabels { values: self.positions(), words }
    }
}

impl ResponseCurve {
    /// The names of all series, in the order in which they first appear.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for series in self.panels.iter().flat_map(|panel| &panel.series) {
            if !names.contains(&series.name.as_str()) {
                names.push(&series.name);
            }
        }
        names
    }

    fn top(&self) -> f64 {
        self.heading.bottom() + heading::legend_height(&self.names())
    }

    fn columns(&self) -> usize {
        panels::columns(self.panels.len(), 3)
    }

    /// The height that all panels need.
    pub(super) fn height(&self) -> f64 {
        let rows = self.panels.len().div_ceil(self.columns()) as f64;
        theme::HEIGHT.max((self.top() + rows * LEAST_PANEL + 30.0 + theme::MARGIN).ceil())
    }

    /// Draws the chart on any backend of the size that [`super::Chart::size`] gives.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB) -> Drawn<DB> {
        let canvas = &mut Canvas::new(backend);
        self.heading.draw(canvas)?;
        let numbers = self.panels.iter().flat_map(|panel| &panel.series).flat_map(Series::numbers);
        let (Some(_), Some(range)) = (scale::extent(numbers), self.levels.range()) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let names = self.names();
        let colors: Vec<RGBColor> = (0..names.len()).map(theme::series_color).collect();
        heading::draw_legend(canvas, &names, &colors, self.heading.bottom())?;

        // The factor is the same in every panel: it is named once, below them all.
        let bottom = self.height() - theme::MARGIN - theme::AXIS_SIZE + 4.0;
        let title = Text::new(&self.x_title, theme::AXIS_SIZE, theme::GREY).align(Align::Center);
        let at = (theme::WIDTH / 2.0, self.height() - theme::MARGIN + 4.0);
        canvas.text_within(at, &title, theme::WIDTH - 2.0 * theme::MARGIN)?;
        let areas = panels::grid(self.panels.len(), self.columns(), self.top(), bottom);
        for (panel, area) in self.panels.iter().zip(&areas) {
            self.draw_panel(canvas, panel, area, range, &names)?;
        }
        Ok(())
    }

    fn draw_panel<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        panel: &ResponsePanel,
        area: &Area,
        range: (f64, f64),
        names: &[&str],
    ) -> Drawn<DB> {
        let title = Text::new(&panel.title, theme::LABEL_SIZE, theme::INK).bold();
        canvas.text_within((area.left, area.top + theme::LABEL_SIZE), &title, area.width())?;
        let Some(bounds) = scale::extent(panel.series.iter().flat_map(Series::numbers)) else {
            let words = Text::new("no data", theme::LABEL_SIZE, theme::GREY).align(Align::Center);
            let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            return canvas.text(middle, &words);
        };
        let (low, high, ticks) = scale::axis(bounds, panel.unit, 4);
        let y_labels = TickLabels::new(&ticks, panel.unit);
        let left = area.left + y_labels.width(TICK_SIZE) + frame::TICK_GAP;
        let right = area.right - 8.0;
        let levels = self.levels.positions();
        let x_labels =
            self.levels.labels((right - left) / (levels.len().max(1) as f64 - 1.0 + 2.0 * HALF_STEP));
        let below = frame::TICK_GAP + TICK_SIZE * (1.2 * x_labels.rows() as f64 - 0.2) + 14.0;
        let plot =
            Area { left, top: area.top + theme::LABEL_SIZE + 12.0, right, bottom: area.bottom - below };
        let frame = Frame::new(plot, range, (low, high));
        frame.draw_y_axis(canvas, &y_labels, TICK_SIZE)?;
        frame.draw_x_axis(canvas, &x_labels, TICK_SIZE)?;
        let color = |series: &Series| {
            theme::series_color(names.iter().position(|&name| name == series.name).unwrap_or(0))
        };
        for series in &panel.series {
            series.draw_band(canvas, &frame, &levels, color(series))?;
        }
        for series in &panel.series {
            series.draw_line(canvas, &frame, &levels, color(series))?;
            // The levels are what was simulated; the line between them is a guide.
            for place in series::places(&frame, &levels, &series.values).into_iter().flatten() {
                canvas.dot(place, 2.0, color(series), 1.0)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(panels: usize, levels: Levels) -> ResponseCurve {
        let values: Vec<f64> = levels.positions().iter().map(|level| 0.01 + level / 1_000.0).collect();
        let panel = |index: usize| ResponsePanel {
            title: format!("response {index}, %"),
            unit: Unit::Percent,
            series: vec![Series::new("careful", values.clone()), Series::new("average", values.clone())],
        };
        ResponseCurve {
            heading: Heading::new("Response deadline", "means and 95 % intervals")
                .if_empty("no point finished"),
            x_title: "deadline, hours".to_owned(),
            panels: (0..panels).map(panel).collect(),
            levels,
        }
    }

    pub(in super::super) fn hours() -> Levels {
        Levels::Numeric { values: vec![24.0, 48.0, 120.0], unit: Unit::Hours }
    }

    #[test]
    fn every_panel_is_titled_and_the_legend_is_drawn_once() {
        let svg = Chart::from(example(6, hours())).svg();
        assert!((0..6).all(|index| svg.contains(&format!("response {index}, %"))));
        assert_eq!(svg.matches(">\ncareful\n").count(), 1);
    }

    #[test]
    fn named_levels_and_a_single_level_can_be_drawn() {
        let named = Levels::Named(vec!["filed".to_owned(), "refunded".to_owned()]);
        assert!(Chart::from(example(1, named)).svg().contains("refunded"));
        let single = Levels::Numeric { values: vec![120.0], unit: Unit::Hours };
        assert!(Chart::from(example(2, single)).svg().contains("120 h"));
    }

    #[test]
    fn a_hundred_numeric_levels_have_ticks_at_round_numbers() {
        let values = (0..100).map(|index| f64::from(index).mul_add(0.7, 3.3)).collect();
        let labels = Levels::Numeric { values, unit: Unit::Ratio }.labels(5.0);
        assert_eq!(labels.words, ["10", "20", "30", "40", "50", "60", "70"]);
    }

    #[test]
    fn no_panels_and_no_levels_say_so() {
        assert!(Chart::from(example(0, hours())).svg().contains("no data: no point finished"));
        assert!(Chart::from(example(3, Levels::Named(Vec::new()))).svg().contains("no data"));
    }

    #[test]
    fn a_panel_without_values_does_not_hide_the_others() {
        let mut chart = example(2, hours());
        for series in &mut chart.panels[1].series {
            series.values.fill(f64::NAN);
        }
        let svg = Chart::from(chart).svg();
        assert!(svg.contains(">\nno data\n") && svg.contains("<polyline"));
    }
}
