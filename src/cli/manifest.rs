//! `gaisan manifest`.

use gaisan::build::{Obstacle, merge};
use gaisan::source::display_name;

use super::args::{ManifestArgs, ManifestCommand};
use super::say::println;
use super::{Ended, FINDINGS, FINE, folder, report};

pub(super) fn run(args: &ManifestArgs) -> Ended {
    let ManifestCommand::Merge(args) = &args.command;
    let _lock = folder::hold(&args.out)?;
    match merge(&args.parts, &args.out) {
        Ok(merged) => {
            let (sheets, files) =
                (report::counted(merged.sheets, "sheet"), report::counted(merged.files, "file"));
            println!("{sheets}, {files} in `{}`", display_name(&args.out));
            Ok(FINE)
        }
        Err(error @ Obstacle::Content(_)) => {
            report::trouble(&error);
            Ok(FINDINGS)
        }
        Err(error) => Err(error.into()),
    }
}
