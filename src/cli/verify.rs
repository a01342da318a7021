//! `gaisan verify`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gaisan::build::{MANIFEST, Manifest, RELEASE};
use gaisan::enclosure::Digest;
use gaisan::source::{self, FileKind, display_name};
use gaisan::verify::{self, LARGEST, Scope, Verdict, verify};

use super::args::{VerifyArgs, VerifyOutputArg};
use super::say::{self, DATA_PROVEN, NOT_PROVEN, PROVEN, print, println};
use super::{Ended, FINDINGS, FINE, TROUBLE, office, report};

/// A file's name, and what is to be said about it.
type Said = (String, Result<Verdict, String>);

pub(super) fn run(args: &VerifyArgs) -> Ended {
    let mut files = files(&args.files)?;
    let is_alone = files.is_empty();
    let manifest = args.manifest.as_deref().map(|path| read_manifest(path, is_alone)).transpose()?;
    let mut flaws = Vec::new();
    if let (true, Some(manifest), Some(path)) = (is_alone, &manifest, &args.manifest) {
        let folder = path.parent().unwrap_or(Path::new(""));
        files.extend(manifest.all_files().map(|file| folder.join(&file.path)));
        let released = manifest.released_flaws(folder).into_iter();
        flaws.extend(released.map(|(path, flaw)| (folder.join(path), flaw)));
    }
    let templates = office::templates(&args.templates)?.office().to_vec();
    let fonts = report::project()?.fonts().cloned();
    let scope = Scope { manifest, data_only: args.data_only, templates, fonts };
    let output = say::renamed("--output", "--output-format", args.output).unwrap_or(args.output_format);
    let proved = files.into_iter().map(|file| {
        let verdict = verdict(&file, &scope);
        (file, verdict)
    });
    let flaws = flaws.into_iter().map(|(file, flaw)| (file, Ok(Verdict::unlike_released(flaw))));
    let mut said: Vec<Said> = Vec::new();
    for (file, verdict) in proved.chain(flaws) {
        if output == VerifyOutputArg::Full {
            tell(&file, &verdict, args.data_only);
        }
        said.push((display_name(&file), verdict));
    }
    match output {
        VerifyOutputArg::Json => print!("{}", verify::json(&said, args.data_only)),
        VerifyOutputArg::Full => println!("{}", summary(&said, args.data_only)),
    }
    let unreadable = said.iter().any(|(_, verdict)| verdict.is_err());
    let proven = said.iter().all(|(_, verdict)| verdict.as_ref().is_ok_and(Verdict::is_proven));
    Ok(match (unreadable, proven) {
        (true, _) => TROUBLE,
        (false, true) => FINE,
        (false, false) => FINDINGS,
    })
}

/// The manifest of a build, or what a release lists. Files that are named may be of one of the build's releases, too.
fn read_manifest(path: &Path, is_alone: bool) -> Result<Manifest, String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let is_called = |wanted: &str| path.file_name().is_some_and(|name| name == wanted);
    let read = match () {
        () if is_called(RELEASE) => Manifest::of_release(folder).map(Some),
        () if is_called(MANIFEST) && is_alone => Manifest::read(folder),
        () if is_called(MANIFEST) => Manifest::with_released(folder),
        () => Err(format!(
            "`{}` is called neither {MANIFEST}, as the manifest of a build is, nor {RELEASE}, as that of a release",
            display_name(path)
        )),
    };
    read?.ok_or_else(|| format!("there is no `{}`", display_name(path)))
}

/// The files to prove: those named, and the PDFs and pages in the folders named. Indexes show no request of their own.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        let is_index = |file: &PathBuf| file != path && file.file_stem().is_some_and(|stem| stem == "index");
        let before = files.len();
        let found = if path.is_dir() {
            source::files(path, FileKind::Sheet).map(|found| found.files)
        } else {
            Ok(vec![path.clone()])
        };
        files.extend(found.map_err(|error| error.to_string())?.into_iter().filter(|file| !is_index(file)));
        if files.len() == before {
            return Err(format!("no PDF and no page in `{}`", display_name(path)));
        }
    }
    Ok(files)
}

fn verdict(file: &Path, scope: &Scope) -> Result<Verdict, String> {
    let size = match fs::metadata(file) {
        Err(error) if scope.manifest.is_some() && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Verdict::missing());
        }
        size => size.map_err(|error| format!("cannot be read: {error}"))?,
    };
    // A file of the wrong size is not even read.
    if size.len() > LARGEST as u64 {
        return Err(verify::VerifyError::TooLarge.to_string());
    }
    let bytes = gaisan::source::bytes(file).map_err(|error| format!("cannot be read: {error}"))?;
    verify(&bytes, scope).map_err(|error| error.to_string())
}

/// Prints what is to be said about one file.
fn tell(file: &Path, verdict: &Result<Verdict, String>, data_only: bool) {
    let name = display_name(file);
    match verdict {
        Err(why) => report::trouble(&format!("{name}: {why}")),
        Ok(verdict) if verdict.is_proven() => {
            let (head, gap) = if data_only { (DATA_PROVEN, " ") } else { (PROVEN, "      ") };
            say::paint(&head.before(gap, &format!("{name}{}", inside(verdict))));
        }
        Ok(verdict) => {
            say::paint(&NOT_PROVEN.before("  ", &format!("{name}{}", inside(verdict))));
            for problem in &verdict.problems {
                println!("            {}", problem.message);
            }
        }
    }
}

/// `  fy2022/mext-5/q-leap · a1b2c3d4e5f6 · 3 files inside`.
fn inside(verdict: &Verdict) -> String {
    match (&verdict.enclosure, verdict.digest()) {
        (Some(enclosure), Some(digest)) => format!(
            "  {} · {} · {} inside",
            enclosure.sheet,
            Digest::short(&digest),
            report::counted(enclosure.files.len(), "file")
        ),
        _ => String::new(),
    }
}

fn summary(said: &[Said], data_only: bool) -> String {
    let proven = said.iter().filter(|(_, verdict)| verdict.as_ref().is_ok_and(Verdict::is_proven)).count();
    let unreadable = said.iter().filter(|(_, verdict)| verdict.is_err()).count();
    let mut text = format!(
        "{}: {proven} proven, {} not",
        report::counted(said.len(), "file"),
        said.len() - proven - unreadable
    );
    if unreadable > 0 {
        text.push_str(&format!(", {unreadable} unreadable"));
    }
    if data_only {
        text.push_str("; their pages were not looked at");
    }
    text
}
