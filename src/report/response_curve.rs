//! What factors do: one panel per response, one line per segment, or dots with a curve through them.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::levels::{HALF_STEP, TICK_SIZE};
use super::marks::mark;
use super::panels;
use super::scale;
use super::scatter::PointGroup;
use super::series::{self, Series};
use super::theme;
use super::unit::Unit;

pub use super::levels::Levels;

/// Responses to the levels of factors.
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
    /// Whether y has the same range in all panels, so that they can be held against each other.
    pub shares_y: bool,
}

/// One response.
#[derive(Clone, Debug)]
pub struct ResponsePanel {
    /// The response, with its unit.
    pub title: String,
    /// How y is written.
    pub unit: Unit,
    /// One line per segment.
    pub series: Vec<Series>,
    /// Levels of this panel alone; without them it has those of the chart.
    pub levels: Option<Levels>,
    /// What was simulated, where the series are computed from it; without dots the series' own values are what was simulated.
    pub dots: Vec<PointGroup>,
}

const LEAST_PANEL: f64 = 150.0;
/// Dots closer than this, in pixels, are left out.
const LEAST_PITCH_OF_DOTS: f64 = 1.0;
/// The part of a step over which the series of a named level are spread, so that none hides another.
const SPREAD: f64 = 0.5;

impl ResponseCurve {
    /// The names of all dots and series, in the order in which they first appear.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for panel in &self.panels {
            let dots = panel.dots.iter().map(|group| group.name.as_str());
            for name in dots.chain(panel.series.iter().map(|series| series.name.as_str())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The colour that a series or group of dots brings with it, or that of its place among the names.
    fn color_of(&self, name: &str, names: &[&str]) -> RGBColor {
        let series = self.panels.iter().flat_map(|panel| &panel.series);
        let mut own = series.filter(|series| series.name == name).filter_map(|series| series.color);
        let place = || names.iter().position(|&each| each == name).unwrap_or(0);
        own.next().unwrap_or_else(|| theme::series_color(place()))
    }

    /// What a point of a series of a panel is of.
    fn of(&self, panel: &ResponsePanel, series: &str) -> String {
        if self.names().len() > 1 { format!("{}, {series}", panel.title) } else { panel.title.clone() }
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

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        scale::extent(self.panels.iter().flat_map(ResponsePanel::numbers)).is_none()
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let Some(bounds) = scale::extent(self.panels.iter().flat_map(ResponsePanel::numbers)) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let names = self.names();
        let colors: Vec<RGBColor> = names.iter().map(|name| self.color_of(name, &names)).collect();
        heading::draw_legend(canvas, &names, &colors, self.heading.bottom())?;

        // The factor is the same in every panel: it is named once, below them all.
        let bottom = self.height() - theme::MARGIN - theme::AXIS_SIZE + 4.0;
        let title = Text::new(&self.x_title, theme::AXIS_SIZE, theme::GREY).align(Align::Center);
        let at = (theme::WIDTH / 2.0, self.height() - theme::MARGIN + 4.0);
        canvas.text_within(at, &title, theme::WIDTH - 2.0 * theme::MARGIN)?;
        let areas = panels::grid(self.panels.len(), self.columns(), self.top(), bottom);
        for (panel, area) in self.panels.iter().zip(&areas) {
            self.draw_panel(canvas, panel, area, bounds, &names)?;
        }
        Ok(())
    }

    fn draw_panel<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        panel: &ResponsePanel,
        area: &Area,
        all: (f64, f64),
        names: &[&str],
    ) -> Drawn<DB> {
        panels::draw_title(canvas, &panel.title, area)?;
        let titles = self.panels.iter().map(|panel| panel.title.as_str());
        let title_height = panels::title_height(titles, area.width());
        let levels = panel.levels.as_ref().unwrap_or(&self.levels);
        let (Some(bounds), Some(range)) = (scale::extent(panel.numbers()), levels.range()) else {
            let words = Text::new("no data", theme::LABEL_SIZE, theme::GREY).align(Align::Center);
            let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            return canvas.text(middle, &words);
        };
        let (low, high, ticks) = scale::axis(if self.shares_y { all } else { bounds }, panel.unit, 4);
        let y_labels = TickLabels::new(&ticks, panel.unit);
        let left = area.left + y_labels.width(TICK_SIZE) + frame::TICK_GAP;
        let right = area.right - 8.0;
        let at = levels.positions();
        let are_computed = panel.levels.is_some() || !panel.dots.is_empty();
        let x_labels =
            levels.labels((right - left) / (at.len().max(1) as f64 - 1.0 + 2.0 * HALF_STEP), are_computed);
        let below = frame::TICK_GAP + TICK_SIZE * (1.2 * x_labels.rows() as f64 - 0.2) + 14.0;
        let plot = Area { left, top: area.top + title_height + 12.0, right, bottom: area.bottom - below };
        let frame = Frame::new(plot, range, (low, high));
        frame.draw_y_axis(canvas, &y_labels, TICK_SIZE)?;
        frame.draw_x_axis(canvas, &x_labels, TICK_SIZE)?;
        let color = |name: &str| self.color_of(name, names);
        let opacity =
            if panel.dots.iter().map(|group| group.points.len()).sum::<usize>() > 100 { 0.4 } else { 0.6 };
        for group in &panel.dots {
            let of = self.of(panel, &group.name);
            for &(x, y) in group.points.iter().filter(|point| point.0.is_finite() && point.1.is_finite()) {
                let at = (frame.x.at(levels.position(x)), frame.y.at(y));
                canvas.dot(at, 2.0, color(&group.name), opacity)?;
                canvas.mark(at, || mark(&of, levels.words(levels.position(x)), panel.unit.value(y), y));
            }
        }
        for series in panel.series.iter().filter(|_| panel.dots.is_empty()) {
            let x = |place: usize| levels.words(at[place]);
            series.mark(canvas, &frame, &at, (&self.of(panel, &series.name), panel.unit), x);
        }
        if let Levels::Named(_) = levels {
            return draw_by_name(canvas, &frame, &panel.series, &at, color);
        }
        for series in &panel.series {
            series.draw_band(canvas, &frame, &at, color(&series.name))?;
        }
        for series in &panel.series {
            series.draw_line(canvas, &frame, &at, color(&series.name))?;
            // The levels are what was simulated; the line between them is a guide. Dots that touch say no more than it.
            let is_simulated = panel.dots.is_empty() && at.len() as f64 <= plot.width() / LEAST_PITCH_OF_DOTS;
            for place in
                series::places(&frame, &at, &series.values).into_iter().flatten().filter(|_| is_simulated)
            {
                canvas.dot(place, 2.0, color(&series.name), 1.0)?;
            }
        }
        Ok(())
    }
}

impl ResponsePanel {
    /// Every number drawn in it.
    fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        let dots = self.dots.iter().flat_map(|group| group.points.iter().map(|point| point.1));
        self.series.iter().flat_map(Series::numbers).chain(dots)
    }
}

/// Draws series over names: a dot each with its interval, beside one another, and no line, since there is nothing between.
fn draw_by_name<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    frame: &Frame,
    series: &[Series],
    at: &[f64],
    color: impl Fn(&str) -> RGBColor,
) -> Drawn<DB> {
    for (place, each) in series.iter().enumerate() {
        let shift = SPREAD * ((place as f64 + 0.5) / series.len() as f64 - 0.5);
        let xs: Vec<f64> = at.iter().map(|at| at + shift).collect();
        let color = color(&each.name);
        if let Some(band) = &each.band {
            let ends =
                series::places(frame, &xs, &band.low).into_iter().zip(series::places(frame, &xs, &band.high));
            for (low, high) in ends.filter_map(|(low, high)| low.zip(high)) {
                canvas.line(low, high, color, 1.5)?;
            }
        }
        for place in series::places(frame, &xs, &each.values).into_iter().flatten() {
            canvas.dot(place, 3.0, color, 1.0)?;
        }
    }
    Ok(())
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
            levels: None,
            dots: Vec::new(),
        };
        ResponseCurve {
            heading: Heading::new("Response deadline", "means and 95 % intervals")
                .if_empty("no point finished"),
            x_title: "deadline, hours".to_owned(),
            panels: (0..panels).map(panel).collect(),
            levels,
            shares_y: false,
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
    fn no_line_joins_names() {
        let named = Levels::Named(vec!["aliexpress".to_owned(), "ebay".to_owned(), "amazon".to_owned()]);
        let svg = Chart::from(example(1, named)).svg();
        assert!(!svg.contains("<polyline") && svg.matches("<circle").count() == 6, "{svg}");
        assert!(Chart::from(example(1, hours())).svg().contains("<polyline"));
    }

    #[test]
    fn dots_are_what_was_simulated_and_the_curve_through_them_has_none() {
        let mut chart = example(1, hours());
        chart.panels[0].series.truncate(1);
        chart.panels[0].dots =
            vec![PointGroup { name: "design point".to_owned(), points: vec![(30.0, 0.02); 7], color: None }];
        let svg = Chart::from(chart).svg();
        assert_eq!(svg.matches("<circle").count(), 7);
        assert!(svg.contains("<polyline") && svg.contains("design point"));
    }

    #[test]
    fn a_hundred_numeric_levels_have_ticks_at_round_numbers() {
        let values = (0..100).map(|index| f64::from(index).mul_add(0.7, 3.3)).collect();
        let labels = Levels::Numeric { values, unit: Unit::Ratio }.labels(5.0, false);
        assert_eq!(labels.words, ["10", "20", "30", "40", "50", "60", "70"]);
    }

    #[test]
    fn logarithmic_levels_have_ticks_at_one_two_and_five() {
        let values = vec![0.3, 0.45, 1.0, 7.0];
        let labels = Levels::Logarithmic { values, unit: Unit::Ratio }.labels(50.0, true);
        assert_eq!(labels.words, ["0.5", "1", "2", "5"]);
        assert!((labels.values[1]).abs() < 1e-12 && (labels.values[3] - 5.0_f64.ln()).abs() < 1e-12);
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
