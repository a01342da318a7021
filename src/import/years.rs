//! Which figure of which year each column holds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::amounts::{Sure, is_of_budget};
use super::remark::Remark;
use super::rows::Entry;
use super::table::{Column, untold};
use super::words::{Meaning, Role};
use super::{Cell, Figure};
use crate::model::FiscalYear;

/// The figures that a column holds, each of its year: a budget is that of its year and the prior amount of the next. None where it is only
/// verified, or not taken.
pub(super) type Meant = Vec<(FiscalYear, Figure)>;

/// The columns of a table by their years.
pub(super) struct Years<'c> {
    columns: &'c [Column],
    base: FiscalYear,
    /// What is stated of each year, where a column has an amount of it.
    stated: BTreeMap<FiscalYear, BTreeSet<Kind>>,
    /// Whether 要求額 stands beside 要望額 and is without it: うち要望額 is a part of it.
    has_request: bool,
    has_prior: bool,
}

/// What amounts of a year can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Asked,
    Budget,
    Supplementary,
    Revised,
    Settled,
}

pub(super) fn kind(meaning: Meaning) -> Option<Kind> {
    Some(match meaning {
        Meaning::Requested | Meaning::Total | Meaning::Wish => Kind::Asked,
        Meaning::Budget | Meaning::Enacted => Kind::Budget,
        Meaning::Supplementary => Kind::Supplementary,
        Meaning::Revised => Kind::Revised,
        Meaning::Settled => Kind::Settled,
        Meaning::Prior
        | Meaning::Forecast
        | Meaning::Added
        | Meaning::Reduced
        | Meaning::Further
        | Meaning::Passed => {
            return None;
        }
    })
}

/// What is said of a forecast beside which nothing says what is requested.
fn only_forecast(column: &Column, cell: Cell) -> Remark {
    let what =
        format!("`{}` is a forecast, and was not taken; no column says what is requested", column.header);
    let help = "if it is the request, say so in the map of columns that `--save-map` writes: `as: requested`";
    Remark::assumed(cell, what, help)
}

pub(super) fn is_next(column: &Column) -> bool {
    is_next_said(&column.header) && column.year(None).is_none()
}

/// Whether a text says that it is about the year after the one that it goes by.
pub(super) fn is_next_said(text: &str) -> bool {
    ["次年度", "翌年度", "来年度", "次期年度"].iter().any(|word| text.contains(word))
}

impl<'c> Years<'c> {
    pub(super) fn new(columns: &'c [Column], base: FiscalYear) -> Self {
        let has = |wanted: Meaning| columns.iter().any(|column| column.role == Role::Amount(wanted));
        let mut stated: BTreeMap<FiscalYear, BTreeSet<Kind>> = BTreeMap::new();
        for column in columns.iter().filter(|column| !is_next(column)) {
            let Role::Amount(meaning) = column.role else { continue };
            let own = column.year(Some(base));
            // What was spent is that of a year only where it says so: beside a budget it may be last year's.
            let year = own.or(Some(base).filter(|_| meaning != Meaning::Settled));
            if let (Some(kind), Some(year)) = (kind(meaning), year) {
                stated.entry(year).or_default().insert(kind);
            }
        }
        let is_wish = |column: &&Column| column.role == Role::Amount(Meaning::Wish);
        let is_part = |column: &Column| ["うち", "内数"].iter().any(|word| column.header.contains(word));
        let has_total = has(Meaning::Total);
        let has_request = columns.iter().filter(is_wish).any(|wish| has_total || !is_part(wish));
        Self { columns, base, stated, has_request, has_prior: has(Meaning::Prior) }
    }

    pub(super) fn has(&self, year: FiscalYear, kind: Kind) -> bool {
        self.stated.get(&year).is_some_and(|kinds| kinds.contains(&kind))
    }

    /// Whether a year is a chapter of its own. The year before is only the prior amount of this one, unless more is said of it or of
    /// years before it.
    fn is_chapter(&self, year: FiscalYear) -> bool {
        let kinds = |year| self.stated.get(&year).map_or(0, BTreeSet::len);
        let has_earlier = self.stated.range(..year).next().is_some();
        // A later year than the one that the table is about is only planned for.
        if year > self.base && !self.asks(year) {
            return false;
        }
        let is_said = self.has_prior || year != self.base.prior() || kinds(year) > 1 || has_earlier;
        kinds(year) > 0 && is_said
    }

    /// What each column holds.
    pub(super) fn meant(&self) -> Vec<Meant> {
        let mut taken: BTreeSet<(FiscalYear, Figure, Option<&str>)> = BTreeSet::new();
        let mut meant = vec![Meant::new(); self.columns.len()];
        // What is surest goes first, and what is enacted before what is only of its year: FY2026 CR, FY2026 Enacted.
        let mut columns: Vec<(&Column, &mut Meant)> = self.columns.iter().zip(&mut meant).collect();
        columns.sort_by_key(|(column, _)| {
            let is_enacted = column.role == Role::Amount(Meaning::Enacted) || is_of_budget(&column.header);
            Reverse((column.sure, is_enacted))
        });
        for (column, all) in columns {
            *all = self.of(column);
            all.retain(|(year, figure)| taken.insert((*year, *figure, column.account.as_deref())));
        }
        // What is asked for next year stands beside this year's budget, which is then the prior one.
        let next = (self.base.next(), Figure::Prior);
        if self.columns.iter().any(is_next) && !meant.iter().flatten().any(|found| *found == next) {
            let this = (self.base, Figure::Requested);
            for found in meant.iter_mut().flatten().filter(|found| **found == this) {
                *found = next;
            }
        }
        meant
    }

    /// Columns that say what another one was taken for, and say it otherwise.
    pub(super) fn left_over(&self, list: &[Entry], meant: &[Meant]) -> Vec<Remark> {
        let differs = |(at, column): (usize, &Column)| {
            // 予算案 of the year that is asked for.
            let figured = || list.iter().find_map(|entry| entry.figures.get(at)?.as_ref());
            if column.role == Role::Amount(Meaning::Budget) && self.of(column).is_empty() {
                return Some(untold(&column.header, figured()?.cell));
            }
            if column.role == Role::Amount(Meaning::Forecast) && self.is_only_forecast(column) {
                return Some(only_forecast(column, figured()?.cell));
            }
            let first =
                self.of(column).into_iter().next().filter(|_| meant.get(at).is_some_and(Vec::is_empty))?;
            let is_it = |(at, meant): &(usize, &Meant)| {
                meant.contains(&first) && self.columns.get(*at).is_some_and(|it| it.account == column.account)
            };
            let (taken, _) = meant.iter().enumerate().find(is_it)?;
            let added = |entry: &Entry, at: usize| entry.figures.get(at)?.as_ref()?.added();
            // What is counted in thousands beside what is not was rounded.
            let units = [Some(column), self.columns.get(taken)].map(|column| column.and_then(|it| it.unit));
            let step = match units {
                [Some(one), Some(other)] if one != other => one.exponent().max(other.exponent()) + 2,
                _ => 0,
            };
            let is_off =
                |own: i128, other: i128| own.saturating_sub(other).abs() >= 10_i128.pow(u32::from(step));
            let is_other = |entry: &&Entry| {
                added(entry, at).is_some_and(|own| added(entry, taken).is_none_or(|other| is_off(own, other)))
            };
            let figured = list.iter().find(is_other)?.figures.get(at)?.as_ref()?;
            let known = self.columns.get(taken).map_or("", |column| column.header.as_str());
            if self.columns.get(taken)?.sure == Sure::Mapped || self.are_parts(list, first, taken) {
                return None;
            }
            let what = format!(
                "`{}` says another amount than `{known}`, which was taken for the same",
                column.header
            );
            let help = "write a header that says what it is, or say it in the map of columns that `--save-map` writes";
            Some(Remark::assumed(figured.cell, what, help))
        };
        self.columns.iter().enumerate().filter_map(differs).collect()
    }

    /// Whether last year's budget is that of the year which the table goes by, of which nothing is asked for, but for the next.
    fn is_before_next(&self, prior: &Column) -> bool {
        let is_this = prior.year(Some(self.base)).is_none_or(|year| year == self.base);
        is_this && !self.has(self.base, Kind::Asked) && self.columns.iter().any(is_next)
    }

    /// Whether a forecast is of the year that the table is about, and nothing else says what that year's budget is.
    fn is_only_forecast(&self, column: &Column) -> bool {
        let year = column.year(Some(self.base)).unwrap_or(self.base);
        let is_known = self.asks(year) || self.stated.contains_key(&year);
        year == self.base && !is_known && column.sure != Sure::Mapped
    }

    /// Whether the columns that a head only ends for make up the one that it is all of: 新規要求, 継続要求 and 要求額.
    fn are_parts(&self, list: &[Entry], of: (FiscalYear, Figure), taken: usize) -> bool {
        let added = |entry: &Entry, at: usize| entry.figures.get(at)?.as_ref()?.added();
        let parts = self.columns.iter().enumerate();
        let parts = parts.filter(|(_, column)| column.sure == Sure::Partly && self.of(column).contains(&of));
        let parts: Vec<usize> = parts.map(|(at, _)| at).filter(|at| *at != taken).collect();
        let sum = |entry: &Entry| parts.iter().filter_map(|at| added(entry, *at)).sum::<i128>();
        list.iter().all(|entry| added(entry, taken).is_none_or(|whole| whole == sum(entry)))
    }

    /// Whether another column says what a column would be taken for.
    pub(super) fn is_said_otherwise(&self, at: usize, meant: &[Meant]) -> bool {
        let Some(column) = self.columns.get(at) else { return false };
        let own = self.of(column);
        let same = self.columns.iter().zip(meant).filter(|(other, _)| other.account == column.account);
        same.flat_map(|(_, meant)| meant).any(|found| own.contains(found))
    }

    fn of(&self, column: &Column) -> Meant {
        let Role::Amount(meaning) = column.role else { return Meant::new() };
        let own = column.year(Some(self.base));
        let year = own.unwrap_or(self.base);
        let one = |figure| vec![(year, figure)];
        match meaning {
            Meaning::Requested if is_next(column) => vec![(self.base.next(), Figure::Requested)],
            Meaning::Requested if self.has_request => one(Figure::Request),
            Meaning::Requested | Meaning::Total => one(Figure::Requested),
            Meaning::Wish => one(Figure::Wish),
            // 現年度予算額 beside 翌年度要求額 is what goes before that.
            Meaning::Prior if self.is_before_next(column) => vec![(self.base.next(), Figure::Prior)],
            Meaning::Prior => vec![(self.base, Figure::Prior)],
            // Nothing of the year that is asked for is enacted without a word that says so.
            Meaning::Budget if self.has(year, Kind::Asked) && !is_of_budget(&column.header) => Meant::new(),
            // Nor is a later year than the one that the table is about, which is only planned for.
            Meaning::Budget if year > self.base && !self.asks(year) => Meant::new(),
            Meaning::Budget | Meaning::Enacted => self.budget(year),
            // 前年度補正予算額 beside 前年度当初予算額, which has no chapter of its own.
            Meaning::Supplementary if own != column.year(None) && self.has_prior => Meant::new(),
            Meaning::Supplementary => one(Figure::Supplementary),
            Meaning::Settled if own.is_some() && !self.has(year, Kind::Asked) => one(Figure::Requested),
            Meaning::Revised
                if year == self.base.prior() && !self.has_prior && !self.has(year, Kind::Budget) =>
            {
                vec![(self.base, Figure::Prior)]
            }
            Meaning::Forecast
            | Meaning::Added
            | Meaning::Reduced
            | Meaning::Further
            | Meaning::Passed
            | Meaning::Revised
            | Meaning::Settled => Meant::new(),
        }
    }

    /// What a budget of a year is: that of its year, and the prior amount of the year after.
    fn budget(&self, year: FiscalYear) -> Meant {
        let is_known_otherwise = self.has(year, Kind::Asked) || self.has(year, Kind::Settled);
        let figure = if is_known_otherwise { Figure::Enacted } else { Figure::Requested };
        let next = year.next();
        let is_prior = if next == self.base { !self.has_prior } else { self.is_chapter(next) };
        let next = is_prior.then_some((next, Figure::Prior));
        let own = self.is_chapter(year).then_some((year, figure));
        own.into_iter().chain(next).collect()
    }

    /// Whether money of a year is asked for, or is to be by what is asked for next year.
    pub(super) fn asks(&self, year: FiscalYear) -> bool {
        self.has(year, Kind::Asked) || year == self.base.next() && self.columns.iter().any(is_next)
    }

    /// The words above the amounts of a year, as far as these are what its budget is.
    pub(super) fn heads(&self, year: FiscalYear) -> Vec<&'c str> {
        let is_own = |column: &&Column| {
            let Role::Amount(meaning) = column.role else { return false };
            let own = column.year(Some(self.base)).unwrap_or(self.base);
            let own = if is_next(column) { self.base.next() } else { own };
            matches!(kind(meaning), Some(Kind::Asked | Kind::Budget)) && own == year
        };
        self.columns.iter().filter(is_own).map(|column| column.header.as_str()).collect()
    }

    /// The year that the table is about: the one that money is asked for, or else the latest that it has something of.
    pub(super) fn main(&self) -> Option<FiscalYear> {
        let of_years: BTreeSet<FiscalYear> = self.meant().iter().flatten().map(|(year, _)| *year).collect();
        let next = Some(self.base.next()).filter(|next| self.asks(*next));
        let main = next.into_iter().chain([self.base]).find(|year| of_years.contains(year));
        main.or_else(|| of_years.last().copied())
    }
}
