//! The lines of a chapter with both their amounts.

use serde::Serialize;

use super::Page;
use crate::diff::{AmountChange, Column, ColumnPair, ItemKind, LineChange, Link, Member, Relation};
use crate::figure::Step;
use crate::model::{Amount, Comparison, Money};
use crate::sheet::amounts::sign;
use crate::words;

/// The lines with one pair of amounts.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeTable {
    /// What is compared, where there is more than one table.
    pub heading: String,
    /// The heads of the two columns of amounts.
    pub labels: [String; 2],
    /// The same in two lines each.
    pub heads: [[String; 2]; 2],
    /// The rows; the last is the total.
    pub rows: Vec<ChangeRow>,
    /// Whether something happened to a row besides its amounts.
    pub tells: bool,
    /// How the old total becomes the new one.
    #[serde(skip)]
    pub steps: Vec<Step>,
    /// Says of how many lines only the largest changes are shown; empty where all are.
    pub cut: String,
}

/// A line with both its amounts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangeRow {
    /// `group`, `line`, `part`, `member` (one of several lines that are compared together), `rest` (for lines that are not shown) or `total`.
    pub kind: &'static str,
    /// How many lines are above it in the table.
    pub depth: usize,
    /// The line's title.
    pub name: String,
    /// The same with what tells a part from its whole.
    pub title: String,
    /// Old amount, new amount, change and rate, in the table's unit.
    pub figures: [String; 4],
    /// Whether the amount rose (1), fell (-1) or neither (0).
    pub sign: i8,
    /// What happened to the line: 新規, 移管 …
    pub what: String,
    /// Whether the line is the same on both sides.
    pub same: bool,
}

impl Page<'_, '_> {
    /// A table a pair of columns that has something to show.
    pub(super) fn tables(&self) -> Vec<ChangeTable> {
        let several = self.columns.len() > 1;
        let tables = self.columns.iter().enumerate().filter_map(|(at, columns)| {
            // Where only one side has a chapter or its amounts, the leading ones say enough.
            let bridge = self.chapter.top().and_then(|top| top.amounts.get(at)).map(|top| &top.bridge);
            let has_both = bridge.is_some_and(|bridge| bridge.old.is_some() && bridge.new.is_some());
            let mut amounts = self.chapter.lines.iter().filter_map(|line| line.amounts.get(at));
            let says_more = amounts.any(|amount| !amount.is_same());
            (at == 0 || has_both && says_more).then(|| self.table(at, *columns, several))
        });
        tables.collect()
    }

    fn table(&self, at: usize, columns: ColumnPair, several: bool) -> ChangeTable {
        let common = self.common_label(columns);
        let labels = match common {
            Some(_) => [self.words.before, self.words.after].map(str::to_owned),
            None => self.labels(columns),
        };
        let [old, new] = &labels;
        let heading = match common {
            Some(label) => label,
            None if several => format!("{old} → {new}"),
            None => String::new(),
        };
        let told = self.told(at);
        let is_apart = self.told_above(at);
        let mut rows = self.grouped(at, &told, |place, line, amount| {
            let row = self.row(line, amount, is_apart.get(place) == Some(&true));
            std::iter::once(row).chain(self.members(line, columns)).collect()
        });
        let left_out = self.left_out(at, &told);
        rows.extend(self.rest(at, &left_out));
        let total = self.chapter.top().and_then(|top| top.amounts.get(at));
        rows.extend(self.chapter.top().zip(total).map(|(top, amount)| self.total(top, amount)));
        let steps = total.map(|amount| self.steps(at, columns, amount)).unwrap_or_default();
        let all = self.chapter.movers(at).len();
        let cut = match left_out.changed {
            0 => String::new(),
            _ => words::largest_of(self.wording.lang, all),
        };
        let tells = rows.iter().any(|row| !row.what.is_empty());
        ChangeTable { heading, rows, tells, steps, heads: self.heads(columns), labels, cut }
    }

    fn row(&self, line: &LineChange<'_>, amount: &AmountChange, is_apart: bool) -> ChangeRow {
        let mut name = self.name(line);
        let former: Vec<String> = line.old.iter().map(|member| self.wording.title(member.row.line)).collect();
        let former = former.join(self.wording.words.comma);
        let is_group = line.old.len().max(line.new.len()) > 1;
        if !line.new.is_empty() && !former.is_empty() && former != name && !is_group {
            let former = format!("{}{former}", self.words.formerly);
            name = self.wording.bracketed(&name, &former);
        }
        let of_which = match line.depth {
            0 | 1 => String::new(),
            depth => format!("{}{}", self.wording.words.inset.repeat(depth - 2), self.words.of_which),
        };
        let change = amount.change().filter(|_| !is_apart && !amount.is_rounded());
        ChangeRow {
            kind: if line.depth > 1 { "part" } else { "line" },
            depth: line.depth,
            title: format!("{of_which}{name}"),
            name,
            figures: self.figures(amount, change, line.link.is_one_sided()),
            sign: sign(change),
            what: self.what(line, amount),
            same: line.link == Link::Kept && line.moved.is_none() && amount.is_same(),
        }
    }

    /// The lines of a group, where a crosswalk holds several together, each with its own amount.
    fn members(&self, line: &LineChange<'_>, columns: ColumnPair) -> Vec<ChangeRow> {
        if line.old.len().max(line.new.len()) < 2 {
            return Vec::new();
        }
        let depth = line.depth + 1;
        let row = |side: &str, member: &Member<'_>, column: Column, place: usize| {
            let name = format!("{side}{}{}", self.words.colon, self.wording.title(member.row.line));
            let title = format!("{}{name}", self.wording.words.inset.repeat(line.depth));
            let mut figures: [String; 4] = Default::default();
            if let Some(figure) = figures.get_mut(place) {
                *figure = self.wording.notation.cell(&column.money(member.row), self.wording.unit());
            }
            ChangeRow { kind: "member", depth, name, title, figures, same: true, ..ChangeRow::default() }
        };
        let marked = |mut row: ChangeRow, member: &Member<'_>, members: &[Member<'_>]| {
            // What is counted elsewhere is not in the amount of the group.
            let is_counted = |member: &Member<'_>| member.row.line.is_addable();
            if !is_counted(member) && members.iter().any(is_counted) {
                row.what = words::not_counted(self.wording.lang).to_owned();
            }
            row
        };
        let old = line.old.iter().map(|it| marked(row(self.words.old, it, columns.old, 0), it, &line.old));
        let new = line.new.iter().map(|it| marked(row(self.words.new, it, columns.new, 1), it, &line.new));
        old.chain(new).collect()
    }

    fn total(&self, top: &LineChange<'_>, amount: &AmountChange) -> ChangeRow {
        let change = amount.change().filter(|_| !amount.is_rounded());
        let name = match amount.is_listed && !amount.is_hidden() {
            true => self.words.listed_total.to_owned(),
            false => self.words.total.to_owned(),
        };
        ChangeRow {
            kind: "total",
            title: name.clone(),
            name,
            figures: self.figures(amount, change, false),
            sign: sign(change),
            what: format!("{}{}", self.event(top, amount), self.rounded(amount)),
            same: amount.is_same(),
            ..ChangeRow::default()
        }
    }

    pub(super) fn figures(
        &self,
        amount: &AmountChange,
        change: Option<Amount>,
        one_sided: bool,
    ) -> [String; 4] {
        let (notation, unit) = (&self.wording.notation, self.wording.unit());
        let cell = |money: &Money| match money {
            Money::New | Money::Ended | Money::NotApplicable if one_sided => String::new(),
            money => notation.cell(money, unit),
        };
        let stated = amount.old.amount().is_some() || amount.new.amount().is_some();
        let rate = match amount.comparison {
            // The last column says what these are.
            Comparison::New(_) | Comparison::Ended(_) | Comparison::WithinRounding(_) => String::new(),
            _ => notation.rate_of(&amount.comparison),
        };
        let change = change.filter(|_| stated).map(|change| notation.figure(&change, unit));
        [cell(&amount.old), cell(&amount.new), change.unwrap_or_default(), rate]
    }

    /// What happened to a line, in the words of the field.
    fn what(&self, line: &LineChange<'_>, amount: &AmountChange) -> String {
        let link = line.link.label(self.relation, self.wording.lang);
        let event = self.event(line, amount);
        let mut said = vec![link.to_owned()];
        said.extend((event != link).then(|| event.to_owned()));
        if let Some(moved) = line.moved {
            let from = self.wording.title(moved.from.row.line);
            said.push(words::moved_from(self.wording.lang, from));
        }
        said.extend(self.moved_group(line));
        said.push(self.rounded(amount).to_owned());
        if amount.is_listed && !amount.is_hidden() {
            said.push(self.words.listed_total.to_owned());
        }
        if !line.is_counted {
            said.push(words::not_counted(self.wording.lang).to_owned());
        }
        said.retain(|said| !said.is_empty());
        said.join(self.wording.words.comma)
    }

    /// What became of a line, as its bridge counts it, by the states of its amounts or otherwise by its link; nothing where it is simply there on
    /// both sides.
    pub(super) fn event(&self, line: &LineChange<'_>, amount: &AmountChange) -> &'static str {
        let label = line.link.label(self.relation, self.wording.lang);
        let one_sided = [ItemKind::New, ItemKind::Ended, ItemKind::Listed, ItemKind::Unlisted];
        let counted = amount.bridge.counted().filter(|kind| amount.is_whole && one_sided.contains(kind));
        let event = match amount.comparison {
            Comparison::New(_) if self.relation == Relation::Years => Some(ItemKind::New),
            Comparison::Ended(_) if self.relation == Relation::Years => Some(ItemKind::Ended),
            _ => counted,
        };
        // 未定 stands in its cell, and is not 記載なし.
        let is_undecided = [amount.old, amount.new].contains(&Money::Undecided);
        let untold = [ItemKind::Listed, ItemKind::Unlisted];
        let event = event.filter(|kind| !is_undecided || !untold.contains(kind));
        match event {
            Some(kind) if !line.link.is_one_sided() => kind.label(self.relation, self.wording.lang),
            _ => label,
        }
    }

    pub(super) fn rounded(&self, amount: &AmountChange) -> &'static str {
        if amount.is_rounded() { self.words.within_rounding } else { "" }
    }
}
