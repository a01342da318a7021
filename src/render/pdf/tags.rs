//! The structure of a sheet as assistive technology meets it: what each piece of type on a page belongs to.
//!
//! A node has either kids or content of its own, never both; so reading order is the order of the tree.

use crate::model::Lang;

/// What a node is, in the words of the PDF standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the standard's own words")]
pub enum Role {
    Document,
    Section,
    Heading(u8),
    Paragraph,
    Span,
    Link,
    Reference,
    Note,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    HeaderCell,
    Cell,
    Figure,
    Caption,
    Quote,
    Code,
}

impl Role {
    /// The name of the structure type in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::Span => "Span",
            Self::Link => "Link",
            Self::Reference => "Reference",
            Self::Note => "Note",
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::HeaderCell => "TH",
            Self::Cell => "TD",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
            Self::Quote => "BlockQuote",
            Self::Code => "Code",
        }
    }
}

/// Which cells a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those below it.
    Column,
    /// Those beside it.
    Row,
}

/// What became of words, where an old text stands beside a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Only the new text has them.
    PutIn,
    /// Only the old text has them.
    TakenOut,
}

/// What a node says about itself beyond its role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// For a header cell.
    pub scope: Option<Scope>,
    /// The language, where it is not that of the sheet.
    pub lang: Option<Lang>,
    /// What an abbreviation stands for.
    pub expansion: Option<String>,
    /// What a figure shows, in words.
    pub alternative: Option<String>,
    /// Where a figure stands: its page, and left, top, right, bottom on it.
    pub bounds: Option<(usize, [f32; 4])>,
    /// For a list: whether its labels count.
    pub numbered: Option<bool>,
    /// For words beside another wording: what became of them.
    pub changed: Option<Changed>,
    /// A name that is unique in the file; notes need one.
    pub id: Option<String>,
}

/// A place in the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub role: Role,
    /// The node it is part of; the root is its own parent.
    pub parent: usize,
    /// Its parts, in reading order.
    pub kids: Vec<usize>,
    /// What else is known of it.
    pub attributes: Attributes,
}

/// The whole structure; node 0 is the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The nodes, parents before their kids.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// A tree of only the document.
    pub fn new() -> Self {
        let root =
            Node { role: Role::Document, parent: 0, kids: Vec::new(), attributes: Attributes::default() };
        Self { nodes: vec![root] }
    }

    /// Adds a node at the end of its parent's kids and returns its place.
    pub fn add(&mut self, parent: usize, role: Role) -> usize {
        self.add_with(parent, role, Attributes::default())
    }

    /// Adds a node with attributes.
    pub fn add_with(&mut self, parent: usize, role: Role, attributes: Attributes) -> usize {
        let place = self.nodes.len();
        self.nodes.push(Node { role, parent, kids: Vec::new(), attributes });
        if let Some(node) = self.nodes.get_mut(parent) {
            node.kids.push(place);
        }
        place
    }

    /// Adds a list, whose labels count or do not.
    pub fn add_list(&mut self, parent: usize, numbered: bool) -> usize {
        self.add_with(parent, Role::List, Attributes { numbered: Some(numbered), ..Attributes::default() })
    }

    /// Adds a cell that heads its row or its column.
    pub fn add_head(&mut self, row: usize, scope: Scope) -> usize {
        self.add_with(row, Role::HeaderCell, Attributes { scope: Some(scope), ..Attributes::default() })
    }

    /// Forgets every node added since the tree had `length` nodes.
    pub fn rewind(&mut self, length: usize) {
        self.nodes.truncate(length.max(1));
        for node in &mut self.nodes {
            node.kids.retain(|kid| *kid < length);
        }
    }

    /// Changes a node's attributes.
    pub fn describe(&mut self, place: usize, change: impl FnOnce(&mut Attributes)) {
        if let Some(node) = self.nodes.get_mut(place) {
            change(&mut node.attributes);
        }
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}
