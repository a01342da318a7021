//! E0206: a line counted elsewhere is not added: the breakdown adds up without its 再掲 and 内数 lines.

use super::breakdown_complete::complete;
use super::column::{gap, with_addends};
use crate::diagnostic::Diagnostic;
use crate::model::Amount;
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row};
use crate::source::Span;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for row in complete(rollup) {
        for column in Column::BOTH {
            let (Some(counted), Some(total)) = (closing(rollup, row, column), column.sums(row).amount) else {
                continue;
            };
            let Some(((amount, span), others)) = counted.split_first() else {
                continue;
            };
            let message = format!(
                "`{}` adds up only if a line that is counted elsewhere is added ({})",
                row.line.id.value,
                column.slug()
            );
            let finding = Diagnostic::new("E0206", *span, message)
                .here(format!("{} is `再掲` or `内数`", notation.amount(amount)))
                .also(column.span(row.line), format!("stated total {}", notation.amount(&total)));
            let finding = with_addends(finding, others, &notation);
            findings.push(
                with_addends(finding, &column.addends(rollup, row), &notation)
                    .help("take the amount out of the total; if it is counted here and nowhere else, take the note `recount` or `within` out"),
            );
        }
    }
}

/// The lines counted elsewhere that close the gap of a sum: one of them, or all together.
pub(super) fn closing(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Vec<(Amount, Span)>> {
    let total = column.total(row)?;
    let addends: Vec<Amount> = column.addends(rollup, row).iter().map(|(amount, _)| *amount).collect();
    let rules = rollup.request.roundings();
    gap(&addends, total, rules)?;

    let left_out = column.left_out(rollup, row);
    let all = (left_out.len() > 1).then(|| left_out.clone());
    let mut candidates = left_out.iter().map(|one| vec![*one]).chain(all);
    candidates.find(|counted| {
        let counted = counted.iter().map(|(amount, _)| *amount);
        let addends: Vec<Amount> = addends.iter().copied().chain(counted).collect();
        gap(&addends, total, rules).is_none()
    })
}
