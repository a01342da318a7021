//! Compression of glyph outlines: frequent bytes get short codes, and nothing else.
//!
//! Outlines hardly repeat themselves, and looking for repeats is most of what a compressor does. Leaving it makes fonts a sixth larger,
//! and a whole sheet a quarter faster to write. The result is an ordinary zlib stream.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The end of a block, the symbol after all bytes.
const END: usize = 256;

/// The longest code that the format allows, in bits.
const LONGEST: u8 = 15;

/// How many bytes share one table of codes.
const BLOCK: usize = 1 << 17;

/// The bytes in zlib's format.
pub(super) fn coded(bytes: &[u8]) -> Vec<u8> {
    let mut bits = Bits {
        // The format, and that it was made in a hurry.
        out: vec![0x78, 0x01],
        held: 0,
        count: 0,
    };
    bits.out.reserve(bytes.len() + bytes.len() / 64 + 512);
    let mut rest = bytes;
    loop {
        let (block, after) = rest.split_at(rest.len().min(BLOCK));
        bits.put(u64::from(after.is_empty()), 1);
        bits.block(block);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    bits.finish(libdeflater::adler32(bytes))
}

/// Bytes filled from their lowest bit.
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Adds some bits, at most 32.
    fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    fn block(&mut self, bytes: &[u8]) {
        // Two counts, because a count just changed cannot be changed again at once.
        let (mut frequencies, mut others) = ([0_u32; END + 1], [0_u32; END]);
        let (pairs, rest) = bytes.as_chunks::<2>();
        for [one, other] in pairs {
            frequencies[usize::from(*one)] += 1;
            others[usize::from(*other)] += 1;
        }
        for byte in rest {
            others[usize::from(*byte)] += 1;
        }
        for (frequency, other) in frequencies.iter_mut().zip(others) {
            *frequency += other;
        }
        frequencies[END] = 1;
        let lengths = lengths(&frequencies);
        let codes = codes(&lengths);

        // A block with codes of its own: 257 symbols, 2 distances that are never used, 19 lengths of lengths. Every length
        // from 0 to 15 is coded with four bits, in the order that the format asks for.
        self.put(2, 2);
        self.put(0, 5);
        self.put(1, 5);
        self.put(15, 4);
        for length in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
            self.put(if length < 16 { 4 } else { 0 }, 3);
        }
        for length in lengths.into_iter().chain([1, 1]) {
            self.put(u64::from(length.reverse_bits() >> 4), 4);
        }
        for [one, other] in pairs {
            let (code, length) = codes[usize::from(*one)];
            let (next, more) = codes[usize::from(*other)];
            self.put(code | next << length, length + more);
        }
        for byte in rest {
            let (code, length) = codes[usize::from(*byte)];
            self.put(code, length);
        }
        let (code, length) = codes[END];
        self.put(code, length);
    }

    fn finish(mut self, checksum: u32) -> Vec<u8> {
        while self.count > 0 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count = self.count.saturating_sub(8);
        }
        self.out.extend(checksum.to_be_bytes());
        self.out
    }
}

/// How long the code of each symbol is, by Huffman's method; 0 for those that do not occur.
fn lengths(frequencies: &[u32; END + 1]) -> [u8; END + 1] {
    let mut shift = 0;
    loop {
        let lengths = unlimited(frequencies, shift);
        if lengths.iter().all(|length| *length <= LONGEST) {
            return lengths;
        }
        // Flatter frequencies have shorter codes.
        shift += 1;
    }
}

fn unlimited(frequencies: &[u32; END + 1], shift: u32) -> [u8; END + 1] {
    // Leaves are the symbols; a joint's number is above those of what it joins.
    let mut parents = vec![0_usize; END + 1];
    let mut heap: BinaryHeap<Reverse<(u32, usize)>> = frequencies
        .iter()
        .enumerate()
        .filter(|(_, frequency)| **frequency > 0)
        .map(|(symbol, frequency)| Reverse(((frequency >> shift).max(1), symbol)))
        .collect();
    while let (Some(Reverse(one)), Some(Reverse(other))) = (heap.pop(), heap.pop()) {
        let joint = parents.len();
        parents.push(0);
        parents[one.1] = joint;
        parents[other.1] = joint;
        if heap.is_empty() {
            break;
        }
        heap.push(Reverse((one.0 + other.0, joint)));
    }
    let mut depths = vec![0_u8; parents.len()];
    for joint in (END + 1..parents.len().saturating_sub(1)).rev() {
        depths[joint] = depths[parents[joint]].saturating_add(1);
    }
    let mut lengths = [0; END + 1];
    for (symbol, length) in lengths.iter_mut().enumerate() {
        if frequencies[symbol] > 0 {
            *length = depths[parents[symbol]].saturating_add(1);
        }
    }
    lengths
}

/// The code of each symbol, its first bit lowest, and its length.
fn codes(lengths: &[u8; END + 1]) -> [(u64, u32); END + 1] {
    let mut codes = [(0, 0); END + 1];
    let mut code = 0_u16;
    for length in 1..=LONGEST {
        for (symbol, slot) in codes.iter_mut().enumerate() {
            if lengths[symbol] == length {
                let bits = code.reverse_bits() >> (16 - length);
                *slot = (u64::from(bits), u32::from(length));
                code += 1;
            }
        }
        code <<= 1;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_back(bytes: &[u8]) {
        let mut unpacked = vec![0; bytes.len()];
        let mut unpacker = libdeflater::Decompressor::new();
        let length = unpacker.zlib_decompress(&coded(bytes), &mut unpacked);
        assert_eq!(length, Ok(bytes.len()));
        assert!(unpacked == bytes);
    }

    #[test]
    fn what_was_coded_comes_back() {
        comes_back(b"");
        comes_back(b"a");
        comes_back(&[7; 70_000]);
        comes_back(&(0..=255).cycle().take(BLOCK * 2 + 1).collect::<Vec<_>>());
        // So uneven that codes would be longer than the format allows.
        let mut uneven = Vec::new();
        for (byte, power) in (0..=255_u8).zip(0..18) {
            uneven.extend(std::iter::repeat_n(byte, 1 << power));
        }
        uneven.truncate(BLOCK);
        uneven.reverse();
        comes_back(&uneven);
        let fibonacci = (0..25).scan((1, 1), |(one, other), byte| {
            (*one, *other) = (*other, *one + *other);
            Some(std::iter::repeat_n(byte, *one))
        });
        comes_back(&fibonacci.flatten().take(BLOCK).collect::<Vec<u8>>());
    }
}
