//! Verdicts for programs: one JSON document, described by `docs/schema/verify.schema.json`.

use serde::Serialize;

use super::Verdict;

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u8,
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
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<&'a str>,
    enclosed: Vec<Enclosed<'a>>,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Enclosed<'a> {
    name: &'a str,
    role: &'static str,
    sha256: String,
}

#[derive(Serialize)]
struct Problem<'a> {
    kind: &'static str,
    message: &'a str,
}

/// Verdicts about files, by their names, as a JSON document with a final line end. A file that nothing can be said about has
/// the reason in place of a verdict.
#[must_use]
pub fn json(verdicts: &[(String, Result<Verdict, String>)]) -> String {
    let files: Vec<File<'_>> = verdicts.iter().map(|(name, verdict)| file(name, verdict)).collect();
    let count = |result| files.iter().filter(|file| file.result == result).count();
    let report = Report {
        schema: "urn:gaisan:schema:verify:1",
        version: 1,
        summary: Summary {
            proven: count(PROVEN),
            not_proven: count(NOT_PROVEN),
            unreadable: count(UNREADABLE),
        },
        files,
    };
    // Texts and numbers cannot fail to become JSON.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

const PROVEN: &str = "proven";
const NOT_PROVEN: &str = "not_proven";
const UNREADABLE: &str = "unreadable";

fn file<'a>(name: &'a str, verdict: &'a Result<Verdict, String>) -> File<'a> {
    let bare = |result, problems| File {
        file: name,
        result,
        sheet: None,
        digest: None,
        made_by: None,
        enclosed: Vec::new(),
        problems,
    };
    let verdict = match verdict {
        Ok(verdict) => verdict,
        Err(message) => {
            let kind = "unreadable";
            return bare(UNREADABLE, vec![Problem { kind, message }]);
        }
    };
    let problems = verdict
        .problems
        .iter()
        .map(|problem| Problem { kind: problem.kind.slug(), message: &problem.message });
    let result = if verdict.is_proven() { PROVEN } else { NOT_PROVEN };
    let mut file = bare(result, problems.collect());
    if let Some(enclosure) = &verdict.enclosure {
        file.sheet = Some(&enclosure.sheet);
        file.digest = Some(enclosure.digest().to_string());
        file.made_by = Some(&enclosure.version);
        let enclosed = enclosure.files.iter().map(|file| Enclosed {
            name: &file.name,
            role: file.role.slug(),
            sha256: file.digest.to_string(),
        });
        file.enclosed = enclosed.collect();
    }
    file
}
