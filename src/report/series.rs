//! A named line with a confidence band, as several charts draw it.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Canvas, Drawn, Point};
use super::frame::Frame;
use super::marks::{self, with_interval};
use super::theme;
use super::unit::Unit;

/// The bounds of a confidence band, a value for each of the series; NaN where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Lower bounds.
    pub low: Vec<f64>,
    /// Upper bounds.
    pub high: Vec<f64>,
}

/// A named series over the chart's x values; NaN is a missing value and leaves a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The name at the line's end or in the legend.
    pub name: String,
    /// A value for each x.
    pub values: Vec<f64>,
    /// A band around the line.
    pub band: Option<Band>,
    /// The colour of what it stands for; without one it takes its place in the palette.
    pub color: Option<RGBColor>,
}

impl Series {
    /// A series without a band.
    pub fn new(name: impl Into<String>, values: Vec<f64>) -> Self {
        Self { name: name.into(), values, band: None, color: None }
    }

    /// The same series in the colour of what it stands for.
    #[must_use]
    pub fn colored(self, color: RGBColor) -> Self {
        Self { color: Some(color), ..self }
    }

    /// Its colour where it is the series at `index`.
    pub(super) fn color_at(&self, index: usize) -> RGBColor {
        self.color.unwrap_or_else(|| theme::series_color(index))
    }

    /// Cuts the band at the range of what the series measures, whose values were divided by `scale`.
    pub(super) fn keep_within(&mut self, (least, most): (f64, f64), scale: f64) {
        let ends = self.band.iter_mut().flat_map(|band| band.low.iter_mut().chain(&mut band.high));
        ends.for_each(|end| *end = end.clamp(least / scale, most / scale));
    }

    /// Every number drawn for this series.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        let band = self.band.iter().flat_map(|band| band.low.iter().chain(&band.high));
        self.values.iter().chain(band).copied()
    }

    /// The last value that is not missing.
    pub(super) fn last(&self) -> Option<f64> {
        self.values.iter().rev().copied().find(|value| value.is_finite())
    }

    /// Shades the band, in every stretch without a gap.
    pub(super) fn draw_band<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        xs: &[f64],
        color: RGBColor,
    ) -> Drawn<DB> {
        const OPACITY: f64 = 0.18;
        let Some(band) = &self.band else { return Ok(()) };
        let lower: Vec<Option<Point>> = places(frame, xs, &band.low);
        let upper: Vec<Option<Point>> = places(frame, xs, &band.high);
        let both: Vec<Option<(Point, Point)>> =
            lower.into_iter().zip(upper).map(|(low, high)| low.zip(high)).collect();
        for run in runs(&both) {
            if let [(low, high)] = run[..] {
                canvas.line(low, high, color, 1.5)?;
                continue;
            }
            let there = run.iter().map(|pair| pair.1);
            let back = run.iter().rev().map(|pair| pair.0);
            canvas.polygon(&there.chain(back).collect::<Vec<_>>(), color, OPACITY)?;
        }
        Ok(())
    }

    /// Says of every value what it is, where it stands and how sure it is.
    pub(super) fn mark<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        xs: &[f64],
        (of, unit): (&str, Unit),
        x: impl Fn(usize) -> String,
    ) {
        for (place, (&at, &value)) in xs.iter().zip(&self.values).enumerate() {
            let ends =
                self.band.as_ref().and_then(|band| Some((*band.low.get(place)?, *band.high.get(place)?)));
            let words = || with_interval(unit, value, ends.unwrap_or((f64::NAN, f64::NAN)));
            canvas.mark((frame.x.at(at), frame.y.at(value)), || marks::mark(of, x(place), words(), value));
        }
    }

    /// Draws the line, in every stretch without a gap; a value alone is a dot.
    pub(super) fn draw_line<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        xs: &[f64],
        color: RGBColor,
    ) -> Drawn<DB> {
        for run in runs(&places(frame, xs, &self.values)) {
            if let [alone] = run[..] {
                canvas.dot(alone, 2.5, color, 1.0)?;
            } else {
                canvas.path(&run, color, 1.5)?;
            }
        }
        Ok(())
    }
}

/// The place of each value; `None` where it or its x is missing.
pub(super) fn places(frame: &Frame, xs: &[f64], values: &[f64]) -> Vec<Option<Point>> {
    xs.iter()
        .zip(values)
        .map(|(&x, &value)| (x.is_finite() && value.is_finite()).then(|| (frame.x.at(x), frame.y.at(value))))
        .collect()
}

/// The stretches of `places` between gaps.
pub(super) fn runs<T: Copy>(places: &[Option<T>]) -> Vec<Vec<T>> {
    places
        .split(Option::is_none)
        .filter(|run| !run.is_empty())
        .map(|run| run.iter().copied().flatten().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_split_a_line() {
        assert_eq!(runs(&[Some(1), None, Some(2), Some(3), None, None]), [vec![1], vec![2, 3]]);
        assert!(runs::<i32>(&[None]).is_empty());
    }

    #[test]
    fn a_band_stays_within_the_range_of_a_share() {
        let band = Some(Band { low: vec![-0.2, f64::NAN], high: vec![8.0, 0.5] });
        let mut recall = Series { band, ..Series::new("recall", vec![0.9, 0.4]) };
        recall.keep_within((0.0, 1.0), 1.0);
        let band = recall.band.unwrap();
        assert!(band.low[0] == 0.0 && band.low[1].is_nan() && band.high == [1.0, 0.5]);
    }

    #[test]
    fn the_last_value_is_the_last_one_measured() {
        assert_eq!(Series::new("careful", vec![1.0, 2.0, f64::NAN]).last(), Some(2.0));
    }
}
