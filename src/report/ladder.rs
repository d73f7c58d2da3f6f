//! A ladder: candidates with their intervals, one row each, coloured by what became of them.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
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
const PITCH: f64 = 22.0;
const NAME_ROOM: f64 = 220.0;
const WORDS_ROOM: f64 = 150.0;

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
        let below = theme::MARGIN + frame::below(theme::AXIS_SIZE) - 8.0;
        (self.top() + self.rows.len().max(4) as f64 * PITCH + below).ceil()
    }

    /// Draws the chart on any backend of the size that [`super::Chart::size`] gives.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB) -> Drawn<DB> {
        let canvas = &mut Canvas::new(backend);
        self.heading.draw(canvas)?;
        let ends = self.rows.iter().flat_map(|row| [row.value, row.interval.0, row.interval.1]);
        let Some(bounds) = scale::extent(ends.chain(self.limit.iter().map(|limit| limit.0))) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let color = |class: usize| theme::series_color(CLASS_COLORS[class % CLASS_COLORS.len()]);
        let colors: Vec<_> = (0..self.classes.len()).map(color).collect();
        heading::draw_legend(canvas, &self.names(), &colors, self.heading.bottom())?;
        let width = |words: &str| lettering::width(words, theme::LABEL_SIZE, Weight::Regular);
        let widest =
            |of: fn(&LadderRow) -> &str| self.rows.iter().map(|row| width(of(row))).fold(0.0, f64::max);
        let (name_room, words_room) =
            (widest(|row| &row.name).min(NAME_ROOM), widest(|row| &row.words).min(WORDS_ROOM));
        let (low, high, ticks) = scale::axis(bounds, self.unit, 6);
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
        if let Some((at, words)) = &self.limit {
            let (x, top) = (frame.x.at(*at), frame.area.top);
            canvas.dashed((x, top), (x, frame.area.bottom), theme::INK)?;
            let label = Text::new(words, theme::AXIS_SIZE, theme::GREY).align(Align::Center);
            let half = lettering::width(words, theme::AXIS_SIZE, Weight::Regular) / 2.0;
            let middle = x
                .clamp(theme::MARGIN + half, (theme::WIDTH - theme::MARGIN - half).max(theme::MARGIN + half));
            canvas.text((middle, top - 4.0), &label)?;
        }
        let pitch = frame.area.height() / self.rows.len() as f64;
        for (index, row) in self.rows.iter().enumerate() {
            let (middle, color) = (frame.area.top + (index as f64 + 0.5) * pitch, color(row.class));
            let baseline = middle + 0.365 * theme::LABEL_SIZE;
            let name = Text::new(&row.name, theme::LABEL_SIZE, theme::INK);
            canvas.text_within((theme::MARGIN, baseline), &name, name_room + 0.5)?;
            let words =
                Text::new(&row.words, theme::LABEL_SIZE, theme::text_color(color)).align(Align::Right);
            canvas.text_within((theme::WIDTH - theme::MARGIN, baseline), &words, words_room + 0.5)?;
            let (low, high) = row.interval;
            if low.is_finite() && high.is_finite() {
                let (low, high) = (frame.x.at(low), frame.x.at(high));
                canvas.line((low, middle), (high, middle), color, 2.0)?;
                for end in [low, high] {
                    canvas.line((end, middle - 4.0), (end, middle + 4.0), color, 1.5)?;
                }
            }
            if row.value.is_finite() {
                canvas.dot((frame.x.at(row.value), middle), 4.0, color, 1.0)?;
            }
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
