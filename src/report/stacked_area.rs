//! How a total is made up over time: dispute outcomes by day or week.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Area, Canvas, Drawn, Point};
use super::end_labels::{self, EndLabel};
use super::frame::{self, Frame, TickLabels};
use super::heading::Heading;
use super::marks::mark;
use super::scale;
use super::series;
use super::theme;
use super::unit::Unit;

/// Layers stacked over days, the first at the bottom.
#[derive(Clone, Debug)]
pub struct StackedArea {
    /// The words above.
    pub heading: Heading,
    /// What x counts, such as "day".
    pub x_title: String,
    /// What y measures, with its unit.
    pub y_title: String,
    /// How y is written.
    pub unit: Unit,
    /// The days, increasing; every layer has a value for each.
    pub days: Vec<f64>,
    /// The layers from the bottom up, in the order of the palette.
    pub layers: Vec<Layer>,
}

/// One part of the total.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The name beside it.
    pub name: String,
    /// Its height on each day; a day on which any layer is NaN is a gap in all of them.
    pub values: Vec<f64>,
    /// The colour of what it stands for; without one it takes its place in the palette.
    pub color: Option<RGBColor>,
}

impl Layer {
    fn color_at(&self, index: usize) -> RGBColor {
        self.color.unwrap_or_else(|| theme::series_color(index))
    }
}

/// The lower and the upper edge of a layer on a day.
type Edges = (Point, Point);

impl StackedArea {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.stacks().iter().flatten().next().is_none()
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let stacks = self.stacks();
        let bounds = scale::extent(stacks.iter().flatten().map(|stack| stack[self.layers.len()]));
        let (Some(bounds), Some(days)) = (bounds, scale::extent(self.days.iter().copied())) else {
            return self.heading.draw_empty(canvas, theme::HEIGHT);
        };
        let (low, high, ticks) = scale::axis_from_zero(bounds, self.unit, 5);
        let y_labels = TickLabels::new(&ticks, self.unit);
        let names = self.layers.iter().map(|layer| layer.name.as_str());
        let area = Area {
            left: theme::MARGIN + y_labels.width(theme::AXIS_SIZE) + frame::TICK_GAP,
            top: self.heading.bottom() + theme::AXIS_SIZE + 10.0,
            right: theme::WIDTH - theme::MARGIN - end_labels::room(names),
            bottom: theme::HEIGHT - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, days, (low, high));
        frame.draw_y_axis(canvas, &y_labels, theme::AXIS_SIZE)?;
        let title_baseline = self.heading.bottom() + theme::AXIS_SIZE;
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        frame::draw_y_title(canvas, &self.y_title, theme::MARGIN, title_baseline, room)?;
        for index in 0..self.layers.len() {
            self.draw_layer(canvas, &frame, &stacks, index)?;
        }
        let x_labels = TickLabels::new(&scale::ticks_within(days, Unit::Count, 8), Unit::Count);
        frame.draw_x_axis(canvas, &x_labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;
        end_labels::draw(canvas, &self.end_labels(&frame, &stacks), &area)
    }

    /// On each day the heights of all edges, from zero up; `None` in a gap.
    fn stacks(&self) -> Vec<Option<Vec<f64>>> {
        (0..self.days.len())
            .map(|day| {
                let mut edges = vec![0.0];
                for layer in &self.layers {
                    let below = edges.last().copied().unwrap_or(0.0);
                    let height = layer.values.get(day).copied().filter(|value| value.is_finite())?;
                    edges.push(below + height.max(0.0));
                }
                (edges.len() > 1).then_some(edges)
            })
            .collect()
    }

    fn draw_layer<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        stacks: &[Option<Vec<f64>>],
        index: usize,
    ) -> Drawn<DB> {
        let color = theme::mix(self.layers[index].color_at(index), theme::PAPER, 0.12);
        let edges: Vec<Option<Edges>> = self
            .days
            .iter()
            .zip(stacks)
            .map(|(&day, stack)| {
                let (x, stack) = (frame.x.at(day), stack.as_ref()?);
                Some(((x, frame.y.at(stack[index])), (x, frame.y.at(stack[index + 1]))))
            })
            .collect();
        let layer = &self.layers[index];
        for ((&day, &value), edges) in self.days.iter().zip(&layer.values).zip(&edges) {
            let Some((low, high)) = edges else { continue };
            let words =
                || mark(&layer.name, format!("{} {day}", self.x_title), self.unit.value(value), value);
            canvas.mark((low.0, f64::midpoint(low.1, high.1)), words);
        }
        for run in series::runs(&edges) {
            if let [(low, high)] = run[..] {
                let bar = Area { left: low.0 - 2.0, top: high.1, right: low.0 + 2.0, bottom: low.1 };
                canvas.rectangle(&bar, color)?;
                continue;
            }
            let upper = run.iter().map(|pair| pair.1);
            let lower = run.iter().rev().map(|pair| pair.0);
            canvas.polygon(&upper.chain(lower).collect::<Vec<_>>(), color, 1.0)?;
            // A white seam keeps thin layers apart without relying on their colours.
            canvas.path(&run.iter().map(|pair| pair.1).collect::<Vec<_>>(), theme::PAPER, 0.5)?;
        }
        Ok(())
    }

    fn end_labels(&self, frame: &Frame, stacks: &[Option<Vec<f64>>]) -> Vec<EndLabel> {
        let Some(last) = stacks.iter().rev().flatten().next() else { return Vec::new() };
        let layers = self.layers.iter().enumerate();
        layers
            .map(|(index, layer)| EndLabel {
                name: layer.name.clone(),
                y: frame.y.at(f64::midpoint(last[index], last[index + 1])),
                color: layer.color_at(index),
            })
            .collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(values: Vec<f64>) -> StackedArea {
        StackedArea {
            heading: Heading::new("How disputes end", "disputes closed per day").if_empty("no disputes"),
            x_title: "day".to_owned(),
            y_title: "disputes per day".to_owned(),
            unit: Unit::Count,
            days: (0..values.len()).map(|day| day as f64).collect(),
            layers: vec![
                Layer { name: "accepted".to_owned(), values: values.clone(), color: None },
                Layer { name: "refunded automatically (no response)".to_owned(), values, color: None },
            ],
        }
    }

    #[test]
    fn layers_stand_on_each_other() {
        let stacks = example(vec![2.0, 3.0]).stacks();
        assert_eq!(stacks, [Some(vec![0.0, 2.0, 4.0]), Some(vec![0.0, 3.0, 6.0])]);
    }

    #[test]
    fn a_missing_day_is_a_gap_and_not_zero() {
        let mut chart = example(vec![2.0, 3.0, 4.0]);
        chart.layers[1].values[1] = f64::NAN;
        assert_eq!(chart.stacks()[1], None);
        assert!(!Chart::from(chart).svg().contains("no data"));
    }

    #[test]
    fn nothing_to_stack_says_so() {
        assert!(Chart::from(example(Vec::new())).svg().contains("no data: no disputes"));
    }
}
