//! Names: what ids may hold, so that sheets are files of their own on every system, and what no name and no template can reach.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{contents, gaisan, project, support};

/// A chapter of two programs with these ids.
fn chapter(folder: &Path, id: &str, programs: [&str; 2]) {
    let program = |id: &str| {
        let id = serde_json::to_string(id).unwrap();
        format!("  - {{id: {id}, title: ダム再生事業の推進, requested: 10, prior: 10}}\n")
    };
    let text = format!(
        "gaisan: 1\nid: {}\ntitle: 水インフラの強靱化\nministry: 国土交通省\nfiscal_year: 令和4年度\nstage: 概算要求\nunit: 百万円\nrequested: 20\nprior: 20\nbreakdown: complete\nprograms:\n{}{}",
        serde_json::to_string(id).unwrap(),
        program(programs[0]),
        program(programs[1]),
    );
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("request.yaml"), text).unwrap();
}

/// Windows and macOS have one file for names that differ in capitals or in the form of a letter only; Windows has devices of some
/// names, and drops dots and blanks from the end of others.
const NO_IDS: [(&str, &str); 14] = [
    ("Dam", "did you mean `dam`?"),
    ("DAM", "did you mean `dam`?"),
    ("ｄａｍ", "did you mean `dam`?"),
    ("caf\u{e9}", "did you mean `cafe`?"),
    ("cafe\u{301}", "did you mean `cafe`?"),
    ("ダム", "write lower-case letters"),
    ("dam.", "did you mean `dam`?"),
    ("con", "did you mean `con-1`?"),
    ("NUL", "did you mean `nul-1`?"),
    ("aux", "did you mean `aux-1`?"),
    ("lpt1", "did you mean `lpt1-1`?"),
    ("../../dam", "did you mean `dam`?"),
    ("C:\\dam", "did you mean `c-dam`?"),
    ("dam/..", "did you mean `dam`?"),
];

#[test]
fn ids_that_would_be_one_file_or_none_somewhere_are_refused() {
    let long = "a".repeat(300);
    let shortened = format!("did you mean `{}`?", "a".repeat(64));
    let desk = TempDir::new().unwrap();
    let budgets = desk.path().join("budgets");
    let wrong: Vec<(&str, &str)> = NO_IDS.into_iter().chain([(&*long, &*shortened)]).collect();
    for (at, (id, _)) in wrong.iter().enumerate() {
        let water = format!("water-{at}");
        chapter(&budgets.join(&water), &water, ["dam", id]);
        chapter(&budgets.join(format!("wrong-{at}")), id, ["dam", "levee"]);
    }
    let (code, said) = gaisan(desk.path(), &["build", "--format", "md"]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.matches("error[E0501]: ").count(), 2 * wrong.len());
    for (id, help) in wrong {
        let id = gaisan::source::composed(id);
        // What is longer than a person reads is shown without its middle.
        let id =
            if id.len() > 80 { format!("{}…{}", &id[..60], &id[id.len() - 20..]) } else { id.into_owned() };
        let finding = said
            .split("error[")
            .find(|it| it.contains(&format!(" `{id}` ")) || it.contains(&format!("E0501]: `{id}` ")));
        let finding = finding.unwrap_or_default();
        assert!(finding.contains(help), "{help} is not in {finding}");
    }
    let written = contents(&desk.path().join("output"));
    let sheets: Vec<&String> = written.keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(sheets.len(), 15, "{sheets:?}");
    for (at, name) in sheets.into_iter().enumerate() {
        let right = |at: usize| format!("fy2022/water-{at}/dam.md");
        assert!((0..15).any(|at| *name == right(at)), "{at}: {name}");
    }
}

#[test]
fn two_chapters_or_programs_of_one_name_are_refused() {
    let desk = TempDir::new().unwrap();
    let budgets = desk.path().join("budgets");
    chapter(&budgets.join("one"), "water", ["dam", "levee"]);
    chapter(&budgets.join("two"), "water", ["pump", "levee"]);
    chapter(&budgets.join("three"), "ports", ["dam", "dam"]);
    let (code, said) = gaisan(desk.path(), &["build", "--format", "md"]);
    assert_eq!(code, 1, "{said}");
    for message in [
        "error[E0502]: two chapters of the same fiscal year and stage are called `water`",
        "error[E0502]: the id `dam` is used twice",
    ] {
        assert!(said.contains(message), "{message} is not in {said}");
    }
    // One of the chapters is there as a whole, not some sheets of each.
    let written = contents(&desk.path().join("output"));
    let is_there = |program: &str| written.contains_key(&format!("fy2022/water/{program}.md"));
    assert!(is_there("dam") != is_there("pump"));
}

#[test]
fn every_name_that_is_written_can_be_a_file_everywhere() {
    let desk = TempDir::new().unwrap();
    for name in support::CHAPTERS {
        let from = support::budgets(name);
        super::copy(&from, &desk.path().join("budgets").join(name));
    }
    assert_eq!(gaisan(desk.path(), &["build"]).0, 0);
    assert_eq!(gaisan(desk.path(), &["build", "--lang", "en"]).0, 0);
    let names: Vec<String> = contents(&desk.path().join("output")).into_keys().collect();
    assert!(names.len() > 150, "{}", names.len());
    for part in names.iter().flat_map(|name| name.split('/')) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        assert!(part.chars().all(plain), "{part}");
        assert!(!part.starts_with('.') && !part.ends_with('.'), "{part}");
        assert!(part.len() < 150, "{part}");
        let stem = part.split('.').next().unwrap();
        assert!(!["con", "prn", "aux", "nul"].contains(&stem), "{part}");
    }
}

#[test]
fn a_folder_of_too_long_a_name_is_trouble() {
    let project = project();
    let long = "long".repeat(80);
    let (code, said) = gaisan(project.path(), &["build", "--out", &long]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&format!("error: `{long}` ")), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(fs::read_dir(project.path()).unwrap().count(), 1);
}

#[test]
fn no_template_reads_or_writes_elsewhere() {
    let project = project();
    let folder = project.path();
    fs::write(folder.join("secret.md"), "a secret").unwrap();
    fs::create_dir(folder.join("templates")).unwrap();
    let template = folder.join("templates/sheet.md.tera");
    let secret = folder.join("secret.md");
    for (text, fails) in [
        ("{% include \"../secret.md\" %}".to_owned(), true),
        (format!("{{% include {:?} %}}", secret), true),
        ("{% extends \"../secret.md\" %}".to_owned(), true),
        ("{{ get_env(name=\"PATH\") }}".to_owned(), true),
        ("![x](../../../secret.md)\n\n![y](/etc/passwd)\n".to_owned(), false),
    ] {
        fs::write(&template, format!("# {{{{ title }}}}\n\n{text}\n")).unwrap();
        let (code, said) = gaisan(folder, &["build", "--force"]);
        assert_eq!(code, if fails { 2 } else { 0 }, "{text}: {said}");
        assert!(!said.contains("a secret") && !said.contains("panicked"), "{said}");
        for (name, bytes) in contents(folder) {
            let is_ours = ["budgets/", "output/", "templates/", "secret.md"];
            assert!(is_ours.iter().any(|it| name.starts_with(it)), "{name}");
            let holds = |text: &[u8]| bytes.windows(text.len()).any(|it| it == text);
            assert!(name == "secret.md" || !holds(b"a secret"), "{name}");
            assert!(!holds(b"root:x:0:0"), "{name}");
        }
        assert_eq!(fs::read_to_string(&secret).unwrap(), "a secret");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_other_systems_would_find_is_named() {
    // 「ダム」 in one piece, and with its mark apart.
    let (whole, apart) = ("\u{30c0}\u{30e0}.yaml", "\u{30bf}\u{3099}\u{30e0}.yaml");
    let form = "there is a file of this name in another Unicode form, as archives made on a Mac have it";
    let program = "id: dam\ntitle: ダム再生事業の推進\nrequested: 10\nprior: 10\n";
    for (named, there, help) in [
        (whole, apart, form),
        ("Dam.yaml", "dam.yaml", "did you mean `dam.yaml`?"),
        ("ｄａｍ.yaml", "dam.yaml", "did you mean `dam.yaml`?"),
        ("dam.yaml", "levee.yaml", "correct the name, or create the file"),
    ] {
        let desk = TempDir::new().unwrap();
        let budgets = desk.path().join("budgets");
        chapter(&budgets, "water", ["dam", "levee"]);
        let file = budgets.join("request.yaml");
        let text = fs::read_to_string(&file).unwrap();
        let (head, _) = text.split_once("  - {id: \"dam\"").unwrap();
        fs::write(&file, format!("{head}  - {named}\n")).unwrap();
        fs::write(budgets.join(there), program).unwrap();
        let (code, said) = gaisan(desk.path(), &["check"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("error[E0108]: "), "{said}");
        assert!(said.contains(help), "{help} is not in {said}");
    }
}
