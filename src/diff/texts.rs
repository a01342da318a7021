//! The texts of a line that changed.

use super::change::Member;
use crate::document::escaped;
use crate::model::{Due, FlowPassing, FundingFlow, Group, LogicModel, Outcome, Program, Request};
use crate::named::named;
use crate::notation::Notation;
use crate::source::Spanned;

/// A text that changed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct WordChange {
    pub field: Field,
    /// Whether the two are Markdown; otherwise every character stands for itself.
    #[serde(rename = "markdown")]
    pub is_markdown: bool,
    /// As it was; empty where there was none.
    pub old: String,
    /// As it is now; empty where it is gone.
    pub new: String,
}

named! {
    /// The texts of a line, in the order in which changes are told.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Field {
        /// The number before the title.
        Number = "number",
        Title = "title",
        TitleEn = "title_en",
        /// The short name.
        Abbreviation = "abbreviation",
        /// The groups (局, 分野) that it belongs to.
        Group = "group",
        /// Who carries it out, and in which role.
        Operator = "operator",
        /// The years it runs.
        Period = "period",
        /// The size of an award.
        Scale = "scale",
        /// The text of the overview's card, or of the chapter's overview.
        Summary = "summary",
        /// The points of the request.
        Points = "points",
        /// The text of the detail sheet.
        Body = "body",
        Notes = "notes",
        /// The cited policy documents and passages.
        PolicyBasis = "policy_basis",
        /// The technical areas with their recipients.
        Recipients = "recipients",
        /// Who passes the money to whom.
        FundingFlow = "funding_flow",
        /// Outputs, outcomes, impacts.
        LogicModel = "logic_model",
    }
}

/// The texts of a line that differ between two sides.
pub(super) fn changes(old: Member<'_>, new: Member<'_>) -> Vec<WordChange> {
    let (before, after) = (texts(old), texts(new));
    before
        .into_iter()
        .zip(after)
        .filter(|(old, new)| old.text != new.text)
        .map(|(old, new)| WordChange {
            field: old.field,
            is_markdown: old.is_markdown,
            old: old.text,
            new: new.text,
        })
        .collect()
}

/// One text of a line.
struct Text {
    field: Field,
    text: String,
    is_markdown: bool,
}

/// All texts of a line, the same ones in the same order for every line.
fn texts(member: Member<'_>) -> Vec<Text> {
    let line = member.row.line;
    let program = member.row.program;
    let request = member.chapter;
    let plain = |field, text: &Option<String>| Text {
        field,
        text: text.clone().unwrap_or_default(),
        is_markdown: false,
    };
    let listed = |field, entries: Vec<String>| Text { field, text: entries.join("\n"), is_markdown: false };
    let prose = |field, text: Option<&Spanned<String>>| Text {
        field,
        text: text.map(|text| text.value.trim_end().to_owned()).unwrap_or_default(),
        is_markdown: true,
    };
    let notation = Notation::of(request, request.lang);
    let notes = line.notes.iter().map(|note| notation.note(note, request)).collect();
    let mut texts = vec![
        plain(Field::Number, program.map_or(&request.number, |program| &program.number)),
        plain(Field::Title, &Some(line.title.clone())),
        plain(Field::TitleEn, &line.title_en),
        plain(Field::Abbreviation, &line.abbreviation),
        listed(Field::Notes, notes),
    ];
    let Some(program) = program else {
        texts.push(prose(Field::Summary, request.overview.as_ref()));
        return texts;
    };
    let operator = [&program.operator, &program.role];
    let period = program.period.iter().map(|period| notation.period(period));
    let scale = program.scale.iter().map(|scale| notation.scale(scale));
    texts.extend([
        listed(Field::Group, program.group.clone()),
        listed(Field::Operator, operator.into_iter().flatten().cloned().collect()),
        listed(Field::Period, period.collect()),
        listed(Field::Scale, scale.collect()),
        prose(Field::Summary, program.summary.as_ref()),
        prose(Field::Points, program.points.as_ref()),
        prose(Field::Body, program.body.as_ref()),
        Text { field: Field::PolicyBasis, text: policy_basis(program, request), is_markdown: true },
        Text { field: Field::Recipients, text: recipients(program).join("\n\n"), is_markdown: true },
        listed(
            Field::FundingFlow,
            program.funding_flow.as_deref().into_iter().flat_map(funding_flow).collect(),
        ),
        listed(
            Field::LogicModel,
            program.logic_model.iter().flat_map(|model| logic_model(model, &notation)).collect(),
        ),
    ]);
    texts.sort_by_key(|text| text.field);
    texts
}

/// Each cited document followed by what is quoted from it.
fn policy_basis(program: &Program, request: &Request) -> String {
    let one = |basis: &crate::model::PolicyBasis| {
        let mut cited = request.citations.iter();
        let cited = cited.find(|citation| citation.id.value.as_str() == basis.cite.value);
        let title = cited.map_or(&basis.cite.value, |citation| &citation.title);
        let name = basis.as_printed.as_ref().unwrap_or(title);
        let passages = [&basis.quote, &basis.gist];
        let passages = passages.into_iter().flatten().map(|text| text.value.trim_end());
        let named = std::iter::once(escaped(name));
        named.chain(passages.map(str::to_owned)).collect::<Vec<_>>().join("\n\n")
    };
    program.policy_basis.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

/// Areas and groups with those who receive in them, a paragraph each, Markdown.
fn recipients(program: &Program) -> Vec<String> {
    let names = |group: &Group| {
        let one = |recipient: &crate::model::Recipient| match recipient.count {
            1 => escaped(&recipient.name),
            count => format!("{} ×{count}", escaped(&recipient.name)),
        };
        let names: Vec<String> = group.recipients.iter().map(one).collect();
        let count = group.count.map(|count| format!(" \\[{}\\]", count.value));
        let body = group.body.iter().map(|body| format!("\n\n{}", body.value.trim_end()));
        format!(
            "{}{}: {}{}",
            escaped(&group.title),
            count.unwrap_or_default(),
            names.join(", "),
            body.collect::<String>()
        )
    };
    program
        .areas
        .iter()
        .flat_map(|area| {
            let number = area.number.iter().map(|number| format!("{number} "));
            let head = escaped(&format!("{}{}", number.collect::<String>(), area.title));
            let body = area.body.iter().map(|body| body.value.trim_end().to_owned());
            std::iter::once(head).chain(body).chain(area.groups.iter().map(names))
        })
        .collect()
}

/// The passings of a funding flow, a line each.
fn funding_flow(flow: &FundingFlow) -> Vec<String> {
    let party = |id: &str| {
        let known = flow.nodes.iter().find(|node| node.id.value.as_str() == id);
        known.map_or(id.to_owned(), |node| match &node.detail {
            Some(detail) => format!("{} ({detail})", node.label),
            None => node.label.clone(),
        })
    };
    let one = |edge: &FlowPassing| {
        let detail = edge.detail.iter().map(|detail| format!(", {detail}"));
        format!(
            "{} → {}: {}{}",
            party(&edge.from.value),
            party(&edge.to.value),
            edge.instrument,
            detail.collect::<String>()
        )
    };
    flow.title.iter().cloned().chain(flow.edges.iter().map(one)).collect()
}

/// Outputs, outcomes and impacts, a line each.
fn logic_model(model: &LogicModel, notation: &Notation) -> Vec<String> {
    let due = |due: &Due| match due {
        Due::Date(date) => notation.date(date),
        Due::FiscalYear(year) => notation.fiscal_year(*year),
    };
    let one = |outcome: &Outcome| {
        let measures = [
            outcome.indicator.clone(),
            outcome.baseline.as_ref().map(|baseline| baseline.value.clone()),
            outcome.target.as_ref().map(|target| target.value.clone()),
            outcome.date.as_ref().map(|date| due(&date.value)),
        ];
        let measures: Vec<String> = measures.into_iter().flatten().collect();
        match measures.is_empty() {
            true => outcome.text.clone(),
            false => notation.bracketed(&outcome.text, &measures.join(notation.comma())),
        }
    };
    let all = model.outputs.iter().chain(&model.outcomes).chain(&model.impacts);
    all.map(one).collect()
}
