//! How much is read and made, and no more. Each limit lies far above anything real, ends in an error that names it, and stands in
//! docs/limits.md with it.

/// The largest file of any kind that is read, in bytes: a manifest of a million files is smaller.
pub const FILE: u64 = 512 << 20;

/// The largest YAML file or template, in bytes. A hundred thousand lines of a budget are about ten million.
pub const TEXT: u64 = 16 << 20;

/// The largest PDF or page that is verified or compared, in bytes.
pub const SHEET: usize = 64 << 20;

/// How deep lists and mappings may nest. A program tree of ten levels needs about thirty.
pub const DEPTH: usize = 100;

/// How many keys a mapping may have. Only a glossary has more than fifty; every key is looked for among the others.
pub const KEYS: usize = 2_000;

/// How many entries a list may have; a ministry's whole budget has about fifty thousand lines.
pub const ENTRIES: usize = 100_000;

/// The longest key, in bytes.
pub const KEY: usize = 256;

/// The longest text of a value, in bytes: about eighty pages. Setting a text takes memory for each of its characters.
pub const VALUE: usize = 256 << 10;

/// How many cells of a workbook may hold something, where its bytes are not twice as many.
pub const FILLED: usize = 300_000;

/// The most bytes that the texts of all cells of a workbook may have together, where the file itself has not more: as many as a YAML file.
pub const CELLS_TEXT: usize = 16 << 20;

/// What the parts of any workbook may unfold to, in bytes; above that it is so many times the file, up to the most of all.
pub const UNFOLDED: (u64, u64, u64) = (32 << 20, 32, 256 << 20);

/// The most elements that may describe the styles of a workbook; programs have 65,490 formats of cells.
pub const STYLES: usize = 500_000;

/// The most levels that the lines of a table may have; each takes two or three of [`DEPTH`].
pub const LEVELS: usize = 32;

/// The most columns of amounts that a table may have: each is held against the others. Forty-seven prefectures in five years have 235.
pub const AMOUNTS: usize = 300;

/// The longest text of one line, in bytes, such as a title.
pub const LINE: usize = 4 << 10;

/// The longest line of a YAML file, in bytes: one value, and what stands around it. Where a place stands in its line is looked for again and again.
pub const ROW: usize = VALUE + (32 << 10);

/// How many findings reading tells of, and no more: a hundred thousand slips have a few causes.
pub const FINDINGS: usize = 5_000;

/// How many boxes and arrows a funding flow may have. A page has room for about thirty boxes; laying out grows with their square.
pub const FLOW: usize = 100;

/// How many findings of one rule in one file are shown, and of all rules together; the others are counted.
pub const SHOWN: (usize, usize) = (100, 2_000);

/// The largest sheet, in bytes of Markdown. A thousand programs make about one megabyte.
pub const MARKDOWN: usize = 64 << 20;

/// How long a template of an office may compose one sheet, and the memory that the process may have by then: sheets take milliseconds.
pub const COMPOSED_TIME: std::time::Duration = std::time::Duration::from_secs(20);

/// See [`COMPOSED_TIME`]; in bytes.
pub const COMPOSED_MEMORY: u64 = 2 << 30;

/// The largest picture, in bytes; it rides in every sheet that shows it.
pub const PICTURE: usize = 20 << 20;

/// The most pixels of a picture; a page at 600 dots an inch has fewer.
pub const PIXELS: u64 = 40_000_000;

/// The largest SVG file, in bytes.
pub const SVG: usize = 2_000_000;

/// The most elements of an SVG file, each counted as often as it is drawn.
pub const SVG_ELEMENTS: u64 = 100_000;

/// The most steps of all outlines of an SVG file together.
pub const SVG_STEPS: usize = 200_000;

/// The most that a PDF's description of itself, and all its streams of objects together, may unpack to, in bytes.
pub const PDF_STREAM: usize = 16 << 20;

/// The most values in a PDF: numbers, names, texts. A hundred thousand objects have about two million.
pub const PDF_VALUES: usize = 3_000_000;

/// The most that a PDF's tables of places may unpack to together, in bytes; one of half a million objects has about three million.
pub const PDF_TABLE: usize = 4 << 20;

/// The most such tables; each time that a PDF is added to makes one.
pub const PDF_TABLES: usize = 200;

/// The most places that these tables may name; a thousand pages have about a hundred thousand.
pub const PDF_OBJECTS: usize = 500_000;

/// The most that one stream may unpack to where two PDFs are held against each other, in bytes; those of a sheet have a few hundred
/// thousand. Each number in it takes memory.
pub const PDF_COMPARED: usize = 4 << 20;

/// The most that all files attached to a PDF may unpack to together, in bytes.
pub const ENCLOSURE: usize = 256 << 20;

/// The most nodes of a PDF's tree of names that are looked at.
pub const PDF_NAMES: usize = 10_000;
