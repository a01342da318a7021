//! E0410: a crosswalk leads from lines that were there to lines that are there, in the way its kind says.

use std::collections::BTreeSet;

use super::years::{Years, is_unread};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Crosswalk, CrosswalkKind, Id};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::Spanned;

pub(super) fn check(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for rollup in rollups {
        let own = &rollup.request.line.id.value;
        let ids: BTreeSet<&str> = ids_of(rollup);
        for entry in &rollup.request.crosswalk {
            if let Some((message, help)) = contradiction(entry, own) {
                findings.push(Diagnostic::new("E0410", entry.span, message).help(help));
                continue;
            }
            if !is_unread(rollup) {
                let message = |id: &str| format!("`to` names `{id}`, and this chapter has no such line");
                unknown(&entry.to, &ids, message, findings);
            }
            still_here(rollup, entry, findings);
        }
    }
    for years in Years::adjacent(rollups) {
        for entry in &years.now.request.crosswalk {
            let Some(before) = years.before(entry) else {
                continue;
            };
            if !is_unread(before.rollup) {
                let chapter = &before.rollup.request.line.id.value;
                let message = |id: &str| {
                    format!("`from` names `{id}`, and last year's file of `{chapter}` has no such line")
                };
                unknown(&entry.from, &ids_of(before.rollup), message, findings);
            }
        }
    }
}

fn ids_of<'r>(rollup: &Rollup<'r>) -> BTreeSet<&'r str> {
    let ids = rollup.rows.iter().map(|row| &row.line.id.value);
    ids.filter(|id| !id.is_stand_in()).map(Id::as_str).collect()
}

fn unknown(
    named: &[Spanned<Id>],
    known: &BTreeSet<&str>,
    message: impl Fn(&str) -> String,
    findings: &mut Vec<Diagnostic>,
) {
    for id in named {
        let name = id.value.as_str();
        if known.contains(name) {
            continue;
        }
        let known: Vec<&str> = known.iter().copied().collect();
        let help = match nearest(name, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`from` names lines of last year's file, `to` lines of this one, by their ids".to_owned(),
        };
        findings.push(Diagnostic::new("E0410", id.span, message(name)).help(help));
    }
}

/// Reports a line that is said to have become others and is here as before, with a prior amount of its own: its money would be
/// counted twice.
fn still_here(rollup: &Rollup<'_>, entry: &Crosswalk, findings: &mut Vec<Diagnostic>) {
    let own = &rollup.request.line.id.value;
    if entry.kind == CrosswalkKind::Restated || entry.chapter_before(own) != own {
        return;
    }
    let follows = |id: &Id| {
        let mut entries = rollup.request.crosswalk.iter();
        entries.any(|entry| entry.to.iter().any(|to| to.value == *id))
    };
    for from in entry.from.iter().filter(|from| !follows(&from.value)) {
        let here = rollup.rows.iter().find(|row| row.line.id.value == from.value);
        let Some((line, prior)) = here.and_then(|row| Some((row.line, row.line.prior.money.value.amount()?)))
        else {
            continue;
        };
        if prior.is_zero() {
            continue;
        }
        let id = &from.value;
        let notation = Notation::new(rollup.request.lang);
        findings.push(
            Diagnostic::new("E0410", from.span, format!("`{id}` is said to be {} and is still here, with a prior amount of its own", entry.kind.slug()))
                .also(line.prior.money.span, format!("prior {}", notation.amount(&prior)))
                .help(format!("if a part of it stays, name it in `to`, too (`kind: split`); otherwise take `{id}` or its prior amount out")),
        );
    }
}

/// What an entry says against its kind, and what to do about it.
pub(crate) fn contradiction(entry: &Crosswalk, own: &Id) -> Option<(String, &'static str)> {
    use CrosswalkKind as Kind;
    let (from, to) = (entry.from.len(), entry.to.len());
    for (key, ids) in [("from", &entry.from), ("to", &entry.to)] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = ids.iter().find(|id| !seen.insert(&id.value)) {
            return Some((format!("`{key}` names `{}` twice", twice.value), "name each line once"));
        }
    }
    let several = "several lines that became several others: write one entry for each step (entries that share a line are compared together), or `kind: restated` (組替え)";
    let (is_right, needs, help) = match entry.kind {
        Kind::Renamed => (
            from == 1 && to == 1,
            "one line in `from` and one in `to`",
            "write `kind: merged` (統合) for several that became one, `kind: split` (分割) for one that became several",
        ),
        Kind::Merged if from >= 2 => (to == 1, "one line in `to`", several),
        Kind::Merged => (
            false,
            "two lines or more in `from`",
            "name every line that went into it; for one alone write `kind: renamed` (名称変更)",
        ),
        Kind::Split if to >= 2 => (from == 1, "one line in `from`", several),
        Kind::Split => (
            false,
            "two lines or more in `to`",
            "name every line that came of it, one that kept its id included; for one alone write `kind: renamed` (名称変更)",
        ),
        Kind::Moved => (
            from > 0 && to > 0 && entry.chapter.as_ref().is_some_and(|from| from.value != *own),
            "`from`, `to` and another chapter in `chapter`",
            "add `chapter: …`, the id that last year's chapter has; inside one chapter write `kind: renamed` (名称変更)",
        ),
        Kind::Restated => {
            (to > 0, "at least one line in `to`", "name the lines that cannot be compared with last year's")
        }
    };
    (!is_right).then(|| (format!("a `{}` entry needs {needs}", entry.kind.slug()), help))
}
