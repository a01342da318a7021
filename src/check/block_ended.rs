//! W0609: a block of code or of HTML ends in the text in which it begins.

use crate::diagnostic::Diagnostic;
use crate::markdown::{Unended, unended};
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in line.texts.iter().filter(|prose| prose.is_markdown) {
            let (place, message, help) = match unended(&prose.text) {
                None => continue,
                Some(Unended::Code(marks)) => (
                    marks,
                    "a block of code has no end",
                    "write the same marks in a line of their own below it; where no code is meant, take them out",
                ),
                Some(Unended::Html(at)) => (
                    at..at + 1,
                    "a block of HTML has no end",
                    "HTML is printed as it is written; where it was to hide a remark, write a comment of YAML, `# …`, outside the text",
                ),
            };
            findings.push(
                Diagnostic::new("W0609", prose.place(&place), message).about(&line.id.value).help(help),
            );
        }
    }
}
