//! The box with a line's amounts, and the same in one line.

use serde::Serialize;

use super::wording::Wording;
use super::{Headline, Printed, Totals};
use crate::model::{Amount, Comparison, Money, SplitPart};
use crate::rollup::Row;
use crate::words;

/// A row of the amount box.
#[derive(Clone, Debug, Serialize)]
pub struct AmountRow {
    /// What the amount is.
    pub label: String,
    /// The amount with its unit.
    pub text: String,
    /// Whether it is one of the accounts or instruments that the amount is made up of.
    #[serde(skip)]
    pub is_source: bool,
}

/// The rows of a line's amount box.
pub(super) fn rows(row: &Row<'_>, wording: &Wording<'_>) -> Vec<AmountRow> {
    let words = wording.words;
    let mut rows = Vec::new();
    let requested = wording.notation.money(&row.requested_money());
    if !requested.is_empty() {
        rows.push(entry(&wording.requested_label(), requested));
    }
    rows.extend(split(row, wording));
    rows.extend(sources(row, wording));
    let prior = wording.notation.money(&row.prior_money());
    if !prior.is_empty() {
        let (label, text) = (wording.prior_label(row.line.prior.basis), prior);
        let lang = wording.lang;
        rows.push(entry(&words::prior_total(lang, label), words::prior_total(lang, text)));
    }
    let change = change(row, wording);
    let says_more = row.prior.amount.is_some();
    if says_more && !change.is_empty() {
        rows.push(entry(words.change, change));
    }
    rows.extend(settled(row, wording));
    rows
}

/// The most rows of amounts that the band of a single page has room for beside accounts and instruments.
const IN_BAND: usize = 6;

/// The amounts that stand in the band, and the accounts and instruments that have a table of their own.
pub(super) fn in_band(rows: Vec<AmountRow>) -> (Vec<AmountRow>, Vec<AmountRow>) {
    if rows.len() <= IN_BAND {
        return (rows, Vec::new());
    }
    let (sources, band) =
        rows.into_iter().enumerate().partition::<Vec<_>, _>(|(at, row)| *at > 0 && row.is_source);
    let rows = |rows: Vec<(usize, AmountRow)>| rows.into_iter().map(|(_, row)| row).collect();
    (rows(band), rows(sources))
}

/// What a line says about its amounts beyond the two that its sentence shows.
pub(super) fn further(row: &Row<'_>, wording: &Wording<'_>) -> Vec<AmountRow> {
    let mut rows = split(row, wording);
    rows.extend(sources(row, wording));
    rows.extend(settled(row, wording));
    rows
}

pub(super) fn entry(label: &str, text: String) -> AmountRow {
    AmountRow { label: label.to_owned(), text, is_source: false }
}

/// The two parts of a request, where they are told apart.
fn split(row: &Row<'_>, wording: &Wording<'_>) -> Vec<AmountRow> {
    let words = wording.words;
    let Some((request, wish)) = &row.line.requested.split else {
        return Vec::new();
    };
    vec![
        entry(words.request_part, wording.notation.money(&request.value)),
        entry(&wording.wish_label(), wording.notation.money(&wish.value)),
    ]
}

/// The accounts that the amounts come from, then the instruments by which they are given. Each split is of the whole, so each says
/// what it is by.
fn sources(row: &Row<'_>, wording: &Wording<'_>) -> Vec<AmountRow> {
    let words = wording.words;
    let splits = [(words.by_account, &row.line.accounts), (words.by_instrument, &row.line.instruments)];
    let parts = splits.iter().flat_map(|(by, parts)| parts.iter().map(move |part| (*by, part)));
    parts.filter_map(|(by, part)| source(by, part, wording)).collect()
}

/// An account or an instrument with both its amounts: `会計別：一般会計`, `4,000百万円（前年度 3,000百万円）`.
fn source(by: &str, part: &SplitPart, wording: &Wording<'_>) -> Option<AmountRow> {
    let words = wording.words;
    let printed = |money: Money| {
        let text = wording.notation.money(&money);
        (!text.is_empty()).then_some(text)
    };
    let requested = part.requested.and_then(|money| printed(money.value));
    let prior = part.prior.and_then(|money| match money.value {
        Money::New => Some(words.new.to_owned()),
        money => printed(money).map(|text| format!("{} {text}", words.split_prior)),
    });
    let text = match (requested, prior) {
        (Some(requested), Some(prior)) => wording.bracketed(&requested, &prior),
        (requested, prior) => requested.or(prior)?,
    };
    Some(AmountRow { is_source: true, ..entry(&format!("{by}{}", part.name), text) })
}

/// What became of the request, where it is known.
fn settled(row: &Row<'_>, wording: &Wording<'_>) -> Vec<AmountRow> {
    let (line, words) = (row.line, wording.words);
    let known = [(words.enacted, &line.enacted), (words.supplementary, &line.supplementary)];
    known
        .into_iter()
        .filter_map(|(label, amount)| {
            let amount = amount.as_ref()?;
            Some(entry(label, wording.notation.amount(&amount.value)))
        })
        .collect()
}

/// A line's amounts in one line: `13,849百万円（前年度予算額 3,809百万円）`.
pub(super) fn sentence(row: &Row<'_>, wording: &Wording<'_>) -> String {
    let requested = wording.notation.money(&row.requested_money());
    let prior = match row.prior_money() {
        Money::New => wording.words.new.to_owned(),
        money => {
            let amount = wording.notation.money(&money);
            if amount.is_empty() {
                amount
            } else {
                format!("{} {amount}", wording.prior_label(row.line.prior.basis))
            }
        }
    };
    match (requested.is_empty(), prior.is_empty()) {
        (_, true) => requested,
        (true, false) => prior,
        (false, false) => wording.bracketed(&requested, &prior),
    }
}

/// A line's amounts for the index.
pub(super) fn headline(row: &Row<'_>, wording: &Wording<'_>) -> Headline {
    Headline {
        printed: Printed {
            requested: wording.notation.money(&row.requested_money()),
            prior: wording.notation.money(&row.prior_money()),
            change: change(row, wording),
        },
        totals: Totals {
            currency: wording.request.unit.currency().code().to_owned(),
            requested: row.requested.amount.map(Amount::to_base_units_string),
            prior: row.prior.amount.map(Amount::to_base_units_string),
            open: [("requested", row.requested), ("prior", row.prior)]
                .into_iter()
                .filter(|(_, column)| column.money.is_open())
                .map(|(name, _)| name.to_owned())
                .collect(),
        },
    }
}

/// The sign of a change.
pub(super) fn sign(change: Option<Amount>) -> i8 {
    change.map_or(0, |change| i8::from(!change.is_zero()) * if change.is_negative() { -1 } else { 1 })
}

/// The change with its unit and rate: `1,098百万円（31.4%）`, or 皆増, 皆減, 同額.
fn change(row: &Row<'_>, wording: &Wording<'_>) -> String {
    let notation = &wording.notation;
    let Ok(comparison) = Comparison::between(row.requested_money(), row.prior_money()) else {
        return String::new();
    };
    let mut rate = notation.rate_of(&comparison);
    if let Some(exact) = comparison.rate() {
        let multiple = notation.multiple(&exact);
        rate.extend(multiple.map(|multiple| format!("{}{multiple}", wording.words.comma)));
    }
    match comparison.change() {
        Some(change) => wording.bracketed(&notation.amount(&change), &rate),
        None => rate,
    }
}
