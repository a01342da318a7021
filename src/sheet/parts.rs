//! What a program has besides amounts, worded: the same for a sheet of its own and for a part inside its parent's sheet.

use serde::Serialize;

use super::figures::{self, FigureLink};
use super::prose::{fitted, quoted};
use super::wording::Wording;
use crate::figure::Figures;
use crate::model::{Area, Due, Group, LogicModel, Outcome, PolicyBasis, Program};
use crate::source::Spanned;
use crate::words;

/// A labelled fact: operator, period, scale.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub text: String,
}

/// A cited document with the passage it is cited for.
#[derive(Clone, Debug, Serialize)]
pub struct Basis {
    pub citation: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The passage, as Markdown quotation.
    pub quote: Option<String>,
}

/// A technical area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaFacts {
    /// Its number and title.
    pub title: String,
    /// Markdown.
    pub body: Option<String>,
    /// Its recipients by kind of project.
    pub groups: Vec<GroupFacts>,
}

/// Recipients of one kind of project.
#[derive(Clone, Debug, Serialize)]
pub struct GroupFacts {
    pub title: String,
    /// How many and who, in brackets.
    pub recipients: String,
    /// Markdown.
    pub body: Option<String>,
}

/// A column of the logic model.
#[derive(Clone, Debug, Serialize)]
pub struct LogicColumn {
    /// Outputs, outcomes or impacts.
    pub heading: String,
    pub entries: Vec<String>,
}

/// A program's details.
#[derive(Clone, Debug, Serialize)]
pub struct Details {
    /// English name, operator, period, scale.
    pub facts: Vec<Fact>,
    /// The heading of the facts: what they are.
    pub facts_heading: String,
    /// Policy documents.
    pub basis: Vec<Basis>,
    /// Points of the year, Markdown.
    pub points: Option<String>,
    /// The text, Markdown.
    pub body: Option<String>,
    pub pictures: Vec<FigureLink>,
    pub areas: Vec<AreaFacts>,
    pub flow: Option<FigureLink>,
    /// The logic model's columns.
    pub logic: Vec<LogicColumn>,
}

impl Details {
    /// Whether it says nothing besides its facts and its text.
    pub(super) fn is_plain(&self) -> bool {
        let Self { facts: _, facts_heading: _, basis, points, body: _, pictures, areas, flow, logic } = self;
        let (is_unpictured, is_alone) =
            (pictures.is_empty() && flow.is_none(), basis.is_empty() && points.is_none());
        is_unpictured && is_alone && areas.is_empty() && logic.is_empty()
    }
}

/// Words a program's details; headings in its prose go down by `deepen` levels.
pub(super) fn details(
    program: &Program,
    deepen: usize,
    wording: &Wording<'_>,
    drawings: &mut Figures,
) -> Details {
    // The footnotes of each text are its own.
    let id = program.line.id.value.as_str();
    let within = |text: &str, at: usize| format!("{id}--{text}-{}", at + 1);
    let facts = facts(program, wording);
    let telling = facts.iter().map(|fact| fact.label.as_str());
    let labels: Vec<&str> = telling.filter(|label| *label != wording.words.english_title).collect();
    let facts_heading = match labels.is_empty() {
        true => wording.words.names.to_owned(),
        false => labels.join(words::facts_comma(wording.lang)),
    };
    let bases = program.policy_basis.iter().enumerate();
    let areas = program.areas.iter().enumerate();
    Details {
        facts_heading,
        facts,
        basis: bases.map(|(at, basis)| cited(basis, &within("basis", at), deepen, wording)).collect(),
        points: program.points.as_ref().map(|points| fitted(&points.value, &within("points", 0), deepen + 1)),
        body: program.body.as_ref().map(|body| fitted(&body.value, id, deepen)),
        pictures: figures::pictures(program, wording.words.rounding, drawings),
        areas: areas.map(|(at, found)| area(found, &within("area", at), deepen, wording)).collect(),
        flow: figures::flow(program, wording, drawings),
        logic: program.logic_model.as_ref().map(|model| logic(model, wording)).unwrap_or_default(),
    }
}

fn facts(program: &Program, wording: &Wording<'_>) -> Vec<Fact> {
    let words = wording.words;
    let operator = match (&program.operator, &program.role) {
        (Some(operator), Some(role)) => Some(wording.bracketed(operator, role)),
        (operator, role) => operator.clone().or_else(|| role.clone()),
    };
    let english = program.line.title_en.clone();
    let found = [
        (words.english_title, wording.lang.pick(english, None)),
        (words.operator, operator),
        (words.period, program.period.as_ref().map(|period| wording.period(period))),
        (words.scale, program.scale.as_ref().map(|scale| wording.scale(scale))),
    ];
    found
        .into_iter()
        .filter_map(|(label, text)| Some(Fact { label: label.to_owned(), text: text? }))
        .collect()
}

fn cited(basis: &PolicyBasis, id: &str, deepen: usize, wording: &Wording<'_>) -> Basis {
    let found =
        wording.request.citations.iter().find(|citation| citation.id.value.as_str() == basis.cite.value);
    let passage = basis.quote.as_ref().or(basis.gist.as_ref());
    let restated = basis.quote.is_none() && basis.gist.is_some();
    let registered =
        || found.map_or_else(|| wording.cited(&basis.cite.value), |citation| wording.citation(citation));
    Basis {
        citation: format!(
            "{}{}",
            basis.as_printed.as_ref().map_or_else(registered, |text| wording.cited(text)),
            if restated { wording.words.gist } else { "" }
        ),
        url: found.and_then(|citation| citation.url.clone()),
        quote: passage.map(|quote| quoted(&fitted(&quote.value, id, deepen))),
    }
}

fn area(area: &Area, id: &str, deepen: usize, wording: &Wording<'_>) -> AreaFacts {
    let title = wording.numbered(area.number.as_ref(), &area.title);
    let prose = |text: &Option<Spanned<String>>, id: &str| {
        text.as_ref().map(|text| fitted(&text.value, id, deepen + 2))
    };
    let group = |(at, group): (usize, &Group)| GroupFacts {
        title: group.title.clone(),
        recipients: recipients(group, wording),
        body: prose(&group.body, &format!("{id}-{}", at + 1)),
    };
    let groups = area.groups.iter().enumerate().map(group).collect();
    AreaFacts { title, body: prose(&area.body, id), groups }
}

/// `（2件：理研、大阪大）`.
fn recipients(group: &Group, wording: &Wording<'_>) -> String {
    let counted = |count: u32| words::cases(wording.lang, count);
    let names = group.recipients.iter().map(|recipient| match recipient.count {
        1 => recipient.name.clone(),
        count => words::with_cases(wording.lang, &recipient.name, count),
    });
    let names = names.collect::<Vec<_>>().join(wording.words.comma);
    let text = match (group.count, names.is_empty()) {
        (Some(count), false) => format!("{}{}{names}", counted(count.value), wording.words.colon),
        (Some(count), true) => counted(count.value),
        (None, false) => names,
        (None, true) => return String::new(),
    };
    wording.bracketed("", &text)
}

fn logic(model: &LogicModel, wording: &Wording<'_>) -> Vec<LogicColumn> {
    let words = wording.words;
    let columns =
        [(words.outputs, &model.outputs), (words.outcomes, &model.outcomes), (words.impacts, &model.impacts)];
    let filled = columns.into_iter().filter(|(_, entries)| !entries.is_empty());
    filled
        .map(|(heading, entries)| LogicColumn {
            heading: heading.to_owned(),
            entries: entries.iter().map(|entry| outcome(entry, wording)).collect(),
        })
        .collect()
}

/// An entry with how it is measured: `社会的な課題の解決（指標：論文数、10→30、令和8年）`.
fn outcome(outcome: &Outcome, wording: &Wording<'_>) -> String {
    let indicator = outcome.indicator.as_ref().map(|indicator| words::indicator(wording.lang, indicator));
    let values = match (&outcome.baseline, &outcome.target) {
        (Some(baseline), Some(target)) => Some(format!("{}→{}", baseline.value, target.value)),
        (None, Some(target)) => Some(format!("→{}", target.value)),
        (baseline, None) => baseline.as_ref().map(|baseline| baseline.value.clone()),
    };
    let date = outcome.date.map(|due| match due.value {
        Due::Date(date) => wording.notation.date(&date),
        Due::FiscalYear(year) => wording.year(year),
    });
    let measures: Vec<String> = indicator.into_iter().chain(values).chain(date).collect();
    if measures.is_empty() {
        outcome.text.clone()
    } else {
        wording.bracketed(&outcome.text, &measures.join(wording.words.comma))
    }
}
