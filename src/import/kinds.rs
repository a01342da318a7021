//! Columns that say of lines of which kind they are, whether new, going on or ending, and name none.

use std::collections::HashSet;

use super::Cell;
use super::amounts::Sure;
use super::grid::{Grid, Row};
use super::table::{Column, Table};
use super::titles;
use super::words::{self, Role};

/// What only says of lines whether they are new is a remark and no level: 新規, 拡充, 継続; of others it says nothing. So is what a column of kinds says
/// behind words that tell all lines apart. Accounts are those of the lines.
pub(super) fn settle(grid: &Grid, table: &mut Table) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let is_word = |column: &&Column| matches!(column.role, Role::Label | Role::Name);
    let words: Vec<usize> = table.columns.iter().filter(is_word).map(|column| column.at).collect();
    let is_name = |text: &str| !text.is_empty() && titles::sum(text).is_none();
    let lines = |at: usize| {
        let words = &words;
        rows.iter().filter(move |row| words.iter().any(|other| *other != at && is_name(row.text(*other))))
    };
    // 新規 above lines that go on below it, with a total of its own, is a group.
    let heads_groups = |at: usize| {
        let is_part = |row: &Row| {
            let of = |at: &usize| titles::sum(row.text(*at)) == Some(titles::Sum::Part);
            words.iter().any(of)
        };
        let names_lines =
            |row: &Row| !row.text(at).is_empty() && lines(at).all(|line| !std::ptr::eq(line, row));
        let is_joined = |row: usize| grid.last_row_of(Cell { row, column: at }) > row;
        table.body.clone().any(is_joined)
            || rows.iter().any(|row| is_part(row) || is_name(row.text(at)) && names_lines(row))
    };
    let says = |at: usize, is_kind: &dyn Fn(&str) -> bool| {
        let said = |row: &&Row| !row.text(at).is_empty();
        let (all, told) = (lines(at).count(), lines(at).filter(said).count());
        told > 0
            && lines(at).filter(said).all(|row| is_kind(row.text(at)))
            && (told == all || told * 2 > all && !heads_groups(at))
    };
    let is_behind = |at: usize| {
        let named = words.iter().find(|other| **other < at);
        named.is_some_and(|named| {
            let mut known = HashSet::new();
            // 前年度 and 要求額 in rows without a name of their own are amounts of the line above.
            rows.iter().all(|row| row.text(at).is_empty() || !row.text(*named).is_empty())
                && lines(at).all(|row| is_name(row.text(*named)) && known.insert(row.text(*named)))
        })
    };
    let mut found = Vec::new();
    for column in table.columns.iter().filter(is_word).filter(|column| column.sure != Sure::Mapped) {
        let at = column.at;
        if says(at, &is_kind) || is_of_kinds(&column.header) && is_behind(at) && !says(at, &is_account) {
            found.push((at, Role::Notes));
        } else if words.len() > 1 && is_of_kinds(&column.header) && is_behind(at) {
            found.push((at, Role::Account));
        }
    }
    for column in &mut table.columns {
        if let Some((_, role)) = found.iter().find(|(at, _)| *at == column.at) {
            column.role = *role;
        }
    }
}

/// Whether a head says that its column holds kinds, whichever.
fn is_of_kinds(header: &str) -> bool {
    matches!(words::folded(header).as_str(), "区分" | "種別" | "種類" | "分類" | "性質" | "性質別")
}

fn is_kind(text: &str) -> bool {
    let said = words::folded(text);
    let bare = said.trim_matches(|c: char| !c.is_alphanumeric());
    !bare.is_empty() && bare.split(['・', '/', '、']).all(|part| KINDS.split(' ').any(|kind| kind == part))
}

fn is_account(text: &str) -> bool {
    titles::is_account(text)
}

/// What is said of lines that are new, go on or end.
const KINDS: &str = "新規 拡充 継続 拡大 縮小 廃止 終了 統合 見直し 組替 組替え 改善 充実 強化 重点 一部新規 一部拡充 一部廃止 新 拡 継 new expanded continuing continued ongoing";
