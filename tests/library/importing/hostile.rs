use rust_xlsxwriter::Workbook;

use gaisan::limits;

use super::{findings, lines, taken};

/// A ZIP archive of texts.
pub(super) fn zip(parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_file_that_cannot_be_read_ends_in_an_error_with_its_name() {
    for (name, bytes) in [
        ("broken.xlsx", b"PK\x03\x04 and no more".to_vec()),
        ("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0].to_vec()),
        ("picture.csv", vec![0, 1, 2, 0xFF, 0xFE, 0, 0, 7]),
        ("empty.csv", Vec::new()),
        ("words.csv", b"a letter\nwith words\n".to_vec()),
    ] {
        let import = taken(name, bytes);
        let [finding] = &import.findings[..] else { panic!("{name}: {:?}", import.findings) };
        assert!(finding.message.contains(name), "{}", finding.message);
        assert!(import.is_unreadable());
    }
}

#[test]
fn hostile_files_end_in_an_error_and_soon() {
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>";
    let bomb = " ".repeat(33 << 20);
    let wide = format!("事項{}\n", ",x".repeat(20_000));
    for (name, bytes, expected) in [
        ("entities.xlsx", zip(&[("xl/workbook.xml", entities.to_owned())]), "declares entities"),
        ("bomb.xlsx", zip(&[("xl/worksheets/sheet1.xml", bomb)]), "unfolds to more than 32 MiB"),
        ("empty.xlsx", zip(&[("xl/other.xml", "<a/>".to_owned())]), "no workbook"),
        ("wide.csv", wide.into_bytes(), "16384 in a row"),
    ] {
        let import = taken(name, bytes);
        let [finding] = &import.findings[..] else { panic!("{name}: {:?}", import.findings) };
        assert!(finding.message.contains(expected) && finding.message.contains(name), "{}", finding.message);
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["事項", "R9要求額(千円)"]).unwrap();
    sheet.write_row(1, 0, ["=cmd|' /C calc'!A0", "5"]).unwrap();
    sheet.write(1_048_575, 16_383, "far").unwrap();
    let import = taken("far.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(lines(&import), ["=cmd|' /C calc'!A0: Requested 5"], "text, and no more than that");
    let chain: String = (1..3_000).map(|at| format!("n{at},n{},line {at},1\n", at - 1)).collect();
    let import = taken("chain.csv", format!("id,parent,name,R9要求額(千円)\n{chain}"));
    assert!(import.tables[0].said[1].starts_with("2999 lines"), "{:?}", import.tables[0].said);
}

/// A workbook of one sheet in the parts that programs read.
fn parts(sheet: &str, target: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let strings =
        ["事項", "R9要求額（千円）", "観測網"].map(|text| format!("<si><t>{text}</t></si>")).concat();
    zip(&[
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"a\" Type=\"{RELATION}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"a\" Type=\"{RELATION}/worksheet\" Target=\"{target}\"/><Relationship Id=\"b\" Type=\"{RELATION}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{strings}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>")),
    ])
}

#[test]
fn workbooks_that_point_nowhere_or_at_themselves_end_in_an_error() {
    let head = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";
    let line = |amount: &str| {
        format!(
            "<sheetData>{head}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\">{amount}</c></row></sheetData>"
        )
    };
    let sheet = "worksheets/sheet1.xml";
    let sound = line("<v>5</v>");
    for (name, bytes, expected) in [
        ("string.xlsx", parts(&sound.replace("<v>2</v>", "<v>999999</v>"), sheet), "shared strings"),
        ("row.xlsx", parts(&sound.replace("r=\"B2\"", "r=\"B4294967298\""), sheet), "no spreadsheet has"),
        ("column.xlsx", parts(&sound.replace("r=\"B2\"", "r=\"ZZZZ2\""), sheet), "no spreadsheet has"),
        (
            "size.xlsx",
            parts(&format!("<dimension ref=\"A1:B4294967296\"/>{sound}"), sheet),
            "no spreadsheet has",
        ),
        ("itself.xlsx", parts(&sound, "../xl/workbook.xml"), "no table"),
        ("strings.xlsx", parts(&sound, "sharedStrings.xml"), "no table"),
    ] {
        let import = taken(name, bytes);
        let [finding] = &import.findings[..] else { panic!("{name}: {:?}", import.findings) };
        assert!(finding.message.contains(expected) && finding.message.contains(name), "{}", finding.message);
    }
    // What a formula would do is nobody's business here: its value is read, and where there is none that is said.
    let command = taken("cmd.xlsx", parts(&line("<f>cmd|' /C calc'!A0</f><v>5</v>"), sheet));
    assert_eq!(lines(&command), ["観測網: Requested 5"]);
    let circle = taken("circle.xlsx", parts(&line("<f>B2</f>"), sheet));
    assert_eq!(findings(&circle)[0], "E0703 circle.xlsx 表!B2");
}

#[test]
fn what_a_workbook_holds_has_an_end() {
    let said = |name: &str, bytes: Vec<u8>| -> String {
        let import = taken(name, bytes);
        import.findings.iter().map(|finding| finding.message.clone() + "\n").collect()
    };
    let sheet = "worksheets/sheet1.xml";
    let book = |cells: &str| parts(&format!("<sheetData><row r=\"1\">{cells}</row></sheetData>"), sheet);
    let with = |cells: &str, from: &str, to: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book(cells))).unwrap();
        let texts: Vec<(String, String)> = (0..archive.len())
            .map(|at| {
                let mut part = archive.by_index(at).unwrap();
                let mut text = String::new();
                std::io::Read::read_to_string(&mut part, &mut text).unwrap();
                (part.name().unwrap().into_owned(), text.replace(from, to))
            })
            .collect();
        zip(&texts.iter().map(|(name, text)| (&**name, text.clone())).collect::<Vec<_>>())
    };
    let cell = "<c t=\"s\"><v>0</v></c>";
    // One text in many cells.
    let much = "x".repeat(limits::VALUE);
    let cells = |count: usize| with(&cell.repeat(count), "<t>事項</t>", &format!("<t>{much}</t>"));
    const TOGETHER: &str = "longer than 16 MB together";
    assert!(!said("long.xlsx", cells(limits::CELLS_TEXT / limits::VALUE)).contains(TOGETHER));
    assert!(said("long.xlsx", cells(limits::CELLS_TEXT / limits::VALUE + 1)).contains(TOGETHER));
    // What a part says of itself.
    let claim = |count: &str| with(cell, "<sst ", &format!("<sst uniqueCount=\"{count}\" "));
    assert!(said("sst.xlsx", claim("4294967295")).contains("more texts than it has room for"));
    assert!(!said("sst.xlsx", claim("3")).contains("room"));
    // One long text.
    let csv = |length: usize| format!("{},R9要求額(千円)\n甲,1\n", "x".repeat(length)).into_bytes();
    assert_eq!(said("long.csv", csv(limits::VALUE)), "");
    assert!(said("long.csv", csv(limits::VALUE + 1)).contains("its cell A1 holds more than 256 kB"));
    // Levels, named and by how far words are set in.
    let levels = |count: usize| -> Vec<u8> {
        let lines: String = (0..count).map(|at| format!("{at},甲{at},1\n")).collect();
        format!("level,title,R9要求額(千円)\n{lines}").into_bytes()
    };
    assert!(!said("levels.csv", levels(limits::LEVELS)).contains("levels"));
    assert!(said("levels.csv", levels(limits::LEVELS + 1)).contains("more than 32 levels, that of row 34"));
    assert!(said("levels.csv", levels(12_000)).contains("more than 32 levels"));
    let inset: String = (0..60).map(|at| format!("{}甲{at},1\n", " ".repeat(at))).collect();
    assert!(
        said("inset.csv", format!("事項,R9要求額(千円)\n{inset}").into_bytes())
            .contains("more than 32 levels")
    );
    // Columns that are hidden again and again.
    let hidden = "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(50_000);
    let hidden = with(cell, "<sheetData>", &format!("<cols>{hidden}</cols><sheetData>"));
    assert!(said("cols.xlsx", hidden).contains("no table"));
}

#[test]
fn what_an_open_document_repeats_has_an_end() {
    let said = |rows: &str| -> String {
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"s\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let kind = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
        let manifest = "<manifest:manifest xmlns:manifest=\"m\"/>".to_owned();
        let book = zip(&[("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)]);
        taken("far.ods", book).findings.iter().map(|finding| finding.message.clone() + "\n").collect()
    };
    let row = |rows: usize, columns: usize, words: &str| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"{columns}\"><text:p>{words}</text:p></table:table-cell></table:table-row>"
        )
    };
    const MANY: &str = "more than 300000 of its cells hold something";
    assert!(!said(&row(1, 1, "甲")).contains("cannot be read"));
    assert!(said(&row(limits::FILLED / 100 + 1, 100, "甲")).contains(MANY));
    assert!(said(&row(1_048_576, 1, "甲")).contains(MANY));
    // Few cells that say much, in letters and in blanks that are only counted.
    assert!(said(&row(17, 1_000, &"x".repeat(1_000))).contains("longer than 16 MB together"));
    let blanks = "<text:s text:c=\"200000\"/>";
    assert!(said(&row(1, 100, blanks)).contains("longer than 16 MB together"));
    assert!(said(&row(1, 1, &blanks.repeat(2))).contains("its cell A1 holds more than 256 kB"));
    // One cell far away.
    let far = "<table:table-row table:number-rows-repeated=\"1000000\"/><table:table-row><table:table-cell table:number-columns-repeated=\"1000\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let said = said(&(row(1, 1, "甲") + far));
    assert!(said.contains("its cell ALM1000002 lies far from the first"), "{said}");
}

#[test]
fn the_same_sheet_a_thousand_times_is_taken_once() {
    let mut book = Workbook::new();
    for at in 0..150 {
        let sheet = book.add_worksheet().set_name(format!("s{at}")).unwrap();
        sheet.write_row(0, 0, ["事項", "R9要求額(千円)", "R8当初予算額(千円)"]).unwrap();
        sheet.write(1, 0, "観測網").unwrap();
        sheet.write_row(1, 1, [1_234, 1_111]).unwrap();
        sheet.write(2, 0, "予報").unwrap();
        sheet.write_row(2, 1, [2_345, 2_222]).unwrap();
    }
    let import = taken("same.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(import.chapters.iter().map(|chapter| chapter.lines.len()).collect::<Vec<_>>(), [2]);
}
