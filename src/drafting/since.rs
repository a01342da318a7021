//! A sheet of ours beside files that have changed since it was made: what the sheet leaves as it was changes nothing in them, and what
//! both have changed is for a person.

use std::collections::BTreeMap;

use super::Change;
use super::again::Again;
use super::figures::{is_slot, label};
use crate::edit::Value;
use crate::exchange;
use crate::import::own::{Entries, entries, keys_of, text};
use crate::import::{Figure, Taken, TakenAmount, TakenLine};
use crate::model::{Line, Money, Request, Unit};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::{SourceMap, Spanned};

/// What the files of a chapter say of each line, by the lines' ids.
pub(super) fn kept(request: &Request, sources: &SourceMap) -> BTreeMap<String, Entries> {
    let rollup = Rollup::of(request);
    let kept = exchange::kept(&rollup, sources);
    let of = |(row, kept): (&crate::rollup::Row<'_>, &String)| (row.line.id.value.to_string(), entries(kept));
    rollup.rows.iter().zip(&kept).map(of).collect()
}

/// A sheet of ours as it was when it was made: without the rows that are new since.
pub(super) fn before(taken: &Taken) -> Taken {
    fn lines(of: &[TakenLine]) -> Vec<TakenLine> {
        let as_it_was = |line: &TakenLine| {
            let children = lines(&line.children);
            match line.was.is_empty() {
                true => children,
                false => vec![TakenLine { kept: line.was.clone(), children, ..line.clone() }],
            }
        };
        of.iter().flat_map(as_it_was).collect()
    }
    let kept = taken.kept.as_ref().map(|kept| TakenLine { kept: kept.was.clone(), ..kept.clone() });
    Taken { kept, lines: lines(&taken.lines), ..taken.clone() }
}

/// Whether a figure is what it was when the sheet was made.
pub(super) fn is_untouched(amount: &TakenAmount, was: &Entries) -> bool {
    stood(amount, was) == Some(&amount.text)
}

/// What a line stated of a figure when the sheet was made.
fn stood<'w>(amount: &TakenAmount, was: &'w Entries) -> Option<&'w str> {
    let keys = keys_of(amount.figure);
    let Some(name) = &amount.account else { return text(was, keys) };
    let lists = was.iter().filter(|(key, _)| matches!(key.as_str(), "accounts" | "instruments"));
    let mut parts =
        lists.flat_map(|(_, list)| if let Value::List(parts) = list { parts.as_slice() } else { &[] });
    parts.find_map(|part| match part {
        Value::Braces(part) if text(part, &["name"]) == Some(name) => text(part, keys.get(..1)?),
        _ => None,
    })
}

/// Whether two statements of an amount are the same; none is that of nothing.
pub(super) fn is_same(one: Option<Money>, other: Option<Money>) -> bool {
    one.unwrap_or_default().same_value(other.unwrap_or_default())
}

impl Again<'_> {
    /// Whether a figure that the sheet has otherwise than it was made with is taken over; says so where the files have another one of their own.
    pub(super) fn is_still(
        &mut self,
        line: &Line,
        amount: &TakenAmount,
        old: Option<Spanned<Money>>,
        was: &Entries,
    ) -> bool {
        let before = stood(amount, was).and_then(|text| Money::parse(text, self.table.taken.unit).ok());
        let old = old.map(|old| old.value);
        // A row of a sheet of ours that came in as a new line says nothing of what it said then.
        let is_new = was.is_empty() && self.now.is_empty();
        let told = |money: Option<Money>| money.filter(|money| !is_slot(amount.figure, *money));
        if is_new || is_same(told(old), told(before)) {
            return true;
        }
        let notation = Notation::of(self.request, self.request.lang);
        let shown = |money: Option<Money>| money.map(|money| notation.money(&money)).unwrap_or_default();
        let account = amount.account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
        let what = account + label(amount.figure, self.request.lang);
        self.apart(
            line,
            &what,
            [shown(old), shown(before), shown(Some(amount.money))],
            &self.table.cell(amount.place),
        );
        false
    }

    /// Takes over a text that the sheet says otherwise than when it was made.
    pub(super) fn reworded(&mut self, line: &Line, taken: &TakenLine, (key, old): (&str, &str), cell: &str) {
        let [was, new] = [&taken.was, &taken.kept].map(|it| text(it, &[key]).unwrap_or_default());
        if was == new || old == new {
            return;
        }
        match old == was {
            true => self.word(line, key, (old, new), cell),
            false => self.apart(line, key, [old, was, new].map(str::to_owned), cell),
        }
    }

    /// Says that files and sheet have both changed something.
    pub(super) fn apart(&mut self, line: &Line, what: &str, said: [String; 3], cell: &str) {
        let [now, was, new] = said.map(|it| if it.is_empty() { "–".to_owned() } else { it });
        self.plan.changes.push(Change::Left(format!(
            "{}  {what} is `{now}` in the files and `{new}` in the sheet{cell}, and was `{was}` when that was made; it stays",
            line.id.value
        )));
    }

    /// Notes a line that the files have otherwise than the sheet was made from and than it says now. Totals follow what the files say.
    pub(super) fn since(&mut self, taken: &TakenLine, id: &str) {
        let follows = |key: &str| match key {
            "requested" => self.totals.follows(id, &[Figure::Requested, Figure::Request, Figure::Wish]),
            "prior" => self.totals.follows(id, &[Figure::Prior]),
            "enacted" => self.totals.follows(id, &[Figure::Enacted]),
            "supplementary" => self.totals.follows(id, &[Figure::Supplementary]),
            "accounts" | "instruments" => true,
            // Of what is not to be added the sheet has a word, and the files a note.
            "notes" => taken.aside.is_some(),
            _ => false,
        };
        let is_newer = self
            .keys(taken, id)
            .any(|(key, [now, was, new])| !self.is_it(now, was) && !self.is_it(now, new) && !follows(key));
        self.newer.extend(is_newer.then(|| id.to_owned()));
    }

    /// What the files say of each key of a line, what they said when the sheet was made, and what it says now.
    fn keys<'v>(
        &'v self,
        taken: &'v TakenLine,
        id: &str,
    ) -> impl Iterator<Item = (&'v str, [Option<&'v Value>; 3])> + 'v {
        let now = self.now.get(id).filter(|_| !taken.was.is_empty());
        let keys = now.into_iter().flat_map(|now| now.iter().chain(&taken.was));
        keys.map(move |(key, _)| {
            let of =
                |entries: &'v Entries| entries.iter().find(|(known, _)| known == key).map(|(_, value)| value);
            (key.as_str(), [now.unwrap_or(&taken.was), &taken.was, &taken.kept].map(of))
        })
    }

    /// Whether the files say what a sheet does.
    fn is_it(&self, there: Option<&Value>, sheet: Option<&Value>) -> bool {
        let money = |value: Option<&Value>, unit: Unit| match value {
            Some(Value::Text(text)) => Money::parse(text, unit).ok(),
            _ => None,
        };
        // One entry need be no list.
        let alone = |value: Option<&'_ Value>| match value {
            Some(Value::List(entries)) if let [entry] = entries.as_slice() => Some(entry.clone()),
            other => other.cloned(),
        };
        let both = money(there, self.request.unit).zip(money(sheet, self.table.taken.unit));
        there == sheet
            || alone(there) == alone(sheet)
            || both.is_some_and(|(one, other)| is_same(Some(one), Some(other)))
    }

    /// Whether a row is of a line that the sheet was made with and the files no longer have; says so.
    pub(super) fn is_out(&mut self, line: &TakenLine) -> bool {
        let own = self.request.line.id.value.as_str();
        let Some(id) =
            line.id.as_ref().filter(|_| !line.was.is_empty() && self.table.taken.id() == Some(own))
        else {
            return false;
        };
        self.plan.changes.push(Change::Left(format!(
            "{id}  is in the sheet{} and in the files no more; it stays out: to have it anew, clear the cells of its row that are not shown",
            self.table.cell(line.origin)
        )));
        true
    }
}
