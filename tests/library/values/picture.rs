//! Pictures of pixels: those of which a part is missing are found.

use gaisan::picture::{PictureError, check};

const WHOLE: [&[u8]; 2] = [
    include_bytes!("../../errors/140-damaged-pictures/whole.jpg"),
    include_bytes!("../../errors/140-damaged-pictures/whole.png"),
];
const PASSES: &[u8] = include_bytes!("../../errors/140-damaged-pictures/passes.jpg");

#[test]
fn every_cut_of_a_picture_is_found() {
    for whole in WHOLE {
        assert_eq!(check(whole), Ok(()));
        for end in 0..whole.len() {
            assert!(check(&whole[..end]).is_err(), "cut after {end} of {} bytes", whole.len());
        }
    }
    assert_eq!(check(PASSES), Ok(()));
    for end in 0..PASSES.len() {
        assert!(check(&PASSES[..end]).is_err(), "cut after {end} bytes");
    }
}

#[test]
fn a_cut_that_was_closed_again_is_found() {
    let [whole, _] = WHOLE;
    let begin = whole.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("pixels begin") + 14;
    // Of the last row of blocks the decoder sees no more than that bytes follow.
    for end in begin..whole.len() - 24 {
        let closed = [&whole[..end], &[0xFF, 0xD9]].concat();
        assert!(check(&closed).is_err(), "closed after {end} of {} bytes", whole.len());
    }
    let last = PASSES.windows(2).rposition(|pair| pair == [0xFF, 0xDA]).expect("there is a last pass");
    for end in 200..=last {
        let closed = [&PASSES[..end], &[0xFF, 0xD9]].concat();
        assert!(check(&closed).is_err(), "closed after {end} of {} bytes", PASSES.len());
    }
}

#[test]
fn no_bytes_make_it_stop() {
    for whole in WHOLE.into_iter().chain([PASSES]) {
        for at in 0..whole.len() {
            for value in [0x00, 0x7F, 0xFF] {
                let mut bytes = whole.to_vec();
                bytes[at] = value;
                let _ = check(&bytes);
            }
        }
    }
    assert_eq!(check(b"GIF89a"), Err(PictureError::Kind));
}

#[test]
fn a_png_has_the_rows_of_its_header_and_does_not_move() {
    let file = |size: [u8; 2], is_interlaced: bool, more: &[(&[u8], &[u8])], rows: &[u8]| {
        let [width, height] = size;
        let head = [0, 0, 0, width, 0, 0, 0, height, 8, 0, 0, 0, u8::from(is_interlaced)];
        let mut packed = vec![0; 1_000];
        let length = libdeflater::Compressor::new(libdeflater::CompressionLvl::default())
            .zlib_compress(rows, &mut packed)
            .unwrap();
        let chunks = [(&b"IHDR"[..], &head[..])].into_iter().chain(more.iter().copied());
        let chunks = chunks.chain([(&b"IDAT"[..], &packed[..length]), (b"IEND", b"")]);
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, body) in chunks {
            let named = [name, body].concat();
            bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            bytes.extend(&named);
            bytes.extend(libdeflater::crc32(&named).to_be_bytes());
        }
        check(&bytes)
    };
    let rows = |count| [[0, 10, 20]].repeat(count).concat();
    assert_eq!(file([2, 5], false, &[], &rows(5)), Ok(()));
    assert_eq!(file([2, 5], false, &[], &rows(4)), Err(PictureError::Damaged));
    assert_eq!(file([2, 5], false, &[], &rows(6)), Err(PictureError::Damaged));
    // Seven passes, of which a picture of three by three pixels has five: 2, 2, 3, 4 and 4 bytes.
    assert_eq!(file([3, 3], true, &[], &[0; 15]), Ok(()));
    assert_eq!(file([3, 3], true, &[], &[0; 16]), Err(PictureError::Damaged));
    let frames = [0, 0, 0, 1, 0, 0, 0, 0];
    assert_eq!(file([2, 5], false, &[(b"acTL", &frames)], &rows(5)), Err(PictureError::Moving));
}
