//! A chapter that is there, and the corrected table: only the amounts and lines that changed, in place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::around::around;
use super::follow::Totals;
use super::hang::hung;
use super::ids::{Name, Namer, Names};
use super::lines::{Named, Table};
use super::moves::moved;
use super::settle::follow;
use super::{Change, Plan, Planned, since, unfollowed};
use crate::diagnostic::{Edit, Severity};
use crate::edit::{Manuscript, Value, written};
use crate::import::own::Entries;
use crate::import::{Aside, Figure, Place, Taken, TakenLine};
use crate::model::{Breakdown, Money, Program, Request};
use crate::read::Reading;
use crate::source::{FileId, Span};

/// Plans what the table changes in a chapter.
pub(super) fn plan(
    taken: &Taken,
    (folder, here, request): (&Path, &Reading, &Request),
    names: &Names,
    planned: &Planned,
    mut plan: Plan,
) -> Plan {
    if request.is_unread() {
        let is_about = |span: Span| request.is_in(span.file);
        let findings =
            here.findings.iter().filter(|it| it.severity == Severity::Error && is_about(it.primary.span));
        plan.findings = findings.cloned().collect();
        plan.sources = here.sources.clone();
        return plan;
    }
    let (hung, said) = hung(taken, request);
    plan.changes.extend(said);
    let (mut found, mut moves) = (HashMap::new(), Vec::new());
    let mut around = around(&hung, (folder, here, request), names);
    if let Some(around) = &mut around {
        plan.changes.append(&mut around.said);
        found = std::mem::take(&mut around.found);
        moves = std::mem::take(&mut around.moves);
    }
    let taken = around.as_ref().map_or(hung.as_ref(), |around| &around.taken);
    let table = Table { lang: request.lang, ..Table::of(taken) };
    let (top, lines) = table.top();
    let is_own = taken.kept.is_some();
    let totals = if is_own { Totals::of(request) } else { Totals::default() };
    let mut again = Again::of((table, names, planned), (here, request, folder), totals);
    (again.plan, again.found) = (plan, found);
    if is_own {
        again.now = since::kept(request, &here.sources);
    }
    let (amounts, empty) = match top {
        Some(top) => again.waited(&request.line, top),
        None => (taken.total.clone(), taken.empty.clone()),
    };
    let was = taken.kept.as_ref().map(|kept| kept.was.clone()).unwrap_or_default();
    let said = names.amounts.as_str();
    if top.is_none() && !amounts.is_empty() && again.is_part(lines) {
        let what = "the table has a part of the lines; its total is not that of the chapter";
        again.plan.changes.push(Change::Left(format!("{}  {what}", request.line.id.value)));
    } else {
        again.figures(&request.line, &amounts, &empty, (&was, said));
    }
    again.counts_anew();
    again.chapter(taken.kept.as_ref());
    if taken.kept.is_none() {
        again.remarks(&request.line, (&names.notes, &table.chapter_notes()), [None, None], "");
    }
    let named = again.level(None, lines, "");
    let mut plan = std::mem::take(&mut again.plan);
    plan.edits(&here.sources, &again.edits);
    if is_own {
        follow(&mut plan, &again, again.newer.is_empty());
        plan.changes.extend((!again.newer.is_empty()).then(|| Change::Newer(again.newer.join(", "))));
    } else {
        let named = moved(&mut plan, (folder, here, request), &moves, named);
        let kept = table.kept(&named, names);
        if kept != *names || names.lines.is_empty() {
            plan.names = Some((Arc::new(kept), request.lang));
        }
    }
    plan
}

/// A chapter and a table that are laid beside each other.
pub(super) struct Again<'t> {
    pub(super) table: Table<'t>,
    pub(super) here: &'t Reading,
    pub(super) request: &'t Request,
    pub(super) folder: &'t Path,
    pub(super) names: &'t Names,
    planned: &'t Planned,
    /// Gives ids to new lines, once there are some.
    namer: Option<Namer>,
    /// The files that have been looked into: most of a chapter stays as it is.
    manuscripts: BTreeMap<FileId, Option<Manuscript<'t>>>,
    pub(super) edits: BTreeMap<FileId, Vec<Edit>>,
    /// Which edit of its file is about a place.
    edited: HashMap<Span, usize>,
    /// Where the names are, by their ids.
    pub(super) by_id: HashMap<String, usize>,
    pub(super) plan: Plan,
    /// What the files say now of the lines of a sheet of ours, by their ids, and the lines that are others there than the sheet knows.
    pub(super) now: BTreeMap<String, Entries>,
    pub(super) newer: Vec<String>,
    /// Which lines of the chapter rows are that stand elsewhere in the table.
    pub(super) found: HashMap<Place, String>,
    /// The totals that wait for what makes them up.
    pub(super) totals: Totals,
}

impl<'t> Again<'t> {
    pub(super) fn of(
        (table, names, planned): (Table<'t>, &'t Names, &'t Planned),
        (here, request, folder): (&'t Reading, &'t Request, &'t Path),
        totals: Totals,
    ) -> Self {
        Self {
            now: BTreeMap::new(),
            newer: Vec::new(),
            found: HashMap::new(),
            by_id: names.lines.iter().enumerate().map(|(at, name)| (name.id.clone(), at)).collect(),
            edits: BTreeMap::new(),
            edited: HashMap::new(),
            table,
            here,
            request,
            folder,
            names,
            planned,
            namer: None,
            manuscripts: BTreeMap::new(),
            plan: Plan::default(),
            totals,
        }
    }

    /// The lines below one line, or the programs; `above` is its path.
    fn level(
        &mut self,
        parent: Option<(&'t Program, &'t TakenLine)>,
        lines: &'t [TakenLine],
        above: &str,
    ) -> Vec<Named<'t>> {
        let (parent, whole) = (parent.map(|(program, _)| program), parent.map(|(_, line)| line));
        let programs = parent.map_or(self.request.programs.as_slice(), |parent| &parent.children);
        let pairs = self.pairs(lines, programs, above);
        let mut named = Vec::new();
        let are_of_which = lines.iter().all(|line| line.aside == Some(Aside::OfWhich));
        // Where a new line comes in: behind the last one that was there before it.
        let mut at = 0;
        let mut count = programs.len();
        for (line, pair) in lines.iter().zip(&pairs) {
            let path = self.path(above, line);
            match pair.and_then(|pair| Some((pair, programs.get(pair)?))) {
                Some((pair, program)) => {
                    at = pair + 1;
                    if parent.is_none() {
                        self.regrouped(program, line);
                    }
                    let id = self.matched(program, line, &path, are_of_which);
                    let children = self.level(Some((program, line)), &line.children, &path);
                    named.push(Named { line, id, path, children });
                }
                None if self.is_out(line) => continue,
                None => {
                    let above = parent.map(|parent| parent.line.id.value.to_string());
                    let id = self.namer().name(line, &path, above.as_deref(), count);
                    count += 1;
                    let children = self.namer().all(&line.children, &path, Some(&id));
                    named.push(Named { line, id, path, children });
                }
            }
            let is_new = pair.is_none() && !programs.is_empty();
            if let Some(new) = named.last().filter(|_| is_new) {
                self.add(parent, at, std::slice::from_ref(new), "partial");
            }
        }
        if programs.is_empty() && !named.is_empty() {
            let is_own = self.table.taken.kept.is_some();
            let makes = |whole: &TakenLine| {
                if is_own { adds_up(whole, lines) } else { whole.is_complete && !are_of_which }
            };
            let is_whole = whole.is_some_and(makes);
            self.add(parent, 0, &named, if is_whole { "complete" } else { "partial" });
        }
        let found: HashSet<usize> = pairs.iter().copied().flatten().collect();
        for (at, program) in programs.iter().enumerate() {
            if !found.contains(&at) && program.line.requested.money.value != Money::Ended {
                self.missing(program);
            }
        }
        named
    }

    /// Lines that are new: entries of the list that they belong to, or files of their own where they are programs with parts. Several
    /// make a list that was not there.
    fn add(&mut self, parent: Option<&Program>, at: usize, new: &[Named<'_>], breaks: &str) {
        let breakdown = parent.and_then(|parent| parent.line.breakdown).map(|breakdown| breakdown.value);
        let are_of_which = breakdown != Some(Breakdown::Complete)
            && new.iter().all(|new| new.line.aside == Some(Aside::OfWhich));
        let (line, key) = match parent {
            Some(parent) => (&parent.line, "children"),
            None => (&self.request.line, "programs"),
        };
        let mut files = Vec::new();
        let values = new.iter().map(|new| {
            let lines = self.table.lines(new, are_of_which);
            if parent.is_some() || new.children.is_empty() || self.request.parts.is_empty() {
                return Value::Lines(lines);
            }
            let time = (self.request.stage, self.request.fiscal_year.value);
            let name = self.plan.program_name((self.folder, self.planned), &new.id, time);
            files.push((self.folder.join(&name), written(&lines).into_bytes()));
            Value::Text(name)
        });
        let values: Vec<Value> = values.collect();
        let place = line.id.span;
        let is_in = self.edit(place.file, |page| match values.as_slice() {
            [value] => page.insert(place, key, at, value),
            _ => page.put(place, key, &Value::List(values)),
        });
        if !is_in {
            return;
        }
        for (path, bytes) in files {
            self.plan.file(path, bytes);
        }
        if parent.is_some() && breakdown.is_none() {
            self.edit(place.file, |page| page.put(place, "breakdown", &Value::text(breaks)));
        }
        let above = parent.map(|parent| parent.line.id.value.as_str());
        let added: Vec<Change> = new.iter().map(|new| self.table.added(new, above)).collect();
        self.plan.changes.extend(added);
    }

    /// Tells of a line that the table has not: one that a sheet of ours was not made with is younger than that.
    fn missing(&mut self, program: &Program) {
        let line = &program.line;
        let made = &self.table.taken.made;
        if !made.is_empty() && !made.contains(line.id.value.as_str()) {
            return self.newer.push(line.id.value.to_string());
        }
        let file = self.here.sources.file(line.id.span.file);
        let position = self.here.sources.position(line.id.span);
        self.plan.changes.push(Change::Missing {
            line: line.id.value.to_string(),
            title: line.title.clone(),
            place: format!("{}:{}", file.name, position.line),
        });
    }

    /// What gives ids to new lines: it knows those that are taken.
    pub(super) fn namer(&mut self) -> &mut Namer {
        let Self { request, names, planned, folder, .. } = *self;
        self.namer.get_or_insert_with(|| {
            let mut ids = vec![request.line.id.value.to_string()];
            let programs = Program::all(&request.programs).into_iter();
            ids.extend(programs.map(|program| program.line.id.value.to_string()));
            let mut namer = Namer::new(names, None, ids);
            namer.learn_beside(&planned.names, folder);
            namer
        })
    }

    /// What the table said last of the line with an id.
    pub(super) fn known(&self, id: &str) -> Option<&Name> {
        self.names.lines.get(*self.by_id.get(id)?)
    }

    /// A file that is worked on.
    pub(super) fn page(&mut self, file: FileId) -> Option<&Manuscript<'t>> {
        let here = self.here;
        self.manuscripts.entry(file).or_insert_with(|| Manuscript::read(here, file)).as_ref()
    }

    /// Notes an edit of a file; says so where the file's layout allows none.
    pub(super) fn edit(&mut self, file: FileId, edit: impl FnOnce(&Manuscript<'t>) -> Option<Edit>) -> bool {
        match self.page(file).and_then(edit) {
            Some(edit) => {
                let edits = self.edits.entry(file).or_default();
                let known = *self.edited.entry(edit.span).or_insert(edits.len());
                // Two new keys at one place are one edit, in their order; what takes out the same is done once.
                match edits.get_mut(known) {
                    Some(same) if edit.span.start == edit.span.end => same.text.push_str(&edit.text),
                    Some(same) if same.text == edit.text => {}
                    _ => edits.push(edit),
                }
                true
            }
            None => {
                let left = Change::Left(unfollowed(&self.here.sources.file(file).name));
                if !self.plan.changes.contains(&left) {
                    self.plan.changes.push(left);
                }
                false
            }
        }
    }
}

/// Whether what a line asks for and had is what some parts add up to.
fn adds_up(line: &TakenLine, parts: &[TakenLine]) -> bool {
    let of = |line: &TakenLine, figure| {
        let mut own =
            line.sums.iter().chain(&line.amounts).filter(|it| it.figure == figure && it.account.is_none());
        own.next().map(|amount| amount.money)
    };
    [Figure::Requested, Figure::Prior].into_iter().all(|figure| {
        let added = parts.iter().filter(|part| part.aside.is_none()).filter_map(|part| of(part, figure));
        let (whole, added) = (of(line, figure), Money::total(added).ok());
        whole.zip(added).is_some_and(|(whole, added)| since::is_same(Some(whole), Some(added)))
    })
}
