//! A plane: dots with intervals and curves with bands over two measured axes, as for fronts and detectors.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Point, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::{Mark, mark, with_interval};
use super::scale;
use super::theme;
use super::unit::Unit;

/// Dots and curves.
#[derive(Clone, Debug)]
pub struct Plane {
    /// The words above.
    pub heading: Heading,
    /// What x and y measure, with their units.
    pub titles: [String; 2],
    /// How x and y are written.
    pub units: [Unit; 2],
    /// The range of both axes where it is known beforehand, such as 0 to 1.
    pub range: Option<(f64, f64)>,
    /// Curves, drawn below the dots.
    pub curves: Vec<Curve>,
    /// The names of the classes of dots, in the order of colours.
    pub classes: Vec<String>,
    /// The dots.
    pub dots: Vec<Dot>,
}

/// A curve from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Lower and upper ends of y at the points; empty without a band.
    pub band: Vec<(f64, f64)>,
    /// Whether it is something to compare with: dashed and grey.
    pub is_reference: bool,
    /// What is written beside its middle; may be empty.
    pub label: String,
}

/// A dot with intervals along both axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Where it is.
    pub at: (f64, f64),
    /// The interval of x; NaN where there is none.
    pub x: (f64, f64),
    /// The interval of y; NaN where there is none.
    pub y: (f64, f64),
    /// What is written beside it; may be empty.
    pub label: String,
    /// Which class.
    pub class: usize,
}

impl Plane {
    fn names(&self) -> Vec<&str> {
        self.classes.iter().map(String::as_str).collect()
    }

    fn color(class: usize) -> RGBColor {
        theme::series_color(super::ladder::CLASS_COLORS[class % super::ladder::CLASS_COLORS.len()])
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.dots.iter().any(|dot| dot.at.0.is_finite() && dot.at.1.is_finite())
            && self.curves.iter().all(|curve| curve.is_reference || curve.points.is_empty())
    }

    /// What is said of a dot.
    fn words(&self, dot: &Dot) -> Mark {
        let words = |axis: usize, value: f64, ends: (f64, f64)| {
            format!("{}: {}", self.titles[axis], with_interval(self.units[axis], value, ends))
        };
        let class = self.classes.get(dot.class).map_or("", String::as_str);
        let of = if dot.label.is_empty() { class.to_owned() } else { format!("{} {class}", dot.label) };
        mark(of.trim(), words(0, dot.at.0, dot.x), words(1, dot.at.1, dot.y), dot.at.1)
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let known = || self.range.into_iter().flat_map(|(low, high)| [low, high]);
        let dots = || self.dots.iter();
        let lines = || self.curves.iter().flat_map(|curve| &curve.points);
        let xs = dots().flat_map(|dot| [dot.at.0, dot.x.0, dot.x.1]).chain(lines().map(|point| point.0));
        let ys = dots().flat_map(|dot| [dot.at.1, dot.y.0, dot.y.1]).chain(lines().map(|point| point.1));
        let (Some(xs), Some(ys)) = (scale::extent(xs.chain(known())), scale::extent(ys.chain(known())))
        else {
            return self.heading.draw_empty(canvas, theme::HEIGHT);
        };
        let colors: Vec<RGBColor> = (0..self.classes.len()).map(Self::color).collect();
        heading::draw_legend(canvas, &self.names(), &colors, self.heading.bottom())?;
        let (x_low, x_high, x_ticks) = scale::axis(xs, self.units[0], 7);
        let (y_low, y_high, y_ticks) = scale::axis(ys, self.units[1], 5);
        let y_labels = TickLabels::new(&y_ticks, self.units[1]);
        let title = self.heading.bottom() + heading::legend_height(&self.names()) + theme::AXIS_SIZE;
        let area = Area {
            left: theme::MARGIN + y_labels.width(theme::AXIS_SIZE) + frame::TICK_GAP,
            top: title + 12.0,
            right: theme::WIDTH - theme::MARGIN - 12.0,
            bottom: theme::HEIGHT - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let frame = Frame::new(area, (x_low, x_high), (y_low, y_high));
        let x_labels = TickLabels::new(&x_ticks, self.units[0]);
        frame.draw_x_grid(canvas, &x_labels)?;
        frame.draw_y_axis(canvas, &y_labels, theme::AXIS_SIZE)?;
        frame.draw_x_axis(canvas, &x_labels, theme::AXIS_SIZE)?;
        frame.draw_x_title(canvas, &self.titles[0], theme::AXIS_SIZE)?;
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        frame::draw_y_title(canvas, &self.titles[1], theme::MARGIN, title, room)?;
        for curve in &self.curves {
            draw_curve(canvas, &frame, curve)?;
        }
        // The class that matters most is drawn last, above the others.
        for class in (0..self.classes.len()).rev() {
            for dot in self.dots.iter().filter(|dot| dot.class == class) {
                draw_dot(canvas, &frame, dot, Self::color(class))?;
                let at = (frame.x.at(dot.at.0), frame.y.at(dot.at.1));
                canvas.mark(at, || self.words(dot));
            }
        }
        Ok(())
    }
}

fn draw_curve<DB: DrawingBackend>(canvas: &mut Canvas<'_, DB>, frame: &Frame, curve: &Curve) -> Drawn<DB> {
    let place = |&(x, y): &(f64, f64)| (frame.x.at(x), frame.y.at(y));
    let points: Vec<Point> = curve.points.iter().map(place).collect();
    let color = theme::series_color(0);
    if curve.is_reference {
        for pair in points.windows(2) {
            canvas.dashed(pair[0], pair[1], theme::AXIS)?;
        }
    } else {
        let edge = |end: fn(&(f64, f64)) -> f64| {
            curve.points.iter().zip(&curve.band).map(move |(point, band)| (point.0, end(band)))
        };
        let low: Vec<(f64, f64)> = edge(|band| band.0).collect();
        let mut corners: Vec<Point> = edge(|band| band.1).map(|point| place(&point)).collect();
        corners.extend(low.iter().rev().map(place));
        if corners.len() > 3 {
            canvas.polygon(&corners, color, 0.15)?;
        }
        canvas.path(&points, color, 2.0)?;
    }
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Ok(()) };
    // Beside the middle, below the line: what curves compare with meets them at its ends.
    let middle = (f64::midpoint(first.0, last.0) + 6.0, f64::midpoint(first.1, last.1) + 14.0);
    canvas.text(middle, &Text::new(&curve.label, theme::LABEL_SIZE, theme::GREY))
}

fn draw_dot<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    frame: &Frame,
    dot: &Dot,
    color: RGBColor,
) -> Drawn<DB> {
    if !dot.at.0.is_finite() || !dot.at.1.is_finite() {
        return Ok(());
    }
    let (x, y) = (frame.x.at(dot.at.0), frame.y.at(dot.at.1));
    if dot.x.0.is_finite() && dot.x.1.is_finite() {
        canvas.line((frame.x.at(dot.x.0), y), (frame.x.at(dot.x.1), y), color, 1.2)?;
    }
    if dot.y.0.is_finite() && dot.y.1.is_finite() {
        canvas.line((x, frame.y.at(dot.y.0)), (x, frame.y.at(dot.y.1)), color, 1.2)?;
    }
    canvas.dot((x, y), 4.0, color, 1.0)?;
    let label = Text::new(&dot.label, theme::LABEL_SIZE, theme::INK);
    let width = lettering::width(&dot.label, theme::LABEL_SIZE, Weight::Regular);
    if x + 8.0 + width < theme::WIDTH - theme::MARGIN {
        canvas.text((x + 7.0, y - 5.0), &label)
    } else {
        canvas.text((x - 7.0, y - 5.0), &label.align(Align::Right))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;

    fn example(dots: &[(f64, f64)]) -> Plane {
        let dot = |&at: &(f64, f64)| Dot {
            at,
            x: (at.0 - 0.01, at.0 + 0.01),
            y: (f64::NAN, f64::NAN),
            label: "here".into(),
            class: 0,
        };
        Plane {
            heading: Heading::new("Two objectives", "").if_empty("no candidate has both"),
            titles: ["unpaid".into(), "overpaid".into()],
            units: [Unit::Percent, Unit::Percent],
            range: None,
            curves: Vec::new(),
            classes: vec!["on the front".into()],
            dots: dots.iter().map(dot).collect(),
        }
    }

    #[test]
    fn dots_are_named_and_bands_are_drawn() {
        let mut plane = example(&[(0.2, 0.3), (0.9, 0.1)]);
        plane.curves.push(Curve {
            points: vec![(0.0, 0.0), (0.5, 0.8), (1.0, 1.0)],
            band: vec![(0.0, 0.0), (0.7, 0.9), (1.0, 1.0)],
            ..Curve::default()
        });
        let svg = Chart::from(plane).svg();
        assert!(svg.contains("here") && svg.contains("<polygon"));
    }

    #[test]
    fn nothing_to_show_says_so() {
        assert!(Chart::from(example(&[])).svg().contains("no data: no candidate has both"));
    }
}
