//! A PDF from anywhere as objects, with no more work and memory than a sheet takes. What lopdf would unpack and read while it loads is
//! unpacked and counted here: streams of objects, of which each may lie far below any limit and all together beyond every one.

use std::cell::RefCell;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, ObjectStream, Stream};

use crate::fault::{contained, given_up};
use crate::limits;
use crate::render::pdf::EnclosedError;

/// Names that say how much there is to be read. Nobody has to write their letters as numbers (`/Size` as `/#53ize`).
const TELLING: [&[u8]; 8] =
    [b"ObjStm", b"XRef", b"Size", b"Index", b"N", b"Encrypt", b"First", b"FlateDecode"];

/// Reads a PDF.
///
/// # Errors
/// When it is damaged, or holds more than any sheet does.
pub(in crate::render::pdf) fn load(bytes: &[u8]) -> Result<Document, EnclosedError> {
    if bytes.len() > limits::SHEET || objects(bytes) > limits::PDF_OBJECTS || is_disguised(bytes) {
        return Err(EnclosedError::TooLarge);
    }
    // What is encrypted lopdf unpacks by itself.
    if names(bytes).any(|name| name == b"Encrypt") {
        return Err(EnclosedError::Encrypted);
    }
    // A table of places can name one object a thousand times.
    let most = bytes.len() + limits::PDF_STREAM;
    PACKED.with_borrow_mut(|packed| *packed = Packed { stored: most, ..Packed::default() });
    let options = LoadOptions {
        filter: Some(unpacked),
        max_decompressed_size: Some(limits::PDF_TABLE),
        ..LoadOptions::default()
    };
    let loaded = contained(|| Document::load_mem_with_options(bytes, options));
    let packed = PACKED.with_borrow_mut(std::mem::take);
    if packed.is_too_much {
        return Err(EnclosedError::TooLarge);
    }
    let loaded = loaded.and_then(|loaded| loaded.map_err(|error| error.to_string()));
    let mut file = loaded.map_err(EnclosedError::Damaged)?;
    for (stream, id, object) in packed.objects {
        // A later edition of the file may have the object elsewhere.
        let is_there = match file.reference_table.get(id.0) {
            Some(XrefEntry::Compressed { container, .. }) => *container == stream,
            other => other.is_none(),
        };
        if is_there {
            file.objects.entry(id).or_insert(object);
        }
    }
    Ok(file)
}

/// How many objects a PDF says it has, in its tables of places and in the streams that hold several: reading it takes memory for each, whether it
/// is there or not; more than any where the places that say so are too many to look at.
fn objects(bytes: &[u8]) -> usize {
    const ABOUT: usize = 1_000;
    let places = |word: &'static [u8], most: usize| -> Option<Vec<usize>> {
        let found = bytes.windows(word.len()).enumerate().filter(|(_, found)| *found == word);
        let found: Vec<usize> = found.map(|(at, _)| at).take(most + 1).collect();
        (found.len() <= most).then_some(found)
    };
    let streams = places(b"/ObjStm", limits::PDF_PARTS);
    let tables = [&b"/XRef"[..], b"trailer"].map(|word| places(word, limits::PDF_TABLES));
    let (Some(streams), [Some(tables), Some(trailers)]) = (streams, tables) else { return usize::MAX };
    // The numbers behind a key of the dictionary in which a word stands, up to the next key.
    let said = |at: usize, key: &[u8]| -> usize {
        let around = bytes.get(at.saturating_sub(ABOUT)..(at + ABOUT).min(bytes.len())).unwrap_or_default();
        let keys = around.windows(key.len()).enumerate().filter(|(_, found)| *found == key);
        let numbers = keys.map(|(at, _)| {
            let value = around.get(at + key.len()..).unwrap_or_default();
            let value = value.split(|byte| matches!(byte, b'/' | b'>')).next().unwrap_or_default();
            let value = String::from_utf8_lossy(value);
            let digits = value.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
            digits.map(|digits| digits.parse().unwrap_or(usize::MAX)).max().unwrap_or_default()
        });
        numbers.max().unwrap_or_default()
    };
    let packed = streams.into_iter().map(|at| said(at, b"/N ")).fold(0, usize::saturating_add);
    let tables = tables.into_iter().chain(trailers);
    tables.map(|at| said(at, b"/Size").max(said(at, b"/Index"))).fold(packed, usize::max)
}

/// Whether a PDF writes a name that tells how much there is in a form in which it is not found.
fn is_disguised(bytes: &[u8]) -> bool {
    names(bytes).any(|name| name.contains(&b'#') && TELLING.contains(&plain(name).as_slice()))
}

/// What looks like a name in a PDF, as far as one that tells something may reach.
fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const LONGEST: usize = 3 * b"FlateDecode".len();
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    starts.map(|start| {
        let name = bytes.get(start..(start + LONGEST).min(bytes.len())).unwrap_or_default();
        let end = name.iter().position(|byte| byte.is_ascii_whitespace() || b"/<>[]()%{}\0".contains(byte));
        name.get(..end.unwrap_or(name.len())).unwrap_or_default()
    })
}

/// A name without numbers for its letters.
fn plain(name: &[u8]) -> Vec<u8> {
    let mut letters = Vec::new();
    let mut rest = name;
    while let [first, behind @ ..] = rest {
        let coded =
            behind.get(..2).filter(|_| *first == b'#').and_then(|digits| std::str::from_utf8(digits).ok());
        let coded = coded.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        letters.push(coded.unwrap_or(*first));
        rest = behind.get(if coded.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    letters
}

/// What was found in streams of objects, each with the number of its stream, and what may still be.
struct Packed {
    objects: Vec<(u32, ObjectId, Object)>,
    /// In bytes, of streams of objects when they are unpacked, and of all streams as they are stored.
    bytes: usize,
    stored: usize,
    values: usize,
    is_too_much: bool,
}

impl Default for Packed {
    fn default() -> Self {
        Self {
            objects: Vec::new(),
            bytes: limits::PDF_STREAM,
            stored: 0,
            values: limits::PDF_VALUES,
            is_too_much: false,
        }
    }
}

thread_local! {
    /// lopdf calls a function that has nowhere else to put what it does, on the thread that reads.
    static PACKED: RefCell<Packed> = RefCell::new(Packed::default());
}

/// Counts what lopdf has read, and takes its place where a stream of objects is to be read.
fn unpacked(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let is_packed = object.as_stream().is_ok_and(|stream| stream.dict.has_type(b"ObjStm"));
    let is_too_much = PACKED.with_borrow_mut(|packed| {
        packed.count(object);
        if let (true, Ok(stream)) = (is_packed, object.as_stream()) {
            packed.take(id.0, stream);
        }
        packed.is_too_much
    });
    if is_too_much {
        given_up("there is too much to be read");
    }
    // What is given back is of no account here, only whether there is something.
    (!is_packed).then_some((id, Object::Null))
}

impl Packed {
    /// Counts the values of an object and the bytes of its stream.
    fn count(&mut self, object: &Object) {
        let mut open = vec![object];
        while let Some(object) = open.pop() {
            let (dictionary, stored) = match object {
                Object::Dictionary(dictionary) => (Some(dictionary), 0),
                Object::Stream(stream) => (Some(&stream.dict), stream.content.len()),
                _ => (None, 0),
            };
            self.is_too_much |= self.values == 0 || stored > self.stored;
            self.values = self.values.saturating_sub(1);
            self.stored = self.stored.saturating_sub(stored);
            open.extend(
                dictionary.into_iter().flat_map(|dictionary| dictionary.iter().map(|(_, value)| value)),
            );
            open.extend(object.as_array().into_iter().flatten());
        }
    }

    /// Reads the objects of a stream, each from where it begins to where the next one does, so that none is read twice.
    fn take(&mut self, id: u32, stream: &Stream) {
        if self.is_too_much {
            return;
        }
        let content = match stream.get_plain_content_with_limit(self.bytes) {
            Ok(content) => content,
            Err(error) => {
                self.is_too_much |= matches!(error, lopdf::Error::Decompress(_));
                return;
            }
        };
        let first = stream.dict.get(b"First").and_then(Object::as_i64).ok();
        let first = first.and_then(|first| usize::try_from(first).ok()).unwrap_or(usize::MAX);
        let numbers: Vec<Option<usize>> = String::from_utf8_lossy(content.get(..first).unwrap_or_default())
            .split_ascii_whitespace()
            .map(|number| number.parse().ok())
            .collect();
        let mut places: Vec<(u32, usize)> = numbers
            .as_chunks::<2>()
            .0
            .iter()
            .filter_map(|[id, at]| Some((u32::try_from((*id)?).ok()?, first.checked_add((*at)?)?)))
            .collect();
        places.sort_by_key(|(_, at)| *at);
        let ends = places.iter().skip(1).map(|(_, at)| *at).chain([content.len()]);
        let ends: Vec<usize> = ends.collect();
        self.bytes -= content.len().min(self.bytes);
        for ((number, at), end) in places.into_iter().zip(ends) {
            let text = content.get(at..end).unwrap_or_default();
            let count = values(text);
            self.is_too_much |= count > self.values;
            if self.is_too_much {
                return;
            }
            self.values -= count;
            self.objects.extend(one(number, text).map(|object| (id, (number, 0), object)));
        }
    }
}

/// About how many values there are in a text.
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
