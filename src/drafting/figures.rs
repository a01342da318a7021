//! The figures of a line that is there already, each changed where it stands.

use super::Change;
use super::again::Again;
use super::derived::parts;
use super::lines::written_in;
use super::since::{is_same, is_untouched};
use crate::edit::{Manuscript, Value};
use crate::import::own::Entries;
use crate::import::{EmptyCell, Figure, TakenAmount};
use crate::model::{Basis, Lang, Line, Money};
use crate::notation::Notation;
use crate::source::{Span, Spanned};
use crate::words;

impl Again<'_> {
    /// The figures of a line, each where it stands or under its key.
    pub(super) fn figures(
        &mut self,
        line: &Line,
        amounts: &[TakenAmount],
        empty: &[EmptyCell],
        (was, said): (&Entries, &str),
    ) {
        let is_own = self.table.taken.kept.is_some();
        let mut derived = if is_own { Vec::new() } else { self.table.derived(amounts) };
        // What follows from the cells that are left is not what the line says.
        let emptied = self.emptied(line, &[amounts, &derived].concat(), empty);
        let is_asked =
            |figure: Figure| !matches!(figure, Figure::Prior | Figure::Enacted | Figure::Supplementary);
        let is_of = |one: Figure, other: Figure| one == other || is_asked(one) && is_asked(other);
        derived.retain(|amount| !emptied.iter().any(|figure| is_of(*figure, amount.figure)));
        let amounts = &self.anew(line, amounts, &derived, self.remembered(said));
        // Of a sheet of ours they follow with the other totals.
        let is_split = is_own || amounts.iter().any(|amount| amount.account.is_some());
        let parts = parts(amounts);
        let lacks = |figures: &[Figure]| empty.iter().any(|cell| figures.contains(&cell.figure));
        for amount in amounts.iter().filter(|amount| amount.account.is_none()) {
            let is_part = matches!(amount.figure, Figure::Request | Figure::Wish);
            match (parts, line.requested.split) {
                // Request and wish were not told apart: all three are one edit.
                (Some(_), None) if amount.figure == Figure::Wish => self.split(line, amounts, was),
                (Some(_), None) if is_part || amount.figure == Figure::Requested => {}
                // Without a wish all of it is requested, and has been compared.
                (None, None)
                    if is_part
                        && (has(amounts, Figure::Requested)
                            || amount.figure == Figure::Wish
                                && known(line.requested.money).is_some()
                                && lacks(&[Figure::Request, Figure::Requested])) => {}
                _ => {
                    let (old, key) = stated(line, amount.figure);
                    let is_in = self.figure(line, amount, (old, key), was);
                    if is_in && !is_split {
                        self.only_split(line, amount, old);
                    }
                    if is_in && !is_own {
                        self.apart_from(line, amount, amounts);
                    }
                }
            }
        }
        for amount in amounts.iter().filter(|amount| amount.account.is_some()) {
            match part(line, amount.account.as_deref().unwrap_or_default(), amount.figure) {
                Some((Some(old), key)) => {
                    self.figure(line, amount, (Some(old), &[key]), was);
                }
                _ => self.plan.changes.push(Change::Left(format!(
                    "{}  {} {} ({}) is in no account of the chapter; add it under `accounts`",
                    line.id.value,
                    amount.account.as_deref().unwrap_or_default(),
                    amount.text,
                    self.table.cell(amount.place),
                ))),
            }
        }
    }

    /// Request and wish of a line that did not tell them apart before.
    fn split(&mut self, line: &Line, amounts: &[TakenAmount], was: &Entries) {
        let Some((request, wish)) = parts(amounts) else { return };
        let whole = amounts.iter().find(|it| it.figure == Figure::Requested && it.account.is_none());
        let is_as_it_was = [request, wish].into_iter().all(|part| is_untouched(part, was));
        if is_as_it_was || !self.is_still(line, whole.unwrap_or(request), known(line.requested.money), was) {
            return;
        }
        let keyed = [("amount", whole), ("request", Some(request)), ("wish", Some(wish))];
        let told = keyed
            .into_iter()
            .filter_map(|(key, amount)| Some((key.to_owned(), Value::Text(self.text_of(amount?)))));
        let value = Value::Lines(told.collect());
        let place = line.id.span;
        if !self.edit(place.file, |page| page.put(place, "requested", &value)) {
            return;
        }
        let old = Some(line.requested.money).filter(|old| old.value != Money::NotStated);
        if let Some(whole) = whole.filter(|whole| old.is_none_or(|old| old.value != whole.money)) {
            self.changed(line, whole, old);
            if self.table.taken.kept.is_none() {
                self.only_split(line, whole, old);
            }
        }
        for part in [request, wish] {
            self.changed(line, part, None);
        }
    }

    /// Says which figures of a line have an empty cell now, and gives them; they stay.
    fn emptied(&mut self, line: &Line, amounts: &[TakenAmount], empty: &[EmptyCell]) -> Vec<Figure> {
        let mut emptied = Vec::new();
        for EmptyCell { figure, account, place } in empty {
            let is_whole = |amount: &&TakenAmount| amount.account.is_none();
            let old = match account {
                Some(name) => part(line, name, *figure).and_then(|(old, _)| old),
                None if amounts.iter().filter(is_whole).any(|amount| amount.figure == *figure) => None,
                // Where nothing is wished, or all is, the line says one amount.
                None if line.requested.split.is_none() && *figure == Figure::Wish => None,
                None if line.requested.split.is_none() && *figure == Figure::Request => {
                    stated(line, *figure).0.filter(|old| {
                        !amounts.iter().any(|it| it.figure == Figure::Wish && it.money == old.value)
                    })
                }
                None => stated(line, *figure).0,
            };
            // An amount that is not stated, or not known yet, is what an empty cell says.
            let says = |old: &Spanned<Money>| old.value != Money::Unknown && !is_slot(*figure, old.value);
            let Some(old) = old.filter(says) else { continue };
            emptied.push(*figure);
            let account = account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
            self.plan.changes.push(Change::Left(format!(
                "{}  {account}{}{}: its cell is empty now; {} stays",
                line.id.value,
                label(*figure, self.request.lang),
                self.table.cell(*place),
                Notation::of(self.request, self.request.lang).money(&old.value),
            )));
        }
        emptied
    }

    fn figure(
        &mut self,
        line: &Line,
        amount: &TakenAmount,
        (old, keys): (Option<Spanned<Money>>, &[&str]),
        was: &Entries,
    ) -> bool {
        let is_typed = !was.is_empty() && amount.money != Money::NotStated;
        if is_untouched(amount, was)
            || is_same(old.map(|old| old.value), Some(amount.money))
            || old.is_none() && !amount.money.is_stated() && !is_typed
            || !self.is_still(line, amount, old, was)
        {
            return false;
        }
        let text = self.signed(self.text_of(amount), old);
        let place = line.id.span;
        let value = Value::text(&text);
        let edit = |page: &Manuscript<'_>| match (old, keys) {
            // A sum of request and wish has the place of both.
            (Some(old), _) if old.span != place => {
                page.set(old.span, &text).or_else(|| page.put(old.span, "amount", &value))
            }
            (_, [key]) => page.put(place, key, &value),
            _ => None,
        };
        let file = old.map_or(place.file, |old| old.span.file);
        let is_in = self.edit(file, edit);
        if is_in {
            self.changed(line, amount, old);
        }
        // Another amount than that is not what was requested.
        if is_in && amount.figure == Figure::Prior && amount.account.is_none() && !self.now.is_empty() {
            self.based(line, &self.table.cell(amount.place));
        }
        is_in
    }

    /// Takes it out of a line that its prior amount is what was requested.
    pub(super) fn based(&mut self, line: &Line, cell: &str) {
        let place = line.prior.money.span;
        if line.prior.basis == Basis::Requested && self.edit(place.file, |page| page.take(place, "basis")) {
            self.said(line, ("basis", "requested", ""), cell);
        }
    }

    /// Says that request and wish, which the table does not tell apart, stay as they were written and do not make their sum any more.
    fn apart_from(&mut self, line: &Line, amount: &TakenAmount, amounts: &[TakenAmount]) {
        if let Some((request, wish)) = line.requested.split.filter(|_| amount.figure == Figure::Requested)
            && amounts.iter().all(|it| !matches!(it.figure, Figure::Request | Figure::Wish))
            && !is_same(Money::total([request.value, wish.value]).ok(), Some(amount.money))
        {
            let what = "request and wish stay as they are, and do not make that; mend them";
            self.plan.changes.push(Change::Left(format!("{}  {what}", line.id.value)));
        }
    }

    /// A negative amount with the sign that its file has there.
    fn signed(&self, text: String, old: Option<Spanned<Money>>) -> String {
        let there =
            old.and_then(|old| self.here.sources.file(old.span.file).text.get(old.span.start..old.span.end));
        let sign = there.and_then(|there| there.chars().find(|c| "△▲-0123456789".contains(*c)));
        match (sign, text.strip_prefix('-')) {
            (Some(sign @ ('△' | '▲')), Some(digits)) => format!("{sign}{digits}"),
            _ => text,
        }
    }

    /// The only account of a line gives all of its amount, and follows it; and so does the only instrument.
    fn only_split(&mut self, line: &Line, amount: &TakenAmount, old: Option<Spanned<Money>>) {
        for (_, parts) in line.splits() {
            let [part] = parts else { continue };
            let own = match amount.figure {
                Figure::Requested => part.requested,
                Figure::Prior => part.prior,
                _ => None,
            };
            if own.is_some_and(|own| old.is_some_and(|old| old.value == own.value)) {
                let amount = TakenAmount { account: Some(part.name.clone()), ..amount.clone() };
                let key = if amount.figure == Figure::Prior { "prior" } else { "requested" };
                self.figure(line, &amount, (own, &[key]), &Entries::new());
            }
        }
    }

    /// Tells that a figure changed.
    fn changed(&mut self, line: &Line, amount: &TakenAmount, old: Option<Spanned<Money>>) {
        let notation = Notation::of(self.request, self.request.lang);
        let unit = self.table.taken.unit;
        let shown = |money: Money| match money {
            Money::Unknown => words::not_stated(self.request.lang).to_owned(),
            money => notation.cell(&money, unit),
        };
        let account = amount.account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
        self.plan.changes.push(Change::Amount {
            line: line.id.value.to_string(),
            figure: format!("{account}{}", label(amount.figure, self.request.lang)),
            from: old.map(|old| shown(old.value)).unwrap_or_default(),
            to: shown(amount.money),
            unit: unit.label(self.request.lang),
            cell: self.table.cell(amount.place),
        });
    }

    /// An amount as this chapter has it.
    fn text_of(&self, amount: &TakenAmount) -> String {
        written_in(self.request.unit, amount, &Notation::of(self.request, self.request.lang))
    }
}

fn has(amounts: &[TakenAmount], wanted: Figure) -> bool {
    amounts.iter().any(|amount| amount.figure == wanted)
}

fn known(money: Spanned<Money>) -> Option<Spanned<Money>> {
    (money.value != Money::NotStated).then_some(money)
}

/// What an account or an instrument of a line says of a figure, and its key.
fn part(line: &Line, name: &str, figure: Figure) -> Option<(Option<Spanned<Money>>, &'static str)> {
    let part = line.accounts.iter().chain(&line.instruments).find(|part| part.name == name)?;
    Some(match figure {
        Figure::Prior => (part.prior, "prior"),
        _ => (part.requested, "requested"),
    })
}

/// What a line says of a figure, and the key that it has to be put under where it says nothing.
pub(super) fn stated<'k>(line: &Line, figure: Figure) -> (Option<Spanned<Money>>, &'k [&'k str]) {
    let amount = |amount: Option<Spanned<crate::model::Amount>>, slot: Option<Span>| {
        amount.map(|it| it.map(Money::Known)).or(slot.map(|span| Spanned::new(Money::Undecided, span)))
    };
    match figure {
        Figure::Request | Figure::Wish if line.requested.split.is_none() => {
            (known(line.requested.money), &["requested"])
        }
        Figure::Requested => (known(line.requested.money), &["requested"]),
        Figure::Request => (line.requested.split.map(|split| split.0), &[]),
        Figure::Wish => (line.requested.split.map(|split| split.1), &[]),
        Figure::Prior => (known(line.prior.money), &["prior"]),
        Figure::Enacted => (amount(line.enacted, line.slots.enacted), &["enacted"]),
        Figure::Supplementary => (amount(line.supplementary, line.slots.supplementary), &["supplementary"]),
    }
}

/// Whether what a line says of a figure is that it is filled in once it is known.
pub(super) fn is_slot(figure: Figure, money: Money) -> bool {
    matches!(figure, Figure::Enacted | Figure::Supplementary) && money == Money::Undecided
}

pub(super) fn label(figure: Figure, lang: Lang) -> &'static str {
    let ja = match figure {
        Figure::Requested => "要求",
        Figure::Request => "うち要求",
        Figure::Wish => "うち要望",
        Figure::Prior => "前年度",
        Figure::Enacted => "当初",
        Figure::Supplementary => "補正",
    };
    lang.pick(ja, figure.slug())
}
