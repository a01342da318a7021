//! W0409: an id stays with its program: a title that is clearly another may be another program's.

use super::years::Years;
use crate::diagnostic::{Diagnostic, is_like};
use crate::model::{CrosswalkKind, Id, Line, Request};
use crate::rollup::Rollup;

pub(super) fn check(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::latest(rollups) {
        for (row, before) in years.lines() {
            let line = row.line;
            let same_name = line.abbreviation.is_some() && line.abbreviation == before.abbreviation;
            let same_title = line.title_en.is_some() && line.title_en == before.title_en;
            let is_known = same_name || same_title || is_explained(years.now.request, &line.id.value);
            if is_known || is_like(&bare(line), &bare(before)) {
                continue;
            }
            let id = &line.id.value;
            findings.push(
                Diagnostic::new("W0409", line.id.span, format!("`{id}` is called `{}`, and in an earlier year `{}`", line.title, before.title))
                    .here("this year")
                    .also(before.id.span, "an earlier year")
                    .about(id)
                    .help("is it another program? Then give it an id of its own: ids are not used again. A renamed program keeps its id; accept the warning: `accept: [{rule: W0409, reason: 改称}]`"),
            );
        }
    }
}

/// Whether the crosswalk says that last year's line of this id went into this year's.
fn is_explained(request: &Request, id: &Id) -> bool {
    let own = &request.line.id.value;
    request.crosswalk.iter().any(|entry| {
        let is_from = entry.chapter_before(own) == own && entry.from.iter().any(|from| from.value == *id);
        entry.to.iter().any(|to| to.value == *id) && (is_from || entry.kind == CrosswalkKind::Restated)
    })
}

/// The letters and digits of a title, without remarks in brackets.
fn bare(line: &Line) -> String {
    let mut depth = 0_usize;
    let outside = |character: &char| {
        match character {
            '（' | '(' | '【' => depth += 1,
            '）' | ')' | '】' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && character.is_alphanumeric(),
        }
        false
    };
    let bare: String = line.title.chars().filter(outside).collect();
    bare
}
