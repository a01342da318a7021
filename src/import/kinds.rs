//! Columns that say of every line whether it is new, goes on or ends, and name none.

use super::amounts::Sure;
use super::grid::{Grid, Row};
use super::table::{Column, Table};
use super::titles;
use super::words::{self, Role};

/// What only says of every line whether it is new is a remark and no level: 新規, 拡充, 継続.
pub(super) fn settle(grid: &Grid, table: &mut Table) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let is_word = |column: &&Column| matches!(column.role, Role::Label | Role::Name);
    let words: Vec<usize> = table.columns.iter().filter(is_word).map(|column| column.at).collect();
    let is_kind = |text: &str| {
        let said = words::folded(text);
        let bare = said.trim_matches(|c: char| !c.is_alphanumeric());
        !bare.is_empty()
            && bare.split(['・', '/', '、']).all(|part| KINDS.split(' ').any(|kind| kind == part))
    };
    let says_kinds = |at: &usize| {
        let is_name = |text: &str| !text.is_empty() && titles::sum(text).is_none();
        let others = |row: &&Row| words.iter().any(|other| other != at && is_name(row.text(*other)));
        let mut lines = rows.iter().filter(others).peekable();
        lines.peek().is_some() && lines.all(|row| is_kind(row.text(*at)))
    };
    let found: Vec<usize> = words.iter().copied().filter(says_kinds).collect();
    for column in table.columns.iter_mut().filter(|column| found.contains(&column.at)) {
        if column.sure != Sure::Mapped {
            column.role = Role::Notes;
        }
    }
}

/// What is said of lines that are new, go on or end.
const KINDS: &str = "新規 拡充 継続 拡大 縮小 廃止 終了 統合 見直し 組替 組替え 改善 充実 強化 重点 一部新規 一部拡充 一部廃止 新 拡 継 new expanded continuing continued ongoing";
