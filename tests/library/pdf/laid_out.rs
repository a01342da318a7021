//! The layout as data: where things stand, and that nothing is lost.

use gaisan::document::{Block, Document, Inline, Item, List};
use gaisan::render::pdf::layout::{Drawn, Layout, Text, layout};
use gaisan::render::pdf::tags::Role;
use gaisan::render::pdf::theme::Theme;
use gaisan::typeface::{Fonts, is_invisible};

use super::sheet;

pub(crate) fn laid_out(document: &Document) -> Layout {
    let fonts = Fonts::builtin().expect("the fonts are sound");
    layout(document, &sheet::figures(), &sheet::imprint(), fonts, &Theme::default())
}

pub(crate) fn texts(layout: &Layout) -> impl Iterator<Item = (usize, Option<usize>, &Text)> {
    layout.pages.iter().enumerate().flat_map(|(page, content)| {
        content.items.iter().filter_map(move |item| match &item.drawn {
            Drawn::Text(text) => Some((page, item.leaf, text)),
            _ => None,
        })
    })
}

/// What a reader of the structure meets, in its order, without white space; labels and figures left out.
fn read_aloud(layout: &Layout) -> String {
    let mut said = vec![String::new(); layout.tree.nodes.len()];
    for (_, leaf, text) in texts(layout) {
        if let Some(leaf) = leaf {
            said[leaf].push_str(&text.text);
        }
    }
    let mut open = vec![0];
    let mut aloud = String::new();
    while let Some(place) = open.pop() {
        let node = &layout.tree.nodes[place];
        if !matches!(node.role, Role::Label | Role::Figure | Role::Reference) {
            aloud.extend(said[place].chars().filter(|c| !c.is_whitespace()));
            open.extend(node.kids.iter().rev());
        }
    }
    aloud
}

fn written(document: &Document) -> String {
    fn inlines(content: &[Inline], out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => {
                    inlines(inner, out)
                }
                Inline::Link { content, .. } | Inline::Foreign { content, .. } => inlines(content, out),
                Inline::Abbreviation { short, .. } => out.push_str(short),
                Inline::Image(figure) => out.push_str(&figure.alt),
                Inline::FootnoteRef(_) | Inline::Break => {}
            }
        }
    }
    fn blocks(content: &[Block], out: &mut String) {
        for block in content {
            match block {
                Block::Section(section) => {
                    inlines(&section.heading, out);
                    blocks(&section.blocks, out);
                }
                Block::Paragraph(content) => inlines(content, out),
                Block::List(list) => list.items.iter().for_each(|item| blocks(&item.blocks, out)),
                Block::Quote(quote) => {
                    if quote.alert.is_some() {
                        out.push_str("重要");
                    }
                    blocks(&quote.blocks, out);
                }
                Block::Table(table) => {
                    for row in std::iter::once(&table.header).chain(&table.rows) {
                        row.iter().for_each(|cell| inlines(cell, out));
                    }
                }
                Block::Figure(figure) => out.push_str(figure.caption.as_deref().unwrap_or_default()),
                Block::Code(code) => out.push_str(code),
                Block::Definitions(_) | Block::Rule => {}
            }
        }
    }
    let mut out = String::new();
    inlines(&document.title, &mut out);
    blocks(&document.blocks, &mut out);
    document.footnotes.iter().for_each(|note| blocks(note, &mut out));
    out.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

fn assert_on_paper(layout: &Layout) {
    for (page, _, text) in texts(layout) {
        let (width, height) = layout.size(page);
        let inside = text.x >= 0.0 && text.x + text.width <= width && text.y > 0.0 && text.y < height - 10.0;
        assert!(inside, "page {page}: {text:?}");
    }
    let pages = layout.pages.iter().enumerate();
    for (page, item) in pages.flat_map(|(at, page)| page.items.iter().map(move |item| (at, item))) {
        let (width, height) = layout.size(page);
        if let Drawn::Fill { area: [x, y, w, h], .. } | Drawn::Picture { area: [x, y, w, h], .. } = item.drawn
        {
            assert!(x >= 0.0 && x + w <= width && y >= 0.0 && y + h <= height, "{item:?}");
        }
    }
}

fn assert_whole(document: &Document) -> Layout {
    let layout = laid_out(document);
    assert_on_paper(&layout);
    assert_eq!(read_aloud(&layout), written(document));
    layout
}

#[test]
fn every_character_of_a_sheet_is_set_once_in_reading_order() {
    assert_whole(&sheet::sheet());
}

#[test]
fn a_table_goes_on_under_its_head_on_every_page() {
    let table = sheet::table("事業名|要求額>|前年度>|増減>|備考", &sheet::rows(200));
    let layout = assert_whole(&sheet::document(vec![table]));
    assert!(layout.pages.len() > 3);
    for page in 0..layout.pages.len() {
        let heads = texts(&layout).filter(|(at, _, text)| *at == page && text.text == "事業名");
        let marked: Vec<bool> = heads.map(|(_, leaf, _)| leaf.is_some()).collect();
        assert_eq!(marked, [page == 0], "the head of page {page} is content once, then an artifact");
    }
}

#[test]
fn figures_of_a_column_end_at_one_edge_and_their_digits_are_equally_wide() {
    let rows = ["あ|11,111", "い|44,444", "う|7"].map(str::to_owned);
    let layout = laid_out(&sheet::document(vec![sheet::table("項目|額>", &rows)]));
    let figure = |wanted: &str| {
        texts(&layout).find(|(_, _, text)| text.text == wanted).map(|(_, _, text)| text.clone())
    };
    let (Some(ones), Some(fours), Some(seven)) = (figure("11,111"), figure("44,444"), figure("7")) else {
        panic!("a figure was lost");
    };
    let edge = |text: &Text| ((text.x + text.width) * 100.0).round();
    assert_eq!(edge(&ones), edge(&fours));
    assert_eq!(edge(&ones), edge(&seven));
    assert_eq!(ones.width, fours.width);
}

#[test]
fn no_line_begins_with_a_small_kana_or_a_closing_mark() {
    let content = "きゃっ、カード「（量子）」。技術ー々ょ～％△1,234百万円№5。".repeat(60);
    let layout = assert_whole(&sheet::document(vec![sheet::paragraph(&content)]));
    for (_, leaf, text) in texts(&layout).filter(|(_, leaf, _)| leaf.is_some()) {
        let (first, last) = (text.text.chars().next(), text.text.chars().last());
        assert!(!first.is_some_and(|c| "ゃっょー々、。」）～％".contains(c)), "{leaf:?} {}", text.text);
        assert!(!last.is_some_and(|c| "「（△№".contains(c)), "{}", text.text);
    }
}

#[test]
fn a_paragraph_leaves_no_line_alone_on_a_page() {
    let paragraphs = (0..60).map(|n| sheet::paragraph(&"研究開発を推進する。".repeat(4 + n % 9))).collect();
    let layout = laid_out(&sheet::document(paragraphs));
    for (leaf, node) in layout.tree.nodes.iter().enumerate().filter(|(_, node)| node.role == Role::Paragraph)
    {
        let pages: Vec<usize> =
            texts(&layout).filter(|(_, l, _)| *l == Some(leaf)).map(|(page, ..)| page).collect();
        let first = pages.iter().filter(|page| Some(*page) == pages.first()).count();
        let broken = first < pages.len();
        assert!(!broken || (first >= 2 && pages.len() - first >= 2), "{node:?}: {pages:?}");
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on_over_pages() {
    let rows = [format!("一|{}", "長い説明を書き続ける。".repeat(900)), "二|短い".to_owned()];
    let layout = assert_whole(&sheet::document(vec![sheet::table("項目|内容", &rows)]));
    assert!(layout.pages.len() > 3);
}

#[test]
fn forty_columns_stay_on_the_paper() {
    let row = (0..40).map(|n| format!("{n},000項目")).collect::<Vec<_>>().join("|");
    let head = (0..40).map(|n| format!("列番号{n}>")).collect::<Vec<_>>().join("|");
    assert_whole(&sheet::document(vec![sheet::table(&head, &[row.clone(), row])]));
    let many = "字|".repeat(150);
    assert_whole(&sheet::document(vec![sheet::table(&many, std::slice::from_ref(&many))]));
}

#[test]
fn five_thousand_rows_are_set() {
    let layout = laid_out(&sheet::document(vec![sheet::table(
        "事業名|要求額>|前年度>|増減>|備考",
        &sheet::rows(5000),
    )]));
    assert!(texts(&layout).any(|(_, _, text)| text.text.contains("5000")));
}

#[test]
fn lists_nest_deeply_without_leaving_the_paper() {
    let mut block = sheet::paragraph(&"最も深い項目。".repeat(20));
    for level in 0..40 {
        let blocks = if level % 3 == 0 { vec![block] } else { vec![sheet::paragraph("項目"), block] };
        block = Block::List(List { start: None, items: vec![Item { marker: None, blocks }] });
    }
    assert_whole(&sheet::document(vec![block]));
}

#[test]
fn a_long_word_is_broken_and_nothing_visible_is_dropped() {
    let word = "A".repeat(100_000);
    assert_whole(&sheet::document(vec![sheet::paragraph(&word)]));
    assert_whole(&sheet::document(vec![sheet::paragraph(
        "語\u{200B}と\u{FEFF}語\u{2060}葛\u{E0100}\u{1}　　 　終",
    )]));
}

#[test]
fn empty_pieces_do_no_harm() {
    let nothing =
        List { start: Some(3), items: vec![Item { marker: Some("✓".to_owned()), blocks: Vec::new() }; 2] };
    let blocks = vec![
        Block::Paragraph(Vec::new()),
        Block::List(nothing),
        sheet::table("", &[]),
        sheet::section(2, "", "columns", Vec::new()),
        sheet::section(2, "", "amount", Vec::new()),
        sheet::section(6, "空", "card", Vec::new()),
        Block::Code(String::new()),
        Block::Rule,
    ];
    assert_whole(&sheet::document(blocks));
    assert_eq!(laid_out(&sheet::document(Vec::new())).pages.len(), 1);
}

#[test]
fn columns_that_no_page_can_hold_stand_below_each_other() {
    let long = || vec![sheet::paragraph(&"成果を社会に還元する。".repeat(400))];
    let columns = (0..3).map(|n| sheet::section(3, &format!("列{n}"), "", long())).collect();
    let layout = assert_whole(&sheet::document(vec![sheet::section(2, "列", "columns", columns)]));
    assert_eq!(layout.outline.len(), 5);
}

#[test]
fn a_character_without_a_glyph_is_reported() {
    assert_eq!(laid_out(&sheet::document(vec![sheet::paragraph("𠮷𠮷野家☑")])).missing, ['☑', '𠮷']);
}

#[test]
fn right_to_left_text_emoji_and_joiners_are_set_or_reported() {
    let text = "مرحبا بالعالم שלום 👩‍👩‍👧‍👦🇯🇵 한국어 ไทย e\u{301}\u{200D}\u{FE0F}。";
    let layout = assert_whole(&sheet::document(vec![
        sheet::paragraph(&text.repeat(50)),
        sheet::table("語|額>", &[format!("{text}|1,234")]),
    ]));
    assert!(layout.missing.contains(&'👩') && layout.missing.contains(&'ש'));
    assert!(!layout.missing.iter().any(|c| is_invisible(*c)));
}

#[test]
fn a_long_sheet_costs_in_proportion_to_its_pages() {
    let time = |count: usize| {
        let blocks = (0..count)
            .map(|n| {
                let rows = sheet::rows(20);
                let table = sheet::table("事業名|要求額>|前年度>|増減>|備考", &rows);
                let text = "量子技術の研究開発を推進し、社会実装を加速する。".repeat(20);
                sheet::section(2, &format!("第{n}節"), "", vec![sheet::paragraph(&text), table])
            })
            .collect();
        let document = sheet::document(blocks);
        let started = std::time::Instant::now();
        let pages = laid_out(&document).pages.len();
        (pages, started.elapsed().as_secs_f64())
    };
    let (few, short) = time(40);
    let (many, long) = time(320);
    assert!(many > 150 && many >= few * 7, "{few} and {many} pages");
    // Eight times the pages; four times as much again would be a square.
    assert!(long < short * 32.0 + 0.5, "{few} pages: {short} s, {many} pages: {long} s");
}

#[test]
fn a_picture_of_areas_keeps_its_shape_and_stays_on_the_paper() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2000 1000'>\
        <rect width='2000' height='1000' fill='#eef'/><path d='M0 1000C500 0 1500 0 2000 1000Z' fill='#123'/>\
        <circle cx='1900' cy='500' r='400' fill='#c33'/></svg>";
    let mut figures = sheet::figures();
    let vector = gaisan::vector::Vector::read(svg.as_bytes()).expect("it is plain");
    figures.insert("figures/map.svg".to_owned(), gaisan::figure::Figure::Vector(vector));
    let document = sheet::document(vec![sheet::figure("figures/map.svg", "地図", None)]);
    let fonts = Fonts::builtin().expect("the fonts are sound");
    let theme = Theme::default();
    let layout = layout(&document, &figures, &sheet::imprint(), fonts, &theme);
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let areas: Vec<_> = items
        .filter_map(|item| match &item.drawn {
            Drawn::Area(area) => Some((item.leaf, area)),
            _ => None,
        })
        .collect();
    assert_eq!(areas.len(), 3);
    // Only the circle reaches over the edge.
    let clips: Vec<usize> = areas.iter().map(|(_, area)| area.clips.len()).collect();
    assert_eq!(clips, [0, 0, 1]);
    let figure = areas[0].0.expect("it belongs to the figure");
    let (_, [left, top, right, bottom]) =
        layout.tree.nodes[figure].attributes.bounds.expect("a figure has a box");
    assert!(((right - left) / (bottom - top) - 2.0).abs() < 0.01);
    assert!(left >= theme.margins[0] - 0.1 && right <= layout.paper.0 - theme.margins[2] + 0.1);
}

#[test]
fn emphasis_leans_in_text_and_cells_and_a_row_all_of_it_steps_back() {
    let markdown = "# 題\n\n## 節\n\n本文の*斜体 italic*と**太字**。\n\n| 項目 | 額 | 備考 |\n|---|---|---|\n| *その他* | *12* | 残額 |\n| *細目* の名 | 34 | *注記* |\n";
    let layout = laid_out(&gaisan::document::read(markdown, gaisan::model::Lang::Ja));
    let theme = Theme::default();
    let look = |wanted: &str| {
        let (.., text) = texts(&layout).find(|(.., text)| text.text.contains(wanted)).unwrap();
        (text.slanted, text.ink)
    };
    assert_eq!(look("italic"), (true, theme.black));
    assert_eq!(look("太字"), (false, theme.black));
    assert_eq!(look("細目"), (true, theme.black));
    assert_eq!(look("注記"), (true, theme.black));
    assert_eq!(look("その他"), (false, theme.muted));
    assert_eq!(look("残額"), (false, theme.muted));
}
