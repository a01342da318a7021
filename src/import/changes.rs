//! Which columns a change is between.

use super::rows::{Entries, Entry};
use super::table::Column;
use super::verify::{Identity, worked_out};
use super::words::{Meaning, Role};
use crate::model::FiscalYear;

/// The columns that a change is between, this year's and last year's: where there are several, those that make most of the changes.
pub(super) fn compared(entries: &Entries, base: FiscalYear) -> Option<(usize, usize)> {
    let change = entries.columns.iter().position(|column| column.role == Role::Change);
    compared_by(entries, base, change)
}

/// The columns that one of several changes is between: 対前年度増減 beside 対査定増減.
pub(super) fn compared_by(
    entries: &Entries,
    base: FiscalYear,
    change: Option<usize>,
) -> Option<(usize, usize)> {
    let columns = entries.columns.as_slice();
    let mut currents = places(columns, &|meaning, _| meaning == Meaning::Total);
    currents.extend(places(columns, &|meaning, _| meaning == Meaning::Requested));
    currents.extend(places(columns, &|meaning, column| {
        meaning == Meaning::Budget && column.year(Some(base)).unwrap_or(base) == base
    }));
    let priors = priors(columns, base);
    let pairs = currents.iter().flat_map(|current| priors.iter().map(move |prior| (*current, *prior)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    let right = |pair: &(usize, usize)| {
        if pairs.len() > 1 { made(&entries.list, change, *pair) } else { 0 }
    };
    // The first of those that are as good.
    pairs.iter().rev().copied().max_by_key(right)
}

/// The columns of amounts of all accounts for which something holds.
fn places(columns: &[Column], wanted: &dyn Fn(Meaning, &Column) -> bool) -> Vec<usize> {
    let is_it = |column: &Column| {
        matches!(column.role, Role::Amount(meaning) if wanted(meaning, column)) && column.account.is_none()
    };
    columns.iter().enumerate().filter(|(_, column)| is_it(column)).map(|(at, _)| at).collect()
}

/// The columns of last year's amounts.
fn priors(columns: &[Column], base: FiscalYear) -> Vec<usize> {
    let is_budget = |meaning| matches!(meaning, Meaning::Budget | Meaning::Revised | Meaning::Enacted);
    let mut priors = places(columns, &|meaning, _| meaning == Meaning::Prior);
    priors.extend(places(columns, &|meaning, column| {
        is_budget(meaning) && column.year(Some(base)) == Some(base.prior())
    }));
    priors.extend(places(columns, &|meaning, _| meaning == Meaning::Passed));
    priors.extend(places(columns, &|meaning, column| {
        meaning == Meaning::Forecast && column.year(Some(base)).is_none_or(|year| year == base.prior())
    }));
    priors
}

/// How many of the changes two columns make.
fn made(list: &[Entry], change: Option<usize>, (current, prior): (usize, usize)) -> usize {
    let Some(change) = change else { return 0 };
    let identity = Identity::new(change, vec![(current, 1), (prior, -1)]);
    let made = list.iter().filter_map(|entry| worked_out(entry, &identity));
    made.filter(|(stated, sum)| stated.added() == Some(*sum)).count()
}

/// How many of the changes a column makes with last year's amounts.
pub(super) fn changes_made(columns: &[Column], list: &[Entry], base: FiscalYear, current: usize) -> usize {
    let change = columns.iter().position(|column| column.role == Role::Change);
    let priors = priors(columns, base);
    priors.into_iter().map(|prior| made(list, change, (current, prior))).max().unwrap_or(0)
}
