//! What the changes of a comparison add up to, and what rounding has to do with it.

use gaisan::diff::{Diff, Threshold, csv, json};
use gaisan::model::Lang;

use super::{chapter, chapters, compared, shown, stat, text};

/// What the leading bridge of a chapter holds: kind, amount in 百万円, lines.
fn items(diff: &Diff<'_>) -> Vec<String> {
    let bridge = &diff.chapters[0].top().unwrap().amounts[0].bridge;
    let items = bridge.items.iter();
    items
        .map(|item| format!("{} {} {}", item.kind.slug(), item.amount.to_base_units_string(), item.lines))
        .collect()
}

fn lines(amounts: &[&str]) -> String {
    let lines = amounts.iter().enumerate();
    let lines = lines.map(|(at, amount)| {
        format!("  - id: n{at}\n    title: 事業{at}\n    requested: {amount}\n    prior: 1\n")
    });
    format!("breakdown: complete\nprograms:\n{}", lines.collect::<String>())
}

#[test]
fn an_amount_and_the_same_one_rounded_are_the_same() {
    for (rounding, coarse, fine, is_same) in [
        ("", "1,148", "1,147.797", true),
        ("", "1,147", "1,147.797", true),
        ("", "1,148", "1,146.9", false),
        ("", "1,148", "1,149", false),
        ("", "1,148", "1,149.0", false),
        ("rounding: 四捨五入\n", "1,147", "1,147.797", false),
        ("rounding: 切捨て\n", "1,147", "1,147.797", true),
        ("rounding: 切捨て\n", "1,148", "1,147.797", false),
        ("", "831億円", "83,149", true),
        ("", "831億円", "83,250", false),
        ("", "△154", "△153.6", true),
        ("", "1,148", "1,147,797千円", true),
    ] {
        let year = |year, amount| chapter(year, &format!("{rounding}{}", lines(&[amount, "50"])));
        for (old, new) in [(coarse, fine), (fine, coarse)] {
            compared(&year(2022, old), &year(2023, new), None, |diff| {
                assert_eq!(diff.is_same(), is_same, "{rounding}{old} → {new}");
                let is_told = text(diff, None).is_empty();
                assert_eq!(is_told, is_same, "{rounding}{old} → {new}");
                let said = [stat(diff, None), csv(diff).unwrap(), json(diff)];
                let words = ["端数処理の範囲で同額", "same_within_rounding", "same_within_rounding"];
                for (said, word) in said.iter().zip(words) {
                    assert_eq!(said.contains(word), is_same, "{rounding}{old} → {new}: {said}");
                }
                assert!(!is_same || items(diff).iter().all(|item| item.starts_with("rounding")));
                for limit in ["change", "decrease", "increase"] {
                    let hits = Threshold::parse(limit).unwrap().hits(diff);
                    assert!(!is_same || hits.is_empty(), "{hits:?}");
                }
            });
        }
    }
}

#[test]
fn rounding_among_changes_is_told_apart_from_them() {
    let old = chapter(2022, &lines(&["1,148", "500", "70"]));
    let new = chapter(2023, &lines(&["1,147.797", "520", "70"]));
    insta::assert_snapshot!(shown(&old, &new));
    // What does not add up is no rounding.
    let old = chapter(2022, &format!("requested: 900\nprior: 1\n{}", lines(&["400", "500"])));
    let new = chapter(2023, &format!("requested: 1,000\nprior: 1\n{}", lines(&["400", "500"])));
    compared(&old, &new, None, |diff| assert!(!diff.is_same()));
}

#[test]
fn every_line_stands_in_one_item_and_has_one_word() {
    let old = chapter(2022, &lines(&["100", "50", "30", "0", "10", "7"]));
    let new = chapter(2023, &lines(&["99", "終了", "0", "20", "事項要求", "7"]));
    compared(&old, &new, None, |diff| {
        assert_eq!(
            items(diff),
            ["increased 20000000 1", "decreased -31000000 2", "ended -50000000 1", "open -10000000 1"]
        );
        for (lang, word) in [(Lang::Ja, "終了"), (Lang::En, "ended")] {
            let sheets = gaisan::sheet::changes(diff, Some(lang));
            let gaisan::sheet::Facts::Change(change) = &sheets[0].1.facts else { unreachable!() };
            let steps = &change.tables[0].steps;
            let named: Vec<&str> = steps.iter().flat_map(|step| step.detail.lines()).collect();
            let mut lines: Vec<&str> = named.iter().map(|name| name.split(' ').next().unwrap()).collect();
            lines.sort_unstable();
            lines.dedup();
            assert_eq!(lines.len(), named.len(), "{named:?}");
            let alt = &change.chart.as_ref().unwrap().alt;
            assert!(named.iter().all(|name| alt.contains(name)), "{alt}");
            let row = change.tables[0].rows.iter().find(|row| row.name == "事業1").unwrap();
            let mover = change.movers.iter().find(|mover| mover.title == "事業1").unwrap();
            assert_eq!((row.what.as_str(), row.figures[3].as_str(), mover.remark.as_str()), (word, "", word));
        }
    });
}

#[test]
fn the_changes_of_a_table_add_up_however_much_it_leaves_out() {
    let office = |at: usize, amounts: &[i64]| {
        let lines = amounts.iter().enumerate().map(|(line, amount)| {
            format!("      - {{id: n{at}-{line}, title: 給与, requested: {amount}, prior: 1}}\n")
        });
        let lines: String = lines.collect();
        format!("  - id: o{at}\n    title: 局{at}\n    breakdown: complete\n    children:\n{lines}")
    };
    let all = |year: u16| -> String {
        let offices = (0..12_i64).map(|at| {
            let amounts: Vec<i64> =
                (0..20).map(|line| 1_000 + (at * 31 + line * i64::from(year % 7)) % 97 * 11).collect();
            office(usize::try_from(at).unwrap(), &amounts)
        });
        format!("breakdown: complete\nprograms:\n{}", offices.collect::<String>())
    };
    let (a, b) = (all(2022), all(2023));
    let old = chapters(2022, &[("mext-5", &a), ("mext-6", &a)]);
    let new = chapters(2023, &[("mext-5", &b), ("mext-6", &a)]);
    compared(&old, &new, None, |diff| {
        let glance = gaisan::sheet::glance(diff, None, false);
        assert_eq!(glance.len(), 1, "both chapters at once");
        let table = &glance[0].tables[0];
        let number = |text: &str| -> i64 {
            let text = text.replace(',', "").replace('△', "-");
            if text.is_empty() { 0 } else { text.parse().unwrap() }
        };
        let (total, rows) = table.rows.split_last().unwrap();
        assert!(rows.len() < 20 && !table.cut.is_empty());
        // A line whose parts are shown is their sum and not counted again.
        let has_parts = |at: usize| rows.get(at + 1).is_some_and(|next| next.depth > rows[at].depth);
        let ends = rows.iter().enumerate().filter(|(at, _)| !has_parts(*at));
        let sum: i64 = ends.map(|(_, row)| number(&row.figures[2])).sum();
        assert_eq!(sum, number(&total.figures[2]));
        // What is named as having moved most stands in the table.
        for mover in &glance[0].movers {
            let is_it = |row: &gaisan::sheet::ChangeRow| {
                row.name == mover.title && row.figures[2] == mover.figure.replace('＋', "")
            };
            assert!(rows.iter().any(is_it), "{mover:?}");
        }
        let text = text(diff, None);
        assert!(text.lines().count() <= 50, "{text}");
        insta::assert_snapshot!("a_large_comparison", text);
        let whole = gaisan::sheet::glance(diff, None, true);
        let lines: usize = whole.iter().skip(1).map(|change| change.tables[0].rows.len()).sum();
        assert_eq!(lines, 2 * (12 * 21 + 1));
    });
}
