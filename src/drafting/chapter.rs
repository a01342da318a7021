//! A chapter that is not there yet, from what was taken of a table.

use std::path::Path;
use std::sync::Arc;

use super::ids::{Namer, Names};
use super::lines::{Entry, Named, Table, text};
use super::{Asks, Change, Plan, Planned};
use crate::edit::{Value, written};
use crate::import::{Figure, Taken, TakenLine, without_year};
use crate::model::{FiscalCalendar, Id, Lang, Request, fold};
use crate::notation::Notation;
use crate::read::{Project, Reading, rounding_word};
use crate::source;

/// Plans the files of the chapter.
pub(super) fn plan((project, taken, folder): Asks<'_>, id: &Id, planned: &Planned, names: &Names) -> Plan {
    let (stage, year) = (taken.stage.slug(), taken.year.western());
    let mut plan = Plan::default();
    let (place, time) = ((folder, planned), (taken.stage, taken.year));
    let stems = ["request".to_owned(), stage.to_owned(), format!("{stage}-{year}")];
    let name = plan.free_name(place, stems, time);
    // It is the chapter's, also where a program has that id.
    plan.files.insert(folder.join(&name), Vec::new());
    let past = past(project, folder);
    let past = last(&past, id, taken);
    let table = Table::of(taken);
    let (top, lines) = table.top();
    let mut namer = Namer::new(names, past, [id.to_string()]);
    namer.learn_beside(&planned.names, folder);
    let named = namer.all(lines, "", None);
    let is_long = |named: &Named<'_>| !named.children.is_empty() || !named.line.texts.is_empty();
    let in_files = named.iter().any(is_long);
    let mut programs = Vec::new();
    for program in &named {
        let lines = table.lines(program, false);
        if in_files && is_long(program) {
            let name = plan.program_name(place, &program.id, time);
            plan.file(folder.join(&name), written(&lines).into_bytes());
            programs.push(Value::Text(name));
        } else {
            programs.push(Value::Lines(lines));
        }
        plan.changes.push(table.added(program, None));
    }
    let chapter = written(&table.chapter(id, top, past, programs)).into_bytes();
    if taken.kept.is_none() && table.ministry(past).is_none() {
        let what = "the table names no ministry; write it under `ministry`";
        plan.changes.push(Change::Left(format!("{name}: {what}")));
    }
    plan.file(folder.join(name), chapter);
    if taken.kept.is_none() {
        plan.names = Some((Arc::new(table.kept(&named, names)), table.lang));
    }
    plan
}

/// The chapter in other years, `budgets/fy2026/x` beside `budgets/fy2027/x`.
fn past(project: &Project, folder: &Path) -> Reading {
    let (Some(root), Some(name)) = (folder.parent().and_then(Path::parent), folder.file_name()) else {
        return Reading::default();
    };
    let beside = source::folders(root).into_iter().map(|year| year.join(name));
    let beside: Vec<_> = beside.filter(|other| other != folder && source::is_folder(other)).collect();
    crate::read::read_in(project, &beside)
}

fn last<'r>(reading: &'r Reading, id: &Id, taken: &Taken) -> Option<&'r Request> {
    let same = reading.requests.iter().filter(|request| request.line.id.value == *id);
    let earlier =
        same.filter(|request| (request.fiscal_year.value, request.stage) < (taken.year, taken.stage));
    earlier.max_by_key(|request| (request.fiscal_year.value, request.stage))
}

impl Table<'_> {
    fn chapter(
        self,
        id: &Id,
        top: Option<&TakenLine>,
        past: Option<&Request>,
        programs: Vec<Value>,
    ) -> Vec<Entry> {
        let taken = self.taken;
        if let Some(kept) = &taken.kept {
            let mut entries = self.as_it_was(kept, None);
            let rest = [text("source", &self.source()), ("programs".to_owned(), Value::List(programs))];
            rest.into_iter().for_each(|entry| entries.extend([Value::comment(""), entry]));
            return entries;
        }
        let notation = Notation::new(self.lang);
        let title = past.map(|past| past.line.title.as_str()).or(taken.title.as_deref().and_then(timeless));
        let title = title.or(top.map(|top| top.title.as_str())).unwrap_or(id.as_str());
        let blank = || Value::comment("");
        let mut entries = vec![text("gaisan", "1"), text("id", id.as_str()), text("title", title)];
        entries.extend((self.lang == Lang::En).then(|| text("lang", "en")));
        match self.ministry(past) {
            Some(ministry) => entries.push(text("ministry", ministry)),
            None => entries.push(Value::comment(self.pick(
                "ministry: …   表に府省名がない。この行に書いて # を取る",
                "ministry: …   the table does not name it; write it here and take the # away",
            ))),
        }
        let stage = match self.lang {
            Lang::Ja => crate::read::stage_word(taken.stage),
            Lang::En => taken.stage.slug(),
        };
        let unit = taken.unit.label(self.lang);
        entries.extend([
            text("fiscal_year", &notation.fiscal_year(taken.year)),
            text("stage", stage),
            text("unit", &unit),
        ]);
        entries.extend(taken.rounding.map(|rule| text("rounding", rounding_word(rule, self.lang))));
        entries.push(blank());
        let amounts = top.map_or(taken.total.as_slice(), |top| &top.amounts);
        entries.extend(self.amounts(amounts, self.account, false));
        let is_complete = top.is_none_or(|top| top.is_complete);
        let states = |figure| amounts.iter().any(|amount| amount.figure == figure);
        let is_heading = !states(Figure::Requested) && !states(Figure::Prior);
        entries.push(text("breakdown", if is_complete || is_heading { "complete" } else { "partial" }));
        entries.extend(self.notes(&self.chapter_notes(), None));
        entries.push(blank());
        entries.push(text("source", &self.source()));
        entries.push(blank());
        entries.push(("programs".to_owned(), Value::List(programs)));
        entries
    }

    /// The ministry that the table names, or last year's chapter.
    fn ministry<'a>(&'a self, past: Option<&'a Request>) -> Option<&'a String> {
        self.taken.ministry.as_ref().or(past.map(|past| &past.ministry)).filter(|it| !it.is_empty())
    }

    /// The remarks on the line above all others, and those below the table.
    pub(super) fn chapter_notes(self) -> Vec<String> {
        let top = self.top().0.map_or(&[][..], |top| &top.notes);
        top.iter().chain(&self.taken.notes).cloned().collect()
    }

    /// What the table says of the chapter in words of its own.
    pub(super) fn heading(self) -> Vec<(&'static str, String)> {
        let title = self.taken.title.as_deref().and_then(timeless).map(str::to_owned);
        let rounding = self.taken.rounding.map(|rule| rounding_word(rule, self.lang).to_owned());
        let said = [("title", title), ("ministry", self.taken.ministry.clone()), ("rounding", rounding)];
        said.into_iter().filter_map(|(key, said)| Some((key, said?))).collect()
    }

    /// The workbook as what the figures come from.
    fn source(self) -> String {
        let mut origins: Vec<String> = Vec::new();
        for origin in &self.taken.origins {
            let file = origin.file.rsplit(['/', '\\']).next().unwrap_or_default();
            let shown = match (&origin.sheet, self.lang) {
                (None, _) => file.to_owned(),
                (Some(sheet), Lang::Ja) => format!("{file}、シート「{sheet}」"),
                (Some(sheet), Lang::En) => format!("{file}, sheet “{sheet}”"),
            };
            if !origins.contains(&shown) {
                origins.push(shown);
            }
        }
        match origins.as_slice() {
            [only] => format!("{only}\n"),
            all => all.iter().map(|origin| format!("- {origin}\n")).collect(),
        }
    }
}

/// A title without the year and the stage at its beginning, which sheets say beside it, and next year's has others.
fn timeless(title: &str) -> Option<&str> {
    let is_gap = |c: char| matches!(fold(c), ' ' | ':' | '-');
    let rest = without_year(title, FiscalCalendar::default());
    let stage = rest.strip_prefix("概算要求").filter(|rest| rest.starts_with(is_gap));
    Some(stage.unwrap_or(rest).trim_matches(is_gap)).filter(|title| !title.is_empty())
}
