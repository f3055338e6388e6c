//! The tables of rules, made ready to be asked by the end of a word.
//!
//! Apart from the tables because they are written to be read, and this to be quick: each becomes a
//! tree of letters from the end of the word inwards, in which all rows that fit are met on one short
//! way. A pattern with `A`, `O` or `U` stands in it twice, for back and for front vowels.

use std::sync::LazyLock;

use super::ending::{ENDINGS, GENITIVES, Stem};
use super::pattern::{Word, in_harmony, is_open};
use super::stem::Swap;
use super::{rules, stem};

/// Letters that differ in rules; all that no rule names are one.
const CLASSES: usize = 32;

/// The class of each letter.
const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 26 {
        table[b'a' as usize + at] = at as u8 + 1;
        at += 1;
    }
    table[0xe4] = 27;
    table[0xf6] = 28;
    table[0xe5] = 29;
    table
};

/// Rows by the end of a word.
#[derive(Debug)]
pub(super) struct Table<T> {
    nodes: Vec<Node>,
    rows: Vec<T>,
}

#[derive(Debug, Default)]
struct Node {
    next: [u16; CLASSES],
    /// The rows whose pattern ends here.
    from: u16,
    to: u16,
}

impl<T: Copy> Table<T> {
    /// A table of these ends.
    fn new(ends: impl IntoIterator<Item = (Word, T)>) -> Self {
        let mut nodes = vec![Node::default()];
        let mut at_node: Vec<(u16, T)> = Vec::new();
        for (end, row) in ends {
            let mut node = 0;
            for letter in end.iter().rev() {
                let class = usize::from(CLASS[usize::from(*letter)]);
                if nodes[node].next[class] == 0 {
                    nodes[node].next[class] = u16::try_from(nodes.len()).unwrap_or_default();
                    nodes.push(Node::default());
                }
                node = usize::from(nodes[node].next[class]);
            }
            at_node.push((u16::try_from(node).unwrap_or_default(), row));
        }
        // Rows of one end keep their order.
        at_node.sort_by_key(|(node, _)| *node);
        for (at, (node, _)) in at_node.iter().enumerate() {
            let node = &mut nodes[usize::from(*node)];
            let at = u16::try_from(at).unwrap_or_default();
            if node.to == 0 {
                node.from = at;
            }
            node.to = at + 1;
        }
        let rows = at_node.into_iter().map(|(_, row)| row).collect();
        Table { nodes, rows }
    }

    /// The rows whose patterns a word ends in, the shortest first.
    pub(super) fn walk(&self) -> Walk<'_, T> {
        Walk {
            table: self,
            node: 0,
            depth: 0,
            row: self.nodes[0].from,
        }
    }

    /// The row with the longest pattern that a word ends in.
    pub(super) fn longest(&self, word: &[u8]) -> Option<T> {
        let mut walk = self.walk();
        let mut last = None;
        while let Some((_, row)) = walk.next(word) {
            last = Some(row);
        }
        last
    }
}

/// A way through a table; the word is handed in at each step, so that what
/// holds it may change meanwhile.
pub(super) struct Walk<'t, T> {
    table: &'t Table<T>,
    node: u16,
    depth: usize,
    row: u16,
}

impl<T: Copy> Walk<'_, T> {
    /// The next row that fits, and the length of the word without its end.
    pub(super) fn next(&mut self, word: &[u8]) -> Option<(usize, T)> {
        loop {
            let node = &self.table.nodes[usize::from(self.node)];
            if self.row < node.to {
                let row = self.table.rows[usize::from(self.row)];
                self.row += 1;
                return Some((word.len() - self.depth, row));
            }
            let at = word.len().checked_sub(self.depth + 1)?;
            let next = node.next[usize::from(CLASS[usize::from(word[at])])];
            if next == 0 {
                return None;
            }
            self.node = next;
            self.depth += 1;
            self.row = self.table.nodes[usize::from(next)].from;
        }
    }
}

/// What takes an end's place: letters that are known, or that vowel harmony decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// With back and with front vowels.
    letters: [[u8; 7]; 2],
    len: u8,
    /// Whether the two differ.
    pub(super) open: bool,
}

impl Tail {
    fn new(to: &str, open: bool, back: bool) -> Self {
        let mut letters = [[0; 7]; 2];
        let mut len = 0;
        for (side, letters) in letters.iter_mut().enumerate() {
            let word = in_harmony(to, if open { side == 0 } else { back });
            len = word.len().min(letters.len());
            letters[..len].copy_from_slice(&word[..len]);
        }
        Tail {
            letters,
            len: len as u8,
            open,
        }
    }

    /// The letters.
    pub(super) fn letters(&self, back: bool) -> &[u8] {
        &self.letters[usize::from(!back)][..usize::from(self.len)]
    }
}

/// A row that swaps ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swapped {
    /// What takes the end's place.
    pub(super) to: Tail,
    /// Cost.
    pub(super) cost: i16,
    /// Whether the stem is strong and the base form weak.
    pub(super) inverse: bool,
    /// Whether only stems of one syllable have this base form.
    pub(super) short: bool,
    /// Whether it adds letters.
    pub(super) grows: bool,
    /// Whether its end is empty, and it fits after consonants only.
    pub(super) bare: bool,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) endings: Table<(Stem, i16)>,
    pub(super) genitives: Table<(Stem, i16)>,
    pub(super) nouns: Table<Swapped>,
    pub(super) verbs: Table<Swapped>,
    pub(super) plurals: Table<Swapped>,
    pub(super) consonants: Table<Swapped>,
    pub(super) pasts: Table<Swapped>,
    pub(super) passives: Table<Swapped>,
    pub(super) verb_consonants: Table<Swapped>,
    pub(super) bases: Table<i16>,
    pub(super) shapes: Table<i16>,
    pub(super) clitics: Table<i16>,
    pub(super) possessives: Table<i16>,
    pub(super) drawn: Table<()>,
    pub(super) gaps: Table<i16>,
}

impl Tables {
    /// The tables of Finnish.
    pub(super) fn get() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);
        &TABLES
    }

    fn new() -> Self {
        let endings = |wanted: fn(&str) -> bool| {
            let rows = ENDINGS.iter().filter(move |row| wanted(row.0));
            table(rows.map(|&(end, stem, cost)| (end, (stem, cost))))
        };
        let costs = |rows: &'static [(&'static str, i16)]| table(rows.iter().copied());
        Tables {
            endings: endings(|_| true),
            genitives: endings(|end| end.ends_with('n') && GENITIVES.contains(&end)),
            nouns: graded(stem::NOUNS),
            verbs: graded(stem::VERBS),
            plurals: swaps(stem::PLURALS),
            consonants: swaps(stem::CONSONANTS),
            pasts: swaps(stem::PASTS),
            passives: swaps(stem::PASSIVES),
            verb_consonants: swaps(stem::VERB_CONSONANTS),
            bases: costs(rules::BASES),
            shapes: costs(rules::SHAPES),
            clitics: costs(rules::CLITICS),
            possessives: costs(rules::POSSESSIVES),
            drawn: table(rules::DRAWN_CASES.iter().map(|end| (*end, ()))),
            gaps: costs(rules::GAPS),
        }
    }
}

/// Both harmonies of a pattern.
fn harmonies(pattern: &str) -> impl Iterator<Item = bool> + use<> {
    let both = is_open(pattern);
    [true, false].into_iter().take(if both { 2 } else { 1 })
}

fn table<T: Copy>(rows: impl Iterator<Item = (&'static str, T)>) -> Table<T> {
    Table::new(
        rows.flat_map(|(end, row)| harmonies(end).map(move |back| (in_harmony(end, back), row))),
    )
}

fn graded(rows: &'static [(&'static str, &'static str, i16, bool)]) -> Table<Swapped> {
    Table::new(rows.iter().flat_map(|&(from, to, cost, inverse)| {
        let short = stem::ONE_SYLLABLE.contains(&(&from, &to));
        harmonies(from).map(move |back| {
            let swapped = Swapped {
                to: Tail::new(to, is_open(to) && !is_open(from), back),
                cost,
                inverse,
                short,
                grows: to.len() > from.len(),
                bare: from.is_empty(),
            };
            (in_harmony(from, back), swapped)
        })
    }))
}

fn swaps(rows: &'static [Swap]) -> Table<Swapped> {
    Table::new(rows.iter().flat_map(|&(from, to, cost)| {
        harmonies(from).map(move |back| {
            let swapped = Swapped {
                to: Tail::new(to, is_open(to) && !is_open(from), back),
                cost,
                inverse: false,
                short: false,
                grows: false,
                bare: from.is_empty(),
            };
            (in_harmony(from, back), swapped)
        })
    }))
}
