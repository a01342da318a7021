//! The project's settings, `gaisan.yaml`: read like every other file, as they are written. What they mean for the rules is
//! said in [`crate::settings`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::choices::{Choices, named};
use super::codes;
use super::several::several;
use super::shapes;
use super::yaml::{self, Kind, Node};
use super::{Project, Reader, Reading};
use crate::diagnostic::{Cure, Diagnostic, Level};
use crate::model::Conventions;
use crate::source::{self, FileId, Span, Spanned, Stamp};
use crate::typeface::Fonts;

/// The name of the settings file. A file of this name is never a chapter.
pub const SETTINGS_FILE: &str = "gaisan.yaml";

pub(super) const LEVELS: &Choices<Level> =
    &[(&["deny"], Level::Deny), (&["warn"], Level::Warn), (&["allow"], Level::Allow)];

/// Settings as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The code of a rule, and what is to become of its findings.
    pub severity: Vec<(Spanned<String>, Spanned<Level>)>,
}

impl Reading {
    /// Reads the project's settings from a file, before its chapters are read, and adds what is wrong with them to the findings.
    pub fn settings(&mut self, path: &Path) -> Settings {
        self.project.settings = Some(path.to_path_buf());
        let file = match self.instead.get(path) {
            Some(bytes) => Ok(self.sources.add_bytes(path, bytes)),
            None => source::inside(path, &[]).and_then(|()| self.sources.load(path)),
        };
        match file {
            Ok(file) => self.settings_of(file, Some(path)),
            Err(trouble) => {
                self.unreadable.push(trouble);
                Settings::default()
            }
        }
    }

    /// Reads the project's settings from a text in memory.
    pub fn settings_text(&mut self, name: &str, text: &str) -> Settings {
        self.project.settings = Some(name.into());
        let file = self.sources.add(name, text);
        self.settings_of(file, None)
    }

    fn settings_of(&mut self, file: FileId, path: Option<&Path>) -> Settings {
        let mut reader = Reader::after(std::mem::take(self));
        let (settings, fonts, conventions) = reader.settings(file, path);
        let project = Project { conventions, fonts: fonts.map(Arc::new), ..reader.project.clone() };
        *self = Reader { project, ..reader }.reading(&[]);
        settings
    }
}

impl Reader {
    /// What the settings say; fonts are read from beside `path`, which a text in memory does not have.
    fn settings(&mut self, file: FileId, path: Option<&Path>) -> (Settings, Option<Fonts>, Conventions) {
        let nothing = (Settings::default(), None, Conventions::default());
        let text = &self.sources.file(file).text;
        let says_nothing =
            text.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'));
        if says_nothing {
            return nothing;
        }
        let Some(tree) = yaml::tree(&self.sources, file, &mut self.findings) else {
            return nothing;
        };
        let known = shapes::keys(shapes::WHOLE_SETTINGS);
        let Some(fields) = self.fields(&tree, "file of settings", &known) else {
            return nothing;
        };
        let settings = fields.get("severity").map(|severity| self.severity(severity)).unwrap_or_default();
        let folder = |name: String| source::beside(path.unwrap_or(Path::new("")), &name);
        for item in self.list(fields, "outside") {
            let is_way = |name: &str| name.contains(['/', '\\']);
            if let Some(names) = several(item.text().unwrap_or_default(), is_way) {
                self.in_one_text(codes::SETTING, item.span, &names);
            }
        }
        self.project.outside = self.texts(fields, "outside").into_iter().map(folder).collect();
        let fonts = fields.get("fonts").and_then(|node| self.fonts(node, path));
        (settings, fonts, self.conventions(fields))
    }

    fn severity(&mut self, severity: &Node) -> Settings {
        let Kind::Mapping(entries) = &severity.kind else {
            self.wrong_shape(severity, "`severity`", "lines such as `W0203: deny`");
            return Settings::default();
        };
        let codes: Vec<&str> = entries.iter().map(|(code, _)| code.value.as_str()).collect();
        let Some(fields) = self.fields(severity, "`severity`", &codes) else {
            return Settings::default();
        };
        let mut settings = Settings::default();
        for (code, value) in entries {
            if value.kind == Kind::Null {
                self.missing_level(code);
            } else if let Some(level) = self.choice(fields, &code.value, LEVELS) {
                settings.severity.push((code.clone(), level));
            }
        }
        settings
    }

    /// The sheets' faces with the office's own for what they lack.
    fn fonts(&mut self, node: &Node, path: Option<&Path>) -> Option<Fonts> {
        let fields = self.fields(node, "`fonts`", shapes::FONTS.keys)?;
        let name = self.spanned_text(fields, "fallback")?;
        if path.is_some_and(|path| {
            !self.is_inside(&source::beside(path, &name.value), path, &name.value, name.span)
        }) {
            return None;
        }
        let mut refuse = |code, message: String, help: &str| {
            self.findings.push(Diagnostic::new(code, name.span, message).help(help));
            None
        };
        let Some(path) = path else {
            let message = format!("there is no file `{}` among texts in memory", name.value);
            return refuse(codes::MISSING_FILE, message, "read the settings from disk");
        };
        let file = source::beside(path, &name.value);
        let stamp = Stamp::at(&file);
        let bytes = match source::read_bytes(&file) {
            Ok(bytes) => {
                self.sources.add_binary(&file, &bytes, stamp);
                bytes
            }
            Err(trouble) => {
                return refuse(
                    codes::MISSING_FILE,
                    trouble.to_string(),
                    "correct the name; it counts from the folder of this file",
                );
            }
        };
        match Fonts::builtin()?.with_fallback(bytes) {
            Ok(fonts) => Some(fonts),
            Err(error) => {
                let message = format!("`{}` cannot be used: {error}", name.value);
                refuse(codes::SETTING, message, error.help())
            }
        }
    }

    fn missing_level(&mut self, code: &Spanned<String>) {
        let code_text = &code.value;
        // `W0203 deny`: the colon is all that lacks.
        if let Some((rule, level)) =
            code_text.split_once(' ').filter(|(_, level)| named(LEVELS, level.trim()).is_some())
        {
            let message = format!("there is no colon after `{rule}`");
            let cure = Cure::certain(code.span, format!("{rule}: {}", level.trim()));
            self.findings.push(Diagnostic::new(codes::SETTING, code.span, message).cure(cure));
            return;
        }
        let message = format!("it is not said what becomes of `{code_text}`");
        let help = format!("write `{code_text}: deny`, `warn` or `allow`");
        self.say(codes::SETTING, code.span, message, help);
    }

    /// Takes settings files out of the files that were found. One that looks like a chapter is reported: money must not
    /// vanish because of a file's name.
    pub(super) fn without_settings(&mut self, found: &mut Vec<PathBuf>) {
        let is_settings = |path: &mut PathBuf| path.file_name().is_some_and(|name| name == SETTINGS_FILE);
        let set_aside: Vec<PathBuf> = found.extract_if(.., is_settings).collect();
        for path in set_aside {
            let is_chapter = self.bytes(&path).is_ok_and(|bytes| {
                bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"gaisan:"))
            });
            if !is_chapter {
                continue;
            }
            match self.load(&path) {
                Ok(file) => self.chapter_set_aside(file),
                Err(trouble) => self.unreadable.push(trouble),
            }
        }
    }

    fn chapter_set_aside(&mut self, file: FileId) {
        let source = self.sources.file(file);
        let key = "gaisan:";
        let start = source
            .text
            .match_indices(key)
            .map(|(at, _)| at)
            .find(|at| source.line_starts().binary_search(at).is_ok())
            .unwrap_or(0);
        let span = Span { file, start, end: (start + key.len() - 1).min(source.text.len()) };
        let finding =
            Diagnostic::new(codes::SETTING, span, format!("`{}` is not read as a chapter", source.name))
                .here(format!("a file called `{SETTINGS_FILE}` holds settings"))
                .help("give the chapter another name, e.g. `request.yaml`");
        self.findings.push(finding);
    }
}
