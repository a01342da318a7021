//! Something about cells that a person should look at.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::Cell;

/// A remark at a cell.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) code: &'static str,
    pub(super) cell: Cell,
    pub(super) what: String,
    pub(super) help: &'static str,
    /// Other cells of which the same is true.
    pub(super) also: Vec<Cell>,
    /// What is to be said of other cells of the same row.
    pub(super) more: Vec<(Cell, String)>,
}

/// `1 line`, `2 lines`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The first of many places, and how many more there are.
pub(super) fn some(places: &[String]) -> String {
    match places.split_at_checked(MOST_PLACES) {
        Some((shown, rest)) if !rest.is_empty() => format!("{} and {} more", shown.join(", "), rest.len()),
        _ => places.join(", "),
    }
}

/// The most places that are told one by one.
const MOST_PLACES: usize = 40;

impl Remark {
    pub(super) fn new(code: &'static str, cell: Cell, what: String, help: &'static str) -> Self {
        Self { code, cell, what, help, also: Vec::new(), more: Vec::new() }
    }

    /// One about what was taken in one of several ways, or not at all.
    pub(super) fn assumed(cell: Cell, what: String, help: &'static str) -> Self {
        Self::new(super::ASSUMED, cell, what, help)
    }

    /// Remarks without those that say the same of further cells of a column: these join the first.
    pub(super) fn joined(remarks: Vec<Self>) -> Vec<Self> {
        let mut joined: Vec<Self> = Vec::new();
        let mut places: HashMap<(&'static str, usize, String), usize> = HashMap::new();
        for remark in remarks {
            let said = (remark.code, remark.cell.column, remark.what.clone());
            match places.entry(said) {
                Slot::Occupied(place) if remark.more.is_empty() => {
                    if let Some(first) = joined.get_mut(*place.get()) {
                        first.also.push(remark.cell);
                        first.also.extend(remark.also);
                    }
                }
                slot => {
                    slot.insert_entry(joined.len());
                    joined.push(remark);
                }
            }
        }
        joined
    }
}
