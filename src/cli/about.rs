//! `gaisan about`.

use super::say::println;
use super::{Ended, FINE};

const FONT_LICENSE: &str = include_str!("../typeface/OFL.txt");

pub(super) fn run() -> Ended {
    println!("gaisan {}: budget request sheets from YAML\n", env!("CARGO_PKG_VERSION"));
    println!("License: MIT or Apache-2.0, at your choice.\n");
    println!(
        "PDF sheets carry a subset of BIZ UDPGothic Regular and Bold, under this license:\n\n{FONT_LICENSE}"
    );
    Ok(FINE)
}
