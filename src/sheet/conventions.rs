//! What a sheet says of its own conventions: the months of a fiscal year that is not Japan's, and how its amounts are rounded for
//! print, with whether that keeps a column from footing.

use super::wording::Wording;
use crate::model::{Amount, Breakdown, Comparison, FiscalCalendar, Lang, Rounding};
use crate::rollup::{Column, Rollup, Row};

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
    Some(match wording.lang {
        Lang::Ja => format!("{year}は{first}から{last}まで"),
        Lang::En => format!("{year} is {first} to {last}"),
    })
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
    let unit = print.unit.label(wording.lang);
    let rounding = print.rounding.unwrap_or(Rounding::HalfUp);
    Some(match wording.lang {
        Lang::Ja => {
            let places = match print.decimals {
                0 => String::new(),
                places => format!("・小数第{places}位まで"),
            };
            let how = match rounding {
                Rounding::HalfUp => "四捨五入して",
                Rounding::Truncate => "切り捨てて",
                Rounding::Ceiling => "切り上げて",
            };
            let off = if is_uneven {
                "。端数処理の関係で、計や差引きが一致しない場合がある"
            } else {
                ""
            };
            format!("金額は{unit}単位{places}に{how}表示{off}")
        }
        Lang::En => {
            let places = match print.decimals {
                0 => String::new(),
                1 => " to 1 decimal".to_owned(),
                places => format!(" to {places} decimals"),
            };
            let off = if is_uneven { "; totals and differences may not add up" } else { "" };
            format!("Amounts are shown in {unit}{places}, by {}{off}", rounding.label(wording.lang))
        }
    })
}

/// Whether a printed column of parts does not foot, so that the sheet must say why.
pub(super) fn needs_rounding_note(rollup: &Rollup<'_>, top: &Row<'_>, wording: &Wording<'_>) -> bool {
    let columns: [fn(&Row<'_>) -> Column; 2] = [|row| row.requested, |row| row.prior];
    let is_off = |row: &Row<'_>| columns.iter().any(|column| !foots(rollup, row, *column, wording));
    is_off(top) || below(rollup, top).any(is_off)
}

/// The rows below a row.
fn below<'a, 'r>(rollup: &'a Rollup<'r>, top: &'a Row<'r>) -> impl Iterator<Item = &'a Row<'r>> {
    let at = rollup.rows.iter().position(|row| std::ptr::eq(row, top));
    at.map_or(&[][..], |at| rollup.subtree(at)).iter().skip(1)
}

/// Whether a column's parts, and what is printed of the rest, make the total as it is printed.
fn foots(rollup: &Rollup<'_>, row: &Row<'_>, of: fn(&Row<'_>) -> Column, wording: &Wording<'_>) -> bool {
    let column = of(row);
    let breakdown = row.line.breakdown.map(|breakdown| breakdown.value);
    let is_partial = breakdown == Some(Breakdown::Partial);
    // Over an amount that is open or not stated there is no remainder, and nothing that could foot.
    let total = match column.amount {
        Some(total) => column.remainder.map(|_| total),
        None => column.listed.filter(|_| !column.is_gapped),
    };
    let total = total.filter(|_| breakdown.is_some());
    let Some(total) = total.filter(|_| !(is_partial && super::table::is_coarse(column, wording))) else {
        return true;
    };
    let rest = column.remainder.filter(|_| is_partial);
    let parts = rollup.children_of(row).filter(|part| part.line.is_addable());
    let parts: Vec<Amount> = parts.filter_map(|part| of(part).counted()).chain(rest).collect();
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
