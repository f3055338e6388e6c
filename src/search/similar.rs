//! Similar projects: the nearest ones to a project or a draft, with what is
//! shared and what sets them apart.
//!
//! The most telling words of the given text are asked for all at once, each by
//! how much is said of it there, with the scorer that queries have. What a
//! found project shares is then told word by word, and what it says beside by
//! its own telling words.

use crate::error::Result;
use crate::finnish::{Analyzer, Kind};
use crate::form;
use crate::form::project::{Applicant, Project};
use crate::index::{Reader, Stored};

use super::boolean::Found;
use super::links::{self, Link, Tie};
use super::lookup::{Lookup, Sought, Want};
use super::plan::Scoped;
use super::rank::{self, Ranked};
use super::score::Scorer;
use super::sketch::Sketch;
use super::telling::{self, Telling, Words};
use super::weights;

/// Words told that only one of two projects has, at the most.
const MOST_APART: usize = 10;

/// The projects that are nearest to a given one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Similar {
    /// The words that were looked for, the most telling first.
    pub words: Vec<String>,
    /// The nearest projects, the nearest first.
    pub hits: Vec<Near>,
    /// All projects that the given one is linked to, near or not.
    pub links: Vec<Link>,
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
    (reader, analyzer): (&Reader, &Analyzer),
    (given, key): (&Project<'_>, Option<&str>),
    limit: usize,
) -> Result<Similar> {
    // Words that no other project has find nothing.
    let least = if key.is_some() { 2 } else { 1 };
    let words = telling::words(given, (reader, analyzer), least)?;
    let asked: Vec<Scoped> = words.telling.iter().map(|word| asked(&word.term)).collect();
    let scorer = Scorer::new(reader);
    let mut ranked = scored(reader, &scorer, &words, &asked)?;
    // One more, since the project itself is the nearest.
    rank::keep_best(reader, &mut ranked, limit.saturating_add(1))?;
    let links = links::links(reader, key, given)?;
    let comparer = Comparer {
        reader,
        analyzer,
        scorer: &scorer,
        given,
        words: &words,
        asked: &asked,
        links: &links,
        sketch: Sketch::of(given),
    };
    let mut hits = Vec::new();
    for ranked in &ranked {
        let other = rank::key(reader, ranked.segment, ranked.doc)?;
        if Some(other.as_str()) != key && hits.len() < limit {
            hits.push(comparer.near(hits.len() + 1, other, ranked)?);
        }
    }
    Ok(Similar {
        words: words.telling.iter().map(|word| word.term.clone()).collect(),
        hits,
        links,
    })
}

/// A word asked for in all that says what a project is about.
fn asked(term: &str) -> Scoped {
    Scoped {
        want: Want::Word(Sought {
            lookups: vec![Lookup::of(Kind::Base, term)],
            ..Sought::default()
        }),
        rows: telling::content(),
        shown: true,
    }
}

/// All documents that have a word, with their scores.
fn scored(
    reader: &Reader,
    scorer: &Scorer<'_>,
    words: &Words,
    asked: &[Scoped],
) -> Result<Vec<Ranked>> {
    let documents = |number: usize| reader.segments[number].reader.max_doc() as usize;
    let mut sums: Vec<Vec<f32>> = (0..reader.segments.len())
        .map(|number| vec![0.0; documents(number)])
        .collect();
    for (word, scoped) in words.telling.iter().zip(asked) {
        let matches = reader.segments.iter();
        let matches = matches.map(|segment| scorer.matches(segment, scoped));
        let matches: Vec<_> = matches.collect::<Result<_>>()?;
        let with = matches.iter().map(|matches| matches.len() as u64).sum();
        let weight = word.often * weights::idf(reader.manifest.documents, with);
        for (sums, matches) in sums.iter_mut().zip(matches) {
            for (doc, worth) in matches {
                sums[doc as usize] += weight * worth;
            }
        }
    }
    let mut ranked = Vec::new();
    for (segment, sums) in sums.into_iter().enumerate() {
        let found = (0..).zip(sums).filter(|(_, score)| *score > 0.0);
        ranked.extend(found.map(|(doc, score)| {
            let direct = true;
            Ranked::new(segment, &Found { doc, score, direct }, true)
        }));
    }
    Ok(ranked)
}

/// Says what two projects share.
struct Comparer<'a> {
    reader: &'a Reader,
    analyzer: &'a Analyzer,
    scorer: &'a Scorer<'a>,
    given: &'a Project<'a>,
    words: &'a Words,
    asked: &'a [Scoped],
    links: &'a [Link],
    sketch: Sketch,
}

impl Comparer<'_> {
    fn near(&self, rank: usize, key: String, ranked: &Ranked) -> Result<Near> {
        let stored = self.reader.stored(ranked.segment, ranked.doc)?;
        let parsed = form::parse(&stored.text);
        let project = &parsed.project;
        let theirs = telling::words(project, (self.reader, self.analyzer), 1)?;
        let link = self.links.iter().find(|link| link.key == key);
        let mut ties = link.map_or(Vec::new(), |link| link.ties.clone());
        if self.sketch.is_near(&Sketch::of(project)) {
            ties.push(Tie::NearDuplicate);
        }
        let mut near = Near {
            rank,
            key,
            score: ranked.score,
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
        self.share(ranked, &mut near)?;
        near.stored = stored;
        Ok(near)
    }

    /// Tells the given project's words as shared ones and others.
    fn share(&self, ranked: &Ranked, near: &mut Near) -> Result<()> {
        let segment = &self.reader.segments[ranked.segment];
        let (mut all, mut both) = (0.0, 0.0);
        for (word, scoped) in self.words.telling.iter().zip(self.asked) {
            let mut rows = Vec::new();
            let asked = (&[ranked.doc][..], ranked.direct);
            self.scorer
                .rows_of(segment, asked, scoped, |row, _| rows.push(row))?;
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
        Ok(())
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
