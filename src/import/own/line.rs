//! What the row of a line says, beside what it was made from and what it showed then.

use std::collections::BTreeMap;

use super::super::grid::Grid;
use super::super::remark::{Remark, counted};
use super::super::told::{Understood, UnderstoodColumn};
use super::super::{Aside, Cell, EmptyCell, Figure, Origin, Place, TakenAmount, TakenLine, figures, titles};
use super::entries::{Entries, set, text};
use super::groups::Groups;
use super::noted::{Remarks, noted_anew, set_aside};
use super::row::plain;
use super::said::{Beside, Took};
use super::splits::{LISTS, Splits};
use super::{CHANGE, FIGURES, GROUP, ID, Keys, NUMBER, RATE, Read, TITLE, keys_of};
use crate::edit::Value;
use crate::model::{FiscalYear, Lang, Money, Unit, fold};

pub(super) struct Taking<'t> {
    pub(super) grid: &'t Grid,
    pub(super) keys: &'t Keys,
    pub(super) unit: Unit,
    pub(super) remarks: Vec<Remark>,
    /// The rows whose ids are their own: one that was copied is a new line.
    pub(super) owners: BTreeMap<String, usize>,
    /// Whether the sheet is in English, and the chapter in another language.
    pub(super) is_english: bool,
    pub(super) is_translated: bool,
    /// The cells that say something else than they did.
    pub(super) changed: Vec<Cell>,
    /// The amounts that stand in 〔〕, which says of all of a line that it is counted elsewhere.
    pub(super) in_brackets: Vec<(Cell, String)>,
    /// Whether any cell holds a number as such, which those of a text file do not.
    pub(super) has_numbers: bool,
}

impl Taking<'_> {
    /// The lines from a row on that stand deeper than the one above.
    pub(super) fn below(
        &mut self,
        rows: &[Read<'_>],
        (splits, groups): (&Splits<'_>, &Groups),
        at: &mut usize,
        above: Option<&Read<'_>>,
    ) -> Vec<TakenLine> {
        let mut lines = Vec::new();
        while let Some(row) = rows.get(*at) {
            let is_heading = row.text(GROUP).is_some() || groups.headings.contains(&row.at);
            // What stands deeper than a group is part of it, and of no line above it.
            if is_heading && above.is_some() {
                break;
            }
            if is_heading || row.is_beside() || row.title.is_empty() || row.is_no_line() {
                *at += 1;
                continue;
            }
            // A program that is set in as it was is part of no other, however deep the groups lie that it was moved between.
            if above.is_some_and(|above| row.inset <= above.inset || row.is_program_as_made()) {
                break;
            }
            *at += 1;
            let mut line = self.line(row, splits);
            self.grouped(row, &mut line, groups.of.get(&row.at));
            line.children = self.below(rows, (splits, groups), at, Some(row));
            if line.kept.is_empty() && self.is_refused(row, &mut line) {
                // What was there stays where it is.
                lines.extend(line.children.into_iter().filter(|child| !child.kept.is_empty()));
                continue;
            }
            if line.children.is_empty() && line.kept.is_empty() {
                self.asks_of_sum(row);
            }
            lines.push(line);
        }
        lines
    }

    /// What a row says of its line.
    pub(super) fn line(&mut self, row: &Read<'_>, splits: &Splits<'_>) -> TakenLine {
        let is_ours = self.owners.get(&row.id) == Some(&row.at);
        if let Some(column) = self.keys.of(ID).filter(|_| is_ours && row.id != row.typed) {
            self.left(Cell { row: row.at, column }, row.typed, &row.id);
        }
        let mut kept = if is_ours { row.kept.clone() } else { Vec::new() };
        let shown = if is_ours { row.shown.clone() } else { Vec::new() };
        let is_top = text(&kept, &["gaisan"]).is_some();
        let (mut amounts, mut empty, mut sums) = self.figures(row, is_ours, &mut kept);
        let figures = self.marked(&amounts);
        let mut more = Vec::new();
        for (key, list) in LISTS {
            let mut parts = Vec::new();
            for part in splits.get(&row.at).into_iter().flatten() {
                let Some(name) = part.text(key) else { continue };
                match is_ours {
                    true => amounts.extend(self.part(part, (name, list), &mut kept, (&mut empty, &mut sums))),
                    false => parts.push(self.new_part(part, name)),
                }
            }
            more.extend((!parts.is_empty()).then(|| (list.to_owned(), Value::List(parts))));
        }
        let noted = text(&shown, &["notes"]).unwrap_or_default();
        let is_renoted = is_ours && noted.trim() != row.notes;
        let renoted = self.notes(row, &mut kept, noted, is_renoted);
        let (key, title) = self.title(row, &kept, &shown);
        let (notes, aside) = match is_ours {
            true if is_top => (Vec::new(), None),
            true => (Vec::new(), self.aside_anew(row, &title, renoted.as_ref(), &figures)),
            false => noted_anew(row, &figures, &mut more),
        };
        let in_brackets = std::mem::take(&mut self.in_brackets);
        if aside != Some(Aside::Recount) {
            self.remarks.extend(in_brackets.iter().map(|(cell, text)| figures::bracketed(*cell, text)));
        }
        self.has_changed(row, TITLE, !is_ours || text(&kept, &[key]).unwrap_or_default() != title);
        if is_ours && !is_top && (titles::sum(&row.title).is_some() || titles::is_memo(&row.title)) {
            self.no_line_by_title(row, &shown);
        }
        // A new title in English is so, too, once there is another one.
        more.extend(
            (!is_ours && self.is_english && self.is_translated)
                .then(|| ("title_en".to_owned(), Value::text(&title))),
        );
        if !kept.is_empty() && (key == "title" || !title.is_empty()) {
            set(&mut kept, &[key], &title);
        }
        let title = if key == "title" { title } else { text(&kept, &["title"]).unwrap_or(&title).to_owned() };
        // The number of the chapter stands above the lines, and in none of them.
        if !is_top {
            self.numbered(row, &mut kept, is_ours);
        }
        let number = Some(row.number.clone()).filter(|number| !number.is_empty());
        TakenLine {
            title,
            number,
            id: if is_ours { Some(row.id.clone()) } else { self.own_id(row) },
            is_complete: true,
            origin: Place { origin: 0, cell: Cell { row: row.at, column: self.keys.of(TITLE).unwrap_or(0) } },
            amounts,
            sums,
            empty,
            notes,
            was: if is_ours { row.kept.clone() } else { Vec::new() },
            kept,
            renoted,
            more,
            aside,
            is_set_in_anew: is_ours && row.inset != 2 * row.depth(),
            ..TakenLine::default()
        }
    }

    /// Takes the number of a row.
    fn numbered(&mut self, row: &Read<'_>, kept: &mut Entries, is_ours: bool) {
        let Some(column) = self.keys.of(NUMBER) else { return };
        if !is_ours {
            self.on_one_line(Cell { row: row.at, column }, &row.number);
        } else if text(kept, &["number"]).unwrap_or_default() != row.number {
            self.has_changed(row, NUMBER, true);
            kept.retain(|(key, _)| key != "number");
            if !row.number.is_empty() {
                set(kept, &["number"], &row.number);
            }
        }
    }

    /// Amounts, and the marks that stand at them.
    fn marked(&self, amounts: &[TakenAmount]) -> Vec<(Money, Option<char>)> {
        let is_marked = |it: &TakenAmount| self.in_brackets.iter().any(|(cell, _)| *cell == it.place.cell);
        amounts.iter().map(|it| (it.money, is_marked(it).then_some('〔'))).collect()
    }

    /// Why a line that was there is not to be added, where its row says that and did not.
    fn aside_anew(
        &self,
        row: &Read<'_>,
        title: &str,
        renoted: Option<&Remarks>,
        figures: &[(Money, Option<char>)],
    ) -> Option<Aside> {
        let stated = FIGURES.iter().filter_map(|(.., path)| text(&row.kept, path));
        let stated = stated.filter_map(|stated| Some((Money::parse(stated, self.unit).ok()?, None)));
        let (gone, new) = renoted.cloned().unwrap_or_default();
        let before = ["title", "title_en"].map(|key| text(&row.kept, &[key]).unwrap_or_default());
        let is_retitled = !before.contains(&title);
        let was = set_aside(if is_retitled { "" } else { title }, &gone, &stated.collect::<Vec<_>>());
        set_aside(title, &new, figures).filter(|aside| was != Some(*aside))
    }

    /// The title that a row says, and its key.
    fn title(&mut self, row: &Read<'_>, kept: &Entries, shown: &Entries) -> (&'static str, String) {
        let (of, shown) = (|key| text(kept, &[key]), text(shown, &["title"]));
        let is_as_shown = shown.is_some_and(|shown| plain(shown) == row.title);
        let is_of_english = self.is_english && (self.is_translated || of("title_en").is_some());
        let key = if is_of_english && of("title").is_some() { "title_en" } else { "title" };
        let stated = of(key);
        let title = match (stated, shown) {
            (stated, _) if of("gaisan").is_some() => stated.unwrap_or_default(),
            (stated, Some(_)) if is_as_shown => {
                stated.unwrap_or(if kept.is_empty() { &row.title } else { "" })
            }
            // An abbreviation is shown behind the title, and is no part of it.
            (stated, Some(shown)) => {
                let stated = stated.or(of("title"));
                let behind = stated.and_then(|stated| shown.strip_prefix(stated)).unwrap_or_default();
                match (without(&row.whole, behind), stated, self.keys.of(TITLE)) {
                    (None, Some(stated), Some(column)) => {
                        self.left(Cell { row: row.at, column }, &row.whole, shown);
                        stated
                    }
                    (title, ..) => title.unwrap_or(&row.whole).trim(),
                }
            }
            _ => row.whole.trim(),
        };
        (key, title.to_owned())
    }

    /// The figures of a row, the cells of those that were there and are empty now, and what formulas make where they made something else.
    fn figures(
        &mut self,
        row: &Read<'_>,
        is_ours: bool,
        kept: &mut Entries,
    ) -> (Vec<TakenAmount>, Vec<EmptyCell>, Vec<TakenAmount>) {
        let (mut amounts, mut empty, mut sums) = (Vec::new(), Vec::new(), Vec::new());
        for (figure, word, path) in FIGURES {
            let Some(column) = self.keys.of(word) else { continue };
            let cell = Cell { row: row.at, column };
            let place = Place { origin: 0, cell };
            let beside = Beside {
                figure,
                shown: text(&row.shown, &[word]).filter(|_| is_ours),
                stated: text(kept, path),
                is_new: !is_ours,
            };
            let took = self.said(cell, beside);
            if let Took::Same | Took::Made(..) = took {
                amounts.extend(beside.stated.and_then(|text| self.amount(figure, text, place)));
            }
            match took {
                Took::Same => {}
                Took::Emptied => empty.push(EmptyCell { figure, account: None, place }),
                Took::New(money, text) => {
                    amounts.push(TakenAmount { figure, account: None, money, text, place });
                }
                Took::Made(money, text) => {
                    sums.push(TakenAmount { figure, account: None, money, text, place });
                }
            }
        }
        if is_ours {
            self.told_apart(row, &mut amounts);
            self.half_emptied(kept, &empty, &mut amounts);
            amounts.iter().for_each(|amount| set(kept, keys_of(amount.figure), &amount.text));
        }
        // A new row says what its formulas make.
        if !is_ours {
            amounts.append(&mut sums);
        }
        (amounts, empty, sums)
    }

    pub(super) fn amount(&self, figure: Figure, text: &str, place: Place) -> Option<TakenAmount> {
        let money = Money::parse(text, self.unit).ok()?;
        Some(TakenAmount { figure, account: None, money, text: text.to_owned(), place })
    }

    /// Notes that a row says something else in one of its columns.
    pub(super) fn has_changed(&mut self, row: &Read<'_>, word: &str, is_so: bool) {
        let Some(column) = self.keys.of(word).filter(|_| is_so) else { return };
        let at = Cell { row: row.at, column };
        self.changed.push(at);
        match word {
            TITLE => self.on_one_line(at, &row.title),
            NUMBER => self.on_one_line(at, &row.number),
            _ => {}
        }
    }

    /// The id that an officer wrote for a new row, where no other row has it.
    fn own_id(&self, row: &Read<'_>) -> Option<String> {
        let is_own = row.typed != row.id && !self.owners.contains_key(row.typed);
        Some(row.typed).filter(|typed| is_own && !typed.is_empty()).map(str::to_owned)
    }

    pub(super) fn understood(&self, origin: Origin, lines: &[TakenLine], year: FiscalYear) -> Understood {
        fn count(lines: &[TakenLine]) -> usize {
            lines.iter().map(|line| 1 + count(&line.children)).sum()
        }
        let edition = self.keys.edition(self.grid);
        let said = vec![
            format!("a sheet that gaisan made of {edition}; unit {}", self.unit.label(Lang::Ja)),
            format!(
                "{}; {} changed since",
                counted(count(lines), "line"),
                counted(self.changed.len(), "cell")
            ),
        ];
        let figures = FIGURES.iter().map(|(_, word, _)| (*word, true));
        let columns = figures.chain([(CHANGE, false), (RATE, false)]).filter_map(|(word, is_taken)| {
            let column = self.keys.of(word)?;
            let cell = Cell { row: self.keys.row + 1, column };
            let header = self.grid.cell(cell).map_or(String::new(), |cell| cell.text.clone());
            let role = word.split_once(':').map_or("", |(_, word)| word);
            let taken = if is_taken { role } else { "worked out, not taken" }.to_owned();
            Some(UnderstoodColumn { cell, header, taken, is_taken, role, sums: Vec::new(), total: None })
        });
        Understood {
            origin,
            said,
            when: Some((year, None)),
            columns: columns.collect(),
            ..Understood::default()
        }
    }
}

/// A title without what stands behind it; `None` where that does not stand there, in wide letters or narrow ones.
fn without<'t>(title: &'t str, behind: &str) -> Option<&'t str> {
    if behind.is_empty() {
        return Some(title);
    }
    let start = title.char_indices().rev().nth(behind.chars().count().checked_sub(1)?).map(|(at, _)| at);
    let (before, end) = title.split_at_checked(start?)?;
    end.chars().map(fold).eq(behind.chars().map(fold)).then_some(before)
}
