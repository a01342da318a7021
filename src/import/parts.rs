//! The parts of an XLSX file, as far as its reader does not tell of them: whether they are as large as they say, rows and columns that are
//! not shown, formulas, comments, text boxes and pictures. The only module that knows ZIP; XML is known to `open`, too.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Cell;
use super::book::{MOST_COLUMNS, MOST_ROWS};
use super::held;
use super::open::Open;
use crate::limits;
use crate::read::on_one_line;

/// The parts of one workbook.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// What a sheet's part says beside the values of its cells.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) hidden_rows: BTreeSet<usize>,
    pub(super) hidden_columns: Vec<usize>,
    /// The formulas by their cells; `None` where another cell's is shared. The flag says whether there is a value.
    pub(super) formulas: BTreeMap<Cell, (String, bool)>,
    /// Comments with their cells, and texts and pictures that lie on the sheet.
    pub(super) things: Vec<(Option<Cell>, String)>,
    /// Whether it names a row or a column that no spreadsheet has.
    pub(super) is_beyond: bool,
}

/// The most bytes that a part may unfold to.
const MOST_BYTES: u64 = limits::UNFOLDED.2;
/// The deepest that elements of a part may be within one another.
const MOST_DEPTH: usize = 64;

impl<'a> Parts<'a> {
    /// Opens an archive and unfolds each part once, to see that it ends. `Err` says what is wrong; `None` that it is no archive.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Result<Self, String>> {
        bytes.starts_with(b"PK").then(|| {
            let archive = ZipArchive::new(Cursor::new(bytes))
                .map_err(|_| "it is damaged, or not all of it is there".to_owned())?;
            let mut parts = Self { archive };
            let (least, times, most) = limits::UNFOLDED;
            parts.measure((bytes.len() as u64 * times).clamp(least, most))?;
            Ok(parts)
        })
    }

    fn measure(&mut self, most: u64) -> Result<(), String> {
        let too_much = || {
            let most = most >> 20;
            format!("it unfolds to more than {most} MiB; copy what is meant into a new workbook")
        };
        if self.archive.decompressed_size().is_some_and(|size| size > u128::from(most)) {
            return Err(too_much());
        }
        let mut left = most;
        for at in 0..self.archive.len() {
            let part = self.archive.by_index(at).map_err(|error| format!("it is damaged: {error}"))?;
            let name = part.name().map_err(|error| format!("it is damaged: {error}"))?.into_owned();
            let unfolded = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
                .map_err(|error| format!("its part `{name}` is damaged: {error}"))?;
            left = left.checked_sub(unfolded).ok_or_else(too_much)?;
            let lower = name.to_lowercase();
            if lower.ends_with(".xml") {
                self.sound(&name)?;
            }
            if lower.ends_with("sharedstrings.xml") || lower.ends_with("styles.xml") {
                let part = self.archive.by_index(at).map_err(|error| format!("it is damaged: {error}"))?;
                held::bounded(part, &lower, unfolded)?;
            }
        }
        Ok(())
    }

    /// Refuses a part that declares entities of its own.
    fn sound(&mut self, name: &str) -> Result<(), String> {
        let text = self.text(name, 1024).unwrap_or_default();
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err(format!("its part `{name}` declares entities, which no spreadsheet does"));
        }
        Ok(())
    }

    fn text(&mut self, name: &str, most: u64) -> Option<String> {
        let part = self.archive.by_name(name).ok()?;
        let mut bytes = Vec::new();
        part.take(most).read_to_end(&mut bytes).ok()?;
        let damaged =
            |error: std::string::FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
        Some(String::from_utf8(bytes).unwrap_or_else(damaged))
    }

    /// Whether it is a spreadsheet of OpenDocument.
    pub(super) fn is_open_document(&mut self) -> bool {
        self.archive.by_name("content.xml").is_ok()
    }

    /// What a spreadsheet of OpenDocument says beside the values of its cells.
    pub(super) fn open_document(&mut self, size: usize) -> Result<Open, String> {
        let mut text = |name| self.text(name, MOST_BYTES).unwrap_or_default();
        Open::read(&text("styles.xml"), &text("content.xml"), size)
    }

    /// What the part of a sheet says beside its values. Sheets are told by their names.
    pub(super) fn beside(&mut self, sheet: &str) -> Beside {
        let Some(path) = self.path_of(sheet) else { return Beside::default() };
        let mut beside = self.text(&path, MOST_BYTES).map(|text| of_sheet(&text)).unwrap_or_default();
        for (kind, target) in self.relations(&path).into_values() {
            let text = self.text(&target, MOST_BYTES).unwrap_or_default();
            match kind.as_str() {
                "comments" => beside.things.extend(comments(&text)),
                "drawing" => beside.things.extend(drawings(&text)),
                _ => {}
            }
        }
        beside
    }

    fn path_of(&mut self, sheet: &str) -> Option<String> {
        let workbook = self.text("xl/workbook.xml", MOST_BYTES)?;
        let mut id = None;
        walk(&workbook, |event, _| {
            if let Event::Start(element) | Event::Empty(element) = event
                && element.local_name().as_ref() == "sheet"
                && attribute(element, "name").as_deref() == Some(sheet)
            {
                id = attribute(element, "r:id");
            }
        });
        self.relations("xl/workbook.xml").remove(&id?).map(|(_, target)| target)
    }

    /// What a part refers to: by the id of each reference, the last word of its kind and its path.
    fn relations(&mut self, path: &str) -> BTreeMap<String, (String, String)> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let text = self.text(&format!("{folder}/_rels/{name}.rels"), MOST_BYTES).unwrap_or_default();
        let mut found = BTreeMap::new();
        walk(&text, |event, _| {
            if let Event::Start(element) | Event::Empty(element) = event
                && let (Some(id), Some(kind), Some(target)) =
                    (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => joined(folder, &target),
                };
                found.insert(id, (kind, target));
            }
        });
        found
    }
}

fn joined(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

/// Goes through a text of XML, with the names of the elements that are open, as far as it is well formed; tells whether all of it is.
pub(super) fn walk(text: &str, mut see: impl FnMut(&Event<'_>, &[String])) -> bool {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::Eof => return open.is_empty(),
            Event::End(_) => {
                open.pop();
            }
            _ => {}
        }
        see(&event, &open);
        if let Event::Start(element) = &event {
            open.push(element.local_name().as_ref().to_owned());
            if open.len() > MOST_DEPTH {
                return false;
            }
        }
    }
    false
}

pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn of_sheet(text: &str) -> Beside {
    let mut beside = Beside::default();
    let mut row = 0_usize;
    let mut at = None;
    let mut formula: Option<(String, bool)> = None;
    walk(text, |event, open| match event {
        Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
            "row" => {
                let is_hidden = attribute(element, "hidden").is_some_and(|value| is_true(&value));
                row = attribute(element, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                if is_hidden {
                    beside.hidden_rows.insert(row.saturating_sub(1));
                }
            }
            "col" if attribute(element, "hidden").is_some_and(|value| is_true(&value)) => {
                let number = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok());
                if let (Some(from), Some(to)) = (number("min"), number("max")) {
                    // They are named in their order, each once.
                    let first = beside.hidden_columns.last().map_or(0, |last| last + 1);
                    let from = from.saturating_sub(1).max(first);
                    beside.hidden_columns.extend(from..to.min(MOST_COLUMNS));
                }
            }
            "c" => {
                let named = attribute(element, "r");
                at = named.as_deref().and_then(cell);
                beside.is_beyond |= named.is_some() && !at.is_some_and(is_there);
            }
            "dimension" => {
                let named = attribute(element, "ref").unwrap_or_default();
                beside.is_beyond |= !named.split(':').all(|end| cell(end).is_some_and(is_there));
            }
            "f" => formula = Some((String::new(), false)),
            "v" => {
                if let (Some((_, has_value)), Event::Start(_)) = (&mut formula, event) {
                    *has_value = true;
                }
            }
            _ => {}
        },
        Event::Text(part) if open.last().is_some_and(|name| name == "f") => {
            if let Some((text, _)) = &mut formula {
                text.push_str(part.as_ref());
            }
        }
        // `>` and quotation marks.
        Event::GeneralRef(part) if open.last().is_some_and(|name| name == "f") => {
            if let Some((text, _)) = &mut formula {
                text.extend(part.resolve_char_ref().ok().flatten());
                text.push_str(
                    quick_xml::escape::resolve_predefined_entity(part.as_ref()).unwrap_or_default(),
                );
            }
        }
        Event::End(element) if element.local_name().as_ref() == "c" => {
            if let (Some(formula), Some(at)) = (formula.take(), at.take()) {
                beside.formulas.insert(at, formula);
            }
        }
        _ => {}
    });
    beside
}

/// Whether a spreadsheet has such a cell.
fn is_there(at: Cell) -> bool {
    at.row < MOST_ROWS && at.column < MOST_COLUMNS
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// A cell of an address, `E10` or `$E$10`.
pub(super) fn cell(address: &str) -> Option<Cell> {
    let plain = address.replace('$', "");
    let digits = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = plain.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, byte| column * 26 + usize::from(byte.saturating_sub(b'A')) + 1);
    let row: usize = number.parse().ok()?;
    Some(Cell { row: row.checked_sub(1)?, column: column.checked_sub(1)? })
}

fn comments(text: &str) -> Vec<(Option<Cell>, String)> {
    let mut found: Vec<(Option<Cell>, String)> = Vec::new();
    walk(text, |event, open| match event {
        Event::Start(element) if element.local_name().as_ref() == "comment" => {
            found.push((attribute(element, "ref").as_deref().and_then(cell), String::new()));
        }
        Event::Text(part) if open.last().is_some_and(|name| name == "t") => append(&mut found, part.as_ref()),
        _ => {}
    });
    found.into_iter().map(|(cell, text)| (cell, comment(&text))).collect()
}

/// A remark on a cell, which programs begin with who wrote it on a line of its own.
pub(super) fn comment(text: &str) -> String {
    format!("comment `{}`", on_one_line(text))
}

/// Adds to the text of what was found last.
fn append(found: &mut [(Option<Cell>, String)], part: &str) {
    if let Some((_, text)) = found.last_mut() {
        text.push_str(part);
    }
}

fn drawings(text: &str) -> Vec<(Option<Cell>, String)> {
    let mut found: Vec<(Option<Cell>, String)> = Vec::new();
    walk(text, |event, open| match event {
        Event::Start(element) => match element.local_name().as_ref() {
            "sp" => found.push((None, String::new())),
            "pic" => found.push((None, "picture".to_owned())),
            "graphicFrame" => found.push((None, "chart".to_owned())),
            _ => {}
        },
        Event::Text(part) if open.last().is_some_and(|name| name == "t") => append(&mut found, part.as_ref()),
        _ => {}
    });
    let named = |text: String| match text.as_str() {
        "picture" | "chart" => text,
        "" => "shape".to_owned(),
        _ => format!("text box `{}`", on_one_line(&text)),
    };
    found.into_iter().map(|(cell, text)| (cell, named(text))).collect()
}
