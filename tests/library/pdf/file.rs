//! The file: that it is the same each time, and what other programs read out of it.

use std::io::Write;
use std::process::{Command, Stdio};

use gaisan::document::{Block, Document};
use gaisan::figure::{Figure, Figures, Image, ImageKind};
use gaisan::render::pdf::pdf;

use super::sheet;

fn made(document: &Document) -> Vec<u8> {
    pdf(document, &sheet::figures(), &sheet::imprint()).expect("a sheet can always be printed").bytes
}

/// What `pdftotext` reads, without white space; `None` where it is not installed.
fn extracted(bytes: &[u8]) -> Option<String> {
    let child = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        assert!(std::env::var_os("CI").is_none(), "pdftotext is not installed");
        eprintln!("skipped: needs pdftotext");
        return None;
    };
    child.stdin.take().expect("stdin is piped").write_all(bytes).expect("pdftotext reads");
    let output = child.wait_with_output().expect("pdftotext ends");
    Some(String::from_utf8_lossy(&output.stdout).split_whitespace().collect())
}

#[test]
fn the_same_sheet_is_the_same_file_on_every_thread() {
    let first = made(&sheet::sheet());
    let others: Vec<_> = (0..3)
        .map(|n| {
            std::thread::spawn(move || {
                for _ in 0..n {
                    made(&sheet::document(vec![sheet::paragraph("別の文書")]));
                }
                made(&sheet::sheet())
            })
        })
        .collect();
    for other in others {
        assert!(other.join().expect("no thread panics") == first);
    }
    assert!(first.len() < 130_000, "{} bytes", first.len());
}

#[test]
fn text_can_be_copied_out_of_the_file() {
    let Some(text) = extracted(&made(&sheet::sheet())) else {
        return;
    };
    for wanted in [
        "光・量子飛躍フラッグシッププログラム（Q-LEAP）",
        "4,592百万円",
        "＋1,098百万円（＋31.4%）",
        "※内閣府、経産省と共に要求",
        "✓量子技術は、将来の経済・社会に大きな変革をもたらす源泉・革新技術。",
        "①10⁻¹⁸秒の精度、②③も同じ",
        "◆令和2年1月の戦略(研究DX)の鍵は△1,234百万円",
        "ﾊﾝｶｸの山﨑・髙橋氏らが～続ける。",
        "マテリアル先端リサーチインフラ5,6631,7133,950＋230.6%",
        "計13,8493,80910,040＋263.6%",
        "𠮷野家",
        "脚注の本文。",
    ] {
        assert!(text.contains(wanted), "`{wanted}` is not in\n{text}");
    }
}

#[test]
fn digits_of_a_column_are_not_torn_apart() {
    let rows = ["あ|111,111,111".to_owned(), "い|71,717,171".to_owned()];
    let bytes = made(&sheet::document(vec![sheet::table("項目|額>", &rows)]));
    if let Some(text) = extracted(&bytes) {
        assert!(text.contains("111,111,111") && text.contains("71,717,171"), "{text}");
    }
}

#[test]
fn pictures_are_embedded_and_broken_ones_are_named() {
    use png::ColorType;
    let png = |bytes: Vec<u8>| Figure::Image(Image { kind: ImageKind::Png, bytes });
    let mut figures = Figures::new();
    for (name, color) in [("rgb", ColorType::Rgb), ("gray", ColorType::Grayscale), ("clear", ColorType::Rgba)]
    {
        figures.insert(name.to_owned(), png(picture(color)));
    }
    let mut torn = picture(ColorType::Rgb);
    torn.truncate(60);
    figures.insert("torn".to_owned(), png(torn));
    figures
        .insert("fake".to_owned(), Figure::Image(Image { kind: ImageKind::Jpeg, bytes: b"GIF89a".to_vec() }));
    let blocks: Vec<Block> =
        figures.keys().map(|name| sheet::figure(name, &format!("図{name}の説明"), Some("図の題"))).collect();
    let file = pdf(&sheet::document(blocks), &figures, &sheet::imprint()).expect("pictures are no obstacle");

    let images = file.bytes.windows(14).filter(|window| window == b"/Subtype/Image").count();
    assert_eq!(images, 3);
    if let Some(text) = extracted(&file.bytes) {
        assert!(
            text.contains("図tornの説明") && text.contains("図fakeの説明") && !text.contains("図rgbの説明")
        );
    }
}

/// A picture of 4 by 3 pixels.
fn picture(color: png::ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 4, 3);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    let samples = 12 * color.samples() as u8;
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&(0..samples).map(|n| n.wrapping_mul(9)).collect::<Vec<_>>()).expect("rows");
    writer.finish().expect("an end");
    file
}
