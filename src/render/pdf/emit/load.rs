//! A PDF from anywhere as objects, with no more work and memory than a sheet takes. lopdf reads one object, but would read a whole file as
//! often and as far as that file says: so the tables of places are read here, each object from where it begins to where the next
//! one does, and what streams of objects unpack to is counted.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::xref::{Xref, XrefEntry, XrefType};
use lopdf::{Dictionary, Document, Object, ObjectId, ObjectStream, Reader, Stream};

use crate::fault::contained;
use crate::limits;
use crate::render::pdf::EnclosedError::{self, Damaged, Encrypted, TooLarge};

/// Reads a PDF.
///
/// # Errors
/// When it is damaged, or holds more than any sheet does.
pub(in crate::render::pdf) fn load(bytes: &[u8]) -> Result<Document, EnclosedError> {
    if bytes.len() > limits::SHEET {
        return Err(TooLarge);
    }
    contained(|| document(bytes)).unwrap_or_else(|why| Err(Damaged(why)))
}

fn document(bytes: &[u8]) -> Result<Document, EnclosedError> {
    let begin = find(bytes, b"%PDF-").unwrap_or_default();
    let bytes = bytes.get(begin..).unwrap_or_default();
    let (places, trailer) = tables(bytes)?;
    if trailer.has(b"Encrypt") {
        return Err(Encrypted);
    }
    let mut file = Document::new();
    file.trailer = trailer;
    let mut room = Room { stored: bytes.len(), bytes: limits::PDF_STREAM, values: limits::PDF_VALUES };
    let starts = places.values().filter_map(|place| match place {
        XrefEntry::Normal { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    });
    let starts: BTreeSet<usize> = starts.filter(|start| *start < bytes.len()).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let text = bytes.get(start..end).unwrap_or_default();
        room.take(values(text.get(..find(text, b"stream").unwrap_or(text.len())).unwrap_or_default()))?;
        if let Some((id, object)) = object(bytes.get(..end).unwrap_or_default(), start) {
            file.objects.insert(id, object);
        }
    }
    room.fill(bytes, &mut file)?;
    let lists = file.objects.iter().filter_map(|(id, object)| Some((id.0, object.as_stream().ok()?)));
    let lists = lists.filter(|(_, stream)| stream.dict.has_type(b"ObjStm"));
    let mut packed = BTreeMap::new();
    for (list, stream) in lists {
        for (id, object) in room.unpacked(stream)? {
            // A later edition of the file may have the object elsewhere.
            let is_there = match places.get(&id.0) {
                Some(XrefEntry::Compressed { container, .. }) => *container == list,
                other => other.is_none(),
            };
            if is_there {
                packed.entry(id).or_insert(object);
            }
        }
    }
    packed.append(&mut file.objects);
    file.objects = packed;
    file.max_id = file.objects.keys().next_back().map_or(0, |id| id.0);
    Ok(file)
}

/// What a stream unpacks to, no more than some bytes.
pub(super) fn plain(stream: &Stream, most: usize) -> Result<Vec<u8>, EnclosedError> {
    let says = stream.dict.get(b"DecodeParms").ok();
    let lists = says.and_then(|says| says.as_array().ok()).map_or(&[][..], Vec::as_slice);
    // A predictor's row is made as long as the file says, before there is anything in it.
    let is_wide = |says: &Dictionary| {
        let number = |key: &[u8]| says.get(key).and_then(Object::as_i64).unwrap_or(1).unsigned_abs();
        let bits = [&b"Colors"[..], b"BitsPerComponent"]
            .iter()
            .fold(number(b"Columns"), |bits, key| bits.saturating_mul(number(key)));
        bits / 8 > most as u64
    };
    if says.into_iter().chain(lists).filter_map(|says| says.as_dict().ok()).any(is_wide) {
        return Err(TooLarge);
    }
    stream.get_plain_content_with_limit(most).map_err(|error| match error {
        lopdf::Error::Decompress(_) => TooLarge,
        _ => Damaged("it is packed as no sheet is".to_owned()),
    })
}

/// Where each object stands, as the newest table that has it says, and what the newest table says of the file.
fn tables(bytes: &[u8]) -> Result<(BTreeMap<u32, XrefEntry>, Dictionary), EnclosedError> {
    let damaged = || Damaged("its table of places cannot be read".to_owned());
    let last = bytes.windows(9).rposition(|word| word == b"startxref").ok_or_else(damaged)?;
    let mut waiting = vec![number(words(bytes.get(last..).unwrap_or_default()).nth(1)).ok_or_else(damaged)?];
    let (mut seen, mut room, mut entries) = (HashSet::new(), limits::PDF_TABLE, 0);
    let (mut places, mut newest) = (BTreeMap::new(), None);
    while let Some(at) = waiting.pop() {
        if !seen.insert(at) {
            continue;
        }
        let text = bytes.get(at..).unwrap_or_default();
        let (table, says) = match text.trim_ascii_start().strip_prefix(b"xref") {
            Some(text) => plain_table(text).ok_or_else(damaged)?,
            None => packed_table(bytes, at, &mut room)?.ok_or_else(damaged)?,
        };
        entries += table.len();
        if seen.len() > limits::PDF_TABLES || entries > limits::PDF_OBJECTS {
            return Err(TooLarge);
        }
        for (id, place) in table {
            places.entry(id).or_insert(place);
        }
        let further = [&b"Prev"[..], b"XRefStm"].map(|key| says.get(key).and_then(Object::as_i64));
        waiting.extend(further.into_iter().flatten().filter_map(|at| usize::try_from(at).ok()));
        newest.get_or_insert(says);
    }
    Ok((places, newest.unwrap_or_default()))
}

type Table = (Vec<(u32, XrefEntry)>, Dictionary);

/// A table of lines, from behind its first word.
fn plain_table(text: &[u8]) -> Option<Table> {
    let (lines, says) = text.split_at(find(text, b"trailer")?);
    let mut words = words(lines);
    let mut table = Vec::new();
    while let Some(first) = words.next() {
        let (first, count): (u32, u32) = (number(Some(first))?, number(words.next())?);
        for id in (first..).take(usize::try_from(count).ok()?) {
            let (offset, generation, kind) = (number(words.next())?, number(words.next())?, words.next()?);
            let is_free = kind != b"n";
            table
                .push((id, if is_free { XrefEntry::Free } else { XrefEntry::Normal { offset, generation } }));
        }
    }
    let says = says.get(b"trailer".len()..find(says, b"startxref").unwrap_or(says.len()))?;
    Some((table, one(0, says)?.as_dict().ok()?.clone()))
}

/// A table in a stream; nothing where it is none.
fn packed_table(bytes: &[u8], at: usize, room: &mut usize) -> Result<Option<Table>, EnclosedError> {
    let Some((_, Object::Stream(stream))) = object(bytes, at) else { return Ok(None) };
    let rows = match plain(&stream, *room) {
        Err(Damaged(_)) => return Ok(None),
        rows => rows?,
    };
    *room -= rows.len().min(*room);
    Ok(rows_of(&stream.dict, &rows).map(|table| (table, stream.dict)))
}

fn rows_of(says: &Dictionary, rows: &[u8]) -> Option<Vec<(u32, XrefEntry)>> {
    let numbers = |key: &[u8]| -> Option<Vec<usize>> {
        let numbers = says.get(key).and_then(Object::as_array).ok()?;
        numbers.iter().map(|number| usize::try_from(number.as_i64().ok()?).ok()).collect()
    };
    let widths: [usize; 3] = numbers(b"W")?.try_into().ok()?;
    let width = widths.iter().try_fold(0, |sum, width| (*width <= 8).then_some(sum + width))?;
    let all = || Some(vec![0, usize::try_from(says.get(b"Size").and_then(Object::as_i64).ok()?).ok()?]);
    let index = numbers(b"Index").or_else(all)?;
    let ids = index.as_chunks::<2>().0.iter().flat_map(|[first, count]| (*first..).take(*count));
    let row = |id: usize, row: &[u8]| {
        let mut rest = row;
        let fields = widths.map(|width| {
            let (field, behind) = rest.split_at(width);
            rest = behind;
            field.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        });
        let place = match if widths[0] == 0 { 1 } else { fields[0] } {
            0 => XrefEntry::Free,
            2 => XrefEntry::Compressed {
                container: fields[1].try_into().ok()?,
                index: fields[2].try_into().ok()?,
            },
            _ => XrefEntry::Normal {
                offset: fields[1].try_into().ok()?,
                generation: fields[2].try_into().ok()?,
            },
        };
        Some((u32::try_from(id).ok()?, place))
    };
    Some(ids.zip(rows.chunks_exact(width.max(1))).filter_map(|(id, bytes)| row(id, bytes)).collect())
}

/// The object that begins at a place, and reaches no farther than the bytes do. What its own text refers to is not looked up.
fn object(bytes: &[u8], at: usize) -> Option<(ObjectId, Object)> {
    const LONGEST: usize = 24;
    let mut head = words(bytes.get(at..)?.get(..LONGEST).or_else(|| bytes.get(at..))?);
    let (id, generation) = (number(head.next())?, number(head.next())?);
    let mut document = Document::new();
    document.reference_table = Xref::new(1, XrefType::CrossReferenceTable);
    document.reference_table.insert(id, XrefEntry::Normal { offset: at.try_into().ok()?, generation });
    let reader = Reader {
        buffer: bytes,
        document,
        encryption_state: None,
        raw_objects: BTreeMap::new(),
        password: None,
        strict: false,
        max_decompressed_size: None,
    };
    Some(((id, generation), reader.get_object((id, generation), &mut HashSet::new()).ok()?))
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|found| found == word)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

fn number<T: std::str::FromStr>(word: Option<&[u8]>) -> Option<T> {
    str::from_utf8(word?).ok()?.parse().ok()
}

/// How much more may be read: bytes of streams as they are stored, bytes that streams of objects unpack to, and values.
struct Room {
    stored: usize,
    bytes: usize,
    values: usize,
}

impl Room {
    fn take(&mut self, values: usize) -> Result<(), EnclosedError> {
        self.values = self.values.checked_sub(values).ok_or(TooLarge)?;
        Ok(())
    }

    /// Gives the streams their content whose length stands in another object.
    fn fill(&mut self, bytes: &[u8], file: &mut Document) -> Result<(), EnclosedError> {
        let waiting = file.objects.iter().filter_map(|(id, object)| {
            let stream = object.as_stream().ok()?;
            let length =
                file.objects.get(&stream.dict.get(b"Length").and_then(Object::as_reference).ok()?)?;
            Some((*id, stream.start_position?, usize::try_from(length.as_i64().ok()?).ok()?))
        });
        for (id, start, length) in waiting.collect::<Vec<_>>() {
            self.stored = self.stored.checked_sub(length).ok_or(TooLarge)?;
            let content = start.checked_add(length).and_then(|end| bytes.get(start..end));
            if let (Some(content), Ok(stream)) =
                (content, file.get_object_mut(id).and_then(Object::as_stream_mut))
            {
                stream.set_content(content.to_vec());
            }
        }
        Ok(())
    }

    /// Reads the objects of a stream, each from where it begins to where the next one does, so that none is read twice.
    fn unpacked(&mut self, stream: &Stream) -> Result<Vec<(ObjectId, Object)>, EnclosedError> {
        let content = match plain(stream, self.bytes) {
            Err(Damaged(_)) => return Ok(Vec::new()),
            content => content?,
        };
        self.bytes -= content.len().min(self.bytes);
        let first = stream.dict.get(b"First").and_then(Object::as_i64).ok();
        let first = first.and_then(|first| usize::try_from(first).ok()).unwrap_or(usize::MAX);
        let heads: Vec<&[u8]> = words(content.get(..first).unwrap_or_default()).collect();
        let places = heads.as_chunks::<2>().0.iter();
        let places =
            places.filter_map(|[id, at]| Some((number(Some(id))?, first.checked_add(number(Some(at))?)?)));
        let mut places: Vec<(u32, usize)> = places.collect();
        places.sort_by_key(|(_, at)| *at);
        let ends: Vec<usize> = places.iter().skip(1).map(|(_, at)| *at).chain([content.len()]).collect();
        let mut objects = Vec::new();
        for ((id, at), end) in places.into_iter().zip(ends) {
            let text = content.get(at..end).unwrap_or_default();
            self.take(values(text))?;
            objects.extend(one(id, text).map(|object| ((id, 0), object)));
        }
        Ok(objects)
    }
}

/// About how many values there are in an object.
fn values(text: &[u8]) -> usize {
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || b"/<>[](){}%\0".contains(byte);
    1 + text
        .iter()
        .zip(text.iter().skip(1))
        .filter(|(a, b)| is_between(a) && !b.is_ascii_whitespace())
        .count()
}

/// The object that a text is, as lopdf reads it in a stream that has no other.
fn one(number: u32, text: &[u8]) -> Option<Object> {
    let mut text = text.trim_ascii_start();
    while text.starts_with(b"%") {
        text =
            text.split_at(text.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?).1.trim_ascii_start();
    }
    let head = format!("{number} 0 ");
    let mut about = Dictionary::new();
    about.set("N", 1);
    about.set("First", i64::try_from(head.len()).ok()?);
    let mut stream = Stream::new(about, [head.as_bytes(), text].concat());
    ObjectStream::new(&mut stream).ok()?.objects.remove(&(number, 0))
}
