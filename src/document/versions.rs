//! Texts beside their older selves: which sections of a sheet make the table that compares them.

use super::breadth::CELL;
use super::{Block, Inline, Section, plain};
use crate::model::Lang;
use crate::words::ChangeWords;

/// A passage as it is and as it was.
#[derive(Clone, Copy)]
pub(crate) struct Version<'a> {
    /// Which text it is of, where it is the first of it.
    pub(crate) field: Option<&'a Section>,
    /// The text it is of.
    pub(crate) of: &'a Section,
    /// The two sides, each headed by what it is called.
    pub(crate) sides: [&'a Section; 2],
}

impl Version<'_> {
    /// Its sides where each is one paragraph.
    pub(crate) fn texts(&self) -> Option<[&[Inline]; 2]> {
        match self.sides.map(|side| side.blocks.as_slice()) {
            [[Block::Paragraph(new)], [Block::Paragraph(old)]] => Some([new, old]),
            _ => None,
        }
    }

    /// Whether it shows words of a text, not only that some are left out.
    pub(crate) fn says(&self) -> bool {
        let left_out = [Lang::Ja, Lang::En].map(|lang| ChangeWords::of(lang).unchanged);
        let is_left_out = |text: &[Inline]| matches!(text, [Inline::Emphasis(said)] if left_out.contains(&plain(said).as_str()));
        !self.texts().is_some_and(|sides| sides.into_iter().all(is_left_out))
    }

    /// Whether a column of the table has no room for it, so that its sides stand below each other across the sheet.
    pub(crate) fn is_broad(&self) -> bool {
        let is_broad = |block: &Block| matches!(block, Block::Table(table) if table.breadth(1) > CELL);
        self.sides.iter().any(|side| side.any(&is_broad))
    }

    /// What stands above a side that has the whole width: of which text, and which side.
    pub(crate) fn caption(&self, side: &Section, gap: &str) -> Vec<Inline> {
        let said = self.of.heading.iter().cloned();
        said.chain([Inline::Text(gap.to_owned())]).chain(side.heading.iter().cloned()).collect()
    }
}

fn is_compared(block: &Block) -> bool {
    matches!(block, Block::Section(section) if section.has("versions"))
}

/// The blocks that make one table of texts from a place on: nothing where the table began before it, `None` where a block is no part of one.
pub(crate) fn versions(blocks: &[Block], at: usize) -> Option<&[Block]> {
    let rest = blocks.get(at..).filter(|rest| rest.first().is_some_and(is_compared))?;
    if at.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(is_compared) {
        return Some(&[]);
    }
    let length = rest.iter().take_while(|block| is_compared(block)).count();
    rest.get(..length)
}

/// The rows of such a table: of each text the sections, two by two. Below a row that takes the whole width the table begins anew and says
/// of which text; where nothing but what is left out would stand in it, there is none.
pub(crate) fn rows<'a>(table: &'a [Block], is_broad: impl Fn(&Version<'a>) -> bool) -> Vec<Version<'a>> {
    let mut rows = Vec::new();
    for block in table {
        let Block::Section(of) = block else { continue };
        let sides = of.blocks.iter().filter_map(|block| match block {
            Block::Section(side) => Some(side),
            _ => None,
        });
        let sides: Vec<&Section> = sides.collect();
        let pairs = sides.chunks_exact(2).filter_map(|pair| <[&Section; 2]>::try_from(pair).ok());
        let pairs: Vec<Version<'a>> = pairs.map(|sides| Version { field: None, of, sides }).collect();
        let alike = |one: &Version<'a>, next: &Version<'a>| is_broad(one) == is_broad(next);
        for together in pairs.chunk_by(alike).filter(|them| them.iter().any(Version::says)) {
            let first = rows.len();
            rows.extend_from_slice(together);
            if let Some(row) = rows.get_mut(first) {
                row.field = Some(of);
            }
        }
    }
    rows
}
