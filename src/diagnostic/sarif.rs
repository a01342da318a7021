//! Findings for code-scanning viewers: SARIF 2.1.0 (OASIS standard, errata 01).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::told::Told;
use super::{Cure, Diagnostic, Edit, Label, Severity};
use crate::export;
use crate::source::{FileId, SourceMap, Span};
use crate::translation::Translation;

/// What a viewer shows about a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleCard {
    /// The rule's code.
    pub code: &'static str,
    /// What must hold, in one line.
    pub title: &'static str,
    /// The manual, Markdown.
    pub manual: &'static str,
}

/// Findings as one SARIF log with one run. Columns count characters. With a translation each result has its text in Japanese as a property.
pub fn sarif(
    findings: &[Diagnostic],
    sources: &SourceMap,
    rules: &[RuleCard],
    words: Option<&Translation>,
) -> String {
    let cards: Vec<Value> = rules.iter().map(card).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let mut result = result(finding, sources, rules);
            if let Some(told) = Told::of(finding, words) {
                result["properties"] = json!({"ja": told.text()});
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "gaisan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": cards,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    export::json(&log)
}

fn card(rule: &RuleCard) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.manual, "markdown": rule.manual},
        "defaultConfiguration": {"level": Severity::of(rule.code).slug()},
    })
}

fn result(finding: &Diagnostic, sources: &SourceMap, rules: &[RuleCard]) -> Value {
    let mut text = finding.message.clone();
    for line in finding.remarks() {
        text.push('\n');
        text.push_str(&line);
    }
    let related: Vec<Value> = finding
        .secondary
        .iter()
        .enumerate()
        .map(|(id, label)| {
            let mut place = location(label, sources);
            place["id"] = json!(id);
            place["message"] = json!({"text": label.text});
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.code,
        "level": finding.severity.slug(),
        "message": {"text": text},
        "locations": [location(&finding.primary, sources)],
    });
    if let Some(at) = rules.iter().position(|rule| rule.code == finding.code) {
        result["ruleIndex"] = json!(at);
    }
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(cure) = &finding.cure {
        result["fixes"] = json!([fix(cure, &text, sources)]);
    }
    result
}

/// What puts a finding right; the changes are gathered by file.
fn fix(cure: &Cure, text: &str, sources: &SourceMap) -> Value {
    let mut changes: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for Edit { span, text } in &cure.edits {
        let replacement = json!({"deletedRegion": region(*span, sources), "insertedContent": {"text": text}});
        changes.entry(span.file).or_default().push(replacement);
    }
    let changes = changes
        .into_iter()
        .map(|(file, edits)| json!({"artifactLocation": artifact(file, sources), "replacements": edits}));
    json!({
        "description": {"text": text.lines().last()},
        "artifactChanges": changes.collect::<Vec<_>>(),
        "properties": {"certain": cure.is_certain},
    })
}

fn location(label: &Label, sources: &SourceMap) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": artifact(label.span.file, sources),
        "region": region(label.span, sources),
    }})
}

fn artifact(file: FileId, sources: &SourceMap) -> Value {
    json!({"uri": address(&sources.file(file).name)})
}

fn region(span: Span, sources: &SourceMap) -> Value {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a relative URI: everything but unreserved characters and `/` in percent form.
fn address(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_path_is_an_address() {
        assert_eq!(address("要求/a b.yaml"), "%E8%A6%81%E6%B1%82/a%20b.yaml");
    }
}
