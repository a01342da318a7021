//! Which line of a chapter a line is that comes in again.

use std::path::Path;

use gaisan::drafting;
use gaisan::read::Project;

use super::again::{FIRST, done, edit, files};
use super::taken;

#[test]
fn a_line_that_was_renamed_where_it_stands_stays_itself() {
    for name in ["避難情報・通信", "情報", "警報の高度化"] {
        let root = tempfile::tempdir().unwrap();
        done(FIRST, root.path());
        let said = done(&FIRST.replace("避難情報", name), root.path());
        assert!(said.contains(&format!("title `避難情報` → `{name}`")) && !said.contains("new"), "{said}");
    }
    // Other words and another amount at its place are another line.
    let root = tempfile::tempdir().unwrap();
    done(FIRST, root.path());
    let said =
        done(&FIRST.replace("避難情報,7,8,1", "警報網,7,9,2").replace("12,14,2", "12,15,3"), root.path());
    assert!(said.contains("new: 警報網"), "{said}");
}

#[test]
fn a_workbook_of_another_year_goes_below_the_folder_of_its_year() {
    let root = tempfile::tempdir().unwrap();
    let to = root.path().join("fy2027").join("bosai");
    let import = taken("要求.csv", FIRST.replace("令和9年度", "令和10年度"));
    let placed = drafting::imports(&Project::default(), &import, &to);
    let folders: Vec<_> = placed.iter().map(|placed| placed.plan.as_ref().unwrap().0.clone()).collect();
    assert_eq!(folders, [root.path().join("fy2028").join("bosai")]);
}

#[test]
fn a_chapter_that_cannot_be_read_is_not_written_a_second_time() {
    for (from, to) in [
        ("programs:", "programs: ["),
        ("fiscal_year: 令和9年度", "fiscal_year: 令和九九"),
        ("gaisan: 1", "gaisan 1"),
    ] {
        let root = tempfile::tempdir().unwrap();
        done(FIRST, root.path());
        edit(root.path(), "request.yaml", from, to);
        let before = files(root.path());
        let import = taken("要求.csv", FIRST);
        let plan = drafting::import(&Project::default(), &import.chapters[0], root.path());
        assert!(plan.is_refused() && plan.files.is_empty(), "{to}");
        assert_eq!(files(root.path()), before);
    }
}

#[test]
fn of_lines_of_one_title_each_stays_itself() {
    let root = tempfile::tempdir().unwrap();
    let sheet = "防災庁,,,\n（単位：千円）,,,\n事項,前年度予算額,R9要求額,備考\n旅費,1,1,\n庁費,2,2,\n旅費,3,3,本局\n計,6,6,\n";
    done(sheet, root.path());
    let before = files(root.path())["request.yaml"].clone();
    let said = done(&sheet.replace("旅費,1,1,\n", "").replace("計,6,6", "計,5,5"), root.path());
    assert!(said.contains("p-1  not in the workbook: 旅費") && !said.contains("p-3"), "{said}");
    let totals =
        |text: &str| text.replacen("requested: 6", "requested: 5", 1).replacen("prior: 6", "prior: 5", 1);
    assert_eq!(files(root.path())["request.yaml"], totals(&before));
    // By its remark, where the amount is another one.
    let root = tempfile::tempdir().unwrap();
    done(sheet, root.path());
    let said = done(
        &sheet.replace("旅費,1,1,\n", "").replace("旅費,3,3", "旅費,3,4").replace("計,6,6", "計,5,6"),
        root.path(),
    );
    assert!(said.contains("p-3  要求 3 → 4"), "{said}");
}

#[test]
fn what_was_corrected_in_the_chapter_alone_stays_and_is_said() {
    let root = tempfile::tempdir().unwrap();
    let sheet = "防災庁,,\n（単位：千円）,,\n事項,前年度予算額,R9要求額\n甲,10,15\n乙,20,25\n計,30,40\n";
    done(sheet, root.path());
    edit(root.path(), "request.yaml", "requested: 25", "requested: 28");
    edit(root.path(), "request.yaml", "requested: 40\n", "");
    let before = files(root.path());
    assert_eq!(done(sheet, root.path()), "p-2  要求（C5） is 25千円 as at the last import; 28千円 stays\n");
    assert_eq!(files(root.path()), before, "and the total that was taken out stays out");
    let said = done(&sheet.replace("20,25", "20,26").replace("30,40", "30,41"), root.path());
    assert_eq!(
        said,
        "x  要求 – → 41 千円（C6）\np-2  要求 28 → 26 千円（C5）\n"
            .replace("x ", &format!("{} ", id(root.path())))
    );
    // What another stage said last is no memory of this one.
    let text = files(root.path())["ids.yaml"].replace("request", "proposal");
    std::fs::write(root.path().join("ids.yaml"), text).unwrap();
    edit(root.path(), "request.yaml", "requested: 26", "requested: 28");
    assert!(
        done(&sheet.replace("20,25", "20,26").replace("30,40", "30,41"), root.path()).contains("28 → 26")
    );
}

fn id(folder: &Path) -> String {
    let text = files(folder)["request.yaml"].clone();
    text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned()
}

#[test]
fn a_file_with_a_part_of_the_lines_says_no_total_of_the_chapter() {
    let root = tempfile::tempdir().unwrap();
    let sheet =
        |line: &str| format!("防災庁,,\n（単位：千円）,,\n事項,前年度予算額,R9要求額\n{line}計,10,15\n");
    let files_of = ["甲,10,15\n", "乙,10,16\n"].map(sheet);
    let all = [
        ("a.csv".to_owned(), files_of[0].clone().into_bytes()),
        ("b.csv".to_owned(), files_of[1].replace("計,10,15", "計,10,16").into_bytes()),
    ];
    let import = gaisan::import::import(&all, &gaisan::import::Options::default());
    drafting::import(&Project::default(), &import.chapters[0], root.path()).apply().unwrap();
    let before = files(root.path())["request.yaml"].clone();
    let import = gaisan::import::import(&all[..1], &gaisan::import::Options::default());
    let plan = drafting::import(&Project::default(), &import.chapters[0], root.path());
    assert!(
        plan.changes.iter().any(|change| change.to_string().contains("a part of the lines")),
        "{:?}",
        plan.changes
    );
    plan.apply().unwrap();
    assert_eq!(files(root.path())["request.yaml"], before);
}

#[test]
fn parts_that_come_in_later_are_all_of_their_line_where_they_add_up() {
    let root = tempfile::tempdir().unwrap();
    let sheet = |parts: &str| {
        format!(
            "防災庁,,\n（単位：千円）,,\n事項,前年度予算額,R9要求額\n１．甲,18,20\n{parts}２．乙,1,1\n計,19,21\n"
        )
    };
    done(&sheet(""), root.path());
    done(&sheet("（１）丙,10,12\n（２）丁,8,8\n"), root.path());
    assert!(
        files(root.path())["request.yaml"].contains("breakdown: complete\n\n  - id: p-2"),
        "{:?}",
        files(root.path())
    );
}

#[test]
fn a_remark_that_changes_while_an_id_is_corrected_is_changed() {
    let root = tempfile::tempdir().unwrap();
    done(FIRST, root.path());
    edit(root.path(), "ids.yaml", "id: p-1,", "id: kansoku,");
    let said = done(&FIRST.replace("推進枠", "重点枠"), root.path());
    assert!(said.contains("note `推進枠` → `重点枠`"), "{said}");
    assert!(!files(root.path())["p-1.yaml"].contains("推進枠"));
}

#[test]
fn ids_that_cannot_be_read_are_not_written_over() {
    let root = tempfile::tempdir().unwrap();
    done(FIRST, root.path());
    edit(root.path(), "ids.yaml", "\nids:", "\nids: [");
    let import = taken("要求.csv", FIRST);
    let is_refused = || drafting::import(&Project::default(), &import.chapters[0], root.path()).is_refused();
    assert!(is_refused());
    edit(root.path(), "ids.yaml", "\nids: [", "\nids:");
    assert!(!is_refused());
    edit(root.path(), "ids.yaml", "{id: p-1,", "{id: p-1, id: p-9,");
    assert!(is_refused());
    // Nor are those that the system does not give.
    std::fs::remove_file(root.path().join("ids.yaml")).unwrap();
    std::fs::create_dir(root.path().join("ids.yaml")).unwrap();
    assert!(is_refused());
}
