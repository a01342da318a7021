//! What a sheet on one page consists of, told from the classes of its sections.

use std::borrow::Cow;
use std::ops::Range;

use super::cut;
use crate::document::{Block, Document, HALF, Inline, Section, Table, plain};
use crate::figure::{Figure, Figures};

/// A table of at least so many rows takes two thirds of the page's width.
const LONG_TABLE: usize = 12;

/// A table of so many columns goes across the page.
const BROAD: usize = 7;

/// A flow of so many boxes goes across the page.
const CHAIN: usize = 3;

/// Notes of more letters than the band has room for are told in a box.
const NOTES: usize = 400;

/// The parts of a sheet, each where the page has a place for it.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    /// Year, stage and chapter, then the ministry.
    pub(super) kicker: [&'a [Inline]; 2],
    /// The amounts.
    pub(super) amount: Option<(&'a Section, &'a Table)>,
    /// What must be known to read the amounts.
    pub(super) notes: Option<&'a Section>,
    /// Period, scale, names.
    pub(super) facts: Option<&'a Section>,
    /// What the program is about, in the author's order.
    pub(super) boxes: Vec<Boxed<'a>>,
    /// Abbreviations and sources.
    pub(super) foot: Vec<&'a Section>,
}

/// A section in a box of its own.
#[derive(Clone, Debug)]
pub(super) struct Boxed<'a> {
    /// Tells it from the others of its sheet.
    pub(super) id: usize,
    /// The section whose heading the box has; `None` where text stands under no heading.
    pub(super) section: Option<&'a Section>,
    /// How it is set.
    pub(super) kind: Kind,
    /// What is in it.
    pub(super) blocks: Cow<'a, [Block]>,
    /// Whether it goes on from a page before.
    pub(super) goes_on: bool,
    /// Where it may go on in the next column: before headings within it.
    pub(super) entries: Vec<Range<usize>>,
}

/// How a box is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A frame under a strip with the heading.
    Plain,
    /// The points of the year: at the head of the last column, under a solid strip.
    Points,
    /// Passages of policy documents, which may move to a later column.
    Basis,
    /// Across the page, and within it side by side.
    Cards,
    /// Steps from left to right, with arrows between.
    Steps,
    /// The breakdown: a table under a caption.
    Breakdown {
        /// Whether it is so long that text stands beside it.
        is_long: bool,
    },
    /// One part of the breakdown, with its amounts in the strip.
    Part,
    /// A figure or a small table under a caption, without a frame.
    Bare,
    /// Across the page.
    Wide,
    /// A remark, run in behind its heading across the page, without a frame.
    Remark,
}

impl<'a> Content<'a> {
    /// Sorts a document's blocks.
    pub(super) fn of(document: &'a Document, figures: &Figures) -> Self {
        let mut content = Self::default();
        let mut rest = document.blocks.as_slice();
        for line in &mut content.kicker {
            if let [Block::Paragraph(text), after @ ..] = rest {
                (*line, rest) = (text, after);
            }
        }
        let headless = rest.iter().position(|block| matches!(block, Block::Section(_)));
        let (headless, sections) = rest.split_at(headless.unwrap_or(rest.len()));
        if !headless.is_empty() {
            content.put(None, Kind::Plain, headless);
        }
        for block in sections {
            if let Block::Section(section) = block {
                content.section(section, figures);
            }
        }
        content
    }

    fn section(&mut self, section: &'a Section, figures: &Figures) {
        let has = |class: &str| section.has(class);
        match section.blocks.as_slice() {
            [Block::Table(table)] if has("amount") && self.amount.is_none() => {
                self.amount = Some((section, table));
            }
            blocks if has("notes") && section.id == "notes" && self.notes.is_none() => {
                match cut::letters(blocks) {
                    0..=NOTES => self.notes = Some(section),
                    _ => self.put(Some(section), Kind::Plain, blocks),
                }
            }
            _ if has("notes") => self.foot.push(section),
            [Block::List(_)] if has("facts") && self.facts.is_none() => self.facts = Some(section),
            blocks if has("breakdown") => self.breakdown(section, blocks),
            blocks => self.put(Some(section), kind(section, figures), blocks),
        }
    }

    /// The table, then each part in a box of its own.
    fn breakdown(&mut self, section: &'a Section, blocks: &'a [Block]) {
        let first = blocks.iter().position(|block| matches!(block, Block::Section(_)));
        let (table, parts) = blocks.split_at(first.unwrap_or(blocks.len()));
        let rows =
            table.iter().map(|block| if let Block::Table(table) = block { table.rows.len() } else { 0 });
        let is_long = parts.is_empty() && rows.sum::<usize>() >= LONG_TABLE;
        self.put(Some(section), Kind::Breakdown { is_long }, table);
        for part in parts {
            match part {
                Block::Section(section) => self.put(Some(section), Kind::Part, &section.blocks),
                other => self.put(None, Kind::Plain, std::slice::from_ref(other)),
            }
        }
    }

    fn put(&mut self, section: Option<&'a Section>, kind: Kind, blocks: &'a [Block]) {
        self.boxes.push(Boxed::new(self.boxes.len(), section, kind, Cow::Borrowed(blocks)));
    }
}

fn kind(section: &Section, figures: &Figures) -> Kind {
    let has = |class: &str| section.has(class);
    let sections = section.blocks.iter().filter(|block| matches!(block, Block::Section(_))).count();
    match section.blocks.as_slice() {
        _ if has("wide") => Kind::Wide,
        _ if has("box") => Kind::Points,
        _ if has("basis") => Kind::Basis,
        _ if has("cards") && sections > 2 => Kind::Cards,
        _ if has("columns") && sections > 1 => Kind::Steps,
        [Block::Figure(figure)] => match figures.get(&figure.target) {
            Some(Figure::Flow(flow)) if flow.nodes.len() >= CHAIN => Kind::Wide,
            Some(Figure::Flow(_)) => Kind::Plain,
            _ => Kind::Bare,
        },
        [Block::Table(table)] if table.header.len() >= BROAD => Kind::Wide,
        _ if section.any(&|it| matches!(it, Block::Table(table) if table.breadth(1) > HALF)) => Kind::Wide,
        [Block::Table(_)] => Kind::Bare,
        _ if section.is_remark() => Kind::Remark,
        _ => Kind::Plain,
    }
}

impl<'a> Boxed<'a> {
    fn new(id: usize, section: Option<&'a Section>, kind: Kind, blocks: Cow<'a, [Block]>) -> Self {
        let mut starts = vec![0];
        if kind == Kind::Plain {
            let headings = blocks.iter().enumerate().filter(|(_, it)| matches!(it, Block::Section(_)));
            starts.extend(headings.map(|(at, _)| at).filter(|at| *at > 0));
        }
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let entries = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        Self { id, section, kind, blocks, goes_on: false, entries }
    }

    /// The blocks of some entries.
    pub(super) fn blocks_of(&self, entries: &Range<usize>) -> &[Block] {
        let from = self.entries.get(entries.start).map_or(0, |entry| entry.start);
        let to = self.entries.get(entries.end.saturating_sub(1)).map_or(from, |entry| entry.end);
        self.blocks.get(from..to).unwrap_or_default()
    }

    /// How many pieces it can be cut into.
    pub(super) fn pieces(&self) -> usize {
        cut::pieces(&self.blocks)
    }

    /// The box in two, the first with so many pieces or fewer; `None` where it cannot be cut there. The two get these numbers.
    pub(super) fn cut(&self, pieces: usize, ids: [usize; 2], goes_on: &str) -> Option<[Self; 2]> {
        let (head, rest) = cut::cut(&self.blocks, pieces, goes_on);
        // What says whose the amounts are, or in which unit, is no part by itself.
        let is_bare = matches!(head.as_slice(), [Block::Paragraph(_)]) && self.kind != Kind::Plain;
        // Each cut leaves less to go on with, so there is an end to pages, whatever cannot be cut.
        let is_less = cut::letters(&rest) < cut::letters(&self.blocks);
        if head.is_empty() || is_bare || rest.is_empty() || !is_less {
            return None;
        }
        let part = |id, blocks, goes_on| Self {
            goes_on,
            ..Self::new(id, self.section, self.kind, Cow::Owned(blocks))
        };
        Some([part(ids[0], head, self.goes_on), part(ids[1], rest, true)])
    }

    /// Its heading, as it is said where the box is called by its name.
    pub(super) fn name(&self) -> Option<String> {
        self.section.map(|section| plain(&section.heading))
    }
}
