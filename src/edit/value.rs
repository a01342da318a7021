//! Values as YAML in the house's style.

use crate::read::{Kind, Node, is_escaped, scalar, unfolded};

/// A value that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text. One of several lines is a literal block where a block can stand.
    Text(String),
    /// A list, an entry a line.
    List(Vec<Value>),
    /// A mapping, a key a line. An entry without a key is a comment, or a blank line where it has no text.
    Lines(Vec<(String, Value)>),
    /// A mapping in braces.
    Braces(Vec<(String, Value)>),
}

impl Value {
    /// A value of a file that was read, as it is meant. Mappings become such in braces; nothing becomes an empty text.
    pub(crate) fn of(node: &Node, source: &str) -> Self {
        match &node.kind {
            Kind::Null => Self::text(""),
            Kind::Scalar(text) => {
                Self::Text(unfolded(text, source.get(node.span.start..node.span.end).unwrap_or_default()))
            }
            Kind::Sequence(items) => Self::List(items.iter().map(|item| Self::of(item, source)).collect()),
            Kind::Mapping(entries) => Self::Braces(
                entries.iter().map(|(key, value)| (key.value.clone(), Self::of(value, source))).collect(),
            ),
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A comment for [`Value::Lines`]; without text, a blank line.
    pub fn comment(text: &str) -> (String, Self) {
        (String::new(), Self::text(text))
    }

    /// Whether it takes several lines.
    fn is_long(&self) -> bool {
        match self {
            Self::Text(text) => text.contains('\n'),
            Self::List(_) => true,
            Self::Lines(entries) => entries.len() > 1,
            Self::Braces(_) => false,
        }
    }

    /// The value in one line, for a place inside brackets or braces.
    pub(crate) fn inline(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match self {
            Self::Text(text) => scalar(text, true),
            Self::List(items) => format!("[{}]", joined(items.iter().map(Self::inline).collect())),
            Self::Lines(entries) | Self::Braces(entries) => {
                let entries = entries.iter().filter(|(key, _)| !key.is_empty());
                let parts = entries.map(|(key, value)| format!("{key}: {}", value.inline()));
                format!("{{{}}}", joined(parts.collect()))
            }
        }
    }

    /// What stands behind `key:` or a hyphen, up to and with the end of its last line; `indent` is that of the key or the hyphen.
    pub(super) fn behind(&self, indent: usize, is_item: bool) -> String {
        let margin = " ".repeat(indent);
        match self {
            Self::Text(text) => match literal(text, indent + 2, 2) {
                Some((head, body)) => format!(" {head}\n{body}\n"),
                None => format!(" {}\n", scalar(text, false)),
            },
            Self::Braces(_) => format!(" {}\n", self.inline()),
            Self::List(items) if items.is_empty() => " []\n".to_owned(),
            Self::List(items) => {
                let mut out = "\n".to_owned();
                let is_apart = items.iter().any(|item| matches!(item, Self::Lines(_)) && item.is_long());
                for (at, item) in items.iter().enumerate() {
                    if at > 0 && is_apart {
                        out.push('\n');
                    }
                    out.push_str(&item.item(indent + 2));
                }
                out
            }
            Self::Lines(entries) if entries.is_empty() => " {}\n".to_owned(),
            Self::Lines(entries) => {
                let lines: String =
                    entries.iter().map(|(key, value)| entry(key, value, indent + 2)).collect();
                match is_item.then(|| lines.strip_prefix(&format!("{margin}  "))).flatten() {
                    Some(lines) => format!(" {lines}"),
                    None => format!("\n{lines}"),
                }
            }
        }
    }

    /// The value as an entry of a list whose hyphens have this indent.
    pub(crate) fn item(&self, indent: usize) -> String {
        format!("{}-{}", " ".repeat(indent), self.behind(indent, true))
    }
}

/// A key with its value, ended by a line end.
pub(super) fn entry(key: &str, value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match value {
        Value::Text(text) if key.is_empty() && text.is_empty() => "\n".to_owned(),
        Value::Text(text) if key.is_empty() => {
            text.lines().map(|line| format!("{margin}# {line}\n")).collect()
        }
        _ => format!("{margin}{}:{}", scalar(key, false), value.behind(indent, false)),
    }
}

/// A whole file.
pub fn written(entries: &[(String, Value)]) -> String {
    entries.iter().map(|(key, value)| entry(key, value, 0)).collect()
}

/// A text of several lines as a literal block, its head and its lines without the last end; `None` where it needs quotation marks.
/// `deeper` is how much further in the lines are than what they stand under.
pub(super) fn literal(text: &str, indent: usize, deeper: usize) -> Option<(String, String)> {
    let is_shown = |c: char| matches!(c, '\n' | '\t') || !is_escaped(c);
    let writable =
        text.contains('\n') && !text.trim_start_matches('\n').is_empty() && text.chars().all(is_shown);
    // How many blank lines end a block depends on what follows, and what is only blanks cannot be seen: such texts are better quoted.
    let is_blank = |line: &str| !line.is_empty() && line.trim().is_empty();
    let writable = writable && !text.ends_with("\n\n") && !text.split('\n').any(is_blank);
    let chomp = if text.ends_with('\n') { "" } else { "-" };
    let mark = if text.starts_with([' ', '\n', '\t']) { deeper.to_string() } else { String::new() };
    let margin = " ".repeat(indent);
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    let lines = lines.map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") });
    writable.then(|| (format!("|{mark}{chomp}"), lines.collect::<Vec<_>>().join("\n")))
}
