//! E0502: an id is unique: among the lines of a chapter, and a chapter among those of its year and stage. So are the names of the
//! files that ids make.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::model::{Drawing, Picture, Request};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::Span;

pub(super) fn check(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    let mut chapters = BTreeMap::new();
    for rollup in rollups {
        let request = rollup.request;
        let id = &request.line.id;
        let key = (id.value.as_str(), request.fiscal_year.value, request.stage);
        if let Some(first) = chapters.insert(key, request) {
            findings.push(two_chapters(request, first));
        }

        let mut lines = BTreeMap::new();
        for row in rollup.rows.iter().skip(1).filter(|row| !row.line.id.value.is_stand_in()) {
            let id = &row.line.id;
            if let Some(first) = lines.insert(id.value.as_str(), row.line) {
                let help = match first.is_copied_in(row.line) {
                    true => "take one of the two out: the same line stands here twice",
                    false => "give one of them another id; ids stay the same over the years",
                };
                let message = format!("the id `{}` is used twice", id.value);
                findings.push(twice(&message, id.span, first.id.span, help));
            }
            if id.value.as_str() == "overview" && row.depth == 1 {
                findings.push(
                    Diagnostic::new(
                        "E0502",
                        id.span,
                        "the id `overview` is taken by the chapter's own sheet",
                    )
                    .help("choose another id"),
                );
            }
        }
        for row in &rollup.rows {
            let Some(flow) = row.program.and_then(|program| program.funding_flow.as_ref()) else {
                continue;
            };
            let mut nodes = BTreeMap::new();
            for node in flow.nodes.iter().filter(|node| !node.id.value.is_stand_in()) {
                if let Some(first) = nodes.insert(node.id.value.as_str(), node.id.span) {
                    findings.push(twice(
                        &format!("two nodes of the flow are called `{}`", node.id.value),
                        node.id.span,
                        first,
                        "give one of them another id",
                    ));
                }
            }
        }
        pictures(rollup, findings);
        let mut citations = BTreeMap::new();
        for citation in request.citations.iter().filter(|citation| !citation.id.value.is_stand_in()) {
            if let Some(first) = citations.insert(citation.id.value.as_str(), citation.id.span) {
                findings.push(twice(
                    &format!("two citations are called `{}`", citation.id.value),
                    citation.id.span,
                    first,
                    "give one of them another id",
                ));
            }
        }
    }
}

/// Two chapters whose sheets would overwrite each other. Where they have one title, one is a copy, and its year was forgotten.
fn two_chapters(again: &Request, first: &Request) -> Diagnostic {
    let id = &again.line.id;
    let message = format!("two chapters of the same fiscal year and stage are called `{}`", id.value);
    if again.line.title != first.line.title {
        let help = "give one of them another id: their sheets would overwrite each other; or is one of another `fiscal_year` or `stage`?";
        return twice(&message, id.span, first.line.id.span, help);
    }
    let time = Notation::new(again.lang).year_and_stage(again.fiscal_year.value, again.stage);
    Diagnostic::new("E0502", again.fiscal_year.span, message)
        .here(format!("{time} again"))
        .also(first.fiscal_year.span, time)
        .help("is this file a copy for another year? change its `fiscal_year` (or its `stage`); a chapter keeps its id over the years. If the two are different chapters of one year, give one of them another id")
}

/// Two pictures of a chapter with one file name: the later would take the other's place, on paper too.
fn pictures(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let mut drawn: BTreeSet<String> = BTreeSet::new();
    for row in &rollup.rows {
        let id = row.line.id.value.as_str();
        let of = if row.depth == 0 { "overview" } else { id };
        drawn.insert(Drawing::Series.file_name(of));
        if row.depth < 2 {
            drawn.extend([Drawing::Comparison, Drawing::Moves].map(|drawing| drawing.file_name(of)));
        }
        if row.program.is_some_and(|it| it.funding_flow.is_some()) {
            drawn.insert(Drawing::Flow.file_name(id));
        }
    }
    let mut files = BTreeMap::new();
    for program in rollup.rows.iter().filter_map(|row| row.program) {
        let of = &program.line.id.value;
        let named = |picture: &&Picture| !picture.id.value.is_stand_in() && !of.is_stand_in();
        for picture in program.figures.iter().filter(named) {
            let (id, span) = (&picture.id.value, picture.id.span);
            let file = picture.file_name(of);
            if drawn.contains(&file) {
                findings.push(
                    Diagnostic::new(
                        "E0502",
                        span,
                        format!("the figure `{id}` of `{of}` would be the file `{file}`, which is that of a chart or a diagram that is drawn anyway"),
                    )
                    .help("give the figure another id"),
                );
            } else if let Some(first) = files.insert(file.clone(), span) {
                findings.push(twice(
                    &format!("two figures would be the file `{file}`"),
                    span,
                    first,
                    "give one of them another id; the file is named after program and figure",
                ));
            }
        }
    }
}

fn twice(message: &str, again: Span, first: Span, help: &str) -> Diagnostic {
    Diagnostic::new("E0502", again, message).here("used again here").also(first, "first used here").help(help)
}
