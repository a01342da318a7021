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

impl Document {
    /// What a reader would call a passage, each on one line: a heading, a paragraph, an item with its marker, a row of a table.
    pub fn passages(&self) -> Vec<String> {
        let mut found = vec![self.plain_title()];
        passages(&mut found, &self.blocks);
        for (number, footnote) in (1..).zip(&self.footnotes) {
            let from = found.len();
            passages(&mut found, footnote);
            mark(&mut found, from, &format!("※{number} "));
        }
        found.retain(|passage| !passage.trim().is_empty());
        found
    }
}

fn passages(found: &mut Vec<String>, all: &[Block]) {
    for block in all {
        match block {
            Block::Section(section) => {
                found.push(plain(&section.heading));
                passages(found, &section.blocks);
            }
            Block::List(list) => {
                for (number, item) in (list.start.unwrap_or_default()..).zip(&list.items) {
                    let from = found.len();
                    passages(found, &item.blocks);
                    let marker = match (&item.marker, list.start) {
                        (Some(marker), _) if marker == "・" => marker.clone(),
                        (Some(marker), _) => format!("{marker} "),
                        (None, Some(_)) => format!("{number}. "),
                        (None, None) => "・".to_owned(),
                    };
                    mark(found, from, &marker);
                }
            }
            Block::Quote(quote) => passages(found, &quote.blocks),
            Block::Table(table) => {
                let row = |cells: &Vec<Vec<Inline>>| {
                    let cells = cells.iter().map(|cell| plain(cell)).filter(|cell| !cell.is_empty());
                    cells.collect::<Vec<_>>().join(" / ")
                };
                found.extend(std::iter::once(&table.header).chain(&table.rows).map(row));
            }
            Block::Figure(figure) => found.push(figure.caption.as_ref().unwrap_or(&figure.alt).clone()),
            Block::Code(code) => found.extend(code.lines().map(str::to_owned)),
            Block::Definitions(_) | Block::Paragraph(_) | Block::Rule => {
                blocks(found, std::slice::from_ref(block))
            }
        }
    }
}

/// Puts a marker before the first passage from a place on.
fn mark(found: &mut [String], from: usize, marker: &str) {
    if let Some(first) = found.get_mut(from) {
        first.insert_str(0, marker);
    }
}

fn blocks(lines: &mut Vec<String>, all: &[Block]) {
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
