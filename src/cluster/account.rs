//! What a run did, or would do, → its account. Every entry that was seen ends
//! in one class here, and nowhere else.

use std::collections::HashSet;

use crate::index::{self, Class, Report};
use crate::walk::Found;

use super::plan::Plan;
use super::send::Sent;
use super::settle::Origin;

/// The account of all files, as far as it is known before anything is sent.
pub(super) fn of_plan(found: &Found, plan: &Plan) -> Report {
    let mut report = index::of_others(found);
    let left: HashSet<&str> = plan.left.iter().map(|(path, ..)| path.as_str()).collect();
    let there: HashSet<&str> = found.files.iter().map(|f| &*f.name).collect();
    for file in &plan.standing {
        if left.contains(file.path.as_str()) || !there.contains(file.path.as_str()) {
            continue;
        }
        report.count(match file.origin {
            Origin::File => Class::Indexed,
            Origin::There | Origin::Kept => Class::Unchanged,
        });
    }
    for (file, winner) in &plan.others {
        if !left.contains(file.path.as_str()) {
            report.note(
                &file.path,
                Class::Skipped,
                vec![format!("{}{winner}", index::TAKEN)],
            );
        }
    }
    let standing: HashSet<&str> = plan.standing.iter().map(|f| f.path.as_str()).collect();
    for (path, class, reason) in &plan.left {
        let stays = standing.contains(path.as_str());
        let stays = stays.then(|| index::KEPT.to_owned());
        let reasons = std::iter::once(reason.clone()).chain(stays);
        report.note(path, *class, reasons.collect());
    }
    for path in &plan.gone {
        report.note(path, Class::Removed, vec!["gone".to_owned()]);
    }
    report
}

/// Tells of files that were sent what was found out meanwhile.
pub(super) fn tell(report: &mut Report, sent: Sent) {
    let warned = sent.warned.into_iter();
    let warned = warned.map(|(path, reasons)| (path, Class::Warned, reasons));
    let rejected = sent.rejected.into_iter();
    let rejected: Vec<_> = rejected
        .map(|(path, reason)| (path, Class::Failed, vec![reason]))
        .collect();
    let lost: HashSet<String> = rejected.iter().map(|(path, ..)| path.clone()).collect();
    let warned = warned.filter(|(path, ..)| !lost.contains(path));
    for (path, class, reasons) in warned.collect::<Vec<_>>().into_iter().chain(rejected) {
        // It was counted as one that is simply fine.
        report.counts.indexed = report.counts.indexed.saturating_sub(1);
        report.counts.seen = report.counts.seen.saturating_sub(1);
        report.note(&path, class, reasons);
    }
}
