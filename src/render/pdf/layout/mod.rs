//! From a [`Document`] to pages as plain data: every piece of type in its place, and the structure it belongs to.
//!
//! Blocks are set into a galley, one long column of strips (`compositor` and its neighbors); the galley is cut into pages
//! (`paginate`); the pages get their running heads (`furniture`). Distances are points from the paper's top left corner.

mod amount;
mod block;
mod breaks;
mod columns;
mod compositor;
mod drawing;
mod figure;
mod furniture;
mod galley;
mod inline;
mod list;
mod one_page;
mod paginate;
mod section;
mod table;
mod turned;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use super::tags::Tree;
use super::theme::{Ink, Theme};
use crate::document::Document;
use crate::figure::Figures;
use crate::model::Lang;
use crate::picture::Picture;
use crate::render::Imprint;
use crate::typeface::{Fonts, Weight};
use crate::vector::Area;

pub use one_page::{Fit, Trial};

/// A sheet laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The pages in order; at least one.
    pub pages: Vec<Page>,
    /// What the content is.
    pub tree: Tree,
    /// The headings, for navigation.
    pub outline: Vec<Entry>,
    /// The pictures that [`Drawn::Picture`] refers to.
    pub pictures: Vec<Picture>,
    /// The characters shown as 〓, sorted.
    pub missing: Vec<char>,
    /// The paper's width and height.
    pub paper: (f32, f32),
    /// The sheet's language.
    pub lang: Lang,
    /// How a sheet that is to stand on one page came to fit it.
    pub fit: Option<Fit>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What is drawn, in this order.
    pub items: Vec<Item>,
    /// Where a reader can click.
    pub links: Vec<Link>,
    /// Whether it lies on its other side than the sheet's paper, for what is wide.
    pub turned: bool,
}

impl Layout {
    /// The width and height of a page.
    pub fn size(&self, page: usize) -> (f32, f32) {
        let (width, height) = self.paper;
        if self.pages.get(page).is_some_and(|page| page.turned) { (height, width) } else { (width, height) }
    }
}

impl Page {
    /// How far down the text block its content reaches, as a share; running heads do not count.
    fn filled(&self, theme: &Theme) -> f32 {
        let depth = if self.turned { theme.turned().depth() } else { theme.depth() };
        let content = self.items.iter().filter(|item| item.leaf.is_some());
        let ends = content.map(|item| match &item.drawn {
            Drawn::Text(text) => text.y,
            _ => 0.0,
        });
        (ends.fold(0.0, f32::max) - theme.margins[1]) / depth
    }
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The node of the structure that it belongs to; `None` is an artifact: rules, tints, running heads.
    pub leaf: Option<usize>,
    pub drawn: Drawn,
}

/// What can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// A stretch of type on one baseline.
    Text(Text),
    /// A filled rectangle.
    Fill {
        /// Left, top, width, height.
        area: [f32; 4],
        ink: Ink,
    },
    /// A straight line.
    Rule {
        /// Where it starts.
        from: (f32, f32),
        to: (f32, f32),
        /// How thick it is.
        thickness: f32,
        ink: Ink,
    },
    /// A filled polygon.
    Polygon { corners: Vec<(f32, f32)>, ink: Ink },
    /// A filled area with a border of lines and curves.
    Area(Area),
    /// A picture, by its place in [`Layout::pictures`].
    Picture {
        /// Left, top, width, height.
        area: [f32; 4],
        picture: usize,
    },
}

/// A stretch of type.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The left end of its baseline.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    pub width: f32,
    pub weight: Weight,
    pub size: f32,
    pub ink: Ink,
    pub text: String,
    /// Whether they lean to the right.
    pub slanted: bool,
    /// Extra space before a character, as (place among the characters, thousandths of an em).
    pub kerns: Vec<(usize, i32)>,
}

/// A place where a reader can click.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Left, top, width, height.
    pub area: [f32; 4],
    /// The node of the structure.
    pub leaf: usize,
    pub target: Target,
    /// What it shows, for those who hear it.
    pub label: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Out of the sheet.
    Address(String),
    /// To a place in the sheet: the page and the distance from its top.
    Place(usize, f32),
}

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// 1 for the title.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The page it stands on, counted from 0.
    pub page: usize,
    /// Its distance from the page's top.
    pub y: f32,
}

/// Where less of a last page is filled, or a page before it is all but empty, the sheet is set a little tighter if that does without it, and how much tighter.
const LAST_PAGE: f32 = 0.5;
const TIGHTER: [f32; 2] = [0.5, 1.0];

/// Lays a document out as it is published: tighter where that saves a last page with hardly anything on it.
pub fn fitted(document: &Document, figures: &Figures, imprint: &Imprint, fonts: &Fonts) -> Layout {
    let fit = match document.is_one_page().then(|| one_page::layout(document, figures, imprint, fonts)) {
        Some(Ok(layout)) => return layout,
        Some(Err(fit)) => Some(fit),
        None => None,
    };
    let theme = Theme::on(imprint.paper);
    let mut usual = layout(document, figures, imprint, fonts, &theme);
    usual.fit = fit;
    let filled: Vec<f32> = usual.pages.iter().map(|page| page.filled(&theme)).collect();
    let is_thin =
        filled.iter().any(|it| *it < breaks::FULL) || filled.last().is_some_and(|it| *it < LAST_PAGE);
    if usual.pages.len() < 2 || usual.pages.len() > 8 || !is_thin {
        return usual;
    }
    for by in TIGHTER {
        let tight = layout(document, figures, imprint, fonts, &theme.tightened(by));
        if tight.pages.len() < usual.pages.len() {
            return Layout { fit: usual.fit, ..tight };
        }
    }
    usual
}

/// Lays a document out.
pub fn layout(
    document: &Document,
    figures: &Figures,
    imprint: &Imprint,
    fonts: &Fonts,
    theme: &Theme,
) -> Layout {
    let composed = |theme: &Theme| {
        let mut compositor = compositor::Compositor::new(document, figures, fonts, theme);
        compositor.document();
        compositor.finish()
    };
    let (mut galley, tree, pictures) = composed(theme);
    let is_squeezed = galley.strips.iter().any(|strip| strip.strain > 0.0);
    let cuts = if is_squeezed {
        let lying = theme.turned();
        let (other, twin, _) = composed(&lying);
        let cuts;
        (galley, cuts) = turned::either([galley, other], [theme.depth(), lying.depth()], tree == twin);
        cuts
    } else {
        breaks::Cutter::new(&galley, theme.depth()).cuts()
    };
    let sheets = paginate::paginate(galley, theme.margins[1], &cuts, theme);
    assembled((tree, pictures), sheets, fonts, theme, imprint, |layout| {
        furniture::furnish(layout, document, imprint, fonts, theme);
    })
}

/// Pages whose links have found their targets, with what `furnish` puts around the text.
fn assembled(
    (tree, pictures): (Tree, Vec<Picture>),
    sheets: Vec<galley::Strip>,
    fonts: &Fonts,
    theme: &Theme,
    imprint: &Imprint,
    furnish: impl FnOnce(&mut Layout),
) -> Layout {
    let mut missing = BTreeSet::new();
    for item in sheets.iter().flat_map(|sheet| &sheet.items) {
        if let Drawn::Text(text) = &item.drawn {
            let face = fonts.face(text.weight);
            missing.extend(text.text.chars().filter(|c| face.shown(*c).missing));
        }
    }
    let mut layout = Layout {
        pages: Vec::with_capacity(sheets.len()),
        tree,
        outline: Vec::new(),
        pictures,
        missing: missing.into_iter().collect(),
        paper: theme.paper,
        lang: imprint.lang,
        fit: None,
    };
    let mut places = BTreeMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for pin in &sheet.pins {
            match &pin.mark {
                galley::Mark::Heading(level, title) => {
                    layout.outline.push(Entry { level: *level, title: title.clone(), page, y: pin.y });
                }
                galley::Mark::Place(id) => {
                    places.entry(id.clone()).or_insert((page, pin.y));
                }
                galley::Mark::Figure(node, x, width, height) => {
                    // Of one that is cut, what stands on the page where it begins.
                    let bounds = [*x, pin.y, x + width, (pin.y + height).min(sheet.height.max(pin.y))];
                    layout.tree.describe(*node, |a| a.bounds = Some((page, bounds)));
                }
            }
        }
    }
    for sheet in sheets {
        let links = sheet.links.into_iter().filter_map(|link| {
            let target = match link.target.strip_prefix('#') {
                Some(id) => places.get(id).map(|(page, y)| Target::Place(*page, *y))?,
                None => Target::Address(link.target),
            };
            Some(Link { area: link.area, leaf: link.leaf, target, label: link.label })
        });
        layout.pages.push(Page { links: links.collect(), items: sheet.items, turned: sheet.turned });
    }
    furnish(&mut layout);
    furniture::mark(&mut layout, imprint, fonts, theme);
    layout
}
