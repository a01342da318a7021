//! E0509: the smallest award is not larger than the largest. W0510: the amount lies within a scale that is not per anything.

use std::cmp::Ordering;

use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Money, Scale};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

pub(super) fn check_order(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for (_, scale) in scales(rollup) {
        let (Some(min), Some(max)) = (&scale.min, &scale.max) else {
            continue;
        };
        if min.value.compare(max.value) == Some(Ordering::Greater) {
            findings.push(
                Diagnostic::new("E0509", min.span, "the smallest award is larger than the largest")
                    .here(format!("`min` is {}", notation.amount(&min.value)))
                    .also(max.span, format!("`max` is {}", notation.amount(&max.value)))
                    .help("exchange the two, or correct the unit of one: an amount without a unit is in the chapter's"),
            );
        }
    }
}

pub(super) fn check_amount(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let notation = Notation::new(rollup.request.lang);
    for (row, scale) in scales(rollup) {
        let Money::Known(amount) = row.requested_money() else {
            continue;
        };
        // 程度 leaves open how far the bounds may be missed.
        if scale.per.is_some() || scale.about {
            continue;
        }
        let lies = |bound: Amount, side| amount.compare(bound) == Some(side);
        let below = scale.min.filter(|min| lies(min.value, Ordering::Less));
        let above = scale.max.filter(|max| lies(max.value, Ordering::Greater));
        let Some((bound, how)) = below.map(|min| (min, "below")).or(above.map(|max| (max, "above"))) else {
            continue;
        };
        let id = &row.line.id.value;
        findings.push(
            Diagnostic::new(
                "W0510",
                row.line.requested.money.span,
                format!("the amount of `{id}` is {how} its stated scale"),
            )
            .here(notation.amount(&amount))
            .also(bound.span, notation.amount(&bound.value))
            .about(id)
            .help("correct the amount or the scale; if the scale is that of one award, say per what: `per: 課題・年`"),
        );
    }
}

fn scales<'a, 'r>(rollup: &'a Rollup<'r>) -> impl Iterator<Item = (&'a Row<'r>, &'r Scale)> {
    rollup.rows.iter().filter_map(|row| Some((row, row.program?.scale.as_deref()?)))
}
