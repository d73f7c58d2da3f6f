//! Drawing in layout units on any plotters backend: the only place that turns units into pixels.

use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::lettering::{self, Weight};
use super::marks::{Mark, Marks};
use super::theme;

/// What a drawing call returns.
pub type Drawn<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// The size that plotters wants, for an em of 1: its SVG backend divides by this.
pub(super) const SIZE_PER_EM: f64 = 1.24;
/// How far the baseline lies below the top anchor, in ems, in plotters' SVG backend.
pub(super) const BASELINE_BELOW_TOP: f64 = 0.76;

/// A point in layout units.
pub(super) type Point = (f64, f64);

/// A rectangle in layout units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// A text and how it is set; its place is on the baseline.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    pub(super) words: &'a str,
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) color: RGBColor,
    pub(super) align: Align,
}

impl<'a> Text<'a> {
    pub(super) fn new(words: &'a str, size: f64, color: RGBColor) -> Self {
        Self { words, size, weight: Weight::Regular, color, align: Align::Left }
    }

    pub(super) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) fn colored(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    pub(super) fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }
}

/// A backend seen in layout units.
pub(super) struct Canvas<'a, DB: DrawingBackend> {
    backend: &'a mut DB,
    /// What is said of the points, if it is asked for.
    marks: Option<Marks>,
}

fn pixels(units: f64) -> i32 {
    (units * f64::from(theme::PIXELS_PER_UNIT)).round() as i32
}

fn place(point: Point) -> BackendCoord {
    (pixels(point.0), pixels(point.1))
}

fn stroke(color: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle::from(&color).stroke_width(pixels(width).max(1) as u32)
}

/// Distance from a baseline to the middle of capitals set around it.
pub(super) fn half_capital(size: f64) -> f64 {
    0.365 * size
}

impl<'a, DB: DrawingBackend> Canvas<'a, DB> {
    pub(super) fn new(backend: &'a mut DB) -> Self {
        Self { backend, marks: None }
    }

    /// A canvas that keeps what is said of the points as well.
    pub(super) fn marking(backend: &'a mut DB) -> Self {
        Self { backend, marks: Some(Marks::default()) }
    }

    /// What was said of the points.
    pub(super) fn into_marks(self) -> Marks {
        self.marks.unwrap_or_default()
    }

    /// Says something of the point that is drawn here, see [`super::marks::mark`].
    pub(super) fn mark(&mut self, at: Point, words: impl FnOnce() -> Mark) {
        if let Some(marks) = &mut self.marks {
            marks.add(at, words);
        }
    }

    pub(super) fn text(&mut self, at: Point, text: &Text<'_>) -> Drawn<DB> {
        if text.words.is_empty() {
            return Ok(());
        }
        let h_pos = match text.align {
            Align::Left => HPos::Left,
            Align::Center => HPos::Center,
            Align::Right => HPos::Right,
        };
        let font_style = match text.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let em = text.size * f64::from(theme::PIXELS_PER_UNIT);
        let font = FontDesc::new(FontFamily::Name(theme::FONT_FAMILY), em * SIZE_PER_EM, font_style);
        let style = TextStyle::from(font).color(&text.color).pos(Pos::new(h_pos, VPos::Top));
        self.backend.draw_text(
            &lettering::legal(text.words),
            &style,
            place((at.0, at.1 - BASELINE_BELOW_TOP * text.size)),
        )
    }

    /// Writes `text` with the middle of its capitals at the height of `at`.
    pub(super) fn text_beside(&mut self, at: Point, text: &Text<'_>) -> Drawn<DB> {
        self.text((at.0, at.1 + half_capital(text.size)), text)
    }

    /// Writes `text` in what fits of `room`.
    pub(super) fn text_within(&mut self, at: Point, text: &Text<'_>, room: f64) -> Drawn<DB> {
        let words = lettering::shortened(text.words, text.size, text.weight, room);
        self.text(at, &Text { words: &words, ..text.clone() })
    }

    pub(super) fn line(&mut self, from: Point, to: Point, color: RGBColor, width: f64) -> Drawn<DB> {
        self.backend.draw_line(place(from), place(to), &stroke(color, width))
    }

    /// A line of dashes, which reads as drawn by hand over the measured ones: thresholds.
    pub(super) fn dashed(&mut self, from: Point, to: Point, color: RGBColor) -> Drawn<DB> {
        const DASH: f64 = 6.0;
        const GAP: f64 = 3.5;
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        let mut start = 0.0;
        while start < length {
            let end = (start + DASH).min(length);
            let at = |distance: f64| (from.0 + dx * distance / length, from.1 + dy * distance / length);
            self.line(at(start), at(end), color, 1.2)?;
            start = end + GAP;
        }
        Ok(())
    }

    pub(super) fn path(&mut self, points: &[Point], color: RGBColor, width: f64) -> Drawn<DB> {
        self.backend.draw_path(points.iter().copied().map(place), &stroke(color, width))
    }

    pub(super) fn polygon(&mut self, corners: &[Point], color: RGBColor, opacity: f64) -> Drawn<DB> {
        self.backend.fill_polygon(corners.iter().copied().map(place), &color.mix(opacity))
    }

    pub(super) fn rectangle(&mut self, area: &Area, color: RGBColor) -> Drawn<DB> {
        let (from, to) = (place((area.left, area.top)), place((area.right, area.bottom)));
        self.backend.draw_rect(from, to, &color, true)
    }

    pub(super) fn dot(&mut self, center: Point, radius: f64, color: RGBColor, opacity: f64) -> Drawn<DB> {
        self.backend.draw_circle(place(center), pixels(radius) as u32, &color.mix(opacity), true)
    }
}
