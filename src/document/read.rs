//! From Markdown to a [`Document`]: pulldown-cmark's events, gathered on a stack of open containers.
//!
//! Raw HTML becomes literal text. What lies deeper than [`MOST_BLOCKS`] or [`MOST_SPANS`] is kept but moves up to the
//! deepest level there is, so a renderer may walk the tree recursively.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::inline::{LINE_END, allowed_target, push_text, settle};
use super::open::{Kind, Open, alert, alignment, close_span, item, keeps_inlines, number, paragraph};
use super::sections::{Piece, nest};
use super::{Block, Definition, Document, Inline, List, Quote, Table, emphasis, plain};
use crate::fault;
use crate::markdown::options;
use crate::model::Lang;
use crate::source::cleaned;

/// The deepest nesting of blocks, sections aside.
const MOST_BLOCKS: usize = 48;

/// The deepest nesting of spans within a text.
const MOST_SPANS: usize = 24;

/// Reads the Markdown of one sheet. Every text is a valid sheet; nothing an author writes is lost but word joiners and
/// footnotes to which nothing refers.
pub fn read(markdown: &str, lang: Lang) -> Document {
    fault::asked_for(markdown.as_bytes());
    let joined = emphasis::join(markdown);
    let mut reader = Reader::default();
    for event in Parser::new_ext(&joined, options()) {
        reader.event(event);
    }
    reader.finish(lang)
}

#[derive(Debug, Default)]
struct Reader {
    stack: Vec<Open>,
    /// The containers of blocks on the stack, and the spans.
    blocks_deep: usize,
    spans_deep: usize,
    pieces: Vec<Piece>,
    /// Text that stands in no paragraph and no container.
    stray: Vec<Inline>,
    footnotes: Footnotes,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                push_text(self.inlines(), &cleaned(&text));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => push_text(self.inlines(), &cleaned(&text)),
            Event::Code(text) => {
                let code = cleaned(&text).into_owned();
                self.inlines().push(Inline::Code(code));
            }
            Event::FootnoteReference(label) => {
                let number = self.footnotes.number(&cleaned(&label));
                self.inlines().push(Inline::FootnoteRef(number));
            }
            Event::SoftBreak => push_text(self.inlines(), LINE_END.encode_utf8(&mut [0; 4])),
            Event::HardBreak => self.inlines().push(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(_) => {}
        }
    }

    fn inlines(&mut self) -> &mut Vec<Inline> {
        self.stack.last_mut().map_or(&mut self.stray, |open| &mut open.inlines)
    }

    /// Text that stood in a container directly, as in the items of tight lists, becomes a paragraph.
    fn flush(&mut self) {
        let inlines = std::mem::take(self.inlines());
        if let Some(block) = paragraph(inlines) {
            self.put(block);
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.put(block);
    }

    fn put(&mut self, block: Block) {
        match self.stack.last_mut() {
            Some(open) => open.blocks.push(block),
            None => self.pieces.push(Piece::Block(block)),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let flat_parent = matches!(self.stack.last(), Some(Open { kind: Kind::Flat, .. }));
        let deep = self.blocks_deep >= MOST_BLOCKS;
        let owned = |text: &str| cleaned(text).into_owned();
        let (kind, span) = match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList | Tag::FootnoteDefinition(_) if deep => {
                (Kind::Flat, false)
            }
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition if flat_parent => {
                (Kind::Flat, false)
            }
            Tag::BlockQuote(kind) => (Kind::Quote(kind.map(alert)), false),
            Tag::List(start) => (Kind::List(start, Vec::new()), false),
            Tag::Item => (Kind::Item, false),
            Tag::FootnoteDefinition(label) => (Kind::Footnote(owned(&label)), false),
            Tag::DefinitionList => (Kind::Definitions(Vec::new()), false),
            Tag::DefinitionListTitle => (Kind::Term, false),
            Tag::DefinitionListDefinition => (Kind::Detail, false),
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                (Kind::Table(Table { alignments, header: Vec::new(), rows: Vec::new() }), false)
            }
            Tag::TableHead | Tag::TableRow => (Kind::Row(Vec::new()), false),
            Tag::TableCell => (Kind::Cell, false),
            Tag::CodeBlock(_) => (Kind::Code, false),
            Tag::HtmlBlock => (Kind::Html, false),
            Tag::Paragraph | Tag::MetadataBlock(_) => (Kind::Paragraph, false),
            Tag::Heading { level, id, classes, .. } => {
                let id = id.map(|id| owned(&id)).filter(|id| !id.is_empty());
                let classes =
                    classes.iter().map(|class| owned(class)).filter(|class| !class.is_empty()).collect();
                (Kind::Heading { level: number(level), id, classes }, false)
            }
            _ if self.spans_deep >= MOST_SPANS => (Kind::FlatSpan, true),
            Tag::Strong => (Kind::Strong, true),
            Tag::Emphasis => (Kind::Emphasis, true),
            Tag::Strikethrough => (Kind::Strike, true),
            Tag::Superscript | Tag::Subscript => (Kind::FlatSpan, true),
            Tag::Link { link_type, dest_url, .. } => {
                let target = cleaned(&dest_url);
                let target = match link_type {
                    LinkType::Email => allowed_target(&format!("mailto:{target}")),
                    _ => allowed_target(&target),
                };
                (Kind::Link(target), true)
            }
            Tag::Image { dest_url, title, .. } => (Kind::Image(owned(&dest_url), owned(&title)), true),
        };
        if span {
            self.spans_deep += 1;
        } else {
            self.flush();
            self.blocks_deep += 1;
        }
        self.stack.push(Open { kind, blocks: Vec::new(), inlines: Vec::new() });
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {
                self.spans_deep = self.spans_deep.saturating_sub(1);
                if let Some(open) = self.stack.pop() {
                    close_span(open, self.inlines());
                }
            }
            _ => {
                if self.stack.last().is_some_and(|open| !keeps_inlines(&open.kind)) {
                    self.flush();
                }
                self.blocks_deep = self.blocks_deep.saturating_sub(1);
                if let Some(open) = self.stack.pop() {
                    self.close(open);
                }
            }
        }
    }

    fn close(&mut self, open: Open) {
        let Open { kind, blocks, mut inlines } = open;
        if !matches!(kind, Kind::Code) {
            settle(&mut inlines);
        }
        match kind {
            Kind::Flat => blocks.into_iter().for_each(|block| self.put(block)),
            Kind::Quote(alert) => self.put(Block::Quote(Quote { alert, blocks })),
            Kind::List(start, items) => self.put(Block::List(List { start, items })),
            Kind::Item => {
                if let Some(Open { kind: Kind::List(_, items), .. }) = self.stack.last_mut() {
                    items.push(item(blocks));
                }
            }
            Kind::Footnote(label) => self.footnotes.define(&label, blocks),
            Kind::Definitions(definitions) => self.put(Block::Definitions(definitions)),
            Kind::Term => {
                if let Some(Open { kind: Kind::Definitions(all), .. }) = self.stack.last_mut() {
                    all.push(Definition { term: inlines, details: Vec::new() });
                }
            }
            Kind::Detail => {
                if let Some(Open { kind: Kind::Definitions(all), .. }) = self.stack.last_mut()
                    && let Some(definition) = all.last_mut()
                {
                    definition.details.push(blocks);
                }
            }
            Kind::Table(mut table) => {
                let columns = table.alignments.len();
                table.header.resize_with(columns, Vec::new);
                table.rows.iter_mut().for_each(|row| row.resize_with(columns, Vec::new));
                self.put(Block::Table(table));
            }
            Kind::Row(cells) => {
                if let Some(Open { kind: Kind::Table(table), .. }) = self.stack.last_mut() {
                    if table.header.is_empty() {
                        table.header = cells;
                    } else {
                        table.rows.push(cells);
                    }
                }
            }
            Kind::Cell => {
                if let Some(Open { kind: Kind::Row(cells), .. }) = self.stack.last_mut() {
                    cells.push(inlines);
                }
            }
            Kind::Code => {
                let code = plain(&inlines);
                self.put(Block::Code(code.strip_suffix('\n').unwrap_or(&code).to_owned()));
            }
            Kind::Html | Kind::Paragraph => {
                if let Some(block) = paragraph(inlines) {
                    self.put(block);
                }
            }
            Kind::Heading { level, id, classes } => match self.stack.last() {
                None => self.pieces.push(Piece::Heading { level, id, classes, text: inlines }),
                // A heading inside a list or a quotation does not divide the document.
                Some(_) => self.put(Block::Paragraph(vec![Inline::Strong(inlines)])),
            },
            Kind::Strong
            | Kind::Emphasis
            | Kind::Strike
            | Kind::Link(_)
            | Kind::Image(..)
            | Kind::FlatSpan => {
                self.inlines().append(&mut inlines);
            }
        }
    }

    fn finish(mut self, lang: Lang) -> Document {
        self.flush();
        let (mut title, classes, mut blocks) = nest(self.pieces);
        let footnotes = self.footnotes.order(&mut title, &mut blocks);
        let mut document = Document { lang, title, classes, blocks, footnotes };
        document.curl_quotes();
        document.mark_languages();
        document
    }
}
