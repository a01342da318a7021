//! What gaisan says in Japanese: the tables are whole, everything that a finding says is in them, and reports read well.

use std::collections::BTreeSet;

use gaisan::diagnostic::{Color, Diagnostic, text_in, told};
use gaisan::examine;
use gaisan::read::{read, read_texts};
use gaisan::translation::Translation;

/// Words of a sentence that was not translated: two English ones side by side, outside what is quoted.
fn english(text: &str) -> bool {
    let bare: String = text.split(['「', '」', '『', '』', '`']).step_by(2).collect::<Vec<_>>().join("\u{0}");
    let words: Vec<&str> = bare.split(' ').collect();
    let is_word =
        |word: &&str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'\'');
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
fn every_text_has_one_pattern() {
    let mut known = BTreeSet::new();
    for entry in std::fs::read_dir("src/translation").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let table = std::fs::read_to_string(path).unwrap();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', ' '])) {
            assert!(known.insert(line.to_owned()), "`{line}` is there twice");
        }
    }
}

#[test]
fn everything_that_findings_say_is_in_japanese() {
    let mut left = BTreeSet::new();
    let mut look = |findings: &[Diagnostic]| {
        for (finding, told) in findings.iter().zip(told(findings, Some(Translation::japanese())).into_owned())
        {
            for (from, to) in texts(finding).into_iter().zip(texts(&told)) {
                if english(&to) {
                    left.insert(format!("{}: {from}\n      → {to}", finding.code));
                }
            }
        }
    };
    for case in
        super::errors::cases_of("tests/errors").into_iter().chain(super::errors::cases_of("tests/slips"))
    {
        look(&examine(&read(&[case])).findings);
    }
    for rule in gaisan::check::RULES {
        for example in rule.manual.split("```yaml\n").skip(1) {
            let yaml = example.split("```").next().unwrap_or_default();
            look(&examine(&read_texts(&super::manuals::files(yaml))).findings);
        }
    }
    for sheet in super::importing::ODD {
        look(&super::importing::taken("要求.csv", sheet).findings);
    }
    let left: Vec<String> = left.into_iter().collect();
    assert!(left.is_empty(), "say it in src/translation/*.txt:\n{}", left.join("\n"));
}

/// Typical slips, each with its whole report.
const SLIPS: [&str; 12] = [
    "errors/03-tab-indentation.yaml",
    "errors/11-unknown-keys.yaml",
    "errors/15-amount-in-brackets.yaml",
    "errors/17-missing-file",
    "errors/38-unknown-units.yaml",
    "errors/47-digits-swapped.yaml",
    "errors/52-part-in-oku.yaml",
    "errors/54-new-not-said.yaml",
    "errors/55-rest-not-explained.yaml",
    "errors/85-prior-is-not-what-was-enacted",
    "errors/102-lines-gone-without-a-word",
    "slips/pasted-from-a-spreadsheet.yaml",
];

#[test]
fn reports_of_typical_slips_stay_as_they_are() {
    let report = |case: &&str| {
        let reading = read(&[format!("tests/{case}").into()]);
        let findings = examine(&reading).findings;
        text_in(Some(Translation::japanese()), &findings, &reading.sources, Color::Never)
    };
    insta::assert_snapshot!(SLIPS.iter().map(report).collect::<Vec<_>>().join("----\n"));
}

/// Whatever a text is, saying it ends soon and loses nothing of the author's words.
#[test]
fn long_and_odd_texts_are_said_at_once() {
    let words = Translation::japanese();
    for piece in
        ["`", "a and b, ", "write `x`; ", "{line}", "and `x` or ", ": ", "? ", "the parts add up to "]
    {
        let start = std::time::Instant::now();
        let _ = words.sentence(&piece.repeat(800 / piece.len()));
        assert!(start.elapsed().as_secs() < 5, "{piece}");
    }
    let said = words.say("the breakdown of `「甲` does not add up (requested)");
    assert_eq!(said, "『「甲』の内訳の合計が一致しません（要求額）");
}

/// docs/format.ja.md has every key of docs/format.md, and its example.
#[test]
fn the_format_is_described_in_both_languages() {
    let [english, japanese] =
        ["docs/format.md", "docs/format.ja.md"].map(|path| std::fs::read_to_string(path).unwrap());
    let example = |page: &str| {
        let (_, rest) = page.split_once("```yaml complete\n").unwrap();
        rest.split("```").next().unwrap().to_owned()
    };
    assert_eq!(example(&english), example(&japanese));
    let keys = |page: &str, heading: &str| -> BTreeSet<String> {
        let (_, tables) = page.split_once(heading).unwrap();
        let rows =
            tables.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| "));
        rows.flat_map(|row| {
            row.split('|').skip(1).take(2).flat_map(|cell| cell.split('`').skip(1).step_by(2))
        })
        .map(str::to_owned)
        .collect()
    };
    assert_eq!(keys(&english, "\n## Every key\n"), keys(&japanese, "\n## 全ての項目\n"));
}
