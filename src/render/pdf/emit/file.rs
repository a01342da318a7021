//! The finished objects as a file: what is no stream lies packed in object streams, and the table of what lies where is a
//! stream, too.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::{deflate, syntax};
use crate::enclosure::Digest;

/// How many objects lie in one object stream: a viewer unpacks a whole stream to show one page of many.
const TOGETHER: usize = 500;

/// Writes a document whose streams are compressed.
pub(super) fn write(document: &Document) -> Vec<u8> {
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    let room: usize = streams.map(|stream| stream.content.len() + 200).sum();
    let mut file = File {
        bytes: Vec::with_capacity(room + 64 * 1024),
        places: vec![Place::Free; document.max_id as usize + 1],
    };
    file.bytes.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");

    let mut loose = Vec::with_capacity(document.objects.len());
    for (id, object) in &document.objects {
        match object {
            Object::Stream(stream) => file.stream(id.0, stream),
            _ => loose.push((*id, object)),
        }
    }
    for together in loose.chunks(TOGETHER) {
        file.pack(together);
    }
    file.end(&document.trailer);
    file.bytes
}

/// Where an object lies.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: its number is not used.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In an object stream, at a place among its objects.
    In(u32, usize),
}

struct File {
    bytes: Vec<u8>,
    /// By the objects' numbers.
    places: Vec<Place>,
}

impl File {
    /// Writes a stream under a number.
    fn stream(&mut self, number: u32, stream: &Stream) {
        self.place(number, Place::At(self.bytes.len()));
        syntax::whole(&mut self.bytes, i64::from(number));
        self.bytes.extend_from_slice(b" 0 obj\n");
        syntax::dictionary(&mut self.bytes, &stream.dict);
        self.bytes.extend_from_slice(b"\nstream\n");
        self.bytes.extend_from_slice(&stream.content);
        // A carriage return at the content's end would look like half of the line's end.
        if stream.content.ends_with(b"\r") {
            self.bytes.push(b'\r');
        }
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// Writes objects that are no streams, in one stream.
    fn pack(&mut self, objects: &[(ObjectId, &Object)]) {
        let stream = self.places.len() as u32;
        self.places.push(Place::Free);
        let mut index = Vec::with_capacity(objects.len() * 10);
        let mut text = Vec::with_capacity(objects.len() * 100);
        for (place, ((number, _), object)) in objects.iter().enumerate() {
            for part in [i64::from(*number), text.len() as i64] {
                syntax::whole(&mut index, part);
                index.push(b' ');
            }
            syntax::object(&mut text, object);
            text.push(b'\n');
            self.place(*number, Place::In(stream, place));
        }
        let kind = dictionary! {
            "Type" => "ObjStm",
            "N" => objects.len() as i64,
            "First" => index.len() as i64,
        };
        index.extend_from_slice(&text);
        self.packed(stream, kind, index);
    }

    /// Writes the table of places, and where it lies. The file's name is a digest of all that stands before.
    fn end(&mut self, trailer: &Dictionary) {
        let name = Object::String(Digest::of(&self.bytes).bytes()[..16].to_vec(), StringFormat::Hexadecimal);
        let table = self.places.len() as u32;
        let start = self.bytes.len();
        self.places.push(Place::At(start));

        let mut rows = Vec::with_capacity(self.places.len() * 7);
        for place in &self.places {
            let (kind, first, second) = match *place {
                Place::Free => (0, 0, 0),
                Place::At(byte) => (1, byte as u32, 0),
                Place::In(stream, place) => (2, stream, place as u16),
            };
            rows.push(kind);
            rows.extend(first.to_be_bytes());
            rows.extend(second.to_be_bytes());
        }
        let mut kind = dictionary! {
            "Type" => "XRef",
            "Size" => self.places.len() as i64,
            "W" => vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)],
            "ID" => vec![name.clone(), name],
        };
        for key in [b"Root".as_slice(), b"Info"] {
            if let Ok(object) = trailer.get(key) {
                kind.set(key, object.clone());
            }
        }
        self.packed(table, kind, rows);
        self.bytes.extend_from_slice(b"startxref\n");
        syntax::whole(&mut self.bytes, start as i64);
        self.bytes.extend_from_slice(b"\n%%EOF\n");
    }

    fn packed(&mut self, number: u32, kind: Dictionary, content: Vec<u8>) {
        let mut stream = Stream::new(kind, content);
        deflate::stream(&mut stream);
        self.stream(number, &stream);
    }

    fn place(&mut self, number: u32, place: Place) {
        if let Some(slot) = self.places.get_mut(number as usize) {
            *slot = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_stream_ends_is_never_in_doubt() {
        for (content, end) in
            [(&b"a"[..], &b"a\nendstream"[..]), (b"a\n", b"a\n\nendstream"), (b"a\r", b"a\r\r\nendstream")]
        {
            let mut document = Document::new();
            document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
            let file = write(&document);
            assert!(file.windows(end.len()).any(|window| window == end));
            let back = Document::load_mem(&file).ok();
            let back = back.as_ref().and_then(|file| file.objects.get(&(1, 0)));
            let back = back.and_then(|object| object.as_stream().ok());
            assert_eq!(back.map(|stream| stream.content.as_slice()), Some(content));
        }
    }
}
