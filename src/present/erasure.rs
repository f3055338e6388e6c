//! What `forget` did, for people: what was found of each project, what was
//! done, and what could not be erased.

use std::io::{self, Write};

use crate::index::{Erased, Erasure, Forgetting};

use super::style::{Visible, grouped};

/// Writes what was erased and what is left of it.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, erasure: &Erasure, what: Forgetting) -> io::Result<()> {
    for project in &erasure.projects {
        one(out, project, what)?;
    }
    for trace in &erasure.traces {
        let (place, what) = (Visible(&trace.place), Visible(&trace.what));
        writeln!(out, "LEFT  {place}: {what}")?;
    }
    let (segments, documents) = (erasure.segments, grouped(erasure.documents));
    match what {
        Forgetting::Undo => writeln!(out, "the next run of `esr-search index` reads them again"),
        Forgetting::DryRun => writeln!(
            out,
            "nothing was done; {segments} segments hold them, of {documents} projects"
        ),
        Forgetting::Erase => writeln!(
            out,
            "{segments} segments written anew; {} things that only they held were looked for in \
             every file: {} found; {documents} projects in the index",
            erasure.evidence,
            erasure.traces.len()
        ),
    }
}

fn one(out: &mut dyn Write, project: &Erased, what: Forgetting) -> io::Result<()> {
    let key = Visible(&project.key);
    let state = match (what, project.was_forgotten, project.files.is_empty()) {
        (Forgetting::Undo, true, _) => "is let in again",
        (Forgetting::Undo, false, _) => "was not forgotten",
        (_, true, true) => "was forgotten already",
        (_, _, true) => "is not in the index; it will not come in",
        (Forgetting::DryRun, ..) => "would be forgotten",
        (Forgetting::Erase, ..) => "is forgotten",
    };
    writeln!(out, "{key} {state}")?;
    for file in &project.files {
        writeln!(out, "  described by {}", Visible(file))?;
    }
    match project.mentions.is_empty() {
        true => Ok(()),
        false => writeln!(
            out,
            "  its code stays in the texts of {}",
            Visible(&project.mentions.join(", "))
        ),
    }
}
