//! What a chapter, or a project for all its chapters, says of its fiscal years and of how amounts are printed.

use super::Reader;
use super::choices::{Choices, word};
use super::codes;
use super::mapping::Fields;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{
    Cards, Conventions, Currency, Examples, FiscalCalendar, Lang, MONTHS, NamedAfter, Paper, Print, Rounding,
    SheetLayout, Unit, fold_text, without_kanji,
};
use crate::source::Span;

pub(super) const ROUNDINGS: &Choices<Option<Rounding>> = &[
    (&["half_up", "四捨五入"], Some(Rounding::HalfUp)),
    (&["truncate", "切捨て", "切り捨て"], Some(Rounding::Truncate)),
    (&["ceiling", "切上げ", "切り上げ"], Some(Rounding::Ceiling)),
    (&["unstated", "記載なし"], None),
];
/// The word for a rounding that the format has in a language.
pub(crate) fn rounding_word(rule: Rounding, lang: Lang) -> &'static str {
    word(ROUNDINGS, Some(rule), lang)
}

pub(super) const LAYOUTS: &Choices<SheetLayout> =
    &[(&["one-page", "一枚"], SheetLayout::OnePage), (&["report", "報告書"], SheetLayout::Report)];
pub(super) const PAPERS: &Choices<Paper> =
    &[(&["a4", "A4"], Paper::A4), (&["letter", "レター"], Paper::Letter)];
const CARDS: &Choices<Cards> = &[
    (&["none", "なし"], Cards::None),
    (&["all", "すべて", "全て"], Cards::All),
    (&["top 10", "上位10"], Cards::Top(10)),
];
pub(super) const NAMED_AFTER: &Choices<NamedAfter> =
    &[(&["first", "最初"], NamedAfter::First), (&["last", "最後"], NamedAfter::Last)];

/// The settings of a project that say these conventions and nothing else; empty where there are none.
pub fn settings_saying(conventions: Conventions) -> String {
    let Conventions { calendar, print, layout, paper, cards } = conventions;
    let calendar = calendar.map(|it| {
        let named_after = word(NAMED_AFTER, it.named_after(), Lang::En);
        format!("fiscal_year_starts: {}\nfiscal_year_named_after: {named_after}", it.starts())
    });
    let print = print.map(|Print { unit, decimals, rounding }| {
        let (unit, rounding) = (unit.label(Lang::Ja), word(ROUNDINGS, rounding, Lang::En));
        format!("print: {{unit: {unit}, decimals: {decimals}, rounding: {rounding}}}")
    });
    let cards = cards.map(|cards| match cards {
        Cards::None => "cards: none".to_owned(),
        Cards::All => "cards: all".to_owned(),
        Cards::Top(count) => format!("cards: top {count}"),
    });
    let layout = layout.map(|layout| format!("layout: {}", word(LAYOUTS, layout, Lang::En)));
    let paper = paper.map(|paper| format!("paper: {}", word(PAPERS, paper, Lang::En)));
    [calendar, print, layout, paper, cards].into_iter().flatten().map(|line| line + "\n").collect()
}

impl Reader {
    /// The conventions that a chapter or a project states.
    pub(super) fn conventions(&mut self, fields: Fields<'_>) -> Conventions {
        let starts = self.month(fields, "fiscal_year_starts");
        let named_after = self.choice(fields, "fiscal_year_named_after", NAMED_AFTER).map(|it| it.value);
        let is_said = starts.is_some() || named_after.is_some();
        let starts = starts.unwrap_or(FiscalCalendar::default().starts());
        Conventions {
            calendar: FiscalCalendar::new(starts, named_after).filter(|_| is_said),
            print: fields.get("print").and_then(|node| self.print(node)),
            layout: self.choice(fields, "layout", LAYOUTS).map(|layout| layout.value),
            paper: self.choice(fields, "paper", PAPERS).map(|paper| paper.value),
            cards: self.cards(fields),
        }
    }

    /// Which programs have a card: none, all, or so many of the largest (`top 10`, `上位10`).
    fn cards(&mut self, fields: Fields<'_>) -> Option<Cards> {
        let text = self.spanned_text(fields, "cards")?;
        let folded = fold_text(&text.value).to_lowercase();
        let count = folded.strip_prefix("top").or_else(|| folded.strip_prefix("上位"));
        let count = count.map(|rest| rest.trim().trim_end_matches(['件', '位']));
        match count.and_then(|digits| digits.parse().ok()) {
            Some(0) => Some(Cards::None),
            Some(count) => Some(Cards::Top(count)),
            None => match folded.trim_end_matches(['件', '位']).parse::<u32>() {
                Ok(count) => {
                    let meant = self.examples.pick(format!("上位{count}"), format!("top {count}"));
                    let message = format!("`{}` is not a value of `cards`", text.value);
                    self.reject(codes::UNKNOWN_VALUE, text.span, message, Some(meant), String::new())
                }
                Err(_) => self.choice(fields, "cards", CARDS).map(|cards| cards.value),
            },
        }
    }

    /// A month, in digits or by its English name.
    fn month(&mut self, fields: Fields<'_>, key: &str) -> Option<u8> {
        let text = self.spanned_text(fields, key)?;
        let named = (1..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(&text.value));
        if let Some((number, _)) = named {
            return Some(number);
        }
        let folded = fold_text(&text.value);
        let digits = folded.strip_suffix('月').unwrap_or(&folded).trim();
        let month = digits.parse().ok().filter(|month| (1..=12_u8).contains(month));
        if month.is_none() {
            let ja = format!("`{key}: 10`, `10月` or `October`");
            let forms = self.examples.pick(ja, format!("`{key}: 10` or `October`"));
            let message = format!("`{}` is not a month", text.value);
            self.findings.push(
                Diagnostic::new(codes::UNKNOWN_VALUE, text.span, message)
                    .cure(month_meant(&folded).map(|month| Cure::suggested(text.span, month.to_string())))
                    .help(format!("write the month in which fiscal years begin: {forms}")),
            );
        }
        month
    }

    fn print(&mut self, node: &Node) -> Option<Print> {
        if let Kind::Scalar(text) = &node.kind {
            let unit = self.unit_of(text.trim(), node.span)?;
            return Some(Print { unit, decimals: 0, rounding: None });
        }
        let fields = self.fields(node, "`print`", shapes::PRINT.keys)?;
        let rounding = self.choice(fields, "rounding", ROUNDINGS).and_then(|rounding| rounding.value);
        let decimals = self.count(fields, "decimals", &[]);
        let example = self.examples.pick("百万円", "million yen");
        self.needs(fields, "unit", &format!("say what sheets count in: `unit: {example}`"));
        let unit = self.spanned_text(fields, "unit");
        let unit = unit.and_then(|text| self.unit_of(&text.value, text.span))?;
        let finest = i32::from(unit.exponent()) - unit.currency().smallest_exponent();
        let most = finest.clamp(0, i32::from(Print::MOST_DECIMALS));
        let stated = decimals.map_or(0, |number| number.value);
        let Some(decimals) = u8::try_from(stated).ok().filter(|stated| i32::from(*stated) <= most) else {
            let span = decimals.map_or(node.span, |number| number.span);
            let message = format!("{} cannot be printed to {stated} decimals", unit.label(Lang::Ja));
            let help = format!("write `decimals: {most}` or less, or a larger unit");
            self.say(codes::UNKNOWN_VALUE, span, message, help);
            return None;
        };
        Some(Print { unit, decimals, rounding })
    }

    /// A unit; what is none is reported.
    pub(super) fn unit_of(&mut self, text: &str, span: Span) -> Option<Unit> {
        let unit = Unit::parse(text);
        if unit.is_none() {
            let finding = Diagnostic::new(codes::UNIT, span, format!("`{text}` is not a unit"));
            let meant = Unit::nearest(text).map(|unit| unit.label(self.examples.lang));
            self.findings.push(match meant {
                Some(meant) => finding.cure(Cure::suggested(span, self.written(span, &meant))),
                None => {
                    // Those of the currency that is named, where the text names one.
                    let unit =
                        Currency::named_in(text).and_then(|(currency, _)| Unit::parse(currency.code()));
                    let examples = Examples { unit: unit.unwrap_or(self.examples.unit), ..self.examples };
                    finding.help(format!("units are {}", examples.units()))
                }
            });
        }
        unit
    }
}

/// The month that is probably meant: `4月1日`, `四月`, `Apr`, `04/01`.
fn month_meant(text: &str) -> Option<u8> {
    let begins = |name: &&str| text.len() >= 3 && name.to_lowercase().starts_with(&text.to_lowercase());
    let named = (1..).zip(MONTHS).find(|(_, name)| begins(name)).map(|(number, _)| number);
    let plain = without_kanji(text).unwrap_or_else(|| text.to_owned());
    let digits = plain.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    named.or_else(|| digits.parse().ok()).filter(|month| (1..=12).contains(month))
}
