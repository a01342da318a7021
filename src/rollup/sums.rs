//! What the parts of a line make together in one column, beside what the line itself says.

use crate::model::{Amount, Line, Money};
use crate::source::Spanned;

/// One amount of a line and what its parts add up to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// What the line says: its amount or state as stated, open where a part is (事項要求). What the parts of a complete breakdown make, where
    /// nothing is stated.
    pub money: Money,
    /// The number in it.
    pub amount: Option<Amount>,
    /// What the parts that may be added make together.
    pub parts: Money,
    /// The number in it; `None` when no part has an amount.
    pub listed: Option<Amount>,
    /// The line's amount less those of its parts, where it has both and no part is left unstated.
    pub remainder: Option<Amount>,
    /// Whether a part's amount is not stated (記載なし), so that the listed sum is not one of everything listed.
    pub is_gapped: bool,
    /// Whether nobody can say what the line above is to count of this one, because it, or something below it, is not stated.
    pub is_unknown: bool,
    /// Whether a request with no amount yet is in it, also where what is not stated hides the sum.
    pub is_open: bool,
}

impl Sums {
    /// What the line above adds up: the amount, or for a heading that states none, what is listed below it.
    pub fn counted(self) -> Option<Amount> {
        self.amount.or(self.listed)
    }

    /// The same with its state.
    pub fn counted_money(self) -> Money {
        let speaks = self.money.addable().is_some() || self.listed.is_none() && self.money.is_stated();
        let is_undecided = self.money == Money::Undecided
            || self.money == Money::NotStated && self.parts == Money::Undecided;
        match speaks {
            _ if self.is_unknown && is_undecided => Money::Undecided,
            _ if self.is_unknown => Money::Unknown,
            true => self.money,
            false => self.parts,
        }
    }

    /// What of the line is not in its parts: a number, the request with no amount yet, or both; 終了 or 新規 where all of it is.
    pub fn rest(self) -> Money {
        let is_open = self.money.is_open() && !self.parts.is_open();
        match self.remainder {
            Some(rest) if is_open && rest.is_zero() => Money::Unspecified,
            Some(rest) if is_open => Money::KnownAndUnspecified(rest),
            Some(rest) => Money::Known(rest),
            None if matches!(self.money, Money::Ended | Money::New) => self.money,
            None => Money::NotStated,
        }
    }

    /// The same, open where a split of the line's amount is.
    pub(super) fn opened(self, is_open: bool) -> Self {
        let money = if is_open { self.money.opened() } else { self.money };
        Self { money, is_open: self.is_open || money.is_open(), ..self }
    }

    /// A column that need not be filled in: a sum stands for a missing total only where every part has its amount. Where some have, the total
    /// is not known; it is blank, as theirs are.
    pub(super) fn where_known(
        stated: Option<Spanned<Amount>>,
        parts: impl Iterator<Item = Self> + Clone,
        complete: bool,
    ) -> Self {
        let stated = stated.map_or(Money::NotStated, |amount| Money::Known(amount.value));
        let is_told = parts.clone().any(|part| part.counted().is_some());
        let sums = Self::of(stated, parts.filter(|_| is_told), complete);
        let blank = |money: Money| if money.is_gap() { Money::NotStated } else { money };
        Self { money: blank(sums.money), parts: blank(sums.parts), ..sums }
    }

    /// The same column of a line: not to know it hides the sum above, but where the line has ended, or is a heading over lines that all tell it.
    pub(super) fn told_of(self, line: &Line) -> Self {
        let is_told = match line.requested.money.value {
            Money::Ended => true,
            Money::NotStated => self.listed.is_some() && !self.is_gapped,
            _ => false,
        };
        Self { is_unknown: self.amount.is_none() && !is_told, ..self }
    }

    /// A line that says 記載なし is printed blank; above it, the sum of a complete breakdown counts for it all the same.
    pub(super) fn of(stated: Money, below: impl Iterator<Item = Self> + Clone, complete: bool) -> Self {
        let counted = || below.clone().map(Self::counted_money);
        let parts = Money::total(counted()).unwrap_or_default();
        let is_gapped = parts.is_gap();
        let has_open = below.clone().any(|part| part.is_open);
        let listed = Amount::sum(below.clone().filter_map(Self::counted)).ok().flatten();
        let money = match (stated, parts.addable()) {
            (Money::NotStated, _) if complete => parts,
            (Money::Known(_), _) if has_open => stated.opened(),
            (Money::Unspecified, Some(listed)) => Money::KnownAndUnspecified(listed),
            _ => stated,
        };
        let is_blank = stated.is_gap();
        let computed = listed.filter(|_| complete && !is_gapped);
        let amount = money.addable().or(computed.filter(|_| !is_blank));
        let remainder = match (amount, listed) {
            _ if is_gapped => None,
            (Some(amount), Some(listed)) => amount.checked_sub(listed).ok(),
            (amount, None) => amount.filter(|_| parts.is_stated() && parts != Money::NotApplicable),
            (None, Some(_)) => None,
        };
        let is_unknown = amount.is_none() && (is_gapped || is_blank && computed.is_none());
        let is_open = has_open || money.is_open();
        Self { money, amount, parts, listed, remainder, is_gapped, is_unknown, is_open }
    }
}
