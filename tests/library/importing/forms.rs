//! What stands around the lines of a table and beside them: units in odd places, memoranda, remarks on rounding, columns that nothing
//! explains.

use gaisan::import::{Options, import};
use gaisan::model::Rounding;
use rust_xlsxwriter::Workbook;

use super::{findings, lines, taken, year};

#[test]
fn a_unit_is_found_below_the_heads_in_a_corner_in_a_head_in_notes_and_in_a_name() {
    let body = "観測網,10,12\n計,10,12\n";
    for csv in [
        format!("令和9年度要求,,千円\n事項,前年度予算額,要求額\n{body}"),
        format!("令和9年度要求,,金額：千円\n事項,前年度予算額,要求額\n{body}"),
        format!("令和9年度要求\n事項,前年度予算額,要求額\n,（千円）,（千円）\n{body}"),
        format!("令和9年度要求\n事項,前年度予算額,要求額\n,千円,千円\n,(A),(B)\n{body}"),
        format!("令和9年度要求\n千円,前年度予算額,要求額\n{body}"),
        format!("令和9年度要求\n区分（千円）,前年度予算額,要求額\n{body}"),
        format!("令和9年度要求\n事項,\"前年度予算額\n千円\",要求額\n{body}"),
        format!("令和9年度要求\n事項,前年度予算額,要求額\n{body}（注）単位は千円。\n"),
        format!("令和9年度要求（千円単位）\n事項,前年度予算額,要求額\n{body}"),
    ] {
        let import = taken("要求.csv", csv.clone());
        assert_eq!(findings(&import), Vec::<String>::new(), "{csv}");
        assert_eq!(lines(&import), ["観測網: Prior 10, Requested 12"], "{csv}");
        assert_eq!(import.chapters[0].unit, gaisan::model::Unit::THOUSAND_YEN, "{csv}");
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("要求（億円）").unwrap();
    for (row, cells) in (0..).zip([["事項", "R9要求額"], ["観測網", "12"]]) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(import.chapters[0].unit, gaisan::model::Unit::HUNDRED_MILLION_YEN);
}

#[test]
fn what_is_asked_for_otherwise_than_the_sheet_says_is_said() {
    let said = |rows: &str, options: Options| {
        let import = import(&[("要求.csv".to_owned(), rows.into())], &options);
        (findings(&import), lines(&import))
    };
    let rows = "令和9年度概算要求,（単位：千円）\n事項,要求額\n観測網,10\n";
    let unit = |text| Options { unit: gaisan::model::Unit::parse(text), ..Options::default() };
    let of_year = |text| Options { year: Some(year(text)), ..Options::default() };
    let expected = vec!["観測網: Requested 10".to_owned()];
    for (options, wrong) in [
        (unit("千円"), vec![]),
        (unit("百万円"), vec!["W0706 要求.csv B1".to_owned()]),
        (of_year("R9"), vec![]),
        (of_year("R10"), vec!["W0706 要求.csv A1".to_owned()]),
    ] {
        assert_eq!(said(rows, options), (wrong, expected.clone()));
    }
    assert_eq!(said("事項,R9要求額（千円）\n観測網,10\n", of_year("R10")).0, ["W0706 要求.csv B1"]);
    // A title may name last year, too.
    assert_eq!(
        said("令和8年度予算と令和9年度要求（千円）\n事項,要求額\n観測網,10\n", of_year("R9")).0,
        [""; 0]
    );
}

#[test]
fn a_unit_among_lines_holds_for_those_below_it() {
    let csv = "R9要求（千円）,,\n事項,前年度,要求額\n甲,9,10\n（内訳）単位：円,,\n　旅費,4000,4000\n　庁費,5000,6000\n乙,1,2\n計,10,12\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), ["W0706 要求.csv A4"]);
    let expected = ["甲: Prior 9, Requested 10", "  旅費: Prior 4,000円, Requested 4,000円"];
    assert_eq!(lines(&import)[..2], expected);
    assert_eq!(lines(&import)[3], "乙: Prior 1, Requested 2");
}

#[test]
fn units_of_other_currencies_are_understood_and_abbreviations_are_none() {
    for (title, unit) in [
        ("FY2027 Budget ($ in thousands)", "thousand USD"),
        ("FY2027 Budget ($000s)", "thousand USD"),
        ("FY2027 Budget, £m", "million GBP"),
        ("FY2027 Budget (€bn)", "billion EUR"),
    ] {
        let csv = format!("\"{title}\"\nProgram,Staff (FTE),FY2026 Enacted,FY2027 Request\nRivers,3,10,12\n");
        let import = taken("budget.csv", csv);
        assert_eq!(Some(import.chapters[0].unit), gaisan::model::Unit::parse(unit), "{title}");
    }
    let csv = "Ministry of Finance (MOF)\nProgram,FY2026 Enacted,FY2027 Request\nRivers,10,12\n";
    let import = taken("budget.csv", csv);
    assert_eq!(findings(&import), ["E0702 budget.csv A2"], "MOF is no currency");
}

#[test]
fn rows_for_reference_are_listed_and_not_added() {
    let csv = "事項,前年度予算額(千円),R9要求額(千円)\n観測網,10,12\n（参考）昨年度補正,7,8\n通信,5,7\n参考図書,1,1\n計,16,20\n（参考）\n復興特会,3,4\n合計,3,4\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(
        lines(&import),
        ["観測網: Prior 10, Requested 12", "通信: Prior 5, Requested 7", "参考図書: Prior 1, Requested 1",]
    );
    assert_eq!(
        import.left,
        [
            "要求.csv A3: only for reference `（参考）昨年度補正 7 8`",
            "要求.csv A7: only for reference `（参考）`",
            "要求.csv A8: only for reference `復興特会 3 4`",
            "要求.csv A9: only for reference `合計 3 4`",
        ]
    );
    assert_eq!(import.chapters[0].total[1].text, "20");
}

#[test]
fn a_remark_on_rounding_is_the_chapters_and_explains_totals_and_changes() {
    let of = |note: &str| {
        let csv = format!(
            "事項,前年度予算額(百万円),R9要求額(百万円),増減額\n観測網,10,13,2\n通信,20,24,4\n計,31,36,6\n{note}\n"
        );
        taken("要求.csv", csv)
    };
    for (note, rule) in [
        ("※四捨五入のため合計が一致しない場合がある。", Some(Rounding::HalfUp)),
        ("（注）端数処理により一致しない。", None),
    ] {
        let import = of(note);
        assert_eq!(findings(&import), Vec::<String>::new(), "{note}");
        assert_eq!(import.chapters[0].rounding, rule, "{note}");
    }
    let import = of("（注）単位未満切捨て");
    assert_eq!(import.chapters[0].rounding, Some(Rounding::Truncate));
    assert!(findings(&import).contains(&"W0704 要求.csv C4".to_owned()), "36 is less than what was cut off");
    assert!(!findings(&of("")).is_empty(), "without a remark nothing explains it");
}

#[test]
fn words_under_a_head_that_says_nothing_are_no_level_where_the_lines_are_told_apart_already() {
    let csv = "事業名,担当,着手,R9要求額(千円)\n観測網,甲課,R2.4より,1\n通信,甲課,R3.4より,2\n";
    let import = taken("要求.csv", csv);
    assert_eq!(lines(&import), ["観測網: Requested 1", "通信: Requested 2"]);
    assert_eq!(import.chapters[0].lines[0].notes, ["甲課", "R2.4より"]);
    // Where they tell lines apart that the words before them do not, they are one.
    let csv = "事業名,細別,R9要求額(千円)\n観測網,海底,1\n観測網,陸上,2\n通信,回線,3\n";
    let import = taken("要求.csv", csv);
    assert_eq!(
        lines(&import),
        ["観測網: ", "  海底: Requested 1", "  陸上: Requested 2", "通信: ", "  回線: Requested 3"]
    );
}

#[test]
fn heads_of_two_calendar_years_are_years() {
    let csv = "Departmental budgets (£ million)\n,2025-26,2026-27\n,budget,plans\nResource,120.5,130.1\nCapital,40,45.5\nTotal,160.5,175.6\n";
    let import = taken("budget.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    let years: Vec<u16> = import.chapters.iter().map(|chapter| chapter.year.western()).collect();
    assert_eq!(years, [2026]);
    assert_eq!(lines(&import)[0], "Resource: Prior 120.5, Requested 130.1");
}

#[test]
fn a_ratio_to_last_year_is_verified_as_what_it_is() {
    for (head, rates) in [("対前年度比", ["120.0%", "90.0%"]), ("対前年度比", ["20.0%", "-10.0%"])]
    {
        let [one, other] = rates;
        let csv = format!("事項,前年度予算額(千円),R9要求額(千円),{head}\n甲,10,12,{one}\n乙,10,9,{other}\n");
        let import = taken("要求.csv", csv);
        assert_eq!(findings(&import), Vec::<String>::new(), "{rates:?}");
        let taken = &import.tables[0].columns[3].taken;
        assert_eq!(taken, "rate, verified", "{rates:?}");
    }
}

#[test]
fn sheets_of_a_year_each_are_no_groups_and_accounts_above_tables_are_kept() {
    let mut book = Workbook::new();
    for (name, amount) in [("R8", 10), ("R9", 12)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, format!("令和{}年度要求（単位：千円）", &name[1..])).unwrap();
        sheet.write(1, 0, "事業名").unwrap();
        sheet.write(1, 1, "要求額").unwrap();
        sheet.write(2, 0, "観測網").unwrap();
        sheet.write(2, 1, amount).unwrap();
    }
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert_eq!((import.chapters.len(), lines(&import)), (2, vec!["観測網: Requested 12".to_owned()]));

    let csv = "（単位：千円）\n【一般会計】\n事項,前年度予算額,R9要求額\n河川,1,2\n計,1,2\n【特別会計】\n事項,前年度予算額,R9要求額\n復興,3,4\n計,3,4\n";
    let import = taken("要求.csv", csv);
    let accounts: Vec<_> = import.chapters[0].lines.iter().map(|line| line.account.as_deref()).collect();
    assert_eq!(accounts, [Some("一般会計"), Some("特別会計")]);
    assert_eq!(import.left, Vec::<String>::new());
}

#[test]
fn numbers_of_every_kind_are_levels() {
    let csv = "区分,８年度予算額(千円),R9要求額(千円)\n第１　一般経費,30,33\n１　人件費,20,22\n(1)　給与,15,16\n(2)　手当,5,6\n２　物件費,10,11\n第２　政策経費,5,7\n１　調査費,5,7\n合計,35,40\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    let said: Vec<String> =
        lines(&import).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(said, ["一般経費", "  人件費", "    給与", "    手当", "  物件費", "政策経費", "  調査費"]);
}

#[test]
fn shares_of_accounts_behind_an_amount_are_taken_as_such() {
    let csv = "区分,前年度（百万円）,R9要求額（百万円）,うち一般会計（百万円）,うち特別会計（百万円）\n観測網,10,12,8,4\n計,10,12,8,4\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    let amounts = &import.chapters[0].lines[0].amounts;
    let said: Vec<_> = amounts.iter().map(|it| (it.account.as_deref(), it.text.as_str())).collect();
    assert_eq!(said, [(None, "10"), (None, "12"), (Some("一般会計"), "8"), (Some("特別会計"), "4")]);
}

#[test]
fn amounts_that_say_their_own_unit_need_no_other() {
    for csv in [
        "R9要求\n事項,前年度予算額,要求額\n観測網,\"￥1,000\",\"¥1,200\"\n計,¥1000,¥1200\n",
        "R9要求\n事項,前年度予算額,要求額\n観測網,\"1,000円\",\"1,200円\"\n計,\"1,000円\",\"1,200円\"\n",
    ] {
        let import = taken("要求.csv", csv);
        assert_eq!(findings(&import), Vec::<String>::new(), "{csv}");
        assert_eq!(import.chapters[0].unit, gaisan::model::Unit::YEN);
        assert_eq!(import.chapters[0].lines[0].amounts[1].text, "1,200");
    }
    // One that says nothing may count anything.
    let csv = "R9要求\n事項,前年度予算額,要求額\n観測網,\"1,000円\",1200\n";
    assert_eq!(findings(&taken("要求.csv", csv)), ["E0702 要求.csv A2"]);
}

#[test]
fn changes_and_rates_are_known_by_their_heads_and_signs() {
    let csv = "事項,前年度予算額(千円),R9要求額(千円),\"対前年度\n増▲減額\",増減率（％）\n甲,10,12,+2,20.0\n乙,10,9,－1,-10.0\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    let said: Vec<&str> = import.tables[0].columns.iter().map(|column| column.taken.as_str()).collect();
    assert_eq!(said[3..], ["change, verified", "rate, verified"]);
    // What rates count in is what most of them fit, whatever their head says.
    for (head, rates, wrong) in [
        ("伸率", ["20.0", "-10.0", "11.1"], &[][..]),
        ("伸率", ["20.0", "-10.0", "5.0"], &["W0705 要求.csv D4"]),
        ("増減率（％）", ["0.2", "-0.1", "0.1111"], &[]),
        ("% Change", ["0.2", "-10%", "0.111"], &[]),
    ] {
        let [one, two, three] = rates;
        let csv = format!(
            "事項,前年度予算額(千円),R9要求額(千円),{head}\n甲,10,12,{one}\n乙,10,9,{two}\n丙,9,10,{three}\n"
        );
        assert_eq!(findings(&taken("要求.csv", csv)), wrong, "{head} {rates:?}");
    }
    assert_eq!(import.left, Vec::<String>::new());
}

#[test]
fn tables_side_by_side_are_called_after_their_heads_where_one_title_is_above_both() {
    let csv = "令和9年度予算要求,,,,（単位：千円）\n港湾事業,要求額,,道路事業,要求額\n税,30,,観測網,30\nSumme,30,,計,30\n";
    let import = taken("予算.csv", csv);
    assert_eq!(
        lines(&import),
        ["港湾事業: Requested 30", "  税: Requested 30", "道路事業: Requested 30", "  観測網: Requested 30"]
    );
}
