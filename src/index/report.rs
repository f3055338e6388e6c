//! What an indexing run did with every entry it saw.
//!
//! Plain data for `present`: each entry ends in exactly one class, and the
//! classes add up to what was seen.

use serde::Serialize;

/// The class an entry ended in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// In the index, nothing to say.
    Indexed,
    /// In the index, with something a person should know.
    Warned,
    /// Left out by a rule.
    Skipped,
    /// Left out because something went wrong.
    Failed,
}

/// One entry that is not simply fine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Item {
    /// Path below the corpus folder.
    pub path: String,
    /// Where it ended.
    pub class: Class,
    /// Why, one line each.
    pub reasons: Vec<String>,
}

/// The account of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
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
    /// Entries of which a careful person would want to hear, by path.
    pub items: Vec<Item>,
    /// Bytes of text indexed.
    pub text_bytes: u64,
}

impl Report {
    /// Counts one entry in its class.
    pub(super) fn count(&mut self, class: Class) {
        self.seen += 1;
        *self.counter(class) += 1;
    }

    /// Counts an entry and keeps what is to say about it.
    pub(super) fn note(&mut self, path: &str, class: Class, reasons: Vec<String>) {
        self.count(class);
        self.items.push(Item {
            path: path.to_owned(),
            class,
            reasons,
        });
    }

    /// Moves an entry that was counted as indexed or warned to another class.
    pub(super) fn demote(&mut self, path: &str, class: Class, reason: String) {
        let mut reasons = vec![reason];
        let mut earlier = Class::Indexed;
        if let Some(at) = self.items.iter().position(|item| item.path == path) {
            let item = self.items.swap_remove(at);
            earlier = item.class;
            reasons.extend(item.reasons);
        }
        *self.counter(earlier) -= 1;
        self.seen -= 1;
        self.note(path, class, reasons);
    }

    /// Adds another worker's part of the account.
    pub(super) fn absorb(&mut self, other: Self) {
        self.seen += other.seen;
        self.indexed += other.indexed;
        self.warned += other.warned;
        self.skipped += other.skipped;
        self.failed += other.failed;
        self.text_bytes += other.text_bytes;
        self.items.extend(other.items);
    }

    fn counter(&mut self, class: Class) -> &mut u64 {
        match class {
            Class::Indexed => &mut self.indexed,
            Class::Warned => &mut self.warned,
            Class::Skipped => &mut self.skipped,
            Class::Failed => &mut self.failed,
        }
    }

    /// Documents that were put into the index.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.indexed + self.warned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demoted_entry_is_counted_once() {
        let mut report = Report::default();
        report.count(Class::Indexed);
        report.note("b.txt", Class::Warned, vec!["odd".to_owned()]);
        report.demote("b.txt", Class::Skipped, "the same code as a.txt".to_owned());
        report.demote("a.txt", Class::Skipped, "x".to_owned());
        assert_eq!(
            (report.seen, report.indexed, report.warned, report.skipped),
            (2, 0, 0, 2)
        );
        assert_eq!(report.items[0].reasons, ["the same code as a.txt", "odd"]);
    }
}
