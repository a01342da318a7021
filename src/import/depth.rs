//! How deep rows stand: by their column, then by the signs that the table has: how far words are set in, numbers, codes, bold type. Of several signs
//! that do not agree the amounts tell which one is meant.

use std::collections::BTreeSet;

use super::below::aside;
use super::rows::Entry;
use super::words::folded;
use super::{numbers, titles};
use crate::limits::LEVELS;

/// How deep each entry stands, by each of the signs that the table has; the likely ones first.
pub(super) fn depths(entries: &[Entry]) -> Vec<Vec<usize>> {
    if entries.iter().any(|entry| entry.level.is_some()) {
        return vec![entries.iter().map(|entry| entry.level.unwrap_or(0)).collect()];
    }
    let lines = || entries.iter().filter(|entry| titles::sum(entry.title()).is_none());
    let is_set_in = lines().any(|entry| entry.inset > 0 && !titles::of_which(entry.title()));
    let kinds = kinds(entries);
    let is_numbered = kinds.iter().flatten().count() * 2 > entries.len();
    let is_even = entries.windows(2).all(|pair| matches!(pair, [one, other] if level(one) == level(other)));
    let inset: Vec<usize> = entries.iter().map(|entry| entry.inset.min(DEEPEST)).collect();
    let mut signs = vec![(is_set_in, inset.clone()), (is_numbered, by_number(entries, &kinds))];
    let first_unsure = signs.len();
    if is_even {
        signs.extend(by_code(entries).into_iter().chain(by_type(entries)).map(|depths| (false, depths)));
    }
    let last_unsure = signs.len();
    signs.extend([(false, by_kind(&kinds)), (true, inset)]);
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, (is_sure, within)) in signs.into_iter().enumerate() {
        let within = entries.iter().zip(within);
        let depths: Vec<usize> = within.map(|(entry, within)| level(entry) * 1000 + within).collect();
        let (groups, told, agree) = evidence(entries, &depths);
        // A sign that is sure counts though no amount speaks for it; of numbers here and there amounts must.
        let rank = match (groups > 0, agree * 2 >= told) {
            (true, true) if told > 0 => 0,
            (true, _) if is_sure => 1,
            (true, true) if (first_unsure..last_unsure).contains(&at) => 2,
            (false, _) if is_sure => 3,
            _ => continue,
        };
        if !found.iter().any(|(_, known)| *known == depths) {
            found.push((rank, depths));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, depths)| depths).collect()
}

/// The entry that stands in more levels than a budget can have, by whatever sign it has: words before it open levels, and so does what is less deep.
/// What stands above a row that its amounts add up is below it, so that levels go up as well as down.
pub(super) fn too_deep(entries: &[Entry]) -> Option<&Entry> {
    depths(entries).iter().find_map(|depths| {
        let mut rows: Vec<(&Entry, &usize)> = entries.iter().zip(depths).collect();
        let down = past(&rows);
        rows.reverse();
        down.or_else(|| past(&rows))
    })
}

/// The first of rows that has more levels open above it than there may be.
fn past<'e>(rows: &[(&'e Entry, &usize)]) -> Option<&'e Entry> {
    let mut open: Vec<usize> = Vec::new();
    let deep = rows.iter().find(|(entry, depth)| {
        let words = entry.labels.len().saturating_sub(1);
        let groups = entry.labels.iter().take(words).map(|(level, _)| level * 1000);
        for depth in groups.chain([**depth]) {
            open.truncate(open.partition_point(|above| *above < depth));
            open.push(depth);
        }
        open.len() > LEVELS
    });
    deep.map(|(entry, _)| *entry)
}

/// How its number or its mark is written, for each entry that has one: the rank among the kinds of numbers, and which mark it is.
type Kind = (usize, char);

fn kinds(entries: &[Entry]) -> Vec<Option<Kind>> {
    let numbers = || entries.iter().filter_map(|entry| numbers::numbered(entry.title()));
    let letter = |number: &str| folded(number).chars().find(char::is_ascii_alphabetic);
    let letters: BTreeSet<char> = numbers().filter_map(|(_, number, _)| letter(number)).collect();
    let kind = |entry: &Entry| {
        if let Some(level) = numbers::level(entry.title()) {
            return Some((level + 1, ' '));
        }
        let (rank, number, _) = numbers::numbered(entry.title())?;
        // I. is a letter behind H., and else a number.
        let before = letter(number).filter(|letter| matches!(letter, 'i' | 'v' | 'x'));
        let before = before.and_then(|letter| char::from_u32(u32::from(letter) - 1));
        let is_roman = before.is_some_and(|before| !letters.contains(&before));
        let rank =
            numbers::ROMAN.iter().find(|(letters, _)| is_roman && rank == *letters).map_or(rank, |it| it.1);
        let mark = number.chars().next().filter(|_| rank == numbers::MARKS).unwrap_or(' ');
        Some((rank + 11, mark))
    };
    entries.iter().map(kind).collect()
}

/// The depths that the ranks of numbers say. Names of levels go before numbers: 第1項, （目）.
fn by_number(entries: &[Entry], kinds: &[Option<Kind>]) -> Vec<usize> {
    let last = |entry: &Entry| usize::from(entry.is_line) * (DEEPEST / 2);
    entries.iter().zip(kinds).map(|(entry, kind)| kind.map_or(last(entry), |(rank, _)| rank)).collect()
}

/// The depths that numbers and marks say by where they first stand: what is written otherwise than all that is open begins below it.
fn by_kind(kinds: &[Option<Kind>]) -> Vec<usize> {
    let mut open: Vec<Kind> = Vec::new();
    let depth = |kind: &Option<Kind>| {
        let Some(kind) = kind else { return open.len() };
        match open.iter().position(|known| known == kind) {
            Some(at) => open.truncate(at + 1),
            None => open.push(*kind),
        }
        open.len() - 1
    };
    kinds.iter().map(depth).collect()
}

/// The most levels that codes say.
const MOST_DEPTH: usize = 16;
/// What is set in further than this stands no deeper.
pub(super) const DEEPEST: usize = 900;

/// The column that an entry's words stand in.
fn level(entry: &Entry) -> usize {
    entry.labels.last().map_or(0, |(level, _)| *level)
}

/// The depths that codes say: one that begins with another belongs below it, `01` and `0103`, `1.1` and `1.1.4`, `0100` and `0103`.
fn by_code(entries: &[Entry]) -> Vec<Vec<usize>> {
    let codes: Vec<&str> = entries.iter().map(code).collect();
    let has_code = |code: &&&str| !code.is_empty();
    let is_sum = |entry: &&Entry| titles::sum(entry.title()).is_some();
    let lines = entries.len() - entries.iter().filter(is_sum).count();
    if codes.iter().filter(has_code).count() * 10 < lines * 9 || lines < 3 {
        return Vec::new();
    }
    let whole = codes.clone();
    let without_zeros = codes.iter().map(|code| code.trim_end_matches(['0', '.', '-'])).collect();
    let depths = |codes: Vec<&str>| {
        let mut above: Vec<&str> = Vec::new();
        let depths = codes.iter().map(|code| {
            while above.len() > MOST_DEPTH
                || above.last().is_some_and(|last| !code.is_empty() && !is_below(code, last))
            {
                above.pop();
            }
            above.extend((!code.is_empty()).then_some(*code));
            above.len().saturating_sub(usize::from(!code.is_empty()))
        });
        depths.collect()
    };
    [whole, without_zeros].into_iter().map(depths).collect()
}

/// The code of an entry, which may be the first of its words.
fn code(entry: &Entry) -> &str {
    let first = || entry.title().split(' ').next().filter(|first| first.len() < entry.title().len());
    let is_code = |first: &&str| {
        first.starts_with(|c: char| c.is_ascii_digit())
            && first.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
    };
    let code = if entry.code.is_empty() { first().filter(is_code).unwrap_or_default() } else { &entry.code };
    code.trim_end_matches('.')
}

fn is_below(code: &str, above: &str) -> bool {
    let is_parted = |code: &str| code.contains(['.', '-']);
    match code.strip_prefix(above) {
        Some(rest) if is_parted(code) => rest.starts_with(['.', '-']),
        rest => rest.is_some_and(|rest| !rest.is_empty()),
    }
}

/// The depths that type says: what is bold has the lines below it that are not.
fn by_type(entries: &[Entry]) -> Option<Vec<usize>> {
    let is_line = |entry: &&Entry| titles::sum(entry.title()).is_none();
    let is_mixed = entries.iter().filter(is_line).any(|entry| !entry.is_bold);
    let is_first = entries.iter().find(is_line)?.is_bold;
    (is_first && is_mixed).then(|| entries.iter().map(|entry| usize::from(!entry.is_bold)).collect())
}

/// What amounts say of depths: how many rows have lines below them, how many of these state an amount, and how many the one of their lines.
fn evidence(entries: &[Entry], depths: &[usize]) -> (usize, usize, usize) {
    let added = |entry: &Entry, column: usize| entry.figures.get(column)?.as_ref()?.added();
    let (mut groups, mut told, mut agree) = (0_usize, 0_usize, 0_usize);
    for (at, (entry, depth)) in entries.iter().zip(depths).enumerate() {
        let rest = entries.iter().zip(depths).skip(at + 1).take_while(|(_, below)| *below > depth);
        let mut least = usize::MAX;
        let parts: Vec<&Entry> = rest
            .filter(|(_, below)| {
                least = least.min(**below);
                **below == least
            })
            .filter(|(part, _)| titles::sum(part.title()).is_none() && aside(part).is_none())
            .map(|(part, _)| part)
            .collect();
        if parts.is_empty() || titles::sum(entry.title()).is_some() {
            continue;
        }
        groups += 1;
        let telling = (0..entry.figures.len())
            .find_map(|column| Some((column, added(entry, column).filter(|sum| *sum != 0)?)));
        if let Some((column, stated)) = telling {
            told += 1;
            let sum: i128 = parts.iter().filter_map(|part| added(part, column)).sum();
            agree += usize::from(sum == stated);
        }
    }
    (groups, told, agree)
}
