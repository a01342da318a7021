//! Columns of words right of the names of programs: levels below these, or remarks on them.

use super::amounts::Sure;
use super::table::Column;
use super::words::{self, Role};

/// What divides a program further, where it stands right of its name.
const FINER: &str = "節 節名 細節 細々節 細細節 小節 経費区分 経費 費目 細目 細々目 細事業 小事業 枝事業 内訳 細項目 明細 積算 積算内訳 使途 性質";
/// What only tells of it there.
const TELLING: &str = "所管 主管 所属 担当 担当課 担当部局 所管課 所管部局 課名 部名 部局 局名 主体 実施主体 事業主体 期間 会計 款 項 目 科目 組織 府省 府省庁 施策";

/// Columns of words right of the names of programs: finer ones are levels below these, in the order of the columns, and others are remarks on them.
pub(super) fn behind_names(columns: &mut [Column]) {
    let is = |column: &Column, words: &str| {
        let said = words::without_brackets(&words::folded(&column.header));
        let said = said.strip_suffix("名称").or(said.strip_suffix('名')).unwrap_or(&said);
        words.split(' ').any(|word| {
            said.ends_with(word.strip_suffix('名').unwrap_or(word))
                && (word.chars().count() > 1 || said == word)
        })
    };
    let is_open = |column: &Column| column.sure != Sure::Mapped;
    let is_program = |column: &&Column| {
        column.role == Role::Name
            || column.role == Role::Label && is(column, "事業 事務事業 事項 件名 項目 事業項目")
    };
    let amount =
        columns.iter().position(|column| matches!(column.role, Role::Amount(_))).unwrap_or(columns.len());
    let Some(name) = columns.iter().take(amount).position(|column| is_program(&column)) else { return };
    let behind = columns.iter().enumerate().skip(name + 1).take(amount.saturating_sub(name + 1));
    let labels: Vec<usize> = behind
        .filter(|(_, column)| column.role == Role::Label && is_open(column))
        .map(|(at, _)| at)
        .collect();
    let has_finer = labels.iter().any(|at| columns.get(*at).is_some_and(|column| is(column, FINER)));
    for at in labels {
        let Some(column) = columns.get_mut(at) else { continue };
        if !is(column, FINER) && is(column, TELLING) {
            column.role = Role::Notes;
        }
    }
    if let Some(column) = columns.get_mut(name).filter(|column| has_finer && is_open(column)) {
        column.role = Role::Label;
    }
    // 細事業名 is called a name, too.
    let names =
        columns.iter_mut().take(amount).skip(name).filter(|column| column.role == Role::Name && has_finer);
    names.filter(|column| is_open(column)).for_each(|column| column.role = Role::Label);
}
