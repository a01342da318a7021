//! How Markdown is read: what it may hold beyond CommonMark, and what an author's text leaves open, a block of code or of HTML without an end
//! that would take with it whatever a sheet says behind the text.

mod misread;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

pub(crate) use misread::{Misread, misread, own_mark};

/// Tables, footnotes, alerts, definition lists, struck words, and the attributes by which a template marks a heading.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_STRIKETHROUGH
}

/// What a text leaves open, with the place where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unended {
    Code(Range<usize>),
    Html(usize),
}

/// How often a text is read again after one of its beginnings was taken for text.
const ATTEMPTS: usize = 8;

/// The last block of a text, where nothing in it ends that block.
pub(crate) fn unended(markdown: &str) -> Option<Unended> {
    if !markdown.contains(['<', '~', '`']) {
        return None;
    }
    // Whatever can end has ended where a paragraph of its own stands below.
    let probe = format!("{markdown}\n\nx");
    let mut left = None;
    for (event, range) in Parser::new_ext(&probe, options()).into_offset_iter() {
        left = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) if range.end == probe.len() => {
                let begins =
                    marks(probe.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default());
                Some(Unended::Code(range.start..range.start + begins.map_or(0, str::len)))
            }
            Event::Start(Tag::HtmlBlock) if range.end == probe.len() => Some(Unended::Html(range.start)),
            _ => continue,
        };
    }
    left
}

/// The Markdown with an end for its last block of code, and with a backslash before HTML that nothing ends: HTML is text, and so is what follows
/// it.
pub(crate) fn ended(markdown: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(markdown);
    for attempt in 0.. {
        match unended(&text) {
            None => break,
            Some(Unended::Code(fence)) => {
                let marks = text.get(fence).unwrap_or_default().to_owned();
                text.to_mut().push('\n');
                text.to_mut().push_str(&marks);
                break;
            }
            Some(Unended::Html(at)) if attempt < ATTEMPTS => {
                let at = at + text.get(at..).unwrap_or_default().find('<').unwrap_or_default();
                text.to_mut().insert(at, '\\');
            }
            Some(Unended::Html(at)) => {
                let (before, after) = text.split_at(at);
                text = Cow::Owned(format!("{before}{}", after.replace('<', "&lt;")));
                break;
            }
        }
    }
    text
}

/// Whether a line begins a block of its own, whatever stands before it.
pub(crate) fn begins_block(line: &str) -> bool {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        after_number.len() < line.len() && (after_number.starts_with(". ") || after_number.starts_with(") "));
    is_numbered || ["- ", "* ", "+ ", "#", "|", ">", "[^"].iter().any(|mark| line.starts_with(mark))
}

/// Blocks of code between fences, as the lines of a text are read one after another.
#[derive(Default)]
pub(crate) struct Fences<'t> {
    open: Option<&'t str>,
}

impl<'t> Fences<'t> {
    /// Whether the next line is code.
    pub(crate) fn are_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the next line belongs to a block of code, as its fences do.
    pub(crate) fn hold(&mut self, line: &'t str) -> bool {
        let line = line.trim();
        match (self.open, marks(line)) {
            (None, marks) => self.open = marks,
            (Some(opened), Some(marks)) if marks == line && marks.starts_with(opened) => {
                self.open = None;
                return true;
            }
            _ => {}
        }
        self.are_open()
    }
}

/// The marks with which a line begins or ends a block of code. Code within a line ends in that line.
fn marks(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let marks = line.get(..line.len() - rest.len()).filter(|marks| marks.len() >= 3)?;
    (mark == '~' || !rest.contains('`')).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::{Fences, ended};

    #[test]
    fn a_block_of_code_ends_where_its_own_marks_stand_alone() {
        let text = "~~~~ md\n```\n~~~\n~~~~ b\n  ~~~~~ \n本文\n```a``` b\n```\n~~~\n```";
        let mut fences = Fences::default();
        let held: String = text.lines().map(|line| if fences.hold(line) { 'c' } else { '-' }).collect();
        assert_eq!((held.as_str(), fences.are_open()), ("ccccc--ccc", false));
    }

    #[test]
    fn what_a_text_leaves_open_ends_with_it() {
        for (text, made) in [
            ("```\n閉じない", "```\n閉じない\n```"),
            ("~~~~ yaml\n```\n~~~", "~~~~ yaml\n```\n~~~\n~~~~"),
            ("本文\n\n<!-- メモ", "本文\n\n\\<!-- メモ"),
            ("<pre>\n\n<script>\n\n```\nx", "\\<pre>\n\n\\<script>\n\n```\nx\n```"),
            ("  <![CDATA[\n\n<?php", "  \\<![CDATA[\n\n\\<?php"),
        ] {
            assert_eq!(ended(text), made, "{text}");
        }
        for whole in [
            "```\n<pre>\n```",
            "<!-- a\n\nb -->\n\n本文",
            "- ```\n  中",
            "`a",
            "<div>\n本文",
            "<pre>a</pre>",
            "> <!--",
        ] {
            assert_eq!(ended(whole), whole, "{whole}");
        }
        let many = "<!--\n\n".repeat(40);
        assert!(super::unended(&ended(&many)).is_none());
    }
}
