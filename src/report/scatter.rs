//! One dot a seller: what it did against what it got for it.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::mark;
use super::scale;
use super::theme;
use super::thinning;
use super::unit::{self, Unit};

/// Dots by group, with a vertical threshold.
#[derive(Clone, Debug)]
pub struct Scatter {
    /// The words above; when points are left out, the subtitle says how many are drawn.
    pub heading: Heading,
    /// What x measures, with its unit.
    pub x_title: String,
    /// How x is written.
    pub x_unit: Unit,
    /// What y measures, with its unit.
    pub y_title: String,
    /// How y is written.
    pub y_unit: Unit,
    /// What a dot is, in the plural: "sellers".
    pub of_what: String,
    /// The groups, in the order of the palette.
    pub groups: Vec<PointGroup>,
    /// A vertical line to compare with.
    pub threshold: Option<Threshold>,
}

/// Dots of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct PointGroup {
    /// The name in the legend.
    pub name: String,
    /// x and y; a dot with a missing one is not drawn.
    pub points: Vec<(f64, f64)>,
    /// The colour of what it stands for; without one it takes its place in the palette.
    pub color: Option<RGBColor>,
}

impl PointGroup {
    /// Its colour where it is the group at `index`.
    pub(super) fn color_at(&self, index: usize) -> RGBColor {
        self.color.unwrap_or_else(|| theme::series_color(index))
    }
}

/// A vertical line to compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// Where it lies.
    pub at: f64,
    /// What it is.
    pub label: String,
}

impl Scatter {
    fn colors(&self) -> Vec<RGBColor> {
        self.groups.iter().enumerate().map(|(index, group)| group.color_at(index)).collect()
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        let mut points = self.groups.iter().flat_map(|group| &group.points);
        !points.any(|point| point.0.is_finite() && point.1.is_finite())
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        let (groups, heading) = self.thinned();
        heading.draw(canvas)?;
        let points = || groups.iter().flatten();
        let marked = self.threshold.iter().map(|threshold| threshold.at);
        let xs = scale::extent(points().map(|point| point.0));
        let (Some(xs), Some(ys)) = (xs, scale::extent(points().map(|point| point.1))) else {
            return heading.draw_empty(canvas, theme::HEIGHT);
        };
        let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
        let colors: Vec<RGBColor> = self.colors();
        heading::draw_legend(canvas, &names, &colors, heading.bottom())?;

        let xs = scale::extent(marked.chain([xs.0, xs.1])).unwrap_or(xs);
        let (x_low, x_high, x_ticks) = scale::axis_from_zero(xs, self.x_unit, 8);
        let (y_low, y_high, y_ticks) = scale::axis_from_zero(ys, self.y_unit, 5);
        let y_labels = TickLabels::new(&y_ticks, self.y_unit);
        let title_baseline = heading.bottom() + heading::legend_height(&names) + theme::AXIS_SIZE;
        let above = if self.threshold.is_some() { 12.0 + theme::ROW_HEIGHT } else { 12.0 };
        let area = Area {
            left: theme::MARGIN + y_labels.width(theme::AXIS_SIZE) + frame::TICK_GAP,
            top: title_baseline + above,
            right: theme::WIDTH - theme::MARGIN - 12.0,
            bottom: theme::HEIGHT - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, (x_low, x_high), (y_low, y_high));
        let x_labels = TickLabels::new(&x_ticks, self.x_unit);
        frame.draw_x_grid(canvas, &x_labels)?;
        frame.draw_y_axis(canvas, &y_labels, theme::AXIS_SIZE)?;
        frame.draw_x_axis(canvas, &x_labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.x_title, theme::AXIS_SIZE)?;
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        frame::draw_y_title(canvas, &self.y_title, theme::MARGIN, title_baseline, room)?;
        if let Some(threshold) = &self.threshold {
            draw_threshold(canvas, &frame, threshold)?;
        }
        for (group, points) in self.groups.iter().zip(&groups) {
            for &(x, y) in points {
                let words = || {
                    let at = format!("{}: {}", self.x_title, self.x_unit.value(x));
                    mark(&group.name, at, format!("{}: {}", self.y_title, self.y_unit.value(y)), y)
                };
                canvas.mark((frame.x.at(x), frame.y.at(y)), words);
            }
        }
        draw_points(canvas, &frame, &groups, &colors)
    }

    /// The points to draw, and the heading that says how many they are.
    fn thinned(&self) -> (Vec<Vec<(f64, f64)>>, Heading) {
        let there: Vec<Vec<(f64, f64)>> = self
            .groups
            .iter()
            .map(|group| {
                let points = group.points.iter().copied();
                points.filter(|point| point.0.is_finite() && point.1.is_finite()).collect()
            })
            .collect();
        let sizes: Vec<usize> = there.iter().map(Vec::len).collect();
        let quotas = thinning::quotas(&sizes, thinning::MOST_POINTS);
        let (total, drawn) = (sizes.iter().sum(), quotas.iter().sum());
        let mut heading = self.heading.clone();
        if drawn < total {
            let note = format!("{} of {} {}", unit::count(drawn), unit::count(total), self.of_what);
            let separator = if heading.subtitle.is_empty() { "" } else { "; " };
            heading.subtitle = format!("{note}{separator}{}", heading.subtitle);
        }
        let kept = there.iter().zip(quotas).map(|(points, quota)| thinning::evenly(points, quota));
        (kept.collect(), heading)
    }
}

/// Draws the largest group first, so that a small one is not buried under it.
fn draw_points<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    frame: &Frame,
    groups: &[Vec<(f64, f64)>],
    colors: &[RGBColor],
) -> Drawn<DB> {
    let total: usize = groups.iter().map(Vec::len).sum();
    let (radius, opacity) = match total {
        0..=60 => (4.5, 0.75),
        61..=400 => (3.5, 0.6),
        _ => (2.5, 0.45),
    };
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&group| std::cmp::Reverse(groups[group].len()));
    for group in order {
        for &(x, y) in &groups[group] {
            canvas.dot((frame.x.at(x), frame.y.at(y)), radius, colors[group], opacity)?;
        }
    }
    Ok(())
}

fn draw_threshold<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    frame: &Frame,
    threshold: &Threshold,
) -> Drawn<DB> {
    let (x, top) = (frame.x.at(threshold.at), frame.area.top - theme::ROW_HEIGHT);
    canvas.dashed((x, top), (x, frame.area.bottom), theme::INK)?;
    let width = lettering::width(&threshold.label, theme::LABEL_SIZE, Weight::Regular);
    let (before, after) = (x - theme::MARGIN - 6.0, theme::WIDTH - theme::MARGIN - x - 6.0);
    let (align, at, room) = if width <= after || after >= before {
        (Align::Left, x + 6.0, after)
    } else {
        (Align::Right, x - 6.0, before)
    };
    let label = Text::new(&threshold.label, theme::LABEL_SIZE, theme::INK).align(align);
    canvas.text_within((at, top + theme::LABEL_SIZE * 0.8), &label, room)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example(sellers: usize) -> Scatter {
        let point = |seller: usize| ((seller % 97) as f64 / 1_000.0, 1.0 - (seller % 13) as f64 / 20.0);
        Scatter {
            heading: Heading::new("Ranking penalties", "one dot a seller").if_empty("no seller had orders"),
            x_title: "dispute rate, %".to_owned(),
            x_unit: Unit::Percent,
            y_title: "search weight".to_owned(),
            y_unit: Unit::Ratio,
            of_what: "sellers".to_owned(),
            groups: vec![PointGroup {
                name: "careful".to_owned(),
                points: (0..sellers).map(point).collect(),
                color: None,
            }],
            threshold: Some(Threshold { at: 0.05, label: "threshold 5 %".to_owned() }),
        }
    }

    #[test]
    fn twenty_thousand_sellers_are_thinned_and_the_subtitle_says_so() {
        let svg = Chart::from(example(20_000)).svg();
        assert_eq!(svg.matches("<circle").count(), 2_000);
        assert!(svg.contains("2,000 of 20,000 sellers"));
    }

    #[test]
    fn five_sellers_are_all_drawn() {
        let svg = Chart::from(example(5)).svg();
        assert_eq!(svg.matches("<circle").count(), 5);
        assert!(!svg.contains(" of 5 "));
    }

    #[test]
    fn a_seller_without_a_rate_is_not_drawn_at_zero() {
        let mut chart = example(5);
        chart.groups[0].points[0].0 = f64::NAN;
        assert_eq!(Chart::from(chart).svg().matches("<circle").count(), 4);
    }

    #[test]
    fn no_sellers_says_so() {
        assert!(Chart::from(example(0)).svg().contains("no data: no seller had orders"));
    }
}
