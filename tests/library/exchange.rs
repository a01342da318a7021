//! What goes out to spreadsheets comes in again as it was, and what an officer changed there comes in as that change.

mod drawn;
mod rows;
mod typed;

use std::path::Path;

use gaisan::build::books;
use gaisan::compose::Templates;
use gaisan::drafting::{self, Plan};
use gaisan::examine;
use gaisan::exchange::{Workbook, workbook};
use gaisan::import::{Import, Options, import};
use gaisan::model::{Line, Request, SplitPart};
use gaisan::read::Reading;
use gaisan::rollup::{Entry, Rollup};
use proptest::prelude::*;

use crate::laws::cases;
use drawn::{AMOUNTS, GROUPS, amounts, yaml};
pub(crate) use drawn::{Drawn, drawn, keys};

fn exported(reading: &Reading) -> Workbook {
    workbook(&books(&examine(reading), &Templates::new(&[]).unwrap(), None)).unwrap()
}

fn taken(bytes: &[u8]) -> Import {
    import(&[("要求.xlsx".to_owned(), bytes.to_vec())], &Options::default())
}

/// What comes of a workbook in a folder, which is not written.
fn planned(bytes: &[u8], folder: &Path) -> Plan {
    let import = taken(bytes);
    assert!(import.findings.is_empty(), "{:?}", import.findings);
    let [chapter] = import.chapters.as_slice() else { panic!("{} chapters", import.chapters.len()) };
    let plan = drafting::import(&Default::default(), chapter, folder);
    assert!(plan.findings.is_empty(), "{:?}", plan.findings);
    plan
}

/// All that a table says of a chapter: a row a line.
pub(crate) fn told(request: &Request) -> Vec<String> {
    let split = |parts: &[SplitPart]| {
        let part = |part: &SplitPart| {
            format!(
                "{} {:?} {:?}",
                part.name,
                part.requested.map(|it| it.value),
                part.prior.map(|it| it.value)
            )
        };
        parts.iter().map(part).collect::<Vec<_>>()
    };
    let of_line = |line: &Line| {
        let notes: Vec<String> = line
            .notes
            .iter()
            .map(|note| match &note.kind {
                gaisan::model::NoteKind::InAddition { amount } => {
                    format!("in addition {:?} {:?}", amount.map(|it| it.value), note.text)
                }
                kind => format!("{kind:?} {:?}", note.text),
            })
            .collect();
        format!(
            "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {notes:?}",
            line.id.value,
            line.title,
            line.title_en,
            line.abbreviation,
            line.requested.money.value,
            line.requested.split.map(|(one, other)| (one.value, other.value)),
            line.prior.money.value,
            (line.prior.basis, &line.prior.with),
            line.enacted.map(|it| it.value),
            line.supplementary.map(|it| it.value),
            (split(&line.accounts), split(&line.instruments)),
            line.breakdown.map(|it| it.value),
        )
    };
    let rollup = Rollup::of(request);
    // What a group has in several places of a file stands together in print, and so it comes back.
    let programs = rollup.grouped().into_iter().filter_map(|(_, entry)| match entry {
        Entry::Program(at, _) => Some(rollup.subtree(at)),
        Entry::Group { .. } => None,
    });
    let rows = rollup.chapter().into_iter().chain(programs.flatten()).map(|row| {
        let number = row.program.and_then(|program| program.number.clone());
        let group = row.program.map(|program| &program.group);
        format!("{} {number:?} {group:?} {}", row.depth, of_line(row.line))
    });
    let head = format!(
        "{} {:?} {:?} {:?} {} {:?} {:?}",
        request.ministry,
        request.fiscal_year.value,
        request.stage,
        request.unit,
        request.lang.tag(),
        request.rounding,
        request.frame,
    );
    std::iter::once(head).chain(rows).collect()
}

/// Holds a chapter in a folder against what comes of its workbook, there and in an empty folder.
fn comes_back(folder: &Path) {
    let reading = gaisan::read::read(&[folder.to_path_buf()]);
    let made = exported(&reading);
    assert_eq!(made.bytes, exported(&reading).bytes, "the same request makes the same bytes");
    let plan = planned(&made.bytes, folder);
    assert!(plan.files.is_empty() && plan.changes.is_empty(), "{:?}", plan.changes);
    let anew = tempfile::tempdir().unwrap();
    let anew = anew.path().join("budgets/fy0/again");
    planned(&made.bytes, &anew).apply().unwrap();
    let again = gaisan::read::read(std::slice::from_ref(&anew));
    let [one, other] = [&reading, &again].map(|reading| reading.requests.first().map(told));
    similar_asserts::assert_eq!(one, other);
}

#[test]
fn every_chapter_of_this_repository_comes_back_as_it_was() {
    for folder in ["fy2022/mext-5", "fy2023/mext-5", "fy2024/mext-5", "demo-en"] {
        comes_back(&Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets").join(folder));
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn whatever_a_chapter_says_comes_back_from_a_workbook(
        programs in prop::collection::vec(drawn(), 1..4),
        total in 0..AMOUNTS.len(),
        unit in prop::sample::select(vec!["円", "千円", "百万円", "億円"]),
        is_complete in any::<bool>(),
        groups in prop::collection::vec(prop::sample::select(GROUPS.to_vec()), 4),
    ) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("budgets/fy2027/x");
        std::fs::create_dir_all(&folder).unwrap();
        let mut count = 0;
        let programs = programs.iter().zip(groups);
        let programs: String = programs.map(|(program, group)| yaml(program, 0, &mut count) + group).collect();
        let breakdown = if is_complete { "complete" } else { "partial" };
        let text = format!(
            "gaisan: 1\nid: x\ntitle: 試し\nministry: 防災庁\nfiscal_year: R9\nstage: 概算要求\nunit: {unit}\n{}breakdown: {breakdown}\nprograms:\n{programs}",
            amounts("requested", total),
        );
        std::fs::write(folder.join("request.yaml"), text).unwrap();
        comes_back(&folder);
    }
}

#[test]
fn a_workbook_of_several_chapters_comes_back_into_the_folder_of_each() {
    let root = tempfile::tempdir().unwrap();
    let chapter = |id: &str, year: u16, stage: &str, amount: u16| {
        format!(
            "gaisan: 1\nid: {id}\ntitle: 章\nministry: 府\nfiscal_year: {year}年度\nstage: {stage}\nunit: 千円\nrequested: {amount}\nprior: 7\nbreakdown: complete\nprograms:\n  - id: p\n    title: 甲\n    requested: {amount}\n    prior: 7\n    breakdown: complete\n    children:\n      - {{id: q, title: 乙, requested: {amount}, prior: 7}}\n"
        )
    };
    let budgets = root.path().join("budgets");
    for (path, text) in [
        ("fy2027/甲/request.yaml", chapter("a", 2027, "概算要求", 1)),
        ("fy2027/甲/enacted.yaml", chapter("a", 2027, "成立予算", 2)),
        ("fy2027/b/request.yaml", chapter("b", 2027, "概算要求", 3)),
        ("fy2026/b/request.yaml", chapter("b", 2026, "概算要求", 4)),
    ] {
        std::fs::create_dir_all(budgets.join(path).parent().unwrap()).unwrap();
        std::fs::write(budgets.join(path), text).unwrap();
    }
    let all = |folder: &Path| {
        let reading = gaisan::read::read(&[folder.to_path_buf()]);
        assert!(reading.unreadable.is_empty() && !examine(&reading).has_errors());
        reading.requests.iter().map(told).collect::<std::collections::BTreeSet<_>>()
    };
    let import = taken(&exported(&gaisan::read::read(std::slice::from_ref(&budgets))).bytes);
    assert!(import.findings.is_empty(), "{:?}", import.findings);
    assert_eq!(import.chapters.len(), 4);
    // In place nothing changes, whichever folder is named.
    for to in [budgets.clone(), budgets.join("fy2027")] {
        for placed in drafting::imports(&Default::default(), &import, &to) {
            let (folder, plan) = placed.plan.unwrap();
            assert!(plan.files.is_empty() && plan.changes.is_empty(), "{}: {plan:?}", folder.display());
        }
    }
    // Anew each has a place of its own, and no file takes that of another.
    for to in ["x", "y/fy2027"] {
        let to = root.path().join(to);
        for placed in drafting::imports(&Default::default(), &import, &to) {
            placed.plan.unwrap().1.apply().unwrap();
        }
        assert_eq!(
            all(&root.path().join(to.strip_prefix(root.path()).unwrap().iter().next().unwrap())),
            all(&budgets)
        );
    }
    // Two years of one chapter go where they are, too; where a copy of it stands beside it, nobody knows where.
    let years = [budgets.join("fy2027/b"), budgets.join("fy2026/b")];
    let import = taken(&exported(&gaisan::read::read(&years)).bytes);
    for placed in drafting::imports(&Default::default(), &import, &budgets) {
        assert!(years.contains(&placed.plan.unwrap().0));
    }
    std::fs::create_dir_all(budgets.join("copy")).unwrap();
    std::fs::copy(budgets.join("fy2027/b/request.yaml"), budgets.join("copy/request.yaml")).unwrap();
    let placed = drafting::imports(&Default::default(), &import, &budgets);
    let refused = placed.iter().filter_map(|placed| placed.plan.as_ref()).find(|(_, plan)| plan.is_refused());
    assert!(refused.unwrap().1.findings[0].message.starts_with("the chapter `b` of fy2027 is in `"));
    std::fs::remove_dir_all(budgets.join("copy")).unwrap();
    // Two of one chapter, year and stage cannot be told apart.
    let bytes = || exported(&gaisan::read::read(&[budgets.join("fy2027/b")])).bytes;
    let first = bytes();
    std::fs::write(budgets.join("fy2027/b/request.yaml"), chapter("b", 2027, "概算要求", 5)).unwrap();
    let twice = [("a.xlsx".to_owned(), first), ("b.xlsx".to_owned(), bytes())];
    let import = gaisan::import::import(&twice, &Options::default());
    assert!(
        import.findings[0].message.contains("the chapter `b` of fy2027 is on another sheet"),
        "{import:?}"
    );
}

#[test]
fn a_further_stage_of_a_chapter_leaves_the_files_of_the_first_alone() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let csv = |amount: u16| {
        format!("府,,\n事項,前年度予算額（千円）,R9要求額（千円）\n１．甲,7,{amount}\n（１）乙,7,{amount}\n")
    };
    let import = |amount: u16, stage: gaisan::model::Stage| {
        let options = Options { stage: Some(stage), ..Options::default() };
        gaisan::import::import(&[("要求.csv".to_owned(), csv(amount).into())], &options)
    };
    for (amount, stage) in [(5, gaisan::model::Stage::Request), (6, gaisan::model::Stage::Enacted)] {
        drafting::import(&Default::default(), &import(amount, stage).chapters[0], &folder).apply().unwrap();
    }
    let reading = gaisan::read::read(std::slice::from_ref(&folder));
    let stated: Vec<String> = reading
        .requests
        .iter()
        .map(|request| format!("{:?}", request.programs[0].line.requested.money.value))
        .collect();
    assert!(stated.len() == 2 && stated[0] != stated[1], "{stated:?}");
}

#[test]
fn real_tables_that_came_in_go_out_and_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = ["../shared/sheets", "../../shared/sheets"].map(|path| root.join(path));
    let mut files = vec![root.join("docs/example/request.xlsx")];
    for folder in
        shared.iter().filter(|path| path.is_dir()).take(1).flat_map(|path| [path.clone(), path.join("made")])
    {
        files.extend(std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    let is_table = |path: &&std::path::PathBuf| {
        path.extension().is_some_and(|end| ["csv", "xlsx", "xls"].iter().any(|known| *known == end))
    };
    let mut count = 0;
    for path in files.iter().filter(is_table) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let [unit, other] = ["千円", "USD"].map(gaisan::model::Unit::parse);
        let unit = if name.starts_with("us") || name.starts_with("tw") || name.starts_with("es") {
            other
        } else {
            unit
        };
        let options = Options { unit, year: gaisan::model::FiscalYear::new(2027), ..Options::default() };
        let import = import(&[(name.clone(), std::fs::read(path).unwrap())], &options);
        for chapter in &import.chapters {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join(format!("budgets/{}/x", chapter.year.slug()));
            drafting::import(&Default::default(), chapter, &folder).apply().unwrap();
            let request = folder.join("request.yaml");
            let text = std::fs::read_to_string(&request).unwrap();
            let named = |line: &str| {
                if line.starts_with("# ministry:") { "ministry: m\n".to_owned() } else { format!("{line}\n") }
            };
            std::fs::write(&request, text.lines().map(named).collect::<String>()).unwrap();
            comes_back(&folder);
            count += 1;
        }
    }
    assert!(count > 0);
    eprintln!("{count} chapters");
}

/// The first sheet of the workbook of a chapter in 千円, as XML.
fn first_sheet(keys: &str) -> String {
    let root = tempfile::tempdir().unwrap();
    let head = "gaisan: 1\nid: x\ntitle: 試し\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 千円\n";
    std::fs::write(root.path().join("x.yaml"), format!("{head}{keys}")).unwrap();
    let reading = gaisan::read::read(&[root.path().to_path_buf()]);
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(exported(&reading).bytes)).unwrap();
    let mut sheet = String::new();
    let mut part = parts.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
    sheet
}

#[test]
fn what_was_enacted_is_added_up_only_where_every_part_says_it() {
    let keys = |b: &str| {
        format!(
            "breakdown: complete\nprograms:\n  - {{id: a, title: 甲, requested: 1, prior: 1, enacted: 3}}\n  - {{id: b, title: 乙, requested: 2, prior: 1{b}}}\n  - {{id: c, title: 丙, requested: 終了, prior: 1}}\n"
        )
    };
    let [all, some] = [", enacted: 4", ""].map(|b| first_sheet(&keys(b)));
    assert!(all.contains("<f>SUM(D4:INDEX(D:D,ROW()-1))</f><v>7</v>"), "{all}");
    assert!(!some.contains("SUM(D"), "{some}");
}

#[test]
fn groups_are_rows_with_their_sums_and_the_paper_is_that_of_the_chapter() {
    let sheet = first_sheet(
        "paper: letter\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, group: 局, requested: 1, prior: 1}\n  - {id: b, title: 乙, requested: 2, prior: 1}\n  - {id: c, title: 丙, group: 局, requested: 4, prior: 3}\n",
    );
    for held in [
        "<f>IF(ISREF(B6:B7),SUM(B6:B7),0)</f><v>5</v>",
        "<f>IF(ISREF(C6:C7),SUM(C6:C7),0)</f><v>4</v>",
        "<f>SUMIF(J4:INDEX(J:J,ROW()-1),1,B4:INDEX(B:B,ROW()-1))+SUMIF(J4:INDEX(J:J,ROW()-1),\"\",B4:INDEX(B:B,ROW()-1))</f><v>7</v>",
        "paperSize=\"1\"",
    ] {
        assert!(sheet.contains(held), "{held}: {sheet}");
    }
}

#[test]
fn a_sum_in_a_text_that_the_chapter_does_not_state_is_said_and_not_stated_for_it() {
    let csv = |sum: &str| {
        let top = r#"{gaisan: 1, id: x, title: 試し, fiscal_year: R9, stage: 概算要求, unit: 千円, breakdown: complete}"#;
        format!(
            "試し\n防災庁\ngaisan:title,gaisan:requested,gaisan:prior,gaisan:notes,gaisan:id,gaisan:line,gaisan:shown\n事業,要求,前年度,備考,fy2027/x · 版 0\n甲,3,1,,a,\"{{id: a, title: 甲, requested: 3, prior: 1}}\",\"{{title: 甲, 'gaisan:requested': 3, 'gaisan:prior': 1}}\"\n計,{sum},1,,x,\"{top}\",\"{{title: 計, 'gaisan:requested': 3, 'gaisan:prior': 1}}\"\n"
        )
    };
    for (sum, said) in [("3", None), ("8", Some("`8` stands where the sheet had `3`; it is not taken"))] {
        let import = import(&[("要求.csv".to_owned(), csv(sum).into())], &Options::default());
        assert_eq!(import.findings.first().map(|it| it.message.as_str()), said);
        assert!(import.chapters[0].total.is_empty(), "{:?}", import.chapters[0].total);
    }
}
