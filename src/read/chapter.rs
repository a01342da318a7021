//! The chapter file and its citations.

use std::path::Path;

use super::Reader;
use super::choices::{Choices, named, word};
use super::codes;
use super::conventions::ROUNDINGS;
use super::elsewhere::{carried, named_lines};
use super::extract::extracts;
use super::mapping::Fields;
use super::program::are_copied;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{
    Citation, Conventions, Currency, Extracts, FiscalYear, Id, Lang, NegativeSign, Program, Request, Stage,
    Style, Unit, YearStyle, fold_text,
};
use crate::source::{FileId, Span, Spanned, line_start};

pub(super) const LANGS: &Choices<Lang> = &[(&["ja", "日本語"], Lang::Ja), (&["en", "English"], Lang::En)];
pub(super) const STAGES: &Choices<Stage> = &[
    (&["request", "概算要求"], Stage::Request),
    (&["proposal", "政府案", "予算案"], Stage::Proposal),
    (&["enacted", "成立予算"], Stage::Enacted),
    (&["supplementary", "補正予算"], Stage::Supplementary),
    (&["settled", "決算"], Stage::Settled),
];
pub(super) const NEGATIVES: &Choices<NegativeSign> = &[
    (&["△"], NegativeSign::Triangle),
    (&["▲"], NegativeSign::FilledTriangle),
    (&["−"], NegativeSign::Minus),
    (&["-"], NegativeSign::Hyphen),
];
pub(super) const YEARS: &Choices<YearStyle> =
    &[(&["era", "和暦"], YearStyle::Era), (&["western", "西暦"], YearStyle::Western)];

impl Reader {
    /// A chapter with all its programs. `None` when it is no mapping or of another format version.
    pub(super) fn chapter(&mut self, path: &Path, node: &Node) -> Option<Request> {
        let known = shapes::keys(shapes::CHAPTER);
        self.year = node.get("fiscal_year").and_then(|year| FiscalYear::parse(year.text()?).ok());
        let fields = self.fields(node, "chapter", &known)?;
        self.version(fields)?;
        self.examples.lang = Lang::of_text(&self.sources.file(node.span.file).text);
        let is_japanese = self.examples.lang == Lang::Ja;
        self.examples.unit = Unit::MILLION_YEN;
        let lang = self.choice(fields, "lang", LANGS).map(|lang| lang.value);
        self.examples.lang = lang.unwrap_or(self.examples.lang);
        let unit = self.unit(fields);
        self.examples.unit = unit;
        if lang.is_none() && unit.currency() != Currency::JPY && !is_japanese {
            self.without_language(fields, unit);
        }
        let conventions = self.own_conventions(fields, unit);
        self.calendar = conventions.or(self.project.conventions).calendar.unwrap_or_default();
        let fiscal_year = self.chapter_year(fields);
        self.open.push(path.to_path_buf());
        self.texts.clear();
        let mut line = self.line(fields, unit);
        let (citations, citations_file) = self.citations(fields, path);
        let lang = lang.unwrap_or_default();
        let (glossary, glossary_file) = self.glossary(fields, path, lang);
        let entries = self.list(fields, "programs");
        let mut programs: Vec<Program> = Vec::with_capacity(entries.len());
        let ids = entries.iter().map(|entry| {
            programs.push(self.program_or_file(entry, path, unit)?);
            programs.last().map(|program| program.line.id.value.clone())
        });
        let ids: Vec<Option<Id>> = ids.collect();
        // Of an extract nothing can be said that needs what was left out.
        line.unread |= programs.len() < entries.len() || self.extracts.contains(path);
        line.unread |= are_copied(programs.iter());
        let source = &self.sources.file(node.span.file).text;
        // No sheet is made of what is read to be edited.
        let mut extracts = if self.keeps { Extracts::default() } else { extracts(source, node, &ids) };
        let named = named_lines(&line, &programs, self.elsewhere(fields));
        if !self.keeps {
            carried(&mut extracts, &programs, &named);
        }
        let mut request = Request {
            line,
            number: self.text(fields, "number"),
            lang,
            ministry: self.required_text(fields, "ministry"),
            ministry_en: self.text(fields, "ministry_en"),
            fiscal_year,
            stage: self.required_choice(fields, "stage", STAGES).map_or(Stage::Request, |stage| stage.value),
            unit,
            rounding: self.choice(fields, "rounding", ROUNDINGS).and_then(|rounding| rounding.value),
            frame: self.text(fields, "frame"),
            style: self.style(fields),
            conventions,
            project: conventions.left_to(self.project.conventions),
            source: self.prose(fields, "source").map(|source| source.value),
            overview: self.prose(fields, "overview"),
            citations,
            glossary,
            crosswalk: self.crosswalk(fields),
            named,
            programs,
            revision: self.revision(fields),
            citations_file,
            glossary_file,
            file: node.span.file,
            parts: std::mem::take(&mut self.parts),
            extracts,
        };
        request.line.texts = std::mem::take(&mut self.texts);
        self.open.pop();
        self.needs(
            fields,
            "programs",
            "add `programs:` and below it, for each program, `- id: …` with its `title`, `requested` and `prior`, or the name of its file, `- q-leap.yaml`",
        );
        self.attribute(&request);
        Some(request)
    }

    fn version(&mut self, fields: Fields<'_>) -> Option<()> {
        let version = self.spanned_text(fields, "gaisan")?;
        if version.value == "1" {
            return Some(());
        }
        let message = format!("format version `{}` is not known", version.value);
        let folded = fold_text(&version.value);
        let is_meant = folded.trim_start_matches(['v', 'V']).trim_end_matches(".0") == "1";
        self.findings.push(
            Diagnostic::new(codes::UNKNOWN_VALUE, version.span, message)
                .help("this gaisan reads version 1: write `gaisan: 1`, or use the gaisan that wrote the file")
                .cure(is_meant.then(|| Cure::certain(version.span, "1"))),
        );
        None
    }

    fn chapter_year(&mut self, fields: Fields<'_>) -> Spanned<FiscalYear> {
        let help =
            self.examples.pick("add `fiscal_year: 令和4年度` (or R4, 2022)", "add `fiscal_year: 2022`");
        self.needs(fields, "fiscal_year", help);
        self.fiscal_year(fields, "fiscal_year")
            .unwrap_or_else(|| Spanned::new(FiscalYear::stand_in(), fields.head()))
    }

    fn unit(&mut self, fields: Fields<'_>) -> Unit {
        let unit = self.examples.pick("百万円", "million USD");
        self.needs(fields, "unit", &format!("say what bare numbers are counted in: `unit: {unit}`"));
        let text = self.spanned_text(fields, "unit");
        text.and_then(|text| self.unit_of(&text.value, text.span)).unwrap_or(Unit::MILLION_YEN)
    }

    /// The chapter's conventions. It cannot print what it counts in one currency in another.
    fn own_conventions(&mut self, fields: Fields<'_>, unit: Unit) -> Conventions {
        let conventions = self.conventions(fields);
        let (own, other) = (unit.currency(), conventions.print.map(|print| print.unit.currency()));
        if let (Some(other), Some(node)) = (other.filter(|other| *other != own), fields.get("print")) {
            let message = format!("the chapter counts in {own} and cannot be printed in {other}");
            let help = "name a unit of the same currency, or take `print` out";
            self.say(codes::UNIT, self.first_line(node.span), message, help);
        }
        conventions
    }

    /// Says that a chapter which counts in another currency is worded in Japanese all the same.
    fn without_language(&mut self, fields: Fields<'_>, unit: Unit) {
        let lang = self.examples.lang;
        let Some(span) = fields.get("unit").map(|node| node.span) else { return };
        let line = line_start(&self.sources.file(span.file).text, span.start);
        let message =
            format!("the chapter counts in {}, and does not say in which language it is", unit.currency());
        self.findings.push(
            Diagnostic::new(codes::LANGUAGE, span, message)
                .here("without `lang`, sheets are worded in Japanese")
                .help(format!("or `lang: {}`", lang.other().tag()))
                .cure(Cure::suggested(
                    Span { start: line, end: line, ..span },
                    format!("lang: {}\n", lang.tag()),
                )),
        );
    }

    fn style(&mut self, fields: Fields<'_>) -> Style {
        let style =
            fields.get("notation").and_then(|node| self.fields(node, "`notation`", shapes::NOTATION.keys));
        let Some(style) = style else {
            return Style::default();
        };
        Style {
            negative: self.choice(style, "negative", NEGATIVES).map(|sign| sign.value),
            years: self.choice(style, "years", YEARS).map(|years| years.value),
        }
    }

    /// Which edition of the chapter this is: 1, 2, 3 …
    fn revision(&mut self, fields: Fields<'_>) -> Option<u32> {
        let number = self.count(fields, "revision", &[])?;
        if number.value == 0 {
            let help = "count from 1: `revision: 1`, or leave it out while nothing is released";
            self.say(codes::UNKNOWN_VALUE, number.span, "there is no revision 0", help);
            return None;
        }
        Some(number.value)
    }

    /// The citations, and the file they are in where they have one of their own.
    fn citations(&mut self, fields: Fields<'_>, path: &Path) -> (Vec<Citation>, Option<FileId>) {
        let Some(node) = fields.get("citations") else {
            return (Vec::new(), None);
        };
        match &node.kind {
            Kind::Scalar(name) => self.in_file(name, path, node.span, Self::citation_list),
            _ => (self.citation_list(node), None),
        }
    }

    fn citation_list(&mut self, node: &Node) -> Vec<Citation> {
        match &node.kind {
            Kind::Sequence(items) => items.iter().flat_map(|item| self.citation(item)).collect(),
            Kind::Mapping(_) if self.names_as_keys(node, "citation", shapes::CITATION.keys) => by_name(node),
            _ => {
                self.wrong_shape(node, "the citation registry", "a list, each entry beginning with `- id:`");
                Vec::new()
            }
        }
    }

    fn citation(&mut self, node: &Node) -> Vec<Citation> {
        let Some(fields) = self.fields(node, "citation", shapes::CITATION.keys) else {
            return by_name(node);
        };
        vec![Citation {
            id: self.id(fields),
            title: self.required_text(fields, "title"),
            date: self.date(fields, "date"),
            authority: self.text(fields, "authority"),
            url: self.address(fields),
        }]
    }

    /// Where a document can be read: a page, or a mailbox to ask; anything else would be no link for whoever gets the sheet.
    fn address(&mut self, fields: Fields<'_>) -> Option<String> {
        let url = self.spanned_text(fields, "url")?;
        let start = url.value.to_ascii_lowercase();
        if ["https://", "http://", "mailto:"].iter().any(|scheme| start.starts_with(scheme)) {
            return Some(url.value);
        }
        let is_bare = start.contains('.') && !start.contains([':', ' ', '@']);
        let meant = is_bare.then(|| format!("https://{}", url.value));
        let message = format!("`{}` is no address of a page", url.value);
        let help = "write it as `https://…`, or leave `url` out".to_owned();
        self.reject(codes::WRONG_SHAPE, url.span, message, meant, help)
    }
}

/// The word for a stage that the format has in Japanese.
pub(crate) fn stage_word(stage: Stage) -> &'static str {
    word(STAGES, stage, Lang::Ja)
}

/// The stage of a word that a chapter may have for it.
pub fn stage_named(word: &str) -> Option<Stage> {
    named(STAGES, word)
}

/// The citations of a mapping whose keys are their ids: that has been reported, and nothing is said of what cites them.
fn by_name(node: &Node) -> Vec<Citation> {
    let Kind::Mapping(entries) = &node.kind else { return Vec::new() };
    let named =
        entries.iter().filter_map(|(key, _)| Some(Spanned::new(Id::parse(&key.value).ok()?, key.span)));
    let bare = |id| Citation { id, title: String::new(), date: None, authority: None, url: None };
    named.map(bare).collect()
}
