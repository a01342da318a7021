//! From a cell to what it says of an amount. The grammar of amounts is [`Money::parse`]'s; only what spreadsheets do to it is known here.

use super::grid::{Filled, Kind};
use crate::model::{Currency, Money, Unit, fold, fold_text, grouped};

/// What a cell of a column of amounts says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// An amount or a word that stands for one, and its text as YAML has it.
    Money(Money, String),
    /// A number in brackets, and the first of them. `〔` says that it is counted elsewhere; of others only the sheet can say what they mean.
    Bracketed(Money, String, char),
    /// What is wrong with it, and what to do.
    Wrong(String, &'static str),
}

/// What can be written in a cell that holds no amount.
pub(super) const WRITE: &str =
    "write an amount, 事項要求, 未定 or － there, or take the column out with `--map`";

/// Reads the cell of an amount that counts `unit`s unless it says otherwise.
pub(super) fn value(cell: &Filled, unit: Unit, decimal_comma: bool) -> Value {
    match cell.kind {
        Kind::Error => return wrong_error(&cell.text),
        Kind::NoValue => {
            return Value::Wrong(
                "the formula has no value".to_owned(),
                "open the workbook in its program and save it again, so that its formulas are worked out",
            );
        }
        Kind::Date => {
            return Value::Wrong(format!("`{}` is a date", cell.text), "write the amount as a number");
        }
        _ if crate::read::error_cell(&cell.text) => return wrong_error(&cell.text),
        _ => {}
    }
    let mut text = plain(&cell.text, unit, decimal_comma && cell.kind == Kind::Text);
    // A format such as 0000 shows zeros that the number does not have.
    let shown = text.trim_start_matches('0');
    if cell.is_stored_number && shown.starts_with(|c: char| c.is_ascii_digit()) {
        text = shown.to_owned();
    }
    // A word in brackets is that word: （新規）.
    let is_word = !text.contains(|c: char| c.is_ascii_digit());
    let word = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|_| is_word);
    let text = word.map_or(text.as_str(), str::trim).to_owned();
    if matches!(text.to_lowercase().as_str(), "n/a" | "n.a." | "na" | "nan" | "不明" | "…")
        || text.len() > 2 && text.chars().all(|c| c == '.')
    {
        return Value::Money(Money::Unknown, "記載なし".to_owned());
    }
    if matches!(text.to_lowercase().as_str(), "tbd" | "tbc" | "調整中" | "検討中" | "協議中" | "精査中")
    {
        return Value::Money(Money::Undecided, "未定".to_owned());
    }
    if matches!(text.as_str(), "廃止" | "皆減") {
        return Value::Money(Money::Ended, "終了".to_owned());
    }
    let bracketed = inner(&text).filter(|_| unit.currency() == Currency::JPY);
    match Money::parse(bracketed.unwrap_or(&text), unit) {
        Ok(money) if !fits(money, unit) => Value::Wrong(
            format!("`{}` is finer than the smallest coin of its unit", cell.text.trim()),
            "round it in the sheet, or give the unit in which it is meant with `--unit`",
        ),
        Ok(money) if bracketed.is_some() => Value::Bracketed(
            money,
            written(money, unit, bracketed.unwrap_or(&text)),
            text.chars().next().unwrap_or('('),
        ),
        Ok(money) => Value::Money(money, written(money, unit, &text)),
        Err(error) => Value::Wrong(error.to_string(), WRITE),
    }
}

fn wrong_error(text: &str) -> Value {
    Value::Wrong(
        format!("`{}` is a spreadsheet's error, not a value", text.trim()),
        "mend the formula in the workbook",
    )
}

/// The text inside brackets that go around all of it.
fn inner(text: &str) -> Option<&str> {
    [('(', ')'), ('〔', '〕'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        inner.contains(|c: char| c.is_ascii_digit()).then_some(inner)
    })
}

/// The text of a cell in the form that amounts are written in.
pub(super) fn plain(text: &str, unit: Unit, decimal_comma: bool) -> String {
    let is_dash = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー' | 'ｰ' | '-');
    let mut text =
        fold_text(text).replace(['\n', '\r', '\t'], " ").replace(['Δ', '∆'], "△").replace('￥', "¥");
    // The dash that closes an amount in yen, so that nothing is written behind it, is no minus: ￥1,200-
    if let Some(closed) = text.trim().strip_prefix('¥').and_then(|rest| rest.strip_suffix(is_dash)) {
        text = format!("¥{}", closed.trim_end_matches('.'));
    }
    if decimal_comma {
        text = text
            .chars()
            .filter(|c| !matches!(c, '.' | ' '))
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
    }
    if unit.currency() != Currency::JPY {
        text = text.replace(['$', '€', '£'], "");
    }
    // Dashes of other kinds stand for a minus, and alone for nothing.
    let bare = text.trim_start().trim_start_matches(is_dash);
    if bare.len() < text.trim_start().len()
        && (bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
    {
        text = format!("-{bare}");
    }
    // $.5
    let is_open = |(before, after): (&str, &str)| {
        matches!(before.trim(), "" | "-" | "(") && after.starts_with(|c: char| c.is_ascii_digit())
    };
    if text.split_once('.').is_some_and(is_open) {
        text = text.replacen('.', "0.", 1);
    }
    if let Some(positive) =
        text.strip_suffix(['-', '△', '▲']).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    {
        text = format!("-{positive}");
    }
    // +2 is 2, and ¥2,000 that many yen.
    let text = text.trim();
    let text = text.replacen("-¥", "-", 1);
    let bare = text.strip_prefix(['+', '¥']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    bare.unwrap_or(&text).to_owned()
}

/// Whether an amount is a whole number of the smallest coins of its currency.
fn fits(money: Money, unit: Unit) -> bool {
    let smallest = unit.currency().smallest_exponent();
    money.amount().is_none_or(|amount| {
        let hundredths = 10_i128.pow(u32::try_from(smallest + 2).unwrap_or(0));
        amount.quantum_exponent() >= smallest || amount.smallest_units() % hundredths == 0
    })
}

/// An amount as YAML has it: a bare number with commas where it counts the unit of the table, and as it is written otherwise.
fn written(money: Money, unit: Unit, text: &str) -> String {
    match money {
        Money::Known(amount) if amount.unit() == unit && amount.compound().is_empty() => {
            let digits: String = text.chars().map(fold).filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let minus = if amount.is_negative() { "-" } else { "" };
            format!("{minus}{}", grouped(digits.trim_end_matches('.')))
        }
        Money::NotApplicable => "-".to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, unit: &str, decimal_comma: bool) -> String {
        let unit = Unit::parse(unit).unwrap_or_default();
        match value(&Filled::new(0, Kind::Text, text), unit, decimal_comma) {
            Value::Money(_, text) => text,
            Value::Bracketed(_, text, _) => format!("[{text}]"),
            Value::Wrong(what, _) => what,
        }
    }

    #[test]
    fn a_cell_says_what_its_writer_meant() {
        for (text, unit, written) in [
            ("△ 99,717,414", "千円", "-99,717,414"),
            ("▲１２", "百万円", "-12"),
            ("３，２００", "百万円", "3,200"),
            ("1,180　", "百万円", "1,180"),
            ("2510.684", "百万円", "2,510.684"),
            ("(139)", "百万円", "[139]"),
            ("〔25.1〕", "百万円", "[25.1]"),
            ("12の内数", "百万円", "12の内数"),
            ("事項要求", "百万円", "事項要求"),
            ("（新規）", "百万円", "新規"),
            ("（皆減）", "百万円", "終了"),
            ("（調整中）", "百万円", "未定"),
            ("TBD", "million USD", "未定"),
            ("－", "百万円", "-"),
            ("＋2", "百万円", "2"),
            ("‐500", "百万円", "-500"),
            ("ー", "百万円", "-"),
            ("--", "million USD", "-"),
            ("$ -", "million USD", "-"),
            ("$.5", "million USD", "0.5"),
            ("-.25", "million USD", "-0.25"),
            ("￥1,000", "円", "1,000"),
            ("￥1,000", "千円", "1,000"),
            ("－210", "千円", "-210"),
            ("1,234円", "千円", "1,234円"),
            ("-$10", "thousand USD", "-10"),
            ("1690003-", "USD", "-1,690,003"),
            ("..........", "million USD", "記載なし"),
            ("N/A", "million USD", "記載なし"),
            ("Δ100", "千円", "-100"),
            ("―100", "千円", "-100"),
            ("100△", "千円", "-100"),
            ("-¥100", "円", "-100"),
            ("─", "千円", "-"),
            ("35億4,180万円", "千円", "35億4,180万円"),
            ("0.0005", "千円", "`0.0005` is finer than the smallest coin of its unit"),
            ("#REF!", "千円", "`#REF!` is a spreadsheet's error, not a value"),
        ] {
            assert_eq!(said(text, unit, false), written, "{text}");
        }
        assert_eq!(said("632.990.153,00", "EUR", true), "632,990,153.00");
    }
}
