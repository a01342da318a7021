//! Manifest and memory of an output folder, damaged by a disk or by somebody who means harm.

use std::fs;

use serde_json::{Value, json};

use super::{assert_same, contents, copy, gaisan, project};
use crate::support;

#[test]
fn a_damaged_manifest_is_named_and_made_anew() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    let manifest = folder.join("output/manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    for (damaged, why) in [
        (whole.chars().take(whole.chars().count() / 2).collect(), "EOF while parsing"),
        (String::new(), "EOF while parsing"),
        (format!("<<<<<<< HEAD\n{whole}"), "expected value"),
        ("[]".to_owned(), "invalid length 0"),
        ("{}".to_owned(), "missing field"),
        // A sheet that there is twice, under another year and with another figure, or with the files of another.
        (whole.replacen("fy2022/mext-5/q-leap\"", "fy2021/mext-5/q-leap\"", 1), "contradicts itself"),
        (whole.replacen("fy2022/mext-5/q-leap.md", "fy2022/mext-5/aip.md", 1), "contradicts itself"),
    ] {
        fs::write(&manifest, &damaged).unwrap();
        let before = contents(&folder.join("output"));
        let (code, said) = gaisan(folder, &["build", "--format", "md", "--check"]);
        assert_eq!((code, said.contains("damaged: manifest.json")), (1, true), "{said}");
        // Who only reads it cannot do without it.
        for arguments in [
            &["manifest", "merge", "output", "--out", "merged"][..],
            &["verify", "--manifest", "output/manifest.json"],
        ] {
            let (code, said) = gaisan(folder, arguments);
            assert_eq!(code, 2, "{arguments:?} {damaged}: {said}");
            let named = said.contains("`output/manifest.json` is ");
            assert!(named && said.contains(why), "{arguments:?}: {said}");
            assert!(said.contains("build again"), "{said}");
        }
        assert!(contents(&folder.join("output")) == before, "{damaged}");
        let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
        assert_eq!((code, said.contains("it was made anew")), (0, true), "{said}");
        assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
    }
    let newer = json!({"$schema": "urn:gaisan:schema:manifest:2", "version": 2}).to_string();
    fs::write(&manifest, &newer).unwrap();
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!((code, said.contains("is a `urn:gaisan:schema:manifest:2`")), (2, true), "{said}");
    assert_eq!(fs::read_to_string(&manifest).unwrap(), newer);
    fs::remove_file(&manifest).unwrap();
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
}

#[test]
fn a_manifest_that_lists_files_elsewhere_removes_and_copies_nothing() {
    let project = project();
    let folder = project.path();
    let mine = folder.join("mine.txt");
    fs::write(&mine, "mine").unwrap();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let before = contents(&folder.join("output"));
    let manifest = folder.join("output/manifest.json");
    let whole: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let digest = gaisan::enclosure::Digest::of(b"mine").to_string();
    let commands = [
        &["build", "--prune"][..],
        &["manifest", "merge", "output", "--out", "merged"],
        &["build", "--check"],
    ];
    let refused = |hostile: Value, path: &str, commands: &[&[&str]]| {
        fs::write(&manifest, hostile.to_string()).unwrap();
        for arguments in commands {
            let (code, said) = gaisan(folder, arguments);
            assert_eq!(code, 2, "{said}");
            let named = format!("`output/manifest.json` lists `{path}`, which no build can");
            assert!(said.contains(&named), "{said}");
        }
        assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
        assert!(!folder.join("merged/manifest.json").exists());
    };
    for path in [
        "../mine.txt",
        "fy2022/../../mine.txt",
        mine.to_str().unwrap(),
        ".gaisan/../../mine.txt",
        ".gaisan/lock",
        "..\\mine.txt",
    ] {
        let file = json!({"path": path, "sha256": digest, "size": 4});
        let mut leftover = whole.clone();
        leftover["leftover"] = json!([file]);
        refused(leftover, path, &commands[..1]);
    }
    let path = "../mine.txt";
    let file = json!({"path": path, "sha256": digest, "size": 4});
    let mut of_a_sheet = whole.clone();
    let files = of_a_sheet["sheets"][0]["files"].as_array_mut().unwrap();
    files.push(file.clone());
    refused(of_a_sheet, path, &commands);
    let mut gone = whole.clone();
    let mut sheet = gone["sheets"][0].clone();
    sheet["name"] = json!("fy2022/mext-5/no-more");
    sheet["files"] = json!([file]);
    gone["sheets"].as_array_mut().unwrap().push(sheet);
    refused(gone, path, &commands[..1]);
    let mut released = whole.clone();
    released["releases"] = json!([{"folder": "..", "revision": 1, "date": "2021-08-31", "sha256": digest}]);
    refused(released, "..", &commands[..2]);

    fs::remove_file(&manifest).unwrap();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert!(contents(&folder.join("output")) == before);
}

#[test]
fn what_gaisan_remembers_can_be_lost_damaged_or_wrong() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let mine = folder.join("mine.txt");
    fs::write(&mine, "mine").unwrap();
    let remembered = folder.join("output/.gaisan/state.json");
    let whole = fs::read_to_string(&remembered).unwrap();
    let hostile: Value = serde_json::from_str(&whole).unwrap();
    let text = hostile.to_string().replace("fy2022/mext-5/", "../");
    let mut wrong = hostile.clone();
    for sheet in wrong["sheets"].as_object_mut().unwrap().values_mut() {
        let files = sheet["files"].as_array_mut().unwrap();
        let mut file = files[0].clone();
        file["path"] = json!("../mine.txt");
        file["sha256"] = json!(gaisan::enclosure::Digest::of(b"mine").to_string());
        file["size"] = json!(4);
        files.push(file);
    }
    let wrong = wrong.to_string();
    let mut pruned = hostile.clone();
    pruned["chapters"] = json!({"..": folder.join("budgets/none.yaml"), "fy2022": "/"});
    for damaged in [
        whole[..whole.len() / 2].to_owned(),
        String::new(),
        "{}".to_owned(),
        "[1]".to_owned(),
        text,
        wrong,
        pruned.to_string(),
    ] {
        fs::write(&remembered, &damaged).unwrap();
        let (code, said) = gaisan(folder, &["build", "--prune"]);
        assert_eq!(code, 0, "{damaged}: {said}");
        assert!(!said.contains("removed: "), "{said}");
        assert_same(&folder.join("output"), &folder.join("fresh"));
        assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    }

    // What is edited counts, whatever is known of the last run, and whatever is not known of its files.
    let sheet = folder.join("output/fy2022/mext-5/aip.md");
    for is_known in [true, false] {
        fs::write(&sheet, "edited").unwrap();
        if !is_known {
            fs::remove_file(&remembered).unwrap();
        }
        let (code, said) = gaisan(folder, &["build"]);
        assert!(code == 0 && said.contains("1 file made"), "{said}");
        assert_same(&folder.join("output"), &folder.join("fresh"));
    }
}

/// The same text with one digit of the digest that follows a name changed.
fn flipped(text: &str, name: &str) -> String {
    let at = text.find(name).unwrap();
    let at = at + text[at..].find("sha256").unwrap() + 12;
    let digit = text[at..].find(|c: char| c.is_ascii_hexdigit()).unwrap() + at;
    let other = if text[digit..].starts_with('0') { "1" } else { "0" };
    format!("{}{other}{}", &text[..digit], &text[digit + 1..])
}

#[test]
fn a_flipped_digest_goes_nowhere() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let manifest = folder.join("output/manifest.json");
    let state = folder.join("output/.gaisan/state.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    for (file, arguments) in [
        (&state, &["build"][..]),
        (&manifest, &["build"]),
        // What this run does not make is known from the memory of those that did.
        (&manifest, &["build", "--format", "md"]),
        (&state, &["build", "--format", "md"]),
    ] {
        let sound = fs::read_to_string(file).unwrap();
        fs::write(file, flipped(&sound, "q-leap.pdf")).unwrap();
        let (code, said) = gaisan(folder, arguments);
        assert_eq!(code, 0, "{said}");
        assert!(fs::read_to_string(&manifest).unwrap() == whole, "{file:?} {arguments:?}");
        assert_eq!(gaisan(folder, &["build", "--check"]).0, 0);
    }
    // The manifest has the sheets of other runs, too.
    copy(&support::budgets("demo-en"), &folder.join("budgets/demo"));
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let whole = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, flipped(&whole, "storm-walls.pdf")).unwrap();
    assert_eq!(gaisan(folder, &["build", "budgets/mext-5"]).0, 0);
    assert!(fs::read_to_string(&manifest).unwrap() == whole);
}

#[test]
fn what_was_released_is_known_without_the_manifest() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    let text = fs::read_to_string(&chapter).unwrap();
    fs::write(&chapter, text + "\nrevision: 1\n").unwrap();
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    let (code, said) = gaisan(folder, &["release", "--label", "案"]);
    assert_eq!(code, 0, "{said}");
    let manifest = folder.join("output/manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    assert!(whole.contains("\"releases\""));
    fs::write(&manifest, "").unwrap();
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
    // Of a release that cannot be read nothing would be known any more.
    let list = folder.join("output/fy2022/mext-5/r1/release.json");
    let released = fs::read(&list).unwrap();
    for damaged in ["", "[1,2", "{}"] {
        fs::write(&list, damaged).unwrap();
        fs::write(&manifest, "").unwrap();
        for arguments in [&["build", "--format", "md"][..], &["build", "--format", "md", "--check"]] {
            let (code, said) = gaisan(folder, arguments);
            let named =
                said.contains("r1/release.json` is no release any more") && said.contains("take it back");
            assert!(code == 2 && named, "{said}");
        }
    }
    fs::write(&list, released).unwrap();
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
}
