//! `gaisan manifest`.

use gaisan::build::{MergeError, merge};
use gaisan::source::display_name;

use super::args::{ManifestArgs, ManifestCommand, MergeArgs};
use super::say::println;
use super::{FINDINGS, FINE, TROUBLE, folder, report};

pub(super) fn run(args: &ManifestArgs) -> u8 {
    match &args.command {
        ManifestCommand::Merge(merge) => merged(merge),
    }
}

fn merged(args: &MergeArgs) -> u8 {
    let Some(_lock) = folder::hold(&args.out) else {
        return TROUBLE;
    };
    match merge(&args.parts, &args.out) {
        Ok(merged) => {
            println!(
                "{}, {} in `{}`",
                report::counted(merged.sheets, "sheet"),
                report::counted(merged.files, "file"),
                display_name(&args.out)
            );
            FINE
        }
        Err(error) => {
            report::trouble(&error);
            match error {
                MergeError::Differs(_) => FINDINGS,
                MergeError::System(_) => TROUBLE,
            }
        }
    }
}
