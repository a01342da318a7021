//! 新旧対照表: the texts that changed, old beside new, with the changed words marked.

use std::collections::VecDeque;

use serde::Serialize;

use super::Page;
use crate::diff::redline::{Fate, Passage, Segment, passages};
use crate::diff::{LineChange, WordChange};
use crate::document::guarded;
use crate::script::width;
use crate::words;

/// A text that is wholly new or wholly gone is shown with this many paragraphs.
const WHOLE: usize = 3;

/// The texts of one line that changed.
#[derive(Clone, Debug, Serialize)]
pub struct Passages {
    /// The line's id, made unique in the sheet.
    pub id: String,
    /// The line's title.
    pub title: String,
    /// The rows of the table.
    pub rows: Vec<RedlineRow>,
    /// The texts that only one side has.
    pub wholes: Vec<OneSidedText>,
}

/// A text that only one side has.
#[derive(Clone, Debug, Serialize)]
pub struct OneSidedText {
    pub field: String,
    /// Whether the new side has it.
    pub is_new: bool,
    /// Its first paragraphs and items of lists.
    pub texts: Vec<OneSidedPart>,
    /// How much there is of it beyond them.
    pub more: Option<String>,
}

/// A paragraph of such a text, or an item of a list.
#[derive(Clone, Debug, Serialize)]
pub struct OneSidedPart {
    /// Its words, an item's with its marker.
    pub text: String,
    pub is_item: bool,
}

/// A passage, old beside new.
#[derive(Clone, Debug, Serialize)]
pub struct RedlineRow {
    /// Which text, in its first row; empty in those that follow.
    pub field: String,
    pub old: Vec<Stretch>,
    /// As it is now.
    pub new: Vec<Stretch>,
}

/// A stretch of a passage.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    pub text: String,
    /// Whether it is only on this side.
    pub marked: bool,
    /// Whether it stands for words that are left out or not there.
    pub muted: bool,
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
        Passages {
            id: format!("words-{}", id.unwrap_or_default()),
            title: self.name(line),
            rows: line.words.iter().flat_map(|change| self.rows(change)).collect(),
            wholes: line.words.iter().filter_map(|change| self.only(change)).collect(),
        }
    }

    fn rows(&self, change: &WordChange) -> Vec<RedlineRow> {
        let mut rows = Vec::new();
        let all = passages(&change.old, &change.new, change.is_markdown);
        if is_one_sided(change) {
            return rows;
        }
        if all.iter().all(|passage| matches!(passage, Passage::Kept(_))) {
            rows.push(RedlineRow {
                field: String::new(),
                old: muted(self.words.unchanged),
                new: muted(self.words.only_markup),
            });
        } else {
            rows.extend(self.pairs(&all));
        }
        if let Some(first) = rows.first_mut() {
            first.field = change.field.label(self.wording.lang).to_owned();
        }
        rows
    }

    /// Passages beside each other. What does not change is left out, and what one side lost stands beside what the other gained.
    fn pairs(&self, passages: &[Passage]) -> Vec<RedlineRow> {
        let mut rows: Vec<RedlineRow> = Vec::new();
        let (mut lost, mut gained) = (VecDeque::new(), VecDeque::new());
        let mut skips = false;
        for passage in passages {
            match passage {
                Passage::Changed(segments) if is_whole(segments) => {
                    let text = |fate| {
                        let mut of = segments.iter().filter(|segment| segment.fate == fate);
                        of.next().map(|segment| segment.text.clone())
                    };
                    lost.extend(text(Fate::Removed));
                    gained.extend(text(Fate::Added));
                }
                Passage::Changed(segments) => {
                    self.replaced(&mut lost, &mut gained, &mut rows);
                    rows.push(RedlineRow {
                        field: String::new(),
                        old: stretches(segments, Fate::Added),
                        new: stretches(segments, Fate::Removed),
                    });
                }
                Passage::Kept(_) => {
                    self.replaced(&mut lost, &mut gained, &mut rows);
                    if !skips {
                        rows.push(RedlineRow {
                            field: String::new(),
                            old: muted(self.words.unchanged),
                            new: muted(self.words.unchanged),
                        });
                    }
                }
            }
            skips = matches!(passage, Passage::Kept(_));
        }
        self.replaced(&mut lost, &mut gained, &mut rows);
        rows
    }

    /// Rows of passages that have nothing in common. Marks would say nothing that the two columns do not.
    fn replaced(
        &self,
        lost: &mut VecDeque<String>,
        gained: &mut VecDeque<String>,
        rows: &mut Vec<RedlineRow>,
    ) {
        let side = |text: Option<String>| text.map_or_else(|| muted(self.words.absent), plain);
        while !(lost.is_empty() && gained.is_empty()) {
            rows.push(RedlineRow {
                field: String::new(),
                old: side(lost.pop_front()),
                new: side(gained.pop_front()),
            });
        }
    }

    /// A text that one side does not have: its beginning, and how much there is of it.
    fn only(&self, change: &WordChange) -> Option<OneSidedText> {
        if !is_one_sided(change) {
            return None;
        }
        let all = passages(&change.old, &change.new, change.is_markdown);
        let text = |passage: &Passage| match passage {
            Passage::Kept(text) => text.clone(),
            Passage::Changed(segments) => segments.iter().map(|segment| segment.text.as_str()).collect(),
        };
        let begins_as_item = |text: &str| {
            let first = text.chars().next();
            first.is_some_and(|c| !c.is_alphabetic() && !c.is_numeric() && !"「『（(〈《“‘【".contains(c))
                || first.is_some_and(|c| matches!(c, '①'..='⑳'))
        };
        let whole = |passage: &Passage| {
            let text = text(passage);
            let is_item = change.is_markdown && begins_as_item(&text);
            // An item without a marker of the author's needs none here.
            let text = text.strip_prefix('・').filter(|_| is_item).map_or(text.clone(), str::to_owned);
            OneSidedPart { text, is_item }
        };
        let rest = all.len().saturating_sub(WHOLE);
        Some(OneSidedText {
            field: change.field.label(self.wording.lang).to_owned(),
            is_new: change.old.trim().is_empty(),
            texts: all.iter().take(WHOLE).map(whole).collect(),
            more: (rest > 0).then(|| words::more_paragraphs(self.wording.lang, rest)),
        })
    }
}

fn is_one_sided(change: &WordChange) -> bool {
    change.old.trim().is_empty() || change.new.trim().is_empty()
}

/// Whether a passage has nothing in common on both sides.
fn is_whole(segments: &[Segment]) -> bool {
    segments.iter().all(|segment| segment.fate != Fate::Kept)
}

fn plain(text: String) -> Vec<Stretch> {
    vec![Stretch { text, marked: false, muted: false }]
}

fn muted(text: &str) -> Vec<Stretch> {
    vec![Stretch { text: text.to_owned(), marked: false, muted: true }]
}

/// One side of a passage. Blanks at the ends of marked words stand outside the marks.
fn stretches(segments: &[Segment], without: Fate) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut add = |text: &str, marked: bool| {
        if text.is_empty() {
            return;
        }
        let text = if marked { guarded(text) } else { text.to_owned() };
        match stretches.last_mut() {
            Some(last) if last.marked == marked => last.text.push_str(&text),
            _ => stretches.push(Stretch { text, marked, muted: false }),
        }
    };
    for segment in segments.iter().filter(|segment| segment.fate != without) {
        if segment.fate == Fate::Kept || segment.text.trim().is_empty() {
            add(&segment.text, false);
            continue;
        }
        let word = segment.text.trim();
        let start = segment.text.find(word).unwrap_or_default();
        add(segment.text.get(..start).unwrap_or_default(), false);
        add(word, true);
        add(segment.text.get(start + word.len()..).unwrap_or_default(), false);
    }
    stretches
}
