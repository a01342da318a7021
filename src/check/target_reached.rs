//! W0511: a target is not below its baseline, unless less is better.

use crate::diagnostic::Diagnostic;
use crate::model::{Outcome, fold_text};
use crate::rollup::Rollup;

/// What an indicator says when a smaller number is the better one.
const LESS_IS_BETTER: &[&str] = &[
    "減", "低", "短縮", "縮小", "抑", "下げ", "下が", "解消", "防", "ゼロ", "以内", "以下", "未満", "事故",
    "死", "被害", "排出", "待機", "赤字", "コスト", "費用", "時間", "日数", "離職", "不足", "遅", "順位",
    "位以", "reduc", "less", "fewer", "lower", "decreas", "cut", "cost", "time", "loss", "accident",
    "emission", "death", "damage", "delay", "rank",
];

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let Some(model) = row.program.and_then(|program| program.logic_model.as_ref()) else {
            continue;
        };
        let id = &row.line.id.value;
        for outcome in model.outputs.iter().chain(&model.outcomes).chain(&model.impacts) {
            let (Some(baseline), Some(target)) = (&outcome.baseline, &outcome.target) else {
                continue;
            };
            let below = number(&target.value)
                .zip(number(&baseline.value))
                .is_some_and(|((target, unit), (baseline, other))| unit == other && target < baseline);
            if !below || less_is_better(outcome) {
                continue;
            }
            findings.push(
                Diagnostic::new("W0511", target.span, format!("a target of `{id}` is below its baseline"))
                    .here("the target")
                    .also(baseline.span, "where it starts")
                    .about(id)
                    .help("look at both figures; if less is better here, say so in `indicator` (…の削減, …の短縮), or accept this in the program: `accept: [{rule: W0511, reason: …}]`"),
            );
        }
    }
}

fn less_is_better(outcome: &Outcome) -> bool {
    let said =
        format!("{} {}", outcome.text, outcome.indicator.as_deref().unwrap_or_default()).to_lowercase();
    LESS_IS_BETTER.iter().any(|word| said.contains(word))
}

/// A plain number in millionths and what it counts: `22%`, `1,200人`, `3.5`.
fn number(text: &str) -> Option<(i128, String)> {
    let folded = fold_text(text).replace(',', "");
    let end = folded
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(folded.len());
    let (digits, unit) = folded.split_at(end);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = !whole.is_empty() && whole.len() <= 20 && fraction.len() <= 6 && !fraction.contains('.');
    let millionths = format!("{whole}{fraction:0<6}").parse().ok().filter(|_| plain)?;
    // `3～5件` and `2→4` are no plain numbers, nor is `10万人` beside `9千人`.
    let is_unit = !unit.contains(|character: char| character.is_numeric() || "~-→".contains(character));
    is_unit.then(|| (millionths, unit.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read_exactly() {
        let read = |text| number(text).map(|(value, unit)| format!("{value} {unit}"));
        assert_eq!(read("２２％"), Some("22000000 %".to_owned()));
        assert_eq!(read("1,200人"), Some("1200000000 人".to_owned()));
        assert_eq!(read("3.5"), Some("3500000 ".to_owned()));
        for text in ["3～5件", "2→4", "約10件", "", "未定", "1.2.3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
