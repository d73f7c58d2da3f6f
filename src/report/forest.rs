//! A forest: differences with their intervals, one row each, around the line at which nothing changes.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Canvas, Drawn};
use super::heading::{self, Heading};
use super::marks::{mark, with_interval};
use super::rows::{self, RowSizes, Rows};
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

const SIZES: RowSizes = RowSizes { pitch: 26.0, name_room: 230.0, words_room: 230.0 };
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
        rows::height(self.top(), self.rows.len().max(4), &SIZES)
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.rows.iter().any(|row| row.value.is_finite())
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let ends = self.rows.iter().flat_map(|row| [row.value, row.low, row.high]);
        let Some((low, high)) = scale::extent(ends.chain([0.0])).filter(|_| !self.rows.is_empty()) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let colors = [Verdict::Lower, Verdict::Higher, Verdict::Unclear].map(Verdict::color);
        heading::draw_legend(canvas, &LEGEND, &colors, self.heading.bottom())?;
        let (low, high, ticks) = scale::axis_from_zero((low, high), self.unit, 6);
        let labels = self.rows.iter().map(|row| (row.name.as_str(), row.words.as_str()));
        let rows = Rows::new(labels, &SIZES, (self.top(), self.height()), (low, high));
        rows.draw_axis(canvas, &ticks, self.unit, &self.x_title)?;
        let (zero, area) = (rows.frame.x.at(0.0), &rows.frame.area);
        canvas.line((zero, area.top), (zero, area.bottom), theme::INK, 1.0)?;
        for (index, row) in self.rows.iter().enumerate() {
            let (middle, color) = (rows.middle(index), row.verdict.color());
            rows.draw_words(canvas, middle, &row.name, (&row.words, theme::text_color(color)))?;
            rows.draw_interval(canvas, middle, (row.value, row.low, row.high), color)?;
            let words = || with_interval(self.unit, row.value, (row.low, row.high));
            canvas.mark((rows.frame.x.at(row.value), middle), || {
                mark(&row.name, &row.words, words(), row.value)
            });
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
