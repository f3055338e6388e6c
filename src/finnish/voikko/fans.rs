//! Fans: all ways through the dictionary that read the beginning of a word, taken as one.
//!
//! Words begin alike and their parts come again and again: after a few letters of a part, what can
//! follow depends no more on what stood before it. So the ways that are open after some letters are
//! kept as a fan, each fan once, and what a letter makes of it is worked out once, as a step. Most
//! words then take known steps only, one for a letter. Such a walk waits for memory, hardly for
//! anything else, so fans and steps lie in one row in the order in which words first took them.
use super::file::Table;
use super::moves::{Moves, bit};
use super::slots::{Slots, hash};
use super::symbols::Symbols;

/// Ways and numbers kept before everything is forgotten and learnt again.
const MOST_WAYS: usize = 1 << 20;
const MOST_NUMBERS: usize = 1 << 22;
/// Ways of one fan; real words have dozens. A word that needs more is given up.
const WIDEST: usize = 1 << (32 - TEXT_BITS);
/// The bits of an origin that say what was written.
const TEXT_BITS: u32 = 22;
/// The fan of no ways, and the one where every word begins.
const NONE: u32 = u32::MAX;
pub(super) const START: u32 = 0;

/// A way through the dictionary, as far as what can follow depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Way {
    state: u32,
    values: u64,
}

/// What a letter makes of a fan: the next fan, and where the origins of its ways are.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) fan: u32,
    origins: u32,
}

impl Step {
    /// Whether no way is left.
    #[inline]
    pub(super) fn is_dead(self) -> bool {
        self.fan == NONE
    }
}

/// What the numbers of a fan are, from the one that names it: where its ways begin and how many
/// there are; the letters of the step that was first taken from it, and that step. Many fans lie
/// inside of a stem and have no other.
const WAYS: usize = 0;
const COUNT: usize = 1;
const LETTERS: usize = 2;
const NEXT: usize = 3;
const ORIGINS: usize = 4;
/// The letters of a step that there is not.
const NO_LETTERS: u32 = u32::MAX;

/// The fans and steps found so far, of one dictionary.
pub(super) struct Fans {
    moves: Moves,
    /// Fans, and the origins of their ways behind each step: the way of the fan before, and what
    /// the move there wrote.
    numbers: Vec<u32>,
    /// The ways of all fans.
    ways: Vec<Way>,
    /// Fans by a hash of their ways.
    known: Slots<u32>,
    /// The steps that are not the first of their fan.
    steps: Slots<Step>,
    /// The origins of the ways that are being worked out.
    origins: Vec<u32>,
}

impl Fans {
    /// Knows the beginning only.
    pub(super) fn new(states: u32) -> Fans {
        let mut fans = Fans {
            moves: Moves::new(states),
            numbers: Vec::new(),
            ways: Vec::new(),
            known: Slots::new(),
            steps: Slots::new(),
            origins: Vec::new(),
        };
        fans.begin();
        fans
    }

    /// Forgets everything if it has become much, and says so; to be called between two words.
    pub(super) fn tidy(&mut self) -> bool {
        let much = self.ways.len() > MOST_WAYS || self.numbers.len() > MOST_NUMBERS;
        // What an origin says was written is among the moves.
        let much = self.moves.tidy(much);
        if much {
            self.numbers.clear();
            self.ways.clear();
            (self.known, self.steps) = (Slots::new(), Slots::new());
            self.begin();
        }
        much
    }

    fn begin(&mut self) {
        let (state, values) = (0, 0);
        self.ways.push(Way { state, values });
        self.add(0);
    }

    /// Adds a fan of the ways from `first` on.
    fn add(&mut self, first: usize) -> u32 {
        let (fan, count) = (self.numbers.len() as u32, self.ways.len() - first);
        self.numbers
            .extend([first as u32, count as u32, NO_LETTERS, NONE, 0]);
        fan
    }

    #[inline]
    fn head(&self, fan: u32) -> &[u32] {
        &self.numbers[fan as usize..][..=ORIGINS]
    }

    fn range(&self, fan: u32) -> std::ops::Range<usize> {
        let head = self.head(fan);
        let first = head[WAYS] as usize;
        first..first + head[COUNT] as usize
    }

    /// How many ways there are in a fan.
    pub(super) fn len(&self, fan: u32) -> u32 {
        self.head(fan)[COUNT]
    }

    /// Where a way of the fan behind a step comes from: the way of the fan before it, and where it
    /// stands what was written.
    #[inline]
    pub(super) fn origin(&self, step: Step, way: u32) -> (u32, u32) {
        let packed = self.numbers[(step.origins + way) as usize];
        (packed >> TEXT_BITS, packed & ((1 << TEXT_BITS) - 1))
    }

    /// What was written, from the place where it stands.
    #[inline]
    pub(super) fn written(&self, text: u32) -> &[u16] {
        self.moves.written(text)
    }

    /// The step from a fan over a letter, before another one, if it is known.
    #[inline]
    pub(super) fn step(&self, fan: u32, letters: [u16; 2], symbols: &Symbols) -> Option<Step> {
        let wanted = short(letters, symbols);
        let head = self.head(fan);
        if head[LETTERS] == wanted {
            return Some(Step {
                fan: head[NEXT],
                origins: head[ORIGINS],
            });
        }
        self.steps.get(key(fan, wanted))
    }

    /// Has the memory fetched that a step will be asked for, without waiting for it.
    #[inline]
    pub(super) fn fetch(&self, step: Step) {
        std::hint::black_box(self.numbers.get(step.origins as usize).copied());
    }

    /// Works out a step. Each move tried is counted off `tries`; none if there are not enough.
    #[cold]
    pub(super) fn learn(
        &mut self,
        fan: u32,
        letters: [u16; 2],
        dictionary: (&Table, &Symbols),
        tries: &mut usize,
    ) -> Option<Step> {
        let first = self.ways.len();
        self.origins.clear();
        for (from, number) in self.range(fan).enumerate() {
            let tried = self.carry_on(self.ways[number], from as u32, letters, dictionary);
            *tries = tries.saturating_sub(tried + 1);
            if *tries == 0 || self.origins.len() > WIDEST {
                self.ways.truncate(first);
                return None;
            }
        }
        let origins = self.numbers.len() as u32;
        self.numbers.extend_from_slice(&self.origins);
        let step = Step {
            fan: self.keep(first),
            origins,
        };
        let letters = short(letters, dictionary.1);
        let head = &mut self.numbers[fan as usize..][..=ORIGINS];
        if head[LETTERS] == NO_LETTERS {
            head[LETTERS..].copy_from_slice(&[letters, step.fan, origins]);
        } else {
            self.steps.add(key(fan, letters), step);
        }
        Some(step)
    }

    /// Adds what becomes of a way when a letter is read; how many moves it tried.
    fn carry_on(
        &mut self,
        way: Way,
        from: u32,
        letters: [u16; 2],
        (table, symbols): (&Table, &Symbols),
    ) -> usize {
        let after = bit(letters[1]);
        let (first, ahead) = self.moves.of(way.state, letters[0], table, symbols);
        if ahead & after == 0 {
            return 0;
        }
        for number in first.. {
            let taken = self.moves.get(number);
            if taken.ahead & after != 0
                && let Some(values) = self.moves.pass(taken, way.values, symbols)
            {
                let state = taken.target();
                self.ways.push(Way { state, values });
                self.origins
                    .push(from << TEXT_BITS | self.moves.writes_at(taken));
            }
            if taken.is_last() {
                return (number - first) as usize;
            }
        }
        0
    }

    /// The number of the fan that the newest ways make; they are kept if it is new.
    fn keep(&mut self, first: usize) -> u32 {
        let ways = &self.ways[first..];
        if ways.is_empty() {
            return NONE;
        }
        let hash = hash(ways.iter().flat_map(|way| [way.state.into(), way.values]));
        let known = self.known.get(hash);
        if let Some(fan) = known
            && self.ways[self.range(fan)] == *ways
        {
            self.ways.truncate(first);
            return fan;
        }
        let fan = self.add(first);
        // Of two fans with the same hash the first is found again; the other may come twice.
        if known.is_none() {
            self.known.add(hash, fan);
        }
        fan
    }
}

/// The letters of a step in short.
#[inline]
fn short(letters: [u16; 2], symbols: &Symbols) -> u32 {
    let [letter, next] = letters.map(|letter| u32::from(symbols.short(letter)));
    letter << 8 | next
}

/// The key of a step.
#[inline]
fn key(fan: u32, letters: u32) -> u64 {
    u64::from(fan) << 16 | u64::from(letters)
}
