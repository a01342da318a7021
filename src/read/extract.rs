//! What the sheet of a program draws on of its chapter's file, written anew in one canonical form: without the chapter's own amounts,
//! what only its overview shows or only rules read, and the other programs.
//!
//! The form follows from what was read, not from how it was laid out, so comments, blanks, quotes and the way to write a list make no
//! difference to a sheet's edition, and the extract of an extract is itself.

use super::folded;
use super::written::quoted;
use super::yaml::{Kind, Node};
use crate::model::{DrawnOn, Extracts, Id, Part};
use crate::source::Spanned;

/// The keys of a chapter that no program's sheet draws on.
const NOT_DRAWN_ON: &[&str] = &[
    "status", "requested", "prior", "enacted", "supplementary", "accounts", "instruments", "breakdown",
    "notes", "accept", "overview", "cards", "elsewhere",
];

/// How the file of a chapter is cut down to the sheet of each of its programs, given by their ids in the order of the list; an
/// entry without id could not be read, and has no sheet. `source` is the text that the nodes have their places in.
pub(super) fn extracts(source: &str, root: &Node, programs: &[Option<Id>]) -> Extracts {
    let Kind::Mapping(keys) = &root.kind else {
        return Extracts::default();
    };
    let mut parts = Vec::new();
    for (key, value) in keys {
        let bytes = key.span.start..value.span.end.max(key.span.end);
        if NOT_DRAWN_ON.contains(&key.value.as_str()) {
            parts.push(Part { bytes, text: String::new(), drawn_on: DrawnOn::ByNone });
            continue;
        }
        match &value.kind {
            Kind::Sequence(items) if key.value == "programs" && items.len() == programs.len() => {
                let text = format!("{}:\n", key.value);
                parts.push(Part { bytes: key.span.start..key.span.end, text, drawn_on: DrawnOn::ByAll });
                parts.extend(items.iter().zip(programs).map(|(item, id)| {
                    let mut out = Writer { source, text: String::new() };
                    out.item(item, 0);
                    Part {
                        bytes: item.span.start..item.span.end,
                        text: out.text,
                        drawn_on: id.clone().map_or(DrawnOn::ByNone, DrawnOn::By),
                    }
                }));
            }
            _ => {
                let mut out = Writer { source, text: String::new() };
                out.entry(key, value, 0);
                parts.push(Part { bytes, text: out.text, drawn_on: DrawnOn::ByAll });
            }
        }
    }
    Extracts { parts }
}

/// Writes values in the canonical form: a key or an entry a line, every text in double quotes, nothing as `~`.
struct Writer<'s> {
    source: &'s str,
    text: String,
}

impl Writer<'_> {
    fn entry(&mut self, key: &Spanned<String>, value: &Node, indent: usize) {
        let is_word = key.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        match is_word && !key.value.is_empty() && key.value != "null" {
            true => self.text.push_str(&key.value),
            false => self.text.push_str(&quoted(&key.value)),
        }
        self.text.push(':');
        self.value(value, indent + 2);
    }

    fn item(&mut self, node: &Node, indent: usize) {
        self.text.push('-');
        match &node.kind {
            Kind::Mapping(entries) if !entries.is_empty() => {
                self.text.push(' ');
                self.entries(entries, indent + 2);
            }
            _ => self.value(node, indent + 2),
        }
    }

    /// A value behind the mark of its key or entry.
    fn value(&mut self, node: &Node, indent: usize) {
        match &node.kind {
            Kind::Null => self.text.push_str(" ~\n"),
            Kind::Scalar(text) => {
                let written = self.source.get(node.span.start..node.span.end).unwrap_or_default();
                self.text.push(' ');
                self.text.push_str(&quoted(&folded::prose(text, written)));
                self.text.push('\n');
            }
            Kind::Sequence(items) if items.is_empty() => self.text.push_str(" []\n"),
            Kind::Mapping(entries) if entries.is_empty() => self.text.push_str(" {}\n"),
            Kind::Sequence(items) => {
                self.text.push('\n');
                for item in items {
                    self.pad(indent);
                    self.item(item, indent);
                }
            }
            Kind::Mapping(entries) => {
                self.text.push('\n');
                self.pad(indent);
                self.entries(entries, indent);
            }
        }
    }

    /// The entries of a mapping, the first one where the line has begun.
    fn entries(&mut self, entries: &[(Spanned<String>, Node)], indent: usize) {
        for (at, (key, value)) in entries.iter().enumerate() {
            if at > 0 {
                self.pad(indent);
            }
            self.entry(key, value, indent);
        }
    }

    fn pad(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests {
    use crate::read::read_texts;

    /// What the sheet of program `a` carries of a chapter.
    fn carried(text: &str) -> String {
        let reading = read_texts(&[("request.yaml", text)]);
        let request = reading.requests.first();
        request.map(|request| request.extracts.of("a")).unwrap_or_default()
    }

    #[test]
    fn every_layout_of_the_same_data_has_the_same_extract() {
        let block = "# 章\ngaisan: 1\n\nprior: 1 # 円\nframe: |\n  枠\n  \"二\"\n\nglossary:\n  AI: 人工\n    知能\nprograms:\n# 一\n- id: a\n  title: A\n- {id: b, title: B}\n";
        let flow = "{\"gaisan\": 1, frame: \"枠\\n\\\"二\\\"\\n\", glossary: {AI: 人工知能}, programs: [{id: a, title: 'A'}, {id: c, title: C}]}";
        let canonical = "gaisan: \"1\"\nframe: \"枠\\n\\\"二\\\"\\n\"\nglossary:\n  \"AI\": \"人工知能\"\nprograms:\n- id: \"a\"\n  title: \"A\"\n";
        for text in [block, flow, canonical] {
            assert_eq!(carried(text), canonical);
        }
    }

    #[test]
    fn what_one_of_two_readers_would_change_is_escaped() {
        let canonical = "gaisan: \"1\"\nframe: \"\\u2028\\u0085\\u0007\\\\ \\t\\uFEFF \"\nprograms:\n- id: \"a\"\n  notes: []\n  body: ~\n";
        assert_eq!(carried(canonical), canonical);
    }
}
