//! From a table and its tree to the lines of chapters, a year each.

use super::figures::Figured;
use super::rows::Entry;
use super::table::Column;
use super::tree::{Node, Tree};
use super::years::Meant;
use super::{Place, TakenAmount, TakenLine};
use crate::model::FiscalYear;

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
            ..TakenLine::default()
        })
    }

    fn amounts(&self, figures: &[Option<Figured>]) -> Vec<TakenAmount> {
        let stated = figures.iter().zip(self.meant).zip(self.columns);
        let amount = |((figured, meant), column): ((&Option<Figured>, &Meant), &Column)| {
            let (_, figure) = *meant.iter().find(|(year, _)| *year == self.year)?;
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
