//! What becomes of a line's amounts in the next year.

use super::super::Change;
use super::{LEFT_OUT, Rolling};
use crate::edit::Value;
use crate::model::{Line, Money, Period, Program, SplitPart, Stage};
use crate::notation::Notation;
use crate::source::{Span, Spanned};

impl Rolling<'_> {
    /// The amounts of a line.
    pub(super) fn line(&mut self, line: &Line, period: Option<&Period>) -> Result<(), String> {
        let place = line.id.span;
        let ends = period.and_then(Period::last_year).filter(|(last, _)| *last < self.to);
        let requested = match ends {
            Some(_) => self.word("終了", "ended"),
            None => self.word("未定", "undecided"),
        };
        let enacted = self.enacted(line);
        let is_heading = line.requested.money.value == Money::NotStated;
        match self.prior(line, enacted) {
            Some(prior) => self.value(place, "prior", &prior)?,
            None => self.take(place, "prior")?,
        }
        if !is_heading {
            self.value(place, "requested", &Value::text(requested))?;
        }
        for part in line.accounts.iter().chain(&line.instruments) {
            self.part(part, enacted.is_some(), requested)?;
        }
        for key in LEFT_OUT {
            self.take(place, key)?;
        }
        if let Some((last, _)) = ends {
            self.changes.push(Change::Left(format!(
                "{}  its period ends with {}, so `requested` is {requested}; write an amount and a later end if it goes on",
                line.id.value,
                Notation::of(self.request, self.request.lang).fiscal_year(last),
            )));
        }
        Ok(())
    }

    /// What was enacted for a line, in any of the year's files.
    pub(super) fn enacted(&self, line: &Line) -> Option<Spanned<Money>> {
        let own = &self.request.line.id.value;
        let same = self.reading.requests.iter().filter(|other| {
            other.line.id.value == *own && other.fiscal_year.value == self.request.fiscal_year.value
        });
        let told = same.filter_map(|other| {
            let mut all = Program::all(&other.programs).into_iter().map(|program| &program.line);
            let there = match std::ptr::eq(line, &self.request.line) {
                true => &other.line,
                false => all.find(|it| it.id.value == line.id.value)?,
            };
            let settled = Some(there.requested.money)
                .filter(|it| other.stage == Stage::Enacted && it.value.is_stated());
            there.enacted.map(|amount| amount.map(Money::Known)).or(settled)
        });
        told.into_iter().next()
    }

    /// The prior amount of the next year; `None` for headings that say none.
    pub(super) fn prior(&mut self, line: &Line, enacted: Option<Spanned<Money>>) -> Option<Value> {
        if let Some(enacted) = enacted {
            return Some(Value::Text(self.amount(enacted)));
        }
        let asked = line.requested.money;
        match asked.value {
            Money::NotStated => None,
            Money::Known(_) | Money::Within(_) => {
                self.changes.push(Change::Left(format!(
                    "{}  prior is what was requested, {}: nothing is enacted",
                    line.id.value,
                    Notation::of(self.request, self.request.lang).money(&asked.value),
                )));
                let amount = ("amount".to_owned(), Value::Text(self.amount(asked)));
                Some(Value::Braces(vec![amount, ("basis".to_owned(), Value::text("requested"))]))
            }
            Money::NotApplicable | Money::Unknown => Some(Value::Text(self.said(asked.span))),
            Money::Undecided => Some(Value::text(self.word("未定", "undecided"))),
            _ => {
                let undecided = self.word("未定", "undecided");
                self.changes.push(Change::Left(format!(
                    "{}  prior is {undecided}: {} was requested, and nothing is enacted",
                    line.id.value,
                    Notation::of(self.request, self.request.lang).money(&asked.value),
                )));
                Some(Value::text(undecided))
            }
        }
    }

    /// What one account or instrument has: its part of what was enacted is not known.
    pub(super) fn part(&mut self, part: &SplitPart, is_enacted: bool, requested: &str) -> Result<(), String> {
        let undecided = self.word("未定", "undecided");
        let prior = match part.requested {
            Some(asked) if !is_enacted && asked.value.amount().is_some() && !asked.value.is_open() => {
                self.amount(asked)
            }
            _ => undecided.to_owned(),
        };
        let Some(place) = part.requested.or(part.prior).map(|money| money.span) else { return Ok(()) };
        self.value(place, "prior", &Value::Text(prior))?;
        self.value(place, "requested", &Value::text(requested))
    }

    /// An amount as it is written, or with its unit where it comes from a file that counts in another one.
    pub(super) fn amount(&self, money: Spanned<Money>) -> String {
        let said = self.said(money.span);
        let is_same = Money::parse(&said, self.request.unit) == Ok(money.value);
        if is_same { said } else { Notation::of(self.request, self.request.lang).money(&money.value) }
    }

    pub(super) fn said(&self, span: Span) -> String {
        self.reading.sources.slice(span).trim().trim_matches(['"', '\'']).to_owned()
    }
}
