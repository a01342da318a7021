//! Workbooks and CSV files as offices keep them, and what is taken of them.

use gaisan::import::{Aside, Figure, Import, Map, Options, TakenLine, import};
use gaisan::model::{FiscalCalendar, FiscalYear, Unit};
use rust_xlsxwriter::{Format, Formula, Note, Workbook};

/// Sheets with something to look at, each of another kind.
pub(crate) const ODD: [&str; 4] = [
    "（単位：千円）,,（単位：百万円）\n事項,前年度予算額,R9要求額,増減額,イ欄\n甲,(139),#REF!,#VALUE!,3\n乙（内数）,2,5,#VALUE!,\n丙,,,,\n,1,2,3,\n計,143,9,1,\n",
    "事項,要求額\n甲,1\n",
    "id,parent,name,R9要求額（千円）\na,z,甲,1\nb,c,乙,1\nc,b,丙,0.00001\n",
    "事項,R9要求額（千円）\n甲,2026-08-31\n乙,一式\n計,7\n",
];

pub(crate) fn taken(name: &str, bytes: impl Into<Vec<u8>>) -> Import {
    import(&[(name.to_owned(), bytes.into())], &Options::default())
}

fn year(text: &str) -> FiscalYear {
    FiscalYear::parse(text).unwrap()
}

/// The lines of the newest chapter as text: depth, title, and the figures with the first letters of their names.
fn lines(import: &Import) -> Vec<String> {
    fn say(line: &TakenLine, depth: usize, said: &mut Vec<String>) {
        let figures: Vec<String> =
            line.amounts.iter().map(|amount| format!("{:?} {}", amount.figure, amount.text)).collect();
        let aside = line.aside.map(|aside| format!(" ({aside:?})")).unwrap_or_default();
        said.push(format!("{}{}{aside}: {}", "  ".repeat(depth), line.title, figures.join(", ")));
        line.children.iter().for_each(|child| say(child, depth + 1, said));
    }
    let mut said = Vec::new();
    import
        .chapters
        .first()
        .into_iter()
        .flat_map(|chapter| &chapter.lines)
        .for_each(|line| say(line, 0, &mut said));
    said
}

/// The findings as code and place.
fn findings(import: &Import) -> Vec<String> {
    let place = |span: gaisan::source::Span| import.sources.file(span.file).name.clone();
    import
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.code, place(finding.primary.span)))
        .collect()
}

/// A request as ministries keep it: a title, the unit in a corner, a header over two rows, numbers, a subtotal, a total, a note.
fn request() -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("総括表").unwrap();
    sheet.write(0, 1, "令和９年度　概算要求総括表").unwrap();
    sheet.write(1, 5, "（単位：千円）").unwrap();
    let plain = Format::new();
    sheet.merge_range(2, 1, 3, 1, "事　項", &plain).unwrap();
    sheet.merge_range(2, 2, 3, 2, "令和８年度\n予算額(A)", &plain).unwrap();
    sheet.merge_range(2, 3, 2, 4, "令和９年度", &plain).unwrap();
    for (column, header) in [(3, "要求額"), (4, "要望額")] {
        sheet.write(3, column, header).unwrap();
    }
    sheet.merge_range(2, 5, 3, 5, "増△減額", &plain).unwrap();
    sheet.merge_range(2, 6, 3, 6, "備　考", &plain).unwrap();
    for (row, cells) in [
        (5, vec!["１．観測網の整備"]),
        (6, vec!["　（１）海底ケーブル", "3,200", "３，６００", "500"]),
        (7, vec!["　（２）潮位観測所", "1,804", "2,020", "－"]),
        (8, vec!["　　小　計", "5,004", "5,620", "500"]),
        (9, vec!["２．避難情報", "△ 12", "事項要求", "－"]),
        (10, vec!["　うち訓練（再掲）", "3", "4", "－"]),
        (11, vec!["３．運航費", "－", "1,110", "－", "", "新規"]),
        (12, vec!["合　　計", "4,992", "6,730", "500"]),
        (14, vec!["（注）計数は四捨五入による。"]),
    ] {
        for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, 1 + u16::try_from(at).unwrap(), *text).unwrap();
        }
    }
    book
}

#[test]
fn a_ministrys_workbook_is_taken_as_it_is() {
    let import = taken("要求.xlsx", request().save_to_buffer().unwrap());
    assert_eq!(
        lines(&import),
        [
            "観測網の整備: Prior 5,004, Request 5,620, Wish 500",
            "  海底ケーブル: Prior 3,200, Request 3,600, Wish 500",
            "  潮位観測所: Prior 1,804, Request 2,020, Wish -",
            "避難情報: Prior -12, Request 事項要求, Wish -",
            "  うち訓練（再掲） (Recount): Prior 3, Request 4, Wish -",
            "運航費: Prior 新規, Request 1,110, Wish -",
        ]
    );
    let [chapter] = &import.chapters[..] else { panic!("one chapter") };
    assert_eq!((chapter.year, chapter.unit), (year("R9"), Unit::THOUSAND_YEN));
    assert_eq!(chapter.notes, ["（注）計数は四捨五入による。"]);
    assert_eq!(chapter.title.as_deref(), Some("令和９年度 概算要求総括表"));
    assert!(chapter.lines[0].is_complete);
    assert_eq!(chapter.lines[0].children[1].number.as_deref(), Some("（２）"));
    assert_eq!(chapter.lines[0].amounts[0].place.cell.to_string(), "C9", "the subtotal's own cell");
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn what_does_not_add_up_is_said_at_its_cell_and_kept() {
    let csv = "事項,前年度予算額(千円),R9要求額(千円),増減額\n観測網,10,20,10\n通信,5,7,3\n計,15,28,13\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), ["W0705 要求.csv D3", "W0705 要求.csv D3", "W0704 要求.csv C4"][1..]);
    let chapter = &import.chapters[0];
    let total: Vec<&str> = chapter.total.iter().map(|amount| amount.text.as_str()).collect();
    assert_eq!(total, ["15", "28"], "the printed figures");
    assert!(import.has_findings() && !import.is_unreadable());
}

#[test]
fn neither_unit_nor_year_is_guessed() {
    let csv = "事項,前年度予算額,要求額\n観測網,10,20\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), ["E0702 要求.csv A1"]);
    assert!(import.is_unreadable());
    let said = |options: &Options| gaisan::import::import(&[("要求.csv".to_owned(), csv.into())], options);
    let with_unit = Options { unit: Some(Unit::MILLION_YEN), ..Options::default() };
    assert!(said(&with_unit).is_unreadable(), "the year is still open");
    let import = said(&Options { year: Some(year("R9")), ..with_unit });
    assert_eq!(lines(&import), ["観測網: Prior 10, Requested 20"]);
}

#[test]
fn cells_that_hold_no_amount_are_errors_and_never_zero() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["事項", "R9要求額（百万円）"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), *header).unwrap();
    }
    for (row, name) in
        (1..).zip(["noise", "fine", "formula", "error", "struck", "percent", "brackets", "zero"])
    {
        sheet.write(row, 0, name).unwrap();
    }
    sheet.write(1, 1, 358.878_000_000_000_04).unwrap();
    sheet.write(2, 1, 0.123_456_789).unwrap();
    sheet.write_formula(3, 1, Formula::new("=SUM(B2:B3)").set_result("")).unwrap();
    sheet.write_formula(4, 1, Formula::new("=#REF!").set_result("#REF!")).unwrap();
    sheet.write_with_format(5, 1, 12, &Format::new().set_font_strikethrough()).unwrap();
    sheet.write(7, 1, "(139)").unwrap();
    sheet.write(8, 1, 0).unwrap();
    sheet.write(6, 1, 3).unwrap();
    sheet.insert_note(1, 1, &Note::new("局長指示").add_author_prefix(false)).unwrap();
    sheet.set_row_hidden(6).unwrap();
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(
        lines(&import)[..2],
        ["noise: Requested 358.878".to_owned(), "fine: ".to_owned()],
        "fifteen digits, and no rounding of what was meant"
    );
    let found = findings(&import);
    for expected in [
        "E0703 要求.xlsx Sheet1!B3",
        "E0703 要求.xlsx Sheet1!B5",
        "W0706 要求.xlsx Sheet1!B6",
        "W0706 要求.xlsx Sheet1!B8",
    ] {
        assert!(found.contains(&expected.to_owned()), "{expected} in {found:?}");
    }
    assert!(lines(&import).contains(&"zero: Requested 0".to_owned()));
    assert_eq!(import.left, ["要求.xlsx Sheet1!B2: comment `局長指示`"]);
    let said = import.tables[0].said.join("\n");
    assert!(said.contains("1 of its rows are hidden and were read"), "{said}");
}

#[test]
fn columns_of_levels_codes_and_an_adjacency_list_make_a_tree() {
    let flat = "所管,部コード,部名,目名,R7年度予算額(千円)\n国会,05,雑収入,貸付料,10\n国会,05,雑収入,使用料,20\n裁判所,04,資産整理,償還金,5\n";
    let import = taken("歳入.csv", flat);
    assert_eq!(
        lines(&import),
        [
            "国会: ",
            "  雑収入: ",
            "    貸付料: Requested 10",
            "    使用料: Requested 20",
            "裁判所: ",
            "  資産整理: ",
            "    償還金: Requested 5",
        ]
    );
    assert_eq!(import.chapters[0].lines[0].children[0].children[0].code.as_deref(), Some("05"));
    let adjacency =
        "id,parent,name,requested,prior,unit\na,,Observation,30,20,\nb,a,Cables,10,5,\nc,a,Gauges,20,15,\n";
    let options =
        Options { year: Some(year("FY2027")), unit: Unit::parse("million USD"), ..Options::default() };
    let import = gaisan::import::import(&[("list.csv".to_owned(), adjacency.into())], &options);
    assert_eq!(
        lines(&import),
        [
            "Observation: Requested 30, Prior 20",
            "  Cables: Requested 10, Prior 5",
            "  Gauges: Requested 20, Prior 15"
        ]
    );
    assert_eq!(import.chapters[0].lines[0].id.as_deref(), Some("a"));
}

#[test]
fn years_in_columns_and_in_rows_are_chapters_of_their_own() {
    let rows = "年度,区分,区分2,金額（億円）\n2026,歳出,2026,96\n2026,歳出,2025,91\n2026,歳出,増減額,5\n2026,うち一般歳出,2026,72\n2026,うち一般歳出,2025,68\n2026,うち一般歳出,増減額,3\n2025,歳出,2025,91\n2025,歳出,2024,84\n2025,歳出,増減額,7\n";
    let import = taken("会計.csv", rows);
    assert_eq!(
        lines(&import),
        ["歳出: Requested 96, Prior 91", "  うち一般歳出 (OfWhich): Requested 72, Prior 68"]
    );
    assert_eq!(
        import.chapters.iter().map(|chapter| chapter.year.western()).collect::<Vec<_>>(),
        [2026, 2025]
    );
    assert_eq!(findings(&import), ["W0705 会計.csv D7"], "72 - 68 is 4");
    assert_eq!(import.chapters[0].lines[0].children[0].aside, Some(Aside::OfWhich));
    let columns = "Category,FY 2025 Adopted Budget,FY 2026 Adopted Budget,FY 2027 Forecast (million USD)\nRoads,10,11,12\n";
    let import = taken("city.csv", columns);
    let figures: Vec<(u16, Figure, &str)> = import
        .chapters
        .iter()
        .flat_map(|chapter| {
            chapter.lines[0].amounts.iter().map(|it| (chapter.year.western(), it.figure, it.text.as_str()))
        })
        .collect();
    assert_eq!(
        figures,
        [(2026, Figure::Prior, "10"), (2026, Figure::Requested, "11")],
        "what is forecast is no budget"
    );
}

#[test]
fn a_form_is_a_program_with_its_texts() {
    let mut book = Workbook::new();
    for (name, program, amount) in
        [("1 観測網", "沿岸観測網の整備", "6,120,500千円"), ("2 避難", "避難情報の高度化", "35億4,180万円")]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.merge_range(0, 0, 1, 39, "令和9年度概算要求　事業概要（個票）", &Format::new()).unwrap();
        for (row, at, text) in [
            (3, 0, "事業名"),
            (3, 8, program),
            (4, 0, "前年度予算額"),
            (4, 8, "（新規）"),
            (4, 20, "要求額"),
            (4, 28, amount),
            (5, 0, "事業の背景"),
            (5, 8, "・近年、風水害が激甚化。"),
        ] {
            sheet.write(row, at, text).unwrap();
        }
    }
    let import = taken("個票.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(
        lines(&import),
        [
            "沿岸観測網の整備: Prior 新規, Requested 6,120,500千円",
            "避難情報の高度化: Prior 新規, Requested 35億4,180万円"
        ]
    );
    let [chapter] = &import.chapters[..] else { panic!("one chapter of two forms") };
    assert_eq!(chapter.lines[0].texts, [("事業の背景".to_owned(), "・近年、風水害が激甚化。".to_owned())]);
    assert_eq!(chapter.lines[1].amounts[1].place.origin, 1, "the second sheet");
}

#[test]
fn a_map_says_what_columns_hold_and_what_is_wrong_with_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("columns.yaml");
    let csv = "事項,イ欄(千円),ロ欄(千円),要求額(千円)\n観測網,10,3,20\n";
    let with = |map: &str| {
        std::fs::write(&path, map).unwrap();
        let mut import = Import::default();
        let map = Map::read(&path, FiscalCalendar::default(), &mut import).unwrap();
        import.take(&[("要求.csv".to_owned(), csv.into())], &Options { map, ..Options::default() });
        import
    };
    let import = with("year: R9\ncolumns:\n  - {header: イ欄(千円), as: prior}\n");
    assert_eq!(lines(&import), ["観測網: Prior 10, Requested 20"]);
    let written = Map::written(&import);
    assert!(
        written.contains("  - {header: イ欄(千円), as: prior}\n  - {header: ロ欄(千円), as: nothing}"),
        "{written}"
    );
    assert_eq!(
        lines(&with(&format!("year: R9\n{written}"))),
        ["観測網: Prior 10, Requested 20"],
        "as it was written"
    );
    let import = with("year: R9\ncolumns:\n  - {header: イ欄, as: priro}\n");
    let finding = &import.findings[0];
    assert_eq!((finding.code, import.findings.len()), ("E0702", 3));
    assert!(finding.advice().unwrap().starts_with("did you mean `prior`?"));
}

#[test]
fn columns_of_accounts_are_shares_of_the_amounts() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.write(0, 4, "（単位：百万円）").unwrap();
    sheet.merge_range(1, 0, 2, 0, "事項", &plain).unwrap();
    sheet.merge_range(1, 1, 1, 2, "令和9年度要求額", &plain).unwrap();
    sheet.merge_range(1, 3, 1, 4, "前年度予算額", &plain).unwrap();
    sheet.write_row(2, 1, ["一般会計", "エネルギー特会", "一般会計", "エネルギー特会"]).unwrap();
    sheet.write(3, 0, "観測網").unwrap().write_row(3, 1, [10, 4, 9, 5]).unwrap();
    let import = taken("会計別.xlsx", book.save_to_buffer().unwrap());
    let amounts = &import.chapters[0].lines[0].amounts;
    let said: Vec<String> = amounts
        .iter()
        .map(|it| format!("{:?} {} {}", it.figure, it.account.as_deref().unwrap_or("-"), it.text))
        .collect();
    assert_eq!(
        said,
        ["Requested 一般会計 10", "Requested エネルギー特会 4", "Prior 一般会計 9", "Prior エネルギー特会 5"]
    );
}

#[test]
fn a_formula_that_ends_above_the_last_line_is_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["事項", "R9要求額（千円）"]).unwrap();
    for (row, title, amount) in [(1, "観測網", 10), (2, "通信", 5), (3, "訓練", 0)] {
        sheet.write(row, 0, title).unwrap().write(row, 1, amount).unwrap();
    }
    sheet.write(4, 0, "計").unwrap();
    sheet.write_formula(4, 1, Formula::new("=SUM(B2:B3)").set_result("15")).unwrap();
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(findings(&import), ["W0704 要求.xlsx Sheet1!B5"], "it adds up, as long as 訓練 has nothing");
    assert!(
        import.findings[0].message.contains("ends above `訓練` in row 4"),
        "{}",
        import.findings[0].message
    );
}

/// A sheet that comes in again.
mod again;
mod around;
/// What becomes of every cell.
mod cells;
mod columns;
/// What workbooks of many offices have in common.
mod foreign;
mod forms;
mod heads;
/// Files that are damaged, or made to do harm.
mod hostile;
/// Kinds of layouts in which lines, totals and columns are told apart.
mod kinds;
/// How tables lie in sheets, and how their lines belong together.
mod layouts;
/// Workbooks of OpenDocument.
mod old;
mod open;
mod paired;
/// Real spreadsheets of offices, where they lie beside the repository: each gives the totals that its source has.
mod real;
/// Several tables in a file that are about the same money.
mod several;
mod totals;
mod ways;
mod whose;
/// What the words of rows say of them.
mod wording;
mod words;
mod years;
