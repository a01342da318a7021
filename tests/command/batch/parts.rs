//! A build split among machines and put together again, and the manifest that lists it.

use std::fs;
use std::path::Path;

use gaisan::build::Manifest;
use serde_json::Value;

use super::{assert_same, contents, gaisan, project, raise_q_leap, release_first, support};

#[test]
fn the_parts_of_a_split_build_make_the_whole() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let mut sheets = 0;
    for part in 1..=3 {
        let (shard, out) = (format!("{part}/3"), format!("part-{part}"));
        let (code, said) = gaisan(folder, &["build", "--shard", &shard, "--out", &out]);
        assert_eq!(code, 0, "{said}");
        let manifest = Manifest::read(&folder.join(out)).unwrap();
        sheets += manifest.map_or(0, |manifest| manifest.sheets.len());
    }
    assert_eq!(sheets, 7);
    let merge = ["manifest", "merge", "part-1", "part-2", "part-3", "--out", "whole"];
    let (code, said) = gaisan(folder, &merge);
    assert_eq!(code, 0, "{said}");
    assert_same(&folder.join("output"), &folder.join("whole"));
    assert_eq!(gaisan(folder, &["build", "--check", "--out", "whole"]).0, 0);

    raise_q_leap(folder);
    assert_eq!(gaisan(folder, &["build", "--out", "other"]).0, 0);
    let (code, said) = gaisan(folder, &["manifest", "merge", "output", "other", "--out", "both"]);
    assert_eq!(code, 1);
    assert!(said.contains("differs between"), "{said}");
}

#[test]
fn the_manifest_keeps_its_schema() {
    let project = project();
    let folder = project.path();
    release_first(folder);
    let manifest = fs::read_to_string(folder.join("output/manifest.json")).unwrap();
    let document: Value = serde_json::from_str(&manifest).unwrap();
    let q_leap = &document["sheets"][5];
    assert_eq!(q_leap["id"], "q-leap");
    assert_eq!(q_leap["totals"]["requested"], "4592000000");
    assert_eq!(q_leap["revision"], 1);
    for file in q_leap["files"].as_array().unwrap() {
        let path = folder.join("output").join(file["path"].as_str().unwrap());
        let digest = gaisan::enclosure::Digest::of(&fs::read(path).unwrap());
        assert_eq!(file["sha256"], digest.to_string());
    }
    support::validate("docs/schema/manifest.schema.json", &manifest);
}

/// Three parts of a build, `part-1` to `part-3`.
fn split(folder: &Path) {
    for part in 1..=3 {
        let (shard, out) = (format!("{part}/3"), format!("part-{part}"));
        let build = ["build", "--format", "md", "--shard", &shard, "--out", &out];
        assert_eq!(gaisan(folder, &build).0, 0);
    }
}

fn merged(folder: &Path, parts: &[&str]) -> (i32, String) {
    let merge = [&["manifest", "merge"], parts, &["--out", "whole"]].concat();
    let _ = fs::remove_dir_all(folder.join("whole"));
    let (code, said) = gaisan(folder, &merge);
    let wrote = folder.join("whole/manifest.json").exists();
    assert_eq!(wrote, code == 0, "{said}");
    (code, said)
}

#[test]
fn parts_that_are_not_of_one_build_are_refused() {
    let project = project();
    let folder = project.path();
    split(folder);
    let manifest = folder.join("part-2/manifest.json");
    let own = fs::read_to_string(&manifest).unwrap();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let version = gaisan::build::VERSION;
    for (from, to, said) in [
        (
            format!("\"gaisan\": \"{version}\""),
            "\"gaisan\": \"9.9.9\"".to_owned(),
            format!(
                "`part-1` (gaisan {version}, no commit) and `part-2` (gaisan 9.9.9, no commit) are not parts of one build"
            ),
        ),
        (
            "\"sheets\": [".to_owned(),
            format!("\"commit\": \"{commit}\", \"sheets\": ["),
            format!(
                "`part-1` (gaisan {version}, no commit) and `part-2` (gaisan {version}, {commit}) are not parts of one build"
            ),
        ),
        (
            "\"shard\": \"2/3\"".to_owned(),
            "\"shard\": \"2/4\"".to_owned(),
            "these are parts of different splits: `part-1` is 1/3, `part-2` is 2/4, `part-3` is 3/3"
                .to_owned(),
        ),
    ] {
        assert!(own.contains(&from), "{from} is not in {own}");
        fs::write(&manifest, own.replacen(&from, &to, 1)).unwrap();
        let (code, text) = merged(folder, &["part-1", "part-2", "part-3"]);
        assert_eq!(code, 1, "{text}");
        assert!(text.contains(&said), "{text}");
    }
    fs::write(&manifest, own).unwrap();
    assert_eq!(merged(folder, &["part-3", "part-1", "part-2"]).0, 0);

    let sheet = support::files(&folder.join("part-2"))
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "md"))
        .unwrap();
    fs::write(&sheet, "changed").unwrap();
    let (code, text) = merged(folder, &["part-1", "part-2", "part-3"]);
    assert_eq!(code, 1, "{text}");
    let name = sheet.strip_prefix(folder).unwrap().to_str().unwrap();
    let said = format!("`{name}` is not the file that its manifest lists");
    assert!(text.contains(&said), "{text}");
}

#[test]
fn a_part_that_is_not_there_is_named() {
    let project = project();
    let folder = project.path();
    split(folder);
    let manifest = fs::read_to_string(folder.join("part-1/manifest.json")).unwrap();
    support::validate("docs/schema/manifest.schema.json", &manifest);
    let (code, said) = merged(folder, &["part-1", "part-3"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("part 2/3 of the build is missing: `part-1` is 1/3, `part-3` is 3/3"), "{said}");
    fs::remove_file(folder.join("part-2/manifest.json")).unwrap();
    let (code, said) = merged(folder, &["part-1", "part-2", "part-3"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("`part-2` has no manifest.json"), "{said}");

    // A folder that holds more than one part is none.
    for shard in ["1/2", "2/2"] {
        let build = ["build", "--format", "md", "--shard", shard, "--out", "both"];
        assert_eq!(gaisan(folder, &build).0, 0);
    }
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_same(&folder.join("both"), &folder.join("output"));
}

#[test]
fn a_part_without_a_sheet_is_a_part() {
    let project = project();
    let folder = project.path();
    let mut parts = Vec::new();
    let mut empty = 0;
    for part in 1..=12 {
        let (shard, out) = (format!("{part}/12"), format!("part-{part}"));
        let build = ["build", "--format", "md", "--shard", &shard, "--out", &out];
        let (code, said) = gaisan(folder, &build);
        assert_eq!(code, 0, "{said}");
        empty += usize::from(contents(&folder.join(&out)).len() == 1);
        parts.push(out);
    }
    assert!(empty > 0, "seven sheets fill twelve parts");
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (code, said) = merged(folder, &parts);
    assert_eq!(code, 0, "{said}");
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("whole"));
}
