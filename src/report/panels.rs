//! A grid of equal panels, for small multiples.

use plotters::backend::DrawingBackend;

use super::canvas::{Area, Canvas, Drawn, Text};
use super::lettering::{self, Weight};
use super::theme;

/// Space between two panels.
const BETWEEN: f64 = 26.0;
/// From one row of a panel's title to the next.
const TITLE_PITCH: f64 = 13.5;

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

/// Rows of a panel's title at most.
const TITLE_ROWS: usize = 2;

fn rows_of(title: &str, width: f64) -> Vec<String> {
    lettering::wrapped(title, theme::LABEL_SIZE, Weight::Bold, width, TITLE_ROWS)
}

/// The height that the titles of panels of a width need, the same for all.
pub(super) fn title_height<'a>(titles: impl Iterator<Item = &'a str>, width: f64) -> f64 {
    let rows = titles.map(|title| rows_of(title, width).len()).max().unwrap_or(1).max(1);
    theme::LABEL_SIZE + (rows - 1) as f64 * TITLE_PITCH
}

/// Writes the title of a panel at its top.
pub(super) fn draw_title<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    title: &str,
    area: &Area,
) -> Drawn<DB> {
    for (row, words) in rows_of(title, area.width()).iter().enumerate() {
        let words = Text::new(words, theme::LABEL_SIZE, theme::INK).bold();
        let baseline = area.top + theme::LABEL_SIZE + row as f64 * TITLE_PITCH;
        canvas.text((area.left, baseline), &words)?;
    }
    Ok(())
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
