//! A tornado: how far each factor moves an output from its mean, the strongest first.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::Frame;
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::mark;
use super::rows::{self, RowSizes, Rows};
use super::scale;
use super::theme;
use super::unit::Unit;

/// Bars from the mean to the output where a factor is low, and where it is high.
#[derive(Clone, Debug)]
pub struct Tornado {
    /// The words above.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub unit: Unit,
    /// The mean, from which bars begin.
    pub mean: f64,
    /// The factors, from the top.
    pub rows: Vec<TornadoRow>,
}

/// One factor.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// The name at the left.
    pub name: String,
    /// The output where it is low and where it is high; NaN where unknown.
    pub ends: [f64; 2],
    /// What low and high are.
    pub labels: [String; 2],
    /// What is written at the right.
    pub words: String,
}

const SIZES: RowSizes = RowSizes { pitch: 34.0, name_room: 200.0, words_room: 170.0 };
const BAR: f64 = 9.0;
const LEGEND: [&str; 2] = ["factor low", "factor high"];

impl Tornado {
    fn top(&self) -> f64 {
        self.heading.bottom() + heading::legend_height(&LEGEND) + 4.0
    }

    /// The height that suits the number of rows.
    pub(super) fn height(&self) -> f64 {
        rows::height(self.top(), self.rows.len().max(3), &SIZES)
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.mean.is_finite() || !self.rows.iter().flat_map(|row| row.ends).any(f64::is_finite)
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let ends = self.rows.iter().flat_map(|row| row.ends);
        let bounds = scale::extent(ends).filter(|_| self.mean.is_finite());
        let Some((low, high)) = bounds else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let colors = [theme::PALETTE[5], theme::PALETTE[1]];
        heading::draw_legend(canvas, &LEGEND, &colors, self.heading.bottom())?;
        let (low, high, ticks) = scale::axis((low.min(self.mean), high.max(self.mean)), self.unit, 6);
        let labels = self.rows.iter().map(|row| (row.name.as_str(), row.words.as_str()));
        let rows = Rows::new(labels, &SIZES, (self.top(), self.height()), (low, high));
        rows.draw_axis(canvas, &ticks, self.unit, &self.x_title)?;
        for (index, row) in self.rows.iter().enumerate() {
            let middle = rows.middle(index);
            self.draw_row(canvas, &rows.frame, row, middle, colors)?;
            rows.draw_words(canvas, middle, &row.name, (&row.words, theme::GREY))?;
        }
        let (mean, area) = (rows.frame.x.at(self.mean), &rows.frame.area);
        canvas.line((mean, area.top), (mean, area.bottom), theme::INK, 1.0)
    }

    /// The two bars of a factor, one above the other, so that neither hides the other on one side of the mean.
    fn draw_row<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        row: &TornadoRow,
        middle: f64,
        colors: [RGBColor; 2],
    ) -> Drawn<DB> {
        let mean = frame.x.at(self.mean);
        for (place, color) in colors.into_iter().enumerate() {
            let value = row.ends[place];
            if !value.is_finite() {
                continue;
            }
            let (end, top) = (frame.x.at(value), middle - BAR + place as f64 * BAR);
            let body = Area { left: mean.min(end), top, right: mean.max(end), bottom: top + BAR - 1.0 };
            canvas.rectangle(&body, color)?;
            let name = || format!("{} ({})", row.labels[place], LEGEND[place]);
            canvas.mark((end, top + BAR / 2.0), || mark(&row.name, name(), self.unit.value(value), value));
            let label = Text::new(&row.labels[place], theme::AXIS_SIZE - 1.5, theme::GREY);
            let room = lettering::width(&row.labels[place], theme::AXIS_SIZE - 1.5, Weight::Regular) + 4.0;
            let is_left = value < self.mean;
            let has_room = if is_left { end - room > frame.area.left } else { end + room < frame.area.right };
            // Beyond the end of the bar, else within it, and of a bar too short for that at the other side of the mean.
            let (at, is_left, label) = match (has_room, (end - mean).abs() > room) {
                (true, _) => (end, is_left, label),
                (false, true) => (end, !is_left, label.colored(theme::ink_on(color))),
                (false, false) => (mean, !is_left, label),
            };
            let (at, align) = if is_left { (at - 3.0, Align::Right) } else { (at + 3.0, Align::Left) };
            canvas.text_beside((at, top + (BAR - 1.0) / 2.0), &label.align(align))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;

    fn example(rows: usize) -> Tornado {
        let row = |index: usize| TornadoRow {
            name: format!("factor {index}"),
            ends: [0.02, 0.02 + 0.01 / (index as f64 + 1.0)],
            labels: ["6h".into(), "8d".into()],
            words: "71 %".into(),
        };
        Tornado {
            heading: Heading::new("Response delay moves the dispute rate most", "")
                .if_empty("no factor is left"),
            x_title: "dispute rate".into(),
            unit: Unit::Percent,
            mean: 0.024,
            rows: (0..rows).map(row).collect(),
        }
    }

    #[test]
    fn every_factor_has_its_row_and_its_ends() {
        let svg = Chart::from(example(3)).svg();
        for words in ["factor 0", "factor 2", "6h", "8d", "71 %", "factor low"] {
            assert!(svg.contains(words), "{words}");
        }
    }

    #[test]
    fn the_end_of_a_bar_that_reaches_the_edge_is_written_within_it() {
        let mut chart = example(1);
        (chart.mean, chart.rows[0].ends) = (0.02, [0.019_9, 0.03]);
        chart.rows[0].labels = ["6 h".into(), "the highest fifth".into()];
        let svg = Chart::from(chart).svg();
        assert!(svg.contains(">\n6 h\n") && svg.contains(">\nthe highest fifth\n"), "{svg}");
    }

    #[test]
    fn no_factor_at_all_says_so() {
        assert!(Chart::from(example(0)).svg().contains("no data: no factor is left"));
    }
}
