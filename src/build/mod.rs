//! The door out: from chapters to files.
//!
//! In: what was read, templates, options. Out: files in the output folder and an account of what was written. Each sheet is
//! made on its own, so that one that fails does not stop the others. Only this module writes files, and only it knows rayon.

mod index;
mod plan;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

pub use plan::Job;
use plan::Plan;

use crate::compose::Templates;
use crate::document::{self, Document};
use crate::examine::Examined;
use crate::figure::{self, Figure};
use crate::model::Lang;
use crate::render::{html, pdf};
use crate::rollup::Rollup;
use crate::sheet::Sheet;
use crate::typeface::Fonts;
use write::WriteError;

/// A format of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Markdown, with its figures as SVG files beside it.
    Markdown,
    /// One self-contained HTML file.
    Html,
    /// PDF.
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Html, Self::Pdf];

    /// The file name's extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Markdown => "MD",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
        }
    }
}

/// What to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder to write into.
    pub out: PathBuf,
    /// The formats to write.
    pub formats: Vec<Format>,
    /// The language of the sheets; `None` is each chapter's own.
    pub lang: Option<Lang>,
    /// How many threads; 0 is one a core.
    pub jobs: usize,
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// How many sheets were written completely.
    pub sheets: usize,
    /// How many files were written.
    pub files: usize,
    /// The files of sheets, by name relative to the output folder.
    pub written: Vec<PathBuf>,
    /// Characters that the PDF's faces lack and no rule could report, with the sheets they are in; they are printed as 〓.
    pub missing: Vec<(PathBuf, Vec<char>)>,
    /// Sheets that were not made because of errors in what they show.
    pub skipped: Vec<String>,
    /// What went wrong; the other sheets are there.
    pub failures: Vec<Failure>,
}

/// A sheet that could not be made, or a file that could not be written.
#[derive(Debug)]
pub struct Failure {
    /// The file or sheet.
    pub what: String,
    /// Why.
    pub cause: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.cause)
    }
}

/// The files of one sheet, or why there are not all of them.
#[derive(Debug, Default)]
struct Made {
    written: Vec<PathBuf>,
    missing: Vec<char>,
    failure: Option<Failure>,
}

/// Builds all sheets of all chapters and the index. `progress` is told how many sheets are done, and of how many.
#[must_use]
pub fn build(
    examined: &Examined<'_>,
    templates: &Templates,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Built {
    let Plan { jobs, skipped } = plan::plan(examined, options);
    let done = AtomicUsize::new(0);
    let make = |job: &Job| {
        let made = make(job, templates, options, examined.fonts);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        made
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .build();
    let results: Vec<Made> = match &pool {
        Ok(pool) => pool.install(|| jobs.par_iter().map(make).collect()),
        Err(_) => jobs.iter().map(make).collect(),
    };

    let mut built = Built {
        skipped,
        ..Built::default()
    };
    for (job, mut made) in jobs.iter().zip(results) {
        // What the author wrote is reported where it stands, by a rule; the rest is from elsewhere, such as a template.
        made.missing
            .retain(|lacking| !is_in_texts(examined.rollups.get(job.chapter), *lacking));
        built.files += made.written.len();
        built.written.extend(made.written);
        if !made.missing.is_empty() {
            built.missing.push((job.path(Format::Pdf), made.missing));
        }
        match made.failure {
            None => built.sheets += 1,
            Some(failure) => built.failures.push(failure),
        }
    }
    if options.formats.contains(&Format::Html) && !jobs.is_empty() {
        let page = html::index(&index::page(&examined.rollups, &jobs, options));
        match write::file(&options.out, Path::new("index.html"), page.as_bytes()) {
            Ok(()) => built.files += 1,
            Err(error) => built
                .failures
                .push(failure(Path::new("index.html"), &error)),
        }
    }
    built
}

/// Whether the author of a chapter wrote a character.
fn is_in_texts(rollup: Option<&Rollup<'_>>, character: char) -> bool {
    let rows = rollup.map(|rollup| rollup.rows.iter());
    rows.into_iter()
        .flatten()
        .flat_map(|row| &row.line.texts)
        .any(|prose| prose.text.contains(character))
}

fn failure(what: &Path, error: &WriteError) -> Failure {
    Failure {
        what: crate::source::display_name(what),
        cause: error.to_string(),
    }
}

/// Makes the files of one sheet.
fn make(job: &Job, templates: &Templates, options: &Options, fonts: Option<&Fonts>) -> Made {
    let mut made = Made::default();
    let sheet = &job.sheet;
    let markdown = match templates.markdown(sheet) {
        Ok(markdown) => markdown,
        Err(error) => {
            made.failure = Some(Failure {
                what: job.name(),
                cause: error.to_string(),
            });
            return made;
        }
    };
    let mut document = document::read(&markdown, job.lang);
    document.expand(&sheet.imprint.glossary);
    for format in &options.formats {
        let bytes = match format {
            Format::Markdown => markdown.clone().into_bytes(),
            Format::Html => html::page(&document, &sheet.figures, &sheet.imprint).into_bytes(),
            Format::Pdf => match in_faces(&document, sheet, fonts) {
                Ok(pdf) => {
                    made.missing = pdf.missing;
                    pdf.bytes
                }
                Err(error) => {
                    made.failure = Some(Failure {
                        what: crate::source::display_name(&job.path(*format)),
                        cause: error.to_string(),
                    });
                    continue;
                }
            },
        };
        put(&mut made, options, job.path(*format), &bytes);
        if *format == Format::Markdown {
            for (target, figure) in &sheet.figures {
                put(
                    &mut made,
                    options,
                    job.folder.join(target),
                    &figure_file(figure, job.lang),
                );
            }
        }
    }
    made
}

fn in_faces(
    document: &Document,
    sheet: &Sheet,
    fonts: Option<&Fonts>,
) -> Result<pdf::Pdf, pdf::PdfError> {
    match fonts {
        Some(fonts) => pdf::pdf_in(document, &sheet.figures, &sheet.imprint, fonts),
        None => pdf::pdf(document, &sheet.figures, &sheet.imprint),
    }
}

fn put(made: &mut Made, options: &Options, path: PathBuf, bytes: &[u8]) {
    match write::file(&options.out, &path, bytes) {
        Ok(()) => made.written.push(path),
        Err(error) => made.failure = Some(failure(&path, &error)),
    }
}

/// The picture that the Markdown file shows.
fn figure_file(figure: &Figure, lang: Lang) -> Vec<u8> {
    match figure {
        Figure::Image(image) => image.bytes.clone(),
        Figure::Vector(vector) => vector.svg().into_bytes(),
        drawn => figure::draw(drawn, lang)
            .map(|drawing| figure::svg(&drawing, "", "figure").into_bytes())
            .unwrap_or_default(),
    }
}
