//! A sheet made again from what rides inside it.

use std::collections::BTreeSet;

use super::enclose::Encloser;
use super::plan::{self, Job};
use super::sound::touches_figures;
use crate::compose::{ComposeError, Templates};
use crate::diagnostic::{Diagnostic, Severity};
use crate::enclosure::{Enclosure, Role};
use crate::examine::examine;
use crate::lineage::Lineage;
use crate::model::Lang;
use crate::read::{Reading, read_enclosed};

/// A sheet made again from what rides inside it.
#[derive(Debug)]
pub struct Remade {
    /// What was read. The sheet's chapter may name programs that are not enclosed; they are left out.
    pub reading: Reading,
    /// What reading and the rules say about it.
    pub findings: Vec<Diagnostic>,
    /// The sheet; `None` when the enclosed files do not make the sheet that they say they do.
    pub job: Option<Job>,
    /// The templates that compose it.
    pub templates: Templates,
}

impl Remade {
    /// What is wrong with the data, as its author would be told.
    pub fn wrong(&self) -> Option<String> {
        let chapter = self.job.as_ref().and_then(|job| self.reading.requests.get(job.chapter));
        // Of other years' chapters only amounts are shown, and not all of their files ride along.
        let concerns = |finding: &&Diagnostic| {
            let file = finding.primary.span.file;
            let is_own = chapter.is_none_or(|own| own.file == file || own.parts.contains(&file));
            finding.severity == Severity::Error && (is_own || touches_figures(finding))
        };
        let mut errors = self.findings.iter().filter(concerns);
        let first = errors.next()?;
        let sources = &self.reading.sources;
        let place = sources.position(first.primary.span);
        let more = match errors.count() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        Some(format!(
            "the enclosed data does not hold: {}:{}: {}: {}{more}",
            sources.file(first.primary.span.file).name,
            place.line,
            first.code,
            first.message
        ))
    }
}

/// Makes a sheet again from what rides inside it. Its Markdown, HTML and PDF are those of the build that enclosed it, byte for
/// byte, where the same version of gaisan makes them.
///
/// # Errors
/// When an enclosed template cannot be read.
pub fn remake(enclosure: &Enclosure) -> Result<Remade, ComposeError> {
    let texts = enclosure.files.iter().filter(|file| file.role == Role::Template);
    let office: Vec<(String, String)> = texts
        .map(|file| {
            let name = file.name.strip_prefix("templates/").unwrap_or(&file.name);
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            (name.to_owned(), text)
        })
        .collect();
    let templates = Templates::new(&office)?;
    let reading = read_enclosed(enclosure);
    let examined = examine(&reading);
    let encloser = Encloser::new(&examined.rollups, &reading.sources, &office);
    let langs: BTreeSet<Lang> = [Lang::Ja, Lang::En].into_iter().collect();
    let lineage = Lineage::of(&examined.rollups);
    let job = langs.iter().find_map(|lang| {
        let tasks = plan::tasks(&examined.rollups, &lineage, |_| *lang);
        let task = tasks.iter().find(|task| task.name() == enclosure.sheet)?;
        task.job(&encloser)
    });
    let findings = examined.findings;
    Ok(Remade { reading, findings, job, templates })
}
