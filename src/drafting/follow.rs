//! Totals follow what makes them up. What a sheet of ours shows in the place of one is never taken: once all else has come in, each total that
//! agreed with what made it up is worked out from what the files say then, and what the sheet shows is held against that.

use std::collections::BTreeMap;

use super::since::is_same;
use crate::exchange::counted_in;
use crate::import::{Figure, Place, TakenAmount};
use crate::model::{Amount, Line, Money, Program, Request, Rounding, Unit};
use crate::rollup::{Column, Rollup, Share};

/// A figure of a line, of one of its accounts or instruments where it has a name.
pub(super) type Key = (String, Figure, Option<String>);

/// What a line stated, what made that up, and which of the two ways in which something may did.
struct Before {
    stated: Money,
    made: [Option<Money>; 2],
    way: Option<usize>,
}

/// What a sheet shows in the place of a total, and whether somebody typed it there.
pub(super) struct Shown {
    pub(super) money: Money,
    pub(super) place: Place,
    pub(super) is_typed: bool,
}

/// What the cell of a total shows beside what it did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Same,
    Typed,
    Made,
}

/// The totals of a chapter before a sheet comes in.
#[derive(Default)]
pub(super) struct Totals {
    before: BTreeMap<Key, Before>,
    /// Where they stand in the sheet.
    pub(super) places: BTreeMap<Key, Place>,
    pub(super) shown: BTreeMap<Key, Shown>,
}

pub(super) fn key(line: &Line, figure: Figure, account: Option<&str>) -> Key {
    (line.id.value.to_string(), figure, account.map(str::to_owned))
}

/// The figure that a share is, and whose.
pub(super) fn figure(share: Share<'_>) -> (Figure, Option<&str>) {
    let whole = |column| match column {
        Column::Requested => Figure::Requested,
        Column::Prior => Figure::Prior,
        Column::Enacted => Figure::Enacted,
        Column::Supplementary => Figure::Supplementary,
    };
    match share {
        Share::Whole(column) => (whole(column), None),
        Share::Request => (Figure::Request, None),
        Share::Wish => (Figure::Wish, None),
        Share::Account(name, column) | Share::Instrument(name, column) => (whole(column), Some(name)),
    }
}

/// What makes up a share of a line: where some of its parts do not tell request and wish apart, with all of these as requested.
fn made(rollup: &Rollup<'_>, at: usize, share: Share<'_>) -> [Option<Money>; 2] {
    let asked = || rollup.asked_of(at, share).filter(|it| *it != Money::NotStated);
    match (rollup.makings(at, share), share) {
        ([None, None], Share::Request | Share::Wish) => [None, asked()],
        (made, _) => made,
    }
}

/// Whether the whole of a line is what request and wish come to, and is not stated beside them.
fn is_of_split(line: &Line) -> bool {
    let whole = line.requested.money.span;
    line.requested
        .split
        .is_some_and(|(request, _)| whole.start < request.span.start && request.span.end <= whole.end)
}

impl Totals {
    pub(super) fn of(request: &Request) -> Self {
        let rollup = Rollup::of(request);
        let mut totals = Self::default();
        for (at, row) in rollup.rows.iter().enumerate() {
            for share in Share::all(row.line) {
                let (made, Some(stated)) = (made(&rollup, at, share), share.stated(row.line)) else {
                    continue;
                };
                if made == [None; 2] {
                    continue;
                }
                let (stated, (figure, account)) = (stated.value, figure(share));
                let is_it =
                    |made: &Option<Money>| made.is_some_and(|made| agrees(stated, made, request.roundings()));
                let before = Before { stated, made, way: made.iter().position(is_it) };
                totals.before.entry(key(row.line, figure, account)).or_insert(before);
            }
        }
        totals
    }

    /// Whether a figure follows what makes it up, so that it waits until that has come in; notes what the sheet shows of it.
    pub(super) fn waits(&mut self, line: &Line, amount: &TakenAmount, shows: Shows) -> bool {
        let key = key(line, amount.figure, amount.account.as_deref());
        if self.before.get(&key).is_none_or(|it| it.way.is_none() && shows == Shows::Typed) {
            return false;
        }
        self.places.insert(key.clone(), amount.place);
        // A word that still stands there stood for what nobody could add up.
        if shows != Shows::Same || amount.money.addable().is_some() {
            let is_typed = shows == Shows::Typed;
            self.shown.insert(key, Shown { money: amount.money, place: amount.place, is_typed });
        }
        true
    }

    /// Whether any of some figures of a line follows others.
    pub(super) fn follows(&self, id: &str, figures: &[Figure]) -> bool {
        let of = |figure: &Figure| self.before.get(&(id.to_owned(), *figure, None));
        figures.iter().filter_map(of).any(|before| before.way.is_some())
    }

    /// The totals that are others now that all else has come in, with the places of their lines, and those of which nothing can be said.
    pub(super) fn course(&self, request: &Request) -> Course {
        let mut course = Course { request: request.clone(), new: Vec::new(), stuck: Vec::new() };
        let deepest = Rollup::of(request).rows.iter().map(|row| row.depth).max().unwrap_or_default();
        // The deepest lines first, and of each its parts before the whole, and the whole before who has a share of it.
        for step in (0..=deepest).rev().flat_map(|depth| (0..3).map(move |part| (depth, part))) {
            self.step(step, &mut course);
        }
        course
    }

    fn step(&self, (depth, part): (usize, usize), course: &mut Course) {
        let rollup = Rollup::of(&course.request);
        let of = |share: &Share<'_>| match share {
            Share::Request | Share::Wish => 0,
            Share::Whole(_) => 1,
            Share::Account(..) | Share::Instrument(..) => 2,
        };
        let (mut new, mut stuck) = (Vec::new(), Vec::new());
        for (at, row) in rollup.rows.iter().enumerate().filter(|(_, row)| row.depth == depth) {
            for share in Share::all(row.line).into_iter().filter(|share| of(share) == part) {
                let (figure, account) = figure(share);
                let key = key(row.line, figure, account);
                let (Some(before), Some(stated)) = (self.before.get(&key), share.stated(row.line)) else {
                    continue;
                };
                let (made, stated) = (made(&rollup, at, share), stated.value);
                let is_as_it_was = made.iter().zip(before.made).all(|(now, before)| is_same(*now, before));
                if is_as_it_was || share == Share::Whole(Column::Requested) && is_of_split(row.line) {
                    continue;
                }
                let rules = course.request.roundings();
                let (way, was) =
                    (before.way, before.way.and_then(|way| before.made.get(way).copied().flatten()));
                let now = way.and_then(|way| made.get(way).copied().flatten());
                let unit = course.request.unit;
                let money = was.zip(now).and_then(|(was, now)| followed((stated, unit), was, now, rules));
                let fits = |money: &Money| {
                    !matches!(figure, Figure::Enacted | Figure::Supplementary)
                        || matches!(money, Money::Known(_))
                };
                match money.filter(fits) {
                    Some(money) if is_same(Some(money), Some(stated)) => {}
                    Some(money) => new.push((at, key, money)),
                    None if made.iter().flatten().any(|made| agrees(stated, *made, rules)) => {}
                    None if is_same(Some(stated), Some(before.stated)) => stuck.push((at, key)),
                    None => {}
                }
            }
        }
        for (at, key, money) in &new {
            let mut left = *at;
            if let Some(line) = line_at(&mut course.request, &mut left) {
                put(line, key, *money);
            }
        }
        course.new.extend(new);
        course.stuck.extend(stuck);
    }
}

/// What becomes of the totals.
pub(super) struct Course {
    /// The chapter with them.
    pub(super) request: Request,
    pub(super) new: Vec<(usize, Key, Money)>,
    pub(super) stuck: Vec<(usize, Key)>,
}

/// The line at a place in printed order, which is counted down.
fn line_at<'r>(request: &'r mut Request, left: &mut usize) -> Option<&'r mut Line> {
    fn below<'r>(programs: &'r mut [Program], left: &mut usize) -> Option<&'r mut Line> {
        for program in programs {
            *left -= 1;
            if *left == 0 {
                return Some(&mut program.line);
            }
            if let Some(line) = below(&mut program.children, left) {
                return Some(line);
            }
        }
        None
    }
    if *left == 0 { Some(&mut request.line) } else { below(&mut request.programs, left) }
}

fn put(line: &mut Line, (_, figure, account): &Key, money: Money) {
    let is_sum = is_of_split(line);
    if let Some(name) = account {
        let all = line.accounts.iter_mut().chain(&mut line.instruments);
        let mut own = all.filter(|part| part.name == *name);
        let part = own
            .next()
            .map(|part| if *figure == Figure::Prior { &mut part.prior } else { &mut part.requested });
        return part.into_iter().flatten().for_each(|part| part.value = money);
    }
    let requested = &mut line.requested;
    match (figure, &mut requested.split) {
        (Figure::Requested, _) => requested.money.value = money,
        (Figure::Prior, _) => line.prior.money.value = money,
        (Figure::Request, Some((part, _))) | (Figure::Wish, Some((_, part))) => part.value = money,
        (Figure::Enacted, _) => {
            line.enacted.iter_mut().zip(money.amount()).for_each(|(own, new)| own.value = new)
        }
        (Figure::Supplementary, _) => {
            line.supplementary.iter_mut().zip(money.amount()).for_each(|(own, new)| own.value = new);
        }
        (Figure::Request | Figure::Wish, None) => {}
    }
    if let Some((request, wish)) = requested.split.filter(|_| is_sum) {
        requested.money.value = Money::total([request.value, wish.value]).unwrap_or_default();
    }
}

/// An amount in the unit and with the decimals of another one, where a rule rounds it to that.
fn alike(amount: Amount, other: Amount, rule: Rounding) -> Option<Amount> {
    amount.rounded_to(other.unit(), other.decimals(), rule)
}

/// Whether a total is what makes it up, exactly or rounded to what it is stated in.
pub(super) fn agrees(stated: Money, made: Money, rules: &[Rounding]) -> bool {
    match (stated.addable(), made.addable()) {
        (Some(stated), Some(made)) => {
            let is_it = |rule: &Rounding| alike(made, stated, *rule).is_some_and(|it| it.same_value(stated));
            made.same_value(stated) || rules.iter().any(is_it)
        }
        (None, None) => stated == made,
        _ => false,
    }
}

/// A total that agreed with what made it up, now that this is something else: rounded as it was, by each rule that may have rounded it.
fn followed((stated, unit): (Money, Unit), was: Money, now: Money, rules: &[Rounding]) -> Option<Money> {
    let Some(sum) = now.addable() else { return Some(now) };
    let new = match (stated.addable(), was.addable()) {
        (Some(old), Some(was)) if !was.same_value(sum) => {
            let explains = |rule: &&Rounding| alike(was, old, **rule).is_none_or(|it| it.same_value(old));
            let mut all = rules.iter().filter(explains).map(|rule| alike(sum, old, *rule));
            let first = all.next().flatten().filter(|first| all.all(|other| other == Some(*first)));
            // What is not finer than the total needs no rounding.
            let is_exact = old.same_value(was) || sum.quantum_exponent() >= old.quantum_exponent();
            match first {
                Some(rounded) => rounded,
                None if is_exact => counted_in(sum, old.unit()).unwrap_or(sum),
                None => return None,
            }
        }
        (Some(old), Some(_)) => old,
        _ => counted_in(sum, unit).unwrap_or(sum),
    };
    let is_open = match (stated.is_open(), was.is_open()) {
        (true, false) => true,
        (false, true) => stated.addable().is_none(),
        _ => now.is_open(),
    };
    Some(if is_open { Money::Known(new).opened() } else { Money::Known(new) })
}
