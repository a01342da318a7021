//! What findings offer as their cures, applied: all of tests/slips, of tests/errors, and the wrong examples of all manuals.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gaisan::check::{Check, RULES, rule};
use gaisan::diagnostic::{Cure, Diagnostic, Severity};
use gaisan::drafting::{Mended, mend};
use gaisan::edit::edited;
use gaisan::examine;
use gaisan::read::Reading;
use gaisan::settings::Severities;
use tempfile::TempDir;

/// Every case, in a folder of its own.
fn cases() -> Vec<(String, TempDir)> {
    let mut cases = Vec::new();
    for case in ["tests/slips", "tests/errors"].into_iter().flat_map(super::errors::cases_of) {
        let folder = TempDir::new().unwrap();
        copy(&case, folder.path());
        cases.push((case.display().to_string(), folder));
    }
    for rule in RULES {
        let Some(yaml) = super::manuals::example_of(rule, "Wrong") else { continue };
        let folder = TempDir::new().unwrap();
        for (name, text) in super::manuals::files(yaml) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        cases.push((rule.code.to_owned(), folder));
    }
    cases
}

fn copy(case: &Path, to: &Path) {
    if case.is_file() {
        fs::copy(case, to.join(case.file_name().unwrap())).unwrap();
        return;
    }
    for entry in fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()) {
        let to = if entry.is_dir() { to.join(entry.file_name().unwrap()) } else { to.to_path_buf() };
        fs::create_dir_all(&to).unwrap();
        copy(&entry, &to);
    }
}

fn read(folder: &Path, instead: BTreeMap<PathBuf, Vec<u8>>) -> Reading {
    Reading::instead(instead).and_files(&[folder.to_path_buf()])
}

/// What findings say, and how often.
fn said(findings: &[Diagnostic]) -> BTreeMap<(&'static str, String), usize> {
    findings.iter().fold(BTreeMap::new(), |mut said, finding| {
        *said.entry((finding.code, finding.message.clone())).or_default() += 1;
        said
    })
}

/// Whether other findings may be hidden behind one: where nothing of a file could be read, and where a value could not, which is then in
/// no sum.
fn hides(finding: &Diagnostic, is_certain: bool) -> bool {
    let is_read = || matches!(rule(finding.code).unwrap().check, Check::Reading);
    matches!(finding.code, "E0102" | "E0104" | "E0105" | "E0108" | "E0111") || !is_certain && is_read()
}

/// The files with one cure.
fn with(cure: &Cure, reading: &Reading) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (id, file) in reading.sources.files() {
        let edits: Vec<_> = cure.edits.iter().filter(|edit| edit.span.file == id).cloned().collect();
        if !edits.is_empty() {
            files.insert(file.path.clone(), edited(&fs::read(&file.path).unwrap(), &edits).unwrap());
        }
    }
    files
}

#[test]
fn every_cure_puts_its_finding_right_and_no_certain_one_brings_another() {
    let (mut certain, mut suggested, mut wrong) = (0, 0, Vec::new());
    for (case, folder) in cases() {
        let reading = read(folder.path(), BTreeMap::new());
        let findings = examine(&reading).findings;
        let before = said(&findings);
        for finding in &findings {
            let Some(cure) = &finding.cure else { continue };
            if cure.is_certain {
                certain += 1
            } else {
                suggested += 1
            }
            let mended = read(folder.path(), with(cure, &reading));
            let now = examine(&mended).findings;
            let after = said(&now);
            let own = (finding.code, finding.message.clone());
            assert!(after.get(&own) < before.get(&own), "{case}: {finding:#?}");
            let new: Vec<_> = now
                .iter()
                .filter(|it| !before.contains_key(&(it.code, it.message.clone())))
                .filter(|it| cure.is_certain || it.severity == Severity::Error)
                .collect();
            if !new.is_empty() && !hides(finding, cure.is_certain) {
                wrong.push(format!("{case}: {finding:#?}, and then {new:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(certain > 60 && suggested > 100, "{certain} certain, {suggested} suggested");
}

#[test]
fn slips_of_every_kind_have_their_cures() {
    let kinds = [
        ("errors/51-wrong-total.yaml", "E0201", false, "10,861"),
        ("errors/03-tab-indentation.yaml", "E0102", true, "    "),
        ("errors/05-full-width-colon.yaml", "E0102", true, ": "),
        ("errors/07-colon-in-title.yaml", "E0102", true, "'Q-LEAP: 光・量子飛躍フラッグシッププログラム'"),
        ("errors/11-unknown-keys.yaml", "E0104", true, "ministry"),
        ("errors/55-rest-not-explained.yaml", "W0203", false, "notes:\n  - {kind: remark, text: …}\n"),
        ("errors/93-chinese-kanji.yaml", "W0602", false, "実"),
        ("errors/98-dash-alone.yaml", "E0102", true, "\"-\""),
        (
            "errors/102-lines-gone-without-a-word",
            "W0411",
            false,
            "crosswalk:\n  - {kind: merged, from: [quantum-sensing, quantum-network], to: quantum-devices}\n",
        ),
        ("errors/124-forms-of-kanji.yaml", "W0602", true, "力"),
        ("slips/digits-exchanged.yaml", "E0201", true, "\"7,458\""),
        ("slips/files-not-there", "E0108", true, "kiki.yaml"),
        ("slips/list-star.yaml", "E0102", true, "-"),
    ];
    for (case, code, is_certain, text) in kinds {
        let reading = gaisan::read::read(&[Path::new("tests").join(case)]);
        let findings = examine(&reading).findings;
        let mut cures = findings.iter().filter(|it| it.code == code).filter_map(|it| it.cure.as_ref());
        let is_there = |cure: &Cure| {
            cure.is_certain == is_certain && cure.edits.iter().any(|edit| edit.text.starts_with(text))
        };
        assert!(cures.any(is_there), "{case}: {findings:#?}");
    }
}

#[test]
fn a_cure_changes_no_byte_beside_its_places() {
    for (case, folder) in cases() {
        let reading = read(folder.path(), BTreeMap::new());
        for finding in examine(&reading).findings {
            let Some(cure) = finding.cure else { continue };
            for (id, file) in reading.sources.files().filter(|(_, file)| file.invalid_at.is_none()) {
                let mut edits: Vec<_> =
                    cure.edits.iter().filter(|edit| edit.span.file == id).cloned().collect();
                edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
                let mut expected = file.text.clone();
                edits
                    .iter()
                    .for_each(|edit| expected.replace_range(edit.span.start..edit.span.end, &edit.text));
                // As Notepad writes files.
                let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
                let new = edited(&windows(&file.text), &edits).unwrap();
                assert_eq!(new, windows(&expected), "{case}");
                assert_eq!(edited(file.text.as_bytes(), &edits).unwrap(), expected.into_bytes(), "{case}");
            }
        }
    }
}

#[test]
fn mending_ends_and_a_second_time_changes_nothing() {
    let mended = |folder: &Path, suggested| -> Mended {
        mend(&mut |files| Some((read(folder, files), Severities::default())), suggested).unwrap()
    };
    let mut left = Vec::new();
    for (case, folder) in cases() {
        for suggested in [false, true] {
            let once = mended(folder.path(), suggested);
            assert_eq!(once.plan.files.is_empty(), once.cured.is_empty(), "{case}: {:#?}", once.cured);
            once.plan.apply().unwrap();
            let again = mended(folder.path(), suggested);
            assert_eq!(again.cured, [], "{case}");
            assert_eq!(again.plan.patch(), "", "{case}");
            assert_eq!(said(&again.findings), said(&once.findings), "{case}");
            let cures = again
                .findings
                .iter()
                .filter(|it| it.cure.as_ref().is_some_and(|it| suggested || it.is_certain));
            left.extend(cures.map(|finding| format!("{case}: {finding:#?}")));
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}
