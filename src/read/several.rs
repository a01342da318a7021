//! Names of entries that lead nowhere as they are written: several in one text, `children: a.yaml、b.yaml`, and what is no file.

use super::Reader;
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::Id;
use crate::source::{Span, line_start};

/// The entries of a list that stand in one text, parted by commas or blanks; none where there is one.
pub(super) fn several(text: &str, is_one: impl Fn(&str) -> bool) -> Option<Vec<&str>> {
    const BETWEEN: [char; 13] = ['、', ',', '，', '､', '・', ';', '；', '／', '|', '＋', '+', '\n', '　'];
    let all: Vec<&str> = text
        .split(|c: char| BETWEEN.contains(&c) || c.is_whitespace())
        .map(str::trim)
        .filter(|one| !matches!(*one, "" | "及び" | "と" | "and" | "&"))
        .collect();
    (all.len() > 1 && all.iter().all(|one| is_one(one))).then_some(all)
}

/// Whether a name is that of a YAML file.
pub(super) fn is_file(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// What to do about a name of a file that is not there, and that no other is like.
pub(super) fn no_file(name: &str) -> String {
    if name.contains(":\\") || name.starts_with(['/', '\\']) {
        "name a file by its way from the folder of this one, without drive and folders above it".to_owned()
    } else if !is_file(name) && name.contains('.') {
        "name a YAML file, whose name ends with `.yaml`".to_owned()
    } else if !is_file(name) {
        let (file, key) = if Id::parse(name).is_ok() { (name, "id") } else { ("…", "title") };
        format!(
            "name a file, `{file}.yaml`, or write the entry here: `- {key}: {name}`, its other keys below it"
        )
    } else {
        "correct the name, or create the file".to_owned()
    }
}

impl Reader {
    /// Reports several entries of a list that stand in one text.
    pub(super) fn in_one_text(&mut self, code: &'static str, span: Span, entries: &[&str]) {
        let file = &self.sources.file(span.file).text;
        let line = file.get(line_start(file, span.start)..span.start).unwrap_or_default();
        let head = line.trim_end();
        let text = match head {
            _ if line.trim_start().starts_with("- ") && line.trim_start() == "- " => {
                entries.join(&format!("\n{line}"))
            }
            _ if head.ends_with(['[', ',']) => entries.join(", "),
            _ => format!("[{}]", entries.join(", ")),
        };
        let message = format!("{} entries of a list stand in one text", entries.len());
        let help = "part them with commas between brackets, `[…, …]`, or write each on a line of its own behind a hyphen";
        let finding = Diagnostic::new(code, self.first_line(span), message).help(help);
        self.findings.push(finding.cure(Cure::certain(span, text)));
    }
}
