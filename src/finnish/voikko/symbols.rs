//! What the symbols of a dictionary are: letters, tags, and switches of the word grammar.
//!
//! Apart from the file because the table of cells only needs their number, and apart from the
//! walk because a reading needs them too. Which words they make up is the walk's business.
use super::fault::Fault;
use super::file::FINAL;
use super::switches::{Switch, Switches};

/// What one symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// Nothing to read and nothing to write.
    Epsilon,
    /// A switch (flag diacritic): reads nothing, passes only under its condition.
    Switch(Switch),
    /// One letter, digit or mark.
    Letter(char),
    /// A tag in brackets, written only.
    Tag(Tag),
}

/// The tags a reading looks at; all others say something about inflection only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `[Xp]`, `[Xj]`: the base form of the stem or ending that follows.
    Base,
    /// `[Xr]`, `[Xs]` and the like: what follows, up to `[X]`, is no text.
    Aside,
    /// `[X]`: the end of what one of these began.
    Text,
    /// `[Bc]`: the end of a compound part.
    PartEnd,
    /// `[Bh]`: a hyphen may stand here.
    HyphenPlace,
    /// `[L…]`: the word class of what follows.
    Class(Class),
    /// `[R…]`: a participle.
    Participle(Form),
    /// `[Tn4]`: the -minen noun of a verb.
    Minen,
    /// `[Ssti]`: an adverb in -sti.
    Sti,
    /// `[De]`: the compass point of a name, such as pohjois-.
    Compass,
    /// What inflection says about how likely the reading is.
    Form(Form),
    /// A possessive or a clitic (`-nsa`, `-kin`): what follows is no part of an adverb.
    Suffix(Form),
    /// Any other tag.
    Other,
}

/// A set of the inflections that say how likely a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Form(u16);

impl Form {
    pub(super) const NONE: Form = Form(0);
    pub(super) const INSTRUCTIVE: Form = Form(1);
    /// The possessives of the first and second person.
    pub(super) const MINE: Form = Form(2);
    pub(super) const COMPARATIVE: Form = Form(4);
    /// The participle in -ma.
    pub(super) const AGENT: Form = Form(8);

    pub(super) const PAST: Form = Form(16);
    pub(super) const NEGATIVE: Form = Form(32);
    pub(super) const SUPERLATIVE: Form = Form(64);

    /// Both together.
    pub(super) fn and(self, other: Form) -> Form {
        Form(self.0 | other.0)
    }

    /// Whether everything of the other is in this one.
    pub(super) fn has(self, other: Form) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Word classes, as far as search tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A noun, or a word that is noun and adjective.
    Noun,
    /// An adjective.
    Adjective,
    /// A verb.
    Verb,
    /// A person's, a place's or any other name.
    Name,
    /// An adverb.
    Adverb,
    /// A numeral.
    Numeral,
    /// A pronoun.
    Pronoun,
    /// An abbreviation.
    Abbreviation,
    /// The first half of compounds that is no word (`epä`, `keski`, `yhteen`).
    Prefix,
    /// A conjunction, an exclamation, the negation verb: words that say little by themselves.
    Particle,
}

/// The symbols of one dictionary.
pub(super) struct Symbols {
    all: Vec<Symbol>,
    names: Vec<Box<str>>,
    /// The number of the first letter.
    first: u16,
    /// Numbers of the letters below U+0180, a capital's being that of the small letter.
    near: Box<[u16]>,
    /// The others, sorted.
    far: Vec<(char, u16)>,
}

const NEAR: usize = 0x180;
/// The short number of the word's end.
const SHORT_END: u8 = u8::MAX;
/// Stands for a capital that becomes several small letters, or one that is far.
const SEVERAL: u16 = FINAL - 2;
/// A letter that no transition reads.
pub(super) const UNKNOWN: u16 = FINAL - 1;

impl Symbols {
    /// Reads the names of a file's symbols.
    pub(super) fn new(names: &[&str]) -> Result<Symbols, Fault> {
        if names.len() >= SEVERAL as usize {
            return Err(Fault::Damaged(16, "it names too many symbols"));
        }
        let switches = Switches::new(names)?;
        let mut near = vec![UNKNOWN; NEAR].into_boxed_slice();
        let mut far = Vec::new();
        let mut all = Vec::with_capacity(names.len());
        for (number, name) in names.iter().enumerate() {
            let symbol = symbol(name, &switches)?;
            if let Symbol::Letter(letter) = symbol {
                match near.get_mut(letter as usize) {
                    Some(place) => *place = number as u16,
                    None => far.push((letter, number as u16)),
                }
            }
            all.push(symbol);
        }
        lower(&mut near);
        far.sort_unstable();
        let is_letter = |symbol: &Symbol| matches!(symbol, Symbol::Letter(_));
        let first = all.iter().position(is_letter).unwrap_or(0);
        if all.iter().rposition(is_letter).unwrap_or(0) - first >= usize::from(SHORT_END) {
            return Err(Fault::Damaged(16, "it has more letters than can be kept"));
        }
        let names = names.iter().map(|&name| name.into()).collect();
        Ok(Symbols {
            all,
            names,
            first: first as u16,
            near,
            far,
        })
    }

    /// How many symbols there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// A symbol by its number.
    #[inline]
    pub(super) fn get(&self, number: u16) -> Symbol {
        self.all
            .get(number as usize)
            .copied()
            .unwrap_or(Symbol::Tag(Tag::Other))
    }

    /// A symbol as the file spells it; nothing for one that only steers the walk.
    pub(super) fn name(&self, number: u16) -> &str {
        match self.get(number) {
            Symbol::Letter(_) | Symbol::Tag(_) => {
                self.names.get(number as usize).map_or("", |name| name)
            }
            Symbol::Epsilon | Symbol::Switch(_) => "",
        }
    }

    /// The number of a letter, or of the end of the word, counted from the first letter.
    #[inline]
    pub(super) fn short(&self, letter: u16) -> u8 {
        if letter == FINAL {
            SHORT_END
        } else {
            letter.wrapping_sub(self.first) as u8
        }
    }

    /// The numbers of a word's letters in small letters, each a letter's or [`UNKNOWN`].
    #[inline]
    pub(super) fn numbers(&self, word: &str) -> impl Iterator<Item = u16> {
        word.chars().flat_map(|letter| {
            let near = self.near.get(letter as usize).copied();
            let near = near.filter(|&number| number != SEVERAL);
            let far = near.is_none().then(|| letter.to_lowercase());
            let far = far.into_iter().flatten();
            near.into_iter()
                .chain(far.map(|letter| self.number(letter)))
        })
    }

    /// The number of a small letter, or [`UNKNOWN`].
    fn number(&self, letter: char) -> u16 {
        if let Some(&number) = self.near.get(letter as usize) {
            return number;
        }
        self.far
            .binary_search_by_key(&letter, |&(c, _)| c)
            .map_or(UNKNOWN, |at| self.far[at].1)
    }
}

/// Gives capitals the numbers of their small letters.
fn lower(near: &mut [u16]) {
    for capital in ('\0'..).take(near.len()) {
        let mut small = capital.to_lowercase();
        let number = match (small.next(), small.next()) {
            (Some(small), None) => near.get(small as usize).copied().unwrap_or(SEVERAL),
            _ => SEVERAL,
        };
        near[capital as usize] = number;
    }
}

fn symbol(name: &str, switches: &Switches<'_>) -> Result<Symbol, Fault> {
    let mut letters = name.chars();
    Ok(match (letters.next(), letters.next()) {
        (None, _) => Symbol::Epsilon,
        (Some('@'), Some(_)) => Symbol::Switch(switches.get(name)?),
        (Some('['), Some(_)) => Symbol::Tag(tag(name)),
        (Some(letter), None) => Symbol::Letter(letter),
        // Several letters that are no tag: nothing that can be read or that means anything.
        (Some(_), Some(_)) => Symbol::Tag(Tag::Other),
    })
}

fn tag(name: &str) -> Tag {
    match name {
        "[Xp]" | "[Xj]" => Tag::Base,
        "[X]" => Tag::Text,
        "[Bc]" => Tag::PartEnd,
        "[Bh]" => Tag::HyphenPlace,
        "[Tn4]" => Tag::Minen,
        "[Ssti]" => Tag::Sti,
        "[O1y]" | "[O1m]" | "[O2y]" | "[O2m]" => Tag::Suffix(Form::MINE),
        "[O3]" | "[Fkin]" | "[Fkaan]" | "[Fko]" => Tag::Suffix(Form::NONE),
        "[Rm]" => Tag::Participle(Form::AGENT),
        "[Rv]" | "[Ra]" => Tag::Participle(Form::NONE),
        "[Rt]" | "[Ru]" => Tag::Participle(Form::PAST),
        "[Re]" => Tag::Participle(Form::NEGATIVE),
        "[De]" => Tag::Compass,
        _ => match name.as_bytes().get(1) {
            Some(b'L') => Tag::Class(class(name)),
            Some(b'X') => Tag::Aside,
            _ => form(name).map_or(Tag::Other, Tag::Form),
        },
    }
}

fn form(name: &str) -> Option<Form> {
    Some(match name {
        "[Sin]" => Form::INSTRUCTIVE,
        "[Cc]" => Form::COMPARATIVE,
        "[Cs]" => Form::SUPERLATIVE,
        _ => return None,
    })
}

fn class(name: &str) -> Class {
    match name {
        "[Ln]" | "[Lnl]" => Class::Noun,
        "[Ll]" => Class::Adjective,
        "[Lt]" => Class::Verb,
        "[Lee]" | "[Les]" | "[Lep]" | "[Lem]" => Class::Name,
        "[Ls]" => Class::Adverb,
        "[Lu]" | "[Lur]" => Class::Numeral,
        "[Lr]" => Class::Pronoun,
        "[La]" => Class::Abbreviation,
        "[Lp]" => Class::Prefix,
        _ => Class::Particle,
    }
}
