"""Sets the page of benches/page.md with gaisan, typst, WeasyPrint and ReportLab, and prints what each takes.

Every program gets the same words, the same table and the same two faces, and is warm: imported, its fonts loaded, one
document set before. Every document of a program is a different one (the characters of each paragraph and cell in another order),
because typst remembers the paragraphs that it has set before, and a ministry's sheets are all different. The time is that of the processor, of all threads of the process together, so that other
programs on the machine count little; gaisan's is taken from its own benchmark, run in between. The figure of a
program is the median of its documents; rounds are repeated, and the ratios are of the medians of the rounds.
"""

import io
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FACES = {
    "Regular": ROOT / "src/typeface/BIZUDPGothic-Regular.ttf",
    "Bold": ROOT / "src/typeface/BIZUDPGothic-Bold.ttf",
}
DOCUMENTS = 9


# The page


def blocks(number):
    """The page as (kind, content), the characters of every text shuffled; gaisan's benchmark turns them around, too."""
    rows = []
    for line in (ROOT / "benches/page.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            cells = [shuffled(cell.strip(), number) for cell in line.strip("|").split("|")]
            if not line.startswith("|-"):
                rows.append(cells)
        elif line.startswith("#"):
            level, text = line.split(" ", 1)
            yield f"h{len(level)}", shuffled(text, number)
        elif line:
            yield "p", [(place % 2 == 1, shuffled(run, number)) for place, run in enumerate(line.split("**"))]
    yield "table", rows


def shuffled(text, number):
    characters = list(text)
    random.Random(f"{number} {text}").shuffle(characters)
    return "".join(characters)


# The programs: each prepares itself once and returns a function from a document's number to a PDF


def typst():
    import typst

    folder = Path(tempfile.mkdtemp())
    file = folder / "page.typ"
    file.write_text("")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FACES["Regular"].parent)])
    compiler = typst.Compiler(str(file), root=str(folder), font_paths=fonts)

    def escaped(text):
        return re.sub(r"([\\#*_`$<>@\[\]/~+=\-])", r"\\\1", text)

    def make(number):
        out = [
            '#set document(title: "未来社会の実現に向けた先端研究の抜本的強化", author: "文部科学省")',
            '#set page(paper: "a4", margin: 40pt)',
            '#set text(font: "BIZ UDPGothic", lang: "ja", size: 8pt)',
            "#set par(leading: 4pt, spacing: 5pt)",
            "#set table(stroke: 0.4pt, inset: 2.2pt)",
        ]
        for kind, content in blocks(number):
            if kind == "p":
                out.append("".join(f"#strong[{escaped(run)}]" if bold else escaped(run) for bold, run in content) + "\n")
            elif kind == "table":
                align = "(right, left, right, right, right, left)"
                cells = ["".join(f"[{escaped(cell)}]," for cell in row) for row in content]
                body = "\n".join(cells[1:])
                out.append(f"#table(columns: 6, align: {align}, table.header({cells[0]}),\n{body})")
            else:
                out.append("=" * int(kind[1]) + " " + escaped(content) + "\n")
        source = "\n".join(out).encode()
        return lambda: compiler.compile(source, format="pdf", pdf_standards=["ua-1", "a-2a"])

    return make


def weasyprint():
    import logging

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    config = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: BIZ; font-weight: {weight}; src: url({FACES[name].as_uri()}) }}"
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    css = CSS(
        string=faces
        + "@page { size: A4; margin: 40pt } body { font: 8pt/1.5 BIZ } h1 { font-size: 14pt } h2 { font-size: 9.5pt }"
        "table { border-collapse: collapse; font-size: 7.5pt; line-height: 9.5pt } td, th { border: 0.4pt solid; padding: 1pt 2.2pt }"
        "p { margin: 0 0 2pt }",
        font_config=config,
    )

    def make(number):
        out = []
        for kind, content in blocks(number):
            if kind == "p":
                out.append("<p>" + "".join(f"<b>{run}</b>" if bold else run for bold, run in content) + "</p>")
            elif kind == "table":
                head = "".join(f'<th scope="col">{cell}</th>' for cell in content[0])
                rows = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in content[1:])
                out.append(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>")
            else:
                out.append(f"<{kind}>{content}</{kind}>")
        page = f'<html lang="ja"><head><title>未来社会</title></head><body>{"".join(out)}</body></html>'
        return lambda: HTML(string=page).write_pdf(stylesheets=[css], font_config=config, pdf_variant="pdf/ua-1")

    return make


def reportlab():
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    for name, path in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily("Regular", normal="Regular", bold="Bold", italic="Regular", boldItalic="Bold")
    body = ParagraphStyle("p", fontName="Regular", fontSize=8, leading=12, wordWrap="CJK", spaceAfter=2)
    heads = {
        "h1": ParagraphStyle("h1", body, fontName="Bold", fontSize=14, leading=20),
        "h2": ParagraphStyle("h2", body, fontName="Bold", fontSize=9.5, leading=14),
    }
    cell = ParagraphStyle("td", body, fontSize=7.5, leading=9.5, spaceAfter=0)
    style = [("GRID", (0, 0), (-1, -1), 0.4, "black"), ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]

    def make(number):
        def run():
            story = []
            for kind, content in listed:
                if kind == "p":
                    text = "".join(f"<b>{run}</b>" if bold else run for bold, run in content)
                    story.append(Paragraph(text, body))
                elif kind == "table":
                    rows = [[Paragraph(text, cell) for text in row] for row in content]
                    story.append(Table(rows, colWidths=[30, 138, 70, 70, 65, 140], style=style, repeatRows=1))
                else:
                    story.append(Paragraph(content, heads[kind]))
            out = io.BytesIO()
            SimpleDocTemplate(out, pagesize=A4, leftMargin=34, rightMargin=34, topMargin=34, bottomMargin=34).build(story)
            return out.getvalue()

        listed = list(blocks(number))
        return run

    return make


# The comparison


def measured(make, first):
    """The median time of some documents, in milliseconds, and the size of the last, in bytes."""
    times = []
    for number in range(first, first + DOCUMENTS):
        work = make(number)
        start = time.process_time()
        pdf = work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times), len(pdf)


def gaisan():
    """What gaisan's own benchmark says, from Markdown to bytes."""
    command = ["cargo", "bench", "--quiet", "--bench", "pdf", "--", "stages"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = {name: float(time) for name, time in re.findall(r"^ *(\w[\w ]*?) +([\d.]+) ms", said, re.MULTILINE)}
    return found["read markdown"] + found["whole"], int(re.search(r"(\d+) bytes", said)[1])


def main():
    rounds = int(sys.argv[1])
    programs = {"typst, PDF/A-2a and PDF/UA-1": typst(), "WeasyPrint, PDF/UA-1": weasyprint(), "ReportLab, untagged": reportlab()}
    names = ["gaisan, PDF/A-2a and PDF/UA-1", *programs]
    times = {name: [] for name in names}
    sizes = {}
    for make in programs.values():
        make(0)()
    for turn in range(rounds):
        for name in names:
            if name in programs:
                time_taken, sizes[name] = measured(programs[name], 1 + turn * DOCUMENTS)
            else:
                time_taken, sizes[name] = gaisan()
            times[name].append(time_taken)
    ours = statistics.median(times[names[0]])
    print(f"{'':32}{'ms a page':>12}{'times ours':>12}{'bytes':>10}   rounds")
    for name in names:
        median = statistics.median(times[name])
        each = " ".join(f"{time_taken:.1f}" for time_taken in times[name])
        print(f"{name:32}{median:12.2f}{median / ours:12.1f}{sizes[name]:10}   {each}")


main()
