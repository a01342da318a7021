//! What the entries of a crosswalk hold together.

use std::collections::BTreeMap;

use super::change::Link;
use super::forest::Forest;
use super::matching::Unit;
use crate::check::contradiction;
use crate::model::{Crosswalk, CrosswalkKind, Id, Request};

/// The lines that an entry names, where they are all there.
pub(super) fn resolved(
    entry: &Crosswalk,
    now: &Request,
    earlier: &Forest<'_>,
    counterpart: Option<usize>,
    later: &Forest<'_>,
    chapter: usize,
) -> Option<(Vec<usize>, Vec<usize>)> {
    let own = &now.line.id.value;
    if contradiction(entry, own).is_some() {
        return None;
    }
    let named = |id: &Id| {
        let mut chapters = earlier.rollups.iter();
        chapters.position(|rollup| rollup.request.line.id.value == *id)
    };
    let before = match &entry.chapter {
        Some(id) if id.value != *own => named(&id.value),
        _ => counterpart,
    }?;
    let mut from = entry
        .from
        .iter()
        .map(|id| earlier.find(before, id.value.as_str()))
        .collect::<Option<Vec<usize>>>()?;
    let to =
        entry.to.iter().map(|id| later.find(chapter, id.value.as_str())).collect::<Option<Vec<usize>>>()?;
    if entry.kind == CrosswalkKind::Restated {
        let same = |id: &Id| earlier.find(before, id.as_str());
        from.extend(entry.to.iter().filter_map(|id| same(&id.value)));
    }
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// Lines joined by entries, directly or through others.
#[derive(Default)]
pub(super) struct Groups<'a> {
    /// For each group the group it has become a part of.
    leads: Vec<usize>,
    first: BTreeMap<(bool, usize), usize>,
    entries: Vec<(usize, &'a Crosswalk)>,
}

impl<'a> Groups<'a> {
    fn lead(&self, mut at: usize) -> usize {
        while let Some(&earlier) = self.leads.get(at)
            && earlier != at
        {
            at = earlier;
        }
        at
    }

    pub(super) fn join(&mut self, entry: &'a Crosswalk, old: Vec<usize>, new: Vec<usize>) {
        let at = self.leads.len();
        self.leads.push(at);
        self.entries.push((at, entry));
        let old = old.into_iter().map(|line| (false, line));
        let new = new.into_iter().map(|line| (true, line));
        for line in old.chain(new) {
            let first = *self.first.entry(line).or_insert(at);
            let (this, other) = (self.lead(at), self.lead(first));
            if let Some(higher) = self.leads.get_mut(this.max(other)) {
                *higher = this.min(other);
            }
        }
    }

    pub(super) fn units(self, old: &Forest<'a>, new: &Forest<'a>) -> Vec<Unit> {
        let mut units: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (&(is_new, line), &group) in &self.first {
            let (olds, news) = units.entry(self.lead(group)).or_default();
            if is_new {
                news.push(line);
            } else {
                olds.push(line);
            }
        }
        let mut kinds: BTreeMap<usize, Vec<CrosswalkKind>> = BTreeMap::new();
        for &(group, entry) in &self.entries {
            kinds.entry(self.lead(group)).or_default().push(entry.kind);
        }
        units
            .into_iter()
            .map(|(group, (olds, news))| {
                let kinds = kinds.get(&group).map_or(&[][..], Vec::as_slice);
                let (olds, news) = (topmost(olds, old), topmost(news, new));
                let id = |forest: &Forest<'a>, lines: &[usize]| {
                    let first = lines.first().and_then(|&at| forest.member(at));
                    first.map(|member| &member.row.line.id.value)
                };
                let is_same = id(old, &olds) == id(new, &news);
                Unit { link: link(kinds, is_same, olds.len(), news.len()), old: olds, new: news }
            })
            .collect()
    }
}

/// Leaves out lines below other ones of the same group: their amounts are in those already.
fn topmost(lines: Vec<usize>, forest: &Forest<'_>) -> Vec<usize> {
    let is_inside = |at: usize| lines.iter().any(|&above| forest.is_below(at, above));
    lines.iter().copied().filter(|&at| !is_inside(at)).collect()
}

fn link(kinds: &[CrosswalkKind], is_same_id: bool, old: usize, new: usize) -> Link {
    if kinds.contains(&CrosswalkKind::Restated) {
        return Link::Restated;
    }
    match (old, new) {
        (1, 1) if is_same_id => Link::Kept,
        (1, 1) => Link::Renamed,
        (_, 1) => Link::Merged,
        (1, _) => Link::Split,
        _ => Link::Regrouped,
    }
}
