//! What findings show as examples: each in the language and the currency of the chapter that they are about.

use super::{Currency, Lang, Unit};

/// The language and the unit that examples are given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// The language of the chapter.
    pub lang: Lang,
    /// The unit of the chapter.
    pub unit: Unit,
}

/// The words of the format and of its examples, in Japanese and in English.
const WORDS: [(&str, &str); 13] = [
    ("課題・年", "award and year"),
    ("新規", "new"),
    ("終了", "ended"),
    ("事項要求", "unspecified"),
    ("記載なし", "not stated"),
    ("このほか…", "in addition…"),
    ("大阪大", "Osaka University"),
    ("推計額含む", "includes an estimate"),
    ("推計額", "estimate"),
    ("内数", "within"),
    ("再掲", "recount"),
    ("…の削減, …の短縮", "reduction of …"),
    ("その他", "other"),
];

impl Examples {
    /// A help that was written with Japanese examples, as it is said about an English chapter: without Japanese glosses in brackets.
    pub fn in_english(help: &str) -> String {
        let is_japanese = |text: &str| Lang::of_text(text) == Lang::Ja;
        if !is_japanese(help) {
            return help.to_owned();
        }
        let mut out = WORDS
            .iter()
            .fold(help.to_owned(), |help, (ja, en)| help.replace(&format!("`{ja}`"), &format!("`{en}`")));
        for (ja, en) in WORDS {
            for (before, after) in [(": ", "`"), (": ", ","), (": ", "}")] {
                out = out.replace(&format!("{before}{ja}{after}"), &format!("{before}{en}{after}"));
            }
        }
        let mut from = 0;
        while let Some(start) = out.get(from..).and_then(|rest| rest.find(" (")).map(|at| from + at) {
            let end = out.get(start..).and_then(|rest| rest.find(')')).map_or(out.len(), |at| start + at + 1);
            if is_japanese(out.get(start..end).unwrap_or_default()) {
                out.replace_range(start..end, "");
            } else {
                from = end;
            }
        }
        out
    }

    /// The one of two wordings that is in the language.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        self.lang.pick(ja, en)
    }

    fn is_yen(self) -> bool {
        self.unit.currency() == Currency::JPY
    }

    /// A number with a unit: `4,592百万円`, `4,592 million USD`.
    pub fn amount(self) -> String {
        self.with_unit("4,592", 6)
    }

    /// A number with the unit of a power of ten.
    pub fn with_unit(self, number: &str, exponent: u8) -> String {
        let unit = self.unit.with_exponent(exponent).unwrap_or(self.unit);
        let gap = if self.lang == Lang::Ja && self.is_yen() { "" } else { " " };
        format!("{number}{gap}{}", unit.label(self.lang))
    }

    /// A negative amount.
    pub fn negative(self) -> &'static str {
        self.pick("△154", "-154")
    }

    /// The signs of negative amounts.
    pub fn minus(self) -> &'static str {
        self.pick("△ or -", "a minus sign")
    }

    /// All units of the currency, as they are written.
    pub fn units(self) -> String {
        let named = |exponent| Some(format!("`{}`", self.unit.with_exponent(exponent)?.label(self.lang)));
        let all: Vec<String> = (0..=12).filter_map(named).collect();
        let other = self.pick("`USD`, `million USD`", "`EUR`, `million EUR`");
        if self.is_yen() {
            return format!("{}; of other currencies {other} and so on", all.join(", "));
        }
        all.join(", ")
    }

    /// 事項要求: a request without an amount.
    pub fn unspecified(self) -> &'static str {
        self.pick("事項要求", "unspecified")
    }

    /// A fiscal year in all its forms.
    pub fn fiscal_years(self) -> &'static str {
        self.pick("`令和4年度`, `R4`, `2022年度`, `FY2022` or `2022`", "`FY2022` or `2022`")
    }

    /// A date in all its forms.
    pub fn dates(self) -> &'static str {
        self.pick(
            "`令和3年6月18日`, `令和3年6月`, `令和3年`, `2021-06-18`, `2021-06` or `2021`",
            "`18 June 2021`, `June 2021`, `2021-06-18`, `2021-06` or `2021`",
        )
    }
}
