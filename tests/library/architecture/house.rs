//! Reading Rust source for the paths it names, without a parser: enough to watch over the house's laws.

use std::fs;
use std::path::{Path, PathBuf};

use super::ROOMS;

/// A source file of the house.
pub(crate) struct File {
    /// Relative to `src/`, with `/`.
    pub(crate) name: String,
    /// The code, with comments and literals blanked out.
    pub(crate) code: String,
    /// Every path of two names or more, with its line.
    pub(crate) paths: Vec<(usize, Vec<String>)>,
}

impl File {
    pub(crate) fn room(&self) -> &str {
        let end = self.name.find(['/', '.']).unwrap_or(self.name.len());
        &self.name[..end]
    }

    /// Whether the file is part of the library; `cli` and `main` are the binary.
    pub(crate) fn is_library(&self) -> bool {
        !matches!(self.room(), "cli" | "main")
    }

    pub(crate) fn is_in(&self, homes: &[&str]) -> bool {
        homes.iter().any(|home| self.name.starts_with(home))
    }

    /// How many modules deep the file is: 1 for `rollup.rs` and `read/mod.rs`.
    fn depth(&self) -> usize {
        let folders = self.name.matches('/').count();
        folders + usize::from(!self.name.ends_with("/mod.rs"))
    }

    /// The rooms that the file names, with the lines: `crate::room`, or as many `super` as lead to the root.
    pub(crate) fn rooms_used(&self) -> impl Iterator<Item = (usize, &str)> {
        self.paths.iter().filter_map(|(line, path)| {
            let supers = path.iter().take_while(|name| *name == "super").count();
            let at = match path.first().map(String::as_str) {
                Some("crate") => 1,
                _ if supers > 0 && supers >= self.depth() => supers,
                _ => return None,
            };
            let room = path.get(at)?.as_str();
            ROOMS.contains(&room).then_some((*line, room))
        })
    }
}

impl File {
    /// The functions, each with its line and how many it has.
    pub(crate) fn functions(&self) -> Vec<(usize, usize)> {
        let lines: Vec<&str> = self.code.lines().collect();
        let is_function = |line: &str| {
            let words = line.split(|c: char| !is_name(c)).take_while(|word| {
                matches!(*word, "" | "pub" | "super" | "crate" | "in" | "cli" | "const" | "fn")
            });
            words.filter(|word| *word == "fn").count() == 1
        };
        let indent = |line: &str| line.len() - line.trim_start().len();
        let mut found = Vec::new();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let is_end = |it: &&str| it.trim() == "}" && indent(it) == indent(line);
            let is_one_line = line.trim_end().ends_with(['}', ';']);
            if let Some(end) = lines[at..].iter().position(is_end).filter(|_| !is_one_line) {
                found.push((at + 1, end + 1));
            }
        }
        found
    }
}

/// All source files.
pub(crate) fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    assert!(found.len() > 100, "the source is not where it should be");
    let file = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy();
        let code = blanked(&fs::read_to_string(path).unwrap());
        File { name: name.replace('\\', "/"), paths: paths(&code), code }
    };
    found.iter().map(file).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Rust code with its comments, strings and characters turned to blanks; line ends stay.
pub(crate) fn blanked(code: &str) -> String {
    let text: Vec<char> = code.chars().collect();
    let starts = |at: usize, with: &str| with.chars().enumerate().all(|(n, c)| text.get(at + n) == Some(&c));
    let find = |from: usize, with: &str| {
        (from..text.len()).find(|&at| starts(at, with)).map(|at| at + with.chars().count())
    };
    let mut out: Vec<char> = text.clone();
    let mut at = 0;
    while at < text.len() {
        let end = if starts(at, "//") {
            find(at, "\n").map(|end| end - 1)
        } else if starts(at, "/*") {
            find(at, "*/")
        } else if text[at] == 'r' && (starts(at, "r\"") || starts(at, "r#")) && !continues_name(&text, at) {
            let marks: String = text[at + 1..].iter().take_while(|c| **c == '#').collect();
            let open = at + 1 + marks.len();
            if text.get(open) == Some(&'"') { find(open + 1, &format!("\"{marks}")) } else { Some(at + 1) }
        } else if text[at] == '"' {
            let mut end = at + 1;
            while end < text.len() && text[end] != '"' {
                end += 1 + usize::from(text[end] == '\\');
            }
            Some(end + 1)
        } else if text[at] == '\'' && text.get(at + 1) == Some(&'\\') {
            find(at + 3, "'")
        } else if text[at] == '\'' && text.get(at + 2) == Some(&'\'') {
            Some(at + 3)
        } else {
            at += 1;
            continue;
        };
        let end = end.unwrap_or(text.len()).min(text.len());
        for c in &mut out[at..end] {
            if *c != '\n' {
                *c = ' ';
            }
        }
        at = end;
    }
    out.into_iter().collect()
}

pub(crate) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn continues_name(text: &[char], at: usize) -> bool {
    at > 0 && is_name(text[at - 1])
}

/// All paths in code, with `{…}` multiplied out, and the lines they begin on.
pub(crate) fn paths(code: &str) -> Vec<(usize, Vec<String>)> {
    let mut words = Words { text: code.chars().collect(), at: 0, line: 1 };
    let mut found = Vec::new();
    while words.at < words.text.len() {
        if is_name(words.text[words.at]) {
            words.path(&[], &mut found);
        } else {
            words.step();
        }
    }
    found.retain(|(_, path): &(usize, Vec<String>)| path.len() > 1);
    found
}

struct Words {
    text: Vec<char>,
    at: usize,
    line: usize,
}

impl Words {
    fn step(&mut self) {
        self.line += usize::from(self.text.get(self.at) == Some(&'\n'));
        self.at += 1;
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.step();
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = word.chars().enumerate().all(|(n, c)| self.text.get(self.at + n) == Some(&c));
        if is_there {
            self.at += word.chars().count();
        }
        is_there
    }

    /// Reads a path, or a tree of paths, after what stands before it.
    fn path(&mut self, before: &[String], found: &mut Vec<(usize, Vec<String>)>) {
        let line = self.line;
        let mut path = before.to_vec();
        loop {
            let mut name = String::new();
            while let Some(&c) = self.text.get(self.at).filter(|c| is_name(**c) || **c == '*') {
                name.push(c);
                self.at += 1;
            }
            if name.is_empty() {
                break;
            }
            path.push(name);
            if !self.takes("::") {
                break;
            }
            if self.takes("{") {
                self.blanks();
                while self.at < self.text.len() && !self.takes("}") {
                    let start = self.at;
                    self.path(&path, found);
                    self.blanks();
                    // ` as name`, `,`, or anything else that ends a path.
                    while self.at < self.text.len() && !matches!(self.text[self.at], ',' | '}') {
                        self.step();
                    }
                    self.takes(",");
                    self.blanks();
                    if self.at == start {
                        self.step();
                    }
                }
                return;
            }
        }
        found.push((line, path));
    }
}
