//! Rows whose words are neither the name of a line nor known: totals of offices, 内訳, 新規 and 継続, places of names.

use super::{findings, lines, taken};

fn of(rows: &str) -> gaisan::import::Import {
    taken("要求.csv", format!("令和９年度予算要求（千円）,,\n事業,R8当初,R9要求額\n{rows}"))
}

#[test]
fn a_total_of_an_unknown_name_is_no_line_though_it_is_wrong() {
    for name in [
        "道路課計", "歳出計", "部計", "款計", "部局計", "一般会計計", "事業費計", "年度計", "再計",
        "2事業計", "計 2件", "歳出総額", "全体", "Overall", "All programs",
    ] {
        for wrong in ["15,19", "15,18", "15,190", "16,19"] {
            let import = of(&format!("道路,10,12\n橋,5,6\n{name},{wrong}\n"));
            let is_right = wrong == "15,18";
            assert_eq!(lines(&import).len(), 2, "{name} {wrong}: {:?}", lines(&import));
            let expected: &[&str] = if is_right { &[] } else { &["W0704 要求.csv C5"] };
            if wrong != "16,19" {
                assert_eq!(findings(&import), expected, "{name} {wrong}");
            }
            let import = of(&format!("道路,10,12\n橋,5,6\n{name},{wrong}\n公園,7,6\n合計,22,24\n"));
            assert_eq!(lines(&import).len(), 3, "{name} {wrong}: {:?}", lines(&import));
            assert_eq!(findings(&import).is_empty(), is_right, "{name} {wrong}: {:?}", findings(&import));
        }
    }
    // What measures is no total, and what nothing makes is said.
    for name in ["地震計", "人口統計", "積算設計"] {
        let import = of(&format!("道路,10,12\n橋,5,6\n{name},15,19\n"));
        assert_eq!((lines(&import).len(), findings(&import)), (3, Vec::new()), "{name}");
    }
    let import = of("道路,10,12\n橋,5,6\n道路課計,90,99\n");
    assert_eq!((lines(&import).len(), findings(&import)), (3, vec!["W0706 要求.csv B5".to_owned()]));
    // What the total of all counts is a line of such a name.
    let import = of("道路,10,12\n橋,5,6\n改計,16,19\n合計,31,37\n");
    assert_eq!((lines(&import).len(), findings(&import)), (3, Vec::new()));
}

#[test]
fn words_between_a_total_and_its_lines_are_no_line() {
    for word in ["＜内訳＞", "（内訳）", "内訳", "【内　訳】", "明細"] {
        let import = of(&format!("合計,15,18\n{word},,\n道路,10,12\n橋,5,6\n"));
        assert_eq!(lines(&import), ["道路: Prior 10, Requested 12", "橋: Prior 5, Requested 6"], "{word}");
        assert!(findings(&import).is_empty(), "{word}: {:?}", findings(&import));
    }
}

#[test]
fn marks_in_the_place_of_a_name_stay_in_the_title() {
    let import = of("○○市社会福祉協議会,10,12\n□□地区ほ場整備,5,6\n△△川,1,1\n");
    let titles: Vec<&str> = import.chapters[0].lines.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(titles, ["○○市社会福祉協議会", "□□地区ほ場整備", "△△川"]);
}

#[test]
fn what_says_of_each_line_whether_it_is_new_is_a_remark() {
    for (order, total) in [("区分,事業名", "合計,"), ("事業名,区分", ",合計"), ("区分,事業名", ",合計")]
    {
        let row = |kind: &str, name: &str| {
            if order.starts_with('区') { format!("{kind},{name}") } else { format!("{name},{kind}") }
        };
        let csv = format!(
            "令和９年度予算要求（千円）,,,\n{order},予算要求額,前年度予算額\n{},45,－\n{},320,150\n{},2,－\n{total},367,150\n",
            row("新規", "こども園"),
            row("拡充", "給食"),
            row("新規", "無線"),
        );
        let import = taken("要求.csv", csv);
        let titles: Vec<&str> = import.chapters[0].lines.iter().map(|line| line.title.as_str()).collect();
        assert_eq!(titles, ["こども園", "給食", "無線"], "{order}");
        assert_eq!(import.chapters[0].lines[1].notes, ["拡充"]);
        assert!(findings(&import).is_empty(), "{:?}", findings(&import));
    }
}

#[test]
fn the_account_and_the_ministry_may_stand_beside_their_labels() {
    for (label, account) in [
        ("会計", "一般会計"),
        ("会計名", "国民健康保険特別会計"),
        ("会計区分：", "一般会計"),
        ("会計", "国民健康保険特別会計"),
    ] {
        let csv = format!(
            "令和９年度要求書（千円）,,\n所管,防災庁,\n{label},{account},\n事業,R8当初,R9要求\n公園,10,20\n道路,5,6\n計,15,26\n"
        );
        let import = taken("要求.csv", csv);
        let [one, two] = [0, 1].map(|at| import.chapters[0].lines[at].account.as_deref());
        assert_eq!((one, two), (Some(account), Some(account)), "{label}");
        assert_eq!(import.chapters[0].ministry.as_deref(), Some("防災庁"));
        assert!(import.left.is_empty(), "{:?}", import.left);
    }
}

#[test]
fn last_year_in_brackets_is_last_year() {
    let csv = "令和９年度　当初予算案,,\n事業名,予算額,（前年度）\nこども園,45千円,（40千円）\n給食,320千円,（150千円）\n";
    let figures = ["こども園: Requested 45千円, Prior 40千円", "給食: Requested 320千円, Prior 150千円"];
    let import = taken("要求.csv", csv);
    assert!(findings(&import).is_empty(), "{:?}", findings(&import));
    let of = |import: &gaisan::import::Import| {
        lines(import).iter().map(|line| line.replace("千円", "")).collect::<Vec<_>>()
    };
    assert_eq!(of(&import), figures.map(|line| line.replace("千円", "")));
    let csv = "令和９年度　当初予算案（千円）,,\n事業名,予算額,（前年度予算額）\nこども園,45,（40）\n給食,320,（150）\n";
    let import = taken("要求.csv", csv);
    assert_eq!(
        (of(&import), findings(&import)),
        (figures.map(|line| line.replace("千円", "")).to_vec(), Vec::new())
    );
}

#[test]
fn the_title_of_several_sheets_is_what_theirs_have_in_common() {
    let rows = "事業,R9要求額（千円）\n公園,10\n";
    for (one, two, expected) in [
        (
            "令和9年度予算要求書（一般会計）",
            "令和9年度予算要求書（国民健康保険特別会計）",
            "令和9年度予算要求書",
        ),
        ("令和9年度予算要求書　総務課", "令和9年度予算要求書　税務課", "令和9年度予算要求書"),
        ("令和9年度総務課要求", "令和9年度税務課要求", "令和9年度総務課要求"),
    ] {
        let book =
            super::several::book(&[("甲", &format!("{one}\n{rows}")), ("乙", &format!("{two}\n{rows}"))]);
        let import = taken("要求.xlsx", book);
        assert_eq!(import.chapters[0].title.as_deref(), Some(expected));
    }
}

#[test]
fn a_row_that_says_remark_is_a_remark_on_the_line_above_it() {
    let import = of("道路,10,12\n備考,R8限り,\n橋,5,6\n計,15,18\n備考,庁舎は別途,\n");
    assert_eq!(lines(&import), ["道路: Prior 10, Requested 12", "橋: Prior 5, Requested 6"]);
    assert_eq!(
        (&import.chapters[0].lines[0].notes, findings(&import)),
        (&vec!["R8限り".to_owned()], Vec::new())
    );
    assert_eq!(import.chapters[0].notes, ["庁舎は別途"]);
}

#[test]
fn the_lines_of_files_of_several_offices_are_groups() {
    let rows = |lines: &str| format!("事業,R9要求額（千円）\n{lines}");
    let (roads, taxes) = (rows("道路,10\n橋,5\n"), rows("電算,3\n"));
    for [one, two] in [
        [("a.csv", "令和9年度予算要求（道路課）\n"), ("b.csv", "令和9年度予算要求（税務課）\n")],
        [("a.csv", "令和9年度予算要求\n道路課\n"), ("b.csv", "令和9年度予算要求\n税務課\n")],
        [("a.csv", "令和9年度予算要求\n所属：道路課\n"), ("b.csv", "令和9年度予算要求\n所属：税務課\n")],
        [("道路課.csv", "令和9年度予算要求\n"), ("税務課.csv", "令和9年度予算要求\n")],
    ] {
        let files = [(one, &roads), (two, &taxes)]
            .map(|((name, title), rows)| (name.to_owned(), format!("{title}{rows}").into_bytes()));
        let import = gaisan::import::import(&files, &Default::default());
        let expected =
            ["道路課: ", "  道路: Requested 10", "  橋: Requested 5", "税務課: ", "  電算: Requested 3"];
        assert_eq!(lines(&import), expected, "{}", one.1);
    }
    // The total of a file is that of its group.
    let files = [("道路課.csv", format!("{roads}計,15\n")), ("税務課.csv", format!("{taxes}計,3\n"))]
        .map(|(name, rows)| (name.to_owned(), format!("令和9年度予算要求\n{rows}").into_bytes()));
    let import = gaisan::import::import(&files, &Default::default());
    assert_eq!(lines(&import)[0], "道路課: Requested 15");
    // Where nothing tells offices apart they are lines of one list.
    let files = [("a.csv", &roads), ("b.csv", &taxes)]
        .map(|(name, rows)| (name.to_owned(), format!("令和9年度予算要求\n{rows}").into_bytes()));
    assert_eq!(lines(&gaisan::import::import(&files, &Default::default())).len(), 3);
}

#[test]
fn files_of_offices_that_ask_for_as_much_are_all_taken() {
    let rows = "事業,R8当初（千円）,R9要求額（千円）\n事務費,4,10\n備品費,5,5\n";
    for place in 0..4 {
        // Bytes that are the same are one file, whatever it is called.
        let files = [("甲", "道路課", ""), ("乙", "税務課", "\n"), ("丙", "総務課", "\n\n")];
        let files = files.map(|(name, office, end)| {
            let head = ["令和9年度予算要求（@）\n", "令和9年度予算要求\n@\n", "令和9年度予算要求\n所属：@\n"];
            let head = head.get(place).unwrap_or(&"令和9年度予算要求\n").replace('@', office);
            let file = if place == 3 { office } else { name };
            (format!("{file}.csv"), format!("{head}{rows}{end}").into_bytes())
        });
        let import = gaisan::import::import(&files, &Default::default());
        let groups: Vec<_> = import.chapters[0].lines.iter().map(|line| line.title.as_str()).collect();
        assert_eq!(groups, ["道路課", "税務課", "総務課"], "{place}");
        assert_eq!((lines(&import).len(), findings(&import)), (9, Vec::new()), "{place}");
    }
    // Where nothing tells offices apart it is the same money twice.
    let files =
        ["甲", "乙"].map(|file| (format!("{file}.csv"), format!("令和9年度（千円）\n{rows}{file}計,9,15\n")));
    let files = files.map(|(name, text)| (name, text.into_bytes()));
    let import = gaisan::import::import(&files, &Default::default());
    assert_eq!((lines(&import).len(), findings(&import).len()), (2, 1));
}
