//! What chapters come to together.

use super::bridge::{Bridge, ItemKind};
use super::change::{AmountChange, ChapterChange, Diff, LineChange, Link};
use super::continuity::Continuity;
use super::footing::together;
use crate::model::{
    Amount, ArithmeticError, Comparison, Currency, FiscalYear, Interval, Money, Request, Rounding, Stage,
};

/// Chapters that can be added up: of the same years and stages, in one currency.
#[derive(Clone, Debug)]
pub struct ChaptersTogether<'a> {
    /// Their places in [`Diff::chapters`].
    pub chapters: Vec<usize>,
    /// All of them as one chapter, whose programs they are.
    pub change: ChapterChange<'a>,
}

type Time = Option<(FiscalYear, Stage)>;

impl<'a> Diff<'a> {
    /// The chapters in groups that can be added up; each alone where a total is too large to be kept exactly. What is one side's alone goes
    /// with chapters whose time it shares.
    pub fn chapters_together(&self) -> Vec<ChaptersTogether<'a>> {
        self.groups().unwrap_or_else(|_| {
            let chapters = self.chapters.iter().enumerate();
            chapters
                .map(|(at, chapter)| ChaptersTogether { chapters: vec![at], change: chapter.clone() })
                .collect()
        })
    }

    fn groups(&self) -> Result<Vec<ChaptersTogether<'a>>, ArithmeticError> {
        let mut groups: Vec<([Time; 2], Currency, Vec<usize>)> = Vec::new();
        let is_paired = |chapter: &ChapterChange<'_>| chapter.times.iter().all(Option::is_some);
        for wants_pairs in [true, false] {
            let chapters = self.chapters.iter().enumerate();
            for (at, chapter) in chapters.filter(|(_, chapter)| is_paired(chapter) == wants_pairs) {
                let Some(request) = chapter.request() else {
                    continue;
                };
                let (times, currency) = (chapter.times, request.unit.currency());
                let fits = |known: &[Time; 2]| {
                    known.iter().zip(&times).all(|(known, own)| own.is_none() || known == own)
                };
                match groups.iter_mut().find(|group| group.1 == currency && fits(&group.0)) {
                    Some(group) => group.2.push(at),
                    None => groups.push((times, currency, vec![at])),
                }
            }
        }
        let together = groups.into_iter().map(|(_, _, mut chapters)| {
            chapters.sort_unstable();
            Ok(ChaptersTogether { change: self.joined(&chapters)?, chapters })
        });
        together.collect()
    }

    /// Some chapters as one.
    fn joined(&self, places: &[usize]) -> Result<ChapterChange<'a>, ArithmeticError> {
        let chapters = || places.iter().filter_map(|&at| self.chapters.get(at));
        let amounts = (0..self.columns.len()).map(|at| {
            let tops = chapters().filter_map(|chapter| chapter.top()?.amounts.get(at));
            AmountChange::total(
                &tops.collect::<Vec<_>>(),
                [rules(chapters().filter_map(|it| it.old)), rules(chapters().filter_map(|it| it.new))],
            )
        });
        let mut lines = vec![LineChange {
            depth: 0,
            parent: None,
            children: Vec::new(),
            link: Link::Kept,
            moved: None,
            old: Vec::new(),
            new: Vec::new(),
            is_counted: true,
            was_over: false,
            amounts: amounts.collect::<Result<_, _>>()?,
            words: Vec::new(),
        }];
        let mut tops = Vec::new();
        let mut continuity = Continuity::default();
        for chapter in chapters() {
            let start = lines.len();
            tops.push(start);
            lines.extend(chapter.lines.iter().map(|line| LineChange {
                depth: line.depth + 1,
                parent: Some(line.parent.map_or(0, |parent| parent + start)),
                children: line.children.iter().map(|child| child + start).collect(),
                ..line.clone()
            }));
            continuity.breaks.extend(chapter.continuity.breaks.iter().cloned());
            continuity.explained.extend(chapter.continuity.explained.iter().cloned());
            continuity.agree += chapter.continuity.agree;
            continuity.unknown += chapter.continuity.unknown;
        }
        if let Some(top) = lines.first_mut() {
            top.children = tops;
        }
        // Whichever chapter both sides have names the years best.
        let named = chapters().find(|chapter| chapter.old.is_some() && chapter.new.is_some());
        Ok(ChapterChange {
            old: named.or(chapters().find(|chapter| chapter.old.is_some())).and_then(|chapter| chapter.old),
            new: named.or(chapters().find(|chapter| chapter.new.is_some())).and_then(|chapter| chapter.new),
            times: [0, 1]
                .map(|side| chapters().find_map(|chapter| chapter.times.get(side).copied().flatten())),
            lines,
            proposals: chapters().flat_map(|chapter| chapter.proposals.iter().cloned()).collect(),
            continuity,
            unused: chapters().flat_map(|chapter| chapter.unused.iter().copied()).collect(),
        })
    }
}

impl AmountChange {
    /// What the amounts of chapters, or of lines of one, come to; rounded by one of the `rules` of either side.
    pub(crate) fn total(parts: &[&Self], rules: [&[Rounding]; 2]) -> Result<Self, ArithmeticError> {
        let side = |amount: fn(&AmountChange) -> Option<Amount>, money: fn(&AmountChange) -> Money| {
            let sum = Amount::sum(parts.iter().filter_map(|part| amount(part)))?;
            let states: Vec<Money> = parts.iter().map(|part| money(part)).collect();
            let is_open = states.iter().any(|state| state.is_open());
            let is_blank =
                |state: &Money| state.addable().is_none() && !state.is_nothing() && !state.is_open();
            Ok((sum, together(sum, &states, [is_open, states.iter().any(is_blank)])?))
        };
        let (before, old) = side(|part| part.bridge.old, |part| part.old)?;
        let (after, new) = side(|part| part.bridge.new, |part| part.new)?;
        let mut bridge = Bridge { old: before, new: after, ..Bridge::default() };
        for part in parts {
            bridge.include(&part.bridge)?;
        }
        // What went from one of the chapters to another one has not left the whole.
        let is_move = |kind| matches!(kind, ItemKind::MovedIn | ItemKind::MovedOut);
        let moves = bridge.items.iter().filter(|item| is_move(item.kind)).map(|item| item.amount);
        if Amount::sum(moves)?.is_some_and(Amount::is_zero) {
            bridge.items.retain(|item| !is_move(item.kind));
        }
        let addends = [0, 1].map(|side| {
            parts.iter().filter_map(|part| part.addends.get(side)).flatten().copied().collect::<Vec<_>>()
        });
        let [before_addends, after_addends] = &addends;
        let is_hidden = [old, new].iter().any(|money| money.is_gap());
        let are_same = parts.iter().all(|part| part.is_same())
            || !is_hidden
                && bridge.is_mostly_rounding()?
                && Interval::is_rounded([before_addends, after_addends], rules);
        let comparison = match Comparison::between(new, old)? {
            changed if are_same => changed.change().map_or(changed, Comparison::WithinRounding),
            comparison => comparison,
        };
        let is_listed = parts.iter().any(|part| part.is_listed);
        Ok(Self { old, new, comparison, is_listed, is_whole: false, bridge, addends })
    }
}

/// The rules by which the amounts of some chapters may be rounded.
fn rules<'a>(mut chapters: impl Iterator<Item = &'a Request>) -> &'a [Rounding] {
    chapters.find(|chapter| chapter.rounding.is_some()).map_or(&Rounding::ALL, |chapter| chapter.roundings())
}
