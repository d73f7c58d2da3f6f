//! Names written at the right of a plot, beside where their lines end.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Area, Canvas, Drawn, Text};
use super::lettering::{self, Weight};
use super::placement;
use super::theme;

/// A name and the height of what it names.
#[derive(Clone, Debug)]
pub(super) struct EndLabel {
    pub(super) name: String,
    pub(super) y: f64,
    pub(super) color: RGBColor,
}

/// Room for the connector between the plot and a name.
const CONNECTOR: f64 = 18.0;
/// The widest that the column of names may become.
const WIDEST: f64 = 170.0;

/// Width to keep free at the right of a plot for these names and their connectors.
pub(super) fn room<'a>(names: impl Iterator<Item = &'a str>) -> f64 {
    let widest =
        names.map(|name| lettering::width(name, theme::LABEL_SIZE, Weight::Regular)).fold(0.0, f64::max);
    if widest == 0.0 { 0.0 } else { widest.min(WIDEST) + CONNECTOR + 1.0 }
}

/// Writes the names at the right of `plot`, moved apart where they would collide; names beyond what
/// fits are counted in the last row.
pub(super) fn draw<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    labels: &[EndLabel],
    plot: &Area,
) -> Drawn<DB> {
    let fit = fitted(labels, plot.height() + theme::ROW_HEIGHT);
    let wanted: Vec<f64> = fit.iter().map(|label| label.y).collect();
    let extents = vec![theme::ROW_HEIGHT; fit.len()];
    let (low, high) = (plot.top - theme::ROW_HEIGHT / 2.0, plot.bottom + theme::ROW_HEIGHT / 2.0);
    let Some(centers) = placement::spread(&wanted, &extents, low, high) else { return Ok(()) };
    for (label, center) in fit.iter().zip(centers) {
        let shade = theme::text_color(label.color);
        let (start, end) = (plot.right + 3.0, plot.right + CONNECTOR - 3.0);
        let bends = [(start, label.y), (start + 3.0, label.y), (end - 3.0, center), (end, center)];
        canvas.path(&bends, theme::mix(label.color, theme::PAPER, 0.3), 1.0)?;
        let name = lettering::shortened(&label.name, theme::LABEL_SIZE, Weight::Regular, WIDEST);
        canvas.text_beside((plot.right + CONNECTOR, center), &Text::new(&name, theme::LABEL_SIZE, shade))?;
    }
    Ok(())
}

/// The labels that fit `room`, the last of them standing for the rest if there are more.
fn fitted(labels: &[EndLabel], room: f64) -> Vec<EndLabel> {
    let rows = (room / theme::ROW_HEIGHT).floor() as usize;
    if labels.len() <= rows || rows == 0 {
        return labels[..labels.len().min(rows)].to_vec();
    }
    let mut fit = labels[..rows].to_vec();
    if let Some(last) = fit.last_mut() {
        last.name = format!("{} more", labels.len() - rows + 1);
        last.color = theme::GREY;
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_are_counted() {
        let label = EndLabel { name: "careful".to_owned(), y: 0.0, color: theme::INK };
        let fit = fitted(&vec![label; 12], 5.0 * theme::ROW_HEIGHT);
        assert_eq!(fit.len(), 5);
        assert_eq!(fit[4].name, "8 more");
    }

    #[test]
    fn a_very_long_name_takes_no_more_than_its_column() {
        let name = "a seller segment whose name goes on and on ".repeat(3);
        assert!(room([name.as_str()].into_iter()) < 200.0);
    }
}
