//! W0606: a sheet for one page that runs over, as a finding on its program.

use serde::{Deserialize, Serialize};

use super::plan::Task;
use crate::diagnostic::Diagnostic;
use crate::examine::Examined;
use crate::render::pdf::layout::Fit;

const CODE: &str = "W0606";

/// By how much a sheet does not fit its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Over {
    /// The lines that there is no room for; `None` where title and small print leave no room at all.
    lines: Option<usize>,
    /// The heading of what takes the most room.
    longest: Option<String>,
    is_long: bool,
}

impl Over {
    /// What there is to say of a sheet's fit; nothing where it fits.
    pub(super) fn of(fit: &Fit) -> Option<Self> {
        fit.taken.is_none().then(|| Self {
            lines: fit.over(),
            longest: fit.longest.clone(),
            is_long: fit.is_long,
        })
    }

    /// The finding, unless the program accepts it.
    pub(super) fn finding(&self, task: &Task<'_>, examined: &Examined<'_>) -> Option<Diagnostic> {
        let rollup = examined.rollups.get(task.chapter)?;
        let line = rollup.rows.get(task.row()?)?.line;
        if line.accept.iter().any(|accept| accept.is_for(CODE)) {
            return None;
        }
        let id = line.id.value.as_str();
        let message = match self.lines {
            Some(1) => format!("the sheet of `{id}` is one line too long for one page"),
            Some(lines) => format!("the sheet of `{id}` is {lines} lines too long for one page"),
            None if self.is_long => {
                format!("the sheet of `{id}` is far longer than one page: it is set as a report")
            }
            None => format!(
                "the title and the sources of `{id}` leave no room on one page: it is set as a report"
            ),
        };
        let finding = Diagnostic::new(CODE, line.id.span, message).about(id).help(match self.lines {
            Some(_) => {
                "shorten it, or say `layout: report`; as it is, it goes on on a further page, and nothing is left out"
            }
            None => "shorten it, or say `layout: report`, which it is set as; nothing is left out",
        });
        let told = |finding: Diagnostic, longest| finding.note(format!("`{longest}` takes the most room"));
        Some(self.longest.iter().fold(finding, told))
    }
}
