//! From a table that was taken to a chapter, and from the corrected table to the same chapter with what changed.

use std::path::Path;

use gaisan::drafting::{Plan, import, program};
use gaisan::import::{Aside, Cell, Figure, Origin, Place, Taken, TakenAmount, TakenLine};
use gaisan::model::{FiscalYear, Money, Stage, Unit};
use gaisan::read::Project;
use gaisan::{examine, read};
use insta::assert_snapshot;

/// A line with its amounts of both years; its children are indented by two.
fn table(text: &str) -> Taken {
    let mut rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    let lines = below(&mut rows, 0);
    Taken {
        empty: Vec::new(),
        origins: vec![Origin {
            file: "in/要求.xlsx".to_owned(),
            sheet: Some("総括表".to_owned()),
            range: (Cell { row: 0, column: 0 }, Cell { row: 9, column: 4 }),
        }],
        title: Some("防災対策の推進".to_owned()),
        ministry: Some("内閣府".to_owned()),
        unit: Unit::parse("千円").unwrap(),
        year: FiscalYear::new(2027).unwrap(),
        stage: Stage::Request,
        rounding: None,
        lines,
        total: Vec::new(),
        notes: Vec::new(),
        unremarked: Vec::new(),
        unmarked: Vec::new(),
        kept: None,
        made: std::collections::BTreeSet::new(),
    }
}

fn below<'t, I: Iterator<Item = (usize, &'t str)>>(
    rows: &mut std::iter::Peekable<I>,
    indent: usize,
) -> Vec<TakenLine> {
    let mut lines = Vec::new();
    while let Some((row, text)) = rows.next_if(|(_, text)| text.len() - text.trim_start().len() == indent) {
        let mut cells = text.split('|').map(str::trim);
        let title = cells.next().unwrap().to_owned();
        let figures = [(Figure::Requested, 3), (Figure::Prior, 4), (Figure::Wish, 5)];
        let amounts = cells.by_ref().take(2).zip(figures).filter(|(text, _)| !text.is_empty()).map(
            |(text, (figure, column))| TakenAmount {
                figure,
                account: None,
                money: Money::parse(text, Unit::parse("千円").unwrap()).unwrap(),
                text: text.to_owned(),
                place: Place { origin: 0, cell: Cell { row, column } },
            },
        );
        let amounts = amounts.collect();
        let code = cells.next().map(str::to_owned);
        let children = below(rows, indent + 2);
        lines.push(TakenLine {
            title,
            amounts,
            code,
            is_complete: true,
            origin: Place { origin: 0, cell: Cell { row, column: 1 } },
            children,
            ..TakenLine::default()
        });
    }
    lines
}

const FIRST: &str = "
避難所の整備|3,541,800|3,200,000
  備蓄|541,800|200,000
  施設|3,000,000|3,000,000|0102
Early Warning|1,000|新規
人材育成|事項要求|40
";

pub(crate) fn written(folder: &Path) -> String {
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    let text = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        format!("=== {name}\n{}", std::fs::read_to_string(path).unwrap())
    };
    all.iter().map(text).collect()
}

pub(crate) fn said(plan: &Plan) -> String {
    plan.changes.iter().map(|change| format!("{change}\n")).collect()
}

fn done(taken: &Taken, folder: &Path) -> String {
    let plan = import(&Project::default(), taken, folder);
    assert!(!plan.is_refused(), "{:?}", plan.findings);
    plan.apply().unwrap();
    said(&plan)
}

#[test]
fn a_table_becomes_a_chapter_that_has_no_errors() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/bosai");
    let said = done(&table(FIRST), &folder);
    assert_snapshot!("first", format!("{said}{}", written(&folder)));
    let reading = read::read(std::slice::from_ref(&folder));
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{:?}", examined.findings);
    // Nothing new is nothing to do.
    let again = import(&Project::default(), &table(FIRST), &folder);
    assert!(again.files.is_empty() && again.changes.is_empty(), "{again:?}");
}

#[test]
fn no_file_of_a_chapter_is_written_over_another() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/x");
    done(&table("Request|30|20\n  甲|10|5\n  乙|20|15\nIds|7|6\n  丙|7|6\n"), &folder);
    let reading = read::read(std::slice::from_ref(&folder));
    let titles: Vec<&str> =
        reading.requests[0].programs.iter().map(|program| program.line.title.as_str()).collect();
    assert_eq!(titles, ["Request", "Ids"], "{}", written(&folder));
    assert!(!examine(&reading).has_errors(), "{:?}", examine(&reading).findings);
}

#[test]
fn the_corrected_table_changes_its_figures_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/bosai");
    done(&table(FIRST), &folder);
    // The officer writes into the files.
    let file = folder.join("p-1.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("requested: 3,541,800", "requested: '3,541,800'   # 8月20日");
    std::fs::write(
        &file,
        format!("# 担当：鈴木\r\n{}\r\nsummary: |\r\n  概要。\r\n", text.replace('\n', "\r\n")),
    )
    .unwrap();
    let before = written(&folder);
    let second = FIRST
        .replace("3,541,800", "3,600,000")
        .replace("541,800", "550,000")
        .replace("  施設|3,000,000", "  訓練|50,000|新規\n  施設|3,000,000")
        .replace("人材育成|事項要求|40\n", "観測網|700|600\n  地震計|700|600\n");
    let said = done(&table(&second), &folder);
    let after = written(&folder);
    let changed = difference(&before, &after).replace("\r\n", "⏎\n");
    let said = said.replace(&folder.display().to_string(), "bosai");
    assert_snapshot!("again", format!("{said}{changed}"));
    let again = import(&Project::default(), &table(&second), &folder);
    assert!(again.files.is_empty() && again.changes.len() == 1, "{again:?}");
}

#[test]
fn an_id_is_corrected_once_wherever_that_is_done() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("budgets/fy2027/bosai");
    done(&table(FIRST), &folder);
    let edit = |name: &str, from: &str, to: &str| {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        std::fs::write(file, text.replace(from, to)).unwrap();
    };
    edit("ids.yaml", "id: p-1-1,", "id: bichiku,");
    edit("request.yaml", "id: p-3", "id: jinzai");
    assert_eq!(done(&table(FIRST), &folder), "p-1-1  id → bichiku (ids.yaml)\n");
    let all = written(&folder);
    for there in [
        "- id: bichiku",
        "id: bichiku, path: 避難所の整備 ＞ 備蓄",
        "- id: jinzai",
        "id: jinzai, path: 人材育成",
    ] {
        assert!(all.contains(there), "{there}\n{all}");
    }
    assert_eq!(done(&table(FIRST), &folder), "");
    // Next year's chapter has the same ids.
    let next = Taken { year: FiscalYear::new(2028).unwrap(), ..table(FIRST) };
    let folder = root.path().join("budgets/fy2028/bosai");
    done(&next, &folder);
    let all = written(&folder);
    assert!(all.contains("id: bichiku") && all.contains("id: jinzai"), "{all}");
}

#[test]
fn a_chapter_that_cannot_be_read_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(&table(FIRST), &folder);
    let file = folder.join("p-1.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replace("3,000,000", "3,00,000");
    std::fs::write(&file, text).unwrap();
    let before = written(&folder);
    let plan = import(&Project::default(), &table(&FIRST.replace("1,000", "2,000")), &folder);
    assert!(plan.is_refused() && plan.files.is_empty());
    assert_eq!(written(&folder), before);
}

#[test]
fn all_files_are_written_or_none() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(&table(FIRST), &folder);
    let before = written(&folder);
    let mut plan = import(
        &Project::default(),
        &table(&FIRST.replace("3,541,800", "3,600,000").replace("1,000", "2,000")),
        &folder,
    );
    // A folder stands where the last file is to be.
    std::fs::create_dir_all(folder.join("zz.yaml/inside")).unwrap();
    plan.files.insert(folder.join("zz.yaml"), b"x".to_vec());
    let failure = plan.apply().unwrap_err();
    assert!(failure.to_string().contains("zz.yaml"), "{failure}");
    std::fs::remove_dir_all(folder.join("zz.yaml")).unwrap();
    assert_eq!(written(&folder), before);
}

#[test]
fn of_which_and_recounts_are_shown_and_not_added() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let mut taken = table("総額|100|90\n  うちA|30|20\n  うちB|10|20\n別掲|40|40\n再び|40|40\n");
    for child in &mut taken.lines[0].children {
        child.aside = Some(Aside::OfWhich);
    }
    taken.lines[2].aside = Some(Aside::Recount);
    taken.total = taken.lines[0].amounts.clone();
    taken.total.iter_mut().for_each(|amount| {
        amount.text = if amount.figure == Figure::Prior { "130" } else { "140" }.to_owned();
        amount.money = Money::parse(&amount.text, taken.unit).unwrap();
    });
    done(&taken, &folder);
    let reading = read::read(std::slice::from_ref(&folder));
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{:?}\n{}", examined.findings, written(&folder));
}

/// A copy of the repository's chapters under another folder of their year.
pub(crate) fn copied(from: &str, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets").join(from)).unwrap()
    {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

pub(crate) fn difference(before: &str, after: &str) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{}{}", change.tag(), change.value())).collect()
}

#[test]
fn a_program_more_stands_at_the_end_of_its_chapter() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo");
    copied("demo-en", &folder);
    let before = std::fs::read_to_string(folder.join("request.yaml")).unwrap();
    program(&Project::default(), "tide-mills", Some("Tide: Mills"), &folder).unwrap().apply().unwrap();
    let after = std::fs::read_to_string(folder.join("request.yaml")).unwrap();
    assert_eq!(after, format!("{before}\n  - tide-mills.yaml\n"));
    let reading = read::read(std::slice::from_ref(&folder));
    assert_eq!(reading.requests[0].programs.last().unwrap().line.title, "Tide: Mills");
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    for (id, why) in
        [("tide-mills", "is taken"), ("Tide Mills", "did you mean `tide-mills`?"), ("east-mole", "East Mole")]
    {
        let error = program(&Project::default(), id, None, &folder).unwrap_err();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn a_wish_an_account_and_boxes_of_a_form_are_written_where_they_say_something() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let taken = |wish: &str, requested: &str| {
        let mut taken = table(&format!("甲|{requested}|20\n乙|5|新規\n"));
        let figure = |figure: Figure, text: &str, column: usize| TakenAmount {
            figure,
            account: None,
            money: Money::parse(text, taken.unit).unwrap(),
            text: text.to_owned(),
            place: Place { origin: 0, cell: Cell { row: 0, column } },
        };
        let parts = [figure(Figure::Request, "30", 5), figure(Figure::Wish, wish, 6)];
        taken.lines[0].amounts.extend(parts);
        taken.lines[1].notes = vec!["新規".to_owned(), "他省と共同".to_owned()];
        for line in &mut taken.lines {
            line.account = Some("一般会計".to_owned());
        }
        taken.lines[1].account = Some("特別会計".to_owned());
        taken.lines[1].amounts[0].text = "5千円".to_owned();
        let box_text = "・観測網を広げる\n　（沿岸）\n① 更新\nその他";
        taken.lines[1].texts = vec![("事業の内容".to_owned(), box_text.to_owned())];
        taken
    };
    let first = done(&taken("0", "30"), &folder);
    let written_first = written(&folder);
    let second = done(&taken("10", "40"), &folder);
    let third = done(&taken("12", "42"), &folder);
    assert_eq!(done(&taken("12", "42"), &folder), "");
    let reading = read::read(std::slice::from_ref(&folder));
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{:?}\n{}", examined.findings, written(&folder));
    let changes = difference(&written_first, &written(&folder));
    assert_snapshot!("wishes", format!("{first}{written_first}--- {second}--- {third}---\n{changes}"));
}

#[test]
fn a_draft_bears_its_mark_in_every_format() {
    let chapter = |requested: &str| {
        format!(
            "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {{id: a, title: A, requested: {requested}, prior: 3}}\n  - {{id: b, title: B, requested: 4, prior: 3}}\n"
        )
    };
    let marks = |text: &str| -> Vec<Option<&'static str>> {
        let reading = read::read_texts(&[("request.yaml", text)]);
        let examined = examine(&reading);
        assert!(!examined.has_errors(), "{:?}", examined.findings);
        let lineage = gaisan::lineage::Lineage::of(&examined.rollups);
        let sheets = gaisan::sheet::sheets(&examined.rollups[0], &lineage, gaisan::model::Lang::Ja);
        sheets.iter().map(|sheet| sheet.imprint.draft).collect()
    };
    assert_eq!(marks(&chapter("未定")), [Some("未定稿"), Some("未定稿"), None]);
    assert_eq!(marks(&chapter("5")), [None, None, None]);

    let document = gaisan::document::read(
        &format!("# 題\n\n{}", "本文の段落。\n\n".repeat(200)),
        gaisan::model::Lang::Ja,
    );
    let figures = gaisan::figure::Figures::new();
    let imprint = gaisan::render::Imprint { draft: Some("未定稿"), ..crate::pdf::sheet::imprint() };
    let fonts = gaisan::typeface::Fonts::builtin().unwrap();
    let layout =
        gaisan::render::pdf::layout::layout(&document, &figures, &imprint, fonts, &Default::default());
    assert!(layout.pages.len() > 2);
    for page in &layout.pages {
        let first = &page.items[0];
        assert_eq!(first.leaf, None);
        let gaisan::render::pdf::layout::Drawn::Text(text) = &first.drawn else { panic!("{first:?}") };
        assert!(text.text == "未定稿" && text.size > 80.0 && text.x > 0.0);
    }
    assert!(gaisan::render::html::page(&document, &figures, &imprint).contains(">未定稿</p>"));
    assert!(gaisan::render::markdown::page(&document, &figures, &imprint).contains("# 題\n\n**未定稿**\n"));
}

/// What gaisan writes and reads in a chapter's folder for itself is no program's, by whichever way that comes.
#[test]
fn names_that_gaisan_keeps_for_itself_are_no_programs() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo");
    copied("demo-en", &folder);
    let before = written(&folder);
    for id in ["ids", "gaisan", "columns", "overview"] {
        let error = program(&Project::default(), id, None, &folder).unwrap_err();
        assert!(error.contains(id) && error.ends_with("choose another id"), "{error}");
    }
    assert_eq!(written(&folder), before);

    let new = root.path().join("new");
    let mut taken = table("IDs|10|20\ngaisan|1|2\nColumns|1|2\nOverview|1|2\nRequest|1|2\n");
    for line in &mut taken.lines {
        let part = TakenLine { title: "甲".to_owned(), ..line.clone() };
        line.children = vec![part];
    }
    let plan = import(&Project::default(), &taken, &new);
    plan.apply().unwrap();
    let reading = read::read(std::slice::from_ref(&new));
    let ids: Vec<&str> =
        reading.requests[0].programs.iter().map(|program| program.line.id.value.as_str()).collect();
    assert_eq!(ids, ["ids-1", "gaisan-1", "columns-1", "overview-1", "request"]);
    let files: Vec<String> =
        plan.files.keys().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let names = ["columns-1", "gaisan-1", "ids-1", "ids", "overview-1", "request-request", "request"]
        .map(|it| format!("{it}.yaml"));
    assert_eq!(files, names);
    // An id that a person gave stays, and no file of it takes another's place.
    let of_ids = std::fs::read_to_string(new.join("ids.yaml")).unwrap();
    let third = root.path().join("third");
    std::fs::create_dir_all(&third).unwrap();
    std::fs::write(third.join("ids.yaml"), of_ids.replace("ids-1", "ids")).unwrap();
    let plan = import(&Project::default(), &taken, &third);
    assert!(plan.files.contains_key(&third.join("ids-request.yaml")), "{:?}", plan.files.keys());
}

/// A file of a program that is called as one of gaisan's own is a finding, and nothing writes over it.
#[test]
fn no_import_writes_over_a_program_in_a_file_of_gaisans_own_name() {
    let taken = table("甲|10|20\n");
    for name in ["ids.yaml", "IDS.yaml", "./ids.yaml", "gaisan.yaml", "columns.yaml"] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("x");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("request.yaml"),
            format!("gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {name}\n"),
        )
        .unwrap();
        std::fs::write(folder.join(name), "id: a\ntitle: 甲\nrequested: 10\nprior: 20\n").unwrap();
        let before = written(&folder);
        let reading = read::read(std::slice::from_ref(&folder));
        let found: Vec<&str> = reading.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found, ["E0109"], "{name} {:?}", reading.findings);
        let plan = import(&Project::default(), &taken, &folder);
        assert!(!plan.findings.is_empty() && plan.files.is_empty(), "{name} {:?}", plan.changes);
        std::fs::remove_file(folder.join("request.yaml")).unwrap();
        let plan = import(&Project::default(), &taken, &folder);
        assert_eq!(!plan.findings.is_empty(), name.ends_with("/ids.yaml") || name == "ids.yaml", "{name}");
        std::fs::write(folder.join("request.yaml"), &before).unwrap();
    }
}
