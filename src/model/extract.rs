//! What of its chapter's file a program's sheet is made from.

use std::ops::Range;

use super::Id;

/// Whose sheets draw on a part of a chapter's file. The overview draws on all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawnOn {
    /// Those of all programs.
    ByAll,
    /// That of one program.
    By(Id),
    /// No program's.
    ByNone,
}

/// A key of a chapter's file with its value, or an entry of its list of programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the file.
    pub bytes: Range<usize>,
    /// The same in its one canonical form.
    pub text: String,
    /// Whose sheets need it.
    pub drawn_on: DrawnOn,
}

/// How a chapter's file is cut down to what the sheet of one program draws on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracts {
    /// The parts of the file, in their order.
    pub parts: Vec<Part>,
}

impl Extracts {
    /// Whether a byte of the file is left out of the extract for a program.
    pub fn lacks(&self, at: usize, program: &str) -> bool {
        let mut others = self.parts.iter().filter(|part| !part.is_for(program));
        others.any(|part| part.bytes.contains(&at))
    }

    /// What the sheet of a program draws on, as a file.
    pub fn of(&self, program: &str) -> String {
        let own = self.parts.iter().filter(|part| part.is_for(program));
        own.map(|part| part.text.as_str()).collect()
    }
}

impl Part {
    fn is_for(&self, program: &str) -> bool {
        match &self.drawn_on {
            DrawnOn::ByAll => true,
            DrawnOn::By(id) => id.as_str() == program,
            DrawnOn::ByNone => false,
        }
    }
}
