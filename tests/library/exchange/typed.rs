//! Whatever an officer does to the texts of an exported workbook comes in as those changes and no others, once, and is said where it is not taken.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use gaisan::build::books;
use gaisan::compose::Templates;
use gaisan::drafting;
use gaisan::examine;
use gaisan::exchange::{Book, workbook};
use gaisan::import::{Options, import};
use gaisan::model::{NoteKind, Program};
use gaisan::read::{Reading, read};
use gaisan::sheet::RowKind;
use proptest::prelude::*;

use crate::laws::cases;

/// Notes that gaisan words itself, as YAML has them.
const OWN: [&str; 5] =
    ["", "{kind: recount, of: l-0}", "{kind: estimate}", "{kind: within}", "{kind: joint, with: [内閣府]}"];
const PRIORS: [&str; 3] = ["4", "新規", "{amount: 4, basis: revised}"];
const GROUPS: [&str; 3] = ["", "港湾局", "防災局"];

/// What is done to a row.
#[derive(Clone, Copy, Debug)]
enum Deed {
    None,
    /// Another title, and how it comes in.
    Retitled(&'static str, &'static str),
    /// A remark behind what stands there.
    Added(&'static str),
    /// The remark is gone, or another one, and what gaisan words itself stays.
    Removed,
    Changed,
    /// The cell of notes is emptied.
    Cleared,
    /// The cell of notes holds the remark alone.
    Alone,
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop::sample::select(vec![
        Deed::None,
        Deed::Retitled("改題\n第二", "改題第二"),
        Deed::Retitled("New\nName", "New Name"),
        Deed::Retitled("小計", "小計"),
        Deed::Retitled("（参考）資料", "（参考）資料"),
        Deed::Added("。追記"),
        Deed::Added("\n追記"),
        Deed::Removed,
        Deed::Changed,
        Deed::Cleared,
        Deed::Alone,
    ])
}

const REMARK: &str = "推進枠";

/// A line: what gaisan says of it, whether there is a remark, the prior amount, the group, whether its notes are a list, what is done.
type Drawn = (usize, bool, usize, usize, bool, Deed);

fn chapter(lines: &[Drawn]) -> String {
    let mut text = "gaisan: 1\nid: x\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: partial\nprograms:\n  - {id: l-0, title: 初め, requested: 1, prior: 1}\n".to_owned();
    for (at, (own, has_remark, prior, group, is_list, _)) in lines.iter().enumerate() {
        let remark = format!("{{kind: remark, text: {REMARK}}}");
        let notes: Vec<&str> = [(OWN[*own]), if *has_remark { &remark } else { "" }]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        text += &format!(
            "  - id: l-{}\n    title: 事業{at}\n    requested: 3\n    prior: {}\n",
            at + 1,
            PRIORS[*prior]
        );
        text += &match notes.as_slice() {
            [] => String::new(),
            [alone] if !is_list => format!("    notes: {alone}  # 後ろ\n"),
            all => format!("    notes: [{}]\n", all.join(", ")),
        };
        text += &if GROUPS[*group].is_empty() {
            String::new()
        } else {
            format!("    group: {}\n", GROUPS[*group])
        };
    }
    text
}

/// The first sheet of a workbook again, with other texts in some cells and without some rows.
fn changed(book: &Book, bytes: &[u8], gone: bool, said: impl Fn(usize, &str, &str) -> String) -> Vec<u8> {
    let mut from: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let range = from.worksheet_range_at(0).unwrap().unwrap();
    let mut file = rust_xlsxwriter::Workbook::new();
    let sheet = file.add_worksheet();
    let heads: Vec<String> = (0..range.width())
        .map(|column| range.get((2, column)).map(ToString::to_string).unwrap_or_default())
        .collect();
    let mut to = 0;
    for row in 0..range.height() {
        let of = row.checked_sub(4).and_then(|at| book.spreadsheet.rows.get(at));
        if gone && of.is_some_and(|of| matches!(of.kind, RowKind::Group(..))) {
            continue;
        }
        for (column, head) in heads.iter().enumerate() {
            let place = u16::try_from(column).unwrap();
            let own = of.filter(|of| {
                of.kind == RowKind::Line && ["gaisan:title", "gaisan:notes"].contains(&head.as_str())
            });
            let indent = of.filter(|_| head == "gaisan:title").map_or(0, |of| of.depth);
            let format = rust_xlsxwriter::Format::new().set_indent(u8::try_from(indent).unwrap());
            match (range.get((row, column)), own) {
                (text, Some(of)) => {
                    let text = text.map(ToString::to_string).unwrap_or_default();
                    sheet.write_with_format(to, place, said(of.line, head, &text), &format).map(drop)
                }
                (Some(Data::Float(number)), _) => sheet.write_number(to, place, *number).map(drop),
                (Some(Data::Empty) | None, _) => Ok(()),
                (Some(other), _) => sheet.write_with_format(to, place, other.to_string(), &format).map(drop),
            }
            .unwrap();
        }
        to += 1;
    }
    file.save_to_buffer().unwrap()
}

/// What a cell says after a deed.
fn done(deed: Deed, head: &str, shown: &str) -> String {
    let pieces = || shown.split('。').filter(|piece| !piece.is_empty());
    let without = || pieces().filter(|piece| *piece != REMARK).collect::<Vec<_>>().join("。");
    match (deed, head) {
        (Deed::Retitled(new, _), "gaisan:title") => new.to_owned(),
        (_, "gaisan:title") => shown.to_owned(),
        (Deed::Added(more), _) => format!("{shown}{more}").trim_start_matches(['。', '\n']).to_owned(),
        (Deed::Removed, _) => without(),
        (Deed::Changed, _) => shown.replace(REMARK, "重点枠"),
        (Deed::Cleared, _) => String::new(),
        (Deed::Alone, _) if shown.contains(REMARK) => REMARK.to_owned(),
        _ => shown.to_owned(),
    }
}

/// A line as the files have it: its title, its remarks and its other notes, its group.
fn told(program: &Program) -> (String, Vec<String>, Vec<NoteKind>, Vec<String>) {
    let line = &program.line;
    let (remarks, others): (Vec<_>, Vec<_>) =
        line.notes.iter().partition(|note| note.kind == NoteKind::Remark);
    let remarks = remarks.into_iter().filter_map(|note| note.text.clone()).collect();
    (
        line.title.clone(),
        remarks,
        others.into_iter().map(|note| note.kind.clone()).collect(),
        program.group.clone(),
    )
}

fn made(reading: &Reading) -> (Book, Vec<u8>) {
    let made = books(&examine(reading), &Templates::new(&[]).unwrap(), None);
    let bytes = workbook(&made).unwrap().bytes;
    (made.into_iter().next().unwrap(), bytes)
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_done_to_texts_comes_in_as_that_and_once(
        lines in prop::collection::vec((0..OWN.len(), any::<bool>(), 0..PRIORS.len(), 0..GROUPS.len(), any::<bool>(), deeds()), 1..5),
        gone in prop::bool::weighted(0.25),
    ) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("budgets/fy2027/x");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("request.yaml"), chapter(&lines)).unwrap();
        let reading = read(std::slice::from_ref(&folder));
        let (book, bytes) = made(&reading);
        let before: Vec<_> = reading.requests[0].programs.iter().map(|it| (it.line.id.value.to_string(), told(it))).collect();
        let deed = |id: &str| id[2..].parse::<usize>().unwrap().checked_sub(1).map_or(Deed::None, |at| lines[at].5);
        let bytes = changed(&book, &bytes, gone, |line, head, shown| done(deed(&book.ids[line]), head, shown));
        let plan = |bytes: &[u8], folder: &Path| {
            let taken = import(&[("要求.xlsx".to_owned(), bytes.to_vec())], &Options::default());
            let plan = drafting::import(&Default::default(), &taken.chapters[0], folder);
            assert!(plan.findings.is_empty(), "{:?}", plan.findings);
            (taken, plan)
        };
        let (taken, first) = plan(&bytes, &folder);
        first.apply().unwrap();
        let after = read(std::slice::from_ref(&folder));
        for program in &after.requests[0].programs {
            let id = program.line.id.value.as_str();
            let (title, remarks, notes, group) = before.iter().find(|(own, _)| own == id).unwrap().1.clone();
            let deed = deed(id);
            let title = if let Deed::Retitled(_, new) = deed { new.to_owned() } else { title };
            let remarks: Vec<String> = match deed {
                Deed::Added(_) => remarks.into_iter().chain(["追記".to_owned()]).collect(),
                Deed::Removed | Deed::Cleared => Vec::new(),
                Deed::Changed => remarks.iter().map(|it| it.replace(REMARK, "重点枠")).collect(),
                _ => remarks,
            };
            let group = if gone { Vec::new() } else { group };
            prop_assert_eq!(told(program), (title, remarks, notes, group), "{} {:?} {:?}", id, deed, first.changes);
        }
        // What a sheet no longer says, and the files do, is said.
        for (id, (_, _, notes, _)) in &before {
            let has_own = !notes.is_empty() || PRIORS[lines.get(id[2..].parse::<usize>().unwrap().wrapping_sub(1)).map_or(0, |it| it.2)].contains("basis");
            let loses = matches!(deed(id), Deed::Cleared) || matches!(deed(id), Deed::Alone) && before.iter().any(|(own, told)| own == id && !told.1.is_empty());
            let asks = matches!(deed(id), Deed::Retitled(new, _) if new != "改題");
            prop_assert!(!(has_own && loses || asks) || !taken.findings.is_empty(), "{} {:?}", id, deed(id));
        }
        let (_, again) = plan(&bytes, &folder);
        prop_assert!(again.files.is_empty(), "a second time: {:?}", again.changes);
        let (_, anew) = plan(&made(&after).1, &folder);
        prop_assert!(anew.files.is_empty() && anew.changes.is_empty(), "exported anew: {:?}", anew.changes);
    }
}
