//! The text of a CSV file, whatever encoding a spreadsheet gave it, and the lines in it.

/// The text of `bytes`: UTF-8 with or without a byte-order mark, UTF-16 with one, otherwise Windows-1252, whose letters are
/// those of Latin-1.
///
/// # Errors
/// What the bytes are if they are no text, to be written after the name of the file.
pub(crate) fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err("is a workbook or an archive and no CSV file: save the sheet as CSV".to_owned());
    }
    let text = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => utf_16(&bytes[2..], u16::from_le_bytes)?,
        Some([0xFE, 0xFF]) => utf_16(&bytes[2..], u16::from_be_bytes)?,
        _ => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => error.as_bytes().iter().map(|&byte| windows_1252(byte)).collect(),
        },
    };
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    if text.contains('\0') {
        return Err("is not a text file: save it as CSV".to_owned());
    }
    Ok(text)
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err("begins like UTF-16 and is none: save it as CSV in UTF-8".to_owned()),
    }
}

/// The character of a byte in Windows-1252; the five bytes that it leaves free stand for themselves.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The number, from 1, of the line on which the row begins that a CSV reader began to look for at byte `offset`: what is
/// left of the line end before it, and blank lines, are still ahead there.
pub(crate) fn line_of_row(text: &str, offset: usize) -> u32 {
    let bytes = text.as_bytes();
    let ahead = bytes[offset.min(bytes.len())..].iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n'));
    let start = offset.min(bytes.len()) + ahead.count();
    let ends = (0..start).filter(|&at| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_spreadsheet_gives_the_same_text() {
        let text = "größe;€\n1;2\n";
        let utf_16 = |unit: fn(u16) -> [u8; 2], mark: &[u8]| {
            let units = text.encode_utf16().flat_map(unit);
            mark.iter().copied().chain(units).collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            utf_16(u16::to_le_bytes, b"\xFF\xFE"),
            utf_16(u16::to_be_bytes, b"\xFE\xFF"),
            b"gr\xF6\xDFe;\x80\n1;2\n".to_vec(),
        ] {
            assert_eq!(decoded(bytes).as_deref(), Ok(text));
        }
        assert!(decoded(b"PK\x03\x04rest".to_vec()).is_err());
        assert!(decoded(b"a\0b".to_vec()).is_err());
        assert!(decoded(b"\xFF\xFEa".to_vec()).is_err());
    }

    #[test]
    fn a_line_is_the_one_that_an_editor_shows() {
        for text in ["a\r\nb\r\nc\r\n", "a\nb\nc\n", "a\rb\rc\r"] {
            let offset = text.find('b').unwrap() + 1;
            assert_eq!(line_of_row(text, offset), 3, "{text:?}");
            assert_eq!(line_of_row(text, offset + 1), 3, "{text:?}");
        }
        assert_eq!(line_of_row("a\n\n\nb", 1), 4);
    }
}
