//! The outline: headings as a tree in the viewer's side bar.

use lopdf::{Object, ObjectId, dictionary};

use super::links::destination;
use super::{Writer, utf16};
use crate::render::pdf::layout::Layout;

/// Adds the outline; the title is open and shows the sections, deeper ones are folded.
pub(super) fn outline(writer: &mut Writer<'_>, layout: &Layout) {
    let entries = &layout.outline;
    if entries.is_empty() {
        return;
    }
    let root = writer.file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| writer.file.new_object_id()).collect();
    // The root's kids come last.
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); entries.len() + 1];
    let mut parents = Vec::with_capacity(entries.len());
    let mut open: Vec<usize> = Vec::new();

    for (place, entry) in entries.iter().enumerate() {
        while open.last().and_then(|last| entries.get(*last)).is_some_and(|last| last.level >= entry.level) {
            open.pop();
        }
        let parent = open.last().copied().unwrap_or(entries.len());
        if let Some(kids) = kids.get_mut(parent) {
            kids.push(place);
        }
        parents.push(parent);
        open.push(place);
    }

    let id = |place: Option<&usize>| place.and_then(|place| ids.get(*place)).copied();
    for (place, entry) in entries.iter().enumerate() {
        let parent = parents.get(place).copied().unwrap_or(entries.len());
        let siblings = kids.get(parent).map_or(&[][..], Vec::as_slice);
        let here = siblings.binary_search(&place).unwrap_or(0);
        let own = kids.get(place).map_or(&[][..], Vec::as_slice);
        let mut item = dictionary! {
            "Title" => utf16(&entry.title),
            "Parent" => id(Some(&parent)).unwrap_or(root),
            "Dest" => destination(writer, entry.page, entry.y),
        };
        let before = here.checked_sub(1).and_then(|before| siblings.get(before));
        for (key, other) in
            [("Prev", before), ("Next", siblings.get(here + 1)), ("First", own.first()), ("Last", own.last())]
        {
            if let Some(other) = id(other) {
                item.set(key, other);
            }
        }
        if !own.is_empty() {
            let count = own.len() as i64;
            item.set("Count", if entry.level == 1 { count } else { -count });
        }
        if let Some(id) = ids.get(place) {
            writer.file.objects.insert(*id, Object::Dictionary(item));
        }
    }

    let top = kids.last().map_or(&[][..], Vec::as_slice);
    let shown = top.len()
        + top
            .iter()
            .filter(|place| entries.get(**place).is_some_and(|entry| entry.level == 1))
            .map(|place| kids.get(*place).map_or(0, Vec::len))
            .sum::<usize>();
    let mut list = dictionary! { "Type" => "Outlines", "Count" => shown as i64 };
    if let (Some(first), Some(last)) = (id(top.first()), id(top.last())) {
        list.set("First", first);
        list.set("Last", last);
    }
    writer.file.objects.insert(root, Object::Dictionary(list));
    writer.in_catalog("Outlines", root);
}
