//! Which line of a chapter is meant by what was found before its lines were known.

use super::Reader;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Program, Request};
use crate::source::Span;

impl Reader {
    /// Names the line that each finding of a chapter's files is about, so that a warning can be accepted there: the innermost one that the
    /// place belongs to, or the chapter.
    pub(super) fn attribute(&mut self, request: &Request) {
        let is_open = |finding: &&mut Diagnostic| {
            finding.subject.is_none()
                && finding.severity != Severity::Error
                && request.is_in(finding.primary.span.file)
        };
        let mut findings = self.findings.iter_mut().filter(is_open).peekable();
        if findings.peek().is_none() {
            return;
        }
        let all = Program::all(&request.programs).into_iter();
        let mut lines: Vec<(Span, &Program)> = all.map(|program| (program.span, program)).collect();
        let sources = &self.sources;
        for (span, _) in &mut lines {
            span.end += belonging(sources.file(span.file).text.get(span.end..).unwrap_or_default());
        }
        lines.sort_unstable_by_key(|(span, _)| *span);
        for finding in findings {
            let place = finding.primary.span;
            let before =
                lines.partition_point(|(span, _)| (span.file, span.start) <= (place.file, place.start));
            let mut around = lines.iter().take(before).rev();
            let own = around.find(|(span, _)| span.file == place.file && place.start < span.end);
            let id = own.map_or(&request.line.id, |(_, program)| &program.line.id);
            finding.subject = Some(id.value.to_string());
        }
    }
}

/// How much of the text behind a mapping is still its own: the rest of the line, and comments below it.
fn belonging(after: &str) -> usize {
    let mut lines = after.split_inclusive('\n');
    let rest = lines.next().map_or(0, str::len);
    rest + lines.take_while(|line| line.trim_start().starts_with('#')).map(str::len).sum::<usize>()
}
