//! A build split among machines and put together again, and the manifest that lists it.

use std::fs;

use gaisan::build::Manifest;
use serde_json::Value;

use crate::{assert_same, edit, gaisan, project, raise_q_leap, support};

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
    let merge = [
        "manifest", "merge", "part-1", "part-2", "part-3", "--out", "whole",
    ];
    let (code, said) = gaisan(folder, &merge);
    assert_eq!(code, 0, "{said}");
    assert_same(&folder.join("output"), &folder.join("whole"));
    assert_eq!(gaisan(folder, &["build", "--check", "--out", "whole"]).0, 0);

    raise_q_leap(folder);
    assert_eq!(gaisan(folder, &["build", "--out", "other"]).0, 0);
    let (code, said) = gaisan(
        folder,
        &["manifest", "merge", "output", "other", "--out", "both"],
    );
    assert_eq!(code, 1);
    assert!(said.contains("differs between"), "{said}");
}

#[test]
fn the_manifest_keeps_its_schema() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    edit(&chapter, "lang: ja", "revision: 1\nlang: ja");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-08-31"]).0, 0);
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
