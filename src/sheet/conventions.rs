//! What a sheet says of its own conventions: the months of a fiscal year that is not Japan's, and how its amounts are rounded for
//! print, with whether that keeps a column from footing.

use super::wording::Wording;
use crate::model::{Amount, Breakdown, Comparison, FiscalCalendar, Rounding};
use crate::rollup::{Column, Rollup, Row};
use crate::words;

/// The notes on the conventions of a sheet about a row and what is below it.
pub(super) fn notes(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> Vec<String> {
    let rows = || std::iter::once(top).chain(below(rollup, top));
    let columns = rows().flat_map(|row| [row.requested, row.prior, row.enacted, row.supplementary]);
    let is_uneven = rows().any(|row| !is_even(row, wording)) || needs_rounding_note(rollup, top, wording);
    calendar(wording)
        .into_iter()
        .chain(printed(columns.filter_map(|it| it.amount), is_uneven, wording))
        .collect()
}

/// Says which months a fiscal year has, where they are not those of Japan's.
pub(super) fn calendar(wording: &Wording<'_>) -> Option<String> {
    let (calendar, year) = (wording.request.calendar(), wording.request.fiscal_year.value);
    if calendar == FiscalCalendar::default() {
        return None;
    }
    let (first, last) = calendar.months(year)?;
    let [first, last] = [first, last].map(|month| wording.notation.date(&month));
    let year = wording.year(year);
    Some(words::months(wording.lang, year, first, last))
}

/// Says how the amounts of a sheet are rounded, where one of them is.
pub(super) fn printed(
    mut amounts: impl Iterator<Item = Amount>,
    is_uneven: bool,
    wording: &Wording<'_>,
) -> Option<String> {
    let print = wording.notation.print?;
    if !amounts.any(|amount| !print.shown(amount).same_value(amount)) {
        return None;
    }
    let lang = wording.lang;
    let places = match print.decimals {
        0 => String::new(),
        1 => words::one_decimal(lang).to_owned(),
        places => words::decimals(lang, places),
    };
    let how = match print.rounding.unwrap_or(Rounding::HalfUp) {
        Rounding::HalfUp => lang.pick("四捨五入して", Rounding::HalfUp.label(lang)),
        Rounding::Truncate => lang.pick("切り捨てて", Rounding::Truncate.label(lang)),
        Rounding::Ceiling => lang.pick("切り上げて", Rounding::Ceiling.label(lang)),
    };
    let off = if is_uneven { words::may_not_foot(lang) } else { "" };
    Some(words::printed_in(lang, print.unit.label(lang), places, how, off))
}

/// Whether a printed column of parts does not foot, so that the sheet must say why.
pub(super) fn needs_rounding_note(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> bool {
    let is_off = |row: &Row<'_>| Column::BOTH.iter().any(|column| !foots(rollup, row, *column, wording));
    is_off(top) || below(rollup, top).any(is_off)
}

/// The rows below a row.
fn below<'a, 'r>(rollup: &'a Rollup<'r>, top: &'a Row<'r>) -> impl Iterator<Item = &'a Row<'r>> {
    let at = rollup.rows.iter().position(|row| std::ptr::eq(row, top));
    at.map_or(&[][..], |at| rollup.subtree(at)).iter().skip(1)
}

/// Whether a column's parts, and what is printed of the rest, make the total as it is printed.
fn foots(rollup: &Rollup<'_>, row: &Row<'_>, column: Column, wording: &Wording<'_>) -> bool {
    let sums = column.sums(row);
    let breakdown = row.line.breakdown.map(|breakdown| breakdown.value);
    let is_partial = breakdown == Some(Breakdown::Partial);
    // Over an amount that is open or not stated there is no remainder, and nothing that could foot.
    let total = match sums.amount {
        Some(total) => sums.remainder.map(|_| total),
        None => sums.listed.filter(|_| !sums.is_gapped),
    };
    let total = total.filter(|_| breakdown.is_some());
    let Some(total) = total.filter(|_| !(is_partial && super::table::is_coarse(sums, wording))) else {
        return true;
    };
    let rest = sums.remainder.filter(|_| is_partial);
    let parts = rollup.children_of(row).filter(|part| part.line.is_addable());
    let parts: Vec<Amount> = parts.filter_map(|part| column.sums(part).counted()).chain(rest).collect();
    parts.is_empty() || makes(total, parts, wording)
}

/// Whether what is printed of a line by itself adds up: its change, and the parts that it is split into.
fn is_even(row: &Row<'_>, wording: &Wording<'_>) -> bool {
    let (requested, prior) = (row.requested_money(), row.prior_money());
    let change = Comparison::between(requested, prior).ok().and_then(Comparison::change);
    let changes = change.zip(prior.addable()).zip(requested.addable());
    let splits = [&row.line.accounts, &row.line.instruments].into_iter().flat_map(|parts| {
        let of = |side: fn(&crate::model::SplitPart) -> Option<crate::model::Money>| {
            let amounts: Option<Vec<Amount>> = parts.iter().map(|part| side(part)?.addable()).collect();
            amounts.filter(|amounts| !amounts.is_empty())
        };
        let requested = row.requested.amount.zip(of(|part| part.requested.map(|money| money.value)));
        let prior = row.prior.amount.zip(of(|part| part.prior.map(|money| money.value)));
        requested.into_iter().chain(prior)
    });
    let wishes = row
        .line
        .requested
        .split
        .as_ref()
        .and_then(|(request, wish)| Some(vec![request.value.addable()?, wish.value.addable()?]));
    changes.is_none_or(|((change, prior), requested)| makes(requested, vec![prior, change], wording))
        && splits.chain(row.requested.amount.zip(wishes)).all(|(total, parts)| makes(total, parts, wording))
}

/// Whether parts make a total as they are printed. Where they do not as they are stated, that is another matter.
pub(super) fn makes(total: Amount, parts: Vec<Amount>, wording: &Wording<'_>) -> bool {
    let shown = |amount: Amount| wording.notation.shown(amount);
    let sum = Amount::sum(parts.into_iter().map(shown));
    sum.ok().flatten().is_none_or(|sum| sum.same_value(shown(total)))
}
