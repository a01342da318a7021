//! What the notes of a row say otherwise than they did: the remarks among them that are new, others or gone.

use super::super::{Aside, below};
use super::entries::{Entries, set, text};
use super::row::Read;
use crate::edit::Value;
use crate::model::Money;

/// The remarks that the sheet showed and that are no more, and those that stand there for them.
pub(super) type Remarks = (Vec<String>, Vec<String>);

/// What ends a note beside another one.
const ENDS: [char; 5] = ['。', '.', ';', ' ', '　'];

fn is_remark(note: &Value) -> bool {
    let Value::Braces(note) = note else { return false };
    matches!(text(note, &["kind"]), Some("remark" | "備考"))
}

fn words(note: &Value) -> Option<&str> {
    let Value::Braces(note) = note else { return None };
    text(note, &["text"])
}

/// What of the notes was changed, where only remarks were; what gaisan words itself is for its files.
pub(super) fn renoted(kept: &mut Entries, shown: &str, now: &str) -> Option<Remarks> {
    let at = kept.iter().position(|(key, _)| key == "notes");
    let mut notes = match at.and_then(|at| kept.get(at)) {
        Some((_, Value::List(notes))) => notes.clone(),
        Some((_, note @ Value::Braces(_))) => vec![note.clone()],
        Some(_) => return None,
        None => Vec::new(),
    };
    let old = notes.iter().filter(|note| is_remark(note)).filter_map(words).map(str::trim);
    let old: Vec<String> = old.filter(|words| !words.is_empty()).map(str::to_owned).collect();
    let (gone, new) = compared(&pieces(shown.trim(), &old), now.trim())?;
    let is_list = at.is_none_or(|at| matches!(kept.get(at), Some((_, Value::List(_)))));
    if !is_list && gone.len() != new.len() {
        return None;
    }
    let mut told = new.iter();
    for was in &gone {
        let at = notes.iter().position(|note| is_remark(note) && words(note).map(str::trim) == Some(was))?;
        match (told.next(), notes.get_mut(at)) {
            (Some(new), Some(Value::Braces(note))) => set(note, &["text"], new),
            _ => drop(notes.remove(at)),
        }
    }
    let remark = |new: &String| {
        Value::Braces(vec![
            ("kind".to_owned(), Value::text("remark")),
            ("text".to_owned(), Value::text(new.as_str())),
        ])
    };
    notes.extend(told.map(remark));
    kept.retain(|(key, _)| key != "notes");
    if !notes.is_empty() {
        kept.push(("notes".to_owned(), Value::List(notes)));
    }
    Some((gone, new))
}

/// Why a line is not added, as any table says it: by its title, the remarks on it and the marks at its amounts.
pub(super) fn set_aside(title: &str, notes: &[String], figures: &[(Money, Option<char>)]) -> Option<Aside> {
    let within = || below::says(title, notes, "内数").then_some(Aside::Within);
    below::set_aside(title, notes, figures).or_else(within)
}

/// The notes of a row that is new: as they were written, which goes to `more`, where it was copied with them; else its remark, and why the row is in
/// no sum.
pub(super) fn noted_anew(
    row: &Read<'_>,
    figures: &[(Money, Option<char>)],
    more: &mut Entries,
) -> (Vec<String>, Option<Aside>) {
    let is_copied = text(&row.shown, &["notes"]).is_some_and(|shown| shown.trim() == row.notes);
    let kept = row.kept.iter().find(|(key, _)| key == "notes").filter(|_| is_copied);
    more.extend(kept.cloned());
    let notes = Some(&row.notes).filter(|notes| kept.is_none() && !notes.is_empty());
    let notes: Vec<String> = notes.cloned().into_iter().collect();
    let says_why = |(_, notes): &(String, Value)| {
        let Value::List(notes) = notes else { return false };
        let kind = |note: &Value| match note {
            Value::Braces(note) => text(note, &["kind"]).map(str::to_owned),
            _ => None,
        };
        notes.iter().filter_map(kind).any(|kind| ["recount", "再掲", "within", "内数"].contains(&&*kind))
    };
    let aside = set_aside(&row.title, &notes, figures).filter(|_| !kept.is_some_and(says_why));
    (notes, aside)
}

/// The notes of a cell, piece by piece, and whether each is a remark.
fn pieces<'t>(shown: &'t str, remarks: &[String]) -> Vec<(bool, &'t str)> {
    let mut pieces = Vec::new();
    let mut rest = shown;
    for remark in remarks {
        let is_whole = |at: &usize| {
            let (before, after) = (&rest[..*at], &rest[at + remark.len()..]);
            is_end(before) && (after.is_empty() || after.starts_with(ENDS) || remark.ends_with(ENDS))
        };
        let Some(at) = rest.match_indices(remark.as_str()).map(|(at, _)| at).find(is_whole) else { continue };
        let (before, after) = rest.split_at(at);
        let (own, after) = after.split_at(remark.len());
        let (before, end) = before.split_at(before.trim_end_matches(ENDS).len());
        pieces.extend([before, end].into_iter().filter(|it| !it.is_empty()).map(|it| (false, it)));
        pieces.push((true, own));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then_some((false, rest)));
    pieces
}

fn is_end(text: &str) -> bool {
    text.is_empty() || text.ends_with(ENDS)
}

/// The remarks that are gone and those that are new, where nothing else has changed.
fn compared(pieces: &[(bool, &str)], now: &str) -> Option<Remarks> {
    let (mut first, mut last, mut rest) = (0, pieces.len(), now);
    while let Some((_, piece)) = pieces.get(first).filter(|_| first < last) {
        let Some(after) = rest.strip_prefix(piece) else { break };
        if !(after.is_empty() || after.starts_with(ENDS) || piece.ends_with(ENDS)) {
            break;
        }
        (first, rest) = (first + 1, after);
    }
    while let Some((_, piece)) = last.checked_sub(1).filter(|at| *at >= first).and_then(|at| pieces.get(at)) {
        let Some(before) =
            rest.strip_suffix(piece).filter(|before| is_end(before) || piece.starts_with(ENDS))
        else {
            break;
        };
        (last, rest) = (last - 1, before);
    }
    let changed = pieces.get(first..last)?;
    let is_ours = |(is_remark, piece): &(bool, &str)| !is_remark && !piece.chars().all(|c| ENDS.contains(&c));
    if changed.iter().any(is_ours) {
        return None;
    }
    let gone: Vec<String> =
        changed.iter().filter(|(is_remark, _)| *is_remark).map(|(_, piece)| (*piece).to_owned()).collect();
    let new: Vec<&str> = match gone.len() {
        0 if pieces.is_empty() => vec![rest.trim()],
        0 => vec![rest.trim_matches(ENDS)],
        1 => vec![rest.trim()],
        _ => rest.split(['。', ';']).map(str::trim).collect(),
    };
    Some((gone, new.into_iter().filter(|new| !new.is_empty()).map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::{compared, pieces};

    #[test]
    fn what_changes_in_a_cell_of_notes_is_the_remark_that_was_touched() {
        let said = |shown: &str, remarks: &[&str], now: &str| {
            let remarks: Vec<String> = remarks.iter().map(|it| (*it).to_owned()).collect();
            match compared(&pieces(shown, &remarks), now) {
                Some((gone, new)) => format!("{} → {}", gone.join("|"), new.join("|")),
                None => "ours".to_owned(),
            }
        };
        for (shown, remarks, now, wanted) in [
            ("一行。二行目", &["一行", "二行目"][..], "一行の改。二行目", "一行 → 一行の改"),
            ("一行。二行目", &["一行", "二行目"], "一行", "二行目 → "),
            ("一行。二行目", &["一行", "二行目"], "二行目", "一行 → "),
            ("一行。二行目", &["一行", "二行目"], "甲。乙", "一行|二行目 → 甲|乙"),
            ("推進枠", &["推進枠"], "推進枠、前倒し", "推進枠 → 推進枠、前倒し"),
            ("推進枠", &["推進枠"], "推進枠。追記", " → 追記"),
            ("推進枠", &["推進枠"], "", "推進枠 → "),
            ("", &[], "追記", " → 追記"),
            ("海底との合計額", &[], "海底との合計額。追記", " → 追記"),
            ("海底との合計額", &[], "海底の合計額", "ours"),
            ("海底との合計額", &[], "海底との合計額追記", "ours"),
            ("海底との合計額", &[], "", "ours"),
            ("計。海底との合計", &["計"], "計画。海底との合計", "計 → 計画"),
            ("推計額。計。合計額", &["計"], "推計額。計画。合計額", "計 → 計画"),
            ("推計額。計", &["計"], "推計額", "計 → "),
            ("", &[], ".5 増", " → .5 増"),
            ("", &[], "...", " → ..."),
        ] {
            assert_eq!(said(shown, remarks, now), wanted, "{shown} → {now}");
        }
    }
}
