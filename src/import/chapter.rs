//! From a table and its tree to the lines of chapters, a year each.

use std::collections::BTreeSet;

use super::rows::{Entry, Figured};
use super::table::Column;
use super::tree::{Node, Tree};
use super::words::{Meaning, Role};
use super::{Figure, Place, TakenAmount, TakenLine};
use crate::model::FiscalYear;

/// Which figure of which year a column holds; `None` where it is only verified, or not taken.
pub(super) type Meant = Option<(FiscalYear, Figure)>;

/// Finds out which figure of which year each column holds.
pub(super) fn meant(columns: &[Column], base: FiscalYear) -> Vec<Meant> {
    let own = |column: &Column| column.year(Some(base));
    let has = |wanted: &dyn Fn(Meaning, Option<FiscalYear>) -> bool| {
        columns
            .iter()
            .any(|column| matches!(column.role, Role::Amount(meaning) if wanted(meaning, own(column))))
    };
    let has_wish = has(&|meaning, _| meaning == Meaning::Wish);
    let has_total = has(&|meaning, _| meaning == Meaning::Total);
    let has_prior = has(&|meaning, _| meaning == Meaning::Prior);
    let is_next = |column: &Column| ["次年度", "翌年度"].iter().any(|word| column.header.contains(word));
    let asks = |year: FiscalYear| {
        columns.iter().any(|column| {
            let is_asked = column.role == Role::Amount(Meaning::Requested) && !is_next(column);
            is_asked && own(column).unwrap_or(base) == year
        })
    };
    let has_budget = |year: FiscalYear| has(&|meaning, own| meaning == Meaning::Budget && own == Some(year));
    let of = |column: &Column| -> Meant {
        let Role::Amount(meaning) = column.role else { return None };
        let year = own(column).unwrap_or(base);
        Some(match meaning {
            Meaning::Requested if is_next(column) => (base.next(), Figure::Requested),
            Meaning::Requested if has_wish && has_total => (year, Figure::Request),
            Meaning::Requested | Meaning::Total => (year, Figure::Requested),
            Meaning::Wish => (year, Figure::Wish),
            Meaning::Prior => (base, Figure::Prior),
            Meaning::Budget | Meaning::Forecast if asks(year) && year == base => (year, Figure::Enacted),
            Meaning::Budget if year == base.prior() && !has_prior => (base, Figure::Prior),
            Meaning::Revised if year == base.prior() && !has_prior && !has_budget(year) => {
                (base, Figure::Prior)
            }
            Meaning::Budget | Meaning::Forecast => (year, Figure::Requested),
            Meaning::Enacted if asks(year) => (year, Figure::Enacted),
            Meaning::Enacted => (year, Figure::Requested),
            Meaning::Supplementary => (year, Figure::Supplementary),
            Meaning::Added | Meaning::Reduced | Meaning::Revised | Meaning::Settled => return None,
        })
    };
    let mut taken: BTreeSet<(FiscalYear, Figure, Option<&str>)> = BTreeSet::new();
    let first = |column| -> Meant {
        let (year, figure) = of(column)?;
        taken.insert((year, figure, column.account.as_deref())).then_some((year, figure))
    };
    let mut meant: Vec<Meant> = columns.iter().map(first).collect();
    // What is asked for next year stands beside this year's budget, which is then the prior one.
    if columns.iter().any(is_next) && !meant.contains(&Some((base.next(), Figure::Prior))) {
        let this = (base, Figure::Requested);
        for found in meant.iter_mut().flatten().filter(|found| **found == this) {
            *found = (base.next(), Figure::Prior);
        }
    }
    meant
}

/// What a tree says of one year.
pub(super) struct Year<'a> {
    pub(super) tree: &'a Tree,
    pub(super) entries: &'a [Entry],
    pub(super) columns: &'a [Column],
    pub(super) meant: &'a [Meant],
    pub(super) year: FiscalYear,
    /// Whether lines without figures of the year are lines of it all the same.
    pub(super) is_main: bool,
    /// Which of the chapter's origins the table is.
    pub(super) origin: usize,
    /// The account that the whole table is about.
    pub(super) account: Option<&'a str>,
}

impl Year<'_> {
    /// The lines at the top.
    pub(super) fn lines(&self) -> Vec<TakenLine> {
        self.tree.nodes.first().map(|root| self.below(root)).unwrap_or_default()
    }

    /// The figures of the row that adds up all.
    pub(super) fn total(&self) -> Vec<TakenAmount> {
        self.tree.nodes.first().map(|root| self.amounts(&root.figures)).unwrap_or_default()
    }

    fn below(&self, node: &Node) -> Vec<TakenLine> {
        node.children.iter().filter_map(|at| self.line(self.tree.nodes.get(*at)?)).collect()
    }

    fn line(&self, node: &Node) -> Option<TakenLine> {
        let children = self.below(node);
        let amounts = self.amounts(&node.figures);
        if amounts.is_empty() && children.is_empty() && !self.is_main {
            return None;
        }
        let entry = node.entry.and_then(|at| self.entries.get(at));
        let mut notes = entry.map(|entry| entry.notes.clone()).unwrap_or_default();
        notes.dedup();
        let row = entry.map_or(0, |entry| entry.row);
        Some(TakenLine {
            title: node.title.clone(),
            number: node.number.clone(),
            code: entry.map(|entry| entry.code.clone()).filter(|code| !code.is_empty()),
            id: entry.and_then(|entry| entry.id.clone()),
            account: node.account.clone().or_else(|| self.account.map(str::to_owned)),
            is_complete: node.is_complete || amounts.is_empty(),
            aside: node.aside,
            origin: Place { origin: self.origin, cell: super::Cell { row, column: 0 } },
            amounts,
            notes,
            children,
            texts: Vec::new(),
        })
    }

    fn amounts(&self, figures: &[Option<Figured>]) -> Vec<TakenAmount> {
        let stated = figures.iter().zip(self.meant).zip(self.columns);
        let amount = |((figured, meant), column): ((&Option<Figured>, &Meant), &Column)| {
            let (_, figure) = meant.filter(|(year, _)| *year == self.year)?;
            let figured = figured.as_ref()?;
            Some(TakenAmount {
                figure,
                account: column.account.clone(),
                money: figured.money,
                text: figured.text.clone(),
                place: Place { origin: self.origin, cell: figured.cell },
            })
        };
        stated.filter_map(amount).collect()
    }
}
