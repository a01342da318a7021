//! What speaks for two lines being one, and what against it.

use std::collections::HashMap;

use super::change::Member;
use super::forest::Forest;
use super::proposal::Likeness;
use crate::diagnostic::is_like;
use crate::lineage::may_be_same;
use crate::model::{Amount, fold_text};

/// Titles and codes of fewer letters tell no two lines apart.
const DISTINCT: usize = 4;
/// As many digits of one amount speak for two lines that have a title in common.
const EXACT: usize = 4;
/// As many speak for themselves.
const PRECISE: usize = 7;

/// A line without a counterpart.
#[derive(Clone)]
pub(super) struct Lone<'a> {
    pub(super) member: Member<'a>,
    pub(super) chapter: usize,
    /// The unit it lies below.
    pub(super) above: Option<usize>,
    pub(super) title: String,
    /// The title of the line above.
    pub(super) above_title: String,
    /// The code before the title, as ledgers have it: `04`, `069-0100`.
    pub(super) code: Option<&'a str>,
    /// How many lines of its side have the title.
    pub(super) namesakes: usize,
    /// The amount of its own year.
    pub(super) size: Option<Amount>,
    /// The amounts by which it can be known: what the other side would call them.
    pub(super) amounts: Vec<Amount>,
    /// Whether the file says that it is new.
    pub(super) is_new: bool,
}

/// Whether enough speaks for two lines being one. Where a title is that of several lines, what it stands below and the amounts must speak for
/// it, too; where unsure, nothing is proposed.
pub(super) fn is_likely(gone: &Lone<'_>, come: &Lone<'_>, likeness: Likeness) -> bool {
    let digits = same_amount(gone, come).map_or(0, significant);
    let is_below_same = gone.above.is_some() && gone.above == come.above;
    let is_below_like = is_below_same || !come.above_title.is_empty() && gone.above_title == come.above_title;
    let is_only = gone.namesakes == 1 && come.namesakes == 1 && come.title.chars().count() >= DISTINCT;
    let codes = gone.code.zip(come.code);
    let is_same_code = codes.is_some_and(|(old, new)| old == new && old.len() >= DISTINCT);
    let is_other_code = codes.is_some_and(|(old, new)| old != new);
    let speaks = is_same_code || digits >= EXACT;
    let titles = [gone, come].map(|lone| lone.member.row.line.title.as_str());
    let [old_numbers, new_numbers] = titles.map(numbers);
    // What its file calls new was no other line.
    let is_said_new = come.is_new && !gone.is_new;
    let objects = digits == 0 && (is_said_new || are_apart(gone, come) || old_numbers != new_numbers);
    match likeness {
        Likeness::SameId => speaks || !objects && (is_below_like || is_like(&gone.title, &come.title)),
        Likeness::SameTitle => {
            speaks || !objects && (is_below_same || is_only && (is_below_like || !is_other_code))
        }
        Likeness::NearTitle => speaks || digits > 1 || !objects && !is_other_code && is_below_same,
        Likeness::SameAmount => digits >= PRECISE || is_below_same && digits > 1,
    }
}

/// The amount that two lines have, the same within rounding.
pub(super) fn same_amount(gone: &Lone<'_>, come: &Lone<'_>) -> Option<Amount> {
    let is_same = |amount: &Amount| gone.amounts.iter().any(|other| may_be_same(&[*other], &[*amount]));
    come.amounts.iter().copied().find(is_same)
}

/// Whether the amounts of two lines are so far apart that they can hardly be one: what both say of one year more than double, or the amounts of
/// two years more than five times.
fn are_apart(gone: &Lone<'_>, come: &Lone<'_>) -> bool {
    let is_beyond = |one: &Amount, other: &Amount, times: i128| {
        let (one, other) = (one.smallest_units(), other.smallest_units());
        (one < 0) != (other < 0)
            || one.abs() > other.abs().saturating_mul(times)
            || other.abs() > one.abs().saturating_mul(times)
    };
    match (come.amounts.is_empty(), gone.size.zip(come.size)) {
        (false, _) if !gone.amounts.is_empty() => {
            let mut pairs =
                gone.amounts.iter().flat_map(|one| come.amounts.iter().map(move |other| (one, other)));
            pairs.all(|(one, other)| is_beyond(one, other, 2))
        }
        (_, Some((one, other))) => is_beyond(&one, &other, 5),
        _ => false,
    }
}

/// The digits of an amount without the zeros at its end: round amounts say little.
fn significant(amount: Amount) -> usize {
    amount.smallest_units().unsigned_abs().to_string().trim_end_matches('0').len()
}

/// How many lines of a side have each title.
pub(super) fn namesakes(forest: &Forest<'_>) -> HashMap<String, usize> {
    let mut known: HashMap<String, usize> = HashMap::new();
    for tree in &forest.trees {
        *known.entry(bare(&tree.member.row.line.title)).or_default() += 1;
    }
    known
}

/// The code before a title: a first word of digits, with letters and hyphens.
pub(super) fn code(title: &str) -> Option<&str> {
    let word = title.split_whitespace().next()?;
    let is_code = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._/".contains(letter));
    (is_code && word.chars().any(|letter| letter.is_ascii_digit()) && word.len() < title.trim().len())
        .then_some(word)
}

/// The numbers in a title, without its code: `平成26年度潜水艦建造費` is not that of 令和2年度.
fn numbers(title: &str) -> Vec<String> {
    let rest = fold_text(title.strip_prefix(code(title).unwrap_or_default()).unwrap_or(title));
    let runs = rest.split(|letter: char| !letter.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// The letters of a title, without marks, spaces, digits and case: codes are renumbered more often than names are changed.
pub(super) fn bare(title: &str) -> String {
    let letters = fold_text(title).to_lowercase();
    letters.chars().filter(|letter| letter.is_alphabetic()).collect()
}
