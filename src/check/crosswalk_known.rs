//! E0410: a crosswalk leads from lines that were there to lines that are there, in the way its kind says. W0412: what it leads from is in
//! the files that were read.

use std::collections::BTreeSet;

use super::known::{Known, MOST};
use crate::diagnostic::Diagnostic;
use crate::lineage::{Edition, Lineage, contradiction, still_here};
use crate::model::{Crosswalk, Id, Line};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::Spanned;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for edition in lineage.editions() {
        for rollup in &edition.files {
            let own = &rollup.request.line.id.value;
            let ids: BTreeSet<&str> = ids_of(rollup);
            let crosswalk: Vec<&Crosswalk> = rollup.request.crosswalk.iter().collect();
            for entry in &rollup.request.crosswalk {
                if let Some((message, help)) = contradiction(entry, own) {
                    findings.push(Diagnostic::new("E0410", entry.span, message).help(help));
                    continue;
                }
                if !rollup.is_unread() {
                    let finding = |id: &Spanned<Id>| {
                        let message = format!("`to` names `{}`, and this chapter has no such line", id.value);
                        Diagnostic::new("E0410", id.span, message)
                    };
                    let missing = entry.to.iter().filter(|id| !ids.contains(id.value.as_str()));
                    unknown(missing.map(|id| (id, finding(id))), || ids.iter().copied().collect(), findings);
                }
                if let Some(before) = lineage.before(edition, entry.chapter_before(own))
                    && edition.year.prior() == before.year
                {
                    let file = format!("last year's file of `{}`", entry.chapter_before(own));
                    not_before(
                        |id, message| Diagnostic::new("E0410", id.span, message),
                        entry,
                        (before, &file),
                        findings,
                    );
                }
                still(rollup, entry, &crosswalk, findings);
            }
        }
    }
}

/// Nobody can say whether an entry is right whose `from` is in no file that was read, where others were read.
pub(super) fn check_read(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for edition in lineage.editions() {
        for rollup in &edition.files {
            let own = &rollup.request.line.id.value;
            let crosswalk = &rollup.request.crosswalk;
            let mut sources = crosswalk.iter().map(|entry| entry.chapter_before(own)).chain([own]);
            let is_alone = !sources.any(|chapter| lineage.before(edition, chapter).is_some());
            for entry in crosswalk.iter().filter(|entry| !is_alone && contradiction(entry, own).is_none()) {
                let chapter = entry.chapter_before(own);
                match (lineage.before(edition, chapter), &entry.chapter) {
                    (Some(before), _) if before.year != edition.year.prior() => {
                        let year = Notation::new(rollup.request.lang).fiscal_year(before.year);
                        let file = format!("the last earlier file of `{chapter}` that was read, of {year},");
                        let finding =
                            |id: &Spanned<Id>, message| Diagnostic::new("W0412", id.span, message).about(own);
                        not_before(finding, entry, (before, &file), findings);
                    }
                    (None, Some(named)) => {
                        let message =
                            format!("the crosswalk leads to `{chapter}`, and no earlier file of it was read");
                        let help = "correct the id, or read last year's file of that chapter in the same run; until then the entry is not used";
                        findings.push(Diagnostic::new("W0412", named.span, message).about(own).help(help));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The lines that an entry comes from and that the last earlier file of their chapter does not have.
fn not_before(
    finding: impl Fn(&Spanned<Id>, String) -> Diagnostic,
    entry: &Crosswalk,
    (before, file): (&Edition<'_>, &str),
    findings: &mut Vec<Diagnostic>,
) {
    let is_there = |id: &Spanned<Id>| before.has(&id.value);
    // A rearranged line that names no other one follows from itself.
    let (key, from) = if entry.from.is_empty() { ("to", &entry.to) } else { ("from", &entry.from) };
    let is_all_there = from.iter().all(is_there) || key == "to" && from.iter().any(is_there);
    if is_all_there || before.files.iter().any(|file| file.is_unread()) {
        return;
    }
    let missing = from.iter().filter(|id| !before.has(&id.value)).map(|id| {
        let message = format!("`{key}` names `{}`, and {file} has no such line", id.value);
        (id, finding(id, message))
    });
    unknown(missing, || before.ids().collect(), findings);
}

fn ids_of<'r>(rollup: &Rollup<'r>) -> BTreeSet<&'r str> {
    let ids = rollup.rows.iter().map(|row| &row.line.id.value);
    ids.filter(|id| !id.is_stand_in()).map(Id::as_str).collect()
}

fn unknown<'n, 'k>(
    missing: impl Iterator<Item = (&'n Spanned<Id>, Diagnostic)>,
    ids: impl Fn() -> BTreeSet<&'k str>,
    findings: &mut Vec<Diagnostic>,
) {
    for (id, finding) in missing {
        let ids = if findings.len() < MOST { ids() } else { BTreeSet::new() };
        let otherwise = "name in `from` lines of last year's file, in `to` lines of this one, by their ids";
        let known = Known::of(ids.into_iter().map(|id| (id, "")));
        known.misnamed(finding, (id.value.as_str(), id.span), otherwise, findings);
    }
}

/// Reports a line that is said to have become others and is here as before, with a prior amount of its own.
fn still(rollup: &Rollup<'_>, entry: &Crosswalk, crosswalk: &[&Crosswalk], findings: &mut Vec<Diagnostic>) {
    let own = &rollup.request.line.id.value;
    let here = |id: &Id| rollup.rows.iter().map(|row| row.line).find(|line| line.id.value == *id);
    for from in still_here(entry, own, crosswalk, |id| here(id).is_some_and(Line::has_prior)) {
        let Some(prior) = here(&from.value).map(|line| &line.prior.money) else { continue };
        let (id, notation) = (&from.value, Notation::new(rollup.request.lang));
        findings.push(
            Diagnostic::new("E0410", from.span, format!("`{id}` is said to be {} and is still here, with a prior amount of its own", entry.kind.slug()))
                .also(prior.span, format!("prior {}", notation.money(&prior.value)))
                .help(format!("if a part of it stays, name it in `to`, too (`kind: split`); otherwise take `{id}` or its prior amount out")),
        );
    }
}
