//! Files that no chapter names, and chapters that do not say that they are one.

use std::collections::BTreeSet;
use std::path::Path;

use super::reader::Loaded;
use super::yaml::{Kind, Node};
use super::{COLUMNS_FILE, IDS_FILE, Reader, codes, keys};
use crate::diagnostic::{Cure, Diagnostic};
use crate::source::{self, FileId, SourceFile, Span};

impl Reader {
    /// Reports files that were found in a folder and that no chapter names, and chapters that do not say that they are one.
    pub(super) fn report_unused(&mut self) {
        // What a file that could not be read names is not known to be unused.
        let unread: Vec<&SourceFile> = self
            .trees
            .values()
            .filter(|loaded| !loaded.is_done && loaded.tree.as_ref().is_none_or(|tree| is_unmarked(tree)))
            .map(|loaded| loaded.file)
            .chain(self.findings.iter().filter(|it| it.code == codes::SETTING).map(|it| it.primary.span.file))
            .map(|file| self.sources.file(file))
            .collect();
        let mentioned = |path: &Path| {
            let name = path.file_name().map(std::ffi::OsStr::to_string_lossy).unwrap_or_default();
            self.missed.contains(path)
                || unread.iter().any(|file| {
                    let is_emptied = file.text.trim().is_empty() && file.path.parent() == path.parent();
                    file.path != path && (is_emptied || file.text.contains(&*name))
                })
        };
        let is_chapter =
            |loaded: &Loaded| loaded.tree.as_ref().is_some_and(|tree| tree.get("gaisan").is_some());
        let is_alone = !self.in_memory && self.stored.is_empty() && !self.trees.values().any(is_chapter);
        for (path, loaded) in &self.trees {
            let Some(tree) = &loaded.tree else { continue };
            let is_named = |file: &str| path.file_name().is_some_and(|name| name == file);
            let is_of_import = tree.get("ids").is_some() && is_named(IDS_FILE)
                || tree.get("columns").is_some() && is_named(COLUMNS_FILE);
            if loaded.used || tree.get("gaisan").is_some() || is_of_import || mentioned(path) {
                continue;
            }
            if is_unmarked(tree) {
                self.findings.push(self.unmarked(loaded.file, tree));
                continue;
            }
            let span = Span { file: loaded.file, start: tree.span.start, end: tree.span.start };
            let name = &self.sources.file(loaded.file).name;
            let chapter = is_alone.then(|| source::chapter_of(path)).flatten();
            let (message, help) = match chapter.map(|chapter| source::display_name(&chapter)) {
                Some(chapter) => (
                    format!("`{name}` is a part of the chapter in `{chapter}`, which was not read"),
                    "name the file of the chapter, or its folder".to_owned(),
                ),
                None => (
                    format!("no chapter names `{name}`"),
                    "list it under `programs` of a chapter; if it is a chapter itself, begin it with `gaisan: 1`".to_owned(),
                ),
            };
            self.findings.push(Diagnostic::new(codes::UNUSED_FILE, span, message).help(help));
        }
    }

    /// The finding about a chapter without its first line.
    pub(super) fn unmarked(&self, file: FileId, tree: &Node) -> Diagnostic {
        let Kind::Mapping(entries) = &tree.kind else {
            return Diagnostic::new(codes::MISSING_KEY, tree.span, "this file is empty");
        };
        let near = entries
            .iter()
            .find(|(key, _)| !keys::is_key(&key.value) && keys::meant(&key.value, &["gaisan"]).is_some());
        let name = &self.sources.file(file).name;
        let message = format!("`{name}` has the keys of a chapter, and no `gaisan: 1`");
        match near {
            Some((key, _)) => {
                Diagnostic::new(codes::MISSING_KEY, key.span, message).cure(Cure::certain(key.span, "gaisan"))
            }
            None => {
                let first = entries.first().map_or(tree.span, |(key, _)| key.span);
                let start = Span { end: first.start, ..first };
                Diagnostic::new(codes::MISSING_KEY, first, message).cure(Cure::certain(start, "gaisan: 1\n"))
            }
        }
    }
}

/// Whether a tree has the keys that only a chapter has, and not the one that says so.
fn is_unmarked(tree: &Node) -> bool {
    let only = ["programs", "fiscal_year", "ministry", "stage", "unit"];
    let Kind::Mapping(entries) = &tree.kind else { return false };
    let names = entries.iter().map(|(name, _)| name.value.as_str());
    // What is a key as it stands means no other.
    let keys = names.filter_map(|name| match name {
        name if name.is_ascii() && keys::is_key(name) => only.into_iter().find(|key| *key == name),
        name => match keys::meant(name, &only)? {
            keys::Meant::Name(key) => Some(key),
            _ => None,
        },
    });
    tree.get("gaisan").is_none() && keys.collect::<BTreeSet<&str>>().len() > 2
}
