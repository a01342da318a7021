//! W0417: the years of a chapter follow each other as their names say.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lineage::Lineage;
use crate::notation::Notation;
use crate::rollup::Rollup;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    let mut chapters: BTreeMap<_, Vec<&Rollup<'_>>> = BTreeMap::new();
    for rollup in lineage.editions().iter().flat_map(|edition| &edition.files) {
        chapters.entry(&rollup.request.line.id.value).or_default().push(rollup);
    }
    for files in chapters.values_mut() {
        files.sort_by_key(|file| (file.request.fiscal_year.value, file.request.stage));
        findings.extend(files.windows(2).filter_map(|pair| match pair {
            [before, now] => apart(before, now),
            _ => None,
        }));
    }
}

/// The finding for two files one after the other whose calendars differ.
fn apart(before: &Rollup<'_>, now: &Rollup<'_>) -> Option<Diagnostic> {
    let (before, now) = (before.request, now.request);
    let months = before.calendar().later_by(now.calendar());
    if months == 0 {
        return None;
    }
    let notation = Notation::new(now.lang);
    let [earlier, later] = [before, now].map(|file| notation.fiscal_year(file.fiscal_year.value));
    let span = |file: &crate::model::Request| {
        let (first, last) = file.calendar().months(file.fiscal_year.value)?;
        Some(format!("from {} to {}", first.iso(), last.iso()))
    };
    let by = match months.unsigned_abs() {
        1 => "a month".to_owned(),
        several => format!("{several} months"),
    };
    let id = &now.line.id.value;
    let message = format!("the calendars of {earlier} and {later} of `{id}` differ by {by}");
    let consequence = match before.calendar().contradicts(now.calendar()) {
        true => {
            "a name means another year in each of them, so they are not compared, and neither is shown among the years of the other"
        }
        false => "the two are compared as the names say",
    };
    Some(
        Diagnostic::new("W0417", now.fiscal_year.span, message)
            .here(span(now)?)
            .also(before.fiscal_year.span, span(before)?)
            .about(id)
            .note(consequence)
            .help("say `fiscal_year_starts` and `fiscal_year_named_after` alike in both files, or once in `gaisan.yaml`; if the calendar was changed between the two, accept the warning on the chapter"),
    )
}
