//! A project from nothing, and a program more.

use std::path::Path;

use super::free::of_no_file;
use super::{Change, Plan, unfollowed};
use crate::edit::{Manuscript, Value};
use crate::model::{FiscalYear, Id, Lang, Program};
use crate::notation::Notation;
use crate::read::{self, Project};
use crate::source::{self, display_name};

/// The files of a new project: their paths with `{year}` for the year's folder, and their texts in Japanese and in English.
const PROJECT: [(&str, [&str; 2]); 7] = [
    ("gaisan.yaml", [include_str!("start/gaisan.ja.yaml"), include_str!("start/gaisan.en.yaml")]),
    (
        "budgets/{year}/chapter-1/request.yaml",
        [include_str!("start/request.ja.yaml"), include_str!("start/request.en.yaml")],
    ),
    (
        "budgets/{year}/chapter-1/program-a.yaml",
        [include_str!("start/program-a.ja.yaml"), include_str!("start/program-a.en.yaml")],
    ),
    (
        "budgets/{year}/chapter-1/program-b.yaml",
        [include_str!("start/program-b.ja.yaml"), include_str!("start/program-b.en.yaml")],
    ),
    (".gitattributes", [include_str!("start/gitattributes"); 2]),
    (".gitignore", [include_str!("start/gitignore"); 2]),
    (".github/workflows/sheets.yml", [include_str!("start/sheets.yml"); 2]),
];
/// What the workflow is for, and what has to be put into it.
const ABOUT: [&str; 2] = [include_str!("start/sheets.ja.txt"), include_str!("start/sheets.en.txt")];
const PROGRAM: [&str; 2] = [include_str!("start/program.ja.yaml"), include_str!("start/program.en.yaml")];

fn in_language(texts: [&'static str; 2], lang: Lang) -> &'static str {
    let [ja, en] = texts;
    lang.pick(ja, en)
}

/// Files that a folder has for other reasons too: what a project needs of them comes below what stands there.
const SHARED: [&str; 2] = [".gitattributes", ".gitignore"];

/// Plans a project with one chapter of two programs.
///
/// # Errors
/// When there is a project already.
pub fn init(folder: &Path, year: FiscalYear, lang: Lang) -> Result<Plan, String> {
    let mut plan = Plan::default();
    let written = Notation::new(lang).fiscal_year(year);
    let about = in_language(ABOUT, lang);
    for (path, texts) in PROJECT {
        let is_shared = SHARED.contains(&path);
        let path = folder.join(path.replace("{year}", &year.slug()));
        let text = in_language(texts, lang).replace("{fiscal_year}", &written).replace("{about}", about);
        if !source::is_file(&path) {
            plan.files.insert(path, text.into_bytes());
        } else if is_shared {
            let there = source::read_bytes(&path).map_err(|error| error.to_string())?;
            plan.file(path, with_lines(there, &text));
        } else {
            let name = display_name(&path);
            return Err(format!(
                "`{name}` is there already, and nothing was written; begin in another folder, or add to this project with `gaisan new program`"
            ));
        }
    }
    Ok(plan)
}

/// A file with the lines of a text that it does not have yet.
fn with_lines(mut bytes: Vec<u8>, text: &str) -> Vec<u8> {
    let there = String::from_utf8_lossy(&bytes).into_owned();
    let end = if there.contains("\r\n") { "\r\n" } else { "\n" };
    for line in text.lines().filter(|line| !there.lines().any(|it| it.trim() == *line)) {
        if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            bytes.extend_from_slice(end.as_bytes());
        }
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(end.as_bytes());
    }
    bytes
}

/// Plans a program with a file of its own, named at the end of a chapter's list.
///
/// # Errors
/// When there is no such chapter, the id or the file is taken, or the title is none that could be read again.
pub fn program(project: &Project, id: &str, title: Option<&str>, chapter: &Path) -> Result<Plan, String> {
    let id = Id::parse(id).map_err(|error| format!("{error}; {}", help(error.meant(), error.help())))?;
    title.map(source::one_line).transpose()?;
    if let Some(why) = of_no_file(id.as_str()) {
        return Err(format!("{why}; choose another id"));
    }
    let reading = read::read_in(project, &[chapter.to_path_buf()]);
    if let Some(unreadable) = reading.unreadable.first() {
        return Err(unreadable.to_string());
    }
    let shown = display_name(chapter);
    let request = match reading.requests.as_slice() {
        [request] => request,
        [] => {
            return Err(format!(
                "no chapter in `{shown}`: a chapter is a .yaml file that begins with `gaisan: 1`"
            ));
        }
        _ => {
            return Err(format!(
                "there are {} chapters in `{shown}`; name the file of one",
                reading.requests.len()
            ));
        }
    };
    let file = reading.sources.file(request.file);
    if request.is_unread() {
        return Err(format!("`{}` has errors; run `gaisan check` and correct them first", file.name));
    }
    let place = request.line.id.span;
    if let Some(there) = Program::all(&request.programs).into_iter().find(|it| it.line.id.value == id) {
        let line = reading.sources.position(there.line.id.span).line;
        let name = &reading.sources.file(there.line.id.span.file).name;
        return Err(format!("the id `{id}` is taken: {name}:{line}, {}", there.line.title));
    }
    let name = format!("{id}.yaml");
    let path = source::beside(&file.path, &name);
    if source::is_file(&path) {
        return Err(format!("`{}` is there already; nothing was written", display_name(&path)));
    }
    let edit = Manuscript::read(&reading, request.file)
        .and_then(|page| page.insert(place, "programs", request.programs.len(), &Value::text(&name)))
        .ok_or_else(|| unfollowed(&file.name))?;
    let mut plan = Plan::default();
    plan.edits(&reading.sources, &[(request.file, vec![edit])].into());
    let title = title.unwrap_or(request.lang.pick("（事業名）", "(title)"));
    let year = Notation::of(request, request.lang).fiscal_year(request.fiscal_year.value);
    let text = in_language(PROGRAM, request.lang)
        .replace("{id}", id.as_str())
        .replace("{title}", &read::scalar(title, false))
        .replace("{fiscal_year}", &year);
    plan.files.insert(path, text.into_bytes());
    let (line, title) = (id.to_string(), title.to_owned());
    plan.changes.push(Change::Added { line, title, cell: String::new(), below: String::new() });
    Ok(plan)
}

fn help(meant: Option<String>, help: String) -> String {
    meant.map_or(help, |meant| format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_project_has_nothing_to_correct() -> Result<(), String> {
        let year = FiscalYear::new(2027).ok_or("a year")?;
        for lang in [Lang::Ja, Lang::En] {
            let plan = init(Path::new("there-is-no-such-folder"), year, lang)?;
            let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
            let files = plan
                .files
                .iter()
                .filter(|(path, _)| path.components().any(|part| part.as_os_str() == "budgets"));
            let texts: Vec<(String, String)> =
                files.map(|(path, bytes)| (display_name(path), text(bytes))).collect();
            let texts: Vec<(&str, &str)> =
                texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let reading = read::read_texts(&texts);
            assert_eq!(reading.requests.len(), 1, "{lang:?}");
            let findings = crate::examine(&reading).findings;
            assert!(findings.is_empty(), "{lang:?} {findings:?}");
        }
        Ok(())
    }
}
