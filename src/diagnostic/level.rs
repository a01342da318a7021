//! What somebody wants of a rule's findings.

use crate::named::named;

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

named!(Level {
    Deny = "deny",
    Warn = "warn",
    Allow = "allow",
});
