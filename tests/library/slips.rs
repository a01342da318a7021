//! A catalogue of slips of an officer's hand: every `NAME.yaml` and every folder `NAME` in `tests/slips/` has the whole report
//! beside it, `NAME.snap`. What findings offer as cures is applied in `cures`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use gaisan::diagnostic::{Color, Diagnostic, text};
use gaisan::examine;
use gaisan::read::{Reading, read};

fn cases() -> Vec<PathBuf> {
    super::errors::cases_of("tests/slips")
}

fn findings(reading: &Reading) -> Vec<Diagnostic> {
    examine(reading).findings
}

#[test]
fn every_slip_has_a_report_that_names_its_cure() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../slips");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    for case in cases() {
        let reading = read(std::slice::from_ref(&case));
        let found = findings(&reading);
        assert!(found.iter().all(|finding| finding.advice().is_some()), "{case:?}: {found:#?}");
        let report = match found.as_slice() {
            [] => "nothing to correct".to_owned(),
            found => text(found, &reading.sources, Color::Never),
        };
        let longest = report.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(longest < 400, "{case:?}: a line of {longest} characters");
        let name = case.file_stem().unwrap().to_string_lossy().into_owned();
        let check = || settings.bind(|| insta::assert_snapshot!(name, report));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err() {
            failed.push(case);
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Everything that is said about an English chapter is in English, but for the author's own words; and so in Japanese.
#[test]
fn examples_are_in_the_language_of_the_chapter() {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    for case in cases() {
        let reading = read(std::slice::from_ref(&case));
        let english =
            reading.requests.iter().all(|request| request.lang.tag() == "en") && !reading.requests.is_empty();
        for finding in findings(&reading) {
            let advice = finding.advice().unwrap_or_default();
            assert!(!english || !advice.contains(is_japanese), "{case:?}: {advice}");
        }
    }
}

/// What is said of a chapter in English has no Japanese in it but what the chapter itself says, whatever is wrong: all cases once more, as
/// chapters in English.
#[test]
fn every_finding_of_an_english_chapter_is_in_english() {
    let is_japanese = |c: &char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    let mut wrong = BTreeSet::new();
    for case in
        cases().into_iter().chain(super::errors::cases_of("tests/errors")).filter(|case| case.is_file())
    {
        let Ok(text) = std::fs::read_to_string(&case) else { continue };
        if text.contains("lang:") {
            continue;
        }
        let text = text.replacen("gaisan: 1", "gaisan: 1\nlang: en", 1);
        let reading = gaisan::read::read_texts(&[("chapter.yaml", &text)]);
        let own: BTreeSet<char> = text.chars().filter(is_japanese).collect();
        for finding in findings(&reading).iter().filter(|_| !reading.requests.is_empty()) {
            // A kanji that was mistaken, and an era that an author named by its letter, are what the finding is about.
            if matches!(finding.code, "W0602" | "E0401") {
                continue;
            }
            let labels =
                std::iter::once(&finding.primary).chain(&finding.secondary).map(|label| label.text.clone());
            let said = [finding.message.clone()].into_iter().chain(labels).chain(finding.notes.clone());
            for said in said.chain(finding.advice()) {
                if said.chars().any(|c| is_japanese(&c) && !own.contains(&c)) {
                    wrong.insert(format!("{}: {said}", finding.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
