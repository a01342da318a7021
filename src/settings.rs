//! Which severity the findings of a rule have in a project and in a run.
//!
//! In: findings, what `gaisan.yaml` says, what the command line says. Out: the findings that are reported. The command line
//! goes before `gaisan.yaml`, and that before the rule's own severity. What is an error by itself stays one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::check::{RULES, Rule, rule};
use crate::diagnostic::{Diagnostic, Level, Severity, nearest};
use crate::read::Reading;
pub use crate::read::Settings;

/// The severities that a project and a run ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities {
    project: BTreeMap<&'static str, Level>,
    run: BTreeMap<&'static str, Level>,
    deny_warnings: bool,
}

impl Severities {
    /// What the settings in a file mean; what cannot be applied of them is told with what is read.
    pub fn read(file: &Path, reading: &mut Reading) -> Self {
        let (severities, refused) = Self::of(&reading.settings(file));
        reading.findings.extend(refused);
        severities
    }

    /// What a project's settings mean, and findings about those that cannot be applied.
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
pub fn nearest_code(code: &str) -> Option<&'static str> {
    let code = code.trim().to_lowercase();
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let number = format!("{digits:0>4}");
    let same = RULES.iter().find(|rule| !digits.is_empty() && rule.code.ends_with(&number));
    if let Some(rule) = same {
        return Some(rule.code);
    }
    let codes: Vec<String> = RULES.iter().map(|rule| rule.code.to_lowercase()).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    rule(nearest(&code, &codes)?).map(|rule| rule.code)
}
