//! What a project may ask of the rules, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use gaisan::diagnostic::*;
use gaisan::diagnostic::{Color, text};
use gaisan::read::Reading;
use gaisan::settings::*;
use gaisan::source::{SourceMap, Span};

/// The severities of a settings file and the report on it.
fn settings(yaml: &str) -> (Severities, String) {
    let mut reading = Reading::default();
    let written = reading.settings_text("gaisan.yaml", yaml);
    let (severities, findings) = Severities::of(&written);
    reading.findings.extend(findings);
    let report = text(&reading.findings, &reading.sources, Color::Never);
    (severities, report)
}

/// What becomes of the findings of some rules.
fn outcome(severities: &Severities, codes: &[&'static str]) -> Vec<Option<Severity>> {
    let mut sources = SourceMap::default();
    let file = sources.add("a.yaml", "");
    let span = Span { file, start: 0, end: 0 };
    let one = |code: &'static str| {
        let mut findings = vec![Diagnostic::new(code, span, "odd")];
        severities.apply(&mut findings);
        findings.first().map(|finding| finding.severity)
    };
    codes.iter().copied().map(one).collect()
}

#[test]
fn the_project_sets_severities_and_errors_stay() {
    let (severities, report) = settings("severity:\n  W0203: deny\n  w0506: allow\n  E0201: deny\n");
    assert_eq!(report, "");
    assert_eq!(
        outcome(&severities, &["W0203", "W0506", "W0508", "E0201", "N0999"]),
        [Some(Severity::Error), None, Some(Severity::Warning), Some(Severity::Error), Some(Severity::Note)]
    );
}

#[test]
fn the_command_line_goes_before_the_project() {
    let (mut severities, _) = settings("severity: {W0203: deny, W0506: allow, W0112: warn}");
    severities.set("W0203", Level::Warn).unwrap();
    severities.set("w0506", Level::Deny).unwrap();
    assert_eq!(
        outcome(&severities, &["W0203", "W0506", "W0112"]),
        [Some(Severity::Warning), Some(Severity::Error), Some(Severity::Warning)]
    );
}

#[test]
fn denied_warnings_are_those_that_would_be_reported() {
    let (mut severities, _) = settings("severity: {W0112: allow, W0506: warn}");
    severities.deny_warnings();
    severities.set("W0203", Level::Warn).unwrap();
    assert_eq!(
        outcome(&severities, &["W0112", "W0506", "W0508", "W0203", "N0999"]),
        [None, Some(Severity::Error), Some(Severity::Error), Some(Severity::Warning), Some(Severity::Note)]
    );
}

#[test]
fn a_level_that_cannot_be_set_is_refused() {
    let mut severities = Severities::default();
    let refused = |severities: &mut Severities, code: &str, level| {
        let refusal = severities.set(code, level).unwrap_err();
        format!("{refusal}; {}", refusal.help())
    };
    assert_eq!(
        refused(&mut severities, "E0201", Level::Allow),
        "`E0201` is an error and cannot be allowed; take `E0201` out here, and correct what it reports"
    );
    assert_eq!(
        refused(&mut severities, "E0203", Level::Allow),
        "there is no rule `E0203`; did you mean `W0203`?"
    );
    assert_eq!(
        refused(&mut severities, "nonsense", Level::Allow),
        "there is no rule `nonsense`; `gaisan rules` lists the rules"
    );
    severities.set("W0203", Level::Allow).unwrap();
    assert_eq!(
        refused(&mut severities, "W0203", Level::Deny),
        "`W0203` is set to `allow` and to `deny`; say one of the two"
    );
}

#[test]
fn what_is_wrong_with_settings_is_reported_where_it_stands() {
    let (_, report) = settings(
        "severty: {}\nseverity:\n  W0230: deny\n  E0201: allow\n  E0202: warn\n  W0506: dney\n  W0203: deny\n  w0203: warn\n  W0112:\n",
    );
    insta::assert_snapshot!(report);
}

#[test]
fn settings_that_are_no_mapping_are_reported() {
    let (_, report) = settings("severity: [W0203]\n");
    insta::assert_snapshot!(report);
    let (_, report) = settings("W0203\n");
    insta::assert_snapshot!(report);
}

#[test]
fn settings_may_say_nothing() {
    for yaml in ["", "# nothing yet\n\n", "severity:\n"] {
        let (severities, report) = settings(yaml);
        assert_eq!((severities, report.as_str()), (Severities::default(), ""));
    }
}
