//! Documents for the tests of the PDF renderer, built by hand.

use gaisan::document::{Alignment, Block, Document, FigureRef, Inline, Section, Table};
use gaisan::figure::{Bar, BarGroup, Bars, Figure, Figures, Flow, FlowEdge, FlowNode};
use gaisan::model::Lang;
use gaisan::render::Imprint;

pub(crate) fn imprint() -> Imprint {
    Imprint {
        title: "量子 <R&D> 要求書".to_owned(),
        author: "文部科学省".to_owned(),
        running_head: "令和4年度概算要求　第5章".to_owned(),
        edition: String::new(),
        enclosure: None,
        lang: Lang::Ja,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: Vec::new(),
    }
}

pub(crate) fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

pub(crate) fn strong(content: &str) -> Inline {
    Inline::Strong(vec![text(content)])
}

pub(crate) fn paragraph(content: &str) -> Block {
    Block::Paragraph(vec![text(content)])
}

pub(crate) fn document(blocks: Vec<Block>) -> Document {
    Document {
        lang: Lang::Ja,
        title: vec![text("光・量子飛躍フラッグシッププログラム（Q-LEAP）")],
        classes: Vec::new(),
        blocks,
        footnotes: Vec::new(),
    }
}

pub(crate) fn section(level: u8, heading: &str, class: &str, blocks: Vec<Block>) -> Block {
    let classes = class.split_whitespace().map(str::to_owned).collect();
    Block::Section(Section { level, id: heading.to_owned(), classes, heading: vec![text(heading)], blocks })
}

/// A table; a column whose heading ends in `>` holds figures, a cell that begins with `*` is strong.
pub(crate) fn table(header: &str, rows: &[String]) -> Block {
    let cells = |row: &str| -> Vec<Vec<Inline>> {
        row.split('|')
            .map(|cell| match cell.trim() {
                "" => Vec::new(),
                cell => match cell.strip_prefix('*') {
                    Some(cell) => vec![strong(cell)],
                    None => vec![text(cell)],
                },
            })
            .collect()
    };
    let alignments = header
        .split('|')
        .map(|cell| if cell.trim().ends_with('>') { Alignment::Right } else { Alignment::Left })
        .collect();
    Block::Table(Table {
        alignments,
        header: cells(&header.replace('>', "")),
        rows: rows.iter().map(|row| cells(row)).collect(),
    })
}

pub(crate) fn figure(target: &str, alt: &str, caption: Option<&str>) -> Block {
    Block::Figure(FigureRef {
        target: target.to_owned(),
        alt: alt.to_owned(),
        caption: caption.map(str::to_owned),
    })
}

pub(crate) fn figures() -> Figures {
    let bar = |value: i128, text: &str| Bar { value: Some(value), text: text.to_owned() };
    let bars = Bars {
        unit: "単位：百万円".to_owned(),
        groups: vec![BarGroup {
            whole: false,
            label: "Q-LEAP".to_owned(),
            bars: vec![bar(3494, "3,494"), bar(4592, "4,592")],
        }],
        series: vec!["前年度予算額".to_owned(), "要求・要望額".to_owned()],
    };
    let node = |label: &str| FlowNode { label: label.to_owned(), detail: None };
    let edge =
        |from, to, instrument: &str| FlowEdge { from, to, instrument: instrument.to_owned(), detail: None };
    let flow = Flow {
        nodes: vec![node("国"), node("資金配分機関"), node("大学・国立研究開発法人等")],
        edges: vec![edge(0, 1, "運営費交付金"), edge(1, 2, "委託費")],
    };
    Figures::from([
        ("figures/chart.svg".to_owned(), Figure::Bars(bars)),
        ("figures/flow.svg".to_owned(), Figure::Flow(flow)),
    ])
}

/// A sheet with every kind of section.
pub(crate) fn sheet() -> Document {
    gaisan::document::read(include_str!("sheet.md"), Lang::Ja)
}

/// The rows of a table of programs.
pub(crate) fn rows(count: usize) -> Vec<String> {
    (1..=count)
        .map(|n| {
            format!(
                "事業番号{n:04}の研究開発推進に必要な経費|{},{:03}|{},{:03}|△{}|{}",
                n % 97,
                n * 37 % 1000,
                n % 89,
                n * 91 % 1000,
                n * 11,
                if n % 5 == 0 {
                    "運営費交付金中の推計額であり、増減は見込みによる"
                } else {
                    ""
                }
            )
        })
        .collect()
}
