//! W0211: the parts of a sum state their amounts. One that is not stated (記載なし) hides the sum, or the remainder, and this says
//! what would follow.

use super::remainder_explained::unlisted;
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Breakdown, Money, SplitPart};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Row, Sums};
use crate::source::Span;

/// Parts whose amounts are not stated, by name and place.
type Unstated = Vec<(String, Span)>;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in rollup.rows.iter().filter(|row| rollup.is_readable(row)) {
        for column in Column::BOTH {
            findings.extend(breakdown(rollup, row, column));
            let splits = [("accounts", &row.line.accounts), ("instruments", &row.line.instruments)];
            findings.extend(
                splits.into_iter().filter_map(|(name, parts)| split(rollup, row, (name, parts), column)),
            );
        }
    }
}

/// The finding for one column of a breakdown; nothing for lines above one that is reported, unless they state a total.
fn breakdown(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Diagnostic> {
    let sums = column.sums(row);
    let breakdown = row.line.breakdown.filter(|_| sums.is_gapped)?.value;
    let unstated: Unstated = rollup
        .children_of(row)
        .filter(|part| part.line.is_addable() && column.sums(part).is_unknown)
        // What is not settled makes a draft of the chapter (W0307); nothing else need be said of it.
        .filter(|part| column.sums(part).counted_money() != Money::Undecided)
        .map(|part| (format!("`{}`", part.line.id.value), column.span(part.line)))
        .collect();
    let is_said = || rollup.children_of(row).any(|part| column.stated(part.line) == Money::Unknown);
    if unstated.is_empty() || sums.amount.is_none() && !is_said() {
        return None;
    }
    let what = format!("the breakdown of `{}`", row.line.id.value);
    let parts = rollup.children_of(row).filter(|part| part.line.is_addable());
    let is_open = parts.map(|part| column.sums(part).counted_money()).any(Money::is_open);
    let mut finding = finding(rollup, row, (what, unstated), column, (sums, is_open));
    if breakdown == Breakdown::Partial && sums.amount.is_some() {
        finding = finding.note("what is not listed is a part of that, too; the sheet prints no remainder");
    }
    Some(finding)
}

/// The finding for one column of a split by accounts or by instruments.
fn split(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    (name, parts): (&str, &[SplitPart]),
    column: Column,
) -> Option<Diagnostic> {
    let money = |part: &SplitPart| if column == Column::Requested { part.requested } else { part.prior };
    let unstated: Unstated = parts
        .iter()
        .filter_map(|part| Some((&part.name, money(part)?)))
        .filter(|(_, money)| money.value == Money::Unknown)
        .map(|(name, money)| (format!("`{name}`"), money.span))
        .collect();
    if unstated.is_empty() {
        return None;
    }
    let addends = parts.iter().filter_map(|part| money(part)?.value.addable());
    let is_open = parts.iter().filter_map(money).any(|money| money.value.is_open());
    let listed = Amount::sum(addends).ok().flatten();
    let sums = Sums { amount: column.sums(row).amount, listed, ..Sums::default() };
    let what = format!("what the {name} of `{}` make", row.line.id.value);
    Some(finding(rollup, row, (what, unstated), column, (sums, is_open)))
}

fn finding(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    (what, unstated): (String, Unstated),
    column: Column,
    (sums, is_open): (Sums, bool),
) -> Diagnostic {
    let notation = Notation::new(rollup.request.lang);
    let names: Vec<&str> = unstated.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    let (of, verb) = if unstated.len() > 1 { ("amounts", "are") } else { ("amount", "is") };
    let message = format!("{what} cannot be added: the {} {of} of {names} {verb} not stated", column.slug());
    let stated = column.stated(row.line);
    // A total that is open, too, leaves to the others what it states.
    let is_left_open = is_open && !stated.is_open();
    let total = match sums.amount {
        Some(total) => {
            let total =
                if stated.is_open() { Money::KnownAndUnspecified(total) } else { Money::Known(total) };
            format!("stated total {}", notation.money(&total))
        }
        None => "no total can be printed here, nor counted above".to_owned(),
    };
    let finding = Diagnostic::new("W0211", column.span(row.line), message).here(total);
    let finding = unstated.iter().fold(finding, |finding, (_, span)| finding.also(*span, "not stated"));
    let listed = match sums.listed {
        Some(listed) if is_open => notation.money(&Money::KnownAndUnspecified(listed)),
        None if is_open => notation.money(&Money::Unspecified),
        Some(listed) => notation.amount(&listed),
        None => "nothing".to_owned(),
    };
    let rest = sums.amount.and_then(|total| match sums.listed {
        Some(listed) => total.checked_sub(listed).ok(),
        None => Some(total),
    });
    let follows = match rest {
        Some(rest) => {
            let below =
                if rest.is_negative() { ", which is below zero: look at the others again" } else { "" };
            let names = if is_left_open { format!("{names} and what is open") } else { names };
            let is_several = is_left_open || unstated.len() > 1;
            let (verb, together) = if is_several { ("are", " together") } else { (verb, "") };
            let left = unlisted(rollup, sums, rest, &notation);
            format!(
                "the other parts add up to {listed}; it would follow that {names} {verb} {left}{together}{below}"
            )
        }
        None => format!("the other parts add up to {listed}"),
    };
    finding
        .note(follows)
        .about(&row.line.id.value)
        .help("write the amount when it is known; if it is known to nobody, say why: `accept: [{rule: W0211, reason: …}]`")
}
