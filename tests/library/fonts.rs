//! The office's own font for characters that the built-in faces lack, as a user meets it.

use std::path::Path;
use std::process::Command as Process;

use tempfile::TempDir;

const CHAPTER: &str = "gaisan: 1
id: quantum-5
title: 量子技術の推進
ministry: 文部科学省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 4,592
prior: 3,494
breakdown: complete
programs:
  - id: q-leap
    title: 𠮷野フラッグシッププログラム
    requested: 4,592
    prior: 3,494
    summary: |
      **𠮷野**の研究拠点☑を整備する。
";

/// A folder with a chapter, a font and settings that name a font.
fn office(settings: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("request.yaml", CHAPTER.as_bytes());
    write("gaisan.yaml", settings.as_bytes());
    for name in ["cells.ttf", "cells.otf"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fonts");
        write(name, &std::fs::read(from.join(name)).unwrap());
    }
    folder
}

/// The exit code of a build and what it says, in its own folder.
fn build(folder: &TempDir) -> (i32, String) {
    let output = crate::support::gaisan()
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .args(["build", "request.yaml", "--format", "pdf"])
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.code().unwrap(), said.concat())
}

fn extracted(folder: &TempDir, name: &str) -> Option<(String, String)> {
    let file = folder.path().join("output/fy2022/quantum-5").join(name);
    let tool = |tool: &str, more: &[&str]| {
        let output = Process::new(tool).arg(&file).args(more).output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    Some((tool("pdftotext", &["-"])?, tool("pdffonts", &[])?))
}

#[test]
fn without_a_font_of_its_own_an_office_is_told_once_what_is_lacking() {
    let folder = office("");
    let (code, said) = build(&folder);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.matches("𠮷` (U+20BB7)").count(), 1, "{said}");
    assert_eq!(said.matches("☑` (U+2611)").count(), 1, "{said}");
    assert!(!said.contains("the PDF's font lacks"), "{said}");
}

#[test]
fn a_font_named_in_the_settings_shows_what_the_others_lack() {
    let folder = office("fonts: {fallback: cells.ttf}\n");
    let (code, said) = build(&folder);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("U+"), "{said}");
    let Some((text, fonts)) = extracted(&folder, "q-leap.pdf") else {
        assert!(std::env::var_os("CI").is_none(), "poppler is not installed");
        return;
    };
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("𠮷野フラッグシッププログラム"), "{text}");
    assert!(text.contains("𠮷野の研究拠点☑を整備する。"), "{text}");
    assert!(fonts.contains("GaisanTestCells-Regular"), "{fonts}");
}

#[test]
fn a_font_that_cannot_be_used_is_an_error_with_its_place_and_cure() {
    for (settings, expected) in [
        ("fonts: {fallback: lost.ttf}\n", "lost.ttf"),
        ("fonts: {fallback: cells.otf}\n", "it has no TrueType outlines"),
        ("fonts: {fallback: request.yaml}\n", "it is no TrueType font, or damaged"),
        ("fonts: {fallbak: cells.ttf}\n", "did you mean `fallback`?"),
        ("fonts: cells.ttf\n", "`fonts`"),
    ] {
        let (code, said) = build(&office(settings));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(expected), "{said}");
        assert!(said.contains("gaisan.yaml:1:"), "{said}");
        assert!(said.contains("help"), "{said}");
    }
}
