//! What a picture may ask for before anybody works on it: a small file can name measures, repetitions and depths that no drawing
//! has, and that no machine would come to the end of.

use std::collections::{HashMap, HashSet};

use usvg::roxmltree::{Document, Node, NodeId};

use super::VectorError;
use crate::limits;

/// The most attributes of one element.
const MOST_ATTRIBUTES: usize = 500;

/// The most pairs of a style sheet's rule, or of a property that it sets, and an element.
const MOST_MATCHES: usize = 10_000_000;
const MOST_SET: usize = 3_000_000;

/// The most letters of a style times its declarations: each looks through what stands around it.
const MOST_STYLED: usize = 250_000_000;

/// The deepest nesting of elements, uses of others included. Drawing programs stay far below; reading recurses.
const DEEPEST: u64 = 200;

/// The largest number that a drawing measures anything with.
pub(super) const FARTHEST: f64 = 1_000_000.0;

pub(super) const BYTES: &str = "more than 2 MB, entities filled in";
const STYLE: &str = "more rules of style than its elements can be looked through for";
const DEEP: &str = "elements nested more than 200 deep, uses of others included";

/// Attributes whose numbers are names, words or addresses.
const NO_MEASURES: [&str; 8] = ["id", "class", "href", "src", "version", "baseProfile", "lang", "space"];

/// Refuses a text that would be slow to take apart.
pub(super) fn text(text: &str) -> Result<(), VectorError> {
    if text.len() > limits::SVG {
        return Err(VectorError::Large(BYTES));
    }
    let mut attributes = 0;
    for byte in text.bytes() {
        attributes = match byte {
            b'<' | b'>' => 0,
            b'=' => attributes + 1,
            _ => attributes,
        };
        if attributes > MOST_ATTRIBUTES {
            return Err(VectorError::Large("more than 500 attributes at one element"));
        }
    }
    // Drawing programs shorten names of XML by entities, and nothing else.
    let mut longest = 0;
    for entity in text.split("<!ENTITY").skip(1) {
        let value = entity.split(['"', '\'']).nth(1).unwrap_or_default();
        if value.contains('&') {
            return Err(VectorError::Large("entities within entities"));
        }
        longest = longest.max(value.len());
    }
    let references = if longest == 0 { 0 } else { text.matches('&').count() };
    if longest.saturating_mul(references) > limits::SVG { Err(VectorError::Large(BYTES)) } else { Ok(()) }
}

/// Refuses a picture whose measures, depth or repetitions are beyond any drawing.
pub(super) fn picture(xml: &Document<'_>) -> Result<(), VectorError> {
    let elements = || xml.descendants().filter(Node::is_element);
    let sheets =
        || elements().filter(|node| node.tag_name().name() == "style").filter_map(|node| node.text());
    for node in elements() {
        let measures = node.attributes().filter(|it| !NO_MEASURES.contains(&it.name()));
        if measures.into_iter().any(|it| is_far(it.value())) {
            return Err(VectorError::Far);
        }
        let kind = node.tag_name().name();
        if !node.attributes().all(|it| is_measure(kind, it.name(), it.value().trim())) {
            return Err(VectorError::Measure);
        }
    }
    if sheets().any(is_far) {
        return Err(VectorError::Far);
    }
    styles(&sheets().collect::<Vec<_>>(), elements().count())?;
    let own = elements().filter_map(|node| node.attribute("style"));
    if own.map(effort).fold(0, usize::saturating_add) > MOST_STYLED {
        return Err(VectorError::Large(STYLE));
    }
    let ids = elements().filter_map(|node| Some((node.attribute("id")?, node)));
    let ids: HashMap<&str, Node<'_, '_>> = ids.collect();
    // Whatever a style sheet names may belong to any element.
    let styled = sheets().flat_map(references).filter_map(|id| ids.get(id).copied());
    let mut extent = Extent { ids: &ids, styled: styled.collect(), known: HashMap::new() };
    let (count, _) = extent.of(xml.root_element(), 0)?;
    if count > limits::SVG_ELEMENTS {
        return Err(VectorError::Large("more than 100,000 elements, each counted as often as it is drawn"));
    }
    Ok(())
}

/// Refuses style sheets that take long to read, or to hold against each element.
fn styles(sheets: &[&str], elements: usize) -> Result<(), VectorError> {
    let count = |marks: &[char]| -> usize { sheets.iter().map(|sheet| sheet.matches(marks).count()).sum() };
    let names = sheets.iter().flat_map(|sheet| sheet.split([';', '{'])).filter_map(|it| it.split_once(':'));
    let names: HashSet<&str> = names.map(|(name, _)| name.trim()).collect();
    let rules = count(&['{', ',']);
    let pairs = |many: usize| many.saturating_mul(elements);
    let effort = sheets.iter().map(|sheet| effort(sheet)).fold(0, usize::saturating_add);
    let is_much = pairs(rules) > MOST_MATCHES
        || pairs(rules + count(&[';'])) > 2 * MOST_MATCHES
        || pairs(names.len()) > MOST_SET
        || effort > MOST_STYLED;
    if is_much { Err(VectorError::Large(STYLE)) } else { Ok(()) }
}

/// What reading a style takes: its length, once for each of its declarations and rules.
fn effort(style: &str) -> usize {
    style.len().saturating_mul(style.matches([';', '{', ',', '/']).count())
}

/// Whether an attribute measures by numbers, where it should. What does not would be left out without a word, and a picture without
/// a size would get another one.
fn is_measure(kind: &str, name: &str, value: &str) -> bool {
    let is_made_of = |letters: &str| {
        let is_part = |c: char| c.is_ascii_digit() || c.is_ascii_whitespace() || "+-.,eE".contains(c);
        value.chars().all(|c| is_part(c) || letters.contains(c))
    };
    match (kind, name) {
        (_, "viewBox") => {
            let parts =
                value.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|it| !it.is_empty());
            let numbers: Vec<Option<f64>> = parts.map(length).collect();
            matches!(numbers[..], [Some(_), Some(_), Some(width), Some(height)] if width > 0.0 && height > 0.0)
        }
        ("svg", "width" | "height") => value == "auto" || length(value).is_some_and(|size| size > 0.0),
        ("path", "d") => value == "none" || is_made_of("MmZzLlHhVvCcSsQqTtAa"),
        ("polygon" | "polyline", "points") => is_made_of(""),
        (
            "rect" | "circle" | "ellipse" | "line" | "use" | "svg",
            "x" | "y" | "width" | "height" | "r" | "rx" | "ry" | "cx" | "cy" | "x1" | "y1" | "x2" | "y2",
        ) => matches!(value, "" | "auto" | "inherit") || length(value).is_some(),
        _ => true,
    }
}

/// The number of a length, whatever its unit.
fn length(value: &str) -> Option<f64> {
    let number = value.trim_end_matches(|c: char| c == '%' || c.is_ascii_alphabetic());
    let starts = number.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    number.parse::<f64>().ok().filter(|number| starts && number.is_finite())
}

/// Whether a value has a number beyond [`FARTHEST`]. Colors and addresses, `#1e9999`, are no numbers.
fn is_far(value: &str) -> bool {
    let bytes = value.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = |is_part: &dyn Fn(&u8) -> bool| rest.iter().take_while(|it| is_part(it)).count();
        at += match byte {
            b'#' => 1 + rest.iter().skip(1).take_while(|it| it.is_ascii_alphanumeric()).count(),
            b'0'..=b'9' | b'.' => {
                let digits = length(&|it| it.is_ascii_digit() || *it == b'.');
                let exponent = exponent(rest.get(digits..).unwrap_or_default());
                // Two points are two numbers to SVG; what stands before the second is long enough to judge by.
                let text = value.get(at..at + digits).unwrap_or_default();
                let whole = text.split('.').map(|part| part.trim_start_matches('0').len()).max().unwrap_or(0);
                let first = text.split('.').next().unwrap_or_default().trim_start_matches('0');
                let number: f64 = first.parse().unwrap_or(0.0);
                if number > FARTHEST || exponent.is_some_and(|(power, _)| power + whole.min(9) as i64 > 7) {
                    return true;
                }
                digits + exponent.map_or(0, |(_, length)| length)
            }
            _ => 1,
        };
    }
    false
}

/// The power of ten at the start of a text, and its length: `e38`, `E-7`. An `em` is none.
fn exponent(text: &[u8]) -> Option<(i64, usize)> {
    let rest = text.strip_prefix(b"e").or(text.strip_prefix(b"E"))?;
    let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    let digits: String =
        rest.iter().skip(sign).take_while(|it| it.is_ascii_digit()).map(|it| char::from(*it)).collect();
    if digits.is_empty() {
        return None;
    }
    let power: i64 = digits.parse().unwrap_or(i64::MAX / 2);
    let power = if rest.first() == Some(&b'-') { -power } else { power };
    Some((power, 1 + sign + digits.len()))
}

/// The elements that a value refers to by `url(#id)`.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches([' ', '"', '\'']).strip_prefix('#')?;
        Some(rest.split([')', '"', '\'']).next().unwrap_or_default().trim_end())
    })
}

/// How much is drawn: elements, each counted as often as it is, and how deep they are nested.
struct Extent<'x, 'd> {
    ids: &'x HashMap<&'x str, Node<'d, 'd>>,
    styled: Vec<Node<'d, 'd>>,
    known: HashMap<NodeId, Option<(u64, u64)>>,
}

impl<'d> Extent<'_, 'd> {
    fn of(&mut self, node: Node<'d, 'd>, depth: u64) -> Result<(u64, u64), VectorError> {
        match self.known.get(&node.id()) {
            Some(Some((count, deep))) if depth + deep <= DEEPEST => return Ok((*count, *deep)),
            Some(Some(_)) => return Err(VectorError::Large(DEEP)),
            // It stands inside itself, and is drawn once.
            Some(None) => return Ok((1, 1)),
            None if depth > DEEPEST => return Err(VectorError::Large(DEEP)),
            None => self.known.insert(node.id(), None),
        };
        let (mut count, mut deep) = (1_u64, 0);
        let mut add = |(more, below): (u64, u64), times: u64| {
            count = count.saturating_add(more.saturating_mul(times));
            deep = deep.max(below);
        };
        for child in node.children().filter(Node::is_element) {
            add(self.of(child, depth + 1)?, 1);
        }
        let uses =
            node.attributes().filter(|it| it.name() == "href").filter_map(|it| it.value().strip_prefix('#'));
        let named: Vec<&str> = node.attributes().flat_map(|it| references(it.value())).chain(uses).collect();
        let named = named.into_iter().filter_map(|id| self.ids.get(id).copied());
        for target in named.chain(self.styled.clone()).collect::<Vec<_>>() {
            // A marker is drawn at every corner of a way.
            let way = match target.tag_name().name() {
                "marker" => node.attribute("d").or(node.attribute("points")).unwrap_or("  "),
                _ => " ",
            };
            let is_end = |byte: &u8| matches!(byte, b' ' | b',' | b'-' | b'.') || byte.is_ascii_alphabetic();
            let times = way.bytes().filter(is_end).count();
            add(self.of(target, depth + 1)?, times as u64);
        }
        let extent = (count, deep + 1);
        self.known.insert(node.id(), Some(extent));
        Ok(extent)
    }
}
