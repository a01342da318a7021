//! Two years of a small project, drawn at random, with every state that an amount may have.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::Index;

/// What may stand for the amount of a year, and what for that of the year before.
const ASKED: [&str; 12] =
    ["30", "40", "120", "0", "△50", "事項要求", "20＋事項要求", "記載なし", "未定", "終了", "-", ""];
const PRIOR: [&str; 9] =
    ["30", "40", "90", "△50", "新規", "記載なし", "-", "", "{amount: 35, basis: restated}"];

#[derive(Clone, Debug)]
struct Line {
    id: usize,
    chapter: usize,
    parent: Option<usize>,
    keys: String,
    breakdown: &'static str,
}

#[derive(Clone)]
pub(super) struct Project {
    year: u16,
    stage: &'static str,
    heads: [(&'static str, &'static str); 2],
    lines: Vec<Line>,
    crosswalk: [String; 2],
}

impl std::fmt::Debug for Project {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.texts().iter().try_for_each(|(name, text)| write!(f, "--- {name}\n{text}"))
    }
}

impl Project {
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        let chapters = (0..2).filter(|at| self.lines.iter().any(|line| line.chapter == *at));
        let text = |at: usize| {
            let (breakdown, total) = self.heads[at];
            let mut yaml = format!(
                "gaisan: 1\nid: c{at}\ntitle: 章{at}\nministry: 省\nfiscal_year: {}\nstage: {}\nunit: 百万円\nbreakdown: {breakdown}\n{total}",
                self.year, self.stage
            );
            if !self.crosswalk[at].is_empty() {
                write!(yaml, "crosswalk:\n{}", self.crosswalk[at]).unwrap();
            }
            yaml.push_str("programs:\n");
            self.below(None, at, "  ", &mut yaml);
            (format!("{}-{}-{at}.yaml", self.year, self.stage), yaml)
        };
        chapters.map(text).collect()
    }

    fn below(&self, parent: Option<usize>, chapter: usize, indent: &str, yaml: &mut String) {
        let inside = |line: &&Line| line.chapter == chapter && line.parent == parent;
        for line in self.lines.iter().filter(inside) {
            write!(yaml, "{indent}- id: n{}\n{indent}  title: 事業{}\n", line.id, line.id).unwrap();
            for key in line.keys.lines() {
                writeln!(yaml, "{indent}  {key}").unwrap();
            }
            if self.lines.iter().any(|part| part.parent == Some(line.id)) {
                write!(yaml, "{indent}  breakdown: {}\n{indent}  children:\n", line.breakdown).unwrap();
                self.below(Some(line.id), chapter, &format!("{indent}    "), yaml);
            }
        }
    }
}

/// Some lines of two chapters, a few of them parts of others.
fn project(year: u16) -> impl Strategy<Value = Project> {
    let line = (
        (0..2_usize, any::<Index>(), prop::bool::weighted(0.3)),
        (prop::sample::select(ASKED.to_vec()), prop::sample::select(PRIOR.to_vec())),
        prop::option::weighted(0.5, prop::sample::select(vec![35, 90, 0])),
        prop::bool::weighted(0.12),
        prop::sample::select(vec!["complete", "partial"]),
    );
    let head = || {
        let heads = [
            ("complete", ""),
            ("complete", ""),
            ("partial", ""),
            ("complete", "requested: 200\nprior: 160\n"),
        ];
        prop::sample::select(heads.to_vec())
    };
    let ids = prop::sample::subsequence((0..8_usize).collect::<Vec<_>>(), 2..=6).prop_shuffle();
    (ids, prop::collection::vec(line, 6), head(), head()).prop_map(move |(ids, made, one, other)| {
        let mut lines: Vec<Line> = Vec::new();
        for (id, ((chapter, above, is_part), (asked, prior), enacted, is_recounted, breakdown)) in
            ids.into_iter().zip(made)
        {
            let tops: Vec<usize> = lines
                .iter()
                .filter(|it| it.chapter == chapter && it.parent.is_none())
                .map(|it| it.id)
                .collect();
            let parent = (is_part && !tops.is_empty()).then(|| tops[above.index(tops.len())]);
            let mut keys = String::new();
            for (key, value) in [("requested", asked), ("prior", prior)] {
                if !value.is_empty() {
                    let quoted = if value == "-" { "\"-\"" } else { value };
                    writeln!(keys, "{key}: {quoted}").unwrap();
                }
            }
            if let Some(enacted) = enacted {
                writeln!(keys, "enacted: {enacted}").unwrap();
            }
            if is_recounted {
                keys.push_str("notes: [{kind: recount}]\n");
            }
            lines.push(Line { id, chapter, parent, keys, breakdown });
        }
        Project { year, stage: "request", heads: [one, other], lines, crosswalk: Default::default() }
    })
}

/// Two years, the later one with entries of every kind.
pub(super) fn pair() -> impl Strategy<Value = (Project, Project)> {
    let entry = (0..6_usize, 0..2_usize, prop::collection::vec(any::<Index>(), 4));
    (project(2022), project(2023), prop::collection::vec(entry, 0..4)).prop_map(|(old, mut new, entries)| {
        for (kind, at, picks) in entries {
            let ids = |of: &Project, chapter: usize| -> Vec<usize> {
                of.lines.iter().filter(|line| line.chapter == chapter).map(|line| line.id).collect()
            };
            let (now, own, other) = (ids(&new, at), ids(&old, at), ids(&old, 1 - at));
            let pick = |of: &[usize], picks: &[Index]| {
                let chosen: BTreeSet<usize> =
                    picks.iter().filter(|_| !of.is_empty()).map(|pick| of[pick.index(of.len())]).collect();
                chosen.iter().map(|id| format!("n{id}")).collect::<Vec<_>>()
            };
            let (kind, from, to, chapter) = match kind {
                0 => ("renamed", pick(&own, &picks[..1]), pick(&now, &picks[1..2]), ""),
                1 => ("merged", pick(&own, &picks[..3]), pick(&now, &picks[3..]), ""),
                2 => ("split", pick(&own, &picks[..1]), pick(&now, &picks[1..]), ""),
                3 => ("restated", pick(&own, &picks[..2]), pick(&now, &picks[2..]), ""),
                _ => ("moved", pick(&other, &picks[..1]), pick(&now, &picks[1..2]), ["c1", "c0"][at]),
            };
            let is_possible = match kind {
                "merged" => from.len() > 1 && to.len() == 1,
                "split" => from.len() == 1 && to.len() > 1,
                _ => !from.is_empty() && !to.is_empty(),
            };
            if is_possible {
                let chapter =
                    if chapter.is_empty() { String::new() } else { format!(", chapter: {chapter}") };
                let (from, to) = (from.join(", "), to.join(", "));
                writeln!(new.crosswalk[at], "  - {{kind: {kind}, from: [{from}], to: [{to}]{chapter}}}")
                    .unwrap();
            }
        }
        (old, new)
    })
}
