//! W0414: a year is not last year's file with another year in it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lineage::{Following, Held, Lineage, Place};
use crate::model::{Amount, Money};
use crate::notation::Notation;

/// More lines of a chapter than these are told together.
const APART: usize = 3;

/// A line, and the same line at a stage of its last year.
type Pair<'a> = (Place<'a>, Place<'a>);

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut files: BTreeMap<_, Vec<Pair<'_>>> = BTreeMap::new();
    let (mut new, mut ended) = (BTreeMap::new(), BTreeMap::new());
    for following in lineage.later_ones() {
        let (Some(&now), Some(rows)) = (following.later.first(), following.earlier.first()) else {
            continue;
        };
        let file = now.rollup.request.file;
        if let Some(pair) = not_new(&following)
            && !matches!(following.held(), Held::Agree | Held::Broken(_))
        {
            new.entry(file).or_insert_with(Vec::new).push(pair);
        }
        if !following.group.link.is_one_line() {
            continue;
        }
        let pairs = || rows.iter().map(|&before| (now, before));
        let is_ended = |place: &Place<'_>| place.row.line.requested.money.value == Money::Ended;
        if let Some(pair) = pairs().find(|pair| is_ended(&pair.0) && is_ended(&pair.1)) {
            ended.entry(file).or_insert_with(Vec::new).push(pair);
        }
        for pair in pairs() {
            // The file of the same stage first: it is the one that is copied as a rule.
            let is_other = pair.1.time().1 != now.time().1;
            let from = (file, is_other, pair.1.rollup.request.file);
            files.entry(from).or_default().push(pair);
        }
    }
    let mut told = None;
    for ((file, ..), pairs) in &files {
        if let Some(finding) = unchanged(pairs).filter(|_| told != Some(file)) {
            told = Some(file);
            findings.push(finding);
        }
    }
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

/// A line that is called 新規, and an earlier one that it follows from, new itself or with an amount asked for.
fn not_new<'a>(following: &Following<'_, 'a>) -> Option<Pair<'a>> {
    let is_new = |place: &&Place<'_>| place.row.line.prior.money.value == Money::New;
    let now = following.later.iter().find(is_new)?;
    let rows = || following.earlier.iter().copied().flatten();
    let asks = |place: &&Place<'_>| {
        let money = place.row.requested_money();
        money.is_open() || money.amount().is_some_and(|amount| !amount.is_zero())
    };
    rows().find(is_new).or_else(|| rows().find(asks)).map(|before| (*now, *before))
}

/// Lines with the same word twice, or with one that last year's file denies.
fn running(pairs: &[Pair<'_>], word: &str, help: &str) -> Vec<Diagnostic> {
    let span = |place: &Place<'_>| match word {
        "新規" => place.row.line.prior.money.span,
        _ => place.row.line.requested.money.span,
    };
    let one = |(now, before): &Pair<'_>, what: String, subject: String| {
        let year = Notation::new(now.rollup.request.lang).fiscal_year(before.time().0);
        let is_twice = word == "終了" || before.row.line.prior.money.value == Money::New;
        let when = match now.time().0.prior() == before.time().0 {
            true if is_twice => " two years running".to_owned(),
            false if is_twice => format!(" again after {year}"),
            _ => format!(", and was asked for in {year}"),
        };
        Diagnostic::new("W0414", span(now), format!("{what} {word}{when}"))
            .here("this year")
            .also(if is_twice { span(before) } else { before.row.line.requested.money.span }, year)
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
    // A request may well be what was enacted; only of the last year at the same stage is that odd by itself.
    let is_next = now.time().1 == before.time().1 && now.time().0.prior() == before.time().0;
    if (all < 2 || !is_next) && !is_copy {
        return None;
    }
    let request = now.rollup.request;
    let (id, year) = (&request.line.id.value, Notation::new(request.lang).fiscal_year(before.time().0));
    let what = if now.time().1 == before.time().1 { "fiscal year" } else { "fiscal year and the stage" };
    let message = match is_copy {
        true => format!(
            "nothing changed in the amounts of `{id}` since {year} but the {what}: all {all} lines are the same"
        ),
        false => format!("all {all} lines of `{id}` ask for the same as in {year}"),
    };
    Some(
        Diagnostic::new("W0414", request.fiscal_year.span, message)
            .also(before.rollup.request.fiscal_year.span, year)
            .about(id)
            .help("is it a copy of that file? then bring its `requested` and `prior` amounts up to date; if they are right, accept the warning on the chapter"),
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
