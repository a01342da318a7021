//! E0515: a row of a table in a text has no more cells than the table's head; Markdown leaves the others out.

use std::ops::Range;

use super::prose::lines;
use crate::diagnostic::Diagnostic;
use crate::markdown::begins_block;
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
    let (mut found, mut columns, mut above) = (Vec::new(), None, 0);
    for (start, line) in lines(&prose.text) {
        let line = line.unwrap_or_default().trim_end();
        let text = line.trim_start_matches([' ', '\t', '>']);
        let begin = start + line.len() - text.len();
        let cells = cells(text);
        if text.is_empty() || begins_block(text) && !text.starts_with('|') {
            columns = None;
        } else if let Some(columns) = columns {
            if let [first, ..] = cells.get(columns..).unwrap_or_default()
                && !text.get(first.start..).unwrap_or_default().trim_matches(['|', ' ', '\t']).is_empty()
            {
                let end = cells.last().map_or(text.len(), |last| last.end);
                found.push((begin + first.start..begin + end, columns));
            }
        } else if text.contains('|') && cells.len() == above && cells.iter().all(|cell| is_dashes(text, cell))
        {
            columns = Some(above);
        }
        above = cells.len();
    }
    found
}

/// Whether a cell is one of the line between a table's head and its rows.
fn is_dashes(text: &str, cell: &Range<usize>) -> bool {
    let cell = text.get(cell.clone()).unwrap_or_default().trim().trim_matches(':');
    !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
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
