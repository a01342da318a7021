//! XLS files: what is laid out, followed or worked on of them has an end.

use std::time::{Duration, Instant};

use super::hostile::zip;
use super::{lines, taken};

/// A workbook as a program wrote it: 千円, two lines, a formula for their total, a text of 9,000 letters, joined cells, a second sheet.
const PLAIN: &[u8] = include_bytes!("plain.xls");

fn said(bytes: &[u8]) -> String {
    let import = taken("old.xls", bytes.to_vec());
    import.findings.iter().map(|finding| finding.message.clone() + "\n").collect()
}

/// The file with other bytes, found by what stands before them.
fn with(before: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut file = PLAIN.to_vec();
    let at = file.windows(before.len()).position(|window| window == before).unwrap() + before.len();
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

fn number(at: usize) -> usize {
    u32::from_le_bytes(PLAIN[at..at + 4].try_into().unwrap()) as usize
}

#[test]
fn an_old_workbook_is_read_whatever_it_says_of_its_size() {
    const SIZE: &[u8] = &[0x00, 0x02, 14, 0];
    for bytes in [PLAIN.to_vec(), with(SIZE, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])] {
        let import = taken("old.xls", bytes);
        assert_eq!(lines(&import).len(), 2, "{:?}", import.findings);
        let said = &import.tables[0].said;
        assert!(said[1].starts_with("2 lines in 1 level; 1 total left out; 1 figure verified"), "{said:?}");
    }
}

#[test]
fn cells_of_an_old_workbook_that_lie_far_apart_are_not_laid_out() {
    // The words of the fourth row go to the last cell that there is.
    let at = PLAIN.windows(8).position(|it| it == [0xFD, 0, 10, 0, 3, 0, 0, 0]).unwrap();
    let mut far = PLAIN.to_vec();
    far[at + 4..at + 8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0]);
    assert!(
        said(&far).contains("its cell IV65536 lies far from the first, with more than 2000000 cells between"),
        "{}",
        said(&far)
    );
}

/// Sectors and records that lead in circles, out of the file, or to more than there is.
#[test]
fn an_old_workbook_that_leads_nowhere_ends_in_an_error_and_soon() {
    let begun = Instant::now();
    let table = 512 + 512 * number(76);
    let directory = number(48);
    for sector in 0..PLAIN.len() / 512 - 1 {
        for to in [sector, directory, 0, 0xFFFF, 0xFFFF_FFFE] {
            let mut file = PLAIN.to_vec();
            file[table + 4 * sector..table + 4 * sector + 4].copy_from_slice(&(to as u32).to_le_bytes());
            taken("old.xls", file);
        }
    }
    let mut round = PLAIN.to_vec();
    let at = table + 4 * directory;
    round[at..at + 4].copy_from_slice(&(directory as u32).to_le_bytes());
    assert!(
        said(&round).contains("`old.xls` cannot be read: it is no workbook, or not all of it is there"),
        "{}",
        said(&round)
    );
    for length in (0..PLAIN.len()).step_by(256) {
        assert!(length > 512 * 20 || said(&PLAIN[..length]).contains("old.xls"), "{length}");
    }
    let long = with(&[0xFD, 0], &[0xFF, 0xFF]);
    assert!(said(&long).contains("longer than any program writes"), "{}", said(&long));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn an_open_document_without_its_end_is_damaged() {
    for content in [
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\"><office:body><office:spreadsheet><table:table table:name=\"s\"><table:table-row/>",
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\"><office:body><table:table table:name=\"s\"></office:body></office:document-content>",
    ] {
        let kind = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
        let manifest = "<manifest:manifest xmlns:manifest=\"m\"/>".to_owned();
        let book = zip(&[
            ("mimetype", kind),
            ("content.xml", content.to_owned()),
            ("META-INF/manifest.xml", manifest),
        ]);
        let import = taken("cut.ods", book);
        assert!(
            import.findings[0].message.contains("`content.xml` is damaged, or not all"),
            "{:?}",
            import.findings
        );
    }
}

#[test]
fn columns_of_amounts_have_an_end() {
    let csv = |count: usize| {
        let heads: String = (0..count).map(|at| format!(",{}年度要求額(千円)", 1990 + at % 60)).collect();
        let row: String = (0..count).map(|at| format!(",{}", at % 97)).collect();
        format!("事項{heads}\n甲{row}\n乙{row}\n").into_bytes()
    };
    let said = |count: usize| said(&csv(count));
    assert!(!said(gaisan::limits::AMOUNTS).contains("hold amounts"));
    assert!(
        said(gaisan::limits::AMOUNTS + 1).contains("301 of its columns hold amounts, and no more than 300")
    );
}

/// Each sheet is held against all others, so what is said of it is taken apart once.
#[test]
fn sheets_that_differ_are_held_against_each_other_in_time() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for at in 0..60_u32 {
        let sheet = book.add_worksheet().set_name(format!("s{at}")).unwrap();
        sheet.write_row(0, 0, ["事項", "R9要求額(千円)", "R8当初予算額(千円)"]).unwrap();
        for line in 0..20 {
            sheet.write(line + 1, 0, format!("観測網{line}")).unwrap();
            sheet.write_row(line + 1, 1, [at * 31 + line * 7 + 1, at * 17 + line * 5 + 1]).unwrap();
        }
    }
    let book = book.save_to_buffer().unwrap();
    let begun = Instant::now();
    let import = taken("sheets.xlsx", book);
    assert_eq!(import.chapters[0].lines.len(), 60, "{:?}", import.findings.first());
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}
