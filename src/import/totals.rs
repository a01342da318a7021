//! Whether totals say what their lines add up to.

use super::Cell;
use super::compared::Compared;
use super::figures::Figured;
use super::grid::Fate;
use super::over::Over;
use super::remark::Remark;
use super::rows::Entry;
use super::titles::Sum;
use super::tree::{Context, Tree};
use crate::model::{Currency, Money, Unit, grouped, pointed};
use std::collections::HashSet;

/// How many lines above a total are tried for where its sum begins.
const MOST_ADDED: usize = 2_000;
/// How many totals and lines may be wrong before a total is no longer held against all lines above it.
const MOST_WRONG: usize = 500;
/// How many places are tried.
const MOST_STARTS: usize = 8;

impl Tree {
    /// What all lines add up to in a column.
    pub(super) fn whole(&self, column: usize) -> Option<i128> {
        self.sum(self.children(0), column)
    }

    /// Whether a row that adds up all lines agrees with them.
    pub(super) fn is_verified(&self) -> bool {
        let is_whole = self.whole.is_some_and(|(_, kind)| kind != Sum::Part);
        is_whole && self.nodes.first().is_some_and(|root| root.is_complete && !root.figures.is_empty())
    }

    /// How many cells have to be looked at.
    pub(super) fn troubles(&self) -> usize {
        self.remarks.iter().map(|remark| 1 + remark.also.len() + remark.more.len()).sum()
    }

    /// How many lines have figures of their own rows.
    pub(super) fn lines(&self) -> usize {
        self.nodes.iter().filter(|node| node.is_line).count()
    }

    /// The titles of the lines at the top, and what they add to the first column.
    pub(super) fn tops(&self) -> impl Iterator<Item = (&str, i128)> {
        let added = |at: &usize| Some((self.node(*at)?.title.as_str(), self.added(*at, 0).unwrap_or(0)));
        self.children(0).iter().filter_map(added)
    }

    /// What a node adds to a sum in a column.
    pub(super) fn added(&self, at: usize, column: usize) -> Option<i128> {
        let node = self.node(at).filter(|node| self.counts(node))?;
        match node.figures.get(column).and_then(Option::as_ref) {
            Some(figured) => figured.added(),
            None => self.sum(&node.children, column),
        }
    }

    pub(super) fn sum(&self, lines: &[usize], column: usize) -> Option<i128> {
        lines.iter().filter_map(|line| self.added(*line, column)).reduce(|sum, more| sum.saturating_add(more))
    }

    /// Whether a line that states other figures does not say this one.
    pub(super) fn leaves_open(&self, at: usize, column: usize) -> bool {
        let Some(node) = self.node(at).filter(|node| node.aside.is_none()) else { return false };
        let has_none = node.figures.get(column).and_then(Option::as_ref).and_then(Figured::added).is_none();
        match node.children.is_empty() {
            true => has_none && node.is_line,
            false => has_none && node.children.iter().any(|child| self.leaves_open(*child, column)),
        }
    }

    /// Whether none of some lines is known in a column.
    pub(super) fn is_unknown(&self, lines: &[usize], column: usize) -> bool {
        let figured = |at: &usize| self.node(*at)?.figures.get(column)?.as_ref();
        !lines.is_empty() && lines.iter().all(|at| figured(at).is_some_and(|it| it.money == Money::Unknown))
    }

    /// Verifies a row of a total, and drops it; a group that had no figures has those of its total.
    pub(super) fn close(&mut self, entry: &Entry, kind: Sum, context: Context<'_>) {
        if self.fits(entry, kind, 1, context) {
            return;
        }
        // What agrees to the last digit goes first.
        self.rounds = true;
        if !self.fits(entry, kind, 1, context) {
            let (said, whole) = (self.remarks.len(), self.whole);
            let root = self.nodes.first().map(|root| (root.figures.clone(), root.is_complete));
            self.differs(entry, kind, context);
            if context.is_behind && self.is_last && kind != Sum::Part {
                let remarks = self.remarks.split_off(said);
                self.over = Some(Over { figures: entry.figures.clone(), remarks });
                self.whole = whole;
                if let (Some(node), Some((figures, is_complete))) = (self.nodes.first_mut(), root) {
                    (node.figures, node.is_complete) = (figures, is_complete);
                }
            }
        }
        self.rounds = false;
    }

    /// The group of which a total stands above all lines: that of the heading just above it, or the table.
    pub(super) fn is_above(&self, kind: Sum) -> Option<usize> {
        let last = self.nodes.len().checked_sub(1).filter(|_| !self.is_last)?;
        let is_open = self.node(last).is_some_and(|node| node.is_bare() && node.children.is_empty());
        is_open.then_some(if kind == Sum::Whole { 0 } else { last })
    }

    /// Verifies totals that stand above their lines. Of several above all lines only those of all must be right: others are of accounts.
    pub(super) fn close_above(&mut self, totals: &[(usize, &Entry, Sum)], context: Context<'_>) {
        let is_alone = totals.iter().filter(|(group, ..)| *group == 0).count() == 1;
        self.is_last = true;
        self.marks.clear();
        for (group, entry, kind) in totals {
            self.open = vec![*group];
            if self.children(*group).is_empty() {
                self.nodes.get_mut(*group).into_iter().for_each(|node| node.figures = entry.figures.clone());
                entry.mark(context.grid, Fate::Taken);
            } else if *group > 0 || is_alone && *kind != Sum::Part || *kind == Sum::Whole {
                self.close(entry, *kind, context);
            } else {
                self.fits(entry, *kind, 1, context);
            }
        }
    }

    /// Says what a total is off by.
    fn differs(&mut self, entry: &Entry, kind: Sum, context: Context<'_>) {
        self.totals += 1;
        let figures = &entry.figures;
        let scopes = self.scopes(kind);
        entry.mark(context.grid, Fate::Verified);
        let is_bare = |at: &&usize| **at > 0 && self.node(**at).is_some_and(|node| node.is_bare());
        let named = |at: &&usize| **at > 0 && entry.title().starts_with(&self.title(**at));
        let scope = match kind {
            Sum::Whole => 0,
            _ => scopes.iter().find(named).or_else(|| scopes.iter().find(is_bare)).copied().unwrap_or(0),
        };
        let from = |start: usize| self.children(scope).get(start..).unwrap_or_default().to_vec();
        let mark = self.marks.get(&scope).copied().filter(|_| kind != Sum::Whole || self.is_lost());
        // Behind an earlier total it may be about all lines all the same: what fits better is meant.
        let starts = mark.into_iter().chain((mark.is_none() || !self.is_lost()).then_some(0));
        let starts = starts.filter(|start| !from(*start).is_empty());
        let start = starts.min_by_key(|start| self.distance(figures, &from(*start))).unwrap_or(0);
        let lines = from(start);
        if let Some(compared) = self.compare(figures, &lines) {
            self.tell(figures, &lines, &compared, entry.title(), context);
            self.give(kind, (scope, start), &lines, figures);
            if let Some(node) = self.nodes.get_mut(scope).filter(|_| !compared.different.is_empty()) {
                node.is_complete = false;
            }
        }
    }

    /// Whether so much is wrong with the table that its totals, but for the last, are held against the lines just above them alone.
    fn is_lost(&self) -> bool {
        self.remarks.len() > MOST_WRONG && !self.is_last
    }

    /// The groups whose lines a total may add up, the likely ones first.
    pub(super) fn scopes(&self, kind: Sum) -> Vec<usize> {
        let mut scopes: Vec<usize> =
            self.open.iter().rev().copied().filter(|at| !self.children(*at).is_empty()).collect();
        if kind == Sum::Whole {
            scopes.reverse();
        }
        scopes
    }

    /// Verifies a row of a total against lines whose sum it is, so many at least; tells whether there are any.
    pub(super) fn fits(&mut self, entry: &Entry, kind: Sum, least: usize, context: Context<'_>) -> bool {
        let figures = &entry.figures;
        for scope in self.scopes(kind) {
            for start in self.starts(scope, figures) {
                let lines = self.children(scope).get(start..).unwrap_or_default().to_vec();
                let compared = Some(&lines).filter(|lines| lines.len() >= least);
                let compared = compared.and_then(|lines| self.compare(figures, lines));
                if let Some(compared) = compared.filter(Compared::agrees) {
                    self.totals += 1;
                    entry.mark(context.grid, Fate::Verified);
                    self.tell(figures, &lines, &compared, entry.title(), context);
                    self.give(kind, (scope, start), &lines, figures);
                    return true;
                }
            }
        }
        false
    }

    /// From which line on a total may add up the lines of a group: behind the last total, behind a heading, from the first, or where the sum
    /// fits.
    pub(super) fn starts(&self, scope: usize, figures: &[Option<Figured>]) -> Vec<usize> {
        let children = self.children(scope);
        let mark = self.marks.get(&scope).copied();
        if let Some(mark) = mark.filter(|_| self.is_lost()) {
            return Vec::from_iter((mark < children.len()).then_some(mark));
        }
        let is_heading =
            |at: &usize| self.node(*at).is_some_and(|node| node.children.is_empty() && node.is_bare());
        let heads = |at: &usize| {
            let next = children.get(at + 1).and_then(|next| self.goes_on(*children.get(*at)?, *next));
            next != Some(true)
        };
        let heading = children.iter().rposition(is_heading).filter(heads).map(|at| at + 1);
        let mut starts: Vec<usize> = heading.into_iter().chain(mark).chain([0]).collect();
        // Which column tells most: the first that has an amount.
        let telling = figures.iter().enumerate().find_map(|(at, figured)| {
            figured.as_ref().and_then(Figured::added).filter(|added| *added != 0).map(|added| (at, added))
        });
        // The last total is of all that is open, not of as many lines as make it right.
        if let Some((column, stated)) = telling.filter(|_| !self.is_last) {
            let mut sum = 0_i128;
            for (at, child) in children.iter().enumerate().rev().take(MOST_ADDED) {
                sum = sum.saturating_add(self.added(*child, column).unwrap_or(0));
                if sum == stated && starts.len() < MOST_STARTS {
                    starts.push(at);
                }
            }
        }
        starts.retain(|start| *start < children.len());
        starts
    }

    /// Gives the figures of a total to the group whose total it is.
    fn give(
        &mut self,
        kind: Sum,
        (scope, start): (usize, usize),
        lines: &[usize],
        figures: &[Option<Figured>],
    ) {
        let heading = start.checked_sub(1).and_then(|at| self.children(scope).get(at).copied());
        let is_bare = |at: usize| self.node(at).is_some_and(|node| node.is_bare());
        let is_beside = |at: usize| lines.first().and_then(|line| self.goes_on(at, *line)) == Some(true);
        let heads = |at: &usize| is_bare(*at) && self.children(*at).is_empty() && !is_beside(*at);
        let group = match heading.filter(heads) {
            Some(heading) => {
                self.move_under(scope, heading, lines);
                Some(heading)
            }
            None => (start == 0 && (scope == 0 || is_bare(scope))).then_some(scope),
        };
        let count = self.children(scope).len();
        self.marks.insert(scope, count);
        if group == Some(0) {
            self.whole = self.children(0).last().map(|last| (*last, kind));
        }
        if let Some(node) = group.and_then(|group| self.nodes.get_mut(group)) {
            node.figures = figures.to_vec();
            node.is_complete = true;
        }
        if scope > 0 && group == Some(scope) {
            let depth = self.node(scope).map_or(0, |node| node.depth);
            self.above(depth);
        }
    }

    /// What lines below a total make of it that seemed to be that of all: where it is one of several it is none of all, else that is said.
    pub(super) fn below_whole(&mut self) {
        let Some((last, kind)) = self.whole else { return };
        let at = self.children(0).iter().position(|child| *child == last);
        let below = self.children(0).get(at.map_or(usize::MAX, |at| at + 1)..).unwrap_or_default();
        let is_added =
            |at: &&usize| self.node(**at).is_some_and(|node| node.aside.is_none() && !node.is_bare());
        let first =
            below.iter().find(is_added).and_then(|at| self.node(*at)?.figures.iter().flatten().next());
        let Some(cell) = first.map(|figured| figured.cell) else { return };
        let is_several =
            kind == Sum::Part || self.marks.get(&0).is_some_and(|mark| Some(*mark) > at.map(|at| at + 1));
        if is_several {
            if let Some(root) = self.nodes.first_mut() {
                root.figures.clear();
            }
            return;
        }
        let what = "the line stands below the total of all lines, which does not count it".to_owned();
        let help =
            "it was taken as a line; put it above the total, or take it out of the sheet if it is none";
        self.remarks.push(Remark::assumed(cell, what, help));
    }

    /// Holds every line that has figures and lines below it against them.
    pub(super) fn verify(&mut self, context: Context<'_>) {
        self.rounds = true;
        let told: HashSet<Cell> = self.remarks.iter().map(|remark| remark.cell).collect();
        for at in 1..self.nodes.len() {
            let Some(node) = self.node(at).filter(|node| !node.is_complete && !node.children.is_empty())
            else {
                continue;
            };
            let (figures, lines) = (node.figures.clone(), node.children.clone());
            let has_parts =
                lines.iter().any(|line| self.node(*line).is_some_and(|node| node.aside.is_none()));
            if !has_parts || figures.iter().all(Option::is_none) {
                continue;
            }
            if figures.iter().flatten().any(|figured| told.contains(&figured.cell)) {
                continue;
            }
            if let Some(compared) = self.compare(&figures, &lines) {
                self.tell(&figures, &lines, &compared, &self.title(at), context);
                if let Some(node) = self.nodes.get_mut(at) {
                    node.is_complete = compared.different.is_empty();
                }
            }
        }
    }
}

/// An amount as a message has it: in Japan with △.
pub(super) fn told(text: &str, unit: Unit) -> String {
    let is_yen = unit.currency() == Currency::JPY;
    text.strip_prefix('-').filter(|_| is_yen).map_or(text.to_owned(), |rest| format!("△{rest}"))
}

/// Hundredths of a currency in a unit.
pub(super) fn amount(hundredths: i128, unit: Unit) -> String {
    let plain = pointed(hundredths, unit.exponent() + 2);
    grouped(plain.trim_end_matches('0').trim_end_matches('.'))
}
