//! Collects the forms of a segment's documents while it is being written.
//!
//! A document brings the numbers of its forms and the texts of those that its
//! segment has not met. The numbers are written one behind the other into a
//! log, which costs no search and no cache miss; when the segment is full the
//! forms are sorted once and the log is turned into one list a form.

use std::any::Any;
use std::cmp::Ordering;
use std::ops::Range;

use tantivy::directory::TerminatingWrite;
use tantivy::indexer::DocIdMapping;
use tantivy::plugin::PluginWriter;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, Segment, TantivyError};

use super::super::record::Record;
use super::file::{Sink, push_number, take_number};
use super::{component, damaged};

/// Places of forms in documents that are turned into lists at a time: bounds
/// the memory for it, at 4 bytes each.
const AT_ONCE: usize = 8 << 20;

/// Texts by number.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Texts {
    arena: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
    }

    fn get(&self, number: usize) -> &str {
        let start = match number.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.arena.get(start..end).unwrap_or_default()
    }

    fn append(&mut self, other: &Self) {
        let before = self.arena.len();
        self.arena.push_str(&other.arena);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }
}

/// The forms that one document holds, numbered as its segment met them. The
/// default one is for the first document of a segment.
#[derive(Debug, Default)]
pub(in super::super) struct Held {
    numbers: Vec<u32>,
    /// The number of the first form that is new to the segment.
    first: u32,
    /// Their texts.
    fresh: Texts,
}

impl Held {
    /// For a document of the same segment in place of this one.
    pub(in super::super) fn again(&self) -> Self {
        Self {
            first: self.first,
            ..Self::default()
        }
    }

    /// For the next document of the segment.
    pub(in super::super) fn next(&self) -> Self {
        Self {
            numbers: Vec::with_capacity(self.numbers.len()),
            first: self.first + self.fresh.ends.len() as u32,
            fresh: Texts::default(),
        }
    }

    /// Holds a form that the segment has not met; gives its number. The same
    /// text may come again as another new form.
    pub(in super::super) fn add(&mut self, form: &str) -> u32 {
        let number = self.first + self.fresh.ends.len() as u32;
        self.fresh.push(form);
        self.numbers.push(number);
        number
    }

    /// Holds a form that the segment has met, once a document.
    pub(in super::super) fn add_known(&mut self, number: u32) {
        self.numbers.push(number);
    }

    /// The numbers of all its forms.
    #[cfg(test)]
    pub(in super::super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The texts of the new forms.
    #[cfg(test)]
    pub(in super::super) fn fresh(&self) -> Vec<&str> {
        let numbers = 0..self.fresh.ends.len();
        numbers.map(|number| self.fresh.get(number)).collect()
    }
}

/// Collects one segment's forms.
#[derive(Debug, Default)]
pub(super) struct Collector {
    texts: Texts,
    /// For each document how many forms it holds, and their numbers.
    log: Vec<u8>,
    documents: DocId,
    /// Forms held by all documents together.
    places: usize,
}

impl Collector {
    /// Adds the next document.
    pub(super) fn add(&mut self, held: &Held) -> tantivy::Result<()> {
        let met = self.texts.ends.len();
        if held.first as usize != met {
            return Err(damaged("a document was numbered for another segment"));
        }
        self.texts.append(&held.fresh);
        let short = u32::try_from(held.numbers.len());
        push_number(short.unwrap_or(u32::MAX), &mut self.log);
        for number in &held.numbers {
            push_number(*number, &mut self.log);
        }
        self.documents += 1;
        self.places += held.numbers.len();
        Ok(())
    }

    /// Writes all forms in order.
    pub(super) fn write<W: std::io::Write>(&self, out: W) -> tantivy::Result<W> {
        let (ranks, firsts) = self.ranks();
        let mut starts = vec![0_u32; firsts.len()];
        self.each(|_, number| {
            let rank = ranks.get(number as usize).copied().unwrap_or(u32::MAX);
            if let Some(count) = starts.get_mut(rank as usize) {
                *count += 1;
            }
        })?;
        let mut sink = Sink::new(out);
        let (mut from, mut docs) = (0, Vec::new());
        while from < firsts.len() {
            let to = from + turn_into_starts(&mut starts[from..], &mut docs);
            // Afterwards each start has become its list's end.
            self.scatter(&ranks, from..to, &mut starts, &mut docs)?;
            let mut start = 0;
            for rank in from..to {
                let end = starts[rank] as usize;
                let text = self.texts.get(firsts[rank] as usize);
                let list = docs.get(start..end).unwrap_or_default();
                sink.push(text.as_bytes(), list.iter().copied())?;
                start = end;
            }
            from = to;
        }
        Ok(sink.finish(self.documents)?)
    }

    /// By number, a form's place among all distinct texts in order, and by
    /// place a number that has the text.
    fn ranks(&self) -> (Vec<u32>, Vec<u32>) {
        // Most comparisons are settled by the first letters, side by side.
        let mut order: Vec<(u64, u32)> = (0..self.texts.ends.len())
            .map(|number| (head(self.texts.get(number)), number as u32))
            .collect();
        let text = |number: u32| self.texts.get(number as usize);
        order.sort_unstable_by(|a, b| match a.0.cmp(&b.0) {
            Ordering::Equal => text(a.1).cmp(text(b.1)).then(a.1.cmp(&b.1)),
            other => other,
        });
        let mut ranks = vec![0; order.len()];
        let mut firsts: Vec<u32> = Vec::with_capacity(order.len());
        for (_, number) in order {
            let same = firsts
                .last()
                .is_some_and(|last| text(*last) == text(number));
            if !same {
                firsts.push(number);
            }
            ranks[number as usize] = firsts.len() as u32 - 1;
        }
        (ranks, firsts)
    }

    /// Puts each document behind the others in the lists of its forms.
    fn scatter(
        &self,
        ranks: &[u32],
        range: Range<usize>,
        starts: &mut [u32],
        docs: &mut [DocId],
    ) -> tantivy::Result<()> {
        self.each(|doc, number| {
            let rank = ranks.get(number as usize).copied().unwrap_or(u32::MAX) as usize;
            if range.contains(&rank) {
                let at = starts[rank];
                docs[at as usize] = doc;
                starts[rank] = at + 1;
            }
        })
    }

    /// Calls `each` with every document and each number in it.
    fn each(&self, mut each: impl FnMut(DocId, u32)) -> tantivy::Result<()> {
        let broken = || damaged("the log is broken");
        let mut log = self.log.as_slice();
        for doc in 0..self.documents {
            let count = take_number(&mut log).ok_or_else(broken)?;
            for _ in 0..count {
                each(doc, take_number(&mut log).ok_or_else(broken)?);
            }
        }
        Ok(())
    }
}

/// Turns the first counts into where their lists start, as many as fit into
/// memory at a time and at least one, and makes room for the lists.
fn turn_into_starts(counts: &mut [u32], docs: &mut Vec<DocId>) -> usize {
    let (mut ranks, mut sum) = (0, 0);
    for count in counts.iter_mut() {
        let size = *count as usize;
        if ranks > 0 && sum + size > AT_ONCE {
            break;
        }
        *count = sum as u32;
        sum += size;
        ranks += 1;
    }
    docs.clear();
    docs.resize(sum, 0);
    ranks
}

/// The first eight bytes as a number that sorts as they do.
fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

impl PluginWriter for Collector {
    fn add_document(
        &mut self,
        doc: DocId,
        document: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        match document.as_any().downcast_ref::<Record>() {
            Some(record) if doc == self.documents => self.add(record.held()),
            _ => Err(damaged("a document came from elsewhere")),
        }
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        order: Option<&DocIdMapping>,
    ) -> tantivy::Result<()> {
        if order.is_some() {
            let what = "segments with forms can't be sorted".to_owned();
            return Err(TantivyError::InvalidArgument(what));
        }
        self.write(segment.open_write(component())?)?.terminate()?;
        Ok(())
    }

    fn mem_usage(&self) -> usize {
        // What writing takes counts too: it comes on top of all others.
        let forms = self.texts.ends.capacity();
        let order = forms * (16 + 4 + 4 + 4);
        let lists = self.places.min(AT_ONCE) * size_of::<DocId>();
        self.texts.arena.capacity()
            + forms * size_of::<usize>()
            + self.log.capacity()
            + order
            + lists
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
