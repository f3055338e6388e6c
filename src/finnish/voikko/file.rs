//! The dictionary file as it lies on the disk: header, symbols, transition cells.
//!
//! Apart from the walk because everything that can be wrong with a file is found here, once,
//! when it is opened: afterwards every state that can be reached is known to lie inside the
//! table and to be sorted. What the symbols mean for a reading is not decided here.
use std::path::Path;

use super::fault::{DictionaryError, Fault};
use super::symbols::Symbols;

/// A symbol number that stands for "this state is final" on the input side of a cell.
pub(super) const FINAL: u16 = 0xFFFF;
const COOKIES: [u32; 2] = [0x0001_3A6E, 0x0003_51FA];
const HEADER: usize = 16;
const CELL: usize = 8;
/// The 24 bits of a target cannot name more cells than this.
const MOST_CELLS: usize = (1 << 24) - 1;
/// The count byte of a state whose real count stands in its second cell.
const OVERFLOW: u8 = 255;
/// What is read instead of a cell outside the table.
const NOWHERE: Cell = Cell(FINAL as u64 - 1);
/// Steps after which a chain of states is looked at in pieces.
const LONGEST_CHAIN: u32 = 1_000;

/// The bytes of a dictionary: a memory map, or a buffer that somebody made.
pub(super) enum Bytes {
    Map(memmap2::Mmap),
    Owned(Vec<u8>),
}

impl Bytes {
    /// Maps a file into memory.
    #[allow(unsafe_code)]
    #[allow(clippy::disallowed_methods)] // a dictionary is no document: it is mapped, not read
    pub(super) fn map(path: &Path) -> Result<Bytes, DictionaryError> {
        let fail = |source| DictionaryError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let file = std::fs::File::open(path).map_err(fail)?;
        if !file.metadata().map_err(fail)?.is_file() {
            return Err(fail(std::io::Error::other("it is not a regular file")));
        }
        // SAFETY: the map is only read, and package managers replace a dictionary by renaming,
        // which leaves the mapped file as it was; changed bytes could mislead but not corrupt.
        let map = unsafe { memmap2::Mmap::map(&file) }.map_err(fail)?;
        Ok(Bytes::Map(map))
    }

    pub(super) fn all(&self) -> &[u8] {
        match self {
            Bytes::Map(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

/// One transition, in the byte order of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell(u64);

impl Cell {
    /// The symbol that must be read; [`FINAL`] if the word may end here.
    #[inline]
    pub(super) fn reads(self) -> u16 {
        self.0 as u16
    }

    /// The symbol that is written.
    #[inline]
    pub(super) fn writes(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// The state that follows: the index of its first cell.
    #[inline]
    pub(super) fn target(self) -> u32 {
        (self.0 >> 32) as u32 & 0x00FF_FFFF
    }

    /// Whether it stands in order behind a cell and uses symbols that exist.
    #[inline]
    fn sound(self, before: u16, known: u16) -> bool {
        self.reads() >= before
            && (self.reads() == FINAL || self.reads() < known && self.writes() < known)
    }

    #[inline]
    fn more(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

/// The transition cells of a file.
pub(super) struct Table {
    bytes: Bytes,
    start: usize,
    cells: u32,
    swapped: bool,
}

impl Table {
    /// Checks the whole file and gives its symbols and its cells.
    pub(super) fn read(bytes: Bytes) -> Result<(Symbols, Table), Fault> {
        let (symbols, table) = Self::trusted(bytes)?;
        table.check(&symbols)?;
        Ok((symbols, table))
    }

    /// The symbols and cells of a file that was checked before; of its cells
    /// none is read. One that is damaged all the same gives other readings or
    /// none, since no cell leads out of it.
    pub(super) fn trusted(bytes: Bytes) -> Result<(Symbols, Table), Fault> {
        let all = bytes.all();
        let swapped = byte_order(all)?;
        let (names, after) = symbol_names(all, swapped)?;
        let symbols = Symbols::new(&names)?;
        let start = after.next_multiple_of(CELL);
        let padding = all
            .get(after..start)
            .ok_or(Fault::Damaged(after, "it ends before the transitions"))?;
        if padding.iter().any(|&b| b != 0) {
            return Err(Fault::Damaged(
                after,
                "the padding before the transitions is not zero",
            ));
        }
        let room = all.len() - start;
        let cells = room / CELL;
        if !room.is_multiple_of(CELL) || cells == 0 {
            return Err(Fault::Damaged(
                all.len(),
                "it ends in the middle of the transitions",
            ));
        }
        if cells > MOST_CELLS {
            return Err(Fault::Damaged(
                start,
                "it has more transitions than can be addressed",
            ));
        }
        let table = Table {
            start,
            cells: cells as u32,
            swapped,
            bytes,
        };
        Ok((symbols, table))
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> u32 {
        self.cells
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.all()
    }

    /// The cells as they lie in the file.
    #[inline]
    fn raw(&self) -> &[[u8; CELL]] {
        self.bytes
            .all()
            .get(self.start..)
            .unwrap_or_default()
            .as_chunks()
            .0
    }

    /// A cell; one that lies outside reads what no word holds.
    #[inline]
    pub(super) fn cell(&self, index: u32) -> Cell {
        self.raw()
            .get(index as usize)
            .map_or(NOWHERE, |raw| self.decode(*raw))
    }

    #[inline]
    fn decode(&self, raw: [u8; CELL]) -> Cell {
        let word = u64::from_le_bytes(raw);
        Cell(if self.swapped {
            swap_fields(word)
        } else {
            word
        })
    }

    /// The transitions of a state: from which cell, up to which.
    ///
    /// A state of more than 255 transitions has a second run, behind the cell that counts them.
    #[inline]
    pub(super) fn state(&self, state: u32) -> (Run, Option<Run>) {
        let more = self.cell(state).more();
        if more == OVERFLOW {
            let second = Run {
                next: state + 2,
                end: state + 2 + self.count_after(state),
            };
            return (
                Run {
                    next: state,
                    end: state + 1,
                },
                Some(second),
            );
        }
        (
            Run {
                next: state,
                end: state + 1 + u32::from(more),
            },
            None,
        )
    }

    /// The transitions of the first state that has several or reads something, where there is
    /// but one way from a state.
    pub(super) fn chain(&self, mut state: u32) -> (Run, Option<Run>) {
        for _ in 0..LONGEST_CHAIN {
            let cell = self.cell(state);
            if cell.reads() != 0 || cell.more() != 0 {
                break;
            }
            state = cell.target();
        }
        self.state(state)
    }

    /// The count that stands in the cell behind this one.
    fn count_after(&self, state: u32) -> u32 {
        let Some([a, b, c, d, ..]) = self.raw().get(state as usize + 1) else {
            return 0;
        };
        let raw = [*a, *b, *c, *d];
        let count = if self.swapped {
            u32::from_be_bytes(raw)
        } else {
            u32::from_le_bytes(raw)
        };
        count.min(self.cells)
    }

    /// Walks over all states in file order: they must fill the table without a gap, each sorted
    /// by what it reads, and every target must be the first cell of one of them.
    fn check(&self, symbols: &Symbols) -> Result<(), Fault> {
        let known = symbols.len() as u16;
        let raw = self.raw();
        let mut marks = vec![Mark::Inside; raw.len()];
        let mut state = 0;
        while let Some(first) = raw.get(state) {
            marks[state] = Mark::Start;
            let first = self.decode(*first);
            let mut end = state + 1 + usize::from(first.more());
            let mut sound = first.sound(0, known);
            if first.more() == OVERFLOW {
                end = state + 2 + self.count_after(state as u32) as usize;
                if let Some(mark) = marks.get_mut(state + 1) {
                    *mark = Mark::Count;
                }
            }
            let Some(cells) = raw.get(state + 1..end) else {
                return Err(self.fault(state, "a state reaches beyond the end of the file"));
            };
            let mut before = first.reads();
            for (cell, mark) in cells.iter().zip(&marks[state + 1..end]) {
                if *mark != Mark::Count {
                    let cell = self.decode(*cell);
                    sound &= cell.sound(before, known);
                    before = cell.reads();
                }
            }
            if !sound {
                return Err(self.fault(
                    state,
                    "a state is not sorted or uses a symbol that the file does not name",
                ));
            }
            state = end;
        }
        self.check_targets(&marks)
    }

    fn check_targets(&self, marks: &[Mark]) -> Result<(), Fault> {
        let stray = |(mark, raw): (&Mark, &[u8; CELL])| {
            let cell = self.decode(*raw);
            let lands = marks.get(cell.target() as usize) == Some(&Mark::Start);
            !lands && cell.reads() != FINAL && *mark != Mark::Count
        };
        match marks.iter().zip(self.raw()).position(stray) {
            Some(at) => {
                Err(self.fault(at, "a transition does not lead to the beginning of a state"))
            }
            None => Ok(()),
        }
    }

    fn fault(&self, cell: usize, why: &'static str) -> Fault {
        Fault::Damaged(self.start + cell * CELL, why)
    }
}

/// What a cell is, seen from the states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Inside,
    Start,
    Count,
}

/// Neighbouring cells, from `next` up to but without `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) next: u32,
    pub(super) end: u32,
}

/// Puts the three fields of a cell from the other byte order in their places.
fn swap_fields(word: u64) -> u64 {
    let turned = word.swap_bytes();
    turned >> 48 | (turned >> 32 & 0xFFFF) << 16 | turned << 32
}

/// Whether the file is of the other byte order; an error if it is no morphology.
fn byte_order(all: &[u8]) -> Result<bool, Fault> {
    let Some(head) = all.first_chunk::<HEADER>() else {
        return Err(Fault::Foreign("it is too short"));
    };
    let cookie = |at: usize| {
        let raw = [head[at], head[at + 1], head[at + 2], head[at + 3]];
        [u32::from_le_bytes(raw), u32::from_be_bytes(raw)]
    };
    let (first, second) = (cookie(0), cookie(4));
    let Some(order) = (0..2).find(|&order| [first[order], second[order]] == COOKIES) else {
        return Err(Fault::Foreign(
            "it does not begin with the mark of such a file",
        ));
    };
    if head[8] != 0 {
        return Err(Fault::Foreign(
            "its transitions have weights, as those of a spelling model do",
        ));
    }
    Ok(order == 1)
}

/// The symbols in file order, and where the last of them ends.
fn symbol_names(all: &[u8], swapped: bool) -> Result<(Vec<&str>, usize), Fault> {
    let short = || Fault::Damaged(all.len(), "it ends before the end of its symbols");
    let raw = all
        .get(HEADER..)
        .and_then(|b| b.first_chunk::<2>())
        .ok_or_else(short)?;
    let count = if swapped {
        u16::from_be_bytes(*raw)
    } else {
        u16::from_le_bytes(*raw)
    };
    let mut at = HEADER + 2;
    let mut names = Vec::with_capacity(count.into());
    for _ in 0..count {
        let rest = &all[at..];
        let length = rest.iter().position(|&b| b == 0).ok_or_else(short)?;
        let name = std::str::from_utf8(&rest[..length]);
        names.push(name.map_err(|_| Fault::Damaged(at, "a symbol is not UTF-8"))?);
        at += length + 1;
    }
    Ok((names, at))
}
