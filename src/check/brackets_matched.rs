//! W0605: brackets of Japanese text come in pairs, of the same width.

use std::ops::Range;

use super::prose::{Paragraph, paragraphs};
use crate::diagnostic::Diagnostic;
use crate::model::{Prose, fold};
use crate::rollup::Rollup;

const PAIRS: [(char, char); 7] =
    [('「', '」'), ('｢', '｣'), ('『', '』'), ('（', '）'), ('【', '】'), ('〔', '〕'), ('(', ')')];

/// A bracket that does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It opens and nothing closes it.
    Open(usize, char),
    /// It closes and nothing opened it.
    Close(usize, char),
    /// It is closed, but by a bracket of the other width.
    Mixed((usize, char), (usize, char)),
}

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in &line.texts {
            for fault in paragraphs(prose).iter().flat_map(faults).chain(left_behind(prose)) {
                let finding = |at, found, message: String| {
                    Diagnostic::new("W0605", prose.place(&range(at, found)), message).about(&line.id.value)
                };
                findings.push(match fault {
                    Fault::Open(at, found) => {
                        finding(at, found, format!("`{found}` is not closed in its paragraph"))
                            .help(format!("add `{}`, or take it out", partner(found)))
                    }
                    Fault::Close(at, found) => {
                        finding(at, found, format!("`{found}` closes nothing in its paragraph"))
                            .help(format!("add `{}` before it, or take it out", partner(found)))
                    }
                    Fault::Mixed((first, opening), (at, found)) => {
                        finding(at, found, format!("`{opening}` is closed by `{found}`"))
                            .also(prose.place(&range(first, opening)), "opened here")
                            .help("write both full-width or both half-width")
                    }
                });
            }
        }
    }
}

/// What does not match in a paragraph. Half-width brackets alone are left in peace: they are also faces and list marks.
fn faults(paragraph: &Paragraph) -> Vec<Fault> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut faults = Vec::new();
    for (nth, &(at, found)) in paragraph.iter().enumerate() {
        if PAIRS.iter().any(|(opening, _)| *opening == found) {
            open.push((at, found));
            continue;
        }
        if !PAIRS.iter().any(|(_, closing)| *closing == found) {
            continue;
        }
        let opening = partner(found);
        let other_width = match opening {
            '(' => '（',
            '（' => '(',
            '「' => '｢',
            '｢' => '「',
            other => other,
        };
        let depth = |wanted: char| open.iter().rposition(|(_, opened)| *opened == wanted);
        match depth(opening).max(depth(other_width)) {
            Some(depth) => {
                let inner = open.split_off(depth + 1);
                faults.extend(left_open(&inner));
                faults.extend(
                    open.pop()
                        .filter(|(_, opened)| *opened != opening)
                        .map(|first| Fault::Mixed(first, (at, found))),
                );
            }
            None if found == ')' || (found == '）' && is_list_mark(paragraph, nth)) => {}
            None => faults.push(Fault::Close(at, found)),
        }
    }
    faults.extend(left_open(&open));
    faults
}

/// A quotation mark of a keyboard at the end of a text of one line, whose partner YAML would have taken with it: `title: 岸壁の改修"`. Behind a
/// figure it is one of inches.
fn left_behind(prose: &Prose) -> Option<Fault> {
    let mark = prose.text.chars().next_back().filter(|mark| matches!(mark, '"' | '\''))?;
    let before =
        prose.text.strip_suffix(mark).filter(|before| !prose.is_markdown && !before.contains(mark))?;
    let last = fold(before.chars().next_back()?);
    // `8"`, and `the agencies'`.
    let is_its_own = last.is_ascii_digit() || mark == '\'' && last.is_ascii();
    (!is_its_own).then_some(Fault::Close(before.len(), mark))
}

fn left_open(open: &[(usize, char)]) -> impl Iterator<Item = Fault> {
    open.iter().filter(|(_, found)| *found != '(').map(|(at, found)| Fault::Open(*at, *found))
}

/// Whether a closing bracket ends a mark such as `１）`, `ア）` or `注2）` at the beginning of an item.
fn is_list_mark(paragraph: &Paragraph, nth: usize) -> bool {
    let before: String = paragraph.iter().take(nth).map(|(_, found)| *found).collect();
    let mark = before
        .rsplit(['\n', ' ', '\u{3000}', '、', '。'])
        .next()
        .unwrap_or_default()
        .trim_start_matches(['注', '※', '＊', '*', '第']);
    let count = mark.chars().count();
    let is_number = mark.chars().all(|found| fold(found).is_ascii_digit());
    (count == 1 && mark.chars().all(char::is_alphanumeric)) || (count == 2 && is_number)
}

fn partner(bracket: char) -> char {
    PAIRS
        .iter()
        .find_map(|&(opening, closing)| match bracket {
            found if found == opening => Some(closing),
            found if found == closing => Some(opening),
            _ => None,
        })
        .unwrap_or(bracket)
}

fn range(at: usize, found: char) -> Range<usize> {
    at..at + found.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let paragraph: Paragraph = text.char_indices().collect();
        let shown = |fault: &Fault| match fault {
            Fault::Open(_, found) | Fault::Close(_, found) => found.to_string(),
            Fault::Mixed((_, first), (_, last)) => format!("{first}{last}"),
        };
        let faults = faults(&paragraph);
        faults.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pairs_nest_and_list_marks_stand_alone() {
        for text in ["「甲（乙）」", "（1）甲", "１）甲", "ア）甲（乙）", "1) 甲", "(甲)", ":-) 笑"]
        {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn what_does_not_match_is_named_once() {
        assert_eq!(found("「甲（乙」"), "（");
        assert_eq!(found("甲」と『乙"), "」 『");
        assert_eq!(found("（甲)"), "（)");
        assert_eq!(found("(甲）"), "(）");
        assert_eq!(found("｢甲」"), "｢」");
        assert_eq!(found("研究（数学）者）"), "）");
    }
}
