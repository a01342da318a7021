//! A document without its dress: what a reader would hear read out, for titles, file metadata and comparisons.

use super::{Block, Document, Inline, List};

/// The text of a run of inlines; forced breaks become spaces, references to footnotes vanish.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    inline(&mut out, inlines);
    out
}

fn inline(out: &mut String, inlines: &[Inline]) {
    for each in inlines {
        match each {
            Inline::Text(text) | Inline::Code(text) | Inline::Abbreviation { short: text, .. } => {
                out.push_str(text);
            }
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::Break => out.push(' '),
            other => other.content().into_iter().for_each(|content| inline(out, content)),
        }
    }
}

impl Document {
    /// The title as plain text.
    pub fn plain_title(&self) -> String {
        plain(&self.title)
    }

    /// Every visible text in reading order, one line a paragraph, cell or heading. Figures give their caption.
    pub fn plain(&self) -> String {
        let mut lines = vec![self.plain_title()];
        blocks(&mut lines, &self.blocks);
        for footnote in &self.footnotes {
            blocks(&mut lines, footnote);
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

/// Every visible text of some blocks, one line a paragraph, cell or heading.
pub(crate) fn plain_blocks(all: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    blocks(&mut lines, all);
    lines
}

pub(super) fn blocks(lines: &mut Vec<String>, all: &[Block]) {
    for block in all {
        match block {
            Block::Section(section) => {
                lines.push(plain(&section.heading));
                blocks(lines, &section.blocks);
            }
            Block::Paragraph(text) => lines.push(plain(text)),
            Block::List(list) => items(lines, list),
            Block::Quote(quote) => blocks(lines, &quote.blocks),
            Block::Table(table) => {
                lines.extend(table.header.iter().map(|cell| plain(cell)));
                lines.extend(table.rows.iter().flatten().map(|cell| plain(cell)));
            }
            Block::Figure(figure) => lines.extend(figure.caption.clone()),
            Block::Code(code) => lines.push(code.clone()),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    lines.push(plain(&definition.term));
                    for detail in &definition.details {
                        blocks(lines, detail);
                    }
                }
            }
            Block::Rule => {}
        }
    }
}

fn items(lines: &mut Vec<String>, list: &List) {
    for item in &list.items {
        lines.extend(item.marker.clone());
        blocks(lines, &item.blocks);
    }
}
