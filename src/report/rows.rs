//! The ground of charts with one row for each thing: its name at the left, words about it at the right, a plot between.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::lettering::{self, Weight};
use super::scale::Ticks;
use super::theme;
use super::unit::Unit;

/// The space between the plot and the words beside it.
const GAP: f64 = 14.0;

/// How high rows are and how wide the words beside them may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowSizes {
    pub(super) pitch: f64,
    pub(super) name_room: f64,
    pub(super) words_room: f64,
}

/// The plot with the rows laid out.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) frame: Frame,
    name_room: f64,
    words_room: f64,
    pitch: f64,
}

/// The height of a chart whose rows begin at `top`.
pub(super) fn height(top: f64, rows: usize, sizes: &RowSizes) -> f64 {
    (top + rows as f64 * sizes.pitch + theme::MARGIN + frame::below(theme::AXIS_SIZE) - 8.0).ceil()
}

impl Rows {
    /// Rows with these names and words, from `top` to the lower end of a chart of that height, over the range of x.
    pub(super) fn new<'a>(
        labels: impl Iterator<Item = (&'a str, &'a str)>,
        sizes: &RowSizes,
        (top, height): (f64, f64),
        x: (f64, f64),
    ) -> Self {
        let width = |words: &str| lettering::width(words, theme::LABEL_SIZE, Weight::Regular);
        let (mut count, mut name_room, mut words_room) = (0_u32, 0.0_f64, 0.0_f64);
        for (name, words) in labels {
            count += 1;
            name_room = name_room.max(width(name));
            words_room = words_room.max(width(words));
        }
        let (name_room, words_room) = (name_room.min(sizes.name_room), words_room.min(sizes.words_room));
        let area = Area {
            left: theme::MARGIN + name_room + GAP,
            top,
            right: theme::WIDTH - theme::MARGIN - words_room - GAP,
            bottom: height - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let pitch = area.height() / f64::from(count.max(1));
        Self { frame: Frame::new(area, x, (0.0, 1.0)), name_room, words_room, pitch }
    }

    /// The grid along x, the axis below and its title.
    pub(super) fn draw_axis<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        ticks: &Ticks,
        unit: Unit,
        title: &str,
    ) -> Drawn<DB> {
        let labels = TickLabels::new(ticks, unit);
        self.frame.draw_x_grid(canvas, &labels)?;
        self.frame.draw_x_axis(canvas, &labels, theme::AXIS_SIZE)?;
        self.frame.draw_x_title(canvas, title, theme::AXIS_SIZE)
    }

    /// The middle of a row, from 0 at the top.
    pub(super) fn middle(&self, index: usize) -> f64 {
        self.frame.area.top + (index as f64 + 0.5) * self.pitch
    }

    /// The name of a row and the words about it, these in their colour.
    pub(super) fn draw_words<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        middle: f64,
        name: &str,
        (words, color): (&str, RGBColor),
    ) -> Drawn<DB> {
        let baseline = middle + 0.365 * theme::LABEL_SIZE;
        let name = Text::new(name, theme::LABEL_SIZE, theme::INK);
        canvas.text_within((theme::MARGIN, baseline), &name, self.name_room + 0.5)?;
        let words = Text::new(words, theme::LABEL_SIZE, color).align(Align::Right);
        canvas.text_within((theme::WIDTH - theme::MARGIN, baseline), &words, self.words_room + 0.5)
    }

    /// A value as a dot with its interval as a whisker; what is not finite is left out.
    pub(super) fn draw_interval<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        middle: f64,
        (value, low, high): (f64, f64, f64),
        color: RGBColor,
    ) -> Drawn<DB> {
        if low.is_finite() && high.is_finite() {
            let (low, high) = (self.frame.x.at(low), self.frame.x.at(high));
            canvas.line((low, middle), (high, middle), color, 2.0)?;
            for end in [low, high] {
                canvas.line((end, middle - 4.0), (end, middle + 4.0), color, 1.5)?;
            }
        }
        if value.is_finite() {
            canvas.dot((self.frame.x.at(value), middle), 4.0, color, 1.0)?;
        }
        Ok(())
    }
}
