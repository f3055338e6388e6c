//! Looks whether an index is what was written.
//!
//! Nothing is believed: every file's size and hash are held against the
//! manifest, and the manifest's against the pointer; then all is read with the
//! engine, each project once, each text unpacked. Damage can make the engine
//! panic, so it works in a cage. Nothing is changed here: the next run mends.
//! Descriptions that are not what they were are no damage, and told apart.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::error::{Error, Result};
use crate::form;
use crate::read::{self, Refusal};
use crate::walk::{Kind, Root};

use super::audit;
use super::document::Stored;
use super::forgotten;
use super::generation::{self, Pointer};
use super::manifest::{self, Manifest};
use super::reader::{self, Reader};
use super::seen::{self, Known};
use super::system::System;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file of the index, or the description.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// What is wrong with the index.
    pub findings: Vec<Finding>,
    /// Descriptions that are not what they were when they were indexed.
    pub notes: Vec<Finding>,
}

impl From<Finding> for Verdict {
    fn from(finding: Finding) -> Self {
        Self {
            findings: vec![finding],
            notes: Vec::new(),
        }
    }
}

/// Checks an index; `corpus` is the folder to compare it with, if asked.
///
/// # Errors
/// When there is no index, or one of another version. All else is a finding.
pub fn verify(index: &Path, corpus: Option<&Path>) -> Result<Verdict> {
    let system = &System::default();
    let is_good = |found: &Result<Verdict>| found.as_ref().is_ok_and(|v| v.findings.is_empty());
    let check = |pointer: &Pointer| check(system, index, pointer, corpus);
    match generation::in_force(system, index, is_good, &check) {
        Err(Error::Damaged { what, .. }) => Ok(finding("CURRENT", what).into()),
        found => found?,
    }
}

/// Checks one generation.
fn check(
    system: &System,
    index: &Path,
    pointer: &Pointer,
    corpus: Option<&Path>,
) -> Result<Verdict> {
    let manifest = match Manifest::read(system, index, pointer) {
        Ok(manifest) => manifest,
        Err(error @ Error::OtherVersion { .. }) => return Err(error),
        Err(error) => return Ok(finding(manifest::NAME, error.to_string()).into()),
    };
    let mut findings = check_files(system, &pointer.folder, &manifest);
    if !forgotten::is_kept(system, index, &manifest.forgotten) {
        let what = "is not the list of forgotten projects".to_owned();
        findings.push(finding(forgotten::NAME, what));
    }
    if !findings.is_empty() {
        let notes = Vec::new();
        return Ok(Verdict { findings, notes });
    }
    let inside = AssertUnwindSafe(|| inside(index, pointer, &manifest, corpus));
    Ok(catch_unwind(inside).unwrap_or_else(|_| {
        let what = "reading it made the engine fail".to_owned();
        finding("index", what).into()
    }))
}

fn finding(place: &str, what: String) -> Finding {
    Finding {
        place: place.to_owned(),
        what,
    }
}

/// Every file against the manifest, and none beside them.
fn check_files(system: &System, folder: &Path, manifest: &Manifest) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in manifest.files.keys() {
        findings.extend(check_file(system, folder, manifest, name));
    }
    for (path, _) in generation::files(system, folder).unwrap_or_default() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let known = manifest.files.contains_key(&*name) || name == manifest::NAME;
        if !known {
            findings.push(finding(&name, "no file of this generation".to_owned()));
        }
    }
    findings
}

/// What is wrong with a file that the manifest names.
pub(super) fn check_file(
    system: &System,
    folder: &Path,
    manifest: &Manifest,
    name: &str,
) -> Option<Finding> {
    let expected = manifest.files.get(name)?;
    match generation::sum(system, &folder.join(name), false) {
        Err(error) => Some(finding(name, error.to_string())),
        Ok(sum) if sum.bytes != expected.bytes => {
            let what = format!("has {} bytes, not {}", sum.bytes, expected.bytes);
            Some(finding(name, what))
        }
        Ok(sum) if sum.hash != expected.hash => Some(finding(
            name,
            "its content is not what was written".to_owned(),
        )),
        Ok(_) => None,
    }
}

/// Whether every file has the size that it should.
pub(super) fn check_sizes(
    system: &System,
    folder: &Path,
    manifest: &Manifest,
) -> std::result::Result<(), String> {
    for (name, sum) in &manifest.files {
        if system.size(&folder.join(name)).ok() != Some(sum.bytes) {
            return Err(format!("{name} has not the size it had"));
        }
    }
    Ok(())
}

/// Sizes of all files, and sums of as many bytes as asked, beginning with
/// another file each minute.
pub(super) fn check_share(
    system: &System,
    folder: &Path,
    manifest: &Manifest,
    bytes: u64,
) -> std::result::Result<(), String> {
    check_sizes(system, folder, manifest).map_err(|what| format!("it was damaged: {what}"))?;
    let minute = system.now().as_second().unsigned_abs() / 60;
    let count = manifest.files.len().max(1);
    let first = usize::try_from(minute).unwrap_or_default() % count;
    let mut left = bytes;
    for (name, sum) in manifest.files.iter().cycle().skip(first).take(count) {
        if let Some(finding) = check_file(system, folder, manifest, name) {
            return Err(format!("it was damaged: {name}: {}", finding.what));
        }
        left = left.saturating_sub(sum.bytes);
        if left == 0 {
            break;
        }
    }
    Ok(())
}

/// What the files hold.
fn inside(index: &Path, pointer: &Pointer, manifest: &Manifest, corpus: Option<&Path>) -> Verdict {
    let folder = &pointer.folder;
    let check = || -> Result<Verdict> {
        let system = &System::default();
        let extents = audit::audit(system, (index, folder), manifest.documents, None)?;
        if extents != manifest.extents {
            let what = "the lengths of texts are not those in the index".to_owned();
            return Ok(finding(manifest::NAME, what).into());
        }
        let known = seen::read(system, folder)?;
        let reader = reader::open(index, pointer)?;
        let mut verdict = Verdict {
            findings: check_documents(&reader, &known)?,
            notes: Vec::new(),
        };
        if let Some(corpus) = corpus.map(Root::at) {
            for known in known.iter().filter(|known| known.stands()) {
                compare(&reader, &corpus, known, &mut verdict)?;
            }
        }
        Ok(verdict)
    };
    check().unwrap_or_else(|error| match error {
        Error::Corrupt { what } => finding("index", what).into(),
        error => finding("index", error.to_string()).into(),
    })
}

/// Every text can be read, and is of a file that stands.
fn check_documents(reader: &Reader, known: &[Known]) -> Result<Vec<Finding>> {
    let standing = known.iter().filter(|known| known.stands());
    let mut expected: BTreeSet<&str> = standing.map(|known| &*known.name).collect();
    let mut findings = Vec::new();
    for (number, segment) in reader.segments.iter().enumerate() {
        for doc in segment.reader.doc_ids_alive() {
            let stored = reader.stored(number, doc)?;
            if !expected.remove(stored.path.as_str()) {
                let what = "stands in the index but not among the files seen".to_owned();
                findings.push(finding(&stored.path, what));
            }
        }
    }
    let missing = expected.into_iter();
    findings.extend(missing.map(|name| finding(name, "is not in the index".to_owned())));
    Ok(findings)
}

/// The stored text against the file.
fn compare(reader: &Reader, corpus: &Root, known: &Known, verdict: &mut Verdict) -> Result<()> {
    let text = match source(corpus, known) {
        Ok(text) => text,
        Err(what) => {
            verdict.notes.push(finding(&known.name, what));
            return Ok(());
        }
    };
    let parsed = form::parse(&text);
    let with_contacts = reader.manifest.with_contacts;
    let expected = Stored::new(&parsed.project, &text, &known.name, with_contacts);
    let key = known.key().unwrap_or_default();
    let held = match reader.find(key)? {
        Some((segment, doc)) => Some(reader.stored(segment, doc)?),
        None => None,
    };
    let what = match held {
        None => "is not in the index",
        Some(held) if held != expected => "is not stored as it is",
        Some(_) => return Ok(()),
    };
    verdict.findings.push(finding(&known.name, what.to_owned()));
    Ok(())
}

/// The text that a file was indexed with; or why it is not to be had now.
fn source(corpus: &Root, known: &Known) -> std::result::Result<String, String> {
    if known.is_kept() {
        return Err("could not be read by the last run; an older version is indexed".to_owned());
    }
    let path = corpus.path(&known.name);
    let unread = |refusal: Refusal| match refusal {
        Refusal::Unreadable(error) if error.kind() == ErrorKind::NotFound => {
            "is gone since the last run".to_owned()
        }
        refusal => format!("can't be read now: {refusal}"),
    };
    let loaded = read::load(&path).map_err(unread)?;
    if loaded.digest != known.digest {
        return Err("was changed since the last run".to_owned());
    }
    let text = read::text_of(loaded.bytes, Kind::of(&path)).map_err(unread)?;
    Ok(text.text)
}
