//! From the bytes of a CSV file to a grid: its encoding and its separator are found out.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Cell;
use super::grid::{Filled, Grid, Kind, Row};
use super::held::Held;

/// How a text file was understood.
pub(super) struct Plain {
    pub(super) grid: Grid,
    /// The encoding and the separator, as they are told.
    pub(super) said: String,
}

/// Reads a text file. `Err` says what is wrong with it.
pub(super) fn read(bytes: &[u8], most_cells: usize, most_columns: usize) -> Result<Plain, String> {
    let (encoding, name) = encoding(bytes);
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors || text.contains('\0') {
        return Err("it is neither a workbook nor text".to_owned());
    }
    let separator = separator(&text);
    if let Some(line) = open_quote(&text, separator) {
        return Err(format!("the quote that opens in line {line} is never closed"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    let (mut count, mut held) = (0, Held::of(bytes.len()));
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(|error| format!("it is no CSV: {error}"))? {
            break;
        }
        count += record.len();
        if count > most_cells || record.len() > most_columns {
            return Err(format!("it has more than {most_cells} cells, or {most_columns} in a row"));
        }
        // The reader of CSV leaves out empty lines, which are rows to a spreadsheet.
        let inside: u64 = record.iter().map(|text| text.matches('\n').count() as u64).sum();
        let skipped = (reader.position().line() - before).saturating_sub(inside + 1);
        grid.rows.resize_with(grid.rows.len() + usize::try_from(skipped).unwrap_or(0), Row::default);
        let filled = record.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        let mut row = Row::default();
        for (column, text) in filled {
            held.add(Cell { row: grid.rows.len(), column }, text.len())?;
            row.cells.push(Filled::new(column, Kind::Text, text));
        }
        grid.rows.push(row);
    }
    grid.decimal_comma = decimal_comma(&grid);
    let separated = match separator {
        b'\t' => "tabs",
        b';' => "semicolons",
        _ => "commas",
    };
    Ok(Plain { grid, said: format!("{name}, parted by {separated}") })
}

/// The encoding of a text. Latin text has no bytes from 81 to 9F, in which most Japanese characters of Shift_JIS begin.
fn encoding(bytes: &[u8]) -> (&'static Encoding, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let name = if encoding == UTF_8 { "UTF-8 with a mark" } else { "UTF-16" };
        return (encoding, name);
    }
    let zeros = |odd: usize| bytes.iter().take(4000).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.len() > 3 && zeros(0) + zeros(1) > bytes.len().min(4000) / 4 {
        return (if zeros(0) > zeros(1) { UTF_16BE } else { UTF_16LE }, "UTF-16");
    }
    let is_in = |encoding: &'static Encoding| !encoding.decode_without_bom_handling(bytes).1;
    let has_escape = bytes.windows(3).any(|bytes| matches!(bytes, b"\x1b$B" | b"\x1b$@"));
    if has_escape && bytes.is_ascii() && is_in(ISO_2022_JP) {
        return (ISO_2022_JP, "ISO-2022-JP");
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, "UTF-8");
    }
    let has_leads = bytes.iter().any(|byte| (0x81..=0x9F).contains(byte));
    // Japanese has more of its own characters than letters, and in EUC-JP two bytes of the upper half each.
    let high = bytes.iter().filter(|byte| **byte >= 0xA1).count();
    let has_only = !bytes.iter().any(|byte| matches!(byte, 0x80..=0x8D | 0x90..=0xA0));
    if has_only && high > bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count() && is_in(EUC_JP) {
        return (EUC_JP, "EUC-JP");
    }
    if has_leads && is_in(SHIFT_JIS) {
        return (SHIFT_JIS, "Shift_JIS");
    }
    (WINDOWS_1252, "ISO-8859-1")
}

/// The line of a quote around a cell that has no end, which would take in all that follows.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let (mut line, mut opened, mut is_start) = (1, None, true);
    for byte in text.bytes() {
        match byte {
            // Two quotes inside are one: they close and open.
            b'"' if opened.is_some() => opened = None,
            b'"' if is_start => opened = Some(line),
            _ => {}
        }
        is_start = byte == separator || byte == b'\n' || byte == b'"' && opened.is_none();
        line += usize::from(byte == b'\n');
    }
    opened
}

/// The character that parts the cells: the one that most lines have, outside quotes.
fn separator(text: &str) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    for byte in text.bytes().take(100_000) {
        if byte == b'"' {
            is_quoted = !is_quoted;
        } else if !is_quoted && let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
            *count += 1;
        }
    }
    counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(byte, _)| *byte)
}

/// Whether the numbers have a comma for their point: some do plainly, and none the other way round.
fn decimal_comma(grid: &Grid) -> bool {
    let mut found = false;
    for cell in grid.rows.iter().flat_map(|row| &row.cells) {
        let text = cell.text.trim().trim_start_matches('-');
        if !text.contains(['.', ','])
            || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        {
            continue;
        }
        match (text.rfind(','), text.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => found = true,
            (Some(comma), None) if text.len() - comma != 4 && text.matches(',').count() == 1 => found = true,
            (_, Some(point)) if text.len() - point != 4 => return false,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    #[test]
    fn the_encoding_and_the_separator_are_found_out() {
        let (japanese, ..) = SHIFT_JIS.encode("区分,金額（億円）\n歳入,\"96,530\"\n");
        let (euc, ..) = EUC_JP.encode("区分,金額（億円）\n歳入,\"96,530\"\n");
        let mail = b"\x1b$B6hJ,\x1b(B,a\n1,2\n".as_slice();
        let wide: Vec<u8> = "\u{feff}a\tb\n1\t2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, said, first) in [
            (japanese.as_ref(), "Shift_JIS, parted by commas", "区分"),
            (euc.as_ref(), "EUC-JP, parted by commas", "区分"),
            (mail, "ISO-2022-JP, parted by commas", "区分"),
            (b"A\xC7\xC3O;1.234,50\n".as_slice(), "ISO-8859-1, parted by semicolons", "AÇÃO"),
            (b"\xEF\xBB\xBFa;b\n1;2\n".as_slice(), "UTF-8 with a mark, parted by semicolons", "a"),
            (wide.as_slice(), "UTF-16, parted by tabs", "a"),
            (b"Auton\xF3mica;1.234,50\n".as_slice(), "ISO-8859-1, parted by semicolons", "Autonómica"),
        ] {
            let plain = read(bytes, 100, 100);
            let plain = plain.as_ref().ok();
            assert_eq!(plain.map(|plain| plain.said.as_str()), Some(said));
            let cell = plain.and_then(|plain| plain.grid.cell(Cell::default()));
            assert_eq!(cell.map(|cell| cell.text.as_str()), Some(first));
        }
    }
}
