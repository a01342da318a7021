//! 新旧対照表: the texts that changed, old beside new, with the changed words marked.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Page;
use super::lines::{Entry, RedlineLine, lines};
use crate::diff::redline::{Passage, passages};
use crate::diff::{LineChange, WordChange};
use crate::document::{Form, Piece};
use crate::script::width;
use crate::words;

/// A text that is wholly new or wholly gone is shown with this many passages.
const WHOLE: usize = 3;

/// The texts of one line that changed.
#[derive(Clone, Debug, Serialize)]
pub struct Passages {
    /// The line's id, made unique in the sheet.
    pub id: String,
    /// The line's title.
    pub title: String,
    /// What changed, in its order.
    pub parts: Vec<RedlinePart>,
}

/// What stands side by side, or what only one side has, which takes the full width.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedlinePart {
    /// Which text.
    pub field: String,
    /// Its passages, old beside new.
    pub rows: Vec<RedlineRow>,
    /// In their place.
    pub whole: Option<OneSidedText>,
}

/// A text, or passages of one, that only one side has.
#[derive(Clone, Debug, Serialize)]
pub struct OneSidedText {
    /// Whether the new side has it.
    pub is_new: bool,
    /// Its first passages.
    pub lines: Vec<RedlineLine>,
    /// How much there is of it beyond them.
    pub more: Option<String>,
}

/// A passage, a list or a table, old beside new.
#[derive(Clone, Debug, Serialize)]
pub struct RedlineRow {
    pub old: Vec<RedlineLine>,
    /// As it is now.
    pub new: Vec<RedlineLine>,
    /// Whether both are one line of running text.
    pub is_text: bool,
}

/// What stands together in a row.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    /// The rows of the table that is so many on the new side.
    Table(usize),
    /// Items.
    List,
    /// A paragraph beside its older self.
    Text,
    /// What is the same on both sides.
    Kept,
    /// What only one side has.
    Lone,
}

/// The longest text whose change is told in one line, in columns.
const SHORT: usize = 36;

impl Page<'_, '_> {
    /// The texts that changed, a line of text for each line of the chapter: short ones word for word, long ones by name.
    pub(super) fn texts(&self) -> Vec<String> {
        let changed = self.chapter.lines.iter().filter(|line| !line.words.is_empty());
        let told = changed.map(|line| {
            let words: Vec<String> = line.words.iter().map(|change| self.brief(change)).collect();
            format!("{}{}{}", self.name(line), self.words.colon, words.join(self.wording.words.comma))
        });
        told.collect()
    }

    fn brief(&self, change: &WordChange) -> String {
        let label = change.field.label(self.wording.lang);
        let is_short = |text: &str| !text.contains('\n') && width(text) <= SHORT;
        let lang = self.wording.lang;
        match (change.old.as_str(), change.new.as_str()) {
            ("", _) => words::text_added(lang, label),
            (_, "") => words::text_removed(lang, label),
            (old, new) if !change.is_markdown && is_short(old) && is_short(new) => {
                words::text_replaced(lang, label, old, new)
            }
            _ => label.to_owned(),
        }
    }

    pub(super) fn redlines(&self) -> Vec<Passages> {
        let lines = self.chapter.lines.iter().filter(|line| !line.words.is_empty());
        lines.map(|line| self.redline(line)).collect()
    }

    fn redline(&self, line: &LineChange<'_>) -> Passages {
        let id = line.member().map(|member| member.row.line.id.value.as_str());
        let parts = line.words.iter().flat_map(|change| {
            let field = change.field.label(self.wording.lang);
            self.of_text(change).into_iter().map(move |part| RedlinePart { field: field.to_owned(), ..part })
        });
        Passages {
            id: format!("words-{}", id.unwrap_or_default()),
            title: self.name(line),
            parts: parts.collect(),
        }
    }

    fn of_text(&self, change: &WordChange) -> Vec<RedlinePart> {
        let all = passages(&change.old, &change.new, change.is_markdown);
        let is_new = change.old.trim().is_empty();
        if is_new || change.new.trim().is_empty() {
            let pieces: Vec<&Piece> =
                all.iter().filter_map(|it| it.new.as_ref().or(it.old.as_ref())).collect();
            return vec![self.only(is_new, &pieces, WHOLE)];
        }
        if all.iter().all(Passage::is_kept) {
            let [new, old] =
                [self.words.unchanged, self.words.only_markup].map(|said| lines(&[Entry::muted(said)]));
            return vec![RedlinePart::of(RedlineRow { new, old, is_text: true })];
        }
        self.side_by_side(&all)
    }

    /// Passages beside each other, what one side lost beside what the other gained, and at full width what is left over of either. What does not
    /// change is left out, and a row says so.
    fn side_by_side(&self, passages: &[Passage]) -> Vec<RedlinePart> {
        let mut parts: Vec<RedlinePart> = Vec::new();
        let mut add = |part: RedlinePart| match parts.last_mut().filter(|last| last.whole.is_none()) {
            Some(last) if part.whole.is_none() => last.rows.extend(part.rows),
            _ => parts.push(part),
        };
        for (group, passages) in groups(passages) {
            let row = match group {
                Group::Kept => {
                    let left_out = lines(&[Entry::muted(self.words.unchanged)]);
                    RedlineRow { new: left_out.clone(), old: left_out, is_text: true }
                }
                Group::Lone => {
                    let lost: Vec<&Piece> = passages.iter().filter_map(|it| it.old.as_ref()).collect();
                    let gained: Vec<&Piece> = passages.iter().filter_map(|it| it.new.as_ref()).collect();
                    let both = lost.len().min(gained.len());
                    let pairs: Vec<(&Piece, &Piece)> =
                        lost.iter().zip(&gained).map(|(old, new)| (*old, *new)).collect();
                    for pairs in pairs.chunk_by(|one, next| one.0.goes_on(next.0) && one.1.goes_on(next.1)) {
                        let (old, new): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
                        let is_text = [&old, &new]
                            .iter()
                            .all(|it| matches!(it.as_slice(), [Piece { form: Form::Text(0), .. }]));
                        add(RedlinePart::of(RedlineRow {
                            new: lines(&plain(&new)),
                            old: lines(&plain(&old)),
                            is_text,
                        }));
                    }
                    for (is_new, side) in [(false, &lost[both..]), (true, &gained[both..])] {
                        if !side.is_empty() {
                            add(self.only(is_new, side, usize::MAX));
                        }
                    }
                    continue;
                }
                Group::Table(_) | Group::List | Group::Text => RedlineRow {
                    new: lines(&self.entries(&passages, true)),
                    old: lines(&self.entries(&passages, false)),
                    is_text: group == Group::Text,
                },
            };
            add(RedlinePart::of(row));
        }
        // A table of nothing but what is left out says nothing.
        let says = |row: &RedlineRow| row.old.iter().any(RedlineLine::says);
        parts.retain(|part| part.whole.is_some() || part.rows.iter().any(says));
        parts
    }

    /// One side of passages that stand together. Of what is the same on both sides a line says that it is left out.
    fn entries<'p>(&self, passages: &[&'p Passage], is_new: bool) -> Vec<Entry<'p>> {
        let mut entries = Vec::new();
        let mut skips = false;
        for passage in passages {
            let Some(piece) = (if is_new { &passage.new } else { &passage.old }) else { continue };
            let is_head = matches!(piece.form, Form::Row { is_head: true, .. });
            match (passage.is_kept(), is_head) {
                (true, true) => {}
                (true, false) if skips => {}
                (true, false) => {
                    entries.push(Entry::left_out(piece, self.words.unchanged));
                    skips = true;
                }
                (false, _) => {
                    entries.push(Entry::changed(passage, piece, is_new));
                    skips = false;
                }
            }
        }
        if entries.is_empty() {
            // Of a table that has lost all of its rows the head is left.
            let pieces =
                passages.iter().filter_map(|it| if is_new { it.new.as_ref() } else { it.old.as_ref() });
            entries.extend(pieces.map(Entry::plain));
        }
        entries
    }

    /// A text, or passages of one, that one side does not have: the first ones, and how much there is beyond them.
    fn only(&self, is_new: bool, pieces: &[&Piece], shown: usize) -> RedlinePart {
        let rest = pieces.len().saturating_sub(shown);
        let whole = OneSidedText {
            is_new,
            lines: lines(&plain(&pieces[..pieces.len() - rest])),
            more: (rest > 0).then(|| words::more_paragraphs(self.wording.lang, rest)),
        };
        RedlinePart { whole: Some(whole), ..RedlinePart::default() }
    }
}

/// Leaves out the later half of what texts tell; `false` where there is nothing.
pub(super) fn halve(texts: &mut Vec<Passages>) -> bool {
    let passages: usize = texts.iter().flat_map(|line| &line.parts).map(RedlinePart::len).sum();
    let mut left = passages / 2;
    for line in &mut *texts {
        for part in &mut line.parts {
            part.rows.truncate(left);
            part.whole = part.whole.take().filter(|_| left > 0);
            left -= part.len();
        }
        line.parts.retain(|part| part.len() > 0);
    }
    texts.retain(|line| !line.parts.is_empty());
    passages > 0
}

impl RedlinePart {
    /// How much it tells.
    fn len(&self) -> usize {
        self.rows.len() + usize::from(self.whole.is_some())
    }

    fn of(row: RedlineRow) -> Self {
        Self { rows: vec![row], ..Self::default() }
    }
}

fn plain<'p>(pieces: &[&'p Piece]) -> Vec<Entry<'p>> {
    pieces.iter().map(|piece| Entry::plain(piece)).collect()
}

/// Passages that stand together, in order: a table with all of its rows, items one after another, what is lost with what is gained in its place.
fn groups(passages: &[Passage]) -> Vec<(Group, Vec<&Passage>)> {
    let table = |piece: &Option<Piece>| match piece.as_ref().map(|piece| &piece.form) {
        Some(Form::Row { table, .. }) => Some(table.number),
        _ => None,
    };
    // Which table is which, by the first rows that they have in common.
    let mut tables: BTreeMap<usize, usize> = BTreeMap::new();
    for (old, new) in passages.iter().filter_map(|it| table(&it.old).zip(table(&it.new))) {
        if !tables.values().any(|known| *known == new) {
            tables.entry(old).or_insert(new);
        }
    }
    let mut groups: Vec<(Group, Vec<&Passage>)> = Vec::new();
    for passage in passages {
        let (old, new) = (table(&passage.old), table(&passage.new));
        let of_old = old.and_then(|old| tables.get(&old).copied());
        let of_new = new.filter(|new| tables.values().any(|known| known == new));
        let is_there = |side: &Option<Piece>, of: Option<usize>| side.is_none() || of.is_some();
        let one =
            of_new.or(of_old).filter(|_| is_there(&passage.old, of_old) && is_there(&passage.new, of_new));
        let group = match (one, &passage.old, &passage.new) {
            (Some(one), ..) if of_new.is_none_or(|of| of == one) && of_old.is_none_or(|of| of == one) => {
                Group::Table(one)
            }
            (_, Some(old), Some(new)) if old.is_in_list() && new.is_in_list() => Group::List,
            _ if passage.is_kept() => Group::Kept,
            _ if passage.is_whole() => Group::Lone,
            _ => Group::Text,
        };
        let known = match group {
            // What stands between its rows stands on one side alone.
            Group::Table(_) => groups.iter_mut().rfind(|(known, _)| *known == group),
            Group::Text => None,
            _ => groups.last_mut().filter(|(known, _)| *known == group),
        };
        match known {
            Some((_, together)) => together.push(passage),
            None => groups.push((group, vec![passage])),
        }
    }
    for (group, together) in &mut groups {
        if together.iter().all(|passage| passage.is_kept()) {
            *group = Group::Kept;
        }
    }
    groups.dedup_by(|next, last| next.0 == Group::Kept && last.0 == Group::Kept);
    groups
}
