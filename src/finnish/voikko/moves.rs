//! Moves: everything that can happen between two letters of a word, worked out once.
//!
//! Two thirds of the transitions read nothing; they spell out base forms and tags or turn
//! switches. From a state, a letter is therefore reached over many small steps, the same ones
//! for every word that comes by. They are followed once and kept as moves: which switches
//! have to let pass, what is written, where the letter leads. Which way a word then takes
//! through the moves is the walk's business.
use super::file::{FINAL, Table};
use super::slots::{Slots, hash};
use super::symbols::{Symbol, Symbols};

/// How far a state is looked ahead from before everything is held to be possible.
const LOOK_DEPTH: u32 = 256;
/// Transitions followed and symbols kept to find moves for one word. Real words need hundreds;
/// more can only be a damaged file, of which some ways are then not found.
const MOST_STEPS: usize = 200_000;
/// Symbols that one move may write, and switches that it may test; the latter must fit into
/// the lower bits of a [`Move`].
const MOST_WRITES: usize = 1_000;
const MOST_TESTS: usize = 0x7F;
/// Moves and places kept before everything is forgotten and learnt again.
const MOST_MOVES: usize = 1 << 19;
const MOST_PLACES: usize = 1 << 18;
/// With what one word may add this must stay below the bits that a fan has for a place in it.
const MOST_TEXT: usize = 1 << 21;
/// Places in a fresh store; a power of two.
const FIRST_PLACES: usize = 1 << 12;

/// From behind one letter to behind the next. Kept small, since a walk waits for memory most.
#[derive(Clone, Copy)]
pub(super) struct Move {
    /// The letters that may follow, one bit each as far as they go.
    pub(super) ahead: u64,
    /// The state behind the letter; below it a bit for the last of its place; below that how
    /// many switches are tested.
    packed: u32,
    /// Where in the text the switches are, and what is written.
    tests: u32,
    writes: u32,
}

const LAST: u32 = 0x80;

impl Move {
    /// The state behind the letter.
    #[inline]
    pub(super) fn target(self) -> u32 {
        self.packed >> 8
    }

    /// Whether no other move follows for the same state and letter.
    #[inline]
    pub(super) fn is_last(self) -> bool {
        self.packed & LAST != 0
    }

    #[inline]
    fn tests(self) -> std::ops::Range<usize> {
        let start = self.tests as usize + 1;
        start..start + (self.packed as usize & MOST_TESTS)
    }
}

/// The moves found so far, of one dictionary.
pub(super) struct Moves {
    places: Vec<Place>,
    used: usize,
    all: Vec<Move>,
    /// What the moves write, and the numbers of the switches they test: rows of symbols, each
    /// behind its length. Most rows serve many moves.
    text: Vec<u16>,
    /// The rows by a hash of them.
    rows: Slots<u32>,
    /// The letters that can be read next from the states that were looked at.
    ahead: Slots<u64>,
    /// How many states there are.
    states: u32,
    /// What may still be spent on the word that is being read.
    steps_left: usize,
}

/// Where the moves of a state and a letter are; an empty place has the key of no state.
#[derive(Clone, Copy)]
struct Place {
    key: u32,
    /// The first of the moves.
    first: u32,
    /// What may follow after any of the moves; nothing if there are none.
    ahead: u64,
}

const EMPTY: Place = Place {
    key: u32::MAX,
    first: 0,
    ahead: 0,
};

/// The bit of the word's end.
const END: u64 = 1 << 63;
/// As many letters have a bit of their own; the others share theirs.
const LETTERS: u16 = 62;

/// The bit of a letter, or of the end of the word.
#[inline]
pub(super) fn bit(letter: u16) -> u64 {
    if letter == FINAL {
        END
    } else {
        1 << (letter % LETTERS)
    }
}

/// What a search for moves follows.
struct Search<'d> {
    table: &'d Table,
    symbols: &'d Symbols,
    letter: u16,
    steps_left: usize,
    writes: Vec<u16>,
    tests: Vec<u16>,
}

impl Moves {
    /// Knows no move yet.
    pub(super) fn new(states: u32) -> Moves {
        Moves {
            places: vec![EMPTY; FIRST_PLACES],
            used: 0,
            all: Vec::new(),
            text: Vec::new(),
            rows: Slots::new(),
            ahead: Slots::new(),
            states,
            steps_left: MOST_STEPS,
        }
    }

    /// The first of the moves from a state that read a letter, and what may follow after any.
    #[inline]
    pub(super) fn of(
        &mut self,
        state: u32,
        letter: u16,
        table: &Table,
        symbols: &Symbols,
    ) -> (u32, u64) {
        let key = state << 8 | u32::from(symbols.short(letter));
        let place = self.places[self.place(key)];
        if place.key == key {
            return (place.first, place.ahead);
        }
        let search = Search {
            table,
            symbols,
            letter,
            steps_left: self.steps_left,
            writes: Vec::new(),
            tests: Vec::new(),
        };
        let place = self.learn(key, search);
        (place.first, place.ahead)
    }

    /// A move by its number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> Move {
        self.all[number as usize]
    }

    /// Where it stands what a move writes.
    #[inline]
    pub(super) fn writes_at(&self, step: Move) -> u32 {
        step.writes
    }

    /// What a move writes, from the place where it stands.
    #[inline]
    pub(super) fn written(&self, at: u32) -> &[u16] {
        let at = at as usize;
        &self.text[at + 1..][..usize::from(self.text[at])]
    }

    /// The values of the features behind a move, or `None` if a switch does not let pass.
    #[inline]
    pub(super) fn pass(&self, step: Move, mut values: u64, symbols: &Symbols) -> Option<u64> {
        if step.tests().is_empty() {
            return Some(values);
        }
        for &number in &self.text[step.tests()] {
            if let Symbol::Switch(switch) = symbols.get(number) {
                values = switch.pass(values)?;
            }
        }
        Some(values)
    }

    /// Forgets everything if it has become much, or is `told` to, and says so; to be called
    /// between two words.
    pub(super) fn tidy(&mut self, told: bool) -> bool {
        self.steps_left = MOST_STEPS;
        let much = told
            || self.all.len() > MOST_MOVES
            || self.used > MOST_PLACES
            || self.text.len() > MOST_TEXT;
        if much {
            self.places = vec![EMPTY; FIRST_PLACES];
            self.used = 0;
            self.all.clear();
            self.text.clear();
            self.rows = Slots::new();
        }
        much
    }

    /// Where a key is kept, or the empty place where it would be.
    #[inline]
    fn place(&self, key: u32) -> usize {
        let last = self.places.len() - 1;
        let mut at = (u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.places[at].key != key && self.places[at].key != EMPTY.key {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn learn(&mut self, key: u32, mut search: Search<'_>) -> Place {
        let first = self.all.len();
        self.follow(&mut search, key >> 8, 0);
        self.steps_left = search.steps_left;
        let ahead = self.all[first..]
            .iter()
            .fold(0, |all, step| all | step.ahead);
        if let Some(last) = self.all[first..].last_mut() {
            last.packed |= LAST;
        }
        if self.used * 4 >= self.places.len() * 3 {
            let bigger = vec![EMPTY; self.places.len() * 2];
            for place in std::mem::replace(&mut self.places, bigger) {
                if place.key != EMPTY.key {
                    let at = self.place(place.key);
                    self.places[at] = place;
                }
            }
        }
        let at = self.place(key);
        self.places[at] = Place {
            key,
            first: first as u32,
            ahead,
        };
        self.used += 1;
        self.places[at]
    }

    /// Every way from a state to the letter, in the order of the file.
    fn follow(&mut self, search: &mut Search<'_>, state: u32, depth: u32) {
        let (first, second) = search.table.state(state);
        // Where there is one way only, it has been looked along already.
        let only = depth > 0 && first.end - first.next == 1 && second.is_none();
        for run in [Some(first), second].into_iter().flatten() {
            for index in run.next..run.end {
                search.steps_left = search.steps_left.saturating_sub(1);
                let cell = search.table.cell(index);
                let long = search.writes.len() > MOST_WRITES || search.tests.len() >= MOST_TESTS;
                if cell.reads() > search.letter || search.steps_left == 0 || long {
                    break;
                }
                let (writes, tests) = (search.writes.len(), search.tests.len());
                if cell.writes() != 0 && cell.reads() != FINAL {
                    search.writes.push(cell.writes());
                }
                if cell.reads() == search.letter {
                    self.keep(search, cell.target());
                } else if depth < LOOK_DEPTH
                    && (only || self.leads_on(search, cell.reads(), cell.target()))
                {
                    if cell.reads() != 0 {
                        search.tests.push(cell.reads());
                    }
                    self.follow(search, cell.target(), depth + 1);
                }
                search.writes.truncate(writes);
                search.tests.truncate(tests);
            }
        }
    }

    /// Whether a transition reads nothing and leads where the letter may be read.
    fn leads_on(&mut self, search: &Search<'_>, reads: u16, target: u32) -> bool {
        matches!(
            search.symbols.get(reads),
            Symbol::Epsilon | Symbol::Switch(_)
        ) && self.look(search, target, LOOK_DEPTH) & bit(search.letter) != 0
    }

    fn keep(&mut self, search: &mut Search<'_>, target: u32) {
        // Behind the end of the word the last bit stands for "nothing has to follow".
        let ahead = if search.letter == FINAL {
            END
        } else {
            self.look(search, target, LOOK_DEPTH)
        };
        let cost = search.tests.len() + search.writes.len();
        search.steps_left = search.steps_left.saturating_sub(cost);
        let (tests, writes) = (self.row(&search.tests), self.row(&search.writes));
        self.all.push(Move {
            ahead,
            packed: target << 8 | search.tests.len() as u32,
            tests,
            writes,
        });
    }

    /// Where a row of symbols stands in the text; it is added if it is new.
    fn row(&mut self, symbols: &[u16]) -> u32 {
        let hash = hash(symbols.iter().map(|&symbol| u64::from(symbol)));
        let known = self.rows.get(hash);
        if let Some(at) = known.filter(|&at| self.written(at) == symbols) {
            return at;
        }
        let at = self.text.len() as u32;
        self.text.push(symbols.len() as u16);
        self.text.extend_from_slice(symbols);
        if known.is_none() {
            self.rows.add(hash, at);
        }
        at
    }

    /// The letters that can be read from a state. While they are worked out, and where that
    /// goes too deep, everything is held to be possible, so that no way is ever lost.
    fn look(&mut self, search: &Search<'_>, state: u32, depth: u32) -> u64 {
        if state >= self.states {
            return 0;
        }
        match self.ahead.get(state.into()) {
            Some(known) => return known,
            None if depth == 0 => return u64::MAX,
            None => {}
        }
        self.ahead.add(state.into(), u64::MAX);
        let mut mask = 0;
        let (first, second) = search.table.chain(state);
        for run in [Some(first), second].into_iter().flatten() {
            for index in run.next..run.end {
                let cell = search.table.cell(index);
                mask |= match search.symbols.get(cell.reads()) {
                    _ if cell.reads() == FINAL => END,
                    Symbol::Epsilon | Symbol::Switch(_) => {
                        self.look(search, cell.target(), depth - 1)
                    }
                    Symbol::Letter(_) | Symbol::Tag(_) => bit(cell.reads()),
                };
            }
        }
        self.ahead.add(state.into(), mask);
        mask
    }
}
