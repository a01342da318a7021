//! Where the parts of a page stand on paper: the boxes of a sheet on one page, and what needs a page that lies.

use std::collections::HashMap;
use std::slice::from_ref;

use super::table::lies_down;
use crate::document::{Block, Document, HALF, Section, plain_blocks};
use crate::script::width;

/// What stands across a sheet on one page above its boxes, the boxes, and the small print below them.
pub(super) fn tiers(blocks: &[Block]) -> (&[Block], &[Block], &[Block]) {
    let is = |block: &Block, class: &str| matches!(block, Block::Section(section) if section.has(class));
    let first = blocks.iter().position(|it| !is(it, "notes") && !is(it, "facts")).unwrap_or(blocks.len());
    let last = blocks.iter().rposition(|it| !is(it, "notes")).map_or(first, |at| (at + 1).max(first));
    let (above, foot) = blocks.split_at(last);
    let (under, boxes) = above.split_at(first);
    (under, boxes, foot)
}

/// The classes of boxes that do not share the sheet's width with others, by their ids: `wide` with a table for which a column has no room,
/// `alone` between two that have the whole width, `alone long` with text for two columns. On paper no box is cut but those, whose
/// headings stand over both columns.
pub(super) fn dress(boxes: &[Block]) -> HashMap<&str, &'static str> {
    let spans = |block: Option<&Block>| match block {
        Some(Block::Section(section)) => is_across(section),
        _ => true,
    };
    let mut dress = HashMap::new();
    for (at, block) in boxes.iter().enumerate() {
        let Block::Section(section) = block else { continue };
        let class = match is_across(section) {
            true if is_broad(section) => "wide",
            true => continue,
            false
                if !at.checked_sub(1).is_none_or(|before| spans(boxes.get(before)))
                    || !spans(boxes.get(at + 1)) =>
            {
                continue;
            }
            false if is_divided(section) || is_text(section) && letters(&section.blocks) > LONG => {
                "alone long"
            }
            false => "alone",
        };
        dress.insert(section.id.as_str(), class);
    }
    dress
}

fn is_across(section: &Section) -> bool {
    const CLASSES: [&str; 5] = ["breakdown", "cards", "columns", "funding-flow", "wide"];
    CLASSES.iter().any(|class| section.has(class)) || section.is_remark() || is_broad(section)
}

fn is_broad(section: &Section) -> bool {
    !section.has("wide") && section.any(&|it| matches!(it, Block::Table(table) if table.breadth(1) > HALF))
}

/// Whether it has parts that may stand side by side.
fn is_divided(section: &Section) -> bool {
    section.blocks.iter().filter(|it| matches!(it, Block::Section(_))).nth(1).is_some()
}

fn is_text(section: &Section) -> bool {
    !section.any(&|it| matches!(it, Block::Table(_) | Block::Figure(_)))
}

/// Text that is read more easily in two columns than in lines as long as the sheet is wide, and as much text as leaves half a lying page to a table, in
/// columns of type.
const LONG: usize = 500;
const HALF_A_PAGE: usize = 2_000;

fn letters(blocks: &[Block]) -> usize {
    plain_blocks(blocks).iter().map(|line| width(line)).sum()
}

/// Whether the whole of a report lies: it is short, and a table of it has no room on a page that stands. Of a longer one only the table's section
/// does.
pub(super) fn lies(document: &Document) -> bool {
    let blocks = document.sections().into_iter().flat_map(|section| &section.blocks);
    let lying = blocks.filter(|block| matches!(block, Block::Table(table) if lies_down(table)));
    let lying: Vec<usize> = lying.map(|table| letters(from_ref(table))).collect();
    !lying.is_empty() && letters(&document.blocks) - lying.iter().sum::<usize>() <= HALF_A_PAGE
}
