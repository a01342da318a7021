//! A row of a sheet of ours: what stands in it, what it was made from and what it showed then.

use std::collections::BTreeSet;

use super::super::depth::DEEPEST;
use super::super::grid::{Filled, Grid, Kind};
use super::super::{Cell, titles};
use super::entries::{Entries, entries, text};
use super::{ACCOUNT, GROUP, HEADS, ID, INSTRUMENT, Keys, LINE, NOTES, NUMBER, REST, SHOWN, TITLE};
use crate::edit::Value;
use crate::model::Lang;
use crate::read::{is_escaped, on_one_line};
use crate::words::Words;

/// A row as it stands there.
pub(super) struct Read<'g> {
    pub(super) at: usize,
    /// The id that its keys say, whatever was typed over it, and what stands there now.
    pub(super) id: String,
    pub(super) typed: &'g str,
    pub(super) title: String,
    /// The same with its blanks.
    pub(super) whole: String,
    pub(super) inset: usize,
    pub(super) number: String,
    pub(super) notes: String,
    /// The keys that the line had.
    pub(super) kept: Entries,
    /// What its cells showed.
    pub(super) shown: Entries,
    /// Whether it is one of the officer's own with words and no amount, below all lines.
    pub(super) is_remark: bool,
    /// Whether what is not shown of another sheet came in with it, where this one has other columns.
    pub(super) is_foreign: bool,
}

impl Read<'_> {
    /// Its cell in a column.
    pub(super) fn cell<'g>(&self, grid: &'g Grid, keys: &Keys, word: &str) -> Option<&'g Filled> {
        grid.cell(Cell { row: self.at, column: keys.of(word)? })
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        text(&self.kept, &[key])
    }

    /// Whether an officer added a row that only adds up others.
    pub(super) fn is_new_total(&self) -> bool {
        self.id.is_empty() && titles::sum(&self.title).is_some()
    }

    /// Whether it is one of an officer's own that stands for no line.
    pub(super) fn is_no_line(&self) -> bool {
        self.is_new_total() || self.is_remark || self.is_new_split() || self.is_memo() || self.is_foreign
    }

    /// Whether an officer added a row that is only there to be compared with: （参考）.
    pub(super) fn is_memo(&self) -> bool {
        self.id.is_empty() && !self.is_beside() && titles::is_memo(&self.title)
    }

    /// Whether an officer added a row that says by its title to be about an account or an instrument.
    pub(super) fn is_new_split(&self) -> bool {
        let begins = |lang| {
            let words = Words::of(lang);
            [words.by_account, words.by_instrument].iter().any(|begin| self.title.starts_with(begin.trim()))
        };
        self.kept.is_empty() && [Lang::Ja, Lang::En].into_iter().any(begins)
    }

    /// Whether it has no title, and is none of ours.
    pub(super) fn is_nameless(&self) -> bool {
        self.title.is_empty() && !self.is_beside()
    }

    /// Whether it is about an account or an instrument of a line.
    pub(super) fn is_split(&self) -> bool {
        [ACCOUNT, INSTRUMENT].iter().any(|key| self.text(key).is_some())
    }

    /// Whether its amounts follow from those of others: what a partial breakdown does not list, what a group comes to.
    pub(super) fn is_worked_out(&self) -> bool {
        [REST, GROUP].iter().any(|key| self.text(key).is_some())
    }

    /// Whether it is a row that stands for no line.
    pub(super) fn is_beside(&self) -> bool {
        self.is_split() || [REST, GROUP, "gaisan"].iter().any(|key| self.text(key).is_some())
    }
}

/// A text without what other programs leave in it and no file of text may have.
fn visible(text: &str) -> String {
    let ends = text.replace(['\u{2028}', '\u{2029}'], "\n");
    ends.replace(|c: char| is_escaped(c) && !c.is_control(), "")
}

/// A title without blanks that nobody sees.
pub(super) fn plain(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn read<'g>(grid: &'g Grid, keys: &Keys, at: usize) -> Option<Read<'g>> {
    let row = grid.rows.get(at).filter(|row| !row.cells.is_empty())?;
    let cell = |key: &str| keys.of(key).and_then(|column| row.cell(column));
    let said = |key: &str| cell(key).map_or("", |cell| cell.text.trim());
    let (title, mut kept, mut shown) = (cell(TITLE), entries(said(LINE)), entries(said(SHOWN)));
    let is_part = [ACCOUNT, INSTRUMENT, REST, GROUP].iter().any(|key| text(&kept, &[key]).is_some());
    // What does not say of which line it was made is a row of the officer's own, whatever stands in its cells that are not shown.
    let id = text(&kept, &["id"]).or(is_part.then(|| said(ID))).map(str::to_owned);
    if id.is_none() {
        (kept, shown) = (Entries::new(), Entries::new());
    }
    let hidden = [LINE, SHOWN].map(|key| keys.of(key));
    let is_foreign = row.cells.iter().filter(|cell| !hidden.contains(&Some(cell.column))).any(|cell| {
        let said = entries(cell.text.trim());
        ["id", "title", ACCOUNT, INSTRUMENT].iter().any(|key| text(&said, &[key]).is_some())
    });
    // A title that begins with blanks is not set in by them.
    let own = text(&shown, &["title"]).filter(|own| title.is_some_and(|title| title.text.starts_with(own)));
    let own = own.map_or(0, |own| Filled::new(0, Kind::Text, own).inset());
    Some(Read {
        at,
        id: id.unwrap_or_default(),
        typed: said(ID),
        title: plain(&on_one_line(&visible(said(TITLE)))),
        whole: on_one_line(&visible(said(TITLE))),
        // Lines stand in each other as deep as they are set in, and no stack is without end.
        inset: title.map_or(0, Filled::inset).saturating_sub(own).min(DEEPEST),
        number: on_one_line(&visible(said(NUMBER))),
        notes: visible(said(NOTES)).trim().to_owned(),
        kept,
        shown,
        is_remark: false,
        is_foreign,
    })
}

/// Why a sheet cannot be taken whose cells were moved without those that are not shown, and what to do.
pub(super) fn moved(
    rows: &[Read<'_>],
    grid: &Grid,
    keys: &Keys,
    here: &str,
) -> Option<(String, &'static str)> {
    if let Some(mixed) = mixed(rows, keys) {
        let what = format!(
            "{here}: rows show the titles of others: {mixed}; they were sorted or moved without the columns that are not shown"
        );
        return Some((what, "sort whole rows: undo it, or export the chapter again"));
    }
    let top = rows.iter().find(|row| row.text("gaisan").is_some())?;
    let what = format!(
        "{here}: columns show the heads of others: {}; they were moved without the row above the heads, which is not shown",
        exchanged(top, grid, keys)?
    );
    Some((what, "move whole columns: undo it, or export the chapter again"))
}

/// The rows that no longer belong to what stands beside them: each shows what another one showed.
fn mixed(rows: &[Read<'_>], keys: &Keys) -> Option<String> {
    let column = keys.of(TITLE)?;
    let shown = |row: &Read<'_>| text(&row.shown, &["title"]).map(plain);
    let others: Vec<&Read<'_>> =
        rows.iter().filter(|row| shown(row).is_some_and(|shown| shown != row.title)).collect();
    let titles: BTreeSet<String> = others.iter().filter_map(|row| shown(row)).collect();
    // Cells that were put in, and not a row, push the last title to where nothing is kept of it.
    let pushed = rows.iter().filter(|row| row.shown.is_empty() && titles.contains(&row.title));
    let mixed = others.iter().copied().filter(|row| titles.contains(&row.title));
    let mixed: Vec<&Read<'_>> = mixed.chain(pushed).collect();
    // A line may be called as another was; what stands beside lines has words of its own.
    let is_alone = |row: &&Read<'_>| row.is_beside() || row.shown.is_empty();
    let is_shifted = mixed.len() > 1 || mixed.iter().any(is_alone);
    let mixed: Vec<String> =
        mixed.iter().map(|row| format!("{} `{}`", Cell { row: row.at, column }, row.title)).collect();
    is_shifted.then(|| mixed.iter().take(4).cloned().collect::<Vec<_>>().join(", "))
}

/// The columns that no longer belong to what stands above them: each shows what stood above another one.
fn exchanged(top: &Read<'_>, grid: &Grid, keys: &Keys) -> Option<String> {
    let (_, Value::Braces(heads)) = top.shown.iter().find(|(key, _)| key == HEADS)? else { return None };
    let row = keys.row + 1;
    let shown = heads.iter().filter_map(|(word, shown)| match shown {
        Value::Text(shown) => Some((keys.of(word)?, shown.trim())),
        _ => None,
    });
    let shown: Vec<(usize, &str)> = shown.collect();
    let moved = shown.iter().filter_map(|(column, head)| {
        let at = Cell { row, column: *column };
        let now = grid.cell(at)?.text.trim();
        let is_other = now != *head && shown.iter().any(|(other, head)| other != column && *head == now);
        is_other.then(|| format!("{at} `{now}`"))
    });
    let moved: Vec<String> = moved.take(4).collect();
    (!moved.is_empty()).then(|| moved.join(", "))
}
