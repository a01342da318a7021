//! The pages for people hold together: links lead somewhere, the book has every page, dependencies and tests that are named are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap().replace("\r\n", "\n")
}

/// The files below a folder whose names end so, as paths from the root.
fn below(folder: &str, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            found.extend(below(&name, end));
        } else if name.ends_with(end) {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// A page without its blocks of code.
fn prose(page: &str) -> String {
    text(page).split("```").step_by(2).collect()
}

/// The targets of the links and pictures in a page that are no addresses.
fn targets(page: &str) -> Vec<String> {
    let words: String = prose(page).split('`').step_by(2).collect();
    let after = words.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    after.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// A heading as what leads to it: lower case, without marks, hyphens for blanks.
fn anchor(heading: &str) -> String {
    let shown = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = shown.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_leads_to_a_page_and_a_heading_that_are_there() {
    let mut pages = below("docs", ".md");
    pages.extend(
        ["README.md", "README.ja.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md"].map(str::to_owned),
    );
    let mut count = 0;
    for page in &pages {
        for target in targets(page) {
            let (file, heading) = target.split_once('#').unwrap_or((&target, ""));
            let folder = Path::new(page).parent().unwrap();
            let to = if file.is_empty() { PathBuf::from(page) } else { folder.join(file) };
            assert!(Path::new(ROOT).join(&to).exists(), "{page}: {target}");
            assert!(
                !page.starts_with("docs/") || !file.contains(".."),
                "{page}: {target} leads out of the book"
            );
            if !heading.is_empty() {
                let there = prose(to.to_str().unwrap());
                let mut headings = there.lines().filter(|line| line.starts_with('#')).map(anchor);
                assert!(headings.any(|it| it == heading), "{page}: {target}");
            }
            count += 1;
        }
    }
    assert!(count > 100, "only {count} links were found");
}

#[test]
fn the_book_has_every_page() {
    let listed: BTreeSet<String> =
        targets("docs/SUMMARY.md").into_iter().map(|name| format!("docs/{name}")).collect();
    let there: BTreeSet<String> =
        below("docs", ".md").into_iter().filter(|name| name != "docs/SUMMARY.md").collect();
    assert_eq!(listed, there);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let reasons = text("docs/dependencies.md");
    let mut section = "";
    let mut count = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let name = line.split(" = ").next().unwrap();
        if !section.ends_with("dependencies]") || name == line || name.starts_with('#') {
            continue;
        }
        let mut words = reasons.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        assert!(words.any(|word| word == name), "docs/dependencies.md does not say what `{name}` is for");
        count += 1;
    }
    assert!(count > 30, "only {count} dependencies were found");
}

#[test]
fn every_test_that_security_rests_on_is_there() {
    let tests = below("tests", ".rs");
    let mut count = 0;
    for named in text("SECURITY.md").split('`').skip(1).step_by(2).filter(|code| code.contains("::")) {
        let (module, name) = named.rsplit_once("::").unwrap();
        let file = tests.iter().find(|file| text(file).contains(&format!("fn {name}(")));
        let path =
            file.map(|file| file.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("/main"));
        assert!(path.is_some_and(|path| path.ends_with(&format!("/{module}"))), "{named}: {file:?}");
        count += 1;
    }
    assert!(count > 30, "only {count} tests are named");
}
