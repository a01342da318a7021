//! From the bytes of a workbook to its grids. The only module that knows calamine; a double becomes digits here and never comes further.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Ods, Reader, Sheet, SheetVisible, Style, Xls, Xlsx};

use super::Cell;
use super::grid::{Filled, Grid, Kind, Row, digits};
use super::held::Held;
use super::old;
use super::open::{Open, Style as OpenStyle};
use super::parts::{Beside, Parts, comment};
use crate::model::{Currency, Lang, Money, Unit, is_minus};

/// A workbook as it was read.
#[derive(Default)]
pub(super) struct Book {
    /// The sheets that are shown.
    pub(super) grids: Vec<Grid>,
    /// The names of those that are not.
    pub(super) hidden: Vec<String>,
    /// The kind of file.
    pub(super) said: String,
    /// What was not looked at.
    pub(super) left: Vec<String>,
}

/// The most cells of one file.
pub(super) const MOST_CELLS: usize = 5_000_000;
/// The most columns of a sheet, as many as its program has.
pub(super) const MOST_COLUMNS: usize = 16_384;
/// The most rows.
pub(super) const MOST_ROWS: usize = 1_048_576;
/// The most sheets.
pub(super) const MOST_SHEETS: usize = 1_000;
/// The most joined cells that are looked at.
const MOST_JOINED: usize = 10_000;
/// The most thousands that a format may leave away.
const MOST_THOUSANDS: usize = 6;

/// Reads a workbook; `None` where the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Book, String>> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Some(old(bytes));
    }
    let parts = Parts::open(bytes)?;
    Some(parts.and_then(|mut parts| {
        if parts.is_open_document() {
            open_document(bytes, &parts.open_document(bytes.len())?)
        } else {
            office(bytes, &mut parts)
        }
    }))
}

fn office(bytes: &[u8], parts: &mut Parts<'_>) -> Result<Book, String> {
    let trouble = |error: &dyn std::fmt::Display| format!("it is no workbook: {error}");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| trouble(&error))?;
    let mut book = Book { said: "XLSX".to_owned(), ..Book::default() };
    let (mut count, mut held) = (0, Held::of(bytes.len()));
    for name in visible(workbook.sheets_metadata(), &mut book)? {
        let mut grid = Grid { name: name.clone(), ..Grid::default() };
        let beside = parts.beside(&name);
        if beside.is_beyond {
            return Err(format!("its sheet `{name}` has cells that no spreadsheet has"));
        }
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            grid.beside.push((None, "a sheet that is not made of cells".to_owned()));
            book.grids.push(grid);
            continue;
        };
        let styles: Vec<Look> = cells.styles().iter().map(Look::of).collect();
        while let Some((found, style)) = cells.next_cell_with_style_id().map_err(|error| trouble(&error))? {
            let (row, column) = found.get_position();
            let at = Cell { row: row as usize, column: column as usize };
            count += 1;
            if count > MOST_CELLS || at.column >= MOST_COLUMNS || at.row >= MOST_ROWS {
                return Err(format!("it has more cells than can be read, {MOST_CELLS} of them"));
            }
            match found.get_value() {
                DataRef::Empty => {}
                DataRef::String(text) => held.add(at, text.len())?,
                DataRef::SharedString(text) => held.add(at, text.len())?,
                _ => held.add(at, 0)?,
            }
            let look = styles.get(style).copied().unwrap_or_default();
            let formula = beside.formulas.get(&at);
            if let Some(filled) = filled(at.column, found.get_value().clone().into(), look, formula) {
                put(&mut grid, at.row, filled);
            }
        }
        drop(cells);
        let merged = workbook.merge_cells_by_sheet_name(&name);
        grid.merged = merged.unwrap_or_default().iter().take(MOST_JOINED).map(ends).collect();
        add(&mut grid, beside);
        book.grids.push(grid);
    }
    Ok(book)
}

/// The names of the sheets that are shown; the others are noted as hidden.
fn visible(sheets: &[Sheet], book: &mut Book) -> Result<Vec<String>, String> {
    if sheets.len() > MOST_SHEETS {
        return Err(format!("it has more sheets than can be read, {MOST_SHEETS} of them"));
    }
    let (shown, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        sheets.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
    book.hidden.extend(hidden.into_iter().map(|sheet| sheet.name.clone()));
    Ok(shown.into_iter().map(|sheet| sheet.name.clone()).collect())
}

fn hide(grid: &mut Grid, rows: impl Iterator<Item = usize>) {
    for row in rows {
        if let Some(row) = grid.rows.get_mut(row) {
            row.is_hidden = true;
        }
    }
}

fn add(grid: &mut Grid, beside: Beside) {
    hide(grid, beside.hidden_rows.into_iter());
    grid.hidden_columns = beside.hidden_columns;
    grid.beside.extend(beside.things);
}

fn old(bytes: &[u8]) -> Result<Book, String> {
    let cleaned = old::cleaned(bytes)?;
    let mut workbook: Xls<_> =
        Xls::new(Cursor::new(cleaned.as_slice())).map_err(|error| format!("it is no workbook: {error}"))?;
    let merged = |workbook: &Xls<_>, name: &str| {
        let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        merged.iter().map(ends).collect()
    };
    let mut book = whole(&mut workbook, "XLS", merged, |_, _| Default::default())?;
    let left = "how its numbers are shown was not looked at; save it as .xlsx if formats scale them or show a sign or a unit";
    book.left.push(left.to_owned());
    Ok(book)
}

fn open_document(bytes: &[u8], open: &Open) -> Result<Book, String> {
    let mut workbook: Ods<_> =
        Ods::new(Cursor::new(bytes)).map_err(|error| format!("it is no workbook: {error}"))?;
    let merged = |_: &Ods<_>, name: &str| open.sheets.get(name).map_or(Vec::new(), |it| it.merged.clone());
    let mut looks: HashMap<&str, Look> = HashMap::new();
    let beside = |sheet: &str, at: Cell| {
        let Some(sheet) = open.sheets.get(sheet) else { return (Look::default(), None) };
        let look = sheet
            .styles
            .get(&at)
            .map(|name| *looks.entry(name).or_insert_with(|| Look::open(open.style(name))));
        (look.unwrap_or_default(), sheet.formulas.get(&at).map(|formula| (formula.clone(), true)))
    };
    let mut book = whole(&mut workbook, "ODS", merged, beside)?;
    for grid in &mut book.grids {
        let Some(sheet) = open.sheets.get(&grid.name) else { continue };
        hide(grid, sheet.hidden_rows.iter().copied());
        let comments = sheet.comments.iter();
        grid.beside.extend(comments.map(|(cell, text)| (*cell, comment(text))));
    }
    Ok(book)
}

/// Reads a workbook that can only be had sheet by sheet; what is beside the values of its cells comes from elsewhere.
fn whole<'a, R: Reader<Cursor<&'a [u8]>>>(
    workbook: &mut R,
    kind: &str,
    merged: impl Fn(&R, &str) -> Vec<(Cell, Cell)>,
    mut beside: impl FnMut(&str, Cell) -> (Look, Option<(String, bool)>),
) -> Result<Book, String>
where
    R::Error: std::fmt::Display,
{
    let mut book = Book { said: kind.to_owned(), ..Book::default() };
    for name in visible(workbook.sheets_metadata(), &mut book)? {
        let range = workbook.worksheet_range(&name).map_err(|error| format!("it is no workbook: {error}"))?;
        let mut grid = Grid { name: name.clone(), ..Grid::default() };
        let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        for (row, column, value) in range.used_cells() {
            let at = Cell { row: top + row, column: left + column };
            let (look, formula) = beside(&name, at);
            if let Some(filled) = filled(at.column, value.clone(), look, formula.as_ref()) {
                put(&mut grid, at.row, filled);
            }
        }
        grid.merged = merged(workbook, &name).into_iter().take(MOST_JOINED).collect();
        book.grids.push(grid);
    }
    Ok(book)
}

fn ends(merged: &Dimensions) -> (Cell, Cell) {
    let cell = |(row, column): (u32, u32)| Cell { row: row as usize, column: column as usize };
    (cell(merged.start), cell(merged.end))
}

fn put(grid: &mut Grid, row: usize, filled: Filled) {
    if grid.rows.len() <= row {
        grid.rows.resize_with(row + 1, Row::default);
    }
    if let Some(row) = grid.rows.get_mut(row) {
        let at = row.cells.partition_point(|cell| cell.column < filled.column);
        row.cells.insert(at, filled);
    }
}

/// What of a style changes the meaning of a cell.
#[derive(Clone, Copy, Default)]
struct Look {
    indent: u8,
    is_struck: bool,
    is_bold: bool,
    is_percent: bool,
    is_bracketed: bool,
    /// Whether more is to come, `#,##0"＋事項要求"`.
    is_open: bool,
    /// How many times a format leaves thousands away, `#,##0,`.
    thousands: usize,
    /// Whether it shows what is more than nothing as less, `"△"#,##0`.
    is_negated: bool,
    /// The unit that it shows behind a number, `#,##0"百万円"`.
    unit: Option<Unit>,
    /// The digits that a format such as `0000` fills up with zeros.
    least_digits: usize,
}

impl Look {
    fn of(style: &Style) -> Self {
        let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        Self {
            indent: style.alignment.as_ref().and_then(|alignment| alignment.indent).unwrap_or(0),
            is_struck: style.font.as_ref().is_some_and(calamine::Font::has_strikethrough),
            is_bold: style.font.as_ref().is_some_and(calamine::Font::is_bold),
            ..Self::of_format(format)
        }
    }

    fn open((style, format): (OpenStyle, String)) -> Self {
        Self {
            indent: style.indent.unwrap_or(0),
            is_struck: style.is_struck,
            is_bold: style.is_bold,
            ..Self::of_format(&format)
        }
    }

    /// What the code of a format says.
    fn of_format(format: &str) -> Self {
        let positive = format.split(';').next().unwrap_or_default();
        let is_zeros = positive.len() > 1 && positive.bytes().all(|byte| byte == b'0');
        // What stands in quotes is shown as it is.
        let bare: String = positive.split('"').step_by(2).collect();
        let behind = bare.rsplit(['0', '#', '?']).next().filter(|behind| behind.len() < bare.len());
        let literals = positive.split('"').skip(1).step_by(2);
        Self {
            thousands: behind.map_or(0, |behind| behind.chars().take_while(|c| *c == ',').count()),
            is_negated: first_shown(positive).is_some_and(is_minus),
            unit: literals.filter_map(Unit::parse).find(|unit| unit.currency() == Currency::JPY),
            is_percent: positive.contains('%'),
            is_open: positive.split('"').any(is_open),
            is_bracketed: first_shown(positive) == Some('('),
            least_digits: if is_zeros { positive.len() } else { 0 },
            ..Self::default()
        }
    }

    /// A number as its format shows it, as far as that is another one.
    fn shown(self, text: String) -> String {
        if self.thousands == 0 && !self.is_negated {
            return text;
        }
        let (minus, bare) = text.strip_prefix('-').map_or(("", text.as_str()), |bare| ("-", bare));
        let is_negated = self.is_negated && minus.is_empty() && bare != "0";
        let minus = if is_negated { "-" } else { minus };
        let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
        let places = self.thousands.min(MOST_THOUSANDS) * 3;
        let all = format!("{whole:0>0$}{fraction}", places + 1);
        let point = all.len() - places - fraction.len();
        let (whole, fraction) = all.split_at_checked(point).unwrap_or((&all, ""));
        let fraction = if self.thousands > 0 { fraction.trim_end_matches('0') } else { fraction };
        format!("{minus}{whole}{}{fraction}", if fraction.is_empty() { "" } else { "." })
    }
}

/// The first character that a format shows: `_x` leaves room for an x, and `*x` fills up with them.
fn first_shown(format: &str) -> Option<char> {
    let mut signs = format.chars();
    loop {
        match signs.next()? {
            '_' | '*' => drop(signs.next()),
            '"' | '\\' | ' ' => {}
            shown => return Some(shown),
        }
    }
}

/// Whether what a format shows behind a number says that more is to come.
fn is_open(shown: &str) -> bool {
    let said = Money::parse(&format!("0{shown}"), Unit::YEN);
    matches!(said, Ok(Money::KnownAndUnspecified(_)))
}

fn filled(column: usize, value: Data, look: Look, formula: Option<&(String, bool)>) -> Option<Filled> {
    let (kind, text) = match value {
        Data::Empty => match formula {
            Some((_, false)) => (Kind::NoValue, String::new()),
            _ => return None,
        },
        Data::Int(number) => (Kind::Number, number.to_string()),
        Data::Float(number) if number.is_finite() => (Kind::Number, digits(number)),
        Data::Float(_) => (Kind::Error, "#NUM!".to_owned()),
        Data::String(text) => (Kind::Text, text),
        Data::Bool(value) => (Kind::Text, if value { "TRUE" } else { "FALSE" }.to_owned()),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            (Kind::Date, format!("{year}-{month:02}-{day:02}"))
        }
        Data::DateTime(date) => (Kind::Number, digits(date.as_f64())),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (Kind::Date, text),
        Data::Error(error) => (Kind::Error, error.to_string()),
    };
    if text.trim().is_empty() && kind == Kind::Text {
        return None;
    }
    let is_stored_number = kind == Kind::Number;
    // What is shown counts, where it differs in scale or sign from what is stored.
    let text = match kind {
        Kind::Number if !look.is_percent => look.shown(text),
        _ => text,
    };
    let (kind, text) = match kind {
        Kind::Number if look.is_percent => (Kind::Percent, text),
        Kind::Number if look.is_bracketed => (Kind::Bracketed, text),
        Kind::Number if let Some(unit) = look.unit => (Kind::Text, format!("{text}{}", unit.label(Lang::Ja))),
        Kind::Number if look.is_open => (Kind::Text, format!("{text}+事項要求")),
        Kind::Number if look.least_digits > 0 => (Kind::Text, format!("{text:0>0$}", look.least_digits)),
        _ => (kind, text),
    };
    let formula = formula.map(|(text, _)| text.clone());
    Some(Filled {
        indent: look.indent,
        is_struck: look.is_struck,
        is_bold: look.is_bold,
        is_stored_number,
        formula,
        ..Filled::new(column, kind, text)
    })
}
