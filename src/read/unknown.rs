//! What is said about keys that the format does not have.

use super::keys::{Meant, meant, note, unit_of};
use super::yaml::{Kind, Node};
use super::{Reader, codes};
use crate::diagnostic::{Cure, Diagnostic, Edit, by_likeness, is_like};
use crate::model::{Amount, Examples, Unit};
use crate::source::{Span, Spanned};

/// What is said about a key that a mapping does not have.
pub(super) fn unknown_key(
    (key, value): (&Spanned<String>, &Node),
    what: &str,
    known: &[&str],
    (meant, is_taken): (Option<Meant<'_>>, bool),
    cut: bool,
    reader: &Reader,
) -> Diagnostic {
    let examples = reader.examples;
    let finding =
        Diagnostic::new(codes::UNKNOWN_KEY, key.span, format!("a {what} has no key `{}`", key.value));
    if key.value == "<<" {
        return finding.help("merge keys (`<<`) are not part of the format: write the keys out");
    }
    let belongs = place(&key.value, examples).filter(|(home, _)| known.contains(home));
    match (meant.map(|meant| meant.in_year(reader.year)), belongs) {
        (Some(meant), _) if is_taken && matches!(meant, Meant::Name(_)) => {
            finding.help(format!("`{}` is given already: keep one of the two", meant.key()))
        }
        (Some(Meant::Name(name)), _) => match unit_of(&key.value).filter(|unit| *unit != examples.unit) {
            Some(unit) => with_unit(finding, (key.span, name), (value, unit), reader),
            None => finding.cure(Cure::certain(key.span, name)),
        },
        (_, Some((home, example))) => finding.help(format!("it belongs in `{home}`, as in `{example}`")),
        _ if cut => finding.help(
            "inside braces a comma ends the value: if this belongs to the text before it, put that text in quotes",
        ),
        (Some(Meant::Like(near)), _) if is_taken => {
            finding.here(format!("`{near}` is given already")).help("take the line out")
        }
        (Some(Meant::Like(near)), _) => {
            finding.cure(Cure::suggested(key.span, near)).help("Otherwise take the line out.")
        }
        (Some(Meant::Seems(near) | Meant::Dated(near, _)), _) => finding.help(format!(
            "it looks like `{near}`, and says something else besides; write `{near}` if that is all that is meant, otherwise put it under `notes`"
        )),
        (None, _) => finding.help(listed(&key.value, known)),
    }
}

/// As many keys are named one after another.
const FEW: usize = 12;

/// The keys that a mapping has; of many those that look like the one that it has not.
fn listed(name: &str, known: &[&str]) -> String {
    let quoted = |keys: &[&str]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    if known.len() <= FEW {
        return format!("its keys are {}", quoted(known));
    }
    let mut near = by_likeness(name, known);
    near.retain(|key| is_like(name, key));
    near.truncate(FEW / 4);
    match near.is_empty() {
        true => "none of its keys is like it (docs/format.md has all): put what it says under `notes` or into `body`, or take the line out".to_owned(),
        false => format!("its keys most like it are {}, and docs/format.md has all", quoted(&near)),
    }
}

impl Reader {
    /// `period: {R4, R8}`: reports braces that hold values and no key, where they do.
    pub(super) fn only_values(&mut self, node: &Node, what: &str, known: &[&str]) -> bool {
        let Kind::Mapping(entries) = &node.kind else { return false };
        let is_value = |(key, value): &(Spanned<String>, Node)| {
            value.kind == Kind::Null
                && !known.contains(&key.value.as_str())
                && meant(&key.value, known).is_none()
        };
        let is_only = !entries.is_empty()
            && self.sources.slice(node.span).starts_with('{')
            && entries.iter().all(is_value);
        if is_only {
            let each = entries.iter().zip(known).map(|((value, _), key)| format!("{key}: {}", value.value));
            let example = match what {
                "`period`" | "`scale`" => format!("{{{}}}", each.collect::<Vec<_>>().join(", ")),
                _ => format!("{{{}: …}}", known.first().unwrap_or(&"key")),
            };
            let message = format!("the values of this {what} stand without their keys");
            let finding = Diagnostic::new(codes::WRONG_SHAPE, self.first_line(node.span), message);
            self.findings.push(finding.help(format!("write each behind its key, as in `{example}`")));
        }
        is_only
    }
}

/// `要求額（千円）: 60` in a chapter that counts in another unit: the key, and the unit behind the amount.
fn with_unit(
    finding: Diagnostic,
    (key, name): (Span, &str),
    (value, unit): (&Node, Unit),
    reader: &Reader,
) -> Diagnostic {
    let label = unit.label(reader.examples.lang);
    let is_bare = |text: &&str| {
        text.ends_with(char::is_numeric)
            && text.chars().all(|c| !c.is_alphabetic())
            && Amount::parse(text, unit).is_ok()
    };
    let Some(text) = value.text().filter(is_bare) else {
        return finding.help(format!(
            "write `{name}`, and behind its amount the unit `{label}`, which the chapter does not count in"
        ));
    };
    let amount = format!("{text}{}{label}", if label.is_ascii() { " " } else { "" });
    let edit = |span, text| Edit { span, text };
    let edits = vec![edit(key, name.to_owned()), edit(value.span, reader.written(value.span, &amount))];
    finding.cure(Cure { edits, is_certain: false }).help(format!("write `{name}: {amount}`"))
}

/// The list whose entries have a key that authors also look for one level higher, with an example.
fn place(key: &str, examples: Examples) -> Option<(&'static str, String)> {
    Some(match key {
        "kind" | "of" | "scope" | "with" | "share" => ("notes", format!("notes: [{}]", note(examples))),
        "rule" | "reason" => ("accept", "accept: [{rule: W0203, reason: …}]".to_owned()),
        "cite" | "quote" | "gist" => ("policy_basis", "policy_basis: [{cite: …, quote: …}]".to_owned()),
        "outputs" | "outcomes" | "impacts" => ("logic_model", "logic_model: {outputs: [\"…\"]}".to_owned()),
        _ => return None,
    })
}
