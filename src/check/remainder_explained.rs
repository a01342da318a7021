//! W0203: the remainder of a partial breakdown is explained by a note, on the line or on one of its parts.

use crate::diagnostic::{Diagnostic, Wish};
use crate::model::{Amount, Breakdown, Interval, Line, NoteKind, UNWRITTEN};
use crate::notation::Notation;
use crate::rollup::{Rollup, Sums};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        let Some(breakdown) = row.line.breakdown.filter(|breakdown| breakdown.value == Breakdown::Partial)
        else {
            continue;
        };
        let columns = [(row.requested, "requested"), (row.prior, "prior")];
        let Some((column, remainder, name)) = columns.into_iter().find_map(|(column, name)| {
            let remainder = column.remainder?;
            let is_left = !remainder.is_zero() && !remainder.is_negative();
            is_left.then_some((column, remainder, name))
        }) else {
            continue;
        };
        if explains(row.line) || rollup.children_of(row).any(|part| explains(part.line)) {
            continue;
        }
        let notation = Notation::new(rollup.request.lang);
        let id = &row.line.id.value;
        findings.push(
            Diagnostic::new("W0203", breakdown.span, format!("nothing says what the rest of `{id}` is for"))
                .here(format!("{} of the {name} amount is not listed", unlisted(rollup, column, remainder, &notation)))
                .about(id)
                .help("add a note that says so, `{kind: in_addition, text: このほか…}` or `{kind: remark, text: …}`; or accept this: `accept: [{rule: W0203, reason: …}]`")
                .wish(Wish::Entries {
                    line: row.line.id.span,
                    key: "notes",
                    entries: vec![vec![("kind", vec!["remark".to_owned()]), ("text", vec![UNWRITTEN.to_owned()])]],
                }),
        );
    }
}

/// The remainder: exact where the total is as fine as its parts, otherwise the range that rounding leaves.
pub(super) fn unlisted(rollup: &Rollup<'_>, column: Sums, remainder: Amount, notation: &Notation) -> String {
    let exact = notation.amount(&remainder);
    let (Some(total), Some(listed)) = (column.amount, column.listed) else {
        return exact;
    };
    if total.quantum_exponent() <= listed.quantum_exponent() {
        return exact;
    }
    let rules = rollup.request.roundings();
    let ranges = rules.iter().filter_map(|rule| {
        let rest = total.interval(*rule).checked_sub(Interval::exact(listed)).ok()?;
        rest.inclusive_range(listed.unit(), listed.decimals())
    });
    let (lows, highs): (Vec<Amount>, Vec<Amount>) = ranges.unzip();
    let low = lows
        .into_iter()
        .reduce(|a, b| if a.compare(b).is_some_and(std::cmp::Ordering::is_le) { a } else { b });
    let high = highs
        .into_iter()
        .reduce(|a, b| if a.compare(b).is_some_and(std::cmp::Ordering::is_ge) { a } else { b });
    match (low, high) {
        (Some(low), Some(high)) => {
            format!("between {} and {}", notation.figure(&low, listed.unit()), notation.amount(&high))
        }
        _ => exact,
    }
}

fn explains(line: &Line) -> bool {
    line.notes.iter().any(|note| matches!(note.kind, NoteKind::InAddition { .. } | NoteKind::Remark))
}
