//! Emphasis that Japanese prose can rely on.
//!
//! CommonMark decides by spaces and punctuation whether `**` opens or closes, so in a script without spaces
//! `**「鍵」**となる` stays literal. This pass finds the delimiters it would misread and sets a word joiner between
//! them and the punctuation; [`strip`] takes the joiners out of the text again. Word joiners of the author's own are
//! dropped on the way: fonts lack them, and no output needs them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::width::is_wide;

const JOINER: char = '\u{2060}';

/// The text without word joiners.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    if text.contains(JOINER) { Cow::Owned(text.replace(JOINER, "")) } else { Cow::Borrowed(text) }
}

/// The Markdown with joiners where CommonMark needs them, and nowhere else.
pub(super) fn join(markdown: &str) -> Cow<'_, str> {
    let clean = strip(markdown);
    let all = 0..clean.len();
    if insertions(&clean, &|_| true, all.clone()).is_empty() {
        return clean;
    }
    let prose = prose(&clean);
    let places = insertions(&clean, &|at| prose.get(at).copied().unwrap_or(false), all);
    let mut out = String::with_capacity(clean.len() + places.len() * JOINER.len_utf8());
    let mut from = 0;
    for place in places {
        out.push_str(&clean[from..place]);
        out.push(JOINER);
        from = place;
    }
    out.push_str(&clean[from..]);
    Cow::Owned(out)
}

/// Which bytes belong to running text: not to code, targets of links, bullets, or anything else with a meaning of its
/// own. The structure does not depend on emphasis, so a first reading without joiners tells it.
fn prose(markdown: &str) -> Vec<bool> {
    let mut mask = vec![false; markdown.len()];
    let mut paint = |range: Range<usize>, value: bool| {
        if let Some(bytes) = mask.get_mut(range) {
            bytes.fill(value);
        }
    };
    // Inside a span or a leaf block everything is painted already; painting it again would be quadratic.
    let mut inside = 0usize;
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut links: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, super::read::options()).into_offset_iter() {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::TableCell
                | Tag::DefinitionListTitle
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough,
            ) => {
                if inside == 0 {
                    paint(range, true);
                }
                inside += 1;
            }
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                if inside == 0 {
                    paint(range.clone(), true);
                }
                inside += 1;
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    hidden.push(range.clone());
                }
                links.push(range.start);
            }
            Event::End(tag) => match tag {
                pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image => {
                    inside = inside.saturating_sub(1);
                    // Links end with `](target)` or `][label]`, which the children do not reach.
                    let content = links.pop().unwrap_or(range.start).max(range.start);
                    hidden.push(content.min(range.end)..range.end);
                    if let Some(outer) = links.last_mut() {
                        *outer = range.end;
                    }
                }
                pulldown_cmark::TagEnd::Paragraph
                | pulldown_cmark::TagEnd::Heading(_)
                | pulldown_cmark::TagEnd::TableCell
                | pulldown_cmark::TagEnd::DefinitionListTitle
                | pulldown_cmark::TagEnd::Emphasis
                | pulldown_cmark::TagEnd::Strong
                | pulldown_cmark::TagEnd::Strikethrough => {
                    inside = inside.saturating_sub(1);
                    if let Some(link) = links.last_mut() {
                        *link = range.end;
                    }
                }
                _ => {}
            },
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => {
                if inside == 0 {
                    paint(range.clone(), true);
                }
                if let Some(link) = links.last_mut() {
                    *link = range.end;
                }
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) | Event::FootnoteReference(_) => {
                if let Some(link) = links.last_mut() {
                    *link = range.end;
                }
                hidden.push(range);
            }
            Event::Start(Tag::CodeBlock(_)) => hidden.push(range),
            _ => {}
        }
    }
    for range in hidden {
        if let Some(bytes) = mask.get_mut(range) {
            bytes.fill(false);
        }
    }
    mask
}

/// Where joiners belong, as ascending byte offsets.
fn insertions(text: &str, is_prose: &dyn Fn(usize) -> bool, within: Range<usize>) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let delimiter = bytes[at];
        if delimiter == b'\\' {
            // The escaped character is literal; if it is not ASCII, its bytes cannot be taken for a delimiter.
            at += 2;
            continue;
        }
        if !matches!(delimiter, b'*' | b'~') || !is_prose(at) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| **byte == delimiter).count();
        if delimiter == b'*' || end - at == 2 {
            let before = text[..at].chars().rev().find(|c| !is_selector(*c));
            let after = text[end..].chars().next();
            if let (Some(before), Some(after)) = (before, after) {
                if misread_opening(before, after) {
                    places.push(end);
                } else if misread_opening(after, before) {
                    places.push(at);
                }
            }
        }
        at = end;
    }
    places
}

/// Whether a delimiter between a letter outside and a mark inside belongs to Japanese, and CommonMark would not let
/// it open (or, with the sides exchanged, close).
fn misread_opening(outside: char, inside: char) -> bool {
    let letter = !outside.is_whitespace() && !is_mark(outside);
    letter && is_mark(inside) && (is_wide(outside) || is_wide(inside))
}

/// Punctuation and symbols. Letters in circles and squares are alphabetic to Unicode, and symbols to CommonMark.
fn is_mark(character: char) -> bool {
    let enclosed = matches!(
        character,
        'Ⓐ'..='ⓩ' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}'
    );
    (enclosed || !character.is_alphanumeric()) && !character.is_whitespace() && !is_selector(character)
}

/// Characters that modify the one before: variation selectors and the combining sound marks.
fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{3099}' | '\u{309a}')
}
