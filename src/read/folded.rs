//! Texts that stand on several lines of the file and are one line of the sheet.

use super::codes;
use crate::diagnostic::{Cure, Diagnostic};
use crate::markdown::{begins_block, own_mark};
use crate::script::joins;
use crate::source::{Span, line_start};

/// What YAML takes for blanks at the ends of a line, and leaves in their place.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A text of one line, trimmed. Where the author or YAML broke it between two full-width characters no blank is left.
pub(super) fn one_line(text: &str, written: &str) -> String {
    on_one_line(&unfolded(text.trim(), written, |_| true))
}

/// A text of several lines as it is printed on one.
pub(crate) fn on_one_line(text: &str) -> String {
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |before, after| format!("{before}{}{after}", blank_between(&before, after)))
}

/// Markdown as it is, but for the blanks that folding left between full-width characters: `>` and texts without `|`.
pub(crate) fn prose(text: &str, written: &str) -> String {
    if written.starts_with('|') { text.to_owned() } else { unfolded(text, written, |blank| blank == " ") }
}

/// The finding about a text of several lines that YAML makes one line of, though some of them begin a block of Markdown.
pub(super) fn joined(file: &str, span: Span) -> Option<Diagnostic> {
    let begin = line_start(file, span.start);
    let is_below = file.get(begin..span.start)?.trim().is_empty();
    let head = file.get(..begin)?.trim_end();
    let bar = if is_below { bar(head) } else { None };
    let is_folded = bar.is_some();
    if bar.is_some_and(|at| file.get(at..).is_some_and(|rest| rest.starts_with('|'))) {
        return None;
    }
    let start = if is_below { begin } else { span.start };
    let lines: Vec<&str> = file.get(start..span.end)?.lines().collect();
    let margin = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let below = || lines.iter().skip(usize::from(!is_below)).filter(|line| !line.trim().is_empty());
    let least = below().map(|line| margin(line)).min()?;
    // What is indented further stays below `>` as it is.
    let is_joined = |line: &str| !(line.trim().is_empty() || is_folded && margin(line) > least);
    let is_marked = |pair: &&[&str]| match pair {
        [before, line] if is_joined(before) && is_joined(line) => {
            begins_block(line.trim()) || own_mark(line).is_some() && own_mark(before).is_some()
        }
        _ => false,
    };
    let marked: Vec<&str> =
        lines.windows(2).filter(is_marked).filter_map(|pair| pair.last().copied()).collect();
    let first = marked.first()?.trim();
    let at = first.as_ptr() as usize - file.as_ptr() as usize;
    let place = Span { start: at, end: at + first.len(), ..span };
    let finding = Diagnostic::new(codes::JOINED, place, "this line is printed behind the one above it");
    if let Some(at) = bar {
        let bar = Span { start: at, end: at + 1, ..span };
        let cure = Cure { is_certain: marked.len() > 1, ..Cure::certain(bar, "|") };
        let finding = finding.also(bar, "it joins the lines below it").cure(cure);
        return Some(finding.help("write `|` in the place of `>`: below it each line stays a line"));
    }
    let finding = finding.help(
        "write `|` behind the key, and all of the text, without quotation marks around it, on the lines below",
    );
    let first_below = below().next().map_or(0, |line| margin(line));
    let is_plain = !file.get(span.start..)?.starts_with(['"', '\'']) && first_below == least;
    let (at, text) = match is_below {
        true => (head.len(), " |".to_owned()),
        false => (span.start, format!("|\n{}", " ".repeat(least))),
    };
    let cure = Cure::certain(Span { start: at, end: at, ..span }, text);
    Some(finding.cure(is_plain.then_some(Cure { is_certain: marked.len() > 1, ..cure })))
}

/// Where the mark of a block stands at the end of a line: `key: >-`.
fn bar(head: &str) -> Option<usize> {
    let start = line_start(head, head.len());
    let line = head.get(start..)?;
    let bare = line
        .split(" #")
        .next()?
        .trim_end()
        .trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let at = bare.len().checked_sub(1)?;
    let is_behind = bare.get(..at)?.ends_with(' ');
    (bare.ends_with(['|', '>']) && is_behind).then_some(start + at)
}

/// Walks a text along the lines that were written for it. Blanks in which a line ended, and that `breaks` takes for such, become
/// one or none; from where the text is another than the lines it is left as it is.
fn unfolded(text: &str, written: &str, breaks: impl Fn(&str) -> bool) -> String {
    let quote = written.chars().next().filter(|mark| matches!(mark, '"' | '\'')).unwrap_or(' ');
    let inside = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).unwrap_or(written);
    let head = usize::from(inside.starts_with(['|', '>']));
    let lines =
        inside.lines().skip(head).map(|line| line.trim_matches(BLANKS)).filter(|line| !line.is_empty());
    let mut rest = text.trim_start_matches(BLANKS);
    let mut joined = String::with_capacity(text.len());
    joined.push_str(&text[..text.len() - rest.len()]);
    for line in lines {
        let said = match quote {
            '"' if line.contains('\\') => {
                let escaped = line.strip_suffix('\\').filter(|rest| !rest.ends_with('\\')).unwrap_or(line);
                match serde_yaml::from_str(&format!("\"{escaped}\"")) {
                    Ok(said) => said,
                    Err(_) => break,
                }
            }
            '\'' => line.replace("''", "'"),
            _ => line.to_owned(),
        };
        let Some(after) = rest.strip_prefix(&said) else { break };
        let next = after.trim_start_matches(BLANKS);
        let blank = &after[..after.len() - next.len()];
        joined.push_str(&said);
        let is_break = !blank.is_empty() && !next.is_empty() && breaks(blank);
        joined.push_str(if is_break { blank_between(&said, next) } else { blank });
        rest = next;
    }
    joined + rest
}

/// What a line end between two texts leaves.
fn blank_between(before: &str, after: &str) -> &'static str {
    let ends = before.chars().next_back().zip(after.chars().next());
    if ends.is_some_and(|(before, after)| joins(before, after)) { "" } else { " " }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_text_are_joined_as_japanese_and_as_latin_words_are() {
        for (written, yaml, joined) in [
            ("光・量子\n  飛躍", "光・量子 飛躍", "光・量子飛躍"),
            ("光・量子 Q-LEAP\n  program", "光・量子 Q-LEAP program", "光・量子 Q-LEAP program"),
            ("研究 開発\n  事業", "研究 開発 事業", "研究 開発事業"),
            ("AI\n  戦略", "AI 戦略", "AI 戦略"),
            ("|\n  光・量子\n  飛躍\n", "光・量子\n飛躍\n", "光・量子飛躍"),
            (">-\n  光・量子\n\n  飛躍", "光・量子\n飛躍", "光・量子飛躍"),
            ("\"光の「研究」\n  開発\"", "光の「研究」 開発", "光の「研究」開発"),
            ("\"光の\\\"研究\\\n  開発\"", "光の\"研究開発", "光の\"研究開発"),
            ("'光の''研究''と\n  開発'", "光の'研究'と 開発", "光の'研究'と開発"),
            ("\"\\u5149の\n  研究\"", "光の 研究", "光の研究"),
            ("\"光の\\n研究\"", "光の\n研究", "光の研究"),
        ] {
            assert_eq!(one_line(yaml, written), joined, "{written}");
        }
    }

    #[test]
    fn paragraphs_and_lines_of_prose_stay() {
        assert_eq!(prose("一つ 二つ\n三つ\n", ">\n  一つ\n  二つ\n\n  三つ\n"), "一つ二つ\n三つ\n");
        assert_eq!(prose("一つ 二つ", "一つ\n  二つ"), "一つ二つ");
        assert_eq!(
            prose("\n一つ 二つ\n", ">\n\n  一つ\n  二つ\n"),
            "\n一つ二つ\n",
            "as without the blank line"
        );
        assert_eq!(
            prose("一つ\n\n二つ 三つ\\ 四つ", "\"一つ\\n\\n二つ\n  三つ\\\\\n  四つ\""),
            "一つ\n\n二つ三つ\\ 四つ"
        );
        assert_eq!(prose("一つ\n二つ  \n三つ", "|\n  一つ\n  二つ  \n  三つ"), "一つ\n二つ  \n三つ");
    }
}
