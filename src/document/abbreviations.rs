//! Abbreviations with what they stand for, for those who hear a sheet or point at a word.

use std::collections::HashSet;

use super::{Document, Inline};
use crate::model::{Abbreviation, abbreviations};

impl Document {
    /// Marks the first use of each abbreviation in running text. In links and code nothing is marked.
    pub fn expand(&mut self, glossary: &[Abbreviation]) {
        let lang = self.lang;
        let mut seen = HashSet::new();
        let shorts: Vec<&str> = glossary.iter().map(|entry| entry.short.value.as_str()).collect();
        if shorts.is_empty() {
            return;
        }
        self.each_run(&mut |run| {
            expand(run, &mut |text, out| {
                let mut from = 0;
                for (range, place) in abbreviations(text, &shorts) {
                    let expansion = glossary.get(place).and_then(|entry| entry.expansion(lang));
                    let (Some((expansion, spoken)), Some(short)) = (expansion, text.get(range.clone()))
                    else {
                        continue;
                    };
                    if !seen.insert(place) {
                        continue;
                    }
                    push(out, text.get(from..range.start).unwrap_or_default());
                    let marked =
                        Inline::Abbreviation { short: short.to_owned(), expansion: expansion.to_owned() };
                    out.push(if spoken == lang {
                        marked
                    } else {
                        Inline::Foreign { lang: spoken, content: vec![marked] }
                    });
                    from = range.end;
                }
                push(out, text.get(from..).unwrap_or_default());
            });
        });
    }
}

fn push(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

fn expand(run: &mut Vec<Inline>, split: &mut dyn FnMut(&str, &mut Vec<Inline>)) {
    let mut marked = Vec::with_capacity(run.len());
    for mut inline in std::mem::take(run) {
        match &mut inline {
            Inline::Text(text) => {
                split(text, &mut marked);
                continue;
            }
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Strike(content)
            | Inline::Foreign { content, .. } => expand(content, split),
            _ => {}
        }
        marked.push(inline);
    }
    *run = marked;
}
