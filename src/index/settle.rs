//! One project, one document: decides between files that share a code.
//!
//! Pure, and over all files of a run, old and new, so that the outcome never
//! hangs on which run met which file.

use std::cmp::Reverse;

use super::report::Class;
use super::seen::Known;

/// What has to change in the index, by place in the list of files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Files whose document must come in.
    pub(super) come: Vec<usize>,
    /// Files whose document must go.
    pub(super) go: Vec<usize>,
}

/// Finds what must change so that each code stands once. Says so in the files'
/// reasons, but leaves it to the caller to say what stands.
pub(super) fn settle(files: &mut [Known]) -> Changes {
    let key = |place: usize| files[place].key();
    let mut claimants: Vec<usize> = (0..files.len()).filter(|p| key(*p).is_some()).collect();
    claimants.sort_by(|a, b| key(*a).cmp(&key(*b)));
    let same = |a: &usize, b: &usize| key(*a) == key(*b);
    let ends: Vec<usize> = claimants.chunk_by(same).map(<[usize]>::len).collect();
    let mut changes = Changes::default();
    let mut claimants = claimants.as_slice();
    for end in ends {
        let (places, rest) = claimants.split_at(end);
        claimants = rest;
        let claim = |place: &&usize| {
            let known = &files[**place];
            let claim = known.document.as_ref().map(|document| document.claim);
            (claim, Reverse(known.name.clone()))
        };
        let Some(winner) = places.iter().max_by_key(claim).copied() else {
            continue;
        };
        let name = files[winner].name.clone();
        for place in places.iter().copied() {
            let stood = files[place].stands();
            match (place == winner, stood) {
                (true, false) => changes.come.push(place),
                (false, true) => changes.go.push(place),
                _ => {}
            }
            tell(&mut files[place], (place != winner).then_some(&*name));
        }
    }
    changes.come.sort_unstable();
    changes.go.sort_unstable();
    changes
}

/// Begins the reason why a file's document is not in the index.
pub const TAKEN: &str = "describes a project that another file describes better: ";

/// Says of a file that another one was taken, or takes that back.
fn tell(known: &mut Known, winner: Option<&str>) {
    let before = known.reasons.len();
    known.reasons.retain(|reason| !reason.starts_with(TAKEN));
    let was_told = known.reasons.len() < before;
    match winner {
        Some(winner) => {
            known.reasons.insert(0, format!("{TAKEN}{winner}"));
            known.class = known.class.max(Class::Skipped);
        }
        None if was_told && known.class == Class::Skipped => {
            known.class = match known.reasons.is_empty() {
                true => Class::Indexed,
                false => Class::Warned,
            };
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::walk::Stamp;

    use super::super::seen::{Claim, Document};
    use super::*;

    fn file(name: &str, key: &str, lines: u64, stands: bool) -> Known {
        Known {
            name: name.into(),
            stamp: Stamp::default(),
            fresh: false,
            digest: [0; 16],
            class: Class::Indexed,
            reasons: Vec::new(),
            document: Some(Document {
                key: key.into(),
                claim: Claim {
                    ended: false,
                    known_status: true,
                    lines,
                },
                bytes: 1,
                charset: "utf-8".into(),
                stands,
            }),
        }
    }

    #[test]
    fn the_fuller_description_wins_and_the_other_is_told_so() {
        let mut files = [
            file("a", "S1", 5, true),
            file("b", "S1", 9, true),
            file("c", "S2", 1, true),
        ];
        let changes = settle(&mut files);
        assert_eq!((changes.come, changes.go), (vec![], vec![0]));
        assert_eq!(files[0].class, Class::Skipped);
        assert!(
            files[0].reasons[0].ends_with("better: b"),
            "{:?}",
            files[0].reasons
        );
        assert_eq!(
            (files[1].class, files[2].class),
            (Class::Indexed, Class::Indexed)
        );
    }

    #[test]
    fn when_the_winner_goes_the_other_comes_back() {
        let mut files = vec![file("a", "S1", 5, true), file("b", "S1", 5, true)];
        settle(&mut files);
        files.remove(0);
        if let Some(document) = &mut files[0].document {
            document.stands = false;
        }
        let changes = settle(&mut files);
        assert_eq!((changes.come, changes.go), (vec![0], vec![]));
        assert_eq!(
            (files[0].class, files[0].reasons.len()),
            (Class::Indexed, 0)
        );
    }
}
