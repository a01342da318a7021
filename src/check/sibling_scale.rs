//! W0304: an amount is of the scale of the lines beside it, where a slip of the unit would make the breakdown better.

use std::cmp::Ordering;

use super::slip::rescaled;
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Rate};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::Span;

/// How far from all its siblings an amount is out of scale.
const FAR: u16 = 100;
/// How near to its own amount of the other year a corrected amount must be.
const NEAR: u16 = 10;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        for column in Column::BOTH {
            let mut addends = column.addends(rollup, row);
            addends.retain(|(amount, _)| is_positive(*amount));
            // Only the largest or the smallest can stand out among all others.
            let order = |one: &&(Amount, Span), other: &&(Amount, Span)| {
                one.0.compare(other.0).unwrap_or(Ordering::Equal)
            };
            let ends = [addends.iter().min_by(order), addends.iter().max_by(order)];
            let ends: Vec<Span> = ends.into_iter().flatten().map(|(_, span)| *span).collect();
            let parts = rollup.children_of(row).filter(|part| part.line.is_addable());
            let parts = parts.filter(|part| ends.contains(&column.span(part.line)));
            findings.extend(parts.filter_map(|part| slip(rollup, row, part, column, &addends)));
        }
    }
}

/// The finding for one amount that stands out among at least two others.
fn slip(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    part: &Row<'_>,
    column: Column,
    addends: &[(Amount, Span)],
) -> Option<Diagnostic> {
    let total = column.total(row)?;
    let listed = column.sums(row).listed?;
    let place = column.span(part.line);
    let amount = column.sums(part).counted().filter(|amount| is_positive(*amount))?;
    let others: Vec<(Amount, Span)> = addends.iter().filter(|(_, span)| *span != place).copied().collect();
    let is_far = |other: Amount| {
        let far = |a, b| Rate::between(a, b).is_some_and(|rate| rate.is_at_least_times(FAR));
        if far(amount, other) {
            Some(Ordering::Greater)
        } else if far(other, amount) {
            Some(Ordering::Less)
        } else {
            None
        }
    };
    let (first, _) = others.first().filter(|_| others.len() > 1)?;
    let direction = is_far(*first)?;
    if !others.iter().all(|(other, _)| is_far(*other) == Some(direction)) {
        return None;
    }

    let before = total.checked_sub(listed).ok()?;
    let (factor, corrected) = rescaled(amount).into_iter().find(|(_, other)| {
        let after = other.checked_sub(amount).and_then(|change| before.checked_sub(change));
        other.compare(amount) == Some(direction.reverse())
            && after.is_ok_and(|after| is_better(row, part, column, before, after, *other))
    })?;

    let notation = Notation::new(rollup.request.lang);
    let id = &part.line.id.value;
    let how = match direction {
        Ordering::Less => "a hundredth of every other line or less",
        _ => "a hundred times every other line or more",
    };
    let shown = notation.amount_in(&corrected, listed.unit());
    let finding = Diagnostic::new(
        "W0304",
        place,
        format!("`{id}` is out of scale with the lines beside it ({})", column.slug()),
    )
    .here(format!("{}: {factor} it would be {shown}", notation.amount(&amount)))
    .about(id)
    .note(format!("it is {how}, and in another unit the breakdown would come nearer to its total"))
    .help("look at the unit; if it is right, say why: `accept: [{rule: W0304, reason: …}]`");
    Some(super::column::with_addends(finding, &others, &notation))
}

/// Whether the corrected amount does the breakdown good: all parts then come ten times nearer to the whole, or, where only some
/// are listed, fit into it and the line's other year says the same.
fn is_better(
    row: &Row<'_>,
    part: &Row<'_>,
    column: Column,
    before: Amount,
    after: Amount,
    corrected: Amount,
) -> bool {
    let complete = row.line.breakdown.map(|breakdown| breakdown.value) == Some(Breakdown::Complete);
    if complete {
        return !before.is_zero()
            && (after.is_zero()
                || Rate::between(before.abs(), after.abs())
                    .is_some_and(|rate| rate.is_at_least_times(NEAR)));
    }
    let other_column = match column {
        Column::Requested => Column::Prior,
        _ => Column::Requested,
    };
    let is_near = |other: Amount| {
        let below = |a, b| Rate::between(a, b).is_some_and(|rate| !rate.is_at_least_times(NEAR));
        below(corrected, other) && below(other, corrected)
    };
    let agrees = other_column.sums(part).counted().is_some_and(is_near);
    let closer = after.abs().compare(before.abs()) == Some(Ordering::Less);
    agrees && closer && !after.is_negative()
}

fn is_positive(amount: Amount) -> bool {
    !amount.is_zero() && !amount.is_negative()
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::read::read_texts;
    use crate::rollup::Rollup;

    /// Whether a line with these amounts is reported beside two of 4,200 and 3,600百万円.
    fn is_reported(breakdown: &str, total: &str, requested: &str, prior: &str) -> bool {
        let text = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 経済産業省\nfiscal_year: 2022\nstage: request\nunit: 百万円\nrequested: {total}\nbreakdown: {breakdown}\nprograms:\n  - {{id: a, title: 甲, requested: \"4,200\", prior: \"3,900\"}}\n  - {{id: b, title: 乙, requested: \"3,600\", prior: \"3,400\"}}\n  - {{id: c1, title: 丙, requested: {requested}, prior: {prior}}}\n"
        );
        let reading = read_texts(&[("c.yaml", &text)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        check(&rollups).iter().any(|finding| finding.code == "W0304")
    }

    #[test]
    fn a_small_program_beside_large_ones_is_no_slip() {
        for prior in ["新規", "28"] {
            assert!(!is_reported("partial", "120億円", "31", prior));
        }
        assert!(!is_reported("complete", "7,831", "31", "新規"));
    }

    #[test]
    fn a_unit_that_the_sum_or_the_other_year_contradicts_is_one() {
        assert!(is_reported("partial", "120億円", "31", "\"2,950\""));
        assert!(is_reported("complete", "10,900", "31", "新規"));
        assert!(is_reported("complete", "12,800", "\"5,000億円\"", "新規"));
    }
}
