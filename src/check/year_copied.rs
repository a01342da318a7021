//! W0414: a year is not last year's file with another year in it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lineage::{Held, Lineage, Place};
use crate::model::{Amount, Money};
use crate::notation::Notation;

/// More lines of a chapter than these are told together.
const APART: usize = 3;

/// A line, and the same line last year at the same stage.
type Pair<'a> = (Place<'a>, Place<'a>);

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut chapters: BTreeMap<_, Vec<Pair<'_>>> = BTreeMap::new();
    let (mut new, mut ended) = (BTreeMap::new(), BTreeMap::new());
    for following in lineage.following().filter(|it| it.group.entries.is_empty()) {
        let (Some(&now), Some(rows)) = (following.later.first(), following.earlier.first()) else {
            continue;
        };
        let stage = now.time().1;
        let file = now.rollup.request.file;
        let Some(before) = rows.iter().copied().find(|place| place.time().1 == stage) else {
            continue;
        };
        let pair = (now, before);
        if twice(&pair, |place| place.row.line.prior.money.value == Money::New)
            && !matches!(following.held(), Held::Agree | Held::Broken(_))
        {
            new.entry(file).or_insert_with(Vec::new).push(pair);
        }
        if twice(&pair, |place| place.row.line.requested.money.value == Money::Ended) {
            ended.entry(file).or_insert_with(Vec::new).push(pair);
        }
        chapters.entry(file).or_default().push(pair);
    }
    findings.extend(chapters.values().filter_map(|pairs| unchanged(pairs)));
    let kinds = [
        (
            new,
            "新規",
            "was it granted? then write last year's amount in `prior`; was it asked for and not granted? then say `enacted: 0` in last year's file",
        ),
        (ended, "終了", "a line that is over stays for one year; take it out"),
    ];
    for (chapters, word, help) in kinds {
        for pairs in chapters.values() {
            findings.extend(running(pairs, word, help));
        }
    }
}

fn twice(pair: &Pair<'_>, is: impl Fn(&Place<'_>) -> bool) -> bool {
    is(&pair.0) && is(&pair.1)
}

/// Lines with the same word two years running.
fn running(pairs: &[Pair<'_>], word: &str, help: &str) -> Vec<Diagnostic> {
    let span = |place: &Place<'_>| match word {
        "新規" => place.row.line.prior.money.span,
        _ => place.row.line.requested.money.span,
    };
    let one = |(now, before): &Pair<'_>, what: String, subject: String| {
        let year = Notation::new(now.rollup.request.lang).fiscal_year(before.time().0);
        Diagnostic::new("W0414", span(now), format!("{what} {word} two years running"))
            .here("this year")
            .also(span(before), year)
            .about(subject)
            .help(help)
    };
    if pairs.len() <= APART {
        let apart = pairs.iter().map(|pair| {
            let id = &pair.0.row.line.id.value;
            one(pair, format!("`{id}` is"), id.to_string())
        });
        return apart.collect();
    }
    let chapter = |(now, _): &Pair<'_>| now.rollup.request.line.id.value.to_string();
    let together = pairs.first().map(|pair| {
        let shown = super::names(pairs.iter().take(APART).map(|(now, _)| now.row.line));
        let id = chapter(pair);
        let what = format!("{} lines of `{id}` are", pairs.len());
        one(pair, what, id).note(format!("{shown} and {} more", pairs.len() - APART))
    });
    together.into_iter().collect()
}

/// Says of a chapter that all its lines ask for what they asked for last year.
fn unchanged(pairs: &[Pair<'_>]) -> Option<Diagnostic> {
    let (now, before) = pairs.first()?;
    let ends = |place: &Place<'_>| place.rollup.rows.iter().filter(|row| row.children.is_empty()).count();
    let lines: Vec<&Pair<'_>> = pairs.iter().filter(|(now, _)| now.row.children.is_empty()).collect();
    let all = lines.len();
    let asked = |place: &Place<'_>| place.row.requested_money();
    let had = |place: &Place<'_>| place.row.prior_money();
    let is_same =
        |of: &dyn Fn(&Place<'_>) -> Money| lines.iter().all(|(now, before)| same(of(now), of(before)));
    let is_flat = || lines.iter().all(|(now, _)| same(asked(now), had(now)));
    let has_amount = lines.iter().any(|(now, _)| asked(now).amount().is_some());
    if all < ends(now) || all < ends(before) || !has_amount || !is_same(&asked) {
        return None;
    }
    let is_copy = is_same(&had) && !is_flat();
    if all < 2 && !is_copy {
        return None;
    }
    let request = now.rollup.request;
    let (id, year) = (&request.line.id.value, Notation::new(request.lang).fiscal_year(before.time().0));
    let message = match is_copy {
        true => format!(
            "nothing changed in the amounts of `{id}` since {year} but the fiscal year: all {all} lines are the same"
        ),
        false => format!("all {all} lines of `{id}` ask for the same as in {year}"),
    };
    Some(
        Diagnostic::new("W0414", request.fiscal_year.span, message)
            .also(before.rollup.request.fiscal_year.span, year)
            .about(id)
            .help("is it a copy of last year's file? then bring its `requested` and `prior` amounts up to date; if they are right, accept the warning on the chapter"),
    )
}

fn same(one: Money, other: Money) -> bool {
    let amounts: (Option<Amount>, Option<Amount>) = (one.amount(), other.amount());
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
        && match amounts {
            (Some(one), Some(other)) => one.same_value(other),
            _ => true,
        }
}
