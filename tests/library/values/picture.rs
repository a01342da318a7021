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
