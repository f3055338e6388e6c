//! Looks forms up in the mapped file.
//!
//! Nothing is read before it is asked for, and nothing that is read is
//! trusted: every place is checked against the file's end, so that a damaged
//! file gives an error. A form is found by halving the blocks by their first
//! forms and going through one of them.

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::super::front::take_text;
use super::super::varint::{take_bytes, take_number};
use super::damaged;
use super::file::{POINTER, Sizes, TRAILER};
use super::list::List;

/// The forms of one segment in order, with the documents that hold each.
pub struct Forms {
    bytes: OwnedBytes,
    /// Where the lists end and the blocks begin.
    lists: usize,
    /// Where the blocks end and the pointers to them begin.
    texts: usize,
    blocks: usize,
    forms: u64,
    documents: DocId,
}

/// Goes through forms in order.
pub struct Cursor<'a> {
    forms: &'a Forms,
    /// The block to read next.
    block: usize,
    /// What is left of the one being read.
    rest: &'a [u8],
    /// Where the next form's list begins.
    next: usize,
    /// The form it stands on.
    form: Vec<u8>,
    count: u32,
    list: &'a [u8],
    /// Whether the form it stands on was not given yet.
    pending: bool,
    /// What all forms begin with.
    prefix: &'a [u8],
}

impl Forms {
    /// The forms in a file's bytes.
    pub(super) fn from_bytes(bytes: OwnedBytes) -> tantivy::Result<Self> {
        let body = bytes.len().checked_sub(TRAILER);
        let sizes = body
            .and_then(|body| Sizes::from_bytes(&bytes[body..]))
            .ok_or_else(|| damaged("no file of this version"))?;
        let place = |size: u64| usize::try_from(size).ok();
        let places = || {
            let lists = place(sizes.lists)?;
            let texts = lists.checked_add(place(sizes.texts)?)?;
            let blocks = place(sizes.blocks)?;
            let end = texts.checked_add(blocks.checked_mul(POINTER)?)?;
            (Some(end) == body).then_some((lists, texts, blocks))
        };
        let wrong = || damaged("the sizes don't fit the file");
        let (lists, texts, blocks) = places().ok_or_else(wrong)?;
        let documents = DocId::try_from(sizes.documents).map_err(|_| wrong())?;
        Ok(Self {
            bytes,
            lists,
            texts,
            blocks,
            forms: sizes.forms,
            documents,
        })
    }

    /// How many forms there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.forms
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms == 0
    }

    /// Documents of the segment, deleted ones too.
    #[must_use]
    pub fn documents(&self) -> DocId {
        self.documents
    }

    /// The documents that hold a form, in order; `None` if it is unknown.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn docs(&self, form: &str) -> tantivy::Result<Option<Vec<DocId>>> {
        let mut cursor = self.finder();
        let found = cursor.find(form)?;
        found.then(|| cursor.docs()).transpose()
    }

    /// A cursor to find many forms with.
    #[must_use]
    pub fn finder(&self) -> Cursor<'_> {
        self.cursor(0)
    }

    /// The forms that begin with `prefix`; all if it is empty.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn prefix<'a>(&'a self, prefix: &'a str) -> tantivy::Result<Cursor<'a>> {
        let mut cursor = self.seek(prefix.as_bytes())?;
        cursor.prefix = prefix.as_bytes();
        Ok(cursor)
    }

    /// Reads everything and checks that it is as the writer made it.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self) -> tantivy::Result<()> {
        let mut cursor = self.cursor(0);
        let mut last: Option<String> = None;
        let mut forms = 0;
        loop {
            let block = self.block(cursor.block);
            if cursor.rest.is_empty() && block.is_some_and(|(_, list)| list != cursor.next) {
                return Err(damaged("a block's lists are elsewhere"));
            }
            let Some((form, _)) = cursor.advance()? else {
                break;
            };
            if last.as_deref().is_some_and(|last| last >= form) {
                return Err(damaged("they are out of order"));
            }
            let kept = last.get_or_insert_default();
            kept.clear();
            kept.push_str(form);
            cursor.docs()?;
            forms += 1;
        }
        if forms == self.forms && cursor.next == self.lists {
            Ok(())
        } else {
            Err(damaged("some are missing"))
        }
    }

    /// A cursor whose next form is the first that is not before `form`.
    fn seek(&self, form: &[u8]) -> tantivy::Result<Cursor<'_>> {
        // Blocks before `low` begin with or before the form.
        let (mut low, mut high) = (0, self.blocks);
        while low < high {
            let middle = low.midpoint(high);
            let first = self.first(middle);
            if first.ok_or_else(|| damaged("a block makes no sense"))? <= form {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut cursor = self.cursor(low.saturating_sub(1));
        cursor.go_on(form)?;
        Ok(cursor)
    }

    /// A cursor before a block.
    pub(super) fn cursor(&self, block: usize) -> Cursor<'_> {
        Cursor {
            forms: self,
            block,
            rest: &[],
            next: 0,
            form: Vec::new(),
            count: 0,
            list: &[],
            pending: false,
            prefix: &[],
        }
    }

    /// The first form of a block.
    fn first(&self, block: usize) -> Option<&[u8]> {
        let (mut bytes, _) = self.block(block)?;
        let _none_is_shared = take_number(&mut bytes)?;
        let length = take_number(&mut bytes)? as usize;
        take_bytes(&mut bytes, length)
    }

    /// A block's bytes, and where its first list begins.
    fn block(&self, number: usize) -> Option<(&[u8], usize)> {
        let pointer = |number: usize| -> Option<(usize, usize)> {
            let mut bytes = self.bytes.get(self.texts + number * POINTER..)?;
            let mut place = || {
                let bytes = take_bytes(&mut bytes, 8)?.first_chunk::<8>()?;
                usize::try_from(u64::from_le_bytes(*bytes)).ok()
            };
            Some((place()?, place()?))
        };
        if number >= self.blocks {
            return None;
        }
        let (start, list) = pointer(number)?;
        let end = if number + 1 < self.blocks {
            pointer(number + 1)?.0
        } else {
            self.texts - self.lists
        };
        let texts = self.bytes.get(self.lists..self.texts)?;
        let block = texts.get(start..end)?;
        (!block.is_empty()).then_some((block, list))
    }
}

impl<'a> Cursor<'a> {
    /// The next form, with the number of documents that hold it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn advance(&mut self) -> tantivy::Result<Option<(&str, u32)>> {
        let stands = std::mem::take(&mut self.pending) || self.step()?;
        if !stands || !self.form.starts_with(self.prefix) {
            // Nothing that follows begins so either.
            self.block = self.forms.blocks;
            self.rest = &[];
            return Ok(None);
        }
        match std::str::from_utf8(&self.form) {
            Ok(form) => Ok(Some((form, self.count))),
            Err(_) => Err(damaged("a form is no text")),
        }
    }

    /// Goes to a form, if it is there; forms that stand close together, in order, are
    /// found quickly one after the other.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn find(&mut self, form: &str) -> tantivy::Result<bool> {
        let form = form.as_bytes();
        let is_at = |cursor: &Self| cursor.count > 0 && cursor.form == form;
        if is_at(self) {
            return Ok(true);
        }
        let is_ahead = self.count > 0 && self.form.as_slice() < form;
        let next = self.forms.first(self.block);
        match is_ahead && next.is_some_and(|next| next > form) {
            true => self.go_on(form)?,
            false => *self = self.forms.seek(form)?,
        }
        Ok(self.pending && is_at(self))
    }

    /// Goes on to the first form that is not before `form`.
    fn go_on(&mut self, form: &[u8]) -> tantivy::Result<()> {
        self.pending = false;
        while self.step()? {
            if self.form.as_slice() >= form {
                self.pending = true;
                break;
            }
        }
        Ok(())
    }

    /// Passes over blocks of forms that begin with the first so many bytes of the
    /// one that [`advance`](Self::advance) gave last; some may still come.
    pub fn pass(&mut self, bytes: usize) {
        let Some(beginning) = self.form.get(..bytes) else {
            return;
        };
        // Forms are in order: of the blocks ahead, the first ones begin so.
        let begins = |block: usize| {
            let first = self.forms.first(block);
            first.is_some_and(|first| first.starts_with(beginning))
        };
        let (mut last, mut stride) = (None, 1);
        let mut next = self.block;
        while begins(next) {
            last = Some(next);
            next += stride;
            stride *= 2;
        }
        while let Some(known) = last.filter(|known| known + 1 < next) {
            let middle = known.midpoint(next);
            match begins(middle) {
                true => last = Some(middle),
                false => next = middle,
            }
        }
        if let Some(last) = last {
            self.block = last;
            self.rest = &[];
        }
    }

    /// The form that [`advance`](Self::advance) gave last.
    pub(super) fn form(&self) -> &[u8] {
        &self.form
    }

    /// The documents that hold it, in order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn docs(&self) -> tantivy::Result<Vec<DocId>> {
        self.list().docs()
    }

    /// Adds the documents that hold it to a set of those of the segment, with a bit
    /// for each, the lowest first.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn add_to(&self, set: &mut [u64]) -> tantivy::Result<()> {
        self.list().add_to(set)
    }

    fn list(&self) -> List<'a> {
        List {
            bytes: self.list,
            count: self.count,
            documents: self.forms.documents,
        }
    }

    /// Goes to the next form, whatever it begins with; false at the end.
    fn step(&mut self) -> tantivy::Result<bool> {
        if self.rest.is_empty() {
            if self.block >= self.forms.blocks {
                return Ok(false);
            }
            let block = self.forms.block(self.block);
            (self.rest, self.next) = block.ok_or_else(|| damaged("a block is missing"))?;
            self.block += 1;
            self.form.clear();
        }
        self.read()
            .ok_or_else(|| damaged("a block makes no sense"))?;
        Ok(true)
    }

    fn read(&mut self) -> Option<()> {
        let mut rest = self.rest;
        take_text(&mut rest, &mut self.form)?;
        self.count = take_number(&mut rest)?;
        let end = self.next.checked_add(take_number(&mut rest)? as usize)?;
        let lists = self.forms.bytes.as_slice().get(..self.forms.lists)?;
        self.list = lists.get(self.next..end)?;
        self.next = end;
        self.rest = rest;
        Some(())
    }
}
