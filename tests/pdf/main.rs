//! The PDF renderer, seen from outside.

mod sheet;

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
        vec![sheet::table(
            "事業名|要求額（百万円）>|前年度予算額（百万円）>|増減>|備考",
            &sheet::rows(60),
        )],
    ));
    write("long", &long);
    for _ in 0..3 {
        write("sheet", &sheet::sheet());
    }
}
