//! A comparison as text for a terminal.
//!
//! In: a [`Diff`] and how wide the terminal is. Out: for each chapter a table of the lines that changed, the bridge from the old total to
//! the new one, what moved most, texts that changed, and what does not fit together; or one line for each chapter.

mod remarks;
mod table;
mod totals;

use super::change::{AmountChange, ChapterChange, Diff, LineChange, Relation};
use super::column::Columns;
use crate::model::{Comparison, Lang, Money, Request, Unit};
use crate::notation::Notation;
use table::{Cell, Table, Tone};

/// How a comparison is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language of the words; without it that of each chapter.
    pub lang: Option<Lang>,
    /// How many columns a line may have.
    pub width: usize,
    /// Whether lines that are the same are shown, too.
    pub all: bool,
    /// Whether ANSI color codes are written.
    pub color: bool,
}

/// A comparison as tables, each chapter on its own.
#[must_use]
pub fn text(diff: &Diff<'_>, look: Look) -> String {
    let mut text = String::new();
    for chapter in &diff.chapters {
        let Some(page) = Page::new(diff, chapter, look) else {
            continue;
        };
        let is_quiet = chapter.continuity.breaks.is_empty()
            && chapter.continuity.explained.is_empty()
            && chapter.unused.is_empty();
        if !look.all && chapter.is_same() && is_quiet {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&page.text());
    }
    text
}

/// A comparison as one line for each chapter and pair of columns.
#[must_use]
pub fn stat(diff: &Diff<'_>, look: Look) -> String {
    let pages = diff.chapters.iter().filter_map(|chapter| {
        let page = Page::new(diff, chapter, look)?;
        Some(page.stat())
    });
    pages.collect()
}

/// A chapter being shown.
struct Page<'d, 'a> {
    relation: Relation,
    columns: &'d [Columns],
    chapter: &'d ChapterChange<'a>,
    request: &'a Request,
    notation: Notation,
    unit: Unit,
    look: Look,
}

impl<'d, 'a> Page<'d, 'a> {
    fn new(diff: &'d Diff<'a>, chapter: &'d ChapterChange<'a>, look: Look) -> Option<Self> {
        let request = chapter.request()?;
        Some(Self {
            relation: diff.relation,
            columns: &diff.columns,
            chapter,
            request,
            notation: Notation::of(request, look.lang.unwrap_or(request.lang)),
            unit: request.unit,
            look,
        })
    }

    fn text(&self) -> String {
        let mut text = self.title();
        let mut shown = 0;
        for (at, columns) in self.columns.iter().enumerate() {
            // Where only one side has a chapter or its amounts, the leading ones say enough.
            let top = self.chapter.top().and_then(|top| top.amounts.get(at));
            let has_both = top.is_some_and(|top| top.bridge.old.is_some() && top.bridge.new.is_some());
            let is_wanted = at == 0 || has_both;
            let lines = self.chapter.lines.iter();
            let is_changed = lines.clone().any(|line| self.is_told(line, at));
            let is_there = lines.clone().any(|line| line.amounts.get(at).is_some_and(has_figures));
            if is_wanted && (is_changed || self.look.all && is_there) {
                text.push('\n');
                text.push_str(&self.table(at, *columns));
                text.push_str(&self.bridge(at, *columns));
                text.push_str(&self.movers(at));
                shown += 1;
            }
        }
        if shown == 0 {
            text.push_str(&self.said("\n金額はすべて同じ。\n", "\nAll amounts are the same.\n"));
        }
        text.push_str(&self.remarks());
        text
    }

    fn said(&self, ja: &str, en: &str) -> String {
        match self.notation.lang {
            Lang::Ja => ja.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    fn is_drafts(&self) -> bool {
        self.relation == Relation::Drafts
    }

    fn paint(&self, tone: Tone, text: &str) -> String {
        tone.paint(text, self.look.color)
    }

    /// The chapter and what is compared.
    fn title(&self) -> String {
        let line = &self.request.line;
        let title = match (self.notation.lang, &line.title_en) {
            (Lang::En, Some(title)) => title,
            _ => &line.title,
        };
        let name = format!("{}  {title}", line.id.value);
        let unit = self.unit.label(self.notation.lang);
        let times: Vec<String> = [self.chapter.old, self.chapter.new]
            .into_iter()
            .map(|request| {
                request.map_or_else(
                    || self.said("（なし）", "(not there)"),
                    |request| self.notation.year_and_stage(request.fiscal_year.value, request.stage),
                )
            })
            .collect();
        let times = match times.as_slice() {
            [old, new] if old == new && !self.is_drafts() => new.clone(),
            [old, new] if old == new => self.said(&format!("{new}の改訂"), &format!("{new}, two drafts")),
            times => times.join(" → "),
        };
        let unit = self.said(&format!("（単位：{unit}）"), &format!(" (in {unit})"));
        let name = table::fitted(&name, self.look.width);
        format!("{}\n{times}{unit}\n", self.paint(Tone::Strong, &name))
    }

    /// The lines that changed, each with its amounts.
    fn table(&self, at: usize, columns: Columns) -> String {
        let mut table = Table::default();
        self.head(columns, &mut table);
        let mut same = 0;
        let is_told: Vec<bool> = self.told(at);
        for (place, line) in self.chapter.lines.iter().enumerate() {
            let Some(amount) = line.amounts.get(at) else {
                continue;
            };
            if !is_told.get(place).copied().unwrap_or(false) {
                same += usize::from(amount.old.is_stated() && line.children.is_empty());
                continue;
            }
            self.row(line, amount, &mut table);
            self.members(line, columns, &mut table);
        }
        let mut text = table.lines(self.look.width, self.look.color);
        if same > 0 {
            let note = self.said(
                &format!("ほか{same}件は同額"),
                &match same {
                    1 => "1 other line is unchanged".to_owned(),
                    _ => format!("{same} other lines are unchanged"),
                },
            );
            text.push_str(&format!("{}\n", self.paint(Tone::Faint, &note)));
        }
        if self.chapter.lines.iter().any(|line| line.amounts.get(at).is_some_and(|amount| amount.is_listed)) {
            let note = self.said(
                "＊ 計の記載がない側があるため、掲載分の計を比べる。",
                "* One side states no total, so the sums of what is listed are compared.",
            );
            text.push_str(&format!("{}\n", self.paint(Tone::Faint, &note)));
        }
        text
    }

    /// Which lines are shown: those that changed, and those above them.
    fn told(&self, at: usize) -> Vec<bool> {
        let lines = &self.chapter.lines;
        let mut told: Vec<bool> = lines.iter().map(|line| self.look.all || self.is_told(line, at)).collect();
        for (place, line) in lines.iter().enumerate().rev() {
            if told.get(place) == Some(&true)
                && let Some(above) = line.parent.and_then(|above| told.get_mut(above))
            {
                *above = true;
            }
        }
        if let Some(top) = told.first_mut() {
            *top = true;
        }
        told
    }

    /// Whether a line has something to tell in a pair of columns.
    fn is_told(&self, line: &LineChange<'a>, at: usize) -> bool {
        let is_changed = line.amounts.get(at).is_some_and(|amount| !amount.is_same() && has_figures(amount));
        is_changed || at == 0 && (line.moved.is_some() || line.link != super::Link::Kept)
    }

    fn head(&self, columns: Columns, table: &mut Table) {
        let heading = |request: Option<&Request>, column: super::Column| {
            column.heading(request.unwrap_or(self.request), &self.notation)
        };
        let old = heading(self.chapter.old, columns.old);
        let new = heading(self.chapter.new, columns.new);
        let (old, new) = if old == new {
            let [year, label] = new;
            let before = self.said(&format!("旧 {year}"), &format!("old, {year}"));
            let after = self.said(&format!("新 {year}"), &format!("new, {year}"));
            ([before, label.clone()], [after, label])
        } else {
            (old, new)
        };
        let ([old_year, old_label], [new_year, new_label]) = (old, new);
        let faint = |text: String| Cell::new(text, Tone::Faint);
        table.push([String::new(), old_year, new_year].map(faint));
        let words = [
            self.said("事業", "program"),
            old_label,
            new_label,
            self.said("増減額", "change"),
            self.said("増減率", "rate"),
            String::new(),
        ];
        table.push(words.map(faint));
    }

    fn row(&self, line: &LineChange<'a>, amount: &AmountChange, table: &mut Table) {
        let titles: Vec<&str> = line.members().iter().map(|member| self.name(member.row.line)).collect();
        let mut title = titles.join(self.notation.comma());
        if line.depth == 0 {
            title = self.said("計", "total");
        }
        let indent = "  ".repeat(line.depth.saturating_sub(1));
        let tone = tone(amount);
        let mark = if amount.is_listed { self.said("＊", "*") } else { String::new() };
        let money = |money: &Money| match money {
            Money::New | Money::Ended if line.link.is_one_sided() => String::new(),
            money => self.notation.cell(money, self.unit),
        };
        let strong = if line.depth < 2 { Tone::Strong } else { Tone::Plain };
        let rate = match amount.comparison {
            Comparison::Same => String::new(),
            _ if line.link.is_one_sided() => String::new(),
            _ => self.notation.rate_of(&amount.comparison),
        };
        table.push([
            Cell::new(format!("{indent}{title}{mark}"), strong),
            Cell::new(money(&amount.old), Tone::Plain),
            Cell::new(money(&amount.new), Tone::Plain),
            Cell::new(self.change(line, amount), tone),
            Cell::new(rate, tone),
            Cell::new(self.link(line), Tone::Other),
        ]);
    }

    /// The change as the table says it.
    fn change(&self, line: &LineChange<'a>, amount: &AmountChange) -> String {
        if line.link.is_one_sided() {
            return line.link.label(self.relation, self.notation.lang).to_owned();
        }
        let is_stated = amount.old.is_stated() && amount.new.is_stated();
        match amount.comparison {
            Comparison::Same => self.notation.rate_of(&amount.comparison),
            Comparison::Incomparable if is_stated => self.notation.not_applicable().to_owned(),
            comparison => {
                let change = comparison.change();
                change.map(|change| self.notation.change(&change, self.unit)).unwrap_or_default()
            }
        }
    }

    /// The members of a group, where a crosswalk holds several lines together.
    fn members(&self, line: &LineChange<'a>, columns: Columns, table: &mut Table) {
        if line.old.len().max(line.new.len()) < 2 {
            return;
        }
        let indent = "  ".repeat(line.depth);
        let mut push = |title: &str, old: String, new: String| {
            let cell = |text: String| Cell::new(text, Tone::Faint);
            table.push([format!("{indent}{title}"), old, new].map(cell));
        };
        for member in &line.old {
            let title = format!("{}{}", self.said("旧 ", "old: "), self.name(member.row.line));
            let amount = self.notation.cell(&columns.old.money(member.row), self.unit);
            push(&title, amount, String::new());
        }
        for member in &line.new {
            let title = format!("{}{}", self.said("新 ", "new: "), self.name(member.row.line));
            let amount = self.notation.cell(&columns.new.money(member.row), self.unit);
            push(&title, String::new(), amount);
        }
    }

    fn name(&self, line: &'a crate::model::Line) -> &'a str {
        match (self.notation.lang, &line.title_en) {
            (Lang::En, Some(title)) => title,
            _ => &line.title,
        }
    }
}

/// Whether an amount is there on one of the sides.
fn has_figures(amount: &AmountChange) -> bool {
    let is_there = |money: &Money| money.amount().is_some() || money.is_open();
    is_there(&amount.old) || is_there(&amount.new)
}

/// The color of a change.
fn tone(amount: &AmountChange) -> Tone {
    match amount.change() {
        Some(difference) if difference.is_zero() => Tone::Faint,
        Some(difference) if difference.is_negative() => Tone::Less,
        Some(_) => Tone::More,
        None => Tone::Plain,
    }
}
