//! A catalogue of what goes wrong with budget files and of what gaisan says then: every `NN-name.yaml` and every folder
//! `NN-name` in `tests/errors/` has its report beside it, `NN-name.snap`. The names that begin with `right-` are inputs that
//! look odd and are right.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use gaisan::check::{Check, RULES};
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use gaisan::read::{Reading, read, read_texts};

/// What takes this many seconds hangs. Reports take milliseconds; the rest is for a machine with much else to do.
const HANG: u64 = 30;

/// The inputs, sorted; relative to the package, where tests run, so that reports name no machine's folders.
fn cases() -> Vec<PathBuf> {
    cases_of("tests/errors")
}

/// The inputs of a catalogue.
pub(crate) fn cases_of(folder: &str) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    cases.sort();
    cases
}

fn name(case: &std::path::Path) -> String {
    case.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The report of a reading, in plain text.
fn report(reading: &Reading) -> String {
    assert!(reading.unreadable.is_empty(), "{:?}", reading.unreadable);
    let examined = examine(reading);
    if examined.findings.is_empty() {
        return "nothing to correct".to_owned();
    }
    text(&examined.findings, &reading.sources, Color::Never)
}

fn assert_report(name: &str, report: &str) {
    insta::with_settings!({
        snapshot_path => "../errors",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, report);
    });
}

#[test]
fn every_wrong_input_has_a_report_that_helps() {
    let failed: Vec<String> = cases()
        .iter()
        .filter(|case| {
            let check = || assert_report(&name(case), &report(&read(&[case.to_path_buf()])));
            catch_unwind(AssertUnwindSafe(check)).is_err()
        })
        .map(|case| name(case))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_rule_is_in_the_catalogue() {
    let mut found = BTreeSet::new();
    for case in cases().into_iter().chain(cases_of("tests/slips")) {
        let reading = read(&[case]);
        found.extend(examine(&reading).findings.iter().map(|finding| finding.code));
    }
    let of_yaml = RULES.iter().filter(|rule| !matches!(rule.check, Check::Import | Check::Building));
    let all: BTreeSet<&str> = of_yaml.map(|rule| rule.code).collect();
    assert_eq!(found, all);
}

#[test]
fn right_inputs_that_look_odd_are_right() {
    for case in cases() {
        let is_right = name(&case).contains("-right-");
        let reading = read(std::slice::from_ref(&case));
        assert_eq!(examine(&reading).findings.is_empty(), is_right, "{case:?}");
    }
}

#[test]
fn every_place_lies_on_whole_characters_of_its_file() {
    for case in cases() {
        let reading = read(std::slice::from_ref(&case));
        for finding in &examine(&reading).findings {
            for label in std::iter::once(&finding.primary).chain(&finding.secondary) {
                let text = &reading.sources.file(label.span.file).text;
                assert!(text.get(label.span.start..label.span.end).is_some(), "{case:?}: {finding:?}");
            }
        }
    }
}

#[test]
fn every_finding_says_what_to_do_in_the_same_manner() {
    for case in cases() {
        let reading = read(std::slice::from_ref(&case));
        for finding in &examine(&reading).findings {
            let message = &finding.message;
            assert!(finding.advice().is_some(), "no help: {message}");
            assert!(!message.ends_with('.'), "a full stop: {message}");
            assert!(!message.contains('\n'), "several lines: {message}");
            let first = message.chars().next().unwrap();
            assert!(!first.is_ascii_uppercase(), "upper case: {message}");
        }
    }
}

#[test]
fn no_report_hangs() {
    for case in cases() {
        let start = Instant::now();
        let _ = report(&read(std::slice::from_ref(&case)));
        assert!(start.elapsed() < Duration::from_secs(HANG), "{case:?}");
    }
}

#[test]
fn enormous_inputs_have_short_reports() {
    let amounts =
        format!("gaisan: 1\nid: long\ntitle: {}\nrequested: {}\n", "量".repeat(200_000), "9".repeat(100_000));
    let inputs = [
        ("brackets", "[".repeat(100_000)),
        ("braces", "{a: ".repeat(100_000)),
        ("dashes", "- ".repeat(100_000)),
        ("quotation", format!("gaisan: \"{}", "量子".repeat(100_000))),
        ("digits", amounts),
    ];
    for (name, input) in &inputs {
        let start = Instant::now();
        let report = report(&read_texts(&[("request.yaml", input)]));
        assert!(start.elapsed() < Duration::from_secs(HANG), "{name}");
        assert!(report.len() < 20_000, "{name}: {} bytes", report.len());
    }
}

#[test]
fn the_smallest_chapter_that_an_empty_file_is_answered_with_is_right() {
    let reading = gaisan::read::read_texts(&[("request.yaml", "")]);
    let note = &reading.findings[0].notes[0];
    let (_, chapter) = note.split_once('\n').unwrap();
    let reading = gaisan::read::read_texts(&[("request.yaml", chapter)]);
    assert_eq!(reading.requests.len(), 1);
    assert_eq!(gaisan::examine(&reading).findings, []);
}
