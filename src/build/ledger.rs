//! What an output folder holds after a build: the sheets made now, those of earlier builds that stay, and what is left over.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::changes::{self, Change};
use super::make::{Made, failure};
use super::plan::{self, Task};
use super::{
    Built, FileEntry, Format, MANIFEST, Manifest, Mode, Run, Seen, SheetEntry, State, Trouble,
    folder_of, frozen, index, is_there,
};
use crate::enclosure::Digest;
use crate::examine::Examined;
use crate::render::html;

const INDEX: &str = "index.html";

/// Brings manifest, index and state up to date with what was made. Files are in place by now, so that whatever ends the build
/// before this is done leaves only work that the next one finds to do.
pub(super) fn settle(
    run: &Run<'_>,
    examined: &Examined<'_>,
    old: Option<Manifest>,
    planned: &BTreeSet<String>,
    tasks: &[Task<'_>],
    results: Vec<Option<Made>>,
    built: &mut Built,
) {
    let is_first = old.is_none();
    let old = old.unwrap_or_else(|| Manifest::new(None));
    let bases = bases(examined);
    let gone = gone(run, examined, &bases, &old, planned);
    let mut new = Manifest::new(run.options.commit.clone());
    if run.mode == Mode::Check {
        // A commit that changed no sheet leaves the folder as good as it was.
        new.commit.clone_from(&old.commit);
    }
    new.releases.clone_from(&old.releases);
    // A folder that held more than this part does not become the part.
    new.shard = run
        .options
        .shard
        .filter(|shard| is_first || old.shard == Some(*shard));
    let mut state = State {
        chapters: run.state.chapters.clone(),
        ..State::default()
    };
    let mut sheets: BTreeMap<String, SheetEntry> = run.old.clone();
    for name in &gone {
        sheets.remove(name);
    }
    let mut seen: BTreeMap<String, Seen> = run.state.files.clone();
    state.sheets = run.state.sheets.clone();
    let mut owners: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (task, made) in tasks.iter().zip(results) {
        let Some(made) = made else { continue };
        let name = task.name();
        clashes(&made, &name, &mut owners, built);
        take(&name, is_first, &made, &sheets, built);
        if let Some(entry) = made.entry {
            sheets.insert(name.clone(), entry);
        }
        if made.failures.is_empty() {
            state.sheets.insert(name, made.state);
        } else {
            state.sheets.remove(&name);
        }
        seen.extend(made.seen);
        built.failures.extend(made.failures);
        built.troubles.extend(made.troubles);
    }
    new.sheets = sheets.into_values().collect();
    if run.mode == Mode::Check {
        built
            .troubles
            .extend(frozen::troubles(&run.options.out, &new));
    }
    state.sheets.retain(|name, _| !gone.contains(name));

    let has_pages = new
        .all_files()
        .any(|file| file.path.ends_with(Format::Html.extension()));
    if has_pages {
        let page = html::index(&index::page(&new));
        put(run, INDEX, page.as_bytes(), &mut seen, built);
        new.files
            .extend(seen.get(INDEX).map(|seen| seen.entry(INDEX)));
        built.files += 1;
    }
    new.leftover = leftover(run, &old, &new, built);
    if !new.sheets.is_empty() || !is_first || new.shard.is_some() {
        put(run, MANIFEST, new.to_json().as_bytes(), &mut seen, built);
        built.files += 1;
    }

    let wanted: BTreeSet<&str> = new
        .all_files()
        .map(|file| file.path.as_str())
        .chain([MANIFEST])
        .collect();
    seen.retain(|path, _| wanted.contains(path.as_str()));
    state.files = seen;
    for (path, base) in bases {
        state.chapters.insert(base, path);
    }
    if let Some(output) = &run.output
        && let Err(error) = state.write(output)
    {
        built
            .failures
            .push(failure(Path::new(".gaisan/state.json"), &error));
    }
}

/// Counts what was made of a sheet, and says what changed in it.
fn take(
    name: &str,
    is_first: bool,
    made: &Made,
    sheets: &BTreeMap<String, SheetEntry>,
    built: &mut Built,
) {
    built.files += made.state.formats.values().map(Vec::len).sum::<usize>();
    built.written += made.written;
    built.made += usize::from(made.written > 0);
    built.sheets += usize::from(made.failures.is_empty());
    if !made.state.missing.is_empty() {
        let path = PathBuf::from(format!("{name}.pdf"));
        built
            .missing
            .push((path, made.state.missing.chars().collect()));
    }
    let Some(entry) = &made.entry else { return };
    if is_first {
        return;
    }
    let what = match sheets.get(name) {
        Some(old) if old.digest == entry.digest => return,
        Some(old) => changes::difference(old, entry),
        None => changes::new(entry),
    };
    built.changes.push(Change {
        name: name.to_owned(),
        what,
        files: made.written,
    });
}

/// Reports files that two sheets would write with different content: pictures whose ids make one name.
fn clashes(
    made: &Made,
    name: &str,
    owners: &mut BTreeMap<String, (String, String)>,
    built: &mut Built,
) {
    for (path, seen) in &made.seen {
        let mine = (name.to_owned(), seen.sha256.clone());
        match owners.get(path) {
            Some((other, digest)) if other != name && *digest != seen.sha256 => {
                built.failures.push(super::Failure {
                    what: path.clone(),
                    cause: format!(
                        "`{other}` and `{name}` would both have this file; give a figure or a program another id"
                    ),
                });
            }
            Some(_) => {}
            None => {
                owners.insert(path.clone(), mine);
            }
        }
    }
}

/// The chapters of a run: the file of each, and the folder of its sheets.
fn bases(examined: &Examined<'_>) -> Vec<(PathBuf, String)> {
    let requests = examined.rollups.iter().map(|rollup| rollup.request);
    requests
        .map(|request| {
            let path = &examined.sources.file(request.file).path;
            let year = request.fiscal_year.value.western();
            let base = plan::base(year, request.line.id.value.as_str(), request.stage.slug());
            (real(path), base)
        })
        .collect()
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The sheets that no longer exist: those of this run's chapters that the chapters no longer have, and all of chapters whose
/// file is gone from where this run looked, or is another chapter now.
fn gone(
    run: &Run<'_>,
    examined: &Examined<'_>,
    bases: &[(PathBuf, String)],
    old: &Manifest,
    planned: &BTreeSet<String>,
) -> BTreeSet<String> {
    // Programs that could not be read are not gone.
    let whole: BTreeSet<String> = examined
        .rollups
        .iter()
        .map(|rollup| rollup.request)
        .filter(|request| !request.line.unread)
        .flat_map(|request| {
            let lang = run.options.lang.unwrap_or(request.lang);
            let folder = plan::folder(request, lang);
            [crate::source::display_name(&folder)]
        })
        .collect();
    let roots: Vec<PathBuf> = run.options.paths.iter().map(|path| real(path)).collect();
    let is_gone = |base: &str| {
        if bases.iter().any(|(_, here)| here == base) {
            return false;
        }
        let Some(file) = run.state.chapters.get(base) else {
            return false;
        };
        let looked = roots.iter().any(|root| file.starts_with(root));
        let other = bases.iter().any(|(path, _)| path == file);
        other || looked && !crate::source::is_file(file)
    };
    let sheets = old.sheets.iter().filter(|sheet| {
        let dropped = whole.contains(folder_of(&sheet.name)) && !planned.contains(&sheet.name);
        dropped || is_gone(&sheet.base())
    });
    sheets.map(|sheet| sheet.name.clone()).collect()
}

/// The files that earlier builds wrote and that belong to nothing any more; removed if that was asked for.
fn leftover(run: &Run<'_>, old: &Manifest, new: &Manifest, built: &mut Built) -> Vec<FileEntry> {
    let current: BTreeSet<&str> = new.all_files().map(|file| file.path.as_str()).collect();
    let known = old.all_files().chain(&old.leftover);
    let mut left: BTreeMap<&str, &FileEntry> = known
        .filter(|file| !current.contains(file.path.as_str()))
        .filter(|file| is_there(&run.options.out, &file.path))
        .map(|file| (file.path.as_str(), file))
        .collect();
    // What could not be made anew is still the last good file of its sheet: known, but neither left over nor to be removed.
    let failed: HashSet<&str> = built.failures.iter().map(|it| it.what.as_str()).collect();
    let is_held = |path: &str| failed.contains(path) || path == INDEX && !failed.is_empty();
    let held: Vec<FileEntry> = left
        .extract_if(.., |path, _| is_held(path))
        .map(|(_, file)| file.clone())
        .collect();
    if run.options.prune
        && let Some(output) = &run.output
    {
        left.retain(|path, _| match output.remove(Path::new(path)) {
            Ok(()) => {
                built.removed.push((*path).to_owned());
                false
            }
            Err(error) => {
                built.failures.push(failure(Path::new(path), &error));
                true
            }
        });
    }
    built.leftover = left.keys().map(|path| (*path).to_owned()).collect();
    left.into_values().cloned().chain(held).collect()
}

/// Writes a file that belongs to no sheet, or compares it with that on the disk.
fn put(
    run: &Run<'_>,
    name: &str,
    bytes: &[u8],
    seen: &mut BTreeMap<String, Seen>,
    built: &mut Built,
) {
    let target = run.options.out.join(name);
    let digest = Digest::of(bytes);
    let there = match run.state.files.get(name) {
        Some(known) => known.now(&target),
        None => Seen::read(&target),
    };
    if let Some(there) = there.filter(|there| there.sha256 == digest.to_string())
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
        seen.insert(
            name.to_owned(),
            Seen::of(&target, digest, bytes.len() as u64),
        );
        return;
    };
    match output.file(Path::new(name), bytes) {
        Ok(now) => {
            built.written += 1;
            seen.insert(name.to_owned(), now);
        }
        Err(error) => built.failures.push(failure(Path::new(name), &error)),
    }
}
