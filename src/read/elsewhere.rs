//! Lines that others name, and what the sheets of these must carry of them.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::Fields;
use super::reader::Reader;
use super::shapes;
use super::written::quoted;
use super::yaml::Node;
use crate::model::{DrawnOn, Extracts, Line, NamedLine, Part, Program};

impl Reader {
    /// The lines that a chapter's file names and does not list.
    pub(super) fn elsewhere(&mut self, fields: Fields<'_>) -> Vec<NamedLine> {
        self.each(fields, "elsewhere", Self::named_line)
    }

    fn named_line(&mut self, node: &Node) -> Option<NamedLine> {
        let fields = self.fields(node, "line elsewhere", shapes::ELSEWHERE.keys)?;
        let id = self.id(fields).value;
        let title = self.required_text(fields, "title");
        Some(NamedLine { id, title, title_en: self.text(fields, "title_en") })
    }
}

/// The lines of a chapter that its notes name by their ids, and those that it has elsewhere.
pub(super) fn named_lines(
    line: &Line,
    programs: &[Program],
    elsewhere: Vec<NamedLine>,
) -> BTreeMap<String, NamedLine> {
    let all = Program::all(programs);
    let lines = || all.iter().map(|program| &program.line);
    let names: BTreeSet<&str> = [line].into_iter().chain(lines()).flat_map(Line::names).collect();
    let is_named = |line: &&Line| names.contains(line.id.value.as_str());
    let listed = lines().filter(is_named).map(|line| NamedLine {
        id: line.id.value.clone(),
        title: line.title.clone(),
        title_en: line.title_en.clone(),
    });
    let known = elsewhere.into_iter().chain(listed);
    known.filter(|named| !named.title.is_empty()).map(|named| (named.id.to_string(), named)).collect()
}

/// Adds to what each program's sheet carries of the chapter's file the lines of others that its notes name.
pub(super) fn carried(extracts: &mut Extracts, programs: &[Program], named: &BTreeMap<String, NamedLine>) {
    for program in programs.iter().filter(|_| !named.is_empty()) {
        let own = Program::all(std::slice::from_ref(program));
        let names: BTreeSet<&str> = own.iter().flat_map(|program| program.line.names()).collect();
        let is_own = |name: &&&str| own.iter().any(|program| program.line.id.value.as_str() == **name);
        let mut text = String::new();
        for line in names.iter().filter(|name| !is_own(name)).filter_map(|name| named.get(*name)) {
            text += &format!("- id: {}\n  title: {}\n", quoted(line.id.as_str()), quoted(&line.title));
            text.extend(line.title_en.iter().map(|title| format!("  title_en: {}\n", quoted(title))));
        }
        if !text.is_empty() {
            let drawn_on = DrawnOn::By(program.line.id.value.clone());
            extracts.parts.push(Part { bytes: 0..0, text: format!("elsewhere:\n{text}"), drawn_on });
        }
    }
}
