//! Which chapter of the old side is compared with which of the new one.

use std::collections::BTreeMap;
use std::fmt;

use super::change::Relation;
use crate::model::{FiscalYear, Id, Stage};
use crate::rollup::Rollup;

/// The chapters of two sides, paired by their places.
pub(super) struct Pairing {
    pub(super) relation: Relation,
    /// For each chapter of the new side its counterpart.
    pub(super) counterpart: Vec<Option<usize>>,
}

/// A chapter that a side has for several years or stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The chapter's id.
    pub id: Id,
    /// The years and stages on the old side.
    pub old: Vec<(FiscalYear, Stage)>,
    /// The years and stages on the new side.
    pub new: Vec<(FiscalYear, Stage)>,
}

impl fmt::Display for Ambiguous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = |times: &[(FiscalYear, Stage)]| {
            let time = |(year, stage): &(FiscalYear, Stage)| format!("FY{} {}", year.western(), stage.slug());
            times.iter().map(time).collect::<Vec<_>>().join(", ")
        };
        write!(
            f,
            "`{}` is there for {} on the old side and for {} on the new one",
            self.id,
            times(&self.old),
            times(&self.new)
        )
    }
}

fn time(rollup: &Rollup<'_>) -> (FiscalYear, Stage) {
    (rollup.request.fiscal_year.value, rollup.request.stage)
}

fn id<'a>(rollup: &Rollup<'a>) -> &'a Id {
    &rollup.request.line.id.value
}

impl Pairing {
    /// Pairs chapters of the same id, year and stage. Where no two are the same in all three, pairs chapters of the same id across years
    /// and stages, and two lone chapters whatever their ids.
    pub(super) fn of(old: &[&Rollup<'_>], new: &[&Rollup<'_>]) -> Result<Self, Ambiguous> {
        let exact: BTreeMap<_, usize> =
            old.iter().enumerate().map(|(at, rollup)| ((id(rollup), time(rollup)), at)).collect();
        let counterpart: Vec<Option<usize>> =
            new.iter().map(|rollup| exact.get(&(id(rollup), time(rollup))).copied()).collect();
        if counterpart.iter().any(Option::is_some) {
            return Ok(Self { relation: Relation::Drafts, counterpart });
        }

        let counterpart = match (old, new) {
            ([_], [_]) => vec![Some(0)],
            _ => across(old, new)?,
        };
        let pairs = counterpart.iter().zip(new).filter_map(|(at, new)| {
            let old = at.and_then(|at| old.get(at))?;
            Some((old.request, new.request))
        });
        let mut years = pairs.map(|(old, new)| old.fiscal_year.value == new.fiscal_year.value);
        let is_one_year = years.next().unwrap_or(false) && years.all(|same| same);
        let same_time = matches!((old, new), ([one], [other]) if time(one) == time(other));
        let relation = match (is_one_year, same_time) {
            (_, true) => Relation::Drafts,
            (true, false) => Relation::Stages,
            (false, false) => Relation::Years,
        };
        Ok(Self { relation, counterpart })
    }
}

fn across(old: &[&Rollup<'_>], new: &[&Rollup<'_>]) -> Result<Vec<Option<usize>>, Ambiguous> {
    new.iter()
        .map(|rollup| {
            let same = |other: &&&Rollup<'_>| id(other) == id(rollup);
            let olds: Vec<usize> =
                (0..old.len()).filter(|&at| old.get(at).is_some_and(|other| same(&other))).collect();
            let news = new.iter().filter(same).count();
            match (olds.as_slice(), news) {
                ([], _) => Ok(None),
                ([one], 1) => Ok(Some(*one)),
                _ => Err(Ambiguous {
                    id: id(rollup).clone(),
                    old: old.iter().filter(same).map(|other| time(other)).collect(),
                    new: new.iter().filter(same).map(|other| time(other)).collect(),
                }),
            }
        })
        .collect()
}
