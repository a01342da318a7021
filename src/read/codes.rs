//! The codes of findings that reading makes. Their manuals stand with the rules in `check`.

pub(super) const ENCODING: &str = "E0101";
pub(super) const SYNTAX: &str = "E0102";
pub(super) const DUPLICATE_KEY: &str = "E0103";
pub(super) const UNKNOWN_KEY: &str = "E0104";
pub(super) const MISSING_KEY: &str = "E0105";
pub(super) const WRONG_SHAPE: &str = "E0106";
pub(super) const UNKNOWN_VALUE: &str = "E0107";
pub(super) const MISSING_FILE: &str = "E0108";
pub(super) const UNSUPPORTED: &str = "E0109";
pub(super) const CHARACTER: &str = "E0110";
pub(super) const SPLIT_VALUE: &str = "E0111";
pub(super) const UNUSED_FILE: &str = "W0112";
pub(super) const SETTING: &str = "E0113";
pub(super) const ERROR_CELL: &str = "E0114";
pub(super) const COMMENT: &str = "W0115";
pub(super) const NO_VALUE: &str = "W0116";
pub(super) const ODD_CHARACTER: &str = "W0117";
pub(super) const LANGUAGE: &str = "N0118";
pub(super) const JOINED: &str = "W0119";
pub(super) const AMOUNT: &str = "E0301";
pub(super) const UNIT: &str = "E0302";
pub(super) const FISCAL_YEAR: &str = "E0401";
pub(super) const DATE: &str = "E0402";
pub(super) const ID: &str = "E0501";
