//! What is wrong stops what it concerns, and nothing else.

use tempfile::TempDir;

use super::{SHEETS, build, copied_chapter, copy_chapter, gaisan, names, replace, utf8};

#[test]
fn a_denied_warning_stops_its_sheet() {
    let (_copy, chapter) = copied_chapter();
    let accepted = "accept: [{rule: W0203, reason: 第5章の他の事業}]\nunit:";
    replace(&chapter.join("request.yaml"), "unit:", accepted);
    let figure =
        "    alt: 2018年の輸出総額（81兆円）の内訳を示す帯グラフ。素材が約2割、その他（差引き）が約8割。\n";
    replace(&chapter.join("materials-dx.yaml"), figure, "");

    let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("warning[W0506]"), "{}", run.out);
    assert_eq!(names(out.path()).iter().filter(|name| name.ends_with(".md")).count(), 7);

    let (out, run) = build(&[utf8(&chapter)], &["--format", "md", "--deny", "warnings"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("error[W0506]"), "{}", run.out);
    let names = names(out.path());
    assert!(!names.contains(&"fy2022/mext-5/materials-dx.md".to_owned()));
    assert!(names.contains(&"fy2022/mext-5/q-leap.md".to_owned()));
}

#[test]
fn a_broken_file_does_not_stop_the_others() {
    for breakdown in ["partial", "complete"] {
        let (_copy, chapter) = copied_chapter();
        replace(&chapter.join("request.yaml"), "breakdown: partial", &format!("breakdown: {breakdown}"));
        replace(&chapter.join("aip.yaml"), "title: ", "title: \"");
        let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
        assert_eq!(run.code, 1, "{}", run.out);
        assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
        assert!(run.out.contains("error[E0102]"), "{}", run.out);
        assert!(run.out.contains("skipped: fy2022/mext-5/overview has errors"), "{}", run.out);
        let names = names(out.path());
        for sheet in SHEETS {
            let written = names.contains(&format!("fy2022/mext-5/{sheet}.md"));
            assert_eq!(written, !matches!(sheet, "overview" | "aip"), "{sheet}");
        }
    }
}

#[test]
fn a_wrong_sum_stops_its_sheet_and_the_overview_alone() {
    let (_copy, chapter) = copied_chapter();
    replace(&chapter.join("aip.yaml"), "requested: 7,458", "requested: 7,548");
    let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("error[E0201]"), "{}", run.out);
    let names = names(out.path());
    for sheet in SHEETS {
        let written = names.contains(&format!("fy2022/mext-5/{sheet}.md"));
        assert_eq!(written, !matches!(sheet, "overview" | "aip"), "{sheet}");
    }
}

#[test]
fn a_broken_chapter_does_not_stop_the_one_beside_it() {
    let copy = TempDir::new().unwrap();
    copy_chapter(&copy.path().join("mext-5"));
    std::fs::write(copy.path().join("mext-6.yaml"), "gaisan: 1\nid: [\n").unwrap();
    let (out, run) = build(&[utf8(copy.path())], &["--format", "md"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("mext-6.yaml:"), "{}", run.out);
    assert_eq!(names(out.path()).iter().filter(|name| name.ends_with(".md")).count(), 7);
}

#[test]
fn a_missing_path_is_trouble() {
    let (_out, run) = build(&["no/such/folder"], &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no/such/folder"), "{}", run.err);
    assert_eq!(gaisan(&["check", "no/such/folder"]).code, 2);
}

#[test]
fn a_bad_flag_is_trouble() {
    let run = gaisan(&["build", "--fromat", "md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--format"), "{}", run.err);
    assert_eq!(gaisan(&["build", "--format", "docx"]).code, 2);
    assert_eq!(gaisan(&["build", "--color", "sometimes"]).code, 2);
}

#[test]
fn a_folder_without_a_chapter_is_trouble() {
    let empty = TempDir::new().unwrap();
    for part in [None, Some("id: aip\ntitle: AIP\n")] {
        if let Some(part) = part {
            std::fs::write(empty.path().join("aip.yaml"), part).unwrap();
        }
        for command in ["build", "check"] {
            let run = gaisan(&[command, utf8(empty.path())]);
            assert_eq!(run.code, 2, "{}", run.out);
            assert!(run.err.contains("gaisan: 1"), "{}", run.err);
        }
    }
}
