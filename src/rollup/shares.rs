//! What makes up each amount that a line states: the same of its parts, and in the line itself request and wish.

use super::{Column, Rollup, Sums};
use crate::model::{Line, Money, SplitPart};
use crate::source::Spanned;

/// An amount of a line that others may make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share<'n> {
    Whole(Column),
    Request,
    Wish,
    /// What an account has of a column, by its name.
    Account(&'n str, Column),
    /// What an instrument has of it.
    Instrument(&'n str, Column),
}

impl<'n> Share<'n> {
    /// All that a line may state.
    pub fn all(line: &'n Line) -> Vec<Self> {
        let names = |parts: &'n [SplitPart]| parts.iter().map(|part| part.name.as_str());
        let of = |share: fn(&'n str, Column) -> Self, parts: &'n [SplitPart]| {
            names(parts).flat_map(move |name| Column::BOTH.map(|column| share(name, column)))
        };
        let own = [Self::Request, Self::Wish].into_iter().chain(Column::ALL.iter().copied().map(Self::Whole));
        own.chain(of(Self::Account, &line.accounts)).chain(of(Self::Instrument, &line.instruments)).collect()
    }

    /// What a line states of it, and where.
    pub fn stated(self, line: &Line) -> Option<Spanned<Money>> {
        match self {
            Self::Whole(column) => Some(column.cell(line)).filter(|it| it.value != Money::NotStated),
            Self::Request => line.requested.split.map(|(request, _)| request),
            Self::Wish => line.requested.split.map(|(_, wish)| wish),
            Self::Account(name, column) | Self::Instrument(name, column) => {
                let part = self.siblings(line).iter().find(|part| part.name == name)?;
                if column == Column::Prior { part.prior } else { part.requested }
            }
        }
    }

    /// The column that it is a share of.
    pub fn column(self) -> Column {
        match self {
            Self::Whole(column) | Self::Account(_, column) | Self::Instrument(_, column) => column,
            Self::Request | Self::Wish => Column::Requested,
        }
    }

    /// The accounts, or the instruments, of a line.
    fn siblings(self, line: &Line) -> &[SplitPart] {
        match self {
            Self::Account(..) => &line.accounts,
            Self::Instrument(..) => &line.instruments,
            _ => &[],
        }
    }
}

impl Rollup<'_> {
    /// What the parts of a row whose breakdown is complete state of a share, each by its place; `None` where one that has an amount does not
    /// tell.
    pub fn parts_of(&self, at: usize, share: Share<'_>) -> Option<Vec<(usize, Money)>> {
        let row = self.rows.get(at).filter(|row| row.line.is_complete() && !row.children.is_empty())?;
        let mut found = Vec::new();
        for &at in &row.children {
            let Some(part) = self.rows.get(at).filter(|part| part.line.is_addable()) else { continue };
            let whole = share.column().sums(part).money;
            let is_nothing = whole.is_nothing() || whole.addable().is_some_and(|amount| amount.is_zero());
            match share.stated(part.line) {
                Some(money) => found.push((at, money.value)),
                None if is_nothing || !share.siblings(part.line).is_empty() => {}
                None => found.extend(self.parts_of(at, share)?),
            }
        }
        Some(found)
    }

    /// Request or wish of the parts of a row, where one that does not tell them apart wishes for nothing.
    pub fn asked_of(&self, at: usize, share: Share<'_>) -> Option<Money> {
        let row = self.rows.get(at).filter(|row| row.line.is_complete() && !row.children.is_empty())?;
        let parts = row.children.iter().filter_map(|at| Some((*at, self.rows.get(*at)?)));
        let of = |(at, part): (usize, &super::Row<'_>)| {
            let told = share.stated(part.line).map(|told| told.value);
            let whole = || (share == Share::Request).then(|| share.column().sums(part).money);
            told.or_else(|| self.asked_of(at, share)).or_else(whole)
        };
        let addable = parts.filter(|(_, part)| part.line.is_addable());
        Money::total(addable.filter_map(of)).ok()
    }

    /// What makes up a share of a row, by each of the ways in which something may: its parts; request and wish, of which the only account and
    /// the only instrument have all.
    pub fn makings(&self, at: usize, share: Share<'_>) -> [Option<Money>; 2] {
        let Some(row) = self.rows.get(at) else { return [None; 2] };
        let is_stated = |money: &Money| *money != Money::NotStated;
        let parts =
            || self.parts_of(at, share).and_then(|parts| Money::total(parts.into_iter().map(|it| it.1)).ok());
        let made = match (share, row.requested_split()) {
            (Share::Whole(column), split) => {
                let Sums { parts, .. } = column.sums(row);
                let is_sum = row.line.is_complete() && !row.children.is_empty();
                let split = split.filter(|_| column == Column::Requested);
                [Some(parts).filter(|_| is_sum), split.and_then(|split| Money::total(split).ok())]
            }
            (Share::Request | Share::Wish, _) => [parts(), None],
            (Share::Account(..) | Share::Instrument(..), _) => {
                let is_only = share.siblings(row.line).len() == 1;
                [parts(), Some(share.column().money(row)).filter(|_| is_only)]
            }
        };
        made.map(|made| made.filter(is_stated))
    }
}

impl super::Row<'_> {
    /// Request and wish, where the line tells them apart.
    fn requested_split(&self) -> Option<[Money; 2]> {
        self.line.requested.split.map(|(request, wish)| [request.value, wish.value])
    }
}
