//! Next year's files from this year's: last year's amounts become the prior ones, what is requested is not settled yet (未定), what has
//! ended leaves, and everything else stays as it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::{Change, Plan};
use crate::diagnostic::Edit;
use crate::edit::{Manuscript, Value, edited};
use crate::examine::examine;
use crate::model::{FiscalYear, Lang, Line, Money, Period, Program, Request, SplitPart, Stage};
use crate::notation::Notation;
use crate::read::{self, IDS_FILE, Project, Reading, stage_word};
use crate::rollup::Rollup;
use crate::source::{self, FileId, Span, Spanned, display_name};

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
    for request in last.into_values() {
        Rolling::of(&reading, request, to)?.into(&mut plan, slots)?;
    }
    without_idle(project, &mut plan);
    Ok(plan)
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
                    Manuscript::of(&reading.sources, span.file)
                        .and_then(|page| Some((span.file, page.drop(span)?))),
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
    changes: Vec<Change>,
}

impl<'t> Rolling<'t> {
    fn of(reading: &'t Reading, request: &'t Request, to: FiscalYear) -> Result<Self, String> {
        let name = &reading.sources.file(request.file).name;
        if Rollup::of(request).is_unread() {
            return Err(format!("`{name}` has errors; run `gaisan check` and correct them first"));
        }
        let files = [request.file].into_iter().chain(request.parts.iter().copied());
        let manuscripts = files.filter_map(|file| Some((file, Manuscript::of(&reading.sources, file)?)));
        Ok(Self {
            reading,
            request,
            to,
            manuscripts: manuscripts.collect(),
            edits: BTreeMap::new(),
            gone: BTreeSet::new(),
            changes: Vec::new(),
        })
    }

    /// Adds next year's files to a plan.
    fn into(mut self, plan: &mut Plan, slots: bool) -> Result<(), String> {
        let request = self.request;
        self.head()?;
        self.line(&request.line, None)?;
        self.programs(&request.line, "programs", &request.programs)?;
        let sources = &self.reading.sources;
        for file in self.manuscripts.keys().filter(|file| !self.gone.contains(file)) {
            let path = &sources.file(*file).path;
            let new = self.next(path)?;
            if source::is_file(&new) {
                return Err(format!("`{}` is there already; nothing was written", display_name(&new)));
            }
            let bytes = source::read_bytes(path).map_err(|error| error.to_string())?;
            let edits = self.edits.get(file).map(Vec::as_slice).unwrap_or_default();
            let bytes = edited(&bytes, edits).ok_or_else(|| self.stuck(*file))?;
            plan.files.insert(new, bytes);
        }
        self.beside(&request.programs, plan)?;
        if slots {
            self.slots(plan)?;
        }
        plan.changes.append(&mut self.changes);
        Ok(())
    }

    /// The chapter's year, stage and revision.
    fn head(&mut self) -> Result<(), String> {
        let (request, line) = (self.request, self.request.line.id.span);
        let year = request.fiscal_year;
        let written = restyled(&self.said(year.span), year.value, self.to);
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
    fn programs(&mut self, above: &Line, key: &str, programs: &[Program]) -> Result<(), String> {
        let has_ended = |program: &Program| program.line.requested.money.value == Money::Ended;
        if !programs.is_empty() && programs.iter().all(has_ended) {
            if key == "programs" {
                return Err(format!(
                    "all programs of `{}` have ended; nothing is left for the next year",
                    above.id.value
                ));
            }
            self.take(above.id.span, key)?;
            self.take(above.id.span, "breakdown")?;
        }
        for (at, program) in programs.iter().enumerate() {
            if has_ended(program) {
                self.leave(above, key, at, program, programs.iter().all(has_ended))?;
            } else {
                self.line(&program.line, program.period.as_ref())?;
                self.programs(&program.line, "children", &program.children)?;
            }
        }
        Ok(())
    }

    /// A line that has ended is in no list of the next year.
    fn leave(
        &mut self,
        above: &Line,
        key: &str,
        at: usize,
        program: &Program,
        is_done: bool,
    ) -> Result<(), String> {
        let file = above.id.span.file;
        if program.line.id.span.file != file {
            self.gone.insert(program.line.id.span.file);
        }
        self.changes.push(Change::Left(format!(
            "{}  ended: {} is not in the next year",
            program.line.id.value, program.line.title
        )));
        if is_done {
            return Ok(());
        }
        let edit = self.manuscripts.get(&file).and_then(|page| {
            let list = page.place(above.id.span, key)?;
            page.drop(page.entry(list, at)?)
        });
        let edit = edit.ok_or_else(|| self.stuck(file))?;
        self.edits.entry(file).or_default().push(edit);
        Ok(())
    }

    /// The amounts of a line.
    fn line(&mut self, line: &Line, period: Option<&Period>) -> Result<(), String> {
        let place = line.id.span;
        let ends = period.and_then(Period::last_year).filter(|(last, _)| *last < self.to);
        let requested = match ends {
            Some(_) => self.word("終了", "ended"),
            None => self.word("未定", "undecided"),
        };
        let enacted = self.enacted(line);
        let is_heading = line.requested.money.value == Money::NotStated;
        match self.prior(line, enacted) {
            Some(prior) => self.value(place, "prior", &prior)?,
            None => self.take(place, "prior")?,
        }
        if !is_heading {
            self.value(place, "requested", &Value::text(requested))?;
        }
        for part in line.accounts.iter().chain(&line.instruments) {
            self.part(part, enacted.is_some(), requested)?;
        }
        for key in LEFT_OUT {
            self.take(place, key)?;
        }
        if let Some((last, _)) = ends {
            self.changes.push(Change::Left(format!(
                "{}  its period ends with {}, so `requested` is {requested}; write an amount and a later end if it goes on",
                line.id.value,
                Notation::of(self.request, self.request.lang).fiscal_year(last),
            )));
        }
        Ok(())
    }

    /// What was enacted for a line, in any of the year's files.
    fn enacted(&self, line: &Line) -> Option<Spanned<Money>> {
        fn find<'r>(programs: &'r [Program], line: &Line) -> Option<&'r Line> {
            programs.iter().find_map(|program| match program.line.id.value == line.id.value {
                true => Some(&program.line),
                false => find(&program.children, line),
            })
        }
        let own = &self.request.line.id.value;
        let same = self.reading.requests.iter().filter(|other| {
            other.line.id.value == *own && other.fiscal_year.value == self.request.fiscal_year.value
        });
        let told = same.filter_map(|other| {
            let there = if std::ptr::eq(line, &self.request.line) {
                Some(&other.line)
            } else {
                find(&other.programs, line)
            };
            let there = there?;
            let settled = Some(there.requested.money)
                .filter(|it| other.stage == Stage::Enacted && it.value.is_stated());
            there.enacted.map(|amount| amount.map(Money::Known)).or(settled)
        });
        told.into_iter().next()
    }

    /// The prior amount of the next year; `None` for headings that say none.
    fn prior(&mut self, line: &Line, enacted: Option<Spanned<Money>>) -> Option<Value> {
        if let Some(enacted) = enacted {
            return Some(Value::Text(self.amount(enacted)));
        }
        let asked = line.requested.money;
        match asked.value {
            Money::NotStated => None,
            Money::Known(_) | Money::Within(_) => {
                self.changes.push(Change::Left(format!(
                    "{}  prior is what was requested, {}: nothing is enacted",
                    line.id.value,
                    Notation::of(self.request, self.request.lang).money(&asked.value),
                )));
                let amount = ("amount".to_owned(), Value::Text(self.amount(asked)));
                Some(Value::Braces(vec![amount, ("basis".to_owned(), Value::text("requested"))]))
            }
            Money::NotApplicable | Money::Unknown => Some(Value::Text(self.said(asked.span))),
            _ => Some(Value::text(self.word("未定", "undecided"))),
        }
    }

    /// What one account or instrument has: its part of what was enacted is not known.
    fn part(&mut self, part: &SplitPart, is_enacted: bool, requested: &str) -> Result<(), String> {
        let undecided = self.word("未定", "undecided");
        let prior = match part.requested {
            Some(asked) if !is_enacted && asked.value.amount().is_some() && !asked.value.is_open() => {
                self.amount(asked)
            }
            _ => undecided.to_owned(),
        };
        let Some(place) = part.requested.or(part.prior).map(|money| money.span) else { return Ok(()) };
        self.value(place, "prior", &Value::Text(prior))?;
        self.value(place, "requested", &Value::text(requested))
    }

    /// An amount as it is written, or with its unit where it comes from a file that counts in another one.
    fn amount(&self, money: Spanned<Money>) -> String {
        let said = self.said(money.span);
        let is_same = Money::parse(&said, self.request.unit) == Ok(money.value);
        if is_same { said } else { Notation::of(self.request, self.request.lang).money(&money.value) }
    }

    fn said(&self, span: Span) -> String {
        self.reading.sources.slice(span).trim().trim_matches(['"', '\'']).to_owned()
    }

    fn word(&self, ja: &'static str, en: &'static str) -> &'static str {
        if self.request.lang == Lang::Ja { ja } else { en }
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
        let name = &self.reading.sources.file(file).name;
        format!("`{name}` is laid out in a way that cannot be edited; write its keys on lines of their own")
    }

    /// Pictures and the names of an import go on as they are.
    fn beside(&self, programs: &[Program], plan: &mut Plan) -> Result<(), String> {
        fn pictures(programs: &[Program], into: &mut Vec<PathBuf>) {
            for program in programs {
                into.extend(program.figures.iter().filter_map(|figure| figure.path.clone()));
                pictures(&program.children, into);
            }
        }
        let chapter = &self.reading.sources.file(self.request.file).path;
        let mut files = vec![source::beside(chapter, IDS_FILE)];
        pictures(programs, &mut files);
        for path in files.iter().filter(|path| source::is_file(path)) {
            let new = self.next(path)?;
            let bytes = source::read_bytes(path).map_err(|error| error.to_string())?;
            if new != *path {
                plan.files.insert(new, bytes);
            }
        }
        Ok(())
    }

    /// An empty `enacted` for every line of this year that has an amount and none.
    fn slots(&self, plan: &mut Plan) -> Result<(), String> {
        let rollup = Rollup::of(self.request);
        let open = rollup
            .rows
            .iter()
            .map(|row| row.line)
            .filter(|line| line.enacted.is_none() && line.requested.money.value.amount().is_some());
        let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        let slot = Value::text(self.word("未定", "undecided"));
        for line in open {
            let file = line.id.span.file;
            let edit = self.manuscripts.get(&file).and_then(|page| page.put(line.id.span, "enacted", &slot));
            edits.entry(file).or_default().push(edit.ok_or_else(|| self.stuck(file))?);
        }
        plan.edits(&self.reading.sources, &edits);
        Ok(())
    }

    /// Where a file of this year lies in the next: in the folder that is named after that year.
    fn next(&self, path: &Path) -> Result<PathBuf, String> {
        let (from, to) = (self.request.fiscal_year.value, self.to);
        let mut is_named = false;
        let folder = path.parent().unwrap_or(Path::new(""));
        let parts = folder.components().map(|part| match part {
            Component::Normal(name) => {
                let name = name.to_string_lossy();
                let new = renamed(&name, from, to);
                is_named |= new.is_some();
                PathBuf::from(new.unwrap_or_else(|| name.into_owned()))
            }
            other => PathBuf::from(other.as_os_str()),
        });
        let new: PathBuf = parts.collect();
        let name = path.file_name().unwrap_or_default();
        match is_named {
            true => Ok(new.join(name)),
            false => Err(format!(
                "the folder of `{}` does not name its year, so next year's has no place; move it to `fy{}/…` first",
                display_name(path),
                from.western()
            )),
        }
    }
}

/// The ways to write a fiscal year, from the fullest to the shortest.
fn forms(year: FiscalYear) -> Vec<String> {
    let (western, short) = (year.western(), year.western() % 100);
    let next = (western + 1) % 100;
    let eras = [Lang::Ja].map(|lang| Notation::new(lang).fiscal_year(year));
    let bare = eras[0].trim_end_matches("年度").to_owned();
    let (_, number) = year.era();
    let letter = if bare.starts_with("平成") { 'H' } else { 'R' };
    let mut forms: Vec<String> = eras.into();
    forms.extend([
        bare,
        format!("{letter}{number}"),
        format!("{letter}{number:02}"),
        format!("{western}年度"),
        format!("FY{western}"),
        format!("FY{short:02}"),
        format!("{western}-{next:02}"),
        format!("{western}/{next:02}"),
        western.to_string(),
    ]);
    forms
}

/// A year written as another one was.
fn restyled(written: &str, from: FiscalYear, to: FiscalYear) -> String {
    let style = forms(from).iter().position(|form| form == written);
    let forms = forms(to);
    style.and_then(|style| forms.get(style)).or(forms.first()).cloned().unwrap_or_default()
}

/// The name of a folder for another year, where it names a year.
fn renamed(name: &str, from: FiscalYear, to: FiscalYear) -> Option<String> {
    let lower = |forms: Vec<String>| forms.into_iter().map(|form| form.to_lowercase());
    let pairs = forms(from).into_iter().zip(forms(to)).chain(lower(forms(from)).zip(lower(forms(to))));
    pairs.into_iter().find(|(from, _)| from == name).map(|(_, to)| to)
}
