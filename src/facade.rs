//! The library in a few calls: what the command does, for programs.

use std::path::{Path, PathBuf};

use crate::build::{self, Built, Format, Job, Options};
use crate::compose::Templates;
use crate::diff::{Diff, DiffError};
use crate::examine::{Examined, examine_with};
use crate::read::{self, Reading, SETTINGS_FILE};
use crate::settings::Severities;
use crate::verify::{self, Scope, Verdict, VerifyError};

/// Chapters as they were read, and what their project asks for.
#[derive(Debug)]
pub struct Project {
    /// The chapters, and what reading says about them.
    pub reading: Reading,
    /// Which findings count.
    pub severities: Severities,
}

/// Reads the chapters in files and folders as `gaisan` does from the folder of their project: the nearest one around the first path that has a
/// `gaisan.yaml`.
///
/// ```
/// let project = gaisan::read(&["budgets"]);
/// assert!(project.reading.requests.iter().any(|chapter| chapter.line.id.value.as_str() == "mext-5"));
/// ```
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Project {
    let mut apart = Reading::default();
    let severities = severities(paths, &mut apart);
    Project { reading: apart.and_files(&owned(paths)), severities }
}

/// Adds up and checks what was read. A sheet of what has an error is not to be printed.
///
/// ```
/// let project = gaisan::read(&["budgets"]);
/// assert!(!gaisan::check(&project).has_errors());
/// ```
pub fn check(project: &Project) -> Examined<'_> {
    examine_with(&project.reading, &project.severities)
}

/// The sheets that `gaisan build` would make of what was checked, in the order of the output folder, without those that would show
/// an error.
///
/// ```
/// let project = gaisan::read(&["budgets/fy2022"]);
/// let templates = gaisan::Templates::new(&[])?;
/// let sheets = gaisan::sheets(&gaisan::check(&project), &templates);
/// assert!(sheets.iter().any(|sheet| sheet.name() == "fy2022/mext-5/q-leap"));
/// # Ok::<(), gaisan::ComposeError>(())
/// ```
pub fn sheets(examined: &Examined<'_>, templates: &Templates) -> Vec<Job> {
    build::jobs(examined, templates, None)
}

/// The files of one sheet in one format, with their places in the output folder: the very bytes that `gaisan build` writes.
///
/// # Errors
/// When a template asks for what the sheet does not have, or the PDF cannot be written; says why.
///
/// ```
/// use gaisan::Format;
///
/// let project = gaisan::read(&["budgets/fy2022"]);
/// let templates = gaisan::Templates::new(&[])?;
/// let checked = gaisan::check(&project);
/// for sheet in gaisan::sheets(&checked, &templates).iter().take(1) {
///     for (path, bytes) in gaisan::render(sheet, Format::Pdf, &templates, &project)? {
///         assert!(bytes.starts_with(b"%PDF-"), "{}", path.display());
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn render(
    sheet: &Job,
    format: Format,
    templates: &Templates,
    project: &Project,
) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    sheet.files(format, templates, project.reading.fonts())
}

/// Builds all sheets of the chapters in files and folders into `options.out`, as far as they are not there already.
///
/// ```no_run
/// let templates = gaisan::Templates::new(&[])?;
/// let built = gaisan::build(&["budgets"], &templates, &gaisan::Options::default());
/// println!("{} sheets, {} files written", built.sheets, built.written);
/// # Ok::<(), gaisan::ComposeError>(())
/// ```
pub fn build<P: AsRef<Path>>(paths: &[P], templates: &Templates, options: &Options) -> Built {
    let mut survey = read::survey(&owned(paths));
    let severities = severities(paths, &mut survey.apart);
    let options = Options { paths: owned(paths), ..options.clone() };
    build::build(&mut survey, &severities, templates, &options, &|_, _| ())
}

/// Compares two sets of checked chapters: drafts or stages of one year, or two years.
///
/// # Errors
/// If a chapter is there for several years or stages and cannot be paired, or if amounts cannot be subtracted.
///
/// ```
/// let project = gaisan::read(&["budgets/fy2022"]);
/// let checked = gaisan::check(&project);
/// assert!(gaisan::diff(&checked, &checked)?.is_same());
/// # Ok::<(), gaisan::DiffError>(())
/// ```
pub fn diff<'a>(old: &'a Examined<'a>, new: &'a Examined<'a>) -> Result<Diff<'a>, DiffError> {
    let [old, new] = [old, new].map(|side| side.rollups.iter().collect::<Vec<_>>());
    crate::diff::diff(&old, &new, None)
}

/// Proves a PDF or an HTML page by what rides inside it, or says what it is not.
///
/// # Errors
/// When the file is no sheet of gaisan's.
///
/// ```
/// use gaisan::Format;
///
/// let project = gaisan::read(&["budgets/fy2022"]);
/// let templates = gaisan::Templates::new(&[])?;
/// let checked = gaisan::check(&project);
/// let sheets = gaisan::sheets(&checked, &templates);
/// let (_, page) = gaisan::render(&sheets[0], Format::Html, &templates, &project)?.remove(0);
/// assert!(gaisan::verify(&page)?.is_proven());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(bytes: &[u8]) -> Result<Verdict, VerifyError> {
    verify::verify(bytes, &Scope::default())
}

fn owned<P: AsRef<Path>>(paths: &[P]) -> Vec<PathBuf> {
    paths.iter().map(|path| path.as_ref().to_path_buf()).collect()
}

/// What the settings of the project around the first path mean.
fn severities<P: AsRef<Path>>(paths: &[P], reading: &mut Reading) -> Severities {
    let folders = paths.first().into_iter().flat_map(|path| path.as_ref().ancestors());
    let mut files = folders.map(|folder| folder.join(SETTINGS_FILE));
    let file = files.find(|file| crate::source::is_file(file));
    file.map(|file| Severities::read(&file, reading)).unwrap_or_default()
}
