//! What an OpenDocument sheet says beside the values of its cells: how numbers are shown, how far words are set in, what is joined, hidden or
//! worked out. Formats come out as the codes that other workbooks have, so that one reader knows what they mean.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::Cell;
use super::book::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS};
use super::held::Held;
use super::parts::{attribute, walk};

/// A style of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    format: Option<String>,
    pub(super) indent: Option<u8>,
    pub(super) is_bold: bool,
    pub(super) is_struck: bool,
}

/// What a sheet says.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The names of the styles of cells that hold something.
    pub(super) styles: HashMap<Cell, String>,
    pub(super) formulas: HashMap<Cell, String>,
    pub(super) merged: Vec<(Cell, Cell)>,
    pub(super) hidden_rows: Vec<usize>,
    pub(super) comments: Vec<(Option<Cell>, String)>,
}

/// All that is said of a workbook.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) sheets: HashMap<String, Sheet>,
    styles: HashMap<String, Style>,
    formats: HashMap<String, Format>,
}

/// A format of numbers as it is put together.
#[derive(Clone, Debug, Default)]
struct Format {
    code: String,
    /// The format of numbers that are more than nothing, where that is another one.
    positive: Option<String>,
}

impl Open {
    /// Reads the parts of a workbook of so many bytes: its styles, and its content. `Err` says what is too much of it.
    pub(super) fn read(styles: &str, content: &str, size: usize) -> Result<Self, String> {
        let mut open = Self::default();
        open.look(styles);
        open.look(content);
        open.cells(content, size)?;
        Ok(open)
    }

    /// The style of a cell by its name, with the code of its format.
    pub(super) fn style(&self, name: &str) -> (Style, String) {
        let mut style = self.styles.get(name).cloned().unwrap_or_default();
        let mut above = style.parent.clone();
        for _ in 0..16 {
            let Some(parent) = above.as_ref().and_then(|name| self.styles.get(name)) else { break };
            style.format = style.format.or_else(|| parent.format.clone());
            style.indent = style.indent.or(parent.indent);
            style.is_bold |= parent.is_bold;
            style.is_struck |= parent.is_struck;
            above.clone_from(&parent.parent);
        }
        let format = style.format.as_ref().and_then(|name| self.formats.get(name));
        let positive = format.and_then(|it| self.formats.get(it.positive.as_ref()?)).or(format);
        let code = positive.map(|format| format.code.clone()).unwrap_or_default();
        (style, code)
    }

    /// Gathers styles and formats.
    fn look(&mut self, text: &str) {
        let (mut style, mut format): (Option<String>, Option<String>) = (None, None);
        walk(text, |event, open| match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "style" if attribute(element, "style:family").as_deref() == Some("table-cell") => {
                    style = attribute(element, "style:name");
                    let new = Style {
                        parent: attribute(element, "style:parent-style-name"),
                        format: attribute(element, "style:data-style-name"),
                        ..Style::default()
                    };
                    self.styles.extend(style.clone().map(|name| (name, new)));
                }
                "style" => style = None,
                "number-style" | "percentage-style" | "currency-style" => {
                    format = attribute(element, "style:name");
                    self.formats.extend(format.clone().map(|name| (name, Format::default())));
                }
                _ => {
                    if let Some(style) = style.as_ref().and_then(|name| self.styles.get_mut(name)) {
                        style.add(element);
                    }
                    if let Some(format) = format.as_ref().and_then(|name| self.formats.get_mut(name)) {
                        format.add(element);
                    }
                }
            },
            Event::End(element) => match element.local_name().as_ref() {
                "style" => style = None,
                "number-style" | "percentage-style" | "currency-style" => format = None,
                _ => {}
            },
            Event::Text(part)
                if open.last().is_some_and(|name| name == "text" || name == "currency-symbol") =>
            {
                if let Some(format) = format.as_ref().and_then(|name| self.formats.get_mut(name)) {
                    let shown = part.as_ref().replace('"', "");
                    // A percent sign is a sign, and no text.
                    format.code.push_str(&if shown == "%" { shown } else { format!("\"{shown}\"") });
                }
            }
            _ => {}
        });
    }

    fn cells(&mut self, content: &str, size: usize) -> Result<(), String> {
        let mut cursor = Cursor::default();
        let (mut held, mut trouble) = (Held::of(size), None);
        let mut sheet: Option<(String, Sheet)> = None;
        let is_whole = walk(content, |event, open| match event {
            _ if trouble.is_some() => {}
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "table" if !open.iter().any(|name| name == "table") => {
                    cursor = Cursor { count: cursor.count, ..Cursor::default() };
                    sheet = attribute(element, "table:name").map(|name| (name, Sheet::default()));
                }
                "table-column" => cursor.column_of(element),
                "table-row" => {
                    cursor.row(element);
                    let is_hidden = attribute(element, "table:visibility").is_some_and(|it| it != "visible");
                    if let Some((_, sheet)) = sheet.as_mut().filter(|_| is_hidden) {
                        sheet
                            .hidden_rows
                            .extend(cursor.row..(cursor.row + cursor.rows).min(cursor.row + 1000));
                    }
                    // A row without cells has no end of its own.
                    cursor.row += if matches!(event, Event::Empty(_)) { cursor.rows } else { 0 };
                }
                "table-cell" | "covered-table-cell" => {
                    cursor.text = 0;
                    if let Some((_, sheet)) = &mut sheet {
                        trouble = cursor.cell(element, sheet, &mut held).err();
                    }
                    cursor.column += cursor.columns;
                }
                // Blanks beside each other are counted, and not written.
                "s" => {
                    let count = attribute(element, "text:c").and_then(|count| count.parse().ok());
                    cursor.text = cursor.text.saturating_add(count.unwrap_or(1));
                    trouble = held.fits(cursor.at(), cursor.text).err();
                }
                "annotation" => {
                    if let Some((_, sheet)) = &mut sheet {
                        let column = cursor.column.saturating_sub(cursor.columns);
                        sheet.comments.push((Some(Cell { row: cursor.row, column }), String::new()));
                    }
                }
                _ => {}
            },
            Event::Text(part) if !open.iter().any(|name| name == "annotation") => {
                cursor.text = cursor.text.saturating_add(part.as_ref().len());
            }
            Event::Text(part) => {
                let is_text = open.last().is_some_and(|name| name == "p" || name == "span");
                if let Some((_, text)) =
                    sheet.as_mut().and_then(|it| it.1.comments.last_mut()).filter(|_| is_text)
                {
                    text.push_str(part.as_ref());
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "table-row" => cursor.row += cursor.rows,
                "table-cell" | "covered-table-cell" => {
                    trouble = held.words(cursor.at(), cursor.text, cursor.times()).err();
                }
                "table" if open.len() < 5 => self.sheets.extend(sheet.take()),
                _ => {}
            },
            _ => {}
        });
        self.sheets.extend(sheet);
        // Who reads the values looks for the end of a table as long as there is none.
        let is_damaged = || "its part `content.xml` is damaged, or not all of it is there".to_owned();
        trouble.map_or_else(|| if is_whole { Ok(()) } else { Err(is_damaged()) }, Err)
    }
}

impl Style {
    fn add(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "paragraph-properties" => {
                // A step is ten points.
                let margin = attribute(element, "fo:margin-left");
                self.indent = self.indent.or(margin.and_then(|margin| steps(&margin)));
            }
            "text-properties" => {
                let says = |name: &str| attribute(element, name);
                self.is_bold |= says("fo:font-weight").is_some_and(|weight| weight == "bold");
                self.is_struck |= says("style:text-line-through-style").is_some_and(|style| style != "none");
            }
            _ => {}
        }
    }
}

/// How many steps of ten points a length is, in whole ones.
fn steps(length: &str) -> Option<u8> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = length.get(..length.len() - unit.len())?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let thousandths: u32 = format!("{whole}{fraction:0<3}").get(..whole.len() + 3)?.parse().ok()?;
    let a_step = match unit {
        "pt" => 10_000,
        "cm" => 353,
        "mm" => 3_528,
        "in" => 139,
        _ => return None,
    };
    u8::try_from((thousandths.checked_add(a_step / 2)?) / a_step).ok()
}

impl Format {
    fn add(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| attribute(element, name).and_then(|text| text.parse::<usize>().ok());
        match element.local_name().as_ref() {
            "number" => {
                let is_grouped = attribute(element, "number:grouping").is_some_and(|it| it == "true");
                let least = number("number:min-integer-digits").unwrap_or(1).min(30);
                let decimals = number("number:decimal-places").unwrap_or(0).min(30);
                let factor = attribute(element, "number:display-factor").unwrap_or_default();
                let thousands = factor.bytes().filter(|byte| *byte == b'0').count() / 3;
                self.code.push_str(&if is_grouped { "#,##0".to_owned() } else { "0".repeat(least.max(1)) });
                if decimals > 0 {
                    self.code.push('.');
                    self.code.push_str(&"0".repeat(decimals));
                }
                self.code.push_str(&",".repeat(thousands));
            }
            "map" => {
                let condition = attribute(element, "style:condition").unwrap_or_default();
                if matches!(condition.replace(' ', "").as_str(), "value()>=0" | "value()>0") {
                    self.positive = attribute(element, "style:apply-style-name");
                }
            }
            _ => {}
        }
    }
}

/// Where the reader of cells stands.
#[derive(Default)]
struct Cursor {
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
    /// The styles of columns, each with the column behind the last that has it.
    defaults: Vec<(usize, String)>,
    count: usize,
    /// How long the words of the cell are so far.
    text: usize,
}

impl Cursor {
    /// The cell that was begun last.
    fn at(&self) -> Cell {
        Cell { row: self.row, column: self.column.saturating_sub(self.columns) }
    }

    /// How many cells it stands for.
    fn times(&self) -> usize {
        self.rows.saturating_mul(self.columns)
    }

    fn repeated(element: &BytesStart<'_>, name: &str, most: usize) -> usize {
        attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, most)
    }

    fn column_of(&mut self, element: &BytesStart<'_>) {
        let start = self.defaults.last().map_or(0, |(end, _)| *end);
        let end = start + Self::repeated(element, "table:number-columns-repeated", MOST_COLUMNS);
        let style = attribute(element, "table:default-cell-style-name").unwrap_or_default();
        self.defaults.push((end, style));
    }

    fn row(&mut self, element: &BytesStart<'_>) {
        self.rows = Self::repeated(element, "table:number-rows-repeated", MOST_ROWS);
        self.column = 0;
    }

    fn cell(&mut self, element: &BytesStart<'_>, sheet: &mut Sheet, held: &mut Held) -> Result<(), String> {
        self.columns = Self::repeated(element, "table:number-columns-repeated", MOST_COLUMNS);
        let span = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let (down, across) = (span("table:number-rows-spanned"), span("table:number-columns-spanned"));
        let first = Cell { row: self.row, column: self.column };
        if down.max(across) > 1 {
            let last = Cell {
                row: self.row + down.clamp(1, MOST_ROWS) - 1,
                column: self.column + across.clamp(1, MOST_COLUMNS) - 1,
            };
            sheet.merged.push((first, last));
        }
        let value = ["office:string-value", "table:formula", "office:date-value", "office:time-value"];
        let length: usize = value.iter().filter_map(|name| Some(attribute(element, name)?.len())).sum();
        let has_value = attribute(element, "office:value-type").is_some();
        if has_value || length > 0 {
            held.repeated(first, length, self.times())?;
        }
        // Who reads the values lays all cells out that lie between.
        let rows = self.row.saturating_add(self.rows);
        if has_value && rows.saturating_mul(self.column + self.columns) > MOST_CELLS {
            return Err(format!(
                "its cell {first} lies far from the first, with more than {MOST_CELLS} cells between; clear it, or save the workbook as .xlsx"
            ));
        }
        if !has_value {
            return Ok(());
        }
        let style = attribute(element, "table:style-name").or_else(|| {
            let own = self.defaults.iter().find(|(end, _)| self.column < *end);
            own.map(|(_, style)| style.clone())
        });
        let formula = attribute(element, "table:formula").map(|formula| {
            let formula = formula.split_once(":=").map_or(formula.as_str(), |(_, formula)| formula);
            formula.replace("[.", "").replace(":.", ":").replace(']', "").replace(';', ",")
        });
        for row in self.row..self.row + self.rows {
            for column in self.column..self.column + self.columns {
                self.count += 1;
                if self.count > MOST_CELLS {
                    return Ok(());
                }
                let at = Cell { row, column };
                sheet.styles.extend(style.clone().map(|style| (at, style)));
                sheet.formulas.extend(formula.clone().map(|formula| (at, formula)));
            }
        }
        Ok(())
    }
}
