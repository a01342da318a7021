//! The figures of a sheet: the chart of amounts, the funding flow, the author's own.

use serde::Serialize;

use super::wording::Wording;
use crate::figure::{
    Bar, BarGroup, Bars, Figure, Figures, Flow, FlowEdge, FlowNode, Image, ImageKind, Share, Shares,
};
use crate::model::{Amount, Drawing, FundingFlow, Lang, Money, Percent, Picture, PictureContent, Program};
use crate::rollup::{Rollup, Row};
use crate::words;

/// How a template refers to a figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureLink {
    /// Unique in the sheet.
    pub id: String,
    /// The file beside the sheet.
    pub target: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Printed with it.
    pub title: String,
}

/// The chart prior → requested of some rows, before them that of the row which is their sum; `None` when at most one of them has an amount:
/// a pair alone would only repeat the box.
pub(super) fn comparison<'a, 'r: 'a>(
    stem: &str,
    (sum, rows): (Option<&'a Row<'r>>, impl Iterator<Item = &'a Row<'r>>),
    wording: &Wording<'_>,
    figures: &mut Figures,
) -> Option<FigureLink> {
    let (lang, unit) = (wording.lang, wording.unit());
    let mut groups = Vec::new();
    let mut charted = Vec::new();
    let mut sentences = Vec::new();
    for row in sum.into_iter().chain(rows) {
        if row.requested.amount.is_none() && row.prior.amount.is_none() {
            continue;
        }
        let bar = |money: Money| Bar {
            value: money.addable().map(|amount| amount.smallest_units()),
            text: wording.notation.cell(&money, unit),
        };
        let label = wording.title(row.line);
        let prior = bar(row.prior_money());
        let requested = bar(row.requested_money());
        let [old, new] = [&prior, &requested].map(|bar| match bar.text.as_str() {
            "" => words::not_stated(lang),
            text => text,
        });
        sentences.push(words::from_to(lang, &label, old, new));
        let whole = sum.is_some_and(|sum| std::ptr::eq(sum, row));
        groups.push(BarGroup { label, whole, bars: vec![prior, requested] });
        charted.push(row);
    }
    if groups.len() < 2 {
        return None;
    }
    let (mut groups, others) = Bars::shown(groups);
    if !others.is_empty() {
        let others: Vec<&Row<'_>> = others.iter().filter_map(|at| charted.get(*at).copied()).collect();
        // A bar of many would be longer than any of one, and say nothing.
        let sum = |money: fn(&Row<'_>) -> Money| {
            let counted = others.iter().filter(|row| row.line.is_addable()).map(|row| money(row));
            let sum = Money::total(counted).unwrap_or(Money::NotStated);
            Bar { value: None, text: wording.notation.cell(&sum, unit) }
        };
        let bars = vec![sum(|row| row.prior_money()), sum(|row| row.requested_money())];
        let label = words::together(lang, words::other_lines(lang, others.len()));
        groups.push(BarGroup { label, whole: false, bars });
    }
    let series = vec![wording.words.prior.to_owned(), wording.requested_label()];
    let sentences = sentences.join(words::steps_gap(lang));
    let alt =
        words::bars(lang, wording.words.prior, wording.requested_label(), wording.unit_line(), sentences);
    let target = format!("figures/{}", Drawing::Comparison.file_name(stem));
    figures.insert(target.clone(), Figure::Bars(Bars { unit: wording.unit_label(), groups, series }));
    Some(FigureLink { id: "comparison".to_owned(), target, alt, title: wording.words.comparison.to_owned() })
}

/// The chart of the largest changes; `None` where there are none.
pub(super) fn largest(
    stem: &str,
    moves: Vec<(String, Amount)>,
    wording: &Wording<'_>,
    figures: &mut Figures,
) -> Option<FigureLink> {
    let (lang, unit, words) = (wording.lang, wording.unit(), wording.words);
    let group = |(label, change): (String, Amount)| {
        let text = wording.notation.figure(&change, unit);
        BarGroup {
            label,
            bars: vec![Bar { value: Some(change.smallest_units()), text }],
            ..BarGroup::default()
        }
    };
    let groups: Vec<BarGroup> = moves.into_iter().map(group).collect();
    let sentences = groups
        .iter()
        .flat_map(|group| group.bars.iter().map(|bar| words::one_move(lang, &group.label, &bar.text)));
    let sentences = sentences.collect::<Vec<_>>().join(words::steps_gap(lang));
    let alt = words::moves_bars(lang, wording.unit_line(), sentences);
    let target = format!("figures/{}", Drawing::Moves.file_name(stem));
    if groups.is_empty() {
        return None;
    }
    let bars = Bars { unit: wording.unit_label(), groups, series: vec![words.change.to_owned()] };
    figures.insert(target.clone(), Figure::Bars(bars));
    Some(FigureLink { id: "moves-chart".to_owned(), target, alt, title: words.largest_moves.to_owned() })
}

/// The rows that a chart of programs shows: each program, or its parts where it states no amount of its own.
pub(super) fn charted<'a, 'r: 'a>(
    rollup: &'a Rollup<'r>,
    programs: impl Iterator<Item = &'a Row<'r>>,
) -> impl Iterator<Item = &'a Row<'r>> {
    programs.flat_map(|row| {
        let own = row.requested.amount.is_some() || row.prior.amount.is_some();
        let parts = rollup.children_of(row).filter(move |_| !own);
        std::iter::once(row).filter(move |_| own).chain(parts)
    })
}

/// The diagram of a program's funding flow.
pub(super) fn flow(program: &Program, wording: &Wording<'_>, figures: &mut Figures) -> Option<FigureLink> {
    let flow = program.funding_flow.as_ref()?;
    let file = Drawing::Flow.file_name(program.line.id.value.as_str());
    let target = format!("figures/{file}");
    figures.insert(target.clone(), Figure::Flow(drawn(flow)));
    let title = flow.title.clone().unwrap_or_else(|| wording.words.funding_flow.to_owned());
    Some(FigureLink { id: "funding-flow".to_owned(), target, alt: described(flow, wording.lang), title })
}

fn place(flow: &FundingFlow, id: &str) -> Option<usize> {
    flow.nodes.iter().position(|node| node.id.value.as_str() == id)
}

fn drawn(flow: &FundingFlow) -> Flow {
    let nodes = flow
        .nodes
        .iter()
        .map(|node| FlowNode { label: node.label.clone(), detail: node.detail.clone() })
        .collect();
    let edges = flow.edges.iter().filter_map(|edge| {
        let (from, to) = (place(flow, &edge.from.value)?, place(flow, &edge.to.value)?);
        Some(FlowEdge { from, to, instrument: edge.instrument.clone(), detail: edge.detail.clone() })
    });
    Flow { nodes, edges: edges.collect() }
}

fn described(flow: &FundingFlow, lang: Lang) -> String {
    let name = |id: &str| {
        let node = place(flow, id).and_then(|at| flow.nodes.get(at));
        node.map(|node| match &node.detail {
            Some(detail) => words::bracketed(lang, &node.label, detail),
            None => node.label.clone(),
        })
        .unwrap_or_default()
    };
    let sentences = flow.edges.iter().map(|edge| {
        let what = match &edge.detail {
            Some(detail) => words::bracketed(lang, &edge.instrument, detail),
            None => edge.instrument.clone(),
        };
        words::passed(lang, name(&edge.from.value), name(&edge.to.value), what)
    });
    sentences.collect::<Vec<_>>().join(words::steps_gap(lang))
}

/// The author's charts and pictures.
pub(super) fn pictures(program: &Program, rounded: &str, figures: &mut Figures) -> Vec<FigureLink> {
    program.figures.iter().map(|picture| link(picture, program, rounded, figures)).collect()
}

fn link(picture: &Picture, program: &Program, rounded: &str, figures: &mut Figures) -> FigureLink {
    let figure = match &picture.content {
        PictureContent::Chart { whole, parts } => {
            let sum: u64 = parts.iter().map(|part| u64::from(part.percent.value.millionths())).sum();
            let is_whole = sum == u64::from(Percent::WHOLE);
            let note = if is_whole { String::new() } else { rounded.to_owned() };
            let parts = parts.iter().map(|part| Share {
                label: part.label.clone(),
                text: part.percent.value.to_string(),
                millionths: part.percent.value.millionths(),
            });
            Figure::Shares(Shares { whole: whole.clone(), parts: parts.collect(), note })
        }
        PictureContent::Vector(vector) => Figure::Vector(vector.clone()),
        PictureContent::Image { is_png, bytes } => Figure::Image(Image {
            kind: if *is_png { ImageKind::Png } else { ImageKind::Jpeg },
            bytes: bytes.clone(),
        }),
    };
    let id = picture.id.value.to_string();
    let target = format!("figures/{}", picture.file_name(&program.line.id.value));
    figures.insert(target.clone(), figure);
    let title = picture.title.clone().unwrap_or_default();
    FigureLink { id, target, alt: picture.alt.clone().unwrap_or_else(|| title.clone()), title }
}
