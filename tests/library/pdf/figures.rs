//! How figures stand: those of a column point below point, that of a headline in one size.

use gaisan::document::{self, headline};
use gaisan::model::Lang;
use gaisan::render::pdf::layout::{Drawn, Layout};

use super::one_page::{laid_out, sheet};

/// Where a text ends.
pub(super) fn ends_at(layout: &Layout, wanted: &str) -> f32 {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let mut texts = items.filter_map(|item| match &item.drawn {
        Drawn::Text(text) if text.text.trim_end() == wanted => Some(text.x + text.width),
        _ => None,
    });
    texts.next().unwrap_or_else(|| panic!("no `{wanted}`"))
}

#[test]
fn figures_of_a_column_stand_point_below_point_and_headings_break_in_no_word() {
    let table = "| 事業 | 要求額 | 増減額 | 備考 |\n|:---|---:|---:|:---|\n| 甲 | 4,505.2 | 1 | とても長い備考を書いて列の幅を奪い合うようにした文章を書いておく |\n\
        | 乙 | 1,148 | 2 | 短い |\n| 丙 | 新規 | 3 | 短い |\n";
    let layout = laid_out(&sheet(&[("表".to_owned(), table.to_owned())]));
    let (decimal, whole, word) =
        (ends_at(&layout, "4,505.2"), ends_at(&layout, "1,148"), ends_at(&layout, "新規"));
    assert!((decimal - word).abs() < 0.2, "a word stands at the column's edge: {decimal} {word}");
    assert!(decimal - whole > 5.0, "the points stand below each other: {decimal} {whole}");
    ends_at(&layout, "増減額");
}

#[test]
fn words_that_leave_a_figure_open_stand_behind_its_place_in_the_column() {
    let table = "| 事業 | 要求額 |\n|:---|---:|\n| 甲 | 20,908.4＋事項要求 |\n| 乙 | △340.5 |\n| 丙 | 156＋事項要求 |\n| 丁 | 12,345 |\n\
        | 戊 | 事項要求 |\n";
    let layout = laid_out(&sheet(&[("表".to_owned(), table.to_owned())]));
    let edge = ends_at(&layout, "事項要求");
    let open = ends_at(&layout, "20,908.4＋事項要求");
    assert!((edge - open).abs() < 0.2, "{edge} {open}");
    let starts = |wanted: &str| {
        let mut texts = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text == wanted => Some((text.x, text.size)),
            _ => None,
        });
        texts.next_back().unwrap_or_else(|| panic!("no `{wanted}`"))
    };
    // Tabular digits are as wide as each other: three of 156 and of 345 begin at one place.
    let ((open, size), whole) = (starts("156＋事項要求"), ends_at(&layout, "12,345"));
    let digits = 3.0 * 0.6 * size;
    assert!((whole - open - digits).abs() < size * 0.3, "{whole} {open} {digits}");
}

#[test]
fn the_figure_of_a_headline_is_set_in_one_size() {
    for (text, wanted) in [
        ("1兆2,345億円", "1兆2,345"),
        ("1,241百万円＋事項要求", "1,241"),
        ("60億円＋事項要求", "60"),
        ("△1,234.5百万円", "△1,234.5"),
        ("約12百万円（うち5百万円）", "約12"),
        ("$78,267.1 million", "$78,267.1"),
        ("1,234.5 million USD", "1,234.5"),
        ("事項要求", ""),
    ] {
        assert_eq!(headline(text).0, wanted);
        assert_eq!([headline(text).0, headline(text).1].concat(), text);
    }
    let text = "# 治水 {.one-page}\n\n令和8年度概算要求\n\n国土交通省\n\n## 要求額 {.amount #amount}\n\n| 要求・要望額 | 1兆2,345億円 |\n|:---|---:|\n\
        | （前年度予算額） | （1兆1,234億円） |\n\n## 概要\n\n本文。\n";
    let layout = laid_out(&document::read(text, Lang::Ja));
    let mut sizes = Vec::new();
    for item in &layout.pages[0].items {
        let Drawn::Text(text) = &item.drawn else { continue };
        if ["1兆2,345", "億円"].contains(&text.text.as_str()) {
            sizes.push(text.size);
        }
    }
    assert!(matches!(sizes.as_slice(), [figure, unit] if *figure > 1.5 * unit), "{sizes:?}");
}
