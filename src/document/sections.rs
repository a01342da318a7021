//! Headings become nested sections with ids of their own.

use std::collections::{HashMap, HashSet};

use super::{Block, Inline, Section, plain};

/// A heading or a block between headings, as the parser meets them.
#[derive(Debug)]
pub(super) enum Piece {
    Heading { level: u8, id: Option<String>, classes: Vec<String>, text: Vec<Inline> },
    Block(Block),
}

/// Takes the title out and nests the rest. However the author skipped levels, a section is exactly one level deeper
/// than the one around it.
pub(super) fn nest(pieces: Vec<Piece>) -> (Vec<Inline>, Vec<String>, Vec<Block>) {
    let mut ids = Ids::reserving(&pieces);
    let mut title = None;
    let mut top = Vec::new();
    let mut open: Vec<(u8, Section)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Heading { level: 1, text, classes, .. } if title.is_none() => {
                title = Some((text, classes))
            }
            Piece::Heading { level, id, classes, text } => {
                let written = level.max(2);
                while open.last().is_some_and(|(level, _)| *level >= written) {
                    close(&mut open, &mut top);
                }
                let level = u8::try_from(open.len() + 2).unwrap_or(6).min(6);
                let id = ids.take(id, &text);
                open.push((written, Section { level, id, classes, heading: text, blocks: Vec::new() }));
            }
            Piece::Block(block) => match open.last_mut() {
                Some((_, section)) => section.blocks.push(block),
                None => top.push(block),
            },
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    let (title, classes) = title.unwrap_or_default();
    (title, classes, top)
}

fn close(open: &mut Vec<(u8, Section)>, top: &mut Vec<Block>) {
    if let Some((_, section)) = open.pop() {
        match open.last_mut() {
            Some((_, around)) => around.blocks.push(Block::Section(section)),
            None => top.push(Block::Section(section)),
        }
    }
}

/// The ids in use. Those the author gave are reserved first, so that a derived one never takes theirs.
struct Ids {
    given: HashSet<String>,
    used: HashSet<String>,
    /// The number that the next heading of a text begins to look at: comparisons have thousands of the same.
    next: HashMap<String, u64>,
}

impl Ids {
    fn reserving(pieces: &[Piece]) -> Self {
        let given = pieces.iter().filter_map(|piece| match piece {
            Piece::Heading { id: Some(id), .. } => Some(id.clone()),
            _ => None,
        });
        Self { given: given.collect(), used: HashSet::new(), next: HashMap::new() }
    }

    fn take(&mut self, given: Option<String>, heading: &[Inline]) -> String {
        if let Some(id) = &given
            && self.used.insert(id.clone())
        {
            return id.clone();
        }
        let stem = given.unwrap_or_else(|| slug(&plain(heading)));
        let is_free = |id: &String| !self.given.contains(id) && !self.used.contains(id);
        let next = self.next.entry(stem.clone()).or_insert(1);
        let free = (*next..).find_map(|number| {
            *next = number + 1;
            let id = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            Some(id).filter(is_free)
        });
        let id = free.unwrap_or(stem);
        self.used.insert(id.clone());
        id
    }
}

/// A heading as an id: letters and digits of any script, everything else a hyphen.
fn slug(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "section".to_owned() } else { words.join("-") }
}
