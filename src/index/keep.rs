//! What stays of a file that gives no document now although it once did.
//!
//! A run that goes on from the generation in force leaves the file's document
//! where it is. A run that builds all anew takes the text that was stored and
//! indexes it as if it had been read from the file. What neither can keep is
//! lost, and the run says so.

use crate::form::project::Contact;
use crate::form::{self, Cuts};

use super::document::{Identity, Stored, key, record};
use super::plan::Task;
use super::prepare::{Left, Outcome, Prepared};
use super::report::Class;
use super::seen::{Document, Known};
use super::segment::Writer;
use super::work::Work;

/// Says that an older version of a file stays in the index.
pub const KEPT: &str = "the last version that could be read stays in the index";

/// Says that it does not, and why.
const LOST: &str = "the last version that could be read is lost";

/// Keeps what there is of a file that was left.
pub(super) fn keep(
    mut left: Left,
    task: &Task<'_>,
    work: &Work<'_>,
    writer: &mut Writer<'_>,
) -> Outcome {
    let Some(known) = &task.known else {
        return Outcome::Left(left);
    };
    if !known.stands() {
        // Another file describes the project, but this one has its claim.
        left.document = known.document.clone();
        return Outcome::Left(left);
    }
    let Some(past) = work.past else {
        left.document = known.document.clone();
        left.reasons.push(KEPT.to_owned());
        return Outcome::Left(left);
    };
    match past.stored(&known.name) {
        Ok(stored) => take_over(stored, known, left, work, writer),
        Err(why) => {
            left.class = Class::Failed;
            left.reasons.push(format!("{LOST}: {why}"));
            Outcome::Left(left)
        }
    }
}

/// Indexes what was stored of a file anew.
fn take_over(
    mut stored: Stored,
    known: &Known,
    mut left: Left,
    work: &Work<'_>,
    writer: &mut Writer<'_>,
) -> Outcome {
    if !work.options.with_contacts {
        stored.contact = Cuts::new();
    }
    let text = stored.whole();
    let mut project = form::parse(&text).project;
    if stored.contact.is_empty() {
        project.applicant.contact = Contact::default();
    }
    let key = key(project.code, &known.name);
    let digest = left.digest;
    let (Some(document), false) = (&known.document, work.forgotten.contains(&key)) else {
        return Outcome::Forgotten { digest };
    };
    let identity = Identity {
        key: &key,
        path: &known.name,
    };
    let record = record(work.layout, &project, identity);
    writer.analyse(&project);
    left.reasons.push(KEPT.to_owned());
    Outcome::Read(Box::new(Prepared {
        record,
        stored: stored.packed(),
        document: Document {
            key: key.into(),
            stands: true,
            ..document.clone()
        },
        digest,
        class: left.class,
        reasons: left.reasons,
    }))
}
