//! The totals of a chapter as they come to be in its files: which cells wait for that, what is written, and what a sheet shows otherwise.

use std::collections::HashMap;

use super::again::Again;
use super::figures::{is_slot, label, stated};
use super::follow::{Key, Shows, Totals, agrees, figure, key};
use super::homes::which;
use super::ids::Names;
use super::since::{is_same, is_untouched};
use super::{Change, Plan, Planned};
use crate::import::own::counted;
use crate::import::{EmptyCell, Figure, TakenAmount, TakenLine};
use crate::model::{Amount, Basis, Line, Money, Program, Request};
use crate::notation::Notation;
use crate::read::read_stored;
use crate::rollup::{Rollup, Share};
use crate::source;
use crate::words;

/// Works out the totals of a chapter anew, now that all else is planned; `is_alone` where the files have no changes but those of the sheet.
pub(super) fn follow(plan: &mut Plan, again: &Again<'_>, is_alone: bool) {
    let (totals, folder) = (&again.totals, again.folder);
    let (files, paths) = (plan.files.clone(), plan.files.keys().cloned().collect::<Vec<_>>());
    // A chapter that is only planned may come to stand beside others.
    let there = match source::is_file(&again.here.sources.file(again.request.file).path) {
        true => again.here.with(files, &[folder.to_path_buf()]),
        false => read_stored(&again.here.project(), files, &paths),
    };
    let own = which(again.request);
    let is_it = |other: &&Request| which(other) == own;
    let Some(next) = there.requests.iter().find(is_it).filter(|next| !next.is_unread()) else { return };
    let course = totals.course(next);
    let (rollup, last) = (Rollup::of(next), Rollup::of(&course.request));
    let (names, planned) = (Names::default(), Planned::default());
    let parts = (again.table, &names, &planned);
    let mut settled = Again::of(parts, (&there, next, folder), Totals::default());
    let mut told = Vec::new();
    for (at, (row, last)) in rollup.rows.iter().zip(&last.rows).enumerate() {
        let new = course.new.iter().filter(|(of, ..)| *of == at);
        let new: Vec<TakenAmount> =
            new.map(|(_, key, money)| settled.amount(totals, row.line, key, *money)).collect();
        settled.figures(row.line, &new, &[], (&Vec::new(), ""));
        let mut parts = rollup.subtree(at).iter().skip(1);
        if let Some(prior) = new.iter().find(|it| it.figure == Figure::Prior && it.account.is_none())
            && !row.children.is_empty()
            && parts.all(|part| part.line.prior.basis != Basis::Requested || !part.children.is_empty())
        {
            settled.based(row.line, &settled.table.cell(prior.place));
        }
        course.stuck.iter().filter(|(of, _)| *of == at).for_each(|(_, key)| settled.stuck(key));
        settled.held(last.line, totals, is_alone);
        told.push(std::mem::take(&mut settled.plan.changes));
    }
    for (at, changes) in told.into_iter().enumerate().rev().filter(|(_, changes)| !changes.is_empty()) {
        let below: Vec<&str> = rollup.subtree(at).iter().map(|row| row.line.id.value.as_str()).collect();
        let is_below = |change: &Change| {
            let line = change.line().unwrap_or_default();
            let is_own = matches!(change, Change::Text { .. } | Change::Amount { .. });
            below.contains(&line) && !(below.first() == Some(&line) && is_own)
        };
        let place = plan.changes.iter().position(is_below).unwrap_or(plan.changes.len());
        plan.changes.splice(place..place, changes);
    }
    plan.edits(&there.sources, &settled.edits);
}

impl Again<'_> {
    /// The figures of a line that are taken as they come, and the cells of such that are empty now; totals wait. A formula in the place of what
    /// nothing makes up is an officer's, and gives the figure.
    pub(super) fn waited(&mut self, line: &Line, taken: &TakenLine) -> (Vec<TakenAmount>, Vec<EmptyCell>) {
        let mut amounts = taken.amounts.clone();
        let shows = |amount: &TakenAmount| match is_untouched(amount, &taken.was) {
            true => Shows::Same,
            false => Shows::Typed,
        };
        amounts.retain(|amount| !self.totals.waits(line, amount, shows(amount)));
        for sum in &taken.sums {
            let filled = self.filled(line, sum.figure);
            if filled != Some(None) && !self.totals.waits(line, sum, Shows::Made) {
                amounts.retain(|it| (it.figure, &it.account) != (sum.figure, &sum.account));
                amounts.push(self.summed(line, sum, filled.flatten()));
            }
        }
        let mut empty = taken.empty.clone();
        empty.retain(|EmptyCell { figure, account, place }| {
            let (money, account) = (Money::NotStated, account.clone());
            let amount = TakenAmount { figure: *figure, account, money, text: String::new(), place: *place };
            !self.totals.waits(line, &amount, Shows::Typed)
        });
        (amounts, empty)
    }

    /// What a total that waits to be filled in comes to, `Some(None)` as long as not all of its parts have theirs; `None` of any other one.
    fn filled(&self, line: &Line, figure: Figure) -> Option<Option<Amount>> {
        if !is_awaited(line, figure) {
            return None;
        }
        let parts = self.parts(line).filter(|parts| !parts.is_empty())?;
        let mut rows = HashMap::new();
        by_id(&self.table.taken.lines, &mut rows);
        let own = match std::ptr::eq(line, &self.request.line) {
            true => self.table.top().1,
            false => children(rows.get(line.id.value.as_str()).copied()),
        };
        Some(made((parts, own), &rows, figure))
    }

    fn parts(&self, line: &Line) -> Option<&[Program]> {
        let request = self.request;
        let mut all = Program::all(&request.programs).into_iter();
        match std::ptr::eq(line, &request.line) {
            true => Some(&request.programs),
            false => all.find(|it| std::ptr::eq(&it.line, line)).map(|program| program.children.as_slice()),
        }
    }

    /// A total that was to be filled in is what its parts make, and not what a formula shows of cells that are words to it: '95.
    fn summed(&self, line: &Line, sum: &TakenAmount, made: Option<Amount>) -> TakenAmount {
        match made.filter(|made| sum.account.is_none() && Some(*made) != sum.money.addable()) {
            Some(made) => {
                let all = self.amount(&self.totals, line, &key(line, sum.figure, None), Money::Known(made));
                TakenAmount { place: sum.place, ..all }
            }
            None => sum.clone(),
        }
    }

    /// A total as it is to be.
    fn amount(&self, totals: &Totals, line: &Line, key: &Key, money: Money) -> TakenAmount {
        let place = totals.places.get(key).copied().unwrap_or_default();
        let share = Share::all(line).into_iter().find(|share| {
            let (figure, account) = figure(*share);
            (figure, account) == (key.1, key.2.as_deref())
        });
        let stated = share.and_then(|share| share.stated(line)).map(|stated| stated.value);
        let (unit, notation) = (self.request.unit, Notation::of(self.request, self.request.lang));
        let text = match money.addable() {
            Some(amount) if amount.unit() == unit => counted(amount, stated),
            Some(amount) => notation.money(&Money::Known(amount)),
            None if money == Money::Unknown => words::not_stated(self.request.lang).to_owned(),
            None if money == Money::NotApplicable => "-".to_owned(),
            None => notation.cell(&money, unit),
        };
        let end = if money.addable().is_some() && money.is_open() { "+事項要求" } else { "" };
        TakenAmount { figure: key.1, account: key.2.clone(), money, text: text + end, place }
    }

    /// Says that what makes a total up has changed, and that nobody can say what it is now.
    fn stuck(&mut self, key: &Key) {
        self.plan.changes.push(Change::Left(format!(
            "{}  {} stays: what makes it up has changed, and it was not what that came to, or may be rounded in several ways; state it anew",
            key.0,
            self.named(key),
        )));
    }

    /// Holds what a sheet shows in the place of totals against what they are.
    fn held(&mut self, line: &Line, totals: &Totals, is_alone: bool) {
        for share in Share::all(line) {
            let (figure, account) = figure(share);
            let key = key(line, figure, account);
            let (Some(shown), Some(stated)) = (totals.shown.get(&key), share.stated(line)) else { continue };
            let is_it = match (shown.money.addable(), stated.value.addable()) {
                (Some(_), Some(_)) if !shown.is_typed => {
                    let bare = |money: Money| money.addable().map_or(money, Money::Known);
                    agrees(bare(stated.value), bare(shown.money), self.request.roundings())
                }
                (Some(shown), Some(stated)) => shown.same_value(stated),
                // A sum of words is nothing.
                (Some(sum), None) if !shown.is_typed && stated.value.is_nothing() => sum.is_zero(),
                _ => is_same(Some(shown.money), Some(stated.value)),
            };
            if is_it || !(shown.is_typed || is_alone) {
                continue;
            }
            let notation = Notation::of(self.request, self.request.lang);
            let [said, is] = [shown.money, stated.value].map(|money| match money {
                Money::NotStated => "–".to_owned(),
                Money::Unknown => words::not_stated(self.request.lang).to_owned(),
                money => notation.cell(&money, self.table.taken.unit),
            });
            let (what, cell) = (self.named(&key), self.table.cell(shown.place));
            self.plan.changes.push(Change::Left(match shown.is_typed {
                true => format!(
                    "{}  {what}: `{said}` was typed over what the sheet works out{cell}; it is `{is}`, as what it is made of says",
                    key.0
                ),
                false => format!("{}  {what}: the sheet shows `{said}`{cell}, and the files make `{is}`; mend what is below it, or export the chapter again", key.0),
            }));
        }
    }

    fn named(&self, (_, figure, account): &Key) -> String {
        let account = account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
        account + label(*figure, self.request.lang)
    }
}

/// Whether a line says of a figure that it is filled in once it is known.
fn is_awaited(line: &Line, figure: Figure) -> bool {
    stated(line, figure).0.is_some_and(|money| is_slot(figure, money.value))
}

/// Gathers rows by the ids of their lines.
fn by_id<'t>(lines: &'t [TakenLine], into: &mut HashMap<&'t str, &'t TakenLine>) {
    for line in lines {
        if let Some(id) = line.id.as_deref() {
            into.entry(id).or_insert(line);
        }
        by_id(&line.children, into);
    }
}

fn children(row: Option<&TakenLine>) -> &[TakenLine] {
    row.map_or(&[], |row| &row.children)
}

/// What parts make of a figure with the new rows beside them, as the sheet has them or else their files; `None` as long as one of them has none.
fn made(
    (parts, beside): (&[Program], &[TakenLine]),
    rows: &HashMap<&str, &TakenLine>,
    figure: Figure,
) -> Option<Amount> {
    let told = |row: &TakenLine| row.amounts.iter().find(|it| it.figure == figure)?.money.addable();
    let row = |part: &Program| rows.get(part.line.id.value.as_str()).copied();
    let own = |part: &Program| {
        let row = row(part);
        row.and_then(told)
            .or_else(|| stated(&part.line, figure).0?.value.addable())
            .or_else(|| made((&part.children, children(row)), rows, figure))
    };
    let is_added = |part: &&Program| row(part).map_or(part.line.is_addable(), |row| row.aside.is_none());
    let new = beside.iter().filter(|row| row.id.is_none() && row.aside.is_none()).map(told);
    let all = parts.iter().filter(is_added).map(own).chain(new);
    Amount::sum(all.collect::<Option<Vec<_>>>()?).ok().flatten()
}
