//! The sheet that tells what changed between two states of a chapter: how much, where, why, and in which words.

mod bridge;
mod extent;
mod glance;
mod groups;
mod lines;
mod names;
mod redline;
mod remarks;
mod summary;
mod table;

pub use glance::{glance, stat};
pub use lines::{RedlineLine, Stretch};
pub use redline::{OneSidedText, Passages, RedlinePart, RedlineRow};
pub use remarks::ProposalFact;
pub use summary::MoverFact;
pub use table::{ChangeRow, ChangeTable};

use std::collections::BTreeSet;

use serde::Serialize;

use extent::Extent;

use super::amounts::AmountRow;
use super::conventions;
use super::figures::FigureLink;
use super::line::imprint;
use super::wording::Wording;
use super::{Facts, Headline, Printed, Sheet, Totals};
use crate::diff::{AmountChange, ChapterChange, Column, ColumnPair, Diff, LineChange, Relation};
use crate::figure::Figures;
use crate::model::{Comparison, FiscalYear, Lang, Money};
use crate::words::{self, ChangeWords};

/// What the template of a change sheet can show.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub words: &'static ChangeWords,
    /// The chapter's id; empty where chapters are added up.
    pub id: String,
    /// Whether nothing at all changed, and nothing is to be said.
    pub same: bool,
    /// What is compared: `令和5年度概算要求　令和4年度からの増減`.
    pub title: String,
    /// The chapter's title, or how many chapters are added up.
    pub chapter: String,
    /// The ministry and the chapter.
    pub imprint_line: String,
    /// The box with the two totals, the change and its rate; empty where neither side has an amount.
    pub amount: Vec<AmountRow>,
    /// What must be known to read the totals.
    pub notes: Vec<String>,
    /// What happened, in sentences.
    pub summary: Vec<String>,
    /// What moved the total most.
    pub movers: Vec<MoverFact>,
    /// The chart from the old total to the new one.
    pub chart: Option<FigureLink>,
    /// The unit of the tables.
    pub unit_line: String,
    /// The lines with their amounts, a table a pair of columns.
    pub tables: Vec<ChangeTable>,
    /// Where last year's amounts do not agree.
    pub continuity: Vec<String>,
    /// Lines that may be the same.
    pub proposals: Vec<ProposalFact>,
    /// What to do with them.
    pub proposals_note: &'static str,
    /// Crosswalk entries that could not be used.
    pub unused: Vec<String>,
    /// The texts that changed, a line of text each.
    pub texts: Vec<String>,
    /// The same, old beside new.
    pub redlines: Vec<Passages>,
    /// Whether something had to be left out.
    pub is_cut: bool,
}

/// The stem of the sheet of several chapters together. No chapter can have it for its id.
const TOGETHER: &str = "all_chapters";

/// The change sheets of a comparison, each with the folder it belongs into: what chapters come to together where several can be added up,
/// then one a chapter. `lang` is the language of all of them; without it each chapter has its own.
pub fn changes(diff: &Diff<'_>, lang: Option<Lang>) -> Vec<(String, Sheet)> {
    let chapters = (0..diff.chapters.len()).filter_map(|at| change(diff, at, lang));
    together(diff, lang).into_iter().chain(chapters).collect()
}

/// The change sheet of one chapter.
pub fn change(diff: &Diff<'_>, at: usize, lang: Option<Lang>) -> Option<(String, Sheet)> {
    let chapter = diff.chapters.get(at)?;
    Some((folder(chapter), sheet(diff, chapter, 1, lang)?))
}

/// The change sheets of what chapters come to together, where several can be added up.
pub fn together(diff: &Diff<'_>, lang: Option<Lang>) -> Vec<(String, Sheet)> {
    let wholes = diff.chapters_together();
    let mut sheets: Vec<(String, Sheet)> = Vec::new();
    for whole in wholes.iter().filter(|whole| whole.chapters.len() > 1) {
        let Some(mut together) = sheet(diff, &whole.change, whole.chapters.len(), lang) else { continue };
        let folder = folder(&whole.change);
        let is_taken = sheets.iter().any(|(known, other)| *known == folder && other.stem == together.stem);
        if let Some(request) = whole.change.request().filter(|_| is_taken) {
            together.stem = format!("{TOGETHER}_{}", request.unit.currency().code().to_lowercase());
        }
        sheets.push((folder, together));
    }
    sheets
}

impl Change {
    /// The amounts alone, without what is said of single lines.
    fn without_remarks(self) -> Self {
        Self { texts: Vec::new(), continuity: Vec::new(), proposals: Vec::new(), unused: Vec::new(), ..self }
    }

    /// Leaves out half of what is longest, the wording first, then the lines; `false` when there is nothing left to leave out.
    pub fn shorten(&mut self) -> bool {
        self.is_cut = true;
        if redline::halve(&mut self.redlines) {
            return true;
        }
        // The last row is the total.
        let longest = self.tables.iter_mut().max_by_key(|table| table.rows.len());
        let Some(table) = longest.filter(|table| table.rows.len() > 1) else {
            return false;
        };
        let total = table.rows.pop();
        table.rows.truncate(table.rows.len() / 2);
        // No group without one of its lines.
        while table.rows.last().is_some_and(|row| row.kind == "group") {
            table.rows.pop();
        }
        table.rows.extend(total);
        true
    }
}

/// The folder that a chapter's change sheet belongs into, named by both sides: `fy2022-fy2023`, `fy2022-request-enacted`, `fy2022`.
fn folder(chapter: &ChapterChange<'_>) -> String {
    match chapter.times {
        [Some((old, before)), Some((new, after))] if old == new && before != after => {
            format!("{}-{}-{}", new.slug(), before.slug(), after.slug())
        }
        [Some((old, _)), Some((new, _))] if old != new => {
            format!("{}-{}", old.slug(), new.slug())
        }
        [old, new] => new.or(old).map(|(year, _)| year.slug()).unwrap_or_default(),
    }
}

fn sheet(diff: &Diff<'_>, chapter: &ChapterChange<'_>, chapters: usize, lang: Option<Lang>) -> Option<Sheet> {
    let request = chapter.request()?;
    let wording = Wording::new(request, lang.unwrap_or(request.lang));
    let is_one = chapters == 1;
    let extent = if is_one { Extent::Usual } else { Extent::Chapters };
    let page = Page { chapters, ..Page::new(diff, chapter, &wording, extent) };
    let stem = if is_one { request.line.id.value.to_string() } else { TOGETHER.to_owned() };
    let mut figures = Figures::new();
    let chart = page.chart(&stem, &mut figures);
    let mut facts = match is_one {
        true => Change { chart, redlines: page.redlines(), ..page.facts() },
        false => Change { chart, ..page.facts().without_remarks() },
    };
    facts.notes.extend(page.unread(&diff.unread));
    let title = facts.title.clone();
    let files = [chapter.old, chapter.new];
    let files = files.into_iter().flatten().flat_map(|request| request.files());
    Some(Sheet {
        template: "change.md.tera",
        headline: page.headline(),
        imprint: imprint(&title, &wording),
        stem,
        figures,
        sources: files.collect::<BTreeSet<_>>(),
        pictures: BTreeSet::new(),
        facts: Facts::Change(Box::new(facts)),
    })
}

/// What all parts of a change sheet are worded with.
struct Page<'p, 'a> {
    relation: Relation,
    columns: &'p [ColumnPair],
    chapter: &'p ChapterChange<'a>,
    wording: &'p Wording<'p>,
    words: &'static ChangeWords,
    /// How many chapters are told together.
    chapters: usize,
    extent: Extent,
}

impl<'p, 'a> Page<'p, 'a> {
    fn new(
        diff: &'p Diff<'_>,
        chapter: &'p ChapterChange<'a>,
        wording: &'p Wording<'p>,
        extent: Extent,
    ) -> Self {
        let words = ChangeWords::of(wording.lang);
        Self { relation: diff.relation, columns: &diff.columns, chapter, wording, words, chapters: 1, extent }
    }

    /// All facts but the chart and the wording of texts that changed.
    fn facts(&self) -> Change {
        let (summary, movers) = self.summary();
        let continuity = &self.chapter.continuity;
        Change {
            words: self.words,
            id: self.id(),
            same: self.chapter.is_same()
                && continuity.breaks.is_empty()
                && continuity.explained.is_empty()
                && self.chapter.unused.is_empty(),
            title: self.title(),
            chapter: self.chapter_title(),
            imprint_line: self.imprint_line(),
            amount: self.amount(),
            notes: self.notes().into_iter().chain(self.conventions()).collect(),
            summary,
            movers,
            chart: None,
            unit_line: self.unit_line(),
            tables: self.tables(),
            continuity: self.continuity(),
            proposals: self.proposals(),
            proposals_note: self.proposals_note(),
            unused: self.unused(),
            redlines: Vec::new(),
            texts: self.texts(),
            is_cut: false,
        }
    }

    /// The chapter's own line with its leading amounts.
    fn top(&self) -> Option<(&'p LineChange<'a>, &'p AmountChange)> {
        let top = self.chapter.top()?;
        Some((top, top.amounts.first()?))
    }

    fn leading(&self) -> ColumnPair {
        let usual = ColumnPair::same(Column::Requested);
        self.columns.first().copied().unwrap_or(usual)
    }

    /// The box: the new total, the old one, the change, the rate.
    fn amount(&self) -> Vec<AmountRow> {
        let Some((_, amount)) = self.top() else {
            return Vec::new();
        };
        let notation = &self.wording.notation;
        let [old_label, new_label] = self.labels(self.leading());
        let (old, new) = (notation.money(&amount.old), notation.money(&amount.new));
        if old.is_empty() && new.is_empty() {
            return Vec::new();
        }
        let row = crate::sheet::amounts::entry;
        let bracketed = |text: String| words::prior_total(self.wording.lang, text);
        let mut rows = vec![
            row(&new_label, self.stated(amount.new)),
            row(&bracketed(old_label), bracketed(self.stated(amount.old))),
        ];
        if amount.is_rounded() {
            rows.push(row(self.words.change, self.words.within_rounding.to_owned()));
        } else if let Some(change) = amount.change().filter(|_| amount.old.amount().is_some()) {
            rows.push(row(self.words.change, notation.signed(&change)));
        }
        if let Comparison::Changed { .. } = amount.comparison {
            rows.push(row(self.words.rate, notation.rate_of(&amount.comparison)));
        }
        rows
    }

    /// An amount in running text, and a word where none is stated.
    fn stated(&self, money: Money) -> String {
        let text = self.wording.notation.money(&money);
        if text.is_empty() { self.words.not_stated.to_owned() } else { text }
    }

    /// What must be known to read the totals.
    fn notes(&self) -> Vec<String> {
        let Some((top, amount)) = self.top().filter(|(_, amount)| amount.is_listed || amount.is_hidden())
        else {
            return Vec::new();
        };
        if amount.is_hidden() {
            return vec![self.words.hidden.to_owned()];
        }
        let mut notes = vec![self.words.listed.to_owned()];
        let columns = self.leading();
        let sides = [(&top.old, columns.old), (&top.new, columns.new)];
        for ((members, column), label) in sides.into_iter().zip(self.labels(columns)) {
            let stated = members.iter().map(|member| column.money(member.row));
            let stated = stated.filter(|money| money.amount().is_some());
            notes.extend(stated.map(|money| {
                let amount = self.wording.notation.money(&money);
                words::with_unlisted(self.wording.lang, &label, amount)
            }));
        }
        notes
    }

    /// Of which years between the two nothing is known.
    fn unread(&self, years: &[FiscalYear]) -> Option<String> {
        let names: Vec<String> = years.iter().map(|year| self.wording.year(*year)).collect();
        let names = match names.as_slice() {
            [] => return None,
            [first, .., last] if names.len() > 3 => words::years_from_to(self.wording.lang, first, last),
            names => names.join(self.wording.words.comma),
        };
        Some(words::years_unread(self.wording.lang, names))
    }

    /// What the sheet says of its calendar and of how its amounts are rounded for print.
    fn conventions(&self) -> impl Iterator<Item = String> {
        let amounts = || self.chapter.lines.iter().flat_map(|line| &line.amounts);
        let stated = amounts().flat_map(|amount| [amount.old.amount(), amount.new.amount()]).flatten();
        let is_uneven = amounts().any(|amount| {
            let ends = amount.bridge.new.zip(amount.bridge.old);
            let steps = amount.bridge.items.iter().map(|item| item.amount);
            ends.is_some_and(|(new, old)| {
                let change = amount.bridge.difference();
                !conventions::makes(new, change.into_iter().chain([old]).collect(), self.wording)
                    || !conventions::makes(new, steps.chain([old]).collect(), self.wording)
            })
        });
        let printed = conventions::printed(stated, is_uneven, self.wording);
        conventions::calendar(self.wording).into_iter().chain(printed)
    }

    fn headline(&self) -> Headline {
        let notation = &self.wording.notation;
        let amount = self.top().map(|(_, amount)| amount);
        let money = |money: Option<Money>| money.map(|money| notation.money(&money));
        let change = amount.and_then(|amount| amount.change());
        let printed = Printed {
            requested: money(amount.map(|amount| amount.new)).unwrap_or_default(),
            prior: money(amount.map(|amount| amount.old)).unwrap_or_default(),
            change: change.map(|change| notation.signed(&change)).unwrap_or_default(),
        };
        Headline { printed, totals: Totals::default() }
    }
}
