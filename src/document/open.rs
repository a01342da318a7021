//! The containers that are open while a document is read, and what each becomes when it closes.

use pulldown_cmark::{Alignment as Aligned, BlockQuoteKind, HeadingLevel};

use super::inline::{is_blank, push_text, settle, take_marker};
use super::{Alignment, Block, Definition, FigureRef, Inline, Item, Table, plain};

/// A container whose end has not come yet.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A container that is too deep: its content goes to the one around it.
    Flat,
    Quote(Option<&'static str>),
    List(Option<u64>, Vec<Item>),
    Item,
    Footnote(String),
    Definitions(Vec<Definition>),
    Term,
    Detail,
    Table(Table),
    Row(Vec<Vec<Inline>>),
    Cell,
    Code,
    Html,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
        classes: Vec<String>,
    },
    Strong,
    Emphasis,
    Strike,
    Link(Option<String>),
    Image(String, String),
    /// A span that is too deep: its text goes to the one around it.
    FlatSpan,
}

/// Whether a container holds text of its own rather than paragraphs.
pub(super) fn keeps_inlines(kind: &Kind) -> bool {
    matches!(kind, Kind::Term | Kind::Cell | Kind::Code | Kind::Html | Kind::Paragraph | Kind::Heading { .. })
}

pub(super) fn close_span(open: Open, around: &mut Vec<Inline>) {
    let content = open.inlines;
    match open.kind {
        Kind::Strong => around.push(Inline::Strong(content)),
        Kind::Emphasis => around.push(Inline::Emphasis(content)),
        Kind::Strike => around.push(Inline::Strike(content)),
        // A link without words would be printed nowhere.
        Kind::Link(Some(target)) if is_blank(&content) => {
            let content = vec![Inline::Text(target.clone())];
            around.push(Inline::Link { target, content });
        }
        Kind::Link(Some(target)) => around.push(Inline::Link { target, content }),
        Kind::Image(target, title) => {
            let mut content = content;
            settle(&mut content);
            let caption = (!title.trim().is_empty()).then(|| title.trim().to_owned());
            around.push(Inline::Image(FigureRef { target, alt: plain(&content), caption }));
        }
        _ => {
            for inline in content {
                match inline {
                    Inline::Text(text) => push_text(around, &text),
                    other => around.push(other),
                }
            }
        }
    }
}

/// A paragraph, or the figure that is all it holds; `None` if it holds nothing.
pub(super) fn paragraph(mut inlines: Vec<Inline>) -> Option<Block> {
    settle(&mut inlines);
    if is_blank(&inlines) {
        return None;
    }
    if let [Inline::Image(_)] = inlines.as_slice()
        && let Some(Inline::Image(figure)) = inlines.pop()
    {
        return Some(Block::Figure(figure));
    }
    Some(Block::Paragraph(inlines))
}

pub(super) fn item(mut blocks: Vec<Block>) -> Item {
    let marker = match blocks.first_mut() {
        Some(Block::Paragraph(text)) => take_marker(text),
        _ => None,
    };
    Item { marker, blocks }
}

pub(super) fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

pub(super) fn alignment(alignment: Aligned) -> Alignment {
    match alignment {
        Aligned::None | Aligned::Left => Alignment::Left,
        Aligned::Center => Alignment::Center,
        Aligned::Right => Alignment::Right,
    }
}

pub(super) fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
