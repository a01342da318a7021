//! The sheet of a chapter.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::super::{Remark, counted_in};
use super::sums::Level;
use super::{Book, formula, look};
use crate::edit::Value;
use crate::import::{Figure, own};
use crate::model::{Amount, Money, Rounding, Unit};
use crate::sheet::{Made, RowKind, Spreadsheet, SpreadsheetCell, SpreadsheetRow};

/// Where the heads of the columns stand. The row above says in words of the program what the columns hold, and is not shown.
pub(super) const HEAD: u32 = 3;
/// Where the rows begin.
pub(super) const BODY: u32 = HEAD + 1;

/// A chapter that becomes a sheet.
pub(super) struct Page<'b> {
    pub(super) book: &'b Book,
    /// The columns of titles, of the first amount, of the change and of notes, and the first that is not shown.
    pub(super) titles: u16,
    pub(super) amounts: u16,
    pub(super) change: u16,
    pub(super) notes: u16,
    pub(super) hidden: u16,
    /// What a person should know of it.
    pub(super) remarks: Vec<Remark>,
}

/// A value in a unit: its digits, its places after the point, and whether a spreadsheet's number keeps them all.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) decimals: u8,
    pub(super) number: Option<f64>,
}

/// An amount as a plain number of a unit, `-1234.5`.
pub(super) fn shown(amount: Amount, unit: Unit) -> Option<Shown> {
    let amount = counted_in(amount, unit)?;
    let text = amount.digits();
    let significant = amount.coefficient().unsigned_abs().to_string();
    let is_kept = significant.trim_end_matches('0').len() <= own::MOST_DIGITS;
    Some(Shown { number: text.parse().ok().filter(|_| is_kept), text, decimals: amount.decimals() })
}

impl<'b> Page<'b> {
    pub(super) fn new(book: &'b Book) -> Self {
        let has_numbers = book.spreadsheet.rows.iter().any(|row| !row.number.is_empty());
        let titles = u16::from(has_numbers);
        let amounts = titles + 1;
        let change = amounts + u16::try_from(book.spreadsheet.columns.len()).unwrap_or(0);
        Self { book, titles, amounts, change, notes: change + 2, hidden: change + 3, remarks: Vec::new() }
    }

    pub(super) fn write(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let spreadsheet = &self.book.spreadsheet;
        // A formula that makes nothing is stored as nothing, and not as 0.
        sheet.set_formula_result_default("");
        sheet.write_with_format(0, 0, &spreadsheet.heading, &look::title())?;
        sheet.write_with_format(1, 0, &spreadsheet.ministry, &look::plain())?;
        let right = look::plain().set_align(FormatAlign::Right);
        sheet.write_with_format(1, self.notes, &spreadsheet.unit_line, &right)?;
        self.heads(sheet)?;
        for (at, row) in spreadsheet.rows.iter().enumerate() {
            self.row(sheet, at, row)?;
        }
        self.outline(sheet)?;
        self.set_up(sheet)
    }

    /// What each column holds, and its head.
    fn columns(&self) -> Vec<(&'static str, &'b str)> {
        let spreadsheet = &self.book.spreadsheet;
        let mut heads: Vec<(&str, &str)> = Vec::new();
        if self.titles > 0 {
            heads.push((own::NUMBER, ""));
        }
        heads.push((own::TITLE, spreadsheet.title_head));
        heads.extend(spreadsheet.columns.iter().map(|(figure, head)| (own::word(*figure), head.as_str())));
        heads.extend([own::CHANGE, own::RATE, own::NOTES].into_iter().zip(spreadsheet.more_heads));
        heads
    }

    /// The heads, and above them, not shown, what each column holds.
    fn heads(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let mut heads = self.columns();
        let edition = own::veiled(&self.book.edition);
        heads.extend([(own::ID, edition.as_str()), (own::LINE, ""), (own::SHOWN, ""), (own::LEVEL, "-")]);
        heads.extend(self.book.spreadsheet.columns.iter().map(|_| (own::INSERTED, "")));
        let hidden = self.columns_not_shown();
        for (column, (key, head)) in (0..self.hidden + hidden).zip(heads) {
            let key = match key {
                own::INSERTED => format!("{key}:{}", column - self.levels()),
                key => key.to_owned(),
            };
            sheet.write_with_format(HEAD - 1, column, key, &look::plain())?;
            let format = if column < self.hidden { look::head() } else { look::plain() };
            sheet.write_with_format(HEAD, column, head, &format)?;
        }
        sheet.set_row_hidden(HEAD - 1)?;
        for column in self.hidden..self.hidden + hidden {
            sheet.set_column_hidden(column)?;
        }
        Ok(())
    }

    fn row(&mut self, sheet: &mut Worksheet, at: usize, row: &SpreadsheetRow) -> Result<(), XlsxError> {
        let spreadsheet = &self.book.spreadsheet;
        let (line, format) = (self.line(at), look::cell(&row.kind));
        let indent = u8::try_from(row.depth.min(15)).unwrap_or(15);
        if self.titles > 0 {
            sheet.write_with_format(line, 0, &row.number, &format)?;
        }
        let wrapped = format.clone().set_text_wrap();
        sheet.write_with_format(line, self.titles, &row.title, &wrapped.clone().set_indent(indent))?;
        for (cell, column) in row.cells.iter().zip(self.amounts..) {
            self.amount(sheet, (at, column), row, cell)?;
        }
        self.comparison(sheet, line, row)?;
        sheet.write_with_format(line, self.notes, &row.notes, &wrapped.set_indent(1))?;
        let id = self.book.ids.get(row.line).cloned().unwrap_or_default();
        let text = |key: &str, text: &str| (key.to_owned(), Value::text(text));
        let (id, kept) = match &row.kind {
            RowKind::Line | RowKind::Total => (id, self.book.kept.get(row.line).cloned().unwrap_or_default()),
            RowKind::Group(_, name) => (String::new(), Value::Braces(vec![text(own::GROUP, name)]).inline()),
            RowKind::Account(name) => (id, Value::Braces(vec![text(own::ACCOUNT, name)]).inline()),
            RowKind::Instrument(name) => (id, Value::Braces(vec![text(own::INSTRUMENT, name)]).inline()),
            RowKind::Rest => (id, Value::Braces(vec![text(own::REST, &row.title)]).inline()),
        };
        let mut shown = vec![text("title", &row.title), text("notes", &row.notes)];
        shown.extend((row.depth > 0).then(|| text(own::DEPTH, &row.depth.to_string())));
        for ((figure, _), cell) in spreadsheet.columns.iter().zip(&row.cells) {
            let said = self.said(cell.money);
            shown.extend((!said.is_empty()).then(|| text(own::word(*figure), &said)));
        }
        if row.kind == RowKind::Total {
            let above = [
                (own::HEADING, spreadsheet.heading.as_str()),
                (own::MINISTRY, spreadsheet.ministry.as_str()),
            ];
            let heads = above.into_iter().chain(self.columns()).map(|(key, head)| text(key, head));
            shown.push((own::HEADS.to_owned(), Value::Braces(heads.collect())));
            shown.push(text(own::ROWS, &spreadsheet.rows.len().to_string()));
            // A cell holds no more.
            let ids = Some(self.book.ids.join(" ")).filter(|ids| ids.len() <= LONGEST / 2);
            shown.extend(ids.map(|ids| text(own::IDS, &ids)));
        }
        let shown = Value::Braces(shown).inline();
        for (column, text) in (self.hidden..).zip([id, veiled(kept), veiled(shown)]) {
            sheet.write_with_format(line, column, text, &look::plain())?;
        }
        self.counts(sheet, at, row)
    }

    /// At which level a row stands, and what is put in below it.
    fn counts(&self, sheet: &mut Worksheet, at: usize, row: &SpreadsheetRow) -> Result<(), XlsxError> {
        let line = self.line(at);
        match self.level(row) {
            Level::At(level) => {
                let level = f64::from(u32::try_from(level).unwrap_or(u32::MAX));
                sheet.write_number_with_format(line, self.levels(), level, &look::plain())?
            }
            Level::Of(what) => sheet.write_with_format(line, self.levels(), what, &look::plain())?,
        };
        for column in self.amounts..self.change {
            if let Some(text) = self.put_in(at, column) {
                let formula = Formula::new(text).set_result("0");
                sheet.write_formula_with_format(line, self.inserted(column), formula, &look::plain())?;
            }
        }
        Ok(())
    }

    /// What a cell says, so that it can be told whether it still does.
    pub(super) fn said(&self, money: Money) -> String {
        let spreadsheet = &self.book.spreadsheet;
        let shown = || money.addable().and_then(|amount| shown(amount, spreadsheet.unit));
        let end = if money.is_open() { spreadsheet.open_end() } else { String::new() };
        spreadsheet.worded(money).unwrap_or_else(|| shown().map_or(String::new(), |shown| shown.text + &end))
    }

    fn amount(
        &mut self,
        sheet: &mut Worksheet,
        (at, column): (usize, u16),
        row: &SpreadsheetRow,
        cell: &SpreadsheetCell,
    ) -> Result<(), XlsxError> {
        let format = look::cell(&row.kind).set_align(FormatAlign::Right).set_indent(1);
        let made = self.formula(cell, (at, column));
        let long =
            self::cell(sheet, (self.line(at), column), &self.book.spreadsheet, cell.money, (format, made))?;
        self.remarks.extend(long.map(|digits| Remark {
            line: self.book.ids.get(row.line).cloned().unwrap_or_default(),
            what: format!(
                "{digits} has more digits than a spreadsheet's number keeps, fifteen; it is written as text and in no sum"
            ),
        }));
        Ok(())
    }

    /// The formula of an amount that is made of others, all of which are numbers.
    fn formula(&self, cell: &SpreadsheetCell, (at, column): (usize, u16)) -> Option<String> {
        let line = self.line(at);
        let is_number = |at: &usize| {
            let cell = self.book.spreadsheet.rows.get(*at)?.cells.get(usize::from(column - self.amounts))?;
            cell.money
                .addable()
                .map_or(Some(()), |amount| shown(amount, self.book.spreadsheet.unit)?.number.map(|_| ()))
        };
        let added = |rows: &[usize], word: Option<&str>| {
            let all_are = rows.iter().all(|at| is_number(at).is_some());
            all_are.then(|| self.sum(at, rows, column, word)).flatten()
        };
        match &cell.made {
            Made::Stated => None,
            Made::Sum(rows, off) => {
                let word = cell.money.is_gap().then(|| self.book.spreadsheet.worded(cell.money)).flatten();
                let sum = added(rows, word.as_deref().filter(|_| off.is_none()))?;
                match off {
                    None => Some(sum),
                    Some(off) if let Some(rounded) = self.rounded(cell, *off, &sum) => Some(rounded),
                    Some(off) => {
                        let off = shown(*off, self.book.spreadsheet.unit)?.text;
                        let plus = if off.starts_with('-') { "" } else { "+" };
                        Some(format!("{sum}{plus}{off}"))
                    }
                }
            }
            Made::Rest(of, less) => {
                let less = added(less, None)?;
                is_number(of)?;
                let of = formula::name(self.line(*of), column);
                Some(format!("IF(ISREF({of}),{of}-({less}),0)"))
            }
            Made::Parts => {
                let place =
                    |wanted| self.book.spreadsheet.columns.iter().position(|(figure, _)| *figure == wanted);
                let name = |wanted| {
                    let at = u16::try_from(place(wanted)?).ok()?;
                    Some(formula::name(line, self.amounts + at))
                };
                Some(format!("{}+{}", name(Figure::Request)?, name(Figure::Wish)?))
            }
        }
    }

    /// The formula of a sum that rounding makes what is stated, by the chapter's rule where it has one. A total may be stated less finely than
    /// the sheet counts: it is rounded to tens or hundreds then.
    fn rounded(&self, cell: &SpreadsheetCell, off: Amount, sum: &str) -> Option<String> {
        let spreadsheet = &self.book.spreadsheet;
        let total = cell.money.addable()?;
        let decimals = i32::from(spreadsheet.unit.exponent()) - total.quantum_exponent();
        let exact = total.checked_sub(off).ok()?;
        let is_it = |rule: &Rounding| {
            let rounded = exact.rounded_to(total.unit(), total.decimals(), *rule);
            rounded.is_some_and(|rounded| rounded.same_value(total))
        };
        let rules =
            Rounding::ALL.into_iter().filter(|rule| spreadsheet.rounding.is_none_or(|own| own == *rule));
        let rule = rules.into_iter().find(is_it)?;
        Some(format!("{}{sum},{decimals})", own::rounding(rule)))
    }
}

/// The most characters that a cell holds.
const LONGEST: usize = 32_767;

/// A text that is not shown; one that is too long for that stays as it is.
fn veiled(text: String) -> String {
    Some(own::veiled(&text)).filter(|veiled| veiled.chars().count() <= LONGEST).unwrap_or(text)
}

/// The cell of an amount: a word that stands for it, a number or what works it out, or text where a number would not keep it, which this
/// gives.
pub(super) fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    spreadsheet: &Spreadsheet,
    money: Money,
    (format, formula): (Format, Option<String>),
) -> Result<Option<String>, XlsxError> {
    if let Some(word) = spreadsheet.worded(money) {
        match formula.filter(|_| money.is_gap()) {
            Some(text) => {
                let format = format.set_num_format(look::amounts(spreadsheet, 0, ""));
                sheet.write_formula_with_format(row, column, Formula::new(text).set_result(word), &format)?
            }
            None => sheet.write_with_format(row, column, word, &format)?,
        };
        return Ok(None);
    }
    let Some(shown) = money.addable().and_then(|amount| shown(amount, spreadsheet.unit)) else {
        sheet.write_blank(row, column, &format)?;
        return Ok(None);
    };
    let end = if money.is_open() { spreadsheet.open_end() } else { String::new() };
    let format = format.set_num_format(look::amounts(spreadsheet, shown.decimals, &end));
    match (shown.number, formula) {
        (None, _) => {
            sheet.write_with_format(row, column, shown.text.clone() + &end, &format)?;
            return Ok(Some(shown.text));
        }
        (Some(_), Some(text)) => {
            let formula = Formula::new(text).set_result(shown.text);
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
        (Some(number), None) => {
            sheet.write_number_with_format(row, column, number, &format)?;
        }
    }
    Ok(None)
}
