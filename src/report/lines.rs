//! Daily series: named lines over days, with bands, thresholds and shaded events.

use plotters::backend::DrawingBackend;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::end_labels::{self, EndLabel};
use super::frame::{self, Frame, TickLabels};
use super::heading::Heading;
use super::lettering::{self, Weight};
use super::placement;
use super::scale;
use super::series::Series;
use super::theme;
use super::unit::Unit;

/// Lines over days.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The words above.
    pub heading: Heading,
    /// What x counts, such as "day".
    pub x_title: String,
    /// What y measures, with its unit.
    pub y_title: String,
    /// How y is written.
    pub unit: Unit,
    /// The days, increasing; every series has a value for each.
    pub days: Vec<f64>,
    /// The lines, in the order of the palette.
    pub series: Vec<Series>,
    /// Horizontal lines to compare with.
    pub references: Vec<Reference>,
    /// Stretches of days to set off.
    pub events: Vec<Event>,
}

/// A value to compare with: a threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Where it lies.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// Days in which something happened: a surge.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// First day.
    pub from: f64,
    /// Last day.
    pub to: f64,
    /// What it is.
    pub label: String,
}

impl Lines {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty() || scale::extent(self.series.iter().flat_map(Series::numbers)).is_none()
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let measured = scale::extent(self.series.iter().flat_map(Series::numbers));
        let (Some(bounds), Some(days)) = (measured, scale::extent(self.days.iter().copied())) else {
            return self.heading.draw_empty(canvas, theme::HEIGHT);
        };
        let values = self.references.iter().map(|reference| reference.value).chain([bounds.0, bounds.1]);
        let bounds = scale::extent(values).unwrap_or(bounds);
        // From zero: days differ little, and a cut axis would make waves of it.
        let (low, high, ticks) = scale::axis_from_zero(bounds, self.unit, 5);
        let y_labels = TickLabels::new(&ticks, self.unit);
        let frame = Frame::new(self.plot(&y_labels), days, (low, high));

        self.draw_events(canvas, &frame)?;
        frame.draw_y_axis(canvas, &y_labels, theme::AXIS_SIZE)?;
        let title_baseline = self.heading.bottom() + theme::AXIS_SIZE;
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        frame::draw_y_title(canvas, &self.y_title, theme::MARGIN, title_baseline, room)?;
        let x_labels = TickLabels::new(&scale::ticks_within(days, Unit::Count, 8), Unit::Count);
        frame.draw_x_axis(canvas, &x_labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;
        self.draw_series(canvas, &frame)?;
        end_labels::draw(canvas, &self.end_labels(&frame), &frame.area)
    }

    fn plot(&self, y_labels: &TickLabels) -> Area {
        let above = if self.events.is_empty() { 10.0 } else { 10.0 + theme::ROW_HEIGHT };
        let names = self.series.iter().map(|series| series.name.as_str());
        let names = names.chain(self.references.iter().map(|reference| reference.label.as_str()));
        Area {
            left: theme::MARGIN + y_labels.width(theme::AXIS_SIZE) + frame::TICK_GAP,
            top: self.heading.bottom() + theme::AXIS_SIZE + above,
            right: theme::WIDTH - theme::MARGIN - end_labels::room(names),
            bottom: theme::HEIGHT - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        }
    }

    fn draw_events<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>, frame: &Frame) -> Drawn<DB> {
        let size = theme::AXIS_SIZE;
        let shown: Vec<&Event> = self
            .events
            .iter()
            .filter(|event| event.to >= frame.x.low && event.from <= frame.x.high)
            .collect();
        let longest = frame.area.width() / 2.0;
        let words: Vec<String> = shown
            .iter()
            .map(|event| lettering::shortened(&event.label, size, Weight::Regular, longest))
            .collect();
        let widths: Vec<f64> =
            words.iter().map(|words| lettering::width(words, size, Weight::Regular)).collect();
        let centers: Vec<f64> = shown
            .iter()
            .zip(&widths)
            .map(|(event, width)| {
                let middle = f64::midpoint(frame.x.at(event.from), frame.x.at(event.to));
                let (first, last) = (frame.area.left + width / 2.0, frame.area.right - width / 2.0);
                middle.min(last).max(first)
            })
            .collect();
        let kept = placement::keep_apart(&centers, &widths, 8.0);
        for (event, (words, (center, kept))) in shown.iter().zip(words.iter().zip(centers.iter().zip(kept))) {
            let (left, right) = (frame.x.at(event.from), frame.x.at(event.to));
            let shade = Area { left, right: right.max(left + 2.0), ..frame.area };
            canvas.rectangle(&shade, theme::SHADE)?;
            if kept {
                let label = Text::new(words, size, theme::GREY).align(Align::Center);
                canvas.text((*center, frame.area.top - 5.0), &label)?;
            }
        }
        Ok(())
    }

    fn draw_series<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>, frame: &Frame) -> Drawn<DB> {
        for (index, series) in self.series.iter().enumerate() {
            series.draw_band(canvas, frame, &self.days, series.color_at(index))?;
        }
        for reference in &self.references {
            let y = frame.y.at(reference.value);
            canvas.dashed((frame.area.left, y), (frame.area.right, y), theme::GREY)?;
        }
        for (index, series) in self.series.iter().enumerate() {
            series.draw_line(canvas, frame, &self.days, series.color_at(index))?;
            let day = |place: usize| format!("{} {}", self.x_title, self.days[place]);
            series.mark(canvas, frame, &self.days, (&series.name, self.unit), day);
        }
        Ok(())
    }

    /// Thresholds come first: they keep their label when there is no room for all.
    fn end_labels(&self, frame: &Frame) -> Vec<EndLabel> {
        let references = self.references.iter().map(|reference| EndLabel {
            name: reference.label.clone(),
            y: frame.y.at(reference.value),
            color: theme::GREY,
        });
        let series = self.series.iter().enumerate().filter_map(|(index, series)| {
            let y = frame.y.at(series.last()?);
            Some(EndLabel { name: series.name.clone(), y, color: series.color_at(index) })
        });
        references.chain(series).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::super::series::Band;
    use super::*;

    pub(in super::super) fn example(days: usize) -> Lines {
        let values: Vec<f64> = (0..days).map(|day| 0.03 + 0.01 * ((day * 37 % 17) as f64 / 17.0)).collect();
        let moved = |by: f64| values.iter().map(|value| value + by).collect::<Vec<f64>>();
        let band = Some(Band { low: moved(-0.004), high: moved(0.004) });
        Lines {
            heading: Heading::new("Dispute rate by seller segment", "share of orders, trailing 60 days"),
            x_title: "day".to_owned(),
            y_title: "dispute rate, % of orders".to_owned(),
            unit: Unit::Percent,
            days: (0..days).map(|day| day as f64).collect(),
            series: vec![
                Series { name: "overloaded desk".to_owned(), values: values.clone(), band, color: None },
                Series::new("careful", moved(-0.01)),
            ],
            references: vec![Reference { value: 0.05, label: "threshold 5 %".to_owned() }],
            events: vec![Event { from: 10.0, to: 20.0, label: "surge".to_owned() }],
        }
    }

    #[test]
    fn a_series_that_is_missing_everywhere_says_so() {
        let mut chart = example(10);
        for series in &mut chart.series {
            series.values.fill(f64::NAN);
            series.band = None;
        }
        chart.heading.if_empty = "no orders were shipped".to_owned();
        assert!(Chart::from(chart).svg().contains("no data: no orders were shipped"));
    }

    #[test]
    fn rates_start_at_zero_however_little_they_vary() {
        let mut chart = example(30);
        chart.series.truncate(1);
        (chart.series[0].band, chart.references) = (None, Vec::new());
        chart.series[0].values = (0..30).map(|day| if day % 2 == 0 { 0.0126 } else { 0.0129 }).collect();
        assert!(Chart::from(chart).svg().contains(">\n0 %\n"));
    }

    #[test]
    fn one_day_can_be_drawn() {
        assert!(Chart::from(example(1)).svg().contains("<circle"));
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let mut chart = example(30);
        chart.series.truncate(1);
        chart.series[0].band = None;
        let whole = Chart::from(chart.clone()).svg().matches("<polyline").count();
        chart.series[0].values[15] = f64::NAN;
        assert_eq!(Chart::from(chart).svg().matches("<polyline").count(), whole + 1);
    }
}
