//! The manifest that an output folder has, which a disk or an unfinished merge may have damaged, and what can be known without it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::files::leads_out;
use super::frozen::{RELEASE, Release, unlike};
use super::manifest::{MANIFEST, Manifest, ReleaseEntry, SCHEMA};
use super::place;

/// What there is of a manifest in an output folder.
pub(super) enum Found {
    Nothing,
    /// One that can be read.
    Sound(Manifest),
    /// One that no longer can; says why.
    Damaged(String),
}

impl Manifest {
    /// The manifest of an output folder; `None` where there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read, is no manifest of this version, or lists a file outside the folder.
    pub fn read(out: &Path) -> Result<Option<Self>, String> {
        match Self::find(out)? {
            Found::Nothing => Ok(None),
            Found::Sound(manifest) => Ok(Some(manifest)),
            Found::Damaged(why) => Err(format!("{why}; build again, which makes it anew")),
        }
    }

    /// The manifest of an output folder with the sheets of its releases beside those of its build, as they were released.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn with_released(out: &Path) -> Result<Option<Self>, String> {
        Ok(Self::read(out)?.map(|mut manifest| {
            let sound = |it: &&ReleaseEntry| unlike(out, &it.list(), it.sha256).is_none();
            let releases = manifest.releases.iter().filter(sound);
            let sheets = releases.filter_map(|it| Some(Release::read(out, &it.folder).ok()?.sheets));
            let sheets: Vec<_> = sheets.flatten().collect();
            manifest.sheets.extend(sheets);
            manifest
        }))
    }

    /// What a release lists, as a manifest of its folder.
    ///
    /// # Errors
    /// When its list is not there or cannot be read.
    pub fn of_release(folder: &Path) -> Result<Self, String> {
        let mut manifest = Self::new(None);
        manifest.sheets = Release::read(folder, "")?.sheets;
        Ok(manifest)
    }

    /// Looks for the manifest of an output folder, which a disk or an unfinished merge may have damaged.
    ///
    /// # Errors
    /// When it cannot be read, is one of another version, or lists a file outside the folder.
    pub(super) fn find(out: &Path) -> Result<Found, String> {
        let path = out.join(MANIFEST);
        let shown = crate::source::display_name(&path);
        let bytes = match crate::source::bytes(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(format!("cannot read `{shown}`: {error}")),
        };
        let manifest: Self = match serde_json::from_slice(&bytes) {
            Ok(manifest) => manifest,
            Err(error) => {
                let other = serde_json::from_slice::<Head>(&bytes).ok();
                return match other.and_then(|head| head.refusal(&shown)) {
                    Some(refusal) => Err(refusal),
                    None => Ok(Found::Damaged(format!("`{shown}` is no manifest of gaisan: {error}"))),
                };
            }
        };
        let head = Head { schema: manifest.schema.clone() };
        if let Some(refusal) = head.refusal(&shown) {
            return Err(refusal);
        }
        let files = manifest.all_files().chain(&manifest.leftover);
        let files = files.map(|file| file.path.as_str());
        let folders = manifest.releases.iter().map(|it| it.folder.as_str());
        if let Some(path) = files.chain(folders).find(|path| leads_out(path)) {
            return Err(format!(
                "`{shown}` lists `{path}`, which no build can have written; remove it and build again"
            ));
        }
        Ok(match manifest.contradiction() {
            Some(name) => {
                Found::Damaged(format!("`{shown}` is not what a build writes: `{name}` contradicts itself"))
            }
            None => Found::Sound(manifest),
        })
    }

    /// A sheet whose entry contradicts itself or another: its name follows from its year, chapter, stage and id, its files lie beside each
    /// other, and no file is of two sheets.
    fn contradiction(&self) -> Option<&str> {
        let mut files = BTreeSet::new();
        self.sheets.iter().find_map(|sheet| {
            let name = sheet.name.as_str();
            let chapter = sheet.chapter_folder();
            let folder = place::parent(name);
            let is_named = name == format!("{folder}/{}", sheet.id)
                && (folder == chapter || folder == format!("{chapter}/{}", sheet.lang));
            let is_beside = |path: &str| path.strip_prefix(folder).is_some_and(|path| path.starts_with('/'));
            let are_own =
                sheet.files.iter().all(|file| is_beside(&file.path) && files.insert(file.path.as_str()));
            (!is_named || !are_own).then_some(name)
        })
    }

    /// A manifest that knows nothing but what was released into an output folder, which the folder itself says.
    ///
    /// # Errors
    /// When a release there cannot be read, of which nothing would be known any more.
    pub(super) fn of_releases(out: &Path) -> Result<Self, String> {
        let mut manifest = Self::new(None);
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let list = folder.join(RELEASE);
            let is_own = place::is_released(&folder) && !leads_out(&crate::source::display_name(&list));
            if is_own && out.join(list).exists() {
                manifest.releases.push(ReleaseEntry::read(out, &folder)?);
            }
            let entries = std::fs::read_dir(out.join(&folder)).into_iter().flatten().flatten();
            let inner = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            folders.extend(inner.map(|entry| folder.join(entry.file_name())));
        }
        Ok(manifest)
    }
}

/// What says which version of the format a manifest has, also where the rest is unknown.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "$schema")]
    schema: String,
}

impl Head {
    fn refusal(&self, shown: &str) -> Option<String> {
        (self.schema != SCHEMA).then(|| {
            format!(
                "`{shown}` is a `{}`, and this gaisan knows `{SCHEMA}`; use the gaisan that wrote it, or remove it and build again",
                self.schema
            )
        })
    }
}
