//! What an output folder holds: the sheets made now, those of earlier builds that stay, and what is left over.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::changes::{self, Change};
use super::files::{FileEntry, Seen};
use super::frozen;
use super::index::{INDEX, index};
use super::manifest::{MANIFEST, Manifest, SheetEntry};
use super::place;
use super::record::{Folders, Record};
use super::run::{Account, Run, failure};
use super::state::{Known, SheetState, State};
use super::write::Output;
use super::{Built, Failure, Flaw, Format, Mode, Shard};
use crate::enclosure::Digest;
use crate::read::Chapter;

/// What came of one sheet.
#[derive(Default)]
pub(super) struct Made {
    /// The sheet as the manifest will have it; `None` when nothing was made of it.
    pub(super) entry: Option<SheetEntry>,
    /// What the next build is to know of it.
    pub(super) state: Option<SheetState>,
    pub(super) account: Account,
}

impl Made {
    /// Nothing, and why.
    pub(super) fn failed(what: String, cause: String) -> Self {
        let failures = vec![Failure { what, cause }];
        Self { account: Account { failures, ..Account::default() }, ..Self::default() }
    }
}

/// What an output folder holds, sheet by sheet, until it is written down.
pub(super) struct Contents {
    /// The manifest that was there, but for its sheets.
    old: Manifest,
    /// Whether there was none.
    is_first: bool,
    /// The sheets; those made now take the place of what was there.
    pub(super) sheets: BTreeMap<String, SheetEntry>,
    /// What is known of all files.
    pub(super) state: State,
    /// The names of the sheets that there are to be, and whether they can be made; in small letters, for not every disk tells them
    /// from capitals.
    planned: HashMap<String, bool>,
    /// The chapters of the run: the file of each, and the folder of its sheets.
    chapters: BTreeMap<PathBuf, String>,
    /// The folders of chapters all of whose programs could be read.
    complete: BTreeSet<String>,
    /// Files that their sheets no longer have.
    left: Vec<FileEntry>,
}

impl Contents {
    /// An output folder with this manifest, which may be a first one.
    pub(super) fn of(mut old: Manifest, is_first: bool, state: State) -> Self {
        let sheets = std::mem::take(&mut old.sheets);
        let mut left = std::mem::take(&mut old.leftover);
        left.extend(old.files.iter().cloned());
        Self {
            old,
            is_first,
            sheets: sheets.into_iter().map(|sheet| (sheet.name.clone(), sheet)).collect(),
            state,
            planned: HashMap::new(),
            chapters: BTreeMap::new(),
            complete: BTreeSet::new(),
            left,
        }
    }

    /// Whether a revision of a chapter was released before.
    pub(super) fn is_released(&self, chapter: &str, revision: u32) -> bool {
        let folder = place::released(chapter, revision);
        self.old.releases.iter().any(|it| it.folder == folder)
    }

    /// Takes note of where the sheets of some chapters lie, before they are made.
    pub(super) fn note(&mut self, folders: &Folders) {
        self.chapters.extend(folders.chapters.iter().cloned());
        self.complete.extend(folders.complete.iter().cloned());
    }

    /// Takes note of the sheets of a family that is passed over, and counts them.
    pub(super) fn pass(&mut self, record: &Record, built: &mut Built) {
        self.note(&record.folders);
        for name in record.sheets.iter().chain(&record.elsewhere) {
            if !self.plan(name) {
                built.failures.push(Failure::same_name(name.clone()));
            }
        }
        self.state.count(record, built);
    }

    /// Takes note of a sheet that is to be made. Returns whether no other sheet of the run has this name.
    pub(super) fn plan(&mut self, name: &str) -> bool {
        self.planned.insert(name.to_lowercase(), true) != Some(true)
    }

    /// Takes note of a sheet that cannot be made. Returns whether no other sheet of the run has this name.
    pub(super) fn skip(&mut self, name: &str) -> bool {
        let is_new = !self.is_planned(name);
        self.planned.entry(name.to_lowercase()).or_default();
        is_new
    }

    /// Whether there is to be a sheet of this name, and it can be made.
    pub(super) fn is_made(&self, name: &str) -> bool {
        self.planned.get(&name.to_lowercase()) == Some(&true)
    }

    /// Whether there is to be a sheet of this name.
    pub(super) fn is_planned(&self, name: &str) -> bool {
        self.planned.contains_key(&name.to_lowercase())
    }

    /// Takes in what came of a sheet, and says what changed in it.
    pub(super) fn take(&mut self, name: String, made: Made, built: &mut Built) {
        let Made { entry, state, account } = made;
        if let Some(state) = &state {
            state.count(&name, built);
        }
        built.made += usize::from(account.written > 0);
        let is_done = account.failures.is_empty();
        built.sheets += usize::from(is_done);
        if let Some(entry) = entry {
            let before = self.sheets.get_mut(&name);
            if let Some(what) = changes::change(before.as_deref(), &entry).filter(|_| !self.is_first) {
                built.changes.push(Change { name: name.clone(), what, files: account.written });
            }
            let before = before.map(|before| std::mem::take(&mut before.files)).unwrap_or_default();
            let is_gone = |file: &FileEntry| !entry.files.iter().any(|now| now.path == file.path);
            self.left.extend(before.into_iter().filter(is_gone));
            self.sheets.insert(name.clone(), entry);
        }
        account.add_to(built);
        // What could not be made whole has to be looked at again by the next build.
        match state.filter(|_| is_done) {
            Some(state) => self.state.sheets.insert(name, state),
            None => self.state.sheets.remove(&name),
        };
    }

    /// Brings manifest, index and state up to date with what was made. Files are in place by now, so that whatever ends the build
    /// before this is done leaves only work that the next one finds to do.
    pub(super) fn write_down(
        mut self,
        run: &Run<'_>,
        looked: &BTreeSet<PathBuf>,
        records: Vec<Record>,
        built: &mut Built,
    ) {
        for name in self.gone(run, built) {
            self.left.extend(self.sheets.remove(&name).into_iter().flat_map(|sheet| sheet.files));
            self.state.sheets.remove(&name);
        }
        self.tell_pictures_apart(built);
        for (name, entry) in &mut self.sheets {
            if let Some(state) = self.state.sheets.get(name) {
                let files = std::mem::take(&mut entry.files).into_iter();
                entry.files = files.map(|file| state.corrected(file, &run.options.out)).collect();
            }
        }

        let mut new = Manifest::new(run.options.commit.clone());
        if run.options.mode == Mode::Check {
            // A commit that changed no sheet leaves the folder as good as it was.
            new.commit.clone_from(&self.old.commit);
            built.flaws.extend(frozen::flaws(&run.options.out, &self.old.releases));
        }
        new.releases.clone_from(&self.old.releases);
        // A folder that held more than this part does not become the part.
        let is_part = |shard: &Shard| self.is_first || self.old.shard == Some(*shard);
        new.shard = run.options.shard.filter(is_part);
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        if let Some(page) = index(self.sheets.values()) {
            seen.extend(self.put(INDEX, page.as_bytes(), run, built, |_| Flaw::Stale));
        }
        new.files = seen.iter().map(|(path, seen)| seen.entry(path)).collect();
        new.leftover = self.leftover(&new.files, run, built);
        if !self.sheets.is_empty() || !self.is_first || new.shard.is_some() {
            new.sheets = std::mem::take(&mut self.sheets).into_values().collect();
            let with_sheets: HashSet<String> = new.sheets.iter().map(SheetEntry::chapter_folder).collect();
            self.state.chapters.retain(|folder, _| with_sheets.contains(folder));
            let flaw = match (&built.damaged, built.flaws.is_empty()) {
                (Some(_), _) => Flaw::Damaged,
                (None, true) => Flaw::Edited,
                (None, false) => Flaw::Stale,
            };
            if let Some(Err(error)) = run.output.as_ref().map(Output::sync) {
                built.failures.push(failure(&run.options.out, error));
            }
            seen.extend(self.put(MANIFEST, &new.bytes(), run, built, |_| flaw));
        }
        self.state.is_finished = built.failures.is_empty()
            && built.unreadable.is_empty()
            && built.skipped.is_empty()
            && built.locked.is_empty()
            && !built.interrupted
            && new.leftover.is_empty();

        self.state.commit = new.commit;
        self.state.files = seen;
        // What is known of chapters that this run did not look at stays true.
        let is_apart = |it: &Chapter| !looked.contains(&it.path) && crate::source::is_file(&it.path);
        self.state.families.retain(|_, record| record.chapters.iter().all(is_apart));
        let first = |record: Record| Some((record.chapters.first()?.path.clone(), record));
        self.state.families.extend(records.into_iter().filter_map(first));
        self.state.chapters.extend(self.chapters.into_iter().map(|(path, folder)| (folder, path)));
        if let Some(output) = &run.output
            && let Err(error) = self.state.write(output)
        {
            built.failures.push(failure(Path::new(".gaisan/state.json"), error));
        }
    }

    /// Puts a file that belongs to no sheet into its place.
    fn put(
        &self,
        name: &str,
        bytes: &[u8],
        run: &Run<'_>,
        built: &mut Built,
        flaw: impl FnOnce(&Seen) -> Flaw,
    ) -> Option<(String, Seen)> {
        built.files += 1;
        let mut account = Account::default();
        let seen = run.put(Path::new(name), bytes, self.state.files.get(name), flaw, &mut account);
        account.add_to(built);
        Some((name.to_owned(), seen?))
    }

    /// Reports pictures that two sheets have written with different content: those whose ids make one name. Neither sheet is done
    /// then, and the next build says so again.
    fn tell_pictures_apart(&mut self, built: &mut Built) {
        let mut pictures: HashMap<&str, (&str, Digest)> = HashMap::new();
        let mut failed = BTreeSet::new();
        for (name, state) in &self.state.sheets {
            for Known { path, seen, .. } in &state.files {
                if Format::ALL.iter().any(|it| it.is_of(path)) {
                    continue;
                }
                let (other, digest) = *pictures.entry(path).or_insert((name, seen.sha256));
                if digest != seen.sha256 {
                    failed.extend([other.to_owned(), name.to_owned()]);
                    let cause = format!(
                        "`{other}` and `{name}` would both have this file; give a figure or a program another id"
                    );
                    built.failures.push(Failure { what: path.clone(), cause });
                }
            }
        }
        self.state.sheets.retain(|name, _| !failed.contains(name));
    }

    /// The files that earlier builds wrote and that belong to nothing any more; removed if that was asked for.
    fn leftover(&mut self, files: &[FileEntry], run: &Run<'_>, built: &mut Built) -> Vec<FileEntry> {
        let left = std::mem::take(&mut self.left).into_iter();
        let mut left: BTreeMap<String, FileEntry> = left.map(|file| (file.path.clone(), file)).collect();
        if left.is_empty() {
            return Vec::new();
        }
        for file in files.iter().chain(self.sheets.values().flat_map(|sheet| &sheet.files)) {
            left.remove(&file.path);
        }
        left.retain(|path, _| place::is_there(&run.options.out, path));
        // What could not be made anew is still the last good file of its sheet: known, but neither left over nor to be removed.
        let failed: HashSet<&str> = built.failures.iter().map(|it| it.what.as_str()).collect();
        let is_held = |path: &str| failed.contains(path) || path == INDEX && !failed.is_empty();
        let held: Vec<FileEntry> =
            left.extract_if(.., |path, _| is_held(path)).map(|(_, file)| file).collect();
        if run.options.prune
            && let Some(output) = &run.output
        {
            left.retain(|path, _| match output.remove(Path::new(path)) {
                Ok(()) => {
                    built.removed.push(path.clone());
                    false
                }
                Err(error) => {
                    built.failures.push(failure(Path::new(path), error));
                    true
                }
            });
        }
        built.leftover = left.keys().cloned().collect();
        left.into_values().chain(held).collect()
    }

    /// The sheets that no longer exist: those of this run's chapters that the chapters no longer have, and all of chapters whose
    /// file is gone from where this run looked, or is another chapter now. A run that was told to end does not know whether a chapter
    /// has only moved, and released sheets do not go where they are not to change.
    fn gone(&self, run: &Run<'_>, built: &mut Built) -> BTreeSet<String> {
        let here: HashSet<&str> = self.chapters.values().map(String::as_str).collect();
        let roots: Vec<PathBuf> = run.options.paths.iter().map(|path| place::real(path)).collect();
        let is_gone = |chapter: &str| {
            if here.contains(chapter) {
                return false;
            }
            let Some(file) = self.state.chapters.get(chapter) else {
                return false;
            };
            let looked = roots.iter().any(|root| file.starts_with(root));
            self.chapters.contains_key(file) || looked && !crate::source::is_file(file)
        };
        let mut gone = BTreeSet::new();
        for sheet in self.sheets.values() {
            let is_complete = self.complete.contains(place::parent(&sheet.name));
            let is_dropped = is_complete && !self.is_planned(&sheet.name);
            let chapter = sheet.chapter_folder();
            if !is_dropped && (built.interrupted || !is_gone(&chapter)) {
                continue;
            }
            if built.locked.iter().any(|(name, _)| *name == sheet.name) {
                continue;
            }
            if run.options.locked
                && !is_dropped
                && let Some(revision) = sheet.revision
                && self.is_released(&chapter, revision)
            {
                built.locked.push((sheet.name.clone(), revision));
                continue;
            }
            gone.insert(sheet.name.clone());
        }
        gone
    }
}
