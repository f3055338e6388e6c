//! Which analyzer an index is made with, and how a reader gets the same again.
//!
//! Queries must be analysed exactly as the documents were. So the manifest
//! names the chain by its fingerprint; what the chain without a dictionary has
//! learnt from the collection is stored with the generation; and a dictionary
//! that is missing or another one now is an error, never a reason to search
//! with another chain.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::OwnedBytes;

use crate::error::{Error, Result, at};
use crate::finnish::dictionary::Lemmas;
use crate::finnish::rules::{Lexicon, Rules};
use crate::finnish::voikko::{Dictionary, DictionaryError};
use crate::finnish::{Analyzer, token};
use crate::form::{self, without_contact};
use crate::read;
use crate::walk::{self, Entry, Stamp};

use super::document::key;
use super::folder::Folder;
use super::forgotten::Keys;
use super::generation;
use super::system::System;

/// Name of the file in a generation that holds what its chain has learnt.
const LEXICON: &str = "lexicon";

/// Bytes of descriptions that the chain without a dictionary learns from at
/// the most, spread evenly over the collection: a vocabulary of some 150,000
/// forms. More would add mostly names and typing errors, at a cost.
const LEARN_FROM: u64 = 16_000_000;

/// The chain to make an index with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A dictionary's morphology file (`mor.vfst`).
    Dictionary(PathBuf),
    /// Rules, and what the collection shows.
    Rules,
}

impl Choice {
    /// The dictionary's file, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Self::Dictionary(path) => Some(path),
            Self::Rules => None,
        }
    }

    /// Whether a recipe is for a chain of the same kind.
    pub(super) fn is_like(&self, recipe: &Recipe) -> bool {
        recipe.dictionary.is_some() == self.file().is_some()
    }
}

/// What the manifest says of the analyzer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Algorithm, rules and data by version and hash.
    pub fingerprint: String,
    /// The dictionary's file at the time; `null` for rules.
    pub dictionary: Option<PathBuf>,
    /// What that file is known again by.
    pub known: Option<Known>,
}

/// What a dictionary's file is known again by without reading it: it was found
/// sound when it had this stamp, and a file that changes gets another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    stamp: Stamp,
    hash: String,
}

impl Known {
    /// Of a dictionary that was opened after its file had a stamp; none if the
    /// file has another one since.
    fn of(dictionary: &Dictionary, before: Option<Stamp>) -> Option<Self> {
        let hash = dictionary.hash().to_owned();
        let stamp = before.filter(|_| walk::stamp(dictionary.path()) == before)?;
        Some(Self { stamp, hash })
    }
}

/// An analyzer for a new index of these files, with its recipe and what is to
/// be stored of it.
pub(super) fn make(
    choice: &Choice,
    files: &[Entry],
    threads: usize,
    forgotten: &Keys,
) -> Result<(Analyzer, Recipe, Option<Vec<u8>>)> {
    let mut known = None;
    let (analyzer, dictionary, learnt) = match choice {
        Choice::Dictionary(path) => {
            let stamp = walk::stamp(path);
            let dictionary = opened(path)?;
            known = Known::of(&dictionary, stamp);
            (by_lemmas(dictionary), Some(path.clone()), None)
        }
        Choice::Rules => {
            let lexicon = learn(files, threads, forgotten);
            let bytes = lexicon.to_bytes();
            (
                Analyzer::new(Box::new(Rules::new(lexicon))),
                None,
                Some(bytes),
            )
        }
    };
    let recipe = Recipe {
        fingerprint: analyzer.fingerprint(),
        dictionary,
        known,
    };
    Ok((analyzer, recipe, learnt))
}

/// The same for an index that is kept elsewhere.
///
/// # Errors
/// When the dictionary can't be read.
pub fn fresh_analyzer(
    choice: &Choice,
    files: &[Entry],
    threads: usize,
) -> Result<(Analyzer, Recipe, Option<Vec<u8>>)> {
    make(choice, files, threads, &Keys::default())
}

/// The analyzer that made an index that is kept elsewhere, by its recipe and
/// what is stored of it; `named` is a dictionary to use instead of the one that
/// the recipe names.
///
/// # Errors
/// When the same analyzer can't be had here.
pub fn same_analyzer(
    recipe: &Recipe,
    learnt: Option<Vec<u8>>,
    named: Option<&Path>,
) -> Result<Analyzer> {
    remake(Path::new(""), learnt.map(OwnedBytes::new), recipe, named)
}

/// An analyzer without a dictionary that has learnt from texts anew, with its
/// recipe and what is to be stored of it.
pub(super) fn relearn(
    texts: impl Iterator<Item = Result<String>>,
) -> Result<(Analyzer, Recipe, Vec<u8>)> {
    let mut forms: HashSet<String, RandomState> = HashSet::default();
    let mut scratch = token::Scratch::default();
    for text in texts {
        gather_forms(&text?, &mut scratch, &mut forms);
    }
    let lexicon = lexicon_of(forms.into_iter().collect());
    let bytes = lexicon.to_bytes();
    let analyzer = Analyzer::new(Box::new(Rules::new(lexicon)));
    let recipe = Recipe {
        fingerprint: analyzer.fingerprint(),
        dictionary: None,
        known: None,
    };
    Ok((analyzer, recipe, bytes))
}

fn gather_forms(
    text: &str,
    scratch: &mut token::Scratch,
    forms: &mut HashSet<String, RandomState>,
) {
    token::for_each_token(text, scratch, |token| {
        if !forms.contains(&*token.form) {
            forms.insert(token.form.into_owned());
        }
    });
}

/// What forms teach must not hang on which of them was met first.
fn lexicon_of(mut forms: Vec<String>) -> Lexicon {
    forms.sort_unstable();
    Lexicon::learn(forms.iter().map(String::as_str))
}

/// An analyzer for words without an index: nothing learnt.
///
/// # Errors
/// When the dictionary can't be read.
pub fn analyzer(choice: &Choice) -> Result<Analyzer> {
    match choice {
        Choice::Dictionary(path) => Ok(by_lemmas(opened(path)?)),
        Choice::Rules => Ok(Analyzer::new(Box::new(Rules::default()))),
    }
}

/// An analyzer without a dictionary that has learnt from words, and what it
/// has learnt.
#[must_use]
pub fn analyzer_of_words(words: &[String]) -> (Analyzer, Vec<u8>) {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lexicon = Lexicon::learn(words.iter().map(String::as_str));
    let bytes = lexicon.to_bytes();
    (Analyzer::new(Box::new(Rules::new(lexicon))), bytes)
}

/// An analyzer without a dictionary that knows what a file says.
///
/// # Errors
/// When the file can't be read as what [`analyzer_of_words`] gave.
pub fn analyzer_with_lexicon(path: &Path) -> Result<Analyzer> {
    let bytes = System::default().read(path).map_err(at(path))?;
    let lexicon = Lexicon::from_bytes(Box::new(bytes)).map_err(|error| Error::Dictionary {
        what: format!("{}: {error}", path.display()),
    })?;
    Ok(Analyzer::new(Box::new(Rules::new(lexicon))))
}

/// The analyzer that made a generation; `named` is a dictionary to use instead
/// of the one that the recipe names.
pub(super) fn remake(
    index: &Path,
    learnt: Option<OwnedBytes>,
    recipe: &Recipe,
    named: Option<&Path>,
) -> Result<Analyzer> {
    let analyzer = match &recipe.dictionary {
        Some(path) => {
            let path = named.unwrap_or(path);
            again(path, recipe.known.as_ref()).map_err(|error| Error::NoDictionary {
                path: index.to_path_buf(),
                wanted: recipe.fingerprint.clone(),
                why: error.to_string(),
            })?
        }
        None => stored(index, learnt.unwrap_or_else(OwnedBytes::empty))?,
    };
    let have = analyzer.fingerprint();
    if have == recipe.fingerprint {
        return Ok(analyzer);
    }
    Err(Error::OtherAnalyzer {
        path: index.to_path_buf(),
        wanted: recipe.fingerprint.clone(),
        have,
    })
}

/// Writes what a chain has learnt into its generation.
pub(super) fn store(system: &System, folder: &Path, learnt: Option<&[u8]>) -> Result<()> {
    match learnt {
        Some(bytes) => generation::write(system, &folder.join(LEXICON), bytes),
        None => Ok(()),
    }
}

fn stored(index: &Path, bytes: OwnedBytes) -> Result<Analyzer> {
    let lexicon = Lexicon::from_bytes(Box::new(bytes)).map_err(|error| Error::Damaged {
        path: index.to_path_buf(),
        what: format!("{LEXICON}: {error}"),
    })?;
    Ok(Analyzer::new(Box::new(Rules::new(lexicon))))
}

/// What a generation's chain has learnt, mapped into memory by the engine: a
/// query touches few of its pages. Opened with all else of the generation, which
/// may be replaced at any moment.
pub(super) fn learnt(
    system: &System,
    folder: &Path,
    recipe: &Recipe,
) -> tantivy::Result<Option<OwnedBytes>> {
    if recipe.dictionary.is_some() {
        return Ok(None);
    }
    let file = Folder::open(system, folder).open_read(Path::new(LEXICON))?;
    Ok(Some(file.read_bytes()?))
}

fn by_lemmas(dictionary: Dictionary) -> Analyzer {
    Analyzer::new(Box::new(Lemmas::new(dictionary)))
}

/// An analyzer with the dictionary that stands at a path, which may be known.
fn again(path: &Path, known: Option<&Known>) -> Result<Analyzer> {
    let stamp = walk::stamp(path);
    let dictionary = match known.filter(|known| stamp == Some(known.stamp)) {
        Some(known) => Dictionary::open_known(path, &known.hash).map_err(unread)?,
        None => opened(path)?,
    };
    Ok(by_lemmas(dictionary))
}

fn opened(path: &Path) -> Result<Dictionary> {
    Dictionary::open(path).map_err(unread)
}

fn unread(error: DictionaryError) -> Error {
    Error::Dictionary {
        what: error.to_string(),
    }
}

/// Of how many descriptions one is learnt from, if all have so many bytes.
pub(super) fn step(bytes: u64) -> usize {
    let step = bytes.div_ceil(LEARN_FROM).max(1);
    usize::try_from(step).unwrap_or(usize::MAX)
}

/// Learns from the collection's words. Files that can't be read teach nothing;
/// the run will report them.
fn learn(files: &[Entry], threads: usize, forgotten: &Keys) -> Lexicon {
    let step = step(files.iter().map(|file| file.stamp.size).sum());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut forms: HashSet<String, RandomState> = HashSet::default();
        let mut scratch = token::Scratch::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed) * step;
            let Some(file) = files.get(number) else {
                return forms;
            };
            let Ok(source) = read::read(&file.path()) else {
                continue;
            };
            // What is learnt is stored: no person's name may be in it.
            let project = form::parse(&source.text).project;
            if forgotten.contains(&key(project.code, &file.name)) {
                continue;
            }
            let (text, _) = without_contact(&source.text, &project.applicant.contact);
            gather_forms(&text, &mut scratch, &mut forms);
        }
    };
    let forms = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let found = workers.into_iter().filter_map(|worker| worker.join().ok());
        found.reduce(|mut all, more| {
            all.extend(more);
            all
        })
    });
    lexicon_of(forms.into_iter().flatten().collect())
}
