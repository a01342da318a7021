//! Revisions that were released stay as they were.

use std::fs;

use serde_json::Value;

use super::{command, contents, edit, gaisan, project, raise_q_leap, release_first, said_of};

#[test]
fn a_revision_is_released_once() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(said.contains("revision: 1"), "{said}");
    edit(&chapter, "lang: ja", "revision: 3\nlang: ja");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(said.contains("run `gaisan build` first"), "{said}");

    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let sheet = fs::read_to_string(folder.join("output/fy2022/mext-5/q-leap.md")).unwrap();
    assert!(sheet.contains("\n版 r3 · "), "{sheet}");
    let mut release = command(folder, &["release", "--label", "8月31日提出"]);
    // The last second of the day in UTC, when the next has long begun in Japan.
    release.env("SOURCE_DATE_EPOCH", "1630454399").env("TZ", "Asia/Tokyo");
    let (code, out) = said_of(&mut release);
    assert_eq!(code, 0, "{out}");
    let list = fs::read(folder.join("output/fy2022/mext-5/r3/release.json")).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    assert_eq!(list["date"], "2021-08-31");
    assert_eq!(list["label"], "8月31日提出");
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 0);

    let frozen = contents(&folder.join("output/fy2022/mext-5/r3"));
    let (code, again) = gaisan(folder, &["release"]);
    assert_eq!(code, 0);
    assert!(again.contains("released already, unchanged"), "{again}");

    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build", "--locked"]);
    assert_eq!(code, 1, "{said}");
    let locked = "locked: fy2022/mext-5/q-leap is released as r3 and would change; say `revision: 4`";
    assert!(said.contains(locked), "{said}");
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(said.contains("\n  fy2022/mext-5/q-leap  要求 4,592 → 4,692 百万円"), "{said}");
    edit(&chapter, "revision: 3", "revision: 4");
    assert_eq!(gaisan(folder, &["build", "--locked"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-09-01"]).0, 0);
    assert!(contents(&folder.join("output/fy2022/mext-5/r3")) == frozen);

    let released = folder.join("output/fy2022/mext-5/r3/q-leap.md");
    edit(&released, "4,592", "4,692");
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 1);
    assert!(said.contains("edited by hand: fy2022/mext-5/r3/q-leap.md"), "{said}");
    let (code, said) = gaisan(folder, &["verify", "--manifest", "output/manifest.json"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("output/fy2022/mext-5/r3/q-leap.md\n            it was released and is edited by hand"),
        "{said}"
    );
}

#[test]
fn what_was_released_and_changed_since_is_not_called_released() {
    let project = project();
    let folder = project.path();
    edit(&folder.join("budgets/mext-5/request.yaml"), "lang: ja", "revision: 3\nlang: ja");
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-08-31"]).0, 0);
    edit(&folder.join("output/fy2022/mext-5/r3/q-leap.md"), "4,592", "4,692");
    let (code, said) = gaisan(folder, &["release", "--date", "2021-08-31"]);
    assert_eq!(code, 1, "{said}");
    let changed =
        "`fy2022/mext-5/r3/q-leap.md` was released and is edited by hand; take it back from the repository";
    assert!(said.contains(changed), "{said}");
    fs::write(folder.join("output/fy2022/mext-5/r3/release.json"), "{").unwrap();
    let (code, said) = gaisan(folder, &["release", "--date", "2021-08-31"]);
    assert!(code > 0 && said.contains("is no release any more") && said.contains("take it back"), "{said}");
}

#[test]
fn a_released_sheet_is_proven_by_its_release_and_by_the_manifest_that_knows_it() {
    let project = project();
    let folder = project.path();
    release_first(folder);
    edit(&folder.join("budgets/mext-5/request.yaml"), "revision: 1", "revision: 2");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let released = "output/fy2022/mext-5/r1";
    let list = format!("{released}/release.json");
    for manifest in ["output/manifest.json", &list] {
        for sheet in ["q-leap.html", "q-leap.pdf", "q-leap.md"] {
            let (code, said) =
                gaisan(folder, &["verify", "--manifest", manifest, &format!("{released}/{sheet}")]);
            assert_eq!(code, 0, "{manifest} {sheet}: {said}");
        }
    }
    assert_eq!(gaisan(folder, &["verify", "--manifest", &list]).0, 0);
    // The sheets of now are no files of the release, and a changed one is none of either.
    let (code, said) = gaisan(folder, &["verify", "--manifest", &list, "output/fy2022/mext-5/q-leap.html"]);
    assert!(code == 1 && said.contains("another edition than the one in the manifest"), "{said}");
    edit(&folder.join(released).join("q-leap.md"), "4,592", "4,692");
    for manifest in ["output/manifest.json", &list] {
        let (code, said) =
            gaisan(folder, &["verify", "--manifest", manifest, &format!("{released}/q-leap.md")]);
        assert!(code == 1 && said.contains("it is no file of the manifest"), "{manifest}: {said}");
    }
    let (code, said) = gaisan(folder, &["verify", "--manifest", &list]);
    assert!(code == 1 && said.contains("q-leap.md"), "{said}");
    let (code, said) = gaisan(folder, &["verify", "--manifest", "budgets/mext-5/request.yaml"]);
    assert!(code == 2 && said.contains("nor release.json, as that of a release"), "{said}");
}

#[test]
fn sheets_that_are_locked_are_not_pruned() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    release_first(folder);
    let before = contents(&folder.join("output"));

    // The pages beside a sheet that is gone lead to others; its own files and the overview's stay.
    let stays = |sheet: &str| {
        let after = contents(&folder.join("output"));
        let files = before.iter().filter(|(name, _)| name.starts_with(sheet));
        let lost: Vec<_> = files.filter(|(name, bytes)| after.get(*name) != Some(bytes)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    };
    let text = fs::read_to_string(&chapter).unwrap();
    edit(&chapter, "  - q-leap.yaml\n", "");
    let (code, said) = gaisan(folder, &["build", "--locked", "--prune"]);
    assert_eq!(code, 1, "{said}");
    let locked = "locked: fy2022/mext-5/q-leap is released as r1";
    assert!(said.contains(locked), "{said}");
    assert!(!said.contains("removed: ") && !said.contains("left over: "), "{said}");
    for kept in ["q-leap", "overview", "r1"] {
        stays(&format!("fy2022/mext-5/{kept}"));
    }

    fs::write(&chapter, text.replace("id: mext-5", "id: mext-6")).unwrap();
    let (code, said) = gaisan(folder, &["build", "--locked", "--prune"]);
    assert_eq!(code, 1, "{said}");
    let locked = "locked: fy2022/mext-5/overview is released as r1";
    assert!(said.contains(locked), "{said}");
    for kept in ["q-leap", "overview", "r1"] {
        stays(&format!("fy2022/mext-5/{kept}"));
    }

    let (code, said) = gaisan(folder, &["build", "--prune"]);
    let removed = "removed: fy2022/mext-5/overview.pdf";
    assert!(code == 0 && said.contains(removed), "{said}");
    stays("fy2022/mext-5/r1");
}
