//! One sheet: its files, as far as they are not there already.

use std::path::{Path, PathBuf};

use super::manifest::SheetEntry;
use super::plan::{Job, Task};
use super::state::{Known, Seen, SheetState};
use super::timings::Stage;
use super::write::WriteError;
use super::{Chapters, Failure, Format, Mode, Run, Trouble};
use crate::compose::Templates;
use crate::document::{self, Document};
use crate::enclosure::Digest;
use crate::fault::contained;
use crate::figure::{self, Figure};
use crate::model::Lang;
use crate::render::{html, markdown, pdf};
use crate::rollup::Rollup;
use crate::sheet::Imprint;
use crate::source::display_name;
use crate::typeface::Fonts;

/// What came of one sheet.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The sheet as the manifest will have it; `None` when nothing was made of it.
    pub(super) entry: Option<SheetEntry>,
    pub(super) fingerprint: Option<Digest>,
    /// Its files, and those of earlier builds that are still its own.
    pub(super) files: Vec<Known>,
    /// Characters that the PDF's font lacks and no rule reports.
    pub(super) missing: String,
    /// How many of its files are new.
    pub(super) written: usize,
    pub(super) failures: Vec<Failure>,
    /// Files that are not as they should be, when nothing is written.
    pub(super) troubles: Vec<(String, Trouble)>,
    /// How many of its files have other line ends than were written, when nothing is written.
    pub(super) converted: usize,
}

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
        Ok(drawn.0)
    }

    /// What all formats show.
    pub(super) fn document(&self, templates: &Templates) -> Result<Document, String> {
        let markdown = templates.markdown(&self.sheet).map_err(|error| error.to_string())?;
        let mut document = document::read(&markdown, self.lang);
        document.expand(&self.sheet.imprint.glossary);
        Ok(document)
    }

    /// The files of one format, and the characters that its font lacks.
    pub(super) fn drawn(
        &self,
        format: Format,
        document: &Document,
        fonts: Option<&Fonts>,
    ) -> Result<Files, String> {
        let sheet = &self.sheet;
        let path = self.path(format);
        let (figures, imprint) = (&sheet.figures, &sheet.imprint);
        let one = |bytes| (vec![(path.clone(), bytes)], Vec::new());
        Ok(match format {
            Format::Markdown => {
                let mut files = one(markdown::page(document, figures, imprint).into_bytes());
                let shown = document.figures();
                let beside = figures
                    .iter()
                    .filter(|(target, _)| shown.contains(target.as_str()))
                    .map(|(target, figure)| (self.folder.join(target), figure_file(figure, self.lang)));
                files.0.extend(beside);
                files
            }
            Format::Html => one(html::page(document, figures, imprint).into_bytes()),
            Format::Pdf => {
                let pdf = match fonts {
                    Some(fonts) => pdf::pdf_in(document, figures, imprint, fonts),
                    None => pdf::pdf(document, figures, imprint),
                }
                .map_err(|error| error.to_string())?;
                (vec![(path, pdf.bytes)], pdf.missing)
            }
        })
    }
}

/// The files of a format, and the characters that its font lacks.
pub(super) type Files = (Vec<(PathBuf, Vec<u8>)>, Vec<char>);

/// Makes those files of a sheet that are not there as they should be. A fault stops this sheet, and no other.
pub(super) fn make(task: &Task<'_>, chapters: &Chapters<'_>, run: &Run<'_>) -> Made {
    contained(|| make_sheet(task, chapters, run)).unwrap_or_else(|cause| {
        let place = task.place(chapters.examined);
        let failure = Failure { what: task.name(), cause: format!("{place}{cause}") };
        Made { failures: vec![failure], ..Made::default() }
    })
}

fn make_sheet(task: &Task<'_>, chapters: &Chapters<'_>, run: &Run<'_>) -> Made {
    let mut made = Made::default();
    let Some(job) = run.timed(Stage::Word, || task.job(&chapters.encloser)) else {
        return made;
    };
    let name = task.name();
    let mut entry = SheetEntry::of(task, &job.sheet, &run.templates_digest);
    let before = run.state.sheets.get(&name);
    let fingerprint = run.timed(Stage::Word, || fingerprint(&job, run));
    made.fingerprint = Some(fingerprint);
    let same = before.filter(|before| before.fingerprint == fingerprint);
    if let Some(same) = same {
        made.missing.clone_from(&same.missing);
    }

    let mut composed = None;
    for &format in &run.options.formats {
        if run.mode != Mode::Force
            && let Some(kept) = same.and_then(|same| keep(same, format, run))
        {
            made.files.extend(kept);
            continue;
        }
        if composed.is_none() {
            match run.timed(Stage::Compose, || job.document(run.templates)) {
                Ok(document) => composed = Some(document),
                Err(cause) => {
                    made.failures.push(Failure { what: name, cause });
                    return made;
                }
            }
        }
        let Some(document) = &composed else {
            continue;
        };
        let drawn = run.timed(Stage::of(format), || job.drawn(format, document, chapters.examined.fonts));
        match drawn {
            Ok((files, missing)) => {
                if format == Format::Pdf {
                    // What the author wrote is reported where it stands, by a rule.
                    let rollup = chapters.examined.rollups.get(task.chapter);
                    let unsaid = |lacking: &char| !is_in_texts(rollup, *lacking);
                    made.missing = missing.into_iter().filter(unsaid).collect();
                }
                run.timed(Stage::Write, || put(&name, files, format, run, &mut made));
            }
            Err(cause) => made.failures.push(Failure { what: display_name(&job.path(format)), cause }),
        }
    }
    others(&mut entry, fingerprint, run, &mut made);
    let files = made.files.iter().map(|file| file.seen.entry(&file.path));
    entry.files.extend(files);
    entry.files.sort();
    entry.files.dedup();
    if !entry.files.is_empty() {
        made.entry = Some(entry);
    }
    made
}

/// The files of a format, where all of them are on the disk as they were made.
fn keep(same: &SheetState, format: Format, run: &Run<'_>) -> Option<Vec<Known>> {
    let now = |known: &Known| {
        let seen = known.seen.now(&run.options.out.join(&known.path))?;
        let path = known.path.clone();
        (seen.sha256 == known.seen.sha256).then_some(Known { format, path, seen })
    };
    let kept: Option<Vec<Known>> = same.of(format).map(now).collect();
    kept.filter(|kept| !kept.is_empty())
}

/// Writes the files of a format, or compares them with those on the disk.
fn put(sheet: &str, files: Vec<(PathBuf, Vec<u8>)>, format: Format, run: &Run<'_>, made: &mut Made) {
    let before = run.state.sheets.get(sheet);
    let mut staged = Vec::new();
    let mut know = |path: String, seen: Seen| made.files.push(Known { format, path, seen });
    for (path, bytes) in files {
        let name = display_name(&path);
        let digest = Digest::of(&bytes);
        let target = run.options.out.join(&path);
        let there = if run.mode == Mode::Force {
            None
        } else {
            let known = before.and_then(|before| before.seen(&name));
            there(known, &target, bytes.len())
        };
        if let Some(there) = there.filter(|there| there.sha256 == digest) {
            know(name, there);
            continue;
        }
        let Some(output) = &run.output else {
            let expected = Seen::of(&target, digest, bytes.len() as u64);
            if Seen::is_converted(&target, digest) {
                made.converted += 1;
            } else {
                let trouble = run.trouble(sheet, &name, Seen::read(&target).as_ref());
                made.troubles.push((name.clone(), trouble));
            }
            know(name, expected);
            continue;
        };
        match output.stage(&path, &bytes) {
            Ok(file) => staged.push((name, file)),
            Err(error) => made.failures.push(failure(&path, &error)),
        }
    }
    if let Some(output) = &run.output {
        for (name, file) in staged {
            match output.place(file) {
                Ok(seen) => {
                    made.written += 1;
                    know(name, seen);
                }
                Err((path, error)) => made.failures.push(failure(&path, &error)),
            }
        }
    }
}

/// What is on the disk, read only where it may be what is to be written.
fn there(known: Option<&Seen>, target: &Path, size: usize) -> Option<Seen> {
    let metadata = std::fs::symlink_metadata(target).ok()?;
    if metadata.len() != size as u64 {
        return None;
    }
    match known {
        Some(known) => known.now(target),
        None => Seen::read(target),
    }
}

/// Keeps those formats that this run does not make, while they are of the same data.
fn others(entry: &mut SheetEntry, fingerprint: Digest, run: &Run<'_>, made: &mut Made) {
    let Some(old) = run.old.get(&entry.name).filter(|old| old.is_made_like(entry)) else {
        return;
    };
    let wanted = |format: &Format| run.options.formats.contains(format);
    let left = old.files.iter().filter(|file| {
        let format = Format::ALL.into_iter().find(|it| it.is_of(&file.path));
        !wanted(&format.unwrap_or(Format::Markdown))
    });
    let before = run.state.sheets.get(&entry.name).filter(|before| before.fingerprint == fingerprint);
    entry.files.extend(left.cloned().map(|file| match before {
        Some(before) => before.settled(file, &run.options.out),
        None => file,
    }));
    let left = before.into_iter().flat_map(|before| &before.files).filter(|file| !wanted(&file.format));
    made.files.extend(left.cloned());
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

pub(super) fn failure(what: &Path, error: &WriteError) -> Failure {
    Failure { what: display_name(what), cause: error.to_string() }
}

/// Whether the author of a chapter wrote a character.
fn is_in_texts(rollup: Option<&Rollup<'_>>, character: char) -> bool {
    let rows = rollup.map(|rollup| rollup.rows.iter());
    rows.into_iter().flatten().flat_map(|row| &row.line.texts).any(|prose| prose.text.contains(character))
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
