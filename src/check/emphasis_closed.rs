//! W0604: emphasis that begins in a paragraph ends in it.

use super::prose::{Paragraph, paragraphs};
use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in line.texts.iter().filter(|prose| prose.is_markdown) {
            for paragraph in paragraphs(prose) {
                let marks = marks(&paragraph);
                let Some(last) = marks.last().filter(|_| marks.len() % 2 == 1) else {
                    continue;
                };
                let count = marks.len();
                let message = match count {
                    1 => "a `**` has no partner in its paragraph".to_owned(),
                    _ => format!("a paragraph has {count} `**`, so one of them has no partner"),
                };
                findings.push(
                    Diagnostic::new("W0604", prose.place(&(*last..last + 2)), message)
                        .here(if count == 1 { "" } else { "the last of them" })
                        .about(&line.id.value)
                        .help("add the one that is missing; emphasis ends with its paragraph or list item. A real `**` is written `\\*\\*`"),
                );
            }
        }
    }
}

/// The places of `**`. A run of three is strong and light emphasis at once, a run of four an end and a beginning, and one between
/// digits a sign.
fn marks(paragraph: &Paragraph) -> Vec<usize> {
    let is_rule = paragraph.iter().all(|(_, found)| matches!(found, '*' | ' ' | '\n'));
    if is_rule {
        return Vec::new();
    }
    let is_digit = |place: Option<usize>| {
        place.and_then(|place| paragraph.get(place)).is_some_and(|(_, found)| found.is_numeric())
    };
    let mut marks = Vec::new();
    let mut place = 0;
    while let Some((at, found)) = paragraph.get(place) {
        let length = paragraph
            .iter()
            .skip(place)
            .zip(*at..)
            .take_while(|((at, found), next)| *found == '*' && at == next)
            .count();
        if *found == '*' && !(is_digit(place.checked_sub(1)) && is_digit(Some(place + length))) {
            marks.extend((0..length / 2).map(|pair| at + 2 * pair));
        }
        place += length.max(1);
    }
    marks
}
