//! What an output folder holds after a build: the sheets made now, those of earlier builds that stay, and what is left over.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::changes::{self, Change};
use super::make::{Made, failure};
use super::state::{Known, Seen, SheetState};
use super::write::{Content, measure};
use super::{
    Built, FileEntry, Format, MANIFEST, Manifest, Mode, ReleaseEntry, Run, Shard, SheetEntry,
    Timings, Trouble, folder_of, frozen, index, is_there, plan,
};
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::model::Lang;
use crate::render::html;
use crate::source::display_name;

const INDEX: &str = "index.html";

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
    sheets: BTreeMap<String, SheetEntry>,
    states: BTreeMap<String, SheetState>,
    failed: BTreeSet<String>,
}

impl Ledger {
    /// A ledger on an output folder with this manifest.
    pub(super) fn of(old: Option<Manifest>) -> Self {
        Self {
            is_first: old.is_none(),
            old: old.unwrap_or_else(|| Manifest::new(None)),
            planned: HashMap::new(),
            bases: BTreeMap::new(),
            whole: BTreeSet::new(),
            sheets: BTreeMap::new(),
            states: BTreeMap::new(),
            failed: BTreeSet::new(),
        }
    }

    /// What was released before.
    pub(super) fn releases(&self) -> &[ReleaseEntry] {
        &self.old.releases
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

    /// Takes note of a sheet that cannot be made.
    pub(super) fn skip(&mut self, name: &str) {
        self.planned.entry(name.to_lowercase()).or_default();
    }

    /// Whether a sheet is to be there.
    pub(super) fn is_planned(&self, name: &str) -> bool {
        self.planned.contains_key(&name.to_lowercase())
    }

    /// Takes in what came of a sheet, and says what changed in it.
    pub(super) fn take(&mut self, name: String, mut made: Made, run: &Run<'_>, built: &mut Built) {
        // There may be tens of thousands.
        made.files.shrink_to_fit();
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
            built.changes.push(Change {
                name: name.clone(),
                what,
                files: made.written,
            });
        }
        match made.fingerprint {
            Some(fingerprint) if made.failures.is_empty() => {
                let state = SheetState {
                    fingerprint,
                    files: made.files,
                    missing: made.missing,
                };
                self.states.insert(name.clone(), state);
            }
            _ => {
                self.failed.insert(name.clone());
            }
        }
        if let Some(mut entry) = made.entry {
            entry.files.shrink_to_fit();
            self.sheets.insert(name, entry);
        }
        built.failures.extend(made.failures);
        built.troubles.extend(made.troubles);
    }

    /// Reports pictures that two sheets have written with different content: those whose ids make one name. Neither sheet is done:
    /// the next build says so again.
    fn clashes(&mut self, built: &mut Built) {
        let mut pictures: HashMap<&str, (&str, Digest)> = HashMap::new();
        for (name, state) in &self.states {
            let is_picture = |file: &&Known| !Format::ALL.iter().any(|it| it.is_of(&file.path));
            for Known { path, seen, .. } in state.files.iter().filter(is_picture) {
                let (other, digest) = *pictures.entry(path).or_insert((name, seen.sha256));
                if digest != seen.sha256 {
                    self.failed.extend([other.to_owned(), name.clone()]);
                    built.failures.push(super::Failure {
                        what: path.clone(),
                        cause: format!(
                            "`{other}` and `{name}` would both have this file; give a figure or a program another id"
                        ),
                    });
                }
            }
        }
    }

    /// Brings manifest, index and state up to date with what was made. Files are in place by now, so that whatever ends the build
    /// before this is done leaves only work that the next one finds to do.
    pub(super) fn settle(mut self, mut run: Run<'_>, built: &mut Built) -> Timings {
        self.clashes(built);
        let gone = self.gone(&run);
        let mut new = Manifest::new(run.options.commit.clone());
        if run.mode == Mode::Check {
            // A commit that changed no sheet leaves the folder as good as it was.
            new.commit.clone_from(&self.old.commit);
        }
        new.releases.clone_from(&self.old.releases);
        // A folder that held more than this part does not become the part.
        let is_part = |shard: &Shard| self.is_first || self.old.shard == Some(*shard);
        new.shard = run.options.shard.filter(is_part);

        let mut state = std::mem::take(&mut run.state);
        let mut sheets = std::mem::take(&mut run.old);
        let mut known: BTreeMap<String, FileEntry> = BTreeMap::new();
        for name in &gone {
            let files = sheets.remove(name).map(|sheet| sheet.files);
            known.extend(by_path(files.unwrap_or_default()));
            state.sheets.remove(name);
        }
        state.sheets.extend(self.states);
        for name in &self.failed {
            state.sheets.remove(name);
        }
        for (name, entry) in self.sheets {
            let before = sheets.remove(&name).map(|sheet| sheet.files);
            let mut before = before.unwrap_or_default();
            before.retain(|file| !entry.files.iter().any(|now| now.path == file.path));
            known.extend(by_path(before));
            sheets.insert(name, entry);
        }
        known.extend(by_path(self.old.files));
        known.extend(by_path(self.old.leftover));
        new.sheets = sheets.into_values().collect();
        if run.mode == Mode::Check {
            built
                .troubles
                .extend(frozen::troubles(&run.options.out, &new));
        }

        let before = std::mem::take(&mut state.files);
        let seen = &mut state.files;
        let has_pages = new.all_files().any(|file| Format::Html.is_of(&file.path));
        if has_pages {
            let page = html::index(&index::page(&new));
            let content = |file: &mut dyn Write| file.write_all(page.as_bytes());
            put(&run, INDEX, &content, &before, seen, built);
            new.files
                .extend(seen.get(INDEX).map(|seen| seen.entry(INDEX)));
            built.files += 1;
        }
        new.leftover = leftover(&run, known, &new, built);
        if !new.sheets.is_empty() || !self.is_first || new.shard.is_some() {
            new.sort();
            put(
                &run,
                MANIFEST,
                &|file| new.write(file),
                &before,
                seen,
                built,
            );
            built.files += 1;
        }

        state.run = None;
        for (path, base) in self.bases {
            state.chapters.insert(base, path);
        }
        if let Some(output) = &run.output
            && let Err(error) = state.write(output)
        {
            built
                .failures
                .push(failure(Path::new(".gaisan/state.json"), &error));
        }
        run.timings
    }

    /// The sheets that no longer exist: those of this run's chapters that the chapters no longer have, and all of chapters whose
    /// file is gone from where this run looked, or is another chapter now.
    fn gone(&self, run: &Run<'_>) -> BTreeSet<String> {
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
        let sheets = run.old.values().filter(|sheet| {
            let whole = self.whole.contains(folder_of(&sheet.name));
            whole && !self.is_planned(&sheet.name) || is_gone(&sheet.base())
        });
        sheets.map(|sheet| sheet.name.clone()).collect()
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

/// The files that earlier builds wrote and that belong to nothing any more; removed if that was asked for.
fn leftover(
    run: &Run<'_>,
    mut left: BTreeMap<String, FileEntry>,
    new: &Manifest,
    built: &mut Built,
) -> Vec<FileEntry> {
    for file in new.all_files() {
        left.remove(&file.path);
    }
    left.retain(|path, _| is_there(&run.options.out, path));
    // What could not be made anew is still the last good file of its sheet: known, but neither left over nor to be removed.
    let failed: HashSet<&str> = built.failures.iter().map(|it| it.what.as_str()).collect();
    let is_held = |path: &str| failed.contains(path) || path == INDEX && !failed.is_empty();
    let held: Vec<FileEntry> = left
        .extract_if(.., |path, _| is_held(path))
        .map(|(_, file)| file)
        .collect();
    if run.options.prune
        && let Some(output) = &run.output
    {
        left.retain(|path, _| match output.remove(Path::new(path)) {
            Ok(()) => {
                built.removed.push(path.clone());
                false
            }
            Err(error) => {
                built.failures.push(failure(Path::new(path), &error));
                true
            }
        });
    }
    built.leftover = left.keys().cloned().collect();
    left.into_values().chain(held).collect()
}

/// Writes a file that belongs to no sheet, or compares it with that on the disk.
fn put(
    run: &Run<'_>,
    name: &str,
    content: Content<'_>,
    before: &BTreeMap<String, Seen>,
    seen: &mut BTreeMap<String, Seen>,
    built: &mut Built,
) {
    let target = run.options.out.join(name);
    let (digest, size) = measure(content);
    let there = match before.get(name) {
        Some(known) => known.now(&target),
        None => Seen::read(&target),
    };
    if let Some(there) = there.filter(|there| there.sha256 == digest)
        && run.mode != Mode::Force
    {
        seen.insert(name.to_owned(), there);
        return;
    }
    let Some(output) = &run.output else {
        let trouble = match Seen::read(&target) {
            None => Trouble::Missing,
            Some(_) if name == MANIFEST && built.troubles.is_empty() => Trouble::Edited,
            Some(_) => Trouble::Stale,
        };
        built.troubles.push((name.to_owned(), trouble));
        seen.insert(name.to_owned(), Seen::of(&target, digest, size));
        return;
    };
    match output.long_file(Path::new(name), content, (digest, size)) {
        Ok(now) => {
            built.written += 1;
            seen.insert(name.to_owned(), now);
        }
        Err(error) => built.failures.push(failure(Path::new(name), &error)),
    }
}
