//! What `build --check` finds: outputs that are not what a build would make.

use std::fmt;

use super::state::Seen;
use super::{FileEntry, Run};

/// How an output differs from what a build would make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is not there.
    Missing,
    /// The data, the templates or gaisan have changed since it was built.
    Stale,
    /// It is not what the build wrote: somebody edited it.
    Edited,
    /// It cannot be read any more.
    Damaged,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Stale => "out of date",
            Self::Edited => "edited by hand",
            Self::Damaged => "damaged",
        })
    }
}

impl Run<'_> {
    /// Why a file of a sheet is not what it should be, by what the manifest says that a build wrote.
    pub(super) fn trouble(&self, sheet: &str, path: &str, there: Option<&Seen>) -> Trouble {
        let Some(there) = there else {
            return Trouble::Missing;
        };
        let converted = |file: &FileEntry| Seen::is_converted(&self.options.out.join(path), file.sha256);
        let files = self.old.get(sheet).map(|sheet| sheet.files.as_slice());
        let mut files = files.unwrap_or_default().iter();
        let written = files.find(|file| file.path == path);
        match written {
            // One that a checkout has converted is no less out of date than the one that was written.
            Some(written) if written.sha256 != there.sha256 && !converted(written) => Trouble::Edited,
            _ => Trouble::Stale,
        }
    }
}
