//! Findings a line each, as editors and `grep` like them: `budgets/a.yaml:12:16: E0201 the breakdown of …`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Diagnostic;
use crate::source::SourceMap;

/// One line a finding.
pub fn concise(findings: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    for finding in findings {
        let span = finding.primary.span;
        let (file, start) = (&sources.file(span.file).name, sources.position(span));
        let _ =
            writeln!(text, "{file}:{}:{}: {} {}", start.line, start.column, finding.code, finding.message);
    }
    text
}

/// How many findings of which rule there are, the most frequent first; `title` says what a rule asks.
pub fn statistics(findings: &[Diagnostic], title: impl Fn(&str) -> String) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.code).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let mut text = String::new();
    for (code, count) in counts {
        let _ = writeln!(text, "{count:>6}  {code}  {}", title(code));
    }
    text
}
