//! Footnotes in the order in which the text refers to them.

use std::collections::{HashMap, VecDeque};

use super::visit::runs;
use super::{Block, Inline};

/// Footnotes as the parser meets them: references and definitions in any order, joined by their label.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    labels: Vec<String>,
    definitions: Vec<Option<Vec<Block>>>,
}

impl Footnotes {
    /// A provisional number for a label.
    pub(super) fn number(&mut self, label: &str) -> usize {
        let next = self.labels.len();
        let number = *self.numbers.entry(label.to_lowercase()).or_insert(next);
        if number == next {
            self.labels.push(label.to_owned());
            self.definitions.push(None);
        }
        number
    }

    /// Keeps a definition; the first of several counts.
    pub(super) fn define(&mut self, label: &str, blocks: Vec<Block>) {
        let number = self.number(label);
        if let Some(definition @ None) = self.definitions.get_mut(number) {
            *definition = Some(blocks);
        }
    }

    /// Numbers the references of a document anew, in reading order, and gives the footnotes in that order. A reference
    /// without a definition becomes the text the author wrote; a footnote without a reference is dropped.
    pub(super) fn order(mut self, title: &mut [Inline], blocks: &mut [Block]) -> Vec<Vec<Block>> {
        let mut order = Order { final_number: HashMap::new(), waiting: VecDeque::new() };
        order.inlines(&self, title);
        runs(blocks, &mut |run| order.inlines(&self, run));
        let mut footnotes = Vec::new();
        while let Some(number) = order.waiting.pop_front() {
            let definition = self.definitions.get_mut(number).and_then(|it| it.as_mut().map(std::mem::take));
            let mut definition = definition.unwrap_or_default();
            runs(&mut definition, &mut |run| order.inlines(&self, run));
            footnotes.push(definition);
        }
        footnotes
    }
}

struct Order {
    final_number: HashMap<usize, usize>,
    waiting: VecDeque<usize>,
}

impl Order {
    fn inlines(&mut self, notes: &Footnotes, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::FootnoteRef(number) => {
                    let defined = notes.definitions.get(*number).is_some_and(Option::is_some);
                    if defined {
                        *number = self.finally(*number);
                    } else {
                        // Before `--` a label has the id of the program that it is one of.
                        let label = notes.labels.get(*number).map_or("", String::as_str);
                        let label = label.split_once("--").map_or(label, |(_, own)| own);
                        *inline = Inline::Text(format!("[^{label}]"));
                    }
                }
                other => other.content_mut().into_iter().for_each(|content| self.inlines(notes, content)),
            }
        }
    }

    fn finally(&mut self, number: usize) -> usize {
        let next = self.final_number.len();
        *self.final_number.entry(number).or_insert_with(|| {
            self.waiting.push_back(number);
            next
        })
    }
}
