//! A build goes through the chapters a few at a time. Law: it finds what a look at all of them at once finds.

use std::fs;
use std::path::{Path, PathBuf};

use gaisan::build::{Format, Mode, Options, build};
use gaisan::compose::Templates;
use gaisan::diagnostic::{self, Color};
use gaisan::read::{read, survey};
use gaisan::settings::Severities;
use gaisan::{examine, examine_in_turn};
use proptest::prelude::*;

use super::cases;
use crate::support;

/// What there is to say about some paths, looked at all at once and a few at a time.
fn both(paths: &[PathBuf]) -> [String; 2] {
    let reading = read(paths);
    let at_once = examine(&reading);
    let at_once = diagnostic::text(&at_once.findings, &reading.sources, Color::Never);

    let severities = Severities::default();
    let checked = examine_in_turn(&mut survey(paths), &severities, &mut |_| {});
    let checked = diagnostic::text(&checked.list, &checked.sources, Color::Never);
    assert_eq!(checked, at_once);

    let options = Options {
        mode: Mode::Check,
        formats: vec![Format::Markdown],
        out: PathBuf::from("no such folder"),
        ..Options::default()
    };
    let built = build(&mut survey(paths), &severities, &Templates::new(&[]).unwrap(), &options, &|_, _| {});
    assert!(built.failures.is_empty(), "{:?}", built.failures);
    assert_eq!(built.chapters, reading.requests.len());
    let findings = &built.findings;
    let in_turn = diagnostic::text(&findings.list, &findings.sources, Color::Never);
    [at_once, in_turn]
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A chapter with one line of its own and one in a file that other chapters may name too.
fn chapter(id: &str, year: u16, prior: u32, more: &str) -> String {
    format!(
        "gaisan: 1\nid: {id}\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nrequested: 30\nprior: {prior}\nbreakdown: complete\n{more}programs:\n  - {{id: {id}-a, title: 事業, requested: 20, prior: {prior}, enacted: 20}}\n  - ../shared.yaml\n"
    )
}

#[test]
fn the_chapters_that_come_with_gaisan() {
    let [at_once, in_turn] = both(&[support::budgets("")]);
    assert_eq!(at_once, in_turn);
}

#[test]
fn files_that_nobody_names_broken_files_and_files_that_two_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "shared.yaml", "id: shared\ntitle: 共有\nrequested: ten\nprior: 0\n");
    write(folder, "a/request.yaml", &chapter("c-a", 2023, 20, ""));
    write(folder, "b/request.yaml", &chapter("c-b", 2022, 19, ""));
    // The same chapter twice in one year, far from each other.
    write(folder, "z/request.yaml", &chapter("c-a", 2023, 20, ""));
    let crosswalk = "crosswalk: [{kind: moved, chapter: c-b, from: [c-b-a], to: [c-c-a]}]\n";
    write(folder, "c/request.yaml", &chapter("c-c", 2023, 25, crosswalk));
    write(folder, "lost.yaml", "id: lost\ntitle: 迷子\n");
    write(folder, "gone.yaml", "id: [\n");
    write(folder, "torn/request.yaml", "gaisan: 1\nid: torn\n  title: x\n");
    write(folder, "other/request.yaml", "\"\\x67aisan\": 2\nid: other\n");
    write(folder, "gaisan.yaml", "gaisan: 1\nid: hidden\n");
    let [at_once, in_turn] = both(&[folder.to_path_buf()]);
    for said in
        ["E0502", "E0407", "lost.yaml", "gone.yaml", "torn/request.yaml", "format version `2`", "gaisan.yaml"]
    {
        assert!(at_once.contains(said), "{said}: {at_once}");
    }
    assert_eq!(at_once, in_turn);
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn chapters_of_several_years_that_follow_from_each_other(
        chapters in prop::collection::vec((0..90_u32, 2020..2024_u16, 15..26_u32, prop::option::of(0..90_u32)), 1..120),
    ) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "shared.yaml", "id: shared\ntitle: 共有\nrequested: 10\nprior: 0\n");
        for (number, (id, year, prior, from)) in chapters.iter().enumerate() {
            let crosswalk = from.map_or_else(String::new, |from| {
                format!("crosswalk: [{{kind: moved, chapter: c-{from}, from: [c-{from}-a], to: [c-{id}-a]}}]\n")
            });
            let text = chapter(&format!("c-{id}"), *year, *prior, &crosswalk);
            write(folder.path(), &format!("{number}/request.yaml"), &text);
        }
        let [at_once, in_turn] = both(&[folder.path().to_path_buf()]);
        prop_assert_eq!(at_once, in_turn);
    }
}
