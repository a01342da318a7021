//! A law over small random projects, several chapters and every state that an amount may have: all that is said of a comparison is one, and
//! nothing is called known of which a part is not.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gaisan::diff::{AmountChange, ChapterChange, Column, Diff, ItemKind, LineChange, csv, json};
use gaisan::lineage::Lineage;
use gaisan::model::{Amount, Lang, Money};
use gaisan::read::Reading;
use gaisan::rollup::{Rollup, Row};
use gaisan::sheet::{ChangeRow, Facts, changes, glance, sheets};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use super::{compared, reading, text};

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
struct Project {
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
    fn texts(&self) -> Vec<(String, String)> {
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
fn pair() -> impl Strategy<Value = (Project, Project)> {
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

fn units(amount: Option<Amount>) -> i128 {
    amount.map_or(0, Amount::smallest_units)
}

/// Whether a part of a line that counts in its sum is not stated, where the line says no amount itself. A complete breakdown counts for one
/// that says 記載なし.
fn hides(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> bool {
    let stated = column.stated(row.line);
    let mut parts = rollup.children_of(row).filter(|part| part.line.is_addable());
    let is_summed = row.line.is_complete() && column.sums(row).listed.is_some();
    stated.is_gap() && !is_summed
        || stated.addable().is_none() && !stated.is_nothing() && parts.any(|part| hides(rollup, part, column))
}

/// One side of an amount: what is called known is all known.
fn is_true(
    line: &LineChange<'_>,
    amount: &AmountChange,
    column: Column,
    is_new: bool,
) -> Result<(), TestCaseError> {
    let (members, money, end) = match is_new {
        true => (&line.new, amount.new, amount.bridge.new),
        false => (&line.old, amount.old, amount.bridge.old),
    };
    let Money::Known(known) = money else { return Ok(()) };
    prop_assert_eq!(known.smallest_units(), units(end));
    let counted: Vec<_> = members.iter().filter(|member| member.row.line.is_addable()).collect();
    let counted = if counted.is_empty() { members.iter().collect() } else { counted };
    for member in &counted {
        prop_assert!(!hides(member.rollup, member.row, column), "{} {:?}", member.row.line.id.value, amount);
        let alone = column.sums(member.row).counted_money();
        let is_all = counted.len() == 1 || alone.addable().is_some() || alone.is_nothing();
        prop_assert!(is_all && !alone.is_open(), "{} {:?}", member.row.line.id.value, amount);
    }
    Ok(())
}

/// Bridges foot, changes are differences of known amounts, and movers are lines that changed.
fn is_sound(diff: &Diff<'_>, chapter: &ChapterChange<'_>) -> Result<(), TestCaseError> {
    for (at, pair) in diff.columns.iter().enumerate() {
        for line in &chapter.lines {
            let amount = &line.amounts[at];
            let bridge = &amount.bridge;
            let sum: i128 = bridge.items.iter().map(|item| item.amount.smallest_units()).sum();
            prop_assert_eq!(sum, units(bridge.new) - units(bridge.old), "{:?}", amount);
            is_true(line, amount, pair.old, false)?;
            is_true(line, amount, pair.new, true)?;
            let is_known = |money: Money| !money.is_gap() && !money.is_open();
            prop_assert_eq!(
                amount.change().is_some(),
                is_known(amount.old)
                    && is_known(amount.new)
                    && (bridge.old.is_some() || bridge.new.is_some()),
                "{:?}",
                amount
            );
            prop_assert!(amount.comparison.rate().is_none() || amount.change().is_some());
            if let Some(change) = amount.change() {
                prop_assert_eq!(change.smallest_units(), sum);
            }
        }
        for mover in chapter.movers(at) {
            let amount = &chapter.lines[mover.line].amounts[at];
            prop_assert_eq!(amount.change().map(Amount::smallest_units), Some(mover.change.smallest_units()));
            prop_assert!(amount.bridge.item(mover.kind).is_some());
        }
    }
    Ok(())
}

/// What stands in a table for the row at its head: the changes of the rows below it, or its own where they have none.
fn told(rows: &[&ChangeRow]) -> Option<i64> {
    let (row, below) = rows.split_first()?;
    let number = |text: &str| text.replace('△', "-").replace(',', "").parse::<i64>().ok();
    let below = below.iter().take_while(|part| part.depth > row.depth).count();
    let starts =
        (1..=below).filter(|at| rows[*at].depth == row.depth + 1 && !rows[*at].what.contains("再掲"));
    let parts: Vec<i64> = starts.filter_map(|at| told(&rows[at..])).collect();
    if parts.is_empty() { number(&row.figures[2]) } else { Some(parts.iter().sum()) }
}

/// The printed changes of a table add up to that of its total.
fn tables_foot(diff: &Diff<'_>) -> Result<(), TestCaseError> {
    let sheets = changes(diff, Some(Lang::Ja)).into_iter();
    let sheets = sheets.filter_map(|(_, sheet)| match sheet.facts {
        Facts::Change(change) => Some(*change),
        _ => None,
    });
    for table in glance(diff, Some(Lang::Ja), true).into_iter().chain(sheets).flat_map(|change| change.tables)
    {
        let is_shown = |row: &&ChangeRow| matches!(row.kind, "line" | "part" | "rest");
        let rows: Vec<&ChangeRow> = table.rows.iter().filter(is_shown).collect();
        let is_top = |row: &ChangeRow| row.depth == 1 && !row.what.contains("再掲") || row.kind == "rest";
        let tops = (0..rows.len()).filter(|at| is_top(rows[*at]));
        let sums: Vec<i64> = tops.filter_map(|at| told(&rows[at..])).collect();
        // A breakdown that is shown for the first time tells nothing of the total's change.
        let total = table.rows.iter().find(|row| row.kind == "total").filter(|_| !sums.is_empty());
        if let Some(total) = total.and_then(|total| told(&[total])) {
            prop_assert_eq!(sums.iter().sum::<i64>(), total, "{:#?}", table.rows);
        }
    }
    Ok(())
}

/// CSV says what JSON says.
fn exports_agree(diff: &Diff<'_>) -> Result<(), TestCaseError> {
    let report: Value = serde_json::from_str(&json(diff)).unwrap();
    let csv = csv(diff).unwrap();
    let mut records = csv::Reader::from_reader(csv.as_bytes());
    let heads = records.headers().unwrap().clone();
    let cell = |record: &csv::StringRecord, head: &str| {
        record[heads.iter().position(|it| it == head).unwrap()].to_owned()
    };
    let records: Vec<_> = records.records().map(Result::unwrap).collect();
    let lines = records.iter().filter(|record| cell(record, "link") != "total");
    let chapters = report["chapters"].as_array().unwrap().iter();
    let said = chapters
        .flat_map(|it| it["lines"].as_array().unwrap())
        .flat_map(|it| it["amounts"].as_array().unwrap());
    let totals =
        report["totals"].as_array().unwrap().iter().filter(|it| it["chapters"].as_array().unwrap().len() > 1);
    let totals = totals.flat_map(|it| it["amounts"].as_array().unwrap());
    let first = records.iter().filter(|record| cell(record, "link") == "total");
    for (record, amount) in lines.zip(said).chain(first.zip(totals)) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let here = ["old_state", "old", "new_state", "new", "change", "percent", "outcome"]
            .map(|it| cell(record, it));
        let there = [
            &amount["old"]["state"], &amount["old"]["amount"], &amount["new"]["state"],
            &amount["new"]["amount"], &amount["change"], &amount["percent"], &amount["outcome"],
        ];
        prop_assert_eq!(here, there.map(text));
    }
    Ok(())
}

/// Prior amounts that are not what was enacted: `check` and the comparison find the same ones.
fn breaks_agree(both: &Reading, diff: &Diff<'_>) -> Result<(), TestCaseError> {
    let rollups: Vec<Rollup<'_>> = both.requests.iter().map(Rollup::of).collect();
    let findings = gaisan::check::check(&rollups);
    let checked = findings.iter().filter(|finding| finding.code == "E0407").count();
    let found: usize = diff.chapters.iter().map(|chapter| chapter.continuity.breaks.len()).sum();
    prop_assert_eq!(checked, found, "{:?}", findings.iter().map(|it| &it.message).collect::<Vec<_>>());
    let unused: usize = diff.chapters.iter().map(|chapter| chapter.unused.len()).sum();
    let refused = findings.iter().any(|it| matches!(it.code, "E0410" | "W0412"));
    prop_assert_eq!(
        unused > 0,
        refused,
        "{:?}",
        findings.iter().map(|it| (it.code, &it.message)).collect::<Vec<_>>()
    );
    Ok(())
}

/// The years on a line's sheet say of last year what a comparison says.
fn years_agree(both: &Reading, diff: &Diff<'_>) -> Result<(), TestCaseError> {
    let rollups: Vec<Rollup<'_>> = both.requests.iter().map(Rollup::of).collect();
    let lineage = Lineage::of(&rollups);
    // Two lone chapters are compared whatever they are called; on sheets another id is another chapter.
    let is_other = |it: &ChapterChange<'_>| {
        it.old.zip(it.new).is_some_and(|(old, new)| old.line.id.value != new.line.id.value)
    };
    if diff.chapters.iter().any(is_other) {
        return Ok(());
    }
    for rollup in rollups.iter().filter(|rollup| rollup.request.fiscal_year.value.western() == 2023) {
        for sheet in sheets(rollup, &lineage, Lang::Ja) {
            let Facts::Detail(detail) = &sheet.facts else { continue };
            for series in &detail.line.series {
                let lines = diff.chapters.iter().flat_map(|chapter| &chapter.lines);
                let is_it = |line: &&LineChange<'_>| matches!(&line.new[..], [new] if new.row.line.id.value.as_str() == series.id && new.row.depth > 0);
                let Some(line) = lines.clone().find(is_it) else { continue };
                let place = series.columns.iter().skip(1).position(|head| head == "要求・要望額");
                let row = series.rows.iter().find(|row| row.year == "令和4年度");
                let (Some(place), Some(row)) = (place, row) else { continue };
                let unit = rollup.request.unit;
                let money = line.amounts[0].old;
                let notation = gaisan::notation::Notation::new(Lang::Ja);
                let is_shown = line.old.len() > 1
                    && !line.amounts[0].is_listed
                    && money.addable().is_some()
                    && !money.is_open();
                if is_shown {
                    prop_assert_eq!(
                        &row.figures[place],
                        &notation.cell(&money, unit),
                        "{:?}",
                        line.amounts[0]
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_that_is_said_of_a_comparison_is_one((old, new) in pair()) {
        let both: Vec<(String, String)> = old.texts().into_iter().chain(new.texts()).collect();
        let both = reading(&both);
        let (old, new) = (reading(&old.texts()), reading(&new.texts()));
        compared(&old, &new, None, |diff| {
            for chapter in &diff.chapters {
                is_sound(diff, chapter)?;
            }
            for whole in diff.chapters_together() {
                is_sound(diff, &whole.change)?;
                let moves = |amount: &AmountChange| {
                    [ItemKind::MovedIn, ItemKind::MovedOut].iter().filter_map(|kind| amount.bridge.item(*kind)).count()
                };
                let is_all = whole.chapters.len() == diff.chapters.len();
                let top = whole.change.top().unwrap();
                let mut members = whole.change.lines.iter().flat_map(|line| line.old.iter().chain(&line.new));
                let is_recounted = members.any(|member| !member.row.line.is_addable());
                prop_assert!(!is_all || whole.chapters.len() < 2 || is_recounted || moves(&top.amounts[0]) == 0);
                let parts = whole.chapters.iter().map(|at| diff.chapters[*at].top().unwrap());
                for (at, amount) in top.amounts.iter().enumerate() {
                    let mut parts = parts.clone().map(|top| &top.amounts[at]);
                    let is_known = |money: Money| money.addable().is_some() && !money.is_open();
                    let is_open = |money: Money| !is_known(money) && !money.is_nothing();
                    prop_assert!(!is_known(amount.old) || !parts.clone().any(|part| is_open(part.old)));
                    prop_assert!(!is_known(amount.new) || !parts.any(|part| is_open(part.new)));
                }
            }
            exports_agree(diff)?;
            tables_foot(diff)?;
            breaks_agree(&both, diff)?;
            years_agree(&both, diff)?;
            text(diff, Some(Lang::En));
            Ok(())
        })?;
    }
}
