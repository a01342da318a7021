//! Scalars with a meaning: amounts, years, dates, ids. The only parse of each happens here, by the model's own readers.

use super::Reader;
use super::choices::Choices;
use super::codes;
use super::mapping::Fields;
use super::phrase;
use super::shapes;
use super::written::quoted;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{
    Amount, AmountError, AmountErrorKind, Basis, Due, FiscalYear, Id, IdError, Money, PartialDate, Percent,
    Prior, Requested, Slip, Unit,
};
use crate::source::{Span, Spanned};

pub(super) const BASES: &Choices<Basis> = &[
    (&["initial", "当初"], Basis::Initial),
    (&["revised", "補正後"], Basis::Revised),
    (&["restated", "組替え後", "組替後"], Basis::Restated),
    (&["combined", "合計"], Basis::Combined),
    (&["requested", "要求額"], Basis::Requested),
];

impl Reader {
    /// `requested`: an amount, or a mapping that tells 要求 and 要望 apart.
    pub(super) fn requested(&mut self, fields: Fields<'_>, unit: Unit) -> Requested {
        let absent = Requested { money: Spanned::new(Money::NotStated, fields.head()), split: None };
        let Some(node) = fields.get("requested") else {
            return absent;
        };
        let examples = self.examples;
        if self.is_phrase(node, "requested", |text| phrase::requested(text, unit, examples)) {
            return Requested { money: self.unread(node), split: None };
        }
        if !matches!(node.kind, Kind::Mapping(_)) {
            return Requested { money: self.money_of(node, unit), split: None };
        }
        let Some(parts) = self.fields(node, "`requested`", shapes::REQUESTED.keys) else {
            return absent;
        };
        let request = self.money(parts, "request", unit);
        let wish = self.money(parts, "wish", unit);
        let money = parts.get("amount").map(|node| self.money_of(node, unit));
        let split = request.zip(wish);
        if split.is_none() && (parts.get("request").is_some() != parts.get("wish").is_some()) {
            let key = if parts.get("request").is_none() { "request" } else { "wish" };
            self.missing(parts, key, "give both parts, or only the whole as `requested: …`");
        }
        let summed = || Money::total([split?.0.value, split?.1.value]).ok();
        let money = money.or_else(|| summed().map(|sum| Spanned::new(sum, self.first_line(node.span))));
        Requested { money: money.unwrap_or(absent.money), split }
    }

    /// `prior`: an amount, or a mapping that says its basis.
    pub(super) fn prior(&mut self, fields: Fields<'_>, unit: Unit) -> Prior {
        let absent = Prior {
            money: Spanned::new(Money::NotStated, fields.head()),
            basis: Basis::Initial,
            with: Vec::new(),
        };
        let Some(node) = fields.get("prior") else {
            return absent;
        };
        let examples = self.examples;
        let phrase = |text: &str| phrase::prior(text, unit, examples);
        if self.is_phrase(node, "prior", phrase) {
            return Prior { money: self.unread(node), ..absent };
        }
        if !matches!(node.kind, Kind::Mapping(_)) {
            return Prior { money: self.money_of(node, unit), ..absent };
        }
        let Some(parts) = self.fields(node, "`prior`", shapes::PRIOR.keys) else {
            return absent;
        };
        self.needs(parts, "amount", "add `amount: …`");
        if self.says_more(parts, "amount", phrase) {
            return Prior { money: self.unread(node), ..absent };
        }
        let money = parts.get("amount").map(|node| self.money_of(node, unit)).unwrap_or(absent.money);
        let basis = self.choice(parts, "basis", BASES).map_or(Basis::Initial, |basis| basis.value);
        Prior { money, basis, with: self.texts(parts, "with") }
    }

    /// An amount or the word for its state. What cannot be read is reported once and takes part in nothing.
    fn money_of(&mut self, node: &Node, unit: Unit) -> Spanned<Money> {
        let text = self.scalar(node, "an amount");
        let money = text.and_then(|text| self.parsed(text, |text| Money::parse(text, unit)));
        money.unwrap_or_else(|| self.unread(node))
    }

    /// In the place of an amount that could not be read, which has been reported.
    fn unread(&self, node: &Node) -> Spanned<Money> {
        Spanned::new(Money::NotApplicable, self.first_line(node.span))
    }

    /// An amount, or the word for its state, under a key.
    pub(super) fn money(&mut self, fields: Fields<'_>, key: &str, unit: Unit) -> Option<Spanned<Money>> {
        fields.get(key).map(|node| self.money_of(node, unit))
    }

    /// An amount under a key.
    pub(super) fn amount(&mut self, fields: Fields<'_>, key: &str, unit: Unit) -> Option<Spanned<Amount>> {
        let node = fields.get(key)?;
        let text = self.scalar(node, &format!("`{key}`"))?;
        self.parsed(text, |text| Amount::parse(text, unit))
    }

    /// An amount that need not be known: 記載なし is the same as leaving its key out.
    pub(super) fn amount_if_stated(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        unit: Unit,
    ) -> Option<Spanned<Amount>> {
        let is_unknown = |text: &str| match Money::parse(text, unit) {
            Ok(Money::Unknown) => true,
            Ok(Money::Undecided) => slot(fields, key, unit).is_some(),
            _ => false,
        };
        match fields.get(key).map(|node| &node.kind) {
            Some(Kind::Scalar(text)) if is_unknown(text) => None,
            _ => self.amount(fields, key, unit),
        }
    }

    fn parsed<T>(
        &mut self,
        text: Spanned<&str>,
        parse: impl Fn(&str) -> Result<T, AmountError>,
    ) -> Option<Spanned<T>> {
        let error = match parse(text.value) {
            Ok(value) => return Some(Spanned::new(value, text.span)),
            Err(error) => error,
        };
        // A line end is a blank to YAML, and parts amounts as a tab does.
        let written = self.sources.slice(text.span).trim();
        let shown = if written.contains('\n') { written } else { text.value };
        let finding = match Slip::of(shown, self.examples, &|other| parse(other).is_ok()) {
            Some(slip) => self.slip(text, &slip),
            None => {
                let is_unit = matches!(error.kind, AmountErrorKind::UnknownUnit);
                let code = if is_unit { codes::UNIT } else { codes::AMOUNT };
                // Inside quotes and blocks the text is not the source, byte for byte; then the whole scalar is shown.
                let verbatim = self.sources.slice(text.span) == text.value;
                let span = if verbatim { text.span.part(&error.range) } else { self.first_line(text.span) };
                Diagnostic::new(code, span, error.to_string()).help(error.help(self.examples))
            }
        };
        // What a character that cannot be seen does to the amount is said once: with the amount, unless it is an error by itself.
        let inside = |other: &Diagnostic| other.primary.span.is_in(text.span);
        self.findings.retain(|other| other.code != codes::ODD_CHARACTER || !inside(other));
        self.refused += 1;
        if !self.findings.iter().any(|other| other.code == codes::CHARACTER && inside(other)) {
            self.findings.push(finding);
        }
        None
    }

    /// The finding about an amount whose meaning shows through.
    fn slip(&self, text: Spanned<&str>, slip: &Slip) -> Diagnostic {
        let finding = Diagnostic::new(codes::AMOUNT, self.first_line(text.span), slip.message(text.value));
        let mut help: Vec<String> = match (slip.is_open, slip.meant.as_slice()) {
            (true, [one, other, ..]) => vec![format!("write `{one}` or `{other}`, whichever is meant")],
            (_, meant) => meant.iter().skip(1).map(|other| format!("or `{other}`?")).collect(),
        };
        let left_out = slip.left_out.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" and ");
        let why = match (left_out.is_empty() || slip.is_open, slip.why) {
            (true, why) => why.to_owned(),
            (false, "") => format!("that leaves {left_out} out"),
            (false, why) => format!("that leaves {left_out} out; {why}"),
        };
        help.extend((!why.is_empty()).then_some(why));
        let cure = slip.meant.first().filter(|_| !slip.is_open).map(|meant| Cure {
            is_certain: slip.is_certain,
            ..Cure::certain(text.span, self.written(text.span, meant))
        });
        if cure.is_none() && help.is_empty() {
            help.push(format!("write an amount, as in `{}`", self.examples.amount()));
        }
        finding.cure(cure).help(help.join(if slip.is_open { "; " } else { " " }))
    }

    /// A scalar as it is to be written at a place: in quotes where it was, or where YAML would read it as something else.
    pub(super) fn written(&self, span: Span, text: &str) -> String {
        let before = self.sources.slice(span);
        let needs = |c: char| text.contains(c) && !before.contains(c);
        let is_quoted = before.starts_with(['"', '\'']);
        if is_quoted || text == "-" || needs(',') || needs(':') || needs('#') {
            return quoted(text);
        }
        text.to_owned()
    }

    /// A share in percent.
    pub(super) fn percent(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<Percent>> {
        let text = self.spanned_text(fields, key)?;
        match Percent::parse(&text.value) {
            Ok(percent) => Some(Spanned::new(percent, text.span)),
            Err(error) => {
                self.reject(codes::AMOUNT, text.span, error.to_string(), None, error.help(self.examples))
            }
        }
    }

    /// A fiscal year under a key.
    pub(super) fn fiscal_year(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<FiscalYear>> {
        let text = self.spanned_text(fields, key)?;
        match FiscalYear::parse_in(&text.value, self.calendar) {
            Ok(year) => Some(Spanned::new(year, text.span)),
            Err(error) => {
                let date = self.year_meant(&text.value);
                let meant = error.meant(self.examples).filter(|_| date.is_none());
                let help = date.unwrap_or_else(|| error.help(self.examples));
                self.reject(codes::FISCAL_YEAR, text.span, error.to_string(), meant, help)
            }
        }
    }

    /// What to write where a date stands for the fiscal year that it lies in.
    fn year_meant(&self, text: &str) -> Option<String> {
        let date = PartialDate::parse(text).ok().filter(|date| date.month().is_some())?;
        let year = self.calendar.year_of(date)?;
        let (first, last) = self.calendar.months(year)?;
        let western = year.western();
        Some(format!("it lies in FY{western} ({} to {}): write `FY{western}`", first.iso(), last.iso()))
    }

    /// A date, to the day, the month or the year.
    pub(super) fn date(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<PartialDate>> {
        let text = self.spanned_text(fields, key)?;
        match PartialDate::parse(&text.value) {
            Ok(date) => Some(Spanned::new(date, text.span)),
            Err(error) => {
                let help = error.help(self.examples);
                self.reject(codes::DATE, text.span, error.to_string(), error.meant(), help)
            }
        }
    }

    /// A date or a fiscal year.
    pub(super) fn due(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<Due>> {
        let text = self.spanned_text(fields, key)?;
        if let Ok(date) = PartialDate::parse(&text.value) {
            return Some(Spanned::new(Due::Date(date), text.span));
        }
        match FiscalYear::parse_in(&text.value, self.calendar) {
            Ok(year) => Some(Spanned::new(Due::FiscalYear(year), text.span)),
            Err(error) => {
                let message = format!("`{}` is neither a date nor a fiscal year", text.value);
                let date = PartialDate::parse(&text.value).err().and_then(|error| error.meant());
                let meant = date.or_else(|| error.meant(self.examples));
                let forms = self.examples.pick(
                    "write `令和8年度`, `FY2026`, `令和8年3月` or `2026-03-31`",
                    "write `FY2026`, `March 2026` or `2026-03-31`",
                );
                self.reject(codes::DATE, text.span, message, meant, forms.to_owned())
            }
        }
    }

    /// An id that must be there. A stand-in keeps reading going where it is missing or wrong.
    pub(super) fn id(&mut self, fields: Fields<'_>) -> Spanned<Id> {
        self.id_by(fields, Id::parse)
    }

    /// The same of what no file is named after.
    pub(super) fn nameless_id(&mut self, fields: Fields<'_>) -> Spanned<Id> {
        self.id_by(fields, Id::parse_nameless)
    }

    fn id_by(&mut self, fields: Fields<'_>, parse: fn(&str) -> Result<Id, IdError>) -> Spanned<Id> {
        self.needs(
            fields,
            "id",
            "add `id: …`: small letters, digits and hyphens, unique in the chapter and the same every year",
        );
        let name = ["title", "label"].iter().find_map(|key| fields.get(key));
        let name: String = name.and_then(Node::text).unwrap_or("…").trim().chars().take(40).collect();
        let stand_in = Spanned::new(Id::stand_in(&name), fields.head());
        let Some(text) = self.spanned_text(fields, "id") else {
            return stand_in;
        };
        match parse(&text.value) {
            Ok(id) => Spanned::new(id, text.span),
            Err(error) => self
                .reject(codes::ID, text.span, error.to_string(), error.meant(), error.help())
                .unwrap_or(stand_in),
        }
    }

    pub(super) fn reject<T>(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        meant: Option<String>,
        help: String,
    ) -> Option<T> {
        let cure = meant.map(|meant| Cure::suggested(span, self.written(span, &meant)));
        self.findings.push(Diagnostic::new(code, self.first_line(span), message).cure(cure).help(help));
        None
    }
}

/// Where a line says 未定 of an amount of later in its year: a slot that `gaisan roll` left, to be filled in.
pub(super) fn slot(fields: Fields<'_>, key: &str, unit: Unit) -> Option<Span> {
    let node = fields.get(key).filter(|_| matches!(key, "enacted" | "supplementary"))?;
    let Kind::Scalar(text) = &node.kind else { return None };
    (Money::parse(text, unit) == Ok(Money::Undecided)).then_some(node.span)
}
