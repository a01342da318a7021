//! Manuals that tell a way step by step: every command in their `console` blocks is run, one after another in one folder, and shows
//! what the manual shows.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{Format, Note, Workbook};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the commands of a manual, and gives the manual with what they really show.
fn walked(manual: &str, folder: &Path, lang: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_gaisan"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut folder = folder.to_path_buf();
    let mut out = String::new();
    let mut is_console = false;
    for line in manual.lines() {
        match line {
            "```console" => is_console = true,
            "```" => is_console = false,
            _ => {}
        }
        if is_console && !line.starts_with("$ ") && line != "```console" {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) else { continue };
        if let Some(to) = command.strip_prefix("cd ") {
            folder.push(to);
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} 2>&1")]).current_dir(&folder);
        shell
            .env("PATH", &path)
            .env("COLUMNS", "100")
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("GAISAN_LANG", lang);
        let shown = shell.output().unwrap().stdout;
        for line in String::from_utf8(shown).unwrap().lines() {
            // How long something took is another time each time.
            let timed = [(" in ", " s"), ("（", "秒）")].into_iter().find_map(|(before, behind)| {
                let (said, time) = line.rsplit_once(before)?;
                (time.ends_with(behind) && time.len() < 12).then(|| format!("{said}{before}0.1{behind}"))
            });
            out.push_str(&timed.unwrap_or(line.to_owned()));
            out.push('\n');
        }
    }
    out
}

fn walk(name: &str, prepare: impl Fn(&Path)) {
    let path = Path::new(ROOT).join(name);
    let manual = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let shown = walked(&manual, folder.path(), if name.ends_with(".ja.md") { "ja" } else { "en" });
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &shown).unwrap();
    }
    similar_asserts::assert_eq!(manual, shown, "{name}");
}

/// Copies what a reader of the README finds in a clone.
fn copy(name: &str, to: &Path) {
    for entry in fs::read_dir(Path::new(ROOT).join(name)).unwrap() {
        let entry = entry.unwrap();
        let below = format!("{name}/{}", entry.file_name().into_string().unwrap());
        fs::create_dir_all(to.join(name)).unwrap();
        if entry.path().is_dir() {
            copy(&below, to);
        } else {
            fs::copy(entry.path(), to.join(below)).unwrap();
        }
    }
}

#[test]
fn every_page_with_commands_goes_as_it_says() {
    let mut pages = vec!["README.md".to_owned(), "README.ja.md".to_owned()];
    let docs = fs::read_dir(Path::new(ROOT).join("docs")).unwrap();
    pages.extend(docs.map(|entry| format!("docs/{}", entry.unwrap().file_name().into_string().unwrap())));
    pages.retain(|page| page.ends_with(".md") && page != "docs/exchange.md");
    pages.sort();
    for page in pages {
        let text = fs::read_to_string(Path::new(ROOT).join(&page)).unwrap();
        if text.contains("```console") {
            walk(&page, |folder| {
                copy("budgets", folder);
                copy("docs/example", folder);
                if page.contains("tutorial") {
                    fs::remove_dir_all(folder.join("budgets")).unwrap();
                    fs::copy(folder.join("docs/example/request.xlsx"), folder.join("request.xlsx")).unwrap();
                }
            });
        }
    }
}

/// The workbook of docs/exchange.md: what one line asks for, and with it all that is worked out from it, is corrected in the second one.
fn workbook(path: &Path, evacuation: i32, remark: &str) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("総括表").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 4, "令和９年度　概算要求総括表", &plain).unwrap();
    sheet.write(1, 0, "防災海洋庁").unwrap().write(1, 4, "（単位：千円）").unwrap();
    sheet.write_row(2, 0, ["事　項", "前年度予算額", "要求額", "増△減額", "備　考"]).unwrap();
    sheet.write(3, 0, "１．沿岸観測網の整備").unwrap();
    for (row, title, prior, requested, note) in [
        (4, "　（１）海底ケーブル式観測", 3_200_000, 4_100_000, ""),
        (5, "　（２）潮位観測所の更新", 1_804_200, 2_020_500, ""),
        (6, "　　　小　計", 5_004_200, 6_120_500, ""),
        (7, "２．避難情報の高度化", 3_200_000, evacuation, remark),
        (8, "３．データ連携基盤", 0, 1_110_000, "新規"),
        (9, "合　　計", 8_204_200, 7_230_500 + evacuation, ""),
    ] {
        sheet.write(row, 0, title).unwrap();
        sheet.write_row(row, 1, [prior, requested, requested - prior]).unwrap();
        sheet.write(row, 4, note).unwrap();
    }
    sheet.insert_note(7, 2, &Note::new("局長指示").add_author_prefix(false)).unwrap();
    book.add_worksheet().set_name("作業用").unwrap().set_hidden(true).write(0, 0, "前回案").unwrap();
    book.save(path).unwrap();
}

/// The workbook that goes round, as it comes back: one amount and a remark are others, and nothing was worked out anew.
fn handed_back(folder: &Path) {
    let run = |arguments: &[&str]| {
        let done =
            Command::new(env!("CARGO_BIN_EXE_gaisan")).args(arguments).current_dir(folder).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run(&["import", "修正.xlsx", "--to", "made/fy2027/bosai"]);
    run(&["export", "made/fy2027/bosai", "--to", "回議済.xlsx"]);
    fs::remove_dir_all(folder.join("made")).unwrap();
    let path = folder.join("回議済.xlsx");
    let mut before = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut after = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..before.len() {
        let mut part = before.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap().replace("<v>2020500</v>", "<v>2100000</v>");
        after.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        after.write_all(text.replace(">重点枠<", ">重点枠、前倒し<").as_bytes()).unwrap();
    }
    fs::write(&path, after.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_workbook_comes_in_and_comes_in_again_as_the_manual_says() {
    walk("docs/exchange.md", |folder| {
        workbook(&folder.join("要求.xlsx"), 3_541_800, "推進枠");
        workbook(&folder.join("修正.xlsx"), 3_600_000, "重点枠");
        let csv = "Office,Program,2026 Adopted,2027 Proposed\nParks,Trails,12,15\nParks,Lawns,30,28\n,Total,42,44\n";
        fs::write(folder.join("parks.csv"), csv).unwrap();
        handed_back(folder);
    });
}
