//! Whether a sheet is what it says: a PDF or an HTML page alone, proven from what rides inside it.
//!
//! In: the bytes of a file. Out: a [`Verdict`]. What the sheet was made from is taken out of it, its digests are compared, it is
//! read and checked again, and the sheet is made again and compared byte for byte. Whoever changes a sheet in any place without
//! making it anew is found; whoever makes it anew from other data gets another edition, which a manifest or the digits on paper
//! tell apart.

mod contents;
mod data;
mod difference;
mod json;
mod manifest;

pub use contents::{Contents, contents, held_together, narrow};
pub use json::json;

use std::fmt;

use crate::build::{self, Flaw, Format, Manifest, Remade};
use crate::enclosure::{Digest, Enclosure, Role};
use crate::fault::{self, contained};
use crate::limits;
use crate::named::named;
use crate::render::{html, pdf};
use crate::source::line_ends;
use crate::typeface::Fonts;

/// The largest file that is looked into, in bytes. A sheet has less than one megabyte.
pub const LARGEST: usize = limits::SHEET;

/// How much is to be proven.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The manifest of the build that the file should be of.
    pub manifest: Option<Manifest>,
    /// Prove what rides inside only, and not that the pages show it.
    pub data_only: bool,
    /// The templates of offices that may be run, as (name, text). A template is a program, and one from an unknown file may
    /// never end; any other is not run.
    pub templates: Vec<(String, String)>,
    /// The office's faces, where it has one of its own.
    pub fonts: Option<Fonts>,
}

/// What was found out about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What kind of file it is; `None` for other files of a manifest.
    pub format: Option<Format>,
    /// What rides inside; `None` where it can no longer be read.
    pub enclosure: Option<Enclosure>,
    /// Why it is not proven. Empty when it is.
    pub problems: Vec<Problem>,
}

impl Verdict {
    /// Whether the file is what it says.
    pub fn is_proven(&self) -> bool {
        self.problems.is_empty()
    }

    /// The sheet digest of what rides inside.
    pub fn digest(&self) -> Option<Digest> {
        self.enclosure.as_ref().map(Enclosure::digest)
    }
}

/// Something that keeps a file from being proven.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What is wrong, for people.
    pub message: String,
}

named! {
    /// The kinds of problems.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ProblemKind {
        /// What rides inside cannot be read any more.
        Enclosure = "enclosure",
        /// What rides inside is not what its digests say.
        Digest = "digest",
        /// What rides inside does not hold: a sum is wrong, or it is no request.
        Data = "data",
        /// The file is not the one that its data makes.
        Pages = "pages",
        /// This gaisan cannot make the sheet again to compare it.
        Unable = "unable",
        /// The manifest says otherwise.
        Manifest = "manifest",
        /// The file cannot be read, or is none of ours.
        Unreadable = "unreadable",
    }
}

/// Why nothing can be said about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyError {
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// It is neither a PDF nor an HTML page.
    OtherKind,
    /// Nothing of gaisan's rides inside.
    NotOurs(Format),
    /// Looking into it has failed by a fault of ours; says how.
    Fault(String),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the file is larger than {} MB, and no sheet is", LARGEST / 1024 / 1024),
            Self::Fault(how) => f.write_str(how),
            Self::OtherKind => f.write_str(
                "this is neither a PDF nor an HTML page; Markdown sheets can be compared with a manifest only",
            ),
            Self::NotOurs(format) => write!(
                f,
                "no data of gaisan in this {}: gaisan did not make it, or the data was taken out",
                match format {
                    Format::Pdf => "PDF",
                    _ => "page",
                }
            ),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Proves a file, or says why it cannot be proven.
///
/// # Errors
/// When the file is no sheet of gaisan's and there is no manifest to compare it with.
pub fn verify(bytes: &[u8], scope: &Scope) -> Result<Verdict, VerifyError> {
    if bytes.len() > LARGEST {
        return Err(VerifyError::TooLarge);
    }
    contained(|| look(bytes, scope)).unwrap_or_else(|how| Err(VerifyError::Fault(how)))
}

fn look(bytes: &[u8], scope: &Scope) -> Result<Verdict, VerifyError> {
    fault::asked_for(bytes);
    // Whoever reads a page sees the same in it when a checkout has given it other line ends.
    let unconverted = line_ends::unconverted(bytes).filter(|_| format(bytes) != Some(Format::Pdf));
    let bytes = unconverted.as_deref().unwrap_or(bytes);
    let listed = scope.manifest.as_ref().map(|manifest| manifest::lists(manifest, bytes));
    let mut verdict = Verdict { format: format(bytes), ..Verdict::default() };
    let enclosed = verdict
        .format
        .ok_or(VerifyError::OtherKind)
        .and_then(|format| Ok((format, taken_out(bytes, format)?)));
    match enclosed {
        // An index, a Markdown sheet or a figure: the manifest's digest is all there is to prove it by.
        Err(_) if listed == Some(true) => {}
        Err(_) if listed == Some(false) => verdict.problem(
            ProblemKind::Manifest,
            "it is no file of the manifest: it was changed, or is of another build".to_owned(),
        ),
        Err(error) => return Err(error),
        Ok((_, Err(why))) => verdict.problem(ProblemKind::Enclosure, why),
        Ok((format, Ok(enclosure))) => {
            verdict.data_and_pages(bytes, format, &enclosure, scope);
            if let (Some(false), Some(manifest)) = (listed, &scope.manifest) {
                let message = manifest::otherwise(manifest, &enclosure, format);
                verdict.problem(ProblemKind::Manifest, message);
            }
            verdict.enclosure = Some(enclosure);
        }
    }
    Ok(verdict)
}

impl Verdict {
    /// What is to be said about a file of the manifest that is not there.
    pub fn missing() -> Self {
        Self::otherwise("the manifest lists it, and it is not there".to_owned())
    }

    /// What is to be said about a file of a release that is not what was released.
    pub fn unlike_released(flaw: Flaw) -> Self {
        Self::otherwise(format!("it was released and is {flaw}"))
    }

    fn otherwise(message: String) -> Self {
        Self { problems: vec![Problem { kind: ProblemKind::Manifest, message }], ..Self::default() }
    }

    fn problem(&mut self, kind: ProblemKind, message: String) {
        self.problems.push(Problem { kind, message });
    }

    /// Proves what rides inside a file, and that the file is made from it.
    fn data_and_pages(&mut self, bytes: &[u8], format: Format, enclosure: &Enclosure, scope: &Scope) {
        if let Some(message) = data::changed(enclosure) {
            return self.problem(ProblemKind::Digest, message);
        }
        let remade = match build::remake(enclosure) {
            Ok(remade) => remade,
            Err(error) => return self.problem(ProblemKind::Data, error.to_string()),
        };
        if let Some(message) = remade.wrong() {
            self.problem(ProblemKind::Data, message);
        }
        if let Some(message) = data::other_extract(enclosure, &remade) {
            return self.problem(ProblemKind::Data, message);
        }
        if scope.data_only {
            if remade.job.is_none() && self.is_proven() {
                self.problem(ProblemKind::Data, data::no_sheet(enclosure));
            }
            return;
        }
        if let Err(problem) = same(bytes, format, enclosure, &remade, scope) {
            self.problems.push(problem);
        }
    }
}

/// PDF or HTML, by how the file begins.
fn format(bytes: &[u8]) -> Option<Format> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let is_page = start.get(..14).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype html"));
    match (is_page, start.starts_with(b"%PDF-")) {
        (true, _) => Some(Format::Html),
        (_, true) => Some(Format::Pdf),
        _ => None,
    }
}

/// What rides inside a file, or why it can no longer be read.
fn taken_out(bytes: &[u8], format: Format) -> Result<Result<Enclosure, String>, VerifyError> {
    let not_ours = VerifyError::NotOurs(format);
    match format {
        Format::Pdf => match pdf::enclosed(bytes) {
            // Other programs attach files, too, and do not say which sheet the PDF is.
            Ok(enclosure) if !enclosure.sheet.is_empty() => Ok(Ok(enclosure)),
            Err(error) if says_gaisan(bytes) || error == pdf::EnclosedError::Encrypted => {
                Ok(Err(error.to_string()))
            }
            _ => Err(not_ours),
        },
        _ => match html::enclosed(&String::from_utf8_lossy(&line_ends::text(bytes))) {
            Ok(None) => Err(not_ours),
            Ok(Some(enclosure)) => Ok(Ok(enclosure)),
            Err(why) => Ok(Err(why)),
        },
    }
}

/// Whether a PDF that cannot be read was gaisan's: what it says about itself stands in it in plain text.
fn says_gaisan(bytes: &[u8]) -> bool {
    bytes.windows(6).any(|text| text == b"gaisan")
}

/// Makes the file again and compares it.
fn same(
    bytes: &[u8],
    format: Format,
    enclosure: &Enclosure,
    remade: &Remade,
    scope: &Scope,
) -> Result<(), Problem> {
    let unable = |message| Problem { kind: ProblemKind::Unable, message };
    if enclosure.version != build::VERSION {
        return Err(unable(format!(
            "its data is sound, but its pages could not be compared: gaisan {} made it, and this is {}; run that version, or \
             prove the data alone with --data-only",
            enclosure.version,
            build::VERSION
        )));
    }
    if let Some(name) = unknown_template(enclosure, scope) {
        return Err(unable(format!(
            "its data is sound, but its pages could not be compared: it was composed by `{name}`, a template that is not \
             among yours and is not run therefore; name the folder that has it with --templates"
        )));
    }
    let Some(made) = made(bytes, format, remade, scope).map_err(unable)? else {
        return Err(Problem { kind: ProblemKind::Data, message: data::no_sheet(enclosure) });
    };
    if made == bytes {
        return Ok(());
    }
    Err(Problem { kind: ProblemKind::Pages, message: difference::told(format, bytes, &made) })
}

/// The first enclosed template that may not be run.
fn unknown_template<'e>(enclosure: &'e Enclosure, scope: &Scope) -> Option<&'e str> {
    let mut enclosed = enclosure.files.iter().filter(|file| file.role == Role::Template);
    let unknown = enclosed.find(|file| {
        let name = file.name.rsplit('/').next().unwrap_or_default();
        let known =
            |(known, text): &(String, String)| known == name && text.as_bytes() == file.bytes.as_slice();
        !scope.templates.iter().any(known)
    });
    unknown.map(|file| file.name.as_str())
}

/// The file as this gaisan makes it; `None` when the data makes no such sheet.
fn made(bytes: &[u8], format: Format, remade: &Remade, scope: &Scope) -> Result<Option<Vec<u8>>, String> {
    let Some(mut job) = remade.job.clone() else {
        return Ok(None);
    };
    // Where a build made a workbook of the chapter, its pages lead to it; all of what that link says is known.
    if format == Format::Html {
        job.sheet.imprint.offer_workbook();
        let links = &mut job.sheet.imprint.links;
        let link = links.last().map(|(label, target)| format!("\"{target}\">{label}<")).unwrap_or_default();
        if !bytes.windows(link.len().max(1)).any(|text| text == link.as_bytes()) {
            links.pop();
        }
    }
    let files = job.files(format, &remade.templates, scope.fonts.as_ref())?;
    Ok(files.into_iter().next().map(|(_, bytes)| bytes))
}
