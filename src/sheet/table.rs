//! The table of lines: requested, prior, change, rate, notes; the computed remainder; the total.

use serde::Serialize;

use super::notes;
use super::wording::Wording;
use crate::model::{Breakdown, Comparison, Money, Rounding};
use crate::rollup::{Entry, Rollup, Row, Sums};
use crate::words;

/// The heads of the columns.
#[derive(Clone, Debug, Serialize)]
pub struct Heads {
    /// The line's title.
    pub title: String,
    pub requested: String,
    pub prior: String,
    pub change: String,
    /// The rate of change.
    pub rate: String,
    /// Notes; empty where no row has any, and there is no such column.
    pub notes: String,
}

impl Heads {
    /// The heads of a table with these rows.
    pub(super) fn over(self, rows: &[TableRow]) -> Self {
        let is_noted = rows.iter().any(|row| !row.notes.is_empty() || row.text.is_some());
        Self { notes: if is_noted { self.notes } else { String::new() }, ..self }
    }
}

/// A row of the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableRow {
    /// `group`, `line`, `part`, `remainder` or `total`.
    pub kind: &'static str,
    /// The line's title; parts say 「うち」 before it.
    pub title: String,
    /// The sheet the title links to, if any.
    pub target: Option<String>,
    /// Requested amount, prior amount, change and rate, in the table's unit.
    pub figures: [String; 4],
    /// The line's notes.
    pub notes: String,
    /// What the line is about, Markdown on one line, where the table has it.
    pub text: Option<String>,
}

/// The heads of a chapter's tables.
pub(super) fn columns(wording: &Wording<'_>) -> Heads {
    Heads {
        title: wording.words.program.to_owned(),
        requested: wording.requested_label(),
        prior: wording.words.prior.to_owned(),
        change: wording.words.change.to_owned(),
        rate: wording.words.rate.to_owned(),
        notes: wording.words.remarks.to_owned(),
    }
}

/// The table of everything below a row, ending with the remainder and the total.
pub(super) fn rows(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> Vec<TableRow> {
    let mut table = Vec::new();
    for child in rollup.children_of(top) {
        add(rollup, child, (0, 0), wording, &mut table);
    }
    table.extend(remainder(top, 0, wording));
    table.extend(total(top, wording));
    table
}

/// The table of a chapter, by its groups; the titles of its programs lead to their sheets.
pub(super) fn of_chapter(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> Vec<TableRow> {
    let mut table = Vec::new();
    for (inset, entry) in rollup.grouped() {
        match entry {
            Entry::Program(_, row) => {
                let first = table.len();
                add(rollup, row, (inset, 0), wording, &mut table);
                if let Some(program) = table.get_mut(first) {
                    program.target = Some(format!("{}.md", row.line.id.value));
                }
            }
            Entry::Group { title, title_en, amounts: [requested, prior, ..], .. } => table.push(TableRow {
                kind: "group",
                title: format!(
                    "{}{}",
                    wording.words.inset.repeat(inset),
                    wording.lang.pick(title, title_en.unwrap_or(title))
                ),
                figures: figures(requested, prior, wording),
                ..TableRow::default()
            }),
        }
    }
    table.extend(remainder(top, 0, wording));
    table.extend(total(top, wording));
    table
}

fn add(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    (inset, depth): (usize, usize),
    wording: &Wording<'_>,
    table: &mut Vec<TableRow>,
) {
    let line = row.line;
    let figures = figures(row.requested_money(), row.prior_money(), wording);
    let number = row.program.and_then(|program| program.number.as_ref());
    table.push(TableRow {
        kind: if depth == 0 { "line" } else { "part" },
        title: format!(
            "{}{}{}",
            wording.words.inset.repeat(inset),
            of_which(depth, wording),
            wording.numbered(number, &wording.title(line))
        ),
        figures,
        notes: notes::cell(row, wording),
        ..TableRow::default()
    });
    for child in rollup.children_of(row) {
        add(rollup, child, (inset, depth + 1), wording, table);
    }
    if depth > 0 || !row.children.is_empty() {
        let rest = remainder(row, depth + 1, wording);
        table.extend(rest.map(|rest| TableRow {
            title: format!("{}{}", wording.words.inset.repeat(inset), rest.title),
            ..rest
        }));
    }
}

fn of_which(depth: usize, wording: &Wording<'_>) -> String {
    if depth == 0 {
        String::new()
    } else {
        format!("{}{}", wording.words.inset.repeat(depth - 1), wording.words.of_which)
    }
}

/// The row of what a partial breakdown does not list. Nothing where there is nothing left or the rest is unknown.
pub(super) fn remainder(row: &Row<'_>, depth: usize, wording: &Wording<'_>) -> Option<TableRow> {
    let partial = row.line.breakdown.is_some_and(|breakdown| breakdown.value == Breakdown::Partial);
    let some = |column: Sums| match column.rest() {
        Money::Known(rest) => !rest.is_zero(),
        rest => rest.is_open(),
    };
    if !partial || !(some(row.requested) || some(row.prior)) {
        return None;
    }
    let approximate = [row.requested, row.prior].iter().any(|column| is_coarse(*column, wording));
    let figures = if approximate {
        coarse_figures(row, wording)
    } else {
        figures(row.requested.rest(), row.prior.rest(), wording)
    };
    Some(TableRow {
        kind: "remainder",
        title: match depth {
            0 if row.program.is_none() => wording.words.remainder.to_owned(),
            0 => wording.words.other.to_owned(),
            _ => format!("{}{}", of_which(depth, wording), wording.words.other),
        },
        target: None,
        figures,
        notes: wording.words.computed.to_owned(),
        text: None,
    })
}

/// The unit of a table; where its total or one of its lines is stated in a larger one, that amounts may carry their own.
pub(super) fn unit_line(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> String {
    match rollup.has_within(top, &|row| is_coarse(row.requested, wording) || is_coarse(row.prior, wording)) {
        true => words::in_unit_mostly(wording.lang, wording.unit_label()),
        false => wording.unit_line(),
    }
}

/// Whether the whole is stated in a coarser unit than the table's, so that the remainder is known only approximately.
pub(super) fn is_coarse(column: Sums, wording: &Wording<'_>) -> bool {
    column.amount.is_some_and(|amount| wording.is_coarse(amount))
}

fn coarse_figures(row: &Row<'_>, wording: &Wording<'_>) -> [String; 4] {
    let about = |column: Sums| {
        let rounded = column
            .amount
            .zip(column.remainder)
            .and_then(|(whole, rest)| rest.rounded_to(whole.unit(), whole.decimals(), Rounding::HalfUp));
        let money = |amount| match column.rest().is_open() {
            true => Money::KnownAndUnspecified(amount),
            false => Money::Known(amount),
        };
        rounded
            .map(|amount| format!("{}{}", wording.words.about, wording.notation.money(&money(amount))))
            .unwrap_or_else(|| wording.notation.money(&column.rest()))
    };
    [about(row.requested), about(row.prior), String::new(), String::new()]
}

/// The row of the total; nothing where all that could be printed is a sum over parts of which one is not stated.
fn total(row: &Row<'_>, wording: &Wording<'_>) -> Option<TableRow> {
    let (requested, prior) = (row.requested_money(), row.prior_money());
    let stated = requested.is_stated() || prior.is_stated();
    if !stated && row.requested.is_gapped && row.prior.is_gapped {
        return None;
    }
    let (title, figures) = if stated {
        (wording.words.total, figures(requested, prior, wording))
    } else {
        (wording.words.listed_total, figures(row.requested.parts, row.prior.parts, wording))
    };
    Some(TableRow { kind: "total", title: title.to_owned(), figures, ..TableRow::default() })
}

pub(super) fn figures(requested: Money, prior: Money, wording: &Wording<'_>) -> [String; 4] {
    let notation = &wording.notation;
    let unit = wording.unit();
    let comparison = Comparison::between(requested, prior).unwrap_or(Comparison::Incomparable);
    let change = match comparison {
        Comparison::Same => requested.addable().and_then(|amount| amount.checked_sub(amount).ok()),
        other => other.change(),
    };
    let change = change.map(|change| notation.figure(&change, unit)).unwrap_or_default();
    [notation.cell(&requested, unit), notation.cell(&prior, unit), change, notation.rate_of(&comparison)]
}
