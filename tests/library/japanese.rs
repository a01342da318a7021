//! What gaisan says in Japanese: the tables are whole, everything that a finding says is in them, and reports read well.

use std::collections::BTreeSet;

use gaisan::diagnostic::{Diagnostic, in_japanese};
use gaisan::examine;
use gaisan::read::{read, read_texts};
use gaisan::translation::Translation;

/// Words of a sentence that was not translated: two English ones side by side, outside what is quoted.
fn english(text: &str) -> bool {
    let bare: String = text
        .split(['「', '」', '『', '』', '`'])
        .step_by(2)
        .collect::<Vec<_>>()
        .join("\u{0}");
    let words: Vec<&str> = bare.split(' ').collect();
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'\'');
    words.windows(2).any(|pair| pair.iter().all(is_word)) && !is_amount(&bare)
}

/// Amounts of chapters in English stay as these print them.
fn is_amount(text: &str) -> bool {
    ["million", "thousand", "billion"].iter().any(|scale| text.contains(scale))
}

fn texts(finding: &Diagnostic) -> Vec<String> {
    let labels = std::iter::once(&finding.primary).chain(&finding.secondary).map(|label| label.text.clone());
    let said = [finding.message.clone()].into_iter().chain(labels).chain(finding.notes.clone());
    said.chain(finding.advice()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn both_languages_of_a_pattern_have_the_same_arguments() {
    for pattern in Translation::japanese().patterns() {
        let [english, japanese] = pattern.arguments();
        assert_eq!(english, japanese, "{pattern:?}");
    }
}

#[test]
fn everything_that_findings_say_is_in_japanese() {
    let mut left = BTreeSet::new();
    let mut all = Vec::new();
    let mut look = |findings: &[Diagnostic]| {
        for (finding, told) in findings.iter().zip(in_japanese(findings)) {
            for (from, to) in texts(finding).into_iter().zip(texts(&told)) {
                if english(&to) {
                    left.insert(format!("{}: {from}\n      → {to}", finding.code));
                }
                all.push(format!("{}\t{from}\t{to}", finding.code));
            }
        }
    };
    for case in super::errors::cases_of("tests/errors").into_iter().chain(super::errors::cases_of("tests/slips")) {
        look(&examine(&read(&[case])).findings);
    }
    for rule in gaisan::check::RULES {
        for example in rule.manual.split("```yaml\n").skip(1) {
            let yaml = example.split("```").next().unwrap_or_default();
            look(&examine(&read_texts(&super::manuals::files(yaml))).findings);
        }
    }
    std::fs::write("/tmp/desk-all.txt", all.join("\n")).unwrap();
    assert!(left.is_empty(), "{}", left.into_iter().collect::<Vec<_>>().join("\n"));
}
