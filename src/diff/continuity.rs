//! Whether what the new side calls last year's amount is what the old side says that year had.

use std::collections::BTreeSet;

use super::change::{Member, Relation};
use crate::lineage::{self, Following, Held, Lineage, Place};
use crate::rollup::Rollup;

/// Prior amounts of the new side held against the old side. Empty unless the new side's year follows the old side's.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Continuity<'a> {
    /// How many lines agree.
    pub agree: usize,
    /// How many lines have a prior amount whose counterpart does not say what was enacted.
    pub unknown: usize,
    /// The lines where the two differ by more than rounding explains.
    pub breaks: Vec<Break<'a>>,
    /// The same, where the prior amount is said to be another figure than the initial budget, or rearranged.
    pub explained: Vec<Break<'a>>,
}

/// A prior amount that is not what the old side says.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Break<'a> {
    /// The lines of the old side.
    pub old: Vec<Member<'a>>,
    /// The lines of the new side.
    pub new: Vec<Member<'a>>,
    /// How the two differ.
    #[serde(flatten)]
    pub amounts: lineage::Break,
}

/// Of each chapter of the new side its continuity, found by the lineage that the rules ask, among all files that are known.
pub(super) fn continuities<'a>(
    relation: Relation,
    old: &[&'a Rollup<'a>],
    others: &[&'a Rollup<'a>],
    new: &[&'a Rollup<'a>],
) -> Vec<Continuity<'a>> {
    let mut found: Vec<Continuity<'a>> = new.iter().map(|_| Continuity::default()).collect();
    if relation != Relation::Years {
        return found;
    }
    let mut known = BTreeSet::new();
    let all = old.iter().chain(new).chain(others).copied().filter(|rollup| {
        let request = rollup.request;
        known.insert((&request.line.id.value, request.fiscal_year.value, request.stage))
    });
    let is_old = |place: &Place<'_>| old.iter().any(|rollup| std::ptr::eq(*rollup, place.rollup));
    let lineage = Lineage::of(all);
    for (following, held) in lineage.held() {
        let Some(first) = following.later.first() else { continue };
        let at = new.iter().position(|rollup| std::ptr::eq(*rollup, first.rollup));
        let Some(continuity) = at.and_then(|at| found.get_mut(at)) else { continue };
        if lineage.lines(&following.group.earlier).all(|line| line.rows.iter().any(is_old)) {
            continuity.add(&following, held);
        }
    }
    found
}

impl<'a> Continuity<'a> {
    fn add(&mut self, following: &Following<'_, 'a>, held: Held) {
        let member =
            |place: Place<'a>| Member { rollup: place.rollup, chapter: place.rollup.request, row: place.row };
        let found = |amounts| Break {
            old: following.before().map(member).collect(),
            new: following.later.iter().copied().map(member).collect(),
            amounts,
        };
        match held {
            Held::Agree => self.agree += 1,
            Held::Broken(amounts) => self.breaks.push(found(amounts)),
            Held::Explained(amounts) => self.explained.push(found(amounts)),
            Held::Unknown => self.unknown += 1,
            Held::Silent => {}
        }
    }
}
