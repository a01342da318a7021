//! Request and wish of a line, of which neither is taken without the other.

use super::super::remark::Remark;
use super::super::{EmptyCell, Figure, TakenAmount};
use super::entries::{Entries, text};
use super::line::Taking;
use super::{Read, keys_of};
use crate::model::Money;

impl Taking<'_> {
    /// Request and wish of a line that did not tell them apart: both together, beside all of it, or neither.
    pub(super) fn told_apart(&mut self, row: &Read<'_>, amounts: &mut Vec<TakenAmount>) {
        let is_part = |amount: &TakenAmount| matches!(amount.figure, Figure::Request | Figure::Wish);
        let was = |path: &[&str]| text(&row.kept, path).is_some();
        if was(&["requested", "request"]) || !amounts.iter().any(is_part) {
            return;
        }
        let is_wished = |it: &TakenAmount| {
            it.figure == Figure::Wish && it.money.addable().is_some_and(|it| !it.is_zero())
        };
        let whole = amounts.iter().find(|it| it.figure == Figure::Requested).map(|it| it.money);
        let is_number = whole.is_none_or(|whole| whole.addable().is_some());
        if is_number && amounts.iter().filter(|it| is_part(it)).count() == 2 && amounts.iter().any(is_wished)
        {
            return;
        }
        for amount in amounts.iter().filter(|it| is_part(it)) {
            let what = format!("`{}` is one part of what is asked for; it is not taken", amount.text);
            let help = match is_number {
                true => {
                    "fill in both columns, what is requested and what is wished, where a line tells them apart"
                }
                false => "write the amount of both together, too",
            };
            self.remarks.push(Remark::assumed(amount.place.cell, what, help));
        }
        amounts.retain(|it| !is_part(it));
    }

    /// Of request and wish one that is empty now leaves open what became of the other: neither is taken.
    pub(super) fn half_emptied(&mut self, kept: &Entries, empty: &[EmptyCell], amounts: &mut [TakenAmount]) {
        let is_part = |figure: Figure| matches!(figure, Figure::Request | Figure::Wish);
        if !empty.iter().any(|it| is_part(it.figure)) {
            return;
        }
        for amount in amounts.iter_mut().filter(|it| is_part(it.figure)) {
            let Some(stated) = text(kept, keys_of(amount.figure)).filter(|it| *it != amount.text) else {
                continue;
            };
            let Ok(money) = Money::parse(stated, self.unit) else { continue };
            let what = format!("`{}` is one part of what is asked for; it is not taken", amount.text);
            let help = "write 0 in the column of the other part, which is empty, if nothing is left of it";
            self.remarks.push(Remark::assumed(amount.place.cell, what, help));
            (amount.money, amount.text) = (money, stated.to_owned());
        }
    }
}
