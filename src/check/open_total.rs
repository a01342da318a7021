//! W0212: a total is open (事項要求) where one of its parts is, and only there.

use crate::diagnostic::Diagnostic;
use crate::model::{Line, Money};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::Spanned;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        for column in Column::BOTH {
            findings.extend(breakdown(rollup, row, column));
            for (name, parts) in row.line.splits() {
                let parts = parts.iter().map(|part| column.of_split(part)).collect::<Option<Vec<_>>>();
                let stated = column.stated(row.line);
                let whole = if stated.is_stated() { stated } else { column.sums(row).parts };
                findings.extend(parts.and_then(|parts| sum(rollup, row.line, column, whole, (name, &parts))));
            }
        }
        let requested = &row.line.requested;
        if let Some((request, wish)) = requested.split {
            let parts = ("request and wish", &[request, wish][..]);
            findings.extend(sum(rollup, row.line, Column::Requested, requested.money.value, parts));
        }
    }
}

/// What one column of a breakdown and the line's own words say of each other.
fn breakdown(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Diagnostic> {
    let stated = column.stated(row.line);
    let counted = |part: &Row<'_>| match column.sums(part) {
        // What is not stated hides the sum, and not that it is open.
        sums if sums.is_open && matches!(stated, Money::Known(_)) && sums.is_unknown => Money::Unspecified,
        sums => sums.counted_money(),
    };
    let parts: Vec<Spanned<Money>> = rollup
        .children_of(row)
        .filter(|part| part.line.is_addable())
        .map(|part| Spanned::new(counted(part), column.span(part.line)))
        .collect();
    if !row.line.is_complete() && stated.is_open() && !parts.iter().any(|part| part.value.is_open()) {
        return None;
    }
    sum(rollup, row.line, column, stated, ("parts", &parts))
}

/// The finding for a whole that is open where its parts are not, or the other way round.
fn sum(
    rollup: &Rollup<'_>,
    line: &Line,
    column: Column,
    whole: Money,
    (name, parts): (&str, &[Spanned<Money>]),
) -> Option<Diagnostic> {
    let total = Money::total(parts.iter().map(|part| part.value)).ok()?;
    let known = match (whole, total) {
        (Money::Known(whole), _) if parts.iter().any(|part| part.value.is_open()) => Some(whole),
        (Money::Unspecified, total) => total.addable(),
        _ => None,
    };
    let notation = Notation::new(rollup.request.lang);
    let id = &line.id.value;
    let finding = |message: String| {
        let shown = notation.money(&whole);
        Diagnostic::new("W0212", column.span(line), format!("{message} ({})", column.slug()))
            .here(shown)
            .about(id)
    };
    if let Some(known) = known {
        let cure = notation.cell(&Money::KnownAndUnspecified(known), rollup.request.unit);
        let message = match whole {
            Money::Unspecified => format!("the {name} of `{id}` have amounts, and its total has none"),
            _ => format!("the {name} of `{id}` leave an amount open, and its total does not say so"),
        };
        let telling = parts.iter().filter(|part| part.value.is_open() || whole == Money::Unspecified);
        let (key, amount) = (column.slug(), cure.replace('＋', "+").replace(',', ""));
        let is_beside_others = match column {
            Column::Requested => line.requested.split.is_some(),
            _ => !line.prior.is_initial(),
        };
        return Some(labelled(finding(message), telling, &notation).help(match is_beside_others {
            true => format!(
                "write `amount: {amount}` under `{key}`: the sheets print it so, and no change or rate as if it were known"
            ),
            false => format!(
                "write `{key}: {amount}`: the sheets print it so, and no change or rate as if it were known"
            ),
        }));
    }
    let is_told_nowhere = whole.is_open() && total.is_stated() && !total.is_open();
    is_told_nowhere.then(|| {
        let message = format!("`{id}` leaves an amount open, and none of its {name} says which");
        labelled(finding(message), parts.iter(), &notation)
            .help("write 事項要求 (`500+事項要求`) where it belongs, or take it out of the total")
    })
}

fn labelled<'p>(
    finding: Diagnostic,
    parts: impl Iterator<Item = &'p Spanned<Money>>,
    notation: &Notation,
) -> Diagnostic {
    parts.fold(finding, |finding, part| finding.also(part.span, notation.money(&part.value)))
}
