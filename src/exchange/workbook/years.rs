//! The sheet of what was asked for year by year.

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::sheet::cell;
use super::{Book, look, paper};
use crate::import::own;
use crate::script::width;
use crate::sheet::RowKind;

/// Writes the years of each chapter, one below the other.
pub(super) fn write(sheet: &mut Worksheet, books: &[Book]) -> Result<(), XlsxError> {
    let mut row = 0;
    let aside = books
        .iter()
        .filter_map(|book| book.spreadsheet.years.as_ref())
        .map(|years| years.columns.len())
        .max();
    let aside = u16::try_from(aside.unwrap_or(0) + 1).unwrap_or(u16::MAX);
    sheet.write_with_format(0, aside, own::YEARS, &look::plain())?;
    sheet.set_column_hidden(aside)?;
    let mut titles = 18;
    for book in books {
        let spreadsheet = &book.spreadsheet;
        let Some(years) = &spreadsheet.years else { continue };
        let last = u16::try_from(years.columns.len()).unwrap_or(1).saturating_sub(1);
        sheet.write_with_format(
            row,
            0,
            format!("{} {}", spreadsheet.title, years.heading).trim(),
            &look::title(),
        )?;
        let right = look::plain().set_align(FormatAlign::Right);
        sheet.write_with_format(row + 1, last, &spreadsheet.unit_line, &right)?;
        for (column, head) in (0_u16..).zip(&years.columns) {
            sheet.write_with_format(row + 2, column, head, &look::head())?;
        }
        row += 3;
        for line in &years.rows {
            titles = titles.max(width(&line.title) + 2);
            let format = look::cell(&RowKind::Line);
            sheet.write_with_format(row, 0, &line.title, &format.clone().set_text_wrap())?;
            for (column, money) in (1_u16..).zip(&line.amounts) {
                let format = format.clone().set_align(FormatAlign::Right);
                cell(sheet, (row, column), spreadsheet, *money, (format, None))?;
            }
            row += 1;
        }
        for note in &years.notes {
            sheet.write_with_format(row, 0, note, &look::plain())?;
            row += 1;
        }
        row += 1;
        sheet.set_column_range_width(1, last.max(1), 16)?;
    }
    sheet.set_column_width(0, u32::try_from(titles.min(48)).unwrap_or(48))?;
    let paper = books.first().map(|book| book.spreadsheet.paper).unwrap_or_default();
    sheet.set_paper_size(paper::size(paper)).set_print_fit_to_pages(1, 0);
    Ok(())
}
