//! The rows of a spreadsheet, and what each of their amounts is the sum of.

use std::collections::BTreeMap;

use super::super::wording::Wording;
use super::super::{notes, table};
use super::{Made, RowKind, SpreadsheetCell, SpreadsheetRow};
use crate::import::Figure;
use crate::model::Money;
use crate::rollup::{Column, Entry, Rollup, Row, Share};

/// The column of the rollup that a figure is, if it is one that is added up.
fn column(figure: Figure) -> Option<Column> {
    match figure {
        Figure::Requested => Some(Column::Requested),
        Figure::Prior => Some(Column::Prior),
        Figure::Enacted => Some(Column::Enacted),
        Figure::Supplementary => Some(Column::Supplementary),
        Figure::Request | Figure::Wish => None,
    }
}

pub(super) struct Maker<'m, 'r> {
    rollup: &'m Rollup<'r>,
    wording: &'m Wording<'r>,
    pub(super) rows: Vec<SpreadsheetRow>,
    /// Where the row of each line stands.
    places: BTreeMap<usize, usize>,
    /// What the programs of each group come to, and which they are.
    groups: Vec<([Money; 4], Vec<usize>)>,
    /// How deep in groups the lines stand that are laid out.
    inset: usize,
}

impl<'m, 'r> Maker<'m, 'r> {
    /// The rows of a chapter, without their amounts.
    pub(super) fn of(rollup: &'m Rollup<'r>, wording: &'m Wording<'r>) -> Self {
        let (rows, places) = (Vec::new(), BTreeMap::new());
        let mut maker = Self { rollup, wording, rows, places, groups: Vec::new(), inset: 0 };
        maker.lay_out();
        maker
    }

    fn lay_out(&mut self) {
        let Some(top) = self.rollup.chapter() else { return };
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (inset, entry) in self.rollup.grouped() {
            self.inset = inset;
            match entry {
                Entry::Group { title, title_en, count, amounts } => {
                    open.push((self.groups.len(), count));
                    let shown = self.wording.lang.pick(title, title_en.unwrap_or(title));
                    self.row(RowKind::Group(self.groups.len(), title.to_owned()), 0, shown.to_owned());
                    self.groups.push((amounts, Vec::new()));
                }
                Entry::Program(at, _) => {
                    for (group, left) in open.iter_mut().filter(|(_, left)| *left > 0) {
                        *left -= 1;
                        self.groups.get_mut(*group).into_iter().for_each(|(_, members)| members.push(at));
                    }
                    self.line(at);
                }
            }
        }
        self.inset = 0;
        self.rest(0);
        let is_stated = top.requested_money().is_stated() || top.prior_money().is_stated();
        let words = self.wording.words;
        let title = if is_stated { words.total } else { words.listed_total };
        self.row(RowKind::Total, 0, title.to_owned());
        self.splits(0);
    }

    fn line(&mut self, at: usize) {
        let Some(row) = self.rollup.rows.get(at) else { return };
        self.row(RowKind::Line, at, self.wording.title(row.line));
        self.splits(at);
        for child in row.children.clone() {
            self.line(child);
        }
        self.rest(at);
    }

    fn row(&mut self, kind: RowKind, line: usize, title: String) {
        let Some(row) = self.rollup.rows.get(line) else { return };
        let is_own = matches!(kind, RowKind::Line | RowKind::Total);
        if is_own {
            self.places.insert(line, self.rows.len());
        }
        let number = row.program.filter(|_| is_own).and_then(|program| program.number.clone());
        let notes = if is_own { notes::cell(row, self.wording) } else { String::new() };
        self.rows.push(SpreadsheetRow {
            depth: self.inset + row.depth.saturating_sub(1) + usize::from(!is_own && line > 0),
            level: row.depth,
            is_counted: row.line.is_addable(),
            number: number.unwrap_or_default(),
            notes: if kind == RowKind::Rest { self.wording.words.computed.to_owned() } else { notes },
            kind,
            line,
            title,
            cells: Vec::new(),
        });
    }

    fn splits(&mut self, at: usize) {
        let Some(row) = self.rollup.rows.get(at) else { return };
        let words = self.wording.words;
        for part in &row.line.accounts {
            let title = format!("{}{}", words.by_account, part.name);
            self.row(RowKind::Account(part.name.clone()), at, title);
        }
        for part in &row.line.instruments {
            let title = format!("{}{}", words.by_instrument, part.name);
            self.row(RowKind::Instrument(part.name.clone()), at, title);
        }
    }

    /// The row of what a partial breakdown does not list.
    fn rest(&mut self, at: usize) {
        let Some(row) = self.rollup.rows.get(at) else { return };
        if let Some(rest) = table::remainder(row, 0, self.wording) {
            self.row(RowKind::Rest, at, rest.title);
        }
    }

    /// Whether a line says anything of a figure.
    pub(super) fn fills(&self, figure: Figure) -> bool {
        let always = matches!(figure, Figure::Requested | Figure::Prior);
        always || self.rows.iter().any(|row| self.cell(row, figure).money != Money::NotStated)
    }

    pub(super) fn cell(&self, row: &SpreadsheetRow, figure: Figure) -> SpreadsheetCell {
        let Some(of) = self.rollup.rows.get(row.line) else { return SpreadsheetCell::default() };
        let both = |column: &Column| Column::BOTH.contains(column);
        match (&row.kind, column(figure)) {
            (RowKind::Account(name), column) => column
                .filter(both)
                .map(|it| self.share(row.line, Share::Account(name, it)))
                .unwrap_or_default(),
            (RowKind::Instrument(name), column) => column
                .filter(both)
                .map(|it| self.share(row.line, Share::Instrument(name, it)))
                .unwrap_or_default(),
            (RowKind::Rest, Some(column)) => self.rest_cell(of, row.line, column),
            (RowKind::Group(at, _), Some(column)) => self.group_cell(*at, column),
            (RowKind::Rest | RowKind::Group(..), None) => SpreadsheetCell::default(),
            (RowKind::Line | RowKind::Total, None) => {
                self.share(row.line, if figure == Figure::Wish { Share::Wish } else { Share::Request })
            }
            (RowKind::Line | RowKind::Total, Some(column)) => self.whole(of, &row.kind, column),
        }
    }

    /// What a line states of request and wish, of an account or an instrument: the sum of the same of its parts, or all of its amount.
    fn share(&self, at: usize, share: Share<'_>) -> SpreadsheetCell {
        let stated = self.rollup.rows.get(at).and_then(|row| share.stated(row.line));
        let Some(money) = stated.map(|stated| stated.value) else { return SpreadsheetCell::default() };
        let made = self.rollup.makings(at, share);
        let is_it = |made: Option<Money>| {
            made.and_then(Money::addable).zip(money.addable()).is_some_and(|(made, own)| made.same_value(own))
        };
        let parts = || self.rollup.parts_of(at, share).unwrap_or_default();
        let rows = match made {
            [parts_make, _] if is_it(parts_make) => {
                parts().iter().map(|(at, _)| self.row_of(*at, share)).collect()
            }
            [_, whole] if is_it(whole) => self.places.get(&at).map(|place| vec![*place]),
            _ => None,
        };
        let made = rows.filter(|rows| !rows.is_empty()).map_or(Made::Stated, |rows| Made::Sum(rows, None));
        SpreadsheetCell { money, made }
    }

    /// The row in which a share of a line stands.
    fn row_of(&self, at: usize, share: Share<'_>) -> Option<usize> {
        let place = *self.places.get(&at)?;
        let is_it = |row: &SpreadsheetRow| match (share, &row.kind) {
            (Share::Account(name, _), RowKind::Account(own))
            | (Share::Instrument(name, _), RowKind::Instrument(own)) => name == own,
            _ => false,
        };
        match share {
            Share::Account(..) | Share::Instrument(..) => {
                let splits =
                    self.rows.iter().enumerate().skip(place + 1).take_while(|(_, row)| row.line == at);
                splits.into_iter().find(|(_, row)| is_it(row)).map(|(place, _)| place)
            }
            _ => Some(place),
        }
    }

    /// An amount of a line, as it is stated or as its parts make it.
    fn whole(&self, of: &Row<'_>, kind: &RowKind, column: Column) -> SpreadsheetCell {
        let sums = column.sums(of);
        // Below lines of which no total is stated stands what they come to.
        let is_listed = *kind == RowKind::Total && column.awaited(of) == Money::NotStated;
        let money = if is_listed { sums.parts } else { column.awaited(of) };
        let addends = self.addends(&of.children, column);
        let is_sum = (of.line.is_complete() || is_listed) && !sums.is_gapped && !addends.is_empty();
        let off = money.addable().zip(sums.listed).and_then(|(whole, listed)| whole.checked_sub(listed).ok());
        let unit = self.rollup.request.unit.exponent();
        let is_coarse = column.stated(of.line).amount().is_some_and(|it| it.quantum_exponent() > unit.into());
        // What the parts of a place that is left come to, it does.
        let awaits =
            |at: &usize| self.rollup.rows.get(*at).is_some_and(|row| column.awaited(row) == Money::Undecided);
        let is_awaited = money != sums.money && of.children.iter().any(awaits);
        let is_gap = money.is_gap() && of.line.is_complete() && (sums.parts == money || is_awaited);
        let made = match (off, of.line.requested.split) {
            _ if is_gap => Made::Sum(self.gaps(&of.children, column), None),
            (Some(off), _) if is_sum => {
                Made::Sum(addends, Some(off).filter(|off| is_coarse || !off.is_zero()))
            }
            (_, Some((request, wish))) if column == Column::Requested => {
                let parts = request.value.addable().zip(wish.value.addable());
                let sum = parts.and_then(|(request, wish)| request.checked_add(wish).ok());
                let is_same = sum.zip(money.addable()).is_some_and(|(sum, whole)| sum.same_value(whole));
                if is_same { Made::Parts } else { Made::Stated }
            }
            _ => Made::Stated,
        };
        SpreadsheetCell { money, made }
    }

    /// The rows of which one hides what they come to, until it says an amount.
    fn gaps(&self, parts: &[usize], column: Column) -> Vec<usize> {
        let mut found = Vec::new();
        for &at in parts {
            let Some(row) = self.rollup.rows.get(at).filter(|row| row.line.is_addable()) else { continue };
            match column.awaited(row) == Money::NotStated && !row.children.is_empty() {
                true => found.extend(self.gaps(&row.children, column)),
                false => found.extend(self.places.get(&at)),
            }
        }
        found.sort_unstable();
        found
    }

    /// What the programs of a group come to.
    fn group_cell(&self, at: usize, column: Column) -> SpreadsheetCell {
        let Some((amounts, members)) = self.groups.get(at) else { return SpreadsheetCell::default() };
        let amount = Column::ALL.iter().zip(amounts).find(|(known, _)| **known == column);
        let money = amount.map(|(_, money)| *money).unwrap_or_default();
        let addends = if money.is_gap() { self.gaps(members, column) } else { self.addends(members, column) };
        let is_made = (money.is_gap() || money.addable().is_some()) && !addends.is_empty();
        SpreadsheetCell { money, made: if is_made { Made::Sum(addends, None) } else { Made::Stated } }
    }

    fn rest_cell(&self, of: &Row<'_>, line: usize, column: Column) -> SpreadsheetCell {
        let rest = column.sums(of).rest();
        let addends = self.addends(&of.children, column);
        let own = self.places.get(&line).copied().unwrap_or_default();
        let is_made = rest.addable().is_some() && !addends.is_empty();
        SpreadsheetCell { money: rest, made: if is_made { Made::Rest(own, addends) } else { Made::Stated } }
    }

    /// The rows that the column of a line with these parts is the sum of: those that may be added, or what is below them where they state nothing.
    fn addends(&self, parts: &[usize], column: Column) -> Vec<usize> {
        let mut found = Vec::new();
        for &at in parts {
            let Some(row) = self.rollup.rows.get(at).filter(|row| row.line.is_addable()) else { continue };
            let sums = column.sums(row);
            match (sums.money.addable(), sums.listed) {
                (None, Some(_)) => found.extend(self.addends(&row.children, column)),
                _ => found.extend(self.places.get(&at)),
            }
        }
        found.sort_unstable();
        found
    }
}
