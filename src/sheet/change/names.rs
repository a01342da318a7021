//! What a change sheet calls its chapter, its columns and its lines.

use super::Page;
use crate::diff::{Column, ColumnPair, LineChange};
use crate::model::Request;
use crate::words;

impl<'a> Page<'_, 'a> {
    pub(super) fn title(&self) -> String {
        let time = |request: &Request| {
            let year = self.wording.year(request.fiscal_year.value);
            let notation = &self.wording.notation;
            (year, notation.year_and_stage(request.fiscal_year.value, request.stage))
        };
        let lang = self.wording.lang;
        let (old, new) = (self.chapter.old.map(time), self.chapter.new.map(time));
        match (old, new) {
            (Some((_, old)), Some((_, new))) if old == new => words::changes_of(lang, new),
            (Some((old, before)), Some((new, after))) if old == new => words::compared(lang, before, after),
            (Some((old, _)), Some((_, new))) => words::changes_since(lang, new, old),
            (None, Some((_, new))) => words::added_chapter(lang, new),
            (Some((_, old)), None) => words::removed_chapter(lang, old),
            (None, None) => String::new(),
        }
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
        let notation = &self.wording.notation;
        let request = |side: Option<&'a Request>| side.unwrap_or(self.wording.request);
        let old = columns.old.heading(request(self.chapter.old), notation);
        let new = columns.new.heading(request(self.chapter.new), notation);
        let gap = notation.gap();
        let joined = |[year, label]: &[String; 2]| format!("{year}{gap}{label}");
        // A chapter that only one side has is called by its own year there.
        match (self.chapter.old, self.chapter.new) {
            (Some(_), None) => return [joined(&old), self.words.after.to_owned()],
            (None, Some(_)) => return [self.words.before.to_owned(), joined(&new)],
            _ => {}
        }
        if old == new {
            let label = joined(&new);
            let side = |side| self.wording.bracketed(&label, side);
            return [side(self.words.old), side(self.words.new)];
        }
        [joined(&old), joined(&new)]
    }

    /// The same in two lines each: the year, or which side it is, and the name.
    pub(super) fn heads(&self, columns: ColumnPair) -> [[String; 2]; 2] {
        let notation = &self.wording.notation;
        let head = |side: Option<&Request>, column: Column| {
            column.heading(side.unwrap_or(self.wording.request), notation)
        };
        let heads = [head(self.chapter.old, columns.old), head(self.chapter.new, columns.new)];
        match &heads {
            [old, new] if old == new => {
                let [year, label] = new;
                [self.words.old, self.words.new]
                    .map(|side| [words::side_and_year(self.wording.lang, side, year), label.clone()])
            }
            _ => heads,
        }
    }

    /// What both sides call the amounts of a pair of columns, where it is the same.
    pub(super) fn common_label(&self, columns: ColumnPair) -> Option<String> {
        let notation = &self.wording.notation;
        let old = columns.old.heading(self.chapter.old?, notation);
        let new = columns.new.heading(self.chapter.new?, notation);
        (old == new).then(|| new.join(notation.gap()))
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
