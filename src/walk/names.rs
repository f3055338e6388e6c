//! Files ↔ their names in reports and in the index.
//!
//! A name is the path below the corpus folder, with `/`. Two files never have one
//! name, and from a name its file can be found again: bytes that are no UTF-8 are
//! spelt out, `\xFF`, and so are a backslash, `\x5C`, and what could steer a terminal.

use std::ffi::{OsStr, OsString};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// What names are names in: a folder of descriptions, or one description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    path: PathBuf,
    is_file: bool,
}

impl Root {
    /// The folder or file at `path`.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            is_file: path.is_file(),
        }
    }

    /// Where the file of this name is; a name that was not made here leads nowhere.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        match self.is_file {
            true => self.path.clone(),
            false => self.path.join(unspelt(name)),
        }
    }

    /// The name of what stands at `path`; for a root that is a file, its own name.
    pub(super) fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.path).unwrap_or(path);
        let below = match below.as_os_str().is_empty() {
            true => Path::new(path.file_name().unwrap_or(path.as_os_str())),
            false => below,
        };
        // Mostly it is text as it stands.
        if let (Some(text), '/') = (below.to_str(), MAIN_SEPARATOR)
            && !text.contains(is_odd)
        {
            return text.to_owned();
        }
        let parts = below.components().map(|part| spelt(part.as_os_str()));
        parts.collect::<Vec<_>>().join("/")
    }
}

/// A file's name as text.
fn spelt(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match is_odd(c) {
                true => spell(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut text),
                false => text.push(c),
            }
        }
        spell(chunk.invalid(), &mut text);
    }
    text
}

/// Whether a character of a name is spelt out.
fn is_odd(c: char) -> bool {
    c == '\\' || c.is_control()
}

fn spell(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        text.push_str(&format!("\\x{byte:02X}"));
    }
}

/// The file's name of a text.
#[cfg(unix)]
fn unspelt(name: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    let mut parts = name.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            None => {
                bytes.extend(b"\\x");
                bytes.extend(part.as_bytes());
            }
        }
    }
    OsString::from_vec(bytes)
}

/// The file's name of a text; elsewhere a name is text but for broken ones.
#[cfg(not(unix))]
fn unspelt(name: &str) -> OsString {
    name.into()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    fn name(bytes: &[u8]) -> String {
        let root = Root::at(Path::new("/corpus"));
        root.name(&Path::new("/corpus").join(OsStr::from_bytes(bytes)))
    }

    #[test]
    fn names_that_are_no_utf8_stay_apart_even_from_names_that_spell_them() {
        let names = [&b"\xff.txt"[..], b"\xfe.txt", b"\\xFF.txt"].map(name);
        assert_eq!(names, ["\\xFF.txt", "\\xFE.txt", "\\x5CxFF.txt"]);
        assert_eq!(name("työ/hanke.txt".as_bytes()), "työ/hanke.txt");
        assert_eq!(name(b"a\n\xc2\x9bb.txt"), "a\\x0A\\xC2\\x9Bb.txt");
    }

    proptest! {
        #[test]
        fn a_file_is_found_by_its_name(
            parts in proptest::collection::vec("[a-x\\\\ä\n\u{85}]{1,6}|\\\\x[0-9A-F]{2}", 1..3),
            odd in proptest::collection::vec(0x80_u8..=0xff, 0..3),
        ) {
            let bytes = [parts.join("/").as_bytes(), &odd].concat();
            let path = Path::new("/corpus").join(OsStr::from_bytes(&bytes));
            prop_assert_eq!(Root::at(Path::new("/corpus")).path(&name(&bytes)), path);
        }
    }
}
