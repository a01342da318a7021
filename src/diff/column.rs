//! Which of a line's amounts are compared.

use super::change::Relation;
use crate::model::Money;
use crate::named::named;
use crate::rollup::{self, Rollup, Row};

/// One of the amounts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The year's amount at the file's stage: the request, the proposal, the enacted budget.
    Requested,
    /// Last year's amount.
    Prior,
    /// The enacted initial budget of the year.
    Enacted,
    /// The supplementary budgets of the year.
    Supplementary,
}

/// An amount of the old side and the amount of the new side that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Columns {
    /// Of the old side.
    pub old: Column,
    /// Of the new side.
    pub new: Column,
}

named!(Column {
    Requested = "requested",
    Prior = "prior",
    Enacted = "enacted",
    Supplementary = "supplementary",
});

impl Column {
    /// The amount or state of a line.
    #[must_use]
    pub fn money(self, row: &Row<'_>) -> Money {
        self.sums(row).money
    }

    /// The amount of a line with what is listed below it.
    #[must_use]
    pub(super) fn sums(self, row: &Row<'_>) -> rollup::Column {
        match self {
            Self::Requested => row.requested,
            Self::Prior => row.prior,
            Self::Enacted => row.enacted,
            Self::Supplementary => row.supplementary,
        }
    }
}

impl Columns {
    /// The same amount on both sides.
    #[must_use]
    pub fn same(column: Column) -> Self {
        Self { old: column, new: column }
    }

    /// Reads `enacted:requested`, or `requested` for the same amount on both sides.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (old, new) = text.split_once(':').unwrap_or((text, text));
        Some(Self { old: Column::named(old.trim())?, new: Column::named(new.trim())? })
    }

    /// The name used on the command line and in exports: `enacted:requested`.
    #[must_use]
    pub fn slug(self) -> String {
        format!("{}:{}", self.old.slug(), self.new.slug())
    }
}

/// What is compared where nobody says otherwise.
pub(super) fn usual(relation: Relation, old: &[&Rollup<'_>], new: &[&Rollup<'_>]) -> Vec<Columns> {
    let states = |rollups: &[&Rollup<'_>], column: Column| {
        let mut rows = rollups.iter().flat_map(|rollup| &rollup.rows);
        rows.any(|row| column.money(row).is_stated())
    };
    let mut columns = vec![Columns::same(Column::Requested)];
    if relation == Relation::Years {
        let enacted = Columns { old: Column::Enacted, new: Column::Requested };
        columns.extend(Some(enacted).filter(|_| states(old, Column::Enacted)));
    } else {
        let others = Column::ALL.into_iter().skip(1);
        let stated = others.filter(|&column| states(old, column) || states(new, column));
        columns.extend(stated.map(Columns::same));
    }
    columns
}
