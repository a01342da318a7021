//! What somebody wants of a rule's findings.

use crate::named::named;

named! {
    /// What is to become of the findings of a rule that are no errors by themselves.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Level {
        /// They are errors.
        Deny = "deny",
        /// They are warnings.
        Warn = "warn",
        /// They are not reported.
        Allow = "allow",
    }
}
