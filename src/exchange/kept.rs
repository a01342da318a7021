//! What a line of a workbook was made from, as YAML in one line: the keys of its file but for prose and parts.

use std::collections::BTreeMap;

use crate::edit::Value;
use crate::read::{Kind, Node, outline};
use crate::rollup::Rollup;
use crate::source::SourceMap;

/// Keys that hold other lines, prose and what belongs to it.
const NOT_KEPT: [&str; 16] = [
    "accept", "areas", "body", "children", "citations", "crosswalk", "figures", "funding_flow", "glossary",
    "logic_model", "overview", "points", "policy_basis", "programs", "source", "summary",
];

/// The keys of each line of a chapter, in the order of its rows.
pub fn kept(rollup: &Rollup<'_>, sources: &SourceMap) -> Vec<String> {
    let mut found = BTreeMap::new();
    for file in rollup.request.files() {
        let text = &sources.file(file).text;
        if let Some(root) = outline(sources, file) {
            gather(&root, text, &mut |start, line| {
                found.insert((file, start), line);
            });
        }
    }
    let line = |row: &crate::rollup::Row<'_>| {
        let id = row.line.id.span;
        found.get(&(id.file, id.start)).cloned().unwrap_or_default()
    };
    rollup.rows.iter().map(line).collect()
}

/// Tells of each mapping with an `id` where that stands, and what is kept of the mapping.
fn gather(node: &Node, text: &str, tell: &mut impl FnMut(usize, String)) {
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(|item| gather(item, text, tell)),
        Kind::Mapping(entries) => {
            entries.iter().for_each(|(_, value)| gather(value, text, tell));
            if let Some(id) = node.get("id") {
                let own = entries.iter().filter(|(key, value)| {
                    !NOT_KEPT.contains(&key.value.as_str()) && !matches!(value.kind, Kind::Null)
                });
                let own = own.map(|(key, value)| (key.value.clone(), Value::of(value, text)));
                tell(id.span.start, Value::Braces(own.collect()).inline());
            }
        }
        Kind::Null | Kind::Scalar(_) => {}
    }
}
