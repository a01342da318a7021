//! What is known of a line in each year: its figure at every stage.

use std::collections::BTreeMap;

use crate::lineage::{PastYear, Place, stated};
use crate::model::{Amount, FiscalYear, Line, Money, Stage};
use crate::rollup::{Rollup, Row};
use crate::source::Spanned;

/// What is known of one year. What nobody said is not stated; an amount may be open (事項要求) at every stage.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Year {
    /// What was asked for.
    pub(super) requested: Money,
    /// What the government proposed.
    pub(super) proposed: Money,
    pub(super) initial: Money,
    /// The stage of the next year's file, where the initial budget is known only from there.
    pub(super) recalled: Option<Stage>,
    /// What supplementary budgets added.
    pub(super) supplementary: Money,
    /// What the accounts say was spent.
    pub(super) settled: Money,
}

impl Year {
    /// All figures that the files of the year give.
    pub(super) fn said(&self) -> [Money; 5] {
        [self.requested, self.proposed, self.initial, self.supplementary, self.settled]
    }

    /// Whether anything is said of the year, if only that its amount is not stated (記載なし).
    pub(super) fn is_told(&self) -> bool {
        self.said().into_iter().any(|money| money != Money::NotStated)
    }

    /// The figure of the first stage that a file of the year has.
    pub(super) fn first(&self) -> Option<(Stage, Money)> {
        let initial = if self.recalled.is_none() { self.initial } else { Money::NotStated };
        let stages = [
            (Stage::Request, self.requested),
            (Stage::Proposal, self.proposed),
            (Stage::Enacted, initial),
            (Stage::Settled, self.settled),
        ];
        stages.into_iter().find(|(_, money)| money.is_stated())
    }

    /// The initial and the supplementary budgets together, where something was added.
    pub(super) fn sum(&self) -> Money {
        let added = Some(self.supplementary).filter(|_| self.has_additions());
        let parts = added.filter(|_| self.initial.addable().is_some()).map(|added| [self.initial, added]);
        parts.and_then(|parts| Money::total(parts).ok()).unwrap_or_default()
    }

    /// Whether supplementary budgets added anything.
    pub(super) fn has_additions(&self) -> bool {
        self.supplementary.addable().is_some_and(|added| !added.is_zero()) || self.supplementary.is_open()
    }
}

/// What each year's lines say together, and what a year's request says of the year before.
pub(super) fn known(lines: &[PastYear<'_>]) -> BTreeMap<FiscalYear, Year> {
    let mut years = BTreeMap::new();
    for each in lines {
        let counts = each.lines.len() > 1;
        let stage = |stage| together(&each.lines, |line| at_stage(line, stage, counts));
        let year = Year {
            requested: stage(Stage::Request),
            proposed: stage(Stage::Proposal),
            initial: together(&each.lines, |line| {
                recorded(line, |line| line.enacted, (Stage::Enacted, counts))
            }),
            recalled: None,
            supplementary: together(&each.lines, |line| {
                recorded(line, |line| line.supplementary, (Stage::Supplementary, counts))
            }),
            settled: stage(Stage::Settled),
        };
        years.insert(each.year, year);
    }
    for each in lines {
        let before = each.year.prior();
        let says = |place: &&Place<'_>| is_initial(place.rollup, place.row);
        let initial = together(&each.lines, |line| {
            let said = line.iter().find(says).map(|place| place.row.prior_money());
            said.filter(|money| money.addable().is_some() || money.is_open()).unwrap_or_default()
        });
        if !initial.is_stated() || !each.follows || before == each.year {
            continue;
        }
        let year: &mut Year = years.entry(before).or_default();
        if !year.initial.is_stated() {
            year.initial = initial;
            year.recalled = each.lines.iter().flatten().find(says).map(|place| place.time().1);
        }
    }
    years
}

/// What lines come to together; nothing where one of them is not stated, or only as a part of something larger (内数).
fn together(lines: &[Vec<Place<'_>>], of: impl Fn(&[Place<'_>]) -> Money) -> Money {
    let said: Vec<Money> = lines.iter().map(|line| of(line)).collect();
    match said.as_slice() {
        [one] => *one,
        said if said.iter().all(|it| it.addable().is_some() || it.is_open() || it.is_nothing()) => {
            Money::total(said.iter().copied()).unwrap_or_default()
        }
        said => said.iter().copied().find(|money| money.is_gap()).unwrap_or_default(),
    }
}

/// What a file records of a year's budget beside its own stage, otherwise what the file of that stage says, otherwise what all parts
/// record.
fn recorded(
    line: &[Place<'_>],
    of: fn(&Line) -> Option<Spanned<Amount>>,
    (stage, counts): (Stage, bool),
) -> Money {
    let own = line.iter().find_map(|place| of(place.row.line)).map(|amount| Money::Known(amount.value));
    let own = own.unwrap_or_else(|| at_stage(line, stage, counts));
    if own.is_stated() {
        return own;
    }
    let parts = stated(line, of).unwrap_or_default();
    let parts = Money::total(parts.iter().map(|amount| Money::Known(amount.value))).unwrap_or_default();
    if parts.is_stated() { parts } else { own }
}

/// Whether the prior amount of a line is last year's initial budget of this line alone: its own, or those of all its parts.
fn is_initial(rollup: &Rollup<'_>, row: &Row<'_>) -> bool {
    let is_own = row.line.prior.money.value.is_stated();
    row.line.prior.is_initial()
        && (is_own || rollup.children_of(row).all(|part| !part.line.is_addable() || is_initial(rollup, part)))
}

/// A line's figure at a stage; beside other lines it counts as in the sum above them, by its parts where it says nothing itself.
fn at_stage(line: &[Place<'_>], wanted: Stage, counts: bool) -> Money {
    let place = line.iter().find(|place| place.rollup.request.stage == wanted);
    place.map_or(Money::NotStated, |place| match counts {
        true => place.row.requested.counted_money(),
        false => place.row.requested_money(),
    })
}
