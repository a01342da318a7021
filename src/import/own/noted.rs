//! What the notes of a row say otherwise than they did: the remarks among them that are new, others or gone.

use super::super::remark::Remark;
use super::super::{Aside, Cell, below};
use super::NOTES;
use super::entries::{Entries, set, text};
use super::line::Taking;
use super::row::Read;
use crate::edit::Value;
use crate::model::Money;
use crate::read::on_one_line;

/// The remarks that the sheet showed and that are no more, and those that stand there for them.
pub(super) type Remarks = (Vec<String>, Vec<String>);

/// What ends a note beside another one.
const ENDS: [char; 6] = ['。', '.', ';', ' ', '　', '\n'];
/// What may stand between a note of gaisan's own and a remark, too.
const GOES_ON: [char; 3] = ['、', '，', ','];
/// Words that say something of a line, and no remark on it.
const SAYS: [&str; 5] = ["再掲", "内数", "新規", "事項要求", "終了"];

fn is_remark(note: &Value) -> bool {
    let Value::Braces(note) = note else { return false };
    matches!(text(note, &["kind"]), Some("remark" | "備考"))
}

fn words(note: &Value) -> Option<&str> {
    let Value::Braces(note) = note else { return None };
    text(note, &["text"])
}

impl Taking<'_> {
    /// The remarks that are gone and those that are new.
    pub(super) fn notes(
        &mut self,
        row: &Read<'_>,
        kept: &mut Entries,
        shown: &str,
        is_renoted: bool,
    ) -> Option<Remarks> {
        let column = self.keys.of(NOTES).filter(|_| is_renoted)?;
        let at = Cell { row: row.at, column };
        let Some((remarks, lost)) = renoted(kept, shown, &row.notes) else {
            self.left(at, &row.notes, shown);
            return None;
        };
        if !lost.is_empty() {
            let what = format!("`{lost}` follows from what the files say of the line; it stays");
            let help =
                "change that in the files of the chapter; remarks stand behind it, after 。 or a line break";
            self.remarks.push(Remark::assumed(at, what, help));
        }
        self.has_changed(row, NOTES, remarks != Remarks::default());
        Some(remarks)
    }
}

/// What of the notes was changed, and what gaisan words itself among them that is gone, which is for its files. `None` where that was reworded.
fn renoted(kept: &mut Entries, shown: &str, now: &str) -> Option<(Remarks, String)> {
    let at = kept.iter().position(|(key, _)| key == "notes");
    let mut notes = match at.and_then(|at| kept.get(at)) {
        Some((_, Value::List(notes))) => notes.clone(),
        Some((_, note @ Value::Braces(_))) => vec![note.clone()],
        Some(_) => return None,
        None => Vec::new(),
    };
    let old = notes.iter().filter(|note| is_remark(note)).filter_map(words).map(on_one_line);
    let old: Vec<String> = old.filter(|words| !words.is_empty()).collect();
    let (pieces, now) = (pieces(shown.trim(), &old), lines(now));
    let left = || left_of(&pieces, &now);
    let ((gone, mut new), lost) =
        compared(&pieces, &now).map(|remarks| (remarks, String::new())).or_else(left)?;
    // A note that is no list becomes one by one more.
    if at.is_some_and(|at| matches!(kept.get(at), Some((_, Value::Braces(_))))) && new.len() > 1 {
        new = vec![new.join("。")];
    }
    let mut told = new.iter();
    for was in &gone {
        let is_it = |note: &Value| is_remark(note) && words(note).map(on_one_line).as_ref() == Some(was);
        let at = notes.iter().position(is_it)?;
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
    Some(((gone, new), lost))
}

/// A cell of notes with each remark on a line, as they are written below one another: a line that ends within a sentence goes on.
fn lines(now: &str) -> String {
    let mut lines = now.trim().split('\n').map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |before, line| match before.ends_with(GOES_ON) {
        true => on_one_line(&format!("{before}\n{line}")),
        false => format!("{before}\n{line}"),
    })
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
    while let Some((is_remark, piece)) = pieces.get(first).filter(|_| first < last) {
        let Some(after) = rest.strip_prefix(piece) else { break };
        let is_apart = after.starts_with(ENDS) || !is_remark && after.starts_with(GOES_ON);
        if !(after.is_empty() || is_apart || piece.ends_with(ENDS)) {
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
    if changed.iter().any(is_ours) {
        return None;
    }
    let gone: Vec<String> =
        changed.iter().filter(|(is_remark, _)| *is_remark).map(|(_, piece)| (*piece).to_owned()).collect();
    let new: Vec<&str> = match gone.len() {
        0 if pieces.is_empty() => rest.split('\n').flat_map(apart).collect(),
        0 => rest.trim_matches(ENDS).trim_start_matches(GOES_ON).split('\n').collect(),
        1 => rest.split('\n').collect(),
        _ => rest.split(['。', ';', '\n']).collect(),
    };
    let new = new.into_iter().map(str::trim).filter(|new| !new.is_empty());
    Some((gone, new.map(str::to_owned).collect()))
}

/// A remark, and in front of it a word that says something of its line: 再掲。
fn apart(note: &str) -> Vec<&str> {
    let both = SAYS.iter().find_map(|word| {
        let rest = note.trim().strip_prefix(word)?;
        let own = rest.trim_start_matches(ENDS).trim_start_matches(GOES_ON);
        (own.len() < rest.len()).then(|| vec![*word, own])
    });
    both.unwrap_or_else(|| vec![note])
}

/// What is gone where a cell holds nothing that it did not: the remarks, and what gaisan words itself.
fn left_of(pieces: &[(bool, &str)], now: &str) -> Option<(Remarks, String)> {
    let (mut gone, mut lost, mut rest) = (Vec::new(), Vec::new(), now);
    for (is_remark, piece) in pieces.iter().filter(|it| it.0 || is_ours(it)) {
        let piece = if *is_remark { piece } else { piece.trim_matches(ENDS) };
        let after = rest.strip_prefix(piece).filter(|after| after.is_empty() || after.starts_with(ENDS));
        match (after, is_remark) {
            (Some(after), _) => rest = after.trim_start_matches(ENDS),
            (None, true) => gone.push(piece.to_owned()),
            (None, false) => lost.push(piece),
        }
    }
    rest.is_empty().then(|| ((gone, Vec::new()), lost.join("。")))
}

/// Whether a piece is worded by gaisan, and more than what stands between others.
fn is_ours((is_remark, piece): &(bool, &str)) -> bool {
    !is_remark && !piece.chars().all(|c| ENDS.contains(&c))
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
            ("", &[], "再掲。追記", " → 再掲|追記"),
            ("推進枠", &["推進枠"], "推進枠\n追記", " → 追記"),
            ("海底との合計額", &[], "海底との合計額、追記", " → 追記"),
        ] {
            assert_eq!(said(shown, remarks, now), wanted, "{shown} → {now}");
        }
    }
}
