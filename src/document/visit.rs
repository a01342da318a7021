//! Every run of text of a document, in the order in which it is read, and every figure.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Document, Inline, Section, plain};

impl Inline {
    /// The text that it marks.
    pub(super) fn content(&self) -> Option<&[Inline]> {
        match self {
            Self::Strong(content)
            | Self::Emphasis(content)
            | Self::Strike(content)
            | Self::Foreign { content, .. }
            | Self::Link { content, .. } => Some(content),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Strong(content)
            | Self::Emphasis(content)
            | Self::Strike(content)
            | Self::Foreign { content, .. }
            | Self::Link { content, .. } => Some(content),
            _ => None,
        }
    }
}

impl Document {
    /// Shows each run of text — title, headings, paragraphs, cells, terms, footnotes — to a visitor that may change it.
    pub(super) fn each_run(&mut self, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
        visit(&mut self.title);
        runs(&mut self.blocks, visit);
        for note in &mut self.footnotes {
            runs(note, visit);
        }
    }
}

/// Shows each run of text of some blocks to a visitor that may change it.
pub(super) fn runs(all: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in all {
        match block {
            Block::Section(section) => {
                visit(&mut section.heading);
                runs(&mut section.blocks, visit);
            }
            Block::Paragraph(text) => visit(text),
            Block::List(list) => list.items.iter_mut().for_each(|item| runs(&mut item.blocks, visit)),
            Block::Quote(quote) => runs(&mut quote.blocks, visit),
            Block::Table(table) => {
                let rows = table.rows.iter_mut().flatten();
                table.header.iter_mut().chain(rows).for_each(&mut *visit);
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    visit(&mut definition.term);
                    definition.details.iter_mut().for_each(|detail| runs(detail, visit));
                }
            }
            Block::Figure(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}

/// The notes that some blocks refer to, by their places in [`Document::footnotes`].
pub(crate) fn notes_in(blocks: &[Block]) -> BTreeSet<usize> {
    fn gather(text: &[Inline], found: &mut BTreeSet<usize>) {
        for inline in text {
            match inline {
                Inline::FootnoteRef(note) => drop(found.insert(*note)),
                other => gather(other.content().unwrap_or_default(), found),
            }
        }
    }
    let mut found = BTreeSet::new();
    runs(&mut blocks.to_vec(), &mut |text| gather(text, &mut found));
    found
}

impl Document {
    /// Its sections, each followed by those within it.
    pub fn sections(&self) -> Vec<&Section> {
        fn gather<'a>(blocks: &'a [Block], found: &mut Vec<&'a Section>) {
            for block in blocks {
                if let Block::Section(section) = block {
                    found.push(section);
                    gather(&section.blocks, found);
                }
            }
        }
        let mut found = Vec::new();
        gather(&self.blocks, &mut found);
        found
    }

    /// The targets of the figures that it shows, each with its alternative text.
    pub fn figures(&self) -> BTreeMap<&str, &str> {
        let mut found = BTreeMap::new();
        for blocks in std::iter::once(&self.blocks).chain(&self.footnotes) {
            shown(blocks, &mut found);
        }
        found
    }
}

fn shown<'a>(all: &'a [Block], found: &mut BTreeMap<&'a str, &'a str>) {
    for block in all {
        match block {
            Block::Figure(figure) => {
                found.insert(&figure.target, &figure.alt);
            }
            Block::Section(section) => shown(&section.blocks, found),
            Block::List(list) => list.items.iter().for_each(|item| shown(&item.blocks, found)),
            Block::Quote(quote) => shown(&quote.blocks, found),
            Block::Definitions(definitions) => {
                definitions.iter().flat_map(|it| &it.details).for_each(|detail| shown(detail, found));
            }
            Block::Paragraph(_) | Block::Table(_) | Block::Code(_) | Block::Rule => {}
        }
    }
}

impl Document {
    /// The words of its links, each with its target.
    pub(crate) fn links(&mut self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        self.each_run(&mut |run| {
            linked(run, &mut |target, content| {
                found.insert((plain(content), target.to_owned()));
            });
        });
        found
    }

    /// Shows the targets of its links behind their words, except of links that another text has, too.
    pub(crate) fn show_targets(&mut self, known: &BTreeSet<(String, String)>) {
        self.each_run(&mut |run| {
            linked(run, &mut |target, content| {
                let words = plain(content);
                if words != target && !known.contains(&(words, target.to_owned())) {
                    content.push(Inline::Text(format!(" <{target}>")));
                }
            });
        });
    }
}

fn linked(run: &mut [Inline], visit: &mut dyn FnMut(&str, &mut Vec<Inline>)) {
    for inline in run {
        match inline {
            Inline::Link { target, content } => visit(target, content),
            other => other.content_mut().into_iter().for_each(|content| linked(content, visit)),
        }
    }
}
