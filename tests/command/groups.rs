//! What an officer does to the groups of an exported workbook and writes beside its amounts comes in as it stands there, or is named.

use std::process::Command;

use crate::spreadsheet::{fine, gaisan};
use crate::support::python_with;

/// `put=9` puts an empty row in, `like=9` one that is set in as the row above, `move=7:9` a row below another one, `copy=9:9` a copy of it, `out=5` takes one out,
/// `in=A6` sets one in; `C9=5` types.
const MOVE: &str = r"
import sys, openpyxl, copy
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
def fill(at, cells):
    for column, (value, style) in enumerate(cells, 1):
        cell = sheet.cell(at, column)
        cell.value, cell._style = value, style
for change in sys.argv[3:]:
    what, said = change.split('=', 1)
    if what in ('put', 'like'):
        sheet.insert_rows(int(said))
        if what == 'like': fill(int(said), [(None, copy.copy(cell._style)) for cell in sheet[int(said) - 1]])
    elif what == 'out': sheet.delete_rows(int(said))
    elif what == 'in': sheet[said].alignment = openpyxl.styles.Alignment(indent=4)
    elif what in ('move', 'copy'):
        one, below = map(int, said.split(':'))
        cells = [(cell.value, copy.copy(cell._style)) for cell in sheet[one]]
        sheet.insert_rows(below + 1)
        fill(below + 1, cells)
        if what == 'move': sheet.delete_rows(one if one < below else one + 1)
    else: sheet[what] = float(said) if said.isdigit() else said.replace('\\n', '\n') or None
book.save(sys.argv[2])
";

/// Rows: 5 港湾局, 6 岸壁, 7 防波堤, 8 防災局, 9 避難, 10 計. Columns: A title, B requested, C prior, F notes.
const CHAPTER: &str = "gaisan: 1\nid: x\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nrequested: 600\nprior: 550\nbreakdown: complete\nprograms:\n  - {id: a1, title: 岸壁, requested: 100, prior: 90, group: 港湾局}\n  - {id: a2, title: 防波堤, requested: 200, prior: 190, group: 港湾局}  # 後ろ\n  - {id: b1, title: 避難, requested: 300, prior: 270, group: 防災局}\n";

/// A chapter whose total tells request and wish apart, and one of whose lines does not.
const SPLIT: &str = "gaisan: 1\nid: x\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nrequested: {amount: 300, request: 250, wish: 50}\nprior: 5\nbreakdown: complete\nprograms:\n  - {id: a1, title: 甲, requested: {amount: 100, request: 50, wish: 50}, prior: 5}\n  - {id: a2, title: 乙, requested: 200, prior: 新規}\n  - {id: a3, title: 丙, requested: 事項要求, prior: 新規}\n";

/// What is changed, the code, what is said, and what the file says then that it did not.
pub(crate) type Case<'c> = (&'c [&'c str], i32, &'c [&'c str], &'c [&'c str]);

pub(crate) fn hold(chapter: &str, cases: &[Case<'_>]) {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let path = folder.join("budgets/fy2027/x/request.yaml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, chapter).unwrap();
    fine(folder, &["export", "--to", "a.xlsx"]);
    let mut wrong = Vec::new();
    for (changes, code, wanted, lines) in cases {
        std::fs::write(&path, chapter).unwrap();
        let mut made = Command::new(&python);
        let made = made.args(["-c", MOVE, "a.xlsx", "b.xlsx"]).args(*changes).current_dir(folder).output();
        let made = made.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let import = || {
            let run = gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/x"]);
            let said = [run.stdout, run.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
            (run.status.code(), said)
        };
        let (ended, said) = import();
        let now = std::fs::read_to_string(&path).unwrap();
        let new: Vec<&str> =
            now.lines().filter(|line| !chapter.lines().any(|old| old == *line)).map(str::trim).collect();
        let is_said = wanted.iter().all(|wanted| said.contains(wanted));
        let (_, again) = import();
        // What came in is no change of the files that the sheet would not know of.
        let is_done = again.contains("nothing changed") && !again.contains("since the sheet was made");
        if ended != Some(*code) || !is_said || new != *lines || !is_done {
            wrong.push(format!("{changes:?}: {ended:?} {new:?} {said} {again}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_program_is_in_the_group_that_its_row_stands_below() {
    hold(
        CHAPTER,
        &[
            (
                &["like=9", "A9=新", "B9=50", "C9=新規"],
                0,
                &["new: 新（A9）, below `防災局`"],
                &["requested: 650", "- {id: p-4, title: 新, group: 防災局, requested: 50, prior: 新規}"],
            ),
            (
                &["move=7:9"],
                0,
                &["a2  group `港湾局` → `防災局`（A9）"],
                &["- {id: a2, title: 防波堤, requested: 200, prior: 190, group: 防災局}  # 後ろ"],
            ),
            (
                &["move=7:4"],
                0,
                &["a2  group `港湾局` → –"],
                &["- {id: a2, title: 防波堤, requested: 200, prior: 190}  # 後ろ"],
            ),
            // A heading that was put in, copied or called otherwise.
            (
                &["put=10", "put=11", "A10=海事局", "A11=船舶", "B11=50", "C11=新規"],
                0,
                &["new: 船舶（A11）, below `海事局`"],
                &["requested: 650", "- {id: p-4, title: 船舶, group: 海事局, requested: 50, prior: 新規}"],
            ),
            (
                &["copy=9:9", "copy=8:9", "A10=海事局", "A11=船舶"],
                0,
                &["new: 船舶（A11）, below `海事局`"],
                &[
                    "requested: 900",
                    "prior: 820",
                    "- {id: p-4, title: 船舶, group: 海事局, requested: 300, prior: 270}",
                ],
            ),
            (
                &["A8=危機管理局"],
                0,
                &["b1  group `防災局` → `危機管理局`"],
                &["- {id: b1, title: 避難, requested: 300, prior: 270, group: 危機管理局}"],
            ),
            // Headings that are gone, one or all, leave their programs in no group or in the one above.
            (
                &["out=8"],
                0,
                &["b1  group `防災局` → `港湾局`"],
                &["- {id: b1, title: 避難, requested: 300, prior: 270, group: 港湾局}"],
            ),
            (
                &["out=8", "out=5"],
                0,
                &["a1  group `港湾局` → –", "b1  group `防災局` → –"],
                &[
                    "- {id: a1, title: 岸壁, requested: 100, prior: 90}",
                    "- {id: a2, title: 防波堤, requested: 200, prior: 190}  # 後ろ",
                    "- {id: b1, title: 避難, requested: 300, prior: 270}",
                ],
            ),
            // A line that has the title of a row that is none, and one that is set in below a new one, stay what they are, which is said.
            (
                &["A6=小計"],
                1,
                &["`小計` is a line of the chapter, and goes on being added"],
                &["- {id: a1, title: 小計, requested: 100, prior: 90, group: 港湾局}"],
            ),
            (
                &["A6=（参考）岸壁"],
                1,
                &["`（参考）岸壁` is a line of the chapter"],
                &["- {id: a1, title: （参考）岸壁, requested: 100, prior: 90, group: 港湾局}"],
            ),
            (
                &["like=6", "A6=新", "B6=50", "C6=新規", "in=A7"],
                1,
                &[
                    "new: 新（A6）",
                    "a1  its row stands below `新` in the sheet, which is new; the line stays below `x`",
                ],
                &["requested: 650", "- {id: p-4, title: 新, group: 港湾局, requested: 50, prior: 新規}"],
            ),
            // What states no amount is no heading of lines that stay, and hides no total.
            (&["put=7", "A7=新"], 1, &["`新` is a new line, and what it asks for is not stated"], &[]),
        ],
    );
}

#[test]
fn words_and_marks_mean_the_same_in_a_new_row_and_in_one_that_was_there() {
    let recount = "- {id: a2, title: 防波堤, requested: 200, prior: 190, notes: [{kind: recount}], group: 港湾局}  # 後ろ";
    let within = recount.replace("recount", "within");
    let retitled = recount.replace("防波堤", "防波堤（再掲）");
    let bracketed = recount.replace("200, prior: 190", "50, prior: 40");
    let new = ["put=8", "B8=50", "C8=40"];
    hold(
        CHAPTER,
        &[
            (&["F7=再掲"], 1, &["a2  note – → `再掲`"], &["requested: 400", "prior: 360", recount]),
            (&["F7=内数"], 1, &["a2  note – → `内数`"], &["requested: 400", "prior: 360", &within]),
            (
                &["A7=防波堤（再掲）"],
                1,
                &["a2  note – → `再掲`"],
                &["requested: 400", "prior: 360", &retitled],
            ),
            (
                &["B7=〔50〕", "C7=〔40〕"],
                0,
                &["a2  note – → `再掲`"],
                &["requested: 400", "prior: 360", &bracketed],
            ),
            (
                &[new[0], "A8=新（再掲）", new[1], new[2]],
                1,
                &["new: 新（再掲）"],
                &["- {id: p-4, title: 新（再掲）, requested: 50, prior: 40, notes: [{kind: recount}]}"],
            ),
            (
                &[new[0], "A8=新", "B8=〔50〕", "C8=〔40〕"],
                0,
                &["new: 新"],
                &["- {id: p-4, title: 新, requested: 50, prior: 40, notes: [{kind: recount}]}"],
            ),
            (
                &[new[0], "A8=新", new[1], "C8=-"],
                0,
                &["new: 新"],
                &["requested: 650", "- {id: p-4, title: 新, requested: 50, prior: \"-\"}"],
            ),
            // What cannot be read is not said to be stated nowhere.
            (&[new[0], "A8=新", "B8=要検討", "C8=-"], 1, &["E0703", "an amount that is not taken"], &[]),
            (&[new[0], "A8=新", new[2]], 1, &["what it asks for is not stated"], &[]),
            // Without last year's amount it had none, and the total stays one.
            (
                &[new[0], "A8=新", new[1]],
                1,
                &["what last year had is not stated; － is taken for it"],
                &["requested: 650", "- {id: p-4, title: 新, requested: 50, prior: \"-\"}"],
            ),
        ],
    );
}

#[test]
fn request_and_wish_go_together() {
    hold(
        SPLIT,
        &[
            (
                &["B6=230"],
                1,
                &["x  うち要求 250 → 280"],
                &[
                    "requested: {amount: 330, request: 280, wish: 50}",
                    "- {id: a2, title: 乙, requested: 230, prior: 新規}",
                ],
            ),
            (&["C5=90", "D5="], 1, &["`90` is one part of what is asked for", "its cell is empty now"], &[]),
            (&["C7=100", "D7=200"], 1, &["`100` is one part of what is asked for"], &[]),
            (
                &["C6=150", "D6=50"],
                1,
                &["a2  うち要求 – → 150", "a2  うち要望 – → 50"],
                &[
                    "requested: {amount: 300, request: 200, wish: 100}",
                    "- {id: a2, title: 乙, requested: {amount: 200, request: 150, wish: 50}, prior: 新規}",
                ],
            ),
        ],
    );
}
