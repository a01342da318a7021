//! Lines of a corrected table that stand below another line than they did: their entries go over to the list of that line, as they are written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::around::{Home, Trees};
use super::homes::which;
use super::ids;
use super::lines::Named;
use super::{Change, Plan};
use crate::diagnostic::{Edit, Severity};
use crate::edit::{Manuscript, edited};
use crate::model::{Program, Request};
use crate::read::Reading;
use crate::source::{self, FileId, Span};

/// How many lines go over at one import, at most and at least, and how many are read for it: each is read again with its chapter.
const MOST_MOVES: [usize; 2] = [2, 50];
const MOST_READ: usize = 100_000;

/// A line that goes over.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) id: String,
    /// The lines that it stood below and stands below now.
    pub(super) from: String,
    pub(super) to: String,
    /// The line that stands before it there.
    pub(super) behind: Option<String>,
    pub(super) cell: String,
}

impl Trees<'_> {
    /// Notes that a line stands elsewhere. Below another line it goes over to that; among the programs, or below what is new, it cannot.
    pub(super) fn say_moved(&mut self, own: usize, (stays, home): (Home, Home), before: Option<usize>) {
        let is_gone =
            matches!(stays, Home::Own(above) if self.own.get(above).is_some_and(|it| it.row.is_none()));
        // A table in which it stands where it stood does not undo what was moved in the files.
        let is_where_it_was = self.own.get(own).is_some_and(|own| {
            own.path.is_some() && own.path == own.row.map(|row| ids::bare(&self.path(row)))
        });
        if stays == home || is_gone || is_where_it_was {
            return;
        }
        let [id, from, to] = [Home::Own(own), stays, home].map(|home| self.named(home));
        if let (Home::Own(_), Home::Own(_)) = (stays, home) {
            let place = self.own.get(own).and_then(|own| self.rows.get(own.row?)).map(|row| row.line.origin);
            let cell = place.map(|place| self.again.table.cell(place)).unwrap_or_default();
            let behind = before.map(|before| self.named(Home::Own(before)));
            self.moves.push(Move { id, from, to, behind, cell });
        } else {
            self.said.push(Change::Left(format!(
                "{id}  its row stands below `{to}` in the sheet; the line stays below `{from}`"
            )));
        }
    }

    /// The titles from the top of the table down to a row.
    pub(super) fn path(&self, row: usize) -> String {
        let Some(row) = self.rows.get(row) else { return String::new() };
        let above = row.below.map(|above| self.path(above)).unwrap_or_default();
        ids::path(&above, &row.line.title)
    }
}

/// Puts lines below those that they stand below in the table, as their names are then. What cannot be moved as it is written stays, and how it is done by
/// hand is said.
pub(super) fn moved<'t>(
    plan: &mut Plan,
    (folder, here, request): (&Path, &Reading, &Request),
    moves: &[Move],
    mut named: Vec<Named<'t>>,
) -> Vec<Named<'t>> {
    let own = which(request);
    let read = |files: BTreeMap<PathBuf, Vec<u8>>| here.with(files, &[folder.to_path_buf()]);
    let errors = |reading: &Reading| {
        reading.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    let [least, most] = MOST_MOVES;
    let most = (MOST_READ / Program::all(&request.programs).len().max(1)).clamp(least, most);
    let mut there = read(plan.files.clone());
    for (at, step) in moves.iter().enumerate() {
        let Some(now) = there.requests.iter().find(|it| which(it) == own) else { break };
        let files = edits(&there, now, step).filter(|_| at < most).and_then(|edits| {
            let mut files = plan.files.clone();
            for (file, edits) in edits {
                let path = &there.sources.file(file).path;
                let bytes = files.get(path).cloned().or_else(|| source::read_bytes(path).ok())?;
                files.insert(path.clone(), edited(&bytes, &edits)?);
            }
            Some(files)
        });
        // What came of it is read before it is believed.
        let is_there = |after: &Reading| {
            let found = after.requests.iter().find(|it| which(it) == own);
            let home = found.and_then(|found| find(&found.programs, &step.to));
            errors(after) <= errors(&there)
                && home.is_some_and(|home| home.children.iter().any(|it| is(it, &step.id)))
        };
        let after = files.map(|files| (read(files.clone()), files)).filter(|(after, _)| is_there(after));
        match after {
            Some((after, files)) => {
                (there, plan.files) = (after, files);
                rehang(&mut named, step);
                let (from, to) = (step.from.clone(), step.to.clone());
                let (line, what, cell) = (step.id.clone(), "place".to_owned(), step.cell.clone());
                plan.changes.push(Change::Text { line, what, from, to, cell });
            }
            None => plan.changes.push(Change::Left(by_hand(&there, now, step))),
        }
    }
    named
}

/// Puts a name below that of the line that it stands below now.
fn rehang(named: &mut Vec<Named<'_>>, step: &Move) {
    fn taken<'t>(named: &mut Vec<Named<'t>>, id: &str) -> Option<Named<'t>> {
        match named.iter().position(|it| it.id == id) {
            Some(at) => Some(named.remove(at)),
            None => named.iter_mut().find_map(|it| taken(&mut it.children, id)),
        }
    }
    fn home<'n, 't>(named: &'n mut [Named<'t>], id: &str) -> Option<&'n mut Named<'t>> {
        named.iter_mut().find_map(|it| if it.id == id { Some(it) } else { home(&mut it.children, id) })
    }
    fn repath(named: &mut Named<'_>, above: &str) {
        named.path = ids::path(above, &named.line.title);
        let path = named.path.clone();
        named.children.iter_mut().for_each(|it| repath(it, &path));
    }
    let Some(mut own) = taken(named, &step.id) else { return };
    if let Some(home) = home(named, &step.to) {
        repath(&mut own, &home.path);
        let behind = home.children.iter().position(|it| Some(&it.id) == step.behind.as_ref());
        home.children.insert(behind.map_or(0, |at| at + 1), own);
    }
}

fn is(program: &Program, id: &str) -> bool {
    program.line.id.value.as_str() == id
}

fn find<'r>(programs: &'r [Program], id: &str) -> Option<&'r Program> {
    programs
        .iter()
        .find_map(|program| if is(program, id) { Some(program) } else { find(&program.children, id) })
}

/// The edits that take an entry out of its list and put it into another.
fn edits(there: &Reading, now: &Request, step: &Move) -> Option<BTreeMap<FileId, Vec<Edit>>> {
    let [line, home] = [&step.id, &step.to].map(|id| find(&now.programs, id));
    let (line, home) = (line?, home?);
    let behind = |id: &String| home.children.iter().position(|child| is(child, id));
    let at = step.behind.as_ref().map_or(Some(0), |id| behind(id).map(|at| at + 1));
    let page = |place: Span| Manuscript::read(there, place.file);
    let (from, to) = (line.line.id.span, home.line.id.span);
    let (out, cut) = page(from)?.cut(from)?;
    let put = page(to)?.paste(to, "children", at.unwrap_or(home.children.len()), &cut)?;
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    edits.entry(from.file).or_default().push(out);
    edits.entry(to.file).or_default().push(put);
    Some(edits)
}

/// How a line is moved by hand.
fn by_hand(there: &Reading, now: &Request, step: &Move) -> String {
    let place = |id: &str| {
        let span = find(&now.programs, id).map(|program| program.line.id.span)?;
        let position = there.sources.position(span);
        Some(format!("{}:{}", there.sources.file(span.file).name, position.line))
    };
    let [own, home] = [&step.id, &step.to].map(|id| place(id).unwrap_or_default());
    let Move { id, from, to, .. } = step;
    format!(
        "{id}  its row stands below `{to}` in the sheet; the line stays below `{from}`: to move it, cut its entry at {own} and put it under `children` of `{to}` at {home}"
    )
}
