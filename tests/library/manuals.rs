//! Every rule's manual keeps its word: its wrong example is reported under the rule's code and nothing else is wrong with it,
//! and its right example is right.

use gaisan::check::{Check, RULES, Rule};
use gaisan::diagnostic::{Color, Severity, text};
use gaisan::examine;
use gaisan::read::read_texts;
use gaisan::settings::Severities;

/// Whether a rule is about what no YAML can show: bytes, of which `tests/errors/` has a file, workbooks, or pages.
fn is_described_only(rule: &Rule) -> bool {
    rule.code == "E0101" || matches!(rule.check, Check::Import | Check::Building)
}

/// What is found in one text: the codes, with whether each is an error, and the report for a reader of a failed test.
struct Found {
    codes: Vec<(&'static str, bool)>,
    report: String,
}

impl Found {
    fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|(found, _)| *found == code)
    }

    fn errors(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().filter(|(_, is_error)| *is_error).map(|(code, _)| *code)
    }
}

/// The files of an example: one, or several, each under a comment that is its name.
pub(crate) fn files(yaml: &str) -> Vec<(&str, &str)> {
    let mut files: Vec<(&str, usize, usize)> = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let named = line.trim_end().strip_prefix("# ").filter(|name| name.ends_with(".yaml"));
        if let Some(name) = named {
            if let Some((_, _, end)) = files.last_mut() {
                *end = at;
            }
            files.push((name, at + line.len(), yaml.len()));
        }
        at += line.len();
    }
    if files.is_empty() {
        return vec![("request.yaml", yaml)];
    }
    files.into_iter().map(|(name, start, end)| (name, &yaml[start..end])).collect()
}

fn find(yaml: &str) -> Found {
    let (reading, findings) = if yaml.starts_with("severity:") {
        let mut reading = read_texts(&[]);
        let settings = reading.settings_text("gaisan.yaml", yaml);
        let (_, refused) = Severities::of(&settings);
        let findings = [reading.findings.clone(), refused].concat();
        (reading, findings)
    } else {
        let reading = read_texts(&files(yaml));
        let findings = examine(&reading).findings;
        (reading, findings)
    };
    let codes = findings.iter().map(|finding| (finding.code, finding.severity == Severity::Error)).collect();
    Found { codes, report: text(&findings, &reading.sources, Color::Never) }
}

/// The text of the first block whose fence says `info`.
fn block<'text>(markdown: &'text str, info: &str) -> Option<&'text str> {
    let (_, rest) = markdown.split_once(&format!("```{info}\n"))?;
    rest.split_once("```").map(|(block, _)| block)
}

/// The text under a heading of the second level.
fn under<'text>(manual: &'text str, heading: &str) -> Option<&'text str> {
    let (_, rest) = manual.split_once(&format!("\n## {heading}\n"))?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}

fn example<'text>(rule: &Rule, manual: &'text str, heading: &str) -> Option<&'text str> {
    let section = under(manual, heading).unwrap_or_else(|| panic!("{}: no `## {heading}`", rule.code));
    let yaml = block(section, "yaml");
    let described = yaml.is_none() && block(section, "text").is_some();
    assert!(
        yaml.is_some() || described && is_described_only(rule),
        "{}: no yaml under `## {heading}`",
        rule.code
    );
    yaml
}

/// The wrong or the right example of a rule, where it is YAML.
pub(crate) fn example_of(rule: &Rule, heading: &str) -> Option<&'static str> {
    example(rule, rule.manual, heading)
}

#[test]
fn a_manual_begins_with_its_code_and_title() {
    for rule in RULES {
        let first = rule.manual.lines().next().unwrap_or_default();
        assert_eq!(first, format!("# {}: {}", rule.code, rule.title));
        assert!(rule.manual.ends_with('\n'), "{}: no last line end", rule.code);
    }
}

#[test]
fn a_code_says_how_severe_its_findings_are_and_belongs_to_one_rule() {
    for (at, rule) in RULES.iter().enumerate() {
        let (letter, digits) = rule.code.split_at(1);
        assert!(matches!(letter, "E" | "W" | "N"), "{}", rule.code);
        assert!(digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()));
        let same = RULES.iter().position(|other| other.code[1..] == *digits);
        assert_eq!(same, Some(at), "the number of {} is taken", rule.code);
    }
}

#[test]
fn the_wrong_example_breaks_the_rule_and_no_other() {
    for rule in RULES {
        let Some(yaml) = example(rule, rule.manual, "Wrong") else {
            continue;
        };
        let found = find(yaml);
        assert!(found.has(rule.code), "{} is not found in its example:\n{}", rule.code, found.report);
        let other: Vec<&str> = found.errors().filter(|code| *code != rule.code).collect();
        assert!(
            other.is_empty(),
            "{}: the example is wrong in other ways, too:\n{}",
            rule.code,
            found.report
        );
    }
}

#[test]
fn the_right_example_is_right() {
    for rule in RULES {
        let Some(yaml) = example(rule, rule.manual, "Right") else {
            continue;
        };
        let found = find(yaml);
        assert!(
            !found.has(rule.code) && found.errors().next().is_none(),
            "{}: the right example is wrong:\n{}",
            rule.code,
            found.report
        );
    }
}

#[test]
fn the_complete_example_of_the_format_is_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/format.md");
    let format = std::fs::read_to_string(path).expect("docs/format.md describes the format");
    let yaml = block(&format, "yaml complete").expect("docs/format.md has a complete example");
    let found = find(yaml);
    assert!(found.errors().next().is_none(), "{}", found.report);
}
