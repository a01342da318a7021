//! Values inside braces that YAML cuts at a comma.

use super::{Kind, Node};
use crate::diagnostic::Diagnostic;
use crate::read::codes;
use crate::source::Spanned;

/// `{requested: 4,592}` is two entries to YAML: `requested: 4` and `592`; so is a text with a comma in it. Says so once for
/// each value and joins it again.
pub(super) fn mend(node: &mut Node, text: &str, findings: &mut Vec<Diagnostic>) {
    let entries = match &mut node.kind {
        Kind::Sequence(items) => {
            return items.iter_mut().for_each(|item| mend(item, text, findings));
        }
        Kind::Mapping(entries) => entries,
        Kind::Null | Kind::Scalar(_) => return,
    };
    let in_braces = text.get(node.span.start..).is_some_and(|rest| rest.starts_with('{'));
    let mut mended: Vec<(Spanned<String>, Node)> = Vec::with_capacity(entries.len());
    let mut split: Option<usize> = None;
    for (key, mut value) in entries.drain(..) {
        let is_key = key.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if let Some((_, Node { span, kind: Kind::Scalar(head) })) = mended.last_mut()
            && in_braces
            && value.kind == Kind::Null
            && !is_key
        {
            span.end = key.span.end;
            *head = text.get(span.start..span.end).unwrap_or_default().to_owned();
            split = Some(mended.len() - 1);
            continue;
        }
        if let Some(at) = split.take() {
            findings.extend(mended.get(at).map(split_value));
        }
        mend(&mut value, text, findings);
        mended.push((key, value));
    }
    findings.extend(split.and_then(|at| mended.get(at)).map(split_value));
    *entries = mended;
}

fn split_value((key, value): &(Spanned<String>, Node)) -> Diagnostic {
    let Kind::Scalar(text) = &value.kind else {
        return Diagnostic::new(codes::SPLIT_VALUE, value.span, "a value is cut at its comma");
    };
    let shown = if text.chars().count() > 24 {
        format!("{}…", text.chars().take(24).collect::<String>())
    } else {
        text.clone()
    };
    let head = text.split(',').next().unwrap_or_default();
    let head = if head.chars().count() > 24 { "the part before it" } else { head };
    Diagnostic::new(
        codes::SPLIT_VALUE,
        value.span,
        format!("inside braces `{}: {shown}` is cut at the comma", key.value),
    )
    .here(format!("YAML reads only `{head}`"))
    .help(format!(
        "put the value in quotes, `{}: \"{shown}\"`, or write the keys on lines of their own",
        key.value
    ))
}
