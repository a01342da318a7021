//! Which severity the findings of a rule have in a project and in a run.
//!
//! In: findings, what `gaisan.yaml` says, what the command line says. Out: the findings that are reported. The command line
//! goes before `gaisan.yaml`, and that before the rule's own severity. What is an error by itself stays one.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::{RULES, Rule, rule};
use crate::diagnostic::{Diagnostic, Level, Severity, nearest};
pub use crate::read::Settings;

/// The severities that a project and a run ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities {
    project: BTreeMap<&'static str, Level>,
    run: BTreeMap<&'static str, Level>,
    deny_warnings: bool,
}

impl Severities {
    /// What a project's settings mean, and findings about those that cannot be applied.
    #[must_use]
    pub fn of(settings: &Settings) -> (Self, Vec<Diagnostic>) {
        let mut severities = Self::default();
        let mut findings = Vec::new();
        let mut places = BTreeMap::new();
        for (code, level) in &settings.severity {
            let rule = match adjustable(&code.value, level.value) {
                Ok(rule) => rule,
                Err(refusal) => {
                    findings
                        .push(Diagnostic::new("E0113", code.span, refusal.to_string()).help(refusal.help()));
                    continue;
                }
            };
            if let Some(first) = places.insert(rule.code, code.span) {
                findings.push(
                    Diagnostic::new("E0113", code.span, format!("`{}` is set twice", rule.code))
                        .also(first, "first set here")
                        .help("keep one of the two"),
                );
                continue;
            }
            severities.project.insert(rule.code, level.value);
        }
        (severities, findings)
    }

    /// Sets the level of a rule for this run.
    ///
    /// # Errors
    /// When there is no such rule, when it is an error by itself, or when the run sets it to something else already.
    pub fn set(&mut self, code: &str, level: Level) -> Result<(), Refusal> {
        let rule = adjustable(code, level)?;
        match self.run.insert(rule.code, level) {
            Some(before) if before != level => {
                Err(Refusal::Contradiction { code: rule.code, levels: (before, level) })
            }
            _ => Ok(()),
        }
    }

    /// Makes errors of everything that would be a warning, except where this run sets a rule by its code.
    pub fn deny_warnings(&mut self) {
        self.deny_warnings = true;
    }

    /// Whether warnings that come from no rule stop a run as well.
    #[must_use]
    pub fn denies_warnings(&self) -> bool {
        self.deny_warnings
    }

    /// Gives findings their severities, and takes those out that are allowed.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| match self.severity(finding) {
            Some(severity) => {
                finding.severity = severity;
                true
            }
            None => false,
        });
    }

    /// The severity of a finding; `None` when it is not to be reported.
    fn severity(&self, finding: &Diagnostic) -> Option<Severity> {
        if finding.severity == Severity::Error {
            return Some(Severity::Error);
        }
        let in_run = self.run.get(finding.code);
        let severity = match in_run.or_else(|| self.project.get(finding.code)) {
            Some(Level::Allow) => return None,
            Some(Level::Deny) => Severity::Error,
            Some(Level::Warn) => Severity::Warning,
            None => finding.severity,
        };
        let denied = self.deny_warnings && in_run.is_none() && severity == Severity::Warning;
        Some(if denied { Severity::Error } else { severity })
    }
}

/// Why a severity cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such rule.
    Unknown {
        /// The code as it was written.
        code: String,
        /// The code that may have been meant.
        near: Option<&'static str>,
    },
    /// The rule's findings are errors, and errors cannot be lowered.
    Fixed {
        /// The rule's code.
        code: &'static str,
        /// What was asked for.
        level: Level,
    },
    /// One rule is set to two levels.
    Contradiction {
        /// The rule's code.
        code: &'static str,
        /// Both levels.
        levels: (Level, Level),
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { code, .. } => write!(f, "there is no rule `{code}`"),
            Self::Fixed { code, level } => {
                let what = if *level == Level::Allow { "allowed" } else { "lowered to a warning" };
                write!(f, "`{code}` is an error and cannot be {what}")
            }
            Self::Contradiction { code, levels } => {
                let (one, other) = (levels.0.slug(), levels.1.slug());
                write!(f, "`{code}` is set to `{one}` and to `{other}`")
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Unknown { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::Unknown { near: None, .. } => "`gaisan rules` lists the rules".to_owned(),
            Self::Fixed { code, .. } => {
                format!("take `{code}` out here, and correct what it reports")
            }
            Self::Contradiction { .. } => "say one of the two".to_owned(),
        }
    }
}

/// The rule that `draft` stands for.
const DRAFT: &str = "W0307";

/// The rule of a code, if its findings may be set to a level.
fn adjustable(code: &str, level: Level) -> Result<&'static Rule, Refusal> {
    let code = if code.trim().eq_ignore_ascii_case("draft") { DRAFT } else { code };
    let Some(rule) = rule(code.trim()) else {
        return Err(Refusal::Unknown { code: code.trim().to_owned(), near: nearest_code(code) });
    };
    if rule.severity() == Severity::Error && level != Level::Deny {
        return Err(Refusal::Fixed { code: rule.code, level });
    }
    Ok(rule)
}

/// The code that may have been meant: the one of the same number, otherwise the most similar one.
#[must_use]
pub fn nearest_code(code: &str) -> Option<&'static str> {
    let code = code.trim().to_lowercase();
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let same = RULES.iter().find(|rule| digits.len() == 4 && rule.code.ends_with(&digits));
    if let Some(rule) = same {
        return Some(rule.code);
    }
    let codes: Vec<String> = RULES.iter().map(|rule| rule.code.to_lowercase()).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    rule(nearest(&code, &codes)?).map(|rule| rule.code)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;
    use crate::diagnostic::{Color, text};
    use crate::read::Reading;
    use crate::source::{SourceMap, Span};

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
            [
                Some(Severity::Error),
                None,
                Some(Severity::Warning),
                Some(Severity::Error),
                Some(Severity::Note)
            ]
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
            [
                None,
                Some(Severity::Error),
                Some(Severity::Error),
                Some(Severity::Warning),
                Some(Severity::Note)
            ]
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
}
