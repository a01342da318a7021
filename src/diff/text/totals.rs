//! What becomes of a chapter's totals: bridges, movers, and the line that says it all.

use super::Page;
use super::table::{Cell, Table, Tone};
use crate::diff::column::{Column, Columns};
use crate::model::{Amount, Money, Request};

/// How many lines that moved a total are shown.
const SHOWN: usize = 5;

impl Page<'_, '_> {
    /// How the old total becomes the new one.
    pub(super) fn bridge(&self, at: usize, columns: Columns) -> String {
        let amount = self.chapter.top().and_then(|top| top.amounts.get(at));
        let Some(bridge) = amount.map(|amount| &amount.bridge) else {
            return String::new();
        };
        if bridge.items.is_empty() {
            return String::new();
        }
        let mut table = Table::default();
        let total = |amount: Option<Amount>| {
            amount.map_or_else(String::new, |amount| self.notation.figure(&amount, self.unit))
        };
        let side = |request: Option<&Request>, column: Column, draft: [&str; 2]| {
            let heading = column.heading(request.unwrap_or(self.request), &self.notation);
            match self.is_drafts() {
                true => self.said(draft[0], draft[1]),
                false => heading.join(self.notation.gap()),
            }
        };
        let old = side(self.chapter.old, columns.old, ["旧", "old"]);
        let new = side(self.chapter.new, columns.new, ["新", "new"]);
        table.push([
            Cell::new(old, Tone::Plain),
            Cell::default(),
            Cell::new(total(bridge.old), Tone::Plain),
            Cell::default(),
        ]);
        for item in &bridge.items {
            let label = item.kind.label(self.relation, self.notation.lang);
            let count = match item.lines {
                0 => String::new(),
                1 => self.said("1件", "1 line"),
                lines => self.said(&format!("{lines}件"), &format!("{lines} lines")),
            };
            let tone = if item.amount.is_negative() { Tone::Less } else { Tone::More };
            table.push([
                Cell::new(format!("  {label}"), Tone::Plain),
                Cell::new(count, Tone::Faint),
                Cell::new(self.notation.signed_figure(&item.amount, self.unit), tone),
                Cell::default(),
            ]);
        }
        table.push([
            Cell::new(new, Tone::Plain),
            Cell::default(),
            Cell::new(total(bridge.new), Tone::Strong),
            Cell::default(),
        ]);
        let head = self.said("増減の内訳", "From the old total to the new one");
        format!("\n{}\n{}", self.paint(Tone::Faint, &head), table.lines(self.look.width, self.look.color))
    }

    /// What moved the total most.
    pub(super) fn movers(&self, at: usize) -> String {
        let movers = self.chapter.movers(at);
        if movers.len() < 3 {
            return String::new();
        }
        let mut table = Table::default();
        for mover in movers.iter().take(SHOWN) {
            let Some(line) = self.chapter.lines.get(mover.line) else {
                continue;
            };
            let tone = match mover.change.is_negative() {
                true => Tone::Less,
                false => Tone::More,
            };
            let share = mover.share.map(|share| self.notation.share(&share));
            table.push([
                Cell::new(format!("  {}", self.names(line.members())), Tone::Plain),
                Cell::new(self.notation.signed_figure(&mover.change, self.unit), tone),
                Cell::new(share.unwrap_or_default(), Tone::Faint),
                Cell::default(),
            ]);
        }
        let head =
            self.said("増減の大きい事業（増減総額に占める割合）", "What moved most (share of all movement)");
        format!("\n{}\n{}", self.paint(Tone::Faint, &head), table.lines(self.look.width, self.look.color))
    }

    /// One line for each pair of columns.
    pub(super) fn stat(&self) -> String {
        let id = &self.request.line.id.value;
        let mut lines = String::new();
        for (at, columns) in self.columns.iter().enumerate() {
            let amount = self.chapter.top().and_then(|top| top.amounts.get(at));
            let Some(amount) = amount else { continue };
            let is_first = at == 0;
            let is_one_sided = self.chapter.old.is_none() || self.chapter.new.is_none();
            if !is_first && (is_one_sided || amount.bridge.items.is_empty()) {
                continue;
            }
            let heading = |request: Option<&crate::model::Request>, column: crate::diff::Column| {
                let heading = column.heading(request.unwrap_or(self.request), &self.notation);
                heading.join(self.notation.gap())
            };
            let (old, new) = (heading(self.chapter.old, columns.old), heading(self.chapter.new, columns.new));
            let names = if old == new { new } else { format!("{old} → {new}") };
            let money = |money: &Money| match money.amount() {
                Some(_) => self.notation.money(money),
                None => self.said("－", "–"),
            };
            let (before, after) = (money(&amount.old), money(&amount.new));
            let mut line = format!("{id}  {names}  {before} → {after}");
            let change = match amount.change() {
                Some(difference) if !difference.is_zero() => {
                    let rate = match is_one_sided {
                        true => String::new(),
                        false => self.notation.rate_of(&amount.comparison),
                    };
                    let change = self.notation.signed(&difference);
                    let shown: Vec<&str> = [change.as_str(), rate.as_str()]
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .collect();
                    self.notation.bracketed("", &shown.join(self.notation.comma()))
                }
                _ => String::new(),
            };
            line.push_str(&change);
            let counts = amount.bridge.items.iter().filter(|item| item.lines > 0).map(|item| {
                let label = item.kind.label(self.relation, self.notation.lang);
                format!("{label} {}", item.lines)
            });
            let words = self.chapter.lines.iter().filter(|line| !line.words.is_empty()).count();
            let words = (is_first && words > 0)
                .then(|| self.said(&format!("文言 {words}"), &format!("texts {words}")));
            let counts: Vec<String> = counts.chain(words).collect();
            if !counts.is_empty() {
                line.push_str("  ");
                line.push_str(&counts.join(" · "));
            } else if self.chapter.is_same() {
                line.push_str(&self.said("  変更なし", "  no change"));
            }
            lines.push_str(&line);
            lines.push('\n');
        }
        lines
    }
}
