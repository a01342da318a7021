//! One side of texts that are compared, as lines of Markdown: paragraphs, lists, tables.

use serde::Serialize;

use crate::diff::redline::{Fate, Passage, Segment, columns, redline};
use crate::document::{Alignment, Form, Piece, Shape, guarded};

/// A line of Markdown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedlineLine {
    /// What stands before its text: the sign of an item, the border of a table.
    pub lead: String,
    /// Its text, in as many pieces as a row has cells; none in a line that is nothing but signs.
    pub cells: Vec<Vec<Stretch>>,
    /// What stands behind it.
    pub tail: &'static str,
}

impl RedlineLine {
    /// Whether it shows words of its text.
    pub(super) fn says(&self) -> bool {
        self.cells.iter().flatten().any(|stretch| !stretch.muted)
    }
}

/// A stretch of a passage.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    pub text: String,
    /// Whether it is only on this side.
    pub marked: bool,
    /// Whether it stands for words that are left out or not there.
    pub muted: bool,
}

impl Stretch {
    fn new(text: &str, marked: bool) -> Self {
        let text = if marked { guarded(text) } else { text.to_owned() };
        Self { text, marked, muted: false }
    }
}

/// A passage of one side, or what stands for some: where it stands, and its words, cell by cell.
pub(super) struct Entry<'p> {
    piece: Option<&'p Piece>,
    /// The level of an item that stands for others.
    form: Option<Form>,
    cells: Vec<Vec<Stretch>>,
}

impl<'p> Entry<'p> {
    /// Words that are none of the text's.
    pub(super) fn muted(text: &str) -> Self {
        let stretch = Stretch { text: text.to_owned(), marked: false, muted: true };
        Self { piece: None, form: None, cells: vec![vec![stretch]] }
    }

    /// Words that stand for passages from one on. An item without its number would let the list count wrong.
    pub(super) fn left_out(piece: &'p Piece, text: &str) -> Self {
        let muted = Self::muted(text);
        match &piece.form {
            Form::Row { cells, .. } => {
                let mut all = muted.cells;
                all.resize_with(cells.len(), Vec::new);
                Self { piece: Some(piece), cells: all, ..muted }
            }
            Form::Item { level, number: None } => {
                Self { form: Some(Form::Item { level: *level, number: None }), ..muted }
            }
            Form::Item { level, .. } | Form::Text(level) => Self { form: Some(Form::Text(*level)), ..muted },
        }
    }

    /// A passage without marks.
    pub(super) fn plain(piece: &'p Piece) -> Self {
        let cells = match &piece.form {
            Form::Row { cells, .. } => cells.iter().map(|cell| vec![Stretch::new(cell, false)]).collect(),
            _ => vec![vec![Stretch::new(&piece.marked(), false)]],
        };
        Self { piece: Some(piece), form: None, cells }
    }

    /// A passage with what only this side has marked.
    pub(super) fn changed(passage: &Passage, piece: &'p Piece, is_new: bool) -> Self {
        let without = if is_new { Fate::Removed } else { Fate::Added };
        let other = if is_new { &passage.old } else { &passage.new };
        let cells = match (&piece.form, other.as_ref().map(|other| &other.form)) {
            (Form::Row { table, cells, .. }, other) => {
                let nothing = (Vec::new(), Vec::new());
                let (heads, others) = match other {
                    Some(Form::Row { table, cells, .. }) => (&table.header, cells),
                    _ => (&nothing.0, &nothing.1),
                };
                beside((&table.header, cells), (heads, others), is_new)
            }
            _ => vec![stretches(&passage.segments, without)],
        };
        let mut entry = Self { piece: Some(piece), form: None, cells };
        let own = piece.marker.as_str();
        let is_other = other.as_ref().is_some_and(|other| other.marker != own);
        if let Some(first) = entry.cells.first_mut().filter(|_| !own.is_empty()) {
            let after = own.trim_end();
            let gap = own.get(after.len()..).unwrap_or_default();
            match (is_other, first.first_mut()) {
                (false, Some(text)) if !text.marked => text.text.insert_str(0, own),
                (false, _) => first.insert(0, Stretch::new(own, false)),
                (true, _) => drop(first.splice(0..0, [Stretch::new(after, true), Stretch::new(gap, false)])),
            }
        }
        entry
    }

    fn form(&self) -> Form {
        let own = self.piece.map(|piece| &piece.form);
        self.form.as_ref().or(own).cloned().unwrap_or(Form::Text(0))
    }
}

/// The cells of a row beside those of the row that it was or became: by what heads them.
fn beside(
    (heads, cells): (&[String], &[String]),
    (other_heads, others): (&[String], &[String]),
    is_new: bool,
) -> Vec<Vec<Stretch>> {
    let counterparts = columns(heads, other_heads);
    let marked = cells.iter().enumerate().map(|(at, cell)| {
        let other = counterparts.iter().find(|(own, _)| *own == Some(at)).and_then(|(_, other)| *other);
        let other = other.and_then(|other| others.get(other)).map_or("", String::as_str);
        match is_new {
            true => stretches(&redline(other, cell), Fate::Removed),
            false => stretches(&redline(cell, other), Fate::Added),
        }
    });
    marked.collect()
}

/// One side of a passage. Blanks at the ends of marked words stand outside the marks.
fn stretches(segments: &[Segment], without: Fate) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut add = |text: &str, marked: bool| {
        if text.is_empty() {
            return;
        }
        let stretch = Stretch::new(text, marked);
        match stretches.last_mut() {
            Some(last) if last.marked == marked => last.text.push_str(&stretch.text),
            _ => stretches.push(stretch),
        }
    };
    for segment in segments.iter().filter(|segment| segment.fate != without) {
        if segment.fate == Fate::Kept || segment.text.trim().is_empty() {
            add(&segment.text, false);
            continue;
        }
        let word = segment.text.trim();
        let start = segment.text.find(word).unwrap_or_default();
        add(segment.text.get(..start).unwrap_or_default(), false);
        add(word, true);
        add(segment.text.get(start + word.len()..).unwrap_or_default(), false);
    }
    stretches
}

/// A list that is open: how far in its items' texts stand, its last number, and what stands behind numbers.
struct List {
    width: usize,
    number: Option<u64>,
    dot: char,
}

/// Passages as Markdown.
pub(super) fn lines(entries: &[Entry<'_>]) -> Vec<RedlineLine> {
    let mut lines: Vec<RedlineLine> = Vec::new();
    let mut open: Vec<List> = Vec::new();
    let mut table: Option<usize> = None;
    let apart = |lines: &mut Vec<RedlineLine>| {
        if !lines.is_empty() {
            lines.push(RedlineLine::default());
        }
    };
    for entry in entries {
        let cells = entry.cells.clone();
        match entry.form() {
            Form::Row { table: shape, is_head, .. } => {
                if table != Some(shape.number) {
                    open.clear();
                    let header = shape.header.iter().map(|cell| vec![Stretch::new(cell, false)]);
                    let header = if is_head { cells.clone() } else { header.collect() };
                    apart(&mut lines);
                    lines.extend([row(header), rule(&shape)]);
                }
                if !is_head {
                    lines.push(row(cells));
                }
                table = Some(shape.number);
                continue;
            }
            Form::Item { level, number } => {
                let level = level.min(open.len());
                if table.is_some() || open.is_empty() {
                    apart(&mut lines);
                }
                let before = open.get(level).map(|list| (list.number, list.dot));
                open.truncate(level);
                // A number that does not follow the one before it begins a list of its own.
                let follows = before.is_some_and(|(last, _)| last.map(|last| last + 1) == number);
                let dot = match before {
                    Some((Some(_), '.')) if !follows => ')',
                    Some((Some(_), dot)) if follows => dot,
                    _ => '.',
                };
                let sign = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}{dot} "));
                let lead = format!("{}{sign}", indent(&open));
                open.push(List { width: sign.len(), number, dot });
                lines.push(RedlineLine { lead, cells, tail: "" });
            }
            Form::Text(level) => {
                open.truncate(level);
                apart(&mut lines);
                lines.push(RedlineLine { lead: indent(&open), cells, tail: "" });
            }
        }
        table = None;
    }
    lines
}

fn indent(open: &[List]) -> String {
    " ".repeat(open.iter().map(|list| list.width).sum())
}

fn row(cells: Vec<Vec<Stretch>>) -> RedlineLine {
    RedlineLine { lead: "| ".to_owned(), cells, tail: " |" }
}

/// The line below a table's head.
fn rule(shape: &Shape) -> RedlineLine {
    let columns = shape.alignments.iter().map(|alignment| match alignment {
        Alignment::Left => ":---|",
        Alignment::Center => ":---:|",
        Alignment::Right => "---:|",
    });
    RedlineLine { lead: format!("|{}", columns.collect::<String>()), ..RedlineLine::default() }
}
