//! Rows of accounts and instruments: which line each is of, and what they say of it.

use std::collections::BTreeMap;

use super::super::remark::Remark;
use super::super::{Cell, EmptyCell, Place, TakenAmount};
use super::entries::{Entries, set, text};
use super::line::Taking;
use super::said::{Beside, Took};
use super::{ACCOUNT, FIGURES, INSTRUMENT, Read, TITLE};
use crate::edit::Value;

/// What a row of one says, and the list of a line that has it.
pub(super) const LISTS: [(&str, &str); 2] = [(ACCOUNT, "accounts"), (INSTRUMENT, "instruments")];

/// The rows of accounts and instruments, by the rows of their lines.
pub(super) type Splits<'r> = BTreeMap<usize, Vec<&'r Read<'r>>>;

impl Taking<'_> {
    /// Which line each row of an account is of: the one that it stands below, if that has its id, a line that was copied with it among them; else
    /// the one whose id it has. Of several for one account of a line, that which shows most of what it showed; the others are named.
    pub(super) fn splits<'r>(&mut self, rows: &'r [Read<'r>]) -> Splits<'r> {
        let mut all = Splits::new();
        let mut above: Option<&Read<'_>> = None;
        for row in rows {
            if !row.is_split() {
                above = Some(row);
                continue;
            }
            let home = above.filter(|line| line.id == row.id && !row.id.is_empty()).map(|line| line.at);
            let Some(home) = home.or_else(|| self.owners.get(&row.id).copied()) else { continue };
            let parts: &mut Vec<&Read<'_>> = all.entry(home).or_default();
            let is_same = |it: &&Read<'_>| LISTS.iter().all(|(key, _)| it.text(key) == row.text(key));
            let Some(known) = parts.iter_mut().find(|it| is_same(it)) else {
                parts.push(row);
                continue;
            };
            let [one, other] = [*known, row].map(|it| it.likeness(self.grid, self.keys, self.unit));
            let second = if other > one { std::mem::replace(known, row) } else { row };
            let at = Cell { row: second.at, column: self.keys.of(TITLE).unwrap_or(0) };
            let what = format!("`{}` is a second row of one account; nothing of it is taken", second.title);
            let help = "take the row out; a new account is added under `accounts` or `instruments` in the files of the chapter";
            self.remarks.push(Remark::assumed(at, what, help));
        }
        all
    }

    /// An account or an instrument of a line that was copied with it.
    pub(super) fn new_part(&mut self, row: &Read<'_>, name: &str) -> Value {
        self.has_no(row);
        let mut part = vec![("name".to_owned(), Value::text(name))];
        for (figure, word, path) in [FIGURES[0], FIGURES[3]] {
            let (Some(column), Some(key)) = (self.keys.of(word), path.first()) else { continue };
            let beside = Beside { figure, shown: None, stated: None, is_new: false };
            if let Took::New(_, said) | Took::Made(_, said) = self.said(Cell { row: row.at, column }, beside)
            {
                part.push(((*key).to_owned(), Value::text(said)));
            }
        }
        Value::Braces(part)
    }

    /// Names what stands in columns that an account or an instrument has not.
    fn has_no(&mut self, row: &Read<'_>) {
        for (_, word, _) in [FIGURES[1], FIGURES[2], FIGURES[4], FIGURES[5]] {
            if let Some(cell) =
                row.cell(self.grid, self.keys, word).filter(|cell| !cell.text.trim().is_empty())
            {
                let what = format!(
                    "`{}` stands beside `{}`, which has no such amount; it is not taken",
                    cell.text.trim(),
                    row.title
                );
                let at = Cell { row: row.at, column: cell.column };
                self.remarks.push(Remark::assumed(
                    at,
                    what,
                    "an account or an instrument has an amount that is asked for and last year's",
                ));
            }
        }
    }

    /// The amounts of an account or an instrument that are not what they were.
    pub(super) fn part(
        &mut self,
        row: &Read<'_>,
        (name, list): (&str, &str),
        kept: &mut Entries,
        (empty, sums): (&mut Vec<EmptyCell>, &mut Vec<TakenAmount>),
    ) -> Vec<TakenAmount> {
        let mut amounts = Vec::new();
        self.has_no(row);
        for (figure, word, path) in [FIGURES[0], FIGURES[3]] {
            let Some(column) = self.keys.of(word) else { continue };
            let cell = Cell { row: row.at, column };
            let key = path.first().copied().unwrap_or_default();
            let list = kept.iter_mut().find(|(key, _)| key == list).map(|(_, value)| value);
            let Some(Value::List(parts)) = list else { continue };
            let is_own = |part: &&mut Value| matches!(part, Value::Braces(part) if text(part, &["name"]) == Some(name));
            let Some(Value::Braces(part)) = parts.iter_mut().find(is_own) else { continue };
            let (account, place) = (Some(name.to_owned()), Place { origin: 0, cell });
            let (shown, stated) = (text(&row.shown, &[word]), text(part, &[key]));
            let beside = Beside { figure, shown, stated, is_new: false };
            match self.said(cell, beside) {
                Took::Same => {
                    let same = beside.stated.and_then(|text| self.amount(figure, text, place));
                    amounts.extend(same.map(|same| TakenAmount { account, ..same }));
                }
                Took::Made(money, text) => {
                    let same = beside.stated.and_then(|text| self.amount(figure, text, place));
                    amounts.extend(same.map(|same| TakenAmount { account: account.clone(), ..same }));
                    sums.push(TakenAmount { figure, account, money, text, place });
                }
                Took::Emptied => empty.push(EmptyCell { figure, account, place }),
                Took::New(money, said) => {
                    set(part, &[key], &said);
                    amounts.push(TakenAmount { figure, account, money, text: said, place });
                }
            }
        }
        amounts
    }
}
