//! A corrected workbook with a sheet, a heading or a level more: lines stay the lines that they are.

use std::path::Path;

use gaisan::drafting;
use gaisan::read::Project;

use super::again::{done, edit, files};
use super::several::book;
use super::taken;

/// Imports a workbook into a folder; what was said of it.
fn workbook(sheets: &[(&str, &str)], folder: &Path) -> String {
    let import = taken("要求.xlsx", book(sheets));
    let plan = drafting::import(&Project::default(), &import.chapters[0], folder);
    assert!(!plan.is_refused(), "{:?}", plan.findings);
    plan.apply().unwrap();
    plan.changes.iter().map(|change| format!("{change}\n")).collect()
}

const GENERAL: &str =
    "令和9年度予算要求（千円）\n所管：防災庁\n事業名,R8当初,R9要求額\n研修,10,12\n庁舎,50,55\n";
const TAXES: &str = "令和9年度予算要求（千円）\n所管：防災庁\n事業名,R8当初,R9要求額\n研修,1,2\n電算,5,5\n";

#[test]
fn what_a_further_sheet_puts_around_programs_is_a_group_of_theirs() {
    for first in [true, false] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("x");
        workbook(&[("総務課", GENERAL)], &folder);
        edit(&folder, "request.yaml", "title: 研修", "title: 研修   # 課長へ\n    summary: 大事");
        let changed = GENERAL.replace("10,12", "10,13");
        let sheets = match first {
            true => [("総務課", changed.as_str()), ("税務課", TAXES)],
            false => [("税務課", TAXES), ("総務課", &changed)],
        };
        let said = workbook(&sheets, &folder);
        for line in [
            "p-1  group – → `総務課`",
            "p-2  group – → `総務課`",
            "p-1  要求 12 → 13 千円",
            "p-3  new: 研修",
            "p-4  new: 電算",
        ] {
            assert!(said.contains(line), "{line} in {said}");
        }
        assert_eq!(said.lines().count(), 5, "{said}");
        let request = &files(&folder)["request.yaml"];
        assert_eq!(request.matches("group: 総務課\n").count(), 2, "{request}");
        assert_eq!(request.matches("group: 税務課\n").count(), 2, "{request}");
        assert!(request.contains("title: 研修   # 課長へ\n    summary: 大事\n"), "{request}");
        assert_eq!(workbook(&sheets, &folder), "");
        // The sheet goes again, and the groups with it.
        let said = workbook(&[("総務課", &changed)], &folder);
        assert!(
            said.contains("p-1  group `総務課` → –") && said.contains("p-3  not in the workbook"),
            "{said}"
        );
    }
}

const FIRST: &str = "防災庁,,\n令和9年度概算要求（千円）,,\n事項,前年度予算額,要求額\n１．防災,30,35\n（１）観測網,10,15\n（２）資機材,20,20\n２．広報,5,6\n３．調査,8,9\n（１）基礎調査,8,9\n";

#[test]
fn a_heading_more_is_a_group_at_the_top_and_none_below() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(FIRST, &folder);
    let before = files(&folder);
    let headed =
        FIRST.replace("１．防災", "Ⅰ　安全,35,41\n１．防災").replace("３．調査", "Ⅱ　研究,8,9\n３．調査");
    assert_eq!(
        done(&headed, &folder),
        "p-1  group – → `安全`（A5）\np-2  group – → `安全`（A8）\np-3  group – → `研究`（A10）\n"
    );
    assert_eq!(done(&headed, &folder), "");
    let said = done(FIRST, &folder);
    assert_eq!(said.lines().count(), 3, "{said}");
    assert_eq!(files(&folder), before, "and back to the byte");
    let inner = FIRST.replace("（１）観測網,10,15\n（２）資機材", "（１）設備,30,35\n①観測網,10,16\n②資機材");
    assert_eq!(
        done(&inner, &folder),
        "p-1  `設備`（A5） was put around lines of it in the sheet; they stay below it, and `設備` is not taken\n\
         p-1-1  number `（１）` → `①`（A6）\n\
         p-1-1  要求 15 → 16 千円（C6）\n\
         p-1-2  number `（２）` → `②`（A7）\n"
    );
}

#[test]
fn a_line_below_another_parent_goes_over_as_it_is_written() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(FIRST, &folder);
    // Prose and comments that somebody wrote.
    edit(
        &folder,
        "p-1.yaml",
        "  - id: p-1-2\n",
        "  # 港湾局と協議中\n  - id: p-1-2 # 変えない\n    summary: |\n      資機材を\n\n        三年で更新する。\n",
    );
    let before = files(&folder);
    let moved =
        FIRST.replace("１．防災,30,35", "１．防災,10,15").replace("（２）資機材,20,20\n", "").replace(
            "３．調査,8,9\n（１）基礎調査,8,9\n",
            "３．調査,28,30\n（１）基礎調査,8,9\n（２）資機材,20,21\n",
        );
    let said = done(&moved, &folder);
    assert!(said.contains("p-1-2  place `p-1` → `p-3`（A9）\n"), "{said}");
    assert!(said.contains("p-1-2  要求 20 → 21 千円（C9）\n"), "{said}");
    assert!(!said.contains("new") && !said.contains("not in the workbook"), "{said}");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let entry = "  # 港湾局と協議中\n  - id: p-1-2 # 変えない\n    summary: |\n      資機材を\n\n        三年で更新する。\n";
    assert!(text("p-3.yaml").contains(entry), "{}", text("p-3.yaml"));
    assert!(!text("p-1.yaml").contains("p-1-2"), "{}", text("p-1.yaml"));
    assert_eq!(done(&moved, &folder), "", "once");
    let there = ["p-1.yaml", "p-3.yaml"].map(|name| (name, text(name)));
    done(FIRST, &folder);
    assert_eq!(files(&folder), before, "and back to the byte");
    // Moved by hand it stays as long as the table has it where it had it.
    there.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    let said = done(FIRST, &folder);
    assert!(!said.contains("place") && text("p-3.yaml").contains(entry), "{said}");
    let first =
        ["p-1.yaml", "p-3.yaml"].map(|name| before.iter().find(|file| file.0.ends_with(name)).unwrap());
    first.iter().for_each(|(path, text)| std::fs::write(folder.join(path), text).unwrap());
    // The only part of a line cannot leave it: how it is done by hand is said.
    let alone = FIRST
        .replace("（１）基礎調査,8,9\n", "")
        .replace("３．調査,8,9\n", "３．調査,0,0\n")
        .replace("１．防災,30,35\n", "１．防災,38,44\n（０）基礎調査,8,9\n");
    let said = done(&alone, &folder);
    assert!(
        said.contains("p-3-1  its row stands below `p-1` in the sheet; the line stays below `p-3`: to move it, cut its entry at")
            && said.contains("p-3.yaml:"),
        "{said}"
    );
    // A name that several lines have says nothing: 旅費 of another line is another one.
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let common = |second: &str, third: &str| {
        format!(
            "防災庁,,\n令和9年度概算要求（千円）,,\n事項,前年度予算額,要求額\n１．防災,,\n（１）旅費,10,15\n{second}２．広報,,\n（１）印刷,8,9\n{third}３．調査,,\n（１）旅費,4,5\n"
        )
    };
    done(&common("（２）会議,3,4\n（３）庁費,7,7\n", ""), &folder);
    let said = done(&common("（２）会議,3,4\n", "（２）旅費,1,2\n"), &folder);
    assert!(said.contains("p-2-2  new: 旅費"), "{said}");
}

#[test]
fn a_row_that_is_gone_leaves_its_lines_where_they_are() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(FIRST, &folder);
    let flat = FIRST
        .replace(
            "１．防災,30,35\n（１）観測網,10,15\n（２）資機材,20,20\n",
            "１．観測網,10,15\n２．資機材,20,22\n",
        )
        .replace("２．広報", "３．広報")
        .replace("３．調査", "４．調査");
    let said = done(&flat, &folder);
    assert!(
        said.contains("p-1  its row is gone, and those of its lines are there; they stay below it\n"),
        "{said}"
    );
    assert!(said.contains("p-1-2  要求 20 → 22 千円") && !said.contains("new:"), "{said}");
}

#[test]
fn a_number_that_a_line_ever_had_is_given_to_no_other() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(FIRST, &folder);
    for name in ["p-1.yaml", "ids.yaml"] {
        edit(&folder, name, "id: p-1-2", "id: shizai");
    }
    let second =
        FIRST.replace("（１）観測網,10,15\n（２）資機材", "（１）訓練,0,4\n（２）観測網,10,15\n（３）資機材");
    let said = done(&second, &folder);
    assert!(said.contains("p-1-3  new: 訓練"), "{said}");
    // Nor is that of a program.
    for name in ["request.yaml", "ids.yaml"] {
        edit(&folder, name, "id: p-2", "id: koho");
    }
    let said = done(&second.replace("２．広報", "２．国際,1,1\n３．広報"), &folder);
    assert!(said.contains("p-4  new: 国際"), "{said}");
}

#[test]
fn another_unit_than_at_the_last_import_is_said() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    done(FIRST, &folder);
    let said = done(&FIRST.replace("（千円）", "（百万円）"), &folder);
    let what = "x  the table counts in 百万円 now, and did in 千円 at the last import; the chapter goes on in 千円\n";
    assert!(said.contains(what), "{said}");
    assert!(!done(&FIRST.replace("（千円）", "（百万円）"), &folder).contains(what), "once");
}
