//! Documents for the tests of the PDF renderer, built by hand.

use gaisan::document::{
    Alignment, Block, Document, FigureRef, Inline, Item, List, Quote, Section, Table,
};
use gaisan::figure::{Bar, BarGroup, Bars, Figure, Figures, Flow, FlowEdge, FlowNode};
use gaisan::model::Lang;
use gaisan::render::Imprint;

pub(crate) fn imprint() -> Imprint {
    Imprint {
        title: "量子 <R&D> 要求書".to_owned(),
        author: "文部科学省".to_owned(),
        running_head: "令和4年度概算要求　第5章".to_owned(),
        lang: Lang::Ja,
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
        blocks,
        footnotes: Vec::new(),
    }
}

pub(crate) fn section(level: u8, heading: &str, class: &str, blocks: Vec<Block>) -> Block {
    let classes = if class.is_empty() {
        Vec::new()
    } else {
        vec![class.to_owned()]
    };
    Block::Section(Section {
        level,
        id: heading.to_owned(),
        classes,
        heading: vec![text(heading)],
        blocks,
    })
}

pub(crate) fn list(items: &[(&str, &str)]) -> List {
    let item = |(marker, content): &(&str, &str)| Item {
        marker: (!marker.is_empty()).then(|| (*marker).to_owned()),
        blocks: vec![paragraph(content)],
    };
    List {
        start: None,
        items: items.iter().map(item).collect(),
    }
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
        .map(|cell| {
            if cell.trim().ends_with('>') {
                Alignment::Right
            } else {
                Alignment::Left
            }
        })
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
    let bar = |value: i128, text: &str| Bar {
        value: Some(value),
        text: text.to_owned(),
    };
    let bars = Bars {
        unit: "単位：百万円".to_owned(),
        groups: vec![BarGroup {
            label: "Q-LEAP".to_owned(),
            bars: vec![bar(3494, "3,494"), bar(4592, "4,592")],
        }],
        series: vec!["前年度予算額".to_owned(), "要求・要望額".to_owned()],
    };
    let node = |label: &str| FlowNode {
        label: label.to_owned(),
        detail: None,
    };
    let edge = |from, to, instrument: &str| FlowEdge {
        from,
        to,
        instrument: instrument.to_owned(),
        detail: None,
    };
    let flow = Flow {
        nodes: vec![
            node("国"),
            node("資金配分機関"),
            node("大学・国立研究開発法人等"),
        ],
        edges: vec![edge(0, 1, "運営費交付金"), edge(1, 2, "委託費")],
    };
    Figures::from([
        ("figures/chart.svg".to_owned(), Figure::Bars(bars)),
        ("figures/flow.svg".to_owned(), Figure::Flow(flow)),
    ])
}

/// A sheet with every kind of section.
pub(crate) fn sheet() -> Document {
    let link = |target: &str, content: &str| Inline::Link {
        target: target.to_owned(),
        content: vec![text(content)],
    };
    let mut nested = list(&[
        (
            "✓",
            "量子技術は、将来の経済・社会に大きな変革をもたらす源泉・革新技術。そのため、米国、欧州、中国等を中心に投資が拡大。",
        ),
        ("◆", "令和2年1月の戦略の鍵は△1,234百万円"),
    ]);
    nested.items[0].blocks.push(Block::List(list(&[
        ("・", "下位の項目は「鍵」となる"),
        ("①", "10⁻¹⁸秒の精度、②③も同じ"),
    ])));
    nested.items[1].blocks = vec![Block::Paragraph(vec![
        text("令和2年1月の"),
        strong("戦略(研究DX)"),
        text("の鍵は"),
        strong("△1,234"),
        text("百万円"),
        Inline::FootnoteRef(0),
        text("であり、ﾊﾝｶｸの山﨑・髙橋氏らが～続ける。"),
    ])];
    let rows = [
        "マテリアル先端リサーチインフラ|5,663|1,713|3,950|＋230.6%|前年度予算額はナノテクノロジープラットフォームとの合計額",
        "データ中核拠点の形成|3,450|1,156|2,294|＋198.4%|※NIMS運営費交付金中の推計額",
        "（一覧にない額）|1,930|897|1,033|＋115.2%|計算値",
        "*計|*13,849|*3,809|*10,040|*＋263.6%|",
    ]
    .map(str::to_owned);
    let mut sheet = document(vec![
        paragraph("文部科学省 ・ 令和4年度概算要求"),
        section(
            2,
            "要求額",
            "amount",
            vec![table(
                "令和4年度要求・要望額|4,592百万円>",
                &[
                    "（前年度予算額）|（3,494百万円）".to_owned(),
                    "増減|＋1,098百万円（＋31.4%）".to_owned(),
                ],
            )],
        ),
        section(
            2,
            "注記",
            "notes",
            vec![Block::List(list(&[("※", "内閣府、経産省と共に要求")]))],
        ),
        section(
            2,
            "政策上の位置付け",
            "basis",
            vec![
                paragraph("【量子技術イノベーション戦略（令和2年1月21日）】"),
                Block::Quote(Quote {
                    alert: None,
                    blocks: vec![Block::Paragraph(vec![
                        text("量子情報処理、量子計測・センシング、"),
                        strong("次世代レーザー"),
                        text(
                            "を重点領域とする。量子コンピュータの実現に向けた基礎研究から技術実証、人材育成までを一体的に推進する。",
                        ),
                    ])],
                }),
            ],
        ),
        section(2, "背景・課題", "", vec![Block::List(nested)]),
        section(
            2,
            "事業内容",
            "",
            vec![
                paragraph(
                    "本事業では、経済・社会的な重要課題に対し、量子科学技術を駆使して非連続的な解決を目指す研究開発を推進する。プロトタイプによる実証を目指すネットワーク型の研究拠点を形成し、異分野の知見を持つ研究者の参画を得て、基礎基盤研究と相補的かつ様々な挑戦的課題に取り組む。",
                ),
                Block::Quote(Quote {
                    alert: Some("important"),
                    blocks: vec![paragraph(
                        "ステージゲート評価等を経て研究開発を見直し、必要な経費を計上する。",
                    )],
                }),
            ],
        ),
        section(
            2,
            "内訳",
            "",
            vec![
                paragraph("（単位：百万円）"),
                table(
                    "事業|令和4年度要求・要望額>|前年度予算額>|増減額>|増減率>|備考",
                    &rows,
                ),
            ],
        ),
        section(
            2,
            "対象技術領域",
            "cards",
            vec![
                section(
                    3,
                    "技術領域1　量子情報処理",
                    "card",
                    vec![
                        Block::Paragraph(vec![
                            strong("Flagshipプロジェクト"),
                            text("（2件）：理研、大阪大"),
                        ]),
                        Block::List(list(&[(
                            "・",
                            "汎用量子コンピュータ等のプロトタイプを開発し、クラウドサービスによる提供等",
                        )])),
                    ],
                ),
                section(
                    3,
                    "技術領域2　量子計測・センシング",
                    "card",
                    vec![Block::Paragraph(vec![
                        strong("基礎基盤研究"),
                        text("（7件）：東大、東北大、学習院大、電通大（2件）、京大、NIMS"),
                    ])],
                ),
            ],
        ),
        section(
            2,
            "資金の流れ",
            "",
            vec![figure(
                "figures/flow.svg",
                "国から資金配分機関へ",
                Some("資金の流れ"),
            )],
        ),
        section(
            2,
            "ロジックモデル",
            "columns",
            vec![
                section(
                    3,
                    "アウトプット（活動目標）",
                    "",
                    vec![Block::List(list(&[
                        ("", "年次総会の開催（年1回）"),
                        ("", "論文数 1,200件"),
                    ]))],
                ),
                section(
                    3,
                    "アウトカム（成果目標）",
                    "",
                    vec![Block::List(list(&[("", "数理融合研究力の向上")]))],
                ),
                section(
                    3,
                    "インパクト（社会への影響）",
                    "",
                    vec![Block::List(list(&[(
                        "",
                        "世界トップレベルの学術的地位の保持",
                    )]))],
                ),
            ],
        ),
        section(
            2,
            "前年度との比較",
            "",
            vec![
                figure(
                    "figures/chart.svg",
                    "前年度予算額3,494百万円、要求・要望額4,592百万円",
                    None,
                ),
                figure("figures/lost.png", "見つからない図", None),
            ],
        ),
        Block::Paragraph(vec![
            link("overview.md", "概要へ戻る"),
            text(" ／ "),
            link("#内訳", "内訳"),
            text(" ／ "),
            Inline::Code("gaisan build".to_owned()),
            text(" 𠮷野家"),
        ]),
    ]);
    sheet.footnotes = vec![vec![paragraph("脚注の本文。")]];
    sheet
}

/// Sixty programs in one table.
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
