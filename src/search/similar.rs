//! Similar projects: the nearest ones to a project or a draft, with what is
//! shared and what sets them apart.
//!
//! The most telling words of the given text are asked for all at once, each by
//! how much is said of it there, as words of queries are (`near`). What a found
//! project shares is then told word by word, and what it says beside by its own
//! telling words.

use crate::error::Result;
use crate::finnish::{Analyzer, Kind};
use crate::form::project::{Applicant, Project};
use crate::index::{Reader, Stored};

use super::links::{self, Link, Tie};
use super::lookup::{Lookup, Sought, Want};
use super::near::{Nearness, Neighbour};
use super::plan::Scoped;
use super::sketch::Sketch;
use super::telling::{self, Telling, Words};

/// Words told that only one of two projects has, at the most.
const MOST_APART: usize = 10;

/// Projects whose words are told at a time.
const AT_ONCE: usize = 20;

/// The projects that are nearest to a given one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Similar {
    /// The words that were looked for, the most telling first.
    pub words: Vec<String>,
    /// The nearest projects, the nearest first.
    pub hits: Vec<Near>,
    /// All projects that the given one is linked to, near or not.
    pub links: Vec<Link>,
    /// What the answer of a cluster is without, such as shards, and why.
    pub partial: Vec<String>,
}

/// A project that is near.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Place among the nearest, from 1.
    pub rank: usize,
    /// The document's key.
    pub key: String,
    /// The score; comparable within one answer only.
    pub score: f32,
    /// What of the given project's telling words it has, by their weight, in
    /// per cent.
    pub overlap: u8,
    /// Words that both have among the target groups.
    pub target: Vec<String>,
    /// Words that both have elsewhere: what is done, and how.
    pub methods: Vec<String>,
    /// Places that both name.
    pub places: Vec<String>,
    /// Whether the applicants are one.
    pub applicant: bool,
    /// Telling words that only the given project has.
    pub only_given: Vec<String>,
    /// Telling words that only this one has.
    pub only_here: Vec<String>,
    /// How it is linked to the given project.
    pub ties: Vec<Tie>,
    /// What is stored of it.
    pub stored: Stored,
}

/// Finds the projects that are nearest to a given one, which has this key if
/// it is in the index itself.
///
/// # Errors
/// When the index can't be read.
pub fn similar(
    opened: (&Reader, &Analyzer),
    given: (&Project<'_>, Option<&str>),
    limit: usize,
) -> Result<Similar> {
    similar_in(opened, given, limit)
}

/// The same in any collection.
pub(super) fn similar_in(
    (projects, analyzer): (&impl Nearness, &Analyzer),
    (given, key): (&Project<'_>, Option<&str>),
    limit: usize,
) -> Result<Similar> {
    // Words that no other project has find nothing.
    let least = if key.is_some() { 2 } else { 1 };
    let words = telling::words(std::iter::once(given), (projects, analyzer), least)?;
    let Some(words) = words.into_iter().next() else {
        return Ok(Similar::default());
    };
    let asked = words.telling.iter();
    let asked: Vec<_> = asked
        .map(|word| (word.often, asked_for(&word.term)))
        .collect();
    let found = projects.nearest(&asked, key, limit)?;
    let links = links::links_in(projects, key, given)?;
    let comparer = Comparer {
        given,
        words: &words,
        links: &links,
        sketch: Sketch::of(given),
    };
    let mut hits = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    while found.peek().is_some() {
        let some: Vec<Neighbour> = found.by_ref().take(AT_ONCE).collect();
        let read: Vec<_> = some.iter().map(|other| other.stored.project()).collect();
        let others = read.iter();
        let theirs = telling::words(others.clone(), (projects, analyzer), 1)?;
        let nears: Vec<Near> = (hits.len() + 1..)
            .zip(some.iter().zip(others.zip(&theirs)))
            .map(|(rank, (other, (project, theirs)))| comparer.near(rank, other, (project, theirs)))
            .collect();
        drop(read);
        hits.extend(nears.into_iter().zip(some).map(|(near, other)| Near {
            stored: other.stored,
            ..near
        }));
    }
    Ok(Similar {
        words: words.telling.iter().map(|word| word.term.clone()).collect(),
        hits,
        links,
        partial: Vec::new(),
    })
}

/// A word asked for in all that says what a project is about.
fn asked_for(term: &str) -> Scoped {
    Scoped {
        want: Want::Word(Sought {
            lookups: vec![Lookup::of(Kind::Base, term)],
            ..Sought::default()
        }),
        rows: telling::content(),
        shown: true,
    }
}

/// Says what two projects share.
struct Comparer<'a> {
    given: &'a Project<'a>,
    words: &'a Words,
    links: &'a [Link],
    sketch: Sketch,
}

impl Comparer<'_> {
    fn near(
        &self,
        rank: usize,
        other: &Neighbour,
        (project, theirs): (&Project<'_>, &Words),
    ) -> Near {
        let link = self.links.iter().find(|link| link.key == other.key);
        let mut ties = link.map_or(Vec::new(), |link| link.ties.clone());
        if self.sketch.is_near(&Sketch::of(project)) {
            ties.push(Tie::NearDuplicate);
        }
        let mut near = Near {
            rank,
            key: other.key.clone(),
            score: other.score,
            overlap: 0,
            target: Vec::new(),
            methods: Vec::new(),
            places: links::shared_places(self.given, project),
            applicant: same_applicant(&self.given.applicant, &project.applicant),
            only_given: Vec::new(),
            only_here: lacking(&theirs.telling, self.words),
            ties,
            stored: Stored::default(),
        };
        self.share(&other.rows, &mut near);
        near
    }

    /// Tells the given project's words as shared ones and others, by the rows
    /// that each stands in.
    fn share(&self, rows: &[Vec<usize>], near: &mut Near) {
        let (mut all, mut both) = (0.0, 0.0);
        for (word, rows) in self.words.telling.iter().zip(rows) {
            all += word.weight;
            if rows.is_empty() {
                near.only_given.push(word.term.clone());
                continue;
            }
            both += word.weight;
            let target = word.target && rows.iter().any(|row| telling::is_target(*row));
            let words = if target {
                &mut near.target
            } else {
                &mut near.methods
            };
            words.push(word.term.clone());
        }
        near.only_given.truncate(MOST_APART);
        near.overlap = per_cent(both, all);
    }
}

/// The telling words of one project that another one never uses.
fn lacking(telling: &[Telling], other: &Words) -> Vec<String> {
    let lacking = telling
        .iter()
        .filter(|word| !other.all.contains(&word.term));
    let lacking = lacking.map(|word| word.term.clone());
    lacking.take(MOST_APART).collect()
}

/// Whether two applicants are one: by business id, else by name.
fn same_applicant(one: &Applicant<'_>, other: &Applicant<'_>) -> bool {
    match (one.business_id, other.business_id) {
        (Some(one), Some(other)) => one == other,
        _ => one.name.is_some() && one.name == other.name,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 100"
)]
fn per_cent(part: f32, all: f32) -> u8 {
    if all > 0.0 {
        (100.0 * part / all).round().clamp(0.0, 100.0) as u8
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applicants_are_one_by_business_id_and_else_by_name() {
        let named = |name, business_id| Applicant {
            name: Some(name),
            business_id,
            ..Applicant::default()
        };
        let one = named("Kemin kaupunki", Some("0210427-6"));
        assert!(same_applicant(&one, &named("Kemi", Some("0210427-6"))));
        assert!(!same_applicant(
            &one,
            &named("Kemin kaupunki", Some("0176478-2"))
        ));
        assert!(same_applicant(&one, &named("Kemin kaupunki", None)));
        assert!(!same_applicant(
            &Applicant::default(),
            &Applicant::default()
        ));
    }

    #[test]
    fn what_is_shared_is_told_in_per_cent() {
        assert_eq!(per_cent(1.0, 3.0), 33);
        assert_eq!(per_cent(0.0, 0.0), 0);
    }
}
