//! How much of each pixel a shape covers, by exact areas under its edges.
//!
//! Each edge adds, in the pixels it crosses, the signed area to its right; a running sum along the row then
//! gives the coverage. Shapes of one orientation may overlap: their union is what is covered.

/// A grid of pixels in which shapes are collected before they are painted at once.
#[derive(Debug)]
pub(super) struct Coverage {
    width: usize,
    height: usize,
    /// Two more columns than pixels: an edge on the right border writes just beyond it.
    stride: usize,
    areas: Vec<f32>,
    rows: (usize, usize),
    columns: (usize, usize),
}

/// Corners of the polygon that stands for a disc.
const CIRCLE_CORNERS: usize = 16;

impl Coverage {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let stride = width + 2;
        Self {
            width,
            height,
            stride,
            areas: vec![0.0; stride * height],
            rows: (height, 0),
            columns: (width, 0),
        }
    }

    /// Adds a closed polygon.
    pub(super) fn polygon(&mut self, corners: &[(f32, f32)]) {
        for (index, &corner) in corners.iter().enumerate() {
            self.edge(corner, corners[(index + 1) % corners.len()]);
        }
    }

    /// Adds a disc.
    pub(super) fn disc(&mut self, center: (f32, f32), radius: f32) {
        let corners: Vec<(f32, f32)> = (0..CIRCLE_CORNERS)
            .map(|corner| {
                let angle = -std::f32::consts::TAU * corner as f32 / CIRCLE_CORNERS as f32;
                (center.0 + radius * angle.cos(), center.1 + radius * angle.sin())
            })
            .collect();
        self.polygon(&corners);
    }

    /// Adds an open path of a given width; its joins are bevelled, which never spike on a noisy series.
    pub(super) fn stroke(&mut self, path: &[(f32, f32)], width: f32) {
        let mut before: Option<(f32, f32)> = None;
        for pair in path.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            if length == 0.0 {
                continue;
            }
            let (nx, ny) = ((y0 - y1) / length * width / 2.0, (x1 - x0) / length * width / 2.0);
            if let Some((bx, by)) = before {
                // The wedge on the outer side, in the orientation of the segments, whichever way it turns.
                if bx * ny - by * nx > 0.0 {
                    self.polygon(&[(x0, y0), (x0 - nx, y0 - ny), (x0 - bx, y0 - by)]);
                } else {
                    self.polygon(&[(x0, y0), (x0 + bx, y0 + by), (x0 + nx, y0 + ny)]);
                }
            }
            self.polygon(&[(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]);
            before = Some((nx, ny));
        }
    }

    /// Calls `paint` with each covered pixel and its coverage, and empties the grid.
    pub(super) fn paint(&mut self, mut paint: impl FnMut(usize, f32)) {
        let (first, last) = self.columns;
        for row in self.rows.0..self.rows.1 {
            let mut sum = 0.0_f32;
            for column in first..(last + 2).min(self.stride) {
                let area = &mut self.areas[row * self.stride + column];
                sum += *area;
                *area = 0.0;
                let share = sum.abs().min(1.0);
                if share > 0.004 && column < self.width {
                    paint(row * self.width + column, share);
                }
            }
        }
        self.rows = (self.height, 0);
        self.columns = (self.width, 0);
    }

    fn edge(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (right, bottom) = (self.width as f32, self.height as f32);
        let inside = |(x, y): (f32, f32)| (x.clamp(0.0, right), y.clamp(0.0, bottom));
        let (from, to) = (inside(from), inside(to));
        let (sign, top, low) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
        let (first_row, end_row) = (top.1 as usize, (low.1.ceil() as usize).min(self.height));
        // Horizontal edges too widen the bounds: the corners they join are painted by others.
        self.rows = (self.rows.0.min(first_row), self.rows.1.max(end_row));
        let (left, beyond) = (top.0.min(low.0) as usize, top.0.max(low.0).ceil() as usize);
        self.columns = (self.columns.0.min(left), self.columns.1.max(beyond));
        if top.1 >= low.1 {
            return;
        }
        let slope = (low.0 - top.0) / (low.1 - top.1);
        let mut x = top.0;
        for row in first_row..end_row {
            let height = ((row + 1) as f32).min(low.1) - (row as f32).max(top.1);
            let next = (x + slope * height).clamp(0.0, right);
            self.row_span(row, x.min(next), x.max(next), height * sign);
            x = next;
        }
    }

    /// Adds the part of an edge within one row, which runs from `x0` to `x1` over a signed height.
    fn row_span(&mut self, row: usize, x0: f32, x1: f32, height: f32) {
        let areas = &mut self.areas[row * self.stride..(row + 1) * self.stride];
        let (first, end) = (x0.floor() as usize, x1.ceil() as usize);
        if end <= first + 1 {
            let beside = 0.5 * (x0 + x1) - first as f32;
            areas[first] += height * (1.0 - beside);
            areas[first + 1] += height * beside;
            return;
        }
        let per_column = 1.0 / (x1 - x0);
        let mut before = 0.0;
        for (column, area) in areas.iter_mut().enumerate().take(end + 1).skip(first) {
            // The share of the pixel right of the edge, integrated over the part of the row it takes.
            let enter = (column as f32).max(x0);
            let leave = ((column + 1) as f32).min(x1);
            let covered = if column < end {
                let crossed = (leave - enter) * per_column;
                let passed = (enter - x0) * per_column;
                passed + crossed * (1.0 - (0.5 * (enter + leave) - column as f32))
            } else {
                1.0
            };
            *area += height * (covered - before);
            before = covered;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(coverage: &mut Coverage) -> f32 {
        let mut sum = 0.0;
        coverage.paint(|_, share| sum += share);
        sum
    }

    #[test]
    fn a_polygon_covers_its_area() {
        let mut coverage = Coverage::new(20, 20);
        coverage.polygon(&[(2.5, 3.0), (12.5, 3.0), (12.5, 8.5), (2.5, 8.5)]);
        assert!((total(&mut coverage) - 55.0).abs() < 0.01);
        coverage.polygon(&[(1.0, 1.0), (17.0, 5.0), (3.0, 15.0)]);
        assert!((total(&mut coverage) - 108.0).abs() < 0.5);
    }

    #[test]
    fn shapes_that_overlap_cover_once() {
        let mut coverage = Coverage::new(20, 20);
        for _ in 0..3 {
            coverage.polygon(&[(2.0, 2.0), (12.0, 2.0), (12.0, 12.0), (2.0, 12.0)]);
        }
        assert!((total(&mut coverage) - 100.0).abs() < 0.01);
    }

    #[test]
    fn a_stroke_covers_its_length_and_its_joins_once_whichever_way_it_turns() {
        let path = [(5.0, 5.0), (35.0, 5.0), (35.0, 35.0), (5.0, 35.0)];
        let mut back = path;
        back.reverse();
        for path in [path, back] {
            let mut coverage = Coverage::new(40, 40);
            coverage.stroke(&path, 4.0);
            let area = total(&mut coverage);
            // Three times 30 by 4; each corner counts a square once and gains half a square outside.
            assert!((area - (360.0 - 2.0 * 4.0 + 2.0 * 2.0)).abs() < 0.5, "{area}");
        }
    }

    #[test]
    fn shapes_beyond_the_grid_are_cut() {
        let mut coverage = Coverage::new(10, 10);
        coverage.polygon(&[(-5.0, -5.0), (50.0, -5.0), (50.0, 50.0), (-5.0, 50.0)]);
        assert!((total(&mut coverage) - 100.0).abs() < 0.01);
    }
}
