//! A law over small random projects, several chapters and every state that an amount may have: all that is said of a comparison is one, and
//! nothing is called known of which a part is not.

use gaisan::diff::{AmountChange, ChapterChange, Column, Diff, ItemKind, LineChange, csv, json};
use gaisan::lineage::Lineage;
use gaisan::model::{Amount, Lang, Money};
use gaisan::read::Reading;
use gaisan::rollup::{Rollup, Row};
use gaisan::sheet::{ChangeRow, Facts, changes, glance, sheets};
use proptest::prelude::*;
use serde_json::Value;

use super::drawn::pair;
use super::{compared, reading, text};

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
