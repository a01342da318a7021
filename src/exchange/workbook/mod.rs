//! Spreadsheets as a workbook: a sheet a chapter, and one of the years. The only room that knows rust_xlsxwriter; an amount becomes a double
//! here on its way out, and only where no digit of it is lost.

mod compared;
mod formula;
mod look;
mod paper;
mod sheet;
mod sums;
mod years;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use super::Remark;
use crate::sheet::Spreadsheet;
use sheet::Page;

/// A chapter that goes into a workbook.
#[derive(Clone, Debug)]
pub struct Book {
    pub spreadsheet: Spreadsheet,
    /// What each line was made from, by the places of lines in the rollup.
    pub kept: Vec<String>,
    /// Their ids, likewise.
    pub ids: Vec<String>,
    /// Which edition of the chapter it is: its place and the digest of what its overview is made from.
    pub edition: String,
}

/// A workbook that was made.
#[derive(Clone, Debug, Default)]
pub struct Workbook {
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    /// What a person should know of it.
    pub remarks: Vec<Remark>,
}

/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// The workbook of some chapters.
///
/// # Errors
/// When a text is longer than a cell holds, or there are more lines than a sheet has rows; says so.
pub fn workbook(books: &[Book]) -> Result<Workbook, String> {
    let mut file = rust_xlsxwriter::Workbook::new();
    let mut names: Vec<String> = Vec::new();
    let mut remarks = Vec::new();
    let trouble = |what: &str, error: XlsxError| format!("`{what}` does not fit into a workbook: {error}");
    for book in books {
        let several =
            books.iter().filter(|other| other.spreadsheet.title == book.spreadsheet.title).count() > 1;
        let title = match several {
            true => format!("{} {}", book.spreadsheet.year, book.spreadsheet.title),
            false => book.spreadsheet.title.clone(),
        };
        let name = named(&title, book.ids.first().map_or("", String::as_str), &mut names);
        let sheet = file.add_worksheet();
        sheet.set_name(&name).map_err(|error| trouble(&title, error))?;
        let mut page = Page::new(book);
        page.write(sheet).map_err(|error| trouble(&title, error))?;
        remarks.append(&mut page.remarks);
    }
    let first = books.first().map(|book| &book.spreadsheet);
    if books.iter().any(|book| book.spreadsheet.years.is_some()) {
        let title = first.map_or("", Spreadsheet::years_title);
        let name = named(title, "", &mut names);
        let sheet = file.add_worksheet();
        sheet.set_name(&name).map_err(|error| trouble(title, error))?;
        years::write(sheet, books).map_err(|error| trouble(title, error))?;
    }
    file.set_properties(&properties(books));
    let bytes = file.save_to_buffer().map_err(|error| trouble(first.map_or("", |it| &it.title), error))?;
    Ok(Workbook { bytes, remarks })
}

/// What the file says of itself. It has always the same date, so that the same request makes the same bytes.
fn properties(books: &[Book]) -> DocProperties {
    let of = |text: fn(&Book) -> &str| {
        let mut all: Vec<&str> = books.iter().map(text).filter(|text| !text.is_empty()).collect();
        all.dedup();
        all.join("; ")
    };
    let properties = DocProperties::new()
        .set_title(of(|book| &book.spreadsheet.heading))
        .set_author(of(|book| &book.spreadsheet.ministry))
        .set_company(of(|book| &book.spreadsheet.ministry))
        .set_subject(of(|book| &book.spreadsheet.title))
        .set_comment(of(|book| &book.edition));
    match ExcelDateTime::from_ymd(2000, 1, 1) {
        Ok(date) => properties.set_creation_datetime(&date),
        Err(_) => properties,
    }
}

/// A title as the name of a sheet: without what no name may have, not too long, and not that of another one. What it has in common with another
/// is told apart by the id.
fn named(title: &str, id: &str, names: &mut Vec<String>) -> String {
    let plain: String =
        title.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim().trim_matches('\'').trim();
    let cut = |most: usize| {
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= most
        };
        plain.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
    };
    let is_free =
        |name: &String| !name.is_empty() && !names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
    let short: String = id.chars().take(LONGEST_NAME / 2).collect();
    let numbered = (1..).map(|number| {
        let end = match number {
            1 => format!(" {short}"),
            number => format!(" {short}-{number}"),
        };
        cut(LONGEST_NAME - end.len()) + end.trim_end()
    });
    let name = std::iter::once(cut(LONGEST_NAME)).chain(numbered).find(is_free).unwrap_or_default();
    names.push(name.clone());
    name
}
