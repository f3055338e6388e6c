//! Voikko's Finnish morphology, read from the dictionary file that a system has installed.
//!
//! A dictionary says of a word which base forms it may be a form of, of which parts it is
//! compounded and what it is derived from. The reader is written from the description of the
//! file format; it is linked to no other program, and no dictionary is part of it.
//! What becomes of words that no dictionary knows is not decided here.
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

mod fault;
mod file;
mod switches;
mod symbols;
mod slots;
mod moves;
mod fans;
mod outline;
mod reading;
mod walk;
mod find;
#[cfg(any(test, fuzzing))]
pub(crate) mod tiny;
#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;

pub use fault::DictionaryError;
pub use find::{NotFound, VARIANT, find, places};
pub use outline::Link;
pub use reading::{Reading, Standing};
pub use symbols::Class;
pub use walk::Scratch;

/// A small valid dictionary file, for the fuzz targets to damage.
#[cfg(fuzzing)]
pub fn sample(big_endian: bool) -> Vec<u8> {
    tiny::Tiny::sample().file(big_endian)
}

/// An open dictionary, to be shared by as many threads as like.
pub struct Dictionary {
    path: PathBuf,
    table: file::Table,
    symbols: symbols::Symbols,
    hash: OnceLock<String>,
    id: u64,
}

impl Dictionary {
    /// Opens and checks a morphology file (`mor.vfst`).
    pub fn open(path: &Path) -> Result<Dictionary, DictionaryError> {
        Self::new(file::Bytes::map(path)?, path)
    }

    /// Opens a file that was checked before, when its hash was this one: checking and hashing it
    /// again would read all of it, which takes longer than most searches.
    pub fn open_known(path: &Path, hash: &str) -> Result<Dictionary, DictionaryError> {
        let read = file::Table::trusted(file::Bytes::map(path)?).map_err(|fault| fault.of(path))?;
        Ok(Self::of(read, OnceLock::from(hash.to_owned()), path))
    }

    /// The same from bytes that are in memory already; `name` stands for them in errors.
    pub fn from_bytes(bytes: Vec<u8>, name: &Path) -> Result<Dictionary, DictionaryError> {
        Self::new(file::Bytes::Owned(bytes), name)
    }

    fn new(bytes: file::Bytes, path: &Path) -> Result<Dictionary, DictionaryError> {
        let read = file::Table::read(bytes).map_err(|fault| fault.of(path))?;
        Ok(Self::of(read, OnceLock::new(), path))
    }

    fn of(
        (symbols, table): (symbols::Symbols, file::Table),
        hash: OnceLock<String>,
        path: &Path,
    ) -> Dictionary {
        Dictionary {
            path: path.to_owned(),
            table,
            symbols,
            hash,
            id: walk::fresh_id(),
        }
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A hash of the whole file, in hexadecimal: two dictionaries with the same one analyse alike.
    pub fn hash(&self) -> &str {
        self.hash
            .get_or_init(|| blake3::hash(self.table.bytes()).to_hex().to_string())
    }

    /// Calls `each` with every raw analysis of a word, in the dictionary's own notation.
    pub fn raw(&self, word: &str, scratch: &mut Scratch, mut each: impl FnMut(&str)) {
        let mut text = std::mem::take(&mut scratch.text);
        let mut outline = std::mem::take(&mut scratch.outline);
        self.walker().walk(word, scratch, |path| {
            if outline.read(path, &self.symbols) {
                text.clear();
                let symbols = path.rows().flatten();
                text.extend(symbols.map(|&number| self.symbols.name(number)));
                each(&text);
            }
        });
        (scratch.text, scratch.outline) = (text, outline);
    }

    /// Calls `each` with the base form of every analysis of a word and its word class.
    pub fn bases(&self, word: &str, scratch: &mut Scratch, mut each: impl FnMut(&str, Class)) {
        let mut text = std::mem::take(&mut scratch.text);
        let mut outline = std::mem::take(&mut scratch.outline);
        self.walker().walk(word, scratch, |path| {
            if outline.read(path, &self.symbols)
                && let Some(class) = outline.base(&mut text)
            {
                each(&text, class);
            }
        });
        (scratch.text, scratch.outline) = (text, outline);
    }

    /// Every way to read a word, each once, in the dictionary's order.
    pub fn readings(&self, word: &str, scratch: &mut Scratch) -> Vec<Reading> {
        let mut outline = std::mem::take(&mut scratch.outline);
        let mut readings: Vec<Reading> = Vec::new();
        self.walker().walk(word, scratch, |path| {
            if outline.read(path, &self.symbols) {
                readings.extend(
                    outline
                        .reading()
                        .filter(|reading| !readings.contains(reading)),
                );
            }
        });
        scratch.outline = outline;
        readings
    }

    /// Whether the dictionary has any analysis of a word.
    pub fn knows(&self, word: &str, scratch: &mut Scratch) -> bool {
        let mut outline = std::mem::take(&mut scratch.outline);
        let mut known = false;
        self.walker().walk(word, scratch, |path| {
            known = known || outline.read(path, &self.symbols)
        });
        scratch.outline = outline;
        known
    }

    /// Where the later parts of a compound begin, as places in the lower-cased word.
    pub fn seams(&self, word: &str, scratch: &mut Scratch) -> Vec<usize> {
        let mut outline = std::mem::take(&mut scratch.outline);
        let mut seams: Vec<usize> = Vec::new();
        self.walker().walk(word, scratch, |path| {
            if outline.read(path, &self.symbols) {
                seams.extend(outline.parts().iter().skip(1).map(|part| part.start));
            }
        });
        scratch.outline = outline;
        seams.sort_unstable();
        seams.dedup();
        seams
    }

    fn walker(&self) -> walk::Walker<'_> {
        walk::Walker {
            table: &self.table,
            symbols: &self.symbols,
            id: self.id,
        }
    }
}
