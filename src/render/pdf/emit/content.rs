//! Page content: items as printpdf's operations, marked with the structure they belong to.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, Line, LinePoint, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, WindingOrder, XObjectTransform,
};

use super::rounded;
use crate::render::pdf::layout::{Drawn, Item, Page, Text};
use crate::render::pdf::tags::Role;
use crate::render::pdf::theme::Ink;
use crate::typeface::Weight;

/// Writes a page; also returns the node of each marked stretch, in the order of their numbers.
pub(super) fn page(page: &Page, (width, height): (f32, f32)) -> (PdfPage, Vec<usize>) {
    let mut pen = Pen {
        height,
        ..Pen::default()
    };
    for item in &page.items {
        pen.item(item);
    }
    pen.unmark();
    let whole = || Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(width),
        height: Pt(height),
        mode: None,
        winding_order: None,
    };
    let page = PdfPage {
        media_box: whole(),
        trim_box: whole(),
        crop_box: whole(),
        ops: pen.ops,
    };
    (page, pen.leaves)
}

/// What is set while a page is written; nothing is said twice.
#[derive(Default)]
struct Pen {
    height: f32,
    ops: Vec<Op>,
    leaves: Vec<usize>,
    /// Inside which mark we are: an artifact is `Some(None)`.
    mark: Option<Option<usize>>,
    /// The last text position while in a text section, in hundredths of a point.
    at: Option<(i64, i64)>,
    font: Option<(Weight, f32)>,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    thickness: f32,
    tracking: f32,
}

impl Pen {
    fn item(&mut self, item: &Item) {
        self.mark(item.leaf);
        if !matches!(item.drawn, Drawn::Text(_)) {
            self.end_text();
        }
        match &item.drawn {
            Drawn::Text(text) => self.text(text),
            Drawn::Fill {
                area: [x, y, width, height],
                ink,
            } => {
                self.fill(*ink);
                let rectangle = Rect {
                    x: Pt(rounded(*x)),
                    y: Pt(rounded(self.height - y - height)),
                    width: Pt(rounded(*width)),
                    height: Pt(rounded(*height)),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Drawn::Rule {
                from,
                to,
                thickness,
                ink,
            } => {
                self.stroke(*ink, *thickness);
                let points = vec![self.corner(*from), self.corner(*to)];
                self.ops.push(Op::DrawLine {
                    line: Line {
                        points,
                        is_closed: false,
                    },
                });
            }
            Drawn::Polygon { corners, ink } => {
                self.fill(*ink);
                let points = corners.iter().map(|corner| self.corner(*corner)).collect();
                let rings = vec![PolygonRing { points }];
                let polygon = Polygon {
                    rings,
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                };
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Drawn::Picture {
                area: [x, y, width, height],
                picture,
            } => {
                let transform = XObjectTransform {
                    translate_x: Some(Pt(rounded(*x))),
                    translate_y: Some(Pt(rounded(self.height - y - height))),
                    scale_x: Some(rounded(*width)),
                    scale_y: Some(rounded(*height)),
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                };
                self.ops.push(Op::UseXobject {
                    id: super::pictures::id(*picture),
                    transform,
                });
            }
        }
    }

    fn corner(&self, (x, y): (f32, f32)) -> LinePoint {
        LinePoint {
            p: Point {
                x: Pt(rounded(x)),
                y: Pt(rounded(self.height - y)),
            },
            bezier: false,
        }
    }

    fn text(&mut self, text: &Text) {
        if text.text.is_empty() {
            return;
        }
        let from = self.at.unwrap_or_else(|| {
            self.ops.push(Op::StartTextSection);
            (0, 0)
        });
        self.fill(text.ink);
        if self.font != Some((text.weight, text.size)) {
            self.font = Some((text.weight, text.size));
            let font = PdfFontHandle::External(super::fonts::id(text.weight));
            self.ops.push(Op::SetFont {
                font,
                size: Pt(rounded(text.size)),
            });
        }
        if self.tracking != text.tracking {
            self.tracking = text.tracking;
            self.ops.push(Op::SetCharacterSpacing {
                multiplier: (text.tracking * 1000.0).round() / 1000.0,
            });
        }
        let hundredths = |distance: f32| (f64::from(distance) * 100.0).round() as i64;
        let to = (hundredths(text.x), hundredths(self.height - text.y));
        let step = |to: i64, from: i64| Pt(((to - from) as f64 / 100.0) as f32);
        self.ops.push(Op::SetTextCursor {
            pos: Point {
                x: step(to.0, from.0),
                y: step(to.1, from.1),
            },
        });
        self.at = Some(to);
        self.ops.push(Op::ShowText {
            items: spaced(text),
        });
    }

    fn fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: color(ink) });
        }
    }

    fn stroke(&mut self, ink: Ink, thickness: f32) {
        if self.stroke != Some(ink) {
            self.stroke = Some(ink);
            self.ops.push(Op::SetOutlineColor { col: color(ink) });
        }
        if self.thickness != thickness {
            self.thickness = thickness;
            self.ops.push(Op::SetOutlineThickness {
                pt: Pt(rounded(thickness)),
            });
        }
    }

    fn mark(&mut self, leaf: Option<usize>) {
        if self.mark == Some(leaf) {
            return;
        }
        self.unmark();
        self.mark = Some(leaf);
        let Some(leaf) = leaf else {
            self.ops.push(Op::BeginMarkedContent {
                tag: "Artifact".to_owned(),
            });
            return;
        };
        let number = self.leaves.len() as i64;
        self.leaves.push(leaf);
        // The structure tree says what the stretch is; a span is what any stretch may be called.
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: Role::Span.name().to_owned(),
            properties: DictItem::Dict {
                map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]),
            },
        });
    }

    fn unmark(&mut self) {
        self.end_text();
        if self.mark.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn end_text(&mut self) {
        if self.at.take().is_some() {
            self.ops.push(Op::EndTextSection);
        }
    }
}

/// The characters of a text with the extra space between them.
fn spaced(text: &Text) -> Vec<TextItem> {
    if text.kerns.is_empty() {
        return vec![TextItem::Text(text.text.clone())];
    }
    let mut kerns = text.kerns.iter().peekable();
    let mut items = Vec::with_capacity(text.kerns.len() * 2 + 1);
    let mut run = String::new();
    for (place, character) in text.text.chars().enumerate() {
        if let Some((_, kern)) = kerns.next_if(|(at, _)| *at <= place)
            && *kern != 0
        {
            if !run.is_empty() {
                items.push(TextItem::Text(std::mem::take(&mut run)));
            }
            items.push(TextItem::Offset(-*kern as f32));
        }
        run.push(character);
    }
    items.push(TextItem::Text(run));
    items
}

fn color(Ink(red, green, blue): Ink) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb {
        r: part(red),
        g: part(green),
        b: part(blue),
        icc_profile: None,
    })
}
