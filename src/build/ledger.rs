//! What an output folder holds after a build: the sheets made now, those of earlier builds that stay, and what is left over.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::changes::{self, Change};
use super::desk::{Desk, unsettled};
use super::index::{INDEX, Index};
use super::make::{Made, failure};
use super::spool::{Record, Spool};
use super::state::{Known, SheetState, State};
use super::whole::{States, Whole};
use super::write::Output;
use super::{
    Built, Failure, FileEntry, Format, MANIFEST, Manifest, Mode, Run, Shard, SheetEntry, Timings, folder_of,
    frozen, plan,
};
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::model::Lang;
use crate::source::display_name;

/// What a build has come to, chapter by chapter, until it is written down.
pub(super) struct Ledger {
    /// What the output folder held, but for its sheets, which [`Run`] has.
    old: Manifest,
    /// Whether there was nothing.
    is_first: bool,
    /// The names of the sheets that there are to be, and whether they can be made; in small letters, for not every disk tells them
    /// from capitals.
    planned: HashMap<String, bool>,
    /// The chapters of the run: the file of each, and the folder of its sheets.
    bases: BTreeMap<PathBuf, String>,
    /// The folders of chapters all of whose programs could be read.
    whole: BTreeSet<String>,
    /// What was made of each sheet.
    made: Spool,
    /// The sheets that the next build has to look at again.
    failed: BTreeSet<String>,
}

impl Ledger {
    /// A ledger on an output folder with this manifest, which may be a first one; `output` is where something is to be written.
    pub(super) fn of(old: Manifest, is_first: bool, output: Option<&Output>) -> Self {
        Self {
            is_first,
            old,
            planned: HashMap::new(),
            bases: BTreeMap::new(),
            whole: BTreeSet::new(),
            made: Spool::new(output),
            failed: BTreeSet::new(),
        }
    }

    /// Whether a revision of a chapter was released before.
    pub(super) fn is_released(&self, base: &str, revision: u32) -> bool {
        let folder = format!("{base}/r{revision}");
        self.old.releases.iter().any(|it| it.folder == folder)
    }

    /// Takes note of chapters before their sheets are made.
    pub(super) fn chapters(&mut self, examined: &Examined<'_>, lang: Option<Lang>) {
        for request in examined.rollups.iter().map(|rollup| rollup.request) {
            let path = &examined.sources.file(request.file).path;
            let year = request.fiscal_year.value.western();
            let base = plan::base(year, request.line.id.value.as_str(), request.stage.slug());
            self.bases.insert(real(path), base);
            // Programs that could not be read are not gone.
            if !request.line.unread {
                let folder = plan::folder(request, lang.unwrap_or(request.lang));
                self.whole.insert(display_name(&folder));
            }
        }
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

    /// Whether a sheet is to be there.
    pub(super) fn is_planned(&self, name: &str) -> bool {
        self.planned.contains_key(&name.to_lowercase())
    }

    /// Takes in what came of a sheet, and says what changed in it.
    pub(super) fn take(&mut self, name: String, made: Made, run: &Run<'_>, built: &mut Built) {
        built.files += made.files.len();
        built.written += made.written;
        built.made += usize::from(made.written > 0);
        built.sheets += usize::from(made.failures.is_empty());
        if !made.missing.is_empty() {
            let path = PathBuf::from(format!("{name}.pdf"));
            built.missing.push((path, made.missing.chars().collect()));
        }
        if let Some(entry) = &made.entry
            && !self.is_first
            && let Some(what) = difference(run.old.get(&name), entry)
        {
            built.changes.push(Change { name: name.clone(), what, files: made.written });
        }
        let is_whole = made.failures.is_empty();
        built.failures.extend(made.failures);
        built.troubles.extend(made.troubles);
        built.converted += made.converted;
        let state = |fingerprint| SheetState { fingerprint, files: made.files, missing: made.missing };
        let record = Record { entry: made.entry, state: made.fingerprint.filter(|_| is_whole).map(state) };
        if record.state.is_none() {
            self.failed.insert(name.clone());
        }
        if let Err(error) = self.made.keep(&name, &record) {
            built.failures.push(unsettled(&name, &error));
            self.failed.insert(name);
        }
    }

    /// Brings manifest, index and state up to date with what was made. Files are in place by now, so that whatever ends the build
    /// before this is done leaves only work that the next one finds to do.
    pub(super) fn settle(mut self, mut run: Run<'_>, built: &mut Built) -> Timings {
        let gone = self.gone(&run, built);
        let mut state = std::mem::take(&mut run.state);
        let mut old = std::mem::take(&mut run.old);
        let mut left: BTreeMap<String, FileEntry> = BTreeMap::new();
        for name in &gone {
            let files = old.remove(name).map(|sheet| sheet.files);
            left.extend(by_path(files.unwrap_or_default()));
            state.sheets.remove(name);
        }
        left.extend(by_path(std::mem::take(&mut self.old.files)));
        left.extend(by_path(std::mem::take(&mut self.old.leftover)));
        let index = self.look_through(&mut old, &mut left, built);
        for entry in old.values_mut() {
            if let Some(state) = state.sheets.get(&entry.name) {
                let files = std::mem::take(&mut entry.files).into_iter();
                entry.files = files.map(|file| state.settled(file, &run.options.out)).collect();
            }
        }
        let whole = Whole { old: &old, states: &state.sheets, new: &self.made, failed: &self.failed };

        let mut new = Manifest::new(run.options.commit.clone());
        if run.mode == Mode::Check {
            // A commit that changed no sheet leaves the folder as good as it was.
            new.commit.clone_from(&self.old.commit);
            let releases = &self.old.releases;
            let troubles = frozen::troubles(&run.options.out, releases);
            built.troubles.extend(troubles);
        }
        new.releases.clone_from(&self.old.releases);
        // A folder that held more than this part does not become the part.
        let is_part = |shard: &Shard| self.is_first || self.old.shard == Some(*shard);
        new.shard = run.options.shard.filter(is_part);
        let mut desk = Desk { run: &run, before: &state.files, seen: BTreeMap::new(), built };
        if index.has_pages() {
            let entry = |name: &str| Ok(whole.entry(name)?.map(Cow::into_owned));
            desk.put(INDEX, &|file| index.write(&entry, file));
            let page = desk.seen.get(INDEX).map(|seen| seen.entry(INDEX));
            new.files.extend(page);
        }
        new.leftover = desk.leftover(left, &whole, &new.files);
        if !index.is_empty() || !self.is_first || new.shard.is_some() {
            new.sort();
            let new = new.with(&whole);
            desk.put(MANIFEST, &|file| new.write(file));
        }

        let files = desk.seen;
        for (path, base) in self.bases {
            state.chapters.insert(base, path);
        }
        let state = State { sheets: States(&whole), files, chapters: state.chapters.clone() };
        if let Some(output) = &run.output
            && let Err(error) = state.write(output)
        {
            let what = Path::new(".gaisan/state.json");
            built.failures.push(failure(what, &error));
        }
        run.timings
    }

    /// Looks once at every sheet that was made: adds the files that it no longer has to `left`, takes it out of `old`, and reports
    /// pictures that two sheets have written with different content: those whose ids make one name. Neither sheet is done then,
    /// and the next build says so again. Returns the index of all sheets.
    fn look_through(
        &mut self,
        old: &mut BTreeMap<String, SheetEntry>,
        left: &mut BTreeMap<String, FileEntry>,
        built: &mut Built,
    ) -> Index {
        let mut index = Index::default();
        let mut pictures: HashMap<String, (&str, Digest)> = HashMap::new();
        for name in self.made.names() {
            let record = match self.made.record(name) {
                Ok(record) => record.unwrap_or_default(),
                Err(error) => {
                    built.failures.push(unsettled(name, &error));
                    continue;
                }
            };
            if let Some(entry) = record.entry {
                let before = old.remove(name).map(|sheet| sheet.files);
                let mut before = before.unwrap_or_default();
                before.retain(|file| !entry.files.iter().any(|now| now.path == file.path));
                left.extend(by_path(before));
                index.add(&entry);
            }
            let files = record.state.map(|state| state.files);
            for Known { path, seen, .. } in files.into_iter().flatten() {
                if Format::ALL.iter().any(|it| it.is_of(&path)) {
                    continue;
                }
                let cause = match pictures.get(&path) {
                    Some((other, digest)) if *digest != seen.sha256 => {
                        self.failed.extend([(*other).to_owned(), name.to_owned()]);
                        format!(
                            "`{other}` and `{name}` would both have this file; give a figure or a program another id"
                        )
                    }
                    Some(_) => continue,
                    None => {
                        pictures.insert(path, (name, seen.sha256));
                        continue;
                    }
                };
                built.failures.push(Failure { what: path, cause });
            }
        }
        old.values().for_each(|entry| index.add(entry));
        index
    }

    /// The sheets that no longer exist: those of this run's chapters that the chapters no longer have, and all of chapters whose
    /// file is gone from where this run looked, or is another chapter now. A run that was told to end does not know whether a chapter
    /// has only moved, and released sheets do not go where they are not to change.
    fn gone(&self, run: &Run<'_>, built: &mut Built) -> BTreeSet<String> {
        let here: HashSet<&str> = self.bases.values().map(String::as_str).collect();
        let roots: Vec<PathBuf> = run.options.paths.iter().map(|path| real(path)).collect();
        let is_gone = |base: &str| {
            if here.contains(base) {
                return false;
            }
            let Some(file) = run.state.chapters.get(base) else {
                return false;
            };
            let looked = roots.iter().any(|root| file.starts_with(root));
            self.bases.contains_key(file) || looked && !crate::source::is_file(file)
        };
        let mut gone = BTreeSet::new();
        for sheet in run.old.values() {
            let is_whole = self.whole.contains(folder_of(&sheet.name));
            let is_dropped = is_whole && !self.is_planned(&sheet.name);
            let base = sheet.base();
            if !is_dropped && (built.interrupted || !is_gone(&base)) {
                continue;
            }
            if built.locked.iter().any(|(name, _)| *name == sheet.name) {
                continue;
            }
            if run.options.locked
                && !is_dropped
                && let Some(revision) = sheet.revision
                && self.is_released(&base, revision)
            {
                built.locked.push((sheet.name.clone(), revision));
                continue;
            }
            gone.insert(sheet.name.clone());
        }
        gone
    }
}

/// What changed in the data of a sheet since it was last made; `None` when nothing did.
fn difference(old: Option<&SheetEntry>, new: &SheetEntry) -> Option<String> {
    match old {
        Some(old) if old.digest == new.digest => None,
        Some(old) => Some(changes::difference(old, new)),
        None => Some(changes::new(new)),
    }
}

fn by_path(files: Vec<FileEntry>) -> impl Iterator<Item = (String, FileEntry)> {
    files.into_iter().map(|file| (file.path.clone(), file))
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
