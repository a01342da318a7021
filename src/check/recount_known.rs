//! E0512: the line in which a 再掲 is counted is one of the chapter's, where it is named by an id.

use super::known::Known;
use crate::diagnostic::Diagnostic;
use crate::model::{Id, NoteKind};
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    if rollup.is_unread() {
        return;
    }
    let lines = || rollup.rows.iter().map(|row| row.line);
    let known = Known::of(lines().map(|line| (line.id.value.as_str(), line.title.as_str())));
    for line in lines() {
        for note in &line.notes {
            let NoteKind::Recount { of: Some(of), .. } = &note.kind else {
                continue;
            };
            // Anything else is the name of something outside the chapter, in words.
            let is_id = Id::parse(of).is_ok() && of.bytes().any(|byte| byte.is_ascii_lowercase());
            if !is_id || known.has(of) || rollup.request.named.contains_key(of) {
                continue;
            }
            let message = format!(
                "`{}` is said to be counted in `{of}`, and the chapter has no such line",
                line.id.value
            );
            let finding = Diagnostic::new("E0512", note.span, message);
            let otherwise = "name a line by its id, or something outside the chapter in words";
            known.misnamed(finding, (of, note.span), otherwise, findings);
        }
    }
}
