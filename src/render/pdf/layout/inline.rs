//! Running text: styles, links and references to notes.

use super::compositor::Compositor;
use crate::document::Inline;
use crate::model::Lang;
use crate::render::pdf::tags::Role;
use crate::render::pdf::text::{Copy, Style};
use crate::typeface::Weight;

/// Where text goes while inlines are walked.
struct Walk {
    copy: Copy,
    node: usize,
    /// Whether the node has links in it, so that plain text needs leaves of its own.
    mixed: bool,
    leaf: Option<usize>,
    link: Option<usize>,
}

impl Compositor<'_> {
    /// Makes inlines ready for setting, as the content of a node.
    pub(super) fn copy(&mut self, content: &[Inline], style: Style, node: usize) -> Copy {
        let mixed = is_mixed(content);
        let leaf = (!mixed).then_some(node);
        let mut walk = Walk {
            copy: Copy::default(),
            node,
            mixed,
            leaf,
            link: None,
        };
        self.walk(content, style, &mut walk);
        walk.copy
    }

    fn walk(&mut self, content: &[Inline], style: Style, walk: &mut Walk) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.say(text, style, walk),
                Inline::Strong(inner) => self.walk(
                    inner,
                    Style {
                        weight: Weight::Bold,
                        ..style
                    },
                    walk,
                ),
                // Japanese has no italics; emphasis marks what is derived or said in passing, so it steps back.
                Inline::Emphasis(inner) => self.walk(
                    inner,
                    Style {
                        ink: self.theme.muted,
                        ..style
                    },
                    walk,
                ),
                Inline::Strike(inner) => self.walk(
                    inner,
                    Style {
                        strike: true,
                        ..style
                    },
                    walk,
                ),
                Inline::Code(code) => self.say(
                    code,
                    Style {
                        tinted: true,
                        ..style
                    },
                    walk,
                ),
                Inline::Link { target, content } => self.link(target, content, style, walk),
                Inline::Image(figure) => {
                    if !figure.alt.is_empty() {
                        self.say(
                            &format!("［{}］", figure.alt),
                            Style {
                                ink: self.theme.muted,
                                ..style
                            },
                            walk,
                        );
                    }
                }
                Inline::FootnoteRef(number) => self.reference(*number, style, walk),
                Inline::Break => self.say("\n", style, walk),
            }
        }
    }

    fn say(&mut self, text: &str, style: Style, walk: &mut Walk) {
        if text.is_empty() {
            return;
        }
        let leaf = *walk
            .leaf
            .get_or_insert_with(|| self.tree.add(walk.node, Role::Span));
        walk.copy
            .push(text, style, Some(leaf), walk.link, self.fonts);
    }

    fn link(&mut self, target: &str, content: &[Inline], style: Style, walk: &mut Walk) {
        let label = plain(content);
        if walk.link.is_some() || label.trim().is_empty() {
            self.walk(content, style, walk);
            return;
        }
        self.targets.push((local(target), label));
        let leaf = self.tree.add(walk.node, Role::Link);
        let style = Style {
            ink: self.theme.accent,
            underline: true,
            ..style
        };
        let mut inner = Walk {
            copy: std::mem::take(&mut walk.copy),
            node: leaf,
            mixed: false,
            leaf: Some(leaf),
            link: Some(self.targets.len() - 1),
        };
        self.walk(content, style, &mut inner);
        walk.copy = inner.copy;
        walk.leaf = if walk.mixed { None } else { walk.leaf };
    }

    fn reference(&mut self, number: usize, style: Style, walk: &mut Walk) {
        let text = format!("*{}", number + 1);
        let style = Style {
            size: style.size * 0.65,
            rise: style.size * 0.33,
            ink: self.theme.accent,
            ..style
        };
        if walk.link.is_some() {
            self.say(&text, style, walk);
            return;
        }
        let label = match self.document.lang {
            Lang::Ja => format!("注{}", number + 1),
            Lang::En => format!("Note {}", number + 1),
        };
        self.targets.push((note_place(number), label));
        let reference = self.tree.add(walk.node, Role::Reference);
        let leaf = self.tree.add(reference, Role::Link);
        walk.copy.push(
            &text,
            style,
            Some(leaf),
            Some(self.targets.len() - 1),
            self.fonts,
        );
        walk.leaf = if walk.mixed { None } else { walk.leaf };
    }
}

/// The target of references to a note. No heading has it: identifiers hold no space.
pub(super) fn note_place(number: usize) -> String {
    format!("#note {number}")
}

/// A relative link to a sheet's Markdown leads to its PDF.
fn local(target: &str) -> String {
    let (path, rest) = target
        .find(['#', '?'])
        .map_or((target, ""), |at| target.split_at(at));
    match path.strip_suffix(".md") {
        Some(stem) if !path.contains(':') && !path.starts_with("//") => format!("{stem}.pdf{rest}"),
        _ => target.to_owned(),
    }
}

/// The text of inlines without styles.
pub(super) fn plain(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => {
                text.push_str(&plain(inner))
            }
            Inline::Link { content, .. } => text.push_str(&plain(content)),
            Inline::Image(figure) => text.push_str(&figure.alt),
            Inline::FootnoteRef(_) => {}
            Inline::Break => text.push(' '),
        }
    }
    text
}

fn is_mixed(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Link { .. } | Inline::FootnoteRef(_) => true,
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => is_mixed(inner),
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
