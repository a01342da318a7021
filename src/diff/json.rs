//! A comparison for programs: one JSON document, described by `docs/schema/diff.schema.json`.

use serde::Serialize;

use super::bridge::Bridge;
use super::change::{AmountChange, ChapterChange, Diff, LineChange, Member, Relation};
use super::column::Columns;
use super::continuity::Break;
use super::proposal::Proposal;
use crate::model::{Amount, Basis, Comparison, Crosswalk, Money, Request};

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u8,
    relation: &'static str,
    same: bool,
    columns: Vec<Pair>,
    chapters: Vec<Chapter<'a>>,
}

#[derive(Serialize)]
struct Pair {
    old: &'static str,
    new: &'static str,
}

#[derive(Serialize)]
struct Chapter<'a> {
    old: Option<Time<'a>>,
    new: Option<Time<'a>>,
    currency: String,
    same: bool,
    lines: Vec<Line<'a>>,
    movers: Vec<Vec<Mover>>,
    continuity: Continuity<'a>,
    proposals: Vec<Proposed<'a>>,
    unused_crosswalk: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Time<'a> {
    id: &'a str,
    title: &'a str,
    fiscal_year: u16,
    stage: &'static str,
}

#[derive(Serialize)]
struct Line<'a> {
    depth: usize,
    parent: Option<usize>,
    link: &'static str,
    old: Vec<Place<'a>>,
    new: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<Moved<'a>>,
    counted: bool,
    same: bool,
    amounts: Vec<Change>,
    words: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    chapter: &'a str,
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Moved<'a> {
    from: Place<'a>,
    to: Place<'a>,
}

/// Amounts are plain digits in the currency's base unit, as text, so that no reader rounds them.
#[derive(Serialize)]
struct Change {
    old: Cell,
    new: Cell,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<String>,
    /// Whether sums of what is listed are compared.
    listed: bool,
    bridge: Steps,
}

#[derive(Serialize)]
struct Cell {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
}

#[derive(Serialize)]
struct Steps {
    old: Option<String>,
    new: Option<String>,
    items: Vec<Step>,
    same: usize,
}

#[derive(Serialize)]
struct Step {
    kind: &'static str,
    amount: String,
    lines: usize,
}

#[derive(Serialize)]
struct Mover {
    line: usize,
    change: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_percent: Option<String>,
}

#[derive(Serialize)]
struct Words<'a> {
    field: &'static str,
    markdown: bool,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Continuity<'a> {
    agree: usize,
    unknown: usize,
    breaks: Vec<Broken<'a>>,
    explained: Vec<Broken<'a>>,
}

#[derive(Serialize)]
struct Broken<'a> {
    old: Vec<Place<'a>>,
    new: Vec<Place<'a>>,
    budgeted: String,
    prior: Option<String>,
    difference: String,
    basis: &'static str,
}

#[derive(Serialize)]
struct Proposed<'a> {
    old: Place<'a>,
    new: Place<'a>,
    likeness: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    chapter: Option<&'a str>,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
}

/// A comparison as a JSON document with a final line end.
#[must_use]
pub fn json(diff: &Diff<'_>) -> String {
    let report = Report {
        schema: "urn:gaisan:schema:diff:1",
        version: 1,
        relation: match diff.relation {
            Relation::Drafts => "drafts",
            Relation::Stages => "stages",
            Relation::Years => "years",
        },
        same: diff.is_same(),
        columns: diff.columns.iter().map(|columns| pair(*columns)).collect(),
        chapters: diff.chapters.iter().filter_map(|one| chapter(one, diff.columns.len())).collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn pair(columns: Columns) -> Pair {
    Pair { old: columns.old.slug(), new: columns.new.slug() }
}

fn chapter<'a>(chapter: &'a ChapterChange<'_>, columns: usize) -> Option<Chapter<'a>> {
    let time = |request: &'a Request| Time {
        id: request.line.id.value.as_str(),
        title: &request.line.title,
        fiscal_year: request.fiscal_year.value.western(),
        stage: request.stage.slug(),
    };
    let movers = (0..columns).map(|column| {
        let movers = chapter.movers(column);
        let one = |mover: &super::Mover| Mover {
            line: mover.line,
            change: mover.change.to_base_units_string(),
            share_percent: mover.share.map(|share| decimal(share.times(6), 4)),
        };
        movers.iter().map(one).collect()
    });
    Some(Chapter {
        old: chapter.old.map(time),
        new: chapter.new.map(time),
        currency: chapter.request()?.unit.currency().to_string(),
        same: chapter.is_same(),
        lines: chapter.lines.iter().map(line).collect(),
        movers: movers.collect(),
        continuity: Continuity {
            agree: chapter.continuity.agree,
            unknown: chapter.continuity.unknown,
            breaks: chapter.continuity.breaks.iter().map(broken).collect(),
            explained: chapter.continuity.explained.iter().map(broken).collect(),
        },
        proposals: chapter.proposals.iter().map(proposed).collect(),
        unused_crosswalk: chapter.unused.iter().copied().map(entry).collect(),
    })
}

fn place<'a>(member: Member<'a>) -> Place<'a> {
    Place {
        chapter: member.chapter.line.id.value.as_str(),
        id: member.row.line.id.value.as_str(),
        title: &member.row.line.title,
    }
}

fn places<'a>(members: &'a [Member<'_>]) -> Vec<Place<'a>> {
    members.iter().map(|member| place(*member)).collect()
}

fn line<'a>(line: &'a LineChange<'_>) -> Line<'a> {
    Line {
        depth: line.depth,
        parent: line.parent,
        link: line.link.slug(),
        old: places(&line.old),
        new: places(&line.new),
        moved: line.moved.map(|moved| Moved { from: place(moved.from), to: place(moved.to) }),
        counted: line.is_counted,
        same: line.is_same(),
        amounts: line.amounts.iter().map(change).collect(),
        words: line
            .words
            .iter()
            .map(|change| Words {
                field: change.field.slug(),
                markdown: change.is_markdown,
                old: &change.old,
                new: &change.new,
            })
            .collect(),
    }
}

fn change(change: &AmountChange) -> Change {
    Change {
        old: cell(&change.old),
        new: cell(&change.new),
        outcome: outcome(&change.comparison),
        change: change.change().map(Amount::to_base_units_string),
        percent: percent(&change.comparison),
        listed: change.is_listed,
        bridge: steps(&change.bridge),
    }
}

fn cell(money: &Money) -> Cell {
    Cell { state: state(money), amount: money.amount().map(Amount::to_base_units_string) }
}

/// The name of a cell's state in exports.
pub(super) fn state(money: &Money) -> &'static str {
    match money {
        Money::Known(_) => "known",
        Money::KnownAndUnspecified(_) => "known_and_unspecified",
        Money::Unspecified => "unspecified",
        Money::New => "new",
        Money::Ended => "ended",
        Money::NotApplicable => "not_applicable",
        Money::NotStated | Money::Unknown => "not_stated",
        Money::Within(_) => "within",
    }
}

/// The name of what became of an amount in exports.
pub(super) fn outcome(comparison: &Comparison) -> &'static str {
    match comparison {
        Comparison::New(_) => "new",
        Comparison::Ended(_) => "ended",
        Comparison::FromNothing(_) => "from_nothing",
        Comparison::ToNothing(_) => "to_nothing",
        Comparison::Same => "same",
        Comparison::WithinRounding(_) => "same_within_rounding",
        Comparison::Changed { .. } => "changed",
        Comparison::Incomparable => "incomparable",
    }
}

/// A rate of change in percent to four decimals, half up: `-56.8752`; nothing where a sheet prints 「－」 or a word.
pub(super) fn percent(comparison: &Comparison) -> Option<String> {
    comparison.rate().map(|rate| decimal(rate.percent(4), 4))
}

/// A number given without its point.
fn decimal(number: i128, decimals: usize) -> String {
    let digits = format!("{:0width$}", number.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{whole}.{fraction}")
}

fn steps(bridge: &Bridge) -> Steps {
    Steps {
        old: bridge.old.map(Amount::to_base_units_string),
        new: bridge.new.map(Amount::to_base_units_string),
        items: bridge
            .items
            .iter()
            .map(|item| Step {
                kind: item.kind.slug(),
                amount: item.amount.to_base_units_string(),
                lines: item.lines,
            })
            .collect(),
        same: bridge.same,
    }
}

fn broken<'a>(found: &'a Break<'_>) -> Broken<'a> {
    Broken {
        old: places(&found.old),
        new: places(&found.new),
        budgeted: found.amounts.budget.to_base_units_string(),
        prior: found.amounts.prior.map(Amount::to_base_units_string),
        difference: found.amounts.difference.to_base_units_string(),
        basis: match found.amounts.basis {
            Basis::Initial => "initial",
            Basis::Revised => "revised",
            Basis::Restated => "restated",
            Basis::Combined => "combined",
        },
    }
}

fn proposed<'a>(proposal: &'a Proposal<'_>) -> Proposed<'a> {
    Proposed {
        old: place(proposal.old),
        new: place(proposal.new),
        likeness: proposal.likeness.slug(),
        amount: proposal.amount.map(Amount::to_base_units_string),
        kind: proposal.kind.slug(),
        entry: proposal.entry.as_deref(),
    }
}

fn entry(entry: &Crosswalk) -> Entry<'_> {
    Entry {
        kind: entry.kind.slug(),
        chapter: entry.chapter.as_ref().map(|chapter| chapter.value.as_str()),
        from: entry.from.iter().map(|id| id.value.as_str()).collect(),
        to: entry.to.iter().map(|id| id.value.as_str()).collect(),
    }
}
