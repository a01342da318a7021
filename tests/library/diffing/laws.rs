//! Laws: bridges foot at every line, a comparison of a thing with itself is empty, and looking from the other side shows the mirror image.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gaisan::diff::{AmountChange, Column, ColumnPair, Diff, ItemKind, LineChange};
use gaisan::model::Amount;
use gaisan::read::Reading;
use gaisan::rollup::Rollup;
use proptest::prelude::*;

use super::{compared, reading, stat, text};

/// A line of a made-up budget. Ids are numbers; a line's parent is one of those before it.
#[derive(Clone, Debug)]
struct Line {
    id: usize,
    parent: Option<usize>,
    /// `None` where no amount is stated.
    requested: Option<i64>,
    prior: Prior,
    enacted: Option<i64>,
    is_recounted: bool,
    is_complete: bool,
}

#[derive(Clone, Copy, Debug)]
enum Prior {
    None,
    New,
    Known(i64),
    Restated(i64),
}

/// A crosswalk entry, with its lines given as places.
#[derive(Clone, Debug)]
struct Entry {
    kind: &'static str,
    from: Vec<usize>,
    to: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Budget {
    year: u16,
    stage: &'static str,
    lines: Vec<Line>,
    crosswalk: Vec<Entry>,
}

impl Budget {
    fn yaml(&self) -> String {
        let mut yaml = format!(
            "gaisan: 1\nid: chapter\ntitle: 章\nministry: 省\nfiscal_year: {}\nstage: {}\nunit: 百万円\nbreakdown: partial\n",
            self.year, self.stage
        );
        if !self.crosswalk.is_empty() {
            yaml.push_str("crosswalk:\n");
            for entry in &self.crosswalk {
                let ids = |ids: &[usize]| {
                    let ids: Vec<String> = ids.iter().map(|id| format!("n{id}")).collect();
                    ids.join(", ")
                };
                let (from, to) = (ids(&entry.from), ids(&entry.to));
                writeln!(yaml, "  - {{kind: {}, from: [{from}], to: [{to}]}}", entry.kind).unwrap();
            }
        }
        yaml.push_str("programs:\n");
        for line in self.lines.iter().filter(|line| line.parent.is_none()) {
            self.line(&mut yaml, line, "  ");
        }
        yaml
    }

    fn line(&self, yaml: &mut String, line: &Line, indent: &str) {
        let mut say = |text: String| writeln!(yaml, "{indent}{text}").unwrap();
        say(format!("- id: n{}", line.id));
        say(format!("  title: 事業{}", line.id % 7));
        if let Some(requested) = line.requested {
            say(format!("  requested: {requested}"));
        }
        match line.prior {
            Prior::None => {}
            Prior::New => say("  prior: 新規".to_owned()),
            Prior::Known(prior) => say(format!("  prior: {prior}")),
            Prior::Restated(prior) => say(format!("  prior: {{amount: {prior}, basis: restated}}")),
        }
        if let Some(enacted) = line.enacted {
            say(format!("  enacted: {enacted}"));
        }
        if line.is_recounted {
            say("  notes: [{kind: recount}]".to_owned());
        }
        let parts: Vec<&Line> = self.lines.iter().filter(|part| part.parent == Some(line.id)).collect();
        if !parts.is_empty() {
            let breakdown = if line.is_complete { "complete" } else { "partial" };
            say(format!("  breakdown: {breakdown}"));
            say("  children:".to_owned());
            for part in parts {
                self.line(yaml, part, &format!("{indent}    "));
            }
        }
    }

    /// The same without lines that are counted elsewhere: what becomes one of those leaves every sum.
    fn without_recounts(mut self) -> Self {
        for line in &mut self.lines {
            line.is_recounted = false;
        }
        self
    }

    fn reading(&self) -> Reading {
        reading(&[(format!("{}.yaml", self.year), self.yaml())])
    }
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![4 => -50_i64..5_000, 1 => Just(0)]
}

fn line() -> impl Strategy<Value = (Option<i64>, Prior, Option<i64>, bool, bool, Option<prop::sample::Index>)>
{
    let prior = prop_oneof![
        Just(Prior::None),
        Just(Prior::New),
        amount().prop_map(Prior::Known),
        amount().prop_map(Prior::Restated),
    ];
    (
        prop::option::weighted(0.8, amount()),
        prior,
        prop::option::weighted(0.5, amount()),
        prop::bool::weighted(0.1),
        any::<bool>(),
        prop::option::weighted(0.7, any::<prop::sample::Index>()),
    )
}

/// A budget whose lines have some of the ids below `ids`.
fn budget(year: u16, ids: usize) -> impl Strategy<Value = Budget> {
    let all: Vec<usize> = (0..ids).collect();
    let chosen = prop::sample::subsequence(all, 1..=ids).prop_shuffle();
    (chosen, prop::collection::vec(line(), ids)).prop_map(move |(chosen, made)| {
        let mut lines: Vec<Line> = Vec::new();
        for (&id, made) in chosen.iter().zip(made) {
            let (requested, prior, enacted, is_recounted, is_complete, parent) = made;
            let parent = parent.filter(|_| !lines.is_empty());
            let parent = parent.map(|at| lines[at.index(lines.len())].id);
            lines.push(Line { id, parent, requested, prior, enacted, is_recounted, is_complete });
        }
        Budget { year, stage: "request", lines, crosswalk: Vec::new() }
    })
}

/// Two budgets a year apart, the later one with a crosswalk of lines that are there.
fn pair() -> impl Strategy<Value = (Budget, Budget)> {
    let entry = (
        0..5_usize,
        prop::collection::vec(any::<prop::sample::Index>(), 3),
        prop::collection::vec(any::<prop::sample::Index>(), 3),
    );
    let entries = prop::collection::vec(entry, 0..4);
    (budget(2022, 14), budget(2023, 18), entries).prop_map(|(old, mut new, entries)| {
        for (kind, from, to) in entries {
            let pick = |of: &Budget, picks: &[prop::sample::Index], count: usize| {
                let ids = picks.iter().map(|pick| of.lines[pick.index(of.lines.len())].id);
                let mut ids: Vec<usize> = ids.take(count).collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            };
            let (kind, from_count, to_count) = [
                ("renamed", 1, 1),
                ("merged", 3, 1),
                ("split", 1, 3),
                ("restated", 2, 2),
                ("restated", 0, 1),
            ][kind];
            let (from, to) = (pick(&old, &from, from_count), pick(&new, &to, to_count));
            let is_possible = match kind {
                "merged" => from.len() > 1,
                "split" => to.len() > 1,
                _ => true,
            };
            if is_possible {
                new.crosswalk.push(Entry { kind, from, to });
            }
        }
        (old, new)
    })
}

fn columns() -> Vec<ColumnPair> {
    let pairs = [
        (Column::Requested, Column::Requested),
        (Column::Enacted, Column::Requested),
        (Column::Requested, Column::Prior),
        (Column::Enacted, Column::Enacted),
    ];
    pairs.map(|(old, new)| ColumnPair { old, new }).to_vec()
}

fn hundredths(amount: Option<Amount>) -> i128 {
    amount.map_or(0, Amount::smallest_units)
}

/// The items of a bridge by what they mean when looked at from the other side.
fn items(amount: &AmountChange) -> BTreeMap<&'static str, i128> {
    let mut items = BTreeMap::new();
    for item in &amount.bridge.items {
        *items.entry(item.kind.slug()).or_default() += item.amount.smallest_units();
    }
    items
}

fn all<'d, 'a>(diff: &'d Diff<'a>) -> impl Iterator<Item = &'d LineChange<'a>> {
    diff.chapters.iter().flat_map(|chapter| &chapter.lines)
}

/// What a line is known by: the ids of its members.
fn name(line: &LineChange<'_>, is_mirrored: bool) -> (Vec<String>, Vec<String>) {
    let ids = |members: &[gaisan::diff::Member<'_>]| {
        let ids = members.iter().map(|member| member.row.line.id.value.to_string());
        ids.collect::<Vec<_>>()
    };
    match is_mirrored {
        true => (ids(&line.new), ids(&line.old)),
        false => (ids(&line.old), ids(&line.new)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_items_of_every_bridge_add_up_to_its_difference((old, new) in pair()) {
        let (old, new) = (old.reading(), new.reading());
        compared(&old, &new, Some(&columns()), |diff| {
            for line in all(diff) {
                for amount in &line.amounts {
                    let bridge = &amount.bridge;
                    let sum: i128 = bridge.items.iter().map(|item| item.amount.smallest_units()).sum();
                    prop_assert_eq!(sum, hundredths(bridge.new) - hundredths(bridge.old), "{:?}", bridge);
                    prop_assert_eq!(hundredths(bridge.difference()), sum);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_line_of_both_sides_is_there_once((old, new) in pair()) {
        let (old, new) = (old.reading(), new.reading());
        compared(&old, &new, None, |diff| {
            let mut seen = BTreeMap::new();
            let mut inside = 0;
            for line in all(diff) {
                for (is_new, members) in [(false, &line.old), (true, &line.new)] {
                    for member in members {
                        *seen.entry((is_new, member.row.line.id.value.to_string())).or_insert(0) += 1;
                    }
                }
                inside += usize::from(line.parent.is_some());
            }
            prop_assert!(seen.values().all(|count| *count == 1), "{:?}", seen);
            prop_assert_eq!(inside + diff.chapters.len(), all(diff).count());
            Ok(())
        })?;
    }

    #[test]
    fn nothing_moves_across_the_edge_of_a_chapter((old, new) in pair()) {
        let (old, new) = (old.without_recounts(), new.without_recounts());
        let (old, new) = (old.reading(), new.reading());
        compared(&old, &new, Some(&columns()), |diff| {
            let top = diff.chapters[0].top().unwrap();
            for amount in &top.amounts {
                prop_assert_eq!(amount.bridge.item(ItemKind::MovedIn), None);
                prop_assert_eq!(amount.bridge.item(ItemKind::MovedOut), None);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_budget_compared_with_itself_is_the_same(budget in budget(2022, 14)) {
        let (old, new) = (budget.reading(), budget.reading());
        compared(&old, &new, None, |diff| {
            prop_assert!(diff.is_same());
            for line in all(diff) {
                for amount in &line.amounts {
                    prop_assert!(amount.bridge.items.is_empty(), "{:?}", amount);
                }
            }
            let (table, stat) = (text(diff, None), stat(diff, None));
            prop_assert_eq!(table, "");
            prop_assert!(stat.ends_with("変更なし\n"), "{}", stat);
            Ok(())
        })?;
    }

    #[test]
    fn a_check_and_a_comparison_find_the_same_breaks_whatever_the_stages(
        (mut old, mut new) in pair(),
        stages in prop::sample::select(vec![
            ("request", "request"), ("proposal", "request"), ("enacted", "request"), ("supplementary", "request"),
            ("settled", "request"), ("enacted", "enacted"), ("settled", "proposal"),
        ]),
    ) {
        (old.stage, new.stage) = stages;
        let both = reading(&[("2022.yaml".to_owned(), old.yaml()), ("2023.yaml".to_owned(), new.yaml())]);
        let rollups: Vec<Rollup<'_>> = both.requests.iter().map(Rollup::of).collect();
        let findings = gaisan::check::check(&rollups);
        let broken = findings.iter().filter(|finding| finding.code == "E0407");
        let mut checked: Vec<(usize, String)> =
            broken.map(|finding| (finding.primary.span.start, finding.notes.concat())).collect();
        checked.sort();
        let (old, new) = (old.reading(), new.reading());
        compared(&old, &new, None, |diff| {
            let notation = gaisan::notation::Notation::new(gaisan::model::Lang::Ja);
            let breaks = diff.chapters.iter().flat_map(|chapter| &chapter.continuity.breaks);
            let mut found: Vec<(usize, String, bool)> = breaks
                .map(|found| {
                    let span = found.new[0].row.line.prior.money.span;
                    let is_of_budget = found.amounts.stage == gaisan::model::Stage::Enacted;
                    (span.start, notation.amount(&found.amounts.difference), is_of_budget)
                })
                .collect();
            found.sort();
            prop_assert_eq!(checked.len(), found.len(), "{:?} {:?}", checked, found);
            for ((start, said), (place, difference, is_of_budget)) in checked.iter().zip(&found) {
                prop_assert_eq!(start, place);
                prop_assert!(!is_of_budget || said.contains(&format!("= {difference};")), "{} {}", said, difference);
            }
            Ok(())
        })?;
    }

    #[test]
    fn from_the_other_side_everything_is_mirrored((old, new) in pair()) {
        let (old, new) = (old.reading(), new.reading());
        let columns = [ColumnPair::same(Column::Requested), ColumnPair::same(Column::Enacted)];
        let look = |diff: &Diff<'_>, is_mirrored: bool| -> BTreeMap<_, _> {
            let change = |line: &LineChange<'_>| -> Vec<(i128, i128)> {
                let sides = line.amounts.iter().map(|amount| {
                    let (old, new) = (hundredths(amount.bridge.old), hundredths(amount.bridge.new));
                    if is_mirrored { (new, old) } else { (old, new) }
                });
                sides.collect()
            };
            all(diff).map(|line| (name(line, is_mirrored), change(line))).collect()
        };
        let there = compared(&old, &new, Some(&columns), |diff| look(diff, false));
        let back = compared(&new, &old, Some(&columns), |diff| look(diff, true));
        prop_assert_eq!(there, back);
    }

    #[test]
    fn what_is_more_from_here_is_less_from_there((old, mut new) in pair()) {
        // What was moved out of rearranged lines is told where it is now, and that is another place from the other side.
        new.crosswalk.retain(|entry| entry.kind != "restated");
        let (old, new) = (old.without_recounts(), new.without_recounts());
        let (old, new) = (old.reading(), new.reading());
        let top = |diff: &Diff<'_>| items(&diff.chapters[0].top().unwrap().amounts[0]);
        let there = compared(&old, &new, None, top);
        let back = compared(&new, &old, None, top);
        // What is new from here is over, or no longer listed, from there: which of the two, only the later file can say.
        let mirrored = [
            (&["new", "listed"][..], &["ended", "unlisted"][..]),
            (&["ended", "unlisted"], &["new", "listed"]),
            (&["increased"], &["decreased"]),
            (&["decreased"], &["increased"]),
            (&["remainder", "rounding"], &["remainder", "rounding"]),
            (&["moved_in", "moved_out"], &["moved_in", "moved_out"]),
        ];
        for (here, from_there) in mirrored {
            let sum = |items: &BTreeMap<&str, i128>, kinds: &[&str]| -> i128 {
                kinds.iter().filter_map(|kind| items.get(kind)).sum()
            };
            prop_assert_eq!(sum(&there, here), -sum(&back, from_there), "{:?} {:?} {:?}", here, there, back);
        }
    }
}
