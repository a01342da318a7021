//! Cutting what is in a box in two, where it is longer than its page: between entries, rows and sentences.

use crate::document::{Block, Definition, Inline, Item, List, Quote, Section, Table, inset, plain};

/// The letters after which a sentence's end is a place to cut, and after which any place is one.
const SENTENCE: usize = 40;
const LONGEST: usize = 90;

/// A line above a table that is longer says more than the table's unit.
const UNIT: usize = 40;

/// How many letters blocks have; items, rows and what has no letters count as one. Headings do not count, because they return where
/// something goes on.
pub(super) fn letters(blocks: &[Block]) -> usize {
    let of = |text: &[Inline]| plain(text).chars().count();
    let sum = blocks.iter().map(|block| match block {
        Block::Paragraph(text) => of(text),
        Block::List(list) => list.items.iter().map(|item| 1 + letters(&item.blocks)).sum(),
        Block::Section(Section { blocks, .. }) | Block::Quote(Quote { blocks, .. }) => letters(blocks),
        Block::Table(table) => {
            table.rows.iter().map(|row| 1 + row.iter().map(|cell| of(cell)).sum::<usize>()).sum()
        }
        Block::Code(code) => code.chars().count(),
        Block::Definitions(entries) => {
            let details = |it: &Definition| it.details.iter().map(|detail| letters(detail)).sum::<usize>();
            entries.iter().map(|it| 1 + of(&it.term) + details(it)).sum()
        }
        Block::Figure(_) | Block::Rule => 1,
    });
    sum.sum()
}

/// How many pieces blocks can be cut into.
pub(super) fn pieces(blocks: &[Block]) -> usize {
    blocks.iter().map(pieces_of).sum()
}

fn pieces_of(block: &Block) -> usize {
    match block {
        Block::Section(Section { blocks, .. }) | Block::Quote(Quote { blocks, .. }) => pieces(blocks).max(1),
        Block::Paragraph(text) => places(text).len() + 1,
        Block::List(list) => list.items.iter().map(|item| pieces(&item.blocks).max(1)).sum(),
        Block::Table(table) => table.rows.iter().map(|row| row_pieces(row)).sum::<usize>().max(1),
        Block::Code(code) => code.lines().count().max(1),
        Block::Definitions(entries) => entries.len().max(1),
        Block::Figure(_) | Block::Rule => 1,
    }
}

fn row_pieces(row: &[Vec<Inline>]) -> usize {
    row.iter().map(|cell| places(cell).len() + 1).max().unwrap_or(1)
}

/// Blocks in two, the first with so many pieces or fewer; `goes_on` is said after the headings of what goes on.
pub(super) fn cut(blocks: &[Block], at: usize, goes_on: &str) -> (Vec<Block>, Vec<Block>) {
    let mut left = at;
    let whole = blocks.iter().take_while(|block| {
        let own = pieces_of(block);
        let fits = own <= left;
        left -= if fits { own } else { 0 };
        fits
    });
    let whole = whole.count();
    let (before, after) = blocks.split_at(whole);
    let (mut head, mut rest) = (before.to_vec(), after.to_vec());
    if let (true, Some(block)) = (left > 0, after.first()) {
        let (first, second) = cut_block(block, left, goes_on);
        rest.splice(..1, second);
        if let (Some(_), Block::Table(_), Some(Block::Paragraph(unit))) = (&first, block, head.last())
            && plain(unit).chars().count() <= UNIT
        {
            rest.insert(0, Block::Paragraph(unit.clone()));
        }
        head.extend(first);
    }
    // What leads to a table or a quotation stays with it.
    let leads = matches!(rest.first(), Some(Block::Table(_) | Block::Quote(_)));
    if leads && let Some(Block::Paragraph(_)) = head.last() {
        rest.splice(0..0, head.pop());
    }
    (head, rest)
}

fn cut_block(block: &Block, at: usize, goes_on: &str) -> (Option<Block>, Option<Block>) {
    let inner = |blocks: &[Block], wrap: &dyn Fn(Vec<Block>, bool) -> Block| {
        let (head, rest) = cut(blocks, at, goes_on);
        let is_begun = !head.is_empty();
        let wrapped = |blocks: Vec<Block>, goes_on| (!blocks.is_empty()).then(|| wrap(blocks, goes_on));
        (wrapped(head, false), wrapped(rest, is_begun))
    };
    match block {
        Block::Section(section) => inner(&section.blocks, &|blocks, is_rest| {
            let mut part = Section { blocks, ..section.clone() };
            if is_rest {
                part.heading.push(Inline::Text(goes_on.to_owned()));
            }
            Block::Section(part)
        }),
        Block::Quote(quote) => {
            inner(&quote.blocks, &|blocks, _| Block::Quote(Quote { blocks, ..quote.clone() }))
        }
        Block::Paragraph(text) => {
            let (head, rest) = match places(text).get(at - 1) {
                Some(place) => cut_text(text, *place),
                None => (text.clone(), Vec::new()),
            };
            let some = |text: Vec<Inline>| (!text.is_empty()).then_some(Block::Paragraph(text));
            (some(head), some(rest))
        }
        Block::List(list) => cut_list(list, at, goes_on),
        Block::Table(table) => cut_table(table, at),
        Block::Code(code) => {
            let lines: Vec<&str> = code.lines().collect();
            let (head, rest) = lines.split_at(at.min(lines.len()));
            (Some(Block::Code(head.join("\n"))), Some(Block::Code(rest.join("\n"))))
        }
        Block::Definitions(entries) => {
            let (head, rest) = entries.split_at(at.min(entries.len()));
            (Some(Block::Definitions(head.to_vec())), Some(Block::Definitions(rest.to_vec())))
        }
        Block::Figure(_) | Block::Rule => (None, Some(block.clone())),
    }
}

/// A list in two. An item that goes on stands under its list without a mark of its own.
fn cut_list(list: &List, at: usize, goes_on: &str) -> (Option<Block>, Option<Block>) {
    let mut left = at;
    let mut head: Vec<Item> = Vec::new();
    let mut rest: Vec<Item> = Vec::new();
    let mut is_begun = false;
    for item in &list.items {
        let own = pieces(&item.blocks).max(1);
        if rest.is_empty() && own <= left {
            left -= own;
            head.push(item.clone());
        } else if rest.is_empty() && left > 0 {
            let (first, second) = cut(&item.blocks, left, goes_on);
            let marker = if first.is_empty() { item.marker.clone() } else { Some(String::new()) };
            if !first.is_empty() {
                head.push(Item { blocks: first, ..item.clone() });
                is_begun = true;
            }
            rest.push(Item { marker, blocks: second });
            left = 0;
        } else {
            rest.push(item.clone());
        }
    }
    let begun = head.len() as u64 - u64::from(is_begun);
    let start = list.start.map(|start| start + begun);
    let some = |items: Vec<Item>, start| (!items.is_empty()).then_some(Block::List(List { start, items }));
    (some(head, list.start), some(rest, start))
}

/// A table in two, each with the head. A row that heads others goes with them, and a total, like any last row, has one above it.
fn cut_table(table: &Table, at: usize) -> (Option<Block>, Option<Block>) {
    let mut left = at;
    let whole = table.rows.iter().take_while(|row| {
        let own = row_pieces(row);
        let fits = own <= left;
        left -= if fits { own } else { 0 };
        fits
    });
    let mut whole = whole.count();
    let depth = |at: usize| {
        let name = table.rows.get(at).and_then(|row| row.first()).map(|cell| plain(cell)).unwrap_or_default();
        inset(&name).0
    };
    let is_total = |at: usize| table.rows.get(at).is_some_and(|row| Table::is_total(row));
    let is_last = |at: usize| at + 1 == table.rows.len();
    let is_cut = left > 0 && whole == 0;
    while whole > 1
        && (depth(whole - 1) < depth(whole) || is_last(whole) || is_total(whole) && !is_total(whole - 1))
    {
        whole -= 1;
    }
    let (mut head, mut rest) = (table.rows[..whole].to_vec(), table.rows[whole..].to_vec());
    // Only a row that no page holds is cut itself.
    if let (true, Some(row)) = (is_cut, rest.first_mut()) {
        let cells = row.iter().map(|cell| match places(cell).get(left - 1) {
            Some(place) => cut_text(cell, *place),
            None => (cell.clone(), Vec::new()),
        });
        let (first, second): (Vec<_>, Vec<_>) = cells.unzip();
        if first.iter().any(|cell| !cell.is_empty()) {
            head.push(first);
            *row = second;
        }
    }
    let some = |rows: Vec<Vec<Vec<Inline>>>| {
        (!rows.is_empty()).then_some(Block::Table(Table { rows, ..table.clone() }))
    };
    (some(head), some(rest))
}

/// Where a text may be cut, in letters: after sentences, and within one that does not end.
fn places(text: &[Inline]) -> Vec<usize> {
    let letters: Vec<char> = plain(text).chars().collect();
    let mut found = Vec::new();
    let mut last = 0;
    for at in 1..letters.len() {
        let ends = matches!(letters[at - 1], '。' | '．') || letters[at] == ' ' && letters[at - 1] == '.';
        let is_sentence = ends && !crate::script::may_not_begin(letters[at]);
        if at - last >= LONGEST || is_sentence && at - last >= SENTENCE {
            found.push(at);
            last = at;
        }
    }
    found
}

/// A text in two after so many letters.
fn cut_text(text: &[Inline], at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let mut left = at;
    let (mut head, mut rest) = (Vec::new(), Vec::new());
    for inline in text {
        let own = plain(std::slice::from_ref(inline)).chars().count();
        if own <= left {
            left -= own;
            head.push(inline.clone());
            continue;
        }
        let inner = |content: &Vec<Inline>, wrap: &dyn Fn(Vec<Inline>) -> Inline| {
            let (first, second) = cut_text(content, left);
            (wrap(first), wrap(second))
        };
        let parts = match inline {
            _ if left == 0 => None,
            Inline::Text(text) => Some(cut_letters(text, left, Inline::Text)),
            Inline::Code(text) => Some(cut_letters(text, left, Inline::Code)),
            Inline::Strong(content) => Some(inner(content, &Inline::Strong)),
            Inline::Emphasis(content) => Some(inner(content, &Inline::Emphasis)),
            Inline::Strike(content) => Some(inner(content, &Inline::Strike)),
            Inline::Link { target, content } => {
                Some(inner(content, &|content| Inline::Link { target: target.clone(), content }))
            }
            Inline::Foreign { lang, content } => {
                Some(inner(content, &|content| Inline::Foreign { lang: *lang, content }))
            }
            _ => None,
        };
        match parts {
            Some((first, second)) => {
                head.push(first);
                rest.push(second);
            }
            None => rest.push(inline.clone()),
        }
        left = 0;
    }
    (head, rest)
}

fn cut_letters(text: &str, at: usize, wrap: fn(String) -> Inline) -> (Inline, Inline) {
    let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
    let (first, second) = text.split_at(at);
    (wrap(first.to_owned()), wrap(second.to_owned()))
}
