//! Hits as the list of results shows them: name, facts, labelled passages.
//! A description without a code has no page of its own, so its name is no link.

use crate::index::fields::FIELDS;
use crate::present::explain::{self, Language};
use crate::present::hits::is_name;
use crate::search::{Hit, Passage};
use crate::serve::ask::is_code;

use super::address::Address;
use super::marked::Marked;
use super::{facts, names, texts};

/// A hit.
pub(super) struct HitView {
    /// The project's code, if it has one.
    pub(super) code: Option<String>,
    /// Where the project is read.
    pub(super) href: String,
    pub(super) name: Marked,
    pub(super) applicant: String,
    pub(super) facts: String,
    pub(super) passages: Vec<PassageView>,
    /// Sections that hold a word and are not quoted.
    pub(super) also: String,
    /// Why it was found, if that was asked.
    pub(super) why: Vec<String>,
}

/// A passage.
pub(super) struct PassageView {
    pub(super) label: String,
    pub(super) text: Marked,
    pub(super) before: bool,
    pub(super) after: bool,
}

/// The view of a hit; `kept` is what the project's page is asked with.
pub(super) fn view(hit: &Hit, kept: &Address, language: Language) -> HitView {
    let project = &hit.stored.project();
    let t = texts::of(language);
    let titled = hit.passages.iter().find(|p| is_name(project, p));
    let quoted = hit.passages.iter().filter(|p| FIELDS[p.row].key != "name");
    let code = Some(hit.key.clone()).filter(|key| is_code(key));
    let also = hit.rows.iter().filter(|row| {
        let quoted = hit.passages.iter().any(|p| p.row == **row);
        !quoted && FIELDS[**row].key != "name"
    });
    let also: Vec<_> = also.map(|row| names::field(*row, language)).collect();
    let reasons = hit.explanation.as_deref();
    HitView {
        href: kept.of_project(&hit.key),
        code,
        name: match titled {
            Some(passage) => Marked::of(&passage.text, &passage.highlights),
            None => Marked::of(project.name.unwrap_or(t.no_name), &[]),
        },
        applicant: project.applicant.name.unwrap_or(t.no_applicant).to_owned(),
        facts: facts::line(project, t),
        passages: quoted
            .map(|passage| self::passage(passage, language))
            .collect(),
        also: also.join(", "),
        why: reasons.map_or_else(Vec::new, |reasons| explain::lines(hit, reasons, language)),
    }
}

fn passage(passage: &Passage, language: Language) -> PassageView {
    PassageView {
        label: names::capital(names::field(passage.row, language)),
        text: Marked::of(&passage.text, &passage.highlights),
        before: passage.cut.0,
        after: passage.cut.1,
    }
}
