//! What new programs and their files can be called beside what is there and what gaisan keeps for itself.

use std::path::Path;

use super::{Plan, Planned};
use crate::diagnostic::Diagnostic;
use crate::model::{FiscalYear, Stage};
use crate::read::{self, IDS_FILE, Kind, Node};
use crate::sheet::OVERVIEW;
use crate::source::{self, Span};

impl Plan {
    /// The name of a new file in a folder, after what it holds and else after its stage and year: none that is there or planned, and none that
    /// gaisan keeps for itself.
    pub(super) fn free_name(
        &self,
        (folder, planned): (&Path, &Planned),
        stems: [String; 3],
        (stage, year): (Stage, FiscalYear),
    ) -> String {
        let (stage, year) = (stage.slug(), year.western());
        let [stem, _, _] = &stems;
        let stem = stem.clone();
        let is_free = |name: &String| {
            let path = folder.join(name);
            let is_planned = self.files.contains_key(&path) || planned.files.contains(&path);
            !(read::is_kept(name) || is_planned || source::is_file(&path))
        };
        let more = (1..).map(|at| match at {
            1 => format!("{stem}-{stage}-{year}"),
            at => format!("{stem}-{stage}-{year}-{at}"),
        });
        stems.into_iter().chain(more).map(|stem| format!("{stem}.yaml")).find(is_free).unwrap_or_default()
    }

    /// The name of a new file that a program has of its own.
    pub(super) fn program_name(
        &self,
        place: (&Path, &Planned),
        id: &str,
        (stage, year): (Stage, FiscalYear),
    ) -> String {
        let stems = [id.to_owned(), format!("{id}-{}", stage.slug()), format!("{id}-{}", year.western())];
        self.free_name(place, stems, (stage, year))
    }
}

/// Why a program cannot be called so: its sheet or its file would be one that there is for something else.
pub(super) fn of_no_file(id: &str) -> Option<String> {
    let file = format!("{id}.yaml");
    match id {
        OVERVIEW => Some(format!("the id `{id}` is taken by the chapter's own sheet")),
        _ if read::is_kept(&file) => {
            Some(format!("`{file}` is a file that gaisan keeps for itself, and nothing of a chapter"))
        }
        _ => None,
    }
}

/// That a file of this name holds something else, which an import would write over.
pub(super) fn foreign(tree: &Node) -> Option<Diagnostic> {
    let is_it = matches!(tree.kind, Kind::Null) || tree.get("ids").is_some();
    (!is_it).then(|| {
        let what =
            format!("`{IDS_FILE}` is where an import keeps the ids of its lines, and this is something else");
        Diagnostic::new("E0701", Span { end: tree.span.start, ..tree.span }, what)
            .help("give the file another name, also where a chapter names it")
    })
}
