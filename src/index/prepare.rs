//! One file → one record, or the reason why not.
//!
//! What a worker does with a file before the engine sees it. Apart from
//! `work`, which knows of segments but not what a file holds.

use crate::error::{Error, at, is_crowded};
use crate::form;
use crate::form::project::Contact;
use crate::read::{self, Digest, Refusal};
use crate::walk::Kind;

use super::document::{Identity, Stored, key, record};
use super::plan::Task;
use super::record::Record;
use super::report::Class;
use super::seen::{Claim, Document};
use super::segment::Writer;
use super::work::Work;
use super::young;

/// What came of a file.
pub(super) enum Outcome {
    /// Its content is what it was.
    Same,
    /// Its document is analysed and ready to be added.
    Read(Box<Prepared>),
    /// Its project was forgotten.
    Forgotten { digest: Digest },
    /// It gives no document, or none of its own.
    Left(Left),
    /// It can't be read for a reason that is not its own, so the run can't go on.
    Ended(Error),
}

/// A file that is left as it is.
pub(super) struct Left {
    pub(super) class: Class,
    pub(super) reasons: Vec<String>,
    pub(super) digest: Digest,
    /// The document that it gave before and that is still known.
    pub(super) document: Option<Document>,
}

impl Left {
    /// A file that is left for this reason.
    pub(super) fn new(class: Class, reason: impl Into<String>, digest: Digest) -> Self {
        Self {
            class,
            reasons: vec![reason.into()],
            digest,
            document: None,
        }
    }
}

/// A document ready to be added.
pub(super) struct Prepared {
    pub(super) record: Record,
    /// What is stored to be shown.
    pub(super) stored: String,
    pub(super) document: Document,
    pub(super) digest: Digest,
    pub(super) class: Class,
    pub(super) reasons: Vec<String>,
}

/// Reads a file, and parses and analyses it for the segment that `writer`
/// writes if it is not what was known.
pub(super) fn prepare(task: &Task<'_>, work: &Work<'_>, writer: &mut Writer<'_>) -> Outcome {
    let (file, path) = (task.file, task.file.path());
    if task.is_busy {
        return Outcome::Left(Left::new(Class::Skipped, young::LEFT, Digest::default()));
    }
    // Who builds all anew has no document that could be the same.
    let known = task.known.as_ref().filter(|_| work.past.is_none());
    let with_contacts = work.options.with_contacts;
    let loaded = match work.options.system.source(&path) {
        Ok(loaded) => loaded,
        Err(Refusal::Unreadable(error)) if is_crowded(&error) => {
            return Outcome::Ended(at(&path)(error));
        }
        Err(refusal) => return left(&refusal, Digest::default()),
    };
    let digest = loaded.digest;
    if known.is_some_and(|known| known.digest == digest && known.class != Class::Failed) {
        return Outcome::Same;
    }
    let source = match read::text_of(loaded.bytes, Kind::of(&path)) {
        Ok(source) => source,
        Err(refusal) => return left(&refusal, digest),
    };
    let mut parsed = form::parse(&source.text);
    let stored = Stored::new(&parsed.project, &source.text, &file.name, with_contacts);
    if !with_contacts {
        parsed.project.applicant.contact = Contact::default();
    }
    let key = key(parsed.project.code, &file.name);
    if work.forgotten.contains(&key) {
        return Outcome::Forgotten { digest };
    }
    let identity = Identity {
        key: &key,
        path: &file.name,
    };
    let mut reasons = source.warnings;
    reasons.extend(parsed.problems.iter().map(ToString::to_string));
    let prepared = Prepared {
        record: record(work.layout, &parsed.project, identity),
        stored: stored.packed(),
        document: Document {
            claim: Claim::of(&parsed),
            bytes: source.text.len() as u64,
            charset: source.charset.0.into(),
            stands: true,
            key: key.into(),
        },
        digest,
        class: match reasons.is_empty() {
            true => Class::Indexed,
            false => Class::Warned,
        },
        reasons,
    };
    writer.analyse(&parsed.project);
    Outcome::Read(Box::new(prepared))
}

fn left(refusal: &Refusal, digest: Digest) -> Outcome {
    let class = match refusal.is_failure() {
        true => Class::Failed,
        false => Class::Skipped,
    };
    Outcome::Left(Left::new(class, refusal.to_string(), digest))
}
