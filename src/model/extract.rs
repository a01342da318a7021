//! What of its chapter's file a program's sheet is made from.

use std::ops::Range;

use super::Id;

/// Whole lines of a chapter's file that not all sheets of the chapter draw on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The lines with their line ends, in bytes of the file.
    pub lines: Range<usize>,
    /// The program whose sheet draws on them; `None` where no program's does.
    pub program: Option<Id>,
}

/// How a chapter's file is cut down to what the sheet of one program draws on. The overview is made from the whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracts {
    asides: Vec<Aside>,
}

impl Extracts {
    /// The extracts of a file, by what may be left out of it, in any order.
    #[must_use]
    pub fn new(mut asides: Vec<Aside>) -> Self {
        asides.sort_by_key(|aside| (aside.lines.start, aside.lines.end));
        Self { asides }
    }

    /// Whether a byte of the file is left out of the extract for a program.
    #[must_use]
    pub fn lacks(&self, at: usize, program: &str) -> bool {
        let is_other = |aside: &&Aside| aside.program.as_ref().is_none_or(|id| id.as_str() != program);
        self.asides.iter().filter(is_other).any(|aside| aside.lines.contains(&at))
    }

    /// The lines of the file that the sheet of a program draws on, as they are and in their order.
    #[must_use]
    pub fn of(&self, file: &[u8], program: &str) -> Vec<u8> {
        let mut extract = Vec::new();
        let mut from = 0;
        let mut keep = |range: Range<usize>| extract.extend_from_slice(file.get(range).unwrap_or_default());
        for aside in &self.asides {
            if aside.program.as_ref().is_some_and(|id| id.as_str() == program) {
                continue;
            }
            keep(from..aside.lines.start);
            from = from.max(aside.lines.end);
        }
        keep(from..file.len());
        extract
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_another_programs_or_nobodys_is_left_out() {
        let aside = |lines, id: Option<&str>| Aside { lines, program: id.and_then(|id| Id::parse(id).ok()) };
        let extracts = Extracts::new(vec![
            aside(6..8, Some("b")),
            aside(4..6, Some("a")),
            aside(0..2, None),
            aside(1..3, None),
        ]);
        let of = |program| String::from_utf8(extracts.of(b"0123aabb89", program)).ok();
        assert_eq!(of("a").as_deref(), Some("3aa89"));
        assert_eq!(of("b").as_deref(), Some("3bb89"));
        assert_eq!(of("c").as_deref(), Some("389"));
        let lacks = |program| (0..10).filter(|at| extracts.lacks(*at, program)).collect::<Vec<usize>>();
        assert_eq!(lacks("a"), [0, 1, 2, 6, 7]);
        assert_eq!(lacks("c"), [0, 1, 2, 4, 5, 6, 7]);
    }
}
