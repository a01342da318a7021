//! 新旧対照表: what stands side by side, and what takes the full width.

use crate::change::markdown;

#[test]
fn a_paragraph_of_one_side_takes_the_full_width_where_it_stands() {
    let [old, new] = ["観測網を維持する。\n\n    変わらない段落。\n\n    最後の段落を残す。", "観測網を拡充する。\n\n    変わらない段落。\n\n    新しい取組を全国で始める。\n\n    最後の段落を直す。"]
        .map(|body| {
            let folder = tempfile::tempdir().unwrap();
            let chapter = format!(
                "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 円\nbreakdown: complete\nprograms:\n- id: a\n  title: 甲\n  requested: 1\n  prior: 1\n  body: |\n    {body}\n"
            );
            std::fs::write(folder.path().join("request.yaml"), chapter).unwrap();
            folder
        });
    let page = markdown(old.path(), new.path(), None);
    let places =
        ["を**拡充**する。 |", "> 新しい取組を全国で始める。", "を**直す**。 |"].map(|text| page.find(text));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}");
    assert!(page.contains("**本文**　改正後だけにある文章") && !page.contains("記載なし"), "{page}");
}
