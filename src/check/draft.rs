//! W0307: what is submitted is no draft: no amount is 未定, and no prior amount is only what was requested.

use crate::diagnostic::Diagnostic;
use crate::model::Basis;
use crate::rollup::Rollup;
use crate::source::Span;

/// How many places of a chapter are shown.
const SHOWN: usize = 5;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let places: Vec<Span> = rollup.rows.iter().flat_map(|row| row.line.drafts()).collect();
    let Some((first, others)) = places.split_first() else { return };
    let asked = rollup.rows.iter().filter(|row| row.line.prior.basis == Basis::Requested).count();
    let texts = rollup.rows.iter().flat_map(|row| row.line.unwritten()).count();
    let id = &rollup.request.line.id.value;
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 amount is {one}")),
        _ => Some(format!("{count} amounts are {many}")),
    };
    let what = [
        counted(places.len() - asked - texts, "undecided", "undecided"),
        counted(asked, "what was requested last year", "what was requested last year"),
    ];
    let texts = match texts {
        0 => None,
        1 => Some("1 text is to be written".to_owned()),
        _ => Some(format!("{texts} texts are to be written")),
    };
    let what = what.into_iter().flatten().chain(texts).collect::<Vec<_>>().join(", ");
    let finding = Diagnostic::new("W0307", *first, format!("`{id}` is a draft: {what}"))
        .about(id)
        .help("put the amounts in, and write the notes whose text is `…`; where last year's budget is enacted, write it under `prior` without `basis: requested`");
    let shown = others.iter().take(SHOWN);
    let finding = shown.fold(finding, |finding, span| finding.also(*span, "and here"));
    let more = others.len().saturating_sub(SHOWN);
    findings.push(if more == 0 { finding } else { finding.note(format!("and in {more} more places")) });
}
