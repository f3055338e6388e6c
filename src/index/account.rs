//! What a run did, or would do, → its account.
//!
//! Every entry that was seen ends in one class here, and nowhere else.

use std::collections::HashSet;

use crate::read::Digest;
use crate::walk::Found;

use super::documents::Documents;
use super::manifest::Manifest;
use super::plan::Plan;
use super::report::{Class, Departure, Report, Why};
use super::seen::Known;
use super::young;

/// The account of a run that changed the index; `doubtful` are projects that were
/// there before, each with its file.
pub(super) fn of_run(
    found: &Found,
    documents: &Documents,
    gone: &[Known],
    doubtful: Vec<(String, String)>,
) -> Report {
    let mut report = of_others(found);
    report.counts.changed = true;
    for (known, was_added) in documents.all() {
        if let Some(document) = known.document.as_ref().filter(|document| document.stands) {
            report.documents += 1;
            report.text_bytes += document.bytes;
        }
        if !documents.hidden.contains(&known.name) {
            of_file(known, was_added, &mut report);
        }
    }
    of_gone(gone, &mut report);
    report.departed = departed(doubtful, documents);
    report
}

/// Those of the projects that are not in the index any more.
fn departed(doubtful: Vec<(String, String)>, documents: &Documents) -> Vec<Departure> {
    if doubtful.is_empty() {
        return Vec::new();
    }
    let files = documents.files.iter().filter(|known| known.stands());
    let keys: HashSet<&str> = files.filter_map(Known::key).collect();
    let is_there = |(key, _): &(String, String)| keys.contains(key.as_str());
    let departed = doubtful.into_iter().filter(|project| !is_there(project));
    let mut departed: Vec<_> = departed
        .map(|(key, path)| Departure {
            why: why(documents.get(&path)),
            key,
            path,
        })
        .collect();
    departed.sort();
    departed
}

/// How many of the projects that left the index were not moved: a file without a
/// code is known again by its content.
pub(super) fn missing(report: &Report, documents: &Documents, gone: &[Known]) -> usize {
    if report.departed.is_empty() {
        return 0;
    }
    let there = documents.files.iter().filter(|known| known.stands());
    let there: HashSet<&Digest> = there.map(|known| &known.digest).collect();
    let moved = gone.iter().filter(|known| there.contains(&known.digest));
    let moved: HashSet<&str> = moved.map(|known| &*known.name).collect();
    let departed = report.departed.iter();
    departed
        .filter(|departure| !moved.contains(&*departure.path))
        .count()
}

/// Why a file's project is not there any more.
fn why(known: Option<&Known>) -> Why {
    match known {
        None => Why::Gone,
        Some(known) if known.document.is_some() => Why::Rewritten,
        Some(_) => Why::Lost,
    }
}

/// Counts a file in its class.
fn of_file(known: &Known, was_read: bool, report: &mut Report) {
    match known.class {
        Class::Indexed | Class::Warned if !was_read => report.count(Class::Unchanged),
        Class::Indexed => report.count(Class::Indexed),
        // Whatever rule leaves it out, it once was a description.
        Class::Skipped if known.is_kept() && !young::is_busy(known) => {
            report.note(&known.name, Class::Failed, known.reasons.clone());
        }
        class => report.note(&known.name, class, known.reasons.clone()),
    }
}

/// The account of all entries that are no descriptions.
#[must_use]
pub fn of_others(found: &Found) -> Report {
    let mut report = Report::default();
    for (path, reason) in &found.others {
        let class = match reason.is_failure() {
            true => Class::Failed,
            false => Class::Skipped,
        };
        match reason.is_notable() {
            true => report.note(path, class, vec![reason.to_string()]),
            false => report.count(class),
        }
    }
    report
}

/// The account of a run that reads nothing: what is to be read counts as
/// indexed, since that is what would be tried.
pub(super) fn of_plan(found: &Found, plan: &Plan, manifest: Option<&Manifest>) -> Report {
    let mut report = of_others(found);
    for known in &plan.same {
        of_file(known, false, &mut report);
    }
    plan.read.iter().for_each(|_| report.count(Class::Indexed));
    report.documents = manifest.map_or(plan.documents() as u64, |manifest| manifest.documents);
    report.text_bytes = manifest.map_or(0, |manifest| manifest.text_bytes);
    of_gone(&plan.gone, &mut report);
    report
}

fn of_gone(gone: &[Known], report: &mut Report) {
    for known in gone {
        report.note(&known.name, Class::Removed, vec!["gone".to_owned()]);
    }
    report.items.sort();
}
