//! The galley: a sheet set in one long column, before it is cut into pages.

use std::slice::SliceIndex;

use super::{Drawn, Item};
use crate::document::{Section, plain};

/// A column of strips.
#[derive(Clone, Debug, Default)]
pub(super) struct Galley {
    /// From top to bottom.
    pub(super) strips: Vec<Strip>,
    /// The frames that strips refer to; a frame's parent stands before it.
    pub(super) frames: Vec<Frame>,
    /// What returns at the top of a page that goes on: heads of tables, by the strips' `head`, and what frames say there.
    pub(super) heads: Vec<Strip>,
}

impl Galley {
    /// How high some strips are together.
    pub(super) fn height(&self, strips: impl SliceIndex<[Strip], Output = [Strip]>) -> f32 {
        let strips = self.strips.get(strips).unwrap_or_default().iter().enumerate();
        strips.fold(0.0, |sum, (at, strip)| sum + if at > 0 { strip.space } else { 0.0 } + strip.height)
    }
}

/// A strip of the galley that is never cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub(super) height: f32,
    /// The white above it, dropped at the top of a page.
    pub(super) space: f32,
    /// Whether it stands on the same page as the next strip.
    pub(super) keep: Keep,
    /// Whether it stands on a page lying on its long side.
    pub(super) turned: bool,
    /// What of the flow it belongs to: a number that grows from block to block.
    pub(super) unit: usize,
    /// What it costs that the page squeezes it.
    pub(super) strain: f32,
    /// The innermost frame around it.
    pub(super) frame: Option<usize>,
    /// The table head to repeat when this strip begins a page.
    pub(super) head: Option<usize>,
    /// What is drawn; y counts from the strip's top.
    pub(super) items: Vec<Item>,
    /// Where one can click.
    pub(super) links: Vec<Hotspot>,
    /// What must be found again after pages are made.
    pub(super) pins: Vec<Pin>,
}

/// How much a strip wants to stand on the page of the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Keep {
    /// A page may end here.
    #[default]
    Free,
    /// It would look better not to: a line alone, a row under its head.
    Near,
    /// What follows is what this is about.
    Firm,
}

impl Keep {
    /// At least near.
    pub(super) fn near(self) -> Self {
        if self == Self::Free { Self::Near } else { self }
    }
}

/// A link whose target is still as written.
#[derive(Clone, Debug)]
pub(super) struct Hotspot {
    /// Left, top, width, height.
    pub(super) area: [f32; 4],
    /// The node of the structure.
    pub(super) leaf: usize,
    /// The target, `#id` within the sheet.
    pub(super) target: String,
    pub(super) label: String,
}

/// A mark at a height.
#[derive(Clone, Debug)]
pub(super) struct Pin {
    /// The height.
    pub(super) y: f32,
    pub(super) mark: Mark,
}

/// What is pinned where a section begins: it is a target of links, and an entry of the outline.
pub(super) fn marks(section: &Section, level: u8) -> [Mark; 2] {
    [Mark::Place(section.id.clone()), Mark::Heading(level, plain(&section.heading))]
}

/// What is pinned.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A heading of a level, for the outline.
    Heading(u8, String),
    /// A target of links.
    Place(String),
    /// A figure's node, left edge, width and height.
    Figure(usize, f32, f32, f32),
}

/// Something drawn around strips.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The frame around it.
    pub(super) parent: Option<usize>,
    pub(super) left: f32,
    pub(super) width: f32,
    /// How it is drawn.
    pub(super) kind: FrameKind,
    /// What it says where it goes on on a further page, among the heads.
    pub(super) over: Option<usize>,
}

impl FrameKind {
    /// Whether it has sides that a page's end leaves open.
    pub(super) fn is_edged(self) -> bool {
        !matches!(self, Self::Bar | Self::Plain)
    }
}

/// How a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// Lines on all sides; open where it goes on over a page's end.
    Box,
    /// A tint with a bar at its left.
    Quote,
    /// The same, for warnings.
    Alarm,
    /// A thin line at its left.
    Bar,
    /// Nothing: it only says what goes on.
    Plain,
}

impl Strip {
    /// Marks the beginning of a section at a height.
    pub(super) fn mark(&mut self, section: &Section, level: u8, y: f32) {
        self.pins.extend(marks(section, level).map(|mark| Pin { y, mark }));
    }

    /// Takes over what another strip draws, moved.
    pub(super) fn take(&mut self, mut other: Self, (right, down): (f32, f32)) {
        other.items.iter_mut().for_each(|item| item.shift(right, down));
        other.pins.iter_mut().for_each(|pin| pin.shift(right, down));
        for link in &mut other.links {
            link.area[0] += right;
            link.area[1] += down;
        }
        self.items.append(&mut other.items);
        self.links.append(&mut other.links);
        self.pins.append(&mut other.pins);
    }
}

impl Pin {
    /// Moves the mark.
    pub(super) fn shift(&mut self, right: f32, down: f32) {
        self.y += down;
        if let Mark::Figure(_, x, ..) = &mut self.mark {
            *x += right;
        }
    }
}

impl Item {
    /// Moves what is drawn.
    pub(super) fn shift(&mut self, right: f32, down: f32) {
        let shift = |point: &mut (f32, f32)| {
            point.0 += right;
            point.1 += down;
        };
        match &mut self.drawn {
            Drawn::Text(text) => {
                text.x += right;
                text.y += down;
            }
            Drawn::Fill { area, .. } | Drawn::Picture { area, .. } => {
                area[0] += right;
                area[1] += down;
            }
            Drawn::Rule { from, to, .. } => {
                shift(from);
                shift(to);
            }
            Drawn::Polygon { corners, .. } => corners.iter_mut().for_each(shift),
            Drawn::Area(area) => *area = area.map(|(x, y)| (x + right, y + down)),
        }
    }
}
