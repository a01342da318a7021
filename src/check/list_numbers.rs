//! W0608: the numbers of a list go up by one. Markdown counts on from the first, so that others are printed than are written.

use std::ops::Range;

use super::prose::lines;
use crate::diagnostic::Diagnostic;
use crate::markdown::begins_block;
use crate::rollup::Rollup;

/// A numbered list whose end has not come yet.
struct Open {
    /// The mark behind its numbers.
    mark: char,
    /// The column in which the text of its last item begins.
    column: usize,
    numbers: Vec<(u64, Range<usize>)>,
}

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in line.texts.iter().filter(|prose| prose.is_markdown) {
            for (place, written, printed) in changed(&prose.text) {
                findings.push(
                    Diagnostic::new("W0608", prose.place(&place), format!("this item is numbered {written} and printed as {printed}"))
                        .here("the number that is not printed")
                        .about(&line.id.value)
                        .help("number the items one after another; or write `- (1) …` for each, whose numbers are printed as they stand"),
                );
            }
        }
    }
}

/// The first number of each list that is printed as another one: its place, the number, and what is printed.
fn changed(text: &str) -> Vec<(Range<usize>, u64, u64)> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let (mut is_apart, mut is_prose) = (true, false);
    for (start, line) in lines(text) {
        let line = line.unwrap_or_default().trim_end();
        let content = line.trim_start();
        if content.is_empty() {
            (is_apart, is_prose) = (true, false);
            continue;
        }
        let indent = line.len() - content.len();
        // Only a list that begins with 1 may follow a paragraph directly.
        let item = item(content).filter(|(number, ..)| !is_prose || *number == 1 || !open.is_empty());
        let goes_on = !is_apart && item.is_none() && !begins_block(content);
        while let Some(last) = open.last() {
            let above = open.len().checked_sub(2).and_then(|at| open.get(at)).map_or(0, |list| list.column);
            let is_sibling = indent >= above && item.is_some_and(|(_, mark, _)| mark == last.mark);
            if indent >= last.column || is_sibling || goes_on {
                break;
            }
            found.extend(open.pop().as_ref().and_then(miscounted));
        }
        if let Some((number, mark, length)) = item {
            let digits = content.find(mark).unwrap_or_default();
            let number = (number, start + indent..start + indent + digits);
            match open.last_mut().filter(|last| indent < last.column) {
                Some(last) => {
                    last.column = indent + length;
                    last.numbers.push(number);
                }
                None => open.push(Open { mark, column: indent + length, numbers: vec![number] }),
            }
        }
        is_prose = item.is_none() && !begins_block(content);
        is_apart = false;
    }
    found.extend(open.iter().rev().filter_map(miscounted));
    found
}

/// The number, the mark and the length of what begins an item, `3. `.
fn item(content: &str) -> Option<(u64, char, usize)> {
    let after = content.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = after.chars().next().filter(|mark| matches!(mark, '.' | ')'))?;
    let number = content.get(..content.len() - after.len()).filter(|digits| digits.len() < 10)?;
    let length = number.len() + 2;
    after.get(1..)?.starts_with(' ').then_some((number.parse().ok()?, mark, length))
}

/// The first of a list's numbers that is printed as another. A list of which every item is number 1 leaves counting to Markdown.
fn miscounted(list: &Open) -> Option<(Range<usize>, u64, u64)> {
    let first = list.numbers.first()?.0;
    if first < 2 && list.numbers.iter().all(|(number, _)| *number == first) {
        return None;
    }
    let mut counted = list.numbers.iter().zip(first..);
    let ((number, place), printed) = counted.find(|((number, _), printed)| number != printed)?;
    Some((place.clone(), *number, printed))
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn numbers_that_markdown_counts_otherwise_are_found() {
        let of = |text: &str| -> Vec<(u64, u64)> {
            changed(text).into_iter().map(|(_, written, printed)| (written, printed)).collect()
        };
        for (text, expected) in [
            ("3. 三\n5. 五", vec![(5, 4)]),
            ("1. 一\n\n   段落\n\n3. 三", vec![(3, 2)]),
            ("1. 一\n続き\n3. 三", vec![(3, 2)]),
            ("1. 一\n   1. 甲\n   3. 丙\n2. 二", vec![(3, 2)]),
            ("- 一\n  1) 甲\n  1) 乙\n  2) 丙", vec![(1, 2)]),
            ("5. 五\n5. 五", vec![(5, 6)]),
            ("2024. 年\n\n2026. 年", vec![(2026, 2025)]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
        for right in [
            "3. 三\n4. 四",
            "1. 一\n1. 二\n1. 三",
            "1. 一\n   1. 甲\n   2. 乙\n2. 二\n   1. 丙\n3. 三",
            "1. 一\n\n段落\n\n3. 三",
            "1. 一\n\n## 見出し\n\n1. 一",
            "本文\n3. 三\n5. 五",
            "- 一\n  1. 甲\n- 二\n  1. 乙",
            "1. 一\n1) 一",
            "```\n1. 一\n3. 三\n```",
            "令和4年度は\n1. 5倍となる。",
        ] {
            assert_eq!(of(right), [], "{right}");
        }
    }
}
