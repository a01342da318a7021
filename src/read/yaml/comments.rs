//! Text that YAML takes for a comment.

use std::ops::Range;

use super::super::page::indent_of;
use super::errors::Slip;
use super::hand::lines;
use super::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::read::shapes::{is_prose_key, is_text_key};
use crate::read::{codes, quoted};
use crate::source::{SourceFile, Span, Spanned};

/// Says where a `#` behind a value, or a line below it, is a comment to YAML and looks like the rest of the text: `課題 #12 を解決`.
pub(super) fn report(node: &Node, source: &SourceFile, findings: &mut Vec<Diagnostic>) {
    below(node, "", source, findings);
}

fn below(node: &Node, list: &str, source: &SourceFile, findings: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::Sequence(items) => {
            for item in items {
                let column = column(source, item.span.start).saturating_sub(1);
                value(item, item.span.start, column, list, source, findings);
                below(item, list, source, findings);
            }
        }
        Kind::Mapping(entries) => {
            for (key, item) in entries {
                let column = column(source, key.span.start);
                value(item, key.span.end, column, &key.value, source, findings);
                findings.extend(heading(item, key, column, source));
                below(item, &key.value, source, findings);
            }
        }
    }
}

/// How many bytes of blanks or text stand before a place in its line.
fn column(source: &SourceFile, at: usize) -> usize {
    let starts = source.line_starts();
    let line = starts.partition_point(|start| *start <= at);
    at - starts.get(line.saturating_sub(1)).copied().unwrap_or(0)
}

/// What stands behind a place in its line.
fn behind(source: &SourceFile, at: usize) -> &str {
    let starts = source.line_starts();
    let end = starts.get(starts.partition_point(|start| *start <= at));
    let line = source.text.get(at..end.map_or(source.text.len(), |end| end - 1)).unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}

/// Looks at a value whose key ends at `head`, if it has one itself and not its list, and begins in a column.
fn value(
    node: &Node,
    head: usize,
    column: usize,
    key: &str,
    source: &SourceFile,
    findings: &mut Vec<Diagnostic>,
) {
    let text = source.text.as_str();
    let Kind::Scalar(_) = node.kind else {
        return;
    };
    let written = text.get(node.span.start..node.span.end).unwrap_or_default();
    // Of a block only the line of its mark can have a comment.
    let is_block = behind(source, head).trim_start_matches([':', ' ']).starts_with(['|', '>']);
    let start = if is_block { head } else { node.span.end };
    let line = behind(source, start);
    let is_plain = !is_block && !written.starts_with(['"', '\'']);
    let goes_on = || (is_plain && goes_on(written, line) && is_text_key(key)).then_some(1);
    let behind = eaten(line).or_else(goes_on).map(|at| (start + at, line.trim_end().len() - at));
    let below = || {
        let begin = start + line.len() + text.get(start + line.len()..)?.find('\n')? + 1;
        let next = text.get(begin..)?.lines().next()?;
        let indent = indent_of(next);
        let comment = next.trim();
        (indent > column && is_text(comment) && !is_code(comment)).then_some((begin + indent, comment.len()))
    };
    let Some((at, length)) = behind.or_else(|| below().filter(|_| is_plain)) else {
        return;
    };
    let comment = text.get(at..at + length).unwrap_or_default();
    let shown: String = comment.chars().take(24).collect();
    let more = if comment.chars().count() > 24 { "…" } else { "" };
    let span = |start: usize| Span { file: node.span.file, start, end: at + length };
    let finding = Diagnostic::new(
        codes::COMMENT,
        span(at),
        format!("`{shown}{more}` is a comment to YAML and not part of the value before it"),
    )
    .here("left out from here");
    // A value on one line of its own can be put in quotes as it stands.
    let before = text.get(..node.span.start).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default().trim_start_matches([' ', '-']);
    let is_own_line = before.is_empty() || before.ends_with(": ") && !before.starts_with(['{', '[']);
    let whole = text.get(node.span.start..at + length).unwrap_or_default();
    // An amount in quotes would be none with the comment in it.
    let is_words = !written.starts_with(|c: char| c.is_numeric() || !c.is_alphabetic());
    let remark = "if it is a remark, write it on a line of its own, with a blank after the `#`";
    findings.push(match is_plain && is_words && is_own_line && !whole.contains(['\n', ']', '}']) {
        true => finding.cure(Cure::suggested(span(node.span.start), quoted(whole))).help(remark),
        false => finding.help(format!(
            "if it belongs to the text, put the whole value in quotes, `'…'`, or write it after `|` on a line of its own; {remark}"
        )),
    });
}

/// `summary: # 課題` above the text, or the same in a line between: the heading is no part of the text.
fn heading(node: &Node, key: &Spanned<String>, column: usize, source: &SourceFile) -> Option<Diagnostic> {
    let Kind::Scalar(_) = node.kind else { return None };
    let between = source.text.get(key.span.end..node.span.start)?;
    let (head, rest) =
        between.split_once('#').filter(|(head, _)| head.trim() == ":" && between.contains('\n'))?;
    if head.contains('\n') && !is_prose_key(&key.value) || !is_text_key(&key.value) {
        return None;
    }
    let comment = rest.lines().next().unwrap_or_default().trim_end();
    let start = key.span.end + head.len();
    let span = Span { start, end: start + 1 + comment.len(), ..node.span };
    let indent = " ".repeat(self::column(source, node.span.start).max(column + 1));
    let finding = Diagnostic::new(
        codes::COMMENT,
        span,
        format!("`#{comment}` is a comment to YAML and not part of the value below it"),
    );
    Some(finding.here("left out").cure(Cure::suggested(Span { start: key.span.end, ..span }, format!(": |\n{indent}#{comment}"))).help(
        "if it is a heading of the text, write `|` behind the key, and the text on the lines below; if it is a remark, write it above the key",
    ))
}

/// Whether a comment with a blank after its `#`, or with several `#`, looks like the rest of a text: a number, `Item # 5 blades`, though
/// not a date; what a text is joined with, `国 # 及び地方`; or what closes a bracket of the text.
fn goes_on(written: &str, behind: &str) -> bool {
    let Some(comment) = behind.strip_prefix(' ').filter(|comment| comment.starts_with('#')) else {
        return false;
    };
    let comment = comment.trim_start_matches('#').trim_start_matches(' ');
    let digits = comment.trim_start_matches(|c: char| c.is_numeric());
    let is_number = (1..=3)
        .contains(&comment.get(..comment.len() - digits.len()).unwrap_or_default().chars().count())
        && !digits.starts_with(['/', '-', '.', '年', '月', '日', ':', '：'])
        && written.contains(char::is_alphabetic);
    let closes = [('（', '）'), ('(', ')'), ('「', '」'), ('『', '』'), ('【', '】'), ('“', '”')].iter().any(
        |(open, close)| {
            let is_open = |text: &str| text.matches(*open).count() > text.matches(*close).count();
            is_open(written) && comment.matches(*close).count() > comment.matches(*open).count()
        },
    );
    let is_joined = JOINED.split('|').any(|word| comment.starts_with(word))
        || comment.strip_prefix(['と', 'や', 'の', 'を']).is_some_and(|rest| {
            rest.starts_with("その")
                || rest.starts_with(|c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'))
        });
    is_number || closes || is_joined
}

/// What a remark hardly begins with, and the second half of a text may.
const JOINED: &str = "及び|および|並びに|ならびに|又は|または|若しくは|もしくは|かつ|ほか|等|など|、|，|・|／|and |or |as well as |including |& |, ";

/// `summary: 課題 #12 を` with a line below it that goes on: to YAML the text has ended at the `#`.
pub(super) fn cut_text(text: &str, line: &Range<usize>) -> Option<Slip> {
    let above = lines(text).into_iter().take_while(|other| other.start <= line.start).last()?;
    let next = above.start + above.text.len();
    let next = next + text.get(next..)?.find('\n')? + 1;
    let at = above.text.find(" #")? + 1;
    let head = above.text.len() - above.text.trim_start_matches([' ', '-']).len();
    let start = above.text.find(": ").map(|colon| colon + 2).filter(|start| *start < at)?;
    let is_more = |line: &str| indent_of(line) > head || line.trim().is_empty();
    let content = text.get(next..)?.lines().next().filter(|next| is_more(next) && !next.contains(": "))?;
    let written = above.text.get(start..)?.trim_start();
    if content.trim().is_empty() || written.starts_with(['"', '\'', '[', '{', '|', '>', '#']) {
        return None;
    }
    let below = text.get(next..)?.split_inclusive('\n').take_while(|line| is_more(line));
    let end = next + below.map(str::len).sum::<usize>();
    let whole = text.get(above.start + start..end)?.trim_end();
    let escaped = whole.replace('\\', "\\\\").replace('"', "\\\"");
    let message = "a text goes on below a `#`, behind which its line is a comment to YAML".to_owned();
    let help = "put the whole text in quotes, `'…'`, or write it below `|`".to_owned();
    let place = above.start + start..above.start + start + whole.len();
    let slip = Slip::new(above.start + at..above.start + above.text.len(), message, help);
    Some(slip.cured(text, place, format!("\"{escaped}\"")))
}

/// `summary:` and on the lines below it a text with a `#`: to YAML it has ended there.
pub(super) fn cut_block(text: &str, line: &Range<usize>) -> Option<Slip> {
    let mut below: Vec<(usize, &str)> = Vec::new();
    let (mut start, mut hash) = (line.end, None);
    for above in text.get(..line.end)?.split('\n').rev() {
        start -= above.len();
        let content = above.trim_end();
        let least = below.iter().map(|(_, text)| indent_of(text)).min();
        if least.is_some_and(|least| indent_of(content) < least) {
            let key =
                content.trim_start_matches([' ', '-']).strip_suffix(':').filter(|key| is_text_key(key))?;
            let (at, of) = hash?;
            let message = "a text goes on below a `#`, behind which its line is a comment to YAML".to_owned();
            let slip = Slip::new(at..of, message, format!("begin the text with `|`: `{key}: |`"));
            let end = start + content.len();
            return Some(slip.cured(text, end..end, " |".to_owned()));
        }
        if super::hand::key(content.trim_start_matches([' ', '-']))
            .is_some_and(|(_, rest)| rest.starts_with(": "))
        {
            return None;
        }
        if !content.is_empty() {
            below.push((start, content));
            hash = content.find(" #").map(|at| (start + at + 1, start + content.len())).or(hash);
        }
        start = start.checked_sub(1)?;
    }
    None
}

/// Where a comment begins in what follows a value, if it is one that may be text.
fn eaten(line: &str) -> Option<usize> {
    // Between the value and the `#` only what closes or separates entries may stand.
    let is_near = |c: char| c.is_whitespace() || matches!(c, ':' | '|' | '>' | '+' | '-' | '0'..='9');
    let at = line.find(|c| !is_near(c))?;
    (line.get(..at)?.ends_with([' ', '\t']) && is_text(line.get(at..)?)).then_some(at)
}

/// Whether a `#` is followed by text without a blank between.
fn is_text(comment: &str) -> bool {
    comment.strip_prefix('#').is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with(['#', ' ', '\t', '\u{3000}', '-', '=', '!'])
    })
}

/// Whether a comment is a line of YAML that somebody put out of use.
fn is_code(comment: &str) -> bool {
    let rest = comment.trim_start_matches('#');
    let key = rest.trim_end_matches(|c: char| c != ':').trim_end_matches(':');
    rest.starts_with('-')
        || !key.is_empty()
            && key
                .split(':')
                .next()
                .unwrap_or_default()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
