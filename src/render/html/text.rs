//! Text as HTML wants it beyond its escapes: addresses, and words that hold together.

use crate::script::{Script, script};
use crate::xml::attribute;

/// An address between double quotes; what may not stand in an address is written in percent form.
pub(super) fn href(target: &str) -> String {
    let clean = target.chars().fold(String::with_capacity(target.len()), |mut out, character| {
        match character {
            ' ' => out.push_str("%20"),
            '\u{3000}' => out.push_str("%E3%80%80"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '|' => out.push_str("%7C"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '\\' => out.push_str("%5C"),
            _ => out.push(character),
        }
        out
    });
    attribute(&clean)
}

/// Holds katakana words, short kanji words and hyphenated ones (`Q-LEAP`) in a piece of HTML together, so that a title does
/// not break inside them. A word too long for a narrow phone is left alone.
pub(super) fn hold_words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut word = String::new();
    let mut in_tag = false;
    for character in html.chars() {
        if let (false, Some(script)) = (in_tag, word_script(character)) {
            // A figure belongs to the kanji around it: 令和4年度.
            let joins = word.chars().last().is_some_and(|last| {
                let digits = character.is_ascii_digit() || last.is_ascii_digit();
                let kanji = |c| word_script(c) == Some(Script::Kanji);
                word_script(last) == Some(script) || digits && (kanji(last) || kanji(character))
            });
            if !joins {
                release(&mut out, &mut word);
            }
            word.push(character);
            continue;
        }
        release(&mut out, &mut word);
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        out.push(character);
    }
    release(&mut out, &mut word);
    out
}

/// What a word of a title can be written in; a hyphen joins Latin ones.
fn word_script(character: char) -> Option<Script> {
    match script(character) {
        Script::Digit | Script::Latin => Some(Script::Latin),
        Script::Katakana | Script::Kanji => Some(script(character)),
        Script::Mark if character == '-' => Some(Script::Latin),
        _ => None,
    }
}

fn release(out: &mut String, word: &mut String) {
    let length = word.chars().count();
    let kanji = word.chars().any(|c| script(c) == Script::Kanji);
    let first = word.chars().next().and_then(word_script);
    let held = match first.filter(|_| !kanji) {
        Some(Script::Katakana) => (4..=12).contains(&length),
        Some(Script::Latin) => word.contains('-') && (4..=12).contains(&length),
        _ => kanji && (2..=7).contains(&length),
    };
    if held {
        out.push_str("<span class=\"word\">");
        out.push_str(word);
        out.push_str("</span>");
    } else {
        out.push_str(word);
    }
    word.clear();
}
