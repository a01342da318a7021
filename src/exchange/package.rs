//! Chapters as a Fiscal Data Package: the amounts as CSV, and a description that says what each field means.

use serde::Serialize;

use super::tidy::{Delimiter, tidy};
use crate::export;
use crate::rollup::Rollup;

/// The fields of the table: the name, what it holds, and what it is to a budget, in the words of the standard's taxonomy of budgets.
const FIELDS: [(&str, &str, &str, &str); 21] = [
    ("chapter", "string", "functional-classification:generic:code", "The chapter's id"),
    ("id", "string", "activity:generic:program:code", "The line's id, stable over the years"),
    ("title", "string", "activity:generic:program:label", "The line's title"),
    ("path", "string", "budget-line-id", "The ids from the chapter down to the line"),
    ("group", "string", "", "The groups of its program, from the outermost in, with slashes between them"),
    ("level", "integer", "", "0 for the chapter, 1 for its programs"),
    ("year", "integer", "", "The fiscal year that the chapter's file is about"),
    (
        "stage",
        "string",
        "phase:id",
        "Where the file stands: request, proposal, enacted, supplementary, settled",
    ),
    (
        "column",
        "string",
        "value-kind:code",
        "Which amount: requested, request, wish, prior, enacted, supplementary",
    ),
    ("basis", "string", "", "Which of last year's figures a prior amount is"),
    ("split", "string", "", "What the amount is a share by: account or instrument"),
    ("part", "string", "", "Whose share it is"),
    ("counted", "boolean", "", "Whether the line above counts it"),
    ("computed", "boolean", "", "Whether it is worked out from the parts of the line"),
    ("state", "string", "", "Whether there is an amount, or what stands for it"),
    ("value", "number", "", "The amount in the unit"),
    ("precision", "number", "", "The step to which the amount is known"),
    ("unit", "string", "", "The unit of value and precision"),
    ("currency", "string", "value-currency:code", "The currency by ISO 4217"),
    ("amount", "number", "value", "The amount in the currency itself"),
    (
        "amount_year",
        "integer",
        "date:fiscal-year",
        "The fiscal year that the amount is for; that of a prior amount is the year before",
    ),
];

#[derive(Serialize)]
struct Package {
    name: &'static str,
    title: String,
    profile: &'static str,
    resources: [Resource; 1],
}

#[derive(Serialize)]
struct Resource {
    name: &'static str,
    path: &'static str,
    profile: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    schema: Schema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    column_type: &'static str,
    description: &'static str,
}

/// The files of the package by their names.
pub fn package(rollups: &[Rollup<'_>]) -> Vec<(&'static str, String)> {
    let mut titles: Vec<&str> = rollups.iter().map(|rollup| rollup.request.line.title.as_str()).collect();
    titles.dedup();
    let fields =
        FIELDS.map(|(name, kind, column_type, description)| Field { name, kind, column_type, description });
    let package = Package {
        name: "budget-requests",
        title: titles.join("; "),
        profile: "tabular-data-package",
        resources: [Resource {
            name: "amounts",
            path: "amounts.csv",
            profile: "tabular-data-resource",
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            schema: Schema { fields: fields.into(), missing_values: [""] },
        }],
    };
    vec![("amounts.csv", tidy(rollups, Delimiter::Comma)), ("datapackage.json", export::json(&package))]
}
