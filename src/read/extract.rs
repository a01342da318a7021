//! Which lines of a chapter's file the sheet of a program does without: the chapter's own amounts, what only its overview shows or
//! only rules read, and the other programs.
//!
//! Only whole lines go, and only where the file is laid out in blocks, a key and an entry a line: there each passage ends where
//! the next one begins, and what stays means the same without it. Comments go with what they stand above, or are indented
//! below; blank lines go where something beside them went. A heading of the file stays.

use super::yaml::{Kind, Node};
use crate::model::{Aside, Extracts, Id};
use crate::source::{SourceFile, Spanned};

/// The keys of a chapter that no program's sheet draws on.
const NOT_DRAWN_ON: &[&str] = &[
    "status",
    "requested",
    "prior",
    "enacted",
    "supplementary",
    "accounts",
    "instruments",
    "breakdown",
    "notes",
    "accept",
    "overview",
];

/// How the file of a chapter is cut down to the sheet of each of its programs, given by their ids in the order of the list; an
/// entry without id could not be read, and has no sheet. `None` where the file is laid out so that no line of it can safely go.
pub(super) fn extracts(file: &SourceFile, root: &Node, programs: &[Option<Id>]) -> Option<Extracts> {
    let page = Page { file };
    let Kind::Mapping(keys) = &root.kind else {
        return None;
    };
    if page.is_flow(root) {
        return None;
    }
    let entries: Option<Vec<Entry>> = keys.iter().map(|(key, value)| page.key(key, value)).collect();
    let entries = entries?;
    let blocks = page.blocks(&entries, 0, page.len())?;

    let mut asides = Vec::new();
    for (at, (key, value)) in keys.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        let (block, after) = (blocks.get(at)?, blocks.get(at + 1));
        if NOT_DRAWN_ON.contains(&key.value.as_str()) {
            let start = before.map_or_else(|| page.without_blanks_before(block.lead), |before| before.end);
            let end = after.map_or_else(|| page.without_blanks_after(block.end), |after| after.lead);
            asides.push(page.aside(start, end, None));
        }
        if key.value == "programs" {
            let floor = page.line(key.span.end) + 1;
            let ceiling = after.map_or(page.len(), |after| after.lead);
            asides.extend(page.programs(value, programs, floor, ceiling));
        }
    }
    Some(Extracts::new(asides))
}

/// A key or an entry of a list, with its value: lines of the file, both inclusive.
#[derive(Clone, Copy)]
struct Entry {
    first: usize,
    last: usize,
    /// How far it is indented, in bytes.
    indent: usize,
}

/// An entry with the comments that are about it: `lead..end`, in lines.
struct Block {
    lead: usize,
    end: usize,
}

/// What a line is that belongs to no value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Blank,
    /// A comment, indented by so many bytes.
    Comment(usize),
    /// Something else: `---`, or a value of a form that is not followed here.
    Other,
}

/// The lines of a file.
#[derive(Clone, Copy)]
struct Page<'f> {
    file: &'f SourceFile,
}

impl Page<'_> {
    fn len(self) -> usize {
        self.file.line_starts().len()
    }

    /// Where a line begins; behind the last one, where the file ends.
    fn start(self, line: usize) -> usize {
        let starts = self.file.line_starts();
        starts.get(line).copied().unwrap_or(self.file.text.len())
    }

    /// The line of a byte.
    fn line(self, at: usize) -> usize {
        let after = self.file.line_starts().partition_point(|&start| start <= at);
        after.saturating_sub(1)
    }

    fn between(self, line: usize) -> Between {
        let text = self.file.text.get(self.start(line)..self.start(line + 1)).unwrap_or_default();
        let inner = text.trim_start_matches([' ', '\t']);
        if inner.trim_end_matches('\n').is_empty() {
            Between::Blank
        } else if inner.starts_with('#') {
            Between::Comment(text.len() - inner.len())
        } else {
            Between::Other
        }
    }

    /// Whether a list or mapping is written in brackets or braces.
    fn is_flow(self, node: &Node) -> bool {
        let start = node.span.start;
        let rest = self.file.text.get(start..).unwrap_or_default();
        match &node.kind {
            // A list that is no further indented than its key has the place of its first entry, which may have brackets.
            Kind::Sequence(items) => {
                rest.starts_with('[') && items.first().is_none_or(|item| item.span.start > start)
            }
            _ => rest.starts_with('{'),
        }
    }

    /// A key at the beginning of a line; `None` where it stands elsewhere, or is written in another way.
    fn key(self, key: &Spanned<String>, value: &Node) -> Option<Entry> {
        let text = &self.file.text;
        let first = self.line(key.span.start);
        let before = text.get(self.start(first)..key.span.start)?;
        let after = text.get(key.span.end..)?.trim_start_matches([' ', '\t']);
        (before.bytes().all(|byte| byte == b' ') && after.starts_with(':')).then(|| Entry {
            first,
            last: self.last(key.span.end, value),
            indent: before.len(),
        })
    }

    /// An entry of a list behind a dash that begins a line.
    fn item(self, node: &Node) -> Option<Entry> {
        let first = self.line(node.span.start);
        let before = self.file.text.get(self.start(first)..node.span.start)?;
        let dash = before.trim_end_matches([' ', '\t']);
        let indent = dash.strip_suffix('-').filter(|_| dash.len() < before.len())?;
        indent.bytes().all(|byte| byte == b' ').then(|| Entry {
            first,
            last: self.last(node.span.start + 1, node),
            indent: indent.len(),
        })
    }

    /// The last line of a value; `head` ends what stands before it.
    fn last(self, head: usize, value: &Node) -> usize {
        let end = self.end(value).unwrap_or(head);
        let mut last = self.line(end.saturating_sub(1));
        // The blank lines that follow some blocks (`|+`) are a part of them.
        if keeps_blank_lines(value) {
            while last + 1 < self.len() && self.between(last + 1) == Between::Blank {
                last += 1;
            }
        }
        last
    }

    /// Where a value ends; `None` where there is nothing.
    fn end(self, node: &Node) -> Option<usize> {
        let (start, end) = (node.span.start, node.span.end);
        match &node.kind {
            Kind::Sequence(_) | Kind::Mapping(_) if self.is_flow(node) => Some(end),
            Kind::Sequence(items) => items.iter().rev().find_map(|item| self.end(item)),
            Kind::Mapping(entries) => {
                let (key, value) = entries.last()?;
                Some(self.end(value).unwrap_or(key.span.end))
            }
            Kind::Null | Kind::Scalar(_) => {
                let written = self.file.text.get(start..end)?;
                let written = written.trim_end_matches([' ', '\t', '\n']);
                (!written.is_empty()).then_some(start + written.len())
            }
        }
    }

    /// What belongs to each of some entries that stand below each other, between two lines. `None` where anything but comments
    /// and blank lines is between them.
    fn blocks(self, entries: &[Entry], floor: usize, ceiling: usize) -> Option<Vec<Block>> {
        let mut blocks: Vec<Block> = Vec::with_capacity(entries.len());
        let indent = entries.first()?.indent;
        for (at, entry) in entries.iter().enumerate() {
            let lead = match blocks.last() {
                Some(before) => {
                    let mut gap = before.end..entry.first;
                    gap.find(|line| self.between(*line) != Between::Blank).unwrap_or(entry.first)
                }
                None => self.lead(entry.first, floor),
            };
            let next = entries.get(at + 1);
            let gap = entry.last + 1..next.map_or(ceiling, |next| next.first);
            let is_apart =
                gap.start <= gap.end && gap.clone().all(|line| self.between(line) != Between::Other);
            if entry.indent != indent || next.is_some() && !is_apart {
                return None;
            }
            let mut end = gap.start;
            for line in gap {
                match self.between(line) {
                    Between::Blank => {}
                    Between::Comment(deep) if deep > indent => end = line + 1,
                    Between::Comment(_) | Between::Other => break,
                }
            }
            blocks.push(Block { lead, end });
        }
        Some(blocks)
    }

    /// The first of the comments directly above a line.
    fn lead(self, line: usize, floor: usize) -> usize {
        let is_comment = |line: &usize| matches!(self.between(*line), Between::Comment(_));
        line - (floor..line).rev().take_while(is_comment).count()
    }

    fn without_blanks_before(self, line: usize) -> usize {
        let is_blank = |line: &usize| self.between(*line) == Between::Blank;
        line - (0..line).rev().take_while(is_blank).count()
    }

    fn without_blanks_after(self, line: usize) -> usize {
        let is_blank = |line: &usize| self.between(*line) == Between::Blank;
        line + (line..self.len()).take_while(is_blank).count()
    }

    fn aside(self, from: usize, to: usize, program: Option<Id>) -> Aside {
        Aside { lines: self.start(from)..self.start(to), program }
    }

    /// The entries of the list of programs, and the blank lines around them, so that it does not matter to a sheet whether
    /// another program stands there. Nothing where the list is laid out in another way.
    fn programs(self, list: &Node, ids: &[Option<Id>], floor: usize, ceiling: usize) -> Vec<Aside> {
        let Kind::Sequence(items) = &list.kind else {
            return Vec::new();
        };
        let entries: Option<Vec<Entry>> = items.iter().map(|item| self.item(item)).collect();
        let entries = entries.filter(|entries| !self.is_flow(list) && entries.len() == ids.len());
        let blocks = entries.and_then(|entries| Some((self.blocks(&entries, floor, ceiling)?, entries)));
        let Some((blocks, entries)) = blocks else {
            return Vec::new();
        };
        let own = blocks.iter().zip(ids);
        let own = own.map(|(block, id)| self.aside(block.lead, block.end, id.clone()));
        let first = entries.first().map_or(ceiling, |entry| entry.first);
        let behind = entries.last().map_or(ceiling, |entry| entry.last + 1);
        let to_end = blocks.last().map_or(behind, |block| self.without_blanks_after(block.end).min(ceiling));
        let between = entries.iter().zip(entries.iter().skip(1));
        let gaps = between.map(|(one, other)| one.last + 1..other.first);
        let gaps = gaps.chain([floor..first, behind..to_end]).flatten();
        let blanks = gaps.filter(|line| self.between(*line) == Between::Blank);
        own.chain(blanks.map(|line| self.aside(line, line + 1, None))).collect()
    }
}

/// Whether a value ends with a block that takes in the blank lines below it.
fn keeps_blank_lines(node: &Node) -> bool {
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar(text) => {
            text.ends_with("\n\n") || !text.is_empty() && text.bytes().all(|byte| byte == b'\n')
        }
        Kind::Sequence(items) => items.last().is_some_and(keeps_blank_lines),
        Kind::Mapping(entries) => entries.last().is_some_and(|(_, value)| keeps_blank_lines(value)),
    }
}

#[cfg(test)]
mod tests {
    use crate::read::read_texts;

    /// What the sheet of a program carries of a chapter that has some lines above its programs.
    fn carried(lines: &str) -> String {
        let text = format!("{lines}programs:\n- {{id: a, title: A}}\n\n- {{id: b, title: B}}\n");
        let reading = read_texts(&[("request.yaml", &text)]);
        let extracts = reading.requests.first().and_then(|it| it.extracts.as_ref());
        let extract = extracts.map(|extracts| extracts.of(text.as_bytes(), "a"));
        String::from_utf8(extract.unwrap_or_default()).unwrap_or_default()
    }

    #[test]
    fn blank_lines_go_with_what_they_stand_beside_unless_they_are_a_part_of_a_text() {
        let programs = "programs:\n- {id: a, title: A}\n";
        assert_eq!(
            carried("gaisan: 1\n\nunit: 円\nframe: |\n  枠\n\n\nprior: 1\n\n"),
            format!("gaisan: 1\n\nunit: 円\nframe: |\n  枠\n{programs}")
        );
        assert_eq!(
            carried("gaisan: 1\nframe: |+\n  枠\n\n\nprior: 1\n\n"),
            format!("gaisan: 1\nframe: |+\n  枠\n\n\n{programs}")
        );
    }

    #[test]
    fn comments_go_with_what_they_are_about() {
        assert_eq!(
            carried(
                "# 章\n\ngaisan: 1 # 版\n# 合計\n\n# 8月30日\nprior:\n  amount: 1\n  # 次\n# 単位\nunit: 円\n"
            ),
            "# 章\n\ngaisan: 1 # 版\n# 単位\nunit: 円\nprograms:\n- {id: a, title: A}\n"
        );
    }
}
