//! PDF's syntax as bytes: numbers, names, strings and objects.

use std::io::Write;

use lopdf::{Dictionary, Object, StringFormat};

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends a whole number.
pub(super) fn whole(out: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = number.unsigned_abs();
    loop {
        at -= 1;
        if let Some(slot) = digits.get_mut(at) {
            *slot = b'0' + (left % 10) as u8;
        }
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.get(at..).unwrap_or_default());
}

/// Appends a number given in hundredths (2 `places`) or thousandths (3), without needless digits.
pub(super) fn fixed(out: &mut Vec<u8>, number: i64, places: u32) {
    let mut unit = 10_u64.pow(places);
    let (before, mut after) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
    if number < 0 {
        out.push(b'-');
    }
    if before > 0 || after == 0 {
        whole(out, before as i64);
    }
    if after > 0 {
        out.push(b'.');
    }
    while after > 0 {
        unit /= 10;
        out.push(b'0' + (after / unit) as u8);
        after %= unit;
    }
}

/// Appends a code of two bytes as four hexadecimal digits.
pub(super) fn code(out: &mut Vec<u8>, code: u16) {
    let [high, low] = code.to_be_bytes();
    for byte in [high, low] {
        out.extend(hexadecimal(byte));
    }
}

fn hexadecimal(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 15].map(|digit| HEX.get(usize::from(digit)).copied().unwrap_or(b'0'))
}

/// Appends an object; of a stream only its dictionary.
pub(super) fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => word(out, b"null"),
        Object::Boolean(true) => word(out, b"true"),
        Object::Boolean(false) => word(out, b"false"),
        Object::Integer(number) => {
            gap(out);
            whole(out, *number);
        }
        Object::Real(number) => {
            gap(out);
            // Writing to a vector cannot fail.
            let _ = write!(out, "{number}");
        }
        Object::Name(name) => self::name(out, name),
        Object::String(text, StringFormat::Literal) => literal(out, text),
        Object::String(text, StringFormat::Hexadecimal) => {
            out.push(b'<');
            out.extend(text.iter().flat_map(|byte| hexadecimal(*byte)));
            out.push(b'>');
        }
        Object::Array(objects) => {
            out.push(b'[');
            for each in objects {
                self::object(out, each);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => dictionary(out, entries),
        Object::Stream(stream) => dictionary(out, &stream.dict),
        Object::Reference((number, generation)) => {
            gap(out);
            whole(out, i64::from(*number));
            out.push(b' ');
            whole(out, i64::from(*generation));
            out.extend_from_slice(b" R");
        }
    }
}

/// Appends a dictionary.
pub(super) fn dictionary(out: &mut Vec<u8>, entries: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries {
        name(out, key);
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn word(out: &mut Vec<u8>, word: &[u8]) {
    gap(out);
    out.extend_from_slice(word);
}

/// Parts what would otherwise be read as one word.
fn gap(out: &mut Vec<u8>) {
    if out.last().is_some_and(|last| !matches!(last, b' ' | b'\n' | b'[' | b']' | b'<' | b'>' | b'(' | b')'))
    {
        out.push(b' ');
    }
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            out.extend(hexadecimal(*byte));
        }
    }
}

fn literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn numbers_have_no_needless_digits() {
        let all = [0, 5, 50, 100, 12_340, 99, -7, -250].map(|n| written(|out| fixed(out, n, 2)));
        assert_eq!(all, ["0", ".05", ".5", "1", "123.4", ".99", "-.07", "-2.5"]);
        assert_eq!(written(|out| fixed(out, 1_020, 3)), "1.02");
        assert_eq!(written(|out| whole(out, i64::MIN)), i64::MIN.to_string());
    }

    #[test]
    fn words_stand_apart_and_delimiters_do_not() {
        let entries = dictionary! {
            "A" => vec![Object::Integer(1), Object::Null, Object::Name(b"b c".to_vec()), Object::Real(0.5)],
            "B" => Object::Reference((7, 0)),
            "C" => Object::string_literal("(x\\"),
            "D" => true,
        };
        assert_eq!(
            written(|out| dictionary(out, &entries)),
            "<</A[1 null/b#20c 0.5]/B 7 0 R/C(\\(x\\\\)/D true>>"
        );
    }
}
