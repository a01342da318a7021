//! What somebody wants of a rule's findings.

/// What is to become of the findings of a rule that are no errors by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// They are errors.
    Deny,
    /// They are warnings.
    Warn,
    /// They are not reported.
    Allow,
}

impl Level {
    /// The word for it, in settings and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}
