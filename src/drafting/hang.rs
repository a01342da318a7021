//! Rows of a sheet of ours say by their ids which lines they are, and stay where the chapter has those, however far they are set in.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Change;
use crate::import::{Taken, TakenLine};
use crate::model::{Program, Request};

/// A row on its own.
struct Row {
    line: TakenLine,
    /// The row that it is set in below.
    below: Option<usize>,
}

/// The table with the lines of the chapter where the chapter has them, and what is said of those that stand elsewhere in the sheet.
pub(super) fn hung<'t>(taken: &'t Taken, request: &Request) -> (Cow<'t, Taken>, Vec<Change>) {
    let mut said = Vec::new();
    if taken.kept.is_none() {
        return (Cow::Borrowed(taken), said);
    }
    let mut parents = HashMap::new();
    collect(&request.programs, None, &mut parents);
    let mut rows = Vec::new();
    flat(&taken.lines, None, &mut rows);
    let id = |row: &Row| row.line.id.as_deref().filter(|id| parents.contains_key(id)).map(str::to_owned);
    let ids: Vec<Option<String>> = rows.iter().map(id).collect();
    let at: HashMap<&str, usize> =
        ids.iter().enumerate().filter_map(|(at, id)| Some((id.as_deref()?, at))).collect();
    let parent = |row: usize| parents.get(ids.get(row)?.as_deref()?).copied();
    let mut homes: Vec<Option<Option<usize>>> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let below = row.below.and_then(|below| ids.get(below)).and_then(Option::as_deref);
        // A new row that lines of the chapter would be parts of is one among them.
        let within =
            || rows.iter().enumerate().skip(number + 1).take_while(|(_, it)| it.below >= Some(number));
        let first = || within().find(|(at, it)| it.below == Some(number) && parent(*at).is_some());
        let own = parent(number).or_else(|| parent(first()?.0));
        let home = own.flatten().map(|own| at.get(own).copied());
        if home == Some(None) {
            let (id, own) =
                (row.line.id.as_deref().unwrap_or(&row.line.title), own.flatten().unwrap_or_default());
            said.push(Change::Left(format!(
                "{id}  the row of `{own}` is gone, which it is a part of; nothing of it is taken"
            )));
        }
        homes.push(match (own, home) {
            (None, _) => Some(row.below),
            (Some(_), None) => Some(None),
            (Some(_), Some(home)) => home.map(Some),
        });
        if let Some(own) = parent(number).filter(|_| row.below.is_some() && below.is_none()) {
            let top = request.line.id.value.as_str();
            let new = row.below.and_then(|new| rows.get(new));
            // A new row in front of all parts that is set in no further than they are is the first of them.
            let is_second = (0..row.below.unwrap_or(0)).any(|it| parent(it) == Some(own));
            if let Some(new) = new.filter(|_| is_second || row.line.is_set_in_anew) {
                said.push(Change::Left(format!(
                    "{}  its row stands below `{}` in the sheet, which is new; the line stays below `{}`",
                    row.line.id.as_deref().unwrap_or_default(),
                    new.line.title,
                    own.unwrap_or(top),
                )));
            }
        }
        let is_elsewhere = row.below.is_none() || below.is_some();
        if let Some(own) = parent(number).filter(|own| is_elsewhere && *own != below) {
            let id = ids.get(number).and_then(Option::as_deref).unwrap_or_default();
            let top = request.line.id.value.as_str();
            let (stood, stands) = (own.unwrap_or(top), below.unwrap_or(top));
            said.push(Change::Left(format!(
                "{id}  its row stands below `{stands}` in the sheet; the line stays below `{stood}`"
            )));
        }
    }
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut top = Vec::new();
    for (at, home) in homes.into_iter().enumerate() {
        let Some(home) = home else { continue };
        // Only programs are in groups.
        rows.get_mut(at).filter(|_| home.is_some()).into_iter().for_each(|row| row.line.groups.clear());
        home.and_then(|home| below.get_mut(home)).unwrap_or(&mut top).push(at);
    }
    let mut lines: Vec<Option<TakenLine>> = rows.into_iter().map(|row| Some(row.line)).collect();
    (Cow::Owned(Taken { lines: built(&top, &below, &mut lines), ..taken.clone() }), said)
}

/// The line above each, by their ids.
fn collect<'r>(
    programs: &'r [Program],
    above: Option<&'r str>,
    into: &mut HashMap<&'r str, Option<&'r str>>,
) {
    for program in programs {
        let id = program.line.id.value.as_str();
        into.insert(id, above);
        collect(&program.children, Some(id), into);
    }
}

fn flat(lines: &[TakenLine], below: Option<usize>, into: &mut Vec<Row>) {
    for line in lines {
        let at = into.len();
        into.push(Row { line: TakenLine { children: Vec::new(), ..line.clone() }, below });
        flat(&line.children, Some(at), into);
    }
}

fn built(rows: &[usize], below: &[Vec<usize>], lines: &mut [Option<TakenLine>]) -> Vec<TakenLine> {
    let mut made = Vec::new();
    for at in rows {
        let Some(mut line) = lines.get_mut(*at).and_then(Option::take) else { continue };
        line.children = built(below.get(*at).map_or(&[][..], Vec::as_slice), below, lines);
        made.push(line);
    }
    made
}
