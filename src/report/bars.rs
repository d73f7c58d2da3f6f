//! Horizontal bars with confidence intervals: what each group won or lost.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::{mark, with_interval};
use super::scale;
use super::theme;
use super::unit::Unit;

/// Bars by group, one for each series.
#[derive(Clone, Debug)]
pub struct Bars {
    /// The words above.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub unit: Unit,
    /// The names of the bars within a group; with a single one the legend is left out.
    pub series: Vec<String>,
    /// The groups, from the top.
    pub groups: Vec<BarGroup>,
}

/// The bars of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct BarGroup {
    /// The name at the left.
    pub name: String,
    /// A bar for each series.
    pub bars: Vec<Bar>,
    /// The colour of what the group is, where it has a single bar; otherwise bars have that of their series.
    pub color: Option<RGBColor>,
}

/// A value and its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The bar's length; NaN is written as a dash.
    pub value: f64,
    /// Lower end of the interval; NaN when there is none.
    pub low: f64,
    /// Upper end of the interval; NaN when there is none.
    pub high: f64,
}

impl Bar {
    /// A bar without an interval.
    pub fn new(value: f64) -> Self {
        Self { value, low: f64::NAN, high: f64::NAN }
    }

    fn ends(&self) -> (f64, f64) {
        scale::extent([self.value, self.low, self.high, 0.0]).unwrap_or((0.0, 0.0))
    }
}

const LOWEST: f64 = 260.0;
const THICKEST: f64 = 26.0;
const THINNEST: f64 = 13.0;
const BETWEEN_GROUPS: f64 = 12.0;
const NAME_ROOM: f64 = 170.0;

impl Bars {
    fn names(&self) -> Vec<&str> {
        if self.series.len() > 1 { self.series.iter().map(String::as_str).collect() } else { Vec::new() }
    }

    fn bars_per_group(&self) -> usize {
        self.groups.iter().map(|group| group.bars.len()).max().unwrap_or(0).max(1)
    }

    fn top(&self) -> f64 {
        self.heading.bottom() + heading::legend_height(&self.names()) + 4.0
    }

    /// The height that suits the number of bars.
    pub(super) fn height(&self) -> f64 {
        let per_group = self.bars_per_group() as f64;
        let least = per_group * THINNEST + BETWEEN_GROUPS;
        let ample = per_group * THICKEST + 2.0 * BETWEEN_GROUPS;
        let (groups, below) =
            (self.groups.len() as f64, theme::MARGIN + frame::below(theme::AXIS_SIZE) - 8.0);
        let around = self.top() + below;
        let wanted = (around + groups * ample).clamp(LOWEST, theme::HEIGHT);
        wanted.max(around + groups * least).ceil()
    }

    /// The plot, as wide as the names at its left and the values beyond its bars leave.
    fn plot(&self, (low, high): (f64, f64), name_room: f64) -> Area {
        let area = Area {
            left: theme::MARGIN + name_room + 10.0,
            top: self.top(),
            right: theme::WIDTH - theme::MARGIN,
            bottom: self.height() - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, (low, high), (0.0, 1.0));
        let (mut beyond_left, mut beyond_right) = (0.0_f64, 12.0_f64);
        for bar in self.groups.iter().flat_map(|group| &group.bars) {
            let (lowest, highest) = bar.ends();
            let label =
                lettering::width(&self.unit.value(bar.value), theme::LABEL_SIZE, Weight::Regular) + 8.0;
            if bar.value < 0.0 {
                beyond_left = beyond_left.max(area.left + label - frame.x.at(lowest));
            } else {
                beyond_right = beyond_right.max(frame.x.at(highest) + label - area.right);
            }
        }
        Area { left: area.left + beyond_left, right: area.right - beyond_right, ..area }
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.groups.iter().flat_map(|group| &group.bars).any(|bar| bar.value.is_finite())
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let bars = || self.groups.iter().flat_map(|group| &group.bars);
        let ends = bars().filter(|bar| bar.value.is_finite()).map(Bar::ends);
        let Some(bounds) = scale::extent(ends.flat_map(|(low, high)| [low, high])) else {
            return self.heading.draw_empty(canvas, self.height());
        };
        let colors: Vec<RGBColor> = (0..self.series.len()).map(theme::series_color).collect();
        heading::draw_legend(canvas, &self.names(), &colors, self.heading.bottom())?;

        let width = |words: &str| lettering::width(words, theme::LABEL_SIZE, Weight::Regular);
        let name_room = self.groups.iter().map(|group| width(&group.name)).fold(0.0, f64::max).min(NAME_ROOM);
        let (low, high, ticks) = scale::axis_from_zero(bounds, self.unit, 6);
        let area = self.plot((low, high), name_room);
        let frame = Frame::new(area, (low, high), (0.0, 1.0));
        let labels = TickLabels::new(&ticks, self.unit);
        frame.draw_x_grid(canvas, &labels)?;
        frame.draw_x_axis(canvas, &labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;

        let per_group = self.bars_per_group() as f64;
        let pitch = area.height() / self.groups.len() as f64;
        let thickness = ((pitch - BETWEEN_GROUPS) / per_group).min(THICKEST);
        for (index, group) in self.groups.iter().enumerate() {
            let middle = area.top + (index as f64 + 0.5) * pitch;
            let name = Text::new(&group.name, theme::LABEL_SIZE, theme::INK);
            let at = (theme::MARGIN, middle + 0.365 * theme::LABEL_SIZE);
            canvas.text_within(at, &name, name_room + 0.5)?;
            let top = middle - thickness * group.bars.len() as f64 / 2.0;
            for (series, bar) in group.bars.iter().enumerate() {
                let place = (top + series as f64 * thickness, thickness);
                let color = group.color.unwrap_or_else(|| theme::series_color(series));
                self.draw_bar(canvas, &frame, bar, color, place)?;
                let of = self.series.get(series).map_or("", String::as_str);
                let words = || with_interval(self.unit, bar.value, (bar.low, bar.high));
                let at = (frame.x.at(bar.value), place.0 + thickness / 2.0);
                canvas.mark(at, || mark(of, &group.name, words(), bar.value));
            }
        }
        let zero = frame.x.at(0.0);
        canvas.line((zero, area.top), (zero, area.bottom), theme::AXIS, 1.0)
    }

    fn draw_bar<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        bar: &Bar,
        color: RGBColor,
        (top, thickness): (f64, f64),
    ) -> Drawn<DB> {
        let (zero, middle) = (frame.x.at(0.0), top + thickness / 2.0);
        let missing = !bar.value.is_finite();
        if !missing {
            let end = frame.x.at(bar.value);
            let body = Area {
                left: zero.min(end),
                top: top + 1.0,
                right: zero.max(end),
                bottom: top + thickness - 1.0,
            };
            canvas.rectangle(&body, color)?;
            if bar.low.is_finite() && bar.high.is_finite() {
                let (low, high) = (frame.x.at(bar.low), frame.x.at(bar.high));
                // A light rim keeps the whisker visible on its own bar.
                canvas.line((low, middle), (high, middle), theme::PAPER, 3.0)?;
                canvas.line((low, middle), (high, middle), theme::INK, 1.0)?;
                for end in [low, high] {
                    canvas.line((end, middle - 3.5), (end, middle + 3.5), theme::INK, 1.0)?;
                }
            }
        }
        let (lowest, highest) = if missing { (0.0, 0.0) } else { bar.ends() };
        let words = self.unit.value(bar.value);
        let label = Text::new(&words, theme::LABEL_SIZE.min(thickness - 2.0), theme::INK);
        if bar.value < 0.0 {
            canvas.text_beside((frame.x.at(lowest) - 6.0, middle), &label.align(Align::Right))
        } else {
            canvas.text_beside((frame.x.at(highest) + 6.0, middle), &label)
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(values: &[f64]) -> Bars {
        let group = |(index, &value): (usize, &f64)| BarGroup {
            name: format!("segment {index}"),
            bars: vec![Bar { value, low: value * 0.9, high: value * 1.1 }],
            color: None,
        };
        Bars {
            heading: Heading::new("Orders lost to penalties", "per year").if_empty("no penalties"),
            x_title: "orders lost".to_owned(),
            unit: Unit::Count,
            series: vec!["lost".to_owned()],
            groups: values.iter().enumerate().map(group).collect(),
        }
    }

    #[test]
    fn a_missing_value_is_a_dash() {
        let svg = Chart::from(example(&[1_200.0, f64::NAN])).svg();
        assert!(svg.contains(">\n1,200\n") && svg.contains(">\n–\n"));
    }

    #[test]
    fn losses_can_be_negative_or_all_zero() {
        assert!(Chart::from(example(&[-5.0, 3.0])).svg().contains("−5"));
        assert!(Chart::from(example(&[0.0])).svg().contains("segment 0"));
    }

    #[test]
    fn many_groups_make_a_taller_chart() {
        assert!(example(&[1.0; 40]).height() > theme::HEIGHT);
    }

    #[test]
    fn no_groups_and_no_values_say_so() {
        assert!(Chart::from(example(&[])).svg().contains("no data: no penalties"));
        assert!(Chart::from(example(&[f64::NAN])).svg().contains("no data: no penalties"));
    }
}
