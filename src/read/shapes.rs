//! What the format has: mappings, their keys, and what each key takes.

use std::collections::HashSet;
use std::sync::LazyLock;

mod table;

use super::choices::{Choices, all_words};
pub(super) use table::*;

/// A mapping of the format.
pub(super) struct Shape {
    /// What it describes.
    pub(super) name: &'static str,
    /// The keys that it must have whatever else it says.
    pub(super) needs: &'static [&'static str],
    /// Its keys, in the order in which they are listed and written.
    pub(super) keys: &'static [&'static str],
    /// The same keys with what they are.
    pub(super) about: &'static [Key],
}

/// What a key is.
pub(super) struct Key {
    pub(super) kind: Kind,
    /// What it says, in both languages.
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
}

/// What a key takes.
pub(crate) enum Kind {
    /// A text of one line, in words.
    Text,
    /// What a file, an address, a rule or a month is called.
    Name,
    /// Markdown.
    Prose,
    Id,
    Amount,
    /// An amount, or a mapping of this name.
    Money(&'static str),
    Unit,
    Year,
    Date,
    /// A date or a fiscal year.
    Due,
    Count,
    Percent,
    /// The number of the format.
    Version,
    /// `none`, `all`, or `top` and a number.
    Cards,
    /// One of a closed set of words.
    Words(fn() -> Vec<&'static str>),
    /// One entry or several.
    List(&'static Kind),
    /// A mapping of this name.
    Map(&'static str),
    /// The same, or a text that stands for its first key.
    Short(&'static str),
    /// A mapping with keys of the author's.
    Named(&'static Kind),
    /// The name of a file that has it, or itself.
    FileOr(&'static Kind),
}

/// The shapes whose keys a chapter, a program and the settings have together.
pub(super) const CHAPTER: &[&Shape] = &[&HEAD, &BODY, &CONVENTIONS, &LINE];
pub(super) const WHOLE_PROGRAM: &[&Shape] = &[&LINE, &PROGRAM];
pub(super) const WHOLE_SETTINGS: &[&Shape] = &[&SETTINGS, &CONVENTIONS];

/// The keys of some shapes together.
pub(super) fn keys(shapes: &[&Shape]) -> Vec<&'static str> {
    shapes.iter().flat_map(|shape| shape.keys).copied().collect()
}

/// The keys that take what a test finds, in some mapping or other.
fn keys_of(takes: impl Fn(&Kind) -> bool) -> HashSet<&'static str> {
    let each = ALL.iter().flat_map(|shape| shape.keys.iter().zip(shape.about));
    each.filter(|(_, about)| takes(&about.kind)).map(|(key, _)| *key).collect()
}

/// What stands in some place of a file, by which the keys of its mappings have an order.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// A chapter or a program.
    Line,
    /// What a key takes.
    Of(&'static Kind),
}

impl Form {
    /// The shape of a mapping that stands there, and what its own keys take that the author names.
    fn shape(self) -> Option<&'static Shape> {
        let Self::Of(kind) = self else { return None };
        match kind {
            Kind::List(kind) | Kind::FileOr(kind) => Self::Of(kind).shape(),
            Kind::Map(name) | Kind::Short(name) | Kind::Money(name) => {
                ALL.iter().find(|shape| shape.name == *name).copied()
            }
            _ => None,
        }
    }

    /// The place of a key among the others of its mapping, by custom.
    pub(crate) fn order(self, key: &str) -> usize {
        let place = |keys: &[&str]| keys.iter().position(|known| *known == key);
        match self {
            Self::Line => {
                const NAMES: &[&str] = &["gaisan", "id", "number", "title", "title_en", "abbreviation"];
                let order = [NAMES, HEAD.keys, CONVENTIONS.keys, LINE.keys, BODY.keys, PROGRAM.keys];
                place(&order.concat())
            }
            Self::Of(_) => self.shape().and_then(|shape| place(shape.keys)),
        }
        .unwrap_or(usize::MAX)
    }

    /// What stands under a key.
    pub(crate) fn below(self, key: &str) -> Option<Self> {
        let of = |shape: &'static Shape| {
            let at = shape.keys.iter().position(|known| *known == key)?;
            shape.about.get(at).map(|about| Self::of(&about.kind))
        };
        match self {
            Self::Line => [&HEAD, &BODY, &CONVENTIONS, &LINE, &PROGRAM].into_iter().find_map(of),
            Self::Of(Kind::Named(kind)) => Some(Self::of(kind)),
            Self::Of(Kind::FileOr(Kind::Named(kind))) => Some(Self::of(kind)),
            Self::Of(_) => self.shape().and_then(of),
        }
    }

    fn of(kind: &'static Kind) -> Self {
        let mut inner = kind;
        while let Kind::List(kind) | Kind::FileOr(kind) = inner {
            inner = kind;
        }
        if let Kind::Map("program") = inner { Self::Line } else { Self::Of(kind) }
    }
}

/// Whether a key holds an amount somewhere.
pub(crate) fn is_amount_key(key: &str) -> bool {
    static KEYS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| keys_of(|kind| matches!(kind, Kind::Amount | Kind::Money(_))));
    KEYS.contains(key)
}

/// Whether a key, or the entries of its list, is a text in words somewhere, and no amount, year or word of a set.
pub(super) fn is_text_key(key: &str) -> bool {
    fn is_text(kind: &Kind) -> bool {
        match kind {
            Kind::Text | Kind::Prose => true,
            Kind::List(entry) => is_text(entry),
            Kind::Short(name) => {
                let shape = ALL.iter().find(|shape| shape.name == *name);
                shape.and_then(|shape| shape.about.first()).is_some_and(|about| is_text(&about.kind))
            }
            _ => false,
        }
    }
    static KEYS: LazyLock<HashSet<&str>> = LazyLock::new(|| keys_of(is_text));
    KEYS.contains(key)
}

/// Whether a key is a text of several paragraphs somewhere.
pub(super) fn is_prose_key(key: &str) -> bool {
    static KEYS: LazyLock<HashSet<&str>> = LazyLock::new(|| keys_of(|kind| matches!(kind, Kind::Prose)));
    KEYS.contains(key)
}

/// The keys whose values are lists of mappings, in the order of the table.
pub(super) static LISTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    fn is_list(kind: &Kind) -> bool {
        match kind {
            Kind::FileOr(kind) => is_list(kind),
            Kind::List(entry) => matches!(entry, Kind::Map(_) | Kind::Short(_) | Kind::FileOr(_)),
            _ => false,
        }
    }
    let keys = keys_of(is_list);
    let mut lists = self::keys(ALL);
    lists.retain(|key| keys.contains(key));
    lists.dedup();
    lists
});

fn words<T>(choices: &Choices<T>) -> Vec<&'static str> {
    all_words(choices).collect()
}
