//! What two factors do together: one panel per response, one cell per pair of levels.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::heading::Heading;
use super::lettering::{self, Weight};
use super::marks::mark;
use super::panels;
use super::placement;
use super::scale::{self, Scale};
use super::theme;
use super::unit::Unit;

/// Responses to the levels of two factors.
#[derive(Clone, Debug)]
pub struct HeatMap {
    /// The words above.
    pub heading: Heading,
    /// The factor along x, with its unit.
    pub x_title: String,
    /// Its levels, from the left.
    pub x_levels: Vec<String>,
    /// The factor along y, with its unit.
    pub y_title: String,
    /// Its levels, from the bottom.
    pub y_levels: Vec<String>,
    /// The panels from left to right and down, each with its own scale.
    pub panels: Vec<HeatPanel>,
}

/// One response.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatPanel {
    /// The response, with its unit.
    pub title: String,
    /// How values are written.
    pub unit: Unit,
    /// A row for each level along y, a value for each level along x; NaN is an empty cell.
    pub rows: Vec<Vec<f64>>,
    /// Whether neither ends nor corners differ beyond chance: it is drawn muted, and says so.
    pub is_noise: bool,
}

const TICK_SIZE: f64 = 9.5;
const CELL_SIZE: f64 = 10.0;
const LEAST_CELL_TEXT: f64 = 7.0;
/// A cell narrower than this holds no value with its unit.
const NARROW_CELL: f64 = 44.0;
const LEAST_ROW: f64 = 20.0;
const AMPLE_ROW: f64 = 48.0;
const LOWEST: f64 = 260.0;
const LEVEL_ROOM: f64 = 90.0;
/// The least span of colours, as a part of the largest value.
const LEAST_SPAN: f64 = 0.25;
const WITHIN_NOISE: &str = "not distinguishable from noise";
const ALL_EQUAL: &str = "all cells are equal";

impl HeatPanel {
    /// Whether there is nothing that colours could tell.
    fn is_muted(&self, low: f64, high: f64) -> bool {
        self.is_noise || low >= high
    }
}
/// Title, y title and scale above the cells, levels and x title below them.
const ABOVE: f64 = 48.0;
const BELOW: f64 = 38.0;

impl HeatMap {
    fn level_room(&self) -> f64 {
        let widths = self.y_levels.iter().map(|name| lettering::width(name, TICK_SIZE, Weight::Regular));
        widths.fold(0.0, f64::max).min(LEVEL_ROOM) + 6.0
    }

    /// As many columns as leave room for the values in the cells.
    fn columns(&self) -> usize {
        let levels = self.x_levels.len().max(1) as f64;
        let fits = |columns: usize| {
            let panel = panels::grid(1, columns, 0.0, 1.0)[0];
            (panel.width() - self.level_room()) / levels >= NARROW_CELL
        };
        let most = (1..=3).rev().find(|&columns| fits(columns)).unwrap_or(1);
        panels::columns(self.panels.len(), most)
    }

    /// The height that suits the number of panels and levels.
    pub(super) fn height(&self) -> f64 {
        let rows = self.panels.len().div_ceil(self.columns()).max(1) as f64;
        let levels = self.y_levels.len() as f64;
        let around = self.heading.bottom() + rows * (ABOVE + BELOW) + theme::MARGIN;
        let wanted = (around + rows * levels * AMPLE_ROW).clamp(LOWEST, theme::HEIGHT);
        wanted.max(around + rows * levels * LEAST_ROW).ceil()
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.panels.iter().flat_map(|panel| panel.rows.iter().flatten()).any(|value| value.is_finite())
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let values = self.panels.iter().flat_map(|panel| panel.rows.iter().flatten().copied());
        if scale::extent(values).is_none() || self.x_levels.is_empty() || self.y_levels.is_empty() {
            return self.heading.draw_empty(canvas, self.height());
        }
        let bottom = self.height() - theme::MARGIN + 8.0;
        let areas = panels::grid(self.panels.len(), self.columns(), self.heading.bottom(), bottom);
        for (panel, area) in self.panels.iter().zip(&areas) {
            self.draw_panel(canvas, panel, area)?;
        }
        Ok(())
    }

    fn draw_panel<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        panel: &HeatPanel,
        area: &Area,
    ) -> Drawn<DB> {
        let bounds = scale::extent(panel.rows.iter().flatten().copied());
        let title = Text::new(&panel.title, theme::LABEL_SIZE, theme::INK).bold();
        canvas.text_within((area.left, area.top + theme::LABEL_SIZE), &title, area.width())?;
        let scale_left = match bounds {
            Some((low, high)) if panel.is_muted(low, high) => {
                let words = if low < high { WITHIN_NOISE } else { ALL_EQUAL };
                let middle = area.top + theme::LABEL_SIZE + 15.5;
                let text = Text::new(words, TICK_SIZE, theme::GREY).align(Align::Right);
                canvas.text_beside((area.right, middle), &text)?;
                area.right - lettering::width(words, TICK_SIZE, Weight::Regular)
            }
            Some(bounds) => draw_color_scale(canvas, panel.unit, color_range(bounds), area)?,
            None => area.right,
        };
        let baseline = area.top + theme::LABEL_SIZE + 19.0;
        let y_title = Text::new(&self.y_title, TICK_SIZE, theme::GREY);
        canvas.text_within((area.left, baseline), &y_title, scale_left - area.left - 12.0)?;

        let plot = Area {
            left: area.left + self.level_room(),
            top: area.top + ABOVE - 8.0,
            right: area.right,
            bottom: area.bottom - BELOW - 8.0,
        };
        let x = Scale { low: 0.0, high: self.x_levels.len() as f64, from: plot.left, to: plot.right };
        let y = Scale { low: 0.0, high: self.y_levels.len() as f64, from: plot.bottom, to: plot.top };
        self.draw_levels(canvas, &plot, &x, &y)?;
        self.mark(canvas, panel, &x, &y);
        draw_cells(canvas, panel, bounds, &x, &y)
    }

    /// Says of every cell which levels it is of, and its value.
    fn mark<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>, panel: &HeatPanel, x: &Scale, y: &Scale) {
        for (up, (row, y_level)) in panel.rows.iter().zip(&self.y_levels).enumerate() {
            for (across, (&value, x_level)) in row.iter().zip(&self.x_levels).enumerate() {
                let levels = || format!("{} {x_level}, {} {y_level}", self.x_title, self.y_title);
                let at = (x.at(across as f64 + 0.5), y.at(up as f64 + 0.5));
                canvas.mark(at, || mark(&panel.title, levels(), panel.unit.value(value), value));
            }
        }
    }

    fn draw_levels<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        plot: &Area,
        x: &Scale,
        y: &Scale,
    ) -> Drawn<DB> {
        for (index, level) in self.y_levels.iter().enumerate() {
            let words = lettering::shortened(level, TICK_SIZE, Weight::Regular, self.level_room() - 6.0);
            let label = Text::new(&words, TICK_SIZE, theme::GREY).align(Align::Right);
            canvas.text_beside((plot.left - 6.0, y.at(index as f64 + 0.5)), &label)?;
        }
        let room = plot.width() / self.x_levels.len() as f64 - 4.0;
        let words: Vec<String> = self
            .x_levels
            .iter()
            .map(|level| lettering::shortened(level, TICK_SIZE, Weight::Regular, room.max(30.0)))
            .collect();
        let centers: Vec<f64> = (0..words.len()).map(|index| x.at(index as f64 + 0.5)).collect();
        let widths: Vec<f64> =
            words.iter().map(|words| lettering::width(words, TICK_SIZE, Weight::Regular)).collect();
        let kept = placement::keep_apart(&centers, &widths, 3.0);
        for ((words, center), _) in words.iter().zip(centers).zip(kept).filter(|(_, kept)| *kept) {
            let label = Text::new(words, TICK_SIZE, theme::GREY).align(Align::Center);
            canvas.text((center, plot.bottom + 4.0 + TICK_SIZE), &label)?;
        }
        let title = Text::new(&self.x_title, TICK_SIZE, theme::GREY).align(Align::Center);
        let middle = f64::midpoint(plot.left, plot.right);
        canvas.text_within((middle, plot.bottom + 6.0 + 2.5 * TICK_SIZE), &title, plot.width())
    }
}

/// The range that colours span: that of the values, but at least a part of the largest of them, so that values that
/// are nearly the same look it.
fn color_range((low, high): (f64, f64)) -> (f64, f64) {
    let least = LEAST_SPAN * low.abs().max(high.abs());
    if high - low >= least {
        return (low, high);
    }
    let middle = f64::midpoint(low, high);
    (middle - least / 2.0, middle + least / 2.0)
}

/// Colours every cell and writes its value in it, as large as the widest allows and never with a value cut.
fn draw_cells<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    panel: &HeatPanel,
    bounds: Option<(f64, f64)>,
    x: &Scale,
    y: &Scale,
) -> Drawn<DB> {
    let (width, height) = (x.at(1.0) - x.at(0.0), y.at(0.0) - y.at(1.0));
    let values = || panel.rows.iter().flatten().map(|&value| panel.unit.value(value));
    let widest = values()
        .map(|words| lettering::width(&words, 1.0, Weight::Regular))
        .fold(f64::MIN_POSITIVE, f64::max);
    let size = ((width - 5.0) / widest).min(height - 4.0).min(CELL_SIZE);
    for (row, cells) in panel.rows.iter().enumerate().take(y.high as usize) {
        for (column, &value) in cells.iter().enumerate().take(x.high as usize) {
            let (left, bottom) = (x.at(column as f64), y.at(row as f64));
            let cell = Area { left, top: bottom - height, right: left + width - 1.0, bottom: bottom - 1.0 };
            let ground = match bounds {
                Some(bounds) if value.is_finite() => {
                    let is_muted = panel.is_muted(bounds.0, bounds.1);
                    let (low, high) = color_range(bounds);
                    let share = if high > low { (value - low) / (high - low) } else { 0.0 };
                    if is_muted { theme::muted(share) } else { theme::sequential(share) }
                }
                _ => theme::SHADE,
            };
            canvas.rectangle(&cell, ground)?;
            if size >= LEAST_CELL_TEXT {
                let words = panel.unit.value(value);
                let label = Text::new(&words, size, theme::ink_on(ground)).align(Align::Center);
                let middle = (f64::midpoint(cell.left, cell.right), f64::midpoint(cell.top, cell.bottom));
                canvas.text_beside(middle, &label)?;
            }
        }
    }
    Ok(())
}

/// Draws the panel's colours from its least to its greatest value at the right of its second row, and
/// returns where they start.
fn draw_color_scale<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    unit: Unit,
    (low, high): (f64, f64),
    area: &Area,
) -> Result<f64, plotters_backend::DrawingErrorKind<DB::ErrorType>> {
    const STEPS: usize = 12;
    const LENGTH: f64 = 48.0;
    let middle = area.top + theme::LABEL_SIZE + 15.5;
    let (least, greatest) = (unit.value(low), unit.value(high));
    let right = area.right - lettering::width(&greatest, TICK_SIZE, Weight::Regular) - 5.0;
    let left = right - LENGTH;
    for step in 0..STEPS {
        let at = |edge: usize| left + LENGTH * edge as f64 / STEPS as f64;
        let swatch = Area { left: at(step), top: middle - 4.0, right: at(step + 1), bottom: middle + 4.0 };
        canvas.rectangle(&swatch, theme::sequential(step as f64 / (STEPS - 1) as f64))?;
    }
    let text = |words| Text::new(words, TICK_SIZE, theme::GREY).align(Align::Right);
    canvas.text_beside((area.right, middle), &text(&greatest))?;
    canvas.text_beside((left - 5.0, middle), &text(&least))?;
    Ok(left - 5.0 - lettering::width(&least, TICK_SIZE, Weight::Regular))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(rows: usize, columns: usize) -> HeatMap {
        let value = |row: usize, column: usize| (row * columns + column) as f64 / 100.0;
        HeatMap {
            heading: Heading::new("Deadline and delay", "means").if_empty("no point finished"),
            x_title: "deadline, hours".to_owned(),
            x_levels: (0..columns).map(|level| format!("{} h", level * 24)).collect(),
            y_title: "mean delay, days".to_owned(),
            y_levels: (0..rows).map(|level| format!("{level} d")).collect(),
            panels: vec![HeatPanel {
                title: "dispute rate, %".to_owned(),
                unit: Unit::Percent,
                rows: (0..rows).map(|row| (0..columns).map(|column| value(row, column)).collect()).collect(),
                is_noise: false,
            }],
        }
    }

    #[test]
    fn every_cell_carries_its_value() {
        let svg = Chart::from(example(3, 3)).svg();
        assert!((1..=8).all(|cell| svg.contains(&format!(">\n{cell} %\n"))));
    }

    #[test]
    fn values_that_are_nearly_the_same_have_nearly_one_colour() {
        let (low, high) = color_range((0.0126, 0.0129));
        let share = |value: f64| (value - low) / (high - low);
        assert!(share(0.0126) > 0.4 && share(0.0129) < 0.6, "{low} {high}");
        assert_eq!(color_range((0.0, 0.02)), (0.0, 0.02));
    }

    #[test]
    fn a_map_within_its_noise_says_so_and_shows_no_colours() {
        let mut chart = example(3, 3);
        let colored = Chart::from(chart.clone()).svg();
        assert!(colored.contains("#440154") && !colored.contains(WITHIN_NOISE));
        chart.panels[0].is_noise = true;
        let muted = Chart::from(chart).svg();
        assert!(!muted.contains("#440154") && muted.contains(WITHIN_NOISE));
    }

    #[test]
    fn a_missing_cell_is_a_dash_and_not_zero() {
        let mut chart = example(2, 2);
        chart.panels[0].rows[1][0] = f64::NAN;
        assert!(Chart::from(chart).svg().contains(">\n–\n"));
    }

    #[test]
    fn a_constant_map_and_ragged_rows_can_be_drawn() {
        let mut chart = example(2, 2);
        chart.panels[0].rows = vec![vec![0.5; 9]];
        let svg = Chart::from(chart).svg();
        assert!(svg.contains("50 %") && svg.contains(ALL_EQUAL));
    }

    #[test]
    fn an_empty_map_says_so() {
        assert!(Chart::from(example(0, 0)).svg().contains("no data: no point finished"));
    }
}
