//! Lines of text as they are set: where they end, how they are spaced out, what whoever copies them gets.

use gaisan::document::{Block, Document};
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::Imprint;
use gaisan::render::pdf::layout::{Layout, Text};
use gaisan::typeface::Fonts;

use super::laid_out::{laid_out, texts};
use super::sheet;

const JAPANESE: &str = "量子技術の研究開発を推進し、社会実装を加速するため、AIとIoTを活用した次世代の計算機「量子シミュレータ」を整備する。";
const ENGLISH: &str = "Institutional infrastructure maintenance responsibilities notwithstanding, interdepartmental communication requirements \
    substantially exceed administrative expectations. ";

fn english(blocks: Vec<Block>) -> Document {
    Document { lang: Lang::En, ..sheet::document(blocks) }
}

/// The lines of the paragraphs, with their texts: those pieces that stand on one baseline.
fn lines(layout: &Layout) -> Vec<Vec<Text>> {
    let mut lines: Vec<(usize, Vec<Text>)> = Vec::new();
    for (page, leaf, text) in texts(layout).filter(|(_, leaf, text)| leaf.is_some() || text.text == "-") {
        let is_text = leaf.is_none_or(|leaf| layout.tree.nodes[leaf].role.name() == "P");
        match lines.last_mut() {
            _ if !is_text => {}
            Some((on, line)) if *on == page && line.last().is_some_and(|it: &Text| it.y == text.y) => {
                line.push(text.clone())
            }
            _ => lines.push((page, vec![text.clone()])),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn said(line: &[Text]) -> String {
    line.iter().map(|text| text.text.as_str()).collect()
}

#[test]
fn japanese_lines_end_at_one_edge_and_latin_letters_are_not_spaced() {
    let layout = laid_out(&sheet::document(vec![sheet::paragraph(&JAPANESE.repeat(12))]));
    let lines = lines(&layout);
    let edge = |line: &[Text]| line.last().map_or(0.0, |text| text.x + text.width);
    let right = lines.iter().map(|line| edge(line)).fold(f32::INFINITY, f32::min);
    let full = &lines[..lines.len() - 1];
    assert!(full.len() > 10);
    let measure = full
        .iter()
        .filter(|line| !said(line).ends_with(['、', '。']))
        .map(|line| edge(line))
        .fold(0.0, f32::max);
    for line in full {
        // A comma or full stop may hang over the edge by its own width.
        let over = edge(line) - measure;
        let hangs = said(line).ends_with(['、', '。']) && over > 0.05;
        assert!(over.abs() < 0.05 || hangs && over < 0.61 * line[0].size, "{over} {right} {}", said(line));
        for text in line {
            let letters: Vec<char> = text.text.chars().collect();
            for (place, white) in &text.kerns {
                let beside = (letters[*place - 1], letters[*place]);
                let is_latin = |c: char| c.is_ascii_alphanumeric();
                assert!(
                    !(matches!(beside, ('」', '「')) || is_latin(beside.0) && is_latin(beside.1)),
                    "{beside:?}"
                );
                assert!(
                    (0..=90).contains(white),
                    "a wider gap is copied as a space: {white} between {beside:?}"
                );
            }
        }
    }
}

#[test]
fn english_words_are_never_spaced_and_are_hyphenated_so_that_they_are_copied_whole() {
    let layout = laid_out(&english(vec![sheet::paragraph(&ENGLISH.repeat(6))]));
    let lines = lines(&layout);
    assert!(
        lines.iter().any(|line| line.last().is_some_and(|text| text.text == "-")),
        "no word was hyphenated"
    );
    for text in lines.iter().flatten() {
        let letters: Vec<char> = text.text.chars().collect();
        for (place, white) in &text.kerns {
            assert!(letters[*place - 1] == ' ' && *white <= 300, "{white} before {place} of {}", text.text);
        }
    }
    // Hyphens belong to no content.
    let copied: String =
        texts(&layout).filter(|(_, leaf, _)| leaf.is_some()).map(|(.., text)| text.text.as_str()).collect();
    assert!(copied.contains(ENGLISH.trim_end()), "{copied}");
}

#[test]
fn no_paragraph_of_a_sheet_ends_in_a_line_of_three_letters() {
    let letters: Vec<char> = JAPANESE.chars().cycle().take(300).collect();
    let paragraphs: Vec<Block> =
        (60..300).map(|count| sheet::paragraph(&letters[..count].iter().collect::<String>())).collect();
    let count = paragraphs.len();
    let layout = laid_out(&sheet::document(paragraphs));
    let mut last: std::collections::BTreeMap<usize, (f32, usize)> = std::collections::BTreeMap::new();
    for (page, leaf, text) in texts(&layout) {
        let Some(leaf) = leaf.filter(|leaf| layout.tree.nodes[*leaf].role.name() == "P") else { continue };
        let letters = text.text.chars().filter(|c| c.is_alphanumeric()).count();
        let height = page as f32 * 10_000.0 + text.y;
        match last.get_mut(&leaf) {
            Some((y, sum)) if *y == height => *sum += letters,
            _ => drop(last.insert(leaf, (height, letters))),
        }
    }
    assert_eq!(last.len(), count);
    assert!(last.values().all(|(_, letters)| *letters > 3), "{last:?}");
}

#[test]
fn narrow_cells_split_no_figure_and_no_word_without_a_hyphen() {
    let cells = "契約約款を見直す|¥1,234,567円|operating grant|プラットフォーム|12,345百万円|Headquarters|令和7年度|№12,345|1,000台以上|https://example.jp/data|国立研究開発法人|第12章|60億ドル|次第に";
    let head = (0..14).map(|n| format!("欄{n}")).collect::<Vec<_>>().join("|");
    let layout = laid_out(&sheet::document(vec![sheet::table(&head, &[cells.to_owned()])]));
    let pieces: Vec<&str> = texts(&layout).map(|(.., text)| text.text.trim()).collect();
    for figure in ["1,234,567", "12,345", "№12,345", "令和7", "1,000", "第12章"] {
        assert!(pieces.iter().any(|piece| piece.contains(figure)), "{figure}: {pieces:?}");
    }
    for (before, after) in pieces.iter().zip(pieces.iter().skip(1)) {
        let is_lower = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
        let is_cut = is_lower(before.chars().next_back()) && is_lower(after.chars().next());
        assert!(!is_cut || cells.contains(&format!("{before} {after}")), "{before} {after}");
        assert!(
            !(before.ends_with(['「', '№', '¥']) || after.starts_with(['ッ', 'ォ', 'ー', '、'])),
            "{before} {after}"
        );
    }
}

#[test]
fn an_english_sheet_is_set_as_english() {
    let markdown = "# Bob's \"Big\" Plan\n\n## Notes {.notes}\n\n- don't wait\n\n## Text\n\nIt's *ready*[^1], `\"code\"` stays.\n\n[^1]: see there\n";
    let document = gaisan::document::read(markdown, Lang::En);
    let layout = laid_out(&document);
    let pieces: Vec<&str> = texts(&layout).map(|(.., text)| text.text.as_str()).collect();
    let all = pieces.concat();
    for wanted in ["Bob’s “Big” Plan", "don’t", "\"code\""] {
        assert!(all.contains(wanted), "{wanted}: {all}");
    }
    assert!(pieces.contains(&"•") && pieces.contains(&"1"), "{pieces:?}");
    let marks: Vec<char> = all.chars().filter(|c| "※・\u{3000}*".contains(*c)).collect();
    // The running head is the test's own.
    assert!(marks.iter().all(|mark| *mark == '\u{3000}') && marks.len() <= layout.pages.len(), "{marks:?}");
    // The white beside an apostrophe is taken out.
    let title =
        texts(&layout).map(|(.., text)| text).find(|text| text.text.contains("Bob’s")).expect("the title");
    assert!(title.kerns.contains(&(4, -210)), "{:?}", title.kerns);
}

#[test]
fn a_title_breaks_no_word() {
    for title in [
        "高度情報通信ネットワーク社会推進のためのサイバーセキュリティ・プラットフォーム基盤整備促進事業（第3期）（SIP-1）",
        "次世代コンピューティングアーキテクチャとデジタルトランスフォーメーションのためのコンソーシアム",
    ] {
        let text = |text: &str| gaisan::document::Inline::Text(text.to_owned());
        let mut document = sheet::document(vec![sheet::paragraph("本文。")]);
        document.title = vec![text(title)];
        let layout = laid_out(&document);
        let lines: Vec<_> = texts(&layout).filter(|(.., text)| text.size > 12.0).map(|(.., it)| it).collect();
        for pair in lines.windows(2).filter(|pair| pair[0].y < pair[1].y) {
            let (left, right) = (pair[0].text.chars().last().unwrap(), pair[1].text.chars().next().unwrap());
            let is_katakana = |c: char| ('ァ'..='ヶ').contains(&c) || c == 'ー';
            assert!(!(is_katakana(left) && is_katakana(right)), "{} / {}", pair[0].text, pair[1].text);
        }
    }
}

#[test]
fn the_line_below_a_title_is_not_hyphenated() {
    let line = "Ministry of Intergovernmental Affairs · FY2026 budget request · International Infrastructure and Telecommunications";
    let layout = laid_out(&english(vec![sheet::paragraph(line), sheet::paragraph("Text.")]));
    assert!(texts(&layout).all(|(.., text)| text.text != "-"));
}

#[test]
fn an_english_paragraph_is_spaced_out_as_a_whole_or_not_at_all() {
    let loose = "Institutional counterrevolutionaries' internationalisation-as-usual ".to_owned()
        + &"Q-LEAP/2022/ABCDEFGH/".repeat(6)
        + " ";
    for (text, is_even) in [
        ("the cost of a port is told to all who pay for it and to those who do not ".repeat(12), true),
        (loose.repeat(4), false),
    ] {
        let layout = laid_out(&english(vec![sheet::paragraph(&text)]));
        let lines = lines(&layout);
        let widened =
            lines.iter().flatten().filter(|text| text.kerns.iter().any(|(_, white)| *white > 0)).count();
        assert_eq!(
            widened > 0,
            is_even,
            "{}",
            lines.iter().map(|line| said(line)).collect::<Vec<_>>().join("\n")
        );
    }
}

#[test]
fn a_running_head_leaves_out_whole_words() {
    let head = "Department of Transportation, Infrastructure, Regional Development, Communications and the Arts and of Everything Else There Is";
    let imprint = Imprint { running_head: head.to_owned(), lang: Lang::En, ..sheet::imprint() };
    let layout = gaisan::render::pdf::layout::fitted(
        &english(vec![sheet::paragraph("text")]),
        &Figures::new(),
        &imprint,
        Fonts::builtin().unwrap(),
    );
    let shown: Vec<&str> =
        texts(&layout).map(|(.., text)| text.text.as_str()).filter(|text| text.ends_with('…')).collect();
    let [shown] = shown.as_slice() else { panic!("{shown:?}") };
    let kept = shown.trim_end_matches('…');
    assert!(
        head.starts_with(kept) && !head[kept.len()..].starts_with(|c: char| c.is_alphanumeric()),
        "{shown}"
    );
}
