//! One sheet as a tree of blocks: what Markdown text becomes before it is drawn as HTML or PDF.
//!
//! In: the Markdown of a sheet. Out: a [`Document`]. This is the only module that knows pulldown-cmark.

mod abbreviations;
mod breadth;
mod emphasis;
mod escape;
mod footnotes;
mod inline;
mod language;
mod open;
mod pairs;
mod passages;
mod plain;
mod quotes;
mod read;
mod references;
mod sections;
mod stars;
mod underlined;
mod versions;
mod visit;

pub(crate) use breadth::{FIGURE, HALF, inset, sum_end};
pub(crate) use emphasis::{guarded, is_mark};
pub use escape::escaped;
pub use pairs::{Pairs, WHOLE};
pub use passages::{Form, Piece, Shape};
pub use plain::plain;
pub(crate) use plain::plain_blocks;
pub(crate) use quotes::quoted;
pub use read::read;
pub(crate) use references::with_targets;
pub(crate) use versions::{Version, rows, versions};
pub(crate) use visit::notes_in;

use crate::model::Lang;
use crate::words;

/// A whole sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The language of the sheet's labels.
    pub lang: Lang,
    /// The content of the one level-1 heading.
    pub title: Vec<Inline>,
    /// Its classes, which style the whole sheet: `one-page`.
    pub classes: Vec<String>,
    /// Everything after the title, in reading order; headings own what follows them as [`Block::Section`].
    pub blocks: Vec<Block>,
    /// Footnotes in the order of their first reference; `Inline::FootnoteRef(0)` refers to the first.
    pub footnotes: Vec<Vec<Block>>,
}

impl Document {
    /// Whether it is made to be handed round on one landscape page.
    pub fn is_one_page(&self) -> bool {
        self.classes.iter().any(|class| class == "one-page")
    }

    /// Whether the lines under the title say each part of a running head, so that it need not stand above them.
    pub fn begins_with(&self, running_head: &str) -> bool {
        let lines = self.blocks.iter().map_while(|block| match block {
            Block::Paragraph(text) => Some(plain(text)),
            _ => None,
        });
        let lines: String = lines.collect();
        running_head.split(['　', '·']).all(|part| !lines.is_empty() && lines.contains(part.trim()))
    }
}

/// A heading and everything under it, down to the next heading of the same or a higher level.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// 2 to 6.
    pub level: u8,
    /// Unique within the document; given by `{#id}` or derived from the heading's text.
    pub id: String,
    /// Classes given by `{.name}`; they style the whole section: `amount`, `notes`, `basis`, `box`, `cards`, `card`, `columns`.
    pub classes: Vec<String>,
    /// The heading's text.
    pub heading: Vec<Inline>,
    /// What stands under the heading, nested sections included.
    pub blocks: Vec<Block>,
}

impl Section {
    /// Whether it has a class.
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|it| it == class)
    }

    /// How many levels it stands below the parts around it, at most three.
    pub(crate) fn within(&self) -> u8 {
        (1..=3).rev().find(|level| self.has(&format!("within-{level}"))).unwrap_or(0)
    }

    /// Whether something is true of a block in it, at any depth.
    pub fn any(&self, wanted: &impl Fn(&Block) -> bool) -> bool {
        let found = |block: &Block| matches!(block, Block::Section(section) if section.any(wanted));
        self.blocks.iter().any(|block| wanted(block) || found(block))
    }

    /// Whether it is one short remark, which stands behind its heading without a frame.
    pub fn is_remark(&self) -> bool {
        let [Block::Paragraph(text)] = self.blocks.as_slice() else {
            return false;
        };
        let text = plain(text);
        text.starts_with('※') && text.chars().count() <= REMARK
    }
}

/// The longest remark, in characters.
const REMARK: usize = 400;

/// A piece of a sheet that stands on lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading with its content.
    Section(Section),
    Paragraph(Vec<Inline>),
    /// A list, bulleted or numbered.
    List(List),
    /// A quotation, or an alert such as `> [!NOTE]`.
    Quote(Quote),
    /// A table with a header row.
    Table(Table),
    /// A picture that stands alone in its paragraph.
    Figure(FigureRef),
    /// A code block, verbatim.
    Code(String),
    /// Terms and their definitions.
    Definitions(Vec<Definition>),
    /// A thematic break.
    Rule,
}

/// A list and its items.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The number of the first item when the list is numbered.
    pub start: Option<u64>,
    /// The items in order.
    pub items: Vec<Item>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// A marker the author wrote at the start of the item (`✓`, `◆`, `・`, `①`, `○`, `※` …), taken out of the text.
    pub marker: Option<String>,
    /// The item's content.
    pub blocks: Vec<Block>,
}

/// A quotation or an alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The alert's kind in lower case (`note`, `tip`, `important`, `warning`, `caution`); `None` is a plain quotation.
    pub alert: Option<&'static str>,
    /// The quoted content.
    pub blocks: Vec<Block>,
}

impl Quote {
    /// What an alert is called above its content.
    pub fn name(&self, lang: Lang) -> Option<&'static str> {
        let name = match self.alert? {
            "tip" => words::tip,
            "important" => words::important,
            "warning" => words::warning,
            "caution" => words::caution,
            _ => words::remark,
        };
        Some(name(lang))
    }
}

/// How a column's cells are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the left edge.
    #[default]
    Left,
    Center,
    /// To the right edge; figures, set in tabular digits.
    Right,
}

/// A table with one header row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One alignment a column.
    pub alignments: Vec<Alignment>,
    /// The header cells, one a column.
    pub header: Vec<Vec<Inline>>,
    /// The rows, each with one cell a column.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

impl Table {
    /// Whether everything that a row says is strong, as in a total.
    pub fn is_total(row: &[Vec<Inline>]) -> bool {
        let mut said = row.iter().filter(|cell| !cell.is_empty()).peekable();
        said.peek().is_some() && said.all(|cell| cell.iter().all(|part| matches!(part, Inline::Strong(_))))
    }

    /// Whether what names a row and counts in it is emphasis, as where a remainder is worked out; its remark may be plain.
    pub fn steps_back(row: &[Vec<Inline>]) -> bool {
        let said = row.split_last().map_or(row, |(_, named)| named).iter().filter(|cell| !cell.is_empty());
        let is_derived = |cell: &Vec<Inline>| cell.iter().all(|part| matches!(part, Inline::Emphasis(_)));
        said.clone().count() > 1 && said.clone().all(is_derived)
    }
}

/// Whether a block is the line of a table's unit, such as `（単位：百万円）`, which stands at the right above it.
pub fn captions(blocks: &[Block], at: usize) -> bool {
    let (Some(Block::Paragraph(text)), Some(Block::Table(_))) = (blocks.get(at), blocks.get(at + 1)) else {
        return false;
    };
    let text = plain(text);
    let inner = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    inner('（', '）').or_else(|| inner('(', ')')).is_some_and(|inner| !inner.contains(['（', '）', '(', ')']))
}

/// What stands after the whole number of a figure that is all of a cell, `.2` of `△4,505.2` or `%` of `12%`; `None` of other texts.
pub fn fraction(cell: &str) -> Option<&str> {
    after_whole(cell, |tail| tail.chars().all(|c| matches!(c, '%' | '％' | ')' | '）')))
}

/// The same of a figure with more behind it that is yet to be decided, `.4＋事項要求` of `20,908.4＋事項要求`.
pub fn open_fraction(cell: &str) -> Option<&str> {
    after_whole(cell, |tail| tail.trim_start().starts_with(['＋', '+']))
}

fn after_whole(cell: &str, is_tail: impl Fn(&str) -> bool) -> Option<&str> {
    let signed = cell.trim_start_matches(['△', '▲', '−', '-', '+', '＋', '±', '(', '（', '約']);
    let (_, after) =
        signed.split_at(signed.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(signed.len()));
    let is_figure = signed.starts_with(|c: char| c.is_ascii_digit());
    let tail = after.strip_prefix('.').unwrap_or(after).trim_start_matches(|c: char| c.is_ascii_digit());
    (is_figure && is_tail(tail)).then_some(after)
}

/// A text after the number that it begins with, `1兆2,345` of `1兆2,345億円`, with what stands before its digits: the number and the rest.
pub fn headline(text: &str) -> (&str, &str) {
    let first = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (_, number) = text.split_at(first);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '兆' | '億' | '万' | '千');
    let number = &number[..number.find(|c| !is_number(c)).unwrap_or(number.len())];
    let digits = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    text.split_at(if digits.is_empty() { 0 } else { first + digits.len() })
}

/// A reference to a figure or an image.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRef {
    /// The target as written in the Markdown, e.g. `figures/q-leap-chart.svg`; the key into [`Figures`](crate::figure::Figures).
    pub target: String,
    /// The alternative text, plain.
    pub alt: String,
    /// The caption (the Markdown title of the image), if any.
    pub caption: Option<String>,
}

/// A term and its definitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub details: Vec<Vec<Block>>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text. A line end of the source between two full-width characters has vanished, any other has become a space.
    Text(String),
    /// Strong emphasis, `**…**`.
    Strong(Vec<Inline>),
    /// Emphasis, `*…*`.
    Emphasis(Vec<Inline>),
    /// Struck out, `~~…~~`.
    Strike(Vec<Inline>),
    Code(String),
    /// A link. Only `http`, `https`, `mailto`, relative targets and `#fragments` get here; others are plain text.
    Link {
        /// Where it leads; a relative target that ends in `.md` is another sheet.
        target: String,
        content: Vec<Inline>,
    },
    /// A picture inside running text.
    Image(FigureRef),
    /// A reference to a footnote, by its place in [`Document::footnotes`].
    FootnoteRef(usize),
    /// Text in the sheet's other language.
    Foreign {
        /// The language that it is in.
        lang: Lang,
        content: Vec<Inline>,
    },
    /// An abbreviation, where a sheet first uses it.
    Abbreviation {
        /// As it is written.
        short: String,
        /// What it stands for.
        expansion: String,
    },
    /// A forced line break.
    Break,
}
