//! Which lines of a chapter's file the sheet of a program does without: the chapter's own amounts, what only its overview shows or
//! only rules read, and the other programs.
//!
//! Only whole lines go, and only where the file is laid out in blocks, a key and an entry a line: there each passage ends where
//! the next one begins, and what stays means the same without it. Comments go with what they stand above, or are indented
//! below; blank lines go where something beside them went. A heading of the file stays.

use super::page::{Between, Entry, Page};
use super::yaml::{Kind, Node};
use crate::model::{Aside, Extracts, Id};
use crate::source::SourceFile;

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

impl Page<'_> {
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
