//! What a change sheet calls its chapter, its columns and its lines.

use super::Page;
use crate::diff::{Column, ColumnPair, LineChange};
use crate::model::{FiscalYear, Money, Stage};
use crate::words;

impl Page<'_, '_> {
    pub(super) fn title(&self) -> String {
        let time = |(year, stage): (FiscalYear, Stage)| {
            (self.wording.year(year), self.wording.notation.year_and_stage(year, stage))
        };
        let lang = self.wording.lang;
        let [old, new] = self.chapter.times.map(|side| side.map(time));
        match (old, new) {
            (Some((_, old)), Some((_, new))) if old == new => words::changes_of(lang, new),
            (Some((old, before)), Some((new, after))) if old == new => words::compared(lang, before, after),
            (Some((old, _)), Some((_, new))) => words::changes_since(lang, new, old),
            (None, Some((_, new))) => words::added_chapter(lang, new),
            (Some((_, old)), None) => words::removed_chapter(lang, old),
            (None, None) => String::new(),
        }
    }

    /// The unit of the tables, where some amounts may carry a larger one of their own.
    pub(super) fn unit_line(&self) -> String {
        let amounts = self.chapter.lines.iter().flat_map(|line| &line.amounts);
        let amounts = amounts.flat_map(|amount| [amount.old, amount.new]);
        self.wording.unit_line_over(amounts.filter_map(Money::addable))
    }

    pub(super) fn id(&self) -> String {
        if self.chapters > 1 { String::new() } else { self.wording.request.line.id.value.to_string() }
    }

    pub(super) fn chapter_title(&self) -> String {
        match self.chapters {
            0 | 1 => self.wording.chapter_title(),
            several => words::chapters_together(self.wording.lang, several),
        }
    }

    pub(super) fn imprint_line(&self) -> String {
        let gap = words::imprint_gap(self.wording.lang);
        format!("{}{gap}{}", self.wording.ministry(), self.chapter_title())
    }

    /// What the amounts of a pair of columns are called: year and name, the same on both sides told apart as old and new.
    pub(super) fn labels(&self, columns: ColumnPair) -> [String; 2] {
        let gap = self.wording.notation.gap();
        let joined = |[year, label]: &[String; 2]| format!("{year}{gap}{label}");
        let [old, new] = match self.headings(columns) {
            // A chapter that only one side has is called by its own year there.
            [Some(old), None] => return [joined(&old), self.words.after.to_owned()],
            [None, Some(new)] => return [self.words.before.to_owned(), joined(&new)],
            headings => headings.map(Option::unwrap_or_default),
        };
        if old == new {
            let label = joined(&new);
            let side = |side| self.wording.bracketed(&label, side);
            return [side(self.words.old), side(self.words.new)];
        }
        [joined(&old), joined(&new)]
    }

    /// The same in two lines each: the year, or which side it is, and the name.
    pub(super) fn heads(&self, columns: ColumnPair) -> [[String; 2]; 2] {
        let [old, new] = self.headings(columns);
        match (old, new) {
            (Some(old), Some(new)) if old != new => [old, new],
            (old, new) => {
                let [year, label] = new.or(old).unwrap_or_default();
                [self.words.old, self.words.new]
                    .map(|side| [words::side_and_year(self.wording.lang, side, &year), label.clone()])
            }
        }
    }

    /// What both sides call the amounts of a pair of columns, where it is the same.
    pub(super) fn common_label(&self, columns: ColumnPair) -> Option<String> {
        let [old, new] = self.headings(columns);
        (old == new).then_some(new)?.map(|new| new.join(self.wording.notation.gap()))
    }

    /// Year and name of the amounts of a pair of columns, on the sides whose time is known.
    fn headings(&self, columns: ColumnPair) -> [Option<[String; 2]>; 2] {
        let [old, new] = self.chapter.times;
        let heading = |side: Option<(FiscalYear, Stage)>, column: Column| {
            Some(column.heading(side?, &self.wording.notation))
        };
        [heading(old, columns.old), heading(new, columns.new)]
    }

    /// The title of a line: of several, all of them.
    pub(super) fn name(&self, line: &LineChange<'_>) -> String {
        let titles = line.members().iter().map(|member| self.wording.title(member.row.line));
        titles.collect::<Vec<_>>().join(self.wording.words.comma)
    }

    /// The short name of a line, for places with little room.
    pub(super) fn short(&self, line: &LineChange<'_>) -> String {
        let members = line.members().iter();
        let names = members.map(|member| match &member.row.line.abbreviation {
            Some(short) => short.clone(),
            None => self.wording.title(member.row.line),
        });
        names.collect::<Vec<_>>().join(self.wording.words.comma)
    }
}
