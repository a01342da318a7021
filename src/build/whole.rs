//! All sheets of an output folder, those of earlier builds and those made now, one after another and never all at once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::manifest::SheetEntry;
use super::spool::Spool;
use super::state::SheetState;

/// The sheets that an output folder has.
pub(super) struct Whole<'w> {
    /// Those that stay as they were.
    pub(super) old: &'w BTreeMap<String, SheetEntry>,
    /// What is known of them.
    pub(super) states: &'w BTreeMap<String, SheetState>,
    /// Those made now.
    pub(super) new: &'w Spool,
    /// Those that the next build has to look at again.
    pub(super) failed: &'w BTreeSet<String>,
}

impl Whole<'_> {
    /// All names, sorted.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        let old = self.old.keys().map(String::as_str);
        old.chain(self.new.names()).collect()
    }

    /// Each sheet, by name.
    pub(super) fn entries(&self) -> impl Iterator<Item = io::Result<Cow<'_, SheetEntry>>> {
        let names = self.names().into_iter();
        names.filter_map(|name| self.entry(name).transpose())
    }

    /// A sheet as the manifest has it; `None` where nothing was made of it.
    pub(super) fn entry(&self, name: &str) -> io::Result<Option<Cow<'_, SheetEntry>>> {
        let record = self.new.record(name)?;
        Ok(match record.and_then(|record| record.entry) {
            Some(entry) => Some(Cow::Owned(entry)),
            None => self.old.get(name).map(Cow::Borrowed),
        })
    }
}

/// The sheets as the manifest lists them.
impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for entry in self.entries() {
            list.serialize_element(&entry.map_err(S::Error::custom)?)?;
        }
        list.end()
    }
}

/// What the next build is to know of the sheets.
pub(super) struct States<'w>(pub(super) &'w Whole<'w>);

impl Serialize for States<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Whole { states, new, failed, .. } = self.0;
        let old = states.keys().map(String::as_str);
        let names: BTreeSet<&str> = old.chain(new.names()).collect();
        let mut map = serializer.serialize_map(None)?;
        for name in names {
            if failed.contains(name) {
                continue;
            }
            let record = new.record(name).map_err(S::Error::custom)?;
            let state = match record.and_then(|record| record.state) {
                Some(state) => Some(Cow::Owned(state)),
                None => states.get(name).map(Cow::Borrowed),
            };
            if let Some(state) = state {
                map.serialize_entry(name, &state)?;
            }
        }
        map.end()
    }
}
