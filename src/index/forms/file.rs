//! The file's format, from the writer's side.
//!
//! First the lists of documents, one a form, as gaps or as bits; then the forms in order, in
//! blocks of sixteen: what a form shares with the one before, what it adds, in
//! how many documents it stands and how long their list is. Then where each
//! block and its first list begin, and a trailer with the sizes and a check
//! sum of them. The engine puts its own check sum of the whole behind.

use std::io::{self, Write};

use tantivy::DocId;

use super::super::front::push_text;
use super::super::varint::{push_number, short};

/// Ends the file, with the version.
pub(super) const MARK: &[u8; 8] = b"ESRFRM02";

/// Forms in a block.
const BLOCK: u64 = 16;

/// Bytes of the trailer: five sizes, a check sum, the mark.
pub(super) const TRAILER: usize = 7 * 8;

/// Bytes that say where a block and its first list begin.
pub(super) const POINTER: usize = 2 * 8;

/// The sizes in the trailer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Bytes of all lists.
    pub(super) lists: u64,
    /// Bytes of all blocks.
    pub(super) texts: u64,
    /// Blocks.
    pub(super) blocks: u64,
    /// Forms.
    pub(super) forms: u64,
    /// Documents of the segment, deleted ones too.
    pub(super) documents: u64,
}

impl Sizes {
    /// The trailer.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(TRAILER);
        let sizes = [
            self.lists,
            self.texts,
            self.blocks,
            self.forms,
            self.documents,
        ];
        for size in sizes {
            out.extend(size.to_le_bytes());
        }
        let sum = sum(&out);
        out.extend(sum);
        out.extend(MARK);
        out
    }

    /// What a trailer says, if it is one.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_suffix(MARK)?;
        let (body, check) = body.split_last_chunk::<8>()?;
        if sum(body) != *check {
            return None;
        }
        let size = |number: usize| -> Option<u64> {
            let bytes = body.get(number * 8..)?.first_chunk::<8>()?;
            Some(u64::from_le_bytes(*bytes))
        };
        Some(Self {
            lists: size(0)?,
            texts: size(1)?,
            blocks: size(2)?,
            forms: size(3)?,
            documents: size(4)?,
        })
    }
}

fn sum(bytes: &[u8]) -> [u8; 8] {
    let hash = blake3::hash(bytes);
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash.as_bytes()[..8]);
    sum
}

/// Whether a list of so many of all documents is written with a bit for each:
/// a gap takes a byte at least.
pub(super) fn is_dense(count: u32, documents: DocId) -> bool {
    count as usize > bitmap_bytes(documents)
}

/// Bytes of a list with a bit for each document.
pub(super) fn bitmap_bytes(documents: DocId) -> usize {
    documents.div_ceil(8) as usize
}

/// Writes the file: forms go in in their order.
pub(in super::super) struct Sink<W> {
    out: W,
    documents: DocId,
    lists: u64,
    texts: Vec<u8>,
    pointers: Vec<u8>,
    forms: u64,
    last: Vec<u8>,
    docs: Vec<DocId>,
    list: Vec<u8>,
}

impl<W: Write> Sink<W> {
    /// Writes the forms of so many documents.
    pub(in super::super) fn new(out: W, documents: DocId) -> Self {
        Self {
            out,
            documents,
            lists: 0,
            texts: Vec::new(),
            pointers: Vec::new(),
            forms: 0,
            last: Vec::new(),
            docs: Vec::new(),
            list: Vec::new(),
        }
    }

    /// Adds a form with its documents, which come in order; a document that
    /// comes twice counts once, and a form without documents is left out.
    pub(in super::super) fn push(
        &mut self,
        form: &[u8],
        docs: impl IntoIterator<Item = DocId>,
    ) -> io::Result<()> {
        let count = self.encode(docs)?;
        if count == 0 {
            return Ok(());
        }
        if self.forms > 0 && form <= self.last.as_slice() {
            return Err(io::Error::other("a form is out of order"));
        }
        if self.forms.is_multiple_of(BLOCK) {
            self.pointers
                .extend((self.texts.len() as u64).to_le_bytes());
            self.pointers.extend(self.lists.to_le_bytes());
            self.last.clear();
        }
        push_text(form, &mut self.last, &mut self.texts)?;
        push_number(count, &mut self.texts);
        push_number(short(self.list.len())?, &mut self.texts);
        self.out.write_all(&self.list)?;
        self.lists += self.list.len() as u64;
        self.forms += 1;
        Ok(())
    }

    /// Writes a list of documents: each as how many lie between it and the one
    /// before, or a bit for each document where that is shorter. Gives how many
    /// they are.
    fn encode(&mut self, docs: impl IntoIterator<Item = DocId>) -> io::Result<u32> {
        self.docs.clear();
        for doc in docs {
            match self.docs.last() {
                Some(last) if *last == doc => continue,
                Some(last) if *last > doc => {
                    return Err(io::Error::other("a document is out of order"));
                }
                _ => self.docs.push(doc),
            }
        }
        if self.docs.last().is_some_and(|last| *last >= self.documents) {
            return Err(io::Error::other("a document lies behind the last one"));
        }
        self.list.clear();
        let count = short(self.docs.len())?;
        if is_dense(count, self.documents) {
            self.list.resize(bitmap_bytes(self.documents), 0);
            for doc in &self.docs {
                self.list[*doc as usize / 8] |= 1 << (doc % 8);
            }
        } else {
            let mut least = 0;
            for doc in &self.docs {
                push_number(doc - least, &mut self.list);
                least = doc + 1;
            }
        }
        Ok(count)
    }

    /// Writes all but the lists, which are written; gives the writer back.
    pub(in super::super) fn finish(mut self) -> io::Result<W> {
        let sizes = Sizes {
            lists: self.lists,
            texts: self.texts.len() as u64,
            blocks: (self.pointers.len() / POINTER) as u64,
            forms: self.forms,
            documents: u64::from(self.documents),
        };
        self.out.write_all(&self.texts)?;
        self.out.write_all(&self.pointers)?;
        self.out.write_all(&sizes.to_bytes())?;
        Ok(self.out)
    }
}
