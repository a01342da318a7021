//! Who changes one amount gets one sheet: the editions of the others stay, whatever layout the chapter has, because a program's
//! sheet carries only what it draws on of its chapter's file.

mod claims;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gaisan::build::Manifest;
use gaisan::enclosure::{Enclosure, Role};
use gaisan::render::{html, pdf};
use tempfile::TempDir;

use crate::support;

/// What a run printed; it must end well.
fn gaisan(folder: &Path, arguments: &[&str]) -> String {
    let mut command = crate::support::gaisan();
    command.args(arguments).current_dir(folder);
    let output = command.env("NO_COLOR", "1").output().unwrap();
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8(text).unwrap();
    assert!(output.status.success(), "{text}");
    text
}

/// The reference chapter in a folder of its own, built.
fn reference() -> TempDir {
    let desk = TempDir::new().unwrap();
    let budgets = desk.path().join("budgets");
    fs::create_dir(&budgets).unwrap();
    for path in support::files(&support::budgets("fy2022/mext-5")) {
        fs::copy(&path, budgets.join(path.file_name().unwrap())).unwrap();
    }
    gaisan(desk.path(), &["build"]);
    desk
}

/// A chapter with everything in one file, as it comes out of a table, built.
pub(crate) fn inline() -> TempDir {
    let desk = TempDir::new().unwrap();
    let program = |id: &str, title: &str, requested: &str, prior: &str| {
        format!(
            "\n  # {title}\n  - id: {id}\n    title: {title}\n    requested: {requested}\n    prior: {prior}\n    summary: |\n      {title}の概要。\n"
        )
    };
    let programs = program("harbor", "港湾の整備", "1,200", "1,000")
        + &program("roads", "道路の補修", "3,400", "3,300")
        + &program("bridges", "橋の点検", "560", "新規");
    let text = format!(
        "gaisan: 1\nid: works\ntitle: 公共事業\nministry: 国土交通省\nfiscal_year: 令和9年度\nstage: 概算要求\nunit: 百万円\n\nrequested: 5,160  # 合計\nprior: 4,300\nbreakdown: complete\n\nprograms:{programs}"
    );
    fs::create_dir(desk.path().join("budgets")).unwrap();
    fs::write(desk.path().join("budgets/request.yaml"), text).unwrap();
    gaisan(desk.path(), &["build"]);
    desk
}

/// Replaces texts, each of which must be there, in a budget file.
fn edit(desk: &Path, file: &str, changes: &[(&str, &str)]) {
    let path = desk.join("budgets").join(file);
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "`{from}` is not in {file}:\n{text}");
        text = text.replacen(from, to, 1);
    }
    fs::write(path, text).unwrap();
}

/// The files in the output folder with their bytes, but for gaisan's own.
fn contents(desk: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = desk.join("output");
    let files = support::files(&out).into_iter();
    let named = files.map(|path| {
        let name = path.strip_prefix(&out).unwrap().to_str().unwrap();
        (name.to_owned(), fs::read(&path).unwrap())
    });
    named.filter(|(name, _)| !name.starts_with(".gaisan")).collect()
}

/// Builds again, and names the files that are new or changed, without their endings.
fn changed(desk: &Path) -> BTreeSet<String> {
    let before = contents(desk);
    let said = gaisan(desk, &["build"]);
    assert!(gaisan(desk, &["build"]).contains("(all up to date)"), "{said}");
    gaisan(desk, &["verify", "--manifest", "output/manifest.json"]);
    let after = contents(desk).into_iter();
    let changed = after.filter(|(name, bytes)| before.get(name) != Some(bytes));
    let names = changed.map(|(name, _)| {
        let name = name.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default().to_owned()
    });
    names.collect()
}

fn names(expected: &[&str]) -> BTreeSet<String> {
    expected.iter().map(|name| (*name).to_owned()).collect()
}

/// The files of a program and of the overview with its chart, and what lists all sheets.
fn with_overview(program: &str) -> BTreeSet<String> {
    names(&[program, "overview", "overview-comparison", "index", "manifest"])
}

/// The sheet digest of each sheet, by its name without folders.
fn editions(desk: &Path) -> BTreeMap<String, String> {
    let manifest = Manifest::read(&desk.join("output")).unwrap().unwrap();
    let sheets = manifest.sheets.into_iter();
    sheets.map(|sheet| (sheet.id, sheet.digest)).collect()
}

/// What gaisan keeps in mind of each sheet, to know it again.
fn fingerprints(desk: &Path) -> BTreeMap<String, String> {
    let state = fs::read(desk.join("output/.gaisan/state.json")).unwrap();
    let state: serde_json::Value = serde_json::from_slice(&state).unwrap();
    let sheets = state["sheets"].as_object().unwrap().iter();
    sheets.map(|(name, sheet)| (name.clone(), sheet["fingerprint"].to_string())).collect()
}

/// What rides inside a sheet.
fn enclosure(desk: &Path, sheet: &str) -> Enclosure {
    let page = fs::read_to_string(desk.join(format!("output/{sheet}.html"))).unwrap();
    html::enclosed(&page).unwrap().unwrap()
}

#[test]
fn a_new_total_of_the_chapter_is_the_overviews_alone() {
    let desk = reference();
    let desk = desk.path();
    let before = fingerprints(desk);
    // Longer by some bytes, so that everything below stands elsewhere.
    edit(desk, "request.yaml", &[("requested: 831億円", "requested: 83,300百万円  # 8月30日")]);
    assert_eq!(changed(desk), names(&["overview", "index", "manifest"]));
    let moved = fingerprints(desk).into_iter();
    let moved = moved.filter(|(name, known)| before.get(name) != Some(known));
    let moved: Vec<String> = moved.map(|(name, _)| name).collect();
    assert_eq!(moved, ["fy2022/mext-5/overview"]);
}

#[test]
fn a_programs_amount_is_its_sheets_and_the_overviews() {
    let desk = reference();
    let desk = desk.path();
    edit(desk, "q-leap.yaml", &[("requested: 4,592", "requested: 4,692")]);
    edit(desk, "request.yaml", &[("requested: 831億円", "requested: 832億円")]);
    assert_eq!(changed(desk), with_overview("q-leap"));
}

#[test]
fn in_one_file_an_amount_is_one_sheets_too() {
    let desk = inline();
    let desk = desk.path();
    let before = editions(desk);
    edit(desk, "request.yaml", &[("requested: 3,400", "requested: 13,400"), ("5,160", "15,160")]);
    assert_eq!(changed(desk), with_overview("roads"));
    let after = editions(desk);
    assert_eq!((&before["harbor"], &before["bridges"]), (&after["harbor"], &after["bridges"]));
    assert_ne!(before["roads"], after["roads"]);
    assert_ne!(before["overview"], after["overview"]);

    // A program in front of the others, and one less: the sheets that stay are of the same edition.
    let new = "programs:\n  - {id: rivers, title: 河川の改修, requested: 100, prior: 新規}\n";
    edit(desk, "request.yaml", &[("programs:\n", new), ("15,160", "15,260")]);
    gaisan(desk, &["build"]);
    let path = desk.join("budgets/request.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let (rest, _) = text.split_once("\n  # 橋の点検").unwrap();
    fs::write(path, rest.replace("15,260", "14,700")).unwrap();
    gaisan(desk, &["build", "--prune"]);
    gaisan(desk, &["verify", "output"]);
    let last = editions(desk);
    assert_eq!((&after["harbor"], &after["roads"]), (&last["harbor"], &last["roads"]));
    assert_eq!(last.len(), 4);
}

#[test]
fn an_extract_says_that_it_is_one_and_is_plain_to_read() {
    let desk = inline();
    let inside = enclosure(desk.path(), "fy2027/works/roads");
    let [file] = inside.files.as_slice() else {
        unreachable!("{inside:?}");
    };
    assert_eq!((file.name.as_str(), file.role), ("fy2027/works/request.yaml", Role::Extract));
    insta::assert_snapshot!(String::from_utf8(file.bytes.clone()).unwrap());

    let attached = fs::read(desk.path().join("output/fy2027/works/roads.pdf")).unwrap();
    assert_eq!(pdf::enclosed(&attached).unwrap().files, inside.files);
    let overview = enclosure(desk.path(), "fy2027/works/overview");
    assert_eq!(overview.files[0].role, Role::Source);
    let whole = fs::read(desk.path().join("budgets/request.yaml")).unwrap();
    assert_eq!(overview.files[0].bytes, whole);
}
