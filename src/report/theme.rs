//! What every chart shares: its size, its type sizes and its colours.

use plotters::style::RGBColor;

/// Width of every chart, in layout units (one SVG pixel each).
pub const WIDTH: f64 = 800.0;
/// Height of a chart that needs no more room.
pub const HEIGHT: f64 = 500.0;
/// PNG pixels to a layout unit.
pub const PIXELS_PER_UNIT: u32 = 2;
/// Space kept free at the four sides.
pub const MARGIN: f64 = 24.0;

/// The font stack: the first is the one that draws the PNG and measures every text; Verdana has nearly
/// the same widths, so an SVG opened without `DejaVu` keeps its layout.
pub const FONT_FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Size of the title.
pub const TITLE_SIZE: f64 = 17.0;
/// Size of the subtitle and of panel titles.
pub const SUBTITLE_SIZE: f64 = 11.5;
/// Size of names and values written beside what they name.
pub const LABEL_SIZE: f64 = 11.0;
/// Size of tick labels and axis titles.
pub const AXIS_SIZE: f64 = 10.5;
/// Height of a row of labels.
pub const ROW_HEIGHT: f64 = 15.0;

/// Text that carries the message.
pub const INK: RGBColor = RGBColor(34, 34, 34);
/// Text that explains: subtitles, axes, thresholds.
pub const GREY: RGBColor = RGBColor(96, 96, 96);
/// The axis line.
pub const AXIS: RGBColor = RGBColor(150, 150, 150);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(230, 230, 230);
/// Event shading and missing cells.
pub const SHADE: RGBColor = RGBColor(240, 240, 236);
/// The page.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);

/// The palette of Okabe and Ito, which people with any common colour blindness can tell apart.
///
/// The order is: blue, vermilion, bluish green, reddish purple, orange, sky blue, grey, yellow. Neighbours
/// differ in lightness as well as in hue; yellow is last, since it is faint on white.
pub const PALETTE: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(120, 120, 120),
    RGBColor(240, 228, 66),
];

/// Viridis at ten equal steps from its yellow end, so that light is little and dark is much.
const SEQUENTIAL: [RGBColor; 10] = [
    RGBColor(253, 231, 37),
    RGBColor(180, 222, 44),
    RGBColor(109, 205, 89),
    RGBColor(53, 183, 121),
    RGBColor(31, 158, 137),
    RGBColor(38, 130, 142),
    RGBColor(49, 104, 142),
    RGBColor(62, 74, 137),
    RGBColor(72, 40, 120),
    RGBColor(68, 1, 84),
];

/// The least contrast of text with its ground, by the WCAG's measure for normal text.
const READABLE: f64 = 4.5;

/// The colour of the series at `index`; the palette repeats after its end.
pub fn series_color(index: usize) -> RGBColor {
    PALETTE[index % PALETTE.len()]
}

/// A darker shade of `color` in which text is readable on white.
pub fn text_color(color: RGBColor) -> RGBColor {
    let mut shade = color;
    while contrast(shade, PAPER) < READABLE {
        shade = mix(shade, RGBColor(0, 0, 0), 0.08);
    }
    shade
}

/// The sequential scale at `share` of its length, 0 light and 1 dark.
pub fn sequential(share: f64) -> RGBColor {
    let place = share.clamp(0.0, 1.0) * (SEQUENTIAL.len() - 1) as f64;
    let below = (place.floor() as usize).min(SEQUENTIAL.len() - 2);
    mix(SEQUENTIAL[below], SEQUENTIAL[below + 1], place - below as f64)
}

/// A scale of greys that says little, for what lies within its noise: 0 light and 1 a little darker.
pub fn muted(share: f64) -> RGBColor {
    mix(RGBColor(246, 246, 244), RGBColor(220, 221, 220), share.clamp(0.0, 1.0))
}

/// Black or white, whichever reads better on `ground`.
pub fn ink_on(ground: RGBColor) -> RGBColor {
    if contrast(INK, ground) >= contrast(PAPER, ground) { INK } else { PAPER }
}

/// `from` moved towards `to` by `share` of the way.
pub fn mix(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    RGBColor(channel(from.0, to.0), channel(from.1, to.1), channel(from.2, to.2))
}

fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: RGBColor) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.039_28 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_series_colour_has_a_shade_that_reads_on_white() {
        for color in PALETTE {
            assert!(contrast(text_color(color), PAPER) >= READABLE);
        }
    }

    #[test]
    fn the_sequential_scale_only_darkens() {
        let shades: Vec<f64> = (0..=100).map(|step| luminance(sequential(f64::from(step) / 100.0))).collect();
        assert!(shades.windows(2).all(|pair| pair[1] <= pair[0] + 1e-3));
    }

    #[test]
    fn cell_text_reads_on_every_shade() {
        for step in 0..=100 {
            let ground = sequential(f64::from(step) / 100.0);
            assert!(contrast(ink_on(ground), ground) > 3.9);
        }
    }
}
