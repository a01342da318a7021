//! The structure of a sheet as data: what assistive technology meets, in its order.

use gaisan::document::{Document, read};
use gaisan::model::{Abbreviation, Lang};
use gaisan::render::pdf::layout::{Layout, layout};
use gaisan::render::pdf::tags::{Node, Role, Scope};
use gaisan::render::pdf::theme::Theme;
use gaisan::source::{FileId, SourceMap, Span, Spanned};
use gaisan::typeface::Fonts;

use super::laid_out::texts;
use super::sheet;

/// The tree as an outline: each node with what it says about itself, and its text.
fn outline(document: &Document) -> String {
    let fonts = Fonts::builtin().unwrap();
    let layout = layout(document, &sheet::figures(), &sheet::imprint(), fonts, &Theme::default());
    let mut said = vec![String::new(); layout.tree.nodes.len()];
    for (_, leaf, text) in texts(&layout) {
        if let Some(leaf) = leaf {
            said[leaf].push_str(&text.text);
        }
    }
    let mut out = String::new();
    node(&layout, &said, 0, 0, &mut out);
    out
}

fn node(layout: &Layout, said: &[String], place: usize, depth: usize, out: &mut String) {
    let node_ = &layout.tree.nodes[place];
    let line = format!(
        "{}{}{}{}",
        "  ".repeat(depth),
        node_.role.name(),
        attributes(node_),
        if said[place].is_empty() || node_.role == Role::Figure {
            String::new()
        } else {
            format!(" | {}", said[place])
        }
    );
    out.push_str(&line);
    out.push('\n');
    for kid in &node_.kids {
        node(layout, said, *kid, depth + 1, out);
    }
}

fn attributes(node: &Node) -> String {
    let about = &node.attributes;
    let parts = [
        about.lang.map(|lang| format!("Lang={}", lang.tag())),
        about.expansion.as_ref().map(|text| format!("E={text}")),
        about.alternative.as_ref().map(|text| format!("Alt={text}")),
        about.bounds.map(|(page, _)| format!("BBox on page {page}")),
        about.id.as_ref().map(|id| format!("ID={id}")),
        about.numbered.map(|numbered| if numbered { "Decimal" } else { "Disc" }.to_owned()),
        about.scope.map(|scope| match scope {
            Scope::Column => "Scope=Column".to_owned(),
            Scope::Row => "Scope=Row".to_owned(),
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn glossary(entries: &[(&str, Option<&str>, Option<&str>)]) -> Vec<Abbreviation> {
    let span = Span { file: file(), start: 0, end: 0 };
    entries
        .iter()
        .map(|(short, ja, en)| Abbreviation {
            short: Spanned::new((*short).to_owned(), span),
            ja: ja.map(str::to_owned),
            en: en.map(str::to_owned),
        })
        .collect()
}

fn file() -> FileId {
    SourceMap::default().add("a.yaml", "")
}

#[test]
fn a_japanese_sheet_says_what_is_english() {
    let markdown = "# 光・量子飛躍フラッグシッププログラム\n\n## Quantum Leap Flagship Program\n\n\
        AIPとQuantum leapのための**Flagship**、「Data Free Flow with **Trust**」。\n\n\
        **Green Innovation Fund**\n\n[The whole strategy](https://example.jp/) と [Society 5.0 の頁](overview.md)\n\n\
        | 和名 | 英名 |\n|---|---|\n| 量子 | Quantum science and technology |\n";
    insta::assert_snapshot!(outline(&read(markdown, Lang::Ja)));
}

#[test]
fn an_english_sheet_says_what_is_japanese() {
    let markdown = "# AIP 統合プロジェクト\n\nRequested by 文部科学省 (MEXT) in full.\n\n- ※ NIMS運営費交付金中の推計額\n";
    insta::assert_snapshot!(outline(&read(markdown, Lang::En)));
}

#[test]
fn the_first_use_of_an_abbreviation_says_what_it_stands_for() {
    let markdown = "# JSTの事業\n\n[NIMS](nims.md)と**NIMS運営費交付金**、NIMSとJST。`JST`\n\n| AIP | X-JST |\n|---|---|\n| AIP | 理研 |\n";
    let mut document = read(markdown, Lang::Ja);
    document.expand(&glossary(&[
        ("JST", Some("科学技術振興機構"), None),
        ("NIMS", Some("物質・材料研究機構"), Some("National Institute for Materials Science")),
        ("AIP", None, Some("Advanced Intelligence Project")),
    ]));
    insta::assert_snapshot!(outline(&document));
}

#[test]
fn notes_captions_and_lists_have_their_kinds() {
    let markdown = "# 題\n\n本文[^a]とその続き[^b]。\n\n1. 一つ目\n   - ✓ 下位\n2. 二つ目\n\n用語\n: 説明\n\n\
        ![国から大学へ](figures/flow.svg \"資金の流れ\")\n\n> 引用\n\n```\n符号\n```\n\n[^a]: 脚注の本文。\n[^b]: もう一つ。\n";
    insta::assert_snapshot!(outline(&read(markdown, Lang::Ja)));
}
