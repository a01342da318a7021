//! How much the cells of a file hold, counted while they are read: a file of a kilobyte can say one text a million times.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Cell;
use super::parts::attribute;
use crate::limits;

/// The bytes that a shared text takes at least, `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// What has been read of a file so far.
pub(super) struct Held {
    cells: usize,
    most_cells: usize,
    text: usize,
    most_text: usize,
}

impl Held {
    /// What a file of so many bytes may hold: a cell takes two at least, unless it only repeats others.
    pub(super) fn of(size: usize) -> Self {
        Self {
            cells: 0,
            most_cells: limits::FILLED.max(size / 2),
            text: 0,
            most_text: limits::CELLS_TEXT.max(size),
        }
    }

    /// Counts a cell with a text of so many bytes, before it is kept. `Err` says what is too much.
    pub(super) fn add(&mut self, at: Cell, text: usize) -> Result<(), String> {
        self.repeated(at, text, 1)
    }

    /// Counts a cell that stands for many.
    pub(super) fn repeated(&mut self, at: Cell, text: usize, times: usize) -> Result<(), String> {
        self.cells = self.cells.saturating_add(times);
        self.words(at, text, times)
    }

    /// Counts the words of a cell that was counted, and stands for many.
    pub(super) fn words(&mut self, at: Cell, text: usize, times: usize) -> Result<(), String> {
        self.text = self.text.saturating_add(text.saturating_mul(times));
        self.fits(at, text)
    }

    /// Whether all that was counted is little enough, and a cell with so long a text is.
    pub(super) fn fits(&self, at: Cell, text: usize) -> Result<(), String> {
        if text > limits::VALUE {
            return Err(format!(
                "its cell {at} holds more than {} kB; shorten it, no value of a budget may be so long",
                limits::VALUE >> 10
            ));
        }
        if self.cells > self.most_cells {
            return Err(format!(
                "more than {} of its cells hold something, which is more than a file of its size tells apart; copy what is meant into a new workbook",
                self.most_cells
            ));
        }
        if self.text > self.most_text {
            return Err(format!(
                "the texts of its cells are longer than {} MB together; copy what is meant into a new workbook",
                self.most_text >> 20
            ));
        }
        Ok(())
    }
}

/// Refuses a part that says that it holds more texts than it has room for, or that describes more styles than any program.
pub(super) fn bounded(part: impl Read, name: &str, size: u64) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut elements) = (Vec::new(), 0);
    // What is not well formed is told by who reads it.
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                elements += 1;
                let said = attribute(&element, "uniqueCount").and_then(|said| said.parse::<u64>().ok());
                if said.is_some_and(|said| said > size / SHORTEST_TEXT) {
                    return Err(format!(
                        "its part `{name}` says that it holds more texts than it has room for"
                    ));
                }
                if elements > limits::STYLES && name.ends_with("styles.xml") {
                    return Err(format!(
                        "its part `{name}` describes more styles than any program has; copy what is meant into a new workbook"
                    ));
                }
            }
            _ => {}
        }
        buffer.clear();
    }
    Ok(())
}
