//! What an officer wrote where the words and formulas of a sheet of ours stood that say nothing of a line: it is taken or named.

use super::super::grid::Filled;
use super::super::remark::Remark;
use super::super::{Cell, TakenLine};
use super::entries::{Entries, set, text};
use super::groups::Groups;
use super::line::Taking;
use super::row::plain;
use super::{CHANGE, FIGURES, HEADING, HEADS, MINISTRY, NOTES, NUMBER, RATE, REST, Read, TITLE};
use crate::edit::Value;
use crate::model::Money;
use crate::read::on_one_line;

impl Taking<'_> {
    /// Takes the title of the chapter and its ministry, and names what else was changed outside of lines.
    pub(super) fn reworded(
        &mut self,
        rows: &[Read<'_>],
        top: &Read<'_>,
        kept: &mut TakenLine,
        groups: &Groups,
    ) {
        let heads = top.shown.iter().find(|(key, _)| key == HEADS);
        let heads =
            heads.map_or(&[][..], |(_, heads)| if let Value::Braces(heads) = heads { heads } else { &[] });
        for (word, shown) in heads {
            let (Some(cell), Value::Text(shown)) = (self.head(word), shown) else { continue };
            self.grid.mark(cell, super::Fate::Taken);
            let now = &on_one_line(self.grid.cell(cell).map_or("", |cell| cell.text.trim()));
            if *now == on_one_line(shown) {
                continue;
            }
            let own = |key: &str| text(&kept.kept, &[key]).unwrap_or_default().to_owned();
            let (title, number) = (own("title"), own("number"));
            // The number of the chapter stands before its title.
            let before = shown.trim().strip_suffix(&title).unwrap_or_default();
            let above = before.strip_suffix(&format!("{number}. ")).filter(|_| !number.is_empty());
            let numbered = || now.strip_prefix(above?)?.split_once(". ");
            let new: Vec<(&str, &str)> = match word.as_str() {
                HEADING if title.is_empty() || before.is_empty() => Vec::new(),
                HEADING => match (now.strip_prefix(before), numbered()) {
                    (Some(title), _) => vec![("title", title)],
                    (None, Some((number, title))) => vec![("number", number), ("title", title)],
                    (None, None) => Vec::new(),
                },
                MINISTRY if own("ministry") == shown.trim() => vec![("ministry", now)],
                _ => Vec::new(),
            };
            if new.is_empty() || new.iter().any(|(_, new)| new.trim().is_empty()) {
                self.left(cell, now, shown);
                continue;
            }
            new.iter().for_each(|(key, new)| set(&mut kept.kept, &[key], new.trim()));
            self.changed.push(cell);
            self.on_one_line(cell, now);
        }
        kept.title = text(&kept.kept, &["title"]).unwrap_or_default().to_owned();
        for row in rows.iter().filter(|row| row.is_beside()) {
            let is_top = row.text("gaisan").is_some();
            let words = [
                (NUMBER, "number", row.number.as_str()),
                (TITLE, "title", row.title.as_str()),
                (NOTES, "notes", row.notes.as_str()),
            ];
            let is_taken = |word: &str| match word {
                NOTES => is_top,
                _ => word == TITLE && groups.retitled.contains(&row.at),
            };
            for (word, key, now) in words.into_iter().filter(|(word, ..)| !is_taken(word)) {
                let shown = text(&row.shown, &[key]).unwrap_or_default();
                let cell = self.keys.of(word).map(|column| Cell { row: row.at, column });
                if let Some(cell) = cell.filter(|_| shown.trim() != now) {
                    self.left(cell, now, shown);
                }
            }
        }
        let has_formulas =
            self.grid.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.formula.is_some());
        for row in rows.iter().filter(|row| has_formulas && !row.shown.is_empty()) {
            let rest = FIGURES.iter().map(|(_, word, _)| *word).filter(|_| row.is_worked_out());
            for word in rest.chain([CHANGE, RATE]) {
                self.typed(row, word);
            }
        }
    }

    /// The cell of a text above the lines.
    fn head(&self, word: &str) -> Option<Cell> {
        match word {
            HEADING => Some(Cell { row: self.keys.row.checked_sub(2)?, column: 0 }),
            MINISTRY => Some(Cell { row: self.keys.row.checked_sub(1)?, column: 0 }),
            // What stands above numbers is ours, and nothing.
            NUMBER => None,
            _ => Some(Cell { row: self.keys.row + 1, column: self.keys.of(word)? }),
        }
    }

    pub(super) fn left(&mut self, cell: Cell, now: &str, shown: &str) {
        let [now, shown] = [now, shown.trim()].map(|it| if it.is_empty() { "–" } else { it });
        let what = format!("`{now}` stands where the sheet had `{shown}`; it is not taken");
        let help = "change it in the files of the chapter, or leave it in the sheet as it was";
        self.remarks.push(Remark::assumed(cell, what, help));
    }

    /// Tells that a text of one line stands in its cell on several.
    pub(super) fn on_one_line(&mut self, at: Cell, now: &str) {
        let is_broken = |cell: &Filled| cell.text.trim().contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        let is_said = self.remarks.iter().any(|it| it.cell == at);
        if !is_said && self.grid.cell(at).is_some_and(is_broken) {
            let what = format!("`{now}` is taken as one line, without the line break in its cell");
            let help = "write it on one line; print breaks by itself what is long";
            self.remarks.push(Remark::assumed(at, what, help));
        }
    }

    /// Says that a line stays one, though it has the title of a row that is none now: 小計, （参考）.
    pub(super) fn no_line_by_title(&mut self, row: &Read<'_>, shown: &Entries) {
        let is_new = text(shown, &["title"]).is_none_or(|shown| plain(shown) != row.title);
        let Some(column) = self.keys.of(TITLE).filter(|_| is_new) else { return };
        let what = format!("`{}` is a line of the chapter, and goes on being added", row.title);
        let help = "put the sum or what is only for reference into a row of its own; write 再掲 beside a line that is counted elsewhere";
        self.remarks.push(Remark::assumed(Cell { row: row.at, column }, what, help));
    }

    /// Names what was typed over a formula.
    fn typed(&mut self, row: &Read<'_>, word: &str) {
        let Some(cell) = row.cell(self.grid, self.keys, word) else { return };
        let is_ours = |formula: &str| match word {
            CHANGE | RATE => formula.starts_with("IF("),
            _ if row.text(REST).is_none() => super::super::formula::is_ours(formula),
            _ => formula.contains("-(") && formula.ends_with(')'),
        };
        let is_typed = cell.formula.as_deref().is_none_or(|it| !is_ours(it));
        let amount = |text: &str| Money::parse(text, self.unit).ok()?.addable();
        let both = text(&row.shown, &[word]).and_then(amount).zip(amount(&cell.text));
        let is_as_shown = both.is_some_and(|(shown, now)| shown.same_value(now))
            || text(&row.shown, &[word]) == Some(cell.text.trim());
        if is_typed && !(cell.formula.is_none() && is_as_shown) {
            let said = cell.formula.as_ref().map(|formula| format!("={formula}"));
            let said = said.unwrap_or_else(|| cell.text.trim().to_owned());
            let what = format!("`{said}` was typed over what the sheet works out; it is not taken");
            let help = "change the amounts that it follows from";
            let at = Cell { row: row.at, column: cell.column };
            self.remarks.push(Remark::assumed(at, what, help));
        }
    }
}
