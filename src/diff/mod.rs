//! What changed between two requests: last year's and this year's, yesterday's draft and today's, request and enacted budget.
//!
//! In: the rolled-up chapters of an old and a new side. Out: a [`Diff`], the two trees of lines laid over each other, with what
//! became of every amount and every text. Lines are counterparts by their ids, then by the crosswalk; what only looks alike is
//! proposed and never applied. Every total has a [`Bridge`] whose items add up exactly to its difference.

mod between;
mod bridge;
mod change;
mod column;
mod continuity;
mod csv;
mod evidence;
mod footing;
mod forest;
mod json;
mod likeness;
mod matching;
mod movers;
mod pairing;
mod proposal;
pub mod redline;
mod texts;
mod threshold;
mod together;
mod tree;

mod words;

pub use self::csv::csv;
pub(crate) use self::csv::harmless;
pub use crate::rollup::Column;
pub use bridge::{Bridge, Item, ItemKind};
pub use change::{AmountChange, ChapterChange, Diff, LineChange, Link, Member, Move, Relation};
pub use column::ColumnPair;
pub use continuity::{Break, Continuity};
pub use json::json;
pub(crate) use json::state;
pub use movers::Mover;
pub use pairing::Ambiguous;
pub use proposal::{Likeness, Proposal};
pub use texts::{Field, WordChange};
pub use threshold::Threshold;
pub use together::ChaptersTogether;

use std::fmt;

use crate::model::ArithmeticError;
use crate::rollup::Rollup;

/// Why two sides cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffError {
    /// A side has a chapter for several years or stages, and nothing says which one is meant.
    Ambiguous(Ambiguous),
    /// The amounts of one comparison are in different currencies, or too large to be kept exactly.
    Arithmetic(ArithmeticError),
}

impl fmt::Display for DiffError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous(ambiguous) => ambiguous.fmt(f),
            Self::Arithmetic(error) => write!(f, "the two sides cannot be compared: {error}"),
        }
    }
}

impl std::error::Error for DiffError {}

impl From<ArithmeticError> for DiffError {
    fn from(error: ArithmeticError) -> Self {
        Self::Arithmetic(error)
    }
}

/// Compares two sets of chapters. Without `columns` the relation of the two decides: drafts and stages of one year are compared
/// in everything that is stated; of two years this year's amount is compared with last year's, and with what was enacted.
///
/// # Errors
/// If a chapter is there for several years or stages and cannot be paired, or if amounts cannot be subtracted.
pub fn diff<'a>(
    old: &[&'a Rollup<'a>],
    new: &[&'a Rollup<'a>],
    columns: Option<&[ColumnPair]>,
) -> Result<Diff<'a>, DiffError> {
    diff_over(old, &[], new, columns)
}

/// The same where other chapters are known beside the two sides: of two years that do not follow each other, lines are followed through
/// the crosswalks of the years between.
///
/// # Errors
/// Those of [`diff()`].
pub fn diff_over<'a>(
    old: &[&'a Rollup<'a>],
    others: &[&'a Rollup<'a>],
    new: &[&'a Rollup<'a>],
    columns: Option<&[ColumnPair]>,
) -> Result<Diff<'a>, DiffError> {
    let pairing = pairing::Pairing::of(old, new).map_err(DiffError::Ambiguous)?;
    let columns = match columns {
        Some(columns) if !columns.is_empty() => columns.to_vec(),
        _ => column::usual(pairing.relation, old, new),
    };
    let between = between::Between::of(old, others, new, &pairing);
    let matching = matching::Matching::of(old, new, &pairing, &between);
    let footing: Vec<footing::Footing> =
        columns.iter().map(|columns| footing::Footing::of(&matching, *columns)).collect::<Result<_, _>>()?;
    // This year's amount and last year's of one file are two years, although the file is one.
    let is_two_years = columns.iter().all(|pair| (pair.old == Column::Prior) != (pair.new == Column::Prior));
    let relation = match pairing.relation {
        Relation::Drafts if is_two_years => Relation::Years,
        relation => relation,
    };
    let continuities = continuity::continuities(pairing.relation, old, others, new);
    let chapters = tree::chapters(&matching, &footing, continuities);
    Ok(Diff { relation, chapters, columns, unread: between.unread })
}
