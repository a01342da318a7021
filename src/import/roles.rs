//! What columns hold, as far as the columns beside them tell.

use std::collections::HashSet;

use super::amounts::{self, Sure};
use super::grid::Grid;
use super::table::{Column, SAMPLE, Table, is_numeric};
use super::telling;
use super::titles;
use super::words::{Meaning, Role};
use super::{bases, between, kinds};
use crate::model::{FiscalYear, Money, Stage, Unit};

/// The year of a column, where any may stand in for that of the table, which is not known yet.
fn year_of(column: &Column) -> Option<FiscalYear> {
    column.year(FiscalYear::new(2025))
}

/// Sees each column of a table beside the others.
pub(super) fn settle(grid: &Grid, table: &mut Table) {
    differences(grid, table);
    in_brackets(&mut table.columns);
    kinds::settle(grid, table);
    bases::settle(&mut table.columns);
    named(grid, table);
    items(&mut table.columns);
    telling::behind_names(&mut table.columns);
    beside(grid, table);
    shares(&mut table.columns);
    sources(&mut table.columns);
    totals_of_parts(&mut table.columns);
    totals_of_years(&mut table.columns);
    totals_of_supplements(&mut table.columns);
    budgets(grid, table);
    superseded(&mut table.columns);
    undecided(&mut table.columns);
}

/// 予算額－決算額 is the difference of two columns where their amounts make it.
fn differences(grid: &Grid, table: &mut Table) {
    let is_amount = |column: &Column| matches!(column.role, Role::Amount(_));
    let amounts: Vec<usize> = (0..table.columns.len()).filter(|at| is_amount(&table.columns[*at])).collect();
    let is_open = |at: &&usize| {
        let column = &table.columns[**at];
        column.sure != Sure::Mapped && between::may_be_difference(&column.header)
    };
    let is_made = |made: &&usize| {
        let parts = || amounts.iter().filter(|at| at != made);
        parts().any(|one| parts().any(|other| makes(grid, table, **made, &[(*one, 1), (*other, -1)])))
    };
    let found: Vec<usize> = amounts.iter().filter(is_open).filter(is_made).copied().collect();
    for at in found {
        table.columns.get_mut(at).into_iter().for_each(|column| column.role = Role::Change);
    }
}

/// Whether two columns hold amounts of one year and one account, as far as their heads say.
fn are_of_one(one: &Column, other: &Column) -> bool {
    year_of(one) == year_of(other) && one.account == other.account
}

/// Leaves a column open, which is then asked about.
fn leave(column: &mut Column) {
    if column.sure != Sure::Mapped {
        (column.role, column.is_said) = (Role::Nothing, false);
    }
}

/// 要求額（一般会計） beside 要求額（特別会計）: each is the share of its account. One alone says of what the whole table is.
fn in_brackets(columns: &mut [Column]) {
    let account = |column: &Column| {
        let header = column.header.replace(['（', '('], "\u{0}").replace(['）', ')'], "\u{0}");
        let account =
            header.split('\u{0}').skip(1).step_by(2).find(|text| titles::is_account_column(text))?;
        matches!(column.role, Role::Amount(_)).then(|| account.to_owned())
    };
    let found: Vec<Option<String>> = columns.iter().map(account).collect();
    if found.iter().flatten().collect::<HashSet<_>>().len() > 1 {
        for (column, account) in columns.iter_mut().zip(found) {
            column.account = column.account.take().or(account);
        }
    }
}

/// Accounts that stand beside each other alone are shares of what the table is about.
fn shares(columns: &mut [Column]) {
    let is_share = |column: &Column| column.account.as_deref() == Some(&column.header) && !column.is_said;
    let is_whole = |column: &&Column| {
        column.account.is_none() && matches!(column.role, Role::Amount(meaning) if meaning != Meaning::Prior)
    };
    let whole = columns.iter().find(is_whole).map(|column| column.role);
    for column in columns.iter_mut().filter(|column| is_share(column)) {
        match whole {
            Some(Role::Amount(Meaning::Total)) | None => {}
            Some(role) => column.role = role,
        }
        column.is_said = true;
    }
}

/// What is called その他 beside 国庫支出金 is of where the money comes from, too.
fn sources(columns: &mut [Column]) {
    let is_beside = columns.iter().any(|column| column.role == Role::Sources);
    let is_other = |column: &&mut Column| column.role == Role::Nothing && column.header.ends_with("その他");
    columns.iter_mut().filter(|_| is_beside).filter(is_other).for_each(|column| column.role = Role::Sources);
}

/// Where one column holds what is asked for since (修正要求額), what was asked for first is passed: 当初要求額.
fn superseded(columns: &mut [Column]) {
    let is_asked =
        |column: &Column| column.role == Role::Amount(Meaning::Requested) && column.sure != Sure::Mapped;
    let is_new = |column: &Column| {
        is_asked(column)
            && amounts::says(&column.header, "修正要求 修正後要求 変更後要求 変更要求 再要求 revisedrequest")
    };
    let new: Vec<Column> = columns.iter().filter(|column| is_new(column)).cloned().collect();
    for column in columns.iter_mut().filter(|column| is_asked(column) && !is_new(column)) {
        if new.iter().any(|new| are_of_one(new, column)) {
            column.role = Role::Amount(Meaning::Passed);
        }
    }
}

/// Where the heads of several columns only end with the words of one amount, none of them is it: 新規要求, 継続要求. Nor is a part of an amount beside
/// the whole of it.
fn undecided(columns: &mut [Column]) {
    let is_open = |column: &Column| matches!(column.role, Role::Amount(_)) && column.sure == Sure::Partly;
    let open: Vec<usize> = (0..columns.len())
        .filter(|at| {
            let Some(own) = columns.get(*at).filter(|own| is_open(own) && own.account.is_none()) else {
                return false;
            };
            let mut others = columns.iter().filter(|other| other.at != own.at && other.role == own.role);
            others.any(|other| are_of_one(own, other) && (own.is_part || is_open(other)))
        })
        .collect();
    let is_whole = |own: &Column| {
        columns.iter().any(|other| {
            other.role == own.role && other.sure > Sure::Partly && are_of_one(own, other) && !own.is_part
        })
    };
    let open: Vec<usize> = open.into_iter().filter(|at| !columns.get(*at).is_some_and(is_whole)).collect();
    open.into_iter().for_each(|at| columns.get_mut(at).into_iter().for_each(leave));
}

/// What is called 計 beside 当初 and 補正 of its year is the budget with what supplements it, and without these a budget; what is asked for has a total of its own
/// year.
fn totals_of_supplements(columns: &mut [Column]) {
    let has = |columns: &[Column], total: &Column, wanted: &[Meaning]| {
        columns.iter().any(|column| {
            matches!(column.role, Role::Amount(meaning) if wanted.contains(&meaning))
                && are_of_one(column, total)
        })
    };
    let is_asked = columns.iter().any(|column| column.role == Role::Amount(Meaning::Requested));
    let is_total = |column: &&Column| match column.role {
        Role::Amount(Meaning::Prior) => column.header.ends_with('計') && column.sure != Sure::Mapped,
        role => role == Role::Amount(Meaning::Total),
    };
    for at in 0..columns.len() {
        let Some(total) = columns.get(at).filter(is_total) else { continue };
        let role = match () {
            () if has(columns, total, &[Meaning::Requested, Meaning::Wish]) => Meaning::Total,
            () if has(columns, total, &[Meaning::Supplementary]) => Meaning::Revised,
            () if total.role == Role::Amount(Meaning::Prior) => Meaning::Prior,
            () if is_asked && total.year(None).is_some() => Meaning::Budget,
            () => Meaning::Total,
        };
        columns.get_mut(at).into_iter().for_each(|column| column.role = Role::Amount(role));
    }
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
    let years: HashSet<_> = amounts.filter_map(year_of).collect();
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

/// A budget of no year beside what is requested is that of the year before, where it is the only one or the changes say so. Others are asked about:
/// nothing of the year that is asked for can be enacted without a word that says it.
fn budgets(grid: &Grid, table: &mut Table) {
    let is =
        |column: &Column, meaning: Meaning| column.role == Role::Amount(meaning) && column.account.is_none();
    let place = |wanted: Meaning| table.columns.iter().position(|column| is(column, wanted));
    let Some(requested) = place(Meaning::Total).or(place(Meaning::Requested)) else { return };
    let has_prior = place(Meaning::Prior).is_some();
    let current = table.columns.get(requested).and_then(|column| column.year(None));
    let is_open = |column: &Column| {
        let is_it = is(column, Meaning::Budget) || !has_prior && is(column, Meaning::Enacted);
        let year = year_of(column);
        let is_same = year == current && !amounts::is_of_budget(&column.header);
        // What is proposed is a stage of what is asked for.
        let is_proposed = amounts::staged(&column.header) == Some(Stage::Proposal);
        is_it && column.sure != Sure::Mapped && !is_proposed && (year.is_none() || is_same)
    };
    let mut open: Vec<usize> = (0..table.columns.len()).filter(|at| is_open(&table.columns[*at])).collect();
    let dated = |column: &Column| is(column, Meaning::Budget) && year_of(column).is_some();
    let is_dated = table.columns.iter().any(|column| dated(column) && year_of(column) != current);
    let change = table.columns.iter().position(|column| column.role == Role::Change);
    let makes =
        |at: &usize| change.is_some_and(|change| makes(grid, table, change, &[(requested, 1), (*at, -1)]));
    let could = |at: &usize| {
        let column = &table.columns[*at];
        column.sure == Sure::Whole && amounts::is_of_budget(&column.header) && !is_dated && !has_prior
    };
    let mut could: Vec<usize> = open.iter().copied().filter(could).collect();
    // 補正後予算額 is that of the year before, too, where it stands alone.
    let is_revised = |at: &usize| {
        let column = &table.columns[*at];
        is(column, Meaning::Revised) && year_of(column).is_none() && !has_prior && !is_dated
    };
    if open.is_empty() {
        could.extend((0..table.columns.len()).filter(is_revised));
    }
    // What a 補正 is added to is the budget of its own year.
    if table.columns.get(requested).is_some_and(|column| column.header.contains("補正")) {
        let revise = |column: &mut Column| column.role = Role::Amount(Meaning::Revised);
        open.into_iter().for_each(|at| table.columns.get_mut(at).into_iter().for_each(revise));
        return;
    }
    let found = match could.as_slice() {
        _ if let Some(found) = open.iter().copied().find(makes).filter(|_| !has_prior) => Some(found),
        [only] => Some(*only),
        _ => None,
    };
    open.retain(|at| Some(*at) != found);
    if let Some(column) = found.and_then(|found| table.columns.get_mut(found)) {
        column.role = Role::Amount(Meaning::Prior);
    }
    open.into_iter().for_each(|at| table.columns.get_mut(at).into_iter().for_each(leave));
}

/// Whether most rows of a table make in one column what they have in others, added or taken away.
fn makes(grid: &Grid, table: &Table, made: usize, parts: &[(usize, i128)]) -> bool {
    let (mut right, mut all) = (0, 0);
    for row in grid.rows.get(table.body.clone()).unwrap_or_default().iter().take(SAMPLE) {
        let amount = |at: usize| {
            let text = row.text(table.columns.get(at)?.at);
            Some(Money::parse(text, Unit::YEN).ok()?.addable()?.smallest_units())
        };
        let sum = parts.iter().try_fold(0_i128, |sum, (at, sign)| sum.checked_add(amount(*at)? * sign));
        if let (Some(made), Some(sum)) = (amount(made), sum) {
            all += 1;
            right += usize::from(made == sum);
        }
    }
    right > 0 && right * 2 > all
}
