//! The structure tree, and the way back into it from page content and annotations.

use lopdf::{Dictionary, Object, dictionary};

use super::links::Annotation;
use super::{Writer, rounded, utf16};
use crate::render::pdf::layout::Layout;
use crate::render::pdf::tags::{Attributes, Changed, Role, Scope};

/// Adds the structure. `contents` has the node of each marked stretch of each page.
pub(super) fn structure(
    writer: &mut Writer<'_>,
    layout: &Layout,
    contents: &[Vec<usize>],
    annotations: &[Annotation],
) {
    let nodes = &layout.tree.nodes;
    let root = writer.file.new_object_id();
    let ids: Vec<_> = nodes.iter().map(|_| writer.file.new_object_id()).collect();
    let id = |node: usize| ids.get(node).map_or(Object::Null, |id| Object::Reference(*id));
    let mut pieces: Vec<Vec<(usize, Piece)>> = vec![Vec::new(); nodes.len()];

    for (page, leaves) in contents.iter().enumerate() {
        for (number, leaf) in leaves.iter().enumerate() {
            if let Some(pieces) = pieces.get_mut(*leaf) {
                pieces.push((page, Piece::Content(number)));
            }
        }
    }
    for annotation in annotations {
        if let Some(pieces) = pieces.get_mut(annotation.leaf) {
            pieces.push((annotation.page, Piece::Annotation(annotation.id)));
        }
    }
    let alive = alive(layout, &pieces);
    for (place, (node, pieces)) in nodes.iter().zip(&pieces).enumerate() {
        if alive.get(place) != Some(&true) {
            continue;
        }
        let parent = if place == 0 { Object::Reference(root) } else { id(node.parent) };
        let mut element = dictionary! { "S" => node.role.name(), "P" => parent };
        match pieces.as_slice() {
            [(page, Piece::Content(number))] => {
                element.set("Pg", writer.page(*page));
                element.set("K", *number as i64);
            }
            _ => {
                let kids = node.kids.iter().filter(|kid| alive.get(**kid) == Some(&true)).map(|kid| id(*kid));
                let own = pieces.iter().map(|(page, piece)| piece.object(writer.page(*page)));
                element.set("K", kids.chain(own).collect::<Vec<_>>());
            }
        }
        describe(&mut element, &node.attributes, writer);
        if let Some(id) = ids.get(place) {
            writer.file.objects.insert(*id, Object::Dictionary(element));
        }
    }

    let pages = contents.iter().map(|leaves| Object::Array(leaves.iter().map(|leaf| id(*leaf)).collect()));
    let links = annotations.iter().map(|annotation| id(annotation.leaf));
    let numbers: Vec<Object> = pages
        .chain(links)
        .enumerate()
        .flat_map(|(key, value)| [Object::Integer(key as i64), value])
        .collect();
    let next = (numbers.len() / 2) as i64;
    let parents = writer.file.add_object(dictionary! { "Nums" => numbers });
    let notes = notes(layout, &ids);
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => id(0),
        "ParentTree" => parents,
        "ParentTreeNextKey" => next,
    };
    if !notes.is_empty() {
        tree.set("IDTree", dictionary! { "Names" => notes });
    }
    writer.file.objects.insert(root, Object::Dictionary(tree));
    writer.in_catalog("StructTreeRoot", root);
    writer.in_catalog("MarkInfo", dictionary! { "Marked" => true });
}

/// Which nodes have something in them, or are cells, which a table needs.
fn alive(layout: &Layout, pieces: &[Vec<(usize, Piece)>]) -> Vec<bool> {
    let nodes = &layout.tree.nodes;
    let mut alive = vec![false; nodes.len()];
    for (place, (node, pieces)) in nodes.iter().zip(pieces).enumerate().rev() {
        let cell = matches!(node.role, Role::Cell | Role::HeaderCell);
        let is_alive = cell
            || place == 0
            || !pieces.is_empty()
            || node.kids.iter().any(|kid| alive.get(*kid) == Some(&true));
        if let Some(slot) = alive.get_mut(place) {
            *slot = is_alive;
        }
    }
    alive
}

#[derive(Clone, Copy)]
enum Piece {
    Content(usize),
    Annotation(lopdf::ObjectId),
}

impl Piece {
    fn object(self, page: Object) -> Object {
        Object::Dictionary(match self {
            Self::Content(number) => {
                dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number as i64 }
            }
            Self::Annotation(id) => dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => id },
        })
    }
}

fn describe(element: &mut Dictionary, attributes: &Attributes, writer: &Writer<'_>) {
    if let Some(scope) = attributes.scope {
        let scope = match scope {
            Scope::Column => "Column",
            Scope::Row => "Row",
        };
        element.set("A", dictionary! { "O" => "Table", "Scope" => scope });
    }
    if let Some(numbered) = attributes.numbered {
        let numbering = if numbered { "Decimal" } else { "Disc" };
        element.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
    }
    if let Some(lang) = attributes.lang {
        element.set("Lang", Object::string_literal(lang.tag()));
    }
    if let Some(expansion) = &attributes.expansion {
        element.set("E", utf16(expansion));
    }
    if let Some(alternative) = &attributes.alternative {
        element.set("Alt", utf16(alternative));
    }
    if let Some((page, [left, top, right, bottom])) = attributes.bounds {
        let height = writer.height(page);
        let bounds = [left, height - bottom, right, height - top];
        let bounds = bounds.map(|edge| Object::Real(rounded(edge))).to_vec();
        element.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds });
    }
    if let Some(changed) = attributes.changed {
        let line = if changed == Changed::PutIn { "Underline" } else { "LineThrough" };
        element.set("A", dictionary! { "O" => "Layout", "TextDecorationType" => line });
    }
    if let Some(id) = &attributes.id {
        element.set("ID", Object::string_literal(id.as_str()));
    }
}

/// The notes by name, sorted.
fn notes(layout: &Layout, ids: &[lopdf::ObjectId]) -> Vec<Object> {
    let mut notes: Vec<_> = layout
        .tree
        .nodes
        .iter()
        .zip(ids)
        .filter_map(|(node, id)| Some((node.attributes.id.as_deref()?, *id)))
        .collect();
    notes.sort_unstable();
    notes.into_iter().flat_map(|(name, id)| [Object::string_literal(name), Object::Reference(id)]).collect()
}
