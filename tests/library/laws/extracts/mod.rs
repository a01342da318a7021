//! What a program's sheet carries of its chapter's file makes the same sheet, however the file is laid out.

mod draw;

use std::path::Path;

use gaisan::build::{self, Job, remake};
use gaisan::compose::Templates;
use gaisan::diagnostic::Diagnostic;
use gaisan::enclosure::Role;
use gaisan::examine;
use gaisan::read::read_texts;
use gaisan::source::SourceMap;
use proptest::prelude::*;

use crate::laws::cases;
use crate::support::chapters;
use crate::support::{CHAPTERS, budgets, files};

/// The file's name and its text.
type Text = (String, String);

/// What a sheet carries of its own chapter's file.
struct Carried {
    /// The sheet's name without folders.
    stem: String,
    role: Role,
    text: String,
}

/// Makes every sheet again from what rides inside it: it is the same sheet, carries the same, and nothing is said about it that was
/// not said about the whole.
fn remade(files: &[Text]) -> Vec<Carried> {
    let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let all = || texts.iter().fold(String::new(), |all, (_, text)| all + "=====\n" + text);
    let reading = read_texts(&texts);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{}\n{:#?}", all(), examined.findings);
    let findings = examined.findings.iter();
    let before: Vec<_> = findings.map(|finding| said(finding, &reading.sources)).collect();
    let jobs = build::jobs(&examined, &Templates::new(&[]).unwrap(), None);
    let sheets = jobs.iter().map(|job| {
        let enclosure = job.sheet.imprint.enclosure.clone().unwrap();
        let again = remake(&enclosure).unwrap();
        let found = job.sheet.stem.as_str();
        let remade = again.job.unwrap();
        assert_eq!(shown(&remade), shown(job), "{found}\n{}", all());
        let own = &again.reading.requests[remade.chapter];
        let about = again.findings.iter().filter(|finding| own.is_in(finding.primary.span.file));
        let new = about.map(|finding| said(finding, &again.reading.sources));
        let new: Vec<_> = new.filter(|said| !before.contains(said)).collect();
        assert!(new.is_empty(), "{found}\n{}\n{new:?}", all());
        let folder = job.folder.to_string_lossy();
        let file = enclosure.files.iter().find(|file| file.name == format!("{folder}/request.yaml"));
        let file = file.unwrap();
        Carried {
            stem: found.to_owned(),
            role: file.role,
            text: String::from_utf8(file.bytes.clone()).unwrap(),
        }
    });
    sheets.collect()
}

/// What a finding is about. Its place is another one in an extract, and some findings count the lines they are about.
fn said(finding: &Diagnostic, sources: &SourceMap) -> (String, &'static str) {
    let file = &sources.file(finding.primary.span.file).name;
    let name = file.rsplit('/').next().unwrap_or_default();
    (name.to_owned(), finding.code)
}

/// Everything that a sheet shows and carries.
fn shown(job: &Job) -> String {
    let sheet = &job.sheet;
    let mut imprint = sheet.imprint.clone();
    let glossary = std::mem::take(&mut imprint.glossary).into_iter();
    let glossary: Vec<_> = glossary.map(|entry| (entry.short.value, entry.ja, entry.en)).collect();
    format!("{:?}{:?}{imprint:?}{glossary:?}", sheet.facts, sheet.figures)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn an_extract_makes_the_sheet_of_the_whole_file(seed in any::<u64>()) {
        let (files, count) = draw::chapter(seed);
        let (_, text) = &files[files.len() - 1];
        // Line ends are not part of what is read.
        let text = &text.replace("\r\n", "\n");
        let sheets = remade(&files);
        prop_assert_eq!(sheets.len(), count + 1);
        for Carried { stem, role, text: carried } in sheets {
            if stem == "overview" {
                prop_assert_eq!((role, &carried), (Role::Source, text));
                continue;
            }
            prop_assert_eq!(role, Role::Extract);
            let is_left = |what: &&str| carried.contains(what);
            prop_assert!(!["極秘", "9,999,999", "# 注\n", "# 版"].iter().any(is_left), "{text}\n=====\n{carried}");
            // Of lines that its notes name a sheet carries the titles, and nothing else.
            let own = carried.split("\nelsewhere:").next().unwrap();
            let other = |number: &usize| format!("p-{number}") != stem && own.contains(&format!("事業{number}の"));
            prop_assert!(!(1..=count).any(|number| other(&number)), "{text}\n=====\n{carried}");
        }
    }
}

/// The YAML files below a folder, named from there.
fn texts(folder: &Path) -> Vec<Text> {
    let named = files(folder).into_iter().map(|path| {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
        (name.to_owned(), std::fs::read_to_string(&path).unwrap())
    });
    named.collect()
}

/// The same chapters with their programs written into the chapters' files.
fn inlined(texts: &[Text]) -> Vec<Text> {
    let (chapters, parts): (Vec<&Text>, Vec<&Text>) =
        texts.iter().partition(|(_, text)| text.contains("gaisan: 1"));
    let mut used = Vec::new();
    let mut all: Vec<Text> = Vec::new();
    for (name, text) in chapters {
        let folder = name.strip_suffix("request.yaml").unwrap();
        let entry = |line: &str, used: &mut Vec<String>| {
            let file = line.trim().strip_prefix("- ").filter(|name| name.ends_with(".yaml"));
            let part =
                file.and_then(|file| parts.iter().find(|(name, _)| *name == format!("{folder}{file}")));
            part.map_or_else(
                || line.to_owned(),
                |(name, text)| {
                    used.push(name.clone());
                    indented(text)
                },
            )
        };
        let lines: Vec<String> = text.lines().map(|line| entry(line, &mut used)).collect();
        all.push((name.clone(), lines.join("\n") + "\n"));
    }
    all.extend(parts.into_iter().filter(|(name, _)| !used.contains(name)).cloned());
    all
}

/// A program's file as an entry of a list; what stands above its first key stands above the entry.
fn indented(text: &str) -> String {
    let mut is_inside = false;
    let lines = text.lines().map(|line| {
        let is_first = !is_inside && !line.is_empty() && !line.starts_with('#');
        is_inside |= is_first;
        match (line.is_empty(), is_first, is_inside) {
            (true, ..) => String::new(),
            (_, true, _) => format!("  - {line}"),
            (_, _, true) => format!("    {line}"),
            (_, _, false) => format!("  {line}"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn extracts_of_the_chapters_at_hand_make_their_sheets_too() {
    let made = tempfile::tempdir().unwrap();
    chapters::ministry(made.path(), 17, 2022);
    let real = CHAPTERS.iter().flat_map(|folder| {
        let below = move |(name, text): Text| (format!("{folder}/{name}"), text);
        texts(&budgets(folder)).into_iter().map(below)
    });
    for texts in [real.collect::<Vec<Text>>(), texts(made.path())] {
        let inline = inlined(&texts);
        assert!(inline.len() < texts.len());
        let returns = |(name, text): &Text| (name.clone(), text.replace('\n', "\r\n"));
        let windows: Vec<Text> = inline.iter().map(returns).collect();
        for texts in [texts, inline, windows] {
            let sheets = remade(&texts);
            assert!(sheets.len() > 15, "{}", sheets.len());
            for Carried { stem, role, text } in sheets {
                let is_overview = stem == "overview";
                assert_eq!(role == Role::Source, is_overview, "{stem}");
                assert_eq!(text.contains("\nbreakdown:"), is_overview, "{stem}\n{text}");
                let (_, list) = text.split_once("\nprograms:").unwrap();
                let list = list.split_once("\nelsewhere:").map_or(list, |(list, _)| list);
                let entries = list.lines().filter(|line| {
                    line.starts_with("- id: ") || line.ends_with(".yaml\"") && line.starts_with("- ")
                });
                assert!(is_overview || entries.count() == 1, "{stem}\n{text}");
            }
        }
    }
}
