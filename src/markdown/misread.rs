//! What an author writes in a text as other programs have it, and Markdown takes for something else: items of a list behind marks of their
//! own, rows of a table without a line of dashes, a rule that makes a heading of the line above it, HTML, indented text.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{Unended, options, unended};
use crate::source::line_start;

/// What Markdown makes of a place where something else was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// The lines of a list, which become one paragraph: their places.
    Items(Vec<Range<usize>>),
    /// The rows of a table, which become one paragraph: how many cells the first has.
    Rows(usize),
    /// A line of dashes below a text, which makes a heading of it.
    Heading,
    /// HTML, which is printed as it is written: the name of the element; none of a comment.
    Html(String),
    /// Lines that are indented, which are printed as code.
    Code,
    /// The marks of a heading with no blank behind them, or in full width, which are printed as they are.
    Hashes,
    /// An item of a list that is indented with full-width blanks, and becomes a part of the line above it.
    Indent,
    /// Stars in full width around words, which are printed as they are.
    Stars,
    /// An address without `https://`, which leads nowhere.
    Address,
}

/// The elements of HTML that authors write.
const ELEMENTS: &[&str] = &[
    "a", "b", "big", "blockquote", "br", "center", "code", "dd", "del", "div", "dl", "dt", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u",
    "ul",
];

/// What a text holds of these, each element of HTML once.
pub(crate) fn misread(markdown: &str) -> Vec<(Range<usize>, Misread)> {
    let mut found: Vec<(Range<usize>, Misread)> = Vec::new();
    let mut elements = BTreeSet::new();
    let open = LazyCell::new(|| match unended(markdown) {
        Some(Unended::Html(at)) => at,
        _ => markdown.len(),
    });
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        let written = markdown.get(range.clone()).unwrap_or_default();
        match event {
            Event::SoftBreak => joined(markdown, &range, &mut found),
            Event::Start(Tag::Heading { .. }) => {
                let written = written.trim_end();
                let last = line_start(written, written.len());
                let line = written.get(last..).unwrap_or_default();
                if last > 0 && line.trim_start_matches(['>', ' ']).bytes().all(|byte| byte == b'-') {
                    found.push((range.start + last..range.start + written.len(), Misread::Heading));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let line = written.lines().next().unwrap_or_default().trim_end();
                found.push((range.start..range.start + line.len(), Misread::Code));
            }
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with("www.") => {
                let at = written.find(&*dest_url).map(|at| range.start + at);
                found.extend(at.map(|at| (at..at + dest_url.len(), Misread::Address)));
            }
            Event::Text(_) => marks(markdown, &range, &mut found),
            Event::Html(_) | Event::InlineHtml(_) if range.start < *open => {
                for (at, _) in written.match_indices('<') {
                    let tag = written.get(at..).unwrap_or_default();
                    let end = tag.find('>').map_or(tag.len(), |end| end + 1);
                    let name = tag.trim_start_matches(['<', '/']);
                    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                    let name = name.to_ascii_lowercase();
                    // `A<B>C` compares.
                    let is_letter = name.len() == 1 && tag.get(1..2).is_some_and(|c| c != name);
                    let is_known = ELEMENTS.contains(&name.as_str()) && !is_letter;
                    let is_meant = is_known || tag.starts_with("<!--");
                    if is_meant && elements.insert(name.clone()) {
                        found.push((range.start + at..range.start + at + end, Misread::Html(name)));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Takes note of marks that are none to Markdown: at the beginning of a line and around words.
fn marks(markdown: &str, range: &Range<usize>, found: &mut Vec<(Range<usize>, Misread)>) {
    let text = markdown.get(range.clone()).unwrap_or_default();
    let begins_line = || {
        let before = markdown.get(..range.start).and_then(|before| before.rsplit('\n').next());
        before.unwrap_or_default().trim().is_empty()
    };
    let bare = text.trim_start_matches(['#', '＃']);
    let hashes = text.get(..text.len() - bare.len()).unwrap_or_default();
    let is_wide = hashes.contains('＃');
    // `#1` is a number, one sign alone a word of the web, and a row of them a cell that is too narrow.
    let least = 2 - usize::from(is_wide);
    let is_heading =
        (least..4).contains(&hashes.chars().count()) && !bare.starts_with(|c: char| c.is_ascii_digit());
    if is_heading && !bare.trim().is_empty() && begins_line() {
        found.push((range.start..range.start + hashes.len(), Misread::Hashes));
    }
    let pairs: Vec<usize> = text.match_indices("＊＊").map(|(at, _)| at).collect();
    if let [first, .., last] = pairs.as_slice() {
        found.push((range.start + first..range.start + last + "＊＊".len(), Misread::Stars));
    }
}

/// Takes note of two lines that become one, where each was to be one of its own.
fn joined(markdown: &str, end: &Range<usize>, found: &mut Vec<(Range<usize>, Misread)>) {
    let start = line_start(markdown, end.start);
    let next = markdown
        .get(end.start..)
        .and_then(|rest| rest.find('\n'))
        .map_or(markdown.len(), |at| end.start + at + 1);
    let length = markdown.get(next..).and_then(|rest| rest.find('\n'));
    let (before, after) = (start..end.start, next..length.map_or(markdown.len(), |length| next + length));
    let [above, below] = [&before, &after].map(|line| markdown.get(line.clone()).unwrap_or_default());
    if cells(above).is_some() && cells(below).is_some() {
        match found.last_mut() {
            Some((row, Misread::Rows(_))) if row.end == before.end => row.end = after.end,
            _ => found.push((before.start..after.end, Misread::Rows(cells(above).unwrap_or_default()))),
        }
    } else if let wide @ 1.. = below.len() - below.trim_start_matches([' ', '\u{3000}']).len()
        && below.get(..wide).is_some_and(|blank| blank.contains('\u{3000}'))
        && below.get(wide..).is_some_and(|item| item.starts_with("- "))
    {
        found.push((after.start..after.start + wide, Misread::Indent));
    } else if own_mark(below).is_some() {
        let is_item = |line: &str| own_mark(line.trim_start().strip_prefix("- ").unwrap_or(line)).is_some();
        match found.last_mut() {
            Some((place, Misread::Items(lines))) if place.end == before.end => {
                place.end = after.end;
                lines.push(after);
            }
            _ if is_item(above) => found.push((before.start..after.end, Misread::Items(vec![before, after]))),
            _ if above.trim_end().ends_with(['：', ':']) => {
                found.push((after.clone(), Misread::Items(vec![after])));
            }
            _ => {}
        }
    }
}

/// How many cells a line has that is written as a row of a table.
fn cells(line: &str) -> Option<usize> {
    let line = line.trim();
    let bars = line.matches(['|', '｜']).count();
    (line.starts_with(['|', '｜']) && bars > 1).then(|| bars - usize::from(line.ends_with(['|', '｜'])))
}

/// The mark with which a line begins that is an item of a list to its author and text to Markdown: `・`, `①`, `(1)`, `１．`, or a hyphen without
/// its blank. Blanks before it belong to it.
pub(crate) fn own_mark(line: &str) -> Option<&str> {
    let bare = line.trim_start();
    let first = bare.chars().next()?;
    let is_number = |text: &str, letters: bool| {
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | 'ア'..='ン');
        let is_letter = |c: char| c.is_ascii_lowercase() || matches!(c, 'ａ'..='ｚ');
        let count = text.chars().count();
        (1..=2).contains(&count) && text.chars().all(is_digit)
            || letters && count == 1 && text.chars().all(is_letter)
    };
    let in_brackets = || {
        let inside = bare.strip_prefix(['(', '（'])?;
        let (number, behind) = inside.split_once([')', '）'])?;
        is_number(number, true).then_some(bare.len() - behind.len())
    };
    let numbered = || {
        let (number, behind) = bare.split_once(['．', '.', '）', ')'])?;
        // `1. ` is a list of Markdown, and `1.5` a number; `a)` is none, and `a.` an abbreviation.
        let is_list = number.bytes().all(|byte| byte.is_ascii_digit()) && behind.starts_with(' ');
        let is_text = behind.starts_with(|c: char| !c.is_numeric());
        let letters = bare.get(number.len()..)?.starts_with([')', '）']);
        (is_number(number, letters) && is_text && !is_list).then_some(bare.len() - behind.len())
    };
    let length = match first {
        '・'
        | '•'
        | '▪'
        | '‣'
        | '◦'
        | '○'
        | '●'
        | '◎'
        | '◇'
        | '◆'
        | '□'
        | '■'
        | '☆'
        | '★'
        | '※'
        | '→'
        | '⇒'
        | '✓'
        | '✔'
        | '\u{2460}'..='\u{2473}' => first.len_utf8(),
        '-' | '－' | '‐' | '–' => {
            let rest = bare.get(first.len_utf8()..)?;
            let is_item =
                rest.starts_with(|c: char| c.is_alphabetic() || c == '「' || first != '-' && c == ' ');
            is_item.then_some(first.len_utf8())?
        }
        _ => in_brackets().or_else(numbered)?,
    };
    line.get(..line.len() - bare.len() + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_list_to_its_author_is_told_from_text() {
        for (line, mark) in [
            ("・項目", Some("・")),
            ("　○ 項目", Some("　○")),
            ("(1) 項目", Some("(1)")),
            ("（ア）項目", Some("（ア）")),
            ("１．項目", Some("１．")),
            ("1.項目", Some("1.")),
            ("• item", Some("•")),
            ("a) item", Some("a)")),
            ("a. item", None),
            ("a.m. item", None),
            ("-項目", Some("-")),
            ("－ 項目", Some("－")),
            ("- 項目", None),
            ("1. 項目", None),
            ("1.5倍", None),
            ("-5百万円", None),
            ("(注) 項目", None),
            ("2022.項目", None),
            ("---", None),
        ] {
            assert_eq!(own_mark(line), mark, "{line}");
        }
    }

    #[test]
    fn what_was_meant_otherwise_is_found_and_what_is_markdown_is_not() {
        let found =
            |text: &str| -> Vec<Misread> { misread(text).into_iter().map(|(_, what)| what).collect() };
        assert_eq!(
            found("・一\n・二\n・三\n\n次：\n① 四"),
            [Misread::Items(vec![0..6, 7..13, 14..20]), Misread::Items(std::iter::once(29..36).collect())]
        );
        assert_eq!(found("| a | b |\n| 1 | 2 |\n| 3 | 4 |"), [Misread::Rows(2)]);
        assert_eq!(found("文\n---\n\n    字下げ"), [Misread::Heading, Misread::Code]);
        assert_eq!(
            found("文<br>文<BR/>\n\n<!-- 後 -->"),
            [Misread::Html("br".into()), Misread::Html(String::new())]
        );
        for text in [
            "- ・一\n- ・二",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "文\n\n---\n\n`<br>`と<目的>と<RS>",
            "```\n| a |\n| b |\n<b>\n```",
            "A（注）\n(2022年)の例",
            "## 見出し\n・一",
            "文。\n※ 注",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
