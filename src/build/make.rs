//! One sheet: its files, as far as they are not there already.

use std::path::{Path, PathBuf};

use super::contents::{Contents, Made};
use super::files::{Seen, is_converted};
use super::manifest::SheetEntry;
use super::over::Over;
use super::plan::{Job, Task};
use super::run::{Account, Chapters, Run};
use super::state::{Known, SheetState};
use super::timings::Phase;
use super::{Failure, Flaw, Format, Mode};
use crate::compose::Templates;
use crate::document::{self, Document};
use crate::enclosure::Digest;
use crate::exchange;
use crate::fault::contained;
use crate::figure::{self, Figure};
use crate::model::Lang;
use crate::render::pdf::layout::Fit;
use crate::render::{html, markdown, pdf};
use crate::rollup::Rollup;
use crate::sheet::Imprint;
use crate::source::display_name;
use crate::typeface::Fonts;

impl Job {
    /// The files of one format, with their bytes: the sheet and, for Markdown, its figures.
    ///
    /// # Errors
    /// When the sheet cannot be composed or drawn; says why.
    pub fn files(
        &self,
        format: Format,
        templates: &Templates,
        fonts: Option<&Fonts>,
    ) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
        let document = self.document(templates)?;
        let drawn = self.drawn(format, &document, fonts)?;
        Ok(drawn.files)
    }

    /// How a sheet that is to stand on one page came to fit it; `None` for other sheets.
    ///
    /// # Errors
    /// When the sheet cannot be composed; says why.
    pub fn fit(&self, templates: &Templates, fonts: &Fonts) -> Result<Option<Fit>, String> {
        let document = self.document(templates)?;
        Ok(pdf::layout::fitted(&document, &self.sheet.figures, &self.sheet.imprint, fonts).fit)
    }

    /// What all formats show.
    pub(super) fn document(&self, templates: &Templates) -> Result<Document, String> {
        let markdown = templates.markdown(&self.sheet).map_err(|error| error.to_string())?;
        let mut document = document::read(&markdown, self.lang);
        document.expand(&self.sheet.imprint.glossary);
        Ok(document)
    }

    /// The files of one format, and what was noticed while they were drawn.
    pub(super) fn drawn(
        &self,
        format: Format,
        document: &Document,
        fonts: Option<&Fonts>,
    ) -> Result<Drawn, String> {
        let sheet = &self.sheet;
        let path = self.path(format);
        let (figures, imprint) = (&sheet.figures, &sheet.imprint);
        let one = |bytes| Drawn { files: vec![(path.clone(), bytes)], ..Drawn::default() };
        Ok(match format {
            Format::Markdown => {
                let mut files = one(markdown::page(document, figures, imprint).into_bytes());
                let shown = document.figures();
                let beside = figures
                    .iter()
                    .filter_map(|(target, figure)| Some((target, figure, shown.get(target.as_str())?)))
                    .map(|(target, figure, alt)| {
                        (self.folder.join(target), figure_file(figure, alt, self.lang))
                    });
                files.files.extend(beside);
                files
            }
            Format::Html => one(html::page(document, figures, imprint).into_bytes()),
            Format::Xlsx => return Err("a workbook is made of a whole chapter, see `exchange`".to_owned()),
            Format::Pdf => {
                let pdf = match fonts {
                    Some(fonts) => pdf::pdf_in(document, figures, imprint, fonts),
                    None => pdf::pdf(document, figures, imprint),
                }
                .map_err(|error| error.to_string())?;
                let over = pdf.fit.as_ref().and_then(Over::of);
                Drawn { missing: pdf.missing, over, ..one(pdf.bytes) }
            }
        })
    }
}

/// The files of a format.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    /// The characters that its font lacks.
    pub(super) missing: Vec<char>,
    /// By how much it does not fit its page.
    pub(super) over: Option<Over>,
    /// What a person should know of a workbook.
    pub(super) remarks: Vec<String>,
}

/// Makes those files of a sheet that are not there as they should be. A fault stops this sheet, and no other.
pub(super) fn make(task: &Task<'_>, chapters: &Chapters<'_>, run: &Run<'_>, contents: &Contents) -> Made {
    contained(|| make_sheet(task, chapters, run, contents)).unwrap_or_else(|cause| {
        let place = task.place(chapters.examined);
        Made::failed(task.name(), format!("{place}{cause}"))
    })
}

fn make_sheet(task: &Task<'_>, chapters: &Chapters<'_>, run: &Run<'_>, contents: &Contents) -> Made {
    let Some(mut job) = run.timed(Phase::Word, || task.job(&chapters.encloser)) else {
        return Made::default();
    };
    let name = task.name();
    let formats = run.options.formats.iter().copied().filter(|format| format.is_had_by(&name));
    if run.options.formats.contains(&Format::Xlsx) && contents.is_made(&task.overview()) {
        job.sheet.imprint.offer_workbook();
    }
    let (listed, known) = (contents.sheets.get(&name), contents.state.sheets.get(&name));
    let mut entry = SheetEntry::of(task, &job.sheet, &run.templates_digest);
    let fingerprint = run.timed(Phase::Word, || fingerprint(&job, run));
    let same = known.filter(|known| known.fingerprint == fingerprint);
    let kept = same.cloned().map(|same| (same.missing, same.over, same.remarks));
    let (missing, over, remarks) = kept.unwrap_or_default();
    let mut state = SheetState { fingerprint, files: Vec::new(), missing, over, remarks };
    let mut account = Account::default();

    let mut composed = None;
    for format in formats {
        if run.options.mode != Mode::Force
            && let Some(kept) = same.and_then(|same| same.still(format, &run.options.out))
        {
            state.files.extend(kept);
            continue;
        }
        if composed.is_none() && format != Format::Xlsx {
            match run.timed(Phase::Compose, || job.document(run.templates)) {
                Ok(document) => composed = Some(document),
                Err(cause) => return Made::failed(name, cause),
            }
        }
        let draw = || match &composed {
            _ if format == Format::Xlsx => workbook(task, &job, chapters),
            Some(document) => job.drawn(format, document, chapters.examined.fonts),
            None => Ok(Drawn::default()),
        };
        let drawn = run.timed(Phase::of(format), draw);
        let drawn = match drawn {
            Ok(drawn) => drawn,
            Err(cause) => {
                let what = display_name(&job.path(format));
                account.failures.push(Failure { what, cause });
                continue;
            }
        };
        if format == Format::Pdf {
            // What the author wrote is reported where it stands, by a rule.
            let rollup = chapters.examined.rollups.get(task.chapter);
            let unsaid = |lacking: &char| !is_in_texts(rollup, *lacking);
            state.missing = drawn.missing.into_iter().filter(unsaid).collect();
            state.over = drawn.over;
        }
        if format == Format::Xlsx {
            state.remarks = drawn.remarks;
        }
        run.timed(Phase::Write, || {
            for (path, bytes) in drawn.files {
                let name = display_name(&path);
                let seen = known.and_then(|known| known.seen(&name));
                let flaw = |there: &Seen| flaw(listed, &name, there, &run.options.out);
                let seen = run.put(&path, &bytes, seen, flaw, &mut account);
                state.files.extend(seen.map(|seen| Known { format, path: name, seen }));
            }
        });
    }
    if let Some(listed) = listed.filter(|listed| listed.is_made_like(&entry)) {
        others(listed, same, run, &mut entry, &mut state);
    }
    let files = state.files.iter().map(|file| file.seen.entry(&file.path));
    entry.files.extend(files);
    entry.files.sort();
    entry.files.dedup();
    let entry = Some(entry).filter(|entry| !entry.files.is_empty());
    Made { entry, state: Some(state), account }
}

/// The workbook beside an overview.
fn workbook(task: &Task<'_>, job: &Job, chapters: &Chapters<'_>) -> Result<Drawn, String> {
    let book = task.book(job, chapters.examined);
    let made = exchange::workbook(book.as_slice())?;
    let remarks = made.remarks.iter().map(ToString::to_string).collect();
    Ok(Drawn { files: vec![(job.path(Format::Xlsx), made.bytes)], remarks, ..Drawn::default() })
}

/// Why a file of a sheet is not what it should be, by what the manifest says that a build wrote.
fn flaw(listed: Option<&SheetEntry>, path: &str, there: &Seen, out: &Path) -> Flaw {
    let mut files = listed.into_iter().flat_map(|sheet| &sheet.files);
    match files.find(|file| file.path == path).map(|file| file.sha256) {
        // One that a checkout has converted is no less out of date than the one that was written.
        Some(written) if written != there.sha256 && !is_converted(&out.join(path), written) => Flaw::Edited,
        _ => Flaw::Stale,
    }
}

/// Keeps those formats that this run does not make, while they are of the same data.
fn others(
    listed: &SheetEntry,
    same: Option<&SheetState>,
    run: &Run<'_>,
    entry: &mut SheetEntry,
    state: &mut SheetState,
) {
    let wanted = |format: &Format| run.options.formats.contains(format);
    let left = listed.files.iter().filter(|file| {
        let format = Format::ALL.into_iter().find(|it| it.is_of(&file.path));
        !wanted(&format.unwrap_or(Format::Markdown))
    });
    entry.files.extend(left.cloned().map(|file| match same {
        Some(same) => same.corrected(file, &run.options.out),
        None => file,
    }));
    let left = same.into_iter().flat_map(|same| &same.files).filter(|file| !wanted(&file.format));
    state.files.extend(left.cloned());
}

/// The digest of everything that a sheet's files are made from. Two sheets of one fingerprint have the same bytes.
fn fingerprint(job: &Job, run: &Run<'_>) -> Digest {
    let sheet = &job.sheet;
    let facts = serde_json::to_string(&sheet.facts).unwrap_or_default();
    let mut text = format!(
        "{}\n{}\n{:?}\n{}\n{}\n{}\n",
        super::MAKER,
        run.templates_digest,
        run.font_digest,
        job.name(),
        job.lang.tag(),
        Digest::of(facts.as_bytes())
    );
    for (target, figure) in &sheet.figures {
        let digest = match figure {
            Figure::Image(image) => Digest::of(&image.bytes),
            drawn => Digest::of(format!("{drawn:?}").as_bytes()),
        };
        text.push_str(&format!("{digest} {target}\n"));
    }
    for entry in &sheet.imprint.glossary {
        text.push_str(&format!("{}\t{:?}\t{:?}\n", entry.short.value, entry.ja, entry.en));
    }
    // An entry of the glossary also knows where it stands, which moves when anything above it changes.
    let imprint = Imprint { enclosure: None, glossary: Vec::new(), ..sheet.imprint.clone() };
    text.push_str(&format!("{imprint:?}"));
    if let Some(enclosure) = &sheet.imprint.enclosure {
        text.push_str(&enclosure.digest().to_string());
    }
    Digest::of(text.as_bytes())
}

/// Whether the author of a chapter wrote a character.
fn is_in_texts(rollup: Option<&Rollup<'_>>, character: char) -> bool {
    let rows = rollup.map(|rollup| rollup.rows.iter());
    rows.into_iter().flatten().flat_map(|row| &row.line.texts).any(|prose| prose.text.contains(character))
}

/// The picture that the Markdown file shows.
fn figure_file(figure: &Figure, alt: &str, lang: Lang) -> Vec<u8> {
    match figure {
        Figure::Image(image) => image.bytes.clone(),
        Figure::Vector(vector) => vector.svg().into_bytes(),
        drawn => figure::draw(drawn, lang)
            .map(|drawing| figure::svg(&drawing, alt, "figure").into_bytes())
            .unwrap_or_default(),
    }
}
