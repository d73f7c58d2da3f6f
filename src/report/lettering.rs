//! The widths and shapes of texts, from the font shipped with the program.
//!
//! Plotters measures to whole pixels and drops each letter's left bearing when it draws, so that small
//! text comes out uneven; both are done here with the same font.

use std::borrow::Cow;
use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use plotters::style::{FontStyle, register_font};

use super::theme::FONT_FAMILY;

/// The text with a replacement character for each that no XML may hold, whatever a name is made of.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let is_forbidden = |letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t')) || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_forbidden) {
        Cow::Owned(text.replace(is_forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Width of a letter in ems where the font cannot be read, which a build with the font never meets.
const FALLBACK_ADVANCE: f64 = 0.65;

struct Faces {
    regular: Option<FontRef<'static>>,
    bold: Option<FontRef<'static>>,
}

fn faces() -> &'static Faces {
    static FACES: OnceLock<Faces> = OnceLock::new();
    FACES.get_or_init(|| {
        // Registered as well, so that any plotters backend can draw the charts.
        let _ = register_font(FONT_FAMILY, FontStyle::Normal, dejavu::sans::regular());
        let _ = register_font(FONT_FAMILY, FontStyle::Bold, dejavu::sans::bold());
        Faces {
            regular: FontRef::try_from_slice(dejavu::sans::regular()).ok(),
            bold: FontRef::try_from_slice(dejavu::sans::bold()).ok(),
        }
    })
}

fn face(weight: Weight) -> Option<&'static FontRef<'static>> {
    match weight {
        Weight::Regular => faces().regular.as_ref(),
        Weight::Bold => faces().bold.as_ref(),
    }
}

/// Calls `place` with every letter's glyph, its offset from the start, and returns the whole advance.
fn advance(font: &FontRef<'_>, text: &str, em: f64, mut place: impl FnMut(ab_glyph::GlyphId, f32)) -> f32 {
    // The font crate scales by the height from ascender to descender, typography by the em.
    let units = font.units_per_em().unwrap_or(1000.0);
    let scaled = font.as_scaled(PxScale::from(em as f32 * font.height_unscaled() / units));
    let mut pen = 0.0;
    let mut previous = None;
    for letter in text.chars() {
        let glyph = font.glyph_id(letter);
        if let Some(before) = previous {
            pen += scaled.kern(before, glyph);
        }
        place(glyph, pen);
        pen += scaled.h_advance(glyph);
        previous = Some(glyph);
    }
    pen
}

/// Whether the picture has to write a letter in others: the font lacks it, or it runs from right to left, which takes joining
/// and turning that only a browser does.
fn is_foreign(font: &FontRef<'_>, letter: char) -> bool {
    const RIGHT_TO_LEFT: [(char, char); 3] =
        [('\u{590}', '\u{8ff}'), ('\u{fb1d}', '\u{fdff}'), ('\u{fe70}', '\u{fefe}')];
    RIGHT_TO_LEFT.iter().any(|&(first, last)| (first..=last).contains(&letter))
        || font.glyph_id(letter).0 == 0 && letter != '\u{fffd}'
}

/// `text` as a picture writes it: what the font cannot set is transcribed in Latin letters, the same on every machine.
fn transcribed<'a>(font: &FontRef<'_>, text: &'a str) -> Cow<'a, str> {
    if text.is_ascii() || !text.chars().any(|letter| is_foreign(font, letter)) {
        return Cow::Borrowed(text);
    }
    let mut latin = String::new();
    for letter in text.chars() {
        if is_foreign(font, letter) {
            latin.push_str(deunicode::deunicode_char(letter).unwrap_or("\u{fffd}"));
        } else {
            latin.push(letter);
        }
    }
    Cow::Owned(latin.trim_end().to_owned())
}

/// The width of `text` set at `size` to the em: of the wider of drawing and picture, where they write it in different letters.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(font) = face(weight) else { return text.chars().count() as f64 * size * FALLBACK_ADVANCE };
    let in_picture = |text: &str| f64::from(advance(font, text, size, |_, _| ()));
    match transcribed(font, text) {
        Cow::Borrowed(text) => in_picture(text),
        Cow::Owned(latin) => {
            // A browser finds the letters in another font, of an em at most.
            let own: String = text.chars().filter(|&letter| !is_foreign(font, letter)).collect();
            let foreign = text.chars().count() - own.chars().count();
            in_picture(&latin).max(in_picture(&own) + foreign as f64 * size)
        }
    }
}

/// How much of the width of `text` a picture of it takes.
pub(super) fn width_in_picture(text: &str, size: f64, weight: Weight) -> f64 {
    face(weight).map_or(0.0, |font| f64::from(advance(font, &transcribed(font, text), size, |_, _| ())))
}

/// `text`, or as much of its beginning as fits `room` with an ellipsis after it.
pub(super) fn shortened(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    for kept in (1..letters.len()).rev() {
        let beginning: String = letters[..kept].iter().collect();
        let short = format!("{}…", beginning.trim_end());
        if width(&short, size, weight) <= room {
            return short;
        }
    }
    if width("…", size, weight) <= room { "…".to_owned() } else { String::new() }
}

/// `text` broken at spaces into at most `rows` rows no wider than `room`; the last ends in an ellipsis
/// where something had to be left out.
pub(super) fn wrapped(text: &str, size: f64, weight: Weight, room: f64, rows: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let last_row = lines.len() >= rows;
        match lines.last_mut() {
            Some(line) if last_row || width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| shortened(line, size, weight, room)).collect()
}

/// Calls `cover` with each pixel that `text` covers and how much of it, the baseline starting at `start`.
pub(super) fn draw(
    text: &str,
    em: f64,
    weight: Weight,
    start: (f32, f32),
    mut cover: impl FnMut(i32, i32, f32),
) {
    let Some(font) = face(weight) else { return };
    let units = font.units_per_em().unwrap_or(1000.0);
    let scale = PxScale::from(em as f32 * font.height_unscaled() / units);
    advance(font, &transcribed(font, text), em, |glyph, pen| {
        let placed = glyph.with_scale_and_position(scale, point(start.0 + pen, start.1));
        if let Some(outline) = font.outline_glyph(placed) {
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, share| cover(corner.x as i32 + x as i32, corner.y as i32 + y as i32, share));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(shortened("careful", 11.0, Weight::Regular, 100.0), "careful");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_and_fits() {
        let short = shortened("overloaded desk with a very long name", 11.0, Weight::Regular, 90.0);
        assert!(short.ends_with('…'));
        assert!(width(&short, 11.0, Weight::Regular) <= 90.0);
    }

    #[test]
    fn no_room_gives_no_text() {
        assert_eq!(shortened("careful", 11.0, Weight::Regular, 2.0), "");
    }

    #[test]
    fn wrapping_keeps_to_the_rows_and_the_room() {
        let lines = wrapped(&"share of orders ".repeat(30), 11.0, Weight::Regular, 200.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line, 11.0, Weight::Regular) <= 200.0));
        assert!(lines[1].ends_with('…'));
    }

    #[test]
    fn names_of_any_script_have_letters_in_pictures() {
        let font = face(Weight::Regular).unwrap();
        for name in ["careful", "медленный", "αργός", "mäßig", "Հայ", "–…×−≤"] {
            assert_eq!(transcribed(font, name), name);
        }
        assert_eq!(transcribed(font, "快速 a"), "Kuai Su  a");
        for name in ["卖家", "판매자", "セラー", "بائع", "מוכר", "विक्रेता", "ผู้ขาย"]
        {
            let latin = transcribed(font, name);
            let is_drawn = !latin.is_empty() && latin.chars().all(|letter| font.glyph_id(letter).0 > 0);
            assert!(is_drawn && !latin.contains('\u{fffd}'), "{name}: {latin}");
            let room = width(name, 11.0, Weight::Regular);
            assert!(room >= width_in_picture(name, 11.0, Weight::Regular), "{name}");
        }
    }

    #[test]
    fn bold_is_wider_than_regular() {
        assert!(width("dispute", 12.0, Weight::Bold) > width("dispute", 12.0, Weight::Regular));
    }
}
