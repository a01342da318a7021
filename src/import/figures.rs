//! From the cells of a row to its figures, with the meaning that the words beside them give.

use super::Cell;
use super::grid::{Fate, Filled, Grid, Kind, Row};
use super::paired::Part;
use super::remark::Remark;
use super::rows::{Entries, Entry};
use super::table::Column;
use super::titles;
use super::value::{Value, value};
use super::words::{Meaning, Role, within_brackets};
use crate::model::{Amount, Currency, FiscalYear, Hedge, Lang, Money, Unit};

/// A figure as it was read.
#[derive(Clone, Debug)]
pub(super) struct Figured {
    pub(super) cell: Cell,
    pub(super) money: Money,
    pub(super) text: String,
    /// The first of the brackets that it stands in.
    pub(super) bracket: Option<char>,
}

impl Figured {
    /// What it adds to a sum, in hundredths of its currency.
    pub(super) fn added(&self) -> Option<i128> {
        self.money.addable().map(|amount| amount.smallest_units())
    }

    /// The sum of two figures at the place of the first; where one of them is no number, the other alone.
    fn plus(self, other: Self, unit: Unit) -> Self {
        match (self.money.addable(), other.money.addable()) {
            (Some(one), Some(two)) => match Amount::sum([one, two]) {
                Ok(Some(sum)) => {
                    let text = super::totals::amount(sum.smallest_units(), unit);
                    Self { money: Money::Known(sum), text, ..self }
                }
                _ => self,
            },
            (None, Some(_)) => other,
            _ => self,
        }
    }

    /// The figure as a table has it that counts another unit: with its own one.
    pub(super) fn counted_in(mut self, own: Unit, unit: Unit) -> Self {
        if own != unit && self.text.ends_with(|c: char| c.is_ascii_digit()) {
            let gap = if own.currency() == Currency::JPY { "" } else { " " };
            self.text = format!("{}{gap}{}", self.text, own.label(Lang::Ja));
        }
        self
    }

    /// What it counts for where its row works something out: what is new or has ended was or is nothing.
    pub(super) fn makes(&self) -> Option<i128> {
        let is_nothing = matches!(self.money, Money::New | Money::Ended | Money::NotApplicable);
        if is_nothing { Some(0) } else { self.added() }
    }
}

/// The figure of a column in a row.
pub(super) fn figure(
    grid: &Grid,
    column: &Column,
    unit: Unit,
    at: usize,
    row: &Row,
    remarks: &mut Vec<Remark>,
) -> Option<Figured> {
    let stored = row.cell(column.at)?;
    let part = Some(column.part).filter(|part| *part != Part::Whole);
    let part = part.map(|part| part.of(stored).ok_or(())).transpose().ok()?;
    let found = part.as_ref().unwrap_or(stored);
    let cell = Cell { row: at, column: column.at };
    let figured = |money, text, bracket| Some(Figured { cell, money, text, bracket });
    remarks.extend(struck(found, cell));
    remarks.extend(percent(found, cell).filter(|_| matches!(column.role, Role::Amount(_))));
    remarks.extend(signed(found, cell, unit).filter(|_| matches!(column.role, Role::Amount(_))));
    match value(found, unit, grid.decimal_comma) {
        Value::Money(Money::NotStated, _) => {
            stored.mark(Fate::Taken);
            None
        }
        Value::Money(money, text) => figured(money, text, None),
        Value::Bracketed(money, text, bracket) => figured(money, text, Some(bracket)),
        // What is worked out from other columns is not taken, so a word there does no harm.
        Value::Wrong(..) if column.role == Role::Change && found.kind == Kind::Text && !is_error(found) => {
            None
        }
        // 120（うち推進枠 20）, 1,800※2
        Value::Wrong(..) if let Some((money, text)) = before_mark(found, unit, grid.decimal_comma) => {
            let what =
                format!("`{}` was taken as {text}; what stands behind it was not taken", found.text.trim());
            let help = "write it in the remarks, or in a row of its own below the line";
            remarks.push(Remark::assumed(cell, what, help));
            figured(money, text, None)
        }
        // 約500, 500程度
        Value::Wrong(..) if let Some((money, text)) = about(found, unit, grid.decimal_comma) => {
            let what =
                format!("`{}` was taken as {text}; that it is not exact was not taken", found.text.trim());
            let help = "write the amount that is meant, or say in the remarks that it is an estimate (推計)";
            remarks.push(Remark::assumed(cell, what, help));
            figured(money, text, None)
        }
        Value::Wrong(what, help) => {
            let code = if column.role == Role::Change { super::UNVERIFIED } else { super::NO_AMOUNT };
            remarks.push(Remark::new(code, cell, what, help));
            None
        }
    }
}

/// The amount that stands before words or amounts in brackets, or before the mark of a footnote.
fn before_mark(cell: &Filled, unit: Unit, decimal_comma: bool) -> Option<(Money, String)> {
    let text = cell.text.trim();
    let bare = text.trim_end_matches([')', '）']).trim_end_matches(|c: char| c.is_numeric());
    let marked = bare.trim_end_matches(['※', '*', '＊', '†', '‡', '注']);
    let bracketed = text.split_once(['(', '（', '〔', '[']);
    let bracketed =
        bracketed.filter(|(_, rest)| rest.ends_with([')', '）', '〕', ']'])).map(|(head, _)| head);
    let head = bracketed.or_else(|| Some(marked).filter(|marked| marked.len() < bare.len()))?;
    let is_closed = head.ends_with(|c: char| c.is_numeric() || c.is_whitespace());
    let head = Filled { text: head.trim().to_owned(), ..cell.clone() };
    match value(&head, unit, decimal_comma) {
        Value::Money(money @ Money::Known(_), text) if is_closed => Some((money, text)),
        // 事項要求（500）
        Value::Money(
            money @ (Money::Unspecified
            | Money::Undecided
            | Money::New
            | Money::Ended
            | Money::KnownAndUnspecified(_)),
            text,
        ) => Some((money, text)),
        _ => None,
    }
}

/// The amount among words that say that it is not exact. What they make a bound is no amount: 500以内.
fn about(cell: &Filled, unit: Unit, decimal_comma: bool) -> Option<(Money, String)> {
    let (bare, hedge) = Hedge::of(&cell.text);
    let bare = Filled { text: bare, ..cell.clone() };
    match value(&bare, unit, decimal_comma) {
        Value::Money(money @ Money::Known(_), text)
            if hedge.is_about && !hedge.is_most && !hedge.is_least && cell.kind == Kind::Text =>
        {
            Some((money, text))
        }
        _ => None,
    }
}

/// What is said of the sign ¥ before an amount that is written in a table which counts more than yen. A format shows it beside numbers of any unit.
fn signed(cell: &Filled, at: Cell, unit: Unit) -> Option<Remark> {
    let is_signed = cell.text.contains(['¥', '￥']) && !cell.text.contains('円') && !cell.is_stored_number;
    let counted = unit.label(Lang::Ja);
    let what = format!("`¥` stands before amounts of a table in {counted}; they were taken in {counted}");
    let help = "write 円 behind those that are meant in yen, or say the unit of all with `--unit 円`";
    (is_signed && unit.currency() == Currency::JPY && unit.exponent() > 0)
        .then(|| Remark::assumed(at, what, help))
}

fn is_error(cell: &Filled) -> bool {
    crate::read::error_cell(&cell.text)
}

/// What is asked of a cell that is struck through.
pub(super) fn struck(found: &Filled, cell: Cell) -> Option<Remark> {
    let what = format!("`{}` is struck through, and was taken all the same", found.text.trim());
    let help = "take it out of the workbook if it no longer holds";
    found.is_struck.then(|| Remark::assumed(cell, what, help))
}

/// What is asked of an amount that is shown as a percentage.
pub(super) fn percent(found: &Filled, cell: Cell) -> Option<Remark> {
    let what = format!("`{}` is shown as a percentage, and was taken as an amount", found.text.trim());
    let help = "take the column out with `--map` if it is a rate, or show the cell as a number";
    (found.kind == Kind::Percent).then(|| Remark::assumed(cell, what, help))
}

/// What is asked where brackets stand around an amount and nothing says why.
pub(super) fn bracketed(cell: Cell, text: &str) -> Remark {
    let what = format!("`({text})` stands in brackets, and nothing says what they mean");
    let help = "it was taken as an amount like others; write 内数, 再掲 or △ in the sheet if that is meant";
    Remark::assumed(cell, what, help)
}

/// What is said of a number that is stored as a text, which formulas do not add. Longer ones no spreadsheet keeps otherwise.
pub(super) fn worded(cell: &Filled, at: Cell, unit: Unit) -> Option<Remark> {
    let is_text = cell.kind == Kind::Text && !cell.is_stored_number && cell.formula.is_none();
    let amount = Money::parse(&cell.text, unit).ok().filter(|_| is_text)?.addable()?;
    let digits = amount.coefficient().unsigned_abs().to_string();
    let what = format!("`{}` is stored as a text, and sums of the sheet leave it out", cell.text.trim());
    let help = "it was taken as an amount; type it again as a number, so that the sums count it, too";
    (digits.trim_end_matches('0').len() <= super::own::MOST_DIGITS).then(|| Remark::assumed(at, what, help))
}

impl Entries {
    /// Adds up the columns of several 補正予算 of a year into the first of them, so that the year has one amount of it.
    pub(super) fn add_up_supplements(&mut self, grid: &Grid, base: FiscalYear, unit: Unit) {
        let is_one = |column: &Column| column.role == Role::Amount(Meaning::Supplementary);
        for at in 0..self.columns.len() {
            let Some(further) = self.columns.get(at).filter(|column| is_one(column)) else { continue };
            let of = |column: &Column| (column.year(Some(base)), column.account.clone(), column.unit);
            let own = of(further);
            let first = self.columns.iter().take(at).position(|column| is_one(column) && of(column) == own);
            let Some(first) = first else { continue };
            let unit = own.2.unwrap_or(unit);
            for entry in &mut self.list {
                let Some(added) = entry.figures.get_mut(at).and_then(Option::take) else { continue };
                grid.mark(added.cell, Fate::Taken);
                let Some(place) = entry.figures.get_mut(first) else { continue };
                *place = Some(place.take().map_or(added.clone(), |before| before.plus(added, unit)));
            }
            if let Some(further) = self.columns.get_mut(at) {
                further.role = Role::Amount(Meaning::Further);
            }
        }
    }
}

impl Entry {
    /// Gives figures the meaning that the remarks on their line give them: brackets and all of 内数.
    pub(super) fn settle(&mut self, columns: &[&Column], remarks: &mut Vec<Remark>) {
        let is_within = self.says(&["内数"]);
        let is_of_which = titles::of_which(self.title());
        let any_bracketed = self.figures.iter().flatten().any(|figured| figured.bracket.is_some());
        self.recount(columns, remarks);
        for (figured, column) in self.figures.iter_mut().zip(columns) {
            let asked = [Meaning::Requested, Meaning::Wish, Meaning::Total].map(Role::Amount);
            let is_asked = asked.contains(&column.role);
            if let Some(new) = figured.take_if(|figured| is_asked && figured.money == Money::New) {
                let what =
                    format!("`{}` stands for the missing prior amount, not for the requested one", new.text);
                remarks.push(Remark::new(super::NO_AMOUNT, new.cell, what, super::value::WRITE));
            }
            let Some(figured) = figured else { continue };
            match (figured.money, column.role) {
                (Money::Known(amount), Role::Amount(_))
                    if is_within && figured.bracket.is_some() == any_bracketed =>
                {
                    figured.money = Money::Within(amount);
                    figured.text = format!("{}の内数", figured.text.trim_matches(['(', ')']));
                }
                // Below （前年度） all amounts stand in brackets.
                _ if within_brackets(&column.header).is_some() => {}
                _ if figured.bracket.is_some_and(|bracket| bracket != '〔') && !is_of_which => {
                    remarks.push(bracketed(figured.cell, &figured.text));
                }
                _ => {}
            }
        }
    }

    /// Gives amounts in 〔〕 their meaning: where all of a line are, what is worked out from them is counted elsewhere, too, and so is its line; of some
    /// alone no sum may add these.
    fn recount(&mut self, columns: &[&Column], remarks: &mut Vec<Remark>) {
        let is_amount = |column: &Column| matches!(column.role, Role::Amount(_));
        let is_elsewhere = |figured: &Figured| figured.bracket == Some('〔') && figured.added().is_some();
        let amounts = || self.figures.iter().zip(columns).filter(|(_, column)| is_amount(column));
        let counted =
            || amounts().filter_map(|(figured, _)| figured.as_ref()).filter(|it| it.added().is_some());
        if !counted().any(is_elsewhere) {
            return;
        }
        if counted().all(is_elsewhere) {
            let made = self.figures.iter_mut().zip(columns).filter(|(_, column)| !is_amount(column));
            made.filter_map(|(figured, _)| figured.as_mut()).for_each(|figured| figured.bracket = Some('〔'));
            return;
        }
        let is_told = self.says(&["再掲", "内数"]) || titles::of_which(self.title());
        for (figured, _) in
            self.figures.iter_mut().zip(columns).filter(|(_, column)| is_amount(column) && !is_told)
        {
            let Some((figured, amount)) = figured
                .as_mut()
                .filter(|it| is_elsewhere(it))
                .and_then(|it| Some((it.money.addable()?, it)))
                .map(|(amount, it)| (it, amount))
            else {
                continue;
            };
            let within = format!("{}の内数", figured.text);
            let what = format!(
                "`〔{}〕` is counted elsewhere, and other amounts of its line are not: it was taken as {within}, which no sum adds",
                figured.text
            );
            let help = "give what is counted elsewhere (再掲) a row of its own, or take the brackets away if it counts here";
            remarks.push(Remark::assumed(figured.cell, what, help));
            (figured.money, figured.text, figured.bracket) = (Money::Within(amount), within, None);
        }
    }
}
