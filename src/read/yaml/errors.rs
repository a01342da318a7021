//! What the event parser's errors mean to somebody who writes budgets.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

/// A slip of the hand that YAML readers report as something else, or somewhere else.
pub(super) struct Slip {
    /// The bytes of the text that are wrong.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: String,
}

/// The slip behind a syntax error, looked for in the line where reading stopped, the one before and the one after.
pub(super) fn slip(text: &str, stopped: usize) -> Option<Slip> {
    let here = line_around(text, stopped);
    let before = here.start.checked_sub(1).map(|end| line_around(text, end));
    let after = (here.end < text.len()).then(|| line_around(text, here.end + 1));
    let lines = [Some(here.clone()), before, after];
    lines
        .into_iter()
        .flatten()
        .find_map(|line| {
            in_indentation(text, &line).or_else(|| at_colon(text, &line)).or_else(|| bare_dash(text, &line))
        })
        .or_else(|| hash_in_brackets(text, &here, stopped))
        .or_else(|| after_close(text, &here, stopped))
        .or_else(|| second_colon(text, &here, stopped))
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let length = text.get(start..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    start..start + length
}

fn in_indentation(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let indentation = content.len() - content.trim_start().len();
    if content.len() == indentation {
        return None;
    }
    let (at, found) =
        content.get(..indentation)?.char_indices().find(|(_, found)| matches!(found, '\t' | '\u{3000}'))?;
    let what = if found == '\t' { "a tab" } else { "full-width spaces" };
    Some(Slip {
        range: line.start + at..line.start + indentation,
        message: format!("a line is indented with {what}"),
        help: "indent with ordinary spaces, two a level".to_owned(),
    })
}

/// `requested：4,592` and `requested:4,592`.
fn at_colon(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?;
    let start = content.len() - content.trim_start_matches([' ', '-']).len();
    let rest = content.get(start..)?;
    let key =
        rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().filter(|key| !key.is_empty())?;
    let mut behind = rest.get(key.len()..)?.chars();
    let message = match (behind.next(), behind.next()) {
        (Some('：'), _) => format!("the colon after `{key}` is a full-width one"),
        (Some(':'), Some(next)) if !next.is_whitespace() => {
            format!("there is no space after `{key}:`")
        }
        _ => return None,
    };
    let end = start + key.len();
    let colon = rest.get(key.len()..)?.chars().next().map_or(0, char::len_utf8);
    Some(Slip {
        range: line.start + end..line.start + end + colon,
        message,
        help: format!("write `{key}: ` with an ordinary colon and a space"),
    })
}

/// `prior: -`: a dash alone begins a list.
fn bare_dash(text: &str, line: &Range<usize>) -> Option<Slip> {
    let content = text.get(line.clone())?.trim_end();
    let key = content.strip_suffix(": -")?.trim_start_matches([' ', '-']);
    let end = line.start + content.len();
    Some(Slip {
        range: end - 1..end,
        message: "a dash alone is the beginning of a list".to_owned(),
        help: format!("put it in quotes, `{key}: \"-\"`"),
    })
}

/// `[課題 #1, 課題 #2]`: to YAML the closing bracket is part of a comment.
fn hash_in_brackets(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    let rest = text.get(stopped..line.end)?.trim_end();
    let at = rest.find(" #")? + 1;
    let is_open = rest.starts_with(['[', '{']) && !rest.get(..at)?.contains(['"', '\'', ']', '}']);
    is_open.then(|| Slip {
        range: stopped + at..stopped + rest.len(),
        message: "what follows a `#` inside brackets is a comment to YAML, the closing bracket too"
            .to_owned(),
        help: "put each text with a `#` in quotes, or write the list one entry a line".to_owned(),
    })
}

/// `[新規] 事業`: a text that begins with a bracket or a quotation mark and goes on after the closing one.
fn after_close(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    let before = text.get(line.start..stopped)?.trim_end();
    let close = before.chars().next_back().filter(|last| matches!(last, ']' | '}' | '"' | '\''))?;
    let rest = text.get(stopped..line.end)?.trim_end();
    let is_text = rest.chars().next().is_some_and(|next| !matches!(next, ',' | ':' | '#' | ']' | '}'));
    is_text.then(|| Slip {
        range: stopped..stopped + rest.len(),
        message: format!("text goes on after the closing `{close}`"),
        help: "put the whole value in single quotes: `'…'`".to_owned(),
    })
}

/// `title: Q-LEAP: 飛躍`, or a key that is indented like the continuation of the text above it.
fn second_colon(text: &str, line: &Range<usize>, stopped: usize) -> Option<Slip> {
    if !text.get(stopped..)?.starts_with(':') {
        return None;
    }
    let before = text.get(line.start..stopped)?;
    let (message, help) = if let Some((key, value)) = before.split_once(": ") {
        let key = key.trim_start_matches([' ', '-']);
        let rest = text.get(stopped..line.end)?.trim_end();
        (
            format!("the value of `{key}` holds another `: `"),
            format!("put the value in quotes: `{key}: \"{value}{rest}\"`"),
        )
    } else {
        (
            format!("`{}` stands deeper than the keys around it", before.trim()),
            "give all keys of one program the same number of leading spaces".to_owned(),
        )
    };
    Some(Slip { range: stopped..stopped + 1, message, help })
}

/// What is wrong, in the author's terms.
pub(super) fn cause(error: &ScanError) -> String {
    use ErrorKind as E;
    match error.kind() {
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart => {
            "a line is indented with a tab".to_owned()
        }
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent => {
            "a quotation mark is opened and never closed".to_owned()
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => "a bracket is opened and never closed".to_owned(),
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            "a closing bracket has no opening one".to_owned()
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
            "inside brackets a comma or the closing bracket is missing".to_owned()
        }
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed => "a line does not stand where its neighbors do".to_owned(),
        E::SimpleKeyExpected | E::InvalidSimpleKey => "a line has no `:` after its key".to_owned(),
        E::RecursionLimitExceeded => "lists and mappings nest too deep".to_owned(),
        E::UnexpectedCharacter { .. } => "a value begins with a character that YAML reserves".to_owned(),
        E::UnknownAnchor | E::MissingAnchorOrAliasName => {
            "anchors and aliases (`&name`, `*name`) are not part of the format".to_owned()
        }
        _ => format!("this is not YAML: {}", error.info()),
    }
}

/// What to do about it.
pub(super) fn cure(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart => {
            "indent with spaces, two a level"
        }
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent => {
            "close it, or take the opening mark away; long text is easiest after `|` on indented lines"
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => "close it; a text that begins with `[` or `{` needs quotes",
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            "open it, or take the closing one away"
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
            "separate the entries by `, `; a text that holds `: ` or `,` needs quotes"
        }
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed => {
            "give all keys of one program the same number of leading spaces; text after `|` stands two further in"
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            "write `key: value`; a text of several lines begins with `|` after the key"
        }
        E::RecursionLimitExceeded => "look for brackets or dashes that are repeated by mistake",
        E::UnexpectedCharacter { .. } => "put the value in quotes",
        E::UnknownAnchor | E::MissingAnchorOrAliasName => "a text that begins with `*` or `&` needs quotes",
        _ => "look at this line and the one above; a value with `: ` or ` #` in it needs quotes",
    }
}
