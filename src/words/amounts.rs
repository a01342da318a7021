//! How amounts, years, periods and typed notes are said.

use super::phrases;
use crate::model::Lang;

phrases! {
    /// Between two words of a phrase.
    gap = "", " ";
    comma = "、", ", ";
    bracketed(text, remark) = "{text}（{remark}）", "{text} ({remark})";
    plus = "＋", "+";
    under(sign, amount) = "{sign}{amount}未満", "{sign} under {amount}";
    times_prior(times) = "前年度の{times}倍", "×{times}";
    // What 事項要求 comes to: the item is requested, its amount is settled in the budget process.
    unspecified = "事項要求", "Amount to be determined";
    and_unspecified(amount) = "{amount}＋事項要求", "{amount} + amount to be determined";
    within(whole) = "{whole}の内数", "part of {whole}";
    new = "新規", "New";
    ended = "終了", "Ended";
    undecided = "未定", "Undecided";
    not_applicable = "－", "–";

    no_rate = "－", "n/m";
    all_new = "皆増", "new";
    from_zero = "皆増", "from zero";
    all_gone = "皆減", "ended";
    to_zero = "皆減", "to zero";
    unchanged = "同額", "unchanged";
    same_within_rounding = "端数処理の範囲で同額", "same within rounding";

    unknown_year = "年度不明", "unknown year";
    range(from, to) = "{from}～{to}", "{from}–{to}";
    years(count) = "{count}年間", "{count} years";
    at_most_years(count) = "最大{count}年間", "at most {count} years";
    about(amount) = "{amount}程度", "about {amount}";
    per(amount, what) = "{amount}／{what}", "{amount} per {what}";

    a_grant = "運営費交付金", "an operating grant";
    grants = "運営費交付金", "operating grants";
    estimate(of) = "{of}中の推計額", "estimate within {of}";
    includes_estimate(of) = "{of}中の推計額含む", "includes estimates within {of}";
    joint(with) = "{with}と共に要求", "requested jointly with {with}";
    recount = "再掲", "counted elsewhere";
    partly_recount = "一部再掲", "partly counted elsewhere";
    recount_in(word, of) = "{word}（{of}に計上）", "{word} ({of})";
    share = "内数", "share of a larger amount, own amount not known";
    share_of(of) = "{of}の内数", "share of {of}, own amount not known";
    part = "一部", "part of a larger scheme";
    part_of(of) = "{of}の一部", "part of {of}";
}
