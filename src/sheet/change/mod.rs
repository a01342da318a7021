//! The sheet that tells what changed between two states of a chapter: how much, where, why, and in which words.

mod bridge;
mod redline;
mod remarks;
mod summary;
mod table;
mod words;

pub use redline::{Passages, RedlineRow, Stretch};
pub use remarks::ProposalFact;
pub use summary::MoverFact;
pub use table::{ChangeRow, ChangeTable};
pub use words::ChangeWords;

use std::collections::BTreeSet;

use serde::Serialize;

use super::amounts::AmountRow;
use super::conventions;
use super::detail::imprint;
use super::figures::FigureLink;
use super::wording::Wording;
use super::{Facts, Headline, Sheet, Totals};
use crate::diff::{AmountChange, ChapterChange, Column, Columns, Diff, LineChange, Relation};
use crate::figure::Figures;
use crate::model::{Comparison, Lang, Money, Request};

/// What the template of a change sheet can show.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Fixed words.
    pub words: &'static ChangeWords,
    /// What is compared: `令和5年度概算要求　令和4年度からの増減`.
    pub title: String,
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
    /// Crosswalk entries that could not be used.
    pub unused: Vec<String>,
    /// The texts that changed, line by line.
    pub redlines: Vec<Passages>,
    /// Whether something had to be left out.
    pub is_cut: bool,
}

/// The change sheets of a comparison, one a chapter, in the order of the comparison, each with the folder it belongs into. `lang` is
/// the language of all of them; without it each chapter has its own.
#[must_use]
pub fn changes(diff: &Diff<'_>, lang: Option<Lang>) -> Vec<(String, Sheet)> {
    let chapters = diff.chapters.iter();
    chapters.filter_map(|chapter| Some((folder(chapter), sheet(diff, chapter, lang)?))).collect()
}

impl Change {
    /// Leaves out half of what is longest, the wording first, then the lines; `false` when there is nothing left to leave out.
    pub fn shorten(&mut self) -> bool {
        self.is_cut = true;
        let passages: usize = self.redlines.iter().map(|line| line.rows.len()).sum();
        if passages > 0 {
            let mut left = passages / 2;
            for line in &mut self.redlines {
                line.rows.truncate(left);
                left -= line.rows.len();
            }
            self.redlines.retain(|line| !line.rows.is_empty());
            return true;
        }
        // The last row is the total.
        let longest = self.tables.iter_mut().max_by_key(|table| table.rows.len());
        let Some(table) = longest.filter(|table| table.rows.len() > 1) else {
            return false;
        };
        let total = table.rows.pop();
        table.rows.truncate(table.rows.len() / 2);
        table.rows.extend(total);
        true
    }
}

/// The folder that a chapter's change sheet belongs into, named by both sides: `fy2022-fy2023`, `fy2022-request-enacted`, `fy2022`.
fn folder(chapter: &ChapterChange<'_>) -> String {
    match chapter.times() {
        [Some((old, before)), Some((new, after))] if old == new && before != after => {
            format!("{}-{}-{}", new.slug(), before.slug(), after.slug())
        }
        [Some((old, _)), Some((new, _))] if old != new => {
            format!("{}-{}", old.slug(), new.slug())
        }
        [old, new] => new.or(old).map(|(year, _)| year.slug()).unwrap_or_default(),
    }
}

fn sheet(diff: &Diff<'_>, chapter: &ChapterChange<'_>, lang: Option<Lang>) -> Option<Sheet> {
    let request = chapter.request()?;
    let wording = Wording::new(request, lang.unwrap_or(request.lang));
    let page = Page {
        relation: diff.relation,
        columns: &diff.columns,
        chapter,
        wording: &wording,
        words: ChangeWords::of(wording.lang),
    };
    let stem = request.line.id.value.to_string();
    let mut figures = Figures::new();
    let (summary, movers) = page.summary();
    let chart = page.chart(&stem, &mut figures);
    let title = page.title();
    let facts = Change {
        words: page.words,
        imprint_line: page.imprint_line(),
        amount: page.amount(),
        notes: page.notes().into_iter().chain(page.conventions()).collect(),
        summary,
        movers,
        chart,
        unit_line: wording.unit_line(),
        tables: page.tables(),
        continuity: page.continuity(),
        proposals: page.proposals(),
        unused: page.unused(),
        redlines: page.redlines(),
        is_cut: false,
        title: title.clone(),
    };
    let files = [chapter.old, chapter.new];
    let files =
        files.into_iter().flatten().flat_map(|request| request.parts.iter().copied().chain([request.file]));
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
    columns: &'p [Columns],
    chapter: &'p ChapterChange<'a>,
    wording: &'p Wording<'p>,
    words: &'static ChangeWords,
}

impl<'p, 'a> Page<'p, 'a> {
    fn said(&self, ja: String, en: String) -> String {
        match self.wording.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// The chapter's own line with its leading amounts.
    fn top(&self) -> Option<(&'p LineChange<'a>, &'p AmountChange)> {
        let top = self.chapter.top()?;
        Some((top, top.amounts.first()?))
    }

    fn title(&self) -> String {
        let time = |request: &Request| {
            let year = self.wording.year(request.fiscal_year.value);
            let gap = summary::blank(self.wording.lang);
            let stage = super::words::stage(self.wording.lang, request.stage);
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

    fn imprint_line(&self) -> String {
        let gap = self.said("　".to_owned(), " · ".to_owned());
        format!("{}{gap}{}", self.wording.ministry(), self.wording.chapter_title())
    }

    /// What the amounts of a pair of columns are called: year and name, the same on both sides told apart as old and new.
    fn labels(&self, columns: Columns) -> [String; 2] {
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

    /// What both sides call the amounts of a pair of columns, where it is the same.
    fn common_label(&self, columns: Columns) -> Option<String> {
        let notation = &self.wording.notation;
        let old = columns.old.heading(self.chapter.old?, notation);
        let new = columns.new.heading(self.chapter.new?, notation);
        (old == new).then(|| new.join(summary::blank(self.wording.lang)))
    }

    fn leading(&self) -> Columns {
        let usual = Columns::same(Column::Requested);
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
        let none = |text: String| {
            if text.is_empty() { self.words.not_stated.to_owned() } else { text }
        };
        let row = |label: &str, text: String| AmountRow { label: label.to_owned(), text };
        let bracketed = |text: String| self.said(format!("（{text}）"), text);
        let mut rows = vec![row(&new_label, none(new)), row(&bracketed(old_label), bracketed(none(old)))];
        if let Some(change) = amount.change().filter(|_| amount.old.amount().is_some()) {
            rows.push(row(self.words.change, notation.signed(&change)));
        }
        if let Comparison::Changed { .. } = amount.comparison {
            rows.push(row(self.words.rate, notation.rate_of(&amount.comparison)));
        }
        rows
    }

    /// What must be known to read the totals.
    fn notes(&self) -> Vec<String> {
        let Some((top, _)) = self.top().filter(|(_, amount)| amount.is_listed) else {
            return Vec::new();
        };
        let mut notes = vec![self.words.listed.to_owned()];
        let columns = self.leading();
        let sides = [(&top.old, columns.old), (&top.new, columns.new)];
        for ((members, column), label) in sides.into_iter().zip(self.labels(columns)) {
            let stated = members.iter().map(|member| column.money(member.row));
            let stated = stated.filter(|money| money.amount().is_some());
            notes.extend(stated.map(|money| {
                let amount = self.wording.notation.money(&money);
                self.said(
                    format!("{label}の合計として記載された額は{amount}で、掲載されていない分を含む。"),
                    format!("{label}: the stated total is {amount}, with what is not listed."),
                )
            }));
        }
        notes
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
        Headline {
            requested: money(amount.map(|amount| amount.new)).unwrap_or_default(),
            prior: money(amount.map(|amount| amount.old)).unwrap_or_default(),
            change: change.map(|change| notation.signed(&change)).unwrap_or_default(),
            totals: Totals::default(),
        }
    }

    /// The title of a line: of several, all of them.
    fn name(&self, line: &LineChange<'_>) -> String {
        let titles = line.members().iter().map(|member| self.wording.title(member.row.line));
        titles.collect::<Vec<_>>().join(self.wording.words.comma)
    }

    /// The short name of a line, for places with little room.
    fn short(&self, line: &LineChange<'_>) -> String {
        let members = line.members().iter();
        let names = members.map(|member| match &member.row.line.abbreviation {
            Some(short) => short.clone(),
            None => self.wording.title(member.row.line),
        });
        names.collect::<Vec<_>>().join(self.wording.words.comma)
    }
}
