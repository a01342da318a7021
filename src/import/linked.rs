//! Rows of several years, one below another: at which stage the budget of each is, and last year's amounts as the prior ones of the next.

use std::collections::BTreeMap;

use super::grid::{Fate, Grid};
use super::remark::Remark;
use super::rows::Entry;
use super::taking::OfYear;
use super::words::{self, Meaning, Role};
use super::{Cell, Figure, TakenAmount, TakenLine, amounts};
use crate::model::{FiscalYear, Money, Stage};

/// The stage that the words of a row's year say: 令和9年度要求, 令和8年度当初, R7決算.
pub(super) fn stage(when: &str) -> Option<Stage> {
    match words::role(when) {
        Some(Role::Amount(Meaning::Settled)) => Some(Stage::Settled),
        Some(Role::Amount(Meaning::Supplementary)) => Some(Stage::Supplementary),
        _ => amounts::staged(when),
    }
}

fn is_forecast(when: &str) -> bool {
    words::role(when) == Some(Role::Amount(Meaning::Forecast))
}

/// The rows of each year that are of one stage. Those of another, and what is only forecast, would be added to them; they are left, and this is said.
pub(super) fn of_one_stage(
    grid: &Grid,
    list: Vec<Entry>,
    asked: Option<Stage>,
    remarks: &mut Vec<Remark>,
) -> Vec<Entry> {
    let mut kept: BTreeMap<FiscalYear, (Option<Stage>, String)> = BTreeMap::new();
    for entry in list.iter().filter(|entry| !is_forecast(&entry.when)) {
        let Some(year) = entry.year else { continue };
        let own = (stage(&entry.when), entry.when.clone());
        let is_better = |stage: Option<Stage>| stage == asked.or(Some(Stage::Request));
        let known = kept.entry(year).or_insert_with(|| own.clone());
        if is_better(own.0) && !is_better(known.0) {
            *known = own;
        }
    }
    let mut taken = Vec::new();
    for entry in list {
        let known = entry.year.and_then(|year| kept.get(&year));
        let is_kept = entry.year.is_none() || known.is_some_and(|(known, _)| *known == stage(&entry.when));
        if is_kept && !is_forecast(&entry.when) {
            taken.push(entry);
            continue;
        }
        entry.mark(grid, Fate::Named);
        let cells: Vec<Cell> = entry.figures.iter().flatten().map(|figured| figured.cell).collect();
        cells.iter().for_each(|cell| grid.mark(*cell, Fate::Named));
        let what = match known.filter(|_| !is_forecast(&entry.when)) {
            Some((_, known)) => {
                format!("`{}` is another stage of the same year as `{known}`, which was taken", entry.when)
            }
            None => format!("`{}` is a forecast, and was not taken", entry.when),
        };
        let help = "name the stage that is meant with `--stage`, or take the other rows out of the sheet";
        remarks.extend(cells.first().map(|cell| Remark::assumed(*cell, what, help)));
    }
    taken
}

/// Takes what a line has in the year before, where that is a budget, as its prior amount. Lines that stand once in each year are the same.
pub(super) fn link(years: &mut [OfYear]) {
    for at in 0..years.len() {
        let Some(year) = years.get(at).map(|of| of.year) else { continue };
        let is_before =
            |of: &&OfYear| of.year.next() == year && matches!(of.stage, Stage::Enacted | Stage::Proposal);
        let Some(before) = years.iter().find(is_before).filter(|_| has_no_prior(years.get(at))) else {
            continue;
        };
        let (lines, total) = (before.lines.clone(), before.total.clone());
        let Some(of) = years.get_mut(at) else { continue };
        below(&mut of.lines, &lines);
        let prior = total.iter().filter_map(as_prior).filter(|_| !of.total.is_empty());
        let prior: Vec<TakenAmount> = prior.collect();
        of.total.extend(prior);
    }
}

fn has_no_prior(of: Option<&OfYear>) -> bool {
    fn has(lines: &[TakenLine]) -> bool {
        let is_prior = |line: &TakenLine| line.amounts.iter().any(|amount| amount.figure == Figure::Prior);
        lines.iter().any(|line| is_prior(line) || has(&line.children))
    }
    of.is_some_and(|of| !has(&of.lines))
}

fn below(lines: &mut [TakenLine], before: &[TakenLine]) {
    let mut known: BTreeMap<&str, Vec<&TakenLine>> = BTreeMap::new();
    for line in before {
        known.entry(&line.title).or_default().push(line);
    }
    for line in lines {
        let Some([same]) = known.get(line.title.as_str()).map(Vec::as_slice) else { continue };
        line.amounts.extend(same.amounts.iter().filter_map(as_prior));
        below(&mut line.children, &same.children);
    }
}

fn as_prior(amount: &TakenAmount) -> Option<TakenAmount> {
    let is_it = amount.figure == Figure::Requested && matches!(amount.money, Money::Known(_));
    is_it.then(|| TakenAmount { figure: Figure::Prior, ..amount.clone() })
}

/// The entries by the year that their rows state, or all of them in the year of the table.
pub(super) fn by_year(list: Vec<Entry>, base: FiscalYear) -> BTreeMap<FiscalYear, Vec<Entry>> {
    let mut years: BTreeMap<FiscalYear, Vec<Entry>> = BTreeMap::new();
    for entry in list {
        years.entry(entry.year.unwrap_or(base)).or_default().push(entry);
    }
    years
}
