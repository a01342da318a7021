//! An XLS file before calamine reads it: how far apart its cells lie and how much their texts are together, for it lays all cells out that
//! lie between; and without what is not asked of it but would be worked on, the formulas and what the file says of its own size.

use super::Cell;
use super::book::MOST_SHEETS;
use super::compound::{self, number, number16};
use super::held::Held;

/// The most cells from the first to the last of each sheet, or so many times those that hold something.
const MOST_BETWEEN: usize = 2_000_000;
const BETWEEN: usize = 8;

/// The longest record that Excel writes, and how many may go on with one, at least.
const LONGEST: usize = 8_224;
const CONTINUED: usize = 1_000;

/// Kinds of records.
const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const PROTECTED: u16 = 0x002F;
const NAME: u16 = 0x0018;
const CONTINUE: u16 = 0x003C;
const SHEET: u16 = 0x0085;
const SEVERAL_NUMBERS: u16 = 0x00BD;
const JOINED: u16 = 0x00E5;
const TEXTS: u16 = 0x00FC;
const SHARED_TEXT: u16 = 0x00FD;
const SIZE: u16 = 0x0200;
const WORDS: u16 = 0x0207;
const BEGIN: u16 = 0x0809;
/// What nobody reads.
const NOTHING: u16 = 0xFFFF;

/// A record by its place, its kind and its length.
#[derive(Clone, Copy)]
struct Record {
    at: usize,
    kind: u16,
    length: usize,
}

/// The file as calamine is to have it. `Err` says what is wrong with it or too much of it.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let damaged = || "it is no workbook, or not all of it is there".to_owned();
    let mut stream = match compound::held(bytes).ok_or_else(damaged)? {
        compound::Held::Workbook(stream) => stream,
        compound::Held::Protected => return Err(protected()),
    };
    let mut held = Held::of(bytes.len());
    let (mut sheets, mut texts) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(record) = record(&stream, at)? {
        let body = record.body(&stream);
        match record.kind {
            END => break,
            PROTECTED if number16(body, 0) != Some(0) => return Err(protected()),
            SHEET => sheets.push(number(body, 0).map_or(0, |at| at as usize)),
            TEXTS => texts = lengths(&parts(&stream, record)).collect(),
            NAME => silence(&mut stream, record.at),
            _ => {}
        }
        at = record.next();
    }
    if sheets.len() > MOST_SHEETS {
        return Err(format!("it has more sheets than can be read, {MOST_SHEETS} of them"));
    }
    let (mut read, mut between, mut cells) = (0, 0_usize, 0);
    for start in sheets {
        if start >= stream.len() {
            return Err(damaged());
        }
        let mut extent = Extent::default();
        let end = sheet(&mut stream, start, &texts, &mut held, &mut extent)?;
        cells += extent.count;
        between = between.saturating_add(extent.between());
        if between > MOST_BETWEEN.max(cells.saturating_mul(BETWEEN)) {
            let last = extent.last;
            return Err(format!(
                "its cell {last} lies far from the first, with more than {MOST_BETWEEN} cells between; clear it, or save the workbook as .xlsx"
            ));
        }
        read += end.saturating_sub(start);
        if read > stream.len() {
            return Err("its sheets lie one over another, which no program writes".to_owned());
        }
    }
    compound::of(stream).ok_or_else(damaged)
}

fn protected() -> String {
    "a password protects it; save it without one".to_owned()
}

/// Goes through the records of a sheet, and tells where it ends.
fn sheet(
    stream: &mut [u8],
    start: usize,
    texts: &[usize],
    held: &mut Held,
    extent: &mut Extent,
) -> Result<usize, String> {
    let (mut at, mut depth, mut last) = (start, 0_usize, Cell { row: 0, column: 0 });
    while let Some(record) = record(stream, at)? {
        at = record.next();
        let body = record.body(stream);
        let place = || Some(Cell { row: number16(body, 0)?.into(), column: number16(body, 2)?.into() });
        // Charts within a sheet have records of their own.
        match record.kind {
            BEGIN => depth += 1,
            END if depth < 2 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            SIZE => silence(stream, record.at),
            JOINED if number16(body, 0).is_none_or(|count| 2 + 8 * usize::from(count) > record.length) => {
                silence(stream, record.at);
            }
            FORMULA => {
                last = place().unwrap_or(last);
                extent.add(last, last);
                held.add(last, 0)?;
                // Its value is read, and not how it is worked out.
                if let Some(length) =
                    stream.get_mut(record.at + 24..record.at + 26).filter(|_| record.length > 21)
                {
                    length.fill(0);
                }
            }
            WORDS => held.words(last, record.length, 1)?,
            SHARED_TEXT | 0x0203..=0x0205 | 0x00D6 | 0x027E => {
                let Some(place) = place() else { continue };
                let shared = || texts.get(number(body, 6)? as usize).copied();
                let length = match record.kind {
                    SHARED_TEXT => shared().unwrap_or_default(),
                    0x0204 | 0x00D6 => record.length,
                    _ => 0,
                };
                extent.add(place, place);
                held.add(place, length)?;
            }
            SEVERAL_NUMBERS => {
                let Some(first) = place() else { continue };
                let last = number16(body, body.len().saturating_sub(2)).map_or(first.column, usize::from);
                extent.add(first, Cell { column: last.max(first.column), ..first });
                held.repeated(first, 0, record.length / 6)?;
            }
            _ => {}
        }
    }
    Ok(at)
}

/// From where to where the cells of a sheet reach, and how many hold something.
struct Extent {
    first: Cell,
    last: Cell,
    count: usize,
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            first: Cell { row: usize::MAX, column: usize::MAX },
            last: Cell { row: 0, column: 0 },
            count: 0,
        }
    }
}

impl Extent {
    fn add(&mut self, first: Cell, last: Cell) {
        self.count += last.column - first.column + 1;
        self.first = Cell { row: self.first.row.min(first.row), column: self.first.column.min(first.column) };
        self.last = Cell { row: self.last.row.max(last.row), column: self.last.column.max(last.column) };
    }

    /// How many cells are laid out.
    fn between(&self) -> usize {
        match self.count {
            0 => 0,
            _ => (self.last.row - self.first.row + 1) * (self.last.column - self.first.column + 1),
        }
    }
}

impl Record {
    fn body<'s>(&self, stream: &'s [u8]) -> &'s [u8] {
        stream.get(self.at + 4..self.next()).unwrap_or_default()
    }

    fn next(&self) -> usize {
        self.at + 4 + self.length
    }
}

/// The record at a place; `None` where no more follows.
fn record(stream: &[u8], at: usize) -> Result<Option<Record>, String> {
    let Some((kind, length)) = number16(stream, at).zip(number16(stream, at + 2)) else { return Ok(None) };
    let length = usize::from(length);
    if length > LONGEST {
        return Err("it has records that are longer than any program writes".to_owned());
    }
    let record = Record { at, kind, length };
    let is_last = kind == CONTINUE || number16(stream, record.next()) != Some(CONTINUE);
    if !is_last && !ends_soon(stream, record) {
        return Err("it has a record in more parts than any program writes".to_owned());
    }
    Ok(Some(record))
}

/// Whether what goes on with a record ends before there is too much of it.
fn ends_soon(stream: &[u8], record: Record) -> bool {
    parts(stream, record).len() <= CONTINUED + stream.len() / 1_024
}

/// What a record holds, with what goes on with it.
fn parts(stream: &[u8], record: Record) -> Vec<&[u8]> {
    let mut parts = vec![record.body(stream)];
    let mut at = record.next();
    while number16(stream, at) == Some(CONTINUE)
        && let Some(length) = number16(stream, at + 2)
    {
        let more = Record { at, kind: CONTINUE, length: length.into() };
        parts.push(more.body(stream));
        at = more.next();
    }
    parts
}

fn silence(stream: &mut [u8], at: usize) {
    if let Some(kind) = stream.get_mut(at..at + 2) {
        kind.copy_from_slice(&NOTHING.to_le_bytes());
    }
}

/// The lengths of the texts that cells share, in bytes; it ends where the list does not hold what it should.
fn lengths<'s>(parts: &'s [&'s [u8]]) -> impl Iterator<Item = usize> + 's {
    let mut rest = Rest { parts, here: parts.first().and_then(|part| part.get(8..)).unwrap_or_default() };
    std::iter::from_fn(move || {
        if rest.here.is_empty() {
            rest.turn()?;
        }
        if rest.here.is_empty() {
            return Some(0);
        }
        let (mut left, flags) = (usize::from(number16(rest.here, 0)?), *rest.here.get(2)?);
        rest.take(3)?;
        let mut skipped = 0;
        if flags & 8 != 0 {
            skipped += usize::from(number16(rest.here, 0)?) * 4;
            rest.take(2)?;
        }
        if flags & 4 != 0 {
            skipped += number(rest.here, 0)? as usize;
            rest.take(4)?;
        }
        let (mut is_wide, mut length) = (flags & 1 != 0, 0);
        while left > 0 {
            let each = if is_wide { 2 } else { 1 };
            let count = left.min(rest.here.len() / each);
            rest.take(count * each)?;
            length += count * if each == 2 { 3 } else { 1 };
            left -= count;
            if left > 0 {
                rest.turn()?;
                is_wide = *rest.here.first()? & 1 != 0;
                rest.take(1)?;
            }
        }
        while skipped > 0 {
            if rest.here.is_empty() {
                rest.turn()?;
            }
            let count = skipped.min(rest.here.len());
            rest.take(count)?;
            skipped -= count;
        }
        Some(length)
    })
}

/// What is left of a record in parts.
struct Rest<'s> {
    parts: &'s [&'s [u8]],
    here: &'s [u8],
}

impl Rest<'_> {
    fn take(&mut self, count: usize) -> Option<()> {
        self.here = self.here.get(count..)?;
        Some(())
    }

    fn turn(&mut self) -> Option<()> {
        self.parts = self.parts.get(1..)?;
        self.here = self.parts.first()?;
        Some(())
    }
}
