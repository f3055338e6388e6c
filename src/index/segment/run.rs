//! Words that leave memory while their segment is still being filled.
//!
//! They are sorted and written to a file as they would stand in the segment, part
//! by part; when the segment ends its runs are joined, term by term. Documents of a
//! later run have higher numbers, so what several runs have of a term is put one
//! behind the other (Heinz and Zobel 2003, "Efficient single-pass index construction
//! for text databases").
//!
//! A file has for each term what it shares with the one before, what it adds, and
//! how long its documents are: of each how far it is from the one before, and how
//! often and where it has the term if that is kept. All numbers have seven bits a
//! byte. The file lives no longer than the segment's making, so it has no mark.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io::{self, Write};
use std::ops::Range;

use tantivy::DocId;
use tantivy::directory::{Directory, OwnedBytes, TerminatingWrite};
use tantivy::index::{Segment, SegmentComponent};

use super::super::front::{push_text, take_text};
use super::super::varint::{push_number, short, take_bytes, take_number};
use super::out::Out;
use super::words::{Part, Words};

/// A file of sorted words.
pub(super) struct Run {
    file: SegmentComponent,
    /// Where each part of the words stands in it.
    parts: Vec<(Part, Range<usize>)>,
    /// How many words there are.
    words: u64,
}

impl Run {
    /// Writes words to a file of a segment that has so many already.
    pub(super) fn write(
        segment: &Segment,
        number: usize,
        words: &Words<'_>,
    ) -> tantivy::Result<Self> {
        let file = SegmentComponent::Custom(format!("run{number}"));
        let mut out = segment.open_write(file.clone())?;
        let (mut parts, mut start) = (Vec::new(), 0);
        for part in Part::ALL {
            let mut terms = PartWriter::new(part, &mut out);
            words.write(part, &mut terms)?;
            let end = start + terms.written;
            parts.push((part, start..end));
            start = end;
        }
        out.terminate()?;
        Ok(Self {
            file,
            parts,
            words: words.count(),
        })
    }

    fn open(&self, segment: &Segment) -> tantivy::Result<OwnedBytes> {
        Ok(segment.open_read(self.file.clone())?.read_bytes()?)
    }

    /// Removes the file.
    pub(super) fn remove(self, segment: &Segment) -> tantivy::Result<()> {
        let path = segment.relative_path(self.file);
        let removed = segment.index().directory().delete(&path);
        Ok(removed.map_err(io::Error::other)?)
    }
}

/// Writes the terms of a part.
struct PartWriter<W> {
    part: Part,
    out: W,
    written: usize,
    last: Vec<u8>,
    head: Vec<u8>,
    docs: Vec<u8>,
    doc: DocId,
}

impl<W> PartWriter<W> {
    fn new(part: Part, out: W) -> Self {
        Self {
            part,
            out,
            written: 0,
            last: Vec::new(),
            head: Vec::new(),
            docs: Vec::new(),
            doc: 0,
        }
    }
}

impl<W: Write> Out for PartWriter<W> {
    fn begin(&mut self, term: &[u8]) -> io::Result<()> {
        self.docs.clear();
        self.doc = 0;
        self.head.clear();
        push_text(term, &mut self.last, &mut self.head)
    }

    fn add(&mut self, doc: DocId, times: u32, gaps: &[u32]) {
        push_number(doc - self.doc, &mut self.docs);
        self.doc = doc;
        if self.part.has_times() {
            push_number(times, &mut self.docs);
        }
        if self.part.has_places() {
            gaps.iter()
                .for_each(|gap| push_number(*gap, &mut self.docs));
        }
    }

    fn end(&mut self) -> io::Result<()> {
        push_number(short(self.docs.len())?, &mut self.head);
        for bytes in [&self.head, &self.docs] {
            self.out.write_all(bytes)?;
            self.written += bytes.len();
        }
        Ok(())
    }
}

/// Runs whose files are open, to be joined.
pub(super) struct Opened<'r> {
    runs: Vec<(&'r Run, OwnedBytes)>,
}

impl<'r> Opened<'r> {
    pub(super) fn new(runs: &'r [Run], segment: &Segment) -> tantivy::Result<Self> {
        let runs = runs.iter().map(|run| Ok((run, run.open(segment)?)));
        Ok(Self {
            runs: runs.collect::<tantivy::Result<_>>()?,
        })
    }

    /// How many words there are.
    pub(super) fn count(&self) -> u64 {
        self.runs.iter().map(|(run, _)| run.words).sum()
    }

    /// Writes a part of all words.
    pub(super) fn write(&self, part: Part, out: &mut impl Out) -> io::Result<()> {
        let here = self.runs.iter().map(|(run, bytes)| {
            let range = run.parts.iter().find(|(of, _)| *of == part);
            let range = range.map(|(_, range)| range.clone());
            range.and_then(|range| bytes.get(range)).ok_or_else(damaged)
        });
        join(&here.collect::<io::Result<Vec<_>>>()?, part, out)
    }
}

/// Joins what runs have of a part.
fn join(runs: &[&[u8]], part: Part, out: &mut impl Out) -> io::Result<()> {
    let mut cursors = BinaryHeap::with_capacity(runs.len());
    for (number, run) in runs.iter().enumerate() {
        let mut cursor = Cursor {
            term: Vec::new(),
            number,
            docs: &[],
            rest: run,
        };
        if cursor.advance()? {
            cursors.push(Reverse(cursor));
        }
    }
    let (mut term, mut gaps, mut begun) = (Vec::new(), Vec::new(), false);
    while let Some(mut least) = cursors.peek_mut() {
        let Reverse(cursor) = &mut *least;
        if !begun || cursor.term != term {
            if begun {
                out.end()?;
            }
            term.clone_from(&cursor.term);
            out.begin(&term)?;
            begun = true;
        }
        cursor.add_to(out, part, &mut gaps).ok_or_else(damaged)?;
        if !cursor.advance()? {
            PeekMut::pop(least);
        }
    }
    match begun {
        true => out.end(),
        false => Ok(()),
    }
}

/// A place in a part of a run: of equal terms the one of the earlier run comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cursor<'r> {
    term: Vec<u8>,
    number: usize,
    docs: &'r [u8],
    rest: &'r [u8],
}

impl Cursor<'_> {
    /// Goes to the next term, if there is one.
    fn advance(&mut self) -> io::Result<bool> {
        if self.rest.is_empty() {
            return Ok(false);
        }
        let stands = self.take();
        stands.map(|()| true).ok_or_else(damaged)
    }

    fn take(&mut self) -> Option<()> {
        take_text(&mut self.rest, &mut self.term)?;
        let docs = take_number(&mut self.rest)? as usize;
        self.docs = take_bytes(&mut self.rest, docs)?;
        Some(())
    }

    /// Adds the term's documents.
    fn add_to(&mut self, out: &mut impl Out, part: Part, gaps: &mut Vec<u32>) -> Option<()> {
        let mut doc: DocId = 0;
        while !self.docs.is_empty() {
            doc = doc.checked_add(take_number(&mut self.docs)?)?;
            let times = match part.has_times() {
                true => take_number(&mut self.docs)?,
                false => 1,
            };
            gaps.clear();
            if part.has_places() {
                for _ in 0..times {
                    gaps.push(take_number(&mut self.docs)?);
                }
            }
            out.add(doc, times, gaps);
        }
        Some(())
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a run is not what was written")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// By term, its documents, each with how often and where it has the term.
    type Model = BTreeMap<Vec<u8>, Vec<(DocId, u32, Vec<u32>)>>;

    /// Keeps what is written.
    #[derive(Default)]
    struct Kept {
        terms: Vec<Vec<u8>>,
        all: Model,
    }

    impl Out for Kept {
        fn begin(&mut self, term: &[u8]) -> io::Result<()> {
            self.terms.push(term.to_vec());
            Ok(())
        }

        fn add(&mut self, doc: DocId, times: u32, gaps: &[u32]) {
            let term = self.terms.last().unwrap().clone();
            let docs = self.all.entry(term).or_default();
            docs.push((doc, times, gaps.to_vec()));
        }

        fn end(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A part of a run: of each term the gaps between documents, and the places.
    type Drafts = BTreeMap<Vec<u8>, Vec<(u32, Vec<u32>)>>;

    fn drafts() -> impl Strategy<Value = Vec<Drafts>> {
        let places = proptest::collection::vec(0_u32..400, 1..4);
        let docs = proptest::collection::vec((1_u32..300, places), 1..4);
        let term = "[ab]{1,3}".prop_map(String::into_bytes);
        proptest::collection::vec(proptest::collection::btree_map(term, docs, 0..6), 0..4)
    }

    /// The bytes of runs, and what they hold together.
    fn written(drafts: &[Drafts], part: Part) -> (Vec<Vec<u8>>, Model) {
        let (mut runs, mut model) = (Vec::new(), Model::new());
        for (draft, number) in drafts.iter().zip(0..) {
            let mut terms = PartWriter::new(part, Vec::new());
            for (term, docs) in draft {
                // Documents of a later run have higher numbers.
                let mut doc = number * 10_000;
                terms.begin(term).unwrap();
                for (gap, places) in docs {
                    doc += gap;
                    let times = if part.has_times() {
                        places.len() as u32
                    } else {
                        1
                    };
                    terms.add(doc, times, places);
                    let places = if part.has_places() {
                        places.clone()
                    } else {
                        Vec::new()
                    };
                    let docs = model.entry(term.clone()).or_default();
                    docs.push((doc, times, places));
                }
                terms.end().unwrap();
            }
            assert_eq!(terms.written, terms.out.len());
            runs.push(terms.out);
        }
        (runs, model)
    }

    fn joined(runs: &[Vec<u8>], part: Part) -> io::Result<Kept> {
        let mut kept = Kept::default();
        let runs: Vec<&[u8]> = runs.iter().map(Vec::as_slice).collect();
        join(&runs, part, &mut kept).map(|()| kept)
    }

    proptest! {
        #[test]
        fn joined_runs_hold_what_each_was_given(drafts in drafts()) {
            for part in Part::ALL {
                let (runs, model) = written(&drafts, part);
                let kept = joined(&runs, part).unwrap();
                prop_assert!(kept.terms.is_sorted_by(|a, b| a < b));
                prop_assert_eq!(kept.all, model);
            }
        }

        #[test]
        fn a_run_that_was_changed_never_brings_the_program_down(
            drafts in drafts(),
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            for part in Part::ALL {
                let (mut runs, _) = written(&drafts, part);
                for run in runs.iter_mut().filter(|run| !run.is_empty()) {
                    for (at, byte) in &damage {
                        let at = at.index(run.len());
                        run[at] = *byte;
                    }
                }
                // Either an error or something else: what it is does not matter.
                let _ = joined(&runs, part);
            }
        }
    }

    #[test]
    fn a_run_that_was_cut_off_is_an_error() {
        let docs = vec![(3, vec![1, 2])];
        let drafts = [Drafts::from([
            (b"a".to_vec(), docs.clone()),
            (b"b".to_vec(), docs),
        ])];
        for part in Part::ALL {
            let (runs, _) = written(&drafts, part);
            let middle = runs[0].len() / 2;
            for end in (1..runs[0].len()).filter(|end| *end != middle) {
                let kept = joined(&[runs[0][..end].to_vec()], part);
                assert!(kept.is_err(), "{part:?} {end}");
            }
        }
    }
}
