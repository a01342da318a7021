//! E0405: a period is consistent. E0406: the fiscal year lies in it.

use crate::diagnostic::Diagnostic;
use crate::model::{FiscalYear, Money, Period};
use crate::rollup::Rollup;
use crate::source::Span;

pub(super) fn check_consistent(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for (_, period) in periods(rollup) {
        let (Some(from), Some(to)) = (period.from, period.to) else {
            continue;
        };
        let Some(length) = length(from.value, to.value) else {
            findings.push(
                Diagnostic::new("E0405", to.span, "the period ends before it begins")
                    .here("its last year")
                    .also(from.span, "its first year")
                    .help("exchange the two, or correct one"),
            );
            continue;
        };
        if let Some(years) = period.years.filter(|years| years.value != length) {
            findings.push(mismatch(
                years.span,
                from.span,
                to.span,
                format!("the period is said to last {} years and lasts {length}", years.value),
            ));
        }
        if let Some(years) = period.max_years.filter(|years| years.value < length) {
            findings.push(mismatch(
                years.span,
                from.span,
                to.span,
                format!("the period may last {} years and lasts {length}", years.value),
            ));
        }
    }
}

fn mismatch(stated: Span, from: Span, to: Span, message: String) -> Diagnostic {
    Diagnostic::new("E0405", stated, message)
        .here("stated length")
        .also(from, "first year")
        .also(to, "last year; both years count")
        .help("correct one of the three, or leave the length out")
}

pub(super) fn check_year(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let year = rollup.request.fiscal_year;
    for (requested, period) in periods(rollup) {
        if matches!(requested, Money::Ended | Money::NotApplicable) || year.value.is_stand_in() {
            continue;
        }
        let too_early = period.from.filter(|from| year.value < from.value);
        // A period that contradicts itself is reported as such; what it says of the year means nothing.
        let contradicts = period.from.zip(period.to).is_some_and(|(from, to)| to.value < from.value);
        if contradicts {
            continue;
        }
        let too_late = period.last_year().filter(|(last, _)| year.value > *last);
        let Some(bound) = too_early.map(|from| from.span).or(too_late.map(|(_, span)| span)) else {
            continue;
        };
        let (what, cure) =
            if too_early.is_some() { ("begins after", "first") } else { ("ended before", "last") };
        findings.push(
            Diagnostic::new(
                "E0406",
                bound,
                format!("the program's period {what} the fiscal year of the request"),
            )
            .here(format!("the {cure} year of the program"))
            .also(year.span, "the fiscal year of the request")
            .help(if too_early.is_some() {
                "correct the first year: a program that begins later has no amount this year"
            } else {
                "correct the period; a program that is over is written `requested: 終了`"
            }),
        );
    }
}

/// How many years a period lasts, both ends counted; `None` when it ends before it begins.
fn length(from: FiscalYear, to: FiscalYear) -> Option<u16> {
    to.western().checked_sub(from.western())?.checked_add(1)
}

fn periods<'a>(rollup: &'a Rollup<'_>) -> impl Iterator<Item = (Money, &'a Period)> {
    rollup.rows.iter().filter_map(|row| Some((row.requested_money(), row.program?.period.as_deref()?)))
}
