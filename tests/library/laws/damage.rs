//! Any text is read, checked and reported, and what was read can be drawn.

use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use gaisan::read::{Reading, read_texts};
use gaisan::render::{html, pdf};
use gaisan::source::Span;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::laws::cases;
use crate::support::{budgets, files};

/// The files of a chapter that comes with gaisan, as (name, text).
fn texts_of(folder: &str) -> Vec<(String, String)> {
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let text = |path| (name(path), std::fs::read_to_string(path).unwrap());
    files(&budgets(folder)).iter().map(|path| text(path)).collect()
}

fn read_owned(texts: &[(String, String)]) -> Reading {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    read_texts(&texts)
}

/// A change to a text, at a place given as a share of its length.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    DeleteLine(Index),
    DoubleLine(Index),
    ReplaceLine(Index, String),
    SwapLines(Index, Index),
    DeleteCharacter(Index),
    ReplaceCharacter(Index, char),
    InsertCharacter(Index, char),
    CutOff(Index),
}

impl Edit {
    pub(super) fn apply(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut characters: Vec<char> = text.chars().collect();
        if characters.is_empty() {
            return text.to_owned();
        }
        let (line, place) = (
            |index: &Index| index.index(text.split('\n').count()),
            |index: &Index| index.index(text.chars().count()),
        );
        match self {
            Self::DeleteLine(at) => drop(lines.remove(line(at))),
            Self::DoubleLine(at) => lines.insert(line(at), lines[line(at)].clone()),
            Self::ReplaceLine(at, by) => lines[line(at)].clone_from(by),
            Self::SwapLines(one, other) => lines.swap(line(one), line(other)),
            Self::DeleteCharacter(at) => drop(characters.remove(place(at))),
            Self::ReplaceCharacter(at, by) => characters[place(at)] = *by,
            Self::InsertCharacter(at, new) => characters.insert(place(at), *new),
            Self::CutOff(at) => characters.truncate(place(at)),
        }
        match self {
            Self::DeleteLine(_) | Self::DoubleLine(_) | Self::ReplaceLine(..) | Self::SwapLines(..) => {
                lines.join("\n")
            }
            _ => characters.into_iter().collect(),
        }
    }
}

/// Characters that mean something to YAML, to Markdown or to the amounts, and any others.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        3 => select(":-#&*!|>'\"%@`{}[],?\\ \t\n\r=~^$<_+./0123456789".chars().collect::<Vec<_>>()),
        2 => select("△▲−－，、。０９億兆百万円年度令和㍻①🎌\u{FEFF}\u{2028}\u{85}\u{200B}\u{2060}\u{202E}\u{0}é\u{301}".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(character(), 0..60).prop_map(|text| text.into_iter().collect())
    ]
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Edit::DeleteLine),
        at().prop_map(Edit::DoubleLine),
        (at(), any_text()).prop_map(|(at, by)| Edit::ReplaceLine(at, by)),
        (at(), at()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        at().prop_map(Edit::DeleteCharacter),
        (at(), character()).prop_map(|(at, by)| Edit::ReplaceCharacter(at, by)),
        (at(), character()).prop_map(|(at, new)| Edit::InsertCharacter(at, new)),
        at().prop_map(Edit::CutOff),
    ]
}

/// Checks that everything said about what was read can be shown.
fn assert_reportable(reading: &Reading) -> Result<(), TestCaseError> {
    let examined = examine(reading);
    for finding in &examined.findings {
        let places = std::iter::once(&finding.primary).chain(&finding.secondary);
        for Span { file, start, end } in places.map(|label| label.span) {
            let text = &reading.sources.file(file).text;
            prop_assert!(
                text.get(start..end).is_some(),
                "{start}..{end} of {} bytes: {finding:?}",
                text.len()
            );
        }
        prop_assert!(
            !finding.message.is_empty() && gaisan::check::rule(finding.code).is_some(),
            "{finding:?}"
        );
    }
    for color in [Color::Never, Color::Always] {
        prop_assert_eq!(
            text(&examined.findings, &reading.sources, color).is_empty(),
            examined.findings.is_empty()
        );
    }
    Ok(())
}

#[test]
fn a_finding_beside_a_character_that_cannot_be_seen_lies_on_boundaries() {
    for text in [
        "gaisan: 1\ntitle: △\n%\u{feff}\n",
        "\u{feff}\u{feff}%",
        "a: [\u{2028}",
        "requested: 4,5\u{2028}92",
        "gaisan: 1\nministry\u{ffff}府\n",
        "a: [量 #子 - {id: 量 #子 - {id: 量 #子研究, 題: 三]\n",
        "br - {id: qua #um-se - {id: qua #um-se - {id: qua #um-seeakdown: co![図](f)mplete\ntitle: 量子\nprograms:\n  - {id: qua #um, title: 量}\n",
    ] {
        let wrong = assert_reportable(&read_texts(&[("request.yaml", text)]));
        assert!(wrong.is_ok(), "{text:?}: {wrong:?}");
    }
}

/// Renders every sheet of everything that was read, in memory, whatever was found.
fn assert_renderable(reading: &Reading) -> Result<(), TestCaseError> {
    let templates = Templates::new(&[]).unwrap();
    let examined = examine(reading);
    let lineage = gaisan::lineage::Lineage::of(&examined.rollups);
    for rollup in &examined.rollups {
        for sheet in gaisan::sheet::sheets(rollup, &lineage, rollup.request.lang) {
            let markdown = templates.markdown(&sheet).unwrap();
            let document = gaisan::document::read(&markdown, rollup.request.lang);
            prop_assert!(html::page(&document, &sheet.figures, &sheet.imprint).ends_with("</html>\n"));
            prop_assert!(
                pdf::pdf(&document, &sheet.figures, &sheet.imprint).unwrap().bytes.starts_with(b"%PDF-1.7")
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_text_is_read_and_every_finding_lies_on_character_boundaries(one in any_text(), two in any_text()) {
        assert_reportable(&read_texts(&[("a.yaml", &one), ("b.yaml", &two)]))?;
        let chapter = format!("gaisan: 1\nid: a\ntitle: {one}\n{two}");
        assert_reportable(&read_texts(&[("a.yaml", &chapter)]))?;
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_damage_to_a_chapter_is_reported_on_character_boundaries(
        folder in select(vec!["fy2022/mext-5", "demo-en"]),
        edits in proptest::collection::vec((any::<Index>(), edit()), 1..4),
    ) {
        let mut texts = texts_of(folder);
        for (file, edit) in edits {
            let text = &mut file.get_mut(&mut texts).1;
            *text = edit.apply(text);
        }
        let reading = read_owned(&texts);
        assert_reportable(&reading)?;
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_damage_to_a_chapter_leaves_sheets_that_can_be_drawn(
        file in any::<Index>(),
        edits in proptest::collection::vec(edit(), 1..4),
    ) {
        let mut texts = texts_of("demo-en");
        for edit in edits {
            let text = &mut file.get_mut(&mut texts).1;
            *text = edit.apply(text);
        }
        assert_renderable(&read_owned(&texts))?;
    }
}
