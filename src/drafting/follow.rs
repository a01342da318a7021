//! Totals follow what makes them up. What a sheet of ours shows in the place of one is never taken: once all else has come in, each total that
//! agreed with what made it up is worked out from what the files say then, and what the sheet shows is held against that.

use std::collections::BTreeMap;

use super::again::Again;
use super::figures::label;
use super::ids::{Namer, Names};
use super::since::{is_same, is_untouched};
use super::{Change, Plan};
use crate::exchange::counted_in;
use crate::import::own::counted;
use crate::import::{EmptyCell, Figure, Place, TakenAmount, TakenLine};
use crate::model::{Amount, Line, Money, Program, Request, Rounding, Unit};
use crate::notation::Notation;
use crate::rollup::{Column, Rollup, Share};
use crate::words;

/// A figure of a line, of one of its accounts or instruments where it has a name.
type Key = (String, Figure, Option<String>);

/// What a line stated, what made that up, and which of the two ways in which something may did.
struct Before {
    stated: Money,
    made: [Option<Money>; 2],
    way: Option<usize>,
}

/// What a sheet shows in the place of a total, and whether somebody typed it there.
struct Shown {
    money: Money,
    place: Place,
    is_typed: bool,
}

/// What the cell of a total shows beside what it did.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Same,
    Typed,
    Made,
}

/// The totals of a chapter before a sheet comes in.
#[derive(Default)]
pub(super) struct Totals {
    before: BTreeMap<Key, Before>,
    /// Where they stand in the sheet.
    places: BTreeMap<Key, Place>,
    shown: BTreeMap<Key, Shown>,
}

fn key(line: &Line, figure: Figure, account: Option<&str>) -> Key {
    (line.id.value.to_string(), figure, account.map(str::to_owned))
}

/// The figure that a share is, and whose.
fn figure(share: Share<'_>) -> (Figure, Option<&str>) {
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
                let (made, Some(stated)) = (rollup.makings(at, share), share.stated(row.line)) else {
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

    /// Whether a figure follows what makes it up, so that it waits until that has come in; notes what the sheet shows of it, where that is
    /// something else than it was.
    fn waits(&mut self, line: &Line, amount: &TakenAmount, shows: Shows) -> bool {
        let key = key(line, amount.figure, amount.account.as_deref());
        if self.before.get(&key).is_none_or(|it| it.way.is_none() && shows == Shows::Typed) {
            return false;
        }
        self.places.insert(key.clone(), amount.place);
        if shows != Shows::Same {
            let is_typed = shows == Shows::Typed;
            self.shown.insert(key, Shown { money: amount.money, place: amount.place, is_typed });
        }
        true
    }

    /// Whether a figure of a line follows others.
    pub(super) fn follows(&self, id: &str, keys: &[Figure]) -> bool {
        let is_it = |figure: &Figure| {
            let key = (id.to_owned(), *figure, None);
            self.before.get(&key).is_some_and(|before| before.way.is_some())
        };
        keys.iter().any(is_it)
    }

    /// The totals that are others now that all else has come in, with the places of their lines, and those of which nothing can be said.
    fn course(&self, request: &Request) -> Course {
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
                let (made, stated) = (rollup.makings(at, share), stated.value);
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
struct Course {
    /// The chapter with them.
    request: Request,
    new: Vec<(usize, Key, Money)>,
    stuck: Vec<(usize, Key)>,
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
fn agrees(stated: Money, made: Money, rules: &[Rounding]) -> bool {
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

/// Works out the totals of a chapter anew, now that all else is planned; `is_alone` where the files have no changes but those of the sheet.
pub(super) fn follow(plan: &mut Plan, again: &Again<'_>, is_alone: bool) {
    let (totals, folder) = (&again.totals, again.folder);
    let there = again.here.with(plan.files.clone(), &[folder.to_path_buf()]);
    let own = again.request;
    let is_it = |other: &&Request| {
        other.line.id.value == own.line.id.value
            && (other.fiscal_year.value, other.stage) == (own.fiscal_year.value, own.stage)
    };
    let Some(next) = there.requests.iter().find(is_it).filter(|next| !next.is_unread()) else { return };
    let course = totals.course(next);
    let (rollup, last) = (Rollup::of(next), Rollup::of(&course.request));
    let parts = (again.table, Names::default(), Namer::default());
    let mut settled = Again::of(parts, (&there, next, folder), Totals::default());
    let mut told = Vec::new();
    for (at, (row, last)) in rollup.rows.iter().zip(&last.rows).enumerate() {
        let new = course.new.iter().filter(|(of, ..)| *of == at);
        let new: Vec<TakenAmount> =
            new.map(|(_, key, money)| settled.amount(totals, row.line, key, *money)).collect();
        settled.figures(row.line, &new, &[], &Vec::new());
        course.stuck.iter().filter(|(of, _)| *of == at).for_each(|(_, key)| settled.stuck(key));
        settled.held(last.line, totals, is_alone);
        told.push(std::mem::take(&mut settled.plan.changes));
    }
    for (at, changes) in told.into_iter().enumerate().rev().filter(|(_, changes)| !changes.is_empty()) {
        let below: Vec<&str> = rollup.subtree(at).iter().map(|row| row.line.id.value.as_str()).collect();
        let is_below = |change: &Change| {
            let line = change.line().unwrap_or_default();
            let is_own = matches!(change, Change::Text { .. } | Change::Amount { .. });
            below.contains(&line) && !(below.first() == Some(&line) && is_own)
        };
        let place = plan.changes.iter().position(is_below).unwrap_or(plan.changes.len());
        plan.changes.splice(place..place, changes);
    }
    plan.edits(&there.sources, &settled.edits);
}

impl Again<'_> {
    /// The figures of a line that are taken as they come, and the cells of such that are empty now; totals wait. A formula in the place of what
    /// nothing makes up is an officer's, and gives the figure.
    pub(super) fn waited(&mut self, line: &Line, taken: &TakenLine) -> (Vec<TakenAmount>, Vec<EmptyCell>) {
        let mut amounts = taken.amounts.clone();
        let shows = |amount: &TakenAmount| match is_untouched(amount, &taken.was) {
            true => Shows::Same,
            false => Shows::Typed,
        };
        amounts.retain(|amount| !self.totals.waits(line, amount, shows(amount)));
        for sum in &taken.sums {
            if !self.totals.waits(line, sum, Shows::Made) {
                amounts.retain(|it| (it.figure, &it.account) != (sum.figure, &sum.account));
                amounts.push(sum.clone());
            }
        }
        let mut empty = taken.empty.clone();
        empty.retain(|EmptyCell { figure, account, place }| {
            let (money, account) = (Money::NotStated, account.clone());
            let amount = TakenAmount { figure: *figure, account, money, text: String::new(), place: *place };
            !self.totals.waits(line, &amount, Shows::Typed)
        });
        (amounts, empty)
    }

    /// A total as it is to be.
    fn amount(&self, totals: &Totals, line: &Line, key: &Key, money: Money) -> TakenAmount {
        let place = totals.places.get(key).copied().unwrap_or_default();
        let share = Share::all(line).into_iter().find(|share| {
            let (figure, account) = figure(*share);
            (figure, account) == (key.1, key.2.as_deref())
        });
        let stated = share.and_then(|share| share.stated(line)).map(|stated| stated.value);
        let (unit, notation) = (self.request.unit, Notation::of(self.request, self.request.lang));
        let text = match money.addable() {
            Some(amount) if amount.unit() == unit => counted(amount, stated),
            Some(amount) => notation.money(&Money::Known(amount)),
            None if money == Money::Unknown => words::not_stated(self.request.lang).to_owned(),
            None if money == Money::NotApplicable => "-".to_owned(),
            None => notation.cell(&money, unit),
        };
        let end = if money.addable().is_some() && money.is_open() { "+事項要求" } else { "" };
        TakenAmount { figure: key.1, account: key.2.clone(), money, text: text + end, place }
    }

    /// Says that what makes a total up has changed, and that nobody can say what it is now.
    fn stuck(&mut self, key: &Key) {
        self.plan.changes.push(Change::Left(format!(
            "{}  {} stays: what makes it up has changed, and it was not what that came to, or may be rounded in several ways; state it anew",
            key.0,
            self.named(key),
        )));
    }

    /// Holds what a sheet shows in the place of totals against what they are.
    fn held(&mut self, line: &Line, totals: &Totals, is_alone: bool) {
        for share in Share::all(line) {
            let (figure, account) = figure(share);
            let key = key(line, figure, account);
            let follows = totals.before.get(&key).is_some_and(|before| before.way.is_some());
            let shown = totals.shown.get(&key).filter(|_| follows);
            let (Some(shown), Some(stated)) = (shown, share.stated(line)) else { continue };
            let is_it = match (shown.money.addable(), stated.value.addable()) {
                (Some(_), Some(_)) if !shown.is_typed => {
                    let bare = |money: Money| money.addable().map_or(money, Money::Known);
                    agrees(bare(stated.value), bare(shown.money), self.request.roundings())
                }
                (Some(shown), Some(stated)) => shown.same_value(stated),
                // A sum of words is nothing.
                (Some(sum), None) if !shown.is_typed && stated.value.is_nothing() => sum.is_zero(),
                _ => is_same(Some(shown.money), Some(stated.value)),
            };
            if is_it || !(shown.is_typed || is_alone) {
                continue;
            }
            let notation = Notation::of(self.request, self.request.lang);
            let [said, is] = [shown.money, stated.value].map(|money| match money {
                Money::NotStated => "–".to_owned(),
                Money::Unknown => words::not_stated(self.request.lang).to_owned(),
                money => notation.cell(&money, self.table.taken.unit),
            });
            let (what, cell) = (self.named(&key), self.table.cell(shown.place));
            self.plan.changes.push(Change::Left(match shown.is_typed {
                true => format!(
                    "{}  {what}: `{said}` was typed over what the sheet works out{cell}; it is `{is}`, as what it is made of says",
                    key.0
                ),
                false => format!("{}  {what}: the sheet makes `{said}` of its rows{cell}, and the files make `{is}`", key.0),
            }));
        }
    }

    fn named(&self, (_, figure, account): &Key) -> String {
        let account = account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
        account + label(*figure, self.request.lang)
    }
}
