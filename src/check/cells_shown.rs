//! E0515: a row of a table in a text has no more cells than the table's head; Markdown leaves the others out.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::model::Prose;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in line.texts.iter().filter(|prose| prose.is_markdown) {
            findings.extend(lost(prose).into_iter().map(|(place, columns)| {
                Diagnostic::new(
                    "E0515",
                    prose.place(&place),
                    format!("this row has more cells than the {columns} of the table's head"),
                )
                .here("not printed")
                .about(&line.id.value)
                .help("give the head a cell for it, or join it to another cell; a `|` that is a letter is written `\\|`")
            }));
        }
    }
}

/// The cells of a text's tables that no format shows, with the number of columns that their table has.
fn lost(prose: &Prose) -> Vec<(Range<usize>, usize)> {
    let (mut found, mut columns, mut is_code, mut start) = (Vec::new(), None, false, 0);
    for line in prose.text.split_inclusive('\n') {
        let text = line.trim_end().trim_start_matches([' ', '\t', '>']);
        let begin = start + line.trim_end().len() - text.len();
        start += line.len();
        if text.starts_with("```") || text.starts_with("~~~") {
            (is_code, columns) = (!is_code, None);
        } else if is_code || text.is_empty() {
            columns = None;
        } else if is_rule(text) {
            columns = Some(cells(text).len());
        } else if let Some(columns) = columns
            && let [first, .., last] | [first @ last] = cells(text).get(columns..).unwrap_or_default()
            && !text.get(first.start..last.end).unwrap_or_default().trim_matches(['|', ' ', '\t']).is_empty()
        {
            found.push((begin + first.start..begin + last.end, columns));
        }
    }
    found
}

/// Whether a line is what stands between a table's head and its rows.
fn is_rule(text: &str) -> bool {
    let is_dashes = |cell: &Range<usize>| {
        let cell = text.get(cell.clone()).unwrap_or_default().trim().trim_matches(':');
        !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
    };
    text.contains('|') && cells(text).iter().all(is_dashes)
}

/// The places of a row's cells.
fn cells(text: &str) -> Vec<Range<usize>> {
    let first = usize::from(text.starts_with('|'));
    let (mut cells, mut from, mut is_escaped) = (Vec::new(), first, false);
    for (at, character) in text.char_indices().skip(first) {
        if character == '|' && !is_escaped {
            cells.push(from..at);
            from = at + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    if from < text.len() {
        cells.push(from..text.len());
    }
    cells
}
