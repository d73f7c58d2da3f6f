//! A forest: differences with their intervals, one row each, around the line at which nothing changes.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::scale;
use super::theme;
use super::unit::Unit;

/// Differences by row.
#[derive(Clone, Debug)]
pub struct Forest {
    /// The words above.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub unit: Unit,
    /// The rows, from the top.
    pub rows: Vec<ForestRow>,
}

/// What is said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is below 0.
    Lower,
    /// It is above 0.
    Higher,
    /// It is not distinguishable from 0.
    Unclear,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct ForestRow {
    /// The name at the left.
    pub name: String,
    /// The difference; NaN where there is none.
    pub value: f64,
    /// Lower end of its interval; NaN where there is none.
    pub low: f64,
    /// Upper end of its interval; NaN where there is none.
    pub high: f64,
    /// The difference in words, at the right.
    pub words: String,
    /// What is said of it.
    pub verdict: Verdict,
}

const PITCH: f64 = 26.0;
const NAME_ROOM: f64 = 230.0;
const WORDS_ROOM: f64 = 230.0;
const LEGEND: [&str; 3] = ["lower", "higher", "not distinguishable"];

impl Verdict {
    const fn color(self) -> RGBColor {
        match self {
            Self::Lower => theme::PALETTE[0],
            Self::Higher => theme::PALETTE[1],
            Self::Unclear => theme::PALETTE[6],
        }
    }
}

impl Forest {
    fn top(&self) -> f64 {
        self.heading.bottom() + heading::legend_height(&LEGEND) + 4.0
    }

    /// The height that suits the number of rows.
    pub(super) fn height(&self) -> f64 {
        let below = theme::MARGIN + frame::below(theme::AXIS_SIZE) - 8.0;
        (self.top() + self.rows.len().max(4) as f64 * PITCH + below).ceil()
    }

    /// Draws the chart on any backend of the size that [`super::Chart::size`] gives.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB) -> Drawn<DB> {
        let canvas = &mut Canvas::new(backend);
        self.heading.draw(canvas)?;
        let ends = self.rows.iter().flat_map(|row| [row.value, row.low, row.high]);
        let Some((low, high)) = scale::extent(ends.chain([0.0])).filter(|_| !self.rows.is_empty()) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let colors = [Verdict::Lower, Verdict::Higher, Verdict::Unclear].map(Verdict::color);
        heading::draw_legend(canvas, &LEGEND, &colors, self.heading.bottom())?;
        let width = |words: &str| lettering::width(words, theme::LABEL_SIZE, Weight::Regular);
        let widest =
            |of: fn(&ForestRow) -> &str| self.rows.iter().map(|row| width(of(row))).fold(0.0, f64::max);
        let name_room = widest(|row| &row.name).min(NAME_ROOM);
        let words_room = widest(|row| &row.words).min(WORDS_ROOM);
        let (low, high, ticks) = scale::axis_from_zero((low, high), self.unit, 6);
        let area = Area {
            left: theme::MARGIN + name_room + 14.0,
            top: self.top(),
            right: theme::WIDTH - theme::MARGIN - words_room - 14.0,
            bottom: self.height() - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, (low, high), (0.0, 1.0));
        let labels = TickLabels::new(&ticks, self.unit);
        frame.draw_x_grid(canvas, &labels)?;
        frame.draw_x_axis(canvas, &labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;
        let zero = frame.x.at(0.0);
        canvas.line((zero, frame.area.top), (zero, frame.area.bottom), theme::INK, 1.0)?;
        let pitch = frame.area.height() / self.rows.len() as f64;
        for (index, row) in self.rows.iter().enumerate() {
            let middle = frame.area.top + (index as f64 + 0.5) * pitch;
            Self::draw_row(canvas, &frame, row, middle, (name_room, words_room))?;
        }
        Ok(())
    }

    fn draw_row<DB: DrawingBackend>(
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        row: &ForestRow,
        middle: f64,
        (name_room, words_room): (f64, f64),
    ) -> Drawn<DB> {
        let color = row.verdict.color();
        let baseline = middle + 0.365 * theme::LABEL_SIZE;
        let name = Text::new(&row.name, theme::LABEL_SIZE, theme::INK);
        canvas.text_within((theme::MARGIN, baseline), &name, name_room + 0.5)?;
        let words = Text::new(&row.words, theme::LABEL_SIZE, theme::text_color(color)).align(Align::Right);
        canvas.text_within((theme::WIDTH - theme::MARGIN, baseline), &words, words_room + 0.5)?;
        if row.low.is_finite() && row.high.is_finite() {
            let (low, high) = (frame.x.at(row.low), frame.x.at(row.high));
            canvas.line((low, middle), (high, middle), color, 2.0)?;
            for end in [low, high] {
                canvas.line((end, middle - 4.0), (end, middle + 4.0), color, 1.5)?;
            }
        }
        if row.value.is_finite() {
            canvas.dot((frame.x.at(row.value), middle), 4.0, color, 1.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(values: &[f64]) -> Forest {
        let row = |(index, &value): (usize, &f64)| ForestRow {
            name: format!("metric {index}"),
            value,
            low: value - 0.05,
            high: value + 0.05,
            words: format!("{value}"),
            verdict: if value > 0.05 { Verdict::Higher } else { Verdict::Unclear },
        };
        Forest {
            heading: Heading::new(
                "Faster answers leave fewer disputes to silence",
                "baseline against faster",
            ),
            x_title: "difference, % of the baseline".to_owned(),
            unit: Unit::Percent,
            rows: values.iter().enumerate().map(row).collect(),
        }
    }

    #[test]
    fn a_row_without_a_difference_has_its_words_and_no_dot() {
        let svg = Chart::from(example(&[0.2, f64::NAN])).svg();
        assert!(
            svg.contains("metric 1") && svg.contains("NaN") && svg.matches("<circle").count() == 1,
            "{svg}"
        );
    }

    #[test]
    fn no_rows_say_so() {
        assert!(Chart::from(example(&[])).svg().contains("no data"));
    }
}
