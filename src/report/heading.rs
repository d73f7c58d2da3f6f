//! The words above every chart, and the chart there is nothing to draw in.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::lettering::{self, Weight};
use super::placement;
use super::theme;

/// The words above a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// What the chart says; one row is best, two at most.
    pub title: String,
    /// What is shown, with units; two rows at most.
    pub subtitle: String,
    /// Why there is nothing to show, if there is not; written after "no data: ".
    pub if_empty: String,
}

/// Space between the heading and what follows.
const AFTER: f64 = 8.0;
/// Height of a row of the title.
const TITLE_ROW: f64 = 21.0;
/// Width of the heading.
const ROOM: f64 = theme::WIDTH - 2.0 * theme::MARGIN;

impl Heading {
    /// A heading without a reason for emptiness.
    pub fn new(title: impl Into<String>, subtitle: impl Into<String>) -> Self {
        Self { title: title.into(), subtitle: subtitle.into(), if_empty: String::new() }
    }

    /// The same heading with the reason there may be nothing to show.
    #[must_use]
    pub fn if_empty(self, reason: impl Into<String>) -> Self {
        Self { if_empty: reason.into(), ..self }
    }

    /// That there is nothing to show of what the title names, and why.
    pub(super) fn sentence(&self) -> String {
        format!("{}: {}.", self.title, self.reason())
    }

    fn reason(&self) -> &str {
        if self.if_empty.is_empty() { "nothing was measured" } else { &self.if_empty }
    }

    fn title_rows(&self) -> Vec<String> {
        lettering::wrapped(&self.title, theme::TITLE_SIZE, Weight::Bold, ROOM, 2)
    }

    fn subtitle_rows(&self) -> Vec<String> {
        lettering::wrapped(&self.subtitle, theme::SUBTITLE_SIZE, Weight::Regular, ROOM, 2)
    }

    /// Where the heading ends.
    pub(super) fn bottom(&self) -> f64 {
        let titles = self.title_rows().len() as f64 * TITLE_ROW;
        theme::MARGIN + titles + theme::ROW_HEIGHT * self.subtitle_rows().len() as f64 + AFTER
    }

    /// Writes the heading; [`Heading::bottom`] says where it ends.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        let mut baseline = theme::MARGIN + theme::TITLE_SIZE * 0.8 - TITLE_ROW;
        for row in self.title_rows() {
            baseline += TITLE_ROW;
            let title = Text::new(&row, theme::TITLE_SIZE, theme::INK).bold();
            canvas.text((theme::MARGIN, baseline), &title)?;
        }
        baseline += 4.0;
        for row in self.subtitle_rows() {
            baseline += theme::ROW_HEIGHT;
            canvas.text((theme::MARGIN, baseline), &Text::new(&row, theme::SUBTITLE_SIZE, theme::GREY))?;
        }
        Ok(())
    }

    /// Writes that there is nothing to draw, and why.
    pub(super) fn draw_empty<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        height: f64,
    ) -> Drawn<DB> {
        let words = format!("no data: {}", self.reason());
        let (top, bottom) = (self.bottom(), height - theme::MARGIN);
        let ground = Area { left: theme::MARGIN, top, right: theme::WIDTH - theme::MARGIN, bottom };
        canvas.rectangle(&ground, theme::SHADE)?;
        let text = Text::new(&words, theme::SUBTITLE_SIZE + 2.0, theme::GREY).align(Align::Center);
        let middle = (theme::WIDTH / 2.0, f64::midpoint(top, bottom));
        canvas.text_within(middle, &text, ground.width() - 2.0 * theme::MARGIN)
    }
}

/// The height of a legend with these names.
pub(super) fn legend_height(names: &[&str]) -> f64 {
    let rows = placement::legend(names, theme::MARGIN, theme::WIDTH - theme::MARGIN);
    rows.last().map_or(0.0, |last| (last.row + 1) as f64 * (theme::ROW_HEIGHT + 2.0) + 6.0)
}

/// Draws swatches and names in rows below `top`.
pub(super) fn draw_legend<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    names: &[&str],
    colors: &[RGBColor],
    top: f64,
) -> Drawn<DB> {
    let places = placement::legend(names, theme::MARGIN, theme::WIDTH - theme::MARGIN);
    for (place, &color) in places.iter().zip(colors) {
        let middle = top + theme::ROW_HEIGHT / 2.0 + place.row as f64 * (theme::ROW_HEIGHT + 2.0);
        let swatch = Area { left: place.x, top: middle - 5.0, right: place.x + 10.0, bottom: middle + 5.0 };
        canvas.rectangle(&swatch, color)?;
        let name = Text::new(&place.name, theme::LABEL_SIZE, theme::INK);
        canvas.text_beside((place.x + placement::SWATCH_ROOM, middle), &name)?;
    }
    Ok(())
}
