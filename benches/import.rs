//! How long it takes to take the lines of a large file: `cargo bench --bench import -- 50000`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement is printed, and may fail loudly"
)]

use std::time::Instant;

use gaisan::import::{Options, import};
use rust_xlsxwriter::Workbook;

/// What a row of a ledger says: office, bureau, code, item, this year's amount and last year's.
fn row(at: usize) -> [String; 6] {
    let amount = 1_000 + at * 7_919 % 900_000;
    [
        format!("第{}庁", at / 5_000 + 1),
        format!("第{}局", at / 250 + 1),
        format!("{:05}", at % 100_000),
        format!("事項{at}に必要な経費"),
        amount.to_string(),
        (amount - at % 1_000).to_string(),
    ]
}

const HEADER: [&str; 6] = ["所管", "組織", "目コード", "事項", "R9要求額(千円)", "前年度予算額(千円)"];

fn main() {
    let count: usize = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(50_000);
    let mut csv = HEADER.join(",");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADER).unwrap();
    for at in 0..count {
        let row = row(at);
        csv.push('\n');
        csv.push_str(&row.join(","));
        for (column, text) in (0..).zip(&row) {
            let line = u32::try_from(at + 1).unwrap();
            match column {
                4.. => sheet.write(line, column, text.parse::<f64>().unwrap()).unwrap(),
                _ => sheet.write(line, column, text).unwrap(),
            };
        }
    }
    let files = [
        ("ledger.csv".to_owned(), csv.into_bytes()),
        ("ledger.xlsx".to_owned(), book.save_to_buffer().unwrap()),
    ];
    for (name, bytes) in files {
        let size = bytes.len() / 1024;
        let start = Instant::now();
        let taken = import(&[(name.clone(), bytes)], &Options::default());
        assert_eq!(taken.tables.len(), 1);
        println!("{name}: {count} lines, {size} KiB, {} ms", start.elapsed().as_millis());
    }
}
