//! What the file says about itself. It bears no date, so that the same sheet is the same file on every day.

use std::sync::OnceLock;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{Writer, deflate, profile, utf16};
use crate::render::Imprint;
use crate::xml::escape;

const PRODUCER: &str = concat!("gaisan ", env!("CARGO_PKG_VERSION"));

/// Adds the metadata, the color profile and the viewer's settings.
pub(super) fn metadata(writer: &mut Writer<'_>, imprint: &Imprint) {
    let info = dictionary! {
        "Title" => utf16(&imprint.title),
        "Author" => utf16(&imprint.author),
        "Producer" => Object::string_literal(PRODUCER),
    };
    match writer.file.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => {
            writer.file.objects.insert(id, Object::Dictionary(info));
        }
        Err(_) => {
            let id = writer.file.add_object(info);
            writer.file.trailer.set("Info", id);
        }
    }
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = writer.file.add_object(Stream::new(kind, packet(imprint).into_bytes()));
    let profile = writer.file.add_object(profile());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };

    writer.in_catalog("Metadata", metadata);
    writer.in_catalog("OutputIntents", vec![Object::Dictionary(intent)]);
    writer.in_catalog("Lang", Object::string_literal(imprint.lang.tag()));
    writer.in_catalog("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    writer.change(writer.catalog, |catalog: &mut Dictionary| {
        catalog.remove(b"PageMode");
        catalog.remove(b"PageLayout");
    });
}

/// The color profile, which is the same in every file and made once.
fn profile() -> Stream {
    static PROFILE: OnceLock<Stream> = OnceLock::new();
    let made = || {
        let mut profile = Stream::new(dictionary! { "N" => 3 }, profile::srgb());
        deflate::stream(&mut profile);
        profile
    };
    PROFILE.get_or_init(made).clone()
}

/// The XMP packet, with the description of PDF/UA's own property that PDF/A asks for.
fn packet(imprint: &Imprint) -> String {
    let (title, author, language) = (escape(&imprint.title), escape(&imprint.author), imprint.lang.tag());
    // Only the third part of PDF/A allows attachments of every kind.
    let (part, identifier) = match &imprint.enclosure {
        Some(enclosure) => {
            let sheet = escape(&enclosure.sheet);
            (3, format!("<dc:identifier>{sheet}</dc:identifier>\n"))
        }
        None => (2, String::new()),
    };
    format!(
        r#"<?xpacket begin="{start}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{identifier}<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        start = '\u{FEFF}'
    )
}
