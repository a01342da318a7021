//! The house's laws on its own source: dependence goes forwards only, every outside library has one home, and the library
//! has two doors to the outside, `source` and `build`.

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use house::{blanked, files, is_name, paths};

/// The rooms in the order of dependence. A room may use itself and those before it.
const ROOMS: &[&str] = &[
    "limits", "export", "named", "script", "xml", "fault", "source", "enclosure", "translation",
    "diagnostic", "picture", "typeface", "vector", "model", "breaks", "words", "notation", "markdown",
    "read", "edit", "rollup", "lineage", "check", "settings", "examine", "import", "document", "diff",
    "figure", "sheet", "exchange", "compose", "render", "build", "drafting", "verify", "facade", "cli",
    "main",
];

/// The one home of every outside library; a home is a file or a folder of `src/`, or several where the library is split
/// among rooms on purpose.
const HOMES: &[(&str, &[&str])] = &[
    ("anstream", &["cli/"]),
    ("anstyle", &["cli/", "render/terminal/"]),
    ("base64", &["render/html/"]),
    ("calamine", &["import/book.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/completions.rs"]),
    ("codespan_reporting", &["diagnostic/text.rs"]),
    ("csv", &["diff/csv.rs", "exchange/tidy.rs", "import/plain.rs"]),
    ("encoding_rs", &["import/plain.rs"]),
    ("granit_parser", &["read/"]),
    ("hypher", &["breaks/"]),
    ("indicatif", &["cli/"]),
    ("libdeflater", &["picture/", "render/pdf/"]),
    ("lopdf", &["render/pdf/difference.rs", "render/pdf/emit/"]),
    ("mimalloc", &["main.rs"]),
    ("png", &["picture"]),
    ("printpdf", &["render/pdf/emit/"]),
    ("pulldown_cmark", &["document/", "markdown.rs", "markdown/"]),
    ("quick_xml", &["import/held.rs", "import/open.rs", "import/parts.rs"]),
    ("rayon", &["build/", "examine.rs"]),
    ("rustix", &["build/write.rs"]),
    ("rust_xlsxwriter", &["exchange/workbook/"]),
    ("rust_decimal", &["model/amount/", "model/rounding/"]),
    (
        "serde",
        &[
            "build/", "compose.rs", "diagnostic/", "diff/", "enclosure.rs", "exchange/", "export.rs",
            "lineage/", "model/", "named.rs", "read/", "render/html/", "sheet/", "source.rs", "verify/",
            "words/",
        ],
    ),
    ("serde_json", &["build/", "diagnostic/sarif.rs", "export.rs", "read/schema.rs", "render/html/"]),
    ("serde_yaml", &["read/"]),
    ("sha2", &["enclosure.rs"]),
    ("signal_hook", &["cli/interrupt.rs"]),
    ("similar", &["diff/redline/"]),
    ("strsim", &["diagnostic/spelling.rs"]),
    ("subsetter", &["render/pdf/emit/"]),
    ("sys_locale", &["cli/lang.rs"]),
    ("tempfile", &["build/release/tests.rs", "build/write.rs"]),
    ("tera", &["compose.rs"]),
    ("terminal_size", &["cli/"]),
    ("ttf_parser", &["typeface.rs"]),
    ("unicode_linebreak", &["breaks/"]),
    ("unicode_normalization", &["source/"]),
    ("unicode_width", &["script.rs"]),
    ("usvg", &["vector/"]),
    ("wild", &["cli/mod.rs"]),
    ("zip", &["import/parts.rs"]),
    ("zune_jpeg", &["picture"]),
];

fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn the_reader_of_this_test_sees_through_comments_strings_and_braces() {
    let code = "use crate::{a, b::{c, d as e}};\n// crate::no\nlet x = \"crate::no\"; let y = '\"';\nsuper::f::<T>(r#\"crate::no\"#);";
    let found: Vec<String> =
        paths(&blanked(code)).into_iter().map(|(line, path)| format!("{line} {}", path.join("::"))).collect();
    assert_eq!(found, ["1 crate::a", "1 crate::b::c", "1 crate::b::d", "4 super::f"]);
}

#[test]
fn every_room_is_in_the_order() {
    let rooms: BTreeSet<String> =
        files().iter().map(|file| file.room().to_owned()).filter(|room| room != "lib").collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(
        rooms, known,
        "a new room needs its place in the order: ROOMS in tests/library/architecture.rs and ARCHITECTURE.md"
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
            lived_in.extend(homes.iter().filter(|home| file.is_in(&[**home])).map(|home| (*library, *home)));
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
        for home in homes.iter().filter(|home| !lived_in.contains(&(*library, **home))) {
            violations.push(format!(
                "`{library}` is not used in src/{home}: take it out of HOMES in tests/library/architecture.rs"
            ));
        }
    }
    assert_none(&violations);
}

#[test]
fn every_dependency_has_a_home() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    // Those of some systems only have a section of their own.
    let sections = manifest.split("\n[").filter_map(|section| section.split_once("]\n"));
    let sections = sections.filter(|(name, _)| *name == "dependencies" || name.ends_with(".dependencies"));
    let dependencies: BTreeSet<String> = sections
        .flat_map(|(_, section)| section.lines())
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .collect();
    let homes: BTreeSet<String> = HOMES.iter().map(|(library, _)| (*library).to_owned()).collect();
    assert_eq!(dependencies, homes, "a dependency needs a home: HOMES in tests/library/architecture.rs");
}

#[test]
fn the_library_does_not_know_the_time_or_the_environment() {
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| file.is_library()) {
        for (line, path) in &file.paths {
            let named: Vec<&str> = path.iter().map(String::as_str).collect();
            let forbidden =
                matches!(named[..], ["std", "env" | "process" | "net", ..] | ["env" | "process", ..])
                    || named.iter().any(|name| matches!(*name, "SystemTime" | "Instant" | "UNIX_EPOCH"));
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
    const DOORS: [&str; 3] = ["source", "build/", "cli/"];
    const ASKING: [&str; 8] = [
        ".is_file(", ".is_dir(", ".exists(", ".try_exists(", ".metadata(", ".canonicalize(", ".read_dir(",
        ".symlink_metadata(",
    ];
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| !file.is_in(&DOORS)) {
        for (line, path) in &file.paths {
            if path.starts_with(&["std".to_owned(), "fs".to_owned()]) || path[0] == "fs" {
                violations.push(format!(
                    "src/{}:{line}: `{}`: only `source` reads files, only `build` and `cli` write them",
                    file.name,
                    path.join("::")
                ));
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
    const EXACT: [&str; 8] = ["model", "notation", "read", "rollup", "check", "diff", "sheet", "examine"];
    let mut violations = Vec::new();
    for file in files().iter().filter(|file| EXACT.contains(&file.room())) {
        for (at, line) in file.code.lines().enumerate() {
            let mut names = line.split(|c: char| !is_name(c));
            if let Some(float) = names.find(|name| {
                matches!(*name, "f32" | "f64") || name.ends_with("_f32") || name.ends_with("_f64")
            }) {
                violations.push(format!(
                    "src/{}:{}: `{float}`: amounts are exact; floats are for geometry in `figure` and `render`",
                    file.name,
                    at + 1
                ));
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

#[test]
fn every_file_and_function_is_read_in_one_sitting() {
    const FILE: usize = 350;
    const FUNCTION: usize = 80;
    let mut violations = Vec::new();
    let mut functions = 0;
    for file in files() {
        let lines = file.code.lines().count();
        if lines > FILE {
            violations
                .push(format!("src/{}: {lines} lines; a file has one subject, in {FILE} at most", file.name));
        }
        for (line, length) in file.functions() {
            functions += 1;
            if length > FUNCTION {
                violations
                    .push(format!("src/{}:{line}: a function of {length} lines, over {FUNCTION}", file.name));
            }
        }
    }
    assert!(functions > 3000, "{functions} functions seen: the reader of this test does not see them");
    assert_none(&violations);
}
