//! Emphasis that Japanese prose can rely on.
//!
//! CommonMark decides by spaces and punctuation whether `**` opens or closes, so in a script without spaces
//! `**「鍵」**となる` stays literal. This pass finds the delimiters it would misread and sets a word joiner between
//! them and the punctuation; cleaning takes the joiners out of the text again. And it finds those that are no delimiters: the stars of
//! products (`2*3*4`) and footnote marks (`単価*1`), the tilde of a range (`5~10`) and the underscores of names (`__init__`), and sets a
//! backslash before them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::references;
use super::stars::{self, Run};
use super::underlined;
use crate::markdown::options;
use crate::script::is_wide;
use crate::source::cleaned;

pub(super) const JOINER: &str = "\u{2060}";

/// The Markdown with joiners and backslashes where CommonMark needs them, and nowhere else.
pub(super) fn join(markdown: &str) -> Cow<'_, str> {
    let clean = references::shown(underlined::guarded(with_guards(markdown)));
    if !runs(&clean, &[]).iter().any(|run| run.may_be_literal() || joint(run).is_some()) {
        return clean;
    }
    let prose = prose(&clean);
    let mut out = String::with_capacity(clean.len() + 64);
    let mut from = 0;
    for (place, inserted) in insertions(&clean, &prose) {
        out.push_str(clean.get(from..place).unwrap_or_default());
        out.push_str(inserted);
        from = place;
    }
    out.push_str(clean.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Words that Markdown's marks hold to whatever stands beside them: a word joiner keeps punctuation at their ends from undoing the marks.
pub(crate) fn guarded(words: &str) -> String {
    let joiner = |end: Option<char>| if end.is_some_and(is_mark) { JOINER } else { "" };
    format!("{}{words}{}", joiner(words.chars().next()), joiner(words.chars().next_back()))
}

/// Cleaned text in which the joiners inside of double marks are left.
fn with_guards(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains(JOINER) {
        return cleaned(markdown);
    }
    let marks =
        |text: &str, is_mark: fn(&str, &str) -> bool| ["**", "~~"].iter().any(|mark| is_mark(text, mark));
    let mut clean = String::with_capacity(markdown.len());
    for (number, piece) in markdown.split(JOINER).enumerate() {
        if number > 0
            && (marks(&clean, |text, mark| text.ends_with(mark))
                || marks(piece, |text, mark| text.starts_with(mark)))
        {
            clean.push_str(JOINER);
        }
        clean.push_str(&cleaned(piece));
    }
    Cow::Owned(clean)
}

/// What a byte of Markdown belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Running text.
    Prose,
    /// Code or the target of a link within running text.
    Hidden,
    /// What has a meaning of its own between texts: bullets, borders of cells, ends of paragraphs.
    Between,
}

/// Paints which bytes are what, reading on through the events of a text.
struct Painter {
    mask: Vec<Part>,
    /// How many spans or leaf blocks are open. Inside one everything is painted already; painting again would be quadratic.
    inside: usize,
    hidden: Vec<Range<usize>>,
    /// Where the content of each open link or picture ends so far.
    links: Vec<usize>,
}

impl Painter {
    fn paint(&mut self, range: Range<usize>, part: Part) {
        if let Some(bytes) = self.mask.get_mut(range) {
            bytes.fill(part);
        }
    }

    fn open(&mut self, range: Range<usize>) {
        if self.inside == 0 {
            self.paint(range, Part::Prose);
        }
        self.inside += 1;
    }

    /// The content of an open link reaches at least here.
    fn reach(&mut self, end: usize) {
        if let Some(link) = self.links.last_mut() {
            *link = end;
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) if is_running(&tag.to_end()) => self.open(range),
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.hidden.push(range.clone());
                }
                self.links.push(range.start);
                self.open(range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.inside = self.inside.saturating_sub(1);
                // Links end with `](target)` or `][label]`, which the children do not reach.
                let content = self.links.pop().unwrap_or(range.start).max(range.start);
                self.hidden.push(content.min(range.end)..range.end);
                self.reach(range.end);
            }
            Event::End(tag) if is_running(tag) => {
                self.inside = self.inside.saturating_sub(1);
                self.reach(range.end);
            }
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => {
                if self.inside == 0 {
                    self.paint(range.clone(), Part::Prose);
                }
                self.reach(range.end);
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) | Event::FootnoteReference(_) => {
                self.reach(range.end);
                self.hidden.push(range);
            }
            Event::Start(Tag::CodeBlock(_)) => self.hidden.push(range),
            _ => {}
        }
    }
}

/// Whether a span or block holds running text.
fn is_running(tag: &TagEnd) -> bool {
    use TagEnd::{DefinitionListTitle, Emphasis, Heading, Paragraph, Strikethrough, Strong, TableCell};
    matches!(
        tag,
        Paragraph | Heading(_) | TableCell | DefinitionListTitle | Emphasis | Strong | Strikethrough
    )
}

/// Which bytes belong to running text: not to code, targets of links, bullets, or anything else with a meaning of its
/// own. The structure does not depend on emphasis, so a first reading without joiners tells it.
pub(super) fn prose(markdown: &str) -> Vec<Part> {
    let mask = vec![Part::Between; markdown.len()];
    let mut painter = Painter { mask, inside: 0, hidden: Vec::new(), links: Vec::new() };
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        painter.event(&event, range);
    }
    for range in std::mem::take(&mut painter.hidden) {
        painter.paint(range, Part::Hidden);
    }
    painter.mask
}

/// What belongs before which bytes, in their order.
fn insertions(text: &str, mask: &[Part]) -> Vec<(usize, &'static str)> {
    let runs = runs(text, mask);
    let literal = stars::literal(text, &runs);
    let mut places = Vec::new();
    for (run, is_literal) in runs.iter().zip(literal) {
        if is_literal {
            places.extend((run.at..run.end).map(|at| (at, "\\")));
        } else {
            places.extend(joint(run).map(|at| (at, JOINER)));
        }
    }
    places
}

/// Where a run needs a joiner.
fn joint(run: &Run) -> Option<usize> {
    let (before, after) = run
        .before
        .zip(run.after)
        .filter(|_| run.delimiter == b'*' || run.delimiter == b'~' && run.length() == 2)?;
    if misread_opening(before, after) {
        return Some(run.end);
    }
    misread_opening(after, before).then_some(run.at)
}

/// The runs of stars, tildes and underscores in running text that are not escaped; without a mask everything is running text.
fn runs(text: &str, mask: &[Part]) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    let (mut text_number, mut sentence, mut counted) = (0, 0, 0);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let part = mask.get(at).copied().unwrap_or(Part::Prose);
        if part == Part::Between {
            text_number = at;
        }
        if byte == b'\\' {
            // The escaped character is literal; if it is not ASCII, its bytes cannot be taken for a delimiter.
            at += 2;
            continue;
        }
        if !matches!(byte, b'*' | b'~' | b'_') || part != Part::Prose {
            at += 1;
            continue;
        }
        let end = at + bytes.iter().skip(at).take_while(|other| **other == byte).count();
        let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let (before, after) = (before.chars().rev().find(|c| !is_selector(*c)), rest.chars().next());
        // Within a word an underscore is never a delimiter.
        if byte == b'_' && [before, after].iter().all(|beside| beside.is_some_and(char::is_alphanumeric)) {
            at = end;
            continue;
        }
        sentence += text.get(counted..at).unwrap_or_default().matches('。').count();
        counted = at;
        runs.push(Run {
            sentence,
            at,
            end,
            delimiter: byte,
            before,
            after,
            is_legend: stars::is_legend(rest),
            text: text_number,
        });
        at = end;
    }
    runs
}

/// Whether a delimiter between a letter outside and a mark inside belongs to Japanese, and CommonMark would not let
/// it open (or, with the sides exchanged, close). Neither stands between a letter and a comma.
fn misread_opening(outside: char, inside: char) -> bool {
    let letter = !outside.is_whitespace() && !is_mark(outside);
    letter && is_mark(inside) && !matches!(inside, '、' | '，') && (is_wide(outside) || is_wide(inside))
}

/// Punctuation and symbols. Letters in circles and squares are alphabetic to Unicode, and symbols to CommonMark.
pub(crate) fn is_mark(character: char) -> bool {
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
