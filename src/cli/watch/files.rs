//! Which of the watched files are not what they were.
//!
//! The files are looked at again and again. That needs nothing from the system, and works on the shared drives of an office,
//! where no system tells of changes made elsewhere. Time stamps and sizes only say where to look; a file has changed when its
//! content has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use gaisan::enclosure::Digest;
use gaisan::read::SETTINGS_FILE;
use gaisan::source::FileKind;

use super::super::args::WatchArgs;

/// What says without reading that a file is probably as it was.
type Cue = (Option<SystemTime>, u64);

/// The watched files as they were last seen.
pub(super) struct Files {
    roots: Vec<PathBuf>,
    /// A folder that is not looked into, because builds write there.
    out: Option<PathBuf>,
    settings: PathBuf,
    seen: BTreeMap<PathBuf, (Cue, Option<Digest>)>,
}

impl Files {
    /// The files that a build of these arguments can read, as they are now.
    pub(super) fn of(args: &WatchArgs) -> Self {
        let sheets = &args.sheets;
        // What a single file names lies beside it.
        let folder = |path: &PathBuf| match path.parent() {
            Some(parent) if !path.is_dir() && parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) if !path.is_dir() => parent.to_path_buf(),
            _ => path.clone(),
        };
        let mut roots: Vec<PathBuf> = sheets.paths.iter().map(folder).collect();
        roots.push(sheets.templates.clone());
        let settings = sheets.severity.config.clone();
        let mut files = Self {
            roots,
            out: fs::canonicalize(&sheets.out).ok(),
            settings: settings.unwrap_or_else(|| PathBuf::from(SETTINGS_FILE)),
            seen: BTreeMap::new(),
        };
        files.changed();
        files
    }

    /// The names of the files whose content is not what it was at the last call, files that are gone among them.
    pub(super) fn changed(&mut self) -> Vec<String> {
        let mut now = BTreeMap::new();
        let mut folders = BTreeSet::new();
        for root in &self.roots {
            self.look_into(root, &mut folders, &mut now);
        }
        note(&self.settings, &mut now);

        let mut seen = BTreeMap::new();
        let mut changed = Vec::new();
        for (path, cue) in now {
            let before = self.seen.remove(&path);
            let digest = match &before {
                Some((then, digest)) if *then == cue => *digest,
                _ => gaisan::source::bytes(&path).ok().map(|bytes| Digest::of(&bytes)),
            };
            if before.is_none_or(|(_, before)| before != digest) {
                changed.push(name(&path));
            }
            seen.insert(path, (cue, digest));
        }
        changed.extend(self.seen.keys().map(|path| name(path)));
        self.seen = seen;
        changed
    }

    fn look_into(&self, folder: &Path, folders: &mut BTreeSet<PathBuf>, found: &mut BTreeMap<PathBuf, Cue>) {
        let (real, entries) = (fs::canonicalize(folder).ok(), fs::read_dir(folder));
        let (Some(real), Ok(entries)) = (real, entries) else {
            return;
        };
        // Links may lead to where a look has been.
        if Some(&real) == self.out.as_ref() || !folders.insert(real) {
            return;
        }
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            if path.is_dir() {
                self.look_into(&path, folders, found);
            } else if FileKind::of(&path).is_some_and(|kind| kind != FileKind::Sheet) {
                note(&path, found);
            }
        }
    }
}

fn note(path: &Path, found: &mut BTreeMap<PathBuf, Cue>) {
    if let Ok(data) = fs::metadata(path).as_ref()
        && data.is_file()
    {
        found.insert(path.to_path_buf(), (data.modified().ok(), data.len()));
    }
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
