//! Next year's files where this year's have what does not go on.

use std::path::Path;

use gaisan::examine;
use gaisan::read;
use insta::assert_snapshot;

use crate::drafting::rolled;

#[test]
fn prior_amounts_of_one_sum_are_all_enacted_or_all_requested() {
    let chapter = |enacted: [&str; 5]| {
        let said =
            |amount: &str| if amount.is_empty() { String::new() } else { format!(", enacted: {amount}") };
        let [x, a, a1, a2, b] = enacted.map(said);
        let line = |id: &str, amount: u32, more: &str| {
            format!("{{id: {id}, title: {id}, requested: {amount}, prior: {amount}{more}}}")
        };
        let parts = format!(
            "{a}, breakdown: complete, accounts: [{{name: 一般会計, requested: 500, prior: 500}}], children: [{}, {}]",
            line("a-1", 300, &a1),
            line("a-2", 200, &a2)
        );
        format!(
            "{{gaisan: 1, id: x, title: 章, ministry: 府, fiscal_year: R8, stage: 概算要求, unit: 百万円, requested: 600, prior: 600{x}, breakdown: complete, programs: [{}, {}, {{id: c, title: c, requested: 終了, prior: 0}}]}}",
            line("a", 500, &parts),
            line("b", 100, &b)
        )
    };
    let all = [
        ["", "490", "", "", ""],
        ["", "", "290", "", ""],
        ["", "", "290", "195", "90"],
        ["580", "", "", "", ""],
        ["", "", "290", "195", ""],
    ];
    let mut told = String::new();
    for (at, enacted) in all.iter().enumerate() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("R8/x");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("request.yaml"), chapter(*enacted)).unwrap();
        told += &format!("{at}: {enacted:?}\n{}", rolled(&folder, 2027, false));
        let reading = read::read(&[root.path().join("R9")]);
        let examined = examine(&reading);
        for row in examined.rollups.iter().flat_map(|rollup| &rollup.rows) {
            let prior = reading.sources.slice(row.line.prior.money.span);
            told += &format!(
                "  {}: {prior} {}\n",
                row.line.id.value,
                if row.line.prior.is_initial() { "" } else { "(requested)" }
            );
        }
        assert!(!examined.has_errors(), "{told}{:#?}", examined.findings);
    }
    assert_snapshot!("roll_mixed", told);
}

/// Writes chapters of R8, rolls them, and gives what was said and the next year's files, which must have no error.
fn next(chapters: &[(&str, &str)]) -> String {
    let root = tempfile::tempdir().unwrap();
    for (name, keys) in chapters {
        let folder = root.path().join("R8").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "gaisan: 1\nid: {name}\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: 概算要求\nunit: 百万円\n{keys}"
        );
        std::fs::write(folder.join("request.yaml"), text).unwrap();
    }
    let mut told = rolled(&root.path().join("R8"), 2027, false);
    let reading = read::read(&[root.path().join("R9")]);
    let examined = examine(&reading);
    for request in &reading.requests {
        let file = reading.sources.file(request.file);
        told += &format!("--- {}\n{}", request.line.id.value, file.text.split_once("百万円\n").unwrap().1);
    }
    assert!(!examined.has_errors(), "{told}{:#?}", examined.findings);
    told
}

#[test]
fn comments_within_an_amount_stand_above_its_key() {
    assert_snapshot!(next(&[(
        "x",
        "requested:   # 見出し\n  # 要求の説明\n  amount: 150   # 計\n  request: 100  # 要求\n  wish: 50      # 要望\nprior:\n  amount: 100   # 査定\n  basis: revised\nenacted: 140\nbreakdown: complete\nprograms:\n  - requested:\n      amount: 150 # 数\n      request: 100\n      wish: 50\n    id: a\n    title: 甲\n    prior: {amount: 100, basis: revised} # 補正後\n    enacted: 140\n"
    )]));
}

#[test]
fn what_names_a_line_that_has_ended_names_it_no_more_and_a_chapter_that_is_over_stops_no_other() {
    let recount = "breakdown: complete\nprograms:\n  - {id: r, title: 皆終, breakdown: complete, children: [{id: r1, title: 子, requested: 終了, prior: 4}]}\n  - {id: a, title: 甲, requested: 終了, prior: 5}\n  - {id: b, title: 乙, requested: 7, prior: 6}\n  - {id: c, title: 丙, requested: 3, prior: 2, notes: [{kind: recount, of: a}]}\n";
    let over = "breakdown: complete\nprograms:\n  - {id: o, title: 丁, requested: 終了, prior: 5}\n";
    assert_snapshot!(next(&[("x", recount), ("y", over)]));
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("R8/y");
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "gaisan: 1\nid: y\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: 概算要求\nunit: 百万円\n{over}"
    );
    std::fs::write(folder.join("request.yaml"), text).unwrap();
    let year = gaisan::model::FiscalYear::new(2027).unwrap();
    let error =
        gaisan::drafting::roll(&read::Project::default(), Path::new(&folder), year, false).unwrap_err();
    assert_eq!(error, "all programs of `y` have ended; nothing is left for the next year");
}

#[test]
fn files_of_what_lies_below_a_line_that_has_ended_are_left_out_with_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("R8/x");
    std::fs::create_dir_all(&folder).unwrap();
    let chapter = "{gaisan: 1, id: x, title: 章, ministry: 府, fiscal_year: R8, stage: 概算要求, unit: 百万円, programs: [{id: a, title: 甲, requested: 1, prior: 1}, b.yaml]}";
    std::fs::write(folder.join("request.yaml"), chapter).unwrap();
    std::fs::write(
        folder.join("b.yaml"),
        "id: b\ntitle: 乙\nrequested: 終了\nprior: 1\nbreakdown: complete\nchildren: [c.yaml]\n",
    )
    .unwrap();
    std::fs::write(folder.join("c.yaml"), "id: c\ntitle: 丙\nrequested: 終了\nprior: 1\n").unwrap();
    rolled(&folder, 2027, false);
    let files = std::fs::read_dir(root.path().join("R9/x")).unwrap();
    assert_eq!(files.map(|file| file.unwrap().file_name()).collect::<Vec<_>>(), ["request.yaml"]);
}

/// Each comment of a list in brackets says of which entry it is.
#[test]
fn entries_in_brackets_leave_with_their_comments_and_no_others() {
    let layouts: [fn([String; 4]) -> String; 5] = [
        |[a, b, c, d]| {
            format!(
                "[\n  {a}, # behind a\n  # above b\n  {b}, # behind b\n\n  {c}, # behind c\n  # above d\n  # and d\n  {d} # behind d\n]\n"
            )
        },
        |[a, b, c, d]| format!("[{a}, # behind a\n  # above b\n  {b}, # behind b\n  {c}, {d}]\n"),
        |[a, b, c, d]| format!("[\n  {a}\n  , {b} # behind b\n  , {c} # behind c\n  , {d}\n]\n"),
        |[a, b, c, d]| format!("[ {a}, {b}, # of b\n    {c},\n    # above d\n    {d}, ] # behind all\n"),
        |[a, b, c, d]| format!("[{a}, {b}, {c}, {d}]\n"),
    ];
    let head = "breakdown: partial\nrequested: 600\nprior: 600\nprograms: ";
    for (layout, written) in layouts.iter().enumerate() {
        for ended in 0..15_u32 {
            let is_over = |at: &usize| ended >> at & 1 == 1;
            let entry = |at: usize| {
                let amount = if is_over(&at) { "終了" } else { "100" };
                let id = char::from(b"abcd"[at]);
                format!("{{id: {id}, title: {id}, requested: {amount}, prior: 5}}")
            };
            let text = head.to_owned() + &written([0, 1, 2, 3].map(entry));
            let next = next(&[("x", &text)]);
            for at in 0..4 {
                let id = char::from(b"abcd"[at]);
                assert_eq!(next.contains(&format!("{{id: {id},")), !is_over(&at), "{layout} {ended}: {next}");
                let all = [format!("behind {id}"), format!("above {id}"), format!("and {id}")];
                for comment in all.iter().filter(|comment| text.contains(*comment)) {
                    assert!(is_over(&at) || next.contains(comment), "{layout} {ended} {comment}: {next}");
                    // What stands beside others in a line says nothing of one alone.
                    let is_alone = layout != 3 && layout != 1;
                    assert!(
                        !(is_alone && is_over(&at) && next.contains(comment)),
                        "{layout} {ended} {comment}: {next}"
                    );
                }
            }
        }
    }
}
