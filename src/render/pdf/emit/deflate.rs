//! Compression, with a compressor that each thread keeps.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Object, Stream};

/// How hard streams are compressed, of 12.
const LEVEL: i32 = 1;

thread_local! {
    static COMPRESSOR: RefCell<Compressor> =
        RefCell::new(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()));
}

/// The bytes in zlib's format; `None` if they would not be shorter.
pub(super) fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut packed = vec![0; compressor.zlib_compress_bound(bytes.len())];
        let length = compressor.zlib_compress(bytes, &mut packed).ok()?;
        packed.truncate(length);
        (length + 20 < bytes.len()).then_some(packed)
    })
}

/// Compresses a stream that is not compressed yet. Metadata stays legible to programs that know no PDF.
pub(super) fn stream(stream: &mut Stream) {
    let kind = stream.dict.get(b"Type").and_then(Object::as_name);
    if stream.dict.has(b"Filter") || kind.is_ok_and(|kind| kind == b"Metadata") {
        return;
    }
    if let Some(packed) = deflated(&stream.content) {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
}
