//! Something about cells that a person should look at.

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

impl Remark {
    pub(super) fn new(code: &'static str, cell: Cell, what: String, help: &'static str) -> Self {
        Self { code, cell, what, help, also: Vec::new(), more: Vec::new() }
    }

    /// Adds a remark to others; one that says the same of a cell of the same column joins it.
    pub(super) fn join(self, remarks: &mut Vec<Self>) {
        let says_same = |it: &&mut Self| {
            (it.code, it.cell.column, it.what.as_str()) == (self.code, self.cell.column, self.what.as_str())
        };
        match remarks.iter_mut().find(says_same) {
            Some(same) => same.also.push(self.cell),
            None => remarks.push(self),
        }
    }
}
