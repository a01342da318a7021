//! From entries to the tree of lines: which rows are parts of which, and whether the totals say what their lines add up to.

use std::collections::{HashMap, HashSet};

use super::Aside;
use super::below::{account_of, aside};
use super::compared::Compared;
use super::figures::Figured;
use super::grid::{Fate, Grid};
use super::numbers::{self, goes_on};
use super::over::Over;
use super::readings::Reading;
use super::remark::Remark;
use super::rows::Entry;
use super::subtotals;
use super::table::Column;
use super::titles::{self, Sum};
use super::totals::told;
use super::words::Role;
use crate::model::{Rounding, Unit};

/// A line, or a group of lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// The entry that says most of it; `None` for a group that only its lines name.
    pub(super) entry: Option<usize>,
    pub(super) title: String,
    pub(super) number: Option<String>,
    pub(super) code: String,
    pub(super) depth: usize,
    pub(super) children: Vec<usize>,
    pub(super) figures: Vec<Option<Figured>>,
    pub(super) account: Option<String>,
    pub(super) aside: Option<Aside>,
    /// Whether its lines were found to make up its figures.
    pub(super) is_complete: bool,
    /// Whether its row has cells for figures; what has none is a group or a heading.
    pub(super) is_line: bool,
    pub(super) is_apart: bool,
}

/// The lines of a table.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// All nodes; the first is the table itself.
    pub(super) nodes: Vec<Node>,
    /// How many figures of totals agree with their lines.
    pub(super) verified: usize,
    /// How many rows were totals.
    pub(super) totals: usize,
    pub(super) remarks: Vec<Remark>,
    /// Which of its figures are differences of others.
    pub(super) changes: Vec<bool>,
    /// Whether no line comes after the row.
    pub(super) is_last: bool,
    pub(super) open: Vec<usize>,
    /// The groups by the one above and their title.
    groups: HashMap<(usize, String), usize>,
    /// The last line that the total of all adds up, and how that is called.
    pub(super) whole: Option<(usize, Sum)>,
    /// Whether a total is held against what is counted elsewhere, too.
    pub(super) recounts: bool,
    /// How the sheet says that it rounds, and whether a total may be off by that.
    pub(super) rounding: &'static [Rounding],
    pub(super) rounds: bool,
    /// The last total, where it adds up no lines of the table, which stands behind others.
    pub(super) over: Option<Over>,
    /// How many lines of a group the totals so far have added up.
    pub(super) marks: HashMap<usize, usize>,
}

/// What the sums of a tree are told with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) grid: &'a Grid,
    pub(super) columns: &'a [Column],
    pub(super) unit: Unit,
    pub(super) rounding: &'static [Rounding],
    /// Whether other tables stand above or beside it on its sheet.
    pub(super) is_behind: bool,
    /// Whether what stands above the table names the account of its first lines.
    pub(super) has_account: bool,
}

/// Puts entries in their places, as one reading of the table says.
pub(super) fn planted(entries: &[Entry], reading: &Reading, context: Context<'_>) -> Tree {
    let changes = context.columns.iter().map(|column| column.role == Role::Change).collect();
    let rounding = context.rounding;
    let mut tree = Tree { nodes: vec![Node::default()], open: vec![0], changes, rounding, ..Tree::default() };
    if entries.iter().any(|entry| entry.id.is_some() && entry.parent.is_some()) {
        entries.iter().for_each(|entry| entry.mark(context.grid, Fate::Taken));
        tree.adjacent(entries);
    } else {
        let (mut account, mut divided) = (None, None);
        let last = entries.iter().rposition(|entry| entry.is_line);
        let mut on_top = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(named) = account_of(entry, context) {
                entry.mark(context.grid, Fate::Taken);
                account = Some(named);
                continue;
            }
            tree.is_last = last == Some(at);
            let said = titles::sum(entry.title()).filter(|_| reading.line != Some(at));
            let sum = said.or_else(|| tree.sum_by_name(entry));
            let sum = sum.or(reading.totals.get(&at).map(|_| Sum::Part));
            let sum = sum.or_else(|| tree.sum_by_words(at, entries, reading));
            divided = subtotals::of_divided(entry, divided);
            if divided.is_some() && said.is_none() && entry.is_line {
                tree.part_of_total(entry, context);
                continue;
            }
            // 港湾局, 局計
            let names_group = entry.labels.first().is_some_and(|(_, first)| titles::sum(first).is_none());
            if sum.is_some() && names_group && entry.labels.len() > 1 {
                tree.open_groups(entry);
            }
            match sum.filter(|_| entry.is_line) {
                Some(_) if tree.fits_with_recounts(entry, context) => {}
                Some(sum) => match tree.is_above(sum) {
                    Some(group) if !tree.fits(entry, sum, 1, context) => on_top.push((group, entry, sum)),
                    Some(_) => {}
                    None => tree.close(entry, sum, context),
                },
                None if titles::may_be_sum(entry.title())
                    && entry.is_line
                    && tree.fits(entry, Sum::Either, 2, context) => {}
                None if entry.labels.is_empty() => tree.nameless(entry, context),
                None => {
                    entry.mark(context.grid, Fate::Taken);
                    let made = tree.add(at, entry, reading.depths.get(at).copied().unwrap_or(0), context);
                    if let Some(node) = tree.nodes.get_mut(made) {
                        node.account = entry.account.clone().or_else(|| account.clone());
                    }
                }
            }
        }
        tree.below_whole();
        tree.settle(0);
        tree.close_above(&on_top, context);
        tree.tell_twice();
    }
    tree.verify(context);
    tree.tell_empty(entries);
    tree
}

impl Node {
    /// Whether neither its row nor a total gave it figures.
    pub(super) fn is_bare(&self) -> bool {
        !self.is_line && self.figures.iter().all(Option::is_none)
    }
}

impl Tree {
    pub(super) fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// A row of figures without words is a total that says what its lines add up to, or nothing that can be taken.
    fn nameless(&mut self, entry: &Entry, context: Context<'_>) {
        if !self.fits(entry, Sum::Either, 1, context)
            && let Some(first) = entry.figures.iter().flatten().next()
        {
            let what = format!(
                "`{}` stands in a row without words, and is no total of lines above; the row was not taken",
                told(&first.text, context.unit)
            );
            let mut remark =
                Remark::assumed(first.cell, what, "write what the row is for, or take it out of the sheet");
            remark.also = entry.figures.iter().flatten().skip(1).map(|figured| figured.cell).collect();
            self.remarks.push(remark);
        }
    }

    fn put(&mut self, parent: usize, node: Node) -> usize {
        let at = self.nodes.len();
        self.nodes.push(node);
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(at);
        }
        at
    }

    pub(super) fn children(&self, of: usize) -> &[usize] {
        self.node(of).map_or(&[], |node| &node.children)
    }

    /// Closes what is not above a depth; gives the node that is.
    pub(super) fn above(&mut self, depth: usize) -> usize {
        while let Some(&last) = self.open.last()
            && last > 0
            && self.node(last).is_some_and(|node| node.depth >= depth)
        {
            self.open.pop();
        }
        self.open.last().copied().unwrap_or(0)
    }

    /// Opens the groups that the words before those of the line name.
    fn open_groups(&mut self, entry: &Entry) {
        for (level, title) in entry.labels.iter().take(entry.labels.len().saturating_sub(1)) {
            let depth = level * 1000;
            let parent = self.above(depth);
            let group = self.groups.get(&(parent, title.clone())).copied();
            let group = group.unwrap_or_else(|| {
                let made = self.put(parent, Node { title: title.clone(), depth, ..Node::default() });
                self.groups.insert((parent, title.clone()), made);
                made
            });
            self.open.push(group);
        }
    }

    fn add(&mut self, at: usize, entry: &Entry, depth: usize, context: Context<'_>) -> usize {
        self.open_groups(entry);
        let mut parent = self.above(depth);
        let aside = aside(entry);
        let last = self.children(parent).last().copied();
        if aside == Some(Aside::OfWhich)
            && let Some(last) = last.filter(|last| self.node(*last).is_some_and(|node| node.aside.is_none()))
        {
            parent = last;
        }
        let (number, title) = match numbers::numbered(entry.title()) {
            Some((_, number, title)) => (Some(number.to_owned()), title.to_owned()),
            None => (None, entry.title().to_owned()),
        };
        let figures = entry.figures.clone();
        let is_heading = !entry.is_line;
        let key = (parent, title.clone());
        let node = Node {
            entry: Some(at),
            title,
            number,
            depth,
            figures,
            aside,
            code: entry.code.clone(),
            is_apart: entry.is_apart,
            is_line: entry.is_line,
            ..Node::default()
        };
        let orphans = self.orphans(parent, depth);
        let made = self.put(parent, node);
        if is_heading {
            self.groups.insert(key, made);
        } else if !orphans.is_empty() && aside.is_none() && self.adopt(parent, made, &orphans, context) {
            return made;
        }
        self.open.push(made);
        made
    }

    /// The last lines of a group that stand deeper than a row below them, and have nothing above them: a row that names them comes after.
    fn orphans(&self, parent: usize, depth: usize) -> Vec<usize> {
        let children = self.children(parent);
        let deeper = |at: &&usize| self.node(**at).is_some_and(|node| node.depth > depth);
        let count = children.iter().rev().take_while(deeper).count();
        children.get(children.len() - count..).unwrap_or_default().to_vec()
    }

    /// Makes lines the parts of a row below them, where they add up to it in one column at least; tells whether they do.
    fn adopt(&mut self, parent: usize, by: usize, orphans: &[usize], context: Context<'_>) -> bool {
        let figures = self.node(by).map(|node| node.figures.clone()).unwrap_or_default();
        let Some(compared) = self.compare(&figures, orphans).filter(Compared::agrees_once) else {
            return false;
        };
        self.tell(&figures, orphans, &compared, &self.title(by), context);
        self.move_under(parent, by, orphans);
        true
    }

    pub(super) fn title(&self, at: usize) -> String {
        self.node(at).map(|node| node.title.clone()).unwrap_or_default()
    }

    pub(super) fn move_under(&mut self, parent: usize, by: usize, moved: &[usize]) {
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.retain(|child| !moved.contains(child));
        }
        if let Some(node) = self.nodes.get_mut(by) {
            node.children.extend(moved);
            node.is_complete = true;
        }
    }

    /// Whether a line is numbered as another is, and goes on behind it or begins anew: it stands beside what it goes on behind, whatever the
    /// amounts of the two.
    pub(super) fn goes_on(&self, before: usize, line: usize) -> Option<bool> {
        let (before, line) = (self.node(before)?, self.node(line)?);
        let mark = |node: &Node| node.number.clone().unwrap_or_else(|| node.code.clone());
        let has_level =
            numbers::level(&before.title).filter(|level| numbers::level(&line.title) == Some(*level));
        goes_on(&mark(before), &mark(line)).or(has_level.map(|_| true))
    }

    /// Headings that no total closed take the lines below them, up to the next heading or gap.
    fn settle(&mut self, of: usize) {
        let children = self.children(of).to_vec();
        let is_bare =
            |at: usize| self.node(at).is_some_and(|node| node.is_bare() && node.children.is_empty());
        let mut at = 0;
        let mut moves = Vec::new();
        while let Some(child) = children.get(at) {
            at += 1;
            if !is_bare(*child) {
                continue;
            }
            let rest = children.get(at..).unwrap_or_default();
            let counts_anew = rest.first().is_some_and(|next| self.goes_on(*child, *next) == Some(false));
            let is_beside = |next: usize| !counts_anew && self.goes_on(*child, next) == Some(true);
            let is_below = |next: &usize| {
                !is_bare(*next) && !is_beside(*next) && self.node(*next).is_some_and(|node| !node.is_apart)
            };
            let below: Vec<usize> = rest.iter().copied().take_while(is_below).collect();
            at += below.len();
            moves.push((*child, below));
        }
        for (heading, below) in moves {
            self.move_under(of, heading, &below);
        }
        for child in self.children(of).to_vec() {
            self.settle(child);
        }
    }

    /// Says which rows state no figure, and have none below them.
    fn tell_empty(&mut self, entries: &[Entry]) {
        let is_empty = |node: &&Node| node.children.is_empty() && node.figures.iter().all(Option::is_none);
        let empty = self.nodes.iter().skip(1).filter(is_empty).filter_map(|node| entries.get(node.entry?));
        let help = "it was taken as a line whose amounts are not stated; write them, or take the row out of the sheet";
        let rows: HashSet<usize> = self.remarks.iter().map(|remark| remark.cell.row).collect();
        let remarks = empty.filter(|entry| !rows.contains(&entry.row)).map(|entry| {
            let what = format!("`{}` states no figure", entry.title());
            Remark::assumed(entry.place, what, help)
        });
        let remarks: Vec<Remark> = remarks.collect();
        self.remarks.extend(remarks);
    }
}
