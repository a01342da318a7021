//! Rows that add up others: their names, what they verify, and what is a share of one.

use super::kinds::{requested, sheet};
use super::{findings, lines};

#[test]
fn a_total_above_its_lines_is_verified() {
    let below = "Ⅰ 甲,100,90\n１ 甲一,60,50\n２ 甲二,40,40\nⅡ 乙,75,80\n１ 乙一,70,75\n２ 乙二,5,5\n";
    for (total, expected) in [
        ("合計,175,170\n", &[][..]),
        ("計,175,170\n", &[]),
        ("合計,185,170\n", &["W0704 要求.csv B4"]),
        ("計,175,171\n", &["W0704 要求.csv C4"]),
    ] {
        for end in ["", "合計,175,170\n"] {
            let import = sheet(&format!("事項,要求額,前年度\n{total}{below}{end}"));
            assert_eq!(findings(&import), expected, "{total}{end}");
            let said = import.left.join("\n");
            assert!(!said.contains("B4"), "{said}");
        }
    }
    // And so is one that stands below the heading of a group.
    let group = |total: &str| {
        sheet(&format!(
            "事項,要求額\n一般会計,\n計,{total}\n甲,60\n乙,40\n特別会計,\n計,75\n丙,75\n合計,175\n"
        ))
    };
    assert_eq!(findings(&group("100")), Vec::<String>::new());
    assert_eq!(findings(&group("101")), ["W0704 要求.csv B5"]);
    assert_eq!(lines(&group("100"))[..2], ["一般会計: Requested 100", "  甲: Requested 60"]);
}

#[test]
fn totals_have_many_names() {
    for name in [
        "合計額", "(合計)", "【合計】", "合計：", "総額", "要求総額", "全体", "計Ａ", "計1", "計①",
        "計 (1)+(2)", "SUM", "累計", "計",
    ] {
        let import = sheet(&format!("事項,前年度,要求額\n甲,100,120\n乙,50,40\n{name},150,160\n"));
        assert_eq!(lines(&import).len(), 2, "{name}: {:?}", lines(&import));
        assert_eq!(findings(&import), Vec::<String>::new(), "{name}");
    }
    let import = sheet("事項,要求額\n甲,120\n累計,120\n乙,40\n累計,160\n丙,5\n累計,165\n");
    assert_eq!((lines(&import).len(), findings(&import)), (3, Vec::new()));
}

#[test]
fn what_adds_up_the_lines_beside_it_is_added_once_and_asked_about() {
    for (rows, sum) in [
        ("甲,100,120\n乙,50,40\n所要見込,150,160\n", 160),
        ("所要見込,150,160\n甲,100,120\n乙,50,40\n丙,1,1\n", 161),
        ("甲,1000,\n乙,123,\n丙,456,\n丁,421,\n", 0),
    ] {
        let import = sheet(&format!("事項,前年度,要求額\n{rows}"));
        let [finding] = &import.findings[..] else { panic!("{rows}: {:?}", findings(&import)) };
        assert!(finding.message.contains("has the amounts of the"), "{}", finding.message);
        assert!(sum == 0 || requested(&import) == sum, "{:?}", lines(&import));
    }
    // Lines numbered alike stand side by side, and two amounts may make a third by chance.
    let import = sheet("事項,前年度,要求額\n１．甲,150,160\n２．乙,100,120\n３．丙,50,40\n");
    assert_eq!((requested(&import), findings(&import)), (320, vec!["W0706 要求.csv B4".to_owned()]));
    assert_eq!(findings(&sheet("事項,要求額\n甲,1\n乙,2\n丙,3\n")), Vec::<String>::new());
    // What the total says needs no question.
    let import = sheet("事項,前年度,要求額\n甲,150,160\n乙,100,120\n丙,50,40\n合計,300,320\n");
    assert_eq!((requested(&import), findings(&import)), (320, Vec::new()));
}

#[test]
fn of_several_readings_that_one_is_meant_which_totals_verify() {
    for [one, a, a1, b, two] in [
        ["1 ", "1-1 ", "1-1-1 ", "1-2 ", "2 "],
        ["◎", "○", "・", "○", "◎"],
        ["■", "□", "-", "□", "■"],
        ["I. ", "A. ", "1. ", "B. ", "II. "],
        ["I 甲", "A. ", "a) ", "B. ", "II 乙"],
        ["", "├ ", "│├ ", "└ ", ""],
        ["A. ", "(1) ", "(a) ", "(2) ", "B. "],
        ["①", "(1) ", "ア ", "(2) ", "②"],
        ["", "　", "　", "　", ""],
        ["", "", "", "", ""],
    ] {
        let second = a1.replace('1', "2").replace("1-2-1", "1-1-2").replace("a)", "b)").replace('ア', "イ");
        let second = if a1 == "1-1-1 " { "1-1-2 ".to_owned() } else { second };
        let rows = format!(
            "{one}観測,150,160\n{a}海底,100,120\n{a1}船体,60,70\n{second}機器,40,50\n{b}潮位,50,40\n{two}通信,10,10\n"
        );
        for total in ["合計,160,170\n", ""] {
            let import = sheet(&format!("事項,前年度,要求額\n{rows}{total}"));
            let said = lines(&import);
            assert_eq!(requested(&import), 170, "{one}{a}{a1}: {said:?}");
            let depths: Vec<usize> = said.iter().map(|line| line.len() - line.trim_start().len()).collect();
            assert_eq!(depths, [0, 2, 4, 4, 2, 0], "{one}{a}{a1}: {said:?}");
            let is_asked = !total.is_empty() || one.chars().chain(a.chars()).any(|c| !c.is_whitespace());
            assert_eq!(findings(&import).is_empty(), is_asked, "{one}{a}{a1}: {:?}", findings(&import));
        }
    }
    // One printed total tells that a group has a single line, and that marks are none of levels.
    let import = sheet("事項,要求額\n観測,30\n海底,30\n通信,10\n合計,40\n");
    assert_eq!((requested(&import), findings(&import)), (40, Vec::new()));
    let import = sheet("事項,要求額\n○観測,30\n●海底,20\n○通信,10\n合計,60\n");
    assert_eq!((requested(&import), findings(&import)), (60, Vec::new()));
}

#[test]
fn shares_of_accounts_stand_below_years_as_below_amounts() {
    for (one, other, whole) in [
        ("一般会計", "特別会計", "計"),
        ("一般", "特別", "合 計"),
        ("General Fund", "Special Funds", "Total"),
    ] {
        let accounts = format!("{one},{other},{whole}");
        let import = sheet(&format!(
            "事項,令和8年度,,,令和9年度,,\n,{accounts},{accounts}\n甲,60,40,100,80,40,120\n乙,50,0,50,30,10,40\n計,110,40,150,110,50,160\n"
        ));
        assert_eq!(findings(&import), Vec::<String>::new());
        assert_eq!(import.chapters.len(), 1);
        let amounts = import.chapters[0].lines[0].amounts.iter();
        let said: Vec<(&str, &str)> =
            amounts.map(|it| (it.account.as_deref().unwrap_or("-"), it.text.as_str())).collect();
        assert_eq!(
            said,
            [(one, "60"), (other, "40"), ("-", "100"), (one, "80"), (other, "40"), ("-", "120")]
        );
    }
}

#[test]
fn parts_of_a_total_are_no_parts_of_the_line_above_it() {
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n乙,50,40\n合計,150,160\nうち一般会計,100,110\nうち特別会計,50,50\n",
    );
    assert_eq!(lines(&import), ["甲: Prior 100, Requested 120", "乙: Prior 50, Requested 40"]);
    assert_eq!(import.left.len(), 2, "{:?}", import.left);
}

#[test]
fn words_that_begin_as_totals_and_asides_do_are_words() {
    for title in ["小計画の策定", "うちわ祭り", "うち水の普及", "内数学教育", "再掲示板"]
    {
        let import = sheet(&format!("事項,前年度,要求額\n甲,100,120\n{title},50,40\n合計,150,160\n"));
        assert_eq!((lines(&import).len(), findings(&import)), (2, Vec::new()), "{title}");
    }
}

#[test]
fn a_total_is_that_of_the_group_beside_it() {
    let import = sheet(
        "局,事業,前年度,要求額\n港湾局,局計,150,160\n,甲,100,120\n,乙,50,40\n道路局,局計,10,10\n,丙,10,10\n総計,,160,170\n",
    );
    assert_eq!(lines(&import).len(), 5, "{:?}", lines(&import));
    assert_eq!(findings(&import), Vec::<String>::new());
    // What a heading below the total says is counted elsewhere is listed.
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n乙,50,40\n合計,150,160\n（再掲）,,\nデジタル,30,35\nGX,20,22\n",
    );
    assert_eq!((lines(&import).len(), findings(&import), import.left.len()), (2, Vec::new(), 3));
}

#[test]
fn accounts_set_in_below_a_total_are_its_shares() {
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n　一般会計,60,80\n　特別会計,40,40\n乙,50,40\n　一般会計,50,40\n計,150,160\n　一般会計,110,120\n　特別会計,40,40\n",
    );
    assert_eq!((requested(&import), findings(&import), import.left.len()), (160, Vec::new(), 2));
    let import = sheet("事項,要求額\n甲,10\n一般会計計,10\n特別会計,5\n合計,15\n");
    assert_eq!((requested(&import), findings(&import)), (15, Vec::new()));
}

#[test]
fn what_is_left_behind_a_deduction_is_a_total_if_the_lines_make_it() {
    for [less, net] in [["Less: transfers", "Net budget"], ["控除", "差引額"]] {
        let import = sheet(&format!(
            "事項,前年度,要求額\n甲,100,120\n乙,50,40\nTotal,150,160\n{less},-10,-15\n{net},140,145\n"
        ));
        assert_eq!(
            (lines(&import).len(), requested(&import), findings(&import)),
            (3, 145, Vec::new()),
            "{net}"
        );
    }
    let import = sheet("事項,前年度,要求額\nNet repairs,100,120\nNests,50,40\nTotal,150,160\n");
    assert_eq!((lines(&import).len(), findings(&import)), (2, Vec::new()));
}

#[test]
fn what_pages_carry_over_is_a_check() {
    let import = sheet(
        "事項,要求額,前年度\n甲,10,9\n乙,20,18\n頁計,30,27\n- 1 -,,\n事項,要求額,前年度\n前頁より繰越,30,27\n丙,30,30\n丁,40,41\n頁計,100,98\n合計,100,98\n",
    );
    assert_eq!((lines(&import).len(), findings(&import)), (4, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn a_line_called_like_a_total_is_one_where_the_total_of_all_counts_it() {
    let rows = |total| format!("事項,要求額\nOps,1234\nTotal Quality Program,500\nGrants,89\n計,{total}\n");
    let import = sheet(&rows(1823));
    assert_eq!((requested(&import), findings(&import)), (1823, Vec::new()));
    assert_eq!(findings(&sheet(&rows(1323))), ["W0704 要求.csv B5"]);
    for total in ["Ⅰ＋Ⅱ", "①＋②", "(A)+(B)"] {
        let import = sheet(&format!(
            "事項,要求額\nⅠ 一般会計,\n１ 人件費,500\n２ 物件費,300\n計,800\nⅡ 特別会計,\n１ 人件費,150\n計,150\n{total},950\n"
        ));
        assert_eq!((requested(&import), findings(&import)), (950, Vec::new()), "{total}");
    }
}
