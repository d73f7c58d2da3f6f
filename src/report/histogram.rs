//! How long answers take, against the deadline.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::Heading;
use super::lettering::{self, Weight};
use super::marks::mark;
use super::scale;
use super::theme;
use super::unit::Unit;

/// Shares per bin with a vertical line to compare with.
#[derive(Clone, Debug)]
pub struct Histogram {
    /// The words above.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub x_unit: Unit,
    /// What y measures, with its unit.
    pub y_title: String,
    /// How y is written.
    pub y_unit: Unit,
    /// The bins, in order; a gap between them stays empty.
    pub bins: Vec<Bin>,
    /// The line that splits the bins.
    pub deadline: Option<Deadline>,
}

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its height; NaN draws nothing.
    pub share: f64,
}

/// The line that splits the bins.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Where it lies.
    pub at: f64,
    /// What it is: "deadline 120 h".
    pub label: String,
    /// What is beyond it: "7.4 % later or never"; may be empty.
    pub beyond: String,
}

impl Histogram {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.bins.iter().any(|bin| bin.share.is_finite())
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let drawn = self.bins.iter().filter(|bin| bin.share.is_finite());
        let ends = drawn.clone().flat_map(|bin| [bin.from, bin.to]);
        let heights = scale::extent(drawn.clone().map(|bin| bin.share));
        let (Some(heights), Some(ends)) = (heights, scale::extent(ends)) else {
            return self.heading.draw_empty(canvas, theme::HEIGHT);
        };
        let marked = self.deadline.iter().map(|deadline| deadline.at);
        let ends = scale::extent(marked.chain([ends.0, ends.1])).unwrap_or(ends);
        let (low, high, ticks) = scale::axis_from_zero(heights, self.y_unit, 5);
        let y_labels = TickLabels::new(&ticks, self.y_unit);
        // Two rows above the bars belong to the deadline, so that its words never cover a bar.
        let top = self.heading.bottom() + theme::AXIS_SIZE + 10.0;
        let words = if self.deadline.is_some() { 2.0 * theme::ROW_HEIGHT } else { 0.0 };
        let area = Area {
            left: theme::MARGIN + y_labels.width(theme::AXIS_SIZE) + frame::TICK_GAP,
            top: top + words,
            right: theme::WIDTH - theme::MARGIN - 12.0,
            bottom: theme::HEIGHT - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, ends, (low, high));
        frame.draw_y_axis(canvas, &y_labels, theme::AXIS_SIZE)?;
        let title_baseline = self.heading.bottom() + theme::AXIS_SIZE;
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        frame::draw_y_title(canvas, &self.y_title, theme::MARGIN, title_baseline, room)?;
        for bin in drawn {
            self.draw_bin(canvas, &frame, bin)?;
        }
        let x_labels = TickLabels::new(&scale::ticks_within(ends, self.x_unit, 9), self.x_unit);
        frame.draw_x_axis(canvas, &x_labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;
        match &self.deadline {
            Some(deadline) => draw_deadline(canvas, &frame, deadline, top),
            None => Ok(()),
        }
    }

    fn draw_bin<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        bin: &Bin,
    ) -> Drawn<DB> {
        let late = self.deadline.as_ref().is_some_and(|deadline| bin.from >= deadline.at - 1e-9);
        let (left, right) = (frame.x.at(bin.from), frame.x.at(bin.to));
        let seam = if right - left > 3.0 { 0.5 } else { 0.0 };
        let bar = Area {
            left: left + seam,
            top: frame.y.at(bin.share),
            right: (right - seam).max(left + 0.5),
            bottom: frame.y.at(0.0),
        };
        let unit = self.x_unit;
        let words = || {
            let range = format!("{} to {}", unit.value(bin.from), unit.value(bin.to));
            mark(&self.y_title, range, self.y_unit.value(bin.share), bin.share)
        };
        canvas.mark((f64::midpoint(left, right), bar.top), words);
        canvas.rectangle(&bar, theme::series_color(usize::from(late)))
    }
}

/// Draws the line and its two rows of words, on the side where they fit.
fn draw_deadline<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    frame: &Frame,
    deadline: &Deadline,
    top: f64,
) -> Drawn<DB> {
    let x = frame.x.at(deadline.at);
    canvas.dashed((x, top - 2.0), (x, frame.area.bottom), theme::INK)?;
    let words = [&deadline.label, &deadline.beyond];
    let widest = words
        .iter()
        .map(|words| lettering::width(words, theme::LABEL_SIZE, Weight::Bold))
        .fold(0.0, f64::max);
    let (before, after) = (x - theme::MARGIN - 8.0, theme::WIDTH - theme::MARGIN - x - 8.0);
    let (align, at, room) = if widest <= after || after >= before {
        (Align::Left, x + 8.0, after)
    } else {
        (Align::Right, x - 8.0, before)
    };
    let label = Text::new(&deadline.label, theme::LABEL_SIZE, theme::INK).align(align);
    canvas.text_within((at, top + theme::ROW_HEIGHT * 0.6), &label, room)?;
    let late = theme::text_color(theme::series_color(1));
    let beyond = Text::new(&deadline.beyond, theme::LABEL_SIZE, late).align(align).bold();
    canvas.text_within((at, top + theme::ROW_HEIGHT * 1.6), &beyond, room)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(shares: &[f64], deadline: f64) -> Histogram {
        let bin = |(index, &share): (usize, &f64)| {
            let from = index as f64 * 12.0;
            Bin { from, to: from + 12.0, share }
        };
        Histogram {
            heading: Heading::new("Response delays", "share of disputes").if_empty("no disputes"),
            x_title: "hours from filing".to_owned(),
            x_unit: Unit::Hours,
            y_title: "share of disputes, %".to_owned(),
            y_unit: Unit::Percent,
            bins: shares.iter().enumerate().map(bin).collect(),
            deadline: Some(Deadline {
                at: deadline,
                label: "deadline 120 h".to_owned(),
                beyond: "7.4 % later or never".to_owned(),
            }),
        }
    }

    #[test]
    fn the_deadline_is_shown_even_beyond_the_last_bin() {
        let svg = Chart::from(example(&[0.4, 0.6], 120.0)).svg();
        assert!(svg.contains("deadline 120 h") && svg.contains("120 h\n"));
    }

    #[test]
    fn no_bins_and_missing_bins_say_so() {
        assert!(Chart::from(example(&[], 120.0)).svg().contains("no data: no disputes"));
        assert!(Chart::from(example(&[f64::NAN], 120.0)).svg().contains("no data: no disputes"));
    }

    #[test]
    fn one_bin_can_be_drawn() {
        assert!(Chart::from(example(&[1.0], 5.0)).svg().contains("<rect"));
    }
}
