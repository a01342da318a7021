//! What the figures of a line leave to be worked out.

use super::lines::Table;
use crate::import::{Figure, TakenAmount};
use crate::model::Money;
use crate::notation::Notation;

impl Table<'_> {
    /// The figures that follow from those of a line: what its accounts make together, where a table has columns for them and none for the whole,
    /// and what request, wish and both together leave open of one another.
    pub(super) fn derived(self, amounts: &[TakenAmount]) -> Vec<TakenAmount> {
        let mut derived = self.whole(amounts);
        let all = amounts.iter().chain(&derived);
        let own: Vec<&TakenAmount> = all.filter(|amount| amount.account.is_none()).collect();
        let of = |figure: Figure| own.iter().find(|amount| amount.figure == figure).copied();
        let (whole, request, wish) = (of(Figure::Requested), of(Figure::Request), of(Figure::Wish));
        let wished = |wish: &TakenAmount| wish.money.addable().is_some_and(|wish| !wish.is_zero());
        let (figure, from, money) = match (whole, request, wish.filter(|wish| wished(wish))) {
            (None, Some(request), Some(wish)) => {
                (Figure::Requested, request, Money::total([request.money, wish.money]).ok())
            }
            (None, Some(request), None) => (Figure::Requested, request, None),
            (Some(whole), None, Some(wish)) => {
                let both = whole.money.addable().zip(wish.money.addable());
                let less = both.and_then(|(whole, wish)| whole.checked_add(wish.negated()).ok());
                let rest = less.map(Money::Known);
                let Some(rest) = rest else { return derived };
                (Figure::Request, whole, Some(rest))
            }
            _ => return derived,
        };
        let made = match money.filter(|money| money.is_stated() && *money != from.money) {
            Some(money) => {
                let text = Notation::new(self.lang).cell(&money, self.taken.unit);
                TakenAmount { figure, money, text, ..from.clone() }
            }
            None => TakenAmount { figure, ..from.clone() },
        };
        derived.push(made);
        derived
    }

    fn whole(self, amounts: &[TakenAmount]) -> Vec<TakenAmount> {
        let whole = |figure: Figure| {
            let parts = || amounts.iter().filter(move |amount| amount.figure == figure);
            let first = parts().next().filter(|_| parts().all(|amount| amount.account.is_some()))?;
            let money = Money::total(parts().map(|amount| amount.money)).ok()?;
            let text = Notation::new(self.lang).cell(&money, self.taken.unit);
            money.is_stated().then(|| TakenAmount { money, text, account: None, ..first.clone() })
        };
        [Figure::Requested, Figure::Prior].into_iter().filter_map(whole).collect()
    }
}

/// Request and wish, where a line tells them apart: where there is a wish.
pub(super) fn parts(amounts: &[TakenAmount]) -> Option<(&TakenAmount, &TakenAmount)> {
    let own = |figure: Figure| amounts.iter().find(|it| it.figure == figure && it.account.is_none());
    let (request, wish) = own(Figure::Request).zip(own(Figure::Wish))?;
    let is_there = wish.money.amount().is_some_and(|wish| !wish.is_zero());
    is_there.then_some((request, wish))
}
