//! What a run saw of every file, kept with the generation that it made.
//!
//! So the next run knows what changed without a second truth beside the index:
//! the list takes over and goes with its generation. Files that gave no
//! document are in it too, with their reason, and need not be read again.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, at};
use crate::form::project::Status;
use crate::form::{Parsed, Place};
use crate::read::Digest;
use crate::walk::Stamp;

use super::report::Class;
use super::system::System;

/// Name of the file in a generation's folder.
pub(super) const NAME: &str = "seen";

/// One file as the last run left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// Path below the corpus folder.
    pub(super) name: Box<str>,
    pub(super) stamp: Stamp,
    /// Whether it was written so shortly before it was read that its stamp may
    /// not tell of a later change.
    pub(super) fresh: bool,
    /// Of its content when it was read last; zero if it could not be.
    pub(super) digest: Digest,
    pub(super) class: Class,
    /// What is to say about it.
    pub(super) reasons: Vec<String>,
    /// Its document, of this content or of the last that could be read.
    pub(super) document: Option<Document>,
}

/// The document that a file gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Document {
    /// The project's code, or `file:` and the path without one.
    pub(super) key: Box<str>,
    pub(super) claim: Claim,
    /// What it was read as.
    pub(super) charset: Box<str>,
    /// Bytes of its text.
    pub(super) bytes: u64,
    /// Whether it is in the index; else another file describes the project.
    pub(super) stands: bool,
}

/// One file's claim to a project: the greatest claim wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Claim {
    /// A description of an ended project is newer than one of a running one.
    pub(super) ended: bool,
    pub(super) known_status: bool,
    /// Pages were stored with and without some of their lists.
    pub(super) lines: u64,
}

/// Lines that a rank tells apart.
const RANKED_LINES: u64 = (1 << 40) - 1;

impl Claim {
    /// The claim of a description.
    #[must_use]
    pub fn of(parsed: &Parsed<'_>) -> Self {
        let lines = parsed.lines.iter().filter(|place| **place != Place::Blank);
        Self {
            ended: parsed.project.status == Some(Status::Ended),
            known_status: parsed.project.status.is_some(),
            lines: lines.count() as u64,
        }
    }

    /// The claim as a number: the greater claim has the greater one.
    #[must_use]
    pub fn rank(self) -> u64 {
        let (ended, known) = (u64::from(self.ended), u64::from(self.known_status));
        ended << 41 | known << 40 | self.lines.min(RANKED_LINES)
    }
}

impl Known {
    /// Whether its document is in the index.
    pub(super) fn stands(&self) -> bool {
        self.document
            .as_ref()
            .is_some_and(|document| document.stands)
    }

    /// The key of the project that it describes, whether it stands for it or not.
    pub(super) fn key(&self) -> Option<&str> {
        self.document.as_ref().map(|document| &*document.key)
    }

    /// Whether its content could not be read and an older one stays.
    pub(super) fn is_kept(&self) -> bool {
        self.stands() && self.class >= Class::Skipped
    }
}

/// The files that a generation knows.
///
/// # Errors
/// When the list is not what was written.
pub(super) fn read(system: &System, generation: &Path) -> Result<Vec<Known>> {
    let path = generation.join(NAME);
    let bytes = system.read(&path).map_err(at(&path))?;
    from_bytes(&bytes).map_err(|what| Error::Damaged {
        path: generation.to_path_buf(),
        what: format!("{NAME}: {what}"),
    })
}

/// All files in the order of their names, as bytes.
pub(super) fn to_bytes(files: &[Known]) -> std::result::Result<Vec<u8>, String> {
    let room = Vec::with_capacity(files.len() * A_LONG_FILE);
    postcard::to_extend(files, room).map_err(|error| error.to_string())
}

/// Bytes that hardly any file takes more of in a list.
const A_LONG_FILE: usize = 160;

/// The least bytes that a file takes in a list: times, size and hash.
const A_FILE: usize = 24;

/// The files of a list. One by one, because there is room for all at once then;
/// a list that grows is copied again and again.
pub(super) fn from_bytes(bytes: &[u8]) -> std::result::Result<Vec<Known>, String> {
    let told = |error: postcard::Error| error.to_string();
    let (count, mut left) = postcard::take_from_bytes::<usize>(bytes).map_err(told)?;
    let mut files = Vec::with_capacity(count.min(bytes.len() / A_FILE + 1));
    for _ in 0..count {
        let (known, rest) = postcard::take_from_bytes(left).map_err(told)?;
        files.push(known);
        left = rest;
    }
    match left.is_empty() {
        true => Ok(files),
        false => Err("more than was written".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back() {
        let document = Document {
            key: "S20015".into(),
            claim: Claim {
                ended: true,
                known_status: true,
                lines: 120,
            },
            bytes: 9_000,
            charset: "utf-8".into(),
            stands: true,
        };
        let known = |name: &str, document| Known {
            name: name.into(),
            stamp: Stamp {
                size: 9_100,
                modified: 1_700_000_000_123_456_789,
                changed: 5,
                inode: 77,
            },
            fresh: false,
            digest: [7; 16],
            class: Class::Warned,
            reasons: vec!["odd".to_owned()],
            document,
        };
        let files = vec![known("a.txt", Some(document)), known("b.txt", None)];
        let bytes = to_bytes(&files).unwrap();
        assert_eq!(from_bytes(&bytes).unwrap(), files);
        assert!(from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(from_bytes(&[&bytes[..], b"x"].concat()).is_err());
        assert!(!files[0].is_kept() && !files[1].stands());
    }

    #[test]
    fn a_description_of_an_ended_project_goes_before_a_longer_one() {
        let of = |text: &str| Claim::of(&crate::form::parse(text));
        let ended = of("1 Hanke\nToiminnan tila: Toiminta päättynyt\n");
        let running = of("1 Hanke\nHankkeen nimi: A\nToiminnan tila: Toiminnassa\nB\nC\nD\n");
        let unknown = of("1 Hanke\nHankkeen nimi: A\nB\nC\nD\nE\nF\n");
        assert!(ended > running && running > unknown);
        let ranks = [ended, running, unknown].map(Claim::rank);
        assert!(ranks[0] > ranks[1] && ranks[1] > ranks[2], "{ranks:?}");
    }
}
