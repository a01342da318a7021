//! What is known of a line in each year: its figure at every stage.

use std::collections::BTreeMap;

use crate::lineage::{PastYear, Place};
use crate::model::{Amount, Basis, FiscalYear, Money, Stage};

/// What is known of one year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Year {
    /// What was asked for.
    pub(super) requested: Money,
    /// What the government proposed.
    pub(super) proposed: Option<Amount>,
    /// The initial budget.
    pub(super) initial: Option<Amount>,
    /// The stage of the next year's file, where the initial budget is known only from there.
    pub(super) recalled: Option<Stage>,
    /// What supplementary budgets added.
    pub(super) supplementary: Option<Amount>,
    /// What the accounts say was spent.
    pub(super) settled: Option<Amount>,
}

impl Year {
    /// The figure of the first stage that a file of the year has.
    pub(super) fn first(&self) -> Option<(Stage, Money)> {
        let requested = Some(self.requested).filter(|money| money.is_stated());
        let initial = self.initial.filter(|_| self.recalled.is_none());
        let later =
            [(Stage::Proposal, self.proposed), (Stage::Enacted, initial), (Stage::Settled, self.settled)];
        let mut later = later.into_iter().filter_map(|(stage, amount)| Some((stage, Money::Known(amount?))));
        requested.map(|money| (Stage::Request, money)).or_else(|| later.next())
    }
}

/// What each year's lines say together, and what a year's request says of the year before.
pub(super) fn known(lines: &[PastYear<'_>]) -> BTreeMap<FiscalYear, Year> {
    let mut years = BTreeMap::new();
    for each in lines {
        let year = Year {
            requested: requested(&each.lines),
            proposed: sum(&each.lines, |line| at_stage(line, Stage::Proposal)),
            initial: sum(&each.lines, enacted),
            recalled: None,
            supplementary: sum(&each.lines, supplementary),
            settled: sum(&each.lines, |line| at_stage(line, Stage::Settled)),
        };
        years.insert(each.year, year);
    }
    for each in lines {
        let before = each.year.prior();
        let comparable = lines
            .iter()
            .find(|other| other.year == before)
            .is_none_or(|other| other.broken == each.broken && other.lines.len() == each.lines.len());
        let says = |place: &&Place<'_>| place.row.line.prior.basis == Basis::Initial;
        let initial =
            sum(&each.lines, |line| line.iter().find(says).and_then(|place| place.row.prior.amount));
        let Some(initial) = initial.filter(|_| comparable && before != each.year) else {
            continue;
        };
        let year: &mut Year = years.entry(before).or_default();
        if year.initial.is_none() {
            year.initial = Some(initial);
            year.recalled = each.lines.iter().flatten().find(says).map(|place| place.time().1);
        }
    }
    years
}

fn requested(lines: &[Vec<Place<'_>>]) -> Money {
    let asked = |line: &Vec<Place<'_>>| {
        let mut rows = line.iter();
        let row = rows.find(|place| place.rollup.request.stage == Stage::Request);
        row.map_or(Money::NotStated, |place| place.row.requested_money())
    };
    match lines {
        [line] => asked(line),
        lines if lines.iter().all(|line| asked(line).is_stated()) => {
            Money::total(lines.iter().map(asked)).unwrap_or_default()
        }
        _ => Money::NotStated,
    }
}

/// The initial budget: as a file records it, or from the file of the enacted budget.
fn enacted(line: &Vec<Place<'_>>) -> Option<Amount> {
    let recorded = line.iter().find_map(|place| place.row.line.enacted.map(|amount| amount.value));
    recorded.or_else(|| at_stage(line, Stage::Enacted))
}

fn supplementary(line: &Vec<Place<'_>>) -> Option<Amount> {
    let recorded = line.iter().find_map(|place| place.row.line.supplementary.map(|amount| amount.value));
    recorded.or_else(|| at_stage(line, Stage::Supplementary))
}

fn at_stage(line: &[Place<'_>], wanted: Stage) -> Option<Amount> {
    let mut rows = line.iter();
    rows.find(|place| place.rollup.request.stage == wanted).and_then(|place| place.row.requested.amount)
}

/// The sum over some lines; `None` where one of them has no amount.
fn sum(lines: &[Vec<Place<'_>>], amount: impl Fn(&Vec<Place<'_>>) -> Option<Amount>) -> Option<Amount> {
    let amounts: Option<Vec<Amount>> = lines.iter().map(amount).collect();
    Amount::sum(amounts?).ok().flatten()
}
