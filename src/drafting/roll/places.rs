//! Where next year's files lie, and what this year's get that are filled in later.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::super::{Change, Plan};
use super::Rolling;
use crate::diagnostic::Edit;
use crate::edit::Value;
use crate::model::{FiscalYear, Lang, Program, fold_text};
use crate::notation::Notation;
use crate::read::IDS_FILE;
use crate::rollup::Rollup;
use crate::source::{self, FileId, display_name};

/// So many lines of a file are told that are to be looked at.
const MOST_LINES: usize = 12;

impl Rolling<'_> {
    /// Pictures and the names of an import go on as they are.
    pub(super) fn beside(&self, programs: &[Program], plan: &mut Plan) -> Result<(), String> {
        let chapter = &self.reading.sources.file(self.request.file).path;
        let mut files = vec![source::beside(chapter, IDS_FILE)];
        let is_over = |program: &&Program| self.over.contains(program.line.id.value.as_str());
        let going_on = Program::all(programs).into_iter().filter(|program| !is_over(program));
        let figures = going_on.flat_map(|program| &program.figures);
        files.extend(figures.filter_map(|figure| figure.path.clone()));
        for path in files.iter().filter(|path| source::is_file(path)) {
            // A picture that all years share stays where it is.
            if let Some(new) = self.next(path).ok().filter(|new| new != path) {
                plan.files.insert(new, source::read_bytes(path).map_err(|error| error.to_string())?);
            }
        }
        Ok(())
    }

    /// An empty `enacted` for every line of this year that has an amount and none.
    pub(super) fn slots(&self, plan: &mut Plan) -> Result<(), String> {
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

    /// Where a file of this year lies in the next: in the folder that is named after that year. A path that begins within that folder is
    /// followed up to it.
    pub(super) fn next(&self, path: &Path) -> Result<PathBuf, String> {
        let whole = std::path::absolute(path).unwrap_or_default();
        let found = self.next_folder(path, usize::MAX).or_else(|| self.next_folder(&whole, 1));
        found.map(|folder| folder.join(path.file_name().unwrap_or_default())).ok_or_else(|| {
            format!(
                "the folder of `{}` does not name its year, so next year's has no place; move it to `fy{}/…` first",
                display_name(path),
                self.request.fiscal_year.value.western()
            )
        })
    }

    /// The folder of a file with the innermost so many of its names that are this year's for the next one; `None` where none is.
    fn next_folder(&self, path: &Path, most: usize) -> Option<PathBuf> {
        let (from, to) = (self.request.fiscal_year.value, self.to);
        let mut left = most;
        let folder = path.parent().unwrap_or(Path::new(""));
        let parts = folder.components().rev().map(|part| match part {
            Component::Normal(name) if left > 0 => {
                let new = renamed(&name.to_string_lossy(), from, to);
                left -= usize::from(new.is_some());
                new.map_or_else(|| name.to_owned(), Into::into)
            }
            other => other.as_os_str().to_owned(),
        });
        let parts: Vec<OsString> = parts.collect();
        (left < most).then(|| parts.into_iter().rev().collect())
    }
}

impl Rolling<'_> {
    /// Says in which lines the texts of a new file are still about this year.
    pub(super) fn still_said(&self, new: &Path, text: &str) -> Option<Change> {
        let year = self.request.fiscal_year.value;
        let names: Vec<String> = forms(year)
            .into_iter()
            .filter(|form| form.ends_with("年度") || form.starts_with("FY2"))
            .collect();
        let names_it = |line: &str| {
            let line = fold_text(line.split(" #").next().unwrap_or_default());
            !line.trim_start().starts_with('#') && names.iter().any(|name| line.contains(name))
        };
        let lines: Vec<String> =
            text.lines().zip(1..).filter(|(line, _)| names_it(line)).map(|(_, at)| at.to_string()).collect();
        let shown = lines.get(..MOST_LINES).map_or_else(|| lines.join(", "), |some| some.join(", ") + ", …");
        let year = Notation::new(self.request.lang).fiscal_year(year);
        (!lines.is_empty()).then(|| {
            let lines = if lines.len() == 1 { "line" } else { "lines" };
            Change::Left(format!("{}  still names {year} in {lines} {shown}", display_name(new)))
        })
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
pub(super) fn restyled(written: &str, from: FiscalYear, to: FiscalYear) -> String {
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
