//! E0514: a picture is a figure of its program, not a part of its text.

use std::collections::HashMap;
use std::ops::Range;

use super::prose::{Paragraph, paragraphs};
use crate::diagnostic::Diagnostic;
use crate::fault;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in line.texts.iter().filter(|prose| prose.is_markdown) {
            fault::asked_for_in_rule(prose.text.as_bytes());
            if !prose.text.contains("![") {
                continue;
            }
            let defined = definitions(&prose.text);
            for paragraph in paragraphs(prose) {
                findings.extend(pictures(&paragraph, &defined).into_iter().map(|(place, target)| {
                    let is_file = !target.is_empty() && !target.contains("://");
                    let image = if is_file { &target } else { "FILE" };
                    let written = prose.text.get(place.clone()).unwrap_or_default();
                    let named = if target.is_empty() { written } else { &target };
                    Diagnostic::new(
                        "E0514",
                        prose.place(&place),
                        format!("the picture `{named}` stands inside a text"),
                    )
                    .here("only its words would be printed")
                    .about(&line.id.value)
                    .help(format!(
                        "make it a figure of the program, `figures: [{{id: …, image: {image}, alt: …}}]`, with the file beside the YAML"
                    ))
                }));
            }
        }
    }
}

/// What the labels of a text lead to; of two definitions the first counts.
fn definitions(text: &str) -> HashMap<&str, &str> {
    text.lines().rev().filter_map(|line| line.trim().strip_prefix('[')?.split_once("]:")).collect()
}

/// The pictures of a paragraph, `![words](target)` or `![words][label]`, with their places in the text.
fn pictures(paragraph: &Paragraph, defined: &HashMap<&str, &str>) -> Vec<(Range<usize>, String)> {
    let characters: Vec<char> = paragraph.iter().map(|(_, found)| *found).collect();
    let is_picture = |at: usize| characters.get(at..at + 2) == Some(&['!', '[']);
    // Up to the next picture: each character is looked at for one of them.
    let until = |from: usize, close: char| {
        (from..characters.len())
            .take_while(|at| !is_picture(*at))
            .find(|at| characters.get(*at) == Some(&close))
    };
    let text = |range: Range<usize>| -> String { characters.get(range).unwrap_or_default().iter().collect() };
    let mut found = Vec::new();
    for at in (0..characters.len()).filter(|at| is_picture(*at)) {
        let Some(words) = until(at + 2, ']') else { continue };
        let (end, target) = match characters.get(words + 1) {
            Some('(') => (until(words + 2, ')'), 1),
            Some('[') => (until(words + 2, ']'), 2),
            _ => (Some(words), 0),
        };
        let Some(end) = end else { continue };
        let inside = text(words + 2..end);
        let label = if target == 0 || inside.is_empty() { text(at + 2..words) } else { inside.clone() };
        let defined = || defined.get(label.as_str()).copied();
        let target = match target {
            1 => Some(inside.split_whitespace().next().unwrap_or_default().to_owned()),
            // `![^1]` is a mark of exclamation before a footnote.
            _ if label.starts_with('^') => None,
            // Behind `![words][label]` a picture was meant, whatever the label leads to.
            2 => Some(defined().unwrap_or_default().trim().to_owned()),
            _ => defined().map(|target| target.trim().to_owned()),
        };
        let bytes = |at: usize| paragraph.get(at).map_or(0, |(byte, _)| *byte);
        found.extend(target.map(|target| (bytes(at)..bytes(end) + 1, target)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_definitions_of_a_label_the_first_counts() {
        let defined = definitions("[a]: one.png\n  [b]: two.png\n[a]: three.png");
        assert_eq!((defined.get("a"), defined.get("b")), (Some(&" one.png"), Some(&" two.png")));
    }
}
