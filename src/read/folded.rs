//! Texts that stand on several lines of the file and are one line of the sheet.

use crate::script::joins;

/// What YAML takes for blanks at the ends of a line, and leaves in their place.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A text of one line, trimmed. Where the author or YAML broke it between two full-width characters no blank is left.
pub(super) fn one_line(text: &str, written: &str) -> String {
    let text = unfolded(text.trim(), written, |_| true);
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |before, after| format!("{before}{}{after}", blank_between(&before, after)))
}

/// Markdown as it is, but for the blanks that folding left between full-width characters: `>` and texts without `|`.
pub(crate) fn prose(text: &str, written: &str) -> String {
    if written.starts_with('|') { text.to_owned() } else { unfolded(text, written, |blank| blank == " ") }
}

/// Walks a text along the lines that were written for it. Blanks in which a line ended, and that `breaks` takes for such, become
/// one or none; from where quotes or escapes make the text another than the lines it is left as it is.
fn unfolded(text: &str, written: &str, breaks: impl Fn(&str) -> bool) -> String {
    let quote = written.chars().next().filter(|mark| matches!(mark, '"' | '\'')).unwrap_or(' ');
    let inside = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).unwrap_or(written);
    let head = usize::from(inside.starts_with(['|', '>']));
    let lines =
        inside.lines().skip(head).map(|line| line.trim_matches(BLANKS)).filter(|line| !line.is_empty());
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    for line in lines {
        let said = match quote {
            '"' => line.strip_suffix('\\').unwrap_or(line).replace("\\\"", "\""),
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
            ("\"\\u5149の\n  研究\"", "光の 研究", "光の 研究"),
            ("\"光の\\n研究\"", "光の\n研究", "光の研究"),
        ] {
            assert_eq!(one_line(yaml, written), joined, "{written}");
        }
    }

    #[test]
    fn paragraphs_and_lines_of_prose_stay() {
        assert_eq!(prose("一つ 二つ\n三つ\n", ">\n  一つ\n  二つ\n\n  三つ\n"), "一つ二つ\n三つ\n");
        assert_eq!(prose("一つ 二つ", "一つ\n  二つ"), "一つ二つ");
        assert_eq!(prose("一つ\n二つ  \n三つ", "|\n  一つ\n  二つ  \n  三つ"), "一つ\n二つ  \n三つ");
    }
}
