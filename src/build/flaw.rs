//! Outputs that are not what a build would make, and what that keeps from being done.

use std::fmt;

/// How an output differs from what a build would make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not there.
    Missing,
    /// The data, the templates or gaisan have changed since it was built.
    Stale,
    /// It is not what the build wrote: somebody edited it.
    Edited,
    /// It cannot be read any more.
    Damaged,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Stale => "out of date",
            Self::Edited => "edited by hand",
            Self::Damaged => "damaged",
        })
    }
}

/// Why a release cannot be made, or parts of a build cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// What is there is not as it must be; says how.
    Content(String),
    /// The machine refused.
    System(String),
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Content(cause) | Self::System(cause)) = self;
        f.write_str(cause)
    }
}
