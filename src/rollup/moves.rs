//! What rose and what fell below a line.

use super::{Rollup, Row};
use crate::model::{Amount, Comparison};

/// How a line came from its prior amount to the requested one, told of the ends of its tree.
#[derive(Clone, Debug)]
pub struct Moves<'a, 'r> {
    /// How many lines rose, fell and stayed, with the sum of their changes.
    pub groups: [(usize, Amount); 3],
    /// Each line with its change, the largest rise first.
    pub lines: Vec<(&'a Row<'r>, Amount)>,
}

impl<'r> Rollup<'r> {
    /// The moves below a row; `None` where the changes of its lines do not lead from the one amount to the other: one is not stated, or
    /// counted elsewhere, or not listed.
    pub fn moves(&self, at: usize) -> Option<Moves<'_, 'r>> {
        let top = self.rows.get(at)?;
        let zero = Amount::zero(top.requested.amount?.unit());
        let change = |row: &Row<'_>| {
            let comparison = Comparison::between(row.requested_money(), row.prior_money()).ok()?;
            if comparison == Comparison::Same { Some(zero) } else { comparison.change() }
        };
        let below = self.subtree(at).get(1..).unwrap_or_default();
        if !below.iter().all(|row| row.line.is_addable()) {
            return None;
        }
        let ends = below.iter().filter(|row| row.children.is_empty());
        let mut lines = ends.map(|row| Some((row, change(row)?))).collect::<Option<Vec<_>>>()?;
        lines.sort_by_key(|(_, change)| std::cmp::Reverse(change.smallest_units()));
        let group = |is_of: fn(i128) -> bool| {
            let of = lines.iter().map(|(_, change)| *change).filter(|change| is_of(change.smallest_units()));
            Some((of.clone().count(), Amount::sum(of).ok()?.unwrap_or(zero)))
        };
        let groups = [group(|change| change > 0)?, group(|change| change < 0)?, group(|change| change == 0)?];
        let all = groups[0].1.checked_add(groups[1].1).ok()?;
        all.same_value(change(top)?).then_some(Moves { groups, lines })
    }
}
