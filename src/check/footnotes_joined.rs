//! W0607: a footnote and the mark that refers to it belong together; a footnote alone is printed nowhere, a mark alone as it is written.

use std::collections::HashSet;
use std::ops::Range;

use super::prose::paragraphs;
use crate::diagnostic::Diagnostic;
use crate::model::Prose;
use crate::rollup::Rollup;

/// `[^1]` in a text, or at the beginning of `[^1]: …`.
struct Mark {
    label: String,
    place: Range<usize>,
    is_footnote: bool,
    /// Whether a full-width colon makes a text of it.
    is_wide: bool,
}

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let texts: Vec<(&Prose, Vec<Mark>)> =
            row.line.texts.iter().filter(|text| text.is_markdown).map(|text| (text, marks(text))).collect();
        // A summary also stands alone, on the overview; and so does each text of a chapter.
        let summary = row.program.map(|program| program.summary.as_ref().map(|text| text.value.as_str()));
        let is_apart = |text: &Prose| summary.is_none_or(|summary| summary == Some(text.text.as_str()));
        let known = |marks: &mut dyn Iterator<Item = &Mark>| -> HashSet<(String, bool)> {
            marks.map(|mark| (mark.label.clone(), mark.is_footnote)).collect()
        };
        let joined = texts.iter().filter(|(text, _)| !is_apart(text));
        let joined = known(&mut joined.flat_map(|(_, marks)| marks));
        for (text, marks) in &texts {
            let own = is_apart(text).then(|| known(&mut marks.iter()));
            let beside = own.as_ref().unwrap_or(&joined);
            let has = |label: &str, is_footnote: bool| beside.contains(&(label.to_owned(), is_footnote));
            let mut written = HashSet::new();
            for mark in marks {
                let is_again = mark.is_footnote && !written.insert(&mark.label);
                let shown = text.text.get(mark.place.clone()).unwrap_or_default();
                let (message, help) = if mark.is_wide {
                    (
                        format!("the colon behind the footnote `{shown}` is a full-width one"),
                        format!("write an ordinary colon and a space, `{shown}: …`"),
                    )
                } else if is_again {
                    (
                        format!("the footnote `{shown}` is written twice"),
                        "give one of them another label, and a mark in the text; only the first is printed"
                            .to_owned(),
                    )
                } else if mark.is_footnote && !has(&mark.label, false) {
                    (
                        format!("nothing in the text refers to the footnote `{shown}`"),
                        format!(
                            "write `{shown}` where it belongs in the text, or take the footnote out: it is printed nowhere"
                        ),
                    )
                } else if !mark.is_footnote && !has(&mark.label, true) {
                    (
                        format!("`{shown}` refers to no footnote"),
                        format!(
                            "write the footnote on a line of its own in the same text, `{shown}: …`, or take the mark out"
                        ),
                    )
                } else {
                    continue;
                };
                findings.push(
                    Diagnostic::new("W0607", text.place(&mark.place), message)
                        .about(&row.line.id.value)
                        .help(help),
                );
            }
        }
    }
}

fn marks(text: &Prose) -> Vec<Mark> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let letter = |at: usize| paragraph.get(at).map(|(_, letter)| *letter);
        for at in 0..paragraph.len() {
            if letter(at) != Some('[') || letter(at + 1) != Some('^') {
                continue;
            }
            let is_label = |letter: &char| !letter.is_whitespace() && !matches!(letter, '[' | ']');
            let label = paragraph.iter().skip(at + 2).map(|(_, letter)| *letter).take_while(is_label);
            let label: String = label.collect();
            let end = at + 2 + label.chars().count();
            let (Some((start, _)), Some((last, ']'))) = (paragraph.get(at), paragraph.get(end)) else {
                continue;
            };
            let before = paragraph.iter().take(at).rev().map(|(_, letter)| *letter);
            let begins_line =
                before.take_while(|letter| *letter != '\n').all(|letter| matches!(letter, ' ' | '>'));
            if !label.is_empty() {
                found.push(Mark {
                    label: label.to_lowercase(),
                    place: *start..last + 1,
                    is_footnote: begins_line && matches!(letter(end + 1), Some(':' | '：')),
                    is_wide: begins_line && letter(end + 1) == Some('：'),
                });
            }
        }
    }
    found
}
