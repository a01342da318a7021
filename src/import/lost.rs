//! What somebody wrote into a workbook that gaisan made and that the files of its chapters do not say: it would be lost if another workbook
//! took its place.

use std::collections::{HashMap, HashSet};

use super::own::FOLLOWS;
use super::{Import, Options, Taken, TakenAmount, TakenLine, import};
use crate::diagnostic::Severity;
use crate::edit::Value;
use crate::model::{Money, Unit, fold_text};

/// Where a workbook says what the one that takes its place does not, and what to do; `None` where nothing is lost.
pub fn lost(name: &str, old: &[u8], new: &[u8], options: &Options) -> Option<String> {
    if old == new {
        return None;
    }
    let [old, new] = [old, new].map(|bytes| import(&[(name.to_owned(), bytes.to_vec())], options));
    if old.chapters.iter().all(|chapter| chapter.kept.is_none()) {
        return Some(format!(
            "`{name}` is no workbook that gaisan made; name another file, or overwrite it with `--force`"
        ));
    }
    let place = first(&old, &new)?;
    Some(format!(
        "{place} has changed since `{name}` was made, and has not come in; import it first, or overwrite it with `--force`"
    ))
}

/// The first place with something that is lost.
fn first(old: &Import, new: &Import) -> Option<String> {
    let finding = old.findings.iter().find(|finding| finding.severity != Severity::Note);
    let named = finding.map(|finding| old.sources.file(finding.primary.span.file).name.clone());
    let left = || old.left.iter().find(|left| !left.ends_with(FOLLOWS));
    let place =
        || left().map(|left| left.split_once(": ").map_or(left.as_str(), |(place, _)| place).to_owned());
    let has_come_in = || old.chapters.iter().all(|chapter| is_in(chapter, new));
    named.or_else(place).or_else(|| old.changed.first().filter(|_| !has_come_in()).cloned())
}

/// Whether the chapter of a new workbook says all that was changed in the old one.
fn is_in(old: &Taken, new: &Import) -> bool {
    let is_it = |other: &&Taken| (other.id(), other.year, other.stage) == (old.id(), old.year, old.stage);
    let Some(new) = new.chapters.iter().find(is_it) else { return false };
    let lines = all(new);
    let mut by_id: HashMap<&str, &TakenLine> = HashMap::new();
    by_id.extend(lines.iter().filter_map(|line| Some((line.id.as_deref()?, *line))));
    let own = all(old);
    let ids: HashSet<Option<&str>> = own.iter().map(|line| line.id.as_deref()).collect();
    let titles: HashSet<String> = own.iter().map(|line| called(line)).collect();
    let is_gone = |line: &&TakenLine| !ids.contains(&line.id.as_deref()) && !titles.contains(&called(line));
    let is_whole = old.kept.as_ref().is_some_and(|kept| kept.is_complete);
    (is_whole || !lines.iter().any(is_gone))
        && own.iter().all(|line| match line.id.as_deref().and_then(|id| by_id.get(id)) {
            Some(now) if !line.was.is_empty() => is_said(line, now, old.unit),
            _ => lines.iter().any(|now| says_amounts(&line.amounts, now) && called(line) == called(now)),
        })
}

/// The chapter's own line and all below it.
fn all(taken: &Taken) -> Vec<&TakenLine> {
    fn below<'t>(lines: &'t [TakenLine], into: &mut Vec<&'t TakenLine>) {
        for line in lines {
            into.push(line);
            below(&line.children, into);
        }
    }
    let mut lines: Vec<&TakenLine> = taken.kept.iter().collect();
    below(&taken.lines, &mut lines);
    lines
}

/// What a line is called, in whatever letters.
fn called(line: &TakenLine) -> String {
    fold_text(line.title.trim())
}

/// Whether a line has some amounts.
fn says_amounts(amounts: &[TakenAmount], now: &TakenLine) -> bool {
    amounts.iter().all(|amount| {
        let is_it = |it: &&TakenAmount| (it.figure, &it.account) == (amount.figure, &amount.account);
        now.amounts.iter().find(is_it).is_some_and(|it| it.money.same_value(amount.money))
    })
}

/// Whether a line says under each key what another one was changed to there.
fn is_said(line: &TakenLine, now: &TakenLine, unit: Unit) -> bool {
    let of = |keys: &'_ [(String, Value)], key: &str| {
        keys.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    };
    let keys = line.kept.iter().chain(&line.was).map(|(key, _)| key.as_str());
    line.empty.is_empty()
        && says_amounts(&line.sums, now)
        && keys.into_iter().all(|key| {
            let [to, from, is] = [&line.kept, &line.was, &now.kept].map(|keys| of(keys, key));
            to == from || is_value(to.as_ref(), is.as_ref(), unit)
        })
}

/// Whether two values are the same, amounts in whatever words.
fn is_value(one: Option<&Value>, other: Option<&Value>, unit: Unit) -> bool {
    match (one, other) {
        (Some(Value::Text(one)), Some(Value::Text(other))) => {
            let both = Money::parse(one, unit).ok().zip(Money::parse(other, unit).ok());
            one == other || both.is_some_and(|(one, other)| one.same_value(other))
        }
        (Some(Value::Braces(one)), Some(Value::Braces(other))) => {
            let find = |key: &str| other.iter().find(|(known, _)| known == key).map(|(_, value)| value);
            one.len() == other.len() && one.iter().all(|(key, value)| is_value(Some(value), find(key), unit))
        }
        (Some(Value::List(one)), Some(Value::List(other))) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_value(Some(one), Some(other), unit))
        }
        (one, other) => one == other,
    }
}
