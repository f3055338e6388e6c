//! What an indexing run did with every entry it saw.
//!
//! Plain data for `present`: each entry ends in exactly one class, and the
//! classes add up to what was seen.

use serde::{Deserialize, Serialize};

use super::forgotten;

/// The class an entry ended in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// As the last run left it.
    Unchanged,
    /// In the index, nothing to say.
    Indexed,
    /// In the index, with something a person should know.
    Warned,
    /// Left out by a rule.
    Skipped,
    /// Left out because something went wrong.
    Failed,
    /// It was there in the last run and is gone; not among those seen.
    Removed,
}

/// One entry that is not simply fine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    /// Path below the corpus folder.
    pub path: String,
    /// Where it ended.
    pub class: Class,
    /// Why, one line each.
    pub reasons: Vec<String>,
}

impl Item {
    /// Whether someone should look at it: what is left out because somebody said
    /// so is as it should be.
    #[must_use]
    pub fn is_amiss(&self) -> bool {
        let is_wanted = self.reasons == [forgotten::REASON];
        matches!(self.class, Class::Skipped | Class::Failed) && !is_wanted
    }
}

/// A project that was in the index before a run and is not after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Departure {
    /// Its code, or `file:` and the path without one.
    pub key: String,
    /// The file that described it.
    pub path: String,
    /// What became of that file.
    pub why: Why,
}

/// Why a project is not in the index any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// Its file is gone.
    Gone,
    /// Its file describes it no longer.
    Rewritten,
    /// Its file can't be read, and neither can what the index held of it.
    Lost,
}

/// What a run counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Entries seen that are not folders.
    pub seen: u64,
    /// In the index without a remark.
    pub indexed: u64,
    /// In the index with remarks.
    pub warned: u64,
    /// Left out by a rule.
    pub skipped: u64,
    /// Could not be read.
    pub failed: u64,
    /// In the index and as the last run left them.
    pub unchanged: u64,
    /// Gone since the last run; not among those seen.
    pub removed: u64,
    /// Whether the index is another than before the run.
    pub changed: bool,
}

/// The account of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// How many entries ended in which class.
    #[serde(flatten)]
    pub counts: Counts,
    /// Entries of which a careful person would want to hear, by path.
    pub items: Vec<Item>,
    /// Projects that left the index, by key.
    pub departed: Vec<Departure>,
    /// Bytes of text in the index.
    pub text_bytes: u64,
    /// Documents in the index.
    pub documents: u64,
    /// Why every file was read anew although there was an index.
    pub rebuilt: Option<String>,
    /// Whether nothing was done: what counts as indexed is what would be tried.
    pub planned: bool,
}

impl Report {
    /// Counts one entry in its class.
    pub fn count(&mut self, class: Class) {
        self.counts.seen += u64::from(class != Class::Removed);
        *self.counts.of(class) += 1;
    }

    /// Counts an entry and keeps what is to say about it.
    pub fn note(&mut self, path: &str, class: Class, reasons: Vec<String>) {
        self.count(class);
        self.items.push(Item {
            path: path.to_owned(),
            class,
            reasons,
        });
    }
}

impl Counts {
    fn of(&mut self, class: Class) -> &mut u64 {
        match class {
            Class::Indexed => &mut self.indexed,
            Class::Warned => &mut self.warned,
            Class::Skipped => &mut self.skipped,
            Class::Failed => &mut self.failed,
            Class::Unchanged => &mut self.unchanged,
            Class::Removed => &mut self.removed,
        }
    }
}
