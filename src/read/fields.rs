//! The keys of a mapping, taken one by one: known keys, required keys, texts, and lists.

use super::Reader;
use super::cells::{cells, error_cell, error_cell_finding, is_awaited};
use super::codes;
use super::folded;
use super::keys::{Meant, meant, note};
use super::mapping::{Fields, Unknown};
use super::unknown::unknown_key;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Code, Cure, Diagnostic, add_alike};
use crate::limits;
use crate::model::{Examples, Prose};
use crate::source::{Span, Spanned};

/// How many findings back that of a value's key is looked for.
const NEAR: usize = 8;

/// How many unknown keys of a mapping may be meant for known ones; where there are more, it is another thing's mapping.
const MEANT: usize = 50;

impl Reader {
    /// Opens a mapping and reports keys that the format does not have. `None` when the value is no mapping.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &'static str,
        known: &'n [&'n str],
    ) -> Option<Fields<'n>> {
        if self.is_flooded(node) {
            return None;
        }
        let Kind::Mapping(entries) = &node.kind else {
            self.wrong_shape(node, &format!("{} {what}", article(what)), "`key: value` lines");
            if let Some(finding) = self.findings.last_mut()
                && finding.help.as_deref() == Some(AS_OTHERS)
            {
                let keys: Vec<String> = known.iter().take(3).map(|key| format!("{key}: …")).collect();
                finding.help = Some(format!("write each behind its key, as in `{{{}}}`", keys.join(", ")));
            }
            return None;
        };
        if self.only_values(node, what, known) || self.names_as_keys(node, what, known) {
            return None;
        }
        let mut taken: Vec<&str> = Vec::new();
        let (mut unknown, mut first) = (0, Unknown::None);
        for (key, value) in entries {
            if known.contains(&key.value.as_str()) {
                // Settings may say nothing, and their own reader tells of levels that are missing.
                // A program without parts and status needs its amounts: the rule on them says so.
                let is_needed = what == "program" && is_awaited(node, &key.value);
                if value.is_blank()
                    && (!is_needed || self.comment_behind(key.span).is_some())
                    && !matches!(what, "file of settings" | "`severity`")
                {
                    self.no_value(key);
                }
                continue;
            }
            unknown += 1;
            let meant = meant(&key.value, known).filter(|_| unknown <= MEANT);
            if unknown == 1 {
                first = Unknown::One(meant.map(Meant::key), value);
            }
            let is_taken = meant.is_some_and(|it| node.get(it.key()).is_some() || taken.contains(&it.key()));
            taken.extend(meant.map(Meant::key));
            let cut = value.kind == Kind::Null && self.sources.slice(node.span).starts_with('{');
            let finding = unknown_key((key, value), what, known, (meant, is_taken), cut, self);
            add_alike(&mut self.findings, finding);
        }
        let unknown = match unknown {
            0 | 1 => first,
            2..=MEANT => Unknown::Several,
            _ => Unknown::None,
        };
        Some(Fields { node, what, known, unknown })
    }

    /// Reports something, and what to do about it.
    pub(super) fn say(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Diagnostic::new(code, span, message).help(help));
    }

    /// Reports a required key where it is missing.
    pub(super) fn needs(&mut self, fields: Fields<'_>, key: &str, help: &str) {
        if fields.get(key).is_none() {
            self.missing(fields, key, help);
        }
    }

    /// Reports a required key that is missing.
    pub(super) fn missing(&mut self, fields: Fields<'_>, key: &str, help: &str) {
        // Where no key is one of the format's, that is said of each, and is one slip.
        let is_known = |(name, _): &(Spanned<String>, Node)| fields.known.contains(&name.value.as_str());
        if !matches!(fields.unknown, Unknown::None)
            && matches!(&fields.node.kind, Kind::Mapping(entries) if !entries.iter().any(is_known))
        {
            return;
        }
        if let Kind::Mapping(entries) = &fields.node.kind
            && let Some((name, _)) = entries.iter().find(|(name, _)| name.value == key)
        {
            // It is there and empty: one finding says so, and that it is needed.
            let place = name.span;
            if self.comment_behind(place).is_some_and(|(_, comment)| error_cell(&comment)) {
                return;
            }
            self.findings.retain(|finding| finding.code != codes::NO_VALUE || finding.primary.span != place);
            let message = format!("`{key}` has no value, and this {} needs one", fields.what);
            return self.say(codes::MISSING_KEY, place, message, help);
        }
        self.say(codes::MISSING_KEY, fields.head(), format!("this {} has no `{key}`", fields.what), help);
    }

    /// Reports a value of the wrong shape.
    pub(super) fn wrong_shape(&mut self, node: &Node, what: &str, expected: &str) {
        let found = match &node.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
        };
        let span = self.first_line(node.span);
        let message = format!("{what} is written as {expected}, not as {found}");
        let finding = Diagnostic::new(codes::WRONG_SHAPE, span, message).here(format!("{found} stands here"));
        let finding = match self.comment_instead(node) {
            Some((place, comment)) if error_cell(&comment) => error_cell_finding(place, &comment),
            Some((place, comment)) => self.only_a_comment(finding, "", (place, &comment)),
            None => finding.help(shape_of(what, self.examples)),
        };
        self.push_with_key(node, finding);
    }

    /// Adds a finding about a value, and to it what was found about the key before it: one slip of one hand.
    pub(super) fn push_with_key(&mut self, node: &Node, finding: Diagnostic) {
        let text = &self.sources.file(node.span.file).text;
        let is_its_key = |other: &Diagnostic| {
            let key = other.primary.span;
            let between = text.get(key.end..node.span.start).filter(|_| key.file == node.span.file);
            let rest = between.and_then(|it| it.trim_start_matches(['"', '\'']).trim().strip_prefix(':'));
            other.code == codes::UNKNOWN_KEY
                && rest.is_some_and(|rest| rest.trim_matches(['-', '[', ' ', '\n', '\r']).is_empty())
        };
        // What was found since its key is about the parts of one value.
        let first = self.findings.len().saturating_sub(NEAR);
        let near = self.findings.get(first..).unwrap_or_default();
        let key = near.iter().rposition(is_its_key).map(|at| first + at).filter(|at| {
            self.findings.get(*at).and_then(|key| key.cure.as_ref()).is_some_and(|cure| cure.edits.len() == 1)
        });
        let Some(key) = key.map(|at| self.findings.remove(at)) else { return self.findings.push(finding) };
        // Who counts findings is to see that there is one more.
        self.refused += 1;
        let key_cure = key.cure.unwrap_or_else(|| Cure::certain(key.primary.span, ""));
        let name = key_cure.edits.first().map(|edit| edit.text.clone()).unwrap_or_default();
        let mut finding = finding.also(key.primary.span, format!("the key is called `{name}`"));
        if let Some(cure) = &mut finding.cure {
            cure.is_certain &= key_cure.is_certain;
            let value = cure.edits.first().map(|edit| edit.text.clone()).unwrap_or_default();
            finding.help = Some(format!("write `{name}: {value}`"));
            cure.edits.splice(0..0, key_cure.edits);
        }
        self.findings.push(finding);
    }

    /// A scalar's text with its place; anything else is reported.
    pub(super) fn scalar<'n>(&mut self, node: &'n Node, what: &str) -> Option<Spanned<&'n str>> {
        match &node.kind {
            Kind::Scalar(text) if error_cell(text) => {
                self.findings.push(error_cell_finding(self.first_line(node.span), text));
                None
            }
            Kind::Scalar(text) => Some(Spanned::new(text.as_str(), node.span)),
            _ => {
                self.wrong_shape(node, what, "one text or number");
                None
            }
        }
    }

    /// A text of one line, trimmed, with its place.
    pub(super) fn spanned_text(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<String>> {
        let node = fields.get(key)?;
        let text = self.scalar(node, &format!("`{key}`"))?;
        let written = self.sources.slice(text.span);
        Some(text.map(|text| folded::one_line(text, written)))
    }

    /// A text of one line that is printed.
    pub(super) fn text(&mut self, fields: Fields<'_>, key: &str) -> Option<String> {
        let node = fields.get(key)?;
        let text = self.scalar(node, &format!("`{key}`"))?;
        Some(self.one_line(text))
    }

    /// A printed text as one line.
    pub(super) fn one_line(&mut self, text: Spanned<&str>) -> String {
        let mut line = folded::one_line(text.value, self.sources.slice(text.span));
        if line.len() > limits::LINE {
            let span = self.first_line(text.span);
            let message =
                format!("this text is printed as one line, and is longer than {} kB", limits::LINE >> 10);
            let help = "shorten it; what takes several lines belongs into `summary` or `body`";
            self.say(codes::WRONG_SHAPE, span, message, help);
            line.truncate(line.floor_char_boundary(limits::LINE));
        }
        self.keep(&line, false, text.span);
        line
    }

    /// A text that must be there; an empty one stands in for it so that reading goes on.
    pub(super) fn required_text(&mut self, fields: Fields<'_>, key: &str) -> String {
        self.needs(fields, key, &format!("add `{key}: …`"));
        self.text(fields, key).unwrap_or_default()
    }

    /// Markdown, with the blank lines around it taken off.
    pub(super) fn prose(&mut self, fields: Fields<'_>, key: &str) -> Option<Spanned<String>> {
        let node = fields.get(key)?;
        if matches!(node.kind, Kind::Sequence(_) | Kind::Mapping(_)) {
            let bar = self.bar_of(node);
            self.wrong_shape(node, &format!("`{key}`"), "one text");
            if let Some(finding) = self.findings.last_mut() {
                let help =
                    format!("write `{key}: |`: then the indented lines below are text, hyphens and all");
                finding.help = Some(help);
                finding.cure = bar;
            }
            return None;
        }
        let text = self.scalar(node, &format!("`{key}`"))?;
        let written = self.sources.slice(text.span);
        if let Some(finding) = folded::joined(&self.sources.file(text.span.file).text, text.span) {
            self.findings.push(finding);
        }
        let text =
            text.map(|text| folded::prose(text.trim_matches('\n').trim_end(), written).replace("\r\n", "\n"));
        self.keep(&text.value, true, text.span);
        Some(text)
    }

    /// The `|` that makes a text of the list or the keys below a key.
    fn bar_of(&self, node: &Node) -> Option<Cure> {
        let before = self.sources.file(node.span.file).text.get(..node.span.start)?;
        let head = before.trim_end();
        let is_below = before.get(head.len()..)?.contains('\n') && head.ends_with(':');
        is_below.then(|| Cure::suggested(Span { start: head.len(), end: head.len(), ..node.span }, " |"))
    }

    /// Keeps a text that is printed, with the places of its lines, for the line that is being read.
    pub(super) fn keep(&mut self, text: &str, is_markdown: bool, span: Span) {
        let written = self.sources.slice(span);
        let prose = Prose::new(text.to_owned(), is_markdown, written, span);
        for word in cells(text) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            self.findings.push(error_cell_finding(prose.place(&(start..start + word.len())), word));
        }
        self.texts.push(prose);
    }

    /// The items of a list; a single value stands for a list of one.
    pub(super) fn list<'n>(&mut self, fields: Fields<'n>, key: &str) -> &'n [Node] {
        match fields.get(key) {
            None => &[],
            Some(Node { kind: Kind::Sequence(items), .. }) => items,
            Some(single) => std::slice::from_ref(single),
        }
    }

    /// What the items of a list say, without those that could not be read.
    pub(super) fn each<T>(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let mut all: Vec<T> = self.list(fields, key).iter().filter_map(|node| read(self, node)).collect();
        // There may be many, and some are large.
        all.shrink_to_fit();
        all
    }

    /// The same, where nothing can be said of some of them without the others.
    pub(super) fn all<T>(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let all = self.each(fields, key, read);
        (all.len() == self.list(fields, key).len()).then_some(all)
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, fields: Fields<'_>, key: &str) -> Vec<String> {
        self.each(fields, key, |reader, item| {
            let text = reader.scalar(item, &format!("an entry of `{key}`"))?;
            Some(reader.one_line(text))
        })
    }

    /// The first line of a place that covers several, so that a report shows the head and not the whole block.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let line = self.sources.slice(span).lines().next().unwrap_or_default().trim_end();
        Span { end: span.start + line.len(), ..span }
    }
}

const AS_OTHERS: &str =
    "write it as the other entries of its kind are written; docs/format.md has an example of each";

pub(super) fn article(what: &str) -> &'static str {
    let vowel = what.trim_start_matches('`').starts_with(['a', 'e', 'i', 'o', 'u']);
    if vowel { "an" } else { "a" }
}

/// An example of the right shape, to be copied.
fn shape_of(what: &str, examples: Examples) -> String {
    match what {
        "a note" => format!("write `notes:` and below it `  - {}`, one a line", note(examples)),
        "an `accept`" => "write `accept:` and below it `  - {rule: W0203, reason: …}`, one a line".to_owned(),
        "a program" => "write `- id: q-leap` and below it `title: …`, `requested: …` and `prior: …`; or the name of a file, `- q-leap.yaml`".to_owned(),
        "the glossary" | "a glossary entry" => format!(
            "write `glossary:` and below it one abbreviation a line, `{}`",
            examples.pick("NIMS: 物質・材料研究機構", "NIMS: National Institute for Materials Science")
        ),
        "a citation" => "write `- id: strategy-2021` and below it `title: …`, `date: …` and `authority: …`".to_owned(),
        "an amount" => format!(
            "write the amount alone, `4,592` or `{}`, or a word for it such as `{}`",
            examples.with_unit("831", examples.pick(8, 6)),
            examples.unspecified()
        ),
        "`severity`" => "write `severity:` and below it `  W0203: deny`, one rule a line".to_owned(),
        "an area" => "write `- title: …` and below it `groups:`".to_owned(),
        _ => AS_OTHERS.to_owned(),
    }
}
