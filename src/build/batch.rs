//! A build goes through the families of chapters a few at a time: it reads and checks some, makes their sheets, and forgets them
//! before it reads the next. So its memory does not grow with what there is to read.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::contents::{Contents, Made};
use super::enclose::Encloser;
use super::found::Found;
use super::locked;
use super::make;
use super::manifest::{MANIFEST, Manifest};
use super::place::parent;
use super::plan::Task;
use super::remember::inputs;
use super::run::{Chapters, Run};
use super::sound::{Sound, sound};
use super::state::State;
use super::{Built, Failure, Options, Stage};
use crate::compose::Templates;
use crate::examine::{Examined, examine_with};
use crate::lineage::Lineage;
use crate::read::{Family, Reading, Survey};
use crate::settings::Severities;

/// About how many sheets are in memory at a time: enough to keep all cores busy.
const AT_A_TIME: usize = 128;

/// Builds all sheets of the chapters of a survey, the index and the manifest. `progress` is told how many sheets are done, and of
/// how many, as far as is known before all chapters are read.
#[must_use]
pub fn build(
    survey: &mut Survey,
    severities: &Severities,
    templates: &Templates,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Built {
    let mut built = Built::default();
    let begun = contents(options, &mut built)
        .and_then(|contents| Ok((Run::begin(survey.apart.fonts(), templates, options)?, contents)));
    match begun {
        Ok((run, contents)) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build().ok();
            let mut batches =
                Batches { run, contents, severities, pool, done: AtomicUsize::new(0), progress };
            batches.all(survey, &mut built);
            batches.contents.write_down(&batches.run, &mut built);
            built.timings = batches.run.timings;
        }
        Err(failure) => built.failures.push(failure),
    }
    let Built { findings, skipped, changes, missing, locked, flaws, .. } = &mut built;
    findings.sort();
    // Families are not in the order of the output folder; the sheets of a chapter are in printed order already.
    skipped.sort_by(|a, b| parent(a).cmp(parent(b)));
    changes.sort_by(|a, b| parent(&a.name).cmp(parent(&b.name)));
    missing.sort_by(|(a, _), (b, _)| a.parent().cmp(&b.parent()));
    locked.sort();
    flaws.sort_by(|(a, _), (b, _)| parent(a).cmp(parent(b)));
    built
}

/// What the output folder holds.
fn contents(options: &Options, built: &mut Built) -> Result<Contents, Failure> {
    let found = Manifest::find(&options.out);
    let found = found.map_err(|cause| Failure { what: MANIFEST.to_owned(), cause })?;
    let (old, is_first) = match found {
        Found::Sound(manifest) => (manifest, false),
        Found::Nothing => (Manifest::new(None), true),
        Found::Damaged(why) => {
            built.damaged = Some(why);
            (Manifest::of_releases(&options.out), true)
        }
    };
    Ok(Contents::of(old, is_first, State::read(&options.out)))
}

/// A build on its way through the families.
struct Batches<'r> {
    run: Run<'r>,
    contents: Contents,
    severities: &'r Severities,
    pool: Option<rayon::ThreadPool>,
    done: AtomicUsize,
    progress: &'r (dyn Fn(usize, usize) + Sync),
}

impl Batches<'_> {
    /// Goes through all families, and then through the files that none of them names.
    fn all(&mut self, survey: &mut Survey, built: &mut Built) {
        let families = std::mem::take(&mut survey.families);
        let mut rest = families.as_slice();
        while !rest.is_empty() {
            if self.run.is_cancelled() {
                built.interrupted = true;
                return;
            }
            let (now, later) = rest.split_at(next(rest));
            let readings =
                self.side_by_side(now, |family| self.run.timed(Stage::Read, || survey.read(family)));
            let examined = self.side_by_side(&readings, |reading| self.examine(reading));
            self.batch(&examined, sheets(later), built);
            for it in examined {
                built.findings.add(it.findings, it.sources);
            }
            for reading in readings {
                survey.settle(&reading);
                built.inputs.extend(inputs(&reading.sources));
                built.chapters += reading.requests.len();
                built.unreadable.extend(reading.troubles);
            }
            rest = later;
        }
        survey.read_rest();
        let apart = self.examine(&survey.apart);
        built.findings.add(apart.findings, apart.sources);
        built.inputs.extend(inputs(apart.sources));
        built.unreadable.append(&mut survey.apart.troubles);
    }

    fn examine<'a>(&self, reading: &'a Reading) -> Examined<'a> {
        self.run.timed(Stage::Check, || examine_with(reading, self.severities))
    }

    /// Makes the sheets of some families; `later` is about how many are to follow.
    fn batch(&mut self, examined: &[Examined<'_>], later: usize, built: &mut Built) {
        let lineages: Vec<Lineage<'_>> = examined.iter().map(|it| Lineage::of(&it.rollups)).collect();
        let office = self.run.templates.office();
        let families: Vec<Chapters<'_>> = examined
            .iter()
            .map(|examined| Chapters {
                examined,
                encloser: Encloser::new(&examined.rollups, examined.sources, office),
            })
            .collect();
        let mut tasks = Vec::new();
        for (chapters, lineage) in families.iter().zip(&lineages) {
            self.plan(chapters, lineage, &mut tasks, built);
        }
        if self.run.options.locked {
            let changed = locked::changed(&tasks, &self.run, &self.contents);
            tasks.retain(|(_, task)| !changed.iter().any(|(name, _)| *name == task.name()));
            built.locked.extend(changed);
        }
        let made = self.make(&tasks, later);
        for ((_, task), made) in tasks.iter().zip(made) {
            match made {
                Some(made) => self.contents.take(task.name(), made, built),
                None => built.interrupted = true,
            }
        }
    }

    /// Adds the sheets of a family that can be made, and that this build is to make.
    fn plan<'b>(
        &mut self,
        chapters: &'b Chapters<'b>,
        lineage: &'b Lineage<'b>,
        tasks: &mut Vec<(&'b Chapters<'b>, Task<'b>)>,
        built: &mut Built,
    ) {
        let options = self.run.options;
        self.contents.chapters(chapters.examined, options.lang);
        let Sound { tasks: all, skipped } =
            sound(chapters.examined, lineage, options.lang, &chapters.encloser);
        let skipped = skipped.into_iter().filter(|name| self.contents.skip(name));
        built.skipped.extend(skipped);
        for task in all {
            let name = task.name();
            if !self.contents.plan(&name) {
                built.failures.push(Failure {
                    what: name,
                    cause: "two sheets would have this name; give one of the chapters or programs another id"
                        .to_owned(),
                });
            } else if options.shard.is_none_or(|shard| shard.has(&name)) {
                tasks.push((chapters, task));
            }
        }
    }

    /// Makes sheets; `None` for those that were not begun because the build was told to end.
    fn make(&self, tasks: &[(&Chapters<'_>, Task<'_>)], later: usize) -> Vec<Option<Made>> {
        let later = self.run.options.shard.map_or(later, |it| it.share(later));
        let all = self.done.load(Ordering::Relaxed) + tasks.len() + later;
        self.side_by_side(tasks, |(chapters, task)| {
            if self.run.is_cancelled() {
                return None;
            }
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

/// How many families are to be read next.
fn next(families: &[Family]) -> usize {
    let mut sheets = 0;
    let few = families.iter().take_while(|family| {
        let is_room = sheets < AT_A_TIME;
        sheets += family.sheets;
        is_room
    });
    few.count()
}

fn sheets(families: &[Family]) -> usize {
    families.iter().map(|family| family.sheets).sum()
}
