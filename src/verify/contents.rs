//! What a sheet shows, taken out of it to be compared with another one or with files.

use super::{LARGEST, VerifyError, data, format, taken_out};
use crate::build;
use crate::model::{Crosswalk, Id, Money, Program, Request};
use crate::read::Reading;
use crate::sheet::Facts;

/// The data of a sheet.
#[derive(Debug)]
pub struct Contents {
    /// The sheet's chapter, of a program's sheet with that program alone.
    pub reading: Reading,
    /// The program whose sheet it is; `None` for an overview.
    pub program: Option<Id>,
}

/// Takes the data out of a PDF or an HTML page. Whether the pages show it is not asked: that is what [`verify`](super::verify) does.
///
/// # Errors
/// When the file is no sheet, or what rides inside it was changed or does not hold.
pub fn contents(bytes: &[u8]) -> Result<Contents, String> {
    if bytes.len() > LARGEST {
        return Err(VerifyError::TooLarge.to_string());
    }
    let format = format(bytes).ok_or(VerifyError::OtherKind).map_err(|error| error.to_string())?;
    let enclosure = taken_out(bytes, format).map_err(|error| error.to_string())??;
    if let Some(message) = data::changed(&enclosure) {
        return Err(message);
    }
    let remade = build::remake(&enclosure).map_err(|error| error.to_string())?;
    if let Some(message) = remade.wrong().or_else(|| data::other_extract(&enclosure, &remade)) {
        return Err(message);
    }
    let job = remade.job.ok_or_else(|| data::no_sheet(&enclosure))?;
    let mut reading = remade.reading;
    let mut place = 0..;
    reading.requests.retain(|_| place.next() == Some(job.chapter));
    let programs = reading.requests.iter().flat_map(|request| Program::all(&request.programs));
    let mut ids = programs.map(|program| &program.line.id.value);
    let is_detail = matches!(job.sheet.facts, Facts::Detail(_));
    let program = ids.find(|id| is_detail && id.as_str() == job.sheet.stem).cloned();
    if let Some(program) = &program {
        let wanted = held_together(&reading.requests, std::slice::from_ref(program));
        narrow(&mut reading.requests, &wanted);
    }
    Ok(Contents { reading, program })
}

/// Some programs and those that the crosswalks of chapters hold together with them.
pub fn held_together<'r>(requests: impl IntoIterator<Item = &'r Request>, programs: &[Id]) -> Vec<Id> {
    let mut wanted = programs.to_vec();
    for entry in requests.into_iter().flat_map(|request| &request.crosswalk) {
        if names_any(entry, programs) {
            wanted.extend(entry.from.iter().chain(&entry.to).map(|id| id.value.clone()));
        }
    }
    wanted
}

/// Whether an entry of a crosswalk names one of some lines.
fn names_any(entry: &Crosswalk, ids: &[Id]) -> bool {
    entry.from.iter().chain(&entry.to).any(|id| ids.contains(&id.value))
}

/// Leaves of chapters some programs, so that they can be compared with a program's sheet, which knows no other ones. What is said of the
/// lines above them, and of others, is of the whole and goes, too.
pub fn narrow(requests: &mut Vec<Request>, wanted: &[Id]) {
    for request in requests.iter_mut() {
        request.crosswalk.retain(|entry| names_any(entry, wanted));
        unstated(&mut request.line);
        request.line.notes.clear();
        request.overview = None;
        keep(&mut request.programs, wanted);
    }
    requests.retain(|request| !request.programs.is_empty());
}

fn keep(programs: &mut Vec<Program>, wanted: &[Id]) {
    programs.retain_mut(|program| {
        if wanted.contains(&program.line.id.value) {
            return true;
        }
        unstated(&mut program.line);
        keep(&mut program.children, wanted);
        !program.children.is_empty()
    });
}

fn unstated(line: &mut crate::model::Line) {
    line.requested.money.value = Money::NotStated;
    line.requested.split = None;
    line.prior.money.value = Money::NotStated;
    (line.enacted, line.supplementary, line.breakdown) = (None, None, None);
}
