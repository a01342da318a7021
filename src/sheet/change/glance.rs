//! The comparison as a terminal has room for it: what chapters come to together, then the chapters.

use super::extent::{Extent, rows};
use super::{Change, Page};
use crate::diff::{ChapterChange, Diff};
use crate::model::{Lang, Money};
use crate::sheet::wording::Wording;
use crate::words;

/// Tables of more rows than this show what changed most.
const SCREEN: usize = 40;
/// How many rows they have then.
const MOST: usize = 16;

/// What changed, in the order in which it is read: what chapters come to together where they can be added up, then each chapter.
/// Where that is more than a screen holds, only what changed most is there and the rest is counted, unless `all` is wanted.
pub fn glance(diff: &Diff<'_>, lang: Option<Lang>, all: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for whole in diff.chapters_together() {
        let is_small = all || rows(diff, &whole.change) <= SCREEN;
        let extent = match (all, is_small) {
            (true, _) => Extent::All,
            (false, true) => Extent::Changed,
            (false, false) => Extent::Most(MOST),
        };
        let facts = |chapter: &ChapterChange<'_>, chapters: usize, extent: Extent| {
            let request = chapter.request()?;
            let wording = Wording::new(request, lang.unwrap_or(request.lang));
            Some(Page { chapters, ..Page::new(diff, chapter, &wording, extent) }.facts())
        };
        let chapters = whole.chapters.iter().filter_map(|&at| diff.chapters.get(at));
        let count = whole.chapters.len();
        match (count, is_small) {
            (0 | 1, _) => changes.extend(chapters.filter_map(|chapter| facts(chapter, 1, extent))),
            (_, false) => changes.extend(facts(&whole.change, count, extent)),
            (_, true) => {
                let together = facts(&whole.change, count, Extent::Chapters);
                changes.extend(together.map(Change::without_remarks));
                changes.extend(chapters.filter_map(|chapter| facts(chapter, 1, extent)));
            }
        }
    }
    changes.retain(|change| all || !change.same);
    changes
}

/// A line for each pair of columns: of chapters together, and of each chapter.
pub fn stat(diff: &Diff<'_>, lang: Option<Lang>) -> Vec<String> {
    let lines = |chapter: &ChapterChange<'_>, chapters: usize| -> Vec<String> {
        let request = chapter.request();
        let lines = request.map(|request| {
            let wording = Wording::new(request, lang.unwrap_or(request.lang));
            Page { chapters, ..Page::new(diff, chapter, &wording, Extent::Usual) }.stat()
        });
        lines.unwrap_or_default()
    };
    let mut stat = Vec::new();
    for whole in diff.chapters_together() {
        if whole.chapters.len() > 1 {
            stat.extend(lines(&whole.change, whole.chapters.len()));
        }
        let chapters = whole.chapters.iter().filter_map(|&at| diff.chapters.get(at));
        stat.extend(chapters.flat_map(|chapter| lines(chapter, 1)));
    }
    stat
}

impl Page<'_, '_> {
    /// What became of the total, a line a pair of columns that says something.
    fn stat(&self) -> Vec<String> {
        let notation = &self.wording.notation;
        let is_one_sided = self.chapter.old.is_none() || self.chapter.new.is_none();
        let name = if self.chapters > 1 { self.chapter_title() } else { self.id() };
        let mut lines = Vec::new();
        for (at, columns) in self.columns.iter().enumerate() {
            let Some(amount) = self.chapter.top().and_then(|top| top.amounts.get(at)) else { continue };
            if at > 0 && (is_one_sided || amount.bridge.items.is_empty()) {
                continue;
            }
            let [old, new] = self.heads(*columns).map(|head| head.join(notation.gap()));
            let names = match self.common_label(*columns) {
                Some(label) => label,
                None => format!("{old} → {new}"),
            };
            let money = |money: &Money| match money.amount() {
                Some(_) => notation.money(money),
                None => notation.not_applicable().to_owned(),
            };
            let (before, after) = (money(&amount.old), money(&amount.new));
            let change = match amount.change().filter(|change| !change.is_zero()) {
                Some(_) if amount.is_rounded() => notation.bracketed("", self.words.within_rounding),
                Some(change) if is_one_sided => notation.bracketed("", &notation.signed(&change)),
                Some(change) => {
                    let texts = [notation.signed(&change), notation.rate_of(&amount.comparison)];
                    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
                    notation.bracketed("", &texts.join(notation.comma()))
                }
                None => String::new(),
            };
            let counts = amount.bridge.items.iter().filter(|item| item.lines > 0);
            let counts = counts
                .map(|item| format!("{} {}", item.kind.label(self.relation, notation.lang), item.lines));
            let texts = self.chapter.lines.iter().filter(|line| !line.words.is_empty()).count();
            let texts = (at == 0 && texts > 0).then(|| words::texts(notation.lang, texts));
            let mut counts: Vec<String> = counts.chain(texts).collect();
            if counts.is_empty() && self.chapter.is_same() {
                counts.push(words::no_change(notation.lang).to_owned());
            }
            let counts = counts.join(" · ");
            let gap = if counts.is_empty() { "" } else { "  " };
            lines.push(format!("{name}  {names}  {before} → {after}{change}{gap}{counts}"));
        }
        lines
    }
}
