//! E0416: what was enacted for a line in a year is one figure, whichever files of that year state it.

use super::names;
use crate::diagnostic::Diagnostic;
use crate::lineage::{Lineage, disagreeing};
use crate::model::{Amount, Money};
use crate::notation::Notation;
use crate::source::Spanned;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for line in lineage.all_lines() {
        if let Some((place, [one, other])) = line.rows.first().zip(disagreeing(&line.rows)) {
            let notation = Notation::new(place.rollup.request.lang);
            let year = notation.fiscal_year(place.time().0);
            let line = names(std::iter::once(place.row.line));
            findings.extend(twice(&format!("{line} in {year}"), (&one, &other), &notation));
        }
    }
}

fn twice(
    what: &str,
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
    let message = format!("two amounts are said to be enacted for {what}: {} and {}", sum(one), sum(other));
    let mut places = other.iter().chain(one);
    let said = |amount: &Spanned<Amount>| notation.amount(&amount.value);
    let first = places.next()?;
    let finding = Diagnostic::new("E0416", first.span, message).here(said(first));
    let finding = places.fold(finding, |finding, amount| finding.also(amount.span, said(amount)));
    Some(finding.help(
        "correct one of the two: what a file of `stage: enacted` requests, and what `enacted` says in any file of the year, are the initial budget",
    ))
}
