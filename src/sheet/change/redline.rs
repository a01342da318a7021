//! 新旧対照表: the texts that changed, old beside new, with the changed words marked.

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
    /// What changed, in its order.
    pub parts: Vec<RedlinePart>,
}

/// What stands side by side, or what only one side has, which takes the full width.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedlinePart {
    /// The rows of a table.
    pub rows: Vec<RedlineRow>,
    /// In place of a table.
    pub whole: Option<OneSidedText>,
}

/// A text, or paragraphs of one, that only one side has.
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
            parts: self.parts(&line.words),
        }
    }

    /// The texts of a line, one after another; their rows make one table as long as nothing stands between them.
    fn parts(&self, changes: &[WordChange]) -> Vec<RedlinePart> {
        let mut parts: Vec<RedlinePart> = Vec::new();
        for part in changes.iter().flat_map(|change| self.of_text(change)) {
            match parts.last_mut() {
                Some(last) if last.whole.is_none() && part.whole.is_none() => last.rows.extend(part.rows),
                _ => parts.push(part),
            }
        }
        parts
    }

    fn of_text(&self, change: &WordChange) -> Vec<RedlinePart> {
        let all = passages(&change.old, &change.new, change.is_markdown);
        if change.old.trim().is_empty() || change.new.trim().is_empty() {
            let texts = all.iter().map(text).collect();
            return vec![self.only(change, change.old.trim().is_empty(), texts, WHOLE)];
        }
        let mut parts = if all.iter().all(|passage| matches!(passage, Passage::Kept(_))) {
            vec![RedlinePart::of(muted(self.words.unchanged), muted(self.words.only_markup))]
        } else {
            self.pairs(change, &all)
        };
        for first in parts.iter_mut().filter_map(|part| part.rows.first_mut()) {
            first.field = change.field.label(self.wording.lang).to_owned();
        }
        parts
    }

    /// Passages beside each other, what one side lost beside what the other gained, and at full width what is left over of either. What does not
    /// change is left out; beside rows the table says so.
    fn pairs(&self, change: &WordChange, passages: &[Passage]) -> Vec<RedlinePart> {
        let mut parts: Vec<RedlinePart> = Vec::new();
        let (mut lost, mut gained) = (Vec::new(), Vec::new());
        let add = |parts: &mut Vec<RedlinePart>, row: RedlinePart| match parts
            .last_mut()
            .filter(|it| it.whole.is_none())
        {
            Some(last) => last.rows.extend(row.rows),
            None => parts.push(row),
        };
        let skipped = || RedlinePart::of(muted(self.words.unchanged), muted(self.words.unchanged));
        let mut skips = false;
        for passage in passages.iter().map(Some).chain([None]) {
            if let Some(Passage::Changed(segments)) = passage
                && is_whole(segments)
            {
                let of = |fate| segments.iter().find(|it| it.fate == fate).map(|it| it.text.clone());
                lost.extend(of(Fate::Removed));
                gained.extend(of(Fate::Added));
                continue;
            }
            let both = lost.len().min(gained.len());
            for (old, new) in lost.drain(..both).zip(gained.drain(..both)) {
                add(&mut parts, RedlinePart::of(plain(old), plain(new)));
            }
            for (side, is_new) in [(&mut lost, false), (&mut gained, true)] {
                if !side.is_empty() {
                    parts.push(self.only(change, is_new, std::mem::take(side), usize::MAX));
                }
            }
            match passage {
                Some(Passage::Changed(segments)) => {
                    let row =
                        RedlinePart::of(stretches(segments, Fate::Added), stretches(segments, Fate::Removed));
                    add(&mut parts, row);
                }
                Some(Passage::Kept(_)) if !skips => add(&mut parts, skipped()),
                Some(Passage::Kept(_)) | None => {}
            }
            skips = matches!(passage, Some(Passage::Kept(_)));
        }
        // A table of nothing but what is left out says nothing.
        let says = |row: &RedlineRow| row.old.iter().any(|it| !it.muted);
        parts.retain(|part| part.whole.is_some() || part.rows.iter().any(says));
        parts
    }

    /// A text, or paragraphs of one, that one side does not have: the first ones, and how much there is beyond them.
    fn only(&self, change: &WordChange, is_new: bool, texts: Vec<String>, shown: usize) -> RedlinePart {
        let begins_as_item = |text: &str| {
            let first = text.chars().next();
            first.is_some_and(|c| !c.is_alphabetic() && !c.is_numeric() && !"「『（(〈《“‘【".contains(c))
                || first.is_some_and(|c| matches!(c, '①'..='⑳'))
        };
        let rest = texts.len().saturating_sub(shown);
        let whole = |text: String| {
            let is_item = change.is_markdown && begins_as_item(&text);
            // An item without a marker of the author's needs none here.
            let text = text.strip_prefix('・').filter(|_| is_item).map_or(text.clone(), str::to_owned);
            OneSidedPart { text, is_item }
        };
        let whole = OneSidedText {
            field: change.field.label(self.wording.lang).to_owned(),
            is_new,
            texts: texts.into_iter().take(shown).map(whole).collect(),
            more: (rest > 0).then(|| words::more_paragraphs(self.wording.lang, rest)),
        };
        RedlinePart { rows: Vec::new(), whole: Some(whole) }
    }
}

impl RedlinePart {
    /// How much it tells.
    pub(super) fn len(&self) -> usize {
        self.rows.len() + usize::from(self.whole.is_some())
    }

    fn of(old: Vec<Stretch>, new: Vec<Stretch>) -> Self {
        Self { rows: vec![RedlineRow { field: String::new(), old, new }], whole: None }
    }
}

fn text(passage: &Passage) -> String {
    match passage {
        Passage::Kept(text) => text.clone(),
        Passage::Changed(segments) => segments.iter().map(|segment| segment.text.as_str()).collect(),
    }
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
