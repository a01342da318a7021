//! How the sheet of a chapter is folded, frozen, as wide as it needs to be, and printed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{BODY, HEAD, Page};
use crate::model::Paper;
use crate::script::width;

/// The narrowest and the widest that titles, amounts and notes are.
const TITLES: (usize, usize) = (18, 48);
const AMOUNTS: (usize, usize) = (12, 28);
const NOTES: (usize, usize) = (12, 44);
/// Wider tables lie on their side.
const UPRIGHT: usize = 110;
/// The deepest level of an outline.
const DEEPEST: usize = 7;

/// A paper as spreadsheets count their sizes.
pub(super) fn size(paper: Paper) -> u8 {
    match paper {
        Paper::Letter => 1,
        Paper::A4 => 9,
    }
}

impl Page<'_> {
    /// What is below a line can be folded away.
    pub(super) fn outline(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let rows = &self.book.spreadsheet.rows;
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.depth < DEEPEST) {
            let below = rows.iter().skip(at + 1).take_while(|other| other.depth > row.depth).count();
            if below > 0 {
                sheet.group_rows(self.line(at + 1), self.line(at + below))?;
            }
        }
        sheet.group_symbols_above(true);
        Ok(())
    }

    /// Widths, the frozen heads, and how it is printed.
    pub(super) fn set_up(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let widths = self.widths();
        for (column, width) in (0_u16..).zip(&widths) {
            sheet.set_column_width(column, u32::try_from(*width).unwrap_or(12))?;
        }
        let room =
            |column: u16| widths.get(usize::from(column)).map_or(1, |width| width.saturating_sub(2).max(1));
        for (at, row) in self.book.spreadsheet.rows.iter().enumerate() {
            let title = (width(&row.title) + 2 * row.depth).div_ceil(room(self.titles));
            let lines = title.max(width(&row.notes).div_ceil(room(self.notes))).max(1);
            sheet.set_row_height(self.line(at), u32::try_from(4 + 13 * lines).unwrap_or(400).min(400))?;
        }
        sheet.set_row_height(0, 24)?.set_row_height(HEAD, 32)?;
        sheet.set_freeze_panes(BODY, self.titles + 1)?;
        let paper = size(self.book.spreadsheet.paper);
        sheet.set_paper_size(paper).set_print_fit_to_pages(1, 0).set_repeat_rows(0, HEAD)?;
        if widths.iter().sum::<usize>() > UPRIGHT {
            sheet.set_landscape();
        }
        sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
        sheet.set_footer(format!("&L&8{}&R&8&P / &N", self.book.edition.replace('&', "&&")));
        Ok(())
    }

    /// How wide the columns that are shown have to be.
    fn widths(&self) -> Vec<usize> {
        let spreadsheet = &self.book.spreadsheet;
        let widest = |texts: &mut dyn Iterator<Item = usize>, (least, most): (usize, usize)| {
            (texts.max().unwrap_or(0) + 2).clamp(least, most)
        };
        let mut widths = Vec::new();
        if self.titles > 0 {
            widths.push(widest(&mut spreadsheet.rows.iter().map(|row| width(&row.number)), (4, 14)));
        }
        widths
            .push(widest(&mut spreadsheet.rows.iter().map(|row| width(&row.title) + 2 * row.depth), TITLES));
        for (at, (_, head)) in spreadsheet.columns.iter().enumerate() {
            let cells = spreadsheet.rows.iter().filter_map(|row| row.cells.get(at));
            let mut texts =
                cells.map(|cell| width(&self.said(cell.money)) * 4 / 3).chain([width(head).div_ceil(2) + 2]);
            widths.push(widest(&mut texts, AMOUNTS));
        }
        widths.extend([AMOUNTS.0, 10]);
        widths.push(widest(&mut spreadsheet.rows.iter().map(|row| width(&row.notes)), NOTES));
        widths
    }
}
