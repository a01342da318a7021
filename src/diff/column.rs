//! Which of a line's amounts are compared.

use super::change::Relation;
use crate::rollup::{Column, Rollup};

/// An amount of the old side and the amount of the new side that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ColumnPair {
    /// Of the old side.
    pub old: Column,
    /// Of the new side.
    pub new: Column,
}

impl ColumnPair {
    /// The same amount on both sides.
    pub fn same(column: Column) -> Self {
        Self { old: column, new: column }
    }

    /// Reads `enacted:requested`, or `requested` for the same amount on both sides.
    pub fn parse(text: &str) -> Option<Self> {
        let (old, new) = text.split_once(':').unwrap_or((text, text));
        Some(Self { old: Column::named(old.trim())?, new: Column::named(new.trim())? })
    }

    /// The name used on the command line and in exports: `enacted:requested`.
    pub fn slug(self) -> String {
        format!("{}:{}", self.old.slug(), self.new.slug())
    }
}

/// What is compared where nobody says otherwise.
pub(super) fn usual(relation: Relation, old: &[&Rollup<'_>], new: &[&Rollup<'_>]) -> Vec<ColumnPair> {
    let states = |rollups: &[&Rollup<'_>], column: Column| {
        let mut rows = rollups.iter().flat_map(|rollup| &rollup.rows);
        rows.any(|row| column.money(row).is_stated())
    };
    let mut columns = vec![ColumnPair::same(Column::Requested)];
    if relation == Relation::Years {
        let enacted = ColumnPair { old: Column::Enacted, new: Column::Requested };
        columns.extend(Some(enacted).filter(|_| states(old, Column::Enacted)));
    } else {
        let others = Column::ALL.into_iter().skip(1);
        let stated = others.filter(|&column| states(old, column) || states(new, column));
        columns.extend(stated.map(ColumnPair::same));
    }
    columns
}
