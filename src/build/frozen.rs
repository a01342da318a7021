//! What was released, held against what is: the sheets that a build would change, the files that somebody did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ledger::Ledger;
use super::manifest::ReleaseEntry;
use super::plan::{self, Task};
use super::release::{RELEASE, Release};
use super::{Chapters, Run, Trouble};
use crate::enclosure::Digest;

/// The sheets that a build would change although their revision is released.
pub(super) fn changed(
    tasks: &[(&Chapters<'_>, Task<'_>)],
    run: &Run<'_>,
    ledger: &Ledger,
) -> Vec<(String, u32)> {
    let mut changed = BTreeSet::new();
    let mut releases: BTreeMap<String, Option<Release>> = BTreeMap::new();
    for (chapters, task) in tasks {
        let Some(revision) = task.request.revision else {
            continue;
        };
        let request = task.request;
        let year = request.fiscal_year.value.western();
        let base = plan::base(year, request.line.id.value.as_str(), request.stage.slug());
        let folder = format!("{base}/r{revision}");
        if !ledger.is_released(&base, revision) {
            continue;
        }
        let release =
            releases.entry(folder.clone()).or_insert_with(|| Release::read(&run.options.out, &folder).ok());
        let Some(release) = release else { continue };
        let name = task.name();
        let lang = task.lang.tag();
        if !release.sheets.iter().any(|sheet| sheet.lang == lang) {
            continue;
        }
        let digest = task
            .job(&chapters.encloser)
            .and_then(|job| Some(job.sheet.imprint.enclosure?.digest().to_string()));
        let before = release.sheets.iter().find(|sheet| sheet.name == name);
        if before.map(|sheet| &sheet.digest) != digest.as_ref() {
            changed.insert((name, revision));
        }
        let gone =
            release.sheets.iter().filter(|sheet| sheet.lang == lang && !ledger.is_planned(&sheet.name));
        changed.extend(gone.map(|sheet| (sheet.name.clone(), revision)));
    }
    changed.into_iter().collect()
}

/// The released files that are not what was released.
pub(super) fn troubles(out: &Path, releases: &[ReleaseEntry]) -> Vec<(String, Trouble)> {
    let mut troubles = Vec::new();
    for entry in releases {
        let list = format!("{}/{RELEASE}", entry.folder);
        let mut look = |path: String, sha256: Digest| match std::fs::read(out.join(&path)) {
            Err(_) => troubles.push((path, Trouble::Missing)),
            Ok(bytes) if sha256.written(&bytes).is_none() => troubles.push((path, Trouble::Edited)),
            Ok(_) => {}
        };
        look(list, entry.sha256);
        let Ok(release) = Release::read(out, &entry.folder) else {
            continue;
        };
        for file in release.sheets.iter().flat_map(|sheet| &sheet.files) {
            look(format!("{}/{}", entry.folder, file.path), file.sha256);
        }
    }
    troubles
}
