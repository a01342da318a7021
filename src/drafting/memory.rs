//! What the table said last of amounts, as `ids.yaml` keeps it: what the table has not changed since is the chapter's own.

use super::Change;
use super::again::Again;
use super::figures::{label, stated};
use super::since::is_same;
use crate::import::{EmptyCell, Figure, Taken, TakenAmount, TakenLine};
use crate::model::{Line, Money, Program, Unit};
use crate::notation::Notation;

/// Of which year and stage the amounts of a table are, and in which unit.
pub(super) fn of(taken: &Taken) -> String {
    format!("{} {} {}", taken.year.slug(), taken.stage.slug(), taken.unit.label(crate::model::Lang::Ja))
}

/// The amounts that a table says of a line, and those that it said before where its cell is empty now.
pub(super) fn said(amounts: &[TakenAmount], empty: &[EmptyCell], before: &str) -> String {
    let own = amounts.iter().filter(|amount| amount.account.is_none());
    let own = own.map(|amount| format!("{} {}", amount.figure.slug(), amount.text));
    let is_empty = |figure: &str| {
        empty.iter().any(|cell| cell.figure.slug() == figure && cell.account.is_none())
            && !amounts.iter().any(|it| it.figure.slug() == figure && it.account.is_none())
    };
    let kept = entries(before)
        .filter(|(figure, _)| is_empty(figure))
        .map(|(figure, text)| format!("{figure} {text}"));
    let mut all: Vec<String> = own.chain(kept).collect();
    all.sort_by_key(|said| said.split_once(' ').and_then(|(figure, _)| Figure::named(figure)));
    all.join("; ")
}

fn entries(said: &str) -> impl Iterator<Item = (&str, &str)> {
    said.split("; ").filter_map(|entry| entry.split_once(' '))
}

impl Again<'_> {
    /// The amounts of a line, with those that follow from them, as far as the table says them otherwise than at the last import; says which others the
    /// chapter has otherwise. What is requested goes together with its parts.
    pub(super) fn anew(
        &mut self,
        line: &Line,
        own: &[TakenAmount],
        derived: &[TakenAmount],
        said: &str,
    ) -> Vec<TakenAmount> {
        let unit = self.names.amounts_of.splitn(3, ' ').nth(2).and_then(Unit::parse).unwrap_or_default();
        let is_known = |amount: &TakenAmount| {
            let before = entries(said).find(|(figure, _)| *figure == amount.figure.slug());
            let before = before.and_then(|(_, text)| Money::parse(text, unit).ok());
            amount.account.is_none() && before.is_some_and(|before| is_same(Some(before), Some(amount.money)))
        };
        let is_asked = |amount: &TakenAmount| {
            matches!(amount.figure, Figure::Requested | Figure::Request | Figure::Wish)
        };
        let is_request_known =
            own.iter().filter(|amount| is_asked(amount) && amount.account.is_none()).all(is_known);
        let is_untouched = |amount: &TakenAmount| match is_asked(amount) && amount.account.is_none() {
            true => is_request_known && !said.is_empty(),
            false => is_known(amount),
        };
        let (untouched, anew): (Vec<TakenAmount>, Vec<TakenAmount>) =
            own.iter().chain(derived).cloned().partition(is_untouched);
        let notation = Notation::of(self.request, self.request.lang);
        for amount in untouched {
            let is_part = matches!(amount.figure, Figure::Request | Figure::Wish);
            let Some(old) =
                stated(line, amount.figure).0.filter(|_| !is_part || line.requested.split.is_some())
            else {
                continue;
            };
            if !is_same(Some(old.value), Some(amount.money)) {
                let what =
                    format!("{}{}", label(amount.figure, self.request.lang), self.table.cell(amount.place));
                self.plan.changes.push(Change::Left(format!(
                    "{}  {what} is {} as at the last import; {} stays",
                    line.id.value,
                    notation.money(&amount.money),
                    notation.money(&old.value),
                )));
            }
        }
        anew
    }

    /// Says so where the table counts in another unit than at the last import: it may be that only its words have changed.
    pub(super) fn counts_anew(&mut self) {
        let was = self.names.amounts_of.splitn(3, ' ').nth(2).and_then(Unit::parse);
        let now = self.table.taken.unit;
        if let Some(was) = was.filter(|was| *was != now && self.table.taken.kept.is_none()) {
            let [was, now, stays] = [was, now, self.request.unit].map(|unit| unit.label(self.request.lang));
            let what = format!(
                "the table counts in {now} now, and did in {was} at the last import; the chapter goes on in {stays}"
            );
            self.plan.changes.push(Change::Left(format!("{}  {what}", self.request.line.id.value)));
        }
    }

    /// What is remembered of the chapter's own amounts and of those of a line, where that is of its year and stage.
    pub(super) fn remembered<'n>(&self, amounts: &'n str) -> &'n str {
        let now = of(self.table.taken);
        let is_of = |said: &str| said.splitn(3, ' ').take(2).eq(now.splitn(3, ' ').take(2));
        if self.table.taken.kept.is_none() && is_of(&self.names.amounts_of) { amounts } else { "" }
    }

    /// Whether the table has only some of the lines of a chapter that adds its lines up itself, or that is made of more files: its total is none of
    /// the chapter's.
    pub(super) fn is_part(&self, lines: &[TakenLine]) -> bool {
        let request = self.request;
        let has_ended = |program: &&Program| program.line.requested.money.value == Money::Ended;
        let found = self.pairs(lines, &request.programs, "").into_iter().flatten().count();
        let ended = request.programs.iter().filter(has_ended).count();
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let files: Vec<String> = self.table.taken.origins.iter().map(|origin| name(&origin.file)).collect();
        let sources = request.source.as_deref().unwrap_or_default().lines();
        let (own, others): (Vec<&str>, Vec<&str>) = sources
            .partition(|line| files.iter().any(|file| line.trim_start_matches("- ").starts_with(file)));
        let is_worked_out = request.line.requested.money.value == Money::NotStated;
        self.table.taken.kept.is_none()
            && found + ended < request.programs.len()
            && (is_worked_out || !own.is_empty() && !others.is_empty())
    }
}
