//! A build goes through the families of chapters a few at a time: it reads and checks some, makes their sheets, and forgets them
//! before it reads the next. So its memory does not grow with what there is to read.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::enclose::Encloser;
use super::found::Found;
use super::ledger::Ledger;
use super::make::{self, Made, failure};
use super::manifest::{Manifest, SheetEntry};
use super::plan::{self, Plan, Task};
use super::remember::inputs;
use super::state::State;
use super::write::Output;
use super::{Built, Failure, MANIFEST, Mode, Options, Stage, Timings, folder_of, frozen, templates_digest};
use crate::compose::Templates;
use crate::enclosure::Digest;
use crate::examine::{Examined, examine_with};
use crate::lineage::Lineage;
use crate::read::{Family, Reading, Survey};
use crate::settings::Severities;
use crate::typeface::Fonts;

/// About how many sheets are in memory at a time: enough to keep all cores busy.
const AT_A_TIME: usize = 128;

/// What all sheets of a run need to know.
pub(super) struct Run<'r> {
    pub(super) options: &'r Options,
    pub(super) mode: Mode,
    pub(super) templates: &'r Templates,
    pub(super) templates_digest: String,
    /// The digest of the office's own font, if there is one.
    pub(super) font_digest: Option<Digest>,
    /// What the last build saw.
    pub(super) state: State,
    /// The sheets that the output folder holds, by name.
    pub(super) old: BTreeMap<String, SheetEntry>,
    /// The output folder; `None` when nothing is to be written.
    pub(super) output: Option<Output>,
    pub(super) timings: Timings,
}

/// The chapters of a family, and what their sheets are made from.
pub(super) struct Chapters<'r> {
    pub(super) examined: &'r Examined<'r>,
    pub(super) encloser: Encloser<'r>,
}

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
    match Run::begin(survey.apart.fonts(), templates, options) {
        Ok((run, ledger, damaged)) => {
            built.damaged = damaged;
            let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build();
            let mut turns =
                Turns { run, ledger, severities, pool: pool.ok(), done: AtomicUsize::new(0), progress };
            turns.all(survey, &mut built);
            built.timings = turns.ledger.settle(turns.run, &mut built);
        }
        Err(failure) => built.failures.push(failure),
    }
    let Built { findings, skipped, changes, missing, locked, troubles, .. } = &mut built;
    findings.sort();
    // Families are not in the order of the output folder; the sheets of a chapter are in printed order already.
    skipped.sort_by(|a, b| folder_of(a).cmp(folder_of(b)));
    changes.sort_by(|a, b| folder_of(&a.name).cmp(folder_of(&b.name)));
    missing.sort_by(|(a, _), (b, _)| a.parent().cmp(&b.parent()));
    locked.sort();
    troubles.sort_by(|(a, _), (b, _)| folder_of(a).cmp(folder_of(b)));
    built
}

impl<'r> Run<'r> {
    /// Looks at the output folder, and opens it where something is to be written.
    fn begin(
        fonts: Option<&Fonts>,
        templates: &'r Templates,
        options: &'r Options,
    ) -> Result<(Self, Ledger, Option<String>), Failure> {
        let found = Manifest::find(&options.out);
        let found = found.map_err(|cause| Failure { what: MANIFEST.to_owned(), cause })?;
        let (mut old, damage) = match found {
            Found::Sound(manifest) => (manifest, None),
            Found::Nothing => (Manifest::new(None), Some(String::new())),
            Found::Damaged(why) => (Manifest::of_releases(&options.out), Some(why)),
        };
        let sheets = std::mem::take(&mut old.sheets);
        let output = match options.mode {
            Mode::Check => None,
            Mode::Update | Mode::Force => {
                Some(Output::open(&options.out).map_err(|error| failure(&options.out, &error))?)
            }
        };
        let run = Self {
            options,
            mode: options.mode,
            templates,
            templates_digest: templates_digest(templates),
            font_digest: fonts.and_then(Fonts::fallback).map(|face| Digest::of(&face.data)),
            state: State::read(&options.out),
            old: sheets.into_iter().map(|sheet| (sheet.name.clone(), sheet)).collect(),
            output,
            timings: Timings::default(),
        };
        let ledger = Ledger::of(old, damage.is_some(), run.output.as_ref());
        Ok((run, ledger, damage.filter(|why| !why.is_empty())))
    }

    /// Does some work of a stage, and measures it.
    pub(super) fn timed<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(clock) = self.options.clock else {
            return work();
        };
        let start = clock();
        let done = work();
        self.timings.add(stage, clock().saturating_sub(start));
        done
    }

    fn is_cancelled(&self) -> bool {
        self.options.cancel.load(Ordering::Relaxed)
    }
}

/// A build on its way through the families.
struct Turns<'r> {
    run: Run<'r>,
    ledger: Ledger,
    severities: &'r Severities,
    pool: Option<rayon::ThreadPool>,
    done: AtomicUsize,
    progress: &'r (dyn Fn(usize, usize) + Sync),
}

impl Turns<'_> {
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
            self.turn(&examined, sheets(later), built);
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
    fn turn(&mut self, examined: &[Examined<'_>], later: usize, built: &mut Built) {
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
            let changed = frozen::changed(&tasks, &self.run, &self.ledger);
            tasks.retain(|(_, task)| !changed.iter().any(|(name, _)| *name == task.name()));
            built.locked.extend(changed);
        }
        let made = self.make(&tasks, later);
        for ((_, task), made) in tasks.iter().zip(made) {
            match made {
                Some(made) => self.ledger.take(task.name(), made, &self.run, built),
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
        self.ledger.chapters(chapters.examined, options.lang);
        let Plan { tasks: all, skipped } =
            plan::plan(chapters.examined, lineage, options.lang, &chapters.encloser);
        let skipped = skipped.into_iter().filter(|name| self.ledger.skip(name));
        built.skipped.extend(skipped);
        for task in all {
            let name = task.name();
            if !self.ledger.plan(&name) {
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
            let made = make::make(task, chapters, &self.run);
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
