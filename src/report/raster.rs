//! A bitmap backend with smooth edges.
//!
//! Plotters' own bitmap draws thick lines and slanted areas without smoothing and lets sharp corners spike;
//! here every shape is painted by its exact coverage, and text sits where the SVG puts it.

use std::convert::Infallible;

use plotters::backend::DrawingBackend;
use plotters::style::FontStyle;
use plotters::style::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

use super::canvas::{BASELINE_BELOW_TOP, SIZE_PER_EM};
use super::coverage::Coverage;
use super::lettering::{self, Weight};

/// A picture in memory, red, green and blue a byte each.
#[derive(Debug)]
pub(super) struct Raster {
    size: (u32, u32),
    pixels: Vec<u8>,
    coverage: Coverage,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn exact((x, y): BackendCoord) -> (f32, f32) {
    (x as f32, y as f32)
}

impl Raster {
    pub(super) fn new(size: (u32, u32)) -> Self {
        let pixels = vec![255; size.0 as usize * size.1 as usize * 3];
        Self { size, pixels, coverage: Coverage::new(size.0 as usize, size.1 as usize) }
    }

    /// The picture, row after row from the top.
    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    fn blend(pixels: &mut [u8], at: usize, color: BackendColor, share: f32) {
        let share = share * color.alpha as f32;
        let (red, green, blue) = color.rgb;
        if share >= 1.0 {
            pixels[at * 3..at * 3 + 3].copy_from_slice(&[red, green, blue]);
            return;
        }
        for (old, new) in pixels[at * 3..at * 3 + 3].iter_mut().zip([red, green, blue]) {
            let before = f32::from(*old);
            *old = (before + (f32::from(new) - before) * share + 0.5) as u8;
        }
    }

    /// Paints every pixel of a rectangle, whose corners lie between pixels: none is covered in part.
    fn rectangle(&mut self, one: BackendCoord, other: BackendCoord, color: BackendColor) {
        let within = |at: i32, most: u32| at.clamp(0, most as i32) as usize;
        let (width, height) = self.size;
        let columns = within(one.0.min(other.0), width)..within(one.0.max(other.0), width);
        let (red, green, blue) = color.rgb;
        for row in within(one.1.min(other.1), height)..within(one.1.max(other.1), height) {
            let start = row * width as usize;
            let pixels = &mut self.pixels[(start + columns.start) * 3..(start + columns.end) * 3];
            pixels.chunks_exact_mut(3).for_each(|pixel| pixel.copy_from_slice(&[red, green, blue]));
        }
    }

    fn fill(&mut self, color: BackendColor) {
        let pixels = &mut self.pixels;
        self.coverage.paint(|at, share| Self::blend(pixels, at, color, share));
    }
}

impl DrawingBackend for Raster {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let inside =
            point.0 >= 0 && point.1 >= 0 && (point.0 as u32) < self.size.0 && (point.1 as u32) < self.size.1;
        if inside {
            let at = point.1 as usize * self.size.0 as usize + point.0 as usize;
            Self::blend(&mut self.pixels, at, color, 1.0);
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((left, top), (right, bottom)) = (upper_left, bottom_right);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if fill && style.color().alpha >= 1.0 {
            self.rectangle(upper_left, bottom_right, style.color());
            Ok(())
        } else if fill {
            self.fill_polygon(corners, style)
        } else {
            self.draw_path(corners.into_iter().chain([corners[0]]), style)
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let path: Vec<(f32, f32)> = path.into_iter().map(exact).collect();
        self.coverage.stroke(&path, style.stroke_width() as f32);
        self.fill(style.color());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.coverage.disc(exact(center), radius as f32);
        self.fill(style.color());
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners: Vec<(f32, f32)> = corners.into_iter().map(exact).collect();
        self.coverage.polygon(&corners);
        self.fill(style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, place: BackendCoord) -> Drawn {
        let em = style.size() / SIZE_PER_EM;
        let weight = if matches!(style.style(), FontStyle::Bold) { Weight::Bold } else { Weight::Regular };
        let before = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => lettering::width_in_picture(text, em, weight) / 2.0,
            HPos::Right => lettering::width_in_picture(text, em, weight),
        };
        let start = (place.0 as f32 - before as f32, place.1 as f32 + (BASELINE_BELOW_TOP * em) as f32);
        let (color, size) = (style.color(), self.size);
        let pixels = &mut self.pixels;
        lettering::draw(text, em, weight, start, |x, y, share| {
            if x >= 0 && y >= 0 && (x as u32) < size.0 && (y as u32) < size.1 {
                Self::blend(pixels, y as usize * size.0 as usize + x as usize, color, share.min(1.0));
            }
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::style::RGBColor;

    #[test]
    fn a_rectangle_is_the_polygon_of_its_corners() {
        for (one, other) in [((3, 4), (17, 9)), ((17, 9), (3, 4)), ((-5, -5), (30, 3)), ((4, 4), (4, 9))] {
            let mut pictures = [Raster::new((20, 12)), Raster::new((20, 12))];
            let color = RGBColor(10, 120, 230);
            pictures[0].draw_rect(one, other, &color, true).unwrap();
            let corners = [one, (other.0, one.1), other, (one.0, other.1)];
            pictures[1].fill_polygon(corners, &color).unwrap();
            assert_eq!(pictures[0].pixels(), pictures[1].pixels(), "{one:?} {other:?}");
        }
    }
}
