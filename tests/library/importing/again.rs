//! A workbook that comes in again: what it changed is changed in place, what the officer wrote stays.

use std::collections::BTreeMap;
use std::path::Path;

use gaisan::drafting;
use gaisan::read::Project;
use proptest::prelude::*;

use super::taken;

/// Imports a sheet into a folder; what was said of it.
pub(super) fn done(csv: &str, folder: &Path) -> String {
    let import = taken("要求.csv", csv);
    let plan = drafting::import(&Project::default(), &import.chapters[0], folder);
    assert!(!plan.is_refused(), "{:?}", plan.findings);
    plan.apply().unwrap();
    plan.changes.iter().map(|change| format!("{change}\n")).collect()
}

pub(super) fn files(folder: &Path) -> BTreeMap<String, String> {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.map(|path| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap())
    })
    .collect()
}

pub(super) fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

pub(super) const FIRST: &str = "防災庁,,,,\n令和9年度概算要求　総括表,,,（単位：千円）,\n事項,前年度予算額,要求額,増減額,備考\n１．観測網,5,6,1,推進枠\n（１）海底,3,3,0,\n（２）潮位,2,3,1,R6～R10\n２．避難情報,7,8,1,共管\n　うち研修（再掲）,1,2,1,\n合計,12,14,2,\n（注）四捨五入による。,,,,\n";

#[test]
fn what_the_sheet_says_otherwise_is_taken_over_and_taken_back_to_the_byte() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("bosai");
    done(FIRST, &folder);
    assert!(
        files(&folder)["request.yaml"].contains("title: 総括表\n"),
        "without the year: {:?}",
        files(&folder)
    );
    assert!(files(&folder)["p-2.yaml"].contains("title: 研修（再掲）\n"), "sheets say うち themselves");
    edit(&folder, "p-1.yaml", "text: 推進枠}", "text: 推進枠}   # 主計局へ");
    let before = files(&folder);
    let second = FIRST
        .replace("推進枠", "重点枠")
        .replace("R6～R10", "")
        .replace("海底,3,3,0,", "海底,3,3,0,新しい備考")
        .replace("２．避難情報", "３．避難情報")
        .replace("四捨五入", "切捨て");
    assert_eq!(
        done(&second, &folder),
        "bosai  rounding `四捨五入` → `切捨て`\n\
         bosai  note `（注）四捨五入による。` → `（注）切捨てによる。`\n\
         p-1  note `推進枠` → `重点枠`（A4）\n\
         p-1-1  note – → `新しい備考`（A5）\n\
         p-1-2  note `R6～R10` → –（A6）\n\
         p-2  number `２` → `３`（A7）\n"
    );
    let after = files(&folder);
    assert!(after["p-1.yaml"].contains("text: 重点枠}   # 主計局へ"), "{}", after["p-1.yaml"]);
    assert!(!after["p-1.yaml"].contains("R6"), "{}", after["p-1.yaml"]);
    assert_eq!(done(&second, &folder), "");
    done(FIRST, &folder);
    assert_eq!(files(&folder), before, "editing back gives the same bytes");
}

#[test]
fn what_the_officer_wrote_stays_as_long_as_the_sheet_does_not_change_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("bosai");
    done(FIRST, &folder);
    edit(&folder, "p-1.yaml", "title: 観測網", "title: 観測網の整備");
    edit(&folder, "p-1.yaml", "text: 推進枠}", "text: 新しい資本主義推進枠}");
    edit(&folder, "p-2.yaml", "text: 共管}", "text: 共管}\n  - {kind: remark, text: 担当より}");
    let before = files(&folder);
    assert_eq!(done(FIRST, &folder), "");
    assert_eq!(files(&folder), before);
    let said = done(&FIRST.replace("推進枠", "重点枠").replace("共管", ""), &folder);
    assert_eq!(
        said,
        "p-1  the table says `重点枠`（A4） for `推進枠`, which reads otherwise in the chapter; it stays\n\
         p-2  note `共管` → –（A7）\n"
    );
    assert!(files(&folder)["p-2.yaml"].contains("notes:\n  - {kind: remark, text: 担当より}\n"));
}

#[test]
fn the_title_and_the_ministry_of_the_chapter_are_taken_over_where_the_sheet_changed_them() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("bosai");
    done(&FIRST.replace("（注）四捨五入による。,,,,\n", ""), &folder);
    edit(&folder, "request.yaml", "title: 総括表", "title: 防災の総括");
    assert_eq!(done(FIRST, &folder).lines().next(), Some("bosai  rounding – → `四捨五入`"));
    let second = FIRST.replace("防災庁", "防災海洋庁");
    assert_eq!(done(&second, &folder), "bosai  ministry `防災庁` → `防災海洋庁`\n");
    let third = second.replace("総括表", "防災関係要求");
    assert_eq!(done(&third, &folder), "bosai  title `防災の総括` → `防災関係要求`\n");
    let request = &files(&folder)["request.yaml"];
    for key in ["title: 防災関係要求\nministry: 防災海洋庁\n", "rounding: 四捨五入\n"] {
        assert!(request.contains(key), "{request}");
    }
    assert_eq!(done(&third, &folder), "");
}

#[test]
fn a_list_of_remarks_goes_with_its_key_when_all_of_them_go() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("bosai");
    done(&format!("{FIRST}（注）速報値を含む。,,,,\n"), &folder);
    assert_eq!(files(&folder)["request.yaml"].matches("kind: remark").count(), 2);
    assert_eq!(
        done(&FIRST.replace("（注）四捨五入による。,,,,\n", ""), &folder),
        "bosai  note `（注）四捨五入による。` → –\nbosai  note `（注）速報値を含む。` → –\n"
    );
    assert!(!files(&folder)["request.yaml"].contains("notes"), "{}", files(&folder)["request.yaml"]);
}

#[test]
fn several_remarks_of_a_list_leave_the_others_in_whatever_way_it_is_written() {
    let remarks = ["速報値を含む", "推進枠", "共管", "要調整"];
    let block: String =
        remarks.iter().map(|text| format!("\n      - {{kind: remark, text: {text}}}")).collect();
    let flow = remarks.map(|text| format!("{{kind: remark, text: {text}}}")).join(", ");
    let apart = block.replace("\n", "\n\n");
    for list in [block, format!(" [{flow}]"), apart] {
        for gone in 1..15_usize {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("x");
            let sheet = |kept: &[&str]| {
                let rows = kept
                    .iter()
                    .fold("事項,R9要求額（千円）,備考\n甲,5,".to_owned(), |rows, text| {
                        format!("{rows}{text}\n,,")
                    });
                format!("防災庁,,\n{rows}\n乙,6,\n")
            };
            done(&sheet(&remarks), &folder);
            let text = files(&folder)["request.yaml"].clone();
            let (head, rest) = text.split_once("    notes:").unwrap();
            let (_, tail) = rest.split_once("\n\n").unwrap();
            std::fs::write(folder.join("request.yaml"), format!("{head}    notes:{list}\n\n{tail}")).unwrap();
            let kept: Vec<&str> =
                (0..4).filter(|at| gone >> at & 1 == 0).filter_map(|at| remarks.get(at).copied()).collect();
            let said = done(&sheet(&kept), &folder);
            assert_eq!(said.lines().count(), 4 - kept.len(), "{said}");
            let reading = gaisan::read::read(std::slice::from_ref(&folder));
            let notes = &reading.requests[0].programs[0].line.notes;
            let left: Vec<&str> = notes.iter().filter_map(|note| note.text.as_deref()).collect();
            assert_eq!(left, kept, "{}", files(&folder)["request.yaml"]);
        }
    }
}

#[test]
fn a_sheet_without_a_ministry_is_something_to_look_at() {
    let root = tempfile::tempdir().unwrap();
    let import = taken("要求.csv", FIRST.replace("防災庁,,,,\n", ""));
    let plan = drafting::import(&Project::default(), &import.chapters[0], &root.path().join("x"));
    let asked: Vec<String> =
        plan.changes.iter().filter(|change| change.asks()).map(ToString::to_string).collect();
    assert_eq!(asked, ["request.yaml: the table names no ministry; write it under `ministry`"]);
}

/// A sheet of a few lines, with other amounts and remarks each time.
fn sheet(lines: &[(u16, u16, usize)]) -> String {
    let mut csv = "防災庁,,,\n事項,前年度予算額（千円）,R9要求額（千円）,備考\n".to_owned();
    for (at, (prior, requested, note)) in lines.iter().enumerate() {
        let note = ["", "推進枠", "共管", "R6～R10", "「引用」", "１２の事業"][*note];
        csv.push_str(&format!("事項{at},{prior},{requested},{note}\n"));
    }
    csv
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_that_comes_back_gives_the_same_bytes(
        first in prop::collection::vec((0..999_u16, 0..999_u16, 0..6_usize), 4),
        second in prop::collection::vec((0..999_u16, 0..999_u16, 0..6_usize), 4),
    ) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("x");
        done(&sheet(&first), &folder);
        let before = files(&folder);
        done(&sheet(&second), &folder);
        prop_assert_eq!(done(&sheet(&second), &folder), "");
        done(&sheet(&first), &folder);
        prop_assert_eq!(files(&folder), before);
    }
}

#[test]
fn every_figure_whose_cell_is_empty_now_is_said_and_stays() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let sheet = "防災庁,,,\n（単位：千円）,,,\n事項,前年度予算額,R9要求額,要望額\n1 防災,,,\n　堤防,100,120,5\n　水門,50,60,－\n2 研究,新規,40,－\n合計,150,220,5\n";
    done(sheet, &folder);
    assert_eq!(done(sheet, &folder), "", "nothing is said of what is as it was");
    let before = files(&folder);
    for (from, to, said) in [
        ("堤防,100,120,5", "堤防,100,,5", "p-1-1  うち要求（C5）: its cell is empty now; 120千円 stays\n"),
        ("堤防,100,120,5", "堤防,100,120,", "p-1-1  うち要望（D5）: its cell is empty now; 5千円 stays\n"),
        ("水門,50,60", "水門,,60", "p-1-2  前年度（B6）: its cell is empty now; 50千円 stays\n"),
        ("水門,50,60", "水門,50,", "p-1-2  うち要求（C6）: its cell is empty now; 60千円 stays\n"),
        ("研究,新規", "研究,", "p-2  前年度（B7）: its cell is empty now; 新規 stays\n"),
    ] {
        assert_eq!(done(&sheet.replace(from, to), &folder), said, "{to}");
        assert_eq!(files(&folder), before, "{to}");
    }
}

#[test]
fn request_and_wish_in_columns_of_their_own_make_what_is_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let rows = "甲,110,100,20\n乙,200,180,0\n丙,5,,7\n丁,5,事項要求,3\n";
    for (headers, whole) in [("R9要求額,要望額", ""), ("R9要求・要望額,うち要望額", "whole")]
    {
        let folder = root.path().join(format!("x{whole}"));
        let rows = if whole.is_empty() { rows } else { "甲,110,120,20\n乙,200,180,0\n" };
        let sheet = format!("防災庁,,,\n（単位：千円）,,,\n事項,前年度予算額,{headers}\n{rows}");
        done(&sheet, &folder);
        let text = &files(&folder)["request.yaml"];
        assert!(text.contains("      amount: 120\n      request: 100\n      wish: 20\n"), "{text}");
        assert!(text.contains("requested: 180\n"), "{text}");
        assert_eq!(done(&sheet, &folder), "");
    }
    let text = &files(&root.path().join("x"))["request.yaml"];
    assert!(text.contains("requested: 7\n") && text.contains("wish: 3\n"), "{text}");
}

#[test]
fn parts_of_a_request_that_the_sheet_does_not_tell_apart_are_said() {
    let root = tempfile::tempdir().unwrap();
    let sheet = "防災庁,,\n（単位：千円）,,\n事項,前年度予算額,R9要求額\n甲,10,20\n計,10,20\n";
    done(sheet, root.path());
    let text = &files(root.path())["request.yaml"];
    let at = text.rfind("requested: 20").unwrap();
    let split = format!("{}requested: {{amount: 20, request: 15, wish: 5}}{}", &text[..at], &text[at + 13..]);
    std::fs::write(root.path().join("request.yaml"), split).unwrap();
    assert_eq!(done(sheet, root.path()), "");
    let said = done(&sheet.replace("10,20", "10,25"), root.path());
    assert!(said.contains("request and wish stay as they are"), "{said}");
}

#[test]
fn a_list_of_thousands_is_read_as_it_stands_and_edited_in_place() {
    let root = tempfile::tempdir().unwrap();
    let rows = |changed: usize| {
        let row =
            |at: usize| format!("事業{at},{},{}\n", 20_000 + at, 30_000 + at + usize::from(at == changed));
        (1..=2_600).map(row).collect::<String>()
    };
    let sheet =
        |changed| format!("防災庁,,\n（単位：千円）,,\n事項,前年度予算額,R9要求額\n{}", rows(changed));
    done(&sheet(0), root.path());
    // Where the reader parts the list there are a comment, a hyphen on a line of its own, and texts of several lines.
    edit(
        root.path(),
        "request.yaml",
        "  - id: p-1001\n",
        "  # - ここから地方\n\n  -\n    # 主計局へ\n    id: p-1001\n",
    );
    edit(
        root.path(),
        "request.yaml",
        "title: 事業2000\n",
        "title: \"事業\n      2000\"\n    summary: |+\n      - id: p-1\n\n",
    );
    edit(root.path(), "request.yaml", "\nprograms:", "\nprograms:   # 全事業");
    let path = root.path().join("request.yaml");
    let text = std::fs::read_to_string(&path).unwrap() + "number: '5'   # 章\n";
    std::fs::write(&path, &text).unwrap();
    let reading = gaisan::read::read(&[root.path().to_path_buf()]);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let [request] = reading.requests.as_slice() else { panic!("one chapter") };
    assert_eq!(request.number.as_deref(), Some("5"));
    let titles: Vec<String> =
        request.programs.iter().map(|program| program.line.title.replace(' ', "")).collect();
    assert_eq!(titles, (1..=2_600).map(|at| format!("事業{at}")).collect::<Vec<_>>());
    assert_eq!(done(&sheet(1_001), root.path()), "p-1001  要求 31,001 → 31,002 千円（C1004）\n");
    let (before, after) = text.split_at(text.find("id: p-1001\n").unwrap());
    let changed = before.to_owned() + &after.replacen("requested: 31,001", "requested: 31,002", 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), changed);
}
