//! The lines of all chapters of a side, in one list.

use std::collections::BTreeMap;

use super::change::Member;
use crate::lineage::{Names, Time};
use crate::model::Money;
use crate::rollup::Rollup;

/// All lines of a side in printed order, chapter after chapter.
pub(super) struct Forest<'a> {
    pub(super) rollups: Vec<&'a Rollup<'a>>,
    pub(super) trees: Vec<Tree<'a>>,
    /// Each chapter's lines by their ids; of an id that is used twice the last.
    names: Vec<Names<'a>>,
}

/// A line in the list.
pub(super) struct Tree<'a> {
    pub(super) member: Member<'a>,
    pub(super) chapter: usize,
    /// The place of the line above.
    pub(super) parent: Option<usize>,
    /// One past the last line below this one.
    pub(super) end: usize,
}

impl<'a> Forest<'a> {
    /// The lines of a side. Of a chapter that is not all there, such as a program's sheet, also what its own crosswalk leads to and that of the
    /// other side leads from counts as there, beyond the list: nothing else may be taken for it.
    pub(super) fn of(rollups: &[&'a Rollup<'a>], others: &[&'a Rollup<'a>]) -> Self {
        let mut forest = Self { rollups: rollups.to_vec(), trees: Vec::new(), names: Vec::new() };
        for (chapter, rollup) in rollups.iter().enumerate() {
            let top = (rollup.request.line.id.value.as_str(), forest.trees.len());
            let mut names = Names { top, lines: BTreeMap::new() };
            let mut open: Vec<usize> = Vec::new();
            for row in &rollup.rows {
                let at = forest.trees.len();
                while open.len() > row.depth {
                    forest.close(&mut open, at);
                }
                forest.trees.push(Tree {
                    member: Member { rollup, chapter: rollup.request, row },
                    chapter,
                    parent: open.last().copied(),
                    end: at + 1,
                });
                open.push(at);
                let id = &row.line.id.value;
                if row.program.is_some() && !id.is_stand_in() {
                    names.lines.insert(id.as_str(), at);
                }
            }
            forest.names.push(names);
            let end = forest.trees.len();
            while !open.is_empty() {
                forest.close(&mut open, end);
            }
        }
        let mut beyond = forest.trees.len();
        for (rollup, names) in rollups.iter().zip(&mut forest.names).filter(|(rollup, _)| rollup.is_unread())
        {
            let (year, id) = (rollup.request.fiscal_year.value, &rollup.request.line.id.value);
            let later = others.iter().filter(|other| other.request.fiscal_year.value > year);
            let from = later.flat_map(|other| {
                let entries = other.request.crosswalk.iter();
                entries.filter(|entry| entry.chapter_before(&other.request.line.id.value) == id)
            });
            let to = rollup.request.crosswalk.iter().flat_map(|entry| &entry.to);
            for id in to.chain(from.flat_map(|entry| &entry.from)).map(|id| id.value.as_str()) {
                if names.find(id).is_none() {
                    names.lines.insert(id, beyond);
                    beyond += 1;
                }
            }
        }
        forest
    }

    fn close(&mut self, open: &mut Vec<usize>, end: usize) {
        if let Some(tree) = open.pop().and_then(|at| self.trees.get_mut(at)) {
            tree.end = end;
        }
    }

    /// The line among some that has the fewest above it; of several, the first.
    pub(super) fn topmost(&self, lines: &[usize]) -> Option<usize> {
        let depth = |at: usize| self.trees.get(at).map(|tree| tree.member.row.depth);
        lines.iter().copied().min_by_key(|&at| (depth(at), at))
    }

    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.trees.get(at).and_then(|tree| tree.parent)
    }

    pub(super) fn member(&self, at: usize) -> Option<Member<'a>> {
        self.trees.get(at).map(|tree| tree.member)
    }

    /// The lines directly below a line.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let tree = self.trees.get(at);
        let start = tree.and_then(|tree| self.names.get(tree.chapter)).map_or(0, |names| names.top.1);
        let children = tree.map_or(&[][..], |tree| &tree.member.row.children);
        children.iter().map(move |child| start + child)
    }
}

impl<'a> Time<'a> for Forest<'a> {
    fn names(&self, chapter: usize) -> Option<&Names<'a>> {
        self.names.get(chapter)
    }

    fn id(&self, line: usize) -> Option<&'a str> {
        self.member(line).map(|member| member.row.line.id.value.as_str())
    }

    fn has_prior(&self, line: usize) -> bool {
        self.member(line).is_some_and(|member| member.row.line.has_prior())
    }

    fn is_new(&self, line: usize) -> bool {
        self.member(line).is_some_and(|member| member.row.line.prior.money.value == Money::New)
    }

    fn is_below(&self, line: usize, above: usize) -> bool {
        self.trees.get(above).is_some_and(|tree| above < line && line < tree.end)
    }
}
