//! What the workbooks of many offices have in common, and what a quick eye gets wrong in them.

use super::kinds::requested;
use super::several::book;
use super::{findings, lines, taken};
use gaisan::import::{Import, Options};

/// A workbook of one sheet.
fn sheet(rows: &str) -> Import {
    taken("要求.xlsx", book(&[("要求", rows)]))
}

#[test]
fn a_caption_in_any_brackets_gives_its_account_to_what_stands_below() {
    for [one, two] in
        [["（一般会計）", "（特別会計）"], ["【一般会計】", "【特別会計】"], ["１．一般会計", "２．特別会計"]]
    {
        for again in ["", "事項,要求額\n"] {
            let import = sheet(&format!(
                "令和9年度要求（単位：千円）\n{one}\n事項,要求額\n人件費,105\n事業費,260\n計,365\n\n{two}\n{again}人件費,70\n立地,40\n計,110\n\n合計,475\n"
            ));
            let accounts: Vec<Option<&str>> =
                import.chapters[0].lines.iter().map(|line| line.account.as_deref()).collect();
            let own = [Some("一般会計"), Some("特別会計")];
            let is_right = accounts == [own[0], own[0], own[1], own[1]]
                || lines(&import)[0].starts_with("一般会計") && lines(&import)[3].starts_with("特別会計");
            assert!(is_right, "{one} {again}: {accounts:?} {:?}", lines(&import));
            assert_eq!((requested(&import), findings(&import)), (475, Vec::new()), "{one} {again}");
        }
    }
}

#[test]
fn numbers_in_a_column_of_their_own_belong_to_the_words_beside_them() {
    let rows = |one: &str| {
        format!(
            "令和9年度要求,,,,（単位：千円）\n事項,,,,令和9年度要求額\n{one},海洋,,,700\n,(1),調査,,400\n,,①,深海,300\n,,②,沿岸,100\n,(2),教育,,300\n２,水産,,,100\n計,,,,800\n"
        )
    };
    for one in ["１", "Ⅰ", "第１"] {
        let import = sheet(&rows(one));
        assert_eq!(
            lines(&import),
            [
                "海洋: Requested 700",
                "  調査: Requested 400",
                "    深海: Requested 300",
                "    沿岸: Requested 100",
                "  教育: Requested 300",
                "水産: Requested 100"
            ],
            "{one}"
        );
        assert_eq!(findings(&import), Vec::<String>::new());
        assert_eq!(import.chapters[0].lines[0].children[0].number.as_deref(), Some("(1)"));
    }
}

#[test]
fn the_column_of_a_code_is_the_level_of_its_line() {
    let import = sheet(
        "令和9年度要求（単位：千円）\n款,項,目,事業名,要求額\n8,,,土木費,1500\n,4,,港湾費,900\n,,1,管理費,600\n,,2,建設費,300\n,5,,道路費,600\n,,1,管理費,500\n,,,うち橋梁,70\n,,2,建設費,100\n9,,,消防費,50\n合計,,,,1550\n",
    );
    let codes = |line: &gaisan::import::TakenLine| line.code.clone().unwrap_or_default();
    let top = &import.chapters[0].lines;
    assert_eq!(top.iter().map(codes).collect::<Vec<_>>(), ["8", "9"]);
    assert_eq!(top[0].children.iter().map(codes).collect::<Vec<_>>(), ["8-4", "8-5"]);
    assert_eq!(top[0].children[1].children.iter().map(codes).collect::<Vec<_>>(), ["8-5-1", "8-5-2"]);
    assert_eq!((requested(&import), findings(&import)), (1550, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn captions_of_one_kind_part_tables_of_one_header() {
    for [one, two] in [["■ 港湾局", "■ 航空局"], ["【港湾局】", "【航空局】"], ["１　港湾局", "２　航空局"]]
    {
        let import = sheet(&format!(
            "令和9年度要求（単位：千円）\n{one}\n事項,要求額\n人件費,105\n事業費,260\n計,365\n\n{two}\n事項,要求額\n人件費,70\n立地,40\n計,110\n\n合計,475\n"
        ));
        assert_eq!(import.chapters[0].lines.len(), 2, "{:?}", lines(&import));
        assert_eq!((requested(&import), findings(&import)), (475, Vec::new()), "{one}");
        assert!(
            lines(&import)[0].contains("港湾局") && lines(&import)[3].contains("航空局"),
            "{:?}",
            lines(&import)
        );
    }
    // Side by side under one title nothing tells them apart but their order.
    let beside = sheet(
        "令和9年度要求（単位：千円）\n事業,要求額,前年度,,事業,要求額,前年度\nA,1,2,,C,3,4\nB,1,2,,D,3,4\n",
    );
    let groups: Vec<&str> = beside.chapters[0].lines.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(groups, ["要求 (1)", "要求 (2)"]);
}

#[test]
fn what_follows_a_note_below_the_lines_is_a_note() {
    let import = sheet(
        "令和9年度要求（単位：千円）\n事項,要求額,備考\n観測,10,\n　ブイ,4,再掲\n計,10,\n（注）１．計数は四捨五入による。\n　　　２．上記のほか、復興特別会計に12千円を計上。\n　　　３．精査中。\n",
    );
    assert_eq!((lines(&import).len(), import.chapters[0].notes.len()), (2, 3), "{:?}", lines(&import));
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn a_mark_says_of_a_line_what_stands_above_it() {
    for mark in ["○", "◯", "✓"] {
        let import = sheet(&format!(
            "令和9年度重点要求（単位：百万円）\n№,新規,再掲,事業名,要求額,前年度\n1,{mark},,林業,50,\n2,,{mark},農業,30,25\n3,,,担い手,20,20\n,,,計,70,20\n"
        ));
        assert_eq!((requested(&import), findings(&import)), (70, Vec::new()), "{:?}", lines(&import));
        assert_eq!(lines(&import)[1], "農業 (Recount): Requested 30, Prior 25");
        assert_eq!(import.chapters[0].lines[0].notes, ["新規"]);
    }
    let left_out = sheet(
        "令和9年度要求（単位：千円）\n事項,要求額\n防災【再掲】,250\n事務費（再掲除く）,30\n計（再掲を除く）,30\n",
    );
    assert_eq!((requested(&left_out), findings(&left_out)), (30, Vec::new()));
}

#[test]
fn versions_of_a_sheet_are_not_added_up() {
    let first =
        "令和9年度要求（単位：千円）\n事業,要求額\n道路,100\n港湾,200\n空港,300\n鉄道,50\n河川,60\n計,710\n";
    let more = "令和9年度要求（単位：千円）\n事業,要求額\n道路,100\n港湾,200\n空港,300\n鉄道,50\n河川,60\n公園,30\n計,740\n";
    let other =
        "令和9年度要求（単位：千円）\n事業,要求額\n道路,150\n港湾,180\n空港,310\n鉄道,50\n公園,30\n計,720\n";
    for (names, rows, sum) in [
        (["8.25", "8.29"], [first, more], 740),
        (["甲", "乙"], [first, more], 740),
        (["一覧", "一覧 (2)"], [first, more], 710),
        (["要求", "要求（差替）"], [first, other], 720),
        (["修正後", "修正前"], [first, other], 710),
        (["案1", "案2"], [first, other], 720),
        (["request", "request v2"], [first, other], 720),
    ] {
        let import = taken("要求.xlsx", book(&[(names[0], rows[0]), (names[1], rows[1])]));
        assert_eq!((requested(&import), findings(&import).len()), (sum, 1), "{names:?} {:?}", lines(&import));
    }
    // Offices with the same kinds of costs are no versions of each other, whatever their sheets are called.
    for names in [["1", "2"], ["甲課", "乙課"]] {
        let import = taken("要求.xlsx", book(&[(names[0], first), (names[1], other)]));
        assert_eq!((requested(&import), findings(&import)), (1430, Vec::new()), "{names:?}");
    }
}

#[test]
fn sheets_of_other_offices_accounts_and_years_are_no_versions() {
    let of = |title: &str, wages: u32| {
        format!(
            "{title}\n令和9年度要求（単位：千円）\n事業,要求額\n人件費,100\n旅費,20\n庁費,30\n賃金,{wages}\n計,{}\n",
            150 + wages
        )
    };
    for (names, titles) in [
        (["港湾局", "航空局"], ["", ""]),
        (["要求（第１課）", "要求（第２課）"], ["", ""]),
        (["一般会計", "特別会計"], ["", ""]),
        (["様式1", "様式1 (2)"], ["要求書（港湾局）", "要求書（航空局）"]),
        (["Parks Department", "Police Department"], ["", ""]),
    ] {
        for wages in [5, 6] {
            let rows = [of(titles[0], 5), of(titles[1], wages)];
            let import = taken("要求.xlsx", book(&[(names[0], &rows[0]), (names[1], &rows[1])]));
            assert_eq!(
                (requested(&import), findings(&import)),
                (305 + i128::from(wages), Vec::new()),
                "{names:?}"
            );
            if wages == 5 {
                continue;
            }
            let files = names.map(|name| format!("{name}.csv")).into_iter().zip(rows.map(String::into_bytes));
            let import = gaisan::import::import(&files.collect::<Vec<_>>(), &Options::default());
            assert_eq!(
                (requested(&import), findings(&import)),
                (305 + i128::from(wages), Vec::new()),
                "{names:?}"
            );
        }
    }
    for names in [
        ["港湾局", "港湾局（修正後）"],
        ["港湾局修正前", "港湾局修正後"],
        ["一般会計", "一般会計 (2)"],
        ["甲", "乙"],
    ] {
        let rows = [of("", 5), of("", 5)];
        let sheets = book(&[(names[0], &rows[0]), (names[1], &rows[1])]);
        assert_eq!(requested(&taken("要求.xlsx", sheets.clone())), 155, "{names:?}");
        // What is named one by one is to be taken.
        let options = Options { sheets: names.map(str::to_owned).to_vec(), ..Options::default() };
        let both = gaisan::import::import(&[("要求.xlsx".to_owned(), sheets)], &options);
        assert_eq!((requested(&both), findings(&both)), (310, Vec::new()), "{names:?}");
    }
}

#[test]
fn what_stands_below_recounted_is_a_mark_whatever_it_says() {
    let import = sheet(
        "令和9年度要求（単位：千円）\n事業,要求額,再掲\n甲,1,有\n乙,2,－\n丙,4,再\n丁,8,無\n戊,16,◎\n己,32,3頁\n庚,64,一部\n辛,128,\n",
    );
    assert_eq!((requested(&import), findings(&import)), (202, Vec::new()), "{:?}", lines(&import));
    let notes: Vec<String> = import.chapters[0].lines.iter().flat_map(|line| line.notes.clone()).collect();
    assert_eq!(notes, ["再掲", "再掲", "再掲", "再掲（3頁）", "一部再掲"]);
}

#[test]
fn words_in_the_place_of_an_amount_are_no_header() {
    let import = sheet(
        "令和9年度要求（単位：千円）\n事業名,要求額\n道路事業,100\n備考,要求額は概数\n鉄道事業,300\n計,400\n",
    );
    assert_eq!((requested(&import), import.tables.len()), (400, 1), "{:?}", lines(&import));
    for (words, code) in [("事項要求（500）", "W0706"), ("事項要求※", "W0706"), ("要求中", "E0703")]
    {
        let import = sheet(&format!(
            "令和9年度要求（単位：千円）\n事業名,要求額\n道路事業,100\n港湾事業,{words}\n空港事業,200\n鉄道事業,300\n計,600\n"
        ));
        assert_eq!((requested(&import), import.tables.len()), (600, 1), "{words}");
        assert!(findings(&import).contains(&format!("{code} 要求.xlsx 要求!B4")), "{words}");
    }
}
