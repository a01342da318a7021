//! What becomes of a line's amounts in the next year.

use std::collections::BTreeMap;

use super::super::Change;
use super::{LEFT_OUT, Rolling};
use crate::edit::Value;
use crate::model::{Amount, Line, Money, NoteKind, Period, Program, Request, SplitPart, Stage};
use crate::notation::Notation;
use crate::read::Reading;
use crate::source::{Span, Spanned};

/// What is known of the budget that was enacted for a line.
#[derive(Clone, Copy)]
pub(super) enum Budget {
    /// It is stated.
    Stated(Spanned<Money>),
    /// The parts of a complete breakdown make it.
    Summed(Amount),
    /// Some of its parts have one.
    Partly,
    /// Nothing is told of it, nor of anything below it.
    Untold,
}

impl Budget {
    pub(super) fn is_whole(self) -> bool {
        matches!(self, Self::Stated(_) | Self::Summed(_))
    }
}

/// What is known of the budgets of a line and of the lines above it. Prior amounts of one sum are of one kind: what was requested of a line
/// is not held against what was enacted for the line above it.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) own: Budget,
    pub(super) is_above: bool,
    /// Whether the line above is proposed for ending, and so all below it.
    pub(super) is_ending: bool,
}

impl Known {
    /// What is known of a chapter.
    pub(super) fn of(own: Budget) -> Self {
        Self { own, is_above: false, is_ending: false }
    }
}

impl Rolling<'_> {
    /// The amounts of a line.
    pub(super) fn line(&mut self, line: &Line, period: Option<&Period>, known: Known) -> Result<(), String> {
        let place = line.id.span;
        let last = period.and_then(Period::last_year).map(|(last, _)| last);
        let is_over = self.is_at_end(period);
        let requested = match is_over || known.is_ending {
            true => self.word("終了", "ended"),
            false => self.word("未定", "undecided"),
        };
        let is_heading = line.requested.money.value == Money::NotStated;
        let prior = self.prior(line, known);
        match &prior {
            Some(prior) => self.value(place, "prior", prior)?,
            None => self.take(place, "prior")?,
        }
        if !is_heading {
            self.value(place, "requested", &Value::text(requested))?;
        }
        // Its parts have what was requested only where the line says that it is that.
        let is_asked = matches!(prior, Some(Value::Braces(_)));
        for part in line.accounts.iter().chain(&line.instruments) {
            self.part(part, is_asked, requested)?;
        }
        for key in LEFT_OUT {
            self.take(place, key)?;
        }
        for note in &line.notes {
            if let NoteKind::InAddition { amount: Some(_) } = &note.kind {
                self.take(note.span, "amount")?;
                let said = Notation::of(self.request, self.request.lang).note(note, self.request);
                self.changes.push(Change::Left(format!(
                    "{}  the amount in its note `{said}` is this year's, and left out; write next year's, or take the note out",
                    line.id.value
                )));
            }
            let NoteKind::Recount { of: Some(of), .. } = &note.kind else { continue };
            if self.over.contains(of.as_str()) {
                self.take(note.span, "of")?;
                let id = &line.id.value;
                self.changes.push(Change::Left(format!(
                    "{id}  was counted in {of}, which has ended: say where it is counted now"
                )));
            }
        }
        if let Some(last) = last.filter(|_| is_over || known.is_ending) {
            let (id, last) =
                (&line.id.value, Notation::of(self.request, self.request.lang).fiscal_year(last));
            self.changes.push(Change::Left(match is_over {
                true => format!(
                    "{id}  its period ends with {last}, so `requested` is {requested}; write an amount and a later end if it goes on"
                ),
                false => format!(
                    "{id}  the line above it is to end, so `requested` is {requested}, though its own period goes on to {last}; write an amount if it goes on"
                ),
            }));
        }
        Ok(())
    }

    /// Whether a period ends before the next year, for which ending is proposed then.
    pub(super) fn is_at_end(&self, period: Option<&Period>) -> bool {
        period.and_then(Period::last_year).is_some_and(|(last, _)| last < self.to)
    }

    /// What is known of the budget of a line with these parts.
    pub(super) fn budget(&self, line: &Line, parts: &[Program]) -> Budget {
        if let Some(stated) = self.enacted(line) {
            return Budget::Stated(stated);
        }
        let counted =
            parts.iter().filter(|it| it.line.is_addable() && it.line.requested.money.value != Money::Ended);
        let below: Vec<Budget> = counted.map(|part| self.budget(&part.line, &part.children)).collect();
        let amounts = below.iter().map(|budget| match budget {
            Budget::Stated(money) => money.value.amount(),
            Budget::Summed(amount) => Some(*amount),
            _ => None,
        });
        let is_listed = line.is_complete() || line.requested.money.value == Money::NotStated;
        let amounts: Option<Vec<Amount>> = amounts.collect::<Option<_>>().filter(|_| is_listed);
        match amounts.and_then(|amounts| Amount::sum(amounts).ok().flatten()) {
            Some(sum) => Budget::Summed(sum),
            None if below.iter().all(|budget| matches!(budget, Budget::Untold)) => Budget::Untold,
            None => Budget::Partly,
        }
    }

    /// What was enacted for a line, in any of the year's files.
    pub(super) fn enacted(&self, line: &Line) -> Option<Spanned<Money>> {
        let is_own = std::ptr::eq(line, &self.request.line);
        self.enacted.get(&(is_own, line.id.value.as_str())).copied()
    }

    /// The prior amount of the next year; `None` for headings that say none.
    fn prior(&mut self, line: &Line, known: Known) -> Option<Value> {
        let asked = line.requested.money;
        let notation = Notation::of(self.request, self.request.lang);
        let undecided = self.word("未定", "undecided");
        let (id, amount) = (&line.id.value, notation.money(&asked.value));
        let (prior, why) = match (known.own, asked.value) {
            (Budget::Stated(enacted), _) if matches!(enacted.value, Money::Ended | Money::Unspecified) => (
                Value::text(undecided),
                format!(
                    "prior is {undecided}: the budget says {}, and no amount",
                    notation.money(&enacted.value)
                ),
            ),
            (Budget::Stated(enacted), _) => return Some(Value::Text(self.amount(enacted))),
            (_, Money::NotStated) => return None,
            (Budget::Summed(sum), _) => {
                let sum = notation.amount(&sum);
                (Value::Text(sum.clone()), format!("prior is what was enacted for its parts together, {sum}"))
            }
            (_, Money::Undecided) => return Some(Value::text(undecided)),
            (Budget::Untold, _) if self.is_of_another() && !known.is_above => (
                Value::text(undecided),
                format!(
                    "prior is {undecided}: a file of stage {} does not say what was requested, and nothing is enacted",
                    self.request.stage.slug()
                ),
            ),
            (_, Money::NotApplicable | Money::Unknown) if !self.is_of_another() => {
                return Some(Value::Text(self.said(asked.span)));
            }
            (Budget::Partly, _) => (
                Value::text(undecided),
                format!("prior is {undecided}: what was enacted is known of some of its parts only"),
            ),
            (Budget::Untold, _) if known.is_above => (
                Value::text(undecided),
                format!("prior is {undecided}: what was enacted is known of the line above it only"),
            ),
            (Budget::Untold, Money::Known(_) | Money::Within(_)) => {
                let said = ("amount".to_owned(), Value::Text(self.amount(asked)));
                (
                    Value::Braces(vec![said, ("basis".to_owned(), Value::text("requested"))]),
                    format!("prior is what was requested, {amount}: nothing is enacted"),
                )
            }
            (Budget::Untold, _) => (
                Value::text(undecided),
                format!("prior is {undecided}: {amount} was requested, and nothing is enacted"),
            ),
        };
        self.changes.push(Change::Left(format!("{id}  {why}")));
        Some(prior)
    }

    /// Whether the amounts of the chapter are neither what was requested nor what was enacted: 政府案, 補正予算, 決算.
    fn is_of_another(&self) -> bool {
        !matches!(self.request.stage, Stage::Request | Stage::Enacted)
    }

    /// What one account or instrument has: its part of what was enacted is not known.
    fn part(&mut self, part: &SplitPart, is_asked: bool, requested: &str) -> Result<(), String> {
        let undecided = self.word("未定", "undecided");
        let prior = match part.requested {
            Some(asked) if is_asked && asked.value.amount().is_some() && !asked.value.is_open() => {
                self.amount(asked)
            }
            _ => undecided.to_owned(),
        };
        let Some(place) = part.requested.or(part.prior).map(|money| money.span) else { return Ok(()) };
        self.value(place, "prior", &Value::Text(prior))?;
        self.value(place, "requested", &Value::text(requested))
    }

    /// An amount as it is written, or with its unit where it comes from a file that counts in another one.
    fn amount(&self, money: Spanned<Money>) -> String {
        let said = self.said(money.span);
        let is_same = Money::parse(&said, self.request.unit) == Ok(money.value);
        if is_same { said } else { Notation::of(self.request, self.request.lang).money(&money.value) }
    }

    pub(super) fn said(&self, span: Span) -> String {
        self.reading.sources.slice(span).trim().trim_matches(['"', '\'']).to_owned()
    }
}

/// What was enacted by any of the files of a chapter's year, of the chapter itself and of its lines by their ids.
pub(super) fn enacted<'t>(
    reading: &'t Reading,
    request: &Request,
) -> BTreeMap<(bool, &'t str), Spanned<Money>> {
    let mut enacted = BTreeMap::new();
    let same = reading.requests.iter().filter(|other| {
        other.line.id.value == request.line.id.value && other.fiscal_year.value == request.fiscal_year.value
    });
    for other in same {
        let lines = Program::all(&other.programs).into_iter().map(|program| (false, &program.line));
        for (is_own, line) in lines.chain([(true, &other.line)]) {
            let settled =
                Some(line.requested.money).filter(|it| other.stage == Stage::Enacted && it.value.is_stated());
            let known = line.enacted.map(|amount| amount.map(Money::Known)).or(settled);
            if let Some(known) = known {
                enacted.entry((is_own, line.id.value.as_str())).or_insert(known);
            }
        }
    }
    enacted
}
