//! What the row of a line says, beside what it was made from and what it showed then.

use std::collections::{BTreeMap, BTreeSet};

use super::super::grid::Grid;
use super::super::remark::Remark;
use super::super::told::{Understood, UnderstoodColumn};
use super::super::value::{Value as Said, value};
use super::super::{
    Cell, EmptyCell, Figure, NO_AMOUNT, Origin, Place, TakenAmount, TakenLine, figures, formula,
};
use super::entries::{Entries, set, text};
use super::{ACCOUNT, CHANGE, FIGURES, GROUP, ID, INSTRUMENT, Keys, RATE, Read, TITLE};
use crate::edit::Value;
use crate::model::{FiscalYear, Lang, Money, Unit, grouped};

pub(super) struct Taking<'t> {
    pub(super) grid: &'t Grid,
    pub(super) keys: &'t Keys,
    pub(super) unit: Unit,
    pub(super) remarks: Vec<Remark>,
    /// The ids of the rows so far: a row that was copied is a new line.
    pub(super) used: BTreeSet<String>,
    /// How many cells say something else than they did.
    pub(super) changed: usize,
    /// The groups that the last row of one lies in, itself the last, with how far they are set in.
    pub(super) groups: Vec<(usize, String)>,
    /// Whether any cell holds a number as such, which those of a text file do not.
    pub(super) has_numbers: bool,
}

/// The rows of accounts and instruments, by the ids of their lines.
pub(super) type Splits<'r> = BTreeMap<&'r str, Vec<&'r Read<'r>>>;

impl Taking<'_> {
    /// The lines from a row on that stand deeper than the one above.
    pub(super) fn below(
        &mut self,
        rows: &[Read<'_>],
        splits: &Splits<'_>,
        at: &mut usize,
        above: Option<usize>,
    ) -> Vec<TakenLine> {
        let mut lines = Vec::new();
        while let Some(row) = rows.get(*at) {
            // What stands deeper than a group is part of it, and of no line above it.
            if row.text(GROUP).is_some() {
                if above.is_some() {
                    break;
                }
                self.groups.retain(|(inset, _)| *inset < row.inset);
                self.groups.push((row.inset, row.title.clone()));
            }
            if row.is_beside() || row.title.is_empty() || row.is_new_total() || row.is_remark {
                *at += 1;
                continue;
            }
            if above.is_some_and(|above| row.inset <= above) {
                break;
            }
            *at += 1;
            let mut line = self.line(row, splits);
            if above.is_none() {
                let of = self.groups.iter().filter(|(inset, _)| *inset < row.inset);
                line.groups = of.map(|(_, title)| title.clone()).collect();
            }
            line.children = self.below(rows, splits, at, Some(row.inset));
            lines.push(line);
        }
        lines
    }

    /// What a row says of its line.
    pub(super) fn line(&mut self, row: &Read<'_>, splits: &Splits<'_>) -> TakenLine {
        let is_ours = !row.id.is_empty() && self.used.insert(row.id.clone());
        if let Some(column) = self.keys.of(ID).filter(|_| is_ours && row.id != row.typed) {
            self.left(Cell { row: row.at, column }, row.typed, &row.id);
        }
        let mut kept = if is_ours { row.kept.clone() } else { Vec::new() };
        let shown = if is_ours { row.shown.clone() } else { Vec::new() };
        let is_top = text(&kept, &["gaisan"]).is_some();
        let (mut amounts, mut empty) = (Vec::new(), Vec::new());
        for (figure, word, path) in FIGURES {
            let Some(column) = self.keys.of(word) else { continue };
            let cell = Cell { row: row.at, column };
            let place = Place { origin: 0, cell };
            let taken = match self.said(cell, text(&shown, &[word]), text(&kept, path)) {
                Took::Same => text(&kept, path).and_then(|text| self.amount(figure, text, place)),
                Took::Emptied => {
                    empty.push(EmptyCell { figure, account: None, place });
                    None
                }
                Took::New(money, said) => {
                    if !kept.is_empty() {
                        set(&mut kept, path, &said);
                    }
                    Some(TakenAmount { figure, account: None, money, text: said, place })
                }
            };
            amounts.extend(taken);
        }
        for (key, list) in [(ACCOUNT, "accounts"), (INSTRUMENT, "instruments")] {
            let own = splits.get(row.id.as_str()).into_iter().flatten();
            for part in own.filter(|part| is_ours && part.text(key).is_some()) {
                let of = (part.text(key).unwrap_or_default(), list);
                amounts.extend(self.part(part, of, &mut kept, &mut empty));
            }
        }
        let is_renoted = is_ours && text(&shown, &["notes"]).unwrap_or_default() != row.notes;
        if is_renoted {
            self.changed += 1;
            kept.retain(|(key, _)| key != "notes");
        }
        let is_told = (is_renoted || !is_ours) && !row.notes.is_empty();
        let notes = if is_told { vec![row.notes.clone()] } else { Vec::new() };
        let title = match (text(&kept, &["title"]), text(&shown, &["title"])) {
            (Some(kept), _) if is_top => kept,
            (Some(kept), Some(shown)) if shown == row.title => kept,
            // An abbreviation is shown behind the title, and is no part of it.
            (Some(kept), Some(shown)) => shown
                .strip_prefix(kept)
                .and_then(|behind| row.title.strip_suffix(behind))
                .unwrap_or(&row.title),
            _ => &row.title,
        };
        let title = title.trim().to_owned();
        self.changed += usize::from(is_ours && text(&kept, &["title"]) != Some(&title));
        if !kept.is_empty() {
            set(&mut kept, &["title"], &title);
        }
        self.changed += usize::from(text(&kept, &["number"]).is_some_and(|number| number != row.number));
        let number = Some(row.number.clone()).filter(|number| !number.is_empty());
        TakenLine {
            title,
            number,
            id: is_ours.then(|| row.id.clone()),
            is_complete: true,
            origin: Place { origin: 0, cell: Cell { row: row.at, column: self.keys.of(TITLE).unwrap_or(0) } },
            amounts,
            empty,
            notes,
            kept,
            is_renoted,
            ..TakenLine::default()
        }
    }

    /// The amounts of an account or an instrument that are not what they were.
    fn part(
        &mut self,
        row: &Read<'_>,
        (name, list): (&str, &str),
        kept: &mut Entries,
        empty: &mut Vec<EmptyCell>,
    ) -> Vec<TakenAmount> {
        let mut amounts = Vec::new();
        for (figure, word, path) in [FIGURES[0], FIGURES[3]] {
            let Some(column) = self.keys.of(word) else { continue };
            let cell = Cell { row: row.at, column };
            let key = path.first().copied().unwrap_or_default();
            let list = kept.iter_mut().find(|(key, _)| key == list).map(|(_, value)| value);
            let Some(Value::List(parts)) = list else { continue };
            let is_own = |part: &&mut Value| matches!(part, Value::Braces(part) if text(part, &["name"]) == Some(name));
            let Some(Value::Braces(part)) = parts.iter_mut().find(is_own) else { continue };
            let (account, place) = (Some(name.to_owned()), Place { origin: 0, cell });
            match self.said(cell, text(&row.shown, &[word]), text(part, &[key])) {
                Took::Same => {}
                Took::Emptied => empty.push(EmptyCell { figure, account, place }),
                Took::New(money, said) => {
                    set(part, &[key], &said);
                    amounts.push(TakenAmount { figure, account, money, text: said, place });
                }
            }
        }
        amounts
    }

    fn amount(&self, figure: Figure, text: &str, place: Place) -> Option<TakenAmount> {
        let money = Money::parse(text, self.unit).ok()?;
        Some(TakenAmount { figure, account: None, money, text: text.to_owned(), place })
    }

    /// What a cell says now, beside what it showed and what the line states.
    fn said(&mut self, at: Cell, shown: Option<&str>, stated: Option<&str>) -> Took {
        let before = shown.and_then(|text| Money::parse(text, self.unit).ok());
        let is_as_before = |now: Money| match (now, before) {
            (now, Some(before)) => match (now.addable(), before.addable()) {
                (Some(now_amount), Some(before_amount)) => {
                    now_amount.same_value(before_amount) && now.is_open() == before.is_open()
                }
                _ => now == before,
            },
            (now, None) => !now.is_stated(),
        };
        let cell = self.grid.cell(at);
        let formula = cell.and_then(|cell| cell.formula.as_deref());
        let made = formula.and_then(|formula| formula::evaluate(self.grid, formula, self.unit));
        if let Some((made, said)) = made {
            let is_open = |money: Option<Money>| money.is_some_and(Money::is_open);
            let stated = stated.and_then(|stated| Money::parse(stated, self.unit).ok());
            // A sum has no word behind it: what was open stays open.
            let now = if is_open(before) { made.opened() } else { made };
            if is_as_before(now) || stated.is_none() && before.is_some() {
                return Took::Same;
            }
            self.changed += 1;
            let Some(sum) = made.addable() else { return Took::New(made, said) };
            let money = if is_open(stated) { now } else { made };
            let end = if money.is_open() { "+事項要求" } else { "" };
            return Took::New(money, format!("{}{end}", grouped(plain(&sum.digits(), stated))));
        }
        let Some(cell) = cell else {
            if before.is_some() {
                self.changed += 1;
                return Took::Emptied;
            }
            return Took::Same;
        };
        self.remarks.extend(self.has_numbers.then(|| figures::worded(cell, at, self.unit)).flatten());
        if Money::parse(&cell.text, self.unit).is_ok_and(is_as_before) {
            return Took::Same;
        }
        match value(cell, self.unit, false) {
            Said::Money(money, text) => {
                self.changed += 1;
                Took::New(money, text)
            }
            Said::Bracketed(money, text, bracket) => {
                self.remarks.extend((bracket != '〔').then(|| figures::bracketed(at, &text)));
                self.changed += 1;
                Took::New(money, text)
            }
            Said::Wrong(what, help) => {
                self.remarks.push(Remark::new(NO_AMOUNT, at, what, help));
                Took::Same
            }
        }
    }

    pub(super) fn understood(&self, origin: Origin, lines: &[TakenLine], year: FiscalYear) -> Understood {
        fn count(lines: &[TakenLine]) -> usize {
            lines.iter().map(|line| 1 + count(&line.children)).sum()
        }
        let edition = self.keys.edition(self.grid);
        let (era, number) = year.era();
        let said = vec![
            format!(
                "a sheet that gaisan made of {edition}; unit {}; {}年度",
                self.unit.label(Lang::Ja),
                era.year_name(number)
            ),
            format!("{} lines; {} cells changed since", count(lines), self.changed),
        ];
        let figures = FIGURES.iter().map(|(_, word, _)| (*word, true));
        let columns = figures.chain([(CHANGE, false), (RATE, false)]).filter_map(|(word, is_taken)| {
            let column = self.keys.of(word)?;
            let cell = Cell { row: self.keys.row + 1, column };
            let header = self.grid.cell(cell).map_or(String::new(), |cell| cell.text.clone());
            let role = word.split_once(':').map_or("", |(_, word)| word);
            let taken = if is_taken { role } else { "worked out, not taken" }.to_owned();
            Some(UnderstoodColumn { cell, header, taken, role, sums: Vec::new(), total: None })
        });
        Understood { origin, said, columns: columns.collect(), ..Understood::default() }
    }
}

/// Digits without the zeros at their end that are finer than what the line stated: a sum is not known better than that.
fn plain(digits: &str, stated: Option<Money>) -> &str {
    let decimals = stated.and_then(Money::amount).map_or(0, |amount| usize::from(amount.decimals()));
    let Some((whole, fraction)) = digits.split_once('.') else { return digits };
    let kept = fraction.trim_end_matches('0').len().max(decimals.min(fraction.len()));
    digits.get(..whole.len() + usize::from(kept > 0) + kept).unwrap_or(digits)
}

/// What a cell says beside what it said.
enum Took {
    Same,
    Emptied,
    New(Money, String),
}
