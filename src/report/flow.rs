//! Where the money went: for each group, how what was paid splits into released, refunded and held.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Area, Canvas, Drawn, Text};
use super::frame::{self, Frame, TickLabels};
use super::heading::{self, Heading};
use super::lettering::{self, Weight};
use super::marks::mark;
use super::meaning::Meaning;
use super::placement;
use super::scale;
use super::theme;
use super::unit::Unit;

/// One bar per group, cut into the parts of what was paid.
///
/// Every bar at the left has the same length, all that its group paid, so that shares compare between groups of any
/// size; amounts are written. At the right, on a scale of its own, is what was refunded, by the way it went: refunds
/// are a few percent of what is paid, and their ways would be hairlines at the left.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The words above.
    pub heading: Heading,
    /// What the two panels show: all that was paid, and what was refunded of it, enlarged.
    pub titles: [String; 2],
    /// What x measures in each.
    pub x_titles: [String; 2],
    /// How amounts are written.
    pub unit: Unit,
    /// What happened to each part, from left to right.
    pub parts: Vec<FlowPart>,
    /// The bars, from the top.
    pub groups: Vec<FlowGroup>,
}

/// One destination of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowPart {
    /// The name in the legend.
    pub name: String,
    /// Whose it became.
    pub kind: FlowKind,
    /// The colour of its meaning.
    pub color: RGBColor,
}

/// Whose the money became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// The seller's.
    Released,
    /// The buyer's again.
    Refunded,
    /// Nobody's yet.
    Held,
}

/// What a group paid.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowGroup {
    /// The name at the left.
    pub name: String,
    /// All that was paid; bars are in proportion to it.
    pub paid: f64,
    /// An amount for each part; NaN is drawn as a gap of no width.
    pub amounts: Vec<f64>,
}

const BAR: f64 = 30.0;
/// Room below a bar for the labels of parts too narrow to hold them.
const CALL_OUT: f64 = 33.0;
const LEAST_PITCH: f64 = BAR + CALL_OUT + 14.0;
const LOWEST: f64 = 260.0;
const NAME_ROOM: f64 = 130.0;

/// A part as it is drawn.
struct Piece<'a> {
    left: f64,
    right: f64,
    color: RGBColor,
    amount: String,
    percent: String,
    /// What it is, and what share of what was paid.
    name: &'a str,
    share: f64,
}

/// The name of all refunds together.
const REFUNDED: &str = "refunded";
/// The part of the room beside the names that the panel of all that was paid takes.
const LEFT_PANEL: f64 = 0.36;
const BETWEEN_PANELS: f64 = 46.0;
const PANEL_TITLE: f64 = 18.0;

impl Flow {
    /// Names and colours of the legend: whose the money became, then the ways of refunds that some took.
    fn legend(&self) -> (Vec<&str>, Vec<RGBColor>) {
        let taken = |place: usize| {
            self.groups.iter().any(|group| group.amounts.get(place).is_some_and(|&amount| amount > 0.0))
        };
        let (mut names, mut colors) = (Vec::new(), Vec::new());
        for kind in [FlowKind::Released, FlowKind::Held, FlowKind::Refunded] {
            let parts = self.parts.iter().enumerate().filter(|(_, part)| part.kind == kind);
            let parts: Vec<&FlowPart> =
                parts.filter(|(place, _)| taken(*place)).map(|(_, part)| part).collect();
            if kind == FlowKind::Refunded && !parts.is_empty() {
                names.push(REFUNDED);
                colors.push(Meaning::Refunded.color());
            }
            names.extend(parts.iter().map(|part| part.name.as_str()));
            colors.extend(parts.iter().map(|part| part.color));
        }
        (names, colors)
    }

    fn shown(&self) -> Vec<&FlowGroup> {
        self.groups.iter().filter(|group| group.paid.is_finite() && group.paid > 0.0).collect()
    }

    fn top(&self) -> f64 {
        self.heading.bottom() + heading::legend_height(&self.legend().0) + 8.0 + PANEL_TITLE
    }

    /// The height that suits the number of groups.
    pub(super) fn height(&self) -> f64 {
        let groups = self.shown().len().max(1) as f64;
        let around = self.top() + theme::MARGIN + frame::below(theme::AXIS_SIZE) - 8.0;
        let wanted = (around + groups * 1.3 * LEAST_PITCH).clamp(LOWEST, theme::HEIGHT);
        wanted.max(around + groups * LEAST_PITCH).ceil()
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.shown().is_empty() || self.parts.is_empty()
    }

    /// Draws the chart on a canvas of the size that [`super::Chart::size`] gives.
    pub(super) fn draw<DB: DrawingBackend>(&self, canvas: &mut Canvas<'_, DB>) -> Drawn<DB> {
        self.heading.draw(canvas)?;
        let groups = self.shown();
        if groups.is_empty() || self.parts.is_empty() {
            return self.heading.draw_empty(canvas, self.height());
        }
        let (names, colors) = self.legend();
        heading::draw_legend(canvas, &names, &colors, self.heading.bottom())?;
        let names = groups.iter().map(|group| lettering::width(&group.name, theme::LABEL_SIZE, Weight::Bold));
        let name_room = names.fold(70.0, f64::max).min(NAME_ROOM);
        let left = theme::MARGIN + name_room + 10.0;
        let room = theme::WIDTH - theme::MARGIN - 8.0 - left - BETWEEN_PANELS;
        let area = Area {
            left,
            top: self.top(),
            right: left + room * LEFT_PANEL,
            bottom: self.height() - theme::MARGIN - frame::below(theme::AXIS_SIZE) + 8.0,
        };
        let beside = Area {
            left: area.right + BETWEEN_PANELS,
            right: area.right + BETWEEN_PANELS + room * (1.0 - LEFT_PANEL),
            ..area
        };
        let most = groups.iter().map(|group| self.refunded(group) / group.paid).fold(0.0, f64::max);
        let (_, high, ticks) = scale::axis_from_zero((0.0, most), Unit::Percent, 5);
        let frames = [Frame::new(area, (0.0, 1.0), (0.0, 1.0)), Frame::new(beside, (0.0, high), (0.0, 1.0))];
        let all_ticks = [scale::ticks_within((0.0, 1.0), Unit::Percent, 3), ticks];
        for (panel, frame) in frames.iter().enumerate() {
            let labels = TickLabels::new(&all_ticks[panel], Unit::Percent);
            frame.draw_x_grid(canvas, &labels)?;
            frame.draw_x_axis(canvas, &labels, theme::AXIS_SIZE)?;
            frame.draw_x_title(canvas, &self.x_titles[panel], theme::AXIS_SIZE)?;
            let title = Text::new(&self.titles[panel], theme::LABEL_SIZE, theme::INK).bold();
            canvas.text_within((frame.area.left, frame.area.top - 8.0), &title, frame.area.width())?;
        }
        let pitch = area.height() / groups.len() as f64;
        for (index, group) in groups.into_iter().enumerate() {
            let top = area.top + index as f64 * pitch + (pitch - LEAST_PITCH) / 2.0 + 5.0;
            self.draw_group(canvas, &frames, group, top, name_room)?;
        }
        Ok(())
    }

    /// What a group got back, whatever the way.
    fn refunded(&self, group: &FlowGroup) -> f64 {
        let refunds =
            self.parts.iter().zip(&group.amounts).filter(|(part, _)| part.kind == FlowKind::Refunded);
        refunds.map(|(_, &amount)| amount).filter(|amount| amount.is_finite()).sum()
    }

    fn draw_group<DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frames: &[Frame; 2],
        group: &FlowGroup,
        top: f64,
        name_room: f64,
    ) -> Drawn<DB> {
        let name = Text::new(&group.name, theme::LABEL_SIZE, theme::INK).bold();
        canvas.text_within((theme::MARGIN, top + 12.0), &name, name_room)?;
        let paid = format!("{} paid", self.unit.value(group.paid));
        let paid = Text::new(&paid, theme::AXIS_SIZE, theme::GREY);
        canvas.text_within((theme::MARGIN, top + 26.0), &paid, name_room)?;
        let of_kind = |kind: FlowKind| {
            let parts = self.parts.iter().zip(&group.amounts).filter(move |(part, _)| part.kind == kind);
            parts.map(|(part, &amount)| (part.name.as_str(), amount, part.color))
        };
        let whole = of_kind(FlowKind::Released)
            .chain([(REFUNDED, self.refunded(group), Meaning::Refunded.color())])
            .chain(of_kind(FlowKind::Held));
        self.draw_bar(canvas, &frames[0], group, whole, top)?;
        if self.refunded(group) > 0.0 {
            return self.draw_bar(canvas, &frames[1], group, of_kind(FlowKind::Refunded), top);
        }
        let nothing = Text::new("nothing was refunded", theme::AXIS_SIZE, theme::GREY);
        canvas.text_beside((frames[1].area.left + 6.0, top + BAR / 2.0), &nothing)
    }

    /// One bar of parts from the left, each with its share and amount.
    fn draw_bar<'a, DB: DrawingBackend>(
        &self,
        canvas: &mut Canvas<'_, DB>,
        frame: &Frame,
        group: &FlowGroup,
        parts: impl Iterator<Item = (&'a str, f64, RGBColor)>,
        top: f64,
    ) -> Drawn<DB> {
        let mut called_out = Vec::new();
        for piece in self.pieces(frame, group.paid, parts) {
            let bar = Area { left: piece.left, top, right: piece.right, bottom: top + BAR };
            canvas.rectangle(&bar, piece.color)?;
            let at = (f64::midpoint(bar.left, bar.right), f64::midpoint(bar.top, bar.bottom));
            let words = || format!("{} ({})", piece.percent, piece.amount);
            canvas.mark(at, || mark(&group.name, piece.name, words(), piece.share));
            canvas.line((piece.right, top), (piece.right, top + BAR), theme::PAPER, 0.5)?;
            if piece.label_width() + 8.0 <= bar.width() {
                let middle = f64::midpoint(bar.left, bar.right);
                let ink = theme::ink_on(piece.color);
                let percent = Text::new(&piece.percent, theme::LABEL_SIZE, ink).align(Align::Center).bold();
                canvas.text((middle, top + 12.5), &percent)?;
                let amount = Text::new(&piece.amount, theme::AXIS_SIZE, ink).align(Align::Center);
                canvas.text((middle, top + 25.0), &amount)?;
            } else {
                called_out.push(piece);
            }
        }
        draw_call_outs(canvas, &called_out, top + BAR, &frame.area)
    }

    fn pieces<'a>(
        &self,
        frame: &Frame,
        paid: f64,
        parts: impl Iterator<Item = (&'a str, f64, RGBColor)>,
    ) -> Vec<Piece<'a>> {
        let mut before = 0.0;
        let mut pieces = Vec::new();
        for (name, amount, color) in parts.filter(|(_, amount, _)| amount.is_finite() && *amount > 0.0) {
            let (left, right) = (frame.x.at(before / paid), frame.x.at((before + amount) / paid));
            before += amount;
            pieces.push(Piece {
                left,
                right,
                color,
                amount: self.unit.value(amount),
                percent: percent(amount / paid),
                name,
                share: amount / paid,
            });
        }
        pieces
    }
}

/// A share to a tenth of a percent, finer where that would be nothing.
fn percent(share: f64) -> String {
    if share < 5e-6 {
        return "< 0.001 %".to_owned();
    }
    let grain = if share >= 1e-3 { 1e3 } else { 1e5 };
    Unit::Percent.value((share * grain).round() / grain)
}

impl Piece<'_> {
    fn label_width(&self) -> f64 {
        let percent = lettering::width(&self.percent, theme::LABEL_SIZE, Weight::Bold);
        percent.max(lettering::width(&self.amount, theme::AXIS_SIZE, Weight::Regular))
    }
}

/// Writes the labels of parts too narrow to hold them below the bar, moved apart, each tied to its part.
fn draw_call_outs<DB: DrawingBackend>(
    canvas: &mut Canvas<'_, DB>,
    pieces: &[Piece<'_>],
    bottom: f64,
    area: &Area,
) -> Drawn<DB> {
    let wanted: Vec<f64> = pieces.iter().map(|piece| f64::midpoint(piece.left, piece.right)).collect();
    let extents: Vec<f64> = pieces.iter().map(|piece| piece.label_width() + 10.0).collect();
    let Some(centers) = placement::spread(&wanted, &extents, area.left, area.right + 8.0) else {
        return Ok(());
    };
    for ((piece, center), from) in pieces.iter().zip(centers).zip(wanted) {
        let (start, end) = (bottom + 1.5, bottom + 10.0);
        let tie = theme::mix(piece.color, theme::PAPER, 0.2);
        canvas.path(&[(from, start), (center, end)], tie, 1.0)?;
        let shade = theme::text_color(piece.color);
        let percent = Text::new(&piece.percent, theme::LABEL_SIZE, shade).align(Align::Center).bold();
        canvas.text((center, bottom + 20.5), &percent)?;
        let amount = Text::new(&piece.amount, theme::AXIS_SIZE, shade).align(Align::Center);
        canvas.text((center, bottom + CALL_OUT - 0.5), &amount)?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Chart;
    use super::*;

    pub(in super::super) fn example() -> Flow {
        let part = |name: &str, kind, color| FlowPart { name: name.to_owned(), kind, color };
        let colors = [Meaning::Released, Meaning::Silence, Meaning::Held].map(Meaning::color);
        Flow {
            heading: Heading::new("Where the money went", "orders placed in the observation period")
                .if_empty("nothing was paid"),
            titles: ["paid".to_owned(), "refunded of it".to_owned()],
            x_titles: ["% of the amount paid".to_owned(), "refunded, % of it".to_owned()],
            unit: Unit::Money,
            parts: vec![
                part("released", FlowKind::Released, colors[0]),
                part("refunded automatically (no response)", FlowKind::Refunded, colors[1]),
                part("held", FlowKind::Held, colors[2]),
            ],
            groups: vec![FlowGroup { name: "careful".to_owned(), paid: 1e6, amounts: vec![9.7e5, 2e4, 1e4] }],
        }
    }

    #[test]
    fn parts_of_any_width_are_labelled() {
        let svg = Chart::from(example()).svg();
        for label in ["97 %", "970 k", "2 %", "20 k", "1 %", "10 k", "1 M paid"] {
            assert!(svg.contains(&format!(">\n{label}\n")), "{label}");
        }
    }

    #[test]
    fn a_small_share_is_not_written_as_nothing() {
        assert_eq!(percent(0.123_44), "12.3 %");
        assert_eq!(percent(0.000_44), "0.044 %");
        assert_eq!(percent(1e-9), "< 0.001 %");
    }

    #[test]
    fn nothing_paid_says_so() {
        let mut chart = example();
        chart.groups[0].paid = 0.0;
        assert!(Chart::from(chart).svg().contains("no data: nothing was paid"));
    }

    #[test]
    fn a_missing_amount_takes_no_room() {
        let mut chart = example();
        chart.groups[0].amounts[1] = f64::NAN;
        assert!(!Chart::from(chart).svg().contains("NaN"));
    }
}
