//! Files of several offices: the lines of each are a group of its own, where what the files say tells the offices apart.

use std::collections::BTreeSet;

use super::taking::Taking;
use super::versions::{office, stem};
use super::{Import, TakenLine};
use crate::model::{Currency, FiscalYear};

/// What a table says of the office that it is of, and how many lines it gave to a chapter.
#[derive(Clone, Debug, Default)]
pub(super) struct Office {
    pub(super) file: String,
    /// Its title, the words above it, its ministry.
    pub(super) said: [Option<String>; 3],
    count: usize,
    /// What stands for all of them.
    line: TakenLine,
}

/// A chapter by its year and its currency.
pub(super) type Which = (FiscalYear, Currency);

impl Office {
    pub(super) fn of(taking: &Taking) -> Self {
        let said = [&taking.title, &taking.heading, &taking.ministry].map(Clone::clone);
        Self { file: taking.origin.file.clone(), said, ..Self::default() }
    }

    /// By its title, by the words above it, by the name of its file.
    fn names(&self) -> [Option<String>; 3] {
        let [title, heading, _] = self.said.each_ref().map(Option::as_deref);
        [title, heading, Some(stem(&self.file))].map(|said| office(said?))
    }

    pub(super) fn with(self, count: usize, line: TakenLine) -> Self {
        Self { count, line, ..self }
    }
}

/// Puts the lines of each file below its office, where there are several files of one table each.
pub(super) fn group(import: &mut Import) {
    let offices = std::mem::take(&mut import.offices);
    for chapter in import.chapters.iter_mut().filter(|chapter| chapter.kept.is_none()) {
        let which = (chapter.year, chapter.unit.currency());
        let own: Vec<&Office> = offices.iter().filter(|(of, _)| *of == which).map(|(_, own)| own).collect();
        let files: BTreeSet<&str> = own.iter().map(|own| own.file.as_str()).collect();
        let names = |at: usize| {
            let names: Vec<String> = own.iter().filter_map(|own| own.names().into_iter().nth(at)?).collect();
            let is_each =
                names.len() == own.len() && names.iter().collect::<BTreeSet<_>>().len() == own.len();
            is_each.then_some(names)
        };
        let count: usize = own.iter().map(|own| own.count).sum();
        if own.len() < 2 || files.len() != own.len() || count != chapter.lines.len() {
            continue;
        }
        let Some(names) = (0..3).find_map(names) else { continue };
        let mut rest = std::mem::take(&mut chapter.lines).into_iter();
        let group = |(title, own): (String, &&Office)| {
            let children: Vec<TakenLine> = rest.by_ref().take(own.count).collect();
            TakenLine { title, children, ..own.line.clone() }
        };
        chapter.lines = names.into_iter().zip(&own).map(group).collect();
    }
}
