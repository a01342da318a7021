//! Which groups each program of a sheet of ours is in: those of the headings that its row stands below.

use std::collections::{BTreeMap, BTreeSet};

use super::super::formula::adds_below;
use super::super::remark::Remark;
use super::super::{Cell, TakenLine};
use super::entries::{Entries, text};
use super::line::Taking;
use super::row::plain;
use super::{DEPTH, FIGURES, GROUP, Read, TITLE};
use crate::edit::Value;

/// What the rows say of groups by where they stand.
#[derive(Default)]
pub(super) struct Groups {
    /// The groups of programs, from the outermost, by their rows.
    pub(super) of: BTreeMap<usize, Vec<String>>,
    /// The rows that an officer put in as headings.
    pub(super) headings: BTreeSet<usize>,
    /// The rows of headings that have another title now, which is taken.
    pub(super) retitled: BTreeSet<usize>,
}

/// A heading that the next rows stand below.
struct Heading {
    inset: usize,
    name: String,
    /// Where a heading has another title now, what it was.
    was: Option<String>,
}

/// What stands just above a row.
struct Above {
    path: Vec<String>,
    is_heading: bool,
    /// Whether an officer put the heading in, and nothing but lines that were there follow it so far.
    is_typed: bool,
    inset: usize,
}

/// The groups that the keys of a line say, from the outermost.
pub(crate) fn groups(entries: &Entries) -> Vec<String> {
    let names = match entries.iter().find(|(key, _)| key == "group").map(|(_, value)| value) {
        Some(Value::List(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    let name = |name: &Value| if let Value::Text(name) = name { Some(name.clone()) } else { None };
    names.iter().filter_map(name).collect()
}

impl Read<'_> {
    /// The groups that its line was in when the sheet was made.
    pub(super) fn groups(&self) -> Vec<String> {
        groups(&self.kept)
    }

    /// How deep it was set in when the sheet was made.
    pub(super) fn depth(&self) -> usize {
        text(&self.shown, &[DEPTH]).and_then(|depth| depth.parse().ok()).unwrap_or_default()
    }

    /// Whether it is of a program that is set in as far as it was.
    pub(super) fn is_program_as_made(&self) -> bool {
        self.is_program() && self.inset == 2 * self.depth()
    }

    /// Whether it was made of a program: parts of one are in no group and stand deeper.
    fn is_program(&self) -> bool {
        !self.kept.is_empty() && !self.is_beside() && (self.depth() == 0 || !self.groups().is_empty())
    }

    fn is_line(&self) -> bool {
        !(self.is_beside() || self.title.is_empty() || self.is_no_line())
    }
}

impl Taking<'_> {
    /// The groups of a program: a new one is in those that it stands below, and one that was there is so, too, where it was moved.
    pub(super) fn grouped(&mut self, row: &Read<'_>, line: &mut TakenLine, groups: Option<&Vec<String>>) {
        let Some(groups) = groups else { return };
        line.groups.clone_from(groups);
        if !line.kept.is_empty() && *groups != row.groups() {
            self.has_changed(row, TITLE, true);
            line.kept.retain(|(key, _)| key != "group");
            let value = match groups.as_slice() {
                [] => None,
                [name] => Some(Value::text(name)),
                names => Some(Value::List(names.iter().map(Value::text).collect())),
            };
            line.kept.extend(value.map(|value| ("group".to_owned(), value)));
        }
    }

    /// Where each program stands. Nothing is said of a sheet without groups.
    pub(super) fn groups(&mut self, rows: &[Read<'_>]) -> Groups {
        let mut groups = Groups::default();
        // Headings that are gone have left their programs where these stood.
        let of_programs = |row: &Read<'_>| row.depth().saturating_sub(row.groups().len())..row.depth();
        let headings = rows.iter().filter(|row| row.text(GROUP).is_some()).map(Read::depth);
        let programs = rows.iter().filter(|row| !row.groups().is_empty()).flat_map(of_programs);
        let depths: BTreeSet<usize> = headings.chain(programs).map(|depth| 2 * depth).collect();
        let mut stack: Vec<Heading> = Vec::new();
        let mut above = Above { path: Vec::new(), is_heading: false, is_typed: false, inset: 0 };
        for (at, row) in rows.iter().enumerate().filter(|_| !depths.is_empty()) {
            let rest = rows.get(at + 1..).unwrap_or_default();
            let typed = self.typed_inset(row, rest, &depths, &stack);
            if row.text(GROUP).is_some() || typed.is_some() {
                let inset = typed.unwrap_or(row.inset);
                stack.retain(|heading| heading.inset < inset);
                let heading = self.heading(rows, row, inset);
                groups.retitled.extend((row.text(GROUP) != Some(&heading.name)).then_some(row.at));
                stack.push(heading);
                groups.headings.extend(typed.map(|_| row.at));
                self.has_changed(row, TITLE, typed.is_some());
                above = Above { path: names(&stack), is_heading: true, is_typed: typed.is_some(), inset };
                continue;
            }
            let is_own = self.owners.get(&row.id) == Some(&row.at);
            if !row.is_line() || is_own && !row.is_program() {
                continue;
            }
            let path = match is_own {
                true => self.stands(row, rest, &stack, &above),
                false => put_in(row, rest, &stack, &above),
            };
            groups.of.insert(row.at, path.clone());
            if is_own || above.is_heading || row.inset <= above.inset {
                if names(&stack).starts_with(&path) {
                    stack.truncate(path.len());
                }
                let is_typed = above.is_typed && is_own;
                above = Above { path, is_heading: false, is_typed, inset: row.inset };
            }
        }
        groups
    }

    /// The groups of a program that was there: those that it was in where its row stands as it may have stood, and those of the row above it where it
    /// cannot have.
    fn stands(&mut self, row: &Read<'_>, rest: &[Read<'_>], stack: &[Heading], above: &Above) -> Vec<String> {
        let made = renamed(row.groups(), stack);
        let is_amid = followed(rest, stack).is_some_and(|next| next == above.path);
        if made == above.path || is_amid || above.is_typed {
            return above.path.clone();
        }
        if row.inset != 2 * row.depth() && !above.is_heading {
            return set_in(row, stack);
        }
        if !names(stack).starts_with(&made) {
            return above.path.clone();
        }
        if above.is_heading {
            let heading = above.path.last().map_or("", String::as_str);
            let what = format!(
                "`{}` stands just below `{heading}`, of which nothing else is left; it stays outside of that",
                row.title
            );
            let help = "set it in, if it is a program of that group; otherwise take the heading out";
            let at = Cell { row: row.at, column: self.keys.of(TITLE).unwrap_or(0) };
            self.remarks.push(Remark::assumed(at, what, help));
        }
        made
    }

    /// The heading that a row is: the group that it was made of, or its title where that is another one now.
    fn heading(&mut self, rows: &[Read<'_>], row: &Read<'_>, inset: usize) -> Heading {
        let own = row.text(GROUP).unwrap_or(&row.title).to_owned();
        let shown = |row: &Read<'_>| text(&row.shown, &["title"]).map(plain);
        let is_as_made = row.kept.is_empty() || shown(row).is_none_or(|shown| shown == row.title);
        if is_as_made || self.is_english || row.title.is_empty() {
            return Heading { inset, name: own, was: None };
        }
        // One that was copied is another heading; one that was not has been renamed.
        let is_it =
            |it: &&Read<'_>| it.text(GROUP) == Some(own.as_str()) && shown(it) == Some(it.title.clone());
        let is_copy = rows.iter().any(|it| is_it(&it));
        self.has_changed(row, TITLE, true);
        Heading { inset, name: row.title.clone(), was: Some(own).filter(|_| !is_copy) }
    }

    /// How far the heading is set in that a row of an officer's own is: one without amounts, or with sums of those below, and lines below it that
    /// are new or come from elsewhere.
    fn typed_inset(
        &self,
        row: &Read<'_>,
        rest: &[Read<'_>],
        depths: &BTreeSet<usize>,
        stack: &[Heading],
    ) -> Option<usize> {
        if !row.kept.is_empty() || !row.is_line() {
            return None;
        }
        let mut cells = FIGURES.iter().filter_map(|(_, word, _)| row.cell(self.grid, self.keys, word));
        let is_heading = cells.all(|cell| {
            let at = Cell { row: row.at, column: cell.column };
            cell.text.trim().is_empty() || cell.formula.as_deref().is_some_and(|it| adds_below(it, at))
        });
        let next = rest.iter().find(|next| next.is_line() || next.text(GROUP).is_some() || is_top(next))?;
        let is_new = self.owners.get(&next.id) != Some(&next.at);
        let comes = || next.is_program() && !names(stack).starts_with(&renamed(next.groups(), stack));
        if !is_heading || !next.is_line() || !(is_new || comes()) {
            return None;
        }
        let mut all = depths.iter();
        match (all.next(), all.next()) {
            (Some(only), None) => Some(*only),
            _ => depths.get(&row.inset).copied(),
        }
    }
}

fn is_top(row: &Read<'_>) -> bool {
    row.text("gaisan").is_some()
}

fn names(stack: &[Heading]) -> Vec<String> {
    stack.iter().map(|heading| heading.name.clone()).collect()
}

/// Groups as the headings above are called now.
fn renamed(mut made: Vec<String>, stack: &[Heading]) -> Vec<String> {
    let as_made = stack.iter().map(|heading| heading.was.as_ref().unwrap_or(&heading.name));
    let same = made.iter().zip(as_made).take_while(|(one, other)| one == other).count();
    for (name, heading) in made.iter_mut().zip(stack).take(same) {
        name.clone_from(&heading.name);
    }
    made
}

/// The groups of the next program that was there, where no heading stands before it.
fn followed(rest: &[Read<'_>], stack: &[Heading]) -> Option<Vec<String>> {
    let mut rows = rest.iter().take_while(|row| row.text(GROUP).is_none() && !is_top(row));
    rows.find(|row| row.is_program()).map(|row| renamed(row.groups(), stack))
}

/// The groups that a row is set in below.
fn set_in(row: &Read<'_>, stack: &[Heading]) -> Vec<String> {
    let above = stack.iter().filter(|heading| heading.inset < row.inset);
    above.map(|heading| heading.name.clone()).collect()
}

/// The groups of a row that was put in: just below a heading those of that, among programs theirs, and else those that it is set in below.
fn put_in(row: &Read<'_>, rest: &[Read<'_>], stack: &[Heading], above: &Above) -> Vec<String> {
    let is_amid = followed(rest, stack).is_some_and(|next| next == above.path);
    if above.is_heading || is_amid { above.path.clone() } else { set_in(row, stack) }
}
