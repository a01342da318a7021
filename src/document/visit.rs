//! Every run of text of a document, in the order in which it is read.

use super::{Block, Document, Inline};

impl Document {
    /// Shows each run of text — title, headings, paragraphs, cells, terms, footnotes — to a visitor that may change it.
    pub(super) fn each_run(&mut self, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
        visit(&mut self.title);
        blocks(&mut self.blocks, visit);
        for note in &mut self.footnotes {
            blocks(note, visit);
        }
    }
}

fn blocks(all: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in all {
        match block {
            Block::Section(section) => {
                visit(&mut section.heading);
                blocks(&mut section.blocks, visit);
            }
            Block::Paragraph(text) => visit(text),
            Block::List(list) => {
                for item in &mut list.items {
                    blocks(&mut item.blocks, visit);
                }
            }
            Block::Quote(quote) => blocks(&mut quote.blocks, visit),
            Block::Table(table) => {
                let rows = table.rows.iter_mut().flatten();
                table.header.iter_mut().chain(rows).for_each(&mut *visit);
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    visit(&mut definition.term);
                    for detail in &mut definition.details {
                        blocks(detail, visit);
                    }
                }
            }
            Block::Figure(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}
