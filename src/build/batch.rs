//! A build goes through the families of chapters a few at a time: it reads and checks some, makes their sheets, and forgets them
//! before it reads the next. So its memory does not grow with what there is to read.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::before::{Before, Compared};
use super::contents::{Contents, Made};
use super::enclose::Encloser;
use super::found::Found;
use super::locked;
use super::make;
use super::manifest::{MANIFEST, Manifest};
use super::place::parent;
use super::plan::Task;
use super::record::Record;
use super::run::{Chapters, Run};
use super::sound::{Sound, sound};
use super::state::State;
use super::{Built, Failure, MAKER, Mode, Options, Phase, templates_digest};
use crate::compose::Templates;
use crate::diagnostic::Diagnostic;
use crate::enclosure::Digest;
use crate::examine::{Examined, examine_with};
use crate::lineage::Lineage;
use crate::read::{Family, Reading, Survey};
use crate::settings::Severities;

/// About how many sheets are in memory at a time: enough to keep all cores busy.
const AT_A_TIME: usize = 128;

/// No more threads than this are begun, however many are asked for.
const MOST_JOBS: usize = 256;

/// Builds all sheets of the chapters of a survey, the index and the manifest. `progress` is told how many sheets are done, and of
/// how many, as far as is known before all chapters are read.
pub fn build(
    survey: &mut Survey,
    severities: &Severities,
    templates: &Templates,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Built {
    build_after(Before::of(&options.out), survey, severities, templates, options, (&mut || true, progress))
}

/// The same, where it is known what the last build saw. `hold` is asked for the right to write into the output folder, where there is
/// something to write, and may refuse it.
pub fn build_after(
    before: Before,
    survey: &mut Survey,
    severities: &Severities,
    templates: &Templates,
    options: &Options,
    (hold, progress): (&mut dyn FnMut() -> bool, &(dyn Fn(usize, usize) + Sync)),
) -> Built {
    let mut built = Built::default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.min(MOST_JOBS)).build().ok();
    let wanted = wanted(&survey.apart, severities, templates, options);
    let families = std::mem::take(&mut survey.families);
    let mut known = before.compared(&families, wanted, options, pool.as_ref());
    let is_all = known.is_all(options);
    if !is_all {
        if options.mode != Mode::Check && !hold() {
            return built;
        }
        // Whoever wrote there until now has left another folder.
        if let Some(before) = known.before.newer(&options.out) {
            known = before.compared(&families, wanted, options, pool.as_ref());
        }
    }
    let Compared { before, records, said, rest } = known;
    for path in records.iter().flat_map(|record| record.inputs.keys()) {
        survey.claim_file(path);
    }
    said.into_iter().for_each(|said| built.findings.add(said.list, &said.sources));
    if is_all {
        before.count(&records, &mut built);
        read_rest(survey, severities, &mut built);
    } else {
        let begun = contents(before.state, options, &mut built)
            .and_then(|contents| Ok((Run::begin(survey.apart.fonts(), templates, options)?, contents)));
        match begun {
            Ok((run, contents)) => {
                let done = AtomicUsize::new(0);
                let mut batches =
                    Batches { run, contents, severities, pool, wanted, records: Vec::new(), done, progress };
                batches.pass(records, &mut built);
                batches.all(&rest, survey, &mut built);
                let looked = families.iter().flat_map(Family::files).collect();
                batches.contents.write_down(&batches.run, &looked, batches.records, &mut built);
                built.timings = batches.run.timings;
            }
            Err(failure) => built.failures.push(failure),
        }
    }
    let Built { findings, skipped, changes, missing, remarks, locked, flaws, .. } = &mut built;
    findings.sort();
    // Families are not in the order of the output folder; the sheets of a chapter are in printed order already.
    skipped.sort_by(|a, b| parent(a).cmp(parent(b)));
    changes.sort_by(|a, b| parent(&a.name).cmp(parent(&b.name)));
    missing.sort_by(|(a, _), (b, _)| a.parent().cmp(&b.parent()));
    remarks.sort_by(|(a, _), (b, _)| a.cmp(b));
    locked.sort();
    flaws.sort_by(|(a, _), (b, _)| parent(a).cmp(parent(b)));
    built
}

/// The digest of everything that is asked for, but for what the chapters say.
fn wanted(apart: &Reading, severities: &Severities, templates: &Templates, options: &Options) -> Digest {
    let of_project = apart.project();
    let font = of_project.fallback().map(|face| Digest::of(&face.data));
    let project =
        (severities, of_project.conventions, apart.is_withheld(), font, templates_digest(templates));
    let run = (&options.formats, options.lang, options.shard, options.locked);
    Digest::of(format!("{MAKER} {project:?} {run:?}").as_bytes())
}

/// Reads what belongs to no family.
fn read_rest(survey: &mut Survey, severities: &Severities, built: &mut Built) {
    survey.read_rest();
    let apart = examine_with(&survey.apart, severities);
    built.findings.add(apart.findings, apart.sources);
    built.unreadable.append(&mut survey.apart.unreadable);
}

/// What the output folder holds.
fn contents(state: State, options: &Options, built: &mut Built) -> Result<Contents, Failure> {
    let found = Manifest::find(&options.out);
    let found = found.map_err(|cause| Failure { what: MANIFEST.to_owned(), cause })?;
    let (old, is_first) = match found {
        Found::Sound(manifest) => (manifest, false),
        Found::Nothing => (Manifest::new(None), true),
        Found::Damaged(why) => {
            built.damaged = Some(why);
            let releases = Manifest::of_releases(&options.out);
            (releases.map_err(|cause| Failure { what: MANIFEST.to_owned(), cause })?, true)
        }
    };
    Ok(Contents::of(old, is_first, state))
}

/// A build on its way through the families.
struct Batches<'r> {
    run: Run<'r>,
    contents: Contents,
    severities: &'r Severities,
    pool: Option<rayon::ThreadPool>,
    wanted: Digest,
    /// What came of the families so far, as far as the next build may pass over them.
    records: Vec<Record>,
    done: AtomicUsize,
    progress: &'r (dyn Fn(usize, usize) + Sync),
}

impl Batches<'_> {
    /// Passes over families that are as they were.
    fn pass(&mut self, records: Vec<Record>, built: &mut Built) {
        for record in &records {
            self.contents.pass(record, built);
            self.done.fetch_add(record.sheets.len(), Ordering::Relaxed);
        }
        self.records = records;
    }

    /// Goes through the other families, and then through the files that none of them names.
    fn all(&mut self, families: &[Family], survey: &mut Survey, built: &mut Built) {
        let mut rest = families;
        while !rest.is_empty() {
            if self.run.is_cancelled() {
                built.interrupted = true;
                return;
            }
            let (now, later) = rest.split_at(Family::few(rest, AT_A_TIME));
            let readings =
                self.side_by_side(now, |family| self.run.timed(Phase::Read, || survey.read(family)));
            let mut examined = self.side_by_side(&readings, |reading| self.examine(reading));
            let made = self.batch(now, &examined, sheets(later), built);
            for ((it, reading), (record, mut said)) in examined.iter_mut().zip(&readings).zip(made) {
                self.severities.apply(&mut said);
                it.findings.append(&mut said);
                let is_fine = reading.unreadable.is_empty() && !it.has_errors();
                let record = record.filter(|record| is_fine && record.is_plain());
                self.records.extend(record.map(|record| record.with(&it.findings, it.sources)));
            }
            for it in examined {
                built.findings.add(it.findings, it.sources);
            }
            for reading in readings {
                survey.claim(&reading);
                built.chapters += reading.requests.len();
                built.unreadable.extend(reading.unreadable);
            }
            rest = later;
        }
        read_rest(survey, self.severities, built);
    }

    fn examine<'a>(&self, reading: &'a Reading) -> Examined<'a> {
        self.run.timed(Phase::Check, || examine_with(reading, self.severities))
    }

    /// Makes the sheets of some families; `later` is about how many are to follow. Gives what came of each family, where all of it is
    /// there now, and what is to be said of its sheets.
    fn batch(
        &mut self,
        families: &[Family],
        examined: &[Examined<'_>],
        later: usize,
        built: &mut Built,
    ) -> Vec<(Option<Record>, Vec<Diagnostic>)> {
        let lang = self.run.options.lang;
        let of = |(family, it)| Some(Record::of(self.wanted, family, it, lang));
        let mut records: Vec<Option<Record>> = families.iter().zip(examined).map(of).collect();
        let lineages: Vec<Lineage<'_>> = examined.iter().map(|it| Lineage::of(&it.rollups)).collect();
        let office = self.run.templates.office();
        let chapters: Vec<Chapters<'_>> = examined
            .iter()
            .map(|examined| Chapters {
                examined,
                encloser: Encloser::new(&examined.rollups, examined.sources, office),
            })
            .collect();
        let mut tasks: Vec<(usize, Task<'_>)> = Vec::new();
        for (at, (chapters, lineage)) in chapters.iter().zip(&lineages).enumerate() {
            let Some(record) = records.get_mut(at) else { continue };
            tasks.extend(self.plan(chapters, lineage, record, built).into_iter().map(|task| (at, task)));
        }
        let of_family = |at: usize| chapters.get(at);
        if self.run.options.locked {
            let with_chapters = tasks.iter().filter_map(|(at, task)| Some((of_family(*at)?, task)));
            let changed = locked::changed(with_chapters, &self.run, &self.contents);
            let is_locked = |task: &Task<'_>| changed.iter().any(|(name, _)| *name == task.name());
            tasks.retain(|(at, task)| {
                let is_locked = is_locked(task);
                records.get_mut(*at).filter(|_| is_locked).into_iter().for_each(|record| *record = None);
                !is_locked
            });
            built.locked.extend(changed);
        }
        let made = self.make(&tasks, &chapters, later);
        let mut said = vec![Vec::new(); families.len()];
        for ((at, task), made) in tasks.iter().zip(made) {
            let over = made.as_ref().and_then(|made| made.state.as_ref()?.over.clone());
            if let (Some(said), Some(over), Some(examined)) = (said.get_mut(*at), over, examined.get(*at)) {
                said.extend(over.finding(task, examined));
            }
            let is_whole = made.as_ref().is_some_and(|made| made.account.failures.is_empty());
            records.get_mut(*at).filter(|_| !is_whole).into_iter().for_each(|record| *record = None);
            match made {
                Some(made) => self.contents.take(task.name(), made, built),
                None => built.interrupted = true,
            }
        }
        records.into_iter().zip(said).collect()
    }

    /// The sheets of a family that can be made, and that this build is to make. The record is gone where there are others.
    fn plan<'b>(
        &mut self,
        chapters: &'b Chapters<'b>,
        lineage: &'b Lineage<'b>,
        record: &mut Option<Record>,
        built: &mut Built,
    ) -> Vec<Task<'b>> {
        let options = self.run.options;
        let mut planned = Vec::new();
        let Some(known) = record else { return planned };
        self.contents.note(&known.folders);
        let Sound { tasks, skipped } = sound(chapters.examined, lineage, options.lang, &chapters.encloser);
        let mut is_whole = skipped.is_empty();
        let skipped = skipped.into_iter().filter(|name| self.contents.skip(name));
        built.skipped.extend(skipped);
        for task in tasks {
            let name = task.name();
            if !self.contents.plan(&name) {
                built.failures.push(Failure::same_name(name));
                is_whole = false;
            } else if options.shard.is_none_or(|shard| shard.has(&name)) {
                known.sheets.push(name);
                planned.push(task);
            } else {
                known.elsewhere.push(name);
            }
        }
        if !is_whole {
            *record = None;
        }
        planned
    }

    /// Makes sheets; `None` for those that were not begun because the build was told to end.
    fn make(
        &self,
        tasks: &[(usize, Task<'_>)],
        chapters: &[Chapters<'_>],
        later: usize,
    ) -> Vec<Option<Made>> {
        let later = self.run.options.shard.map_or(later, |it| it.share(later));
        let all = self.done.load(Ordering::Relaxed) + tasks.len() + later;
        self.side_by_side(tasks, |(at, task)| {
            let chapters = chapters.get(*at).filter(|_| !self.run.is_cancelled())?;
            let made = make::make(task, chapters, &self.run, &self.contents);
            (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, all);
            Some(made)
        })
    }

    /// Does the same work for many things on all threads; the results are in the order of the things.
    fn side_by_side<'t, T: Sync, U: Send>(
        &self,
        things: &'t [T],
        work: impl Fn(&'t T) -> U + Sync + Send,
    ) -> Vec<U> {
        match &self.pool {
            Some(pool) => pool.install(|| things.par_iter().map(work).collect()),
            None => things.iter().map(work).collect(),
        }
    }
}

fn sheets(families: &[Family]) -> usize {
    families.iter().map(Family::sheets).sum()
}
