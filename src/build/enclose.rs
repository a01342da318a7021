//! What a sheet is made from, gathered to ride inside its file.
//!
//! Enclosed files are named after the place of their chapter in the output folder, not after where they lay on the machine, so
//! that a sheet has the same bytes wherever it is built. Inside a chapter the names keep their relation to each other, so that
//! what one file calls another still leads to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::place;
use crate::enclosure::{EnclosedFile, Enclosure, Role};
use crate::model::{Conventions, Lang, Request};
use crate::read::{SETTINGS_FILE, settings_saying};
use crate::rollup::Rollup;
use crate::sheet::{Facts, Imprint, Sheet};
use crate::source::{FileId, SourceMap};

/// The version of gaisan that makes sheets.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What makes the sheets, to the last line of its code: sheets of another maker are made anew.
pub const MAKER: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("GAISAN_SOURCE"));

/// The files of all chapters under the names that they have inside sheets.
pub(super) struct Encloser<'r> {
    requests: Vec<&'r Request>,
    /// The chapters whose own file a file is.
    homes: BTreeMap<FileId, Vec<usize>>,
    sources: Vec<BTreeMap<FileId, Arc<EnclosedFile>>>,
    pictures: Vec<BTreeMap<PathBuf, Arc<EnclosedFile>>>,
    templates: Vec<Arc<EnclosedFile>>,
}

impl<'r> Encloser<'r> {
    /// Names the files of some chapters, and the templates that take the place of built-in ones.
    pub(super) fn new(rollups: &[Rollup<'r>], sources: &SourceMap, office: &[(String, String)]) -> Self {
        let requests: Vec<&Request> = rollups.iter().map(|rollup| rollup.request).collect();
        let templates = office.iter().map(|(name, text)| {
            let name = format!("templates/{name}");
            Arc::new(EnclosedFile::new(name, Role::Template, text.as_bytes().to_vec()))
        });
        let mut encloser = Self {
            templates: templates.collect(),
            requests: Vec::new(),
            homes: BTreeMap::new(),
            sources: Vec::new(),
            pictures: Vec::new(),
        };
        for (at, (request, rollup)) in requests.iter().zip(rollups).enumerate() {
            encloser.homes.entry(request.file).or_default().push(at);
            let names = Names::of(request, sources);
            encloser.sources.push(
                request
                    .files()
                    .map(|id| {
                        let file = sources.file(id);
                        let name = names.name(&file.path);
                        let bytes = file.text.as_bytes().to_vec();
                        (id, Arc::new(EnclosedFile::new(name, Role::Source, bytes)))
                    })
                    .collect(),
            );
            let programs = rollup.rows.iter().filter_map(|row| row.program);
            let shown = programs.flat_map(|program| &program.figures);
            encloser.pictures.push(
                shown
                    .filter_map(|figure| {
                        let path = figure.path.clone()?;
                        let bytes = sources.binary(&path)?.to_vec();
                        let file = EnclosedFile::new(names.name(&path), Role::Picture, bytes);
                        Some((path, Arc::new(file)))
                    })
                    .collect(),
            );
        }
        encloser.requests = requests;
        encloser
    }

    /// What a sheet of a chapter is made from.
    pub(super) fn enclosure(&self, name: String, chapter: usize, sheet: &Sheet) -> Enclosure {
        // Another chapter counts only where the sheet shows something of it, not where the two share a file.
        let shown = sheet.sources.iter().filter_map(|file| self.homes.get(file)).flatten().copied();
        let involved: BTreeSet<usize> = shown.chain([chapter]).collect();
        let mut files: Vec<Arc<EnclosedFile>> = self.templates.clone();
        files.extend(self.settings(chapter, &involved));
        for at in involved {
            let sources = self.sources.get(at).into_iter().flatten();
            let shown = sources.filter(|(id, _)| sheet.sources.contains(id));
            files.extend(shown.map(|(id, file)| {
                let extract = (at == chapter).then(|| self.extract(at, *id, file, sheet));
                extract.flatten().unwrap_or_else(|| Arc::clone(file))
            }));
            let pictures = self.pictures.get(at).into_iter().flatten();
            let shown = pictures.filter(|(path, _)| sheet.pictures.contains(*path));
            files.extend(shown.map(|(_, file)| Arc::clone(file)));
        }
        files.sort_by(|a, b| a.name.cmp(&b.name).then(a.role.cmp(&b.role)));
        files.dedup();
        Enclosure { sheet: name, version: VERSION.to_owned(), files }
    }

    /// What the sheets of a chapter draw on of the project's settings.
    fn settings(&self, chapter: usize, involved: &BTreeSet<usize>) -> Option<Arc<EnclosedFile>> {
        let own = self.requests.get(chapter)?.project;
        // The calendar also says which years of other chapters are shown.
        let mut others = involved.iter().filter_map(|&at| self.requests.get(at)?.project.calendar);
        let text = settings_saying(Conventions { calendar: own.calendar.or_else(|| others.next()), ..own });
        let file = || EnclosedFile::new(SETTINGS_FILE.to_owned(), Role::Settings, text.clone().into_bytes());
        (!text.is_empty()).then(|| Arc::new(file()))
    }

    /// What the sheet of a program draws on of its chapter's file, so that it is the same sheet when something else in that file
    /// changes. `None` for other files and sheets.
    fn extract(
        &self,
        chapter: usize,
        id: FileId,
        file: &EnclosedFile,
        sheet: &Sheet,
    ) -> Option<Arc<EnclosedFile>> {
        let request = self.requests.get(chapter)?;
        let is_program = matches!(sheet.facts, Facts::Detail(_));
        let extract = || request.extracts.of(&sheet.stem).into_bytes();
        let file = || EnclosedFile::new(file.name.clone(), Role::Extract, extract());
        (is_program && request.file == id).then(|| Arc::new(file()))
    }
}

/// How the files of one chapter are named.
struct Names {
    /// The chapter file's folder on disk.
    base: PathBuf,
    /// What stands for it: `fy2022/mext-5`.
    root: Vec<String>,
}

impl Names {
    fn of(request: &Request, sources: &SourceMap) -> Self {
        let path = &sources.file(request.file).path;
        let base = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let folder = place::folder(request, request.lang);
        let mut root: Vec<String> =
            folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        // A chapter may name files above its own folder; there must be room for them, for no name may lead out.
        let climbs = request
            .parts
            .iter()
            .map(|part| relative(&base, &sources.file(*part).path))
            .map(|way| way.iter().take_while(|step| *step == "..").count())
            .max()
            .unwrap_or(0);
        for _ in root.len()..climbs {
            root.insert(0, "above".to_owned());
        }
        Self { base, root }
    }

    fn name(&self, path: &Path) -> String {
        let way = relative(&self.base, path);
        let mut name = self.root.clone();
        for step in way {
            if step == ".." {
                name.pop();
            } else {
                name.push(step);
            }
        }
        name.join("/")
    }
}

/// The way from a folder to a file: `q-leap.yaml`, `../citations.yaml`. Nothing is asked of the disk.
fn relative(from: &Path, to: &Path) -> Vec<String> {
    let steps = |path: &Path| -> Vec<String> {
        path.components()
            .filter(|part| *part != Component::CurDir)
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (steps(from), steps(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    up.chain(to.iter().skip(common).cloned()).collect()
}

/// Gives a sheet its enclosure, and the edition that is printed on it.
pub(super) fn sign(imprint: &mut Imprint, enclosure: Enclosure, revision: Option<u32>) {
    imprint.edition = edition(imprint.lang, revision, &enclosure);
    imprint.enclosure = Some(Arc::new(enclosure));
}

/// `版 r3 · a1b2c3d4e5f6`: what is printed to match paper with data.
fn edition(lang: Lang, revision: Option<u32>, enclosure: &Enclosure) -> String {
    let word = crate::words::edition(lang);
    let digest = enclosure.digest().short();
    match revision {
        Some(revision) => format!("{word} r{revision} · {digest}"),
        None => format!("{word} {digest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &str, to: &str) -> String {
        relative(Path::new(from), Path::new(to)).join("/")
    }

    #[test]
    fn the_way_to_a_file_does_not_depend_on_where_both_lie() {
        assert_eq!(way("budgets/a", "budgets/a/x.yaml"), "x.yaml");
        assert_eq!(way("./budgets/a", "budgets/a/x.yaml"), "x.yaml");
        assert_eq!(way("", "x.yaml"), "x.yaml");
        assert_eq!(way("", "../x.yaml"), "../x.yaml");
        assert_eq!(way("/w/a/b", "/w/c/x.yaml"), "../../c/x.yaml");
    }

    #[test]
    fn no_name_leads_out() {
        let text = "gaisan: 1\nid: a\ntitle: A\nministry: B\nfiscal_year: R4\nstage: request\nunit: 百万円\nprograms: [../../../x.yaml]\n";
        let reading = crate::read::read_texts(&[
            ("d1/d2/d3/request.yaml", text),
            ("x.yaml", "id: x\ntitle: X\nrequested: 1\nprior: 1\n"),
        ]);
        let names: Vec<String> = reading
            .requests
            .iter()
            .flat_map(|request| {
                let names = Names::of(request, &reading.sources);
                let files = reading.sources.files();
                files.map(|(_, file)| names.name(&file.path)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(names, ["above/fy2022/a/request.yaml", "x.yaml"]);
    }
}
