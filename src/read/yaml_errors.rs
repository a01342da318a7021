//! What the event parser's errors mean to somebody who writes budgets.

use granit_parser::{ErrorKind, ScanError};

/// What is wrong, in the author's terms.
pub(super) fn cause(error: &ScanError) -> String {
    use ErrorKind as E;
    match error.kind() {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart => "a line is indented with a tab".to_owned(),
        E::UnclosedQuotedScalar => "a quotation mark is opened and never closed".to_owned(),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => "a bracket is opened and never closed".to_owned(),
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            "a closing bracket has no opening one".to_owned()
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
            "inside brackets a comma or the closing bracket is missing".to_owned()
        }
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed => {
            "a line does not stand where its neighbors do".to_owned()
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => "a line has no `:` after its key".to_owned(),
        E::RecursionLimitExceeded => "lists and mappings nest too deep".to_owned(),
        E::UnexpectedCharacter { .. } => {
            "a value begins with a character that YAML reserves".to_owned()
        }
        E::UnknownAnchor | E::MissingAnchorOrAliasName => {
            "anchors and aliases (`&name`, `*name`) are not part of the format".to_owned()
        }
        _ => format!("this is not YAML: {}", error.info()),
    }
}

/// What to do about it.
pub(super) fn cure(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart => "indent with spaces, two a level",
        E::UnclosedQuotedScalar => {
            "close it, or take the opening mark away; long text is easiest after `|` on indented lines"
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => {
            "close it; a text that begins with `[` or `{` needs quotes"
        }
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            "open it, or take the closing one away"
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
            "separate the entries by `, `; a text that holds `: ` or `,` needs quotes"
        }
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed => {
            "give all keys of one program the same number of leading spaces; text after `|` stands two further in"
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            "write `key: value`; a text of several lines begins with `|` after the key"
        }
        E::RecursionLimitExceeded => "look for brackets or dashes that are repeated by mistake",
        E::UnexpectedCharacter { .. } => "put the value in quotes",
        E::UnknownAnchor | E::MissingAnchorOrAliasName => {
            "a text that begins with `*` or `&` needs quotes"
        }
        _ => "look at this line and the one above; a value with `: ` or ` #` in it needs quotes",
    }
}
