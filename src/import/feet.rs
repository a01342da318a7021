//! Rows below and between the lines of a table that are none of them: feet of pages, and whom to ask.

use super::grid::{Filled, Grid, Kind, Row};
use super::table::{Table, holds_number};
use super::{titles, words};

/// Whether a row is the foot of a page: `- 3 -`, `3/12`, `Page 3`, 次頁へ続く.
pub(super) fn is_page_foot(row: &Row) -> bool {
    let said = |cell: &Filled| words::folded(&cell.text);
    let is_foot = |cell: &Filled| {
        let said = said(cell);
        let bare = said.trim_matches(|c: char| c.is_ascii_digit() || "-–—−－/~|.()".contains(c));
        let is_marked = bare.len() < said.len()
            && matches!(bare, "page" | "p" | "頁" | "ページ" | "of" | "pageof")
            || bare.is_empty()
                && said.starts_with(['-', '–', '—', '−'])
                && said.ends_with(['-', '–', '—', '−'])
                && said.len() > 2;
        let parts: Vec<&str> = said.split('/').collect();
        let is_share = parts.len() == 2
            && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let goes_on = ["次頁", "次ページ", "前頁", "前ページ", "continuedonnextpage"]
            .iter()
            .any(|word| said.contains(word));
        cell.kind == Kind::Text && (is_marked || is_share || goes_on)
    };
    !row.cells.is_empty() && row.cells.iter().all(is_foot)
}

/// Whether a text says whom to ask: 担当：会計課, 内線 1234, 03-1234-5678, a@example.jp.
fn is_contact(text: &str) -> bool {
    let said = words::folded(text);
    let said = said.trim_matches(|c: char| "()<>【】[]〔〕※*".contains(c));
    let words = [
        "担当者", "担当課", "担当", "連絡先", "電話番号", "電話", "tel", "内線", "fax", "e-mail", "email",
        "mail", "メール", "問合せ先", "問い合わせ先", "お問合せ先", "お問い合わせ先", "照会先", "作成者",
        "作成課", "記入者", "作成日", "提出日", "作成年月日",
    ];
    let named = words.iter().find_map(|word| said.strip_prefix(word));
    let is_named = named.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || ":.(-".contains(c))
    });
    let is_number = |word: &str| {
        let parts: Vec<&str> = word.split(['-', '(', ')']).filter(|part| !part.is_empty()).collect();
        let are_digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        parts.len() == 3 && are_digits && word.starts_with(['0', '(']) && (9..15).contains(&word.len())
    };
    let is_address = said.contains('@') && said.is_ascii();
    is_named || is_address || said.split(|c: char| !c.is_ascii_digit() && !"-()".contains(c)).any(is_number)
}

/// The rows below the lines of a table that say whom to ask. They are none of its lines.
pub(super) fn contacts(grid: &Grid, table: &Table) -> Vec<usize> {
    let end = table.body.end.min(grid.rows.len());
    let rows = grid.rows.get(table.body.start..end).unwrap_or_default();
    let has_figures = |row: &Row| {
        row.cells.iter().filter(|cell| table.is_figure(cell.column) && holds_number(cell)).count()
    };
    let is_total = |row: &Row| row.cells.iter().any(|cell| titles::sum(&cell.text).is_some());
    let total = rows.iter().rposition(is_total).unwrap_or(rows.len());
    let says = |row: &Row| row.cells.iter().any(|cell| is_contact(&cell.text));
    // From the first of them below the total on, there are no lines any more.
    let first = (total + 1..rows.len()).find(|at| rows.get(*at).is_some_and(says));
    if let Some(first) = first {
        let is_remark = |row: &Row| row.cells.first().is_some_and(|cell| titles::is_remark(&cell.text));
        let below = (first..rows.len()).filter(|at| !rows.get(*at).is_some_and(is_remark));
        return below.map(|at| table.body.start + at).collect();
    }
    let is_one = |at: usize, row: &Row| {
        let most = usize::from(at > total);
        has_figures(row) <= most && says(row)
    };
    let below =
        rows.iter().enumerate().rev().take_while(|(at, row)| is_one(*at, row) || has_figures(row) == 0);
    below.filter(|(at, row)| is_one(*at, row)).map(|(at, _)| table.body.start + at).collect()
}
