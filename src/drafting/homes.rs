//! The chapters of a workbook, each in the folder that is its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::ids::Names;
use super::{Plan, Planned, beside};
use crate::diagnostic::Diagnostic;
use crate::import::{Import, Taken};
use crate::model::{FiscalYear, Request, Stage};
use crate::read::{self, Project};
use crate::source;

/// A chapter of a workbook, and what is planned of it.
#[derive(Debug)]
pub struct Placed<'i> {
    /// What was taken.
    pub chapter: &'i Taken,
    /// Its folder and the plan; `None` where it is of another year than the folder that was named, which is in no folder of its year.
    pub plan: Option<(PathBuf, Plan)>,
}

/// Plans all chapters of a workbook in a folder. One goes into the folder itself; several have folders of their own below it, found by their
/// ids or named after them.
pub fn imports<'i>(project: &Project, import: &'i Import, to: &Path) -> Vec<Placed<'i>> {
    let ids: BTreeSet<&str> = import.chapters.iter().filter_map(Taken::id).collect();
    let is_elsewhere = || import.chapters.iter().any(|chapter| of_year(import, chapter, to).is_none());
    let is_below = ids.len() > 1 || !ids.is_empty() && import.chapters.len() > 1 && is_elsewhere();
    let homes = is_below.then(|| Homes::of(project, import, above_one(project, to)));
    let folder = |chapter: &Taken| match &homes {
        Some(homes) => homes.of_one(chapter),
        None => of_year(import, chapter, to),
    };
    let folders: BTreeSet<PathBuf> = import.chapters.iter().filter_map(folder).collect();
    let there = folders.into_iter().map(|folder| (Names::read(&folder), folder));
    let there: BTreeMap<_, _> = there.map(|(names, folder)| (folder, names)).collect();
    let names = there.iter().filter_map(|(folder, names)| Some((folder.clone(), names.clone().ok()?)));
    let mut planned = Planned { names: names.collect(), ..Planned::default() };
    let place = |chapter| {
        if let Some(twice) = homes.as_ref().and_then(|homes| homes.twice(chapter)) {
            return Placed { chapter, plan: Some((to.to_path_buf(), twice)) };
        }
        let plan = folder(chapter).map(|folder| {
            let names = there.get(&folder).cloned().unwrap_or_else(|| Names::read(&folder));
            let plan = beside((project, chapter, &folder), names, &planned);
            planned.files.extend(plan.files.keys().cloned());
            planned.names.extend(plan.names.clone().map(|(names, _)| (folder.clone(), names)));
            (folder, plan)
        });
        Placed { chapter, plan }
    };
    import.chapters.iter().map(place).collect()
}

/// The folder above one that is a chapter's own.
fn above_one<'p>(project: &Project, to: &'p Path) -> &'p Path {
    if !source::is_folder(to) {
        return to;
    }
    let here = read::read_in(project, &[to.to_path_buf()]);
    let is_in = |request: &&Request| here.sources.file(request.file).path.parent() == Some(to);
    let ids: BTreeSet<&str> =
        here.requests.iter().filter(is_in).map(|request| request.line.id.value.as_str()).collect();
    to.parent().filter(|_| ids.len() == 1).unwrap_or(to)
}

/// The folder that was named, for the year that it lies below, and its neighbors for others; below no year it is for the year that the files are about.
fn of_year(import: &Import, chapter: &Taken, to: &Path) -> Option<PathBuf> {
    let above = to.parent().unwrap_or(to);
    match year_of(to) {
        Some(year) if year != chapter.year => {
            Some(above.with_file_name(chapter.year.slug()).join(to.file_name()?))
        }
        None if import.year != Some(chapter.year) => None,
        _ => Some(to.to_path_buf()),
    }
}

/// The year that a chapter's folder lies below.
pub fn year_of(to: &Path) -> Option<FiscalYear> {
    let above = to.parent()?;
    let year = above.file_name()?.to_str().and_then(|name| FiscalYear::parse(&name.to_uppercase()).ok())?;
    is_named(above, &year.slug()).then_some(year)
}

fn is_named(folder: &Path, name: &str) -> bool {
    folder.file_name().is_some_and(|own| own == name)
}

/// Where chapters of several ids lie.
struct Homes {
    /// The folders of the chapters that are there, by id, year and stage.
    known: BTreeMap<Which, PathBuf>,
    /// The folder that has one for each year; `None` where all chapters are of one year, which needs none.
    years: Option<PathBuf>,
    to: PathBuf,
    /// All that is there.
    here: read::Reading,
}

/// A chapter's id, year and stage.
type Which = (String, FiscalYear, Stage);

pub(super) fn which(request: &Request) -> Which {
    (request.line.id.value.to_string(), request.fiscal_year.value, request.stage)
}

impl Homes {
    fn of(project: &Project, import: &Import, to: &Path) -> Self {
        let years: BTreeSet<String> = import.chapters.iter().map(|chapter| chapter.year.slug()).collect();
        let above = to.parent().filter(|_| years.iter().any(|year| is_named(to, year)));
        let root = above.unwrap_or(to);
        let here = match source::is_folder(root) {
            true => read::read_in(project, &[root.to_path_buf()]),
            false => read::Reading::default(),
        };
        let known = here.requests.iter().filter_map(|request| {
            Some((which(request), here.sources.file(request.file).path.parent()?.to_path_buf()))
        });
        let years = (years.len() > 1).then(|| root.to_path_buf());
        Self { known: known.collect(), years, to: to.to_path_buf(), here }
    }

    /// The plan of nothing for a chapter that stands there twice, as a copy of it does: nobody can say which of them is meant.
    fn twice(&self, chapter: &Taken) -> Option<Plan> {
        let key = (chapter.id()?.to_owned(), chapter.year, chapter.stage);
        let mut same = self.here.requests.iter().filter(|request| which(request) == key);
        let (first, second) = (same.next()?, same.next()?);
        let place = |request: &Request| request.line.id.span;
        let file = |request: &Request| self.here.sources.file(request.file).name.clone();
        let what = format!(
            "the chapter `{}` of {} is in `{}` and in `{}`",
            key.0,
            key.1.slug(),
            file(first),
            file(second)
        );
        let finding = Diagnostic::new("E0702", place(first), what)
            .also(place(second), "here, too")
            .help("take one of them out, or name the folder that is meant with `--to`");
        Some(Plan { findings: vec![finding], sources: self.here.sources.clone(), ..Plan::default() })
    }

    fn of_one(&self, chapter: &Taken) -> Option<PathBuf> {
        let id = chapter.id()?;
        let key = (id.to_owned(), chapter.year, chapter.stage);
        let new = || match &self.years {
            Some(years) => years.join(chapter.year.slug()).join(id),
            None => self.to.join(id),
        };
        Some(self.known.get(&key).cloned().unwrap_or_else(new))
    }
}
