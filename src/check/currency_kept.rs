//! W0418: a chapter is in one currency, in its last year and at every stage.

use crate::diagnostic::Diagnostic;
use crate::lineage::Lineage;
use crate::notation::Notation;
use crate::rollup::Rollup;

pub(super) fn check(lineage: &Lineage<'_>, findings: &mut Vec<Diagnostic>) {
    for edition in lineage.editions() {
        let Some(first) = edition.files.first() else { continue };
        let before = lineage.before(edition, &first.request.line.id.value);
        let mut known = before.and_then(|before| before.files.last());
        for file in &edition.files {
            findings.extend(known.and_then(|known| otherwise(file, known)));
            known = Some(file);
        }
    }
}

fn otherwise(now: &Rollup<'_>, known: &Rollup<'_>) -> Option<Diagnostic> {
    let [(own, request), (other, before)] = [now, known].map(|it| (it.request.unit.currency(), it.request));
    let (id, notation) = (&request.line.id.value, Notation::new(request.lang));
    let year = notation.fiscal_year(before.fiscal_year.value);
    (own != other).then(|| {
        Diagnostic::new(
            "W0418",
            request.line.id.span,
            format!("`{id}` is in {own}, and its file of {year} in {other}"),
        )
        .also(before.line.id.span, other.to_string())
        .about(id)
        .note("amounts of two currencies are not held against each other, not added and not drawn to one scale")
        .help("if one `unit` is a slip, correct it; if the currency has changed, accept the warning on the chapter, with the reason")
    })
}
