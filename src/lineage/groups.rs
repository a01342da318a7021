//! Lines of two times in groups of those that are the same money.

use std::collections::{BTreeMap, BTreeSet};

use super::link::{Link, contradiction, still_here};
use crate::model::{Crosswalk, CrosswalkKind, Id};
use crate::source::Spanned;

/// A chapter's lines by their ids. Lines are numbered among all those of their time.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    /// The chapter's id, and its own line.
    pub(crate) top: (&'a str, usize),
    /// Its programs and their parts. A program may have its chapter's id.
    pub(crate) lines: BTreeMap<&'a str, usize>,
}

impl Names<'_> {
    /// The line of an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        let line = self.lines.get(id).copied();
        line.or_else(|| (self.top.0 == id).then_some(self.top.1))
    }
}

/// The lines of all chapters of one time.
pub(crate) trait Time<'a> {
    /// The lines of a chapter.
    fn names(&self, chapter: usize) -> Option<&Names<'a>>;
    /// The id of a line.
    fn id(&self, line: usize) -> Option<&'a str>;
    /// Whether a line has a prior amount of its own, which is not zero.
    fn has_prior(&self, line: usize) -> bool;
    /// Whether a line says that there was nothing before.
    fn is_new(&self, line: usize) -> bool;
    /// Whether a line lies below another one.
    fn is_below(&self, line: usize, above: usize) -> bool;
}

/// A chapter of the later time, and where it and its lines come from.
pub(crate) struct Chapter<'a> {
    /// Its place among the chapters of the later time.
    pub(crate) at: usize,
    pub(crate) id: &'a Id,
    /// The entries of its crosswalk.
    pub(crate) crosswalk: Vec<&'a Crosswalk>,
    /// Where the chapters that these speak of were before, its own among them.
    pub(crate) before: BTreeMap<&'a Id, usize>,
    /// The lines that keep their ids, the chapter's own among them, each with what it was before.
    pub(crate) kept: BTreeMap<usize, usize>,
}

/// Lines of an earlier time that are together the same money as lines of a later one.
#[derive(Debug)]
pub struct Group<'a> {
    /// What makes them counterparts.
    pub link: Link,
    /// What says so; empty for a line that only keeps its id.
    pub entries: Vec<&'a Crosswalk>,
    /// The lines of the earlier time, in order.
    pub earlier: Vec<usize>,
    /// The lines of the later time, in order.
    pub later: Vec<usize>,
}

/// Groups the lines of two times, each in one group at most: a line goes where the entries that name it in `from` say, and on under its
/// own id where that is still there, unless its chapter says that it became another. Entries that share a line are one group.
/// Also returns the entries that are set aside as if they were not written, because they contradict themselves or name a line that
/// is not there.
pub(crate) fn grouped<'a>(
    chapters: &[Chapter<'a>],
    earlier: &dyn Time<'a>,
    later: &dyn Time<'a>,
) -> (Vec<Group<'a>>, Vec<&'a Crosswalk>) {
    let mut web = Web::default();
    let mut aside = Vec::new();
    let (mut sent, mut left, mut came) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for chapter in chapters {
        for &entry in &chapter.crosswalk {
            let Some((from, to)) = chapter.resolved(entry, earlier, later) else {
                aside.push(entry);
                continue;
            };
            if entry.kind != CrosswalkKind::Restated {
                let is_own = entry.chapter_before(chapter.id) == chapter.id;
                if is_own { &mut sent } else { &mut left }.extend(from.iter().copied());
                came.extend(to.iter().copied());
            }
            web.join(Some(entry), from.into_iter(), to.into_iter());
        }
    }
    let kept = || chapters.iter().flat_map(|chapter| &chapter.kept);
    // A line that went to another chapter, and whose id is that of one that came from elsewhere or is new, is not the same line any more.
    let is_other = |now: &usize, before: &usize| {
        sent.contains(before) || left.contains(before) && (came.contains(now) || later.is_new(*now))
    };
    for (&now, &before) in kept().filter(|(now, before)| !is_other(now, before)) {
        web.join(None, [before].into_iter(), [now].into_iter());
    }
    let mut groups = web.groups(earlier, later);

    // A line below another one of its group is in that one's amounts, and for itself it is what it was.
    let old: BTreeSet<usize> = groups.iter().flat_map(|group| &group.earlier).copied().collect();
    let new: BTreeSet<usize> = groups.iter().flat_map(|group| &group.later).copied().collect();
    let inside = kept().filter(|(now, before)| !old.contains(before) && !new.contains(now));
    let alone = |(&now, &before)| Group::of(Vec::new(), true, vec![before], vec![now]);
    groups.extend(inside.map(alone));
    (groups, aside)
}

/// A line of a later time, one that it was in an earlier one, and what lies between.
pub(crate) struct Step<'a> {
    pub(crate) earlier: usize,
    pub(crate) later: usize,
    /// The entries that lead there, over all years between.
    pub(crate) entries: Vec<&'a Crosswalk>,
    /// What they make of the lines, where that is more than a new name.
    pub(crate) broken: Option<Link>,
}

/// Groups the lines of two times that are years apart by what leads from one to the other over the years between.
pub(crate) fn chained<'a>(
    steps: &[Step<'a>],
    earlier: &dyn Time<'a>,
    later: &dyn Time<'a>,
) -> Vec<Group<'a>> {
    let mut web = Web::default();
    for step in steps {
        let entries = step.entries.iter().map(|entry| Some(*entry));
        for entry in entries.chain([None]) {
            web.join(entry, [step.earlier].into_iter(), [step.later].into_iter());
        }
    }
    let mut groups = web.groups(earlier, later);
    // One line on each side may be what is left of several.
    let broken: BTreeMap<usize, Link> =
        steps.iter().filter_map(|step| Some((step.later, step.broken?))).collect();
    for group in groups.iter_mut().filter(|group| group.link.is_one_line()) {
        let mut own = group.later.iter().filter_map(|later| broken.get(later));
        group.link = own.next().copied().unwrap_or(group.link);
    }
    // A line below another one of its group is for itself what it was, here too.
    let old: BTreeSet<usize> = groups.iter().flat_map(|group| &group.earlier).copied().collect();
    let new: BTreeSet<usize> = groups.iter().flat_map(|group| &group.later).copied().collect();
    let is_left = |step: &&Step<'a>| {
        step.broken.is_none() && !old.contains(&step.earlier) && !new.contains(&step.later)
    };
    let alone = |step: &Step<'a>| {
        let keeps_id = earlier.id(step.earlier) == later.id(step.later);
        Group::of(step.entries.clone(), keeps_id, vec![step.earlier], vec![step.later])
    };
    let left: Vec<Group<'a>> = steps.iter().filter(is_left).map(alone).collect();
    groups.extend(left);
    groups
}

impl<'a> Chapter<'a> {
    /// A chapter that was another one's lines before; `others` are the chapters beside it that its crosswalk speaks of.
    pub(crate) fn of(
        (at, id): (usize, &'a Id),
        crosswalk: Vec<&'a Crosswalk>,
        own: Option<usize>,
        others: impl Iterator<Item = (&'a Id, usize)>,
        (earlier, later): (&dyn Time<'a>, &dyn Time<'a>),
    ) -> Self {
        let names = own.and_then(|own| earlier.names(own)).zip(later.names(at));
        let kept = names.into_iter().flat_map(|(before, now)| {
            let lines = now.lines.iter().filter_map(|(id, &line)| Some((line, *before.lines.get(id)?)));
            lines.chain([(now.top.1, before.top.1)])
        });
        let before = others.chain(own.map(|own| (id, own))).collect();
        Self { at, id, crosswalk, before, kept: kept.collect() }
    }

    /// The lines that an entry names, where they are all there; those that go on under their ids beside them follow later.
    fn resolved(
        &self,
        entry: &Crosswalk,
        earlier: &dyn Time<'a>,
        later: &dyn Time<'a>,
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        if contradiction(entry, self.id).is_some() {
            return None;
        }
        let before = earlier.names(*self.before.get(entry.chapter_before(self.id))?)?;
        let now = later.names(self.at)?;
        let has_prior = |id: &Id| now.find(id.as_str()).is_some_and(|line| later.has_prior(line));
        if still_here(entry, self.id, &self.crosswalk, has_prior).next().is_some() {
            return None;
        }
        let lines = |ids: &[Spanned<Id>], names: &Names<'a>| -> Option<Vec<usize>> {
            ids.iter().map(|id| names.find(id.value.as_str())).collect()
        };
        let (from, to) = (lines(&entry.from, before)?, lines(&entry.to, now)?);
        let goes_on = || to.iter().any(|line| self.kept.contains_key(line));
        (!from.is_empty() || goes_on()).then_some((from, to))
    }
}

impl<'a> Group<'a> {
    fn of(entries: Vec<&'a Crosswalk>, keeps_id: bool, earlier: Vec<usize>, later: Vec<usize>) -> Self {
        Self { link: Link::of(&entries, keeps_id, earlier.len(), later.len()), entries, earlier, later }
    }
}

/// Lines joined, directly or through others.
#[derive(Default)]
struct Web<'a> {
    /// For each joint the one it has become a part of.
    leads: Vec<usize>,
    first: BTreeMap<(bool, usize), usize>,
    entries: Vec<(usize, &'a Crosswalk)>,
}

impl<'a> Web<'a> {
    fn lead(&self, mut at: usize) -> usize {
        while let Some(&earlier) = self.leads.get(at)
            && earlier != at
        {
            at = earlier;
        }
        at
    }

    fn join(
        &mut self,
        entry: Option<&'a Crosswalk>,
        earlier: impl Iterator<Item = usize>,
        later: impl Iterator<Item = usize>,
    ) {
        let at = self.leads.len();
        self.leads.push(at);
        self.entries.extend(entry.map(|entry| (at, entry)));
        for line in earlier.map(|line| (false, line)).chain(later.map(|line| (true, line))) {
            let first = *self.first.entry(line).or_insert(at);
            let (this, other) = (self.lead(at), self.lead(first));
            if let Some(higher) = self.leads.get_mut(this.max(other)) {
                *higher = this.min(other);
            }
        }
    }

    fn groups(self, earlier: &dyn Time<'a>, later: &dyn Time<'a>) -> Vec<Group<'a>> {
        let mut joined: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
        for (&(is_later, line), &at) in &self.first {
            let [before, now] = joined.entry(self.lead(at)).or_default();
            if is_later { now } else { before }.push(line);
        }
        let mut said: BTreeMap<usize, Vec<&Crosswalk>> = BTreeMap::new();
        for &(at, entry) in &self.entries {
            said.entry(self.lead(at)).or_default().push(entry);
        }
        let groups = joined.into_iter().filter_map(|(at, [before, now])| {
            let (before, now) = (topmost(&before, earlier), topmost(&now, later));
            let entries = said.remove(&at).unwrap_or_default();
            let keeps_id = earlier.id(*before.first()?) == later.id(*now.first()?);
            Some(Group::of(entries, keeps_id, before, now))
        });
        groups.collect()
    }
}

/// Leaves out lines below other ones: their amounts are in those already.
fn topmost<'a>(lines: &[usize], time: &dyn Time<'a>) -> Vec<usize> {
    let is_inside = |at: usize| lines.iter().any(|&above| above != at && time.is_below(at, above));
    lines.iter().copied().filter(|&at| !is_inside(at)).collect()
}
