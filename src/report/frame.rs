//! The ground of a plot: its area, its two scales, ticks, grid and axis titles.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::lettering::{self, Weight};
use super::placement;
use super::scale::{Scale, Ticks};
use super::theme;
use super::unit::Unit;

/// An area with a scale along each side.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) area: Area,
    pub(super) x: Scale,
    pub(super) y: Scale,
}

/// Tick labels and the values they stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct TickLabels {
    pub(super) values: Vec<f64>,
    pub(super) words: Vec<String>,
}

/// Space between a tick label and the plot.
pub(super) const TICK_GAP: f64 = 6.0;

impl TickLabels {
    pub(super) fn new(ticks: &Ticks, unit: Unit) -> Self {
        let largest = ticks.values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let words = ticks.values.iter().map(|&value| unit.tick(value, ticks.step, largest)).collect();
        Self { values: ticks.values.clone(), words }
    }

    /// The width of the widest label, set at `size`.
    pub(super) fn width(&self, size: f64) -> f64 {
        self.words.iter().map(|words| label_width(words, size)).fold(0.0, f64::max)
    }

    /// The most rows that a label has.
    pub(super) fn rows(&self) -> usize {
        self.words.iter().map(|words| words.lines().count()).max().unwrap_or(0)
    }
}

/// The width of a label's widest row.
fn label_width(words: &str, size: f64) -> f64 {
    words.lines().map(|row| lettering::width(row, size, Weight::Regular)).fold(0.0, f64::max)
}

impl Frame {
    /// A frame over `area` with values growing to the right and upwards.
    pub(super) fn new(area: Area, x: (f64, f64), y: (f64, f64)) -> Self {
        Self {
            area,
            x: Scale { low: x.0, high: x.1, from: area.left, to: area.right },
            y: Scale { low: y.0, high: y.1, from: area.bottom, to: area.top },
        }
    }

    /// Horizontal grid lines with their labels to the left.
    pub(super) fn draw_y_axis<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        ticks: &TickLabels,
        size: f64,
    ) -> Drawn<DB> {
        let (left, right) = (self.area.left, self.area.right);
        for (&value, words) in ticks.values.iter().zip(&ticks.words) {
            let y = self.y.at(value);
            canvas.line((left, y), (right, y), theme::GRID, 1.0)?;
            let label = Text::new(words, size, theme::GREY).align(Align::Right);
            canvas.text_beside((left - TICK_GAP, y), &label)?;
        }
        Ok(())
    }

    /// The lower line with ticks and labels; labels that would overlap their neighbour are left out.
    /// A label may have several rows.
    pub(super) fn draw_x_axis<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        ticks: &TickLabels,
        size: f64,
    ) -> Drawn<DB> {
        let bottom = self.area.bottom;
        canvas.line((self.area.left, bottom), (self.area.right, bottom), theme::AXIS, 1.0)?;
        let positions: Vec<f64> = ticks.values.iter().map(|&value| self.x.at(value)).collect();
        let widths: Vec<f64> = ticks.words.iter().map(|words| label_width(words, size)).collect();
        let kept = placement::keep_apart(&positions, &widths, 4.0);
        for ((&x, words), kept) in positions.iter().zip(&ticks.words).zip(kept) {
            canvas.line((x, bottom), (x, bottom + 4.0), theme::AXIS, 1.0)?;
            for (row, words) in words.lines().enumerate().filter(|_| kept) {
                let label = Text::new(words, size, theme::GREY).align(Align::Center);
                canvas.text((x, bottom + TICK_GAP + size * (1.0 + 1.2 * row as f64)), &label)?;
            }
        }
        Ok(())
    }

    /// Vertical grid lines, for charts that are read along x.
    pub(super) fn draw_x_grid<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        ticks: &TickLabels,
    ) -> Drawn<DB> {
        for &value in &ticks.values {
            let x = self.x.at(value);
            canvas.line((x, self.area.top), (x, self.area.bottom), theme::GRID, 1.0)?;
        }
        Ok(())
    }

    /// The title of the x axis, below its tick labels.
    pub(super) fn draw_x_title<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        title: &str,
        size: f64,
    ) -> Drawn<DB> {
        let middle = f64::midpoint(self.area.left, self.area.right);
        let text = Text::new(title, size, theme::GREY).align(Align::Center);
        canvas.text_within((middle, self.area.bottom + TICK_GAP + 2.6 * size), &text, self.area.width())
    }
}

/// The title of a y axis: level text above the axis, starting at the margin, which needs no turned head.
pub(super) fn draw_y_title<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    title: &str,
    left: f64,
    baseline: f64,
    room: f64,
) -> Drawn<DB> {
    canvas.text_within((left, baseline), &Text::new(title, theme::AXIS_SIZE, theme::GREY), room)
}

/// Height below a plot that its tick labels and x title take.
pub(super) fn below(size: f64) -> f64 {
    TICK_GAP + 2.9 * size
}
