//! Released sheets that a build would change.

use std::collections::{BTreeMap, BTreeSet};

use super::contents::Contents;
use super::frozen::Release;
use super::place;
use super::plan::Task;
use super::run::{Chapters, Run};

/// The sheets that a build would change although their revision is released.
pub(super) fn changed<'t>(
    tasks: impl Iterator<Item = (&'t Chapters<'t>, &'t Task<'t>)>,
    run: &Run<'_>,
    contents: &Contents,
) -> Vec<(String, u32)> {
    let mut changed = BTreeSet::new();
    let mut releases: BTreeMap<String, Option<Release>> = BTreeMap::new();
    for (chapters, task) in tasks {
        let Some(revision) = task.request.revision else {
            continue;
        };
        let base = place::chapter(task.request);
        let folder = place::released(&base, revision);
        if !contents.is_released(&base, revision) {
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
            release.sheets.iter().filter(|sheet| sheet.lang == lang && !contents.is_planned(&sheet.name));
        changed.extend(gone.map(|sheet| (sheet.name.clone(), revision)));
    }
    changed.into_iter().collect()
}
