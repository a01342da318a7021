//! From a table and its tree to the lines of chapters, a year each.

use super::figures::Figured;
use super::grid::Grid;
use super::rows::Entry;
use super::table::Column;
use super::tree::{Node, Tree};
use super::years::Meant;
use super::{Cell, EmptyCell, Figure, Place, TakenAmount, TakenLine};
use crate::model::{FiscalYear, Money};

/// What a tree says of one year.
pub(super) struct Year<'a> {
    pub(super) grid: &'a Grid,
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
        self.tree.nodes.first().map(|root| self.amounts(&root.figures, None)).unwrap_or_default()
    }

    /// The cells of that row that hold nothing.
    pub(super) fn total_empty(&self) -> Vec<EmptyCell> {
        let figures = self.tree.nodes.first().map_or(&[][..], |root| &root.figures);
        let row = figures.iter().flatten().map(|figured| figured.cell.row).next();
        row.map(|row| self.empty(figures, row)).unwrap_or_default()
    }

    fn below(&self, node: &Node) -> Vec<TakenLine> {
        let lines = node.children.iter().filter_map(|at| self.line(self.tree.nodes.get(*at)?));
        let mut lines: Vec<TakenLine> = lines.collect();
        lines.shrink_to_fit();
        lines
    }

    fn line(&self, node: &Node) -> Option<TakenLine> {
        let children = self.below(node);
        let entry = node.entry.and_then(|at| self.entries.get(at));
        let amounts = self.amounts(&node.figures, entry);
        if amounts.is_empty() && children.is_empty() && !self.is_main {
            return None;
        }
        // What a remark says holds of the year that the table is about: 新規 of R9 was not new in R8.
        let own = entry.filter(|_| self.is_main);
        let mut notes = own.map(|entry| entry.notes.clone()).unwrap_or_default();
        notes.dedup();
        let first = children.first().map_or(0, |child| child.origin.cell.row);
        let row = entry.map_or(first, |entry| entry.row);
        Some(TakenLine {
            title: node.title.clone(),
            number: node.number.clone(),
            code: entry.map(|entry| entry.code.clone()).filter(|code| !code.is_empty()),
            id: entry.and_then(|entry| entry.id.clone()),
            account: node.account.clone().or_else(|| self.account.map(str::to_owned)),
            is_complete: node.is_complete || amounts.is_empty(),
            aside: node.aside,
            origin: Place { origin: self.origin, cell: Cell { row, column: 0 } },
            empty: entry.map(|entry| self.empty(&node.figures, entry.row)).unwrap_or_default(),
            amounts,
            notes,
            children,
            ..TakenLine::default()
        })
    }

    fn amounts(&self, figures: &[Option<Figured>], entry: Option<&Entry>) -> Vec<TakenAmount> {
        let says = |words: &[&str]| self.is_main && entry.is_some_and(|entry| entry.says(words));
        let (is_new, has_ended) = (says(&["新規"]), says(&["廃止", "終了", "限り"]));
        let amount = |(figured, figure, column): (&Option<Figured>, Figure, &Column)| {
            let figured = figured.as_ref()?;
            let is_nothing = matches!(figured.money, Money::NotApplicable) || figured.added() == Some(0);
            let (money, text) = match figure {
                Figure::Prior if is_new && is_nothing => (Money::New, "新規".to_owned()),
                Figure::Requested | Figure::Request if has_ended && is_nothing => {
                    (Money::Ended, "終了".to_owned())
                }
                // What is new the year after was nothing that was budgeted for.
                _ if figure != Figure::Prior && figured.money == Money::New && !self.is_main => return None,
                _ => (figured.money, figured.text.clone()),
            };
            let place = Place { origin: self.origin, cell: figured.cell };
            Some(TakenAmount { figure, account: column.account.clone(), money, text, place })
        };
        let mut amounts: Vec<TakenAmount> = self.of_year(figures).filter_map(amount).collect();
        amounts.shrink_to_fit();
        amounts
    }

    fn empty(&self, figures: &[Option<Figured>], row: usize) -> Vec<EmptyCell> {
        let empty = |(figured, figure, column): (&Option<Figured>, Figure, &Column)| {
            let cell = Cell { row, column: column.at };
            let place = Place { origin: self.origin, cell };
            let is_empty = figured.is_none() && self.grid.cell(cell).is_none();
            is_empty.then(|| EmptyCell { figure, account: column.account.clone(), place })
        };
        self.of_year(figures).filter_map(empty).collect()
    }

    /// The figures of the year, with what each is and its column.
    fn of_year<'f>(
        &'f self,
        figures: &'f [Option<Figured>],
    ) -> impl Iterator<Item = (&'f Option<Figured>, Figure, &'f Column)> {
        figures.iter().zip(self.meant).zip(self.columns).filter_map(|((figured, meant), column)| {
            let (_, figure) = *meant.iter().find(|(year, _)| *year == self.year)?;
            Some((figured, figure, column))
        })
    }
}
