//! What a build writes, and where.

use std::path::Path;

use super::{CHAPTER, SHEETS, build, files, gaisan, names};

#[test]
fn the_first_command_writes_every_sheet_in_three_formats() {
    let (out, run) = build(&[], &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let names = names(out.path());
    for sheet in SHEETS {
        for format in ["md", "html", "pdf"] {
            let name = format!("fy2022/mext-5/{sheet}.{format}");
            assert!(names.contains(&name), "{name} is missing from {names:#?}");
        }
    }
    for folder in ["fy2023/mext-5", "fy2024/mext-5", "fy2027/harbor"] {
        assert!(names.contains(&format!("{folder}/overview.pdf")), "{folder}");
    }
    assert!(names.contains(&"index.html".to_owned()));
    let left: Vec<&String> = names.iter().filter(|name| name.contains(".gaisan-")).collect();
    assert!(left.is_empty(), "temporary files: {left:?}");
    assert_closing(run.last_line(), names.len());
}

/// `22 sheets, 95 files, 0 errors, 1 warning in 0.2 s`.
fn assert_closing(line: &str, files: usize) {
    let (counts, time) = line.split_once(" in ").unwrap();
    let words: Vec<&str> = counts.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [sheets, _, counted, _, errors, _, warnings, _] = words.as_slice() else {
        panic!("`{line}` does not count sheets, files, errors and warnings");
    };
    assert!(sheets.parse::<usize>().unwrap() > 7, "{line}");
    assert_eq!(counted.parse::<usize>(), Ok(files), "{line}");
    assert_eq!(*errors, "0", "{line}");
    assert!(warnings.parse::<usize>().is_ok(), "{line}");
    assert!(time.ends_with(" s"), "{line}");
}

#[test]
fn one_format_alone_can_be_asked_for() {
    let (out, run) = build(&[CHAPTER], &["--format", "md"]);
    assert_eq!(run.code, 0);
    let names = names(out.path());
    assert_eq!(names.iter().filter(|name| name.ends_with(".md")).count(), 7);
    let others =
        |name: &&String| !name.ends_with(".md") && !name.ends_with(".svg") && *name != "manifest.json";
    assert_eq!(names.iter().find(others), None);
}

#[test]
fn every_picture_of_a_markdown_sheet_is_beside_it() {
    let (out, _) = build(&[CHAPTER], &["--format", "md"]);
    let files = files(out.path());
    let mut pictures = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
        let text = String::from_utf8_lossy(bytes);
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let path = format!("fy2022/mext-5/{target}");
            assert!(files.contains_key(&path), "{name} links to {target}");
            pictures += usize::from(target.ends_with(".svg"));
        }
    }
    assert!(pictures > 0);
}

#[test]
fn sheets_in_another_language_have_a_folder_of_their_own() {
    let (out, run) = build(&[CHAPTER], &["--format", "md", "--lang", "en"]);
    assert_eq!(run.code, 0);
    let files = files(out.path());
    assert!(files.keys().all(|name| name.starts_with("fy2022/mext-5/en/") || name == "manifest.json"));
    let overview = String::from_utf8_lossy(&files["fy2022/mext-5/en/overview.md"]).into_owned();
    assert!(overview.contains("FY2022 budget request"), "{overview}");
}

#[test]
fn the_same_input_gives_the_same_bytes_with_one_thread_and_with_eight() {
    let (one, _) = build(&[CHAPTER], &["--jobs", "1"]);
    let (eight, _) = build(&[CHAPTER], &["--jobs", "8"]);
    let (one, eight) = (files(one.path()), files(eight.path()));
    assert!(one.keys().eq(eight.keys()));
    for (name, bytes) in &one {
        assert!(eight[name] == *bytes, "{name} differs");
    }
}

#[test]
fn a_check_writes_nothing_and_counts() {
    let before = names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("output"));
    let run = gaisan(&["check", CHAPTER]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(run.last_line(), "1 chapter, 12 lines, 0 errors, 1 warning");
    assert_eq!(names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("output")), before);
}
