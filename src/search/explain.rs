//! Why a hit stands where it does: each word's share of its score.
//!
//! A score is taken apart as it was put together. What a word adds is known
//! from its matches; it is split over the word itself, its synonyms and the
//! sections by what each added before saturation. The forms are looked up in
//! the stored text. What has to be known of a score (`Scores`) is asked of the
//! index here, and of the text itself where a cluster made it.

use std::collections::BTreeSet;

use tantivy::DocId;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::form::project::Project;
use crate::index::fields::{FIELDS, Value};

use super::beside::Beside;
use super::boolean::Evaluator;
use super::finder::Finder;
use super::lookup::{Lookup, Want};
use super::plan::{Group, Plan, Planned};
use super::rank::Ranked;
use super::score::Scorer;
use super::shares::Share;
use super::ways::{Way, said, ways};
use super::weights;

/// What something of a project's text is to a word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The word or phrase itself.
    Itself,
    /// A synonym of it.
    Synonym,
    /// A part of the compound, or a word of its family.
    Near,
    /// The word behind the one that the query has before it.
    Beside,
}

/// What one word of the query, or something in its stead, adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The word as it was looked for.
    pub word: String,
    /// What was found is this to it.
    pub how: How,
    /// The synonym, or the part or beginning that was found.
    pub via: Option<String>,
    /// The forms that stand in the text, in the order of the alphabet.
    pub forms: Vec<String>,
    /// Whether the very form that was typed stands there, which adds a little.
    pub typed: bool,
    /// Projects that have it.
    pub projects: u64,
    /// Projects in the index.
    pub of: u64,
    /// What it adds to the score.
    pub points: f32,
    /// That as a share of the score.
    pub share: f32,
    /// Rows of FIELDS where it stands, each with its share of the score.
    pub sections: Vec<(usize, f32)>,
}

/// What an explanation has to know of one document's score.
pub(super) trait Scores {
    /// Projects that there are.
    fn documents(&self) -> u64;

    /// How many have something wanted, by one of its shares.
    fn found(&self, want: usize, share: usize) -> Result<u64>;

    /// What counts for the document of all that is wanted, as often as it does.
    fn counted(&self) -> Result<Vec<usize>>;

    /// What a share adds to the document's score.
    fn points(&self, want: usize, share: usize) -> Result<Option<f32>>;

    /// What a section of it adds to a word before saturation.
    fn word_in(&self, row: usize, lookups: &[Lookup]) -> Result<f32>;

    /// What a section of it adds to words in a row before saturation.
    fn row_in(&self, row: usize, slots: &[Vec<String>], slop: u32) -> Result<f32>;
}

/// Takes scores of documents in an index apart.
pub(super) struct Explainer<'a> {
    scorer: &'a Scorer<'a>,
    shares: &'a [Vec<Share>],
    beside: &'a Beside<'a>,
    taker: Taker<'a>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(
        analyzer: &'a Analyzer,
        scorer: &'a Scorer<'a>,
        (shares, beside): (&'a [Vec<Share>], &'a Beside<'a>),
        planned: &'a Planned,
    ) -> Self {
        Self {
            scorer,
            shares,
            beside,
            taker: Taker::new(planned, analyzer),
        }
    }

    /// What the words of the query add to a document's score, most first.
    pub(super) fn reasons(&mut self, best: &Ranked, project: &Project<'_>) -> Result<Vec<Reason>> {
        let scores = Indexed {
            scorer: self.scorer,
            shares: self.shares,
            beside: self.beside,
            root: &self.taker.planned.root,
            best,
        };
        self.taker.reasons(&scores, project)
    }
}

/// The score of a document in an index.
struct Indexed<'a> {
    scorer: &'a Scorer<'a>,
    shares: &'a [Vec<Share>],
    beside: &'a Beside<'a>,
    root: &'a Group,
    best: &'a Ranked,
}

impl Indexed<'_> {
    /// A share of something wanted; that words follow each other comes last.
    fn share(&self, want: usize, share: usize) -> Result<Option<&Share>> {
        match self.shares[want].get(share) {
            None => self.beside.share(want),
            own => Ok(own),
        }
    }
}

impl Scores for Indexed<'_> {
    fn documents(&self) -> u64 {
        self.scorer.reader.manifest.documents
    }

    fn found(&self, want: usize, share: usize) -> Result<u64> {
        Ok(self.share(want, share)?.map_or(0, Share::found))
    }

    fn counted(&self) -> Result<Vec<usize>> {
        let evaluator = Evaluator::new(self.scorer, self.shares, self.best.segment);
        let mut counted = Vec::new();
        evaluator.counted(self.root.wanted(), self.best.doc, &mut counted)?;
        Ok(counted)
    }

    fn points(&self, want: usize, share: usize) -> Result<Option<f32>> {
        let share = self.share(want, share)?;
        Ok(share.and_then(|share| share.points(self.best.segment, self.best.doc)))
    }

    fn word_in(&self, row: usize, lookups: &[Lookup]) -> Result<f32> {
        let segment = &self.scorer.reader.segments[self.best.segment];
        self.scorer.word_in(segment, (row, self.best.doc), lookups)
    }

    fn row_in(&self, row: usize, slots: &[Vec<String>], slop: u32) -> Result<f32> {
        let segment = &self.scorer.reader.segments[self.best.segment];
        self.scorer
            .row_in(segment, (row, self.best.doc), (slots, slop))
    }
}

/// Takes scores apart, wherever they were made.
pub(super) struct Taker<'a> {
    planned: &'a Planned,
    ways: Vec<Way>,
    finder: Finder<'a>,
}

impl<'a> Taker<'a> {
    pub(super) fn new(planned: &'a Planned, analyzer: &'a Analyzer) -> Self {
        let wants = planned.wants.iter().enumerate();
        let shown = wants.filter(|(_, scoped)| scoped.shown);
        let ways: Vec<Way> = shown
            .flat_map(|(want, scoped)| ways(want, scoped))
            .collect();
        let finder = Finder::new(analyzer, ways.iter().map(|way| &way.scoped));
        Self {
            planned,
            ways,
            finder,
        }
    }

    /// What the words of the query add to a document's score, most first.
    pub(super) fn reasons(
        &mut self,
        scores: &impl Scores,
        project: &Project<'_>,
    ) -> Result<Vec<Reason>> {
        let counted = scores.counted()?;
        let mut reasons = Vec::new();
        for number in 0..self.ways.len() {
            let way = &self.ways[number];
            let times = match way.how {
                How::Beside => 1,
                _ => counted.iter().filter(|want| **want == way.want).count(),
            };
            if times > 0 {
                reasons.extend(self.reason(number, times, (scores, project))?);
            }
        }
        let all: f32 = reasons.iter().map(|reason| reason.points).sum();
        for reason in &mut reasons {
            reason.share = reason.points / all;
            for (_, share) in &mut reason.sections {
                *share /= all;
            }
        }
        reasons.sort_by(|a, b| b.points.total_cmp(&a.points));
        Ok(reasons)
    }

    #[expect(clippy::cast_precision_loss, reason = "how often a query says a word")]
    fn reason(
        &mut self,
        number: usize,
        times: usize,
        (scores, project): (&impl Scores, &Project<'_>),
    ) -> Result<Option<Reason>> {
        let way = &self.ways[number];
        let Some(points) = scores.points(way.want, way.share)? else {
            return Ok(None);
        };
        let sums = sums(way, scores)?;
        let own: f32 = sums.iter().map(|(_, sum)| sum).sum();
        if own <= 0.0 {
            return Ok(None);
        }
        // Ways of one share were saturated together.
        let mut all = 0.0;
        let fellows = self.ways.iter();
        for fellow in fellows.filter(|other| (other.want, other.share) == (way.want, way.share)) {
            all += self::sums(fellow, scores)?
                .iter()
                .map(|(_, sum)| sum)
                .sum::<f32>();
        }
        let point = points * times as f32 / all;
        let sections: Vec<(usize, f32)> = sums
            .into_iter()
            .map(|(row, sum)| (row, sum * point))
            .collect();
        let (word, typed) = said(&self.planned.wants[way.want]);
        let (how, via) = (way.how, way.via.clone());
        let projects = scores.found(way.want, way.share)?;
        let forms = self.forms(number, project, &sections);
        Ok(Some(Reason {
            typed: how == How::Itself && typed.is_some_and(|form| forms.contains(form)),
            word,
            how,
            via,
            forms: forms.into_iter().collect(),
            projects,
            of: scores.documents(),
            points: own * point,
            share: 0.0,
            sections,
        }))
    }

    /// The forms by which a way is found in the sections.
    fn forms(
        &mut self,
        number: usize,
        project: &Project<'_>,
        sections: &[(usize, f32)],
    ) -> BTreeSet<String> {
        let mut forms = BTreeSet::new();
        for (row, _) in sections {
            let Value::Texts(texts) = (FIELDS[*row].value)(project) else {
                continue;
            };
            for text in texts {
                let words = self.finder.words(&text);
                let held = words
                    .into_iter()
                    .filter(|(_, ways)| number < 64 && ways >> number & 1 == 1);
                forms.extend(held.map(|(range, _)| text[range].to_lowercase()));
            }
        }
        forms
    }
}

/// What a way adds in each section before saturation.
fn sums(way: &Way, scores: &impl Scores) -> Result<Vec<(usize, f32)>> {
    let mut sums = Vec::new();
    for &row in &way.scoped.rows {
        let sum = match (&way.row, &way.scoped.want) {
            (Some((slots, slop)), _) => {
                let sum = scores.row_in(row, slots, *slop)?;
                sum * if way.how == How::Synonym {
                    weights::SYNONYM
                } else {
                    1.0
                }
            }
            (None, Want::Word(sought)) => scores.word_in(row, &sought.lookups)?,
            (None, Want::Phrase(..)) => 0.0,
        };
        if sum > 0.0 {
            sums.push((row, sum));
        }
    }
    Ok(sums)
}

impl Evaluator<'_> {
    /// What counts for a document of all that the plans want, as often as it
    /// does.
    fn counted<'p>(
        &self,
        plans: impl Iterator<Item = &'p Plan>,
        doc: DocId,
        counted: &mut Vec<usize>,
    ) -> Result<()> {
        for plan in plans {
            match plan {
                Plan::Want(want) => counted.push(*want),
                Plan::Any(plans) => self.counted(plans.iter(), doc, counted)?,
                Plan::All(plans) if self.holding(plan)?.has(doc) => {
                    self.counted(plans.iter(), doc, counted)?;
                }
                Plan::Group(group) if self.group(group)?.all.has(doc) => {
                    self.counted(group.wanted(), doc, counted)?;
                }
                Plan::All(_) | Plan::Group(_) | Plan::Value(_) | Plan::Not(_) => {}
            }
        }
        Ok(())
    }
}
