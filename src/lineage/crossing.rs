//! What is below a line in one of two years only, because it moved there from elsewhere, or away.

use std::collections::BTreeSet;

use super::continuity::{agree, held, initial, rules};
use super::groups::Time;
use super::{Break, Following, Group, Held, Lineage, Place};
use crate::model::{Amount, Stage};
use crate::source::Spanned;

/// The groups whose lines came below the lines of another group between two years, and those whose lines left.
#[derive(Default)]
struct Crossing<'l, 'a> {
    came: Vec<&'l Group<'a>>,
    went: Vec<&'l Group<'a>>,
}

impl<'a> Lineage<'a> {
    /// Whether lines came below those of a group from elsewhere, or left.
    pub(super) fn is_crossed(&self, group: &Group<'a>) -> bool {
        self.crossing(group).is_none_or(|crossing| !crossing.came.is_empty() || !crossing.went.is_empty())
    }

    /// What crossed the edge of a group's lines; `None` where a group lies on both sides of it.
    fn crossing<'l>(&'l self, group: &Group<'a>) -> Option<Crossing<'l, 'a>> {
        let mut crossing = Crossing::default();
        let below = [&group.earlier, &group.later].map(|lines| self.below(lines));
        if below.iter().all(BTreeSet::is_empty) {
            return Some(crossing);
        }
        let [earlier, later] = &below;
        let mut known = BTreeSet::new();
        let marks = [(later, &self.before), (earlier, &self.after)];
        let groups = marks.into_iter().flat_map(|(lines, mark)| {
            lines.iter().filter_map(move |&line| mark.get(line).copied().flatten())
        });
        for at in groups.filter(|at| known.insert(*at)) {
            let Some(part) = self.groups.get(at) else { continue };
            let is_inside = |lines: &[usize], inside: &BTreeSet<usize>| {
                let count = lines.iter().filter(|line| inside.contains(line)).count();
                (count == 0 || count == lines.len()).then_some(count > 0)
            };
            match (is_inside(&part.earlier, earlier)?, is_inside(&part.later, later)?) {
                (false, true) => crossing.came.push(part),
                (true, false) => crossing.went.push(part),
                _ => {}
            }
        }
        Some(crossing)
    }

    /// Whether a row, or any below it, follows from a line of an earlier year, or is none that is counted among lines.
    fn comes(&self, part: &Place<'a>) -> bool {
        let Place { rollup, row } = *part;
        rollup.has_within(row, &|row| self.number(rollup, row).is_none_or(|line| self.comes_from(line)))
    }

    /// The lines below some lines that are added into them, at any stage; of those that are below others only these.
    fn below(&self, lines: &[usize]) -> BTreeSet<usize> {
        let mut below = BTreeSet::new();
        let mut open: Vec<Place<'a>> = self.lines(lines).flat_map(|line| line.rows.iter().copied()).collect();
        while let Some(Place { rollup, row }) = open.pop() {
            for part in rollup.children_of(row).filter(|part| part.line.is_addable()) {
                if let Some(line) = self.number(rollup, part).filter(|line| !lines.contains(line)) {
                    below.insert(line);
                    open.push(Place { rollup, row: part });
                }
            }
        }
        below
    }
}

impl<'l, 'a> Following<'l, 'a> {
    /// Whether prior amounts are what was enacted for the lines that are in these today.
    pub(super) fn is_of_todays_parts(&self, found: &Break) -> bool {
        let Some(crossing) = self.lineage.crossing(self.group).filter(|_| found.stage == Stage::Enacted)
        else {
            return false;
        };
        let Crossing { came, went } = crossing;
        let budgets = |groups: &[&Group<'a>]| -> Option<Vec<Amount>> {
            // What is below another one of them is in that one's amount.
            let all: BTreeSet<usize> = groups.iter().flat_map(|group| &group.earlier).copied().collect();
            let is_part = |line: usize| all.iter().any(|&above| self.lineage.is_below(line, above));
            let top = all.iter().filter(|&&line| !is_part(line));
            let rows = top.filter_map(|&line| self.lineage.lines.get(line)).map(|line| line.rows.as_slice());
            let amounts = rows.map(initial).collect::<Option<Vec<_>>>()?;
            Some(amounts.into_iter().flatten().map(|amount| amount.value).collect())
        };
        if came.is_empty() && went.is_empty() {
            return false;
        }
        let Some((came, went)) = budgets(&came).zip(budgets(&went)) else { return false };
        let priors: Vec<Amount> = found.priors.iter().copied().chain(went).collect();
        let budgeted = found.budgeted.iter().map(|amount| amount.value);
        let budgeted: Vec<Amount> = budgeted.chain(came).collect();
        let earlier = self.earlier.iter().copied().flatten();
        agree((&priors, rules(self.later.iter())), (&budgeted, rules(earlier)))
    }

    /// The parts of a sum that have prior amounts although nothing leads to them from the year before, where both years list all parts, state
    /// no total that would be held instead, and nothing of the year before is unaccounted for.
    pub(super) fn loose(&self) -> Option<Self> {
        let lineage = self.lineage;
        let is_sum =
            |place: &Place<'_>| place.row.line.is_complete() && !place.row.line.prior.money.value.is_stated();
        let before = || self.earlier.iter().copied().flatten();
        let is_known = self.earlier.iter().all(|rows| initial(rows).is_some());
        let are_sums = self.later.iter().all(is_sum) && before().all(|place| place.row.line.is_complete());
        let is_silent = matches!(held(self.group.link, &self.later, &self.earlier), Held::Silent);
        if !are_sums || !is_known || !is_silent || !lineage.aside.is_empty() {
            return None;
        }
        let parts = |place: &Place<'a>| {
            let rollup = place.rollup;
            let parts = rollup.children_of(place.row).filter(|part| part.line.is_addable());
            parts.map(move |row| Place { rollup, row }).collect::<Vec<_>>()
        };
        let has_prior = |part: &Place<'a>| part.row.prior.amount.is_some_and(|prior| !prior.is_zero());
        let later: Vec<Place<'a>> = self
            .later
            .iter()
            .flat_map(parts)
            .filter(|part| has_prior(part) && !lineage.comes(part))
            .collect();
        let mut parts_before = before().flat_map(parts);
        let is_gone = |part: Place<'a>| {
            let leads_nowhere =
                lineage.number(part.rollup, part.row).is_some_and(|line| !lineage.goes_on(line));
            let is_nothing = |amounts: &Vec<Spanned<Amount>>| amounts.iter().all(|it| it.value.is_zero());
            leads_nowhere && !initial(&[part]).as_ref().is_some_and(is_nothing)
        };
        let is_loose = !later.is_empty() && !parts_before.any(is_gone);
        is_loose.then(|| Self { lineage, group: self.group, earlier: Vec::new(), later })
    }
}
