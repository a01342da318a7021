//! Whether what a line calls last year's amount is what that year's file says.

use super::{Link, Place};
use crate::model::{Amount, Basis, Interval, Line, Money, Rounding, Stage};
use crate::rollup::{Rollup, Row};
use crate::source::Spanned;

/// Where files state the initial budget.
pub(crate) const ENACTED: Recorded = (Stage::Enacted, |line| line.enacted);

/// Where files state what supplementary budgets added.
pub(crate) const SUPPLEMENTARY: Recorded = (Stage::Supplementary, |line| line.supplementary);

/// A figure of a year: the stage whose files request it, and what files of other stages state beside their own.
type Recorded = (Stage, fn(&Line) -> Option<Spanned<Amount>>);

/// How the prior amounts of lines stand to the budget of the lines that they follow from.
#[derive(Clone, Debug)]
pub enum Held {
    /// They agree, within rounding.
    Agree,
    /// They do not.
    Broken(Break),
    /// They do not, and are said to be another figure, or rearranged: that explains it.
    Explained(Break),
    /// What was enacted is not known.
    Unknown,
    /// No such amounts are stated.
    Silent,
}

/// A prior amount that is not what was enacted.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Break {
    /// What this year says was budgeted, as it is written; nothing where it says that there was nothing (新規).
    #[serde(skip)]
    pub priors: Vec<Amount>,
    /// What last year's file says was enacted, as it is written.
    #[serde(skip)]
    pub budgeted: Vec<Spanned<Amount>>,
    /// The sum of what was enacted.
    #[serde(rename = "budgeted")]
    pub budget: Amount,
    /// The sum of the prior amounts; `None` where there is none at all.
    pub prior: Option<Amount>,
    /// The one less the other.
    pub difference: Amount,
    /// Which figure the prior amounts claim to be.
    pub basis: Basis,
    /// What `budgeted` is: the enacted budget, or where that is not known, what was added to it or settled.
    pub stage: Stage,
}

/// Holds the prior amounts of later lines against the budget of the earlier ones, each given with its rows at all stages.
pub(super) fn held(link: Link, later: &[Place<'_>], earlier: &[&[Place<'_>]]) -> Held {
    let is_stated = later.iter().any(|place| place.row.line.prior.money.value.is_stated())
        || earlier.iter().copied().flatten().any(|place| recorded(place.rollup, place.row.line).is_some());
    if !is_stated {
        // Both are the sums of parts, and those are held against each other.
        return Held::Silent;
    }
    let priors = later.iter().map(|place| amounts(place.rollup, place.row, &|line| Some(line.prior.money)));
    let Some(priors) = priors.collect::<Option<Vec<Vec<Spanned<Amount>>>>>() else {
        return Held::Silent;
    };
    if earlier.iter().any(|rows| disagreeing(rows, ENACTED).is_some()) {
        // Which of them is right is to be settled first.
        return Held::Silent;
    }
    let (stage, budgeted) = match earlier.iter().map(|rows| initial(rows)).collect::<Option<Vec<_>>>() {
        Some(budgeted) => (Stage::Enacted, budgeted.into_iter().flatten().collect()),
        None if priors.iter().all(Vec::is_empty) => match spent(earlier) {
            Some(spent) => spent,
            None => return Held::Unknown,
        },
        None => return Held::Unknown,
    };
    let priors: Vec<Amount> = priors.iter().flatten().map(|amount| amount.value).collect();
    let budgets: Vec<Amount> = budgeted.iter().map(|amount: &Spanned<Amount>| amount.value).collect();
    let of_earlier = rules(earlier.iter().copied().flatten());
    if agree((&priors, rules(later.iter())), (&budgets, of_earlier)) {
        return Held::Agree;
    }
    let sum = |amounts: &[Amount]| Amount::sum(amounts.iter().copied()).ok().flatten();
    let prior = sum(&priors);
    // Where all that was enacted is that a line is over, it was nothing.
    let Some(budget) = sum(&budgets).or(prior.map(|prior| Amount::zero(prior.unit()))) else {
        return Held::Silent;
    };
    let difference = match prior {
        Some(prior) => prior.checked_sub(budget).ok(),
        None => Some(budget.negated()),
    };
    let Some(difference) = difference else {
        return Held::Silent;
    };
    let bases = later.iter().map(|place| &place.row.line.prior).map(|prior| match prior.with.is_empty() {
        true => prior.basis,
        false => Basis::Combined,
    });
    let stated = bases.clone().find(|basis| *basis != Basis::Initial);
    let basis = stated.or((link == Link::Restated).then_some(Basis::Restated)).unwrap_or_default();
    let found = Break { priors, budgeted, prior, budget, difference, basis, stage };
    match basis {
        Basis::Initial => Held::Broken(found),
        Basis::Revised | Basis::Restated | Basis::Combined | Basis::Requested => Held::Explained(found),
    }
}

/// A line's initial budget as its year's files write it, by the figure that each stage means; of a line that states none the amounts of
/// all its parts.
pub(crate) fn initial(rows: &[Place<'_>]) -> Option<Vec<Spanned<Amount>>> {
    rows.iter().find_map(|place| amounts(place.rollup, place.row, &|line| recorded(place.rollup, line)))
}

/// What a year's files state of a line beside what they ask for, such as its enacted budget; of a line that states none the amounts of all
/// its parts.
pub(crate) fn stated(
    rows: &[Place<'_>],
    of: fn(&Line) -> Option<Spanned<Amount>>,
) -> Option<Vec<Spanned<Amount>>> {
    let of = |line: &Line| of(line).map(|amount| amount.map(Money::Known));
    rows.iter().find_map(|place| amounts(place.rollup, place.row, &of))
}

/// Two statements of a line's figure that cannot both be right: of one file, or of those of several stages. The figure is that of a stage, which files also
/// state beside their own.
pub(crate) fn disagreeing(
    rows: &[Place<'_>],
    (stage, beside): Recorded,
) -> Option<[Vec<Spanned<Amount>>; 2]> {
    let stated = rows.iter().flat_map(|place| {
        let of = |of: &dyn Fn(&Line) -> Option<Spanned<Money>>| amounts(place.rollup, place.row, of);
        let is_own = place.rollup.request.stage == stage;
        let own = is_own.then(|| of(&|line| Some(line.requested.money))).flatten();
        let beside = of(&|line| beside(line).map(|amount| amount.map(Money::Known)));
        let rules = place.rollup.request.roundings();
        own.into_iter().chain(beside).map(move |amounts| (amounts, rules))
    });
    let stated: Vec<(Vec<Spanned<Amount>>, &[Rounding])> = stated.collect();
    let values = |one: &[Spanned<Amount>]| one.iter().map(|amount| amount.value).collect::<Vec<_>>();
    let ((first, rules), others) = stated.split_first()?;
    let is_other = |(other, other_rules): &&(Vec<Spanned<Amount>>, &[Rounding])| {
        !agree((&values(first), rules), (&values(other), other_rules))
    };
    let (other, _) = others.iter().find(is_other)?;
    Some([first.clone(), other.clone()])
}

/// What was added to the budgets of lines or settled, where it is more than nothing: then there was a program.
fn spent(earlier: &[&[Place<'_>]]) -> Option<(Stage, Vec<Spanned<Amount>>)> {
    let rows = || earlier.iter().copied().flatten();
    [Stage::Settled, Stage::Supplementary].into_iter().find_map(|stage| {
        let figures = rows().filter(|place| place.rollup.request.stage == stage);
        let figures = figures.filter_map(|place| match place.row.requested_money() {
            Money::Known(value) if !value.is_zero() => {
                Some(Spanned { value, span: place.row.line.requested.money.span })
            }
            _ => None,
        });
        let figures: Vec<Spanned<Amount>> = figures.collect();
        (!figures.is_empty()).then_some((stage, figures))
    })
}

/// What a file itself states as a line's initial budget.
fn recorded(rollup: &Rollup<'_>, line: &Line) -> Option<Spanned<Money>> {
    let own = Some(line.requested.money).filter(|money| money.value.is_stated());
    let own = own.filter(|_| rollup.request.stage == Stage::Enacted);
    line.enacted.map(|amount| amount.map(Money::Known)).or(own)
}

/// An amount of a line, or those that make it up where it states none and all its parts are listed. Each is known to its own last digit,
/// which their sum would not say.
fn amounts(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    of: &dyn Fn(&Line) -> Option<Spanned<Money>>,
) -> Option<Vec<Spanned<Amount>>> {
    match of(row.line).filter(|money| money.value.is_stated()) {
        Some(Spanned { value: Money::Known(amount), span }) => Some(vec![Spanned { value: amount, span }]),
        Some(Spanned { value: Money::New | Money::Ended, .. }) => Some(Vec::new()),
        Some(_) => None,
        None if row.line.is_complete() && !row.children.is_empty() => {
            let parts = rollup.children_of(row).filter(|part| part.line.is_addable());
            let parts = parts.map(|part| amounts(rollup, part, of));
            Some(parts.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
        }
        None => None,
    }
}

/// Whether the sums of two groups of printed amounts can stand for one exact amount, each under some rule of rounding. No amounts
/// at all are exactly nothing.
pub(crate) fn may_be_same(ones: &[Amount], others: &[Amount]) -> bool {
    agree((ones, &Rounding::ALL), (others, &Rounding::ALL))
}

/// The same where files say by which rules they may be rounded.
pub(super) fn agree(
    (ones, rules): (&[Amount], &[Rounding]),
    (others, other_rules): (&[Amount], &[Rounding]),
) -> bool {
    let Some(unit) = ones.iter().chain(others).next().map(|amount| amount.unit()) else {
        return true;
    };
    let possible = |amounts: &[Amount], rounding: Rounding| {
        let intervals = amounts.iter().map(|amount| amount.stated_interval(rounding));
        let sum = Interval::sum(intervals).ok()?;
        Some(sum.unwrap_or(Interval::exact(Amount::zero(unit))))
    };
    // Where nobody says by which rule, it is one for both, and single figures of as many digits are the same only where their digits are.
    let is_said = |rules: &[Rounding]| rules.len() == 1;
    let (both, none) = (is_said(rules) && is_said(other_rules), !is_said(rules) && !is_said(other_rules));
    if let ([one], [other]) = (ones, others)
        && !both
        && one.quantum_exponent() == other.quantum_exponent()
        && one.currency() == other.currency()
    {
        return one.same_value(*other);
    }
    let pairs = rules.iter().flat_map(|first| other_rules.iter().map(move |second| (*first, *second)));
    let mut pairs = pairs.filter(|(first, second)| !none || first == second);
    pairs.any(|(first, second)| match (possible(ones, first), possible(others, second)) {
        (Some(one), Some(other)) => one.intersects(other),
        // Amounts in several currencies have no sum, and that is another rule's.
        _ => true,
    })
}

/// The rules by which the files of some rows may round.
pub(super) fn rules<'r>(mut rows: impl Iterator<Item = &'r Place<'r>>) -> &'r [Rounding] {
    rows.find(|place| place.rollup.request.rounding.is_some())
        .map_or(&Rounding::ALL, |place| place.rollup.request.roundings())
}
