//! PDFs that other programs have written, or somebody who means harm.

use std::io::Write;
use std::time::Instant;

use gaisan::build::Format;
use gaisan::compose::Templates;
use gaisan::render::pdf::enclosed;
use gaisan::verify::{ProblemKind, Scope, verify};

use crate::support;

/// A sheet's PDF.
fn sheet() -> Vec<u8> {
    let project = gaisan::read(&[support::budgets("fy2022/mext-5")]);
    let templates = Templates::new(&[]).unwrap();
    let checked = gaisan::check(&project);
    let job =
        gaisan::sheets(&checked, &templates).into_iter().find(|job| job.name().ends_with("q-leap")).unwrap();
    gaisan::render(&job, Format::Pdf, &templates, &project).unwrap().remove(0).1
}

#[test]
fn a_pdf_that_was_only_written_anew_is_told_from_one_that_shows_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let good = sheet();
    assert!(verify(&good, &Scope::default()).unwrap().is_proven());
    std::fs::write(at("good.pdf"), &good).unwrap();
    for options in [
        &[][..],
        &["--object-streams=generate", "--recompress-flate"],
        &["--object-streams=disable", "--compress-streams=n"],
        &["--linearize"],
        &["--stream-data=uncompress"],
        &["--normalize-content=y"],
        &["--qdf"],
    ] {
        let (from, to) = (at("good.pdf"), at("anew.pdf"));
        let arguments = [options, &[from.as_str(), &to]].concat();
        if support::output("qpdf", &arguments, &[]).is_none() {
            return support::skip("qpdf");
        }
        let anew = std::fs::read(&to).unwrap();
        let verdict = verify(&anew, &Scope::default()).unwrap();
        let [problem] = &verdict.problems[..] else { panic!("{options:?}: {verdict:?}") };
        assert_eq!(problem.kind, ProblemKind::Pages);
        assert!(
            problem.message.starts_with(
                "its pages show what its data makes, and nothing else in it differs either; but another"
            ),
            "{options:?}: {}",
            problem.message
        );
        // What it was made from is proven all the same.
        let data = Scope { data_only: true, ..Scope::default() };
        assert!(verify(&anew, &data).unwrap().is_proven(), "{options:?}");
    }
    let locked = ["--encrypt", "", "", "256", "--", &at("good.pdf"), &at("locked.pdf")].map(str::to_owned);
    support::output("qpdf", &locked.each_ref().map(String::as_str), &[]).unwrap();
    let verdict = verify(&std::fs::read(at("locked.pdf")).unwrap(), &Scope::default()).unwrap();
    assert!(verdict.problems[0].message.starts_with("the PDF was encrypted"), "{verdict:?}");
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::best());
    let mut room = vec![0; compressor.zlib_compress_bound(bytes.len())];
    let length = compressor.zlib_compress(bytes, &mut room).unwrap();
    room.truncate(length);
    room
}

/// A PDF of some objects, each its number, what its dictionary says and its stream, and of a table of places that has so many entries more for
/// the first of them.
fn pdf(objects: &[(u32, String, Vec<u8>)], more: u32) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\ngaisan\n".to_vec();
    let mut entries: Vec<[u8; 6]> = vec![[0; 6]];
    let entry = |at: usize| {
        let place = u32::try_from(at).unwrap().to_be_bytes();
        [1, place[0], place[1], place[2], place[3], 0]
    };
    for (number, says, stream) in objects {
        assert_eq!(entries.len(), usize::try_from(*number).unwrap());
        entries.push(entry(file.len()));
        match stream.is_empty() {
            true => write!(file, "{number} 0 obj\n{says}\nendobj\n").unwrap(),
            false => {
                write!(file, "{number} 0 obj\n<<{says}/Length {}>>\nstream\n", stream.len()).unwrap();
                file.extend_from_slice(stream);
                file.extend_from_slice(b"\nendstream\nendobj\n");
            }
        }
    }
    let first = entries[1];
    entries.extend((0..more).map(|_| first));
    let (at, size) = (file.len(), entries.len() + 1);
    entries.push(entry(at));
    let table = deflated(&entries.concat());
    write!(
        file,
        "{} 0 obj\n<</Type/XRef/Size {size}/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length {}>>\nstream\n",
        size - 1,
        table.len()
    )
    .unwrap();
    file.extend_from_slice(&table);
    write!(file, "\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").unwrap();
    file
}

fn list(says: &str, head: &str, text: &str) -> (String, Vec<u8>) {
    let count = head.split(' ').count() / 2;
    let says = says.replace("{N}", &count.to_string()).replace("{First}", &head.len().to_string());
    (says, deflated(format!("{head}{text}").as_bytes()))
}

#[test]
fn what_a_pdf_unpacks_to_is_bounded_however_it_is_cut() {
    const SAYS: &str = "/Type/ObjStm/N {N}/First {First}/Filter/FlateDecode";
    let catalog = || (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned(), Vec::new());
    let lists = |count: u32, says: &str, head: &str, text: &str| -> Vec<u8> {
        let mut objects = vec![catalog(), (2, "<</Type/Pages/Kids[]/Count 0>>".to_owned(), Vec::new())];
        let (says, stream) = list(says, head, text);
        objects.extend((0..count).map(|at| (at + 3, says.clone(), stream.clone())));
        pdf(&objects, 0)
    };
    let blanks = " ".repeat(4 << 20);
    let numbers = format!("[{}]", "0 ".repeat(400_000));
    let places: String = (0..20_000).map(|at| format!("{} 0 ", 1_000 + at)).collect();
    let nested: String = (0..20_000).map(|at| format!("{} {} ", 1_000 + at, 3 * at)).collect();
    let giant = vec![(1, format!("[{}]", "0 ".repeat(40_000)), Vec::new())];
    // What cannot be read is read no oftener, and no farther, than what can.
    let bad = vec![(1, format!("[{} garbage", "0 ".repeat(300_000)), Vec::new())];
    let strings: Vec<(u32, String, Vec<u8>)> =
        (1..20_000).map(|at| (at, "(%".to_owned(), Vec::new())).collect();
    let lengths: Vec<(u32, String, Vec<u8>)> = [(1, numbers.clone(), Vec::new())]
        .into_iter()
        .chain((2..3_000).map(|at| (at, "<</Length 1 0 R>>\nstream\nendstream".to_owned(), Vec::new())))
        .collect();
    let much = "the PDF holds more than any sheet does";
    let wide = format!("{SAYS}/DecodeParms<</Predictor 15/Columns 20000000/Colors 32/BitsPerComponent 16>>");
    for (what, file, why) in [
        ("one bad value at many places", pdf(&bad, 400_000), "the PDF is damaged"),
        ("bad values one in another", pdf(&strings, 0), "the PDF is damaged"),
        ("streams whose length is a giant", pdf(&lengths, 0), "the PDF is damaged"),
        ("few lists", lists(2, SAYS, "9 0 ", &blanks), "no files attached"),
        ("many lists, each of which is fine", lists(40, SAYS, "9 0 ", &blanks), much),
        ("many values", lists(10, SAYS, "9 0 ", &numbers), much),
        ("a row that is wider than all that it unpacks to", lists(1, &wide, "9 0 ", "[0]"), much),
        ("one value under many numbers", lists(1, SAYS, &places, &numbers), "no files attached"),
        ("values one in another", lists(1, SAYS, &nested, &"[0 ".repeat(20_000)), "no files attached"),
        ("one value at many places", pdf(&giant, 400_000), "the PDF is damaged"),
        ("names in numbers", lists(40, &SAYS.replace("ObjStm", "Obj#53tm"), "9 0 ", &blanks), much),
        (
            "packed twice",
            {
                let (says, stream) = list(SAYS, "9 0 ", &blanks.repeat(6));
                let says = says.replace("/FlateDecode", "[/FlateDecode/FlateDecode]");
                pdf(&[catalog(), (2, says, deflated(&stream))], 0)
            },
            much,
        ),
    ] {
        assert!(file.len() < 1 << 20, "{what}: {} bytes", file.len());
        let start = Instant::now();
        let said = enclosed(&file).unwrap_err().to_string();
        assert!(said.contains(why), "{what}: {said}");
        assert!(start.elapsed().as_secs() < 10, "{what} takes {:?}", start.elapsed());
        assert!(!verify(&file, &Scope::default()).is_ok_and(|verdict| verdict.is_proven()), "{what}");
    }
}
