//! The tree of a comparison: the new side's lines in their order, with those that are gone where they stood.

use super::change::{AmountChange, ChapterChange, LineChange, Link, Member, Move, Relation};
use super::continuity::Continuity;
use super::footing::{Footing, Total};
use super::forest::Forest;
use super::likeness::proposals;
use super::matching::Matching;
use super::proposal::Proposal;
use super::texts;
use crate::model::{Amount, Comparison, Money, Request};

/// The chapters of a comparison; `continuities` are those of the new side's.
pub(super) fn chapters<'a>(
    matching: &Matching<'a>,
    footing: &[Footing],
    mut continuities: Vec<Continuity<'a>>,
) -> Vec<ChapterChange<'a>> {
    let tree = Tree::of(matching, footing);
    let mut proposals = proposals(matching);
    let mut own = |root: usize| {
        let new = matching.units.get(root)?.new.first().copied()?;
        let chapter = matching.new.trees.get(new)?.chapter;
        let continuity = continuities.get_mut(chapter).map(std::mem::take);
        Some((proposals.remove(&chapter).unwrap_or_default(), continuity.unwrap_or_default()))
    };
    let roots = tree.roots.iter();
    roots.map(|&root| tree.chapter(root, own(root).unwrap_or_default())).collect()
}

struct Tree<'m, 'a> {
    matching: &'m Matching<'a>,
    footing: &'m [Footing],
    roots: Vec<usize>,
    /// The units below each unit, in printed order.
    children: Vec<Vec<usize>>,
}

impl<'m, 'a> Tree<'m, 'a> {
    fn of(matching: &'m Matching<'a>, footing: &'m [Footing]) -> Self {
        let mut roots = Vec::new();
        let mut children = vec![Vec::new(); matching.units.len()];
        let mut order: Vec<usize> = (0..matching.units.len()).collect();
        let anchors = matching.anchors();
        let keys: Vec<_> = order.iter().map(|&unit| key(matching, &anchors, unit)).collect();
        order.sort_by_key(|&unit| keys.get(unit).copied());
        for unit in order {
            match matching.home(unit) {
                Some(home) => {
                    if let Some(below) = children.get_mut(home) {
                        below.push(unit);
                    }
                }
                None => roots.push(unit),
            }
        }
        Self { matching, footing, roots, children }
    }

    fn chapter(
        &self,
        root: usize,
        (proposals, continuity): (Vec<Proposal<'a>>, Continuity<'a>),
    ) -> ChapterChange<'a> {
        let mut lines = Vec::new();
        self.add(root, None, 0, &mut lines);
        let chapter = |members: &Vec<Member<'a>>| members.first().map(|member| member.chapter);
        let top = lines.first();
        let old = top.and_then(|line: &LineChange<'a>| chapter(&line.old));
        let new = top.and_then(|line| chapter(&line.new));
        let unused = self.matching.unused_of([old, new]);
        let own = |request: &Request| (request.fiscal_year.value, request.stage);
        let [before, after] = self.matching.times();
        let times = [old.map(own).or(before), new.map(own).or(after)];
        ChapterChange { old, new, times, continuity, unused, proposals, lines }
    }

    fn add(
        &self,
        unit: usize,
        parent: Option<usize>,
        depth: usize,
        lines: &mut Vec<LineChange<'a>>,
    ) -> Option<usize> {
        let line = self.line(unit, parent, depth)?;
        let at = lines.len();
        lines.push(line);
        let below = self.children.get(unit).map_or(&[][..], Vec::as_slice);
        let children =
            below.iter().filter_map(|&child| self.add(child, Some(at), depth + 1, lines)).collect();
        if let Some(line) = lines.get_mut(at) {
            line.children = children;
        }
        Some(at)
    }

    fn line(&self, at: usize, parent: Option<usize>, depth: usize) -> Option<LineChange<'a>> {
        let unit = self.matching.units.get(at)?;
        let members = |forest: &Forest<'a>, lines: &[usize]| -> Vec<Member<'a>> {
            lines.iter().filter_map(|&line| forest.member(line)).collect()
        };
        let old = members(&self.matching.old, &unit.old);
        let new = members(&self.matching.new, &unit.new);
        let totals = || self.footing.iter().filter_map(|footing| footing.totals.get(at));
        let link = totals().next().map_or(unit.link, |leading| leading.link(unit.link));
        let words = match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => texts::changes(*old, *new),
            _ => Vec::new(),
        };
        let shown = if new.is_empty() { &old } else { &new };
        Some(LineChange {
            depth,
            parent,
            children: Vec::new(),
            link,
            moved: self.moved(at),
            is_counted: shown.iter().all(|member| member.row.line.is_addable()),
            was_over: link == Link::Ended && self.matching.relation == Relation::Years && was_over(totals()),
            amounts: totals().map(|total| amount(total, link)).collect(),
            words,
            old,
            new,
        })
    }

    /// From where a unit was moved, if it is not below the same line.
    fn moved(&self, at: usize) -> Option<Move<'a>> {
        let unit = self.matching.units.get(at)?;
        let home = self.matching.home(at)?;
        let was_elsewhere = |above: &usize| self.matching.unit_of_old.get(*above) != Some(&home);
        let mut above = unit.old.iter().filter_map(|&line| self.matching.old.parent(line));
        let from = above.find(was_elsewhere)?;
        let topmost = self.matching.new.topmost(&unit.new)?;
        let to = self.matching.new.parent(topmost)?;
        Some(Move { from: self.matching.old.member(from)?, to: self.matching.new.member(to)? })
    }
}

/// Where a unit stands among its neighbors: by its new line, or right after what its old line stood after.
fn key(matching: &Matching<'_>, anchors: &[usize], at: usize) -> (usize, usize) {
    let Some(unit) = matching.units.get(at) else {
        return (usize::MAX, 0);
    };
    if let Some(line) = matching.new.topmost(&unit.new) {
        return (line + 1, 0);
    }
    let line = unit.old.first().copied().unwrap_or(0);
    match matching.old.parent(line) {
        Some(_) => (anchors.get(line).copied().unwrap_or(0), line + 1),
        None => (usize::MAX, line),
    }
}

/// Whether a line that is gone had ended, and has no amount in any column.
fn was_over<'t>(totals: impl Iterator<Item = &'t Total>) -> bool {
    let mut olds = totals.map(|total| total.old.money).peekable();
    olds.peek() == Some(&Money::Ended)
        && olds.all(|money| money.amount().is_none_or(Amount::is_zero) && !money.is_open())
}

fn amount(total: &Total, link: Link) -> AmountChange {
    let absent = |money: Money, is_moved: bool| if is_moved { Money::NotApplicable } else { money };
    let old = absent(total.old.money, link == Link::MovedIn);
    let new = absent(total.new.money, link == Link::MovedOut);
    let comparison = match Comparison::between(new, old).unwrap_or(Comparison::Incomparable) {
        changed if total.is_rounded => changed.change().map_or(changed, Comparison::WithinRounding),
        comparison => comparison,
    };
    AmountChange {
        old,
        new,
        comparison,
        is_listed: total.is_listed,
        is_whole: total.is_whole,
        bridge: total.bridge.clone(),
        addends: total.addends.clone(),
    }
}
