//! A build makes what changed, says what that was, and keeps the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gaisan::build::Manifest;

use super::{contents, copy, edit, gaisan, lines, project, raise_q_leap, support};

#[test]
fn a_build_makes_what_changed_and_says_what_that_is() {
    let project = project();
    let folder = project.path();
    let (_, said) = gaisan(folder, &["build"]);
    let first = lines(&said);
    assert_eq!(first.len(), 1, "{said}");
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0);
    assert!(said.contains("warning[W0203]"), "{said}");
    assert!(lines(&said)[0].contains("(all up to date)"), "{said}");

    let before = times(&folder.join("output"));
    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    let lines = lines(&said);
    assert!(lines.iter().any(|line| line.starts_with("q-leap  要求 4,592 → 4,692 百万円  (")), "{said}");
    let changed: Vec<String> = times(&folder.join("output"))
        .into_iter()
        .filter(|(name, time)| before.get(name) != Some(time))
        .map(|(name, _)| name)
        .collect();
    let wanted = |name: &&String| {
        ["q-leap", "overview", "index.html", "manifest.json"].iter().any(|it| name.contains(it))
    };
    assert_eq!(changed.iter().find(|name| !wanted(name)), None);
    for name in ["q-leap.md", "q-leap.html", "q-leap.pdf", "overview.pdf"] {
        let name = format!("fy2022/mext-5/{name}");
        assert!(changed.contains(&name), "{name} not in {changed:?}");
    }
}

/// When each file was last written.
fn times(folder: &Path) -> BTreeMap<String, std::time::SystemTime> {
    contents(folder)
        .into_keys()
        .map(|name| {
            let time = fs::metadata(folder.join(&name)).unwrap().modified();
            (name, time.unwrap())
        })
        .collect()
}

#[test]
fn a_file_that_was_edited_or_lost_is_named_and_made_again() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 1);
    assert!(!folder.join("output").exists());
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 0);
    let sheet = folder.join("output/fy2022/mext-5/aip.md");
    edit(&sheet, "11,458", "11,485");
    fs::remove_file(folder.join("output/fy2022/mext-5/aip.pdf")).unwrap();
    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 1);
    for line in [
        "edited by hand: fy2022/mext-5/aip.md",
        "missing: fy2022/mext-5/aip.pdf",
        "out of date: fy2022/mext-5/q-leap.pdf",
        "out of date: fy2022/mext-5/overview.md",
    ] {
        assert!(said.lines().any(|it| it == line), "{line} not in {said}");
    }
    assert!(fs::read_to_string(&sheet).unwrap().contains("11,485"));
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert!(fs::read_to_string(&sheet).unwrap().contains("11,458"));
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn what_is_no_longer_there_is_named_and_removed_when_asked_for() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);

    // A program that cannot be read is not gone.
    let aip = folder.join("budgets/mext-5/aip.yaml");
    let text = fs::read_to_string(&aip).unwrap();
    fs::write(&aip, text.replacen("title: ", "title: \"", 1)).unwrap();
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 1);
    assert!(!said.contains("aip.md"), "{said}");
    assert!(folder.join("output/fy2022/mext-5/aip.md").exists());

    fs::remove_file(&aip).unwrap();
    edit(&chapter, "  - aip.yaml\n", "");
    let (code, said) = gaisan(folder, &["build", "--format", "md"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left over: fy2022/mext-5/aip.md"), "{said}");
    let (_, again) = gaisan(folder, &["build", "--format", "md"]);
    assert!(again.contains("left over: fy2022/mext-5/aip.md"), "{again}");
    assert_eq!(gaisan(folder, &["build", "--check", "--format", "md"]).0, 1);
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("removed: fy2022/mext-5/aip.md"), "{said}");
    assert!(!folder.join("output/fy2022/mext-5/aip.md").exists());
    assert_eq!(gaisan(folder, &["build", "--check", "--format", "md"]).0, 0);

    // The whole chapter gets another id.
    edit(&chapter, "id: mext-5", "id: mext-6");
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 0, "{said}");
    assert!(!folder.join("output/fy2022/mext-5").exists(), "{said}");
    assert!(folder.join("output/fy2022/mext-6/overview.md").exists());
}

#[test]
fn a_part_of_a_build_keeps_the_rest() {
    let project = project();
    let folder = project.path();
    copy(&support::budgets("demo-en"), &folder.join("budgets/demo-en"));
    for part in [
        ["budgets/mext-5", "--format", "md"],
        ["budgets/mext-5", "--format", "html"],
        ["budgets/demo-en", "--format", "html"],
        ["budgets/mext-5", "--lang", "en"],
    ] {
        let mut arguments = vec!["build"];
        arguments.extend(part);
        assert_eq!(gaisan(folder, &arguments).0, 0);
    }
    let manifest = Manifest::read(&folder.join("output")).unwrap().unwrap();
    let sheets: BTreeMap<_, _> = manifest.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet)).collect();
    let files = |name: &str| sheets[name].files.len();
    assert_eq!(files("fy2022/mext-5/q-leap"), 2);
    assert!(sheets.contains_key("fy2022/mext-5/en/q-leap"));
    assert!(sheets.contains_key("fy2027/harbor/overview"));
    let index = fs::read_to_string(folder.join("output/index.html")).unwrap();
    for name in sheets.keys() {
        assert!(index.contains(&format!("{name}.html")), "{name}");
    }
}
