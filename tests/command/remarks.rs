//! What an officer writes into the texts of an exported workbook: remarks beside what gaisan words itself, and texts of one line on several.

use crate::groups::hold;

/// Rows: 5 甲, 6 乙, 7 丙, 8 丁, 9 計. Columns: A number, B title, C requested, D prior, G notes.
const CHAPTER: &str = "gaisan: 1\nid: x\nnumber: 3\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nrequested: 15\nprior: 12\nbreakdown: complete\nprograms:\n  - {id: a, title: 甲, number: （１）, requested: 3, prior: 新規, notes: [{kind: recount, of: b}, {kind: remark, text: 推進枠}]}\n  - {id: b, title: 乙, requested: 5, prior: 4, notes: {kind: remark, text: 継続}}\n  - {id: c, title: 丙, requested: 5, prior: {amount: 4, basis: revised}}\n  - {id: d, title: 丁, requested: 5, prior: 4, notes: {kind: estimate}}\n";

#[test]
fn a_remark_beside_what_gaisan_words_itself_is_added_changed_and_removed_alone() {
    let a = "- {id: a, title: 甲, number: （１）, requested: 3, prior: 新規";
    let (recount, c) =
        ("{kind: recount, of: b}", "- {id: c, title: 丙, requested: 5, prior: {amount: 4, basis: revised}");
    let own = |notes: &str| format!("{a}, notes: [{recount}{notes}]}}");
    let (without, other, more) = (
        own(""),
        own(", {kind: remark, text: 重点枠}"),
        own(", {kind: remark, text: 推進枠}, {kind: remark, text: 追記}"),
    );
    let added = format!("{c}, notes: [{{kind: remark, text: 要調整}}]}}");
    let listed = "- {id: b, title: 乙, requested: 5, prior: 4, notes: [{kind: remark, text: 継続}, {kind: remark, text: 追記}]}";
    let estimate =
        "- {id: d, title: 丁, requested: 5, prior: 4, notes: [{kind: estimate}, {kind: remark, text: 追記}]}";
    hold(
        CHAPTER,
        &[
            (&["G5=再掲（乙に計上）"], 0, &["a  note `推進枠` → –"], &[&without]),
            (&["G5=再掲（乙に計上）。重点枠"], 0, &["a  note `推進枠` → `重点枠`"], &[&other]),
            (&["G5=再掲（乙に計上）。推進枠\\n追記"], 0, &["a  note – → `追記`"], &[&more]),
            // What is cleared takes the remarks with it, and nothing that the files say of amounts.
            (
                &["G5="],
                1,
                &["a  note `推進枠` → –", "`再掲（乙に計上）` follows from what the files say"],
                &[&without],
            ),
            (&["G5=推進枠"], 1, &["`再掲（乙に計上）` follows from", "nothing changed"], &[]),
            (&["G5=再掲（丙に計上）。推進枠"], 1, &["it is not taken", "nothing changed"], &[]),
            // A note that is no list goes, and becomes one.
            (&["G6="], 0, &["b  note `継続` → –"], &["- {id: b, title: 乙, requested: 5, prior: 4}"]),
            (&["G6=継続\\n追記"], 0, &["b  note – → `追記`"], &[listed]),
            (&["G7=前年度予算額・補正後、要調整"], 0, &["c  note – → `要調整`"], &[&added]),
            (&["G8=運営費交付金中の推計額。追記"], 0, &["d  note – → `追記`"], &[estimate]),
        ],
    );
}

#[test]
fn a_text_of_one_line_that_is_written_on_several_is_taken_as_it_is_printed_and_that_is_said() {
    let a = "- {id: a, title: 甲第二, number: （１）, requested: 3, prior: 新規, notes: [{kind: recount, of: b}, {kind: remark, text: 推進枠}]}";
    let said = |text: &str| format!("`{text}` is taken as one line, without the line break in its cell");
    hold(
        CHAPTER,
        &[
            (&["B5=甲\\n第二"], 1, &["a  title `甲` → `甲第二`", &said("甲第二")], &[a]),
            (&["B5=甲\\n"], 0, &["nothing changed"], &[]),
            (
                &["B6=New\\nPlan", "A6=（\\n２）"],
                1,
                &["b  title `乙` → `New Plan`", "b  number – → `（２）`", &said("New Plan"), &said("（２）")],
                &[
                    "- {id: b, number: （２）, title: New Plan, requested: 5, prior: 4, notes: {kind: remark, text: 継続}}",
                ],
            ),
            (
                &["A1=令和9年度概算要求　3. 章の\\n二", "A2=府\\n庁"],
                1,
                &["x  title `章` → `章の二`", "x  ministry `省` → `府庁`", &said("府庁")],
                &["title: 章の二", "ministry: 府庁"],
            ),
            (
                &["put=9", "B9=新\\n設", "C9=1", "D9=新規"],
                1,
                &["new: 新設", &said("新設")],
                &["requested: 16", "- {id: p-5, title: 新設, requested: 1, prior: 新規}"],
            ),
        ],
    );
}
