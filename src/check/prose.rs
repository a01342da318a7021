//! What the rules on wording have in common: paragraphs, and one finding for all occurrences of one thing in a line.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Wish};
use crate::markdown::{Fences, begins_block};
use crate::model::{Line, Prose};
use crate::source::Span;

/// The characters of a paragraph outside code, with their places in the text.
pub(super) type Paragraph = Vec<(usize, char)>;

/// Where something occurs in the texts of one budget line.
#[derive(Clone, Debug)]
pub(super) struct Occurrences {
    /// The first place.
    pub(super) first: Span,
    /// All places.
    pub(super) places: Vec<Span>,
}

impl Occurrences {
    /// Says how often something occurs, where that is more than once.
    pub(super) fn told(&self, finding: Diagnostic, line: &Line) -> Diagnostic {
        match self.places.len() {
            1 => finding,
            count => finding.note(format!("it occurs {count} times in `{}`", line.id.value)),
        }
    }

    /// Says what is to stand everywhere instead.
    pub(super) fn replaced(
        self,
        finding: Diagnostic,
        from: impl ToString,
        to: impl ToString,
        is_certain: bool,
    ) -> Diagnostic {
        let (from, to) = (from.to_string(), to.to_string());
        finding.wish(Wish::Word { places: self.places, from, to, is_certain })
    }
}

/// What a search finds in the texts of a line, each thing once, in the order of its first place.
pub(super) fn occurrences<T: Ord>(
    line: &Line,
    find: impl Fn(&Prose) -> Vec<(Range<usize>, T)>,
) -> Vec<(T, Occurrences)> {
    let mut found: BTreeMap<T, Occurrences> = BTreeMap::new();
    for prose in &line.texts {
        for (range, thing) in find(prose) {
            let first = prose.place(&range);
            found
                .entry(thing)
                .and_modify(|occurrences| occurrences.places.push(first))
                .or_insert(Occurrences { first, places: vec![first] });
        }
    }
    let mut found: Vec<(T, Occurrences)> = found.into_iter().collect();
    found.sort_by_key(|(_, occurrences)| occurrences.first);
    found
}

/// The paragraphs of a text: list items, headings and rows of tables are paragraphs of their own.
pub(super) fn paragraphs(prose: &Prose) -> Vec<Paragraph> {
    if !prose.is_markdown {
        return vec![prose.text.char_indices().collect()];
    }
    let mut paragraphs: Vec<Paragraph> = vec![Vec::new()];
    for (start, line) in lines(&prose.text) {
        let shown = line.map(str::trim).unwrap_or_default();
        if shown.is_empty() || begins_block(shown) {
            paragraphs.push(Vec::new());
        }
        if let (Some(line), Some(paragraph)) = (line, paragraphs.last_mut()) {
            paragraph.extend(line.char_indices().map(|(at, found)| (start + at, found)));
        }
        if shown.starts_with('#') {
            paragraphs.push(Vec::new());
        }
    }
    paragraphs
        .iter()
        .map(|paragraph| without_code(paragraph))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// The lines of a text with their places; `None` stands for a line of code between fences, and for these.
pub(super) fn lines(text: &str) -> Vec<(usize, Option<&str>)> {
    let (mut fences, mut start, mut lines) = (Fences::default(), 0, Vec::new());
    for line in text.split_inclusive('\n') {
        lines.push((start, Some(line).filter(|_| !fences.hold(line))));
        start += line.len();
    }
    lines
}

/// A paragraph without `code` and escaped characters.
fn without_code(paragraph: &[(usize, char)]) -> Paragraph {
    let ticks = |at: usize| paragraph.iter().skip(at).take_while(|(_, found)| *found == '`').count();
    let mut kept = Vec::with_capacity(paragraph.len());
    let mut at = 0;
    while let Some(&(place, found)) = paragraph.get(at) {
        if found == '\\' {
            at += 2;
            continue;
        }
        let length = ticks(at);
        if length == 0 {
            kept.push((place, found));
            at += 1;
            continue;
        }
        let mut end = at + length;
        while end < paragraph.len() && ticks(end) != length {
            end += ticks(end).max(1);
        }
        at = if end < paragraph.len() { end + length } else { at + length };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn read(text: &str) -> Vec<String> {
        let file = SourceMap::default().add("a.yaml", text);
        let span = Span { file, start: 0, end: text.len() };
        let prose = Prose::new(text.to_owned(), true, text, span);
        let shown = |paragraph: Paragraph| paragraph.into_iter().map(|(_, c)| c).collect();
        let shown = paragraphs(&prose).into_iter().map(shown);
        shown.map(|text: String| text.trim().to_owned()).collect()
    }

    #[test]
    fn items_headings_and_blank_lines_part_paragraphs() {
        let text = "一\n二\n\n- 三\n  四\n- 五\n## 六\n七\n1. 八";
        assert_eq!(read(text), ["一\n二", "", "- 三\n  四", "- 五", "## 六", "七", "1. 八"]);
    }

    #[test]
    fn code_and_escaped_characters_are_left_out() {
        assert_eq!(read("前`**`後\\*\\*末"), ["前後末"]);
        assert_eq!(read("前\n```\n** 「\n```\n後"), ["前", "後"]);
        assert_eq!(read("``a`b``甲`開いたまま"), ["甲開いたまま"]);
    }
}
