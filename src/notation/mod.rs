//! How money, years and changes are worded. Goes in: amounts, states, years and dates; comes out: the
//! text printed for them. Nothing else formats any of these, so the choices below hold for every
//! sheet, table and chart of a build.

mod dates;
mod notes;
mod terms;

use crate::model::{
    Amount, Comparison, Currency, Lang, Money, NegativeSign, Print, Rate, Request, Unit, YearStyle, grouped,
    pointed,
};
use crate::words;

/// The choices a budget makes about how its figures look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Notation {
    /// The language of words and units.
    pub lang: Lang,
    /// What stands before an amount below zero.
    pub negative: NegativeSign,
    /// How years are counted in Japanese sheets; English ones always have Western years.
    pub years: YearStyle,
    /// What amounts are printed in, where that is not how they are stated.
    pub print: Option<Print>,
}

/// From this multiple on the multiple is worth saying beside the rate: ×65.3 tells more than 6,425.6%.
const MULTIPLE_FROM: u16 = 10;

impl Notation {
    /// The usual choices of a language: △ and eras in Japanese, − and Western years in English.
    pub fn new(lang: Lang) -> Self {
        let (negative, years) =
            lang.pick((NegativeSign::Triangle, YearStyle::Era), (NegativeSign::Minus, YearStyle::Western));
        Self { lang, negative, years, print: None }
    }

    /// The choices of a request for a sheet in a language: its own, otherwise the language's usual ones.
    pub fn of(request: &Request, lang: Lang) -> Self {
        let usual = Self::new(lang);
        Self {
            lang,
            negative: request.style.negative.unwrap_or(usual.negative),
            years: request.style.years.unwrap_or(usual.years),
            print: None,
        }
    }

    /// The same, for a sheet: what amounts are printed in is a matter of sheets, everything else shows exact values.
    pub fn printed(request: &Request, lang: Lang) -> Self {
        Self { print: request.print(), ..Self::of(request, lang) }
    }

    /// An amount as it is printed, rounded where a sheet prints in a coarser unit.
    pub fn shown(&self, amount: Amount) -> Amount {
        self.print.map_or(amount, |print| print.shown(amount))
    }

    /// The digits of an amount for a table that counts in `unit`: `4,592`, `4,221.9`, `△154`. An
    /// amount stated too coarsely for that is printed with its own unit (`831億円` in a table of
    /// 百万円), because 83,100 would claim digits nobody stated.
    pub fn figure(&self, amount: &Amount, unit: Unit) -> String {
        match self.shown(*amount).in_unit(unit) {
            Some(amount) => self.digits(amount),
            None => self.amount(amount),
        }
    }

    /// An amount with the unit it was stated in: `4,592百万円`, `831億円`, or that sheets print in. A compound stays as it was
    /// written: `2兆1,088億円`. English has no word for 億 and 万, so it counts them in billions and millions, with as many
    /// digits as were stated: `83.1 billion yen`.
    pub fn amount(&self, amount: &Amount) -> String {
        let parts = amount.compound();
        if let (Lang::Ja, Some((last, larger))) = (self.lang, parts.split_last()) {
            let sign = if amount.is_negative() { self.negative.glyph().to_string() } else { String::new() };
            let larger = larger.iter().map(|part| {
                let word = part.unit().label(self.lang);
                format!("{}{}", self.digits(part.abs()), word.trim_end_matches('円'))
            });
            let last = self.with_unit(&self.digits(last.abs()), last.unit());
            return larger.chain([last]).fold(sign, |text, part| text + &part);
        }
        let amount = self.in_speakable_unit(self.shown(*amount));
        self.with_unit(&self.digits(amount), amount.unit())
    }

    /// An amount in a unit of choice, `138.49億円`; with its own where it was stated too coarsely.
    pub fn amount_in(&self, amount: &Amount, unit: Unit) -> String {
        self.amount(&amount.in_unit(unit).unwrap_or(*amount))
    }

    /// The content of an amount cell in running text: amounts with their units, states in words, and
    /// nothing for what nobody stated.
    pub fn money(&self, money: &Money) -> String {
        self.worded(money, |amount| self.amount(amount))
    }

    /// The content of an amount cell in a table that counts in `unit`.
    pub fn cell(&self, money: &Money, unit: Unit) -> String {
        self.worded(money, |amount| self.figure(amount, unit))
    }

    /// A change in running text, where an increase needs its sign: `＋1,098百万円`, `△154百万円`,
    /// `±0百万円`. One that is printed too coarsely to be seen is said to be there: `＋1百万円未満`.
    pub fn signed(&self, change: &Amount) -> String {
        self.with_sign(change, &|amount| self.amount(amount))
    }

    /// A change among totals of a table that counts in `unit`, where an increase needs its sign: `＋1,098`.
    pub fn signed_figure(&self, change: &Amount, unit: Unit) -> String {
        self.with_sign(change, &|amount| self.figure(amount, unit))
    }

    fn with_sign(&self, change: &Amount, written: &dyn Fn(&Amount) -> String) -> String {
        let shown = self.shown(*change);
        let plus = words::plus(self.lang);
        match (shown.is_zero(), change.is_zero(), change.is_negative()) {
            (true, true, _) => format!("±{}", written(change)),
            (true, false, true) => {
                words::under(self.lang, self.negative.glyph().to_string(), written(&shown.quantum()))
            }
            (true, false, false) => words::under(self.lang, plus.to_owned(), written(&shown.quantum())),
            (false, _, true) => written(change),
            (false, _, false) => format!("{plus}{}", written(change)),
        }
    }

    /// A rate of change to one decimal, half up: `31.4%`, `△2.0%`, `6,425.6%`.
    pub fn rate(&self, rate: &Rate) -> String {
        format!("{}%", self.number(rate.percent(1), 1))
    }

    /// A share of a whole to one decimal, half up, given as the rate between the part and the whole: `65.3%`.
    pub fn share(&self, rate: &Rate) -> String {
        format!("{}%", self.number(rate.times(3), 1))
    }

    /// The multiple of a steep increase, to one decimal, half up: `前年度の65.3倍` or `×65.3`; `None` below ten times.
    pub fn multiple(&self, rate: &Rate) -> Option<String> {
        let times = self.number(rate.times(1), 1);
        rate.is_at_least_times(MULTIPLE_FROM).then(|| words::times_prior(self.lang, times))
    }

    /// What became of an amount, for a table's column of rates and beside a change: the rate; 「－」 where one would mean nothing, because
    /// the prior amount is zero or less; the word that stands in its place (皆増, 皆減, 同額). Nothing where the two amounts cannot be
    /// compared. No other wording of these events is printed.
    pub fn rate_of(&self, comparison: &Comparison) -> String {
        let word = match comparison {
            Comparison::Changed { rate: Some(rate), .. } => return self.rate(rate),
            Comparison::Changed { rate: None, .. } => words::no_rate,
            // Over negative amounts 皆増 and 皆減 would mean as little.
            Comparison::New(Some(change)) if change.is_negative() => words::no_rate,
            Comparison::Ended(Some(change)) if !change.is_negative() && !change.is_zero() => words::no_rate,
            Comparison::New(_) => words::all_new,
            Comparison::FromNothing(_) => words::from_zero,
            Comparison::Ended(_) => words::all_gone,
            Comparison::ToNothing(_) => words::to_zero,
            Comparison::Same => words::unchanged,
            Comparison::WithinRounding(_) => words::same_within_rounding,
            Comparison::Incomparable => return String::new(),
        };
        word(self.lang).to_owned()
    }

    /// Words a cell's state, with amounts written by `amount`.
    fn worded(&self, money: &Money, amount: impl Fn(&Amount) -> String) -> String {
        let word = match money {
            Money::Known(known) => return amount(known),
            Money::KnownAndUnspecified(known) => return words::and_unspecified(self.lang, amount(known)),
            Money::Within(whole) => return words::within(self.lang, amount(whole)),
            Money::Unspecified => words::unspecified,
            Money::New => words::new,
            Money::Ended => words::ended,
            Money::Undecided => words::undecided,
            Money::NotApplicable => words::not_applicable,
            Money::NotStated | Money::Unknown => return String::new(),
        };
        word(self.lang).to_owned()
    }

    /// What stands where an amount makes no sense.
    pub fn not_applicable(&self) -> &'static str {
        words::not_applicable(self.lang)
    }

    /// Puts digits and unit together: `4,592百万円`, but `4,592 million yen`.
    fn with_unit(&self, digits: &str, unit: Unit) -> String {
        let label = unit.label(self.lang);
        if label.is_ascii() { format!("{digits} {label}") } else { format!("{digits}{label}") }
    }

    /// In English, turns 万円 and 億円 into the next larger unit that English has a word for.
    fn in_speakable_unit(&self, amount: Amount) -> Amount {
        let exponent = match (self.lang, amount.unit().exponent()) {
            (Lang::En, 4) => 6,
            (Lang::En, 8) => 9,
            _ => return amount,
        };
        let is_yen = amount.currency() == Currency::JPY;

        amount
            .unit()
            .with_exponent(exponent)
            .filter(|_| is_yen)
            .and_then(|unit| amount.in_unit(unit))
            .unwrap_or(amount)
    }

    fn digits(&self, amount: Amount) -> String {
        self.number(amount.coefficient(), amount.decimals())
    }

    /// Writes a number given without its point, in groups of three.
    fn number(&self, coefficient: i128, decimals: u8) -> String {
        let text = grouped(&pointed(coefficient, decimals));
        match text.strip_prefix('-') {
            Some(digits) => format!("{}{digits}", self.negative.glyph()),
            None => text,
        }
    }
}
