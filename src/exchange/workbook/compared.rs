//! What is asked for beside last year's budget: the change and its rate.

use rust_xlsxwriter::{FormatAlign, Formula, Worksheet, XlsxError};

use super::sheet::{Page, shown};
use super::{formula, look};
use crate::import::Figure;
use crate::model::{Amount, Comparison, Money, pointed};
use crate::sheet::SpreadsheetRow;

impl Page<'_> {
    /// The change and its rate; nothing where a request is open.
    pub(super) fn comparison(
        &self,
        sheet: &mut Worksheet,
        line: u32,
        row: &SpreadsheetRow,
    ) -> Result<(), XlsxError> {
        let spreadsheet = &self.book.spreadsheet;
        let format = look::cell(&row.kind).set_align(FormatAlign::Right).set_indent(1);
        let place = |wanted: Figure| spreadsheet.columns.iter().position(|(figure, _)| *figure == wanted);
        let found = place(Figure::Requested).zip(place(Figure::Prior));
        let of = |at: usize| row.cells.get(at).map_or(Money::NotStated, |cell| cell.money);
        let is_text = |money: Money| {
            let shown = money.addable().and_then(|amount| shown(amount, spreadsheet.unit));
            money.is_open() || shown.is_some_and(|shown| shown.number.is_none())
        };
        let name = |at: usize| formula::name(line, self.amounts + u16::try_from(at).unwrap_or(0));
        let words = spreadsheet.formula_words();
        let compared = |(one, other): (usize, usize)| {
            Comparison::between(of(one), of(other)).unwrap_or(Comparison::Incomparable)
        };
        let Some((requested, prior)) =
            found.filter(|(one, other)| !is_text(of(*one)) && !is_text(of(*other)))
        else {
            sheet.write_blank(line, self.change, &format)?;
            // What is new or over is so also where its amount is open.
            match found.map(|pair| (pair, compared(pair))) {
                Some(((one, other), over @ (Comparison::New(None) | Comparison::Ended(None)))) => {
                    let text = formula::rate(&name(one), &name(other), &words);
                    let word = crate::notation::Notation::new(spreadsheet.lang).rate_of(&over);
                    sheet.write_formula_with_format(
                        line,
                        self.change + 1,
                        Formula::new(text).set_result(word),
                        &format,
                    )?;
                }
                _ => {
                    sheet.write_blank(line, self.change + 1, &format)?;
                }
            }
            return Ok(());
        };
        let comparison = compared((requested, prior));
        let change = match comparison {
            Comparison::Same => of(requested).addable().and_then(|amount| amount.checked_sub(amount).ok()),
            other => other.change(),
        };
        let change = change.and_then(|change| shown(change, spreadsheet.unit));
        let decimals = change.as_ref().map_or(0, |change| change.decimals);
        let change = change.map(|change| change.text).unwrap_or_default();
        let text = formula::change(&name(requested), &name(prior), &words);
        let amounts = format.clone().set_num_format(look::amounts(spreadsheet, decimals, ""));
        let text = Formula::new(text).set_result(change);
        sheet.write_formula_with_format(line, self.change, text, &amounts)?;
        let rate = match comparison.rate() {
            Some(_) => quotient(of(requested), of(prior)),
            None => crate::notation::Notation::new(spreadsheet.lang).rate_of(&comparison),
        };
        let text = formula::rate(&name(requested), &name(prior), &words);
        let rates = format.set_num_format(look::rates(spreadsheet));
        let text = Formula::new(text).set_result(rate);
        sheet.write_formula_with_format(line, self.change + 1, text, &rates)?;
        Ok(())
    }
}

/// What one amount is more than another in parts of that one, for a program that shows a number before it has worked it out.
fn quotient(requested: Money, prior: Money) -> String {
    let part = |money: Money| money.addable().map_or(0, Amount::smallest_units);
    let change = part(requested) - part(prior);
    // A millionth of a percent is more than anyone sees.
    let parts = change.saturating_mul(100_000_000).checked_div(part(prior)).unwrap_or(0);
    pointed(parts, 8)
}
