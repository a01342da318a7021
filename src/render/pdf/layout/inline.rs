//! Running text: styles, links and references to notes.

use super::compositor::Compositor;
use crate::document::{Inline, plain};
use crate::model::Lang;
use crate::render::pdf::tags::{Attributes, Changed, Role};
use crate::render::pdf::text::{Style, StyledText};
use crate::typeface::Weight;
use crate::words;

/// Where text goes while inlines are walked.
struct Walk {
    styled: StyledText,
    node: usize,
    /// The language of the node, where it is not the sheet's.
    lang: Option<Lang>,
    /// Whether the node has links and the like in it, so that plain text needs leaves of its own.
    mixed: bool,
    leaf: Option<usize>,
    link: Option<usize>,
}

impl Compositor<'_> {
    /// Makes inlines ready for setting, as the content of a node.
    pub(super) fn styled(&mut self, content: &[Inline], style: Style, node: usize) -> StyledText {
        let lang = whole(content);
        if lang.is_some() {
            self.tree.describe(node, |node| node.lang = lang);
        }
        let mixed = is_mixed(content, lang, self.compares);
        let leaf = (!mixed).then_some(node);
        let mut walk = Walk { styled: StyledText::default(), node, lang, mixed, leaf, link: None };
        self.walk(content, style, &mut walk);
        walk.styled
    }

    fn walk(&mut self, content: &[Inline], style: Style, walk: &mut Walk) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.say(text, style, walk),
                Inline::Strong(inner) if self.compares => {
                    let style = Style { weight: Weight::Bold, underline: true, ..style };
                    self.changed(Changed::PutIn, inner, style, walk);
                }
                Inline::Strike(inner) if self.compares => {
                    let style = Style { underline: true, ..style };
                    self.changed(Changed::TakenOut, inner, style, walk);
                }
                Inline::Strong(inner) => self.walk(inner, Style { weight: Weight::Bold, ..style }, walk),
                Inline::Emphasis(inner) => {
                    self.walk(inner, Style { slanted: !style.upright, ..style }, walk);
                }
                Inline::Strike(inner) => self.walk(inner, Style { strike: true, ..style }, walk),
                Inline::Code(code) => self.say(code, Style { tinted: true, ..style }, walk),
                Inline::Link { target, content } => self.link(target, content, style, walk),
                Inline::Image(figure) => {
                    if !figure.alt.is_empty() {
                        self.say(
                            &format!("［{}］", figure.alt),
                            Style { ink: self.theme.muted, ..style },
                            walk,
                        );
                    }
                }
                Inline::FootnoteRef(number) => self.reference(*number, style, walk),
                Inline::Foreign { lang, content } if walk.lang == Some(*lang) => {
                    self.walk(content, style, walk);
                }
                Inline::Foreign { lang, content } => {
                    let attributes = Attributes { lang: Some(*lang), ..Attributes::default() };
                    self.span(attributes, content, style, walk);
                }
                Inline::Abbreviation { short, expansion } => {
                    let attributes =
                        Attributes { expansion: Some(expansion.clone()), ..Attributes::default() };
                    let content = [Inline::Text(short.clone())];
                    self.span(attributes, &content, style, walk);
                }
                Inline::Break => self.say("\n", style, walk),
            }
        }
    }

    fn say(&mut self, text: &str, style: Style, walk: &mut Walk) {
        if text.is_empty() {
            return;
        }
        let leaf = *walk.leaf.get_or_insert_with(|| self.tree.add(walk.node, Role::Span));
        walk.styled.push(text, style, Some(leaf), walk.link, self.fonts);
    }

    /// Text of which the structure says more than its role. Inside a link, which is read out as one thing, it says nothing.
    fn span(&mut self, attributes: Attributes, content: &[Inline], style: Style, walk: &mut Walk) {
        if walk.link.is_some() {
            return self.walk(content, style, walk);
        }
        let lang = attributes.lang.or(walk.lang);
        let node = self.tree.add_with(walk.node, Role::Span, attributes);
        let mixed = is_mixed(content, lang, self.compares);
        let mut inner = Walk {
            styled: std::mem::take(&mut walk.styled),
            node,
            lang,
            mixed,
            leaf: (!mixed).then_some(node),
            link: None,
        };
        self.walk(content, style, &mut inner);
        walk.styled = inner.styled;
        walk.leaf = if walk.mixed { None } else { walk.leaf };
    }

    /// Words that only one side has: a line under them, and a mark that is heard.
    fn changed(&mut self, what: Changed, content: &[Inline], style: Style, walk: &mut Walk) {
        let attributes = Attributes { changed: Some(what), ..Attributes::default() };
        self.span(attributes, content, style, walk);
    }

    fn link(&mut self, target: &str, content: &[Inline], style: Style, walk: &mut Walk) {
        let label = plain(content);
        if walk.link.is_some() || label.trim().is_empty() {
            self.walk(content, style, walk);
            return;
        }
        self.targets.push((local(target), label));
        let attributes = Attributes { lang: whole(content), ..Attributes::default() };
        let leaf = self.tree.add_with(walk.node, Role::Link, attributes);
        let style = Style { ink: self.theme.accent, underline: true, ..style };
        let mut inner = Walk {
            styled: std::mem::take(&mut walk.styled),
            node: leaf,
            lang: whole(content),
            mixed: false,
            leaf: Some(leaf),
            link: Some(self.targets.len() - 1),
        };
        self.walk(content, style, &mut inner);
        walk.styled = inner.styled;
        walk.leaf = if walk.mixed { None } else { walk.leaf };
    }

    fn reference(&mut self, number: usize, style: Style, walk: &mut Walk) {
        let text = words::note_sign(self.document.lang, number + 1);
        let style =
            Style { size: style.size * 0.65, rise: style.size * 0.33, ink: self.theme.accent, ..style };
        if walk.link.is_some() {
            self.say(&text, style, walk);
            return;
        }
        let label = words::note(self.document.lang, number + 1);
        self.targets.push((note_place(number), label));
        let reference = self.tree.add(walk.node, Role::Reference);
        let leaf = self.tree.add(reference, Role::Link);
        walk.styled.push(&text, style, Some(leaf), Some(self.targets.len() - 1), self.fonts);
        walk.leaf = if walk.mixed { None } else { walk.leaf };
    }
}

/// The target of references to a note. No heading has it: identifiers hold no space.
pub(super) fn note_place(number: usize) -> String {
    format!("#note {number}")
}

/// A relative link to a sheet's Markdown leads to its PDF.
fn local(target: &str) -> String {
    let (path, rest) = target.find(['#', '?']).map_or((target, ""), |at| target.split_at(at));
    match path.strip_suffix(".md") {
        Some(stem) if !path.contains(':') && !path.starts_with("//") => format!("{stem}.pdf{rest}"),
        _ => target.to_owned(),
    }
}

/// The language of a text that is wholly in the other one.
fn whole(content: &[Inline]) -> Option<Lang> {
    match content {
        [Inline::Foreign { lang, .. }] => Some(*lang),
        [Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner)] => whole(inner),
        _ => None,
    }
}

/// Whether parts of a text need leaves of their own within a node of a language; `compares` where words are marked as changed.
fn is_mixed(content: &[Inline], own: Option<Lang>, compares: bool) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Link { .. } | Inline::FootnoteRef(_) | Inline::Abbreviation { .. } => true,
        Inline::Foreign { lang, content } => own != Some(*lang) || is_mixed(content, own, compares),
        Inline::Strong(_) | Inline::Strike(_) if compares => true,
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => {
            is_mixed(inner, own, compares)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_sheet_leads_to_its_pdf() {
        assert_eq!(local("overview.md"), "overview.pdf");
        assert_eq!(local("../a/b.md#c"), "../a/b.pdf#c");
        assert_eq!(local("https://example.jp/a.md"), "https://example.jp/a.md");
        assert_eq!(local("#a.md"), "#a.md");
    }
}
