//! The PDF renderer, seen from outside.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod file;
mod laid_out;
mod sheet;
mod structure;

use gaisan::render::pdf::pdf;

#[test]
#[ignore = "writes files to look at"]
fn samples_to_look_at() {
    let directory = std::env::var("SAMPLES").unwrap_or_default();
    let write = |name: &str, document: &gaisan::document::Document| {
        let started = std::time::Instant::now();
        let made = pdf(document, &sheet::figures(), &sheet::imprint()).unwrap();
        eprintln!(
            "{name}: {} pages, {} bytes, {:?}, missing {:?}",
            made.pages,
            made.bytes.len(),
            started.elapsed(),
            made.missing
        );
        std::fs::write(format!("{directory}/{name}.pdf"), made.bytes).unwrap();
    };
    write("sheet", &sheet::sheet());
    let mut long = sheet::sheet();
    long.blocks.push(sheet::section(
        2,
        "事業一覧",
        "",
        vec![sheet::table("事業名|要求額（百万円）>|前年度予算額（百万円）>|増減>|備考", &sheet::rows(60))],
    ));
    write("long", &long);
    let framed: Vec<_> = (0..9)
        .map(|n| {
            sheet::section(
                3,
                &format!("領域{n}"),
                "card",
                vec![
                    sheet::paragraph(
                        &"量子コンピュータの実現に向けた、基礎研究から技術実証までを推進する。".repeat(5),
                    ),
                    sheet::table(
                        "事業名|要求額>|前年度>|増減>",
                        &sheet::rows(4)[..]
                            .iter()
                            .map(|r| r.rsplit_once('|').unwrap().0.to_owned())
                            .collect::<Vec<_>>(),
                    ),
                ],
            )
        })
        .collect();
    let wide: Vec<String> = (0..4)
        .map(|r| (0..16).map(|c| format!("{},{:03}", r * 7 + c, r * 131 + c)).collect::<Vec<_>>().join("|"))
        .collect();
    let head: Vec<String> = (0..16).map(|c| format!("令和{c}年度>")).collect();
    let mut deep = sheet::paragraph("最も深い項目の文は、幅が狭くなっても読めなければならない。");
    for n in 0..12 {
        deep = gaisan::document::Block::List(gaisan::document::List {
            start: (n % 2 == 0).then_some(9),
            items: vec![gaisan::document::Item {
                marker: None,
                blocks: vec![sheet::paragraph(&format!("階層{n}の項目")), deep],
            }],
        });
    }
    let code = gaisan::document::Block::Code("fn main() {\n    println!(\"概算\");\n}\n".to_owned());
    let edge = sheet::document(vec![
        sheet::section(2, "枠", "cards", framed),
        sheet::section(2, "広い表", "", vec![sheet::table(&head.join("|"), &wide)]),
        sheet::section(2, "深い項目", "", vec![deep, code]),
        sheet::section(
            2,
            "長いセル",
            "",
            vec![sheet::table(
                "項目|内容",
                &[format!("一|{}", "長い説明文をここに書き続ける。".repeat(400)), "二|短い".to_owned()],
            )],
        ),
    ]);
    write("edge", &edge);
    let many = sheet::table("事業名|要求額>|前年度>|増減>|備考", &sheet::rows(5000));
    write("many", &sheet::document(vec![many]));
}
