//! From the facts of a [`Sheet`] to its Markdown, by a template.
//!
//! Built-in templates are part of the library under `builtin/`; an office's own of the same name take their place, and may
//! `{% extends "builtin/sheet.md.tera" %}` to change only a block. This is the only module that knows Tera.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tera::{Context, Tera};

use crate::diagnostic::nearest;
use crate::document::escaped;
use crate::limits;
use crate::markdown::Fences;
use crate::model::abbreviations;
use crate::sheet::{Facts, Sheet};
use crate::source::line_ends;

/// The templates that are part of the library, as (name, text).
pub const BUILTIN: &[(&str, &str)] = &[
    ("amount.md.tera", include_str!("../templates/amount.md.tera")),
    ("change.md.tera", include_str!("../templates/change.md.tera")),
    ("change-comment.md.tera", include_str!("../templates/change-comment.md.tera")),
    ("change-lines.md.tera", include_str!("../templates/change-lines.md.tera")),
    ("change-table.md.tera", include_str!("../templates/change-table.md.tera")),
    ("change-words.md.tera", include_str!("../templates/change-words.md.tera")),
    ("area.md.tera", include_str!("../templates/area.md.tera")),
    ("one-page.md.tera", include_str!("../templates/one-page.md.tera")),
    ("overview.md.tera", include_str!("../templates/overview.md.tera")),
    ("part.md.tera", include_str!("../templates/part.md.tera")),
    ("series.md.tera", include_str!("../templates/series.md.tera")),
    ("sheet.md.tera", include_str!("../templates/sheet.md.tera")),
    ("table.md.tera", include_str!("../templates/table.md.tera")),
];

/// The longest comment, in characters; pull requests take no longer ones.
pub const COMMENT_LIMIT: usize = 65_000;

/// A template that cannot be read, or a sheet that it cannot compose.
#[derive(Debug)]
pub struct ComposeError {
    message: String,
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ComposeError {}

impl ComposeError {
    fn new(what: &str, error: &tera::Error) -> Self {
        let mut message = format!("{what}: {error}");
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            message.push_str(&format!("\n  {cause}"));
            source = cause.source();
        }
        Self { message: narrowed(&message) }
    }
}

/// The most characters of a line of an error that are shown.
const LONGEST_LINE: usize = 1_000;

/// What tera says, without what is far from the place that it points at in a long line of a template.
fn narrowed(message: &str) -> String {
    let lines: Vec<&str> = message.lines().collect();
    let place = |at: usize| lines.get(at).and_then(|line| Some(line.split_once('^')?.0.chars().count()));
    let shown = lines.iter().enumerate().map(|(at, line)| {
        if line.chars().count() <= LONGEST_LINE {
            return (*line).to_owned();
        }
        let part = |from: usize, most: usize| line.chars().skip(from).take(most).collect::<String>();
        match place(at).or_else(|| place(at + 1)) {
            Some(place) if line.contains('|') && place > LONGEST_LINE => {
                let (head, _) = line.split_once('|').unwrap_or_default();
                format!("{head}| …{}", part(place.saturating_sub(40), 120))
            }
            _ => part(0, LONGEST_LINE) + "…",
        }
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The templates of a run.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    office: Vec<(String, String)>,
}

impl Templates {
    /// The built-in templates, with those of an office, given as (name, text), in front of them.
    ///
    /// # Errors
    /// When a template has a syntax error or refers to one that does not exist; the message names file, line and column.
    pub fn new(office: &[(String, String)]) -> Result<Self, ComposeError> {
        let read = |text: &String| String::from_utf8_lossy(&line_ends::text(text.as_bytes())).into_owned();
        let mut office: Vec<(String, String)> =
            office.iter().map(|(name, text)| (name.clone(), read(text))).collect();
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".md.tera"]);
        tera.set_escape_fn(|text, out| out.write_all(escaped(text).as_bytes()));
        let trouble = |error: tera::Error| ComposeError::new("a template cannot be read", &error);
        tera.set_fallback_prefixes(["builtin/"]).map_err(trouble)?;
        let builtin = BUILTIN.iter().map(|(name, text)| (format!("builtin/{name}"), (*text).to_owned()));
        let all: Vec<(String, String)> = builtin.chain(office.iter().cloned()).collect();
        tera.add_raw_templates(all.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(trouble)?;
        // A copy that nobody changed is the built-in one.
        office.retain(|(name, text)| !BUILTIN.contains(&(name.as_str(), text.as_str())));
        office.sort();
        Ok(Self { tera, office })
    }

    /// An office's own templates as (name, text), sorted; unchanged copies of built-in ones do not count.
    pub fn office(&self) -> &[(String, String)] {
        &self.office
    }

    /// An office's templates that compose nothing, each with the name that is probably meant: they have no built-in one's name, and no
    /// other template names them.
    pub fn unused(&self) -> Vec<(&str, Option<&'static str>)> {
        let known: Vec<&'static str> = BUILTIN.iter().map(|(name, _)| *name).collect();
        let is_named =
            |name: &str| self.office.iter().any(|(other, text)| other != name && text.contains(name));
        let names = self.office.iter().map(|(name, _)| name.as_str());
        let unused = names.filter(|name| !known.contains(name) && !is_named(name));
        unused.map(|name| (name, nearest(name, &known))).collect()
    }

    /// The template that is used where one is asked for. An office's own detail sheet stands for the sheet on one page, too, unless
    /// the office has one of those.
    fn template<'a>(&self, wanted: &'a str) -> &'a str {
        let has = |name: &str| self.office.iter().any(|(own, _)| own == name);
        match wanted {
            "one-page.md.tera" if has("sheet.md.tera") && !has(wanted) => "sheet.md.tera",
            _ => wanted,
        }
    }

    /// A sheet as Markdown.
    ///
    /// # Errors
    /// When the template asks for something a sheet does not have, or writes more than 64 MB.
    pub fn markdown(&self, sheet: &Sheet) -> Result<String, ComposeError> {
        let template = self.template(sheet.template);
        let what = format!("`{template}` cannot compose the sheet `{}`", sheet.stem);
        let trouble = |error: tera::Error| ComposeError::new(&what, &error);
        let mut context = Context::from_serialize(&sheet.facts).map_err(trouble)?;
        let mut compose = |glossary: &[Entry<'_>]| {
            context.insert("glossary", glossary);
            let mut out = Limited { bytes: Vec::new() };
            self.tera.render_to(template, &context, &mut out).map_err(trouble)?;
            String::from_utf8(out.bytes)
                .map(|text| tidy(&text))
                .map_err(|error| ComposeError { message: format!("{what}: {error}") })
        };
        let _under_way = UnderWay::begin(format!("`{template}` at the sheet `{}`", sheet.stem));
        let markdown = compose(&[])?;
        // Which abbreviations a sheet uses is known once it is there.
        match used(&markdown, sheet).as_slice() {
            [] => Ok(markdown),
            glossary => compose(glossary),
        }
    }
}

/// The sheets that are being composed, with a number of each: templates may loop without end, and only the process can stop them.
static UNDER_WAY: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());

/// What is being composed at this moment, by a number that no other has.
pub fn under_way() -> BTreeMap<u64, String> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// That a sheet is being composed.
struct UnderWay(u64);

impl UnderWay {
    fn begin(what: String) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).insert(number, what);
        Self(number)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// An abbreviation as a template lists it.
#[derive(serde::Serialize)]
struct Entry<'a> {
    short: &'a str,
    expansion: &'a str,
}

/// The abbreviations of the glossary that a sheet uses, in the glossary's order.
fn used<'a>(markdown: &str, sheet: &'a Sheet) -> Vec<Entry<'a>> {
    let imprint = &sheet.imprint;
    let shorts: Vec<&str> = imprint.glossary.iter().map(|entry| entry.short.value.as_str()).collect();
    let shown = markdown.replace('\\', "");
    let found: BTreeSet<usize> = abbreviations(&shown, &shorts).into_iter().map(|(_, place)| place).collect();
    found
        .into_iter()
        .filter_map(|place| imprint.glossary.get(place))
        .filter_map(|entry| {
            let (expansion, _) = entry.expansion(imprint.lang)?;
            Some(Entry { short: &entry.short.value, expansion })
        })
        .collect()
}

impl Templates {
    /// Change sheets as one comment for a pull request, at most [`COMMENT_LIMIT`] characters long: where they are longer, the wording
    /// and then lines are left out, which the comment says. Sheets of another kind are not in it.
    ///
    /// # Errors
    /// Those of [`Templates::markdown`].
    pub fn comment(&self, sheets: &[Sheet]) -> Result<String, ComposeError> {
        let mut comment = String::new();
        let mut left = COMMENT_LIMIT;
        for (at, sheet) in sheets.iter().enumerate() {
            let Facts::Change(change) = &sheet.facts else {
                continue;
            };
            // What one sheet does not need is there for those that follow.
            let share = left / (sheets.len() - at);
            let mut change = change.clone();
            let text = loop {
                let light = Sheet {
                    template: "change-comment.md.tera",
                    facts: Facts::Change(change.clone()),
                    ..sheet.clone()
                };
                let text = self.markdown(&light)?;
                if text.chars().count() < share {
                    break Some(text);
                }
                if !change.shorten() {
                    break None;
                }
            };
            if let Some(text) = text {
                left -= text.chars().count() + 1;
                comment.push_str(&text);
                comment.push('\n');
            }
        }
        comment.truncate(comment.trim_end().len());
        comment.push('\n');
        Ok(comment)
    }
}

/// Memory that refuses to grow without end: a template may loop over anything.
struct Limited {
    bytes: Vec<u8>,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > limits::MARKDOWN {
            return Err(io::Error::other("the sheet grows beyond 64 MB"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One blank line between blocks, none at the ends, no blanks before a line end; code blocks stay as they are.
fn tidy(markdown: &str) -> String {
    let mut tidied = String::with_capacity(markdown.len());
    let mut fences = Fences::default();
    let mut blank = true;
    for line in markdown.lines() {
        let in_code = fences.are_open();
        fences.hold(line);
        let line =
            if in_code || line.ends_with("  ") && !line.trim().is_empty() { line } else { line.trim_end() };
        if !(line.is_empty() && blank && !in_code) {
            tidied.push_str(line);
            tidied.push('\n');
        }
        blank = line.is_empty();
    }
    let end = tidied.trim_end().len();
    tidied.truncate(end);
    tidied.push('\n');
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_single_outside_code() {
        assert_eq!(tidy("\n\na \n\n\n\nb\n```\nx\n\n\ny\n```\n\n"), "a\n\nb\n```\nx\n\n\ny\n```\n");
    }

    #[test]
    fn an_error_in_a_long_line_shows_what_it_is_about() {
        let text = format!("{}{{{{ 1 + }}}}{}", "x".repeat(5_000), "y".repeat(5_000));
        let made = Templates::new(&[("sheet.md.tera".to_owned(), text)]);
        let error = made.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.len() < 2_000 && error.contains("1:50"), "{error}");
        assert!(error.contains("xxx{{ 1 + }}yyy"), "{error}");
    }
}
