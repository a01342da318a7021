//! W0411: a line of last year that is gone is accounted for, where this year has a line that may be what became of it.

use std::collections::BTreeSet;

use super::prior_enacted::may_be_same;
use super::years::{Years, is_unread, requests};
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Line};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

/// How many lines of a year the notes show.
const SHOWN: usize = 5;

pub(super) fn check(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::adjacent(rollups) {
        let gone = gone(&years, rollups);
        let come = come(&years);
        let (Some((lost, lost_amount)), Some((found, prior))) = (gone.first(), come.first()) else {
            continue;
        };
        let notation = Notation::new(years.now.request.lang);
        let chapter = &years.now.request.line.id.value;
        let message = match gone.len() {
            1 => format!(
                "`{}` of last year's `{chapter}` is not here, and nothing says what became of it",
                lost.id.value
            ),
            many => {
                format!(
                    "{many} lines of last year's `{chapter}` are not here, and nothing says what became of them"
                )
            }
        };
        let mut finding = Diagnostic::new("W0411", found.id.span, message)
            .here(format!("not there last year, with a prior amount of {}", notation.amount(prior)))
            .also(lost.id.span, format!("last year, {}", notation.amount(lost_amount)))
            .about(chapter);
        for (when, lines) in [("last year only", &gone), ("this year only", &come)] {
            if lines.len() < 2 {
                continue;
            }
            let mut shown: Vec<String> = lines
                .iter()
                .take(SHOWN)
                .map(|(line, amount)| format!("`{}` {}", line.id.value, notation.amount(amount)))
                .collect();
            if lines.len() > SHOWN {
                shown.push(format!("and {} more", lines.len() - SHOWN));
            }
            finding = finding.note(format!("{when}: {}", shown.join(", ")));
        }
        findings.push(finding.help(format!(
            "was `{}` renamed, merged or split? add to the chapter: `crosswalk: [{}]`; a program that is over stays one year more, with `requested: 終了`",
            lost.id.value,
            entry(&gone, &come)
        )));
    }
}

/// Last year's lines with money that are not here, have not ended and are in no crosswalk.
fn gone<'r>(years: &Years<'_, 'r>, rollups: &[Rollup<'r>]) -> Vec<(&'r Line, Amount)> {
    let request = years.now.request;
    let Some(own) = years.own() else {
        return Vec::new();
    };
    if is_unread(years.now) || is_unread(own.rollup) {
        return Vec::new();
    }
    let chapter = &request.line.id.value;
    let mut explained: BTreeSet<&str> = years.now.rows.iter().map(|row| row.line.id.value.as_str()).collect();
    for other in requests(rollups)
        .map(|rollup| rollup.request)
        .filter(|other| other.fiscal_year.value == request.fiscal_year.value)
    {
        for entry in &other.crosswalk {
            if entry.chapter_before(&other.line.id.value) == chapter {
                explained.extend(entry.from.iter().map(|from| from.value.as_str()));
            }
        }
    }
    let has_ended = |row: &Row<'_>| {
        let period = row.program.and_then(|program| program.period.as_ref());
        period.and_then(|period| period.to.as_ref()).is_some_and(|to| to.value < request.fiscal_year.value)
    };
    topmost(&own.rollup.rows, |row| {
        let is_gone = !explained.contains(row.line.id.value.as_str()) && !has_ended(row);
        budget(row.line).filter(|_| is_gone)
    })
}

/// This year's lines with a prior amount that were not there last year and are in no crosswalk.
fn come<'r>(years: &Years<'_, 'r>) -> Vec<(&'r Line, Amount)> {
    let Some(own) = years.own() else {
        return Vec::new();
    };
    let request = years.now.request;
    let mut explained: BTreeSet<&str> = own.lines.keys().copied().collect();
    for entry in &request.crosswalk {
        explained.extend(entry.to.iter().map(|to| to.value.as_str()));
    }
    topmost(&years.now.rows, |row| {
        let is_new = !explained.contains(row.line.id.value.as_str());
        row.line.prior.money.value.amount().filter(|_| is_new)
    })
}

/// The lines below the chapter that have an amount other than zero; the parts of such a line are in it.
fn topmost<'r>(rows: &[Row<'r>], amount: impl Fn(&Row<'r>) -> Option<Amount>) -> Vec<(&'r Line, Amount)> {
    let mut found = Vec::new();
    let mut above = None;
    for row in rows.iter().skip(1) {
        if above.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        above = None;
        if let Some(amount) = amount(row).filter(|amount| !amount.is_zero()) {
            above = Some(row.depth);
            found.push((row.line, amount));
        }
    }
    found
}

/// What a line had in its year: what was enacted, or requested where that is not known.
fn budget(line: &Line) -> Option<Amount> {
    match line.enacted {
        Some(enacted) => Some(enacted.value),
        None => line.requested.money.value.amount(),
    }
}

/// The likeliest entry: a line of the same amount, otherwise what the numbers of lines suggest.
fn entry(gone: &[(&Line, Amount)], come: &[(&Line, Amount)]) -> String {
    let pair = come.iter().find_map(|(to, prior)| {
        let same = |(_, amount): &&(&Line, Amount)| may_be_same(&[*prior], &[*amount]);
        gone.iter().find(same).map(|(from, _)| (*from, *to))
    });
    if let Some((from, to)) = pair {
        return format!("{{kind: renamed, from: {}, to: {}}}", from.id.value, to.id.value);
    }
    let kind = match (gone.len(), come.len()) {
        (1, 1) => "renamed",
        (_, 1) => "merged",
        (1, _) => "split",
        _ => "restated",
    };
    format!("{{kind: {kind}, from: {}, to: {}}}", ids(gone), ids(come))
}

fn ids(lines: &[(&Line, Amount)]) -> String {
    let ids: Vec<&str> = lines.iter().take(SHOWN).map(|(line, _)| line.id.value.as_str()).collect();
    match ids.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("[{}]", many.join(", ")),
    }
}
