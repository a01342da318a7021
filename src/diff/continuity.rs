//! Whether what the new side calls last year's amount is what the old side says that year had.

use super::change::{LineChange, Member, Relation};
use crate::check::may_be_same;
use crate::model::{Amount, Basis, Money, Request, Stage};

/// Prior amounts of the new side held against the old side. Empty unless the new side's year follows the old side's.
#[derive(Clone, Debug, Default)]
pub struct Continuity<'a> {
    /// The lines where the two differ by more than rounding explains.
    pub breaks: Vec<Break<'a>>,
    /// How many lines agree.
    pub agree: usize,
    /// How many lines have a prior amount whose counterpart does not say what was enacted.
    pub unknown: usize,
}

/// A prior amount that is not what the old side says.
#[derive(Clone, Debug)]
pub struct Break<'a> {
    /// The lines of the old side.
    pub old: Vec<Member<'a>>,
    /// The lines of the new side.
    pub new: Vec<Member<'a>>,
    /// What the old side says was budgeted.
    pub budgeted: Amount,
    /// What the new side says was budgeted; `None` where it says that there was nothing (新規).
    pub prior: Option<Amount>,
    /// The prior amount less the budgeted one.
    pub difference: Amount,
    /// Which figure the prior amount claims to be. Another than [`Basis::Initial`] explains a difference.
    pub basis: Basis,
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
            continuity.hold(line);
        }
        continuity
    }

    fn hold(&mut self, line: &LineChange<'a>) {
        let priors = line.new.iter().filter_map(|member| match member.row.prior_money() {
            Money::Known(amount) => Some(Some(amount)),
            Money::New => Some(None),
            _ => None,
        });
        let priors: Vec<Option<Amount>> = priors.collect();
        if priors.is_empty() || priors.len() < line.new.len() {
            return;
        }
        let budgeted = line.old.iter().map(|member| budgeted(*member));
        let Some(budgeted) = budgeted.collect::<Option<Vec<Amount>>>() else {
            self.unknown += 1;
            return;
        };
        let priors: Vec<Amount> = priors.into_iter().flatten().collect();
        if may_be_same(&priors, &budgeted) {
            self.agree += 1;
            return;
        }
        let bases = line.new.iter().map(|member| &member.row.line.prior);
        let basis = bases
            .map(|prior| match prior.with.is_empty() {
                true => prior.basis,
                false => Basis::Combined,
            })
            .find(|basis| *basis != Basis::Initial)
            .unwrap_or_default();
        let sum = |amounts: Vec<Amount>| Amount::sum(amounts).ok().flatten();
        let (prior, Some(budgeted)) = (sum(priors), sum(budgeted)) else {
            return;
        };
        let difference = match prior {
            Some(prior) => prior.checked_sub(budgeted).ok(),
            None => Some(budgeted.negated()),
        };
        if let Some(difference) = difference {
            self.breaks.push(Break {
                old: line.old.clone(),
                new: line.new.clone(),
                budgeted,
                prior,
                difference,
                basis,
            });
        }
    }
}

/// What a line had in its year, where the file says so.
fn budgeted(member: Member<'_>) -> Option<Amount> {
    let row = member.row;
    match (row.enacted.amount, member.chapter.stage) {
        (Some(enacted), _) => Some(enacted),
        (None, Stage::Enacted) => row.requested.amount,
        (None, _) => None,
    }
}
