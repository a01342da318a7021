//! Output folders of parts of a build, put together.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::files::FileEntry;
use super::flaw::Obstacle;
use super::frozen::{RELEASE, Release};
use super::index::{INDEX, index};
use super::manifest::{MANIFEST, Manifest, SheetEntry};
use super::shard::Shard;
use super::write::Output;
use crate::enclosure::Digest;
use crate::source::display_name;

/// What was put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// How many sheets there are.
    pub sheets: usize,
    /// How many files there are.
    pub files: usize,
}

/// Puts the output folders of parts of a build together: their sheets, one manifest, one index. Every file is compared with its
/// digest on the way. The result is the folder that one build of everything would have made.
///
/// # Errors
/// When a part has no manifest, when parts are of different versions or commits, when one of a split build is not there, when they
/// hold the same sheet made from different data, and when a file is not what its manifest says or cannot be written.
pub fn merge(parts: &[PathBuf], out: &Path) -> Result<Merged, Obstacle> {
    let mut manifests = Vec::new();
    for part in parts {
        let manifest = Manifest::read(part).map_err(Obstacle::System)?;
        let manifest = manifest
            .ok_or_else(|| Obstacle::System(format!("`{}` has no {MANIFEST}", display_name(part))))?;
        manifests.push((part, manifest));
    }
    let Some((first, one)) = manifests.first() else {
        return Err(Obstacle::System("name the parts".to_owned()));
    };
    for (part, manifest) in &manifests {
        if (&manifest.gaisan, &manifest.commit) != (&one.gaisan, &one.commit) {
            let shown = |it: &Manifest| {
                let commit = it.commit.as_deref().unwrap_or("no commit");
                format!("gaisan {}, {commit}", it.gaisan)
            };
            return Err(Obstacle::Content(format!(
                "`{}` ({}) and `{}` ({}) are not parts of one build",
                display_name(first),
                shown(one),
                display_name(part),
                shown(manifest)
            )));
        }
    }
    complete(&manifests)?;
    let mut whole = Manifest::new(one.commit.clone());
    whole.gaisan.clone_from(&one.gaisan);
    whole.sheets = sheets(&manifests)?;
    for (_, manifest) in &manifests {
        whole.releases.extend(manifest.releases.iter().cloned());
    }
    whole.releases.sort();
    whole.releases.dedup();

    let system =
        |what: &Path, cause: &dyn fmt::Display| Obstacle::System(format!("{}: {cause}", display_name(what)));
    let output = Output::open(out).map_err(|error| system(out, &error))?;
    let mut files = 0;
    for (part, manifest) in &manifests {
        let mut all: Vec<FileEntry> =
            manifest.sheets.iter().flat_map(|sheet| sheet.files.iter().cloned()).collect();
        all.extend(released(part, manifest)?);
        all.sort();
        all.dedup();
        for file in all {
            let from = part.join(&file.path);
            let bytes = crate::source::bytes(&from).map_err(|error| system(&from, &error))?;
            let Some(bytes) = file.sha256.written(&bytes) else {
                return Err(Obstacle::Content(format!(
                    "`{}` is not the file that its manifest lists",
                    display_name(&from)
                )));
            };
            files += 1;
            let target = out.join(&file.path);
            if crate::source::bytes(&target).is_ok_and(|there| there == *bytes) {
                continue;
            }
            output
                .file(Path::new(&file.path), &bytes, file.sha256)
                .map_err(|error| system(&target, &error))?;
        }
    }
    if let Some(page) = index(whole.sheets.iter()) {
        let (path, bytes) = (Path::new(INDEX), page.as_bytes());
        let seen = output.file(path, bytes, Digest::of(bytes)).map_err(|error| system(path, &error))?;
        whole.files.push(seen.entry(INDEX));
        files += 1;
    }
    output.manifest(&mut whole).map_err(|error| system(Path::new(MANIFEST), &error))?;
    Ok(Merged { sheets: whole.sheets.len(), files: files + 1 })
}

/// Whether all parts of a split build are there, as far as each folder is known to hold one.
fn complete(manifests: &[(&PathBuf, Manifest)]) -> Result<(), Obstacle> {
    let shards = manifests.iter().map(|(_, manifest)| manifest.shard);
    let Some(given) = shards.collect::<Option<Vec<Shard>>>() else {
        return Ok(());
    };
    let list = |shards: &[Shard]| {
        let shards: Vec<String> = shards.iter().map(Shard::to_string).collect();
        shards.join(", ")
    };
    let folders: Vec<String> = manifests
        .iter()
        .zip(&given)
        .map(|((part, _), shard)| format!("`{}` is {shard}", display_name(part)))
        .collect();
    let folders = folders.join(", ");
    match Shard::missing(&given) {
        None => Err(Obstacle::Content(format!("these are parts of different splits: {folders}"))),
        Some(missing) if !missing.is_empty() => {
            Err(Obstacle::Content(format!("part {} of the build is missing: {folders}", list(&missing))))
        }
        Some(_) => Ok(()),
    }
}

/// All sheets; one that several parts hold, in different formats, is one.
fn sheets(manifests: &[(&PathBuf, Manifest)]) -> Result<Vec<SheetEntry>, Obstacle> {
    let mut sheets: BTreeMap<String, (SheetEntry, &Path)> = BTreeMap::new();
    for (part, manifest) in manifests {
        for sheet in &manifest.sheets {
            let Some((there, other)) = sheets.get_mut(&sheet.name) else {
                sheets.insert(sheet.name.clone(), (sheet.clone(), part.as_path()));
                continue;
            };
            let differs = |file: &FileEntry| there.files.iter().any(|it| it.path == file.path && it != file);
            if !there.is_made_like(sheet) || sheet.files.iter().any(differs) {
                return Err(Obstacle::Content(format!(
                    "`{}` differs between `{}` ({}) and `{}` ({})",
                    sheet.name,
                    display_name(other),
                    there.edition,
                    display_name(part),
                    sheet.edition
                )));
            }
            there.files.extend(sheet.files.iter().cloned());
            there.files.sort();
            there.files.dedup();
        }
    }
    Ok(sheets.into_values().map(|(sheet, _)| sheet).collect())
}

/// The files of a part's releases.
fn released(part: &Path, manifest: &Manifest) -> Result<Vec<FileEntry>, Obstacle> {
    let mut files = Vec::new();
    for entry in &manifest.releases {
        let release = Release::read(part, &entry.folder).map_err(Obstacle::System)?;
        files.push(FileEntry { path: format!("{}/{RELEASE}", entry.folder), sha256: entry.sha256, size: 0 });
        for file in release.sheets.iter().flat_map(|sheet| &sheet.files) {
            files.push(FileEntry { path: format!("{}/{}", entry.folder, file.path), ..file.clone() });
        }
    }
    Ok(files)
}
