//! Releases: the sheets of a chapter frozen as one of its revisions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::changes::difference;
use super::enclose::Encloser;
use super::flaw::Obstacle;
use super::frozen::{RELEASE, Release, unlike};
use super::manifest::{Manifest, ReleaseEntry, SheetEntry};
use super::write::Output;
use super::{MANIFEST, templates_digest};
use super::{place, plan};
use crate::compose::Templates;
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::lineage::Lineage;
use crate::model::Lang;
use crate::rollup::Rollup;

/// A chapter that is released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// Where, relative to the output folder: `fy2022/mext-5/r3`.
    pub folder: String,
    /// How many sheets it has.
    pub sheets: usize,
    /// How many files were copied; none where it was released already, with the same content.
    pub files: usize,
}

/// Freezes the sheets of the chapters that were read, as they are in the output folder.
///
/// # Errors
/// Says for each chapter why it cannot be; the others are released.
pub fn release(
    examined: &Examined<'_>,
    templates: &Templates,
    out: &Path,
    about: (Option<String>, String),
    commit: Option<&str>,
) -> (Vec<Released>, Vec<Obstacle>) {
    let (mut done, mut errors) = (Vec::new(), Vec::new());
    let mut manifest = match Manifest::read(out) {
        Ok(manifest) => manifest.unwrap_or_else(|| Manifest::new(None)),
        Err(cause) => return (done, vec![Obstacle::System(cause)]),
    };
    let output = match Output::open(out) {
        Ok(output) => output,
        Err(error) => return (done, vec![Obstacle::System(error)]),
    };
    let encloser = Encloser::new(&examined.rollups, examined.sources, templates.office());
    let digest = templates_digest(templates);
    let lineage = Lineage::of(&examined.rollups);
    let mut built: BTreeMap<String, Vec<&SheetEntry>> = BTreeMap::new();
    for sheet in &manifest.sheets {
        built.entry(sheet.chapter_folder()).or_default().push(sheet);
    }
    let mut entries: BTreeMap<String, ReleaseEntry> = BTreeMap::new();
    for (chapter, rollup) in examined.rollups.iter().enumerate() {
        let request = rollup.request;
        let base = place::chapter(request);
        let Some(revision) = request.revision else {
            errors.push(Obstacle::Content(format!(
                "`{base}` has no revision; write `revision: 1` into the chapter's file, build, and release again"
            )));
            continue;
        };
        let sheets = built.get(&base).map_or(&[][..], Vec::as_slice);
        let current = current((chapter, rollup), &lineage, sheets, &encloser, &digest, (out, &base));
        if let Err(error) = current {
            errors.push(error);
            continue;
        }
        let new = Release {
            commit: commit.map(str::to_owned),
            label: about.0.clone(),
            date: about.1.clone(),
            ..Release::new(revision, sheets.iter().map(|sheet| moved(sheet, &base)).collect())
        };
        match freeze(&new, &base, out, &output) {
            Ok((released, entry)) => {
                entries.extend(entry.map(|entry| (entry.folder.clone(), entry)));
                done.push(released);
            }
            Err(error) => errors.push(error),
        }
    }
    manifest.releases.retain(|it| !entries.contains_key(&it.folder));
    manifest.releases.extend(entries.into_values());
    if done.iter().any(|released| released.files > 0)
        && let Err(error) = output.manifest(&mut manifest)
    {
        errors.push(Obstacle::System(format!("{MANIFEST}: {error}")));
    }
    (done, errors)
}

/// A sheet's entry with its files relative to the chapter's folder.
fn moved(sheet: &SheetEntry, base: &str) -> SheetEntry {
    let mut moved = sheet.clone();
    for file in &mut moved.files {
        if let Some(inside) = file.path.strip_prefix(base) {
            file.path = inside.trim_start_matches('/').to_owned();
        }
    }
    moved
}

/// Whether the sheets of a chapter are those that its data make, and their files those that were built.
fn current<'r>(
    chapter: (usize, &'r Rollup<'_>),
    lineage: &'r Lineage<'r>,
    sheets: &[&SheetEntry],
    encloser: &Encloser<'_>,
    templates: &str,
    (out, base): (&Path, &str),
) -> Result<(), Obstacle> {
    let not =
        |what: &str, why: &str| Obstacle::Content(format!("`{what}` is {why}; run `gaisan build` first"));
    if sheets.is_empty() {
        return Err(not(base, "not built"));
    }
    let by_name: BTreeMap<&str, &SheetEntry> =
        sheets.iter().map(|sheet| (sheet.name.as_str(), *sheet)).collect();
    let own = chapter.1.request.lang.tag();
    let langs: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.lang.as_str()).collect();
    for lang in [Lang::Ja, Lang::En] {
        if !langs.contains(lang.tag()) && own != lang.tag() {
            continue;
        }
        let mut planned = BTreeSet::new();
        for task in plan::tasks_of(chapter, lineage, lang) {
            let name = task.name();
            let made = task.job(encloser);
            let made = made.map(|job| SheetEntry::of(&task, &job.sheet, templates));
            match (by_name.get(name.as_str()), made) {
                (None, _) => return Err(not(&name, "not built")),
                (Some(there), Some(made)) if !there.is_made_like(&made) => {
                    return Err(not(&name, "out of date"));
                }
                _ => {}
            }
            planned.insert(name);
        }
        let surplus = sheets.iter().find(|sheet| sheet.lang == lang.tag() && !planned.contains(&sheet.name));
        if let Some(sheet) = surplus {
            return Err(not(&sheet.name, "no longer part of the chapter"));
        }
    }
    let mut files = sheets.iter().flat_map(|sheet| &sheet.files);
    let flaw = files.find_map(|file| Some((file, unlike(out, &file.path, file.sha256)?)));
    flaw.map_or(Ok(()), |(file, flaw)| Err(not(&file.path, &flaw.to_string())))
}

/// Writes a release, unless it is there already.
fn freeze(
    new: &Release,
    base: &str,
    out: &Path,
    output: &Output,
) -> Result<(Released, Option<ReleaseEntry>), Obstacle> {
    let folder = place::released(base, new.revision);
    let mut released = Released { folder: folder.clone(), sheets: new.sheets.len(), files: 0 };
    if place::is_there(out, &format!("{folder}/{RELEASE}")) {
        let old = Release::read(out, &folder).map_err(Obstacle::System)?;
        let what = differences(&old.sheets, &new.sheets);
        let changed = old.flaws(out, &folder).into_iter().next();
        return match changed {
            _ if !what.is_empty() => Err(Obstacle::Content(format!(
                "`{folder}` was released with another content; say `revision: {}`, build, and release again\n  {}",
                new.revision + 1,
                what.join("\n  ")
            ))),
            Some((path, flaw)) => Err(Obstacle::Content(format!(
                "`{path}` was released and is {flaw}; take it back from the repository"
            ))),
            None => Ok((released, None)),
        };
    }
    let failed = |path: &Path, cause: String| {
        let shown = crate::source::display_name(path);
        Obstacle::System(format!("{shown}: {cause}"))
    };
    for file in new.sheets.iter().flat_map(|sheet| &sheet.files) {
        let from = out.join(base).join(&file.path);
        let bytes = crate::source::bytes(&from).map_err(|error| failed(&from, error.to_string()))?;
        // What is frozen is what was written, also where a checkout has changed it.
        let changed = || failed(&from, "it has changed in this moment".to_owned());
        let bytes = file.sha256.written(&bytes).ok_or_else(changed)?;
        let to = PathBuf::from(&folder).join(&file.path);
        output.file(&to, &bytes, file.sha256).map_err(|error| failed(&to, error))?;
        released.files += 1;
    }
    let mut text = serde_json::to_string_pretty(new).unwrap_or_default();
    text.push('\n');
    let list = PathBuf::from(&folder).join(RELEASE);
    let sha256 = Digest::of(text.as_bytes());
    output.file(&list, text.as_bytes(), sha256).map_err(|error| failed(&list, error))?;
    released.files += 1;
    let entry = ReleaseEntry {
        folder,
        revision: new.revision,
        label: new.label.clone(),
        date: new.date.clone(),
        commit: new.commit.clone(),
        sha256,
    };
    Ok((released, Some(entry)))
}

/// How two sets of sheets differ, in a line each.
fn differences(old: &[SheetEntry], new: &[SheetEntry]) -> Vec<String> {
    let old: BTreeMap<&str, &SheetEntry> = old.iter().map(|it| (it.name.as_str(), it)).collect();
    let names: BTreeSet<&str> = new.iter().map(|it| it.name.as_str()).collect();
    let mut lines = Vec::new();
    for sheet in new {
        match old.get(sheet.name.as_str()) {
            None => lines.push(format!("{}  new", sheet.name)),
            Some(before) if before.digest != sheet.digest => {
                lines.push(format!("{}  {}", sheet.name, difference(before, sheet)));
            }
            Some(before) if before.files != sheet.files => lines.push(format!(
                "{}  the same data, drawn by gaisan {} and now by gaisan {}, or in other formats",
                sheet.name, before.gaisan, sheet.gaisan
            )),
            Some(_) => {}
        }
    }
    let gone = old.keys().filter(|name| !names.contains(*name));
    lines.extend(gone.map(|name| format!("{name}  gone")));
    lines
}

#[cfg(test)]
mod tests;
