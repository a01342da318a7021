//! N0210: where no rounding rule is stated, says which rules explain the sums that do not foot.

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Footing, Lang, Rounding};
use crate::rollup::{Column, Rollup, Row};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    if rollup.request.rounding.is_some() {
        return;
    }
    let uneven: Vec<(Span, Vec<Rounding>)> = rollup
        .rows
        .iter()
        .filter(|row| rollup.is_readable(row) && is_complete(row))
        .flat_map(|row| Column::BOTH.map(|column| fitting(rollup, row, column)))
        .flatten()
        .collect();
    let Some((first, _)) = uneven.first() else {
        return;
    };

    let fits_all = |rule: &Rounding| uneven.iter().all(|(_, rules)| rules.contains(rule));
    let common: Vec<Rounding> = Rounding::ALL.into_iter().filter(fits_all).collect();
    let id = &rollup.request.line.id;
    let finding = Diagnostic::new("N0210", id.span, message(&common, uneven.len()));
    let finding = uneven
        .iter()
        .skip(1)
        .fold(finding.also(*first, "this sum does not foot to the last digit"), |finding, (span, _)| {
            finding.also(*span, "nor does this one")
        });
    findings.push(finding.about(&id.value).help(match common.as_slice() {
        [] => "look at the sums again: one of them may be wrong by a little".to_owned(),
        _ => "say which it is, `rounding: …`: sums are then checked more strictly".to_owned(),
    }));
}

fn is_complete(row: &Row<'_>) -> bool {
    row.line.breakdown.is_some_and(|breakdown| breakdown.value == Breakdown::Complete)
}

/// The rules under which a column can be right; `None` where it foots as printed or cannot be right at all.
fn fitting(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<(Span, Vec<Rounding>)> {
    let total = column.total(row)?;
    let addends: Vec<Amount> = column.addends(rollup, row).into_iter().map(|(amount, _)| amount).collect();
    let foots = |rule| matches!(Footing::of(&addends, total, rule), Ok(Footing::Exact));
    if addends.is_empty() || foots(Rounding::HalfUp) {
        return None;
    }
    let rules = Footing::fitting_rules(&addends, total).ok()?;
    (!rules.is_empty()).then(|| (column.span(row.line), rules))
}

fn message(common: &[Rounding], sums: usize) -> String {
    let what = if sums == 1 { "a sum that does" } else { "the sums that do" };
    let names: Vec<String> = common.iter().map(|rule| name(*rule)).collect();
    if names.is_empty() {
        return format!("no rounding rule is stated, and no single one explains {what} not foot");
    }
    format!(
        "no rounding rule is stated; {what} not foot {} explained by {}",
        if sums == 1 { "is" } else { "are" },
        names.join(" or ")
    )
}

/// `half_up` (四捨五入).
fn name(rule: Rounding) -> String {
    let key = match rule {
        Rounding::HalfUp => "half_up",
        Rounding::Truncate => "truncate",
        Rounding::Ceiling => "ceiling",
    };
    format!("`{key}` ({})", rule.label(Lang::Ja))
}
