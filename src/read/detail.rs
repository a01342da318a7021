//! The richer parts of a program: areas, funding flow, logic model, figures.

use std::path::Path;

use super::Reader;
use super::codes;
use super::mapping::Fields;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Diagnostic, nearest};
use crate::limits;
use crate::model::{
    Area, ChartPart, FlowParty, FlowPassing, FundingFlow, Group, LogicModel, Outcome, Picture,
    PictureContent, Recipient,
};
use crate::picture;
use crate::source::{self, Span, Spanned, Stamp, line_ends};
use crate::vector::Vector;

const COUNTERS: &[&str] = &["件", "課題", "機関", "か所", "拠点"];

pub(super) const PARTIES: &super::choices::Choices<bool> = &[(&["state", "国"], true)];

impl Reader {
    /// The areas of a program.
    pub(super) fn areas(&mut self, fields: Fields<'_>) -> Vec<Area> {
        self.each(fields, "areas", Self::area)
    }

    fn area(&mut self, node: &Node) -> Option<Area> {
        let fields = self.fields(node, "area", shapes::AREA.keys)?;
        Some(Area {
            number: self.text(fields, "number"),
            title: self.required_text(fields, "title"),
            body: self.prose(fields, "body"),
            groups: self.each(fields, "groups", Self::group),
        })
    }

    fn group(&mut self, node: &Node) -> Option<Group> {
        let fields = self.fields(node, "group", shapes::GROUP.keys)?;
        Some(Group {
            title: self.required_text(fields, "title"),
            count: self.count(fields, "count", COUNTERS),
            recipients: self.each(fields, "recipients", Self::recipient),
            body: self.prose(fields, "body"),
        })
    }

    fn recipient(&mut self, node: &Node) -> Option<Recipient> {
        if let Kind::Scalar(name) = &node.kind {
            self.keep(name.trim(), false, node.span);
            return Some(Recipient { name: name.trim().to_owned(), count: 1, span: node.span });
        }
        let fields = self.fields(node, "recipient", shapes::RECIPIENT.keys)?;
        Some(Recipient {
            name: self.required_text(fields, "name"),
            count: self.count(fields, "count", COUNTERS).map_or(1, |count| count.value),
            span: fields.head(),
        })
    }

    /// The funding flow of a program.
    pub(super) fn funding_flow(&mut self, fields: Fields<'_>) -> Option<FundingFlow> {
        let node = fields.get("funding_flow")?;
        let fields = self.fields(node, "funding flow", shapes::FUNDING_FLOW.keys)?;
        for key in ["nodes", "edges"] {
            let (place, long) =
                (fields.get(key).map_or(node.span, |list| list.span), self.list(fields, key).len());
            if long > limits::FLOW {
                let message =
                    format!("a funding flow has at most {} {key}, and this one has {long}", limits::FLOW);
                let help = "no page shows more: draw groups of recipients as one box";
                self.say(codes::WRONG_SHAPE, self.first_line(place), message, help);
                return None;
            }
        }
        let title = self.text(fields, "title");
        let nodes = self.all(fields, "nodes", Self::party);
        let edges = self.all(fields, "edges", Self::passing);
        // Of one that could not be read whole nothing more is said.
        Some(FundingFlow { title, nodes: nodes?, edges: edges?, span: fields.head() })
    }

    fn party(&mut self, node: &Node) -> Option<FlowParty> {
        let fields = self.fields(node, "node", shapes::NODE.keys)?;
        Some(FlowParty {
            id: self.nameless_id(fields),
            label: self.required_text(fields, "label"),
            detail: self.text(fields, "detail"),
            is_state: self.choice(fields, "kind", PARTIES).is_some(),
        })
    }

    fn passing(&mut self, node: &Node) -> Option<FlowPassing> {
        let fields = self.fields(node, "edge", shapes::EDGE.keys)?;
        for key in ["from", "to"] {
            self.needs(fields, key, "name a node by its id");
        }
        Some(FlowPassing {
            from: self.spanned_text(fields, "from")?,
            to: self.spanned_text(fields, "to")?,
            instrument: self.required_text(fields, "instrument"),
            detail: self.text(fields, "detail"),
        })
    }

    /// The logic model of a program.
    pub(super) fn logic_model(&mut self, fields: Fields<'_>) -> Option<LogicModel> {
        let node = fields.get("logic_model")?;
        let fields = self.fields(node, "logic model", shapes::LOGIC_MODEL.keys)?;
        let [outputs, outcomes, impacts] =
            ["outputs", "outcomes", "impacts"].map(|key| self.each(fields, key, Self::outcome));
        Some(LogicModel { outputs, outcomes, impacts })
    }

    fn outcome(&mut self, node: &Node) -> Option<Outcome> {
        if let Kind::Scalar(text) = &node.kind {
            return Some(Outcome {
                text: self.one_line(Spanned::new(text.as_str(), node.span)),
                indicator: None,
                baseline: None,
                target: None,
                date: None,
            });
        }
        let fields = self.fields(node, "logic model entry", shapes::OUTCOME.keys)?;
        Some(Outcome {
            text: self.required_text(fields, "text"),
            indicator: self.text(fields, "indicator"),
            baseline: self.spanned_text(fields, "baseline"),
            target: self.spanned_text(fields, "target"),
            date: self.due(fields, "date"),
        })
    }

    /// The charts and pictures of a program.
    pub(super) fn pictures(&mut self, fields: Fields<'_>, path: &Path) -> Vec<Picture> {
        self.each(fields, "figures", |reader, node| reader.picture(node, path))
    }

    fn picture(&mut self, node: &Node, path: &Path) -> Option<Picture> {
        let fields = self.fields(node, "figure", shapes::FIGURE.keys)?;
        let mut file = None;
        let content = match (fields.get("chart"), self.spanned_text(fields, "image")) {
            (Some(chart), None) => self.chart(chart)?,
            (None, Some(name)) => {
                file = Some(source::beside(path, &name.value));
                self.image(&name.value, path, name.span)?
            }
            (None, None) => {
                self.missing(
                    fields,
                    "chart",
                    "say what is drawn: `chart: …`, or `image:` with the name of a PNG or JPEG file",
                );
                return None;
            }
            (Some(_), Some(image)) => {
                let message = "a figure has either a `chart` or an `image`, not both";
                self.say(codes::UNSUPPORTED, image.span, message, "make two figures of it");
                return None;
            }
        };
        Some(Picture {
            id: self.id(fields),
            title: self.text(fields, "title"),
            alt: self.text(fields, "alt"),
            path: file,
            content,
        })
    }

    fn chart(&mut self, node: &Node) -> Option<PictureContent> {
        let fields = self.fields(node, "chart", shapes::CHART.keys)?;
        let whole = self.required_text(fields, "whole");
        Some(PictureContent::Chart { whole, parts: self.all(fields, "parts", Self::chart_part)? })
    }

    fn chart_part(&mut self, node: &Node) -> Option<ChartPart> {
        let fields = self.fields(node, "chart part", shapes::CHART_PART.keys)?;
        self.needs(fields, "percent", "add the share, e.g. `percent: 20`");
        Some(ChartPart {
            label: self.required_text(fields, "label"),
            percent: self.percent(fields, "percent")?,
        })
    }

    fn image(&mut self, name: &str, path: &Path, span: Span) -> Option<PictureContent> {
        let found = source::beside(path, name);
        if !self.is_inside(&found, path, name, span) {
            return None;
        }
        let in_memory = self.in_memory && !self.stored.contains_key(&found);
        let stamp = Stamp::at(&found);
        let bytes = self.bytes(&found);
        let mut refuse = |message: String, help: &str| {
            self.findings.push(Diagnostic::new(codes::MISSING_FILE, span, message).help(help));
            None
        };
        if in_memory && self.a_slice {
            return None;
        }
        if in_memory {
            let message = format!("there is no file `{name}` among texts in memory");
            return refuse(message, "read the chapter from disk, or leave the picture out");
        }
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(trouble) => {
                let finding = Diagnostic::new(codes::MISSING_FILE, span, trouble.to_string());
                let finding = match source::look_alike(path, name, nearest) {
                    Some(alike) => self.alike(finding, &alike),
                    None => finding.help("correct the name, or put the file beside this one"),
                };
                self.findings.push(finding);
                return None;
            }
        };
        let is_svg = name.to_ascii_lowercase().ends_with(".svg") || bytes.starts_with(b"<svg");
        let bytes = if is_svg { line_ends::text(&bytes).into_owned() } else { bytes };
        if bytes.len() > limits::PICTURE {
            return refuse(
                format!(
                    "`{name}` has {} MB; pictures may have {} MB",
                    bytes.len().div_ceil(1 << 20),
                    limits::PICTURE >> 20
                ),
                "save it with fewer pixels",
            );
        }
        if is_svg {
            return match Vector::read(&bytes) {
                Ok(vector) => {
                    self.sources.add_binary(&found, &bytes, stamp);
                    Some(PictureContent::Vector(vector))
                }
                Err(error) => {
                    let message = format!("`{name}` cannot be drawn exactly: {error}");
                    refuse(message, error.help())
                }
            };
        }
        if let Err(error) = picture::check(&bytes) {
            return refuse(format!("`{name}` cannot be shown: {error}"), error.help());
        }
        self.sources.add_binary(&found, &bytes, stamp);
        Some(PictureContent::Image { is_png: picture::is_png(&bytes), bytes })
    }
}
