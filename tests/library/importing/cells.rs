//! Every cell of a sheet is taken, verified or named.

use std::collections::BTreeSet;

use gaisan::import::Import;
use proptest::prelude::*;

use rust_xlsxwriter::{Format, Workbook};

use super::{lines, taken};

/// The cells that a report names: those of its findings, of what is left, and of the columns that are not taken.
fn named(import: &Import, rows: &[Vec<String>]) -> BTreeSet<(usize, usize)> {
    let mut cells = BTreeSet::new();
    let mut add = |text: &str| {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != ':') {
            let word = word.trim_end_matches(':');
            let (from, to) = word.split_once(':').unwrap_or((word, word));
            if let (Some(from), Some(to)) = (address(from), address(to)) {
                cells
                    .extend((from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |column| (row, column))));
            }
        }
    };
    for finding in &import.findings {
        add(&import.sources.file(finding.primary.span.file).name);
        add(&format!("{finding:?}"));
    }
    import.left.iter().for_each(|left| add(left));
    for column in
        import.tables.iter().flat_map(|table| &table.columns).filter(|it| it.taken.starts_with("not taken"))
    {
        cells.extend((column.cell.row + 1..rows.len()).map(|row| (row, column.cell.column)));
    }
    cells
}

fn address(text: &str) -> Option<(usize, usize)> {
    let column = text.chars().next().filter(char::is_ascii_uppercase)?;
    let row: usize = text.get(1..)?.parse().ok()?;
    Some((row.checked_sub(1)?, column as usize - 'A' as usize))
}

/// A sheet: a title, a header, lines with odd cells among them, a total, stray words.
fn sheet() -> impl Strategy<Value = Vec<Vec<String>>> {
    let amount = prop_oneof![
        4 => (1..9_000_i32).prop_map(|it| it.to_string()),
        1 => prop::sample::select(vec!["", "－", "事項要求", "(7)", "#REF!", "△ 5", "x", "0", "新規"]).prop_map(str::to_owned),
    ];
    let note = prop::sample::select(vec!["", "", "推進枠", "内数", "新規"]).prop_map(str::to_owned);
    let stray = prop::sample::select(vec!["", "", "", "stray", "99"]).prop_map(str::to_owned);
    let line = (amount.clone(), amount.clone(), amount, note, stray);
    (prop::collection::vec(line, 1..9), any::<bool>(), any::<bool>(), 0..3_usize).prop_map(
        |(lines, has_total, has_foot, wrong)| {
            let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
            let mut rows = vec![
                row(&["", "令和９年度要求", "", "（単位：千円）", "", "", "取扱注意"]),
                row(&["番号", "事項", "前年度予算額", "要求額", "増減額", "備考"]),
            ];
            let (mut before, mut asked) = (0, 0);
            for (at, (prior, requested, change, note, stray)) in lines.into_iter().enumerate() {
                before += prior.parse::<i32>().unwrap_or(0);
                asked += requested.parse::<i32>().unwrap_or(0);
                let change = match (prior.parse::<i32>(), requested.parse::<i32>()) {
                    (Ok(prior), Ok(requested)) if at != wrong => (requested - prior).to_string(),
                    _ => change,
                };
                rows.push(vec![
                    format!("0{at}"),
                    format!("事項{at}"),
                    prior,
                    requested,
                    change,
                    note,
                    String::new(),
                    stray,
                ]);
            }
            if has_total {
                rows.push(row(&[
                    "",
                    "計",
                    &before.to_string(),
                    &(asked + i32::from(wrong == 0)).to_string(),
                ]));
            }
            if has_foot {
                rows.push(row(&["- 1 -"]));
            }
            rows.push(row(&["", "（注）端数がある。"]));
            rows
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_taken_verified_or_named(rows in sheet()) {
        let text: String = rows.iter().map(|row| format!("{}\n", row.join(","))).collect();
        let import = taken("要求.csv", text.clone());
        prop_assume!(!import.is_unreadable());
        let filled: Vec<(usize, usize)> = rows
            .iter()
            .enumerate()
            .flat_map(|(row, cells)| {
                cells.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(move |(column, _)| (row, column))
            })
            .collect();
        let [counted] = &import.cells[..] else { panic!("one sheet: {text}") };
        prop_assert_eq!(counted.taken + counted.verified + counted.named, filled.len());
        let named = named(&import, &rows);
        // What is in no chapter, and was not verified, is named with its place.
        let said = format!("{:?} {:?}", import.chapters, import.tables);
        let is_said = |(row, column): &&(usize, usize)| said.contains(&rows[*row][*column])
                || said.contains(&format!("({}{})", (b'A' + *column as u8) as char, row + 1))
                || said.contains(&format!("row: {row}, column: {column} "));
        let unsaid = filled.iter().filter(|cell| !is_said(cell) && !named.contains(cell)).count();
        prop_assert!(unsaid <= counted.verified, "{unsaid} cells are neither taken nor named, of which {} were verified: {text}\n{:?}", counted.verified, import.left);
        prop_assert!(filled.iter().filter(|cell| named.contains(cell)).count() >= counted.named, "{text}\n{:?}", import.left);
    }
}

#[test]
fn what_a_format_shows_counts_in_scale_sign_and_unit() {
    for (format, stored, shown) in [
        ("#,##0,", 180_000_000.0, "180,000"),
        ("#,##0.0,,", 180_500_000.0, "180.5"),
        ("_ * #,##0_ ;_ * -#,##0_ ", 180.0, "180"),
        ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", 180.0, "180"),
        ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", -180.0, "-180"),
        ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", 180.0, "180"),
        ("\"△\"#,##0", 180.0, "-180"),
        ("#,##0;\"△\"#,##0", 180.0, "180"),
        ("#,##0;\"△\"#,##0", -180.0, "-180"),
        ("#,##0\"百万円\"", 180.0, "180百万円"),
        ("#,##0\"千円\"", 180.0, "180"),
    ] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, text) in ["事項", "R9要求額（千円）"].into_iter().enumerate() {
            sheet.write(0, u16::try_from(column).unwrap(), text).unwrap();
        }
        sheet.write(1, 0, "甲").unwrap();
        sheet.write_with_format(1, 1, stored, &Format::new().set_num_format(format)).unwrap();
        sheet.write(2, 0, "乙").unwrap();
        sheet.write(2, 1, 1).unwrap();
        let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
        assert_eq!(lines(&import)[0], format!("甲: Requested {shown}"), "{format}");
    }
}
