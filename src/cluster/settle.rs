//! One project, one document: decides between files of one code before
//! anything is sent, by the same claims as an index here.

use std::collections::HashMap;

/// Where a file's document comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is made of the file.
    File,
    /// The index has it as it is.
    There,
    /// The file can't be read now; the index has what it last held.
    Kept,
}

/// A file that may give a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Its path below the folder.
    pub(super) path: String,
    pub(super) key: String,
    pub(super) claim: u64,
    pub(super) origin: Origin,
}

/// Parts candidates into those that stand for their project, and the others
/// with the path of the file that does.
pub(super) fn settle(candidates: Vec<Candidate>) -> (Vec<Candidate>, Vec<(Candidate, String)>) {
    let mut best: HashMap<&str, &Candidate> = HashMap::new();
    for candidate in &candidates {
        let known = best.entry(&candidate.key).or_insert(candidate);
        let beats = candidate.claim > known.claim
            || candidate.claim == known.claim && candidate.path < known.path;
        if beats {
            *known = candidate;
        }
    }
    let best: HashMap<String, String> = best
        .into_iter()
        .map(|(key, candidate)| (key.to_owned(), candidate.path.clone()))
        .collect();
    let (mut standing, mut others) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let winner = &best[&candidate.key];
        if *winner == candidate.path {
            standing.push(candidate);
        } else {
            let winner = winner.clone();
            others.push((candidate, winner));
        }
    }
    (standing, others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_description_stands_and_of_equals_the_first() {
        let file = |path: &str, key: &str, claim| Candidate {
            path: path.to_owned(),
            key: key.to_owned(),
            claim,
            origin: Origin::File,
        };
        let files = vec![file("c", "S1", 5), file("a", "S1", 5), file("b", "S2", 1)];
        let (standing, others) = settle(files);
        let paths: Vec<&str> = standing.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a", "b"]);
        assert_eq!(others[0].1, "a");
    }
}
