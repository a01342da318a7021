//! Line ends. Editors and checkouts of Git change them without anybody meaning it, so they are no part of what is read, and a file
//! that was written is known again with others.

use std::borrow::Cow;
use std::ops::Range;

/// The bytes of a text as all texts are read: each line ends with `\n`, and no byte order mark stands before the first.
pub fn text(bytes: &[u8]) -> Cow<'_, [u8]> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\r') {
        plain.extend_from_slice(rest.get(..at).unwrap_or_default());
        plain.push(b'\n');
        rest = rest.get(at + 1..).unwrap_or_default();
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

/// The bytes that Git made some others from where it writes every `\n` of a text as `\r\n`; `None` where it has not.
pub fn unconverted(bytes: &[u8]) -> Option<Vec<u8>> {
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    let ends = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let is_converted = lines > 0 && lines == ends && returns == ends && !bytes.contains(&0);
    is_converted.then(|| bytes.iter().copied().filter(|byte| *byte != b'\r').collect())
}

/// Some bytes with pieces of their [`text`] replaced; the pieces are in order and apart. New lines end as the first one does, and all that
/// is not replaced stays as it is. `None` where a piece is not in the text.
pub fn edited<'e>(
    bytes: &[u8],
    changes: impl IntoIterator<Item = (Range<usize>, &'e str)>,
) -> Option<Vec<u8>> {
    let at = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let end = match at.map(|at| bytes.get(at..).unwrap_or_default()) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    };
    let mut out = Vec::with_capacity(bytes.len());
    // How far the bytes are taken over, and how far that is in the text.
    let mut taken = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    out.extend_from_slice(bytes.get(..taken)?);
    let mut read = 0;
    let step = |from: usize, count: usize| {
        (0..count).try_fold(from, |at, _| match bytes.get(at..)? {
            [b'\r', b'\n', ..] => Some(at + 2),
            [_, ..] => Some(at + 1),
            [] => None,
        })
    };
    for (range, new) in changes {
        let start = step(taken, range.start.checked_sub(read)?)?;
        out.extend_from_slice(bytes.get(taken..start)?);
        out.extend_from_slice(new.replace('\n', end).as_bytes());
        taken = step(start, range.len())?;
        read = range.end;
    }
    out.extend_from_slice(bytes.get(taken..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_is_one() {
        for (written, read) in [
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\rb\r", "a\nb\n"),
            ("a\r\r\nb\n\r\n", "a\n\nb\n\n"),
            ("\u{feff}a\r", "a\n"),
            ("a\n", "a\n"),
            ("", ""),
        ] {
            assert_eq!(text(written.as_bytes()), read.as_bytes(), "{written:?}");
        }
    }

    #[test]
    fn only_what_a_checkout_makes_is_taken_for_it() {
        assert_eq!(unconverted(b"a\r\nb\r\n").as_deref(), Some(&b"a\nb\n"[..]));
        for other in [&b"a\nb\n"[..], b"a\r\nb\n", b"a\r\rb\r\n", b"a\rb", b"ab", b"", b"\0\r\n"] {
            assert_eq!(unconverted(other), None, "{other:?}");
        }
    }
}
