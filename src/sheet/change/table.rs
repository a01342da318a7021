//! The lines of a chapter with both their amounts.

use serde::Serialize;

use super::Page;
use crate::diff::{AmountChange, Columns, ItemKind, LineChange, Link, Relation};
use crate::model::{Amount, Comparison, Money};

/// The lines with one pair of amounts.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeTable {
    /// What is compared, where there is more than one table.
    pub heading: String,
    /// The heads of the two columns of amounts.
    pub labels: [String; 2],
    /// The rows; the last is the total.
    pub rows: Vec<ChangeRow>,
}

/// A line with both its amounts.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// `line`, `part`, `rest` (for lines that are not shown) or `total`.
    pub kind: &'static str,
    /// The line's title.
    pub title: String,
    /// Old amount, new amount, change and rate, in the table's unit.
    pub figures: [String; 4],
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
            let leading = at == 0;
            let amounts = || self.chapter.lines.iter().filter_map(|line| line.amounts.get(at));
            let says_more = amounts().any(|amount| !amount.is_same());
            (leading || says_more).then(|| self.table(at, *columns, several))
        });
        tables.collect()
    }

    fn table(&self, at: usize, columns: Columns, several: bool) -> ChangeTable {
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
        let mut rows: Vec<ChangeRow> = Vec::new();
        let mut left_out = 0;
        for (line, told) in self.chapter.lines.iter().zip(told).skip(1) {
            let Some(amount) = line.amounts.get(at) else {
                continue;
            };
            if told {
                rows.push(self.row(line, amount));
            } else if line.children.is_empty() && amount.new.is_stated() {
                left_out += 1;
            }
        }
        if left_out > 0 {
            rows.push(self.rest(left_out));
        }
        let total = self.chapter.top().and_then(|top| top.amounts.get(at));
        rows.extend(total.map(|amount| self.total(amount)));
        ChangeTable { heading, rows, labels }
    }

    /// Which lines are shown: all of two years; of two drafts only those that changed, and those above them.
    fn told(&self, at: usize) -> Vec<bool> {
        let lines = &self.chapter.lines;
        let is_draft = self.relation == Relation::Drafts;
        let mut told: Vec<bool> = lines
            .iter()
            .map(|line| {
                let same = line.amounts.get(at).is_none_or(AmountChange::is_same);
                let is_kept = line.link == Link::Kept && line.moved.is_none();
                !(is_draft && same && is_kept)
            })
            .collect();
        for (place, line) in lines.iter().enumerate().rev() {
            if told.get(place) == Some(&true)
                && let Some(above) = line.parent.and_then(|above| told.get_mut(above))
            {
                *above = true;
            }
        }
        told
    }

    /// Stands for the lines that are not shown.
    fn rest(&self, lines: usize) -> ChangeRow {
        ChangeRow {
            kind: "rest",
            title: self.said(
                format!("（ほか{lines}件は同額）"),
                format!("({lines} other {} unchanged)", if lines == 1 { "line is" } else { "lines are" }),
            ),
            figures: [const { String::new() }; 4],
            what: String::new(),
            same: true,
        }
    }

    fn row(&self, line: &LineChange<'_>, amount: &AmountChange) -> ChangeRow {
        let mut title = self.name(line);
        let former: Vec<String> = line.old.iter().map(|member| self.wording.title(member.row.line)).collect();
        let former = former.join(self.wording.words.comma);
        if !line.new.is_empty() && !former.is_empty() && former != title {
            let former = format!("{}{former}", self.words.formerly);
            title = self.wording.bracketed(&title, &former);
        }
        let of_which = match line.depth {
            0 | 1 => String::new(),
            depth => format!("{}{}", "　".repeat(depth - 2), self.words.of_which),
        };
        ChangeRow {
            kind: if line.depth > 1 { "part" } else { "line" },
            title: format!("{of_which}{title}"),
            figures: self.figures(amount, line.link.is_one_sided()),
            what: self.what(line, amount),
            same: line.link == Link::Kept && line.moved.is_none() && amount.is_same(),
        }
    }

    fn total(&self, amount: &AmountChange) -> ChangeRow {
        ChangeRow {
            kind: "total",
            title: match amount.is_listed {
                true => self.words.listed_total.to_owned(),
                false => self.words.total.to_owned(),
            },
            figures: self.figures(amount, false),
            what: String::new(),
            same: amount.is_same(),
        }
    }

    fn figures(&self, amount: &AmountChange, one_sided: bool) -> [String; 4] {
        let (notation, unit) = (&self.wording.notation, self.wording.unit());
        let cell = |money: &Money| match money {
            Money::New | Money::Ended if one_sided => String::new(),
            money => notation.cell(money, unit),
        };
        let stated = amount.old.amount().is_some() || amount.new.amount().is_some();
        let change: Option<Amount> = amount.change().filter(|_| stated);
        let rate = match amount.comparison {
            Comparison::Changed { .. } | Comparison::Same => notation.rate_of(&amount.comparison),
            _ if one_sided => String::new(),
            _ => notation.rate_of(&amount.comparison),
        };
        [
            cell(&amount.old),
            cell(&amount.new),
            change.map(|change| notation.figure(&change, unit)).unwrap_or_default(),
            rate,
        ]
    }

    /// What happened to a line, in the words of the field.
    fn what(&self, line: &LineChange<'_>, amount: &AmountChange) -> String {
        let mut said = Vec::new();
        let link = line.link.label(self.relation, self.wording.lang);
        let event = match amount.comparison {
            Comparison::Ended(_) => ItemKind::Ended.label(self.relation, self.wording.lang),
            Comparison::New(_) => ItemKind::New.label(self.relation, self.wording.lang),
            _ => "",
        };
        let is_told = line.link.is_one_sided() || self.relation != Relation::Years;
        said.extend(
            [link, if is_told { "" } else { event }]
                .into_iter()
                .filter(|word| !word.is_empty())
                .map(str::to_owned),
        );
        if let Some(moved) = line.moved {
            let from = self.wording.title(moved.from.row.line);
            said.push(self.said(format!("移管（{from}から）"), format!("moved from {from}")));
        }
        if amount.is_listed {
            said.push(self.words.listed_total.to_owned());
        }
        if !line.is_counted {
            said.push(self.said("再掲・内数".to_owned(), "not counted".to_owned()));
        }
        said.join(self.wording.words.comma)
    }
}
