//! Lines that Markdown would take for the targets of links, `[注1]: 令和3年度補正を含む`, and show nowhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::emphasis::{Part, prose};
use crate::markdown::options;

/// The Markdown with a backslash before each definition that no link uses, that is the second of its label, or whose target is none:
/// what an author wrote is shown.
pub(super) fn shown(markdown: Cow<'_, str>) -> Cow<'_, str> {
    // Footnotes are no links.
    let definitions: Vec<(usize, usize)> = markdown
        .match_indices("]:")
        .filter_map(|(colon, _)| {
            let start = markdown.get(..colon)?.rfind('[')?;
            let label = markdown.get(start + 1..colon)?;
            (!label.starts_with('^') && !label.contains(']')).then_some((start, colon))
        })
        .collect();
    if definitions.is_empty() {
        return markdown;
    }
    let used: BTreeSet<String> = Parser::new_ext(&markdown, options())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                let is_by_label =
                    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                is_by_label.then(|| normal(&id))
            }
            _ => None,
        })
        .collect();
    let mask = prose(&markdown);
    let (mut out, mut from, mut defined) = (String::new(), 0, BTreeSet::new());
    for (start, colon) in definitions {
        let label = markdown.get(start + 1..colon).unwrap_or_default();
        let is_definition = mask.get(start) == Some(&Part::Between);
        let target =
            markdown.get(colon + 2..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        if !is_definition
            || used.contains(&normal(label)) && is_target(target) && defined.insert(normal(label))
        {
            continue;
        }
        // Two of them, each in a line, stay two lines.
        let above = markdown.get(from..start).unwrap_or_default().trim_end_matches(' ').strip_suffix('\n');
        if let Some(above) = above.filter(|above| from > 0 && !above.contains('\n')) {
            out.push_str(above);
            out.push('\\');
            from += above.len();
        }
        out.push_str(markdown.get(from..start).unwrap_or_default());
        out.push('\\');
        from = start;
    }
    out.push_str(markdown.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The Markdown with the target of each link behind its words, where a label stood for it, and without definitions that it does not use, so
/// that texts of several origins can stand in one sheet.
pub(crate) fn with_targets(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("]:") {
        return Cow::Borrowed(markdown);
    }
    let markdown = &*shown(Cow::Borrowed(markdown));
    let mut events = Parser::new_ext(markdown, options()).into_offset_iter();
    let (mut edits, mut used, mut open) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let is_by_label =
                    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                let is_meant = is_by_label && is_target(&dest_url) && !dest_url.contains(['<', '>', '\n']);
                open.push((is_meant.then_some((dest_url, title, id)), range.start + 1));
            }
            Event::End(TagEnd::Link) => {
                let Some((Some((target, title, id)), inner)) = open.pop() else { continue };
                let title = if title.is_empty() || title.contains('"') {
                    String::new()
                } else {
                    format!(" \"{title}\"")
                };
                edits.push((inner..range.end, format!("](<{target}>{title})")));
                used.insert(normal(&id));
            }
            _ => {
                if let Some((_, inner)) = open.last_mut() {
                    *inner = range.end;
                }
            }
        }
    }
    let definitions = events.reference_definitions().iter();
    let gone = definitions.filter(|(label, _)| used.contains(&normal(label)));
    edits.extend(gone.map(|(_, definition)| (definition.span.clone(), String::new())));
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = markdown.to_owned();
    for (range, text) in edits.into_iter().rev() {
        out.replace_range(range, &text);
    }
    Cow::Owned(out)
}

/// A label as Markdown compares it.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a target looks like one: an address, a place in the sheet, a file or a folder; not a word of a note.
fn is_target(target: &str) -> bool {
    let target = target.trim_start_matches('<').trim_end_matches('>');
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let is_file =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).is_some_and(|(_, ending)| {
            (1..=5).contains(&ending.len())
                && ending.starts_with(|c: char| c.is_ascii_alphabetic())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    let scheme = target.get(..target.find(':').unwrap_or_default()).unwrap_or_default();
    let is_address = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    is_address || is_file || target.starts_with('#') || path.ends_with('/')
}
