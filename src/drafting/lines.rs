//! What YAML says of the lines of a table: figures, accounts, notes, texts.

use std::collections::HashMap;

use super::derived::parts;
use super::ids::{self, Name, Names};
use super::{Change, groups, memory, words};
use crate::edit::Value;
use crate::import::{Aside, EmptyCell, Figure, Place, Taken, TakenAmount, TakenLine};
use crate::model::{Lang, Money, Unit};
use crate::notation::Notation;

pub(super) type Entry = (String, Value);

/// A line of a table with its id.
pub(super) struct Named<'t> {
    pub(super) line: &'t TakenLine,
    pub(super) id: String,
    pub(super) path: String,
    pub(super) children: Vec<Named<'t>>,
}

/// A text under a key.
pub(super) fn text(key: &str, text: &str) -> Entry {
    (key.to_owned(), Value::text(text))
}

/// An amount as a chapter has it that counts in a unit: with its own unit only where that is another one.
pub(super) fn written_in(unit: Unit, amount: &TakenAmount, notation: &Notation) -> String {
    let is_same = |text: &str| Money::parse(text, unit).is_ok_and(|said| said.same_value(amount.money));
    let bare = notation.cell(&amount.money, unit);
    let has_unit = amount.text.ends_with(|c: char| !c.is_ascii_digit()) && amount.money.addable().is_some();
    if has_unit && Money::parse(&bare, unit) == Ok(amount.money) {
        return bare;
    }
    let with_unit = notation.money(&amount.money);
    if !is_same(&amount.text) && is_same(&with_unit) { with_unit } else { amount.text.clone() }
}

/// What is the same for all lines of a table.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    pub(super) taken: &'t Taken,
    pub(super) lang: Lang,
    /// The account that all lines are in, which is said once for the chapter.
    pub(super) account: Option<&'t str>,
}

impl<'t> Table<'t> {
    pub(super) fn of(taken: &'t Taken) -> Self {
        fn titles(lines: &[TakenLine], into: &mut String) {
            for line in lines {
                into.push_str(&line.title);
                titles(&line.children, into);
            }
        }
        let mut text = taken.title.clone().unwrap_or_default();
        titles(&taken.lines, &mut text);
        Self { taken, lang: Lang::of_text(&text), account: account(&taken.lines) }
    }

    /// The line that stands for the whole chapter, where the table has one above all others, and the lines that are its programs.
    pub(super) fn top(self) -> (Option<&'t TakenLine>, &'t [TakenLine]) {
        if let Some(kept) = &self.taken.kept {
            return (Some(kept), &self.taken.lines);
        }
        match self.taken.lines.as_slice() {
            [only] if self.is_whole(only) => (Some(only), &only.children),
            lines => (None, lines),
        }
    }

    /// The figures of the chapter itself, and its empty cells.
    pub(super) fn of_chapter(self) -> (&'t [TakenAmount], &'t [EmptyCell]) {
        self.top().0.map_or((&self.taken.total, &self.taken.empty), |top| (&top.amounts, &top.empty))
    }

    /// Whether a line with others below it says nothing but that they are the chapter: what has a title of its own is a program, and so is what
    /// its lines are only of.
    fn is_whole(self, line: &TakenLine) -> bool {
        let title = ids::bare(&line.title);
        let says =
            |known: &Option<String>| known.as_ref().is_none_or(|known| ids::bare(known).contains(&title));
        let words = ["計", "総額", "歳出", "歳入", "予算", "total"];
        let is_named = line.title.is_empty()
            || says(&self.taken.title)
            || self.taken.ministry.is_some() && says(&self.taken.ministry)
            || words.iter().any(|word| title.ends_with(word));
        is_named && line.children.iter().any(|child| child.aside.is_none())
    }

    pub(super) fn pick(self, ja: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(ja, en)
    }

    /// The ids of all lines with what the table says beside them, and after them those of lines that are in no table any more, so that they
    /// come back as they were.
    pub(super) fn kept(self, named: &[Named<'_>], before: &Names) -> Names {
        fn all(named: &[Named<'_>], said: &dyn Fn(&Named<'_>) -> Name, into: &mut Vec<Name>) {
            for line in named {
                into.push(said(line));
                all(&line.children, said, into);
            }
        }
        let amounts_of = memory::of(self.taken);
        let is_same = before.amounts_of == amounts_of;
        let known: HashMap<&str, &Name> = before.lines.iter().map(|it| (it.id.as_str(), it)).collect();
        let said = |Named { id, path, line, .. }: &Named<'_>| {
            let before = known.get(id.as_str());
            let amounts = before.filter(|_| is_same).map_or("", |it| it.amounts.as_str());
            let amounts = memory::said(&line.amounts, &line.empty, amounts);
            let notes = words::noted(self.taken, line, before.map_or(&[], |it| it.notes.as_slice()));
            let aside = words::set_aside(self.taken, line, before.copied());
            Name { id: id.clone(), path: path.clone(), code: line.code.clone(), notes, aside, amounts }
        };
        let mut lines = Vec::with_capacity(before.lines.len());
        all(named, &said, &mut lines);
        let ids: std::collections::BTreeSet<String> = lines.iter().map(|name| name.id.clone()).collect();
        lines.extend(before.lines.iter().filter(|name| !ids.contains(&name.id)).cloned());
        let (amounts, empty) = self.of_chapter();
        let amounts = memory::said(amounts, empty, if is_same { &before.amounts } else { "" });
        Names { lines, notes: self.chapter_notes(), heading: self.heading(), amounts_of, amounts }
    }

    /// A program or a part of one; where all parts of a line are of which (うち), none of them needs to say so.
    pub(super) fn lines(self, named: &Named<'_>, is_of_which: bool) -> Vec<Entry> {
        let Named { line, id, children, .. } = named;
        if !line.kept.is_empty() {
            let mut entries = self.as_it_was(line, Some(id));
            entries.retain(|(key, _)| key != "breakdown" || !children.is_empty());
            if !children.is_empty() {
                let is_told = entries.iter().any(|(key, _)| key == "breakdown");
                entries.extend((!is_told).then(|| text("breakdown", "partial")));
                let parts = children.iter().map(|child| Value::Lines(self.lines(child, false)));
                entries.push(("children".to_owned(), Value::List(parts.collect())));
            }
            return entries;
        }
        let mut entries = vec![text("id", id)];
        entries.extend(number(line).map(|number| text("number", number)));
        entries.push(text("title", title(line)));
        let is_english = |(key, _): &&Entry| key == "title_en";
        entries.extend(line.more.iter().filter(is_english).cloned());
        let account = line.account.as_deref().filter(|_| self.account.is_none());
        let groups = || ("group".to_owned(), groups::grouped(&line.groups));
        entries.extend((!line.groups.is_empty()).then(groups));
        let are_of_which = children.iter().all(|child| child.line.aside == Some(Aside::OfWhich));
        let is_complete = !are_of_which && (line.is_complete || line.amounts.is_empty());
        // Nothing below a line stands in for a figure that it does not state, unless that is all of it.
        entries.extend(self.amounts(&line.amounts, account, !is_complete || children.is_empty()));
        let (noted, more): (Vec<&Entry>, Vec<&Entry>) =
            line.more.iter().filter(|it| !is_english(it)).partition(|(key, _)| key == "notes");
        entries.extend(more.into_iter().cloned());
        if !children.is_empty() {
            entries.push(text("breakdown", if is_complete { "complete" } else { "partial" }));
        }
        let own = self.notes(&remarks(line), line.aside.filter(|_| !is_of_which));
        entries.extend(joined(noted.into_iter().cloned().chain(own)));
        if !line.texts.is_empty() {
            let body = line.texts.iter().map(|(title, text)| format!("## {title}\n\n{}\n", itemized(text)));
            entries.push(("body".to_owned(), Value::Text(body.collect::<Vec<_>>().join("\n"))));
        }
        if !children.is_empty() {
            let parts = children.iter().map(|child| Value::Lines(self.lines(child, are_of_which)));
            entries.push(("children".to_owned(), Value::List(parts.collect())));
        }
        entries
    }

    /// The keys that a line had when it went out, with what its row says now.
    pub(super) fn as_it_was(self, line: &TakenLine, id: Option<&String>) -> Vec<Entry> {
        let own = |(key, _): &Entry| id.filter(|_| key == "id").map(|id| text("id", id));
        let of = |entry: &Entry| own(entry).unwrap_or_else(|| entry.clone());
        line.kept.iter().map(of).chain(self.notes(&line.notes, None)).collect()
    }

    /// The figures of a line under their keys. A line that its parts do not make up has to say something of both years.
    pub(super) fn amounts(
        self,
        amounts: &[TakenAmount],
        account: Option<&str>,
        says_both: bool,
    ) -> Vec<Entry> {
        let all = [amounts, &self.derived(amounts)].concat();
        let own =
            |figure: Figure| all.iter().find(|amount| amount.figure == figure && amount.account.is_none());
        let text = |key: &str, amount: &TakenAmount| (key.to_owned(), Value::Text(self.text(amount)));
        let unknown = |key: &str| (key.to_owned(), Value::text(self.pick("記載なし", "not stated")));
        let mut entries = Vec::new();
        let (requested, parts) = (own(Figure::Requested), parts(&all));
        match parts {
            Some((request, wish)) => {
                let whole = requested.map(|whole| text("amount", whole));
                let lines = whole.into_iter().chain([text("request", request), text("wish", wish)]);
                entries.push(("requested".to_owned(), Value::Lines(lines.collect())));
            }
            None => {
                let stated = requested.or(own(Figure::Wish));
                let stated = stated.map(|amount| text("requested", amount));
                entries.extend(stated.or_else(|| says_both.then(|| unknown("requested"))));
            }
        }
        let prior = own(Figure::Prior).map(|amount| text("prior", amount));
        entries.extend(prior.or_else(|| says_both.then(|| unknown("prior"))));
        entries.extend(own(Figure::Enacted).map(|amount| text("enacted", amount)));
        entries.extend(own(Figure::Supplementary).map(|amount| text("supplementary", amount)));
        let accounts = self.accounts(amounts, account);
        entries.extend((!accounts.is_empty()).then(|| ("accounts".to_owned(), Value::List(accounts))));
        entries
    }

    fn text(self, amount: &TakenAmount) -> String {
        written_in(self.taken.unit, amount, &Notation::new(self.lang))
    }

    fn accounts(self, amounts: &[TakenAmount], account: Option<&str>) -> Vec<Value> {
        let mut names: Vec<&str> = Vec::new();
        for name in amounts.iter().filter_map(|amount| amount.account.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let is_told = !names.is_empty();
        names.extend(account.filter(|_| !is_told));
        let parts = names.into_iter().map(|name| {
            let of = |figure: Figure, key: &str| {
                let own = amounts.iter().find(|amount| {
                    amount.figure == figure && amount.account.as_deref() == Some(name).filter(|_| is_told)
                });
                own.map(|amount| (key.to_owned(), Value::Text(self.text(amount))))
            };
            let figures = [of(Figure::Requested, "requested"), of(Figure::Prior, "prior")];
            [Some(text("name", name))].into_iter().chain(figures).flatten().collect::<Vec<_>>()
        });
        parts.filter(|part| part.len() > 1).map(Value::Braces).collect()
    }

    pub(super) fn notes(self, notes: &[String], aside: Option<Aside>) -> Option<Entry> {
        let aside = aside.map(|aside| self.aside(aside));
        let notes = notes.iter().map(|text| note("remark", Some(text)));
        let notes: Vec<Value> = aside.into_iter().chain(notes).collect();
        (!notes.is_empty()).then(|| ("notes".to_owned(), Value::List(notes)))
    }

    pub(super) fn added(self, named: &Named<'_>, parent: Option<&str>) -> Change {
        let groups = || self.of_groups(&named.line.groups);
        Change::Added {
            below: parent.map_or_else(groups, str::to_owned),
            line: named.id.clone(),
            title: title(named.line).to_owned(),
            cell: self.cell(named.line.origin),
        }
    }

    /// A cell as a reader finds it: with its sheet where the table has several.
    pub(super) fn cell(self, place: Place) -> String {
        let sheet = self.taken.origins.get(place.origin).and_then(|origin| origin.sheet.as_deref());
        let cell = match sheet.filter(|_| self.taken.origins.len() > 1) {
            Some(sheet) => format!("{sheet}!{}", place.cell),
            None => place.cell.to_string(),
        };
        Notation::new(self.lang).bracketed("", &cell)
    }
}

/// The account that all lines are in.
fn account(lines: &[TakenLine]) -> Option<&str> {
    fn all(lines: &[TakenLine], account: &str) -> bool {
        lines.iter().all(|line| line.account.as_deref() == Some(account) && all(&line.children, account))
    }
    lines.first()?.account.as_deref().filter(|account| all(lines, account))
}

/// Notes that were copied and further ones as one list.
fn joined(mut notes: impl Iterator<Item = Entry>) -> Option<Entry> {
    let list = |value| if let Value::List(list) = value { list } else { vec![value] };
    let (key, first) = notes.next()?;
    let rest: Vec<Value> = notes.flat_map(|(_, more)| list(more)).collect();
    Some((key, if rest.is_empty() { first } else { Value::List([list(first), rest].concat()) }))
}

/// A note of a line.
pub(super) fn note(kind: &str, words: Option<&str>) -> Value {
    Value::Braces([text("kind", kind)].into_iter().chain(words.map(|words| text("text", words))).collect())
}

/// The title of a line. Its place says うち, and sheets print that.
pub(super) fn title(line: &TakenLine) -> &str {
    let whole = line.title.as_str();
    let inner = [('〔', '〕'), ('（', '）'), ('(', ')'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| whole.strip_prefix(open)?.strip_suffix(close));
    let bare = inner.unwrap_or(whole);
    let within = ["うち", "内、", "内,"].into_iter().find_map(|word| bare.strip_prefix(word));
    let within = within.map(|rest| rest.trim_start_matches(['、', '，', '\u{3000}', ' ']));
    let is_aside = matches!(line.aside, Some(Aside::OfWhich | Aside::Recount));
    within.filter(|rest| is_aside && !rest.is_empty()).unwrap_or(whole)
}

/// The number before the title of a line.
pub(super) fn number(line: &TakenLine) -> Option<&str> {
    let number = line.number.as_deref()?.trim().trim_end_matches(['．', '.', '、']);
    Some(number).filter(|number| !number.is_empty())
}

/// The remarks on a line, without those that its amounts say already.
pub(super) fn remarks(line: &TakenLine) -> Vec<String> {
    line.notes.iter().filter(|note| !is_said(note, line)).cloned().collect()
}

/// Whether a note says in one word what the line's amounts say already.
pub(super) fn is_said(note: &str, line: &TakenLine) -> bool {
    let has = |is: fn(Money) -> bool| line.amounts.iter().any(|amount| is(amount.money));
    match note.trim().trim_start_matches('※').trim_matches(['（', '）', '(', ')']) {
        "新規" => has(|money| money == Money::New),
        "事項要求" => has(Money::is_open),
        "終了" => has(|money| money == Money::Ended),
        "再掲" => line.aside == Some(Aside::Recount),
        "内数" => line.aside == Some(Aside::Within) || has(|money| matches!(money, Money::Within(_))),
        _ => false,
    }
}

/// The text of a box as Markdown: its lines with a marker become items, and what is indented below them goes on.
fn itemized(text: &str) -> String {
    let is_marker = |c: char| "・○●◎◆◇■□✓※▶→".contains(c) || matches!(c, '①'..='⑳');
    let mut out: Vec<String> = Vec::new();
    let mut is_item = false;
    for line in text.trim_end().lines() {
        let bare = line.trim_matches(|c: char| c.is_whitespace());
        let (marker, rest) = bare.split_at(bare.chars().next().map_or(0, char::len_utf8));
        if bare.starts_with(is_marker) {
            if !is_item && out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
            out.push(format!("- {marker} {}", rest.trim_start()));
            is_item = true;
        } else if is_item && line.starts_with(char::is_whitespace) && !bare.is_empty() {
            out.push(format!("  {bare}"));
        } else {
            if is_item && !bare.is_empty() {
                out.push(String::new());
            }
            out.push(bare.to_owned());
            is_item = false;
        }
    }
    out.join("\n")
}
