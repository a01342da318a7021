//! Which pages lie on their long side: those of what an upright page would squeeze, and of what would fill no page without it.

use gaisan::document::Block;
use gaisan::render::pdf::layout::Layout;

use super::breaks::{filled, filler, page_of};
use super::laid_out::{laid_out, texts};
use super::sheet;

/// A section with a table of fifteen columns of figures, so many rows long.
fn wide(rows: usize) -> Block {
    let heads: String = (1..=15).map(|year| format!("|令和{year}年度>")).collect();
    let row = |row: usize| {
        let cells: String =
            (0..15).map(|year| format!("|{:03},{:03}", 100 + row * 7 % 900, 100 + year * 11)).collect();
        format!("項目{row}{cells}")
    };
    let table = sheet::table(&format!("項目{heads}"), &(0..rows).map(row).collect::<Vec<_>>());
    let unit = sheet::paragraph("（単位：百万円）");
    sheet::section(2, "年度別の額", "", vec![unit, table])
}

fn turned(layout: &Layout) -> Vec<bool> {
    layout.pages.iter().map(|page| page.turned).collect()
}

#[test]
fn a_table_whose_figures_would_be_broken_lies_on_its_side_under_its_heading() {
    let layout = laid_out(&sheet::document([filler(28), vec![wide(60)], filler(60)].concat()));
    let turned = turned(&layout);
    assert_eq!((turned.first(), turned.get(1), turned.last()), (Some(&false), Some(&true), Some(&false)));
    let (across, _) = layout.size(1);
    for wanted in ["年度別の額", "（単位：百万円）", "項目0"] {
        assert_eq!(page_of(&layout, wanted), 1);
    }
    for (page, leaf, text) in texts(&layout).filter(|(_, _, text)| text.text.contains(',')) {
        assert!(
            turned[page] && leaf.is_some() && text.text.len() == 7 && text.x + text.width < across,
            "{text:?}"
        );
    }
    // What fits is not turned.
    let narrow = sheet::table("項目|令和4年度>|令和5年度>", &["甲|1,000,000|2,000,000".to_owned()]);
    assert!(laid_out(&sheet::document(vec![narrow])).pages.iter().all(|page| !page.turned));
}

#[test]
fn a_wide_table_takes_along_what_would_fill_no_page() {
    for (before, after) in [(2, 0), (0, 3), (3, 4)] {
        let layout = laid_out(&sheet::document([filler(before), vec![wide(3)], filler(after)].concat()));
        assert_eq!(turned(&layout), [true], "{before} {after}");
    }
    for lines in 20..60 {
        let layout = laid_out(&sheet::document([filler(lines), vec![wide(4)], filler(80 - lines)].concat()));
        let (filled, turned) = (filled(&layout), turned(&layout));
        let full = |page: usize| {
            let (width, height) = layout.size(page);
            filled[page] * width.max(height) / height
        };
        assert!(turned.contains(&true) && !turned.iter().all(|it| *it), "{lines}: {turned:?}");
        assert!((0..turned.len()).all(|page| full(page) > 0.3), "{lines}: {filled:?} {turned:?}");
        assert!(turned[page_of(&layout, "項目0")]);
    }
}

#[test]
fn names_of_many_levels_beside_long_figures_get_a_wider_page() {
    let name = |at: usize| {
        format!(
            "{}うち ダイバーシティ・インクルージョン推進のためのコミュニティ形成支援事業{at}",
            "　".repeat(at % 6)
        )
    };
    let rows: String = (0..90)
        .map(|at| {
            format!(
                "| {} | 1,669,353,218,697 | 1,467,244,436,240 | 1,202,108,782,457 | 62,300,794.3% |\n",
                name(at)
            )
        })
        .collect();
    let heads = "| 事業 | 要求・要望額 | 前年度予算額 | 増減額 | 増減率 |\n|:---|---:|---:|---:|---:|\n";
    let text = format!("# 章\n\n## 事業一覧\n\n{heads}{rows}");
    let layout = laid_out(&gaisan::document::read(&text, gaisan::model::Lang::Ja));
    assert!(turned(&layout).iter().all(|it| *it), "{:?}", turned(&layout));
}
