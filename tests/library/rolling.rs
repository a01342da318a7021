//! Next year's files where this year's have what does not go on.

use std::path::Path;

use gaisan::drafting::roll;
use gaisan::examine;
use gaisan::model::FiscalYear;
use gaisan::read::{self, Project};
use insta::assert_snapshot;

use crate::drafting::{copied, difference, said, written};

fn rolled(folder: &Path, to: u16, slots: bool) -> String {
    let plan = roll(&Project::default(), folder, FiscalYear::new(to).unwrap(), slots).unwrap();
    plan.apply().unwrap();
    let root = folder.parent().unwrap().parent().unwrap();
    said(&plan).replace(&root.display().to_string(), "budgets")
}

#[test]
fn the_next_years_files_have_only_what_is_not_settled() {
    for (from, year) in [("fy2022/mext-5", 2022), ("fy2023/mext-5", 2023), ("demo-en", 2027)] {
        let root = tempfile::tempdir().unwrap();
        let budgets = root.path().join("budgets");
        let folder = budgets.join(format!("fy{year}/x"));
        copied(from, &folder);
        let told = rolled(&folder, year + 1, false);
        let next = budgets.join(format!("fy{}/x", year + 1));
        assert_snapshot!(
            format!("roll_{year}"),
            format!("{told}{}", difference(&written(&folder), &written(&next)))
        );
        let reading = read::read(&[budgets]);
        assert_eq!(reading.requests.len(), 2);
        let examined = examine(&reading);
        let of = |year: u16| {
            let request = reading.requests.iter().find(|it| it.fiscal_year.value.western() == year).unwrap();
            let own = examined.findings.iter().filter(|finding| request.is_in(finding.primary.span.file));
            own.map(|finding| (finding.code, finding.subject.clone())).collect::<Vec<_>>()
        };
        let others: Vec<_> =
            of(year + 1).into_iter().filter(|it| it.0 != "W0307" && !of(year).contains(it)).collect();
        assert!(others.is_empty() && of(year + 1).iter().any(|it| it.0 == "W0307"), "{from} {others:#?}");
        let again =
            roll(&Project::default(), &folder, FiscalYear::new(year + 1).unwrap(), false).unwrap_err();
        assert!(again.contains("is there already"), "{again}");
    }
}

#[test]
fn what_was_enacted_is_next_years_prior_amount() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("R8/x");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("request.yaml");
    let text = "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  # 一\n  - {id: a, title: A, requested: \"1,200\", prior: 新規, enacted: \"1,100\", status: 新規}\n\n  # 二\n  - {id: b, title: B, requested: 終了, prior: 5}\n\n  # 三\n  - id: c\n    title: C\n    requested: 3+事項要求\n    prior: 4   # 前年\n    period: {from: R6, to: R8}\n    accounts: [{name: 一般会計, requested: 3+事項要求, prior: 4}]\n";
    std::fs::write(&file, text).unwrap();
    let told = rolled(&folder, 2027, true);
    let next = root.path().join("R9/x");
    assert_snapshot!(
        "roll_enacted",
        format!(
            "{told}{}---\n{}",
            written(&next),
            difference(text, &std::fs::read_to_string(&file).unwrap())
        )
    );
    let refused = |path: &Path, year: u16| {
        roll(&Project::default(), path, FiscalYear::new(year).unwrap(), false).unwrap_err()
    };
    assert!(refused(&folder, 2030).contains("no chapter of FY2029"));
    // A figure that cannot be read is not one that is not there.
    let wrong = root.path().join("R7/x");
    std::fs::create_dir_all(&wrong).unwrap();
    std::fs::write(wrong.join("request.yaml"), text.replace("R8\n", "R7\n").replace("\"1,100\"", "1,1OO"))
        .unwrap();
    assert!(refused(&wrong, 2026).contains("has errors; run `gaisan check`"));
    let nameless = root.path().join("here");
    copied("demo-en", &nameless);
    assert!(refused(&nameless, 2028).contains("does not name its year"));
}

#[test]
fn lines_that_ended_side_by_side_leave_the_next_year_together() {
    let of =
        |id: &str, requested: &str| format!("{{id: {id}, title: {id}, requested: {requested}, prior: 3}}");
    let lines = [of("a", "終了"), of("b", "終了"), of("c", "5"), of("d", "終了"), of("e", "終了")];
    let block: String = lines.iter().map(|line| format!("\n  - {line}")).collect();
    for list in [block.replace("\n", "\n\n"), block, format!(" [{}]", lines.join(", "))] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("budgets/fy2027/x");
        std::fs::create_dir_all(&folder).unwrap();
        let head = "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nrequested: 5\nprior: 15\nbreakdown: complete\n";
        std::fs::write(folder.join("request.yaml"), format!("{head}programs:{list}\n")).unwrap();
        rolled(&folder, 2028, false);
        let next = read::read(&[root.path().join("budgets/fy2028")]);
        let ids: Vec<&str> = next.requests[0].programs.iter().map(|it| it.line.id.value.as_str()).collect();
        assert_eq!(ids, ["c"], "{list}");
    }
}

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

/// Rolls the files of a chapter of R8, each a stage with its keys, and gives what was said and the prior amounts of the next year.
fn rolled_of(stages: &[(&str, &str)]) -> Result<String, String> {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("R8/x");
    std::fs::create_dir_all(&folder).unwrap();
    for (stage, keys) in stages {
        let text = format!(
            "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: {stage}\nunit: 百万円\n{keys}"
        );
        std::fs::write(folder.join(format!("{stage}.yaml")), text).unwrap();
    }
    let plan = roll(&Project::default(), &folder, FiscalYear::new(2027).unwrap(), false)?;
    plan.apply().unwrap();
    let reading = read::read(&[root.path().join("R9")]);
    let examined = examine(&reading);
    assert!(!examined.has_errors(), "{:#?}", examined.findings);
    let priors = examined.rollups.iter().flat_map(|rollup| &rollup.rows).map(|row| {
        let (line, said) = (row.line, reading.sources.slice(row.line.prior.money.span));
        let shares = line.accounts.iter().filter_map(|part| part.prior);
        let shares = shares.map(|it| format!(" / {}", reading.sources.slice(it.span)));
        let basis = if line.prior.is_initial() { "" } else { " (requested)" };
        format!("  {}: {said}{basis}{}\n", line.id.value, shares.collect::<String>())
    });
    Ok(said(&plan) + &priors.collect::<String>())
}

#[test]
fn only_what_was_enacted_or_requested_is_last_years_amount_whatever_the_stage_is() {
    let one = |amount: &str| {
        format!(
            "requested: {amount}\nprior: 100\nprograms: [{{id: a, title: A, requested: {amount}, prior: 100}}]\nbreakdown: complete\n"
        )
    };
    for stage in ["政府案", "補正予算", "決算"] {
        for amount in ["5", "\"-\"", "記載なし", "事項要求"] {
            let said = rolled_of(&[(stage, &one(amount))]).unwrap();
            assert!(said.contains("\n  x: 未定\n  a: 未定\n"), "{stage} {amount} {said}");
            assert!(said.contains("a  prior is 未定: a file of stage"), "{stage} {amount} {said}");
        }
    }
    // One beside the other: the enacted figure wherever it is, else the request.
    let of = |stages: &[(&str, &str)]| rolled_of(stages).unwrap();
    let said = of(&[("補正予算", &one("5")), ("概算要求", &one("120")), ("決算", &one("49"))]);
    assert!(said.ends_with("  x: 120 (requested)\n  a: 120 (requested)\n"), "{said}");
    let said = of(&[("補正予算", &one("5")), ("成立予算", &one("110")), ("決算", &one("49"))]);
    assert!(said.ends_with("  x: 110\n  a: 110\n"), "{said}");
    let settled = one("49").replace("prior: 100}", "prior: 100, enacted: 90}");
    assert!(of(&[("決算", &settled)]).ends_with("  x: 90百万円\n  a: 90\n"));
    // A line that came with the budget is named.
    let more = "requested: 130\nprior: 100\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: 110, prior: 100}\n  - {id: n, title: 追加, requested: 20, prior: 新規}\n";
    let said = of(&[("概算要求", &one("120").replace("complete", "partial")), ("成立予算", more)]);
    assert!(
        said.contains("n  is in the file of stage enacted only, and not in the next year: 追加\n"),
        "{said}"
    );
    // Nobody can say which of two budgets it was.
    let other = one("120").replace("prior: 100}", "prior: 100, enacted: 80}");
    let refused = rolled_of(&[("概算要求", &other), ("成立予算", &one("110"))]).unwrap_err();
    assert!(refused.ends_with("has errors; run `gaisan check` and correct them first"), "{refused}");
}

#[test]
fn a_share_of_an_open_amount_and_the_amount_beside_a_line_are_not_last_years() {
    let keys = "requested: 9+事項要求\nprior: 4\nbreakdown: complete\nprograms:\n  - id: a\n    title: A\n    requested: 9+事項要求\n    prior: 4\n    accounts: [{name: 一般会計, requested: 6, prior: 4}, {name: 特別会計, requested: 3+事項要求, prior: 0}]\n    notes:\n      - {kind: このほか, text: 補正, amount: 12}\n      - kind: in_addition\n        amount: 7百万円   # 額\n        text: 基金\n";
    let said = rolled_of(&[("概算要求", keys)]).unwrap();
    assert!(said.ends_with("  x: 未定\n  a: 未定 / 未定 / 未定\n"), "{said}");
    for note in ["補正（12百万円）", "基金（7百万円）"] {
        assert!(
            said.contains(&format!("a  the amount in its note `{note}` is this year's, and left out")),
            "{said}"
        );
    }
    let next = next(&[("x", keys)]);
    assert!(next.contains("{kind: このほか, text: 補正}") && !next.contains("7百万円 "), "{next}");
}

#[test]
fn years_are_written_as_the_last_one_was() {
    let to = |written: &str| {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("fy2027/x");
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "gaisan: 1\nid: x\ntitle: 'For {written}'\nlang: en\nministry: M\nfiscal_year: {written}\nstage: request\nunit: million USD\nprograms: [{{id: a, title: A, requested: 5, prior: 4}}]\n"
        );
        std::fs::write(folder.join("request.yaml"), text).unwrap();
        let told = rolled(&folder, 2028, false);
        let next = std::fs::read_to_string(root.path().join("fy2028/x/request.yaml")).unwrap();
        let year = next.lines().find_map(|line| line.strip_prefix("fiscal_year: ")).unwrap().to_owned();
        let names =
            told.lines().find_map(|line| line.split_once("still names ")).map(|(_, said)| said.to_owned());
        (year, names.unwrap_or_default())
    };
    for (written, next, named) in [
        ("FY2027/28", "FY2028/29", true),
        ("FY2027-28", "FY2028-29", true),
        ("2027–28", "2028–29", false),
        ("2027-2028", "2028-2029", false),
        ("FY 2027", "FY 2028", true),
        ("FY27", "FY28", true),
        ("２０２７年度", "２０２８年度", true),
        ("2027 年度", "2028 年度", false),
        ("令和９年度", "令和１０年度", true),
        ("令和 9 年度", "令和 10 年度", false),
        ("R09", "R10", false),
        ("r9", "r10", false),
        ("2027", "2028", false),
    ] {
        let (year, names) = to(written);
        assert_eq!(year, next, "{written}");
        assert_eq!(names, if named { format!("{written} in line 3") } else { String::new() }, "{written}");
    }
}

#[test]
fn what_lies_below_a_line_that_is_to_end_ends_with_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("R8/x");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: 1, prior: 1}\n  - id: b\n    title: B\n    requested: 3\n    prior: 3\n    period: {from: R6, to: R8}\n    breakdown: complete\n    children:\n      - {id: b-1, title: 一, requested: 1, prior: 1, accounts: [{name: 一般会計, requested: 1, prior: 1}]}\n      - {id: b-2, title: 二, requested: 2, prior: 2, period: {from: R7, to: R10}}\n";
    std::fs::write(folder.join("request.yaml"), text).unwrap();
    let told = rolled(&folder, 2027, false);
    let reading = read::read(&[root.path().join("R9")]);
    let all = gaisan::model::Program::all(&reading.requests[0].programs);
    let asked: Vec<String> =
        all.iter().map(|it| format!("{} {:?}", it.line.id.value, it.line.requested.money.value)).collect();
    assert_eq!(asked, ["a Undecided", "b Ended", "b-1 Ended", "b-2 Ended"]);
    assert!(told.contains("b-2  the line above it is to end, so `requested` is 終了"), "{told}");
    assert!(!examine(&reading).has_errors());
}

#[test]
fn a_folder_that_names_its_year_among_other_words_is_followed_by_one_of_the_same_style() {
    for (from, to) in [
        ("R9年度", Some("R10年度")),
        ("令和9年度", Some("令和10年度")),
        ("令和９年度概算要求", Some("令和１０年度概算要求")),
        ("2027年度（要求）", Some("2028年度（要求）")),
        ("fy2027_request", Some("fy2028_request")),
        ("r09-bosai", Some("r10-bosai")),
        ("R99年度", None),
        ("AR9", None),
        ("12027", None),
    ] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(from).join("x");
        std::fs::create_dir_all(&folder).unwrap();
        let text = "gaisan: 1\nid: x\ntitle: 章\nministry: 府\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: 1, prior: 1}\n";
        std::fs::write(folder.join("request.yaml"), text).unwrap();
        let plan = roll(&Project::default(), &folder, FiscalYear::new(2028).unwrap(), false);
        let path = plan.ok().and_then(|plan| Some(plan.files.keys().next()?.clone()));
        assert_eq!(path, to.map(|to| root.path().join(to).join("x/request.yaml")), "{from}");
    }
}

#[test]
fn words_of_a_budget_are_no_amount_of_last_year_and_files_that_cannot_be_read_stop_it() {
    let head = |stage: &str| {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: {stage}\nunit: 百万円\nbreakdown: complete\nprograms:\n"
        )
    };
    let request = head("概算要求")
        + "  - {id: a, title: 甲, requested: 5, prior: 4}\n  - {id: b, title: 乙, requested: 3, prior: 3}\n";
    for (word, broken) in [("終了", false), ("事項要求", false), ("終了", true)] {
        let project = tempfile::tempdir().unwrap();
        let folder = project.path().join("fy2027");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("request.yaml"), &request).unwrap();
        let mut budget = head("成立予算")
            + "  - {id: a, title: 甲, requested: 5, prior: 4}\n"
            + &format!("  - {{id: b, title: 乙, requested: {word}, prior: 3}}\n");
        if broken {
            budget += "  - {id: c, title: 丙, requested: 3, prior: 3\n";
        }
        std::fs::write(folder.join("budget.yaml"), budget).unwrap();
        let to = gaisan::model::FiscalYear::new(2028).unwrap();
        let plan = roll(&gaisan::read::Project::default(), &folder, to, false);
        match plan {
            Ok(plan) if !broken => {
                let text: String = plan.files.values().map(|text| String::from_utf8_lossy(text)).collect();
                assert!(text.contains("id: b, title: 乙, requested: 未定, prior: 未定"), "{text}");
            }
            Err(said) if broken => assert!(said.contains("budget.yaml` has errors"), "{said}"),
            other => panic!("{word} {broken}: {:?}", other.map(|plan| plan.changes)),
        }
    }
}
