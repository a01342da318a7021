//! The files of chapters in the house's order and indentation.

use super::{Change, Plan, unfollowed};
use crate::edit::formatted;
use crate::read::Reading;
use crate::source::read_bytes;

/// Plans the files of all chapters as the house writes them. What they say stays what it says.
pub fn format(reading: &Reading) -> Plan {
    let mut plan = Plan::default();
    for request in &reading.requests {
        for file in request.files() {
            let file = reading.sources.file(file);
            match read_bytes(&file.path).ok().and_then(|bytes| formatted(&bytes)) {
                Some(bytes) => plan.file(file.path.clone(), bytes),
                None => plan.changes.push(Change::Left(unfollowed(&file.name))),
            }
        }
    }
    plan
}
