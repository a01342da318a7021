//! How cells look: the face, the borders, how numbers are shown.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::sheet::{RowKind, Spreadsheet};

/// A face that offices have, and that the sheets are set in.
const FACE: &str = "BIZ UDPGothic";
const HEAD_COLOR: u32 = 0x00E3_EAF2;
const LINE_COLOR: u32 = 0x0099_A3AD;

/// Text in the workbook's face.
pub(super) fn plain() -> Format {
    Format::new()
        .set_font_name(FACE)
        .set_font_family(2)
        .set_font_size(10)
        .set_align(FormatAlign::VerticalCenter)
}

/// The title above a table.
pub(super) fn title() -> Format {
    plain().set_font_size(14).set_bold()
}

/// The head of a column.
pub(super) fn head() -> Format {
    boxed(plain().set_bold().set_align(FormatAlign::Center).set_text_wrap().set_background_color(HEAD_COLOR))
}

/// A cell of a table.
pub(super) fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE_COLOR)
}

/// A cell of a row of a kind.
pub(super) fn cell(kind: &RowKind) -> Format {
    let format = boxed(plain());
    match kind {
        RowKind::Line => format,
        RowKind::Account(_) | RowKind::Instrument(_) | RowKind::Rest => format.set_italic(),
        RowKind::Group(..) => format.set_bold(),
        RowKind::Total => format.set_bold().set_border_top(FormatBorder::Double),
    }
}

/// How numbers with so many digits after the point are shown; `end` is what is shown behind them.
pub(super) fn amounts(spreadsheet: &Spreadsheet, decimals: u8, end: &str) -> String {
    let point = if decimals > 0 { format!(".{}", "0".repeat(usize::from(decimals))) } else { String::new() };
    signed(spreadsheet, &format!("#,##0{point}"), end)
}

/// How rates of change are shown.
pub(super) fn rates(spreadsheet: &Spreadsheet) -> String {
    signed(spreadsheet, "0.0%", "")
}

fn signed(spreadsheet: &Spreadsheet, digits: &str, end: &str) -> String {
    let end = if end.is_empty() { String::new() } else { format!("\"{end}\"") };
    let glyph = spreadsheet.negative.glyph();
    let gap = if glyph == '-' { "" } else { " " };
    format!("{digits}{end};\"{glyph}{gap}\"{digits}{end}")
}
