//! What a change sheet calls its chapter, its columns and its lines.

use super::Page;
use super::summary::blank;
use crate::diff::{Column, Columns, LineChange};
use crate::model::{Lang, Request};

impl<'a> Page<'_, 'a> {
    pub(super) fn title(&self) -> String {
        let time = |request: &Request| {
            let year = self.wording.year(request.fiscal_year.value);
            let gap = blank(self.wording.lang);
            let stage = crate::sheet::words::stage(self.wording.lang, request.stage);
            (year.clone(), format!("{year}{gap}{stage}"))
        };
        let (old, new) = (self.chapter.old.map(time), self.chapter.new.map(time));
        match (old, new) {
            (Some((_, old)), Some((_, new))) if old == new => {
                self.said(format!("{new}　変更点"), format!("{new}: what changed"))
            }
            (Some((old, before)), Some((new, after))) if old == new => {
                self.said(format!("{before}と{after}の比較"), format!("{before} against {after}"))
            }
            (Some((old, _)), Some((_, new))) => {
                self.said(format!("{new}　{old}からの増減"), format!("{new}: changes from {old}"))
            }
            (None, Some((_, new))) => self.said(format!("{new}　追加"), format!("{new}: added")),
            (Some((_, old)), None) => self.said(format!("{old}　削除"), format!("{old}: taken out")),
            (None, None) => String::new(),
        }
    }

    pub(super) fn id(&self) -> String {
        if self.chapters > 1 { String::new() } else { self.wording.request.line.id.value.to_string() }
    }

    pub(super) fn chapter_title(&self) -> String {
        match self.chapters {
            0 | 1 => self.wording.chapter_title(),
            several => self.said(format!("{several}章の計"), format!("{several} chapters together")),
        }
    }

    pub(super) fn imprint_line(&self) -> String {
        let gap = self.said("　".to_owned(), " · ".to_owned());
        format!("{}{gap}{}", self.wording.ministry(), self.chapter_title())
    }

    /// What the amounts of a pair of columns are called: year and name, the same on both sides told apart as old and new.
    pub(super) fn labels(&self, columns: Columns) -> [String; 2] {
        let notation = &self.wording.notation;
        let request = |side: Option<&'a Request>| side.unwrap_or(self.wording.request);
        let old = columns.old.heading(request(self.chapter.old), notation);
        let new = columns.new.heading(request(self.chapter.new), notation);
        let gap = if self.wording.lang == Lang::En { " " } else { "" };
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
    pub(super) fn heads(&self, columns: Columns) -> [[String; 2]; 2] {
        let notation = &self.wording.notation;
        let head = |side: Option<&Request>, column: Column| {
            column.heading(side.unwrap_or(self.wording.request), notation)
        };
        let heads = [head(self.chapter.old, columns.old), head(self.chapter.new, columns.new)];
        match &heads {
            [old, new] if old == new => {
                let [year, label] = new;
                [self.words.old, self.words.new].map(|side| {
                    [self.said(format!("{side} {year}"), format!("{side}, {year}")), label.clone()]
                })
            }
            _ => heads,
        }
    }

    /// What both sides call the amounts of a pair of columns, where it is the same.
    pub(super) fn common_label(&self, columns: Columns) -> Option<String> {
        let notation = &self.wording.notation;
        let old = columns.old.heading(self.chapter.old?, notation);
        let new = columns.new.heading(self.chapter.new?, notation);
        (old == new).then(|| new.join(blank(self.wording.lang)))
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
