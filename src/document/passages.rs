//! A text as the passages by which it is compared with another one.

use std::sync::Arc;

use super::plain::blocks;
use super::{Alignment, Block, Document, Inline, plain};

/// What a reader would call a passage: a heading, a paragraph, an item, a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The mark that the author wrote before it, with what stands between: `✓ `, `・`, `① `.
    pub marker: String,
    /// Its words on one line; those of a row with strokes between its cells.
    pub text: String,
    /// What it is.
    pub form: Form,
}

/// What a passage is in its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A paragraph or a heading, within so many lists.
    Text(usize),
    /// What an item begins with.
    Item {
        /// How many lists its own one is within.
        level: usize,
        /// Its number where the list counts.
        number: Option<u64>,
    },
    /// A row of a table.
    Row {
        table: Arc<Shape>,
        cells: Vec<String>,
        /// Whether it heads the table.
        is_head: bool,
    },
}

/// What all rows of a table have in common.
#[derive(Debug, PartialEq)]
pub struct Shape {
    /// How many tables of the text stand before it.
    pub number: usize,
    pub header: Vec<String>,
    pub alignments: Vec<Alignment>,
}

impl Piece {
    /// A paragraph that stands in no list.
    pub fn line(text: &str) -> Self {
        Self { marker: String::new(), text: text.to_owned(), form: Form::Text(0) }
    }

    /// Its mark and its words.
    pub fn marked(&self) -> String {
        format!("{}{}", self.marker, self.text)
    }

    /// Whether another passage may be of the same list or table.
    pub fn goes_on(&self, next: &Self) -> bool {
        match (&self.form, &next.form) {
            (Form::Row { table, .. }, Form::Row { table: other, .. }) => table.number == other.number,
            _ => self.is_in_list() && next.is_in_list(),
        }
    }

    /// Whether it is an item, or stands within one.
    pub fn is_in_list(&self) -> bool {
        matches!(self.form, Form::Item { .. } | Form::Text(1..))
    }
}

impl Document {
    /// Its passages in reading order.
    pub fn passages(&self) -> Vec<Piece> {
        let mut found = Found { pieces: vec![Piece::line(&self.plain_title())], tables: 0 };
        found.blocks(&self.blocks, 0);
        for (number, footnote) in (1..).zip(&self.footnotes) {
            let from = found.pieces.len();
            found.blocks(footnote, 0);
            if let Some(first) = found.pieces.get_mut(from) {
                first.text.insert_str(0, &format!("※{number} "));
            }
        }
        found.pieces.retain(|piece| !piece.text.trim().is_empty());
        found.pieces
    }
}

struct Found {
    pieces: Vec<Piece>,
    tables: usize,
}

impl Found {
    fn say(&mut self, text: String, level: usize) {
        self.pieces.push(Piece { form: Form::Text(level), ..Piece::line(&text) });
    }

    fn blocks(&mut self, all: &[Block], level: usize) {
        for block in all {
            match block {
                Block::Section(section) => {
                    self.say(plain(&section.heading), level);
                    self.blocks(&section.blocks, level);
                }
                Block::List(list) => {
                    for (count, item) in list.items.iter().enumerate() {
                        let from = self.pieces.len();
                        self.blocks(&item.blocks, level + 1);
                        let Some(first) = self.pieces.get_mut(from) else { continue };
                        if matches!(first.form, Form::Text(_)) {
                            let number = list.start.map(|start| start.saturating_add(count as u64));
                            first.form = Form::Item { level, number };
                        }
                        first.marker = match &item.marker {
                            Some(marker) if marker == "・" => marker.clone(),
                            Some(marker) => format!("{marker} "),
                            None => String::new(),
                        };
                    }
                }
                Block::Quote(quote) => self.blocks(&quote.blocks, level),
                Block::Table(table) => {
                    let cells = |row: &Vec<Vec<Inline>>| -> Vec<String> {
                        row.iter().map(|cell| plain(cell)).collect()
                    };
                    let shape = Arc::new(Shape {
                        number: self.tables,
                        header: cells(&table.header),
                        alignments: table.alignments.clone(),
                    });
                    self.tables += 1;
                    for (at, row) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
                        let cells = cells(row);
                        let said: Vec<&str> =
                            cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                        let text = said.join(" / ");
                        let form = Form::Row { table: Arc::clone(&shape), cells, is_head: at == 0 };
                        self.pieces.push(Piece { marker: String::new(), text, form });
                    }
                }
                Block::Figure(figure) => {
                    self.say(figure.caption.as_ref().unwrap_or(&figure.alt).clone(), level);
                }
                Block::Code(code) => code.lines().for_each(|line| self.say(line.to_owned(), level)),
                Block::Definitions(_) | Block::Paragraph(_) | Block::Rule => {
                    let mut lines = Vec::new();
                    blocks(&mut lines, std::slice::from_ref(block));
                    lines.into_iter().for_each(|line| self.say(line, level));
                }
            }
        }
    }
}
