//! What columns hold, as far as the columns beside them tell.

use std::collections::HashSet;

use super::grid::Grid;
use super::table::{Column, SAMPLE, Table, is_numeric};
use super::words::{Meaning, Role};
use crate::model::FiscalYear;

/// Sees each column of a table beside the others.
pub(super) fn settle(grid: &Grid, table: &mut Table) {
    named(grid, table);
    items(&mut table.columns);
    beside(grid, table);
    totals_of_parts(&mut table.columns);
    totals_of_years(&mut table.columns);
    budgets(&mut table.columns);
}

/// What is called 計 beside the shares of accounts or other parts is the amount that they make up: that of the words above all of them.
fn totals_of_parts(columns: &mut [Column]) {
    let above = |column: &Column| {
        let last = if column.is_part { column.header.split(' ').next_back() } else { None };
        let part = column.account.as_deref().or(last).and_then(|part| column.header.strip_suffix(part));
        let names = ["合計", "合 計", "計額", "計", "Total"];
        let whole = || names.iter().find_map(|name| column.header.strip_suffix(name));
        part.or_else(whole).unwrap_or(&column.header).trim_end().to_owned()
    };
    let is_amount = |column: &Column| matches!(column.role, Role::Amount(_));
    let parts =
        columns.iter().filter(|column| is_amount(column) && (column.account.is_some() || column.is_part));
    let parts: Vec<(String, Role)> = parts.map(|column| (above(column), column.role)).collect();
    let mut found = Vec::new();
    for column in columns.iter_mut().filter(|column| column.role == Role::Amount(Meaning::Total)) {
        let own = above(column);
        if let Some((_, role)) = parts.iter().find(|(above, _)| !own.is_empty() && *above == own) {
            column.role = *role;
            found.push(own);
        }
    }
    for column in columns.iter_mut().filter(|column| column.is_part && column.account.is_none()) {
        if is_amount(column) && found.contains(&above(column)) {
            (column.role, column.is_said) = (Role::Nothing, false);
        }
    }
}

/// What is called 計 beside columns of several years adds up these, and is the amount of none.
fn totals_of_years(columns: &mut [Column]) {
    let is_asked = |column: &Column| matches!(column.role, Role::Amount(Meaning::Requested | Meaning::Wish));
    let amounts = columns.iter().filter(|column| matches!(column.role, Role::Amount(_)));
    let years: HashSet<_> = amounts.filter_map(|column| column.year(FiscalYear::new(2025))).collect();
    if years.len() > 1 && !columns.iter().any(is_asked) {
        let totals = columns.iter_mut().filter(|column| column.role == Role::Amount(Meaning::Total));
        totals.filter(|column| column.year(None).is_none()).for_each(|column| column.role = Role::Nothing);
    }
}

/// The only column of words before amounts names the lines, whatever its header says of it: Account, No., 摘要.
fn named(grid: &Grid, table: &mut Table) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let is_word = |column: &Column| {
        let texts =
            || rows.iter().take(SAMPLE).map(|row| row.text(column.at)).filter(|text| !text.is_empty());
        texts().filter(|text| is_numeric(text)).count() * 2 < texts().count()
    };
    let is_amount = |column: &&mut Column| matches!(column.role, Role::Amount(_));
    let names = |column: &Column| {
        matches!(column.role, Role::Label | Role::Name | Role::Type | Role::Level | Role::Parent)
    };
    if !table.columns.iter().any(names) {
        let before = table.columns.iter_mut().take_while(|column| !is_amount(column));
        let mut words = before.filter(|column| is_word(column));
        if let (Some(only), None) = (words.next(), words.next()) {
            only.role = Role::Label;
        }
    }
}

/// Tells columns of parts of each line from those of the lines: 節 behind the amounts, with a 金額 of its own.
fn items(columns: &mut [Column]) {
    let is_amount = |column: &Column| matches!(column.role, Role::Amount(_));
    let Some(first) = columns.iter().position(is_amount) else { return };
    let behind = columns.iter_mut().skip(first + 1).collect::<Vec<_>>();
    let mut behind = behind.into_iter().peekable();
    while let Some(label) = behind.next() {
        let is_label = matches!(label.role, Role::Notes | Role::Label) && label.header.starts_with('節');
        if let Some(amount) = behind.peek_mut().filter(|next| is_label && is_amount(next)) {
            label.role = Role::Item;
            amount.role = Role::ItemAmount;
            return;
        }
    }
}

/// Words under a header that says nothing known, behind words that tell all lines apart, are remarks and no level: 担当, 着手年月日.
fn beside(grid: &Grid, table: &mut Table) {
    let rows = grid.rows.get(table.body.clone()).unwrap_or_default();
    let tells_apart = |named: &Column, other: &Column| {
        let mut known = HashSet::new();
        let mut rows = rows.iter().take(SAMPLE).filter(|row| !row.text(other.at).is_empty());
        rows.all(|row| !row.text(named.at).is_empty() && known.insert(row.text(named.at)))
    };
    let is_named = |column: &&Column| column.is_said && matches!(column.role, Role::Label | Role::Name);
    let is_beside = |at: usize, column: &Column| {
        let before = table.columns.iter().take(at).filter(is_named);
        column.role == Role::Label
            && !column.is_said
            && !column.header.is_empty()
            && before.into_iter().any(|named| tells_apart(named, column))
    };
    let beside: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| is_beside(*at, column))
        .map(|(at, _)| at)
        .collect();
    for at in beside {
        if let Some(column) = table.columns.get_mut(at) {
            column.role = Role::Notes;
        }
    }
}

/// A budget of no year before what is requested is that of the year before.
fn budgets(columns: &mut [Column]) {
    let place = |wanted: Meaning| columns.iter().position(|column| column.role == Role::Amount(wanted));
    let Some(requested) = place(Meaning::Requested).filter(|_| place(Meaning::Prior).is_none()) else {
        return;
    };
    let is_it = |column: &&mut Column| {
        column.role == Role::Amount(Meaning::Budget)
            && column.year(FiscalYear::new(2025)).is_none()
            && column.header.to_lowercase().contains("budget") | column.header.contains("予算額")
    };
    let mut found = columns.iter_mut().take(requested).filter(is_it);
    if let (Some(only), None) = (found.next(), found.next()) {
        only.role = Role::Amount(Meaning::Prior);
    }
}
