//! Next year's files from this year's: last year's amounts become the prior ones, what is requested is not settled yet (未定), what has
//! ended leaves, and everything else stays as it is written.

mod amounts;
mod places;
mod refused;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Change, Plan, unfollowed};
use crate::diagnostic::Edit;
use crate::edit::{Manuscript, Value, edited};
use crate::examine::examine;
use crate::model::{FiscalYear, Line, Money, Program, Request, Stage};
use crate::read::{self, Project, Reading, stage_word};
use crate::source::{self, FileId, Span, Spanned, display_name};
use amounts::Known;
use places::restyled;
use refused::{broken, disputed};

/// What does not go on into the next year: what was settled of this one, and whether a line was new in it.
const LEFT_OUT: [&str; 3] = ["enacted", "supplementary", "status"];

/// Plans next year's files for the chapters in a file or folder. With `slots`, this year's files get an empty `enacted` for every line that
/// has none, to be filled in when the budget is known.
///
/// # Errors
/// Says why a chapter cannot be taken over: it cannot be read, its folder does not name its year, or next year's is there already.
pub fn roll(project: &Project, path: &Path, to: FiscalYear, slots: bool) -> Result<Plan, String> {
    let reading = read::read_in(project, &[path.to_path_buf()]);
    if let Some(unreadable) = reading.unreadable.first() {
        return Err(unreadable.to_string());
    }
    let before = to.prior();
    if let Some(file) = broken(&reading, before) {
        return Err(wrong(&reading.sources.file(file).name));
    }
    let mut last: BTreeMap<&str, &Request> = BTreeMap::new();
    for request in reading.requests.iter().filter(|request| request.fiscal_year.value == before) {
        let known = last.entry(request.line.id.value.as_str()).or_insert(request);
        if request.stage <= known.stage {
            *known = request;
        }
    }
    if last.is_empty() {
        let shown = display_name(path);
        return Err(format!(
            "no chapter of FY{} in `{shown}`: a year is made from the one before it",
            before.western()
        ));
    }
    let mut plan = Plan::default();
    let (over, going): (Vec<&Request>, Vec<&Request>) = last.into_values().partition(|it| is_over(it));
    if going.is_empty() {
        let ids: Vec<String> = over.iter().map(|it| format!("`{}`", it.line.id.value)).collect();
        return Err(format!(
            "all programs of {} have ended; nothing is left for the next year",
            ids.join(", ")
        ));
    }
    if let Some(file) = disputed(&reading, &going) {
        return Err(wrong(&reading.sources.file(file).name));
    }
    plan.changes.extend(over.into_iter().map(|request| left(&request.line)));
    for request in going {
        Rolling::of(&reading, request, to)?.into(&mut plan, slots)?;
    }
    without_idle(project, &mut plan);
    Ok(plan)
}

fn wrong(name: &str) -> String {
    format!("`{name}` has errors; run `gaisan check` and correct them first")
}

/// Whether a line says that it ends, or says nothing of its own while all that it is made of does.
fn has_ended(program: &Program) -> bool {
    let (line, parts) = (&program.line, &program.children);
    match line.requested.money.value {
        Money::Ended => true,
        Money::NotStated => line.is_complete() && !parts.is_empty() && parts.iter().all(has_ended),
        _ => false,
    }
}

/// Whether nothing of a chapter goes on.
fn is_over(request: &Request) -> bool {
    !request.programs.is_empty() && request.programs.iter().all(has_ended)
}

/// Says that a line is not in the next year.
fn left(line: &Line) -> Change {
    Change::Left(format!("{}  ended: {} is not in the next year", line.id.value, line.title))
}

/// Takes out what accepts warnings that are not there without amounts.
fn without_idle(project: &Project, plan: &mut Plan) {
    loop {
        let paths: Vec<PathBuf> = plan
            .files
            .keys()
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .cloned()
            .collect();
        let reading = read::read_stored(project, plan.files.clone(), &paths);
        let findings = examine(&reading).findings;
        let mut idle: BTreeMap<FileId, Edit> = BTreeMap::new();
        // One of a file at a time: what is left of a list is seen in the next round.
        for span in
            findings.iter().filter(|finding| finding.code == "W0508").map(|finding| finding.primary.span)
        {
            if !idle.contains_key(&span.file) {
                idle.extend(
                    Manuscript::read(&reading, span.file)
                        .and_then(|page| Some((span.file, page.drop(span, &[])?))),
                );
            }
        }
        let done = idle.iter().filter_map(|(file, edit)| {
            let path = &reading.sources.file(*file).path;
            let bytes = edited(plan.files.get(path)?, std::slice::from_ref(edit))?;
            Some((path.clone(), bytes))
        });
        let done: Vec<(PathBuf, Vec<u8>)> = done.collect();
        if done.is_empty() {
            return;
        }
        plan.files.extend(done);
    }
}

struct Rolling<'t> {
    reading: &'t Reading,
    request: &'t Request,
    to: FiscalYear,
    manuscripts: BTreeMap<FileId, Manuscript<'t>>,
    edits: BTreeMap<FileId, Vec<Edit>>,
    /// Files of programs that have ended.
    gone: BTreeSet<FileId>,
    /// What was enacted for the chapter and its lines.
    enacted: BTreeMap<(bool, &'t str), Spanned<Money>>,
    /// The ids of the lines that have ended, with all below them.
    over: BTreeSet<&'t str>,
    changes: Vec<Change>,
}

impl<'t> Rolling<'t> {
    fn of(reading: &'t Reading, request: &'t Request, to: FiscalYear) -> Result<Self, String> {
        if request.is_unread() {
            return Err(wrong(&reading.sources.file(request.file).name));
        }
        let manuscripts = request.files().filter_map(|file| Some((file, Manuscript::read(reading, file)?)));
        Ok(Self {
            reading,
            request,
            to,
            manuscripts: manuscripts.collect(),
            edits: BTreeMap::new(),
            gone: BTreeSet::new(),
            enacted: amounts::enacted(reading, request),
            over: Program::all(&request.programs)
                .into_iter()
                .filter(|program| has_ended(program))
                .flat_map(|program| Program::all(std::slice::from_ref(program)))
                .map(|program| program.line.id.value.as_str())
                .collect(),
            changes: Vec::new(),
        })
    }

    /// Adds next year's files to a plan.
    fn into(mut self, plan: &mut Plan, slots: bool) -> Result<(), String> {
        let request = self.request;
        self.head()?;
        let known = Known::of(self.budget(&request.line, &request.programs));
        self.line(&request.line, None, known)?;
        self.programs(&request.line, "programs", &request.programs, known)?;
        let sources = &self.reading.sources;
        let going: Vec<FileId> =
            self.manuscripts.keys().filter(|file| !self.gone.contains(file)).copied().collect();
        for file in &going {
            let path = &sources.file(*file).path;
            let edits = self.edits.get(file).map(Vec::as_slice).unwrap_or_default();
            // What chapters share, and nothing changes in, stays where it is, or is there from the roll of another one.
            let is_shared = edits.is_empty() && *file != request.file;
            let new = match self.next(path) {
                Ok(new) if !(is_shared && source::is_file(&new)) => new,
                Err(error) if !is_shared => return Err(error),
                _ => continue,
            };
            if source::is_file(&new) {
                return Err(format!("`{}` is there already; nothing was written", display_name(&new)));
            }
            let bytes = source::read_bytes(path).map_err(|error| error.to_string())?;
            let bytes = edited(&bytes, edits).ok_or_else(|| self.stuck(*file))?;
            self.changes.extend(self.still_said(&new, &String::from_utf8_lossy(&bytes)));
            plan.files.insert(new, bytes);
        }
        self.beside(&request.programs, plan)?;
        self.elsewhere();
        if slots {
            self.slots(plan)?;
        }
        plan.changes.append(&mut self.changes);
        Ok(())
    }

    /// Says which lines the year's files of other stages have and this one has not: they are not in the next year.
    fn elsewhere(&mut self) {
        let own =
            Program::all(&self.request.programs).into_iter().map(|program| program.line.id.value.as_str());
        let own: BTreeSet<&str> = own.collect();
        let (id, year) = (&self.request.line.id.value, self.request.fiscal_year.value);
        let others = self.reading.requests.iter().filter(|other| {
            other.line.id.value == *id
                && other.fiscal_year.value == year
                && !std::ptr::eq(*other, self.request)
        });
        let mut said = BTreeSet::new();
        for other in others {
            let lines = Program::all(&other.programs).into_iter().filter(|it| !has_ended(it));
            let new = lines.map(|it| &it.line).filter(|line| {
                let id = line.id.value.as_str();
                !own.contains(id) && said.insert(id)
            });
            let stage = other.stage.slug();
            self.changes.extend(new.map(|line| {
                let (id, title) = (&line.id.value, &line.title);
                Change::Left(format!(
                    "{id}  is in the file of stage {stage} only, and not in the next year: {title}"
                ))
            }));
        }
    }

    /// The chapter's year, stage and revision.
    fn head(&mut self) -> Result<(), String> {
        let (request, line) = (self.request, self.request.line.id.span);
        let year = request.fiscal_year;
        let written = restyled(&self.said(year.span), (year.value, self.to), request.calendar());
        self.put(line, "fiscal_year", &written)?;
        if request.stage != Stage::Request {
            let stage = self.word(stage_word(Stage::Request), Stage::Request.slug());
            self.put(line, "stage", stage)?;
        }
        if request.revision.is_some_and(|revision| revision != 1) {
            self.put(line, "revision", "1")?;
        }
        self.take(line, "crosswalk")
    }

    /// The lines below a line, without those that have ended.
    fn programs(
        &mut self,
        above: &Line,
        key: &str,
        programs: &[Program],
        known: Known,
    ) -> Result<(), String> {
        if !programs.is_empty() && programs.iter().all(has_ended) {
            self.take(above.id.span, key)?;
            self.take(above.id.span, "breakdown")?;
        }
        let ended = programs.iter().enumerate().filter(|(_, program)| has_ended(program));
        let ended: Vec<usize> = ended.map(|(at, _)| at).collect();
        for (at, program) in programs.iter().enumerate() {
            if has_ended(program) {
                self.leave(above, key, (at, program), &ended, ended.len() == programs.len())?;
            } else {
                let own = self.budget(&program.line, &program.children);
                let period = program.period.as_deref();
                let is_above = known.is_above || known.own.is_whole();
                let known = Known { own, is_above, ..known };
                self.line(&program.line, period, known)?;
                let known = Known { is_ending: known.is_ending || self.is_at_end(period), ..known };
                self.programs(&program.line, "children", &program.children, known)?;
            }
        }
        Ok(())
    }

    /// A line that has ended is in no list of the next year.
    fn leave(
        &mut self,
        above: &Line,
        key: &str,
        (at, program): (usize, &Program),
        ended: &[usize],
        is_done: bool,
    ) -> Result<(), String> {
        let file = above.id.span.file;
        let files = Program::all(std::slice::from_ref(program)).into_iter().map(|it| it.line.id.span.file);
        self.gone.extend(files.filter(|own| *own != file));
        self.changes.push(left(&program.line));
        if is_done {
            return Ok(());
        }
        let edit = self.manuscripts.get(&file).and_then(|page| {
            let list = page.place(above.id.span, key)?;
            let entries: Vec<Span> = ended.iter().filter_map(|at| page.entry(list, *at)).collect();
            page.drop(page.entry(list, at)?, &entries)
        });
        let edit = edit.ok_or_else(|| self.stuck(file))?;
        self.edits.entry(file).or_default().push(edit);
        Ok(())
    }

    fn word(&self, ja: &'static str, en: &'static str) -> &'static str {
        self.request.lang.pick(ja, en)
    }

    fn put(&mut self, place: Span, key: &str, text: &str) -> Result<(), String> {
        self.value(place, key, &Value::text(text))
    }

    fn value(&mut self, place: Span, key: &str, value: &Value) -> Result<(), String> {
        let edit = self.manuscripts.get(&place.file).and_then(|page| page.put(place, key, value));
        let edit = edit.ok_or_else(|| self.stuck(place.file))?;
        let edits = self.edits.entry(place.file).or_default();
        edits.push(edit);
        Ok(())
    }

    /// Leaves a key out, where it is there.
    fn take(&mut self, place: Span, key: &str) -> Result<(), String> {
        let Some(page) = self.manuscripts.get(&place.file).filter(|page| page.place(place, key).is_some())
        else {
            return Ok(());
        };
        let edit = page.take(place, key).ok_or_else(|| self.stuck(place.file))?;
        self.edits.entry(place.file).or_default().push(edit);
        Ok(())
    }

    fn stuck(&self, file: FileId) -> String {
        unfollowed(&self.reading.sources.file(file).name)
    }
}
