//! Which lines a table shows, and what stands for the others.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::Page;
use super::table::ChangeRow;
use crate::diff::{AmountChange, ChapterChange, Diff, ItemKind, LineChange, Link, Relation};
use crate::model::{Amount, Money};
use crate::sheet::amounts::sign;
use crate::words;

/// Which lines the tables show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Of two years all, of drafts those that changed.
    Usual,
    /// Those that changed.
    Changed,
    /// Of chapters together the chapters that changed.
    Chapters,
    /// As many as this, and of them those that changed most.
    Most(usize),
    All,
}

/// What a table does not show.
#[derive(Default)]
pub(super) struct LeftOut {
    /// How many lines changed.
    pub(super) changed: usize,
    /// How many of those are no part of a line that is shown.
    changed_beside: usize,
    /// By how much the lines beside shown ones changed.
    beside: Option<Amount>,
    /// What the changes of all that is counted so far lack to the total's.
    gap: Option<Amount>,
    /// How many lines are the same.
    same: usize,
    /// How many of those only within rounding.
    rounded: usize,
}

/// Whether a line has something to tell in a pair of columns.
fn is_changed(line: &LineChange<'_>, at: usize) -> bool {
    let is_there = |money: &Money| money.amount().is_some() || money.is_open();
    let amount = line.amounts.get(at);
    let is_changed = amount.is_some_and(|it| !it.is_same() && (is_there(&it.old) || is_there(&it.new)));
    is_changed || at == 0 && (line.moved.is_some() || line.link != Link::Kept && !line.was_over)
}

/// How many rows the tables of everything that changed in a chapter have.
pub(super) fn rows(diff: &Diff<'_>, chapter: &ChapterChange<'_>) -> usize {
    let of = |at: usize| chapter.lines.iter().filter(|line| is_changed(line, at)).count();
    (0..diff.columns.len()).map(of).sum()
}

impl Page<'_, '_> {
    /// Which lines are shown.
    pub(super) fn told(&self, at: usize) -> Vec<bool> {
        let lines = &self.chapter.lines;
        let is_draft = self.relation == Relation::Drafts;
        let mut told: Vec<bool> = match self.extent {
            // Of the other amounts the total is enough where there is no room.
            Extent::Most(most) => return self.most(at, if at == 0 { most } else { 0 }),
            Extent::All => return vec![true; lines.len()],
            Extent::Usual if !is_draft => return lines.iter().map(|line| !line.was_over).collect(),
            Extent::Usual | Extent::Changed => lines.iter().map(|line| is_changed(line, at)).collect(),
            Extent::Chapters => lines.iter().map(|line| line.depth == 1 && is_changed(line, at)).collect(),
        };
        for (place, line) in lines.iter().enumerate().rev() {
            if told.get(place) == Some(&true)
                && let Some(above) = line.parent.and_then(|above| told.get_mut(above))
            {
                *above = true;
            }
        }
        told
    }

    /// The lines that are named as those that changed most, and those in which most happened; none without the one above it.
    fn most(&self, at: usize, most: usize) -> Vec<bool> {
        let lines = &self.chapter.lines;
        let is_apart = self.told_above(at);
        let mut told = vec![false; lines.len()];
        let movement = |line: &LineChange<'_>| -> i128 {
            let items = line.amounts.get(at).map_or(&[][..], |amount| &amount.bridge.items);
            items.iter().map(|item| item.amount.abs().smallest_units()).sum()
        };
        let mut open = BinaryHeap::from([(i128::MAX, Reverse(0))]);
        let mut room = most + 1;
        for mover in self.named_movers().iter().filter(|_| at == 0) {
            let line = |place: &usize| lines.get(*place)?.parent;
            let above = std::iter::successors(Some(mover.line), line);
            let hidden: Vec<usize> = above.take_while(|place| told.get(*place) == Some(&false)).collect();
            if hidden.len() <= room {
                room -= hidden.len();
                for place in hidden {
                    told.get_mut(place).into_iter().for_each(|shown| *shown = true);
                }
            }
        }
        while let Some((_, Reverse(place))) = open.pop().filter(|_| room > 0) {
            if let Some(shown) = told.get_mut(place) {
                room -= usize::from(!std::mem::replace(shown, true));
            }
            let children = lines.get(place).map_or(&[][..], |line| &line.children);
            open.extend(children.iter().filter_map(|&child| {
                let line = lines.get(child).filter(|line| is_changed(line, at))?;
                (is_apart.get(child) == Some(&false)).then(|| (movement(line), Reverse(child)))
            }));
        }
        told
    }

    /// Which lines' amounts are told by a line above them.
    pub(super) fn told_above(&self, at: usize) -> Vec<bool> {
        let mut is_apart: Vec<bool> = Vec::new();
        for line in &self.chapter.lines {
            let is_told = line.parent.is_some_and(|above| {
                let amount = self.chapter.lines.get(above).and_then(|above| above.amounts.get(at));
                is_apart.get(above) == Some(&true) || amount.is_some_and(|amount| amount.is_whole)
            });
            is_apart.push(is_told);
        }
        is_apart
    }

    /// Adds up and counts what is not shown.
    pub(super) fn left_out(&self, at: usize, told: &[bool]) -> LeftOut {
        let lines = &self.chapter.lines;
        let is = |known: &[bool], place: usize| known.get(place) == Some(&true);
        let change = |line: &LineChange<'_>| {
            line.amounts.get(at).filter(|it| !it.is_rounded()).and_then(AmountChange::change)
        };
        let sum = |amounts: Vec<Amount>| Amount::sum(amounts).ok().flatten();
        // What of each shown line stands in the table, at the ends of what is shown; and what is beside them.
        let mut shown: Vec<Option<Amount>> = lines.iter().map(change).collect();
        let mut is_beside: BTreeSet<usize> = BTreeSet::new();
        let mut beside = Vec::new();
        for (place, line) in lines.iter().enumerate().rev().filter(|(place, _)| is(told, *place)) {
            let is_whole = line.amounts.get(at).is_some_and(|amount| amount.is_whole);
            if is_whole || !line.children.iter().any(|&child| is(told, child)) {
                continue;
            }
            let counted = |child: &&usize| lines.get(**child).is_some_and(|child| child.is_counted);
            let (there, hidden): (Vec<usize>, Vec<usize>) =
                line.children.iter().filter(counted).partition(|&&child| is(told, child));
            beside.extend(hidden.iter().filter_map(|&child| change(lines.get(child)?)));
            is_beside.extend(hidden);
            let there = there.iter().filter_map(|&child| shown.get(child).copied().flatten());
            // A line whose parts all leave their changes open stands for itself.
            let there = sum(there.collect());
            if let Some(shown) = shown.get_mut(place) {
                *shown = there.or(*shown);
            }
        }
        let beside = sum(beside);
        let top = shown.first().copied().flatten();
        let nothing = Amount::zero(self.wording.unit());
        let there = sum(top.into_iter().chain(beside).collect()).unwrap_or(nothing);
        let whole = self.chapter.top().and_then(change);
        let mut left_out = LeftOut {
            beside,
            gap: whole.and_then(|whole| whole.checked_sub(there).ok()).filter(|gap| !gap.is_zero()),
            ..LeftOut::default()
        };
        for (place, line) in lines.iter().enumerate() {
            if line.parent.is_some_and(|above| is_beside.contains(&above)) {
                is_beside.insert(place);
            }
            let Some(amount) = line.amounts.get(at).filter(|_| !is(told, place)) else { continue };
            let is_end = match self.extent {
                Extent::Chapters => line.depth == 1,
                _ => line.children.is_empty(),
            };
            if is_end && amount.is_same() && amount.new.is_stated() {
                left_out.same += 1;
                left_out.rounded += usize::from(amount.is_rounded());
            }
        }
        let movers = self.chapter.movers(at);
        let movers = movers.iter().filter(|_| self.extent != Extent::Chapters);
        for mover in movers.filter(|mover| !is(told, mover.line)) {
            left_out.changed += 1;
            left_out.changed_beside += usize::from(is_beside.contains(&mover.line));
        }
        left_out
    }

    /// What no line of a table tells: what crosses its edge, what partial lists leave out, rounding, what is not stated; otherwise what moved
    /// inside it, or what the parts of a line do not say of it.
    fn gap_label(&self, at: usize) -> String {
        const UNTOLD: [ItemKind; 4] =
            [ItemKind::MovedIn, ItemKind::MovedOut, ItemKind::Remainder, ItemKind::Rounding];
        let bridge = self.chapter.top().and_then(|top| top.amounts.get(at)).map(|top| &top.bridge);
        let items = bridge.into_iter().flat_map(|bridge| &bridge.items);
        let amounts = || self.chapter.lines.iter().filter_map(|line| line.amounts.get(at));
        let is_hidden = amounts().any(|amount| amount.old.is_gap() || amount.new.is_gap());
        let is_untold = |kind: ItemKind| {
            UNTOLD.contains(&kind) || is_hidden && matches!(kind, ItemKind::Listed | ItemKind::Unlisted)
        };
        let labels = items.filter(|item| is_untold(item.kind));
        let labels: Vec<&str> =
            labels.map(|item| item.kind.label(self.relation, self.wording.lang)).collect();
        let is_moved = self.chapter.lines.iter().any(|line| line.moved.is_some());
        match labels.is_empty() {
            true if is_moved => self.words.moves.to_owned(),
            true => ItemKind::Remainder.label(self.relation, self.wording.lang).to_owned(),
            false => labels.join(self.wording.words.comma),
        }
    }

    /// Stands for what is not shown, so that the changes add up.
    pub(super) fn rest(&self, at: usize, left_out: &LeftOut) -> Vec<ChangeRow> {
        let rest = |name: String, change: Option<Amount>| ChangeRow {
            kind: "rest",
            title: words::aside(self.wording.lang, &name),
            sign: sign(change),
            figures: [None, None, change, None].map(|change| {
                let figure = |change: Amount| self.wording.notation.figure(&change, self.wording.unit());
                change.map(figure).unwrap_or_default()
            }),
            same: change.is_none(),
            name,
            ..ChangeRow::default()
        };
        let LeftOut { changed_beside, same, rounded, .. } = *left_out;
        let mut rows = Vec::new();
        if let (1.., Some(beside)) = (changed_beside, left_out.beside) {
            let lines = if changed_beside == 1 { "line" } else { "lines" };
            let name = words::others_changed(self.wording.lang, changed_beside, lines);
            rows.push(rest(name, Some(beside)));
        }
        rows.extend(left_out.gap.map(|gap| rest(self.gap_label(at), Some(gap))));
        if same > 0 {
            let lines = if same == 1 { "line is" } else { "lines are" };
            let mut name = words::others_same(self.wording.lang, same, lines);
            if rounded > 0 {
                let some = words::some_of_them(self.wording.lang, rounded, self.words.within_rounding);
                name = self.wording.bracketed(&name, &some);
            }
            rows.push(rest(name, None));
        }
        rows
    }
}
