//! E0416: what was enacted for a line in a year, and what was added to it, is one figure each, whichever files of that year state it.

use std::collections::BTreeSet;

use super::names;
use crate::diagnostic::Diagnostic;
use crate::lineage::{ENACTED, Lineage, SUPPLEMENTARY, disagreeing};
use crate::model::{Amount, Money, Stage};
use crate::notation::Notation;
use crate::source::Spanned;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    // Parts come after the line that is their sum, and a sum says nothing that they do not.
    for line in lineage.all_lines().iter().rev() {
        for kind in [ENACTED, SUPPLEMENTARY] {
            let Some((place, [one, other])) = line.rows.first().zip(disagreeing(&line.rows, kind)) else {
                continue;
            };
            let amounts = || one.iter().chain(&other).map(|amount| amount.span);
            if amounts().any(|span| told.contains(&span)) {
                continue;
            }
            told.extend(amounts());
            let notation = Notation::new(place.rollup.request.lang);
            let year = notation.fiscal_year(place.time().0);
            let line = names(std::iter::once(place.row.line));
            findings.extend(twice(&format!("{line} in {year}"), kind.0, (&one, &other), &notation));
        }
    }
}

fn twice(
    what: &str,
    stage: Stage,
    (one, other): (&[Spanned<Amount>], &[Spanned<Amount>]),
    notation: &Notation,
) -> Option<Diagnostic> {
    let sum = |amounts: &[Spanned<Amount>]| match amounts {
        [] => notation.money(&Money::Ended),
        _ => {
            let sum = Amount::sum(amounts.iter().map(|amount| amount.value)).ok().flatten();
            sum.map_or_else(String::new, |sum| notation.amount(&sum))
        }
    };
    let (done, help) = match stage {
        Stage::Enacted => (
            "enacted for",
            "correct one of the two: what a file of `stage: enacted` requests, and what `enacted` says in any file of the year, are the initial budget",
        ),
        _ => (
            "added to the budget of",
            "correct one of the two: what a file of `stage: supplementary` requests, and what `supplementary` says in any file of the year, are all that supplementary budgets added",
        ),
    };
    let message = format!("two amounts are said to be {done} {what}: {} and {}", sum(one), sum(other));
    let mut places = other.iter().chain(one);
    let said = |amount: &Spanned<Amount>| notation.amount(&amount.value);
    let first = places.next()?;
    let finding = Diagnostic::new("E0416", first.span, message).here(said(first));
    let finding = places.fold(finding, |finding, amount| finding.also(amount.span, said(amount)));
    Some(finding.help(help))
}
