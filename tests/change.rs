//! Change sheets: what changed between two states of a chapter, in all formats.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use std::path::Path;

use gaisan::compose::Templates;
use gaisan::document;
use gaisan::examine;
use gaisan::model::Lang;
use gaisan::render::{html, pdf};

#[test]
fn explore() {
    let out = Path::new("/tmp/ch/change");
    std::fs::create_dir_all(out).unwrap();
    for (old, new, lang) in [
        ("fy2022/mext-5", "fy2023/mext-5", Lang::Ja),
        ("fy2023/mext-5", "fy2024/mext-5", Lang::Ja),
        ("fy2022/mext-5", "fy2023/mext-5", Lang::En),
    ] {
        let (before, after) = (support::reading(old), support::reading(new));
        let (before, after) = (examine(&before), examine(&after));
        let old: Vec<_> = before.rollups.iter().collect();
        let new: Vec<_> = after.rollups.iter().collect();
        let diff = gaisan::diff::diff(&old, &new, None).unwrap();
        for (folder, sheet) in gaisan::sheet::changes(&diff, Some(lang)) {
            let markdown = Templates::new(&[]).unwrap().markdown(&sheet).unwrap();
            let name = format!("{}-{}", folder, lang.tag());
            std::fs::write(out.join(format!("{name}.md")), &markdown).unwrap();
            let document = document::read(&markdown, lang);
            std::fs::write(
                out.join(format!("{name}.html")),
                html::page(&document, &sheet.figures, &sheet.imprint),
            )
            .unwrap();
            let pdf = pdf::pdf(&document, &sheet.figures, &sheet.imprint).unwrap();
            std::fs::write(out.join(format!("{name}.pdf")), pdf.bytes).unwrap();
        }
    }
}
