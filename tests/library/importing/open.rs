use super::hostile::zip;
use super::{findings, lines, taken};

#[test]
fn an_open_document_is_read_like_other_workbooks() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |value: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let rows = [
        [cell("事項"), cell("R9要求額（千円）")],
        [cell("観測網"), number("1804.2")],
        [cell("通信"), number("-12")],
    ];
    let rows: String =
        rows.iter().map(|row| format!("<table:table-row>{}</table:table-row>", row.concat())).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let bytes = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", manifest.to_owned()),
        ("content.xml", content),
    ]);
    let import = taken("要求.xls", bytes);
    assert_eq!(lines(&import), ["観測網: Requested 1,804.2", "通信: Requested -12"], "{:?}", import.findings);
}

/// A workbook as LibreOffice writes it, shortened: formats in both parts, a style of a column, an indent, joined cells, a hidden row, a formula
/// and a comment.
#[test]
fn what_an_open_document_shows_counts() {
    let styles = r##"<number:number-style style:name="N3"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style><style:style style:name="Default" style:family="table-cell"/>"##;
    let automatic = r##"<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true" number:display-factor="1000"/></number:number-style>
<number:number-style style:name="N2"><number:text>△</number:text><number:number number:grouping="true"/></number:number-style>
<number:number-style style:name="N4P0"><number:number number:grouping="true"/><number:text>百万円</number:text></number:number-style>
<number:number-style style:name="N4"><number:text>△ </number:text><number:number number:grouping="true"/><number:text>百万円</number:text><style:map style:condition="value()&gt;=0" style:apply-style-name="N4P0"/></number:number-style>
<style:style style:name="a" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N1"/>
<style:style style:name="b" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="c" style:family="table-cell" style:parent-style-name="d" style:data-style-name="N4"/>
<style:style style:name="d" style:family="table-cell" style:data-style-name="N3"><style:paragraph-properties fo:margin-left="0.353cm"/></style:style>"##;
    let text = |text: &str, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {more}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let number = |value: &str, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\" {more}><text:p>x</text:p></table:table-cell>"
        )
    };
    let note = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>局長指示</text:p></office:annotation><text:p>推進枠</text:p></table:table-cell>";
    let rows = [
        text("令和9年度要求（単位：千円）", "table:number-columns-spanned=\"4\"")
            + "<table:covered-table-cell table:number-columns-repeated=\"3\"/>",
        [text("事項", ""), text("前年度予算額", ""), text("要求額", ""), text("備考", "")].concat(),
        [text("甲", ""), number("10000", ""), number("12000", ""), note.to_owned()].concat(),
        [
            text("乙", "table:style-name=\"d\""),
            number("10", "table:style-name=\"d\""),
            number("12", "table:style-name=\"d\""),
        ]
        .concat(),
        [text("丙", ""), number("5", "table:style-name=\"b\""), number("3", "table:style-name=\"c\"")]
            .concat(),
        [
            text("計", ""),
            number("5", "table:style-name=\"d\" table:formula=\"of:=SUM([.B3:.B4])\""),
            number("3012", "table:style-name=\"d\""),
        ]
        .concat(),
    ];
    let rows = rows.iter().enumerate().map(|(at, row)| {
        let hidden = if at == 3 { " table:visibility=\"collapse\"" } else { "" };
        format!("<table:table-row{hidden}>{row}</table:table-row>")
    });
    let rows: String = rows.collect();
    let names = ["office", "table", "text", "style", "number"]
        .map(|name| {
            format!(
                "xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{}:1.0\"",
                name.replace("number", "datastyle")
            )
        })
        .join(" ")
        + " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"";
    let columns = "<table:table-column/><table:table-column table:number-columns-repeated=\"2\" table:default-cell-style-name=\"a\"/><table:table-column/>";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {names}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"表\">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let styles = format!(
        "<?xml version=\"1.0\"?><office:document-styles {names}><office:styles>{styles}</office:styles></office:document-styles>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let bytes = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", manifest.to_owned()),
        ("styles.xml", styles),
        ("content.xml", content),
    ]);
    let import = taken("要求.ods", bytes);
    assert_eq!(
        lines(&import),
        ["甲: Prior 10, Requested 12", "  乙: Prior 10, Requested 12", "丙: Prior -5, Requested 3百万円"],
        "{:?}",
        import.findings
    );
    assert_eq!(findings(&import), ["W0704 要求.ods 表!B6"], "the formula ends above 丙");
    assert_eq!(import.left, ["要求.ods 表!D3: comment `局長指示`"]);
    assert!(import.tables[0].said.iter().any(|said| said.contains("1 of its rows are hidden")));
}
