//! Sheets that somebody has changed: no place of a page or a PDF can be another one unseen.

use std::fs;

use gaisan::build::{self, Format};
use gaisan::enclosure::{EnclosedFile, Enclosure, Role};
use gaisan::render::html;
use gaisan::verify::{ProblemKind, Scope, verify};

use super::{gaisan, problem, replaced, sheet, verdict};

#[test]
fn a_page_with_one_digit_changed_says_where() {
    let page = sheet(Format::Html);
    let text = std::str::from_utf8(&page).unwrap();
    let shown = text.find("4,592").unwrap();
    let data = text.rfind("requested: 4,592").unwrap();
    assert!(shown < data);
    let (kind, message) = problem(&replaced(&page, "4,592", "4,593"));
    assert_eq!(kind, ProblemKind::Pages);
    assert!(message.contains("4,593") && message.contains("its data makes"), "{message}");

    let (kind, message) = problem(&replaced(&page, "requested: 4,592", "requested: 4,593"));
    assert_eq!(kind, ProblemKind::Digest);
    assert!(message.contains("`fy2022/mext-5/q-leap.yaml` was changed"), "{message}");
}

#[test]
fn a_pdf_with_one_digit_changed_says_where() {
    // The pages of another amount around the data of this one.
    let enclosure = html::enclosed(std::str::from_utf8(&sheet(Format::Html)).unwrap()).unwrap().unwrap();
    let files = enclosure.files.iter().map(|file| {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let text = text.replace("requested: 4,592", "requested: 4,593");
        EnclosedFile::new(file.name.clone(), file.role, text.into_bytes()).into()
    });
    let other = Enclosure { files: files.collect(), ..enclosure.clone() };
    let remade = build::remake(&other).unwrap();
    let mut job = remade.job.unwrap();
    job.sheet.imprint.enclosure = Some(enclosure.into());
    let pages = job.files(Format::Pdf, &remade.templates, None).unwrap();
    let (kind, message) = problem(&pages[0].1);
    assert_eq!(kind, ProblemKind::Pages);
    assert!(message.starts_with("page 1 shows"), "{message}");
    assert!(message.contains("4,593"), "{message}");
}

#[test]
fn a_pdf_whose_attachment_was_exchanged_is_not_proven() {
    let mut document = lopdf::Document::load_mem(&sheet(Format::Pdf)).unwrap();
    let mut changed = 0;
    for object in document.objects.values_mut() {
        if let lopdf::Object::Stream(stream) = object
            && stream.dict.has_type(b"EmbeddedFile")
        {
            let text = stream.get_plain_content().unwrap();
            let text = String::from_utf8(text).unwrap();
            changed += text.matches("requested: 4,592").count();
            let text = text.replace("requested: 4,592", "requested: 4,593");
            stream.set_plain_content(text.into_bytes());
        }
    }
    assert_eq!(changed, 1);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let verdict = verdict(&bytes);
    assert!(!verdict.is_proven());
}

/// Numbers for places and bytes, the same in every run.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 2022_u64;
    move |end| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % end as u64).unwrap()
    }
}

/// Changes single bytes, cuts and repeats pieces, and expects that nothing of it is proven.
fn tampered(format: Format, times: usize) {
    let bytes = sheet(format);
    assert!(verdict(&bytes).is_proven());
    let mut below = numbers();
    for _ in 0..times {
        let mut changed = bytes.clone();
        let at = below(bytes.len());
        match below(4) {
            0 => changed[at] = changed[at].wrapping_add(1 + u8::try_from(below(255)).unwrap()),
            1 => changed[at] ^= 1,
            2 => drop(changed.drain(at..(at + 1 + below(64)).min(bytes.len()))),
            _ => changed.insert(at, b'0'),
        }
        // A file that is no sheet any more is not proven either.
        if changed != bytes
            && let Ok(verdict) = verify(&changed, &Scope::default())
        {
            assert!(!verdict.is_proven(), "byte {at}");
        }
    }
}

#[test]
fn no_changed_byte_of_a_page_goes_unseen() {
    tampered(Format::Html, 150);
}

#[test]
fn no_changed_byte_of_a_pdf_goes_unseen() {
    tampered(Format::Pdf, 60);
}

/// A chapter whose pages have everything that a page can have.
pub(crate) const RICH: &str = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: 2024\nstage: request\nunit: 百万円\nrequested: 5\nprior: 4\n\
    breakdown: complete\nglossary:\n  AI: 人工知能\n\
    citations:\n  - {id: plan, title: 基本計画, date: 2023-06-01, authority: 閣議決定, url: 'https://example.jp/plan'}\n\
    programs:\n  - id: p\n    title: 事業\n    requested: 2\n    prior: 1\n    notes:\n      - {kind: in_addition, text: 別途計上}\n\
    \x20   policy_basis:\n      - {cite: plan, quote: 引用}\n    summary: |\n      **AI**の研究[^1]を[進める](https://example.jp/)。\n\n      [^1]: 脚注\n\
    \x20   figures:\n      - {id: f, title: 図, alt: 丸, image: p.svg}\n      - id: g\n        title: 割合\n        alt: 円\n        \
    chart:\n          whole: 全体\n          parts: [{label: 甲, percent: 40}, {label: 乙, percent: 60}]\n\
    \x20 - id: q\n    title: 次\n    requested: 3\n    prior: 3\n";

const DOT: &str =
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle cx='4' cy='4' r='3'/></svg>";

/// A built page of [`RICH`], alone.
fn rich(format: Format) -> Vec<u8> {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("request.yaml"), RICH).unwrap();
    fs::write(desk.path().join("p.svg"), DOT).unwrap();
    let (code, said, err) = gaisan(desk.path(), &["build", "request.yaml"]);
    assert_eq!(code, 0, "{said}{err}");
    fs::read(desk.path().join(format!("output/fy2024/c/p.{}", format.extension()))).unwrap()
}

/// The places of all texts and attributes of a page that are not empty.
fn strings(page: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(open) = page[from..].find('<').map(|at| from + at) {
        places.push((from, open));
        let close = open + page[open..].find('>').unwrap();
        let mut quotes = page[open..close].match_indices('"').map(|(at, _)| open + at);
        while let (Some(start), Some(end)) = (quotes.next(), quotes.next()) {
            places.push((start + 1, end));
        }
        from = close + 1;
    }
    places.retain(|(start, end)| !page[*start..*end].trim().is_empty());
    places
}

#[test]
fn no_string_and_no_link_of_a_page_can_be_changed_unseen() {
    let page = String::from_utf8(rich(Format::Html)).unwrap();
    assert!(verdict(page.as_bytes()).is_proven());
    let places = strings(&page);
    let shown: Vec<&str> = places.iter().map(|(start, end)| &page[*start..*end]).collect();
    for expected in
        ["overview.html#p", "人工知能", "https://example.jp/plan", "丸", "本文へ戻る", "省", "章の概要へ戻る"]
    {
        assert!(shown.iter().any(|text| text.contains(expected)), "{expected} is not in {shown:?}");
    }
    for (start, end) in places {
        let changed = format!("{}【訂正】{}", &page[..start], &page[end..]);
        let seen = verify(changed.as_bytes(), &Scope::default());
        assert!(!seen.is_ok_and(|verdict| verdict.is_proven()), "{}", &page[start..end]);
    }
}

/// Whoever forges a page may change anything inside it, digests too, and make the rest anew with gaisan: what is proven then is of
/// another edition.
#[test]
fn whatever_is_forged_around_an_edition_is_not_proven() {
    for format in [Format::Html, Format::Pdf] {
        let enclosure = match format {
            Format::Pdf => gaisan::render::pdf::enclosed(&rich(format)).unwrap(),
            _ => html::enclosed(std::str::from_utf8(&rich(format)).unwrap()).unwrap().unwrap(),
        };
        let file = |at: usize, name: &str, role, text: &str| {
            let mut forged = enclosure.clone();
            forged.files[at] = EnclosedFile::new(name.to_owned(), role, text.as_bytes().to_vec()).into();
            forged
        };
        let mut forged = vec![
            Enclosure { sheet: "fy2024/c/q".to_owned(), ..enclosure.clone() },
            Enclosure { sheet: "fy2024/c/en/p".to_owned(), ..enclosure.clone() },
            Enclosure { version: "9.9.9".to_owned(), ..enclosure.clone() },
        ];
        for (at, there) in enclosure.files.iter().enumerate() {
            let text = String::from_utf8(there.bytes.clone()).unwrap();
            forged.push(file(at, &format!("x/{}", there.name), there.role, &text));
            for role in [Role::Source, Role::Extract, Role::Picture, Role::Template] {
                forged.push(file(at, &there.name, role, &text));
            }
            for (number, _) in text.lines().enumerate() {
                let lines = text.lines().enumerate();
                let without: Vec<&str> =
                    lines.filter(|(it, _)| *it != number).map(|(_, line)| line).collect();
                forged.push(file(at, &there.name, there.role, &(without.join("\n") + "\n")));
            }
            for (from, to) in
                [("requested: 2", "requested: 9"), ("事業", "訂正"), ("\n", "\r\n"), ("r='3'", "r='2'")]
            {
                forged.push(file(at, &there.name, there.role, &text.replace(from, to)));
            }
            let mut more = enclosure.clone();
            more.files.push(EnclosedFile::new("z.yaml".to_owned(), there.role, there.bytes.clone()).into());
            forged.push(more);
        }
        for other in forged.into_iter().filter(|other| *other != enclosure) {
            let Ok(remade) = build::remake(&other) else { continue };
            let Some(mut job) = remade.job else { continue };
            // With the edition of the one, and as if it were of the other.
            for inside in [other.clone(), enclosure.clone()] {
                job.sheet.imprint.enclosure = Some(inside.into());
                let files = job.files(format, &remade.templates, None).unwrap();
                let Ok(verdict) = verify(&files[0].1, &Scope::default()) else { continue };
                let is_same = verdict.digest() == Some(enclosure.digest());
                assert!(!(verdict.is_proven() && is_same) || files[0].1 == rich(format), "{other:?}");
            }
        }
    }
}

#[test]
fn a_page_with_links_of_its_own_is_not_proven() {
    let page = String::from_utf8(rich(Format::Html)).unwrap();
    let nav = "<li><a href=\"https://evil.example/login.html\">【訂正】本件の要求額は9,592百万円</a></li>\n";
    let forged = page.replacen("</ul></nav>", &format!("{nav}</ul></nav>"), 1);
    let links =
        ",\"links\":[[\"【訂正】本件の要求額は9,592百万円\",\"https://evil.example/login\"]]}\n</script>";
    let forged = forged.replacen("}\n</script>", links, 1);
    let (kind, message) = problem(forged.as_bytes());
    assert_eq!(kind, ProblemKind::Pages);
    assert!(message.contains("9,592百万円"), "{message}");
}
