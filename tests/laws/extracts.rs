//! What a program's sheet carries of its chapter's file makes the same sheet, however the file is laid out.

use std::fmt::Write as _;

use gaisan::build::{self, Job, remake};
use gaisan::compose::Templates;
use gaisan::diagnostic::Diagnostic;
use gaisan::enclosure::Role;
use gaisan::examine;
use gaisan::read::read_texts;
use gaisan::source::SourceMap;
use proptest::prelude::*;

use crate::cases;

/// Draws one choice after the other (SplitMix64).
struct Draw {
    state: u64,
}

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    /// What may stand between two entries, which are indented by so much.
    fn between(&mut self, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let comments = [
            "# 注",
            "#\tタブ\tを含む",
            "# requested: 1",
            "#- id: p-1",
            "# 「",
        ];
        let count = [0, 0, 1, 1, 2, 3][self.below(6)];
        (0..count).fold(String::new(), |mut text, _| {
            let deeper = self.one(&["", "", "  ", "    "]);
            let line = match self.below(3) {
                0 => self.one(&["", "  ", "", "      "]),
                _ => format!("{pad}{deeper}{}", self.one(&comments)),
            };
            text.push_str(&line);
            text.push('\n');
            text
        })
    }

    /// `key: …` in one of the ways to write a text, below `indent`.
    fn text(&mut self, indent: usize, key: &str, text: &str) -> String {
        let pad = " ".repeat(indent);
        let deep = " ".repeat(indent + 2);
        let other = self.one(&[
            "次の行",
            "# 注ではない",
            "requested: 5",
            "- id: p-9",
            "programs:",
        ]);
        let end = self.one(&["", "", "  # 右の注", " #\tタブ"]);
        match self.below(8) {
            0 => format!("{pad}{key}: \"{text}\n\n{deep}{other}\"{end}\n"),
            1 => format!("{pad}'{key}' : '{text}\n{deep}{other}'{end}\n"),
            2 => format!("{pad}{key}: |{end}\n{deep}{text}\n\n{deep}{other}\n"),
            3 => format!("{pad}{key}: |+\n{deep}{text}\n{deep}{other}\n\n\n"),
            4 => format!("{pad}{key}: >-{end}\n\n{deep}{text}\n{deep}  {other}\n"),
            5 => format!("{pad}{key}:{end}\n{deep}{text}\n{deep}続き{end}\n"),
            6 => format!("{pad}\"{key}\":\n{deep}|\n{deep}{text}\n"),
            _ => format!("{pad}{key}: {text}{end}\n"),
        }
    }

    /// A program as an entry of a list indented by so much, and its file where it has one.
    fn program(&mut self, indent: usize, number: usize) -> (String, Option<(String, String)>) {
        let pad = " ".repeat(indent);
        let (id, title) = (format!("p-{number}"), format!("事業{number}の題名"));
        let amounts = format!("requested: \"1,00{number}\"");
        match self.below(4) {
            0 => {
                let end = self.one(&["", "  # 右の注", "\n"]);
                let gap = self.one(&["", &format!("\n{pad}  "), &format!(" # 注\n\n{pad}    ")]);
                let entry = format!(
                    "{pad}- {{id: {id}, title: {title},{gap} {amounts}, prior: 新規}}{end}\n"
                );
                (entry, None)
            }
            1 => {
                let name = format!("{id}.yaml");
                let body = self.text(0, "body", "本文");
                let file = format!("id: {id}\ntitle: {title}\n{amounts}\nprior: 新規\n{body}");
                let entry = self.one(&[&name, &format!("\"{name}\""), &format!("./{name} # 注")]);
                (format!("{pad}- {entry}\n"), Some((name, file)))
            }
            _ => {
                let dash = self.one(&["- ", "-   "]);
                let deep = indent + dash.len();
                let mut entry = format!("{pad}{dash}id: {id}\n");
                entry += &self.text(deep, "title", &title);
                let _ = writeln!(entry, "{:deep$}{amounts}\n{:deep$}prior: 新規", "", "");
                if self.below(2) == 0 {
                    let inner = self.between(deep);
                    entry += &format!(
                        "{:deep$}breakdown: partial\n{inner}{:deep$}children:\n",
                        "", ""
                    );
                    let _ = writeln!(
                        entry,
                        "{:deep$}- {{id: {id}-a, title: 部分, requested: 1, prior: 新規}}",
                        ""
                    );
                }
                if self.below(2) == 0 {
                    entry += &self.text(deep, "body", "本文[^1]");
                }
                (entry, None)
            }
        }
    }
}

/// A chapter's file with those of its programs, and the number of programs.
fn chapter(seed: u64) -> (Vec<(String, String)>, usize) {
    let mut draw = Draw { state: seed };
    let mut files = Vec::new();
    let mut keys = vec![
        "id: chapter\n".to_owned(),
        "fiscal_year: 令和4年度\n".to_owned(),
        "stage: 概算要求\n".to_owned(),
        "unit: 百万円\t# 単位\n".to_owned(),
        "requested: 9,999,999   # 極秘\n".to_owned(),
        "prior:\n  # 極秘\n  amount: 9,999,999\n  basis: 補正後\n".to_owned(),
        "breakdown: partial\n".to_owned(),
        "accounts:\n- name: 極秘会計\n  requested: 9,999,999\n  prior: 9,999,999\n  # 極秘\n"
            .to_owned(),
        "notes: [{kind: remark,\n  text: 極秘}]\n".to_owned(),
        "accept:\n  - rule: W0203\n    reason: >\n      極秘\n".to_owned(),
        "citations: []\n".to_owned(),
        "glossary: {AI: 人工知能,\n# 中の注\n DX: 変革}\n".to_owned(),
        draw.text(0, "title", "章の題名"),
        draw.text(0, "ministry", "文部科学省"),
        draw.text(0, "source", "出典"),
        draw.text(0, "frame", "推進枠"),
    ];
    let overview = draw.text(0, "overview", "極秘");
    keys.push(draw.one(&[&overview, "overview: |\n# 空\n", "overview:\n"]));
    keys.push(draw.one(&["number: 5\n", "? number\n: 5\n", "number:\n  5\n"]));

    let count = 1 + draw.below(4);
    let indent = draw.below(3);
    let mut programs = format!("programs:{}\n", draw.one(&["", " # 並ぶ順"]));
    for number in 1..=count {
        programs += &draw.between(indent);
        let (entry, file) = draw.program(indent, number);
        programs += &entry;
        files.extend(file);
    }
    keys.push(programs);

    let mut text = draw.one(&[
        "",
        "# 章\n",
        "# 章\n\n---\n",
        "---\n# 章\n",
        "%YAML 1.2\n---\n",
        "\n\n",
    ]);
    let gaisan = draw.one(&["gaisan: 1\n", "'gaisan': 1\n", "gaisan: 1 # 版\n"]);
    keys.insert(draw.below(keys.len()), gaisan);
    while !keys.is_empty() {
        text += &draw.between(0);
        let at = draw.below(keys.len());
        text += &keys.remove(at);
    }
    text += &draw.between(0);
    text += &draw.one(&["", "", "# 終わり\n", "\n\n", "...\n"]);
    match draw.below(4) {
        0 => text = text.replace('\n', "\r\n"),
        1 => text.truncate(text.trim_end_matches('\n').len()),
        _ => {}
    }
    files.push(("request.yaml".to_owned(), text));
    (files, count)
}

/// A finding without its place, which is another one in an extract.
fn said(finding: &Diagnostic, sources: &SourceMap) -> (String, &'static str, String) {
    let file = &sources.file(finding.primary.span.file).name;
    let name = file.rsplit('/').next().unwrap_or_default();
    (name.to_owned(), finding.code, finding.message.clone())
}

/// Everything that a sheet shows and carries.
fn shown(job: &Job) -> String {
    let sheet = &job.sheet;
    let mut imprint = sheet.imprint.clone();
    let glossary = std::mem::take(&mut imprint.glossary).into_iter();
    let glossary: Vec<_> = glossary
        .map(|entry| (entry.short.value, entry.ja, entry.en))
        .collect();
    format!(
        "{:?}{:?}{imprint:?}{glossary:?}",
        sheet.facts, sheet.figures
    )
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn an_extract_makes_the_sheet_of_the_whole_file(seed in any::<u64>()) {
        let (files, count) = chapter(seed);
        let (_, text) = &files[files.len() - 1];
        let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let reading = read_texts(&texts);
        let examined = examine(&reading);
        prop_assert!(!examined.has_errors(), "{text}\n{:#?}", examined.findings);
        let before: Vec<_> = examined.findings.iter().map(|finding| said(finding, &reading.sources)).collect();
        let jobs = build::jobs(&examined, &Templates::new(&[]).unwrap(), None);
        prop_assert_eq!(jobs.len(), count + 1);
        // The one way to write a key that is not followed; then the file goes as a whole.
        let is_whole = text.contains("? number");
        for job in jobs {
            let enclosure = job.sheet.imprint.enclosure.clone().unwrap();
            let own = enclosure.files.iter().find(|file| file.name.ends_with("/request.yaml")).unwrap();
            let is_program = job.sheet.stem != "overview";
            let role = if is_program && !is_whole { Role::Extract } else { Role::Source };
            prop_assert_eq!(own.role, role);
            let carried = String::from_utf8(own.bytes.clone()).unwrap();
            if role == Role::Source {
                prop_assert_eq!(&carried, text);
            } else {
                let left: Vec<&str> = ["極秘", "9,999,999"].into_iter().filter(|it| carried.contains(it)).collect();
                prop_assert!(left.is_empty(), "{text}\n=====\n{carried}");
                let other = |number: &usize| format!("p-{number}") != job.sheet.stem && carried.contains(&format!("事業{number}の"));
                prop_assert!(!(1..=count).any(|number| other(&number)), "{text}\n=====\n{carried}");
                let mut lines = text.split_inclusive('\n');
                prop_assert!(carried.split_inclusive('\n').all(|line| lines.any(|it| it == line)), "{text}\n=====\n{carried}");
            }
            let again = remake(&enclosure).unwrap();
            let new = again.findings.iter().map(|finding| said(finding, &again.reading.sources));
            let new: Vec<_> = new.filter(|said| !before.contains(said)).collect();
            prop_assert!(new.is_empty(), "{text}\n=====\n{carried}\n{new:?}");
            let remade = again.job.unwrap();
            prop_assert_eq!(shown(&remade), shown(&job), "{}\n=====\n{}", text, carried);
        }
    }
}
