use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gaisan::import::{Import, Options, UnderstoodColumn, import};
use gaisan::model::Unit;
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/sheets", "../../shared/sheets"].iter().map(|path| here.join(path)).find(|path| path.is_dir())
}

/// What a person would say on the command line where the sheet says nothing.
fn unit(name: &str) -> Option<Unit> {
    let said = match name.split('_').next()? {
        "tw" => "TWD",
        "es" => "EUR",
        "us" if name.contains("pa_2015") => "thousand USD",
        "us" if name.contains("omb") => return None,
        "us" => "USD",
        _ if name.contains("rs2024") => "円",
        _ => return None,
    };
    Unit::parse(said)
}

fn of(folder: &Path, name: &str) -> Import {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    import(&[(name.to_owned(), bytes)], &Options { unit: unit(name), ..Options::default() })
}

/// What the total says, or else what the lines add up to, without commas.
fn plain(column: &UnderstoodColumn) -> Vec<String> {
    if let Some(total) = &column.total {
        return vec![total.replace(',', "")];
    }
    column.sums.iter().map(|(_, sum)| sum.replace(',', "")).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The sums of a table's columns by their letters, or by their headers where these are years.
fn sums(import: &Import, table: usize) -> BTreeMap<String, Vec<String>> {
    let columns = &import.tables[table].columns;
    let letters = columns.iter().map(|column| {
        let cell = column.cell.to_string();
        (cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(), plain(column))
    });
    letters.chain(columns.iter().map(|column| (column.header.clone(), plain(column)))).collect()
}

#[test]
fn real_spreadsheets_give_the_totals_of_their_sources() {
    let Some(folder) = folder() else { return };
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("EXPECT.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (name, expected) in expected.as_object().unwrap() {
        let import = of(&folder, name);
        let mut check = |what: &str, found: &[String], wanted: String| {
            if found != [wanted.clone()] {
                wrong.push(format!("{name} {what}: {found:?}, not {wanted}"));
            }
        };
        if import.tables.is_empty() {
            check("tables", &[import.findings.iter().map(|it| it.message.clone()).collect()], String::new());
            continue;
        }
        let found = sums(&import, 0);
        for (column, wanted) in expected.get("totals").and_then(Value::as_object).into_iter().flatten() {
            check(column, found.get(column).map_or(&[][..], Vec::as_slice), text(wanted));
        }
        if let Some(wanted) = expected.get("lines").and_then(Value::as_u64) {
            let said = import.tables[0].said.iter().any(|said| said.starts_with(&format!("{wanted} lines")));
            check("lines", &[said.to_string()], "true".to_owned());
        }
        for (year, wanted) in expected.get("totals_by_year").and_then(Value::as_object).into_iter().flatten()
        {
            let sums = import.tables[0].columns.iter().flat_map(|column| &column.sums);
            let of_year: Vec<String> = sums
                .filter(|(of, _)| of.western().to_string() == *year)
                .map(|(_, sum)| sum.replace(',', ""))
                .collect();
            check(year, &of_year, text(wanted));
        }
        for (title, wanted) in expected.get("totals_by").and_then(Value::as_object).into_iter().flatten() {
            check(
                title,
                &[import.tables[0].groups.get(title).cloned().unwrap_or_default().replace(',', "")],
                text(wanted),
            );
        }
        for (title, wanted) in expected.get("fy2026").and_then(Value::as_object).into_iter().flatten() {
            let line = |lines: &[gaisan::import::TakenLine]| {
                let all = lines.iter().flat_map(|line| std::iter::once(line).chain(&line.children));
                let found = all.clone().find(|line| line.title == *title).cloned();
                found.map(|line| {
                    line.amounts.iter().map(|it| it.text.replace(',', "")).collect::<Vec<_>>().join(" ")
                })
            };
            let wanted: Vec<String> = wanted.as_array().unwrap().iter().take(2).map(text).collect();
            check(title, &[line(&import.chapters[0].lines).unwrap_or_default()], wanted.join(" "));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn levels_that_only_codes_tell_are_kept_in_the_codes() {
    let Some(folder) = folder() else { return };
    let import = of(&folder, "es_aragon_2006.csv");
    let mut sums: BTreeMap<char, i128> = BTreeMap::new();
    for line in &import.chapters[0].lines {
        // The second code is ECONOMICA, whose first digit is the chapter of the budget.
        let code = line.code.as_deref().unwrap().split('-').find(|code| code.len() == 6).unwrap();
        let amount = line.amounts[0].money.amount().unwrap();
        *sums.entry(code.chars().next().unwrap()).or_default() += amount.smallest_units();
    }
    assert_eq!((sums[&'1'], sums[&'9']), (78_869_015_300, 12_449_990_406), "{sums:?}");
}

#[test]
fn conflicts_of_real_spreadsheets_are_said_at_their_cells() {
    let Some(folder) = folder() else { return };
    for (name, cells) in [
        ("us_pa_2015.csv", &["us_pa_2015.csv F175", "us_pa_2015.csv F551"][..]),
        ("us_oakland_5year.xlsx", &["us_oakland_5year.xlsx AllFundTables!C54"]),
        ("jp_tokyo_ippan.csv", &["jp_tokyo_ippan.csv D109"]),
    ] {
        let import = of(&folder, name);
        for cell in cells {
            let is_there = import
                .findings
                .iter()
                .any(|finding| import.sources.file(finding.primary.span.file).name == *cell);
            assert!(is_there, "{cell}: {:?}", super::findings(&import));
        }
    }
}
