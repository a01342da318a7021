//! The house's laws on its own source: dependence goes forwards only, every outside library has one home, and the library
//! has two doors to the outside, `source` and `build`.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of dependence. A room may use itself and those before it.
const ROOMS: [&str; 20] = [
    "source",
    "enclosure",
    "diagnostic",
    "typeface",
    "model",
    "notation",
    "read",
    "rollup",
    "check",
    "settings",
    "examine",
    "width",
    "figure",
    "sheet",
    "compose",
    "document",
    "render",
    "build",
    "cli",
    "main",
];

/// The one home of every outside library; a home is a file or a folder of `src/`, or several where the library is split
/// among rooms on purpose.
const HOMES: &[(&str, &[&str])] = &[
    ("anstream", &["cli/"]),
    ("clap", &["cli/"]),
    ("codespan_reporting", &["diagnostic/text.rs"]),
    ("granit_parser", &["read/"]),
    ("indicatif", &["cli/"]),
    ("libdeflater", &["render/pdf/"]),
    ("lopdf", &["render/pdf/difference.rs", "render/pdf/emit/"]),
    ("printpdf", &["render/pdf/emit/"]),
    ("pulldown_cmark", &["document/"]),
    ("rayon", &["build/"]),
    ("rust_decimal", &["model/amount/", "model/rounding/"]),
    ("serde", &["diagnostic/", "read/", "render/html/", "sheet/"]),
    ("serde_json", &["diagnostic/", "render/html/"]),
    ("serde_yaml", &["read/"]),
    ("sha2", &["enclosure.rs"]),
    ("strsim", &["diagnostic/spelling.rs"]),
    ("subsetter", &["render/pdf/emit/"]),
    ("tempfile", &["build/write.rs"]),
    ("tera", &["compose.rs"]),
    ("ttf_parser", &["typeface.rs"]),
    ("unicode_linebreak", &["render/pdf/text/"]),
    ("unicode_width", &["width.rs"]),
];

/// A source file of the house.
struct File {
    /// Relative to `src/`, with `/`.
    name: String,
    /// The code, with comments and literals blanked out.
    code: String,
    /// Every path of two names or more, with its line.
    paths: Vec<(usize, Vec<String>)>,
}

impl File {
    fn room(&self) -> &str {
        let end = self.name.find(['/', '.']).unwrap_or(self.name.len());
        &self.name[..end]
    }

    /// Whether the file is part of the library; `cli` and `main` are the binary.
    fn is_library(&self) -> bool {
        !matches!(self.room(), "cli" | "main")
    }

    fn is_in(&self, homes: &[&str]) -> bool {
        homes.iter().any(|home| self.name.starts_with(home))
    }

    /// How many modules deep the file is: 1 for `rollup.rs` and `read/mod.rs`.
    fn depth(&self) -> usize {
        let folders = self.name.matches('/').count();
        folders + usize::from(!self.name.ends_with("/mod.rs"))
    }

    /// The rooms that the file names, with the lines: `crate::room`, or as many `super` as lead to the root.
    fn rooms_used(&self) -> impl Iterator<Item = (usize, &str)> {
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

/// All source files.
fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    assert!(found.len() > 100, "the source is not where it should be");
    let file = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy();
        let code = blanked(&fs::read_to_string(path).unwrap());
        File {
            name: name.replace('\\', "/"),
            paths: paths(&code),
            code,
        }
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
fn blanked(code: &str) -> String {
    let text: Vec<char> = code.chars().collect();
    let starts = |at: usize, with: &str| {
        with.chars()
            .enumerate()
            .all(|(n, c)| text.get(at + n) == Some(&c))
    };
    let find = |from: usize, with: &str| {
        (from..text.len())
            .find(|&at| starts(at, with))
            .map(|at| at + with.chars().count())
    };
    let mut out: Vec<char> = text.clone();
    let mut at = 0;
    while at < text.len() {
        let end = if starts(at, "//") {
            find(at, "\n").map(|end| end - 1)
        } else if starts(at, "/*") {
            find(at, "*/")
        } else if text[at] == 'r'
            && (starts(at, "r\"") || starts(at, "r#"))
            && !continues_name(&text, at)
        {
            let marks: String = text[at + 1..].iter().take_while(|c| **c == '#').collect();
            let open = at + 1 + marks.len();
            if text.get(open) == Some(&'"') {
                find(open + 1, &format!("\"{marks}"))
            } else {
                Some(at + 1)
            }
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

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn continues_name(text: &[char], at: usize) -> bool {
    at > 0 && is_name(text[at - 1])
}

/// All paths in code, with `{…}` multiplied out, and the lines they begin on.
fn paths(code: &str) -> Vec<(usize, Vec<String>)> {
    let mut words = Words {
        text: code.chars().collect(),
        at: 0,
        line: 1,
    };
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
        let is_there = word
            .chars()
            .enumerate()
            .all(|(n, c)| self.text.get(self.at + n) == Some(&c));
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
            while let Some(&c) = self
                .text
                .get(self.at)
                .filter(|c| is_name(**c) || **c == '*')
            {
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

fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn the_reader_of_this_test_sees_through_comments_strings_and_braces() {
    let code = "use crate::{a, b::{c, d as e}};\n// crate::no\nlet x = \"crate::no\"; let y = '\"';\nsuper::f::<T>(r#\"crate::no\"#);";
    let found: Vec<String> = paths(&blanked(code))
        .into_iter()
        .map(|(line, path)| format!("{line} {}", path.join("::")))
        .collect();
    assert_eq!(
        found,
        ["1 crate::a", "1 crate::b::c", "1 crate::b::d", "4 super::f"]
    );
}

#[test]
fn every_room_is_in_the_order() {
    let rooms: BTreeSet<String> = files()
        .iter()
        .map(|file| file.room().to_owned())
        .filter(|room| room != "lib")
        .collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(
        rooms, known,
        "a new room needs its place in the order: ROOMS in tests/architecture.rs and ARCHITECTURE.md"
    );
}

#[test]
fn dependence_goes_forwards_only() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| file.name != "lib.rs") {
        for (line, used) in file.rooms_used() {
            if place(used) > place(file.room()) {
                violations.push(format!(
                    "src/{}:{line}: `{}` uses `{used}`, which comes after it in the order of dependence ({})",
                    file.name,
                    file.room(),
                    ROOMS.join(" → "),
                ));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn the_binary_uses_the_library_by_its_public_name_only() {
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| !file.is_library()) {
        for (line, used) in file.rooms_used() {
            if !matches!(used, "cli" | "main") {
                violations.push(format!(
                    "src/{}:{line}: the binary reaches for `crate::{used}`; use `gaisan::{used}`",
                    file.name
                ));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn every_outside_library_has_one_home() {
    let homes: BTreeMap<&str, &[&str]> = HOMES.iter().copied().collect();
    let mut violations = Vec::new();
    let mut lived_in: BTreeSet<(&str, &str)> = BTreeSet::new();
    for file in files() {
        for (line, path) in &file.paths {
            let Some((library, homes)) = homes.get_key_value(path[0].as_str()) else {
                continue;
            };
            lived_in.extend(
                homes
                    .iter()
                    .filter(|home| file.is_in(&[**home]))
                    .map(|home| (*library, *home)),
            );
            if !file.is_in(homes) {
                violations.push(format!(
                    "src/{}:{line}: `{library}` is used outside its home, src/{}",
                    file.name,
                    homes.join(" and src/")
                ));
            }
        }
    }
    for (library, homes) in HOMES {
        for home in homes
            .iter()
            .filter(|home| !lived_in.contains(&(*library, **home)))
        {
            violations.push(format!("`{library}` is not used in src/{home}: take it out of HOMES in tests/architecture.rs"));
        }
    }
    assert_none(&violations);
}

#[test]
fn every_dependency_has_a_home() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest
        .split("[dependencies]\n")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap();
    let dependencies: BTreeSet<String> = section
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .collect();
    let homes: BTreeSet<String> = HOMES
        .iter()
        .map(|(library, _)| (*library).to_owned())
        .collect();
    assert_eq!(
        dependencies, homes,
        "a dependency needs a home: HOMES in tests/architecture.rs"
    );
}

#[test]
fn the_library_does_not_know_the_time_or_the_environment() {
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| file.is_library()) {
        for (line, path) in &file.paths {
            let named: Vec<&str> = path.iter().map(String::as_str).collect();
            let forbidden = matches!(
                named[..],
                ["std", "env" | "process" | "net", ..] | ["env" | "process", ..]
            ) || named
                .iter()
                .any(|name| matches!(*name, "SystemTime" | "Instant" | "UNIX_EPOCH"));
            if forbidden {
                violations.push(format!(
                    "src/{}:{line}: `{}`: the library asks neither the clock nor the environment; take the value as an argument",
                    file.name,
                    path.join("::"),
                ));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn files_are_touched_only_behind_the_two_doors() {
    const DOORS: [&str; 3] = ["source.rs", "build/", "cli/"];
    const ASKING: [&str; 8] = [
        ".is_file(",
        ".is_dir(",
        ".exists(",
        ".try_exists(",
        ".metadata(",
        ".canonicalize(",
        ".read_dir(",
        ".symlink_metadata(",
    ];
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| !file.is_in(&DOORS)) {
        for (line, path) in &file.paths {
            if path.starts_with(&["std".to_owned(), "fs".to_owned()]) || path[0] == "fs" {
                violations.push(format!("src/{}:{line}: `{}`: only `source` reads files, only `build` and `cli` write them", file.name, path.join("::")));
            }
        }
        for (at, line) in file.code.lines().enumerate() {
            if let Some(call) = ASKING.iter().find(|call| line.contains(**call)) {
                violations.push(format!(
                    "src/{}:{}: `{call}…)` asks the disk; let `source` ask",
                    file.name,
                    at + 1
                ));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn no_binary_floating_point_number_comes_near_an_amount() {
    const EXACT: [&str; 7] = [
        "model", "notation", "read", "rollup", "check", "sheet", "examine",
    ];
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| EXACT.contains(&file.room())) {
        for (at, line) in file.code.lines().enumerate() {
            let mut names = line.split(|c: char| !is_name(c));
            if let Some(float) = names.find(|name| {
                matches!(*name, "f32" | "f64") || name.ends_with("_f32") || name.ends_with("_f64")
            }) {
                violations.push(format!("src/{}:{}: `{float}`: amounts are exact; floats are for geometry in `figure` and `render`", file.name, at + 1));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn the_library_never_prints() {
    const PRINTING: [&str; 5] = ["print!", "println!", "eprint!", "eprintln!", "dbg!"];
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| file.is_library()) {
        for (at, line) in file.code.lines().enumerate() {
            let mut words = line.split(|c: char| !(is_name(c) || c == '!'));
            if let Some(macro_name) = words.find(|word| PRINTING.contains(word)) {
                violations.push(format!(
                    "src/{}:{}: `{macro_name}`: the library never prints",
                    file.name,
                    at + 1
                ));
            }
        }
    }
    assert_none(&violations);
}
