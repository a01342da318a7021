//! Finishing touches on running text: line ends, targets of links, markers of list items.

use super::{Inline, plain};
use crate::script::joins;

/// Stands for a line end of the source until the text on both its sides is known.
pub(super) const LINE_END: char = '\n';

/// Appends text, joined to text before it.
pub(super) fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    match inlines.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

/// Lets line ends between two full-width characters vanish and turns any other into a space. Those at the two ends of
/// the text are dropped.
pub(super) fn settle(inlines: &mut [Inline]) {
    let mut characters = Vec::new();
    collect(inlines, &mut characters);
    if !characters.contains(&LINE_END) {
        return;
    }
    let mut kept = Vec::new();
    let mut before = None;
    for (index, character) in characters.iter().enumerate() {
        if *character != LINE_END {
            before = Some(*character);
            continue;
        }
        let after = characters.get(index + 1).copied();
        kept.push(match (before, after) {
            (Some(before), Some(after)) => after != LINE_END && before != ' ' && !joins(before, after),
            _ => false,
        });
    }
    replace(inlines, &mut kept.into_iter());
}

fn collect(inlines: &[Inline], characters: &mut Vec<char>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => characters.extend(text.chars()),
            Inline::Abbreviation { short, .. } => characters.extend(short.chars()),
            // A line end in code has been made a space by the parser.
            Inline::Code(text) => characters.extend(text.chars().filter(|c| *c != LINE_END)),
            Inline::Image(_) => characters.push('\u{fffc}'),
            Inline::Break => characters.push(' '),
            other => other.content().into_iter().for_each(|content| collect(content, characters)),
        }
    }
}

fn replace(inlines: &mut [Inline], kept: &mut dyn Iterator<Item = bool>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) if text.contains(LINE_END) => {
                let settled = text.chars().filter_map(|character| match character {
                    LINE_END => kept.next().unwrap_or(true).then_some(' '),
                    _ => Some(character),
                });
                *text = settled.collect();
            }
            other => other.content_mut().into_iter().for_each(|content| replace(content, kept)),
        }
    }
}

/// Whether nothing of a text would be seen.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    let visible =
        |inline: &Inline| matches!(inline, Inline::Image(_) | Inline::FootnoteRef(_) | Inline::Break);
    !inlines.iter().any(visible) && plain(inlines).trim().is_empty()
}

/// The target of a link, if it may be followed: `http`, `https`, `mailto`, a relative file or a place in this document.
pub(super) fn allowed_target(target: &str) -> Option<String> {
    let target = target.trim();
    if target.is_empty()
        || target.chars().any(char::is_control)
        || target.contains('\\')
        || target.starts_with("//")
    {
        return None;
    }
    let scheme =
        target.split(['/', '?', '#']).next().and_then(|head| head.split_once(':')).map(|(scheme, _)| scheme);
    let allowed = scheme.is_none_or(|scheme| {
        ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed))
    });
    allowed.then(|| target.to_owned())
}

/// Takes the marker off the start of an item's text.
pub(super) fn take_marker(inlines: &mut Vec<Inline>) -> Option<String> {
    let Some(Inline::Text(text)) = inlines.first() else {
        return None;
    };
    let length = marker_length(text)?;
    let (marker, rest) = text.split_at(length);
    let marker = marker.to_owned();
    let rest = rest.trim_start_matches([' ', '\u{3000}']).to_owned();
    if rest.is_empty() && inlines.len() == 1 {
        return None;
    }
    if rest.is_empty() {
        inlines.remove(0);
    } else if let Some(first) = inlines.first_mut() {
        *first = Inline::Text(rest);
    }
    Some(marker)
}

/// The bytes of the marker at the start of a text.
fn marker_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    match first {
        // `○○大学` and the like are names yet to be filled in.
        _ if rest.starts_with(first) => None,
        // A note sign keeps its number: `※1`.
        '※' => {
            let number: usize = rest.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
            Some(first.len_utf8() + number)
        }
        '✓' | '✔' | '◆' | '◇' | '●' | '○' | '■' | '□' | '・' | '★' | '☆' | '→' | '⇒' | '▶' | '①'..='⑳' =>
        {
            let selector = rest.chars().next().filter(|c| matches!(c, '\u{fe0e}' | '\u{fe0f}'));
            Some(first.len_utf8() + selector.map_or(0, char::len_utf8))
        }
        '(' | '（' => {
            let number: String = rest.chars().take_while(|c| is_digit(*c)).collect();
            let closing = rest[number.len()..].chars().next()?;
            let pair = matches!((first, closing), ('(', ')') | ('（', '）'));
            let short = (1..=2).contains(&number.chars().count());
            (pair && short).then_some(first.len_utf8() + number.len() + closing.len_utf8())
        }
        _ => None,
    }
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}
