//! A grid of equal panels, for small multiples.

use super::canvas::Area;
use super::theme;

/// Space between two panels.
const BETWEEN: f64 = 26.0;

/// Columns for so many panels: wide enough to read, and no row much emptier than the others.
pub(super) fn columns(panels: usize, most: usize) -> usize {
    let columns = match panels {
        0 | 1 => 1,
        2 | 4 => 2,
        _ => 3,
    };
    columns.min(most)
}

/// The panels from left to right and down, in the room between `top` and `bottom`.
pub(super) fn grid(panels: usize, columns: usize, top: f64, bottom: f64) -> Vec<Area> {
    let rows = panels.div_ceil(columns).max(1);
    let width = (theme::WIDTH - 2.0 * theme::MARGIN - BETWEEN * (columns - 1) as f64) / columns as f64;
    let height = (bottom - top) / rows as f64;
    (0..panels)
        .map(|panel| {
            let left = theme::MARGIN + (panel % columns) as f64 * (width + BETWEEN);
            let top = top + (panel / columns) as f64 * height;
            Area { left, top, right: left + width, bottom: top + height }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_do_not_overlap_and_stay_on_the_page() {
        for panels in 1..=12 {
            let areas = grid(panels, columns(panels, 3), 80.0, 476.0);
            for (index, a) in areas.iter().enumerate() {
                assert!(a.left >= theme::MARGIN && a.right <= theme::WIDTH - theme::MARGIN + 1e-9);
                assert!(a.bottom <= 476.0 + 1e-9);
                let apart = |b: &Area| b.left >= a.right || b.right <= a.left || b.top >= a.bottom - 1e-9;
                assert!(areas[index + 1..].iter().all(apart));
            }
        }
    }
}
