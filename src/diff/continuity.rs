//! Whether what the new side calls last year's amount is what the old side says that year had.

use super::change::{LineChange, Member, Relation};
use crate::lineage::{self, Held, Place, held};
use crate::model::Request;

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

impl<'a> Continuity<'a> {
    pub(super) fn of(
        relation: Relation,
        old: Option<&'a Request>,
        new: Option<&'a Request>,
        lines: &[LineChange<'a>],
    ) -> Self {
        let mut continuity = Self::default();
        let years = old.zip(new).map(|(old, new)| (old.fiscal_year.value, new.fiscal_year.value));
        let follows = years.is_some_and(|(old, new)| old < new && new.prior() == old);
        if relation != Relation::Years || !follows {
            return continuity;
        }
        for line in lines.iter().filter(|line| !line.link.is_one_sided()) {
            let place = |member: &Member<'a>| Place { rollup: member.rollup, row: member.row };
            let new: Vec<Place<'_>> = line.new.iter().map(place).collect();
            let old: Vec<[Place<'_>; 1]> = line.old.iter().map(|member| [place(member)]).collect();
            let old: Vec<&[Place<'_>]> = old.iter().map(<[_; 1]>::as_slice).collect();
            let found = |amounts| Break { old: line.old.clone(), new: line.new.clone(), amounts };
            match held(line.link, &new, &old) {
                Held::Agree => continuity.agree += 1,
                Held::Broken(amounts) => continuity.breaks.push(found(amounts)),
                Held::Explained(amounts) => continuity.explained.push(found(amounts)),
                Held::Unknown => continuity.unknown += 1,
                Held::Silent => {}
            }
        }
        continuity
    }
}
