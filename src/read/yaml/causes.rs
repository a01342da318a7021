//! What the event parser's errors are to somebody who writes budgets: what is wrong, and what to do about it.

use granit_parser::ErrorKind;

/// What is wrong in the author's terms, and the cure in words.
pub(super) type Cause = (&'static str, &'static str);

/// The cause of an error.
pub(super) fn cause(kind: &ErrorKind) -> Cause {
    let known = of_brackets(kind).or_else(|| of_texts(kind)).or_else(|| of_lines(kind));
    known.unwrap_or((
        "this line cannot be read as YAML",
        "look at this line and the one above; a value with `: ` or ` #` in it needs quotes",
    ))
}

/// In brackets and braces.
fn of_brackets(kind: &ErrorKind) -> Option<Cause> {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => (
            "a bracket is opened and never closed",
            "close it; a text that begins with `[` or `{` needs quotes",
        ),
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => {
            ("a closing bracket has no opening one", "open it, or take the closing one away")
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => (
            "inside brackets a comma or the closing bracket is missing",
            "separate the entries by `, `; a text that holds `: ` or `,` needs quotes",
        ),
        E::BlockEntryInFlowCollection => (
            "inside brackets an entry begins with a hyphen",
            "separate the entries by `, `, or write the list without brackets, one entry a line",
        ),
        _ => return None,
    })
}

/// In texts, quotation marks and blocks.
fn of_texts(kind: &ErrorKind) -> Option<Cause> {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent => (
            "a quotation mark is opened and never closed",
            "close it, or take the opening mark away; long text is easiest after `|` on indented lines",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            "something else than the end of the line follows `|` or `>`",
            "begin the text on the line below, two blanks further in",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            ("text goes on after the closing quotation mark", "put the whole value in single quotes: `'…'`")
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "a backslash between double quotation marks begins what YAML does not know",
            "put the value in single quotes, `'…'`, in which a backslash stands for itself",
        ),
        E::CommentInterceptedScalar | E::CommentNotSeparated => (
            "a text goes on below a `#`, behind which its line is a comment to YAML",
            "put the whole text in quotes, `'…'`, or write it below `|`",
        ),
        E::UnexpectedCharacter { .. } => {
            ("a value begins with a character that YAML reserves", "put the value in quotes")
        }
        E::UnknownAnchor | E::MissingAnchorOrAliasName => (
            "anchors and aliases (`&name`, `*name`) are not part of the format",
            "a text that begins with `*` or `&` needs quotes",
        ),
        _ => return None,
    })
}

/// In how lines stand.
fn of_lines(kind: &ErrorKind) -> Option<Cause> {
    use ErrorKind as E;
    Some(match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("a line is indented with a tab", "indent with spaces, two a level"),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidFlowScalarIndent
        | E::MappingKeyNotAllowed => (
            "a line does not stand where its neighbors do",
            "give all keys of one program the same number of leading spaces; text after `|` stands two further in",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "a line has no `:` after its key",
            "write `key: value`; a text of several lines begins with `|` after the key",
        ),
        E::ExpectedDocumentStart
        | E::MissingDocumentEndBeforeDirective
        | E::InvalidDocumentEnd
        | E::DocumentIndicatorInQuotedScalar => (
            "a line of `---` or `...` parts two documents, and a file is one",
            "take the line out; where it is meant as text, put it in quotes or below `|`",
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::UnexpectedEndOfPlainScalar => (
            "a `: ` stands where no key can be",
            "put a value that holds `: ` in quotes, or write each key on a line of its own",
        ),
        E::ExpectedWhitespace
        | E::InvalidBlockEntryWhitespace
        | E::InvalidMappingValueWhitespace
        | E::FlowMappingValueAdjacentCollection => {
            ("a space is missing", "write a space behind the colon of a key and the hyphen of an entry")
        }
        E::ExpectedNodeContent
        | E::UnexpectedEof
        | E::UnexpectedEofBlockSequence
        | E::UnexpectedEofBlockMapping => ("a value is missing", "write the value, or take the line out"),
        E::BomInsideDocument => {
            ("a byte order mark stands inside the text", "two files were joined here; take the mark out")
        }
        E::RecursionLimitExceeded => {
            ("lists and mappings nest too deep", "look for brackets or dashes that are repeated by mistake")
        }
        _ => return None,
    })
}
