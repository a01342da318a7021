//! What a sheet is made from, as it rides inside its PDF and its HTML page, so that the sheet alone can be checked and made
//! again.
//!
//! Every enclosed file has a digest, and all of them together have one: the sheet digest, whose first digits are printed at the
//! foot of every format. This is the only module that knows sha2.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::named::named;
use crate::source::line_ends;

/// A SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// How many hexadecimal digits are printed on a sheet: enough that no two sheets of a government share them.
    pub const PRINTED: usize = 12;

    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The bytes that have this digest, out of a file that has them, or has them as a checkout of Git writes texts on other systems.
    pub fn written(self, bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
        if Self::of(bytes) == self {
            return Some(Cow::Borrowed(bytes));
        }
        line_ends::unconverted(bytes).filter(|bytes| Self::of(bytes) == self).map(Cow::Owned)
    }

    /// The digest itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first digits, as printed on a sheet: `a1b2c3d4e5f6`.
    pub fn short(&self) -> String {
        let mut text = self.to_string();
        text.truncate(Self::PRINTED);
        text
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("64 hexadecimal digits are expected"))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

named! {
    /// What an enclosed file is to the sheet.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Role {
        /// A YAML file that the sheet's amounts and texts come from.
        Source = "source",
        /// What the sheet draws on of a chapter's file, in its order and in one canonical form.
        Extract = "extract",
        /// A picture that the YAML names.
        Picture = "picture",
        /// An office's own template.
        Template = "template",
        /// What the project's settings say of how the sheet is printed.
        Settings = "settings",
    }
}

/// A file as it was read, or an extract of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnclosedFile {
    /// Its place among the enclosed files, with `/`: `fy2022/mext-5/q-leap.yaml`. It does not say where the file lay on the
    /// machine that built the sheet.
    pub name: String,
    /// What it is to the sheet.
    pub role: Role,
    /// Its bytes, without a byte order mark.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// The digest of its bytes.
    #[serde(rename = "sha256")]
    pub digest: Digest,
}

impl EnclosedFile {
    /// A file with its digest.
    pub fn new(name: String, role: Role, bytes: Vec<u8>) -> Self {
        let digest = Digest::of(&bytes);
        Self { name, role, bytes, digest }
    }

    /// The media type of its content, by the end of its name.
    pub fn media_type(&self) -> &'static str {
        let end = self.name.rsplit_once('.').map_or("", |(_, end)| end);
        match (self.role, end.to_ascii_lowercase().as_str()) {
            (Role::Source | Role::Extract | Role::Settings, _) => "application/yaml",
            (Role::Template, _) => "text/plain",
            (Role::Picture, "png") => "image/png",
            (Role::Picture, "svg") => "image/svg+xml",
            (Role::Picture, _) => "image/jpeg",
        }
    }
}

/// Everything that one sheet is made from. Files that several sheets share are shared in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// The sheet: the path of its files without extension, `fy2022/mext-5/q-leap`.
    pub sheet: String,
    /// The version of gaisan that made it.
    pub version: String,
    /// The files, sorted by name.
    pub files: Vec<Arc<EnclosedFile>>,
}

impl Enclosure {
    /// The sheet digest: of the sheet's name and of the names and digests of the files that its data are in. Neither the version
    /// nor an office's templates count: the same data has the same digest whatever made the sheet, and however it looks.
    pub fn digest(&self) -> Digest {
        let mut list = format!("{}\n", self.sheet);
        let data = self.files.iter().filter(|it| it.role != Role::Template);
        for file in data {
            list.push_str(&format!("{}  {}  {}\n", file.digest, file.role.slug(), file.name));
        }
        Digest::of(list.as_bytes())
    }

    /// The first file whose bytes are not those of its digest. There is none unless somebody changed a sheet.
    pub fn broken(&self) -> Option<&EnclosedFile> {
        let broken = |file: &&Arc<EnclosedFile>| Digest::of(&file.bytes) != file.digest;
        self.files.iter().find(broken).map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_published_one_and_reads_back() {
        let digest = Digest::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.to_string(), text);
        assert_eq!(digest.short(), "ba7816bf8f01");
        assert_eq!(Digest::parse(text), Some(digest));
        assert_eq!(Digest::parse(&text.replace('f', "g")), None);
        assert_eq!(Digest::parse("+a7816"), None);
    }

    #[test]
    fn any_changed_byte_changes_the_sheet_digest() {
        let enclosure = |text: &str| Enclosure {
            sheet: "fy2022/a/b".to_owned(),
            version: "1".to_owned(),
            files: vec![Arc::new(EnclosedFile::new(
                "fy2022/a/b.yaml".to_owned(),
                Role::Source,
                text.as_bytes().to_vec(),
            ))],
        };
        assert_eq!(enclosure("requested: 1").digest(), enclosure("requested: 1").digest());
        assert_ne!(enclosure("requested: 1").digest(), enclosure("requested: 2").digest());
    }
}
