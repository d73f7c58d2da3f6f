//! A ladder: candidates with their intervals, one row each, coloured by what became of them.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Canvas, Drawn, Text};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::{mark, with_interval};
use super::rows::{self, RowSizes, Rows};
use super::scale;
use super::theme;
use super::unit::Unit;

/// Candidates by row.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// The words above.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub unit: Unit,
    /// What may have become of a candidate, in the order of colours.
    pub classes: Vec<String>,
    /// The rows, from the top.
    pub rows: Vec<LadderRow>,
    /// A vertical line to compare with, and what it is.
    pub limit: Option<(f64, String)>,
}

/// One candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderRow {
    /// The name at the left.
    pub name: String,
    /// The mean; NaN where there is none.
    pub value: f64,
    /// Ends of its interval; NaN where there is none.
    pub interval: (f64, f64),
    /// What is written at the right.
    pub words: String,
    /// Which class.
    pub class: usize,
}

/// Colours of the classes: vivid for what was selected, grey for what was not.
pub(super) const CLASS_COLORS: [usize; 4] = [2, 0, 6, 1];
const SIZES: RowSizes = RowSizes { pitch: 22.0, name_room: 220.0, words_room: 150.0 };

impl Ladder {
    fn names(&self) -> Vec<&str> {
        self.classes.iter().map(String::as_str).collect()
    }

    fn top(&self) -> f64 {
        let limit = if self.limit.is_some() { theme::ROW_HEIGHT } else { 0.0 };
        self.heading.bottom() + heading::legend_height(&self.names()) + 4.0 + limit
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
        let ends = self.rows.iter().flat_map(|row| [row.value, row.interval.0, row.interval.1]);
        let Some(bounds) = scale::extent(ends.chain(self.limit.iter().map(|limit| limit.0))) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let color = |class: usize| theme::series_color(CLASS_COLORS[class % CLASS_COLORS.len()]);
        let colors: Vec<_> = (0..self.classes.len()).map(color).collect();
        heading::draw_legend(canvas, &self.names(), &colors, self.heading.bottom())?;
        let (low, high, ticks) = scale::axis(bounds, self.unit, 6);
        let labels = self.rows.iter().map(|row| (row.name.as_str(), row.words.as_str()));
        let rows = Rows::new(labels, &SIZES, (self.top(), self.height()), (low, high));
        let frame = &rows.frame;
        rows.draw_axis(canvas, &ticks, self.unit, &self.x_title)?;
        if let Some((at, words)) = &self.limit {
            let (x, top) = (frame.x.at(*at), frame.area.top);
            canvas.dashed((x, top), (x, frame.area.bottom), theme::INK)?;
            let label = Text::new(words, theme::AXIS_SIZE, theme::GREY).align(Align::Center);
            let half = lettering::width(words, theme::AXIS_SIZE, Weight::Regular) / 2.0;
            let middle = x
                .clamp(theme::MARGIN + half, (theme::WIDTH - theme::MARGIN - half).max(theme::MARGIN + half));
            canvas.text((middle, top - 4.0), &label)?;
        }
        for (index, row) in self.rows.iter().enumerate() {
            let (middle, color) = (rows.middle(index), color(row.class));
            rows.draw_words(canvas, middle, &row.name, (&row.words, theme::text_color(color)))?;
            rows.draw_interval(canvas, middle, (row.value, row.interval.0, row.interval.1), color)?;
            let words = || with_interval(self.unit, row.value, row.interval);
            let class = self.classes.get(row.class).map_or("", String::as_str);
            canvas.mark((frame.x.at(row.value), middle), || mark(class, &row.name, words(), row.value));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;

    fn example(values: &[f64]) -> Ladder {
        let row = |(class, &value): (usize, &f64)| LadderRow {
            name: format!("candidate {class}"),
            value,
            interval: (value - 0.1, value + 0.1),
            words: "best".into(),
            class,
        };
        Ladder {
            heading: Heading::new("Candidate 0 is the best", "").if_empty("no candidate has a value"),
            x_title: "penalty AUC".into(),
            unit: Unit::Ratio,
            classes: ["best", "alive", "eliminated", "infeasible"].map(str::to_owned).to_vec(),
            rows: values.iter().enumerate().map(row).collect(),
            limit: Some((0.5, "limit 0.5".into())),
        }
    }

    #[test]
    fn every_candidate_has_its_row() {
        let svg = Chart::from(example(&[0.9, 0.8, f64::NAN, 0.4])).svg();
        assert!(svg.contains("candidate 3") && svg.contains("limit 0.5") && svg.contains("infeasible"));
    }

    #[test]
    fn no_values_at_all_say_so() {
        let empty = Ladder { limit: None, ..example(&[f64::NAN]) };
        assert!(Chart::from(empty).svg().contains("no data: no candidate has a value"));
    }
}
