//! Verdicts for programs: one JSON document, described by `docs/schema/verify.schema.json`.

use std::borrow::Cow;

use serde::Serialize;

use super::{Problem, ProblemKind, Verdict};
use crate::enclosure::{Digest, EnclosedFile};
use crate::export;

#[derive(Serialize)]
struct Report<'a> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    data_only: bool,
    summary: Summary,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Summary {
    proven: usize,
    not_proven: usize,
    unreadable: usize,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<&'a str>,
    enclosed: Vec<&'a EnclosedFile>,
    problems: Cow<'a, [Problem]>,
}

const PROVEN: &str = "proven";
const NOT_PROVEN: &str = "not_proven";
const UNREADABLE: &str = "unreadable";

/// Verdicts about files, by their names, as a JSON document with a final line end. A file that nothing can be said about has
/// the reason in place of a verdict.
pub fn json(verdicts: &[(String, Result<Verdict, String>)], data_only: bool) -> String {
    let files: Vec<File<'_>> = verdicts.iter().map(|(name, verdict)| file(name, verdict)).collect();
    let count = |result| files.iter().filter(|file| file.result == result).count();
    let summary =
        Summary { proven: count(PROVEN), not_proven: count(NOT_PROVEN), unreadable: count(UNREADABLE) };
    export::document("verify", &Report { data_only, summary, files })
}

fn file<'a>(file: &'a str, verdict: &'a Result<Verdict, String>) -> File<'a> {
    let (result, problems) = match verdict {
        Ok(verdict) if verdict.is_proven() => (PROVEN, Cow::Borrowed(&[][..])),
        Ok(verdict) => (NOT_PROVEN, Cow::Borrowed(verdict.problems.as_slice())),
        Err(message) => {
            let reason = Problem { kind: ProblemKind::Unreadable, message: message.clone() };
            (UNREADABLE, Cow::Owned(vec![reason]))
        }
    };
    let inside = verdict.as_ref().ok().and_then(|verdict| verdict.enclosure.as_ref());
    File {
        file,
        result,
        sheet: inside.map(|inside| inside.sheet.as_str()),
        digest: inside.map(|inside| inside.digest()),
        made_by: inside.map(|inside| inside.version.as_str()),
        enclosed: inside.into_iter().flat_map(|inside| &inside.files).map(AsRef::as_ref).collect(),
        problems,
    }
}
